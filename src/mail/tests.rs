//! The outbox, the renderer and a mail server together, on a SQLite file.

use std::sync::Arc;

use chrono::Duration;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use serde_json::json;

use super::domains::Limits;
use super::drain::{Drain, Drained};
use super::fake_server::FakeServer;
use super::outbox::{NewMail, Owner, Status};
use super::*;
use crate::clock::Clock;
use crate::db::conn::Use;
use crate::db::schema::{outbox as rows, people, settings};
use crate::db::types::Ts;
use crate::db::{Conn, Db, Location};
use crate::i18n::{self, Lang};

mod bad_input;
mod behaviours;
mod every_letter;
mod headers;
mod many;

/// A product that does nothing but send mail.
struct Post {
    db: Db,
    mailer: Arc<Mailer>,
    clock: Clock,
    owner: Owner,
    folder: std::path::PathBuf,
}

impl Drop for Post {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

impl Post {
    /// On SQLite, which is at hand everywhere.
    async fn new(mail_url: &str) -> Post {
        let folder = std::env::temp_dir().join(format!("heard-post-{}", crate::id::secret()));
        Post::on(format!("sqlite://{}/heard.db", folder.display()), folder, mail_url).await
    }

    /// On each database that is there.
    async fn each(mail_url: &str) -> Vec<Post> {
        let mut posts = vec![Post::new(mail_url).await];
        if let Ok(server) = std::env::var("HEARD_TEST_POSTGRES") {
            let name = format!("heard_{}", crate::id::secret().to_lowercase());
            let mut c = Conn::open(&Location::Postgres(server.clone()), Use::Write).unwrap();
            c.batch_execute(&format!("create database {name}")).unwrap();
            let folder = std::env::temp_dir().join(&name);
            posts.push(Post::on(format!("{}/{name}", server.rsplit_once('/').unwrap().0), folder, mail_url).await);
        }
        posts
    }

    async fn on(database: String, folder: std::path::PathBuf, mail_url: &str) -> Post {
        let (mailer, config) = mailer(&database, mail_url);
        let db = Db::open(&config.database).unwrap();
        db.write(|c| Ok(add_people(c)?)).await.unwrap();
        let clock = Clock::fixed("2026-11-23T10:00:00Z".parse().unwrap());
        Post { db, mailer, clock, owner: Owner::new(), folder }
    }

    /// The same outbox with another way out.
    fn leading_to(&mut self, mail_url: &str) {
        self.mailer = mailer("sqlite://unused.db", mail_url).0;
    }

    async fn enqueue(&self, change: impl FnOnce(&mut NewMail) + Send + 'static) -> bool {
        let now = self.clock.now();
        self.db
            .write(move |c| {
                let mut mail = new_mail();
                change(&mut mail);
                Ok(outbox::enqueue(c, &mail, now)?)
            })
            .await
            .unwrap()
    }

    /// A mail for each of these events, in one transaction.
    async fn enqueue_many(
        &self,
        events: std::ops::RangeInclusive<i64>,
        change: impl Fn(i64, &mut NewMail) + Send + 'static,
    ) {
        let now = self.clock.now();
        self.change(move |c| {
            for event in events {
                let mut mail = new_mail();
                mail.event_id = event;
                change(event, &mut mail);
                outbox::enqueue(c, &mail, now)?;
            }
            Ok(())
        })
        .await;
    }

    async fn drain(&self) -> Drained {
        let Post { db, mailer, clock, owner, .. } = self;
        let stopping = &|| false;
        Drain { db, mailer, clock, owner, stopping, on_finished: Arc::new(remember) }.run(1000).await.unwrap()
    }

    async fn change<T: Send + 'static>(&self, work: impl FnOnce(&mut Conn) -> QueryResult<T> + Send + 'static) -> T {
        self.db.write(move |c| Ok(work(c)?)).await.unwrap()
    }

    async fn rows(&self) -> Vec<Mail> {
        self.change(|c| rows::table.order(rows::id).select(Mail::as_select()).load(c)).await
    }

    /// What `on_finished` was told, in order.
    async fn finished(&self) -> Vec<String> {
        let like = settings::key.like("finished-%");
        self.change(move |c| settings::table.filter(like).order(settings::key).select(settings::value).load(c)).await
    }
}

