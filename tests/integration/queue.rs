//! The queue: what each view holds, what narrows it, and steps on many cases.

mod bulk;
mod saved;

use crate::both;
use crate::support::{Actor, World};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use heard::cases::model::{Severity, Status};
use heard::cases::queue::filter::Asked;
use heard::cases::queue::{self, Ask, Found, Spot};
use heard::db::schema::{cases, people, teams};
use heard::db::types::Ts;
use heard::feedback::actions::submit;
use heard::feedback::model::{Kind, Originator, Submission, Voice};
use heard::i18n::Lang;
use heard::id;
use heard::journal::By;
use heard::web::viewer::{Role, Viewer, find_viewer};

/// A case as it came in: its reference and id.
#[derive(Clone, Debug)]
pub struct Came {
    pub reference: String,
    pub id: i64,
}

pub async fn came(world: &World, text: &str) -> Came {
    came_as(world, text, Voice::Customer, Kind::Complaint, "web").await
}

pub async fn came_as(world: &World, text: &str, voice: Voice, kind: Kind, channel: &str) -> Came {
    let submission = Submission::new(
        voice,
        kind,
        channel,
        text,
        Originator::Contact { email: "anna@example.org".into(), name: "Anna".into(), lang: Lang::En },
    );
    let receipt = submit(&world.app, submission, By::ORIGINATOR).await.unwrap();
    Came { reference: receipt.reference, id: receipt.id }
}

/// How a case stands, as far as the queue sees it.
#[derive(Clone, Copy, Default)]
pub struct Stand {
    pub owner: Option<i64>,
    pub team: Option<i64>,
    pub due: Option<DateTime<Utc>>,
    pub status: Option<Status>,
    pub snoozed: Option<DateTime<Utc>>,
    pub escalation: i32,
    pub primary: Option<i64>,
    pub severity: Option<Severity>,
    pub apart: bool,
}

pub async fn stand(world: &World, case: &Came, stand: Stand) {
    let id = case.id;
    let row = (
        cases::owner_id.eq(stand.owner),
        cases::team_id.eq(stand.team),
        cases::next_due.eq(stand.due.map(Ts::from)),
        cases::status.eq(stand.status.unwrap_or(Status::InReview)),
        cases::snoozed_until.eq(stand.snoozed.map(Ts::from)),
        cases::escalation.eq(stand.escalation),
        cases::primary_id.eq(stand.primary),
        cases::severity.eq(stand.severity.unwrap_or(Severity::Normal)),
        cases::apart.eq(stand.apart),
    );
    world.write(move |c| Ok(diesel::update(cases::table.find(id)).set(row).execute(c)?)).await;
}

pub async fn team(world: &World, name: &'static str) -> i64 {
    let (team, now) = (id::new_id(), world.now());
    let row = (teams::id.eq(team), teams::name.eq(name), teams::created_at.eq(Ts::from(now)));
    world.write(move |c| Ok(diesel::insert_into(teams::table).values(row).execute(c)?)).await;
    team
}

/// Which of the cases a page shows, in its order.
pub async fn seen(actor: &Actor, path: &str, all: &[&Came]) -> Vec<String> {
    order(&actor.get(path).await.expect(200).body, all)
}

fn order(body: &str, all: &[&Came]) -> Vec<String> {
    let mut places: Vec<(usize, String)> = all
        .iter()
        .filter_map(|case| {
            Some((body.find(&format!("data-reference=\"{}\"", case.reference))?, case.reference.clone()))
        })
        .collect();
    places.sort();
    places.into_iter().map(|(_, reference)| reference).collect()
}

fn names(cases: &[&Came]) -> Vec<String> {
    cases.iter().map(|case| case.reference.clone()).collect()
}

async fn viewer(actor: &Actor) -> Viewer {
    let (token, now) = (actor.cookie("heard").unwrap(), actor.world.now());
    actor.world.read(move |c| Ok(find_viewer(c, &token, now)?)).await.unwrap().0
}

async fn counts(actor: &Actor) -> serde_json::Value {
    actor.get("/cases/counts").await.expect(200).json()
}

