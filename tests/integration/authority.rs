//! What the front line may decide, what it has to ask, and what that comes to in a month.

use crate::both;
use crate::support::{Actor, Answer, World};
use actix_web::http::Method;
use diesel::prelude::*;
use heard::cases::actions::{Desk, Heard, hear_back};
use heard::cases::decisions::Status as Decision;
use heard::cases::model::{Case, Status};
use heard::cases::store;
use heard::db::schema::{authorities, cases, decisions, outbox, teams};
use heard::feedback::actions::{Receipt, submit};
use heard::feedback::model::{Kind, Originator, Submission, Voice};
use heard::i18n::Lang;
use heard::journal::By;
use heard::mail::outbox::Mail;
use heard::people::teams as company;
use heard::web::viewer::Role;
use serde_json::json;

/// A house with one team: Marta works its cases, Lea leads it, Hugo heads it.
struct House {
    world: World,
    team: i64,
    marta: Actor,
    lea: Actor,
    hugo: Actor,
    ingrid: Actor,
}

impl House {
    async fn new(world: World) -> House {
        let now = world.now();
        let team = world.write(move |c| company::add(c, "Support", now)).await;
        let marta = world.member("Marta", Role::Owner, Some(team)).await;
        let lea = world.member("Lea", Role::Owner, Some(team)).await;
        let hugo = world.person("Hugo", Role::Owner).await;
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let house = House { world, team, marta, lea, hugo, ingrid };
        let (lead, head) = (house.lea.id.to_string(), house.hugo.id.to_string());
        let form = [("name", "Support"), ("lead", lead.as_str()), ("head", head.as_str())];
        house.ingrid.post(&format!("/admin/teams/{team}"), &form).await.expect(303);
        let right = [("role", "owner"), ("team", &team.to_string()), ("may_resolve", "on"), ("limit", "50")];
        house.ingrid.post("/admin/authorities", &right).await.expect(303);
        house
    }

    /// A case of the team.
    async fn case(&self, text: &str) -> Receipt {
        let submission = Submission::new(
            Voice::Customer,
            Kind::Complaint,
            "web",
            text,
            Originator::Contact { email: "ann@customer.example".into(), name: "Ann".into(), lang: Lang::En },
        );
        let receipt = submit(&self.world.app, submission, By::ORIGINATOR).await.unwrap();
        self.marta.post(&format!("/cases/{}/owner", receipt.reference), &[("owner", "me")]).await.expect(303);
        receipt
    }

    async fn stands(&self, receipt: &Receipt) -> Case {
        let id = receipt.id;
        self.world.read(move |c| Ok(store::by_id(c, id)?.0)).await
    }

    /// Their id, what became of them, and the amount, oldest first.
    async fn decisions(&self) -> Vec<(i64, Decision, i64)> {
        let rows =
            decisions::table.order(decisions::id).select((decisions::id, decisions::status, decisions::amount_cents));
        self.world.read(move |c| Ok(rows.load(c)?)).await
    }

    async fn notices(&self, reader: &Actor) -> Vec<Mail> {
        let mails = outbox::table.filter(outbox::template.eq("notice").and(outbox::person_id.eq(reader.id)));
        self.world.read(move |c| Ok(mails.order(outbox::id).select(Mail::as_select()).load(c)?)).await
    }
}

async fn resolve(who: &Actor, receipt: &Receipt, step: &str, fields: &[(&str, &str)]) -> Answer {
    let form = [&[("outcome", "solved"), ("text", "We pay it back."), ("step", step)], fields].concat();
    who.post(&format!("/cases/{}/resolution", receipt.reference), &form).await
}

async fn rule(who: &Actor, id: i64, verdict: &str, reason: &str, seen: i32) -> Answer {
    let form = [("verdict", verdict), ("reason", reason), ("seen", &seen.to_string())];
    who.post(&format!("/decisions/{id}"), &form).await
}

/// How far the list of decisions shows the case to have been seen.
async fn seen(who: &Actor) -> i32 {
    let page = who.get("/decisions").await.expect(200).body;
    page.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
}

both! {
    async fn within_the_right_it_is_done_at_once(world: World) {
        let house = House::new(world).await;
        let receipt = house.case("Charged twice").await;
        house.marta.get(&format!("/cases/{}/resolution", receipt.reference)).await.expect(200).says("up to 50.00\u{a0}EUR without asking");
        resolve(&house.marta, &receipt, "preview", &[("amount", "12,50")]).await.expect(200).says("value=\"send\"");
        resolve(&house.marta, &receipt, "send", &[("amount", "12,50")]).await.expect(303);
        assert_eq!(house.stands(&receipt).await.status, Status::Resolved);
        let made: Vec<(Decision, i64)> = house.decisions().await.into_iter().map(|(_, status, cents)| (status, cents)).collect();
        assert_eq!(made, [(Decision::Made, 1250)]);
        let page = house.marta.get(&format!("/cases/{}", receipt.reference)).await.expect(200);
        page.says("decided within their right: 12.50\u{a0}EUR");
        assert!(house.notices(&house.lea).await.is_empty());
    }
}

