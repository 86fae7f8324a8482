//! Who gets new cases: rules, load, absence, and rules that are refused.

use crate::both;
use crate::support::{Actor, Answer, World};
use actix_web::http::Method;
use chrono::Duration;
use diesel::prelude::*;
use heard::cases::actions::{Desk, Heard, hear_back};
use heard::cases::model::{Case, Status};
use heard::cases::store;
use heard::db::schema::{assignment_rules, cases, feedback, journal, outbox, people, teams};
use heard::db::types::Doc;
use heard::feedback::actions::{Receipt, submit};
use heard::feedback::import::{import, mapping::Mapping};
use heard::feedback::model::{Kind, Originator, Submission, Voice};
use heard::i18n::Lang;
use heard::journal::By;
use heard::people::teams as company;
use heard::web::viewer::Role;
use serde_json::{Value, json};

fn said(text: &str, originator: Originator) -> Submission {
    Submission::new(Voice::Customer, Kind::Complaint, "web", text, originator)
}

fn ann() -> Originator {
    Originator::Contact { email: "ann@customer.example".into(), name: "Ann".into(), lang: Lang::En }
}

async fn say(world: &World, text: &str) -> Receipt {
    submit(&world.app, said(text, ann()), By::ORIGINATOR).await.unwrap()
}

async fn case(world: &World, receipt: &Receipt) -> Case {
    let id = receipt.id;
    world.read(move |c| Ok(store::by_id(c, id)?.0)).await
}

/// What the journal says of why somebody has a case.
async fn why(world: &World, receipt: &Receipt) -> Option<Value> {
    let id = receipt.id;
    let found = journal::table.filter(journal::subject_id.eq(id).and(journal::event.eq("assigned")));
    let data: Option<Doc> = world.read(move |c| Ok(found.select(journal::data).first(c).optional()?)).await;
    data.map(|data| data.0)
}

async fn team(world: &World, name: &'static str) -> i64 {
    let now = world.now();
    world.write(move |c| company::add(c, name, now)).await
}

/// A rule as the form sends it; what is not named does not matter.
async fn rule(admin: &Actor, name: &str, fields: &[(&str, &str)]) -> Answer {
    let form = [&[("name", name), ("step", "save")], fields].concat();
    admin.post("/admin/assignment/new", &form).await
}

async fn rule_id(world: &World, name: &'static str) -> i64 {
    let found = assignment_rules::table.filter(assignment_rules::name.eq(name)).select(assignment_rules::id);
    world.read(move |c| Ok(found.first(c)?)).await
}

both! {
    async fn the_first_rule_that_matches_gives_the_case_away(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let (billing, support) = (team(&world, "Billing").await.to_string(), team(&world, "Support").await.to_string());
        rule(&ingrid, "In Russian", &[("lang", "ru"), ("team", &billing)]).await.expect(303);
        rule(&ingrid, "Complaints", &[("kind", "complaint"), ("voice", "customer"), ("team", &support)]).await.expect(303);
        let russian = say(&world, "Деньги списали дважды").await;
        let english = say(&world, "Charged twice again").await;
        let praise = Submission { kind: Kind::Praise, ..said("Thank you", ann()) };
        let praise = submit(&world.app, praise, By::ORIGINATOR).await.unwrap();
        let of = |case: Case| (case.team_id.map(|id| id.to_string()), case.owner_id, case.status);
        assert_eq!(of(case(&world, &russian).await), (Some(billing), None, Status::New));
        assert_eq!(of(case(&world, &english).await), (Some(support), None, Status::New));
        assert_eq!(of(case(&world, &praise).await), (None, None, Status::New));
        assert_eq!(why(&world, &praise).await, None);
        ingrid.get(&format!("/cases/{}", russian.reference)).await.expect(200).says("given to Billing by the rule “In Russian”");
    }
}

both! {
    async fn cases_go_round_by_open_load(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let team = team(&world, "Support").await;
        let marta = world.member("Marta", Role::Owner, Some(team)).await;
        let elena = world.member("Elena", Role::Owner, Some(team)).await;
        let clerk = world.member("Clerk", Role::Employee, Some(team)).await;
        rule(&ingrid, "Everything", &[("team", &team.to_string()), ("by_load", "on")]).await.expect(303);
        let mut owners = Vec::new();
        for _ in 0..4 {
            let receipt = say(&world, "It is slow").await;
            let case = case(&world, &receipt).await;
            assert_eq!((case.team_id, case.status), (Some(team), Status::InReview));
            owners.push(case.owner_id);
        }
        assert_eq!(owners, [Some(marta.id), Some(elena.id), Some(marta.id), Some(elena.id)]);
        assert!(!owners.contains(&Some(clerk.id)));
        let id = marta.id;
        world.write(move |c| {
            diesel::update(people::table.find(id)).set(people::disabled_at.eq(people::created_at.nullable())).execute(c)?;
            Ok(())
        }).await;
        let next = say(&world, "It is slow").await;
        assert_eq!(case(&world, &next).await.owner_id, Some(elena.id), "whoever is locked gets nothing");
        let told = elena.get(&format!("/cases/{}", next.reference)).await.expect(200);
        told.says("given to Elena by the rule “Everything” (2 open cases, the fewest)");
    }
}