both! {
    async fn each_view_holds_what_it_says(world: World) {
        let (billing, shop) = (team(&world, "Billing").await, team(&world, "Shop").await);
        let marta = world.member("Marta", Role::Owner, Some(billing)).await;
        let now = world.now();
        let soon = Stand { due: Some(now + Duration::hours(3)), ..Stand::default() };
        let in_days = |days| Some(now + Duration::days(days));
        let mut all = Vec::new();
        for n in 0..10 {
            all.push(came(&world, &format!("Number {n} of the views.")).await);
        }
        let [mine, ours, free, late, raised, waiting, snoozed, told, merged, foreign] = &all[..] else { panic!() };
        stand(&world, mine, Stand { owner: Some(marta.id), team: Some(billing), ..soon }).await;
        stand(&world, ours, Stand { team: Some(billing), due: in_days(5), ..soon }).await;
        stand(&world, free, Stand { due: in_days(6), status: Some(Status::New), ..soon }).await;
        stand(&world, late, Stand { team: Some(billing), owner: Some(marta.id), due: in_days(-1), ..soon }).await;
        stand(&world, raised, Stand { due: in_days(4), escalation: 2, severity: Some(Severity::Critical), ..soon }).await;
        stand(&world, waiting, Stand { due: None, status: Some(Status::Waiting), ..soon }).await;
        stand(&world, snoozed, Stand { due: None, snoozed: in_days(2), ..soon }).await;
        stand(&world, told, Stand { due: None, status: Some(Status::Closed), ..soon }).await;
        stand(&world, merged, Stand { primary: Some(mine.id), owner: Some(marta.id), team: Some(billing), ..soon }).await;
        stand(&world, foreign, Stand { team: Some(shop), ..soon }).await;
        let refs: Vec<&Came> = all.iter().collect();
        let holds = [
            ("mine", names(&[late, mine])),
            ("team", names(&[late, mine, ours])),
            ("unassigned", names(&[raised, ours, free])),
            ("today", names(&[mine])),
            ("overdue", names(&[late])),
            ("escalated", names(&[raised])),
            ("waiting", names(&[waiting])),
            ("snoozed", names(&[snoozed])),
            ("no_answer", names(&[told])),
            ("open", names(&[late, mine, raised, ours, free])),
        ];
        let now_counted = counts(&marta).await;
        for (view, expected) in &holds {
            let shown = seen(&marta, &format!("/cases?view={view}"), &refs).await;
            assert_eq!(&shown, expected, "{view}");
            assert_eq!(now_counted["views"][*view], expected.len().to_string(), "{view}");
        }
        assert_eq!(seen(&marta, "/cases", &refs).await, names(&[late, mine]), "one's own come first");
        let page = marta.get("/cases?view=open").await.expect(200);
        page.says("\u{2212}1 d").says("Critical").says("raised");
        marta.get("/cases?view=snoozed").await.expect(200).says("put off until 25 November 2026");
        let cora = world.person("Cora", Role::Council).await;
        assert_eq!(seen(&cora, "/cases?view=open", &refs).await.len(), 6, "the council sees every team's");
        assert_eq!(seen(&cora, "/cases?view=team", &refs).await.len(), 0, "and belongs to none");
        stand(&world, foreign, Stand { team: Some(shop), apart: true, ..soon }).await;
        assert_eq!(seen(&cora, "/cases?view=open", &refs).await.len(), 5, "but not what is kept apart");
        world.person("Emil", Role::Employee).await.get("/cases/counts").await.expect(403);
    }
}