both! {
    async fn beyond_it_the_lead_is_asked_and_approves_with_one_click(world: World) {
        let house = House::new(world).await;
        let receipt = house.case("Charged twice").await;
        for wrong in ["1,200", "-5", "lots"] {
            let page = resolve(&house.marta, &receipt, "preview", &[("amount", wrong)]).await.expect(422);
            page.says("Please enter an amount such as 12.50").says("We pay it back.");
        }
        let more = [("amount", "80"), ("apology", "on")];
        let page = resolve(&house.marta, &receipt, "preview", &more).await.expect(200).says("Ask Lea");
        assert!(!page.says("Your right covers up to 50.00").says("does not cover an apology").body.contains("value=\"send\""));
        // Whoever sends all the same is shown that they have to ask.
        resolve(&house.marta, &receipt, "send", &more).await.expect(200).says("Ask Lea");
        assert!(house.decisions().await.is_empty());
        resolve(&house.marta, &receipt, "ask", &more).await.expect(303);
        assert_eq!(house.stands(&receipt).await.status, Status::InReview, "nothing is done yet");
        let asked = house.notices(&house.lea).await;
        assert_eq!(asked.len(), 1);
        assert_eq!(asked[0].data.0["why"], "asked");
        assert!(asked[0].data.0["items"][0]["text"].as_str().unwrap().starts_with("Solved, an apology, 80.00\u{a0}EUR"));
        assert!(house.notices(&house.hugo).await.is_empty() && house.notices(&house.ingrid).await.is_empty());

        let page = house.lea.get(&format!("/cases/{}", receipt.reference)).await.expect(200);
        page.says("Marta asks to decide this").says("Approve and carry it out");
        let page = house.marta.get(&format!("/cases/{}", receipt.reference)).await.expect(200).says("asked Lea: an apology, 80.00");
        assert!(!page.body.contains("Approve and carry it out"));
        let id = house.decisions().await[0].0;
        let (seen, stranger) = (seen(&house.lea).await, house.world.person("Otto", Role::Owner).await);
        rule(&stranger, id, "approve", "", seen).await.expect(404);
        rule(&house.marta, id, "approve", "", seen).await.expect(403);
        rule(&house.lea, id, "decline", " ", seen).await.expect(422).says("Please say why");
        rule(&house.lea, id, "approve", "A loyal customer", seen).await.expect(303);
        let case = house.stands(&receipt).await;
        assert_eq!((case.status, case.resolution.as_deref()), (Status::Resolved, Some("We pay it back.")));
        let page = house.marta.get(&format!("/cases/{}", receipt.reference)).await.expect(200);
        page.says("approved what Marta asked: an apology, 80.00\u{a0}EUR (“A loyal customer”)");
        let told = house.notices(&house.marta).await;
        assert_eq!((told.len(), &told[0].data.0["why"]), (1, &json!("decided")));
        // It goes out in the name of whoever asked.
        let closure = outbox::table.filter(outbox::template.eq("closure")).select(Mail::as_select());
        let closure: Mail = house.world.read(move |c| Ok(closure.first(c)?)).await;
        assert_eq!(closure.data.0["author"], "Marta");
        rule(&house.lea, id, "approve", "", seen).await.expect(409);
    }
}

both! {
    async fn declined_it_stays_open_and_the_reason_is_told(world: World) {
        let house = House::new(world).await;
        let receipt = house.case("Charged twice").await;
        resolve(&house.marta, &receipt, "ask", &[("amount", "500")]).await.expect(303);
        let id = house.decisions().await[0].0;
        rule(&house.hugo, id, "decline", "Half of it is enough", 99).await.expect(303);
        assert_eq!(house.stands(&receipt).await.status, Status::InReview);
        let told = house.notices(&house.marta).await;
        assert!(told[0].data.0["items"][0]["text"].as_str().unwrap().contains("Half of it is enough"));
        house.marta.get("/decisions").await.expect(200).says("declined").says("Half of it is enough");
    }
}

