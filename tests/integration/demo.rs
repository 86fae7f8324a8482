//! The sample of `serve --demo`.

use crate::both;

use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use heard::backlog::reach;
use heard::cases::model::{Status, ToldHow};
use heard::db::Conn;
use heard::db::schema::{cases, changes, feedback, journal, messages, outbox, people};
use heard::db::types::Ts;
use heard::demo;
use heard::error::Result;
use heard::i18n::Lang;
use heard::journal::Event;
use heard::mail::outbox::Status as MailStatus;
use heard::people::password;
use heard::web::viewer::{Role, start_session};
use std::collections::BTreeMap;

const TABLES: &[&str] = &[
    "teams",
    "people",
    "settings",
    "topics",
    "feedback",
    "cases",
    "messages",
    "journal",
    "changes",
    "change_cases",
    "outbox",
    "search",
    "links",
    "sessions",
];

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

fn sizes(c: &mut Conn) -> Result<Vec<(&'static str, i64)>> {
    let size = |table: &&'static str| {
        let count: Count = diesel::sql_query(format!("select count(*) as n from {table}")).get_result(c)?;
        Ok((*table, count.n))
    };
    TABLES.iter().map(size).collect()
}

/// How often each value of a key stands in a list of the file.
fn in_file(list: &str, key: &str) -> BTreeMap<String, usize> {
    let file: toml::Table = include_str!("../../config/demo.toml").parse().unwrap();
    let mut counts = BTreeMap::new();
    for entry in file[list].as_array().unwrap() {
        *counts.entry(entry[key].as_str().unwrap().to_owned()).or_default() += 1;
    }
    counts
}

fn tally<T: ToString>(values: Vec<T>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value.to_string()).or_default() += 1;
    }
    counts
}

both! {
    async fn the_sample_stands_where_its_file_says(world: World) {
        demo::fill(&world.app).await.unwrap().expect("the database was empty");
        let statuses: Vec<Status> = world.read(|c| Ok(cases::table.select(cases::status).load(c)?)).await;
        assert_eq!(tally(statuses), in_file("cases", "stage"));
        let moved: Vec<String> = world.read(|c| Ok(changes::table.select(changes::status).load(c)?)).await;
        assert_eq!(moved.len(), 15);
        assert_eq!(tally(moved), in_file("changes", "status"));
        let reopened: Vec<(Status, Option<bool>)> = world
            .read(|c| Ok(cases::table.filter(cases::reopened.gt(0)).select((cases::status, cases::helped)).load(c)?))
            .await;
        assert_eq!(reopened, [(Status::InReview, Some(false)); 3]);
        let languages: Vec<Lang> = world.read(|c| Ok(feedback::table.select(feedback::lang).load(c)?)).await;
        let languages = tally(languages);
        assert!(languages["en"] > 30 && languages["ru"] > 30, "{languages:?}");
    }
}

both! {
    async fn every_loop_is_closed_or_on_its_way(world: World) {
        demo::fill(&world.app).await.unwrap();
        let told: Vec<(Option<ToldHow>, Option<Ts>, Option<i64>)> = world
            .read(|c| {
                let closed = cases::table.inner_join(feedback::table).filter(cases::status.eq(Status::Closed));
                Ok(closed.select((cases::told_how, cases::told_at, feedback::person_id)).load(c)?)
            })
            .await;
        for (how, at, person) in told {
            let expected = if person.is_some() { ToldHow::Mail } else { ToldHow::Page };
            assert_eq!((how, at.is_some()), (Some(expected), true));
        }
        let behind: Vec<i64> = world
            .read(|c| {
                let ids: Vec<i64> = changes::table.select(changes::id).load(c)?;
                Ok(reach::kept(c, &ids)?.values().map(|reach| reach.employees + reach.customers).collect())
            })
            .await;
        assert_eq!(behind.len(), 15);
        assert!(behind.iter().all(|people| *people > 0), "{behind:?}");
    }
}

both! {
    async fn nothing_of_it_is_ever_mailed(world: World) {
        demo::fill(&world.app).await.unwrap();
        let mails: Vec<(MailStatus, String, Option<String>)> = world
            .read(|c| Ok(outbox::table.select((outbox::status, outbox::template, outbox::reply)).load(c)?))
            .await;
        assert!(mails.len() > 150, "{}", mails.len());
        for (status, template, reply) in &mails {
            assert!(reply.as_ref().is_some_and(|said| said.starts_with("demo")), "{reply:?}");
            assert!(*status == MailStatus::Sent || (*status == MailStatus::Failed && template == "closure"));
        }
        let failed = mails.iter().filter(|(status, _, _)| *status == MailStatus::Failed).count();
        assert_eq!(failed, in_file("cases", "stage")["resolved"]);
        let late = world.now() + Duration::days(30);
        let due = world
            .write(move |c| Ok(heard::mail::outbox::claim(c, &heard::mail::outbox::Owner::new(), heard::mail::domains::Limits::NONE, late, 10)?))
            .await;
        assert!(due.mails.is_empty() && due.suppressed.is_empty());
    }
}