/// Compiled once: that takes longer than most tests.
static TEMPLATES: std::sync::LazyLock<Arc<Templates>> =
    std::sync::LazyLock::new(|| Arc::new(Templates::load(chrono_tz::UTC).unwrap()));

fn mailer(database: &str, mail_url: &str) -> (Arc<Mailer>, Config) {
    let env = [
        ("HEARD__DATABASE__URL", database),
        ("HEARD__MAIL__URL", mail_url),
        ("HEARD__MAIL__FROM", "heard@example.org"),
        ("HEARD__MAIL__DOMAIN_PER_MINUTE", "0"),
    ];
    let config = Config::from_parts(None, env.map(|(k, v)| (k.to_owned(), v.to_owned()))).unwrap();
    (Arc::new(Mailer::new(&config, Arc::clone(&TEMPLATES)).unwrap()), config)
}

fn add_people(c: &mut Conn) -> QueryResult<()> {
    for id in 1..=3 {
        let row = (people::id.eq(id), people::name.eq("Ann"), people::lang.eq("en"), people::role.eq("contact"));
        let at = people::created_at.eq(Ts("2026-11-01T00:00:00Z".parse().unwrap()));
        diesel::insert_into(people::table).values((row, at)).execute(c)?;
    }
    Ok(())
}

fn new_mail() -> NewMail {
    let letter = letters::Received {
        reference: "F-7QK3M9X".into(),
        own_words: "The app is slow".into(),
        promised_by: "Friday, 27 November".into(),
        tracking_url: "https://heard.example.org/t/abc".into(),
    };
    NewMail {
        person_id: 1,
        template: "received",
        event_id: 1,
        case_id: None,
        lang: Lang::En,
        address: "ann@example.com".into(),
        name: "Ann".into(),
        data: json!(letter),
    }
}

fn remember(c: &mut Conn, mail: &Mail, outcome: &Outcome, _: DateTime<Utc>) -> Result<()> {
    let key = format!("finished-{:020}", mail.id);
    diesel::insert_into(settings::table)
        .values((settings::key.eq(key), settings::value.eq(format!("{outcome:?}"))))
        .execute(c)?;
    Ok(())
}

#[tokio::test]
async fn one_event_one_person_one_mail() {
    let server = FakeServer::start(&[]).await;
    let post = Post::new(&server.url()).await;
    assert!(post.enqueue(|_| {}).await);
    assert!(!post.enqueue(|mail| mail.address = "other@example.com".into()).await);
    assert!(post.enqueue(|mail| mail.person_id = 2).await);
    assert_eq!(post.drain().await, Drained { sent: 2, ..Drained::default() });
    assert_eq!(post.drain().await, Drained::default(), "a second run sends none");
    assert_eq!(server.seen(|seen| seen.mails.len()), 2);
    assert_eq!(post.finished().await, ["Sent(\"250 ok\")", "Sent(\"250 ok\")"]);
    let row = &post.rows().await[0];
    assert_eq!((row.status, row.attempts, row.sent_at), (Status::Sent, 1, Some(post.clock.now().into())));
    let id = format!("Message-ID: <{}@example.org>", row.message_id);
    assert!(server.seen(|seen| seen.mails.iter().any(|mail| mail.contains(&id))));
}

#[tokio::test]
async fn what_may_have_arrived_is_sent_once_more_with_the_same_id() {
    let server = FakeServer::start(&[(".", "close")]).await;
    let post = Post::new(&server.url()).await;
    post.enqueue(|_| {}).await;
    post.drain().await;
    post.clock.advance(Duration::minutes(14));
    assert_eq!(post.drain().await, Drained::default(), "it rests");
    post.clock.advance(Duration::minutes(1));
    assert_eq!(post.drain().await.failed, 1);
    post.clock.advance(Duration::days(3));
    assert_eq!(post.drain().await, Drained::default());
    assert!(post.rows().await[0].reply.as_deref().unwrap().contains("may have been sent"));
}

