//! What is promised to whom, as administrators arrange it.

use crate::both;
use crate::support::{Actor, World};
use diesel::prelude::*;
use heard::db::schema::{assignment_rules, journal, topics};
use heard::feedback::actions::submit;
use heard::feedback::model::{Kind, Originator, Submission, Voice};
use heard::journal::{By, Subject};
use heard::people::teams;
use heard::policies::store;
use heard::rules::{Facts, Policy};
use heard::sla::policy::Span;
use heard::web::viewer::Role;

async fn offered(world: &World) -> Vec<Policy> {
    world.read(store::all).await.offered
}

async fn names(world: &World) -> Vec<String> {
    offered(world).await.into_iter().map(|policy| policy.name).collect()
}

async fn path_of(world: &World, name: &str) -> String {
    let arranged = world.read(store::all).await;
    let mut all = arranged.offered.into_iter().chain(arranged.archived);
    format!("/admin/policies/{}", all.find(|policy| policy.name == name).unwrap().id)
}

fn promised(world: &World, facts: Facts<'_>) -> String {
    world.app.rules.current().policy_for(&facts).map(|policy| policy.name.clone()).unwrap_or_default()
}

fn said(kind: &'static str, severity: &'static str) -> Facts<'static> {
    Facts { voice: "customer", kind, severity, channel: "web", topic: None, lang: "en", segment: None }
}

fn complaint(topic: Option<&str>) -> Submission {
    Submission {
        topic: topic.map(str::to_owned),
        ..Submission::new(Voice::Employee, Kind::Complaint, "web", "My lead takes gifts", Originator::Anonymous)
    }
}

const CRITICAL: [(&str, &str); 20] = [
    ("name", "Critical"),
    ("voice", ""),
    ("kind", ""),
    ("severity", "critical"),
    ("channel", ""),
    ("topic", ""),
    ("segment", ""),
    ("first_response", "1.5"),
    ("first_response_unit", "h"),
    ("next_response", "4"),
    ("next_response_unit", "h"),
    ("resolution", "3"),
    ("resolution_unit", "d"),
    ("tell_back", "4"),
    ("tell_back_unit", "d"),
    ("warn_percent", "50"),
    ("lead", "1"),
    ("lead_unit", "h"),
    ("head", "1"),
    ("head_unit", "d"),
];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let changed = |field: &str| changes.iter().find(|(name, _)| *name == field);
    CRITICAL.iter().map(|(name, value)| *changed(name).unwrap_or(&(name, value))).collect()
}

async fn add(ingrid: &Actor, changes: &[(&str, &str)]) {
    ingrid.post("/admin/policies", &with(changes)).await.expect(303);
}

both! {
    async fn policies_are_told_in_plain_words(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        add(&ingrid, &[]).await;
        let list = ingrid.get("/admin/policies").await.expect(200);
        let list = list.says("1. Critical").says("2. Complaints").says("6. Everything else").says("Every case that is left");
        list.says("First answer: 1.5 working hours").says("Resolution: 3 days");
        let page = ingrid.get(&path_of(&world, "Critical").await).await.expect(200);
        page.says("value=\"1.5\"").says("<option value=\"critical\" selected>").says("News of the outcome: 4 days");
        ingrid.get("/admin/policies/new").await.expect(200).says("Leave all of it open");
        ingrid.set_cookie("lang", "ru");
        ingrid.get("/admin/policies").await.expect(200).says("Первый ответ: 1,5 рабочих часа").says("Решение: 3 дня");
    }
}

