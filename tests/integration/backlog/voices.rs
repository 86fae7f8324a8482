//! "Me too": what others said is shown while somebody writes, and can be joined.

use super::{closures, contact, link, propose, said, say, status_of};
use crate::both;
use crate::support::World;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use heard::db::schema::{cases, change_cases, feedback, journal, outbox};
use heard::db::types::Ts;
use heard::feedback::actions::submit;
use heard::feedback::model::{Kind, Originator, Submission, Voice};
use heard::i18n::Lang;
use heard::journal::By;
use heard::web::viewer::Role;

const IDEA: &str = "One window for agents instead of five tabs";
const TYPED: &str = "/feedback/similar?text=please+give+agents+one+window+not+tabs&voice=employee";

const PUBLIC: [(&str, &str); 2] = [("title", "One window for agents"), ("public", "on")];

fn form<'a>(text: &'a str, answer: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("text", text),
        ("kind", "idea"),
        ("voice", "customer"),
        ("answer", answer),
        ("email", "nina@customer.example"),
        ("website", ""),
    ]
}

/// The newest case: its reference, what was said, and the title of the change it is linked to.
async fn newest(world: &World, except: Vec<String>) -> (String, String, Option<i64>) {
    world
        .read(move |c| {
            Ok(cases::table
                .inner_join(feedback::table)
                .left_join(change_cases::table.on(change_cases::case_id.eq(cases::id)))
                .filter(feedback::reference.ne_all(except))
                .select((feedback::reference, feedback::text, change_cases::change_id.nullable()))
                .first(c)?)
        })
        .await
}

both! {
async fn a_customer_joins_a_public_change_and_is_told(world: World) {
    let council = world.person("Carol", Role::Council).await;
    let change = propose(&council, &PUBLIC).await;
    council.post(&format!("/changes/{change}/status"), &[("status", "accepted")]).await.expect(303);
    let nina = world.stranger();
    nina.post(&format!("/me-too/{}", change.to_lowercase()), &form(" ", "email")).await.expect(200).says("F-");
    let (case, text, linked) = newest(&world, vec![]).await;
    assert_eq!((text.as_str(), linked.is_some()), ("Me too: One window for agents", true));
    assert_eq!(status_of(&world, &case).await, "decided", "the case follows its change at once");
    let acknowledged: Vec<String> = world.read(|c| Ok(outbox::table.select(outbox::template).load(c)?)).await;
    assert_eq!(acknowledged, ["received"]);

    nina.post(&format!("/me-too/{change}"), &form("I wait while they search five tabs", "email")).await.expect(200);
    let (_, text, _) = newest(&world, vec![case]).await;
    assert_eq!(text, "I wait while they search five tabs");
    council.get("/changes").await.expect(200).says("EX 0, CX 1");
    council.post(&format!("/changes/{change}/shipping"), &[("outcome_en", "Done"), ("send", "1")]).await.expect(303);
    assert_eq!(closures(&world).await.len(), 2, "each of her cases is answered");
}
}

both! {
async fn whoever_joins_anonymously_leaves_no_trace_of_when(world: World) {
    let council = world.person("Carol", Role::Council).await;
    let change = propose(&council, &PUBLIC).await;
    let answer = council.post(&format!("/me-too/{change}"), &form("", "anonymous")).await.expect(200);
    answer.says("id=\"code\"");
    let midnight: DateTime<Utc> = "2026-11-23T00:00:00Z".parse().unwrap();
    let (at, by): (Ts, Option<i64>) = world
        .read(|c| Ok(change_cases::table.select((change_cases::linked_at, change_cases::linked_by)).first(c)?))
        .await;
    assert_eq!((*at, by), (midnight, None));
    let events: Vec<(String, Ts, Option<i64>)> = world
        .read(|c| {
            Ok(journal::table
                .inner_join(cases::table.on(cases::id.eq(journal::subject_id)))
                .order(journal::seq)
                .select((journal::event, journal::at, journal::actor_id))
                .load(c)?)
        })
        .await;
    let expected = ["received", "linked"].map(|event| (event.to_owned(), Ts(midnight), None));
    assert_eq!(events, expected);
    let updated: Ts = world.read(|c| Ok(cases::table.select(cases::updated_at).first(c)?)).await;
    assert_eq!(*updated, midnight);
}
}

