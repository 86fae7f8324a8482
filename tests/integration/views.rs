//! The views of the backlog: table, export, matrix, board, roadmap, scores and their order, and what admins arrange.

use crate::backlog::{contact, link, propose, say};
use crate::both;
use crate::support::{Actor, World};
use chrono::Duration;
use heard::feedback::model::Voice;
use heard::i18n::Lang;
use heard::web::viewer::{Role, start_session};

/// Three changes with one, two and three people behind them.
async fn three(world: &World, by: &Actor) -> [String; 3] {
    let mut made = Vec::new();
    for (n, title) in ["One window", "No paper forms", "Swaps by phone"].into_iter().enumerate() {
        let change =
            propose(by, &[("title", title), ("ex", "2"), ("cx", "2"), ("effort", "1"), ("confidence", "100")]).await;
        for who in &["Anna", "Boris", "Carla"][..=n] {
            let case = say(world, &format!("{title}, please"), Voice::Employee, contact(who, Lang::En)).await;
            link(by, &change, &case).await.expect(303);
        }
        made.push(change);
    }
    made.try_into().unwrap()
}

/// After a long while.
async fn sign_in_again(actor: &Actor) {
    let (id, now) = (actor.id, actor.world.now());
    let token = actor.world.write(move |c| Ok(start_session(c, id, "test", now)?)).await;
    actor.set_cookie("heard", &token);
}

/// In which order these words stand on a page.
fn stand(body: &str, words: &[&str]) -> bool {
    let places: Vec<_> = words.iter().map(|word| body.find(word)).collect();
    places.iter().all(Option::is_some) && places.windows(2).all(|pair| pair[0] < pair[1])
}