both! {
    async fn a_new_policy_is_promised_at_once(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        assert_eq!(promised(&world, said("complaint", "critical")), "Complaints");
        add(&ingrid, &[]).await;
        assert_eq!(promised(&world, said("complaint", "critical")), "Critical");
        assert_eq!(promised(&world, said("complaint", "normal")), "Complaints");
        let critical = offered(&world).await.remove(0);
        assert_eq!((critical.targets.first_response, critical.targets.tell_back), (Span::Working(90), Span::Days(4)));
        assert_eq!((critical.warn_percent, critical.ladder.lead, critical.apart), (50, Span::Working(60), false));
        let path = path_of(&world, "Critical").await;
        let mut apart = with(&[("severity", "high"), ("name", "High")]);
        apart.push(("apart", "on"));
        ingrid.post(&path, &apart).await.expect(303);
        assert_eq!(promised(&world, said("complaint", "critical")), "Complaints");
        assert_eq!(promised(&world, said("complaint", "high")), "High");
        assert!(offered(&world).await[0].apart);
        let id = critical.id;
        let events: Vec<String> = world.read(move |c| {
            let of = journal::table.filter(journal::subject_id.eq(id)).filter(journal::subject.eq(Subject::Rules));
            Ok(of.order(journal::seq).select(journal::event).load(c)?)
        }).await;
        assert_eq!(events, ["policy_added", "policy_changed"]);
    }
}

both! {
    async fn a_policy_for_nobody_is_refused_with_the_reason(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let refused = async |changes: &[(&str, &str)], why: &str| {
            ingrid.post("/admin/policies", &with(changes)).await.expect(422).says(why).says("value=\"1.5\"");
        };
        let any = ("severity", "");
        refused(&[any], "&quot;Everything else&quot; is for just the same cases").await;
        refused(&[any, ("kind", "idea")], "&quot;Ideas&quot; is for just the same cases").await;
        refused(&[("kind", "rumour")], "choose one of these").await;
        refused(&[("voice", "ghost")], "voice-error").await;
        refused(&[("topic", "atlantis")], "topic-error").await;
        refused(&[("name", "")], "name-error").await;
        refused(&[("name", "Ideas")], "in use already").await;
        refused(&[("tell_back", "1.5")], "tell_back-error").await;
        refused(&[("lead", "0")], "lead-error").await;
        refused(&[("head_unit", "w")], "head-error").await;
        refused(&[("warn_percent", "101")], "warn_percent-error").await;
        let long = "x".repeat(200);
        refused(&[("segment", &long)], "segment-error").await;
        assert_eq!(offered(&world).await.len(), 5);
        // One that is there must not take everything from another either.
        let ideas = path_of(&world, "Ideas").await;
        let path = path_of(&world, "Problems").await;
        ingrid.post(&path, &with(&[any, ("kind", "idea"), ("name", "Problems")])).await.expect(422).says("Nothing would be left to &quot;Ideas&quot;");
        ingrid.post(&ideas, &with(&[any, ("kind", "problem"), ("name", "Ideas")])).await.expect(422).says("Nothing would be left to it: &quot;Problems&quot;");
        ingrid.post("/admin/policies/99", &with(&[])).await.expect(404);
    }
}

both! {
    async fn the_order_can_be_changed_as_long_as_nobody_is_left_nothing(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        add(&ingrid, &[]).await;
        add(&ingrid, &[("name", "Critical ideas"), ("kind", "idea")]).await;
        assert_eq!(names(&world).await[..3], ["Critical ideas", "Critical", "Complaints"]);
        let place = async |name: &str, direction: &str| {
            let path = path_of(&world, name).await;
            ingrid.post(&format!("{path}/place"), &[("direction", direction)]).await
        };
        place("Critical", "up").await.expect(422).says("Nothing would be left to &quot;Critical ideas&quot;");
        place("Critical ideas", "down").await.expect(422).says("Nothing would be left to it: &quot;Critical&quot;");
        place("Everything else", "up").await.expect(422);
        place("Critical", "down").await.expect(303);
        assert_eq!(names(&world).await[..3], ["Critical ideas", "Complaints", "Critical"]);
        assert_eq!(promised(&world, said("complaint", "critical")), "Complaints");
        place("Critical ideas", "up").await.expect(303);
        place("Critical ideas", "sideways").await.expect(400);
    }
}