both! {
    async fn the_journal_tells_all_of_it_in_order(world: World) {
        demo::fill(&world.app).await.unwrap();
        let now = world.now();
        let (ids, events, words): (Vec<i64>, Vec<Event>, Vec<i64>) = world
            .read(|c| {
                let events = journal::table.order((journal::subject_id, journal::seq)).select(Event::as_select());
                let ids = cases::table.select(cases::id).load(c)?;
                Ok((ids, events.load(c)?, messages::table.select(messages::id).load(c)?))
            })
            .await;
        for id in ids {
            let own: Vec<&Event> = events.iter().filter(|event| event.subject_id == id).collect();
            assert_eq!((own[0].event.as_str(), own[0].seq), ("received", 1));
            let by_time = own.iter().filter(|event| *event.at != heard::journal::day_of(*event.at));
            assert!(by_time.clone().zip(by_time.skip(1)).all(|(a, b)| a.at <= b.at), "{own:?}");
        }
        assert!(events.iter().all(|event| *event.at < now));
        assert!(words.iter().all(|id| events.iter().any(|event| event.id == *id)));
        let told = tally(events.into_iter().map(|event| event.event).collect());
        for event in ["taken", "assigned", "replied", "noted", "wrote", "linked", "change_moved", "resolved", "told",
            "confirmed", "reopened", "proposed", "accepted", "started", "shipped", "declined"] {
            assert!(told.contains_key(event), "{event}: {told:?}");
        }
    }
}

both! {
    async fn the_queue_is_alive(world: World) {
        demo::fill(&world.app).await.unwrap();
        let now = world.now();
        let open: Vec<Option<Ts>> = world
            .read(|c| {
                Ok(cases::table.filter(cases::status.ne(Status::Closed)).select(cases::next_due).load(c)?)
            })
            .await;
        let hours: Vec<i64> = open.iter().flatten().map(|due| (**due - now).num_hours()).collect();
        let overdue = hours.iter().filter(|h| **h < 0).count();
        let soon = hours.iter().filter(|h| (0..24).contains(*h)).count();
        let waiting = open.iter().filter(|due| due.is_none()).count();
        assert!(overdue >= 3 && soon >= 3 && waiting >= 3, "{hours:?}, {waiting} wait");
        assert!(overdue * 3 < open.len(), "{overdue} of {} are overdue", open.len());
    }
}

both! {
    async fn a_second_start_changes_nothing(world: World) {
        let first = demo::fill(&world.app).await.unwrap().expect("the database was empty");
        let before = world.read(sizes).await;
        assert!(demo::fill(&world.app).await.unwrap().is_none());
        assert_eq!(world.read(sizes).await, before);
        assert_eq!(demo::sign_ins(&world.app).await.unwrap(), first);
    }
}

both! {
    async fn a_database_in_use_is_left_alone(world: World) {
        world.person("Anna", Role::Admin).await;
        let before = world.read(sizes).await;
        assert!(demo::fill(&world.app).await.unwrap().is_none());
        assert_eq!(world.read(sizes).await, before);
        assert!(demo::sign_ins(&world.app).await.unwrap().is_empty());
        assert_eq!(demo::receipt_code(&world.app).await.unwrap(), None);
    }
}

both! {
    async fn every_role_can_sign_in_and_the_code_opens_its_page(world: World) {
        let sign_ins = demo::fill(&world.app).await.unwrap().expect("the database was empty");
        let roles: Vec<Role> = sign_ins.iter().map(|sign_in| sign_in.role).collect();
        assert_eq!(roles, [Role::Admin, Role::Council, Role::Owner, Role::Owner, Role::Employee]);
        for sign_in in sign_ins {
            let (email, role) = (sign_in.email.clone(), sign_in.role);
            let hash: Option<String> = world
                .read(move |c| {
                    let person = people::table.filter(people::email.eq(email)).filter(people::role.eq(role));
                    Ok(person.select(people::password_hash).first(c)?)
                })
                .await;
            assert!(password::verify(sign_in.password, hash).await.unwrap(), "{}", sign_in.email);
        }
        let code = demo::receipt_code(&world.app).await.unwrap().expect("one code is known");
        let anonymous = world
            .read(move |c| {
                let id = heard::feedback::store::by_receipt(c, &code)?;
                Ok(feedback::table.find(id).select(feedback::anonymous).first::<bool>(c)?)
            })
            .await;
        assert!(anonymous);
    }
}

both! {
    async fn its_pages_can_be_read(world: World) {
        demo::fill(&world.app).await.unwrap();
        let now = world.now();
        let (token, said, change) = world
            .write(move |c| {
                let admin: i64 = people::table.filter(people::role.eq(Role::Admin)).select(people::id).first(c)?;
                let said: Vec<String> = feedback::table.select(feedback::reference).load(c)?;
                let change: String = changes::table.select(changes::reference).first(c)?;
                Ok((start_session(c, admin, "test", now)?, said, change))
            })
            .await;
        let admin = world.stranger();
        admin.set_cookie("heard", &token);
        for path in ["/cases", "/changes", "/outbox", &format!("/changes/{change}")] {
            admin.get(path).await.expect(200);
        }
        for reference in said {
            admin.get(&format!("/cases/{reference}")).await.expect(200);
        }
    }
}
