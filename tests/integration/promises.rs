//! Promises: what is due, who hears of it, and what the originator can do about it.

use crate::backlog::{link, propose};
use crate::both;
use crate::support::{Actor, World};
use chrono::{DateTime, Duration};
use diesel::prelude::*;
use heard::cases::actions::{self, Desk, Marks};
use heard::cases::model::{Case, Severity, Status};
use heard::cases::store::{self, Scope};
use heard::db::schema::{cases, journal, messages, outbox, policies, teams, topics, watchers};
use heard::db::types::{Doc, Ts};
use heard::feedback::actions::{Receipt, submit};
use heard::feedback::model::{Kind, Originator, Submission, Voice};
use heard::i18n::Lang;
use heard::id;
use heard::journal::By;
use heard::schedule;
use heard::web::viewer::{Role, Viewer};
use serde_json::json;

fn said(text: &str, originator: Originator) -> Submission {
    Submission::new(Voice::Customer, Kind::Complaint, "web", text, originator)
}

fn anna() -> Originator {
    Originator::Contact { email: "anna@example.org".into(), name: "Anna Berg".into(), lang: Lang::En }
}

async fn complaint(world: &World, originator: Originator) -> Receipt {
    submit(&world.app, said("The card was charged twice", originator), By::ORIGINATOR).await.unwrap()
}

async fn case(world: &World, id: i64) -> Case {
    world.read(move |c| Ok(store::by_id(c, id)?.0)).await
}

/// The events of a case, without those every case has.
async fn events(world: &World, id: i64) -> Vec<String> {
    let all: Vec<String> = world
        .read(move |c| {
            Ok(journal::table.filter(journal::subject_id.eq(id)).order(journal::seq).select(journal::event).load(c)?)
        })
        .await;
    all.into_iter().filter(|event| event != "received").collect()
}

/// Who was mailed a notice, and why, in order.
async fn notices(world: &World) -> Vec<(i64, String)> {
    let rows: Vec<(i64, Doc)> = world
        .read(|c| {
            Ok(outbox::table
                .filter(outbox::template.eq("notice"))
                .order(outbox::id)
                .select((outbox::person_id, outbox::data))
                .load(c)?)
        })
        .await;
    rows.into_iter().map(|(reader, data)| (reader, data.0["why"].as_str().unwrap().to_owned())).collect()
}

async fn sweep(world: &World) {
    schedule::sweep(world.app.clone()).await.unwrap();
}

/// A team with a lead and a head, and somebody who works in it.
struct Crew {
    team: i64,
    owner: Actor,
    lead: Actor,
    head: Actor,
}

async fn crew(world: &World) -> Crew {
    let team = id::new_id();
    let now = Ts::from(world.now());
    world
        .write(move |c| {
            let row = (teams::id.eq(team), teams::name.eq("Cards"), teams::created_at.eq(now));
            Ok(diesel::insert_into(teams::table).values(row).execute(c)?)
        })
        .await;
    let owner = world.member("Marta", Role::Owner, Some(team)).await;
    let lead = world.member("Lena", Role::Owner, Some(team)).await;
    let head = world.member("Hugo", Role::Council, None).await;
    let (lead_id, head_id) = (lead.id, head.id);
    world
        .write(move |c| {
            let row = teams::table.find(team);
            diesel::update(row).set((teams::lead_id.eq(lead_id), teams::head_id.eq(head_id))).execute(c)?;
            heard::rules::changed(c)
        })
        .await;
    world.app.rules.refresh(&world.app.db).await.unwrap();
    Crew { team, owner, lead, head }
}

async fn take(owner: &Actor, receipt: &Receipt) {
    owner.post(&format!("/cases/{}/owner", receipt.reference), &[("owner", "me")]).await.expect(303);
}

fn viewer(actor: &Actor, role: Role, team_id: Option<i64>) -> Viewer {
    Viewer { id: actor.id, session_id: 0, name: String::new(), email: None, role, lang: Lang::En, team_id }
}

fn track(receipt: &Receipt) -> String {
    receipt.tracking_url.split_once("8080").unwrap().1.to_owned()
}

