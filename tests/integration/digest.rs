//! Digests: who is told what, exactly once, and the way out.

mod composing;

use crate::both;
use crate::support::{Actor, World};
use actix_web::http::Method;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use diesel::prelude::*;
use heard::backlog::actions::{link_case, propose};
use heard::backlog::model::{News, Status};
use heard::backlog::moves::{Step, advance};
use heard::backlog::proposal::Proposal;
use heard::cases::actions::{Decision, Desk, answer, resolve_one};
use heard::cases::model::Outcome;
use heard::cases::store::by_id;
use heard::db::schema::{digest_editions, feedback, journal, outbox, people};
use heard::db::types::{Doc, Ts};
use heard::digest::model::Skip;
use heard::digest::period::{Month, Period};
use heard::digest::sending::by_hand::{self, Report};
use heard::digest::series::{self, EVERYBODY};
use heard::digest::{DigestArgs, command};
use heard::feedback::actions::submit;
use heard::feedback::model::{Kind, Originator, Submission, Voice};
use heard::i18n::Lang;
use heard::id;
use heard::journal::By;
use heard::secret::Purpose;
use heard::web::viewer::Role;
use serde_json::Value;

/// October, which is over when the tests begin.
fn october() -> Period {
    "2026-10".parse::<Month>().unwrap().period()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Somebody with an address who subscribed long ago.
async fn subscriber(world: &World, name: &str, lang: Lang) -> i64 {
    let person = id::new_id();
    let row = (
        people::id.eq(person),
        people::email.eq(format!("{}@example.org", name.to_lowercase())),
        people::name.eq(name.to_owned()),
        people::lang.eq(lang),
        people::role.eq(Role::Contact),
        people::created_at.eq(Ts::from(at("2026-01-01T00:00:00Z"))),
        people::digest_since.eq(Some(Ts::from(at("2026-01-01T00:00:00Z")))),
    );
    world.write(move |c| Ok(diesel::insert_into(people::table).values(row).execute(c)?)).await;
    person
}

fn submission(text: &str) -> Submission {
    Submission::new(Voice::Customer, Kind::Idea, "web", text, Originator::Anonymous)
}

/// What somebody said; returns its id.
async fn said(world: &World, person: i64, text: &str) -> i64 {
    let submission = Submission { originator: Originator::Person { id: person }, ..submission(text) };
    submit(&world.app, submission, By::ORIGINATOR).await.unwrap().id
}

struct ChangeIs {
    title: &'static str,
    shipped: bool,
    public: bool,
    at: DateTime<Utc>,
}

/// A change that was decided then, for what these pieces of feedback said.
async fn change(world: &World, is: ChangeIs, evidence: &[i64]) {
    let (before, then) = (Desk::at(&world.app, is.at - Duration::days(1)), Desk::at(&world.app, is.at));
    let evidence = evidence.to_vec();
    world
        .write(move |c| {
            let proposal = Proposal {
                title: is.title.into(),
                ex: 3,
                cx: 3,
                effort: 1.0,
                confidence: 0.8,
                public: is.public,
                ..Proposal::default()
            };
            let mut change = propose(c, &before, By::SYSTEM, proposal)?;
            for case in evidence {
                let (case, _) = by_id(c, case)?;
                link_case(c, &before, By::SYSTEM, &change, case)?;
            }
            let news = News::checked(&format!("{} in English", is.title), &format!("{} по-русски", is.title))?;
            if is.shipped {
                advance(c, &before, By::SYSTEM, &mut change, Step::to(Status::Accepted))?;
                advance(c, &then, By::SYSTEM, &mut change, Step::to(Status::Shipped).telling(news))
            } else {
                advance(c, &then, By::SYSTEM, &mut change, Step::to(Status::Declined).telling(news))
            }
        })
        .await;
}

fn shipped(title: &'static str) -> ChangeIs {
    ChangeIs { title, shipped: true, public: true, at: at("2026-10-14T12:00:00Z") }
}

/// The digest mails in the outbox: who, language, facts.
async fn mails(world: &World) -> Vec<(i64, Lang, Value)> {
    let rows: Vec<(i64, Lang, Doc)> = world
        .read(|c| {
            let digests = outbox::table.filter(outbox::template.eq("digest")).order(outbox::id);
            Ok(digests.select((outbox::person_id, outbox::lang, outbox::data)).load(c)?)
        })
        .await;
    rows.into_iter().map(|(person, lang, Doc(data))| (person, lang, data)).collect()
}

async fn mail_of(world: &World, person: i64) -> Option<Value> {
    mails(world).await.into_iter().find(|(to, ..)| *to == person).map(|(_, _, data)| data)
}

async fn events(world: &World, event: &'static str) -> Vec<Value> {
    let rows: Vec<Doc> =
        world.read(move |c| Ok(journal::table.filter(journal::event.eq(event)).select(journal::data).load(c)?)).await;
    rows.into_iter().map(|Doc(data)| data).collect()
}

async fn everybody(world: &World) -> series::Series {
    world.read(|c| Ok(series::find(c, EVERYBODY)?)).await
}

async fn send(world: &World, period: Period) -> Report {
    by_hand::send(&world.app, &everybody(world).await, period).await.unwrap()
}

fn titles(data: &Value, part: &str) -> Vec<String> {
    data[part].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

fn unsubscribe_path(world: &World, person: i64) -> String {
    format!("/unsubscribe/{}", world.app.secret.token(Purpose::Mails, person).unwrap())
}

both! {
    async fn everybody_is_told_what_they_asked_for_and_what_else_was_done(world: World) {
        let ann = subscriber(&world, "Ann", Lang::En).await;
        let boris = subscriber(&world, "Boris", Lang::Ru).await;
        let tabs = said(&world, ann, "Five tabs for one customer").await;
        let queue = said(&world, boris, "Слишком долго ждать на линии").await;
        let discount = said(&world, ann, "Give everybody a discount").await;
        change(&world, shipped("One window"), &[tabs]).await;
        change(&world, shipped("Call back"), &[queue]).await;
        let no = ChangeIs { shipped: false, ..shipped("Discount for all") };
        change(&world, no, &[discount]).await;

        assert_eq!(send(&world, october()).await.queued, 2);
        let (for_ann, for_boris) = (mail_of(&world, ann).await.unwrap(), mail_of(&world, boris).await.unwrap());
        assert_eq!(titles(&for_ann, "done"), ["One window", "Call back"], "her own first");
        assert_eq!(for_ann["done"][0]["own_words"], "Five tabs for one customer");
        assert_eq!(for_ann["done"][1]["own_words"], Value::Null);
        assert_eq!(for_ann["done"][1]["text"], "Call back in English");
        assert_eq!(titles(&for_ann, "declined"), ["Discount for all"]);
        assert_eq!(for_ann["declined"][0]["text"], "Discount for all in English");
        assert_eq!(titles(&for_boris, "done"), ["Call back", "One window"]);
        assert_eq!(for_boris["done"][0]["text"], "Call back по-русски");
        assert_eq!((&for_ann["starts_on"], &for_ann["ends_on"]), (&"2026-10-01".into(), &"2026-10-31".into()));
        for (to, _, data) in mails(&world).await {
            let others = if to == ann { "на линии" } else { "Five tabs" };
            assert!(!data.to_string().contains(others), "nobody reads the words of somebody else");
            assert!(!data.to_string().contains("\"people\":1"), "one person is not a group");
        }
    }
}

both! {
    async fn what_is_not_public_reaches_only_those_who_asked(world: World) {
        let ann = subscriber(&world, "Ann", Lang::En).await;
        let boris = subscriber(&world, "Boris", Lang::En).await;
        let swaps = said(&world, ann, "Let us swap shifts").await;
        change(&world, ChangeIs { public: false, ..shipped("Shift swaps") }, &[swaps]).await;
        let report = send(&world, october()).await;
        assert_eq!((report.queued, report.skips.of(Skip::Empty)), (1, 1));
        assert_eq!(titles(&mail_of(&world, ann).await.unwrap(), "done"), ["Shift swaps"]);
        assert!(mail_of(&world, boris).await.is_none(), "no mail without news");
        let sent = events(&world, "digest_sent").await;
        assert_eq!((&sent[0]["mails"], &sent[0]["skipped"]["empty"]), (&1.into(), &1.into()));
    }
}

both! {
    async fn own_cases_without_a_change_are_told_to_their_author_alone(world: World) {
        let ann = subscriber(&world, "Ann", Lang::En).await;
        let boris = subscriber(&world, "Boris", Lang::En).await;
        let outcomes = [("Parcel lost", Outcome::Solved), ("Free phones", Outcome::NotPossible), ("Never mind", Outcome::Withdrawn), ("Still wrong", Outcome::Solved)];
        let mut ids = Vec::new();
        for (text, outcome) in outcomes {
            let case = said(&world, ann, text).await;
            ids.push(case);
            let desk = Desk::at(&world.app, at("2026-10-20T10:00:00Z"));
            let decision = Decision { outcome, text: format!("{text}: our answer"), change: None };
            world.write(move |c| {
                let (case, said) = by_id(c, case)?;
                resolve_one(c, &desk, By::SYSTEM, case, &said, &decision)
            }).await;
        }
        let (reopened, desk) = (ids[3], Desk::of(&world.app));
        world.write(move |c| answer(c, &desk, reopened, false, "No, it is not", false)).await;
        assert_eq!(send(&world, october()).await.queued, 1);
        let data = mail_of(&world, ann).await.unwrap();
        assert_eq!((titles(&data, "done"), titles(&data, "declined")), (vec!["Parcel lost".into()], vec!["Free phones".into()]));
        assert_eq!((&data["done"][0]["own_words"], &data["done"][0]["text"]), (&"Parcel lost".into(), &"Parcel lost: our answer".into()));
        assert!(mail_of(&world, boris).await.is_none());
    }
}

both! {
    async fn nobody_gets_a_digest_twice(world: World) {
        let mut everybody = Vec::new();
        for name in ["Ann", "Boris", "Chen", "Dora"] {
            everybody.push(subscriber(&world, name, Lang::En).await);
        }
        change(&world, shipped("One window"), &[]).await;
        // Two nodes begin at once.
        let (one, other) = futures_util::future::join(send(&world, october()), send(&world, october())).await;
        assert_eq!((one.queued.max(other.queued), one.skips.of(Skip::Empty)), (4, 0));
        // What happens afterwards is for another digest, and so is who joins afterwards.
        world.advance(Duration::hours(1));
        subscriber(&world, "Late", Lang::En).await;
        let again = send(&world, october()).await;
        assert_eq!((again.queued, again.already), (0, 4));
        let mut got: Vec<i64> = mails(&world).await.into_iter().map(|(to, ..)| to).collect();
        got.sort_unstable();
        assert_eq!(got, everybody);
        let sent = events(&world, "digest_sent").await;
        assert_eq!(sent.len(), 1, "said once");
        assert_eq!(sent[0]["mails"], 4);
    }
}

both! {
    async fn many_readers_are_reached_in_batches(world: World) {
        const MANY: i64 = 1203;
        world.write(|c| {
            for n in 0..MANY {
                let row = (
                    people::id.eq(id::new_id()),
                    people::email.eq(format!("reader{n}@example.org")),
                    people::name.eq(""),
                    people::lang.eq(if n % 2 == 0 { Lang::En } else { Lang::Ru }),
                    people::role.eq(Role::Contact),
                    people::created_at.eq(Ts::from(at("2026-01-01T00:00:00Z"))),
                    people::digest_since.eq(Some(Ts::from(at("2026-01-01T00:00:00Z")))),
                );
                diesel::insert_into(people::table).values(row).execute(c)?;
            }
            Ok(())
        }).await;
        change(&world, shipped("One window"), &[]).await;
        assert_eq!(send(&world, october()).await.queued, MANY);
        assert_eq!(mails(&world).await.len(), MANY as usize);
    }
}

both! {
    async fn overlapping_days_are_told_once(world: World) {
        let ann = subscriber(&world, "Ann", Lang::En).await;
        change(&world, ChangeIs { at: at("2026-10-14T12:00:00Z"), ..shipped("Early") }, &[]).await;
        let first_half = Period { last: NaiveDate::from_ymd_opt(2026, 10, 15).unwrap(), ..october() };
        assert_eq!(send(&world, first_half).await.queued, 1);
        world.advance(Duration::minutes(1));
        assert_eq!(send(&world, october()).await.queued, 0, "she knows already");
        change(&world, ChangeIs { at: at("2026-11-10T12:00:00Z"), ..shipped("Late") }, &[]).await;
        let both = Period { last: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(), ..october() };
        assert_eq!(send(&world, both).await.queued, 1);
        let last = mails(&world).await.pop().unwrap();
        assert_eq!((last.0, titles(&last.2, "done")), (ann, vec!["Late".into()]));
    }
}

both! {
    async fn months_end_at_local_midnight(world: World) {
        // In Berlin the last hour of October is winter time: the month ends at 23:00 UTC, in Moscow at 21:00.
        for (zone, inside, outside) in [
            ("Europe/Berlin", "2026-10-31T22:59:59Z", "2026-10-31T23:00:00Z"),
            ("Europe/Moscow", "2026-10-31T20:59:59Z", "2026-10-31T21:00:00Z"),
        ] {
            let there = world.again(&[("HEARD__APP__TIME_ZONE", zone)]).await;
            let ann = subscriber(&there, &zone.replace('/', ""), Lang::En).await;
            for (title, moment) in [("Inside", inside), ("Outside", outside)] {
                let case = said(&there, ann, title).await;
                change(&there, ChangeIs { public: false, at: at(moment), ..shipped(title) }, &[case]).await;
            }
            let reader = there.read(move |c| Ok(heard::digest::store::reader(c, ann)?)).await;
            let place = by_hand::place(&there.app, &everybody(&there).await, october(), reader).await.unwrap();
            let letter = place.letter.unwrap();
            let told: Vec<&str> = letter.done.iter().map(|item| item.title.as_str()).collect();
            assert_eq!(told, ["Inside"], "{zone}");
        }
    }
}

both! {
    async fn a_period_that_is_not_over_can_be_seen_but_not_sent(world: World) {
        let november = "2026-11".parse::<Month>().unwrap().period();
        subscriber(&world, "Ann", Lang::En).await;
        change(&world, ChangeIs { at: at("2026-11-02T12:00:00Z"), ..shipped("One window") }, &[]).await;
        assert!(by_hand::send(&world.app, &everybody(&world).await, november).await.is_err());
        assert!(mails(&world).await.is_empty());
        let rows: i64 = world.read(|c| Ok(digest_editions::table.count().get_result(c)?)).await;
        assert_eq!(rows, 0);
        let until_today = Period { last: world.now().date_naive(), ..november };
        assert_eq!(send(&world, until_today).await.queued, 1);
    }
}

both! {
    async fn whoever_unsubscribed_gets_no_digest_but_other_mail(world: World) {
        let ann = subscriber(&world, "Ann", Lang::En).await;
        let path = unsubscribe_path(&world, ann);
        let answer = world.stranger().send(Method::POST, &path, &[], None).await;
        answer.expect(200).says("The digest will not come any more");
        change(&world, shipped("One window"), &[]).await;
        let report = send(&world, october()).await;
        assert_eq!((report.queued, report.skips.of(Skip::OptedOut)), (0, 1));
        said(&world, ann, "Something else").await;
        let others: i64 = world.read(move |c| Ok(outbox::table.filter(outbox::person_id.eq(ann)).count().get_result(c)?)).await;
        assert_eq!(others, 1, "other mails go on");
    }
}

both! {
    async fn others_have_no_business_here(world: World) {
        for role in [Role::Employee, Role::Owner] {
            let actor: Actor = world.person(&format!("R{role}"), role).await;
            for path in ["/digests", "/digests/new", "/digests/1", "/digests/1/preview", "/digests/1/preview/html"] {
                actor.get(path).await.expect(403);
            }
            actor.post("/digests", &[("series", "1")]).await.expect(403);
            actor.post("/digests/1/approval", &[("version", "1")]).await.expect(403);
            actor.post("/digests/1/test", &[]).await.expect(403);
        }
        world.stranger().get("/digests").await.expect(303);
    }
}

#[derive(clap::Parser)]
struct Line {
    #[command(flatten)]
    args: DigestArgs,
}

async fn heard_digest(world: &World, line: &str) -> Result<String, String> {
    use clap::Parser;
    let line = Line::try_parse_from(format!("digest {line}").split_whitespace()).map_err(|e| e.to_string())?;
    let mut out = Vec::new();
    command(&world.app, line.args, &mut out).await.map_err(|e| e.to_string())?;
    Ok(String::from_utf8(out).unwrap())
}

both! {
    async fn the_command_previews_and_sends(world: World) {
        subscriber(&world, "Ann", Lang::En).await;
        subscriber(&world, "Boris", Lang::Ru).await;
        change(&world, shipped("One window"), &[]).await;
        let preview = heard_digest(&world, "").await.unwrap();
        for part in ["1–31 October 2026", "ann@example.org", "One window in English", "One window по-русски", "2 people would get it", "/unsubscribe/"] {
            assert!(preview.contains(part), "{part} is not in {preview}");
        }
        let one = heard_digest(&world, "--month 2026-10 --preview boris@example.org").await.unwrap();
        assert!(one.contains("по-русски") && !one.contains("in English"));
        assert!(heard_digest(&world, "--preview nobody@example.org").await.unwrap_err().contains("nobody here"));
        assert!(heard_digest(&world, "--month soon").await.unwrap_err().contains("2026-10"));
        assert!(heard_digest(&world, "--month 2026-11 --send").await.unwrap_err().contains("not over"));
        assert!(heard_digest(&world, "--from 2026-10-05 --to 2026-10-01").await.unwrap_err().contains("before the first"));
        assert!(mails(&world).await.is_empty());

        let sent: Value = serde_json::from_str(&heard_digest(&world, "--send --json").await.unwrap()).unwrap();
        assert_eq!(sent["report"], serde_json::json!({"queued": 2, "already": 0, "empty": 0}));
        assert!(heard_digest(&world, "--send").await.unwrap().contains("0 queued now, 2 had it already"));
        let empty: Value = serde_json::from_str(&heard_digest(&world, "--month 2026-09 --send --json").await.unwrap()).unwrap();
        assert_eq!(empty["report"]["empty"], 2);
        assert_eq!(mails(&world).await.len(), 2);
    }
}

both! {
    async fn anonymous_feedback_is_nobodys_own(world: World) {
        let ann = subscriber(&world, "Ann", Lang::En).await;
        let anonymous = Submission { originator: Originator::Anonymous, ..submission("Nobody may know I said this") };
        let case = submit(&world.app, anonymous, By::ORIGINATOR).await.unwrap().id;
        change(&world, shipped("One window"), &[case]).await;
        send(&world, october()).await;
        assert!(!mail_of(&world, ann).await.unwrap().to_string().contains("Nobody may know"));
        let owners: i64 = world.read(|c| Ok(feedback::table.filter(feedback::person_id.is_not_null()).count().get_result(c)?)).await;
        assert_eq!(owners, 0);
    }
}