both! {
    async fn a_deputy_stands_in_for_whoever_is_away(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let team = team(&world, "Support").await;
        let marta = world.member("Marta", Role::Owner, Some(team)).await;
        let elena = world.member("Elena", Role::Owner, Some(team)).await;
        rule(&ingrid, "For Marta", &[("person", &marta.id.to_string())]).await.expect(303);
        let before = say(&world, "Before the holiday").await;
        assert_eq!(case(&world, &before).await.owner_id, Some(marta.id));
        assert_eq!(case(&world, &before).await.team_id, Some(team));

        let elenas = elena.id.to_string();
        marta.post("/me/absence", &[("until", "2026-11-22"), ("deputy", &elenas)]).await.expect(422).says("still to come");
        marta.post("/me/absence", &[("until", "soon"), ("deputy", &elenas)]).await.expect(422).says("value=\"soon\"");
        marta.post("/me/absence", &[("until", "2026-12-03"), ("deputy", &marta.id.to_string())]).await.expect(422).says("for themselves");
        marta.post("/me/absence", &[("until", "2026-12-03"), ("deputy", &elenas)]).await.expect(303);
        marta.get("/me/absence").await.expect(200).says("Away until 3 December 2026. Elena stands in.");
        let during = say(&world, "During the holiday").await;
        assert_eq!(case(&world, &during).await.owner_id, Some(elena.id));
        let page = elena.get(&format!("/cases/{}", during.reference)).await.expect(200);
        page.says("Marta is away until 3 December 2026; Elena stands in");

        // Who writes about a case of hers reaches the deputy too.
        let (desk, id) = (Desk::of(&world.app), before.id);
        let heard = Heard { text: "Any news?".into(), quoted: None };
        world.write(move |c| hear_back(c, &desk, id, heard)).await;
        let notices = outbox::table.filter(outbox::case_id.eq(id).and(outbox::template.eq("notice")));
        let mut readers: Vec<i64> = world.read(move |c| Ok(notices.select(outbox::person_id).load(c)?)).await;
        readers.sort_unstable();
        assert_eq!(readers, [marta.id, elena.id]);

        world.advance(Duration::days(11));
        let after = say(&world, "After the holiday").await;
        assert_eq!(case(&world, &after).await.owner_id, Some(marta.id));
    }
}