both! {
    async fn a_broken_promise_climbs_the_ladder_once(world: World) {
        let crew = crew(&world).await;
        let receipt = complaint(&world, anna()).await;
        take(&crew.owner, &receipt).await;
        sweep(&world).await;
        assert_eq!(events(&world, receipt.id).await, ["taken"], "nothing is due yet");
        world.advance(Duration::hours(20));
        sweep(&world).await;
        sweep(&world).await;
        assert_eq!(notices(&world).await, [(crew.owner.id, "warned".to_owned())]);
        world.advance(Duration::hours(4));
        sweep(&world).await;
        sweep(&world).await;
        world.advance(Duration::hours(5));
        sweep(&world).await;
        world.advance(Duration::hours(20));
        sweep(&world).await;
        sweep(&world).await;
        let who = |actor: &Actor, why: &str| (actor.id, why.to_owned());
        let all = [who(&crew.owner, "warned"), who(&crew.owner, "missed"), who(&crew.lead, "raised"), who(&crew.head, "raised")];
        assert_eq!(notices(&world).await, all);
        assert_eq!(
            events(&world, receipt.id).await,
            ["taken", "warned_first_response", "missed_first_response", "raised", "raised"]
        );
        let scope = Scope::of(&viewer(&crew.owner, Role::Owner, Some(crew.team))).unwrap();
        let (desk, by, reference) = (Desk::of(&world.app), By::person(crew.owner.id), receipt.reference.clone());
        world.write(move |c| actions::reply(c, &desk, scope, by, &reference, "We are on it", false)).await;
        assert_eq!(case(&world, receipt.id).await.escalation, 0, "the promise that was broken is kept now");
        assert!(!events(&world, receipt.id).await.contains(&"met_first_response".to_owned()), "late is not kept");
    }
}

both! {
    async fn a_promise_that_is_kept_is_an_event_too(world: World) {
        let crew = crew(&world).await;
        let receipt = complaint(&world, anna()).await;
        take(&crew.owner, &receipt).await;
        let path = format!("/cases/{}/replies", receipt.reference);
        crew.owner.post(&path, &[("text", "When was it?"), ("wait", "1")]).await.expect(303);
        world.advance(Duration::seconds(11));
        schedule::replies(world.app.clone()).await.unwrap();
        assert_eq!(events(&world, receipt.id).await, ["taken", "met_first_response", "replied"]);
        assert_eq!(case(&world, receipt.id).await.next_due, None, "we wait for them");
        world.advance(Duration::days(40));
        sweep(&world).await;
        assert_eq!(events(&world, receipt.id).await.len(), 3, "a clock that waits for them warns nobody");
        let anna = world.stranger();
        anna.post(&format!("{}/messages", track(&receipt)), &[("text", "On Friday")]).await.expect(303);
        let now = case(&world, receipt.id).await;
        assert_eq!(now.answer_by, Some(Ts::from(world.now() + Duration::hours(24))));
        assert_eq!(now.next_due, now.answer_by);
        assert_eq!(notices(&world).await, [(crew.owner.id, "wrote".to_owned())]);
        world.advance(Duration::hours(25));
        sweep(&world).await;
        assert!(events(&world, receipt.id).await.contains(&"missed_next_response".to_owned()));
    }
}

both! {
    async fn what_is_put_off_comes_back_by_itself(world: World) {
        let crew = crew(&world).await;
        let receipt = complaint(&world, anna()).await;
        take(&crew.owner, &receipt).await;
        let scope = Scope::of(&viewer(&crew.owner, Role::Owner, Some(crew.team))).unwrap();
        let (desk, by, reference) = (Desk::of(&world.app), By::person(crew.owner.id), receipt.reference.clone());
        let until = world.now() + Duration::days(3);
        world.write(move |c| actions::snooze(c, &desk, scope, by, &reference, until)).await;
        assert_eq!(case(&world, receipt.id).await.next_due, None);
        world.advance(Duration::days(3));
        sweep(&world).await;
        let woken = case(&world, receipt.id).await;
        assert_eq!((woken.snoozed_until, woken.next_due), (None, Some(Ts::from(world.now() + Duration::hours(24)))));
        assert_eq!(events(&world, receipt.id).await, ["taken", "snoozed", "woken"]);
    }
}

