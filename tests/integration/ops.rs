//! Backups that restore, restores that hurt nothing, a doctor that finds what is wrong.

use crate::both;
use crate::support::{World, fresh_postgres};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use heard::config::{Config, Database};
use heard::db::conn::Use;
use heard::db::inspect::Attached;
use heard::db::schema::{cases, feedback, journal, outbox, settings};
use heard::db::{Conn, Db, Location};
use heard::feedback::actions::submit;
use heard::feedback::model::{Kind, Originator, Submission, Voice};
use heard::files::Checked;
use heard::files::store::{Link, bytes, keep, of_case};
use heard::i18n::Lang;
use heard::id;
use heard::journal::By;
use heard::ops::{self, BackupArgs, DoctorArgs, MigrateArgs, RestoreArgs};
use heard::web::viewer::Role;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

type Answer = Result<String, String>;

fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join("heard-tests").join(id::secret());
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The same settings for another database.
fn with_database(config: &Config, url: &str) -> Config {
    let mut config = config.clone();
    config.database.url = url.to_owned();
    config
}

fn settings_for(database: &Path) -> Config {
    let env = [
        ("HEARD__DATABASE__URL".to_owned(), format!("sqlite://{}", database.display())),
        ("HEARD__MAIL__URL".to_owned(), format!("local:{}", folder().display())),
    ];
    Config::from_parts(None, env).unwrap()
}

/// An empty database of the same kind.
fn another(world: &World) -> Config {
    let url = match world.app.db.location() {
        Location::Sqlite(_) => format!("sqlite://{}/new.db", folder().display()),
        Location::Postgres(_) => fresh_postgres().unwrap(),
    };
    with_database(&world.app.config, &url)
}

async fn back_up(config: &Config, target: &Path) -> Answer {
    let args = BackupArgs { target: Some(target.to_owned()), json: false };
    let mut out = Vec::new();
    let done = ops::backup(config, &args, crate::support::start(), &mut out).await;
    done.map(|()| String::from_utf8(out).unwrap()).map_err(|e| e.to_string())
}

async fn restore(config: &Config, file: &Path, yes: bool) -> Answer {
    let args = RestoreArgs { file: file.to_owned(), yes, json: false };
    let mut out = Vec::new();
    let done = ops::restore(config, &args, crate::support::start(), &mut out).await;
    done.map(|()| String::from_utf8(out).unwrap()).map_err(|e| e.to_string())
}

/// Whether all is well, and the lines.
async fn doctor(config: &Config) -> (bool, String) {
    let mut out = Vec::new();
    let well = ops::doctor(Ok(config.clone()), &DoctorArgs::default(), crate::support::start(), &mut out).await;
    (well.unwrap(), String::from_utf8(out).unwrap())
}

fn look<T>(config: &Config, work: impl FnOnce(&mut Conn) -> QueryResult<T>) -> T {
    let mut database = Attached::open(&Location::parse(&config.database.url).unwrap(), Use::Write).unwrap();
    work(&mut database.conn).unwrap()
}

fn says(answer: Answer, words: &str) {
    let error = answer.expect_err("refused");
    assert!(error.contains(words), "{error}");
}

fn names_in(folder: &Path) -> HashSet<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

fn submission(text: &str) -> Submission {
    Submission::new(
        Voice::Customer,
        Kind::Idea,
        "web",
        text,
        Originator::Contact { email: "ann@customer.example".into(), name: "Ann".into(), lang: Lang::En },
    )
}

async fn say(world: &World, text: &str) -> i64 {
    submit(&world.app, submission(text), By::ORIGINATOR).await.unwrap().id
}

/// Makes an up-to-date SQLite file with one row of its own, and closes it.
async fn database_with(word: &str) -> (Config, PathBuf) {
    let file = folder().join("heard.db");
    let config = settings_for(&file);
    ops::migrate(&config, &MigrateArgs::default(), &mut Vec::new()).await.unwrap();
    put(&config, word);
    (config, file)
}

fn put(config: &Config, word: &str) {
    let row = (settings::key.eq(word.to_owned()), settings::value.eq("1"));
    look(config, |c| diesel::insert_into(settings::table).values(row).execute(c));
}

fn keys(config: &Config) -> Vec<String> {
    look(config, |c| settings::table.select(settings::key).order(settings::key).load(c))
}

