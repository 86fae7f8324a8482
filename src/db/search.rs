//! Full-text search that finds the same rows on both databases: words are folded and stemmed here, the databases only
//! look them up. FTS5 with the `ascii` tokenizer and `array_to_tsvector` both take our words as they are.

use super::Conn;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Text};
use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

mod fts {
    // The FTS5 table as SQLite sees it; on PostgreSQL the column is a `tsvector`.
    diesel::table! {
        search (rowid) {
            rowid -> BigInt,
            words -> Text,
        }
    }
}

/// Longer runs of letters are no words anybody searches for.
const LONGEST_WORD: usize = 40;

/// The stems of a text in order of appearance, each once.
pub fn stems(text: &str) -> Vec<String> {
    let (english, russian) = (Stemmer::create(Algorithm::English), Stemmer::create(Algorithm::Russian));
    let mut seen = std::collections::HashSet::new();
    let folded = fold(text);
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && word.chars().count() <= LONGEST_WORD)
        .map(|word| {
            let cyrillic = word.chars().any(|c| matches!(c, 'а'..='я'));
            if cyrillic { russian.stem(word) } else { english.stem(word) }.into_owned()
        })
        .filter(|stem| seen.insert(stem.clone()))
        .collect()
}

/// Lower case, ё as е, Latin letters without their accents. й keeps its breve: it is a letter of its own.
fn fold(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut folded = String::with_capacity(lower.len());
    for c in lower.chars() {
        match c {
            'ё' => folded.push('е'),
            '\u{0400}'..='\u{04ff}' => folded.push(c),
            c if c.is_ascii() => folded.push(c),
            c => folded.extend(c.nfkd().filter(|c| !matches!(c, '\u{0300}'..='\u{036f}')).flat_map(char::to_lowercase)),
        }
    }
    folded
}

/// Makes a row findable by the words of `text`; once per id.
pub fn index(c: &mut Conn, id: i64, text: &str) -> QueryResult<()> {
    insert(c, id, &stems(text))
}

/// The same for words that were stemmed beforehand, outside the writer.
pub fn insert(c: &mut Conn, id: i64, stems: &[String]) -> QueryResult<()> {
    match c {
        Conn::Sqlite(c) => match later::add(id, stems.join(" ")) {
            Some(words) => insert_words(c, id, words)?,
            None => 0,
        },
        Conn::Pg(c) => diesel::sql_query("insert into search (id, words) values ($1, array_to_tsvector($2))")
            .bind::<BigInt, _>(id)
            .bind::<Array<Text>, _>(stems)
            .execute(c)?,
    };
    Ok(())
}

// A typed statement is prepared once and kept, which counts where every submission passes.
fn insert_words(c: &mut SqliteConnection, id: i64, words: String) -> QueryResult<usize> {
    diesel::insert_into(fts::search::table).values((fts::search::rowid.eq(id), fts::search::words.eq(words))).execute(c)
}

/// Words that the writer of a SQLite file adds at the end of its group. FTS5 writes its buffer out at every savepoint, so
/// a row in each job's own would cost a segment of the index each, and the merging of all those segments.
pub(super) mod later {
    use super::*;
    use std::cell::RefCell;
    use std::collections::BTreeMap;

    thread_local! {
        /// Only on the writer's thread; elsewhere rows are written where they stand.
        static ROWS: RefCell<Option<Vec<(i64, String)>>> = const { RefCell::new(None) };
    }

    /// From now on this thread collects.
    pub fn collect() {
        ROWS.set(Some(Vec::new()));
    }

    /// Takes a row, or gives the words back where nobody collects.
    pub(super) fn add(id: i64, words: String) -> Option<String> {
        ROWS.with_borrow_mut(|rows| match rows {
            Some(rows) => {
                rows.push((id, words));
                None
            }
            None => Some(words),
        })
    }

    /// How many rows wait; with [`back_to`], what a failed job collected is forgotten.
    pub fn len() -> usize {
        ROWS.with_borrow(|rows| rows.as_ref().map_or(0, Vec::len))
    }

    pub fn back_to(length: usize) {
        ROWS.with_borrow_mut(|rows| rows.iter_mut().for_each(|rows| rows.truncate(length)));
    }

    /// Writes what was collected, of a row that was replaced meanwhile only the last, in the order of ids: FTS5 also
    /// writes its buffer out whenever an id goes back.
    pub fn write(c: &mut Conn) -> QueryResult<()> {
        let rows = ROWS.with_borrow_mut(|rows| rows.as_mut().map(std::mem::take).unwrap_or_default());
        let last: BTreeMap<i64, String> = rows.into_iter().collect();
        let Conn::Sqlite(c) = c else { return Ok(()) };
        last.into_iter().try_for_each(|(id, words)| insert_words(c, id, words).map(|_| ()))
    }
}