both! {
    async fn no_answer_is_not_a_yes(world: World) {
        let owner = world.person("Marta", Role::Owner).await;
        let receipt = complaint(&world, anna()).await;
        let path = format!("/cases/{}/resolution", receipt.reference);
        owner.post(&path, &[("outcome", "solved"), ("text", "Refunded"), ("step", "send")]).await.expect(303);
        schedule::drain(world.app.clone(), heard::mail::outbox::Owner::new()).await.unwrap();
        assert_eq!(case(&world, receipt.id).await.status, Status::Closed);
        world.advance(Duration::days(9));
        sweep(&world).await;
        assert!(!events(&world, receipt.id).await.contains(&"no_answer".to_owned()));
        world.advance(Duration::days(1));
        sweep(&world).await;
        sweep(&world).await;
        let found = events(&world, receipt.id).await;
        assert_eq!(found.iter().filter(|event| *event == "no_answer").count(), 1);
        assert_eq!(case(&world, receipt.id).await.helped, None);
        let anna = world.stranger();
        anna.post(&format!("{}/answer", track(&receipt)), &[("helped", "yes")]).await.expect(303);
        assert_eq!(case(&world, receipt.id).await.helped, Some(true), "late is better than never");
        let no = [("helped", "no"), ("why", "It came back")];
        anna.post(&format!("{}/answer", track(&receipt)), &no).await.expect(422).says("the opposite").says("It came back");
        assert_eq!(case(&world, receipt.id).await.status, Status::Closed);
        anna.post(&format!("{}/answer", track(&receipt)), &[no[0], no[1], ("sure", "1")]).await.expect(303);
        assert_eq!(case(&world, receipt.id).await.status, Status::New);
        anna.post(&format!("{}/answer", track(&receipt)), &[("helped", "yes")]).await.expect(422);
        anna.post(&format!("{}/answer", track(&receipt)), &[("helped", "yes"), ("sure", "1")]).await.expect(303);
        assert_eq!(case(&world, receipt.id).await.status, Status::Closed);
    }
}

both! {
    async fn open_cases_follow_a_changed_policy_from_the_same_start(world: World) {
        let receipt = complaint(&world, anna()).await;
        let start = world.now();
        schedule::rules(world.app.clone()).await.unwrap();
        world.advance(Duration::hours(2));
        world
            .write(|c| {
                let targets = json!({"first_response": "8h", "next_response": "8h", "resolution": "3d", "tell_back": "4d"});
                diesel::update(policies::table.find(1)).set(policies::targets.eq(Doc(targets))).execute(c)?;
                heard::rules::changed(c)
            })
            .await;
        schedule::rules(world.app.clone()).await.unwrap();
        let now = case(&world, receipt.id).await;
        assert_eq!((*now.respond_by, *now.resolve_by), (start + Duration::hours(8), start + Duration::days(3)));
        assert_eq!(now.next_due, Some(now.respond_by));
        let progress = world.read(heard::cases::reevaluate::applied).await.unwrap();
        assert_eq!((progress.looked_at, progress.after), (1, None));
    }
}

both! {
    async fn severity_and_topic_choose_another_promise(world: World) {
        let owner = world.person("Marta", Role::Owner).await;
        let receipt = complaint(&world, anna()).await;
        world
            .write(|c| {
                let row = (
                    policies::id.eq(77),
                    policies::position.eq(1),
                    policies::name.eq("Critical"),
                    policies::criteria.eq(Doc(json!({"severity": "critical"}))),
                    policies::targets.eq(Doc(json!({"first_response": "1h", "next_response": "1h", "resolution": "1d", "tell_back": "1d"}))),
                    policies::warn_percent.eq(50),
                    policies::ladder.eq(Doc(json!({"lead": "1h", "head": "2h"}))),
                    policies::apart.eq(false),
                    policies::updated_at.eq(Ts(DateTime::UNIX_EPOCH)),
                );
                diesel::insert_into(policies::table).values(row).execute(c)?;
                heard::rules::changed(c)
            })
            .await;
        world.app.rules.refresh(&world.app.db).await.unwrap();
        let scope = Scope::of(&viewer(&owner, Role::Owner, None)).unwrap();
        let (desk, by, reference) = (Desk::of(&world.app), By::person(owner.id), receipt.reference.clone());
        let marks = Marks { severity: Severity::Critical, topic_id: None, root_cause_id: None, first_contact: Some(true) };
        world.write(move |c| actions::classify(c, &desk, scope, by, &reference, &marks)).await;
        let now = case(&world, receipt.id).await;
        assert_eq!((now.policy_id, now.next_due), (Some(77), Some(Ts::from(world.now() + Duration::hours(1)))));
        assert_eq!((now.severity, now.first_contact), (Severity::Critical, Some(true)));
    }
}