both! {
    async fn deputies_who_are_all_away_are_refused(world: World) {
        let (marta, elena) = (world.person("Marta", Role::Owner).await, world.person("Elena", Role::Owner).await);
        let employee = world.person("Clerk", Role::Employee).await;
        let away = |deputy: i64| [("until", "2026-12-03".to_owned()), ("deputy", deputy.to_string())];
        let form = |fields: &[(&'static str, String); 2]| fields.clone();
        let post = async |who: &Actor, deputy: i64| {
            let fields = form(&away(deputy));
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            who.post("/me/absence", &fields).await
        };
        post(&marta, employee.id).await.expect(422).says("choose one of these");
        post(&marta, elena.id).await.expect(303);
        post(&elena, marta.id).await.expect(422).says("They are away too");
        employee.get("/me/absence").await.expect(403);
        // Nobody is left: the case goes to the team, and says why.
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let team = team(&world, "Support").await;
        elena.post("/me/absence", &[("until", "2026-12-03"), ("deputy", "")]).await.expect(303);
        rule(&ingrid, "For Marta", &[("person", &marta.id.to_string()), ("team", &team.to_string())]).await.expect(303);
        let receipt = say(&world, "Anybody there?").await;
        let case = case(&world, &receipt).await;
        assert_eq!((case.team_id, case.owner_id, case.status), (Some(team), None, Status::New));
        assert_eq!(why(&world, &receipt).await.unwrap()["because"], json!({"is": "nobody"}));
        // Administrators do the same for others, and say who is in which segment.
        let path = format!("/admin/people/{}/absence", elena.id);
        ingrid.get(&path).await.expect(200).says("Away until 3 December 2026. Nobody stands in.");
        let form = [("until", ""), ("deputy", ""), ("segment", " Night  Shift ")];
        ingrid.post(&path, &form).await.expect(303);
        ingrid.get(&path).await.expect(200).says("value=\"night shift\"").says("No absence is planned");
        marta.get(&path).await.expect(403);
    }
}

both! {
    async fn rules_go_by_segment_and_topic(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        ingrid.post("/admin/topics", &[("name_en", "Billing"), ("name_ru", "Оплата"), ("position", "1")]).await.expect(303);
        let (vip, billing) = (team(&world, "VIP").await, team(&world, "Billing").await);
        rule(&ingrid, "Business", &[("segment", "Business"), ("team", &vip.to_string())]).await.expect(303);
        rule(&ingrid, "About bills", &[("topic", "billing"), ("team", &billing.to_string())]).await.expect(303);
        let token = [("name", "crm"), ("email", &ingrid.email), ("scopes", "feedback:write"), ("expires", "")];
        let page = ingrid.post("/admin/tokens", &token).await.expect(200);
        let token = page.body.split("id=\"made\">").nth(1).unwrap().split('<').next().unwrap().to_owned();

        let mut body = json!({"voice": "customer", "kind": "problem", "text": "The bill is wrong", "topic": "billing",
            "contact": {"email": "boss@firm.example", "segment": "Business"}});
        let refused = world.stranger().json(Method::POST, "/api/v1/feedback", None, &body).await.expect(422);
        assert_eq!(refused.json()["errors"][0]["field"], "contact.segment");
        let taken = ingrid.json(Method::POST, "/api/v1/feedback", Some(&token), &body).await.expect(201).json();
        assert_eq!(team_of(&world, &taken).await, Some(vip));
        body["contact"] = json!({"email": "boss@firm.example"});
        let later = world.stranger().json(Method::POST, "/api/v1/feedback", None, &body).await.expect(201).json();
        assert_eq!(team_of(&world, &later).await, Some(vip), "the segment is remembered");
        body["contact"] = json!({"email": "else@firm.example"});
        let other = world.stranger().json(Method::POST, "/api/v1/feedback", None, &body).await.expect(201).json();
        assert_eq!(team_of(&world, &other).await, Some(billing));
    }
}

async fn team_of(world: &World, receipt: &Value) -> Option<i64> {
    let id: i64 = receipt["id"].as_str().unwrap().parse().unwrap();
    world.read(move |c| Ok(store::by_id(c, id)?.0.team_id)).await
}

both! {
    async fn of_anonymous_feedback_the_rule_tells_no_moment(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let team = team(&world, "Support").await;
        let marta = world.member("Marta", Role::Owner, Some(team)).await;
        rule(&ingrid, "Everything", &[("team", &team.to_string()), ("by_load", "on")]).await.expect(303);
        let receipt = submit(&world.app, said("Nobody may know", Originator::Anonymous), By::ORIGINATOR).await.unwrap();
        let id = receipt.id;
        let events: Vec<heard::journal::Event> = world.read(move |c| Ok(heard::journal::of(c, id)?)).await;
        let words: Vec<&str> = events.iter().map(|event| event.event.as_str()).collect();
        assert_eq!(words, ["received", "assigned"]);
        for event in &events {
            assert_eq!(event.at.to_rfc3339(), "2026-11-23T00:00:00+00:00", "{}", event.event);
        }
        let case = case(&world, &receipt).await;
        assert_eq!((case.owner_id, case.updated_at.to_rfc3339().as_str()), (Some(marta.id), "2026-11-23T00:00:00+00:00"));
    }
}

both! {
    async fn rules_that_can_do_nothing_are_refused(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let team = team(&world, "Support").await.to_string();
        rule(&ingrid, "Nobody", &[("kind", "idea")]).await.expect(422).says("must give cases to somebody").says("value=\"Nobody\"");
        rule(&ingrid, "Load", &[("by_load", "on")]).await.expect(422).says("choose the team");
        rule(&ingrid, "Both", &[("by_load", "on"), ("team", &team), ("person", &ingrid.id.to_string())]).await.expect(422).says("Either a person");
        rule(&ingrid, "Words", &[("kind", "shout"), ("lang", "xx"), ("team", &team)]).await.expect(422).says("kind-error").says("lang-error");
        rule(&ingrid, "Topic", &[("topic", "nothing"), ("team", &team)]).await.expect(422).says("This topic is not offered");
        rule(&ingrid, "Team", &[("team", "17")]).await.expect(422).says("team-error");
        rule(&ingrid, "", &[("team", &team)]).await.expect(422).says("name-error");
        rule(&ingrid, "Complaints", &[("kind", "complaint"), ("team", &team)]).await.expect(303);
        rule(&ingrid, "Complaints", &[("kind", "idea"), ("team", &team)]).await.expect(422).says("in use already");
        rule(&ingrid, "Late", &[("kind", "complaint"), ("lang", "ru"), ("team", &team)]).await.expect(422).says("“Complaints” comes first");
        rule(&ingrid, "Russian", &[("lang", "ru"), ("team", &team)]).await.expect(303);
        rule(&ingrid, "Rest", &[("team", &team)]).await.expect(303);
        let rest = rule_id(&world, "Rest").await;
        let up = format!("/admin/assignment/{rest}/place");
        ingrid.post(&up, &[("to", "up")]).await.expect(422).says("“Russian”, which comes later, would never be reached");
        let russian = format!("/admin/assignment/{}", rule_id(&world, "Russian").await);
        ingrid.post(&format!("{russian}/place"), &[("to", "up")]).await.expect(303);
        let list = ingrid.get("/admin/assignment").await.expect(200).says("in Russian").body;
        assert!(list.find("Russian</a>") < list.find("Complaints</a>") && list.find("Complaints</a>") < list.find("Rest</a>"));
        ingrid.post(&format!("{russian}/archive"), &[("archived", "on")]).await.expect(303);
        ingrid.get("/admin/assignment").await.expect(200).says("Archived rules");
        ingrid.post(&format!("{russian}/archive"), &[("archived", "off")]).await.expect(422).says("“Rest” comes first");
        let council = world.person("Olga", Role::Council).await;
        council.get("/admin/assignment").await.expect(403);
        council.post(&up, &[("to", "up")]).await.expect(403);
        ingrid.get("/admin/assignment/5").await.expect(404);
    }
}

both! {
    async fn a_rule_is_tried_before_it_is_saved(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let support = team(&world, "Support").await;
        world.member("Marta", Role::Owner, Some(support)).await;
        let team = support.to_string();
        let form = [("name", "By load"), ("kind", "complaint"), ("team", &team), ("by_load", "on"), ("step", "try")];
        ingrid.post("/admin/assignment/new", &form).await.expect(200).says("no cases to try it on");
        rule(&ingrid, "In Russian", &[("lang", "ru"), ("team", &team)]).await.expect(303);
        for text in ["Slow", "Too slow", "Медленно"] {
            say(&world, text).await;
        }
        submit(&world.app, Submission { kind: Kind::Idea, ..said("A better way", ann()) }, By::ORIGINATOR).await.unwrap();
        let page = ingrid.post("/admin/assignment/new", &form).await.expect(200);
        let page = page.says("Latest cases looked at: 4. It would have given away: 2.").says("not meant for 1 other");
        page.says("1 case it does not reach: “In Russian” comes first").says("<dt>Marta</dt><dd>2 cases</dd>").says("value=\"By load\"");
        let saved: Vec<String> = world.read(|c| Ok(assignment_rules::table.select(assignment_rules::name).load(c)?)).await;
        assert_eq!(saved, ["In Russian"], "nothing is saved by trying");
        // One that exists is tried in its own place.
        let path = format!("/admin/assignment/{}", rule_id(&world, "In Russian").await);
        ingrid.get(&path).await.expect(200).says("value=\"In Russian\"");
        let form = [("name", "In Russian"), ("lang", "ru"), ("team", &team), ("step", "try")];
        ingrid.post(&path, &form).await.expect(200).says("It would have given away: 1.").says("Support, nobody in particular");
    }
}

both! {
    async fn promises_follow_the_working_time_of_the_team(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let support = team(&world, "Support").await;
        // A team that works on Tuesdays from nine to five.
        world.write(move |c| {
            use heard::db::schema::calendars;
            let week = Doc(json!({"mon": [], "tue": ["09:00-17:00"], "wed": [], "thu": [], "fri": [], "sat": [], "sun": []}));
            let row = (calendars::id.eq(9), calendars::name.eq("Tuesdays"), calendars::zone.eq("UTC"), calendars::week.eq(week),
                calendars::exceptions.eq(Doc(json!([]))), calendars::is_default.eq(false),
                calendars::updated_at.eq(heard::db::types::Ts(crate::support::start())));
            diesel::insert_into(calendars::table).values(row).execute(c)?;
            diesel::update(teams::table.find(support)).set(teams::calendar_id.eq(Some(9_i64))).execute(c)?;
            heard::rules::changed(c)
        }).await;
        world.app.rules.refresh(&world.app.db).await.unwrap();
        let marta = world.member("Marta", Role::Owner, Some(support)).await;
        let free = say(&world, "Round the clock").await;
        assert_eq!(case(&world, &free).await.respond_by.to_rfc3339(), "2026-11-24T09:00:00+00:00");
        // The team is known only once the person is looked up.
        rule(&ingrid, "For Marta", &[("person", &marta.id.to_string())]).await.expect(303);
        let bound = say(&world, "On Tuesdays").await;
        // 24 hours of work are three Tuesdays of eight.
        assert_eq!(case(&world, &bound).await.respond_by.to_rfc3339(), "2026-12-08T17:00:00+00:00");
        assert_eq!(bound.promised_by.to_rfc3339(), "2026-12-08T17:00:00+00:00");
        let lang: Lang = world.read(move |c| Ok(feedback::table.find(bound.id).select(feedback::lang).first(c)?)).await;
        assert_eq!(lang, Lang::En);
    }
}

both! {
    async fn a_team_has_a_lead_and_a_head(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let support = team(&world, "Support").await;
        let (lead, clerk) = (world.person("Lea", Role::Owner).await, world.person("Clerk", Role::Employee).await);
        let path = format!("/admin/teams/{support}");
        let with = |lead: i64, head: i64| [("name", "Support".to_owned()), ("lead", lead.to_string()), ("head", head.to_string())];
        let post = async |fields: [(&str, String); 3]| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            ingrid.post(&path, &fields).await
        };
        post(with(clerk.id, ingrid.id)).await.expect(422).says("lead-error");
        post(with(lead.id, ingrid.id)).await.expect(303);
        let team = world.app.rules.current().team(Some(support));
        assert_eq!((team.lead_id, team.head_id), (Some(lead.id), Some(ingrid.id)));
        ingrid.get(&path).await.expect(200).says(&format!("<option value=\"{}\" selected>Lea", lead.id));
    }
}

both! {
    async fn the_rows_of_a_file_are_given_away_too(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let (support, vip) = (team(&world, "Support").await, team(&world, "VIP").await);
        let marta = world.member("Marta", Role::Owner, Some(support)).await;
        let elena = world.member("Elena", Role::Owner, Some(support)).await;
        ingrid.post("/admin/topics", &[("name_en", "Billing"), ("name_ru", "Оплата"), ("position", "1")]).await.expect(303);
        rule(&ingrid, "Business", &[("segment", "business"), ("team", &vip.to_string())]).await.expect(303);
        rule(&ingrid, "Bills", &[("topic", "billing"), ("team", &support.to_string()), ("by_load", "on")]).await.expect(303);
        let folder = std::env::temp_dir().join("heard-tests").join(heard::id::secret());
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a.csv");
        let rows = "text,topic,status,anonymous,contact.email,contact.segment\n\
            One,Оплата,new,,,\nTwo,BILLING,new,yes,,\nThree,Billing,closed,,,\n\
            Four,Billing,new,,boss@firm.example, Business\nFive,,new,,boss@firm.example,\nSix,Rest,new,,,\n";
        std::fs::write(&path, rows).unwrap();
        let mut mapping = Mapping::default();
        mapping.set("voice=customer").unwrap();
        let report = import(&world.app, &path, &mapping, &|_| std::ops::ControlFlow::Continue(())).await.unwrap();
        assert_eq!((report.added, report.failed), (6, 0));
        type Row = (String, Option<i64>, Option<i64>, Status);
        let rows = feedback::table.inner_join(cases::table).select((feedback::text, cases::team_id, cases::owner_id, cases::status));
        let mut rows: Vec<Row> = world.read(move |c| Ok(rows.load(c)?)).await;
        rows.sort_by_key(|row| ["One", "Two", "Three", "Four", "Five", "Six"].iter().position(|text| *text == row.0));
        let mut shared: Vec<Option<i64>> = rows[..2].iter().map(|row| row.2).collect();
        shared.sort_unstable();
        assert_eq!(shared, [Some(marta.id), Some(elena.id)], "rows of one batch go round too");
        assert!(rows[..2].iter().all(|row| (row.1, row.3) == (Some(support), Status::InReview)));
        assert_eq!((rows[2].1, rows[2].2, rows[2].3), (None, None, Status::Closed), "what is over is given to nobody");
        assert_eq!((rows[3].1, rows[4].1, rows[5].1), (Some(vip), Some(vip), None));
        let events = journal::table.filter(journal::event.eq("assigned")).count();
        assert_eq!(world.read(move |c| Ok(events.get_result::<i64>(c)?)).await, 4);
    }
}
