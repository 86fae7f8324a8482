//! Both databases have the same tables, and `src/db/schema.rs` describes them: two folders of migrations must not
//! drift apart. What is compared survives the steps up, down and up again.

use crate::support::fresh_postgres;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text};
use heard::db::conn::Use;
use heard::db::{Conn, Location, inspect, migrate};
use heard::id;
use std::collections::{BTreeMap, BTreeSet};

/// What there is of a table, in words that are the same for both databases.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// By name: whether null is allowed.
    columns: BTreeMap<String, bool>,
    /// "unique (person_id, template, event_id)", "(next_due, id) where".
    indexes: BTreeSet<String>,
    /// "team_id → teams (id)".
    references: BTreeSet<String>,
}

pub type Schema = BTreeMap<String, Table>;

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

#[derive(QueryableByName)]
struct Index {
    /// Only of those that we have named ourselves.
    #[diesel(sql_type = Nullable<Text>)]
    name: Option<String>,
    #[diesel(sql_type = Text)]
    columns: String,
    #[diesel(sql_type = Bool)]
    is_unique: bool,
    #[diesel(sql_type = Bool)]
    is_partial: bool,
}

#[derive(QueryableByName)]
struct Reference {
    #[diesel(sql_type = Text)]
    said: String,
}

fn sqlite() -> Conn {
    let folder = std::env::temp_dir().join("heard-tests").join(id::secret());
    std::fs::create_dir_all(&folder).unwrap();
    Conn::open(&Location::Sqlite(folder.join("heard.db")), Use::Write).unwrap()
}

fn postgres() -> Option<Conn> {
    Some(Conn::open(&Location::Postgres(fresh_postgres()?), Use::Write).unwrap())
}

fn columns(c: &mut Conn, table: &str) -> Vec<Column> {
    let query = match c {
        Conn::Sqlite(_) => {
            "select name, lower(type) as kind, not \"notnull\" as nullable from pragma_table_info($1) order by name"
        }
        Conn::Pg(_) => {
            "select attname::text as name, format_type(atttypid, null) as kind, not attnotnull as nullable \
             from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attname"
        }
    };
    diesel::sql_query(query).bind::<Text, _>(table).load(c).unwrap()
}

fn indexes(c: &mut Conn, table: &str) -> Vec<Index> {
    let query = match c {
        // The key of a rowid table has no index to be listed: it is the table.
        Conn::Sqlite(_) => {
            "select case origin when 'c' then i.name end as name, i.\"unique\" = 1 as is_unique, \
                 i.partial = 1 as is_partial, \
                 (select group_concat(k.name, ', ') from (select * from pragma_index_info(i.name) order by seqno) k) as columns \
             from pragma_index_list($1) i \
             union \
             select null, true, false, name from pragma_table_info($1) where pk > 0 \
                 and not exists (select 1 from pragma_index_list($1) where origin = 'pk')"
        }
        Conn::Pg(_) => {
            "select case when k.oid is null then i.indexrelid::regclass::text end as name, \
                 i.indisunique as is_unique, i.indpred is not null as is_partial, \
                 (select string_agg(a.attname, ', ' order by n.at) \
                  from unnest(i.indkey::int2[]) with ordinality n (column_number, at) \
                  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = n.column_number) as columns \
             from pg_index i left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u') \
             where i.indrelid = $1::regclass"
        }
    };
    diesel::sql_query(query).bind::<Text, _>(table).load(c).unwrap()
}

fn references(c: &mut Conn, table: &str) -> Vec<Reference> {
    let query = match c {
        Conn::Sqlite(_) => {
            "select \"from\" || ' → ' || \"table\" || ' (' || \"to\" || ') ' || lower(on_delete) as said \
             from pragma_foreign_key_list($1)"
        }
        Conn::Pg(_) => {
            "select a.attname || ' → ' || k.confrelid::regclass || ' (' || b.attname || ') ' || \
                 case k.confdeltype when 'a' then 'no action' when 'c' then 'cascade' when 'n' then 'set null' \
                     else k.confdeltype::text end as said \
             from pg_constraint k \
             join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1] \
             join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1] \
             where k.contype = 'f' and k.conrelid = $1::regclass"
        }
    };
    diesel::sql_query(query).bind::<Text, _>(table).load(c).unwrap()
}