both! {
    async fn whoever_was_promised_an_answer_can_say_that_none_came(world: World) {
        let crew = crew(&world).await;
        let receipt = complaint(&world, anna()).await;
        take(&crew.owner, &receipt).await;
        let anna = world.stranger();
        let path = format!("{}/escalation", track(&receipt));
        anna.post(&path, &[]).await.expect(409);
        world.advance(Duration::hours(25));
        anna.get(&track(&receipt)).await.expect(200).says("Nobody answered me");
        anna.post(&path, &[]).await.expect(303);
        let who = |actor: &Actor| (actor.id, "escalated".to_owned());
        let mut told = notices(&world).await;
        told.sort();
        let mut expected = [who(&crew.owner), who(&crew.lead)];
        expected.sort();
        assert_eq!(told, expected);
        assert_eq!(case(&world, receipt.id).await.escalation, 2);
    }
}

both! {
    async fn the_anonymous_can_say_so_too_and_nothing_tells_when(world: World) {
        let crew = crew(&world).await;
        let receipt = complaint(&world, Originator::Anonymous).await;
        take(&crew.owner, &receipt).await;
        world.advance(Duration::days(2));
        let stranger = world.stranger();
        let answer = stranger.post("/track", &[("code", receipt.code.as_deref().unwrap())]).await.expect(303);
        stranger.post(&format!("{}/escalation", answer.location()), &[]).await.expect(303);
        assert_eq!(case(&world, receipt.id).await.escalation, 2);
        assert_eq!(notices(&world).await, [], "a mail would tell the moment");
        let (at, updated): (Ts, Ts) = world
            .read(move |c| {
                let event = journal::table.filter(journal::subject_id.eq(receipt.id).and(journal::event.eq("escalated")));
                Ok((event.select(journal::at).first(c)?, cases::table.find(receipt.id).select(cases::updated_at).first(c)?))
            })
            .await;
        let midnight = world.now().date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
        assert_eq!((*at, *updated), (midnight, midnight));
    }
}

both! {
    async fn an_old_link_offers_a_new_one(world: World) {
        let receipt = complaint(&world, anna()).await;
        let anna = world.stranger();
        world.advance(Duration::days(181));
        anna.get(&track(&receipt)).await.expect(410).says("run out");
        anna.post(&format!("{}/messages", track(&receipt)), &[("text", "Typed over night")]).await.expect(303);
        world.advance(Duration::days(5));
        anna.post(&format!("{}/messages", track(&receipt)), &[("text", "Too late")]).await.expect(404);
        anna.post(&format!("{}/link", track(&receipt)), &[]).await.expect(303);
        anna.post(&format!("{}/link", track(&receipt)), &[]).await.expect(303);
        let links: Vec<Doc> = world
            .read(|c| Ok(outbox::table.filter(outbox::template.eq("link")).select(outbox::data).load(c)?))
            .await;
        assert_eq!(links.len(), 1, "one a day");
        let fresh = links[0].0["tracking_url"].as_str().unwrap().split_once("8080").unwrap().1.to_owned();
        anna.get(&fresh).await.expect(200).says(&receipt.reference);
    }
}

