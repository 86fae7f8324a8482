//! Backups that are made by themselves: once for each slot, checked, written down, and only so many kept.

use crate::both;
use crate::support::World;
use chrono::Duration;
use diesel::prelude::*;
use heard::backups::{self, store};
use heard::config::Config;
use heard::db::schema::backups as table;
use heard::feedback::actions::submit;
use heard::feedback::model::{Kind, Originator, Submission, Voice};
use heard::i18n::Lang;
use heard::journal::By;
use heard::node;
use heard::ops::{self, BackupArgs, RestoreArgs};
use heard::web::viewer::Role;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    std::env::temp_dir().join("heard-tests").join(heard::id::secret()).join("backups")
}

/// Another node on the same database, which keeps two backups there.
async fn node(world: &World, folder: &Path) -> World {
    world.again(&[("HEARD__BACKUP__FOLDER", &folder.display().to_string()), ("HEARD__BACKUP__KEEP", "2")]).await
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).map(|all| all.map(|entry| entry.unwrap().file_name()).collect());
    let mut names: Vec<String> =
        entries.unwrap_or_else(|_| Vec::new()).into_iter().map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

async fn rows(world: &World) -> Vec<store::Backup> {
    world.read(|c| Ok(store::newest(c, 100)?)).await
}

async fn say(world: &World, text: &str) {
    let anna = Originator::Contact { email: "anna@example.org".into(), name: "Anna".into(), lang: Lang::En };
    submit(&world.app, Submission::new(Voice::Customer, Kind::Idea, "web", text, anna), By::ORIGINATOR).await.unwrap();
}

both! {
    async fn of_all_nodes_one_makes_it_and_it_can_be_restored(world: World) {
        let folder = folder();
        say(&world, "Before the backup").await;
        let (one, two, three) = (node(&world, &folder).await, node(&world, &folder).await, node(&world, &folder).await);
        let made = futures_util::future::join_all([&one, &two, &three].map(|w| backups::run(&w.app))).await;
        assert_eq!(made.into_iter().filter(|made| *made.as_ref().unwrap()).count(), 1);
        assert!(!backups::run(&one.app).await.unwrap(), "its slot is taken");

        let rows = rows(&world).await;
        let [row] = rows.as_slice() else { panic!("{rows:?}") };
        assert!(row.is_good() && row.is_scheduled());
        let file = PathBuf::from(&row.file);
        let on_disk = file.metadata().unwrap();
        assert_eq!((on_disk.permissions().mode() & 0o777, on_disk.len() as i64), (0o600, row.bytes.unwrap()));
        assert_eq!(row.contents.as_ref().unwrap().0["feedback"], 1);
        assert_eq!(names(&folder).len(), 1, "nothing half done is left");

        let mut other: Config = world.app.config.clone();
        other.database.url = match crate::support::fresh_postgres() {
            Some(url) if file.extension().is_some_and(|e| e == "dump") => url,
            _ => format!("sqlite://{}", folder.with_file_name("restored.db").display()),
        };
        let args = RestoreArgs { file, yes: false, json: false };
        let mut out = Vec::new();
        ops::restore(&other, &args, world.now(), &mut out).await.unwrap();
        assert!(String::from_utf8(out).unwrap().contains("1 feedback"));
    }
}