both! {
async fn only_what_is_shown_can_be_joined(world: World) {
    let owner = world.person("Olaf", Role::Owner).await;
    let (employee, stranger) = (world.person("Emma", Role::Employee).await, world.stranger());
    let secret = propose(&owner, &[("title", "Merge the two night shifts")]).await;
    let path = format!("/me-too/{secret}");
    stranger.post(&path, &form("", "email")).await.expect(404);
    employee.post(&path, &form("", "me")).await.expect(404);
    owner.post(&path, &form("", "me")).await.expect(200);
    let complaint = Submission { kind: Kind::Complaint, ..said("x y", Voice::Employee, Originator::Person { id: owner.id }) };
    let complaint = submit(&world.app, complaint, By::ORIGINATOR).await.unwrap().reference;
    let customers = say(&world, IDEA, Voice::Customer, contact("Anna", Lang::En)).await;
    let anonymous = say(&world, IDEA, Voice::Employee, Originator::Anonymous).await;
    for case in [complaint, customers, anonymous] {
        employee.post(&format!("/me-too/{case}"), &form("", "me")).await.expect(404);
    }
    stranger.post("/me-too/nonsense", &form("", "email")).await.expect(404);

    let council = world.person("Carol", Role::Council).await;
    let public = propose(&council, &PUBLIC).await;
    let answer = stranger.post(&format!("/me-too/{public}"), &[("text", "My own words"), ("kind", "idea"), ("voice", "customer"), ("answer", "email"), ("email", "nobody")]).await;
    answer.expect(422).says("My own words").says(&format!("/me-too/{public}"));
    council.post(&format!("/changes/{public}/declining"), &[("outcome_en", "No"), ("send", "1")]).await.expect(303);
    let answer = stranger.post(&format!("/me-too/{public}"), &form("My own words", "email")).await.expect(422);
    answer.says("My own words").says("finished just now");
    let before: i64 = world.read(|c| Ok(feedback::table.count().get_result(c)?)).await;
    let mut bot = form("", "email");
    bot.retain(|(name, _)| *name != "website");
    bot.push(("website", "http://spam.example"));
    let open = propose(&council, &PUBLIC).await;
    stranger.post(&format!("/me-too/{open}"), &bot).await.expect(200);
    let after: i64 = world.read(|c| Ok(feedback::table.count().get_result(c)?)).await;
    assert_eq!(before, after, "nothing of a machine's is kept");
}
}

both! {
async fn an_employee_joins_the_idea_of_a_colleague_and_the_changes_behind_it(world: World) {
    let (anna, emma) = (world.person("Anna", Role::Employee).await, world.person("Emma", Role::Employee).await);
    let idea = say(&world, IDEA, Voice::Employee, Originator::Person { id: anna.id }).await;
    let council = world.person("Carol", Role::Council).await;
    let change = propose(&council, &[("case", &idea)]).await;
    world.stranger().post(&format!("/me-too/{idea}"), &form("", "email")).await.expect(404);
    emma.post(&format!("/me-too/{idea}"), &[("kind", "idea"), ("voice", "employee"), ("answer", "me")]).await.expect(200);
    let (case, text, linked) = newest(&world, vec![idea.clone()]).await;
    assert_eq!((text, linked.is_some()), (format!("Me too: {IDEA}"), true));
    let joined: i64 = world.read(|c| Ok(cases::table.filter(cases::primary_id.is_not_null()).count().get_result(c)?)).await;
    assert_eq!(joined, 1);
    council.get(&format!("/changes/{change}")).await.expect(200).says(&case).says("from 2 people");
}
}

both! {
async fn similar_things_are_shown_but_never_small_groups(world: World) {
    let council = world.person("Carol", Role::Council).await;
    let (employee, stranger) = (world.person("Emma", Role::Employee).await, world.stranger());
    assert_eq!(stranger.get(TYPED).await.expect(200).body, "");
    let idea = say(&world, IDEA, Voice::Employee, Originator::Person { id: council.id }).await;
    say(&world, "Agents: one window full of hidden tabs", Voice::Employee, Originator::Anonymous).await;
    let change = propose(&council, &PUBLIC).await;
    propose(&council, &[("title", "One window for agents, secretly")]).await;
    for name in ["A", "B", "C", "D"] {
        let case = say(&world, "tabs", Voice::Customer, contact(name, Lang::En)).await;
        link(&council, &change, &case).await.expect(303);
    }
    let shown = stranger.get(TYPED).await.expect(200).says(&format!("/me-too/{change}")).says("<small>proposed</small>");
    assert!(!shown.body.contains("secretly") && !shown.body.contains("F-") && !shown.body.contains("<html"));
    let case = say(&world, "tabs", Voice::Customer, contact("E", Lang::En)).await;
    link(&council, &change, &case).await.expect(303);
    stranger.get(TYPED).await.expect(200).says("proposed, 5 people");
    let shown = employee.get(TYPED).await.expect(200).says(&idea).says(&change);
    assert!(!shown.body.contains("hidden"), "what was said anonymously is shown to nobody");
    assert_eq!(stranger.get("/feedback/similar?text=the+parcel+is+late").await.expect(200).body, "");

    let page = stranger.post("/feedback/similar", &form("Agents need one window <now>", "email")).await.expect(200);
    page.says("Agents need one window &lt;now&gt;").says(&format!("/me-too/{change}")).says("nina@customer.example");
    let said: i64 = world.read(|c| Ok(feedback::table.filter(feedback::text.like("%<now>%")).count().get_result(c)?)).await;
    assert_eq!(said, 0, "looking sends nothing");
    council.post(&format!("/changes/{change}/declining"), &[("outcome_en", "No"), ("send", "1")]).await.expect(303);
    assert_eq!(stranger.get(TYPED).await.expect(200).body, "", "only what is open");
}
}