both! {
    async fn filters_narrow_a_view_and_come_back_in_the_form(world: World) {
        let cora = world.person("Cora", Role::Council).await;
        let complaint = came(&world, "The parcel is late.").await;
        let idea = came_as(&world, "Let us swap shifts.", Voice::Employee, Kind::Idea, "kiosk").await;
        let shop = team(&world, "Shop").await;
        let now = world.now();
        let soon = Stand { due: Some(now + Duration::hours(3)), ..Stand::default() };
        stand(&world, &complaint, Stand { severity: Some(Severity::High), owner: Some(cora.id), ..soon }).await;
        stand(&world, &idea, Stand { team: Some(shop), status: Some(Status::Decided), ..soon }).await;
        cora.post("/cases/bulk", &[("reference", &idea.reference), ("action", "tag"), ("tag", "Смены, night shift")]).await.expect(303);
        let both = [&complaint, &idea];
        let me = cora.id.to_string();
        let (only_complaint, only_idea) = (names(&[&complaint]), names(&[&idea]));
        for (query, expected) in [
            ("voice=employee".to_owned(), &only_idea),
            ("kind=complaint".to_owned(), &only_complaint),
            ("severity=high".to_owned(), &only_complaint),
            ("channel=kiosk".to_owned(), &only_idea),
            (format!("team={shop}"), &only_idea),
            ("owner=me".to_owned(), &only_complaint),
            (format!("owner={me}"), &only_complaint),
            ("owner=nobody".to_owned(), &only_idea),
            ("status=decided".to_owned(), &only_idea),
            ("tag=%D1%81%D0%BC%D0%B5%D0%BD%D1%8B".to_owned(), &only_idea),
            ("tag=night+shift&voice=employee&kind=idea&sort=severity".to_owned(), &only_idea),
            ("severity=enormous&owner=me&kind=".to_owned(), &only_complaint),
        ] {
            assert_eq!(&seen(&cora, &format!("/cases?view=open&{query}"), &both).await, expected, "{query}");
        }
        assert!(seen(&cora, "/cases?view=open&kind=praise", &both).await.is_empty());
        assert_eq!(seen(&cora, "/cases?view=open&topic=1", &both).await.len(), 0);
        let page = cora.get("/cases?view=open&kind=idea&tag=%22%3E%3Cscript%3E").await.expect(200);
        assert!(!page.body.contains("<script>") && page.body.contains("<option value=\"idea\" selected>"));
    }
}

both! {
    async fn rows_come_in_the_order_that_was_asked_for(world: World) {
        let cora = world.person("Cora", Role::Council).await;
        let mut all = Vec::new();
        for (n, severity) in [Severity::Low, Severity::Critical, Severity::High].into_iter().enumerate() {
            world.advance(Duration::minutes(1));
            let case = came(&world, &format!("Number {n} in order.")).await;
            let due = Some(world.now() + Duration::days(9 - n as i64));
            stand(&world, &case, Stand { due, severity: Some(severity), ..Stand::default() }).await;
            all.push(case);
        }
        let [low, critical, high] = &all[..] else { panic!() };
        let refs: Vec<&Came> = all.iter().collect();
        for (sort, expected) in [
            ("due", [high, critical, low]),
            ("newest", [high, critical, low]),
            ("oldest", [low, critical, high]),
            ("severity", [critical, high, low]),
        ] {
            assert_eq!(seen(&cora, &format!("/cases?view=open&sort={sort}"), &refs).await, names(&expected), "{sort}");
        }
        cora.get("/cases?view=open&after=nonsense").await.expect(400);
        cora.get("/cases?view=open&sort=newest&place=nonsense").await.expect(400);
    }
}

both! {
    async fn pages_lose_nothing_where_deadlines_are_equal(world: World) {
        let (shop, now) = (team(&world, "Shop").await, world.now());
        let marta = world.member("Marta", Role::Owner, Some(shop)).await;
        let mut all = Vec::new();
        for n in 0..120 {
            let case = came(&world, &format!("Number {n} of equals.")).await;
            // Spread over the three walks that together are what an owner sees.
            let (owner, team) = [(None, None), (None, Some(shop)), (Some(marta.id), Some(shop))][n % 3];
            let severity = Severity::ALL.get(n % 4).copied();
            stand(&world, &case, Stand { owner, team, severity, due: Some(now + Duration::hours(5)), ..Stand::default() }).await;
            all.push(case);
        }
        let refs: Vec<&Came> = all.iter().collect();
        for sort in ["due", "newest", "severity"] {
            let mut found = Vec::new();
            let mut path = format!("/cases?view=open&sort={sort}");
            loop {
                let page = marta.get(&path).await.expect(200);
                found.extend(order(&page.body, &refs));
                match page.body.split("rel=\"next\" href=\"").nth(1) {
                    Some(rest) => path = rest.split('"').next().unwrap().replace("&amp;", "&").replace("&#x3D;", "="),
                    None => break,
                }
            }
            let once: std::collections::BTreeSet<&String> = found.iter().collect();
            assert_eq!((found.len(), once.len()), (120, 120), "{sort}");
        }
        let mine = counts(&marta).await;
        assert_eq!((&mine["views"]["open"], &mine["views"]["mine"]), (&"99+".into(), &"40".into()));
    }
}