async fn version_of(by: &Actor, change: &str) -> String {
    let page = by.get(&format!("/changes?edit={change}")).await.expect(200).body;
    page.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

both! {
async fn the_table_is_sorted_filtered_grouped_and_kept(world: World) {
    let owner = world.person("Olaf", Role::Owner).await;
    let [window, ..] = three(&world, &owner).await;
    let page = owner.get("/changes").await.expect(200);
    assert!(stand(&page.body, &["Swaps by phone</a>", "No paper forms</a>", "One window</a>"]), "most people first");
    let page = owner.get("/changes?sort=title").await.expect(200).body;
    assert!(stand(&page, &["No paper forms</a>", "One window</a>", "Swaps by phone</a>"]));
    let page = owner.get("/changes?sort=title&reversed=1").await.expect(200).body;
    assert!(stand(&page, &["Swaps by phone</a>", "One window</a>", "No paper forms</a>"]));

    let version = version_of(&owner, &window).await;
    let row = [("ex", "5"), ("cx", "0"), ("effort", "0,5"), ("confidence", "80"), ("lever", "2"), ("owner", &owner.id.to_string()), ("target_on", "2026-12-18"), ("quick_fix", "on"), ("version", &version), ("back", "group=lever&page=1")];
    let answer = owner.post(&format!("/changes/{window}/row"), &row).await.expect(303);
    assert_eq!(answer.location(), format!("/changes?group=lever#{window}"));
    let page = owner.get("/changes?group=lever").await.expect(200).body;
    assert!(stand(&page, &["Knowledge article <span", "One window</a>", "No lever <span", "Swaps by phone</a>"]));
    for narrow in ["owner=me", "lever=2", "quick=1", "q=WINDOW"] {
        let page = owner.get(&format!("/changes?{narrow}")).await.expect(200).says("One window</a>").body;
        assert!(!page.contains("Swaps by phone</a>"), "{narrow}");
    }
    owner.get("/changes?q=nothing+like+it").await.expect(200).says("Nothing fits");

    owner.post("/changes/views", &[("name", "Mine, quick"), ("query", "owner=me&quick=1&evil=1")]).await.expect(303);
    owner.get("/changes").await.expect(200).says("Mine, quick").says("/changes?owner&#x3D;me&amp;quick&#x3D;1");
    owner.post("/changes/views", &[("name", "Mine, quick"), ("query", "")]).await.expect(422).says("in use already");
    assert!(!owner.get("/cases").await.expect(200).body.contains("Mine, quick"), "it is no view of the queue");
    assert!(!world.person("Otto", Role::Owner).await.get("/changes").await.body.contains("Mine, quick"));
}
}

both! {
async fn a_row_that_cannot_be_kept_says_why_and_keeps_what_was_typed(world: World) {
    let owner = world.person("Olaf", Role::Owner).await;
    let change = propose(&owner, &[("title", "One window")]).await;
    let at = format!("/changes/{change}/row");
    let version = version_of(&owner, &change).await;
    let wrong = [("ex", "9"), ("cx", "x"), ("effort", "0"), ("confidence", "101"), ("version", &version), ("target_on", "soon")];
    let page = owner.post(&at, &wrong).await.expect(422);
    let page = page.says("id=\"ex-error\"").says("id=\"confidence-error\"").says("id=\"target_on-error\"").says("value=\"101\"");
    assert!(page.body.contains("value=\"soon\""));
    let right = [("ex", "1"), ("cx", "1"), ("effort", "1"), ("confidence", "50"), ("version", &version)];
    let no_effort = [("ex", "1"), ("cx", "1"), ("effort", "0"), ("confidence", "50"), ("version", &version)];
    owner.post(&at, &no_effort).await.expect(422).says("id=\"effort-error\"");
    owner.post(&at, &right).await.expect(303);
    owner.post(&at, &right).await.expect(409);
    world.person("Emma", Role::Employee).await.post(&at, &right).await.expect(403);
}
}

both! {
async fn the_export_holds_what_the_table_shows(world: World) {
    let owner = world.person("Olaf", Role::Owner).await;
    three(&world, &owner).await;
    propose(&owner, &[("title", "=cmd|' /C calc'!A0")]).await;
    let csv = owner.get("/changes/export?format=csv&sort=title").await.expect(200);
    assert!(csv.header("content-disposition").contains("changes-2026-11-23.csv"));
    let lines: Vec<&str> = csv.body.lines().collect();
    assert_eq!(lines.len(), 5);
    assert!(lines[0].starts_with("\u{feff}Place,Score,Reference,Change,Status"));
    assert!(lines[1].contains("'=cmd|"), "{}", lines[1]);
    assert!(lines[2].contains("No paper forms,Proposed,2,2,2,2,0,2,1,100"), "{}", lines[2]);
    assert_eq!(owner.get("/changes/export?format=csv&q=paper").await.body.lines().count(), 2);
    let xlsx = owner.get("/changes/export?format=xlsx").await.expect(200);
    assert!(xlsx.bytes.starts_with(b"PK"));
    world.person("Emma", Role::Employee).await.get("/changes/export").await.expect(403);
}
}

both! {
async fn a_change_is_moved_on_the_matrix(world: World) {
    let owner = world.person("Olaf", Role::Owner).await;
    let [window, ..] = three(&world, &owner).await;
    owner.get("/changes/matrix").await.expect(200).says("One window: EX 2, CX 2, 1 person").says("Swaps by phone: EX 2, CX 2, 3 people");
    let version = version_of(&owner, &window).await;
    let at = format!("/changes/{window}/place");
    owner.post(&at, &[("ex", "7"), ("cx", "1"), ("version", &version)]).await.expect(422).says("id=\"ex-error\"").says("value=\"7\"");
    owner.post(&at, &[("ex", "5"), ("cx", "1"), ("version", &version)]).await.expect(303);
    owner.get("/changes/matrix").await.expect(200).says("One window: EX 5, CX 1, 1 person");
    owner.post(&at, &[("ex", "4"), ("cx", "1"), ("version", &version)]).await.expect(409);
}
}

both! {
async fn a_full_column_takes_no_more_unless_somebody_insists(world: World) {
    let (council, admin) = (world.person("Carol", Role::Council).await, world.person("Ada", Role::Admin).await);
    let changes = three(&world, &council).await;
    council.post("/admin/board", &[("accepted", "2")]).await.expect(403);
    admin.post("/admin/board", &[("accepted", "many"), ("in_progress", "0")]).await.expect(422).says("id=\"accepted-error\"");
    admin.post("/admin/board", &[("accepted", "2")]).await.expect(303);
    admin.get("/admin/board").await.expect(200).says("name=\"accepted\" type=\"text\" value=\"2\"");
    let at = |change: &str| format!("/changes/{change}/column");
    for change in &changes[..2] {
        council.post(&at(change), &[("status", "accepted")]).await.expect(303);
    }
    let full = council.post(&at(&changes[2]), &[("status", "accepted"), ("back", "q=phone")]).await.expect(409);
    full.says("is full: 2 of 2").says("Swaps by phone");
    council.post(&at(&changes[2]), &[("status", "accepted"), ("anyway", "1")]).await.expect(303);
    council.get("/changes/board").await.expect(200).says("3 of 2").says("one more than the limit");
    assert!(council.post(&at(&changes[0]), &[("status", "shipped")]).await.expect(303).location().ends_with("/shipping"));
    council.post(&at(&changes[0]), &[("status", "verified")]).await.expect(409);
    let other = world.person("Otto", Role::Owner).await;
    other.post(&at(&changes[0]), &[("status", "in_progress")]).await.expect(403);
}
}

both! {
async fn the_roadmap_shows_what_is_due_when(world: World) {
    let owner = world.person("Olaf", Role::Owner).await;
    for (title, on) in [("Late one", "2026-11-20"), ("Soon", "2026-11-30"), ("In a while", "2027-02-01"), ("Some day", "")] {
        propose(&owner, &[("title", title), ("target_on", on)]).await;
    }
    let page = owner.get("/changes/roadmap").await.expect(200).body;
    assert!(stand(&page, &["Overdue</h2>", "Late one", "November 2026</h2>", "Soon", "December 2026</h2>", "Nothing is due", "February 2027</h2>", "In a while", "No date yet</h2>", "Some day"]));
}
}

both! {
async fn a_score_opens_into_who_said_what_and_when(world: World) {
    let (owner, council) = (world.person("Olaf", Role::Owner).await, world.person("Carol", Role::Council).await);
    let [window, _, swaps] = three(&world, &owner).await;
    let (at, rank) = (format!("/changes/{window}/score"), format!("/changes/{window}/rank"));
    owner.get(&at).await.expect(200).says("Place 3 of 3").says("Olaf, <time").says("Not yet: Cost of delay is missing");
    world.advance(Duration::days(91));
    sign_in_again(&owner).await;
    sign_in_again(&council).await;
    owner.get(&at).await.expect(200).says("older than 90 days");
    owner.get("/changes").await.expect(200).says("check again");
    council.post(&format!("/changes/{window}/inputs"), &[]).await.expect(303);
    let page = council.get(&at).await.expect(200).says("Carol, <time");
    assert!(!page.body.contains("older than 90 days"));

    let version = version_of(&council, &window).await;
    owner.post(&rank, &[("rank", "1"), ("reason", "mine"), ("version", &version)]).await.expect(403);
    let wrong = council.post(&rank, &[("rank", "first"), ("reason", " "), ("version", &version)]).await.expect(422);
    wrong.says("id=\"rank-error\"").says("id=\"reason-error\"").says("value=\"first\"");
    council.post(&rank, &[("rank", "1"), ("reason", "The law changes in May"), ("version", &version)]).await.expect(303);
    council.get(&at).await.expect(200).says("The law changes in May").says("Place 1 of 3");
    assert!(stand(&council.get("/changes").await.body, &["One window</a>", "Swaps by phone</a>"]));
    council.get(&format!("/changes/{window}")).await.expect(200).says("gave it a place of its own");
    council.post(&rank, &[("rank", "2"), ("reason", "x"), ("version", &version)]).await.expect(409);
    let version = version_of(&council, &window).await;
    council.post(&rank, &[("drop", "1"), ("version", &version)]).await.expect(303);
    council.get(&format!("/changes/{swaps}/score")).await.expect(200).says("Place 1 of 3");
}
}

both! {
async fn weights_change_the_order_and_say_when_they_would(world: World) {
    let (owner, admin) = (world.person("Olaf", Role::Owner).await, world.person("Ada", Role::Admin).await);
    let who = say(&world, "Both, please", Voice::Employee, contact("Anna", Lang::En)).await;
    for (title, ex, cx) in [("For staff", "4", "0"), ("For customers", "0", "5")] {
        let change = propose(&owner, &[("title", title), ("ex", ex), ("cx", cx), ("effort", "1"), ("confidence", "100")]).await;
        link(&owner, &change, &who).await.expect(303);
    }
    let page = owner.get("/changes/order").await.expect(200);
    page.says("If EX weighed 1.26 or more instead of 1, “For staff” would pass “For customers”.");
    let page = owner.get("/changes/order?ex=1,3&cx=1").await.expect(200).says("2 changes of the first 2 move");
    assert!(stand(&page.body, &["For staff</a>", "For customers</a>"]));
    owner.get("/changes/order?ex=much&cx=-1").await.expect(422).says("id=\"ex-error\"").says("value=\"much\"");
    owner.get("/changes/order?ex=0&cx=0").await.expect(422).says("more than nothing");

    owner.get("/admin/weights").await.expect(403);
    admin.post("/admin/weights", &[("name", "Staff first"), ("ex", "2"), ("cx", "1e9")]).await.expect(422).says("id=\"cx-error\"");
    admin.post("/admin/weights", &[("name", "Staff first"), ("ex", "2"), ("cx", "1")]).await.expect(303);
    admin.post("/admin/weights", &[("name", "Staff first"), ("ex", "2"), ("cx", "1")]).await.expect(422).says("in use already");
    let id = admin.get("/admin/weights").await.expect(200).body.split("name=\"set\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(stand(&owner.get("/changes").await.body, &["For customers</a>", "For staff</a>"]));
    assert!(stand(&owner.get(&format!("/changes?weights={id}")).await.body, &["For staff</a>", "For customers</a>"]), "tried");
    admin.post("/admin/weights/use", &[("set", &id)]).await.expect(303);
    assert!(stand(&owner.get("/changes").await.body, &["For staff</a>", "For customers</a>"]));
    admin.post(&format!("/admin/weights/{id}/deletion"), &[]).await.expect(409);
    admin.post("/admin/weights/use", &[("set", "")]).await.expect(303);
    admin.post(&format!("/admin/weights/{id}/deletion"), &[]).await.expect(303);
    admin.get(&format!("/admin/weights/{id}")).await.expect(404);
}
}

both! {
async fn levers_are_the_admins_own(world: World) {
    let (admin, owner) = (world.person("Ada", Role::Admin).await, world.person("Olaf", Role::Owner).await);
    owner.get("/admin/levers").await.expect(403);
    admin.get("/admin/levers").await.expect(200).says("First contact resolution").says("Single desktop");
    admin.post("/admin/levers", &[("name_en", ""), ("name_ru", "Новый"), ("position", "first")]).await.expect(422).says("id=\"position-error\"");
    admin.post("/admin/levers", &[("name_en", "Office <b>"), ("name_ru", "Офис"), ("position", "1")]).await.expect(303);
    admin.get("/admin/levers").await.expect(200).says("Office &lt;b&gt;");
    admin.post("/admin/levers/2", &[("name_en", "Articles"), ("name_ru", "Статьи"), ("position", "2"), ("archived", "on")]).await.expect(303);
    let change = propose(&owner, &[]).await;
    let page = owner.get(&format!("/changes?edit={change}")).await.expect(200).body;
    let offered = page.split("id=\"lever\"").nth(1).unwrap().split("</select>").next().unwrap();
    assert!(offered.contains("Office") && !offered.contains("Articles"), "archived levers are not offered: {offered}");
}
}

both! {
async fn nobody_but_staff_sees_the_views(world: World) {
    let employee = world.person("Emma", Role::Employee).await;
    for path in ["/changes/matrix", "/changes/board", "/changes/roadmap", "/changes/order", "/changes/C-0000000/score"] {
        employee.get(path).await.expect(403);
        assert!(world.stranger().get(path).await.expect(303).location().starts_with("/sign-in"));
    }
    world.person("Olaf", Role::Owner).await.get("/changes/C-0000000/score").await.expect(404);
}
}