both! {
    async fn a_backup_under_load_holds_all_that_was_acknowledged_before_it(world: World) {
        let file = folder().join("copy");
        let (acknowledged, stop) = (RefCell::new(Vec::new()), Cell::new(false));
        let writer = |n: usize| {
            let (world, acknowledged, stop) = (&world, &acknowledged, &stop);
            async move {
                while !stop.get() {
                    let id = say(world, &format!("Writer {n} has something to say")).await;
                    acknowledged.borrow_mut().push(id);
                }
            }
        };
        let copying = async {
            while acknowledged.borrow().len() < 40 {
                tokio::task::yield_now().await;
            }
            let before: Vec<i64> = acknowledged.borrow().clone();
            let said = back_up(&world.app.config, &file).await;
            stop.set(true);
            (before, said.unwrap())
        };
        let pictured = say(&world, "There is a picture with it").await;
        let picture = Checked { name: "a.pdf".into(), media_type: "application/pdf", bytes: vec![7; 100_000] };
        let (kept, now) = (picture.clone(), world.now());
        world.write(move |c| keep(c, pictured, Link::Feedback, &[kept], false, now)).await;
        let ((before, said), _) = tokio::join!(copying, futures_util::future::join_all((0..8).map(writer)));
        assert!(said.contains("checked, complete"), "{said}");
        assert_eq!(names_in(file.parent().unwrap()).len(), 1, "nothing half done is left");
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);

        let fresh = another(&world);
        restore(&fresh, &file, false).await.unwrap();
        let held: HashSet<i64> = look(&fresh, |c| feedback::table.select(feedback::id).load(c)).into_iter().collect();
        assert!(before.iter().all(|id| held.contains(id)), "{} of {}", held.len(), before.len());
        let held_bytes = look(&fresh, |c| {
            let file = of_case(c, pictured)?.remove(0);
            bytes(c, file.id)
        });
        assert_eq!(held_bytes, picture.bytes);
        let (opened, noted, mails): (i64, i64, i64) = look(&fresh, |c| {
            Ok((
                cases::table.count().get_result(c)?,
                journal::table.filter(journal::event.eq("received")).count().get_result(c)?,
                outbox::table.count().get_result(c)?,
            ))
        });
        let all = held.len() as i64;
        assert_eq!((opened, noted, mails), (all, all, all), "what commits together is restored together");
        assert!(said.contains(&format!("{all} feedback")), "{said}");
        let (well, lines) = doctor(&fresh).await;
        assert!(well, "{lines}");
    }
}

both! {
    async fn a_database_in_use_is_not_replaced(world: World) {
        let file = folder().join("copy");
        back_up(&world.app.config, &file).await.unwrap();
        let kept = say(&world, "Written after the backup").await;
        says(restore(&world.app.config, &file, true).await, "in use");
        let found: i64 = world.read(move |c| Ok(feedback::table.find(kept).select(feedback::id).first(c)?)).await;
        assert_eq!(found, kept);
    }
}

both! {
    async fn a_newer_database_is_refused(world: World) {
        let newer = "insert into __diesel_schema_migrations (version) values ('29990101000001')";
        look(&world.app.config, |c| c.batch_execute(newer));
        let settings = Database { url: world.app.config.database.url.clone(), connections: 1 };
        let error = Db::open(&settings).err().expect("refused").to_string();
        assert!(error.contains("newer than this program") && error.contains("29990101000001"), "{error}");
        let (well, lines) = doctor(&world.app.config).await;
        assert!(!well && lines.contains("FAIL schema"), "{lines}");

        let file = folder().join("copy");
        says(back_up(&world.app.config, &file).await, "newer than this program");
        assert!(!file.exists());
    }
}

both! {
    async fn the_doctor_finds_what_is_wrong(world: World) {
        say(&world, "All is well so far").await;
        let (well, lines) = doctor(&world.app.config).await;
        assert!(well && lines.contains("warn admins"), "{lines}");
        world.person("Root", Role::Admin).await;
        let hurt = "update people set password_hash = 'x' where role = 'admin'; delete from search;";
        look(&world.app.config, |c| c.batch_execute(hurt));
        let mut config = world.app.config.clone();
        config.mail.url = "smtp://127.0.0.1:1".into();
        let (well, lines) = doctor(&config).await;
        assert!(!well, "{lines}");
        for line in ["ok   admins      1", "FAIL search      finds 0, but there are 1 cases", "FAIL mail        127.0.0.1:1"] {
            assert!(lines.contains(line), "{line} is not in\n{lines}");
        }
    }
}