pub fn describe(c: &mut Conn) -> Schema {
    let tables = inspect::tables(c).unwrap();
    let described = tables.into_iter().map(|name| {
        let columns = columns(c, &name).into_iter().map(|column| (column.name, column.nullable)).collect();
        let indexes = indexes(c, &name).iter().map(in_words).collect();
        let references = references(c, &name).into_iter().map(|reference| reference.said).collect();
        (name, Table { columns, indexes, references })
    });
    described.collect()
}

fn in_words(index: &Index) -> String {
    let name = index.name.as_deref().map(|name| format!("{name} ")).unwrap_or_default();
    let unique = if index.is_unique { "unique " } else { "" };
    let partial = if index.is_partial { " where" } else { "" };
    format!("{name}{unique}({}){partial}", index.columns)
}

/// Up, down, up: what is there afterwards is what was there before.
fn steady(c: &mut Conn) -> Schema {
    let steps = migrate::up(c).unwrap();
    assert!(!steps.is_empty());
    let first = describe(c);
    assert_eq!(migrate::up(c).unwrap(), Vec::<String>::new(), "nothing is done twice");
    migrate::down(c).unwrap();
    assert_eq!(inspect::tables(c).unwrap(), Vec::<String>::new(), "down leaves nothing behind");
    assert_eq!(migrate::up(c).unwrap(), steps);
    assert_eq!(describe(c), first);
    first
}

/// The tables of `schema.rs`: (type without `Nullable`, whether null is allowed) by column.
fn declared() -> BTreeMap<String, BTreeMap<String, (String, bool)>> {
    let text = include_str!("../../src/db/schema.rs");
    let mut tables = BTreeMap::<_, BTreeMap<_, _>>::new();
    let mut table = String::new();
    for line in text.lines().map(str::trim) {
        if let Some((name, "{")) = line.split_once(" (").map(|(name, rest)| (name, &rest[rest.len() - 1..])) {
            table = name.to_owned();
        } else if let Some((column, kind)) = line.trim_end_matches(',').split_once(" -> ")
            && !line.starts_with("diesel::")
        {
            let inner = kind.strip_prefix("Nullable<").and_then(|kind| kind.strip_suffix('>'));
            let found = (inner.unwrap_or(kind).to_owned(), inner.is_some());
            tables.entry(table.clone()).or_default().insert(column.to_owned(), found);
        }
    }
    tables
}

/// Compares every column with what `schema.rs` says of it.
fn agrees(c: &mut Conn, native: fn(&str) -> &'static str) {
    let declared = declared();
    assert_eq!(inspect::tables(c).unwrap(), declared.keys().cloned().collect::<Vec<_>>());
    for (table, wanted) in declared {
        let found: BTreeMap<_, _> = columns(c, &table).into_iter().map(|k| (k.name, (k.kind, k.nullable))).collect();
        let wanted = wanted.into_iter().map(|(name, (kind, nullable))| (name, (native(&kind).to_owned(), nullable)));
        assert_eq!(found, wanted.collect(), "{table}");
    }
}

#[test]
fn sqlite_is_what_the_schema_says() {
    let mut c = sqlite();
    let schema = steady(&mut c);
    assert!(schema["outbox"].indexes.contains("unique (person_id, template, event_id)"), "{:?}", schema["outbox"]);
    assert!(schema["cases"].indexes.contains("cases_due (next_due, id) where"), "{:?}", schema["cases"]);
    agrees(&mut c, |kind| match kind {
        "BigInt" | "Integer" | "SmallInt" | "UtcTime" => "integer",
        "Text" | "JsonDoc" => "text",
        "Bool" => "boolean",
        "Double" => "double",
        "Date" => "date",
        "Binary" => "blob",
        _ => "unknown",
    });
}

#[test]
fn postgres_is_what_the_schema_says_and_the_same_as_sqlite() {
    let Some(mut c) = postgres() else { return eprintln!("no PostgreSQL: set HEARD_TEST_POSTGRES or use tests/run") };
    let theirs = steady(&mut c);
    agrees(&mut c, |kind| match kind {
        "BigInt" => "bigint",
        "Integer" => "integer",
        "SmallInt" => "smallint",
        "UtcTime" => "timestamp with time zone",
        "Text" => "text",
        "JsonDoc" => "jsonb",
        "Bool" => "boolean",
        "Double" => "double precision",
        "Date" => "date",
        "Binary" => "bytea",
        _ => "unknown",
    });
    let ours = steady(&mut sqlite());
    assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
    for (name, table) in ours {
        assert_eq!(table, theirs[&name], "{name}: SQLite left, PostgreSQL right");
    }
}