/// The same for many rows at once, in the order of their ids: FTS5 writes its buffer out whenever an id goes back.
pub fn insert_all(c: &mut Conn, rows: &[(i64, &[String])]) -> QueryResult<()> {
    match c {
        Conn::Sqlite(c) => rows.chunks(CHUNK).try_for_each(|rows| insert_chunk(c, rows)),
        Conn::Pg(c) => {
            let (ids, words): (Vec<i64>, Vec<String>) = rows.iter().map(|(id, stems)| (id, stems.join(" "))).unzip();
            let query = "insert into search (id, words) select id, array_to_tsvector(string_to_array(words, ' ')) \
                         from unnest($1, $2) as given (id, words)";
            let query = diesel::sql_query(query).bind::<Array<BigInt>, _>(ids).bind::<Array<Text>, _>(words);
            query.execute(c).map(|_| ())
        }
    }
}

/// Rows in one statement: far below SQLite's limit of values, and beyond the point where more gains anything.
const CHUNK: usize = 500;

fn insert_chunk(c: &mut SqliteConnection, rows: &[(i64, &[String])]) -> QueryResult<()> {
    // Numbered parameters would be looked up by name, one after the other.
    let values = vec!["(?, ?)"; rows.len()].join(", ");
    let mut query = diesel::sql_query(format!("insert into search (rowid, words) values {values}")).into_boxed();
    for (id, stems) in rows {
        query = query.bind::<BigInt, _>(*id).bind::<Text, _>(stems.join(" "));
    }
    query.execute(c).map(|_| ())
}

/// Replaces the words of a row whose text was edited.
pub fn reindex(c: &mut Conn, id: i64, text: &str) -> QueryResult<()> {
    match c {
        Conn::Sqlite(c) => diesel::sql_query("delete from search where rowid = $1").bind::<BigInt, _>(id).execute(c)?,
        Conn::Pg(c) => diesel::sql_query("delete from search where id = $1").bind::<BigInt, _>(id).execute(c)?,
    };
    index(c, id, text)
}

/// Ids of rows that hold every word of the query, each as the beginning of a word; highest id first.
pub fn find(c: &mut Conn, query: &str, limit: i32) -> QueryResult<Vec<i64>> {
    let stems = stems(query);
    look_up(c, &stems, Join::All, limit)
}

/// Ids of rows that share words with the text, for the caller to rank.
pub fn sharing(c: &mut Conn, stems: &[String], limit: i32) -> QueryResult<Vec<i64>> {
    look_up(c, stems, Join::Any, limit)
}

/// How many rows can be found.
pub fn count(c: &mut Conn) -> QueryResult<i64> {
    Ok(diesel::sql_query("select count(*) as id from search").get_result::<Hit>(c)?.id)
}

#[derive(Clone, Copy)]
enum Join {
    All,
    Any,
}

#[derive(QueryableByName)]
struct Hit {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

fn look_up(c: &mut Conn, stems: &[String], join: Join, limit: i32) -> QueryResult<Vec<i64>> {
    if stems.is_empty() {
        return Ok(Vec::new());
    }
    // Stems are letters and digits only, so nothing a person types can break out of the quotes.
    let hits = match c {
        Conn::Sqlite(c) => {
            let glue = if matches!(join, Join::All) { " " } else { " OR " };
            let words: Vec<String> = stems.iter().map(|s| format!("\"{s}\"*")).collect();
            diesel::sql_query("select rowid as id from search where search match $1 order by rowid desc limit $2")
                .bind::<Text, _>(words.join(glue))
                .bind::<Integer, _>(limit)
                .load::<Hit>(c)?
        }
        Conn::Pg(c) => {
            let glue = if matches!(join, Join::All) { " & " } else { " | " };
            let words: Vec<String> = stems.iter().map(|s| format!("'{s}':*")).collect();
            diesel::sql_query("select id from search where words @@ $1::tsquery order by id desc limit $2")
                .bind::<Text, _>(words.join(glue))
                .bind::<Integer, _>(limit)
                .load::<Hit>(c)?
        }
    };
    Ok(hits.into_iter().map(|hit| hit.id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_both_languages_are_folded_and_stemmed() {
        assert_eq!(stems("Тёмную тему в настройки"), stems("ТЕМНАЯ тема в настройках"));
        assert_eq!(stems("searched"), stems("Searches"));
        assert_eq!(stems("Café"), stems("cafe"));
        assert_eq!(stems("й и"), vec!["й", "и"]);
        assert_eq!(stems("a-b 'c' \"d\"* AND OAuth2.0"), vec!["a", "b", "c", "d", "and", "oauth2", "0"]);
        assert!(stems("!!! ***").is_empty());
    }
}