both! {
    async fn so_many_are_kept_and_old_ones_go_only_after_a_good_new_one(world: World) {
        let folder = folder();
        let node = node(&world, &folder).await;
        for day in 0..4 {
            assert!(backups::run(&node.app).await.unwrap(), "day {day}");
            node.advance(Duration::days(1));
        }
        assert_eq!(names(&folder), ["heard-20261125-090000", "heard-20261126-090000"].map(|name| {
            format!("{name}.{}", heard::db::backup::extension(world.app.db.location()))
        }));
        assert_eq!(rows(&world).await.len(), 2);

        // The folder becomes a file: nothing can be made there, and nothing is let go.
        let kept = folder.with_file_name("moved");
        std::fs::rename(&folder, &kept).unwrap();
        std::fs::write(&folder, "in the way").unwrap();
        assert!(backups::run(&node.app).await.is_err());
        assert_eq!(names(&kept).len(), 2);
        let failed = rows(&world).await.remove(0);
        assert!(failed.error.is_some() && !failed.is_good(), "{failed:?}");
        assert!(!backups::run(&node.app).await.unwrap(), "not again at once");

        let ada = node.person("Ada", Role::Admin).await;
        ada.get("/admin/status").await.expect(200).says("The backup of 27 November 2026").says("Failed");
        std::fs::remove_file(&folder).unwrap();
        std::fs::rename(&kept, &folder).unwrap();
        node.advance(Duration::minutes(15));
        assert!(backups::run(&node.app).await.unwrap(), "tried again");
        assert_eq!(names(&folder).len(), 2);
        let page = ada.get("/admin/status").await.expect(200);
        assert!(!page.body.contains("The backup of 27"), "{}", page.body);
    }
}

both! {
    async fn a_clock_that_jumps_makes_no_backup_twice(world: World) {
        let node = node(&world, &folder()).await;
        for (jump, makes) in [(0, true), (24, true), (-1, false), (-24, false), (25, false), (24, true)] {
            node.advance(Duration::hours(jump));
            assert_eq!(backups::run(&node.app).await.unwrap(), makes, "after {jump} h");
        }
    }
}

both! {
    async fn the_backup_of_a_node_that_died_is_made_by_another(world: World) {
        let node = node(&world, &folder()).await;
        let (now, slot) = (node.now(), backups::model::slot(&node.app.config.backup, chrono_tz(&node), node.now()).unwrap());
        node.write(move |c| {
            let state = node::State::default();
            node::store::beat(c, "elsewhere:1:X", now, &state, now)?;
            Ok(store::claim(c, slot, "elsewhere:1:X", "/tmp/heard-half", now)?)
        })
        .await;
        assert!(!backups::run(&node.app).await.unwrap(), "it is being made");
        node.advance(node::GONE + Duration::seconds(1));
        assert!(backups::run(&node.app).await.unwrap(), "nobody makes it any more");
        let good: i64 = node.read(|c| Ok(table::table.filter(table::error.is_null()).count().get_result(c)?)).await;
        assert_eq!(good, 1);
    }
}

fn chrono_tz(world: &World) -> chrono_tz::Tz {
    world.app.config.app.time_zone
}

both! {
    async fn what_is_made_by_hand_is_written_down_and_never_let_go(world: World) {
        let folder = folder();
        let node = node(&world, &folder).await;
        let args = BackupArgs { target: Some(folder.join("before-the-move")), json: false };
        ops::backup(&node.app.config, &args, node.now(), &mut Vec::new()).await.unwrap();
        let by_hand = rows(&node).await.remove(0);
        assert!(by_hand.is_good() && !by_hand.is_scheduled() && by_hand.file.ends_with("before-the-move"));
        for _ in 0..4 {
            backups::run(&node.app).await.unwrap();
            node.advance(Duration::days(1));
        }
        assert_eq!((names(&folder).len(), folder.join("before-the-move").exists()), (3, true));
        ops::backup(&node.app.config, &args, node.now(), &mut Vec::new()).await.expect_err("the file is there");
        assert!(rows(&node).await.iter().any(|row| !row.is_scheduled() && row.error.is_some()));
    }
}

both! {
    async fn switched_off_nothing_is_made_and_the_page_says_so(world: World) {
        let off = world.again(&[("HEARD__BACKUP__ENABLED", "false")]).await;
        assert!(!backups::run(&off.app).await.unwrap());
        let ada = off.person("Ada", Role::Admin).await;
        ada.get("/admin/status").await.expect(200).says("No backups are made by themselves");
    }
}