#[actix_web::test]
async fn the_doctor_makes_no_database_and_says_so_in_json() {
    let file = folder().join("none.db");
    let mut out = Vec::new();
    let args = DoctorArgs { json: true, ..DoctorArgs::default() };
    let well = ops::doctor(Ok(settings_for(&file)), &args, crate::support::start(), &mut out).await.unwrap();
    let said: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!((well, said["ok"].as_bool()), (false, Some(false)));
    let failed = said["checks"].as_array().unwrap().iter().find(|check| check["verdict"] == "fail").unwrap();
    assert_eq!(failed["name"], "database");
    assert!(names_in(file.parent().unwrap()).is_empty());
}

#[actix_web::test]
async fn the_doctor_says_which_settings_cannot_be_read() {
    let wrong = Config::from_parts(None, [("HEARD__HTTP__BLIND".to_owned(), "x".to_owned())]);
    let mut out = Vec::new();
    assert!(!ops::doctor(wrong, &DoctorArgs::default(), crate::support::start(), &mut out).await.unwrap());
    let lines = String::from_utf8(out).unwrap();
    assert!(lines.starts_with("FAIL settings") && lines.contains("blind"), "{lines}");
}

#[actix_web::test]
async fn the_doctor_sees_a_row_that_points_nowhere_and_a_late_mail() {
    let world = World::sqlite().await;
    say(&world, "Hello").await;
    let hurt = "pragma foreign_keys = off; \
                update cases set owner_id = 7; \
                update outbox set next_at = next_at - 3600000000;";
    look(&world.app.config, |c| c.batch_execute(hurt));
    let (well, lines) = doctor(&world.app.config).await;
    assert!(!well && lines.contains("FAIL integrity   cases row"), "{lines}");
    assert!(lines.contains("warn outbox      a mail has been due for 60 minutes"), "{lines}");
}

#[actix_web::test]
async fn a_backup_replaces_no_file_and_takes_a_folder() {
    let (config, database) = database_with("one").await;
    let target = folder();
    let file = target.join("heard-20261123-090000.db");
    let said = back_up(&config, &target).await.unwrap();
    assert!(said.starts_with(&file.display().to_string()), "{said}");
    says(back_up(&config, &target).await, "is there already");
    assert_eq!(names_in(&target).len(), 1);
    std::fs::remove_file(database).unwrap();
    says(back_up(&config, &target.join("other")).await, "no database");
}

#[actix_web::test]
async fn what_cannot_be_trusted_is_not_restored() {
    let (config, database) = database_with("mine").await;
    let source = folder();
    let good = source.join("good");
    back_up(&config, &good).await.unwrap();
    let bytes = std::fs::read(&good).unwrap();
    let broken = |name: &str, bytes: &[u8]| {
        std::fs::write(source.join(name), bytes).unwrap();
        source.join(name)
    };
    let mut scribbled = bytes.clone();
    scribbled[4096..8192].fill(0xa5);
    for (file, words) in [
        (source.join("missing"), "No such file"),
        (broken("text", b"This is no database"), "not a whole SQLite database"),
        (broken("empty", b""), "not a database of Heard"),
        (broken("cut", &bytes[..bytes.len() / 2]), "cannot be used"),
        (broken("scribbled", &scribbled), "cannot be used"),
        (broken("newer", &with_step(&bytes, "29990101000001")), "newer than this program"),
    ] {
        says(restore(&config, &file, true).await, words);
    }
    std::fs::write(source.join("good-wal"), b"rows").unwrap();
    says(restore(&config, &good, true).await, "a database in use, not a backup");
    std::fs::remove_file(source.join("good-wal")).unwrap();
    says(restore(&config, &good, false).await, "With --yes");
    assert_eq!(keys(&config), ["mine"]);
    let left = names_in(database.parent().unwrap());
    assert!(left.iter().all(|name| !name.contains("part") && !name.contains("before")), "{left:?}");
}