both! {
    async fn what_has_changed_meanwhile_must_be_looked_at(world: World) {
        let house = House::new(world).await;
        let receipt = house.case("Charged twice").await;
        resolve(&house.marta, &receipt, "ask", &[("amount", "500")]).await.expect(303);
        let (id, before) = (house.decisions().await[0].0, seen(&house.lea).await);
        let (desk, case) = (Desk::of(&house.world.app), receipt.id);
        let heard = Heard { text: "Keep it, thank you".into(), quoted: None };
        house.world.write(move |c| hear_back(c, &desk, case, heard)).await;
        rule(&house.lea, id, "approve", "", before).await.expect(409).says("look at it again");
        rule(&house.lea, id, "approve", "", seen(&house.lea).await).await.expect(303);

        let other = house.case("Charged thrice").await;
        resolve(&house.marta, &other, "ask", &[("amount", "500")]).await.expect(303);
        let id = house.decisions().await[1].0;
        // A smaller decision of her own overtakes what she asked.
        house.marta.get(&format!("/cases/{}/resolution", other.reference)).await.expect(200).says("Marta has asked about this case already");
        resolve(&house.marta, &other, "send", &[("amount", "5")]).await.expect(303);
        rule(&house.lea, id, "approve", "", 99).await.expect(409);
        house.marta.get("/decisions").await.expect(200).says("overtaken by another decision");
        let states: Vec<Decision> = house.decisions().await.into_iter().map(|(_, status, _)| status).collect();
        assert_eq!(states, [Decision::Approved, Decision::Declined, Decision::Made]);
    }
}

both! {
    async fn whoever_leads_asks_the_head_and_without_both_administrators_are_asked(world: World) {
        let house = House::new(world).await;
        let receipt = house.case("Charged twice").await;
        resolve(&house.lea, &receipt, "ask", &[("amount", "500")]).await.expect(303);
        assert_eq!((house.notices(&house.hugo).await.len(), house.notices(&house.ingrid).await.len()), (1, 0));
        let id = house.decisions().await[0].0;
        rule(&house.lea, id, "approve", "", 99).await.expect(403);
        rule(&house.ingrid, id, "approve", "", 99).await.expect(303);
        let team = house.team;
        house.ingrid.post(&format!("/admin/teams/{team}"), &[("name", "Support")]).await.expect(303);
        let other = house.case("Charged thrice").await;
        resolve(&house.marta, &other, "preview", &[("amount", "500")]).await.expect(200).says("Ask Ingrid");
        resolve(&house.marta, &other, "ask", &[("amount", "500")]).await.expect(303);
        assert_eq!(house.notices(&house.ingrid).await.len(), 1);
        // What is kept apart administrators must not read.
        let apart = house.case("Harassed").await;
        house.world.write(|c| {
            diesel::update(cases::table).set(cases::apart.eq(true)).execute(c)?;
            Ok(())
        }).await;
        resolve(&house.marta, &apart, "preview", &[("amount", "500")]).await.expect(200).says("there is nobody to ask");
        resolve(&house.marta, &apart, "ask", &[("amount", "500")]).await.expect(422).says("there is nobody to ask");
        assert!(!house.ingrid.get("/decisions").await.expect(200).body.contains("Charged thrice"));
    }
}

both! {
    async fn a_month_is_summed_for_the_council(world: World) {
        let house = House::new(world).await;
        house.world.write(|c| {
            diesel::update(authorities::table.filter(authorities::team_id.is_not_null())).set(authorities::may_apologise.eq(true)).execute(c)?;
            Ok(())
        }).await;
        for (amount, apology) in [("12.50", true), ("20", false), ("", true)] {
            let receipt = house.case("Charged twice").await;
            let mut fields = vec![("amount", amount)];
            fields.extend(apology.then_some(("apology", "on")));
            resolve(&house.marta, &receipt, "send", &fields).await.expect(303);
        }
        let asked = house.case("Charged a lot").await;
        resolve(&house.marta, &asked, "ask", &[("amount", "100")]).await.expect(303);
        house.marta.get("/decisions/summary").await.expect(403);
        let olga = house.world.person("Olga", Role::Council).await;
        let page = olga.get("/decisions/summary").await.expect(200).says("November 2026").says("32.50\u{a0}EUR");
        assert!(!page.body.contains("132.50"), "what is only asked is not given");
        rule(&house.lea, house.decisions().await[3].0, "approve", "", 99).await.expect(303);
        let page = olga.get("/decisions/summary?month=2026-11").await.expect(200);
        page.says("132.50\u{a0}EUR").says(">Support<").says(&format!("person={}", house.marta.id));
        let rows = olga.get(&format!("/decisions/summary?month=2026-11&person={}", house.marta.id)).await.expect(200);
        rows.says("Charged a lot").says("100.00\u{a0}EUR").says("an apology");
        olga.get("/decisions/summary?month=2026-10").await.expect(200).says("Nothing was decided in this month");
        olga.get("/decisions/summary?month=never").await.expect(200).says("November 2026");
    }
}