both! {
    async fn whoever_finds_little_is_told_how_far_was_looked_and_looks_further(world: World) {
        let (shop, now) = (team(&world, "Shop").await, world.now());
        let marta = world.member("Marta", Role::Owner, Some(shop)).await;
        let mut rare = std::collections::BTreeSet::new();
        for n in 0..90_i64 {
            let kind = if n % 9 == 0 { Kind::Idea } else { Kind::Complaint };
            let case = came_as(&world, &format!("Number {n} of many."), Voice::Customer, kind, "web").await;
            let (owner, team) = [(None, None), (None, Some(shop)), (Some(marta.id), Some(shop))][n as usize % 3];
            // Three at a time share a deadline.
            stand(&world, &case, Stand { owner, team, due: Some(now + Duration::hours(n / 3)), ..Stand::default() }).await;
            if kind == Kind::Idea {
                rare.insert(case.reference);
            }
        }
        let looking = viewer(&marta).await;
        for query in ["view=open&kind=idea", "view=open&kind=idea&sort=newest", "view=team&kind=idea&sort=severity"] {
            let asked = Asked::read(query);
            let zone = world.app.config.app.time_zone;
            let ask = Ask::of(&looking, asked.view(), asked.filter(), now, zone).unwrap();
            let (mut found, mut from, mut looks) = (Vec::new(), Spot::default(), 0);
            loop {
                let ask = ask.clone();
                let page: Found = world.read(move |c| Ok(queue::list_within(c, &ask, from, 2, 10)?)).await;
                assert!(page.rows.len() <= 2);
                found.extend(page.rows.iter().map(|row| row.reference.clone()));
                looks += 1;
                match page.next {
                    Some(next) => from = next,
                    None => break,
                }
            }
            let once: std::collections::BTreeSet<String> = found.iter().cloned().collect();
            assert_eq!(found.len(), once.len(), "{query}: nothing twice");
            assert!(once.is_subset(&rare) && (query.contains("team") || once == rare), "{query}: {once:?}");
            assert!(looks > 3, "{query} looked at no more than its window each time");
        }
    }
}

both! {
    async fn what_is_new_is_told_to_whoever_is_looking(world: World) {
        let cora = world.person("Cora", Role::Council).await;
        let first = came(&world, "The first.").await;
        let before = cora.get("/cases/counts?view=unassigned").await.expect(200);
        assert_eq!(before.header("cache-control"), "no-store");
        assert_eq!(before.json()["rows"], serde_json::json!([first.reference]));
        let second = came(&world, "The second.").await;
        let after = cora.get("/cases/counts?view=unassigned").await.expect(200).json();
        assert_eq!((after["views"]["unassigned"].clone(), after["rows"].as_array().unwrap().len()), ("2".into(), 2));
        assert_eq!(cora.get("/cases/counts?view=unassigned&kind=idea").await.json()["rows"], serde_json::json!([]));
        world.stranger().get("/cases/counts").await.expect(303);
        cora.get(&format!("/cases/{}", second.reference)).await.expect(200);
    }
}

/// Whoever is disabled can no longer be given anything.
pub async fn disable(world: &World, person: i64) {
    let now = world.now();
    let gone = people::disabled_at.eq(Ts::from(now));
    world.write(move |c| Ok(diesel::update(people::table.find(person)).set(gone).execute(c)?)).await;
}