both! {
    async fn what_is_kept_apart_is_seen_by_its_team_alone(world: World) {
        let crew = crew(&world).await;
        let (admin, other) = (world.person("Ada", Role::Admin).await, world.person("Otto", Role::Owner).await);
        let (team, now) = (crew.team, Ts::from(world.now()));
        world
            .write(move |c| {
                let topic = (topics::id.eq(5), topics::slug.eq("speak-up"), topics::name_en.eq("Speak up"), topics::name_ru.eq("Нарушения"), topics::position.eq(1));
                diesel::insert_into(topics::table).values(topic).execute(c)?;
                diesel::update(policies::table.find(1))
                    .set((policies::criteria.eq(Doc(json!({"topic": "speak-up"}))), policies::apart.eq(true), policies::updated_at.eq(now)))
                    .execute(c)?;
                heard::rules::changed(c)
            })
            .await;
        world.app.rules.refresh(&world.app.db).await.unwrap();
        let submission = Submission { topic: Some("speak-up".into()), ..said("My lead takes gifts", Originator::Anonymous) };
        let receipt = submit(&world.app, submission, By::ORIGINATOR).await.unwrap();
        let (id, path) = (receipt.id, format!("/cases/{}", receipt.reference));
        admin.get(&path).await.expect(200);
        assert!(admin.get("/cases?view=unassigned").await.body.contains(&receipt.reference), "somebody has to give it to somebody");
        for actor in [&crew.owner, &other, &crew.head] {
            actor.get(&path).await.expect(404);
        }
        world.write(move |c| Ok(diesel::update(cases::table.find(id)).set(cases::team_id.eq(team)).execute(c)?)).await;
        crew.owner.get(&path).await.expect(200);
        for actor in [&admin, &other, &crew.head] {
            actor.get(&path).await.expect(404);
            assert!(!actor.get("/cases?view=open").await.expect(200).body.contains(&receipt.reference));
        }
        let change = propose(&admin, &[]).await;
        link(&crew.owner, &change, &receipt.reference).await.expect(422).says("kept apart");
    }
}

both! {
    async fn merged_cases_rest_and_go_their_own_way_again(world: World) {
        let crew = crew(&world).await;
        let (first, second) = (complaint(&world, anna()).await, complaint(&world, Originator::Anonymous).await);
        let scope = Scope::of(&viewer(&crew.owner, Role::Owner, Some(crew.team))).unwrap();
        let (desk, by) = (Desk::of(&world.app), By::person(crew.owner.id));
        let (a, b) = (first.reference.clone(), second.reference.clone());
        let refused = {
            let (desk, a) = (desk.clone(), a.clone());
            world.app.db.write(move |c| actions::merge(c, &desk, scope, by, &a, &a)).await
        };
        assert!(refused.is_err(), "not into itself");
        {
            let (desk, a, b) = (desk.clone(), a.clone(), b.clone());
            world.write(move |c| actions::merge(c, &desk, scope, by, &b, &a)).await;
        }
        let merged = case(&world, second.id).await;
        assert_eq!((merged.primary_id, merged.next_due), (Some(first.id), None));
        world.advance(Duration::days(30));
        sweep(&world).await;
        assert!(!events(&world, second.id).await.iter().any(|event| event.starts_with("missed")));
        {
            let (desk, b) = (desk.at_moment(world.now()), b.clone());
            world.write(move |c| actions::unmerge(c, &desk, scope, by, &b)).await;
        }
        let own = case(&world, second.id).await;
        assert!(own.primary_id.is_none() && own.next_due.is_some_and(|due| *due > world.now()));
    }
}

both! {
    async fn a_reply_can_be_taken_back_and_then_never_happened(world: World) {
        let owner = world.person("Marta", Role::Owner).await;
        let receipt = complaint(&world, anna()).await;
        let scope = Scope::of(&viewer(&owner, Role::Owner, None)).unwrap();
        let (desk, by, reference) = (Desk::of(&world.app), By::person(owner.id), receipt.reference.clone());
        let pending = world.write(move |c| actions::draft_reply(c, &desk, scope, by, &reference, "Oops", false)).await;
        schedule::replies(world.app.clone()).await.unwrap();
        assert_eq!(events(&world, receipt.id).await, [] as [&str; 0], "its time has not come");
        assert_eq!(world.write(move |c| actions::take_back(c, By::person(1), pending)).await.map(|p| p.body), None, "not theirs");
        assert_eq!(world.write(move |c| actions::take_back(c, by, pending)).await.map(|p| p.body), Some("Oops".to_owned()));
        world.advance(Duration::seconds(11));
        schedule::replies(world.app.clone()).await.unwrap();
        let written: i64 = world.read(move |c| Ok(messages::table.filter(messages::case_id.eq(receipt.id)).count().get_result(c)?)).await;
        assert_eq!(written, 0);
        assert_eq!(case(&world, receipt.id).await.responded_at, None);
    }
}