both! {
    async fn rights_are_arranged_by_administrators(world: World) {
        let house = House::new(world).await;
        let page = house.ingrid.get("/admin/authorities").await.expect(200).says("50.00\u{a0}EUR").says("Support");
        assert_eq!(page.body.matches("href=\"/admin/authorities/").count(), 4);
        let team = house.team.to_string();
        let twice = [("role", "owner"), ("team", team.as_str()), ("limit", "1")];
        house.ingrid.post("/admin/authorities", &twice).await.expect(422).says("in this team already");
        let wrong = [("role", "emperor"), ("team", team.as_str()), ("limit", "1")];
        house.ingrid.post("/admin/authorities", &wrong).await.expect(422).says("role-error");
        house.ingrid.post("/admin/authorities/1", &[("may_resolve", "on"), ("limit", "x")]).await.expect(422).says("value=\"x\"");
        house.ingrid.post("/admin/authorities/1", &[("limit", "0")]).await.expect(303);
        house.ingrid.post("/admin/authorities/1/removal", &[]).await.expect(404);
        house.marta.get("/admin/authorities").await.expect(403);
        // Otto has no team with a right of its own: the role may not even resolve.
        let otto = house.world.person("Otto", Role::Owner).await;
        let receipt = house.case("Slow").await;
        let path = format!("/cases/{}/owner", receipt.reference);
        let team = house.team;
        house.marta.post(&path, &[("owner", &otto.id.to_string())]).await.expect(303);
        house.world.write(move |c| {
            diesel::update(teams::table.find(team)).set(teams::lead_id.eq(None::<i64>)).execute(c)?;
            Ok(())
        }).await;
        resolve(&otto, &receipt, "preview", &[]).await.expect(200).says("does not cover resolving");
        // Neither may a machine in his name.
        let token = [("name", "bot"), ("email", &otto.email), ("scopes", "cases:write"), ("expires", "")];
        let page = house.ingrid.post("/admin/tokens", &token).await.expect(200);
        let token = page.body.split("id=\"made\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let body = json!({"outcome": "solved", "text": "Done."});
        let path = format!("/api/v1/cases/{}/resolution", receipt.reference);
        otto.json(Method::POST, &path, Some(&token), &body).await.expect(409).says("goes beyond what this person may decide");
        let id: i64 = house.world.read(|c| Ok(authorities::table.filter(authorities::team_id.is_not_null()).select(authorities::id).first(c)?)).await;
        house.ingrid.post(&format!("/admin/authorities/{id}/removal"), &[]).await.expect(303);
        assert_eq!(house.ingrid.get("/admin/authorities").await.expect(200).body.matches("href=\"/admin/authorities/").count(), 3);
    }
}

both! {
    async fn the_root_cause_is_asked_when_a_case_is_closed(world: World) {
        let house = House::new(world).await;
        let form = |en, ru, position| [("name_en", en), ("name_ru", ru), ("position", position)];
        house.ingrid.get("/admin/root-causes").await.expect(200).says("No root causes yet");
        house.ingrid.post("/admin/root-causes", &form("Delay", "Задержка", "20")).await.expect(303);
        house.ingrid.post("/admin/root-causes", &form("Defect", "Дефект", "10")).await.expect(303);
        house.ingrid.post("/admin/root-causes", &form("", "Дефект", "10")).await.expect(422).says("name_en-error");
        house.ingrid.post("/admin/root-causes", &form("x", "x", "-1")).await.expect(422).says("position-error");
        let causes = house.world.read(|c| Ok(heard::cases::root_causes::list(c)?)).await;
        assert_eq!(causes.iter().map(|cause| cause.name_en.as_str()).collect::<Vec<_>>(), ["Defect", "Delay"]);
        let (defect, delay) = (causes[0].id.to_string(), causes[1].id.to_string());
        house.ingrid.get(&format!("/admin/root-causes/{defect}")).await.expect(200).says("value=\"Дефект\"");
        let archived = [("name_en", "Delay"), ("name_ru", "Задержка"), ("position", "20"), ("archived", "on")];
        house.ingrid.post(&format!("/admin/root-causes/{delay}"), &archived).await.expect(303);
        house.marta.get("/admin/root-causes").await.expect(403);

        let receipt = house.case("It broke").await;
        let page = house.marta.get(&format!("/cases/{}/resolution", receipt.reference)).await.expect(200).says("None fits");
        assert!(page.body.contains(&defect) && !page.body.contains(&delay));
        resolve(&house.marta, &receipt, "send", &[("root_cause", &delay)]).await.expect(422).says("root_cause-error");
        resolve(&house.marta, &receipt, "send", &[("root_cause", &defect)]).await.expect(303);
        assert_eq!(house.stands(&receipt).await.root_cause_id.map(|id| id.to_string()), Some(defect));
    }
}