/// The same database with one more schema step noted.
fn with_step(database: &[u8], version: &str) -> Vec<u8> {
    let file = folder().join("newer.db");
    std::fs::write(&file, database).unwrap();
    let note = format!("insert into __diesel_schema_migrations (version) values ('{version}')");
    look(&settings_for(&file), |c| c.batch_execute(&note));
    std::fs::read(&file).unwrap()
}

#[actix_web::test]
async fn a_restore_keeps_what_was_there_even_after_a_kill() {
    let (source, _) = database_with("backup").await;
    let backup = folder().join("copy");
    back_up(&source, &backup).await.unwrap();

    let (config, database) = killed_with("newest").await;
    let said = restore(&config, &backup, true).await.unwrap();
    let kept = database.with_file_name("heard.db.before-restore-20261123-090000");
    assert!(said.contains(&kept.display().to_string()), "{said}");
    assert_eq!(keys(&config), ["backup"]);
    assert_eq!(keys(&settings_for(&kept)), ["newest", "old"]);
    assert_eq!(database.metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[actix_web::test]
async fn a_broken_database_can_be_replaced() {
    let (source, _) = database_with("backup").await;
    let (backup, database) = (folder().join("copy"), folder().join("heard.db"));
    back_up(&source, &backup).await.unwrap();
    std::fs::write(&database, "what is left after an accident").unwrap();
    std::fs::write(database.with_file_name("heard.db-wal"), "a log of it").unwrap();
    restore(&settings_for(&database), &backup, true).await.unwrap();
    assert_eq!(keys(&settings_for(&database)), ["backup"]);
    let kept = database.with_file_name("heard.db.before-restore-20261123-090000");
    assert_eq!(std::fs::read_to_string(kept).unwrap(), "what is left after an accident");
}

/// A database whose newest row is only in the log beside it, as a killed process leaves it.
async fn killed_with(word: &str) -> (Config, PathBuf) {
    let (config, database) = database_with("old").await;
    let open = Attached::open(&Location::Sqlite(database.clone()), Use::Write).unwrap();
    put(&config, word);
    let killed = folder().join("heard.db");
    for suffix in ["", "-wal", "-shm"] {
        std::fs::copy(format!("{}{suffix}", database.display()), format!("{}{suffix}", killed.display())).unwrap();
    }
    drop(open);
    assert!(std::fs::metadata(format!("{}-wal", killed.display())).unwrap().len() > 0);
    (settings_for(&killed), killed)
}

#[actix_web::test]
async fn postgres_rows_are_not_replaced() {
    let Some(world) = World::postgres().await else { return };
    let file = folder().join("copy");
    back_up(&world.app.config, &file).await.unwrap();
    let fresh = another(&world);
    ops::migrate(&fresh, &MigrateArgs::default(), &mut Vec::new()).await.unwrap();
    std::fs::write(file.with_file_name("text"), b"This is no dump").unwrap();
    says(restore(&fresh, &file.with_file_name("text"), true).await, "cannot be used");
    restore(&fresh, &file, false).await.expect("empty tables are in nobody's way");
    says(restore(&fresh, &file, true).await, "holds rows already");
}

#[actix_web::test]
async fn every_connection_puts_what_it_acknowledges_on_disk() {
    #[derive(QueryableByName)]
    struct Set {
        #[diesel(sql_type = diesel::sql_types::Integer)]
        synchronous: i32,
    }
    let world = World::sqlite().await;
    let ask = |c: &mut Conn| Ok(diesel::sql_query("pragma synchronous").get_result::<Set>(c)?.synchronous);
    // As many at a time as the pool has.
    let all = futures_util::future::join_all((0..4).map(|_| world.app.db.read(ask))).await;
    assert!(all.iter().all(|set| matches!(set, Ok(2))), "{all:?}");
    assert_eq!(world.write(ask).await, 2);
}

#[actix_web::test]
async fn a_postgres_that_acknowledges_too_early_is_refused() {
    let Some(url) = fresh_postgres() else { return };
    let name = url.rsplit_once('/').unwrap().1.to_owned();
    let mut c = Conn::open(&Location::Postgres(url.clone()), Use::Write).unwrap();
    c.batch_execute(&format!("alter database {name} set synchronous_commit = off")).unwrap();
    let refused = Db::open(&Database { url, connections: 1 }).err().expect("refused").to_string();
    assert!(refused.contains("synchronous_commit"), "{refused}");
}