both! {
    async fn policies_are_archived_and_offered_again(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let path = path_of(&world, "Everything else").await;
        ingrid.post(&format!("{path}/archive"), &[("archived", "on")]).await.expect(303);
        assert_eq!(promised(&world, said("praise", "normal")), "");
        ingrid.get("/admin/policies").await.expect(200).says("No promise is for every case").says(&path);
        ingrid.get(&path).await.expect(200).says("Offer it again");
        add(&ingrid, &[("severity", ""), ("name", "All")]).await;
        ingrid.post(&format!("{path}/archive"), &[("archived", "off")]).await.expect(422).says("&quot;All&quot; is for just the same");
        let all = path_of(&world, "All").await;
        ingrid.post(&format!("{all}/archive"), &[("archived", "on")]).await.expect(303);
        ingrid.post(&format!("{path}/archive"), &[("archived", "off")]).await.expect(303);
        assert_eq!(names(&world).await.last().map(String::as_str), Some("Everything else"));
    }
}

both! {
    async fn open_cases_are_counted_beside_their_policy(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        for _ in 0..3 {
            submit(&world.app, complaint(None), By::ORIGINATOR).await.unwrap();
        }
        ingrid.get("/admin/policies").await.expect(200).says("<td data-label=\"Open now\">3</td>");
        let now = world.now();
        let team = world.write(move |c| teams::add(c, "Compliance", now)).await.to_string();
        ingrid.post("/admin/policies/presets", &[("preset", "speak_up"), ("team", &team)]).await.expect(303);
        submit(&world.app, complaint(Some("speak-up")), By::ORIGINATOR).await.unwrap();
        let list = ingrid.get("/admin/policies").await.expect(200).says("not shown").says("<td data-label=\"Open now\">3</td>");
        assert!(!list.body.contains("<td data-label=\"Open now\">1</td>"));
    }
}

both! {
    async fn presets_are_added_with_one_click(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let preset = async |form: &[(&str, &str)]| ingrid.post("/admin/policies/presets", form).await;
        preset(&[("preset", "iso_10002")]).await.expect(303);
        assert_eq!(names(&world).await[0], "Complaints by ISO 10002");
        assert!(!names(&world).await.contains(&"Complaints".to_owned()));
        assert_eq!(promised(&world, said("complaint", "normal")), "Complaints by ISO 10002");
        preset(&[("preset", "iso_10002")]).await.expect(422).says("there already");

        preset(&[("preset", "speak_up"), ("team", "")]).await.expect(422).says("Choose the team");
        preset(&[("preset", "speak_up"), ("team", "9")]).await.expect(422);
        preset(&[("preset", "gold")]).await.expect(422);
        let now = world.now();
        let team = world.write(move |c| teams::add(c, "Compliance", now)).await;
        preset(&[("preset", "speak_up"), ("team", &team.to_string())]).await.expect(303);
        let rules = world.app.rules.current();
        let facts = Facts { topic: Some("speak-up"), ..said("complaint", "normal") };
        let policy = rules.policy_for(&facts).unwrap();
        assert!(policy.apart);
        assert_eq!((policy.targets.first_response, policy.targets.tell_back), (Span::Days(7), Span::Days(90)));
        assert_eq!(rules.assignment_for(&facts).and_then(|rule| rule.team_id), Some(team));
        let made = world.read(|c| {
            let topics: i64 = topics::table.filter(topics::slug.eq("speak-up")).count().get_result(c)?;
            let rules: i64 = assignment_rules::table.count().get_result(c)?;
            Ok((topics, rules))
        }).await;
        assert_eq!(made, (1, 1));
        preset(&[("preset", "speak_up"), ("team", &team.to_string())]).await.expect(422);
        ingrid.get("/").await.expect(200).says("Speak-up");
    }
}

both! {
    async fn policies_are_arranged_by_administrators_alone(world: World) {
        let council = world.person("Olga", Role::Council).await;
        for path in ["/admin/policies", "/admin/policies/new", "/admin/policies/1"] {
            council.get(path).await.expect(403);
            world.stranger().get(path).await.expect(303);
        }
        council.post("/admin/policies", &CRITICAL).await.expect(403);
        council.post("/admin/policies/1", &CRITICAL).await.expect(403);
        council.post("/admin/policies/1/place", &[("direction", "down")]).await.expect(403);
        council.post("/admin/policies/1/archive", &[("archived", "on")]).await.expect(403);
        council.post("/admin/policies/presets", &[("preset", "iso_10002")]).await.expect(403);
        assert_eq!(offered(&world).await.len(), 5);
    }
}