both! {
    async fn a_message_about_a_closed_case_opens_it_or_a_new_one(world: World) {
        let owner = world.person("Marta", Role::Owner).await;
        let watching = world.person("Wim", Role::Owner).await;
        let receipt = complaint(&world, anna()).await;
        let (case_id, watcher, since) = (receipt.id, watching.id, Ts::from(world.now()));
        world
            .write(move |c| {
                let row = (watchers::case_id.eq(case_id), watchers::person_id.eq(watcher), watchers::since.eq(since));
                Ok(diesel::insert_into(watchers::table).values(row).execute(c)?)
            })
            .await;
        close(&world, &owner, &receipt).await;
        let anna = world.stranger();
        anna.post(&format!("{}/messages", track(&receipt)), &[("text", "It is back")]).await.expect(303);
        let now = case(&world, receipt.id).await;
        assert_eq!((now.status, now.reopened, now.helped), (Status::New, 1, None));
        assert_eq!(notices(&world).await, [(watching.id, "reopened".to_owned())]);
        close(&world, &owner, &receipt).await;
        let strict = world.again(&[("HEARD__CASES__REPLY_TO_CLOSED", "follow_up")]).await;
        let answer = strict.stranger().post(&format!("{}/messages", track(&receipt)), &[("text", "And another thing")]).await;
        answer.expect(200).says("F-");
        assert_eq!(case(&world, receipt.id).await.status, Status::Closed);
        assert!(events(&world, receipt.id).await.contains(&"followed".to_owned()));
    }
}

async fn close(world: &World, owner: &Actor, receipt: &Receipt) {
    let path = format!("/cases/{}/resolution", receipt.reference);
    owner.post(&path, &[("outcome", "solved"), ("text", "Refunded"), ("step", "send")]).await.expect(303);
    schedule::drain(world.app.clone(), heard::mail::outbox::Owner::new()).await.unwrap();
    let closed: Case = case(world, receipt.id).await;
    assert_eq!(closed.status, Status::Closed);
}

both! {
    async fn the_huddle_shows_the_last_working_day_and_raises_what_repeats(world: World) {
        let crew = crew(&world).await;
        world
            .write(|c| {
                let topic = (topics::id.eq(6), topics::slug.eq("cards"), topics::name_en.eq("Cards"), topics::name_ru.eq("Карты"), topics::position.eq(1));
                Ok(diesel::insert_into(topics::table).values(topic).execute(c)?)
            })
            .await;
        let about = |n: i32, originator| Submission { topic: Some("cards".into()), ..said(&format!("Declined {n} times"), originator) };
        let mut references = Vec::new();
        for (n, originator) in [(1, anna()), (2, Originator::Anonymous)] {
            references.push(submit(&world.app, about(n, originator), By::ORIGINATOR).await.unwrap().reference);
        }
        let praise = Submission { kind: Kind::Praise, ..said("Marta was a delight", anna()) };
        let praise = submit(&world.app, praise, By::ORIGINATOR).await.unwrap();
        let page = crew.owner.get("/huddle").await.expect(200).says(&references[0]).says(&references[1]).says(&praise.reference);
        assert!(page.body.contains("2 cases, 2 people"), "{}", page.body);
        world.stranger().get("/huddle").await.expect(303);
        let mut form = vec![("title", "Cards")];
        form.extend(references.iter().map(|reference| ("case", reference.as_str())));
        let change = crew.owner.post("/changes/raise", &form).await.expect(303).location().to_owned();
        crew.owner.get(change.trim_end_matches("/edit")).await.expect(200).says(&references[0]).says(&references[1]);
        assert!(!crew.owner.get("/huddle").await.expect(200).body.contains("2 cases, 2 people"), "it is answered by a change");
        crew.owner.post("/changes/raise", &[("title", "Nothing")]).await.expect(422);
    }
}