#[tokio::test]
async fn who_unsubscribed_gets_no_digest_but_other_mail() {
    let server = FakeServer::start(&[]).await;
    let post = Post::new(&server.url()).await;
    let digest = json!(letters::Digest {
        starts_on: "2026-10-01".parse().unwrap(),
        ends_on: "2026-10-31".parse().unwrap(),
        unsubscribe_url: "https://heard.example.org/unsubscribe/abc".into(),
        ..letters::Digest::default()
    });
    for person in 1..=3 {
        let (digest, email) = (digest.clone(), people::email.eq(format!("{person}@example.org")));
        post.change(move |c| diesel::update(people::table.find(person)).set(email).execute(c)).await;
        post.enqueue(move |mail| (mail.person_id, mail.template, mail.data) = (person, "digest", digest)).await;
        post.enqueue(move |mail| mail.person_id = person).await;
    }
    let now = Some(Ts::from(post.clock.now()));
    post.change(move |c| diesel::update(people::table.find(1)).set(people::digest_ended_at.eq(now)).execute(c)).await;
    post.change(move |c| diesel::update(people::table.find(2)).set(people::disabled_at.eq(now)).execute(c)).await;
    assert_eq!(post.drain().await, Drained { sent: 3, suppressed: 3, ..Drained::default() });
    assert_eq!(post.finished().await.iter().filter(|end| end.contains("unsubscribed")).count(), 1);
    assert!(server.seen(|seen| seen.mails.iter().filter(|mail| mail.contains("List-Unsubscribe-Post")).count() == 1));
}

#[tokio::test]
async fn leases_run_out_and_dead_processes_lose_theirs_at_once() {
    let server = FakeServer::start(&[]).await;
    let post = Post::new(&server.url()).await;
    post.enqueue(|_| {}).await;
    let (now, other) = (post.clock.now(), Owner::new());
    let claimed = post.change({
        let other = other.clone();
        move |c| outbox::claim(c, &other, Limits::NONE, now, 10)
    });
    let mail = claimed.await.mails.remove(0).0;
    assert_eq!(post.drain().await, Drained::default(), "it is leased");
    post.clock.advance(outbox::LEASE);
    assert_eq!(post.drain().await.sent, 1);
    let late = post.change(move |c| outbox::finish(c, &mail, &other, &Outcome::Failed("late".into()), now, 0.0));
    assert!(!late.await, "whoever lost the lease cannot finish it");
    assert_eq!(post.rows().await[0].status, Status::Sent);

    post.enqueue(|mail| mail.event_id = 2).await;
    let (now, before) = (post.clock.now(), Owner::new());
    post.change(move |c| outbox::claim(c, &before, Limits::NONE, now, 10)).await;
    let me = post.owner.clone();
    assert_eq!(post.change(move |c| outbox::release_stale(c, &me)).await, 1);
    assert_eq!(post.drain().await.sent, 1);
}

#[tokio::test]
async fn a_failed_mail_can_be_tried_again_by_hand() {
    let server = FakeServer::start(&[("RCPT", "554 5.7.1 not today")]).await;
    let post = Post::new(&server.url()).await;
    post.enqueue(|_| {}).await;
    assert_eq!(post.drain().await.failed, 1);
    let (id, now) = (post.rows().await[0].id, post.clock.now());
    assert!(post.db.write(move |c| outbox::retry(c, id, now)).await.is_ok());
    assert_eq!(post.rows().await[0].status, Status::Queued);
    assert!(post.db.write(move |c| outbox::retry(c, id, now)).await.is_err());
}

#[tokio::test]
async fn mails_about_a_case_follow_the_first_one() {
    let server = FakeServer::start(&[]).await;
    let post = Post::new(&server.url()).await;
    post.change(add_case).await;
    post.enqueue(|mail| mail.case_id = Some(5)).await;
    post.enqueue(|mail| (mail.case_id, mail.event_id) = (Some(5), 2)).await;
    post.drain().await;
    let first = format!("References: <{}@example.org>", post.rows().await[0].message_id);
    assert_eq!(server.seen(|seen| seen.mails.iter().filter(|mail| mail.contains(&first)).count()), 1);
    assert_eq!(server.seen(|seen| seen.mails.iter().filter(|mail| mail.contains("References:")).count()), 1);
}

fn add_case(c: &mut Conn) -> QueryResult<usize> {
    let feedback = "insert into feedback (id, reference, voice, kind, channel, title, text, lang, anonymous, received_at, \
        created_at) values (5, 'F-1', 'customer', 'idea', 'web', 't', 't', 'en', false, 0, 0)";
    let case = "insert into cases (id, status, version, respond_by, resolve_by, tell_by, reopened, updated_at) \
        values (5, 'new', 1, 0, 0, 0, 0, 0)";
    diesel::sql_query(feedback).execute(c)?;
    diesel::sql_query(case).execute(c)
}
