//! From every released schema, with rows in it, to today's: the same as a fresh one, and nothing lost.

use crate::schema::describe;
use crate::support::{World, fresh_postgres};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use heard::cases::store as case_store;
use heard::db::conn::Use;
use heard::db::schema::{cases, outbox};
use heard::db::{Conn, Location, inspect, migrate};
use heard::id;
use heard::mail::outbox::Mail;
use heard::web::viewer::Role;

/// A step of the schema for both databases.
struct Step {
    version: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! step {
    ($version:literal, $name:literal) => {
        Step {
            version: $version,
            sqlite: include_str!(concat!("../../migrations/sqlite/", $name, "/up.sql")),
            postgres: include_str!(concat!("../../migrations/postgres/", $name, "/up.sql")),
        }
    };
}

/// Those that installations have; never changed.
const RELEASED: [Step; 2] =
    [step!("20261123000001", "2026-11-23-000001_base"), step!("20261124000001", "2026-11-24-000001_cases")];

/// Rows as the first release wrote them: a team, people, two pieces of feedback with all that belongs to them.
const ROWS: &str = "
insert into teams (id, name, created_at) values (1, 'Lifts', NOW);
insert into people (id, email, name, lang, role, team_id, created_at) values
    (1, 'ben@heard.example', 'Ben', 'en', 'owner', 1, NOW), (2, 'anna@example.org', 'Anna', 'ru', 'contact', null, NOW);
insert into topics (id, slug, name_en, name_ru, position) values (900, 'lifts', 'Lifts', 'Lifts', 10);
insert into feedback (id, reference, voice, kind, channel, topic_id, title, text, lang, person_id, anonymous, received_at, created_at) values
    (1, 'F-0000001', 'customer', 'complaint', 'web', 900, 'Stuck', 'The lift is stuck', 'en', 2, false, NOW, NOW),
    (2, 'F-0000002', 'employee', 'idea', 'web', null, 'A bench', 'A bench by the lift', 'en', null, true, NOW, NOW);
insert into cases (id, status, owner_id, team_id, version, respond_by, resolve_by, tell_by, next_due, reopened, updated_at) values
    (1, 'waiting', 1, 1, 3, NOW, NOW, NOW, null, 0, NOW), (2, 'new', null, null, 1, NOW, NOW, NOW, NOW, 0, NOW);
insert into messages (id, case_id, direction, author_id, body, at) values (1, 1, 'outbound', 1, 'Which lift?', NOW);
insert into journal (id, at, actor_id, actor, subject, subject_id, seq, event, data) values
    (1, NOW, null, 'originator', 'case', 1, 1, 'received', '{}'), (2, NOW, 1, 'person', 'case', 1, 2, 'replied', '{}');
insert into outbox (id, message_id, person_id, template, event_id, case_id, lang, address, name, data, status, attempts, next_at, created_at) values
    (1, 'ob-1', 2, 'received', 1, 1, 'en', 'anna@example.org', 'Anna', '{}', 'queued', 0, NOW, NOW);
insert into digests (id, starts_on, ends_on, created_at, queued_at) values (1, '2026-10-01', '2026-10-31', NOW, NOW);
insert into settings (key, value) values ('from_before', '1');
";

fn sqlite() -> Location {
    let folder = std::env::temp_dir().join("heard-tests").join(id::secret());
    std::fs::create_dir_all(&folder).unwrap();
    Location::Sqlite(folder.join("heard.db"))
}

fn url(location: &Location) -> String {
    match location {
        Location::Sqlite(path) => format!("sqlite://{}", path.display()),
        Location::Postgres(url) => url.clone(),
    }
}

/// The schema of a release, as Diesel leaves it.
fn release(c: &mut Conn, steps: usize) {
    let is_sqlite = matches!(c, Conn::Sqlite(_));
    let notes = "create table __diesel_schema_migrations (version varchar(50) primary key not null, \
                 run_on timestamp not null default current_timestamp)";
    c.batch_execute(notes).unwrap();
    for (n, step) in RELEASED.iter().take(steps).enumerate() {
        c.batch_execute(if is_sqlite { step.sqlite } else { step.postgres }).unwrap();
        c.batch_execute(&format!("insert into __diesel_schema_migrations (version) values ('{}')", step.version))
            .unwrap();
        if n == 0 {
            let now = if is_sqlite { "1795424400000000" } else { "timestamptz '2026-11-23T09:00:00Z'" };
            c.batch_execute(&ROWS.replace("NOW", now)).unwrap();
        }
    }
}

fn fresh(like: &Location) -> Location {
    match like {
        Location::Sqlite(_) => sqlite(),
        Location::Postgres(_) => Location::Postgres(fresh_postgres().unwrap()),
    }
}

async fn upgrades(location: Location, steps: usize) {
    let mut c = Conn::open(&location, Use::Write).unwrap();
    release(&mut c, steps);
    let before = inspect::rows(&mut c).unwrap();
    let known = migrate::steps(&mut c).unwrap();
    assert_eq!(known.done.len(), steps, "the versions are those that Diesel notes: {known:?}");
    let taken = migrate::up(&mut c).unwrap();
    assert_eq!(taken, known.missing);

    let mut other = Conn::open(&fresh(&location), Use::Write).unwrap();
    migrate::up(&mut other).unwrap();
    assert_eq!(describe(&mut c), describe(&mut other), "upgraded left, fresh right");
    let after = inspect::rows(&mut c).unwrap();
    for (table, n) in before {
        // What digests of a month were are now those of a series.
        let table = if table == "digests" { "digest_editions".to_owned() } else { table };
        assert!(after[&table] >= n, "{table} had {n} rows and has {}", after[&table]);
    }
    drop((c, other));
    is_usable(&World::at(&url(&location)).await).await;
}

/// What was there is read by today's code and shown on today's pages.
async fn is_usable(world: &World) {
    let mail = world.read(|c| Ok(outbox::table.select(Mail::as_select()).first(c)?)).await;
    assert_eq!(mail.address, "anna@example.org");
    world.read(|c| Ok(case_store::by_id(c, 1).map(|_| ())?)).await;
    let open: i64 = world.read(|c| Ok(cases::table.filter(cases::status.ne("closed")).count().get_result(c)?)).await;
    assert_eq!(open, 2);
    let ada = world.person("Ada", Role::Admin).await;
    ada.get("/cases").await.expect(200);
    ada.get("/cases/F-0000001").await.expect(200).says("Which lift?");
    ada.get("/admin/status").await.expect(200);
    heard::schedule::sweep(world.app.clone()).await.unwrap();
}

#[actix_web::test]
async fn sqlite_from_the_first_release() {
    upgrades(sqlite(), 1).await;
}

#[actix_web::test]
async fn sqlite_from_the_second_release() {
    upgrades(sqlite(), 2).await;
}

#[actix_web::test]
async fn postgres_from_the_first_release() {
    let Some(url) = fresh_postgres() else { return eprintln!("no PostgreSQL") };
    upgrades(Location::Postgres(url), 1).await;
}

#[actix_web::test]
async fn postgres_from_the_second_release() {
    let Some(url) = fresh_postgres() else { return eprintln!("no PostgreSQL") };
    upgrades(Location::Postgres(url), 2).await;
}

/// A step that breaks in its middle leaves nothing of itself behind.
fn breaks_whole(location: &Location) {
    let mut c = Conn::open(location, Use::Write).unwrap();
    release(&mut c, 1);
    let before = describe(&mut c);
    // The next step adds this column in its middle.
    c.batch_execute("alter table cases add column escalation integer").unwrap();
    migrate::up(&mut c).expect_err("it cannot be added twice");
    c.batch_execute("alter table cases drop column escalation").unwrap();
    assert_eq!(describe(&mut c), before, "the schema of the old version, which still starts");
    migrate::up(&mut c).expect("once it is repaired, it goes on");
}

#[test]
fn a_broken_step_is_undone_on_sqlite() {
    breaks_whole(&sqlite());
}

#[test]
fn a_broken_step_is_undone_on_postgres() {
    let Some(url) = fresh_postgres() else { return eprintln!("no PostgreSQL") };
    breaks_whole(&Location::Postgres(url));
}
