//! The council: when it meets, who sits in it, what its agenda becomes, and what members hear of it.

use crate::both;
use crate::support::{Actor, World};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use heard::council::agenda;
use heard::council::calendar;
use heard::council::model::Kind;
use heard::council::store::{Item, Meeting};
use heard::db::schema::{changes, council_actions, meetings, outbox};
use heard::db::types::{Doc, Ts};
use heard::schedule;
use heard::web::viewer::{Role, start_session};

/// A council that meets on the first Tuesday, in UTC; `more` overrides fields of its form.
async fn council(admin: &Actor, more: &[(&str, &str)]) -> i64 {
    let mut form = vec![
        ("name", "Change council"),
        ("every", "first"),
        ("weekday", "tue"),
        ("time", "10:00"),
        ("zone", "UTC"),
        ("minutes", "60"),
        ("quota", "3"),
        ("quorum_operations", "1"),
        ("place", "Room Copenhagen"),
    ];
    form.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    form.extend(more);
    let answer = admin.post("/council/new", &form).await.expect(303);
    answer.location().split('/').nth(2).unwrap().parse().unwrap()
}

async fn seat(by: &Actor, council: i64, person: &Actor, seat: &str, more: &[(&str, &str)]) -> crate::support::Answer {
    let id = person.id.to_string();
    let mut form = vec![("person", id.as_str()), ("seat", seat)];
    form.extend(more);
    by.post(&format!("/council/{council}/members"), &form).await
}

async fn ahead(world: &World, council: i64) -> Vec<Meeting> {
    let now = world.now();
    world.read(move |c| Ok(calendar::ahead(c, council, now)?)).await
}

async fn dates(world: &World, council: i64) -> Vec<String> {
    ahead(world, council).await.iter().map(|meeting| meeting.starts_at.format("%Y-%m-%d %H:%M").to_string()).collect()
}

async fn items(world: &World, meeting: i64) -> Vec<Item> {
    world.read(move |c| Ok(agenda::items(c, meeting)?)).await
}

async fn titles(world: &World, meeting: i64) -> Vec<String> {
    items(world, meeting).await.into_iter().map(|item| item.title).collect()
}

async fn run(world: &World) {
    schedule::council(world.app.clone()).await.unwrap();
}

/// Who was told what of the council, in the order of their addresses.
async fn told(world: &World) -> Vec<(String, String)> {
    let rows: Vec<(String, Doc)> = world
        .read(|c| {
            let mails = outbox::table.filter(outbox::template.eq("council").or(outbox::template.eq("action")));
            Ok(mails
                .order((outbox::created_at, outbox::address, outbox::id))
                .select((outbox::address, outbox::data))
                .load(c)?)
        })
        .await;
    rows.into_iter()
        .map(|(address, data)| {
            (address.split('@').next().unwrap().to_owned(), data.0["why"].as_str().unwrap().to_owned())
        })
        .collect()
}

async fn forget_mails(world: &World) {
    world.write(|c| Ok(diesel::delete(outbox::table).execute(c)?)).await;
}

/// A session does not last for days.
async fn sign_in_again(person: &Actor) {
    let (id, now) = (person.id, person.world.now());
    let token = person.world.write(move |c| Ok(start_session(c, id, "test", now)?)).await;
    person.set_cookie("heard", &token);
}

fn pairs(told: &[(String, String)]) -> Vec<(&str, &str)> {
    told.iter().map(|(who, why)| (who.as_str(), why.as_str())).collect()
}

async fn set_change(
    world: &World,
    reference: &str,
    status: &'static str,
    target: Option<&'static str>,
    moved: DateTime<Utc>,
) {
    let reference = reference.to_owned();
    world
        .write(move |c| {
            let row = changes::table.filter(changes::reference.eq(reference));
            let set = (
                changes::status.eq(status),
                changes::target_on.eq(target.map(|day| day.parse::<chrono::NaiveDate>().unwrap())),
                changes::status_at.eq(Ts::from(moved)),
                changes::updated_at.eq(Ts::from(moved)),
            );
            Ok(diesel::update(row).set(set).execute(c)?)
        })
        .await;
}

async fn change(by: &Actor, title: &str, ex: &str) -> String {
    let form = [("title", title), ("ex", ex), ("cx", "1"), ("effort", "1"), ("confidence", "80")];
    let answer = by.post("/changes/new", &form).await.expect(303);
    answer.location().trim_start_matches("/changes/").to_owned()
}

both! {
async fn a_council_meets_by_its_rule_and_follows_it(world: World) {
    let admin = world.person("Ingrid", Role::Admin).await;
    let id = council(&admin, &[]).await;
    assert_eq!(dates(&world, id).await, ["2026-12-01 10:00", "2027-01-05 10:00", "2027-02-02 10:00"]);
    run(&world).await;
    assert_eq!(dates(&world, id).await.len(), 3, "nothing is made twice");

    // A meeting that somebody moves stays moved, and its place in the rule stays taken.
    let first = ahead(&world, id).await[0].clone();
    let to = format!("/council/meetings/{}/time", first.id);
    admin.post(&to, &[("day", "2026-12-03"), ("time", "14:30")]).await.expect(303);
    run(&world).await;
    assert_eq!(dates(&world, id).await, ["2026-12-03 14:30", "2027-01-05 10:00", "2027-02-02 10:00"]);
    admin.post(&to, &[("day", "2026-11-20"), ("time", "14:30")]).await.expect(422).says("That lies in the past.").says("2026-11-20");
    admin.post(&to, &[("day", "2027-01-05"), ("time", "10:00")]).await.expect(422).says("There is a meeting at that time already.");

    // Another rule: what nobody moved goes along, what somebody moved stays.
    let edit = format!("/council/{id}/edit");
    let form = |weekday: &'static str, version: &'static str| {
        [("name", "Change council"), ("every", "first"), ("weekday", weekday), ("time", "09:00"), ("zone", "UTC"), ("minutes", "60"), ("quota", "3"), ("version", version)]
    };
    admin.post(&edit, &form("wed", "1")).await.expect(303);
    assert_eq!(dates(&world, id).await, ["2026-12-02 09:00", "2026-12-03 14:30", "2027-01-06 09:00", "2027-02-03 09:00"]);
    admin.post(&edit, &form("thu", "1")).await.expect(409);

    admin.post(&format!("/council/meetings/{}/cancellation", first.id), &[]).await.expect(303);
    run(&world).await;
    assert_eq!(dates(&world, id).await, ["2026-12-02 09:00", "2027-01-06 09:00", "2027-02-03 09:00"], "called off is called off");
    admin.post(&format!("/council/{id}/meetings"), &[("day", "2026-12-11"), ("time", "08:00")]).await.expect(303);
    assert_eq!(dates(&world, id).await[1], "2026-12-11 08:00");
    world.advance(Duration::days(30));
    run(&world).await;
    assert_eq!(dates(&world, id).await, ["2027-01-06 09:00", "2027-02-03 09:00", "2027-03-03 09:00"]);

    sign_in_again(&admin).await;
    admin.post(&format!("/council/{id}/closing"), &[]).await.expect(303);
    run(&world).await;
    assert!(dates(&world, id).await.is_empty(), "a closed council meets no more");
    admin.get("/council").await.expect(200).says("There is no council yet");
}
}

both! {
async fn what_is_wrong_with_a_council_stands_beside_its_field(world: World) {
    let admin = world.person("Ingrid", Role::Admin).await;
    let owner = world.person("Olga", Role::Owner).await;
    for (field, value, said) in [
        ("name", " ", "name-error"),
        ("time", "ten", "time-error"),
        ("zone", "Atlantis", "We do not know this time zone"),
        ("minutes", "5", "minutes-error"),
        ("quota", "-1", "quota-error"),
        ("quorum_wfm", "many", "quorum_wfm-error"),
        ("calendar", "12", "calendar-error"),
        ("every", "always", "every-error"),
    ] {
        let mut form = vec![("name", "Council"), ("every", "first"), ("weekday", "tue"), ("time", "10:00"), ("zone", "UTC"), ("minutes", "60"), ("quota", "3"), ("place", "<b>here</b>")];
        form.retain(|(name, _)| *name != field);
        form.push((field, value));
        let answer = admin.post("/council/new", &form).await.expect(422).says(said);
        assert!(answer.body.contains("&lt;b&gt;here"), "{field}: what was typed is kept");
    }
    let own = |rule: &'static str| [("name", "Council"), ("every", "own"), ("rule", rule), ("zone", "UTC"), ("minutes", "60"), ("quota", "3"), ("preview", "1")];
    admin.post("/council/new", &own("* * * * *")).await.expect(422).says("more than once a day");
    admin.post("/council/new", &own("0 10 30 2 *")).await.expect(422).says("No day is like that.");
    admin.post("/council/new", &own("soon")).await.expect(422).says("We cannot read this rule");
    admin.post("/council/new", &own("30 9 15 * *")).await.expect(200).says("Tuesday, 15 December, 09:30");
    admin.get("/council").await.expect(200).says("There is no council yet");
    owner.get("/council").await.expect(200).says("An administrator can set one up.");
    owner.get("/council/new").await.expect(403);
    owner.post("/council/new", &own("30 9 15 * *")).await.expect(403);
    world.person("Nina", Role::Employee).await.get("/council").await.expect(403);
    assert_eq!(world.stranger().get("/council").await.status.as_u16(), 303);
    council(&admin, &[]).await;
    let taken = [("name", "Change council"), ("every", "week"), ("weekday", "fri"), ("time", "10:00"), ("zone", "UTC"), ("minutes", "60"), ("quota", "3")];
    admin.post("/council/new", &taken).await.expect(422).says("name-error");
}
}

both! {
async fn one_person_has_one_voice(world: World) {
    let admin = world.person("Ingrid", Role::Admin).await;
    let [pavel, olga, petr, anna] = [
        world.person("Pavel", Role::Council).await,
        world.person("Olga", Role::Owner).await,
        world.person("Petr", Role::Owner).await,
        world.person("Anna", Role::Owner).await,
    ];
    let nina = world.person("Nina", Role::Employee).await;
    let id = council(&admin, &[]).await;
    let (olga_id, petr_id, pavel_id) = (olga.id.to_string(), petr.id.to_string(), pavel.id.to_string());
    seat(&admin, id, &pavel, "operations", &[("chair", "on"), ("delegate", &olga_id)]).await.expect(303);
    // From now on the chair runs it.
    seat(&pavel, id, &olga, "wfm", &[]).await.expect(422).says("One person, one vote: choose another delegate");
    seat(&pavel, id, &petr, "quality", &[("delegate", &petr_id)]).await.expect(422).says("Nobody can sit in for themselves");
    seat(&pavel, id, &petr, "quality", &[("delegate", &olga_id)]).await.expect(422).says("sits in for somebody else already");
    seat(&pavel, id, &petr, "quality", &[("delegate", &pavel_id)]).await.expect(422).says("A delegate cannot have a delegate");
    seat(&pavel, id, &petr, "", &[]).await.expect(422).says("seat-error");
    seat(&pavel, id, &nina, "front_line", &[]).await.expect(422).says("person-error");
    seat(&pavel, id, &petr, "quality", &[]).await.expect(303);
    seat(&pavel, id, &anna, "front_line", &[("delegate", &petr_id)]).await.expect(422).says("sits in the council already");
    seat(&anna, id, &anna, "front_line", &[]).await.expect(403);
    seat(&petr, id, &anna, "front_line", &[]).await.expect(403);
    pavel.get(&format!("/council/{id}/members")).await.expect(200).says("Olga").says("Quality");
    anna.get(&format!("/council/{id}")).await.expect(200).says("Olga sits in");
    let at = format!("/council/{id}/members/{}", pavel.id);
    pavel.get(&at).await.expect(200).says("checked");
    pavel.post(&at, &[("seat", "operations"), ("chair", "on")]).await.expect(303);
    seat(&pavel, id, &olga, "wfm", &[]).await.expect(303);
    pavel.post(&format!("/council/{id}/members/{}/leaving", olga.id), &[]).await.expect(303);
    pavel.post(&format!("/council/{id}/members/{}/leaving", olga.id), &[]).await.expect(404);
}
}

both! {
async fn an_agenda_fills_itself_until_it_is_frozen(world: World) {
    let admin = world.person("Ingrid", Role::Admin).await;
    let chair = world.person("Pavel", Role::Council).await;
    let owner = world.person("Olga", Role::Owner).await;
    let id = council(&admin, &[("minutes", "30")]).await;
    seat(&admin, id, &chair, "operations", &[("chair", "on")]).await.expect(303);
    let now = world.now();
    let late = change(&owner, "Late", "1").await;
    set_change(&world, &late, "in_progress", Some("2026-11-01"), now).await;
    let still = change(&owner, "Still", "1").await;
    set_change(&world, &still, "accepted", None, now - Duration::days(40)).await;
    let shipped = change(&owner, "Shipped", "1").await;
    set_change(&world, &shipped, "shipped", None, now - Duration::days(3)).await;
    let long_ago = change(&owner, "Long ago", "1").await;
    set_change(&world, &long_ago, "shipped", None, now - Duration::days(90)).await;
    // Nobody stands behind them yet: the newest first.
    change(&owner, "Third", "3").await;
    change(&owner, "Second", "4").await;
    change(&owner, "First", "5").await;
    run(&world).await;
    let meeting = ahead(&world, id).await[0].id;
    // 25 minutes without the reading back, 9 of them for what must be said: two of the backlog fit.
    assert_eq!(titles(&world, meeting).await, ["Late", "Shipped", "Still", "First", "Second"]);
    let kinds: Vec<Kind> = items(&world, meeting).await.iter().map(|item| item.kind).collect();
    assert_eq!(kinds, [Kind::Promise, Kind::Shipped, Kind::Stalled, Kind::Change, Kind::Change]);

    let at = format!("/council/meetings/{meeting}");
    owner.get(&at).await.expect(200).says("Late").says("25 of 30 min").says("Ask about it");
    assert!(!owner.get(&at).await.body.contains("Freeze the agenda"), "only who runs it arranges it");
    let last = items(&world, meeting).await[4].id;
    owner.post(&format!("{at}/items/{last}/place"), &[("to", "up")]).await.expect(403);
    chair.post(&format!("{at}/items/{last}/place"), &[("to", "1")]).await.expect(303);
    chair.post(&format!("{at}/items/{last}/place"), &[("to", "down")]).await.expect(303);
    chair.post(&format!("{at}/items"), &[("title", "Team \"B\" <b>"), ("minutes", "3")]).await.expect(303);
    let first = items(&world, meeting).await[0].id;
    chair.post(&format!("{at}/items/{first}/removal"), &[]).await.expect(303);
    run(&world).await;
    assert_eq!(titles(&world, meeting).await, ["Second", "Shipped", "Still", "First", "Team \"B\" <b>"], "what was taken off stays off");
    chair.get(&at).await.expect(200).says("Team &quot;B&quot; &lt;b&gt;").says("1 item taken off");
    chair.post(&format!("{at}/items/{first}/return"), &[]).await.expect(303);

    // What is wrong stands beside its field.
    chair.post(&format!("{at}/items"), &[("title", ""), ("minutes", "5")]).await.expect(422).says("title-error");
    chair.post(&format!("{at}/items"), &[("title", "x"), ("minutes", "0")]).await.expect(422).says("minutes-error");
    chair.post(&format!("{at}/items"), &[("change", "C-0000000"), ("minutes", "5")]).await.expect(422).says("There is no such change");
    chair.post(&format!("{at}/items"), &[("change", &late), ("minutes", "5")]).await.expect(422).says("on the agenda already");

    owner.post(&format!("{at}/items/{last}/questions"), &[("text", " ")]).await.expect(422).says("text-error");
    owner.post(&format!("{at}/items/{last}/questions"), &[("text", "Who pays <i>for it</i>?")]).await.expect(303);
    chair.get(&at).await.expect(200).says("Who pays &lt;i&gt;for it&lt;/i&gt;?").says("Olga");

    chair.post(&format!("{at}/freeze"), &[("frozen", "1")]).await.expect(303);
    change(&owner, "Better than all", "5").await;
    run(&world).await;
    assert_eq!(titles(&world, meeting).await.len(), 6);
    chair.post(&format!("{at}/items"), &[("title", "Late idea"), ("minutes", "5")]).await.expect(409);
    chair.post(&format!("{at}/items/{last}/place"), &[("to", "up")]).await.expect(409);
    owner.post(&format!("{at}/items/{last}/questions"), &[("text", "Still?")]).await.expect(303);
    chair.post(&format!("{at}/freeze"), &[("frozen", "")]).await.expect(303);
    chair.post(&format!("{at}/filling"), &[]).await.expect(303);
    world.stranger().get(&at).await.expect(303);
    owner.get("/council/meetings/12").await.expect(404);
}
}

both! {
async fn members_are_invited_reminded_and_hear_of_changes(world: World) {
    let admin = world.person("Ingrid", Role::Admin).await;
    let chair = world.person("Pavel", Role::Council).await;
    let olga = world.person("Olga", Role::Owner).await;
    let id = council(&admin, &[]).await;
    run(&world).await;
    assert!(told(&world).await.is_empty(), "nobody sits in it yet");
    seat(&admin, id, &chair, "operations", &[("chair", "on")]).await.expect(303);
    run(&world).await;
    run(&world).await;
    assert_eq!(pairs(&told(&world).await), [("pavel", "invited")], "once, and only to what is near");
    seat(&chair, id, &olga, "quality", &[]).await.expect(303);
    assert_eq!(pairs(&told(&world).await), [("olga", "invited"), ("pavel", "invited")], "whoever comes later, too");
    forget_mails(&world).await;

    let meeting = ahead(&world, id).await[0].clone();
    let at = format!("/council/meetings/{}", meeting.id);
    chair.post(&format!("{at}/time"), &[("day", "2026-12-02"), ("time", "15:00")]).await.expect(303);
    assert_eq!(pairs(&told(&world).await), [("olga", "moved"), ("pavel", "moved")]);
    let mail: Doc = world.read(|c| Ok(outbox::table.select(outbox::data).first(c)?)).await;
    assert_eq!(mail.0["when"], "Wednesday, 2 December, 15:00");
    assert!(mail.0["sequence"].as_u64() > Some(1), "calendars take the later one");
    forget_mails(&world).await;

    world.advance(Duration::days(8) + Duration::hours(7));
    run(&world).await;
    run(&world).await;
    assert_eq!(pairs(&told(&world).await), [("olga", "reminded"), ("pavel", "reminded")]);
    forget_mails(&world).await;

    sign_in_again(&chair).await;
    chair.post(&format!("/council/{id}/members/{}/leaving", olga.id), &[]).await.expect(303);
    assert_eq!(pairs(&told(&world).await), [("olga", "left")]);
    chair.post(&format!("{at}/cancellation"), &[]).await.expect(303);
    assert_eq!(pairs(&told(&world).await)[1..], [("pavel", "cancelled")]);
    chair.post(&format!("{at}/cancellation"), &[]).await.expect(409);
}
}

both! {
async fn a_member_subscribes_to_the_meetings(world: World) {
    let admin = world.person("Ingrid", Role::Admin).await;
    let chair = world.person("Pavel", Role::Council).await;
    let id = council(&admin, &[]).await;
    seat(&admin, id, &chair, "operations", &[("chair", "on")]).await.expect(303);
    admin.post(&format!("/council/{id}/calendar"), &[]).await.expect(404);
    let feed = |body: &str| body.split("/council/calendar/").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let page = chair.post(&format!("/council/{id}/calendar"), &[]).await.expect(200);
    let first = format!("/council/calendar/{}", feed(&page.body));
    let meeting = ahead(&world, id).await[0].clone();
    chair.post(&format!("/council/meetings/{}/items", meeting.id), &[("title", "A; b, c"), ("minutes", "5")]).await.expect(303);
    let text = world.stranger().get(&first).await.expect(200);
    assert_eq!(text.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(text.body.matches("BEGIN:VEVENT").count(), 3);
    let text = text.says("DTSTART:20261201T100000Z").says("A\\; b\\, c").says("SUMMARY:Change council");
    assert!(!text.body.contains("Pavel") && !text.body.contains('@') || text.body.matches('@').count() == 3, "nobody's name");
    chair.post(&format!("/council/meetings/{}/cancellation", meeting.id), &[]).await.expect(303);
    world.stranger().get(&first).await.expect(200).says("STATUS:CANCELLED");
    let page = chair.post(&format!("/council/{id}/calendar"), &[]).await.expect(200);
    world.stranger().get(&first).await.expect(404);
    let second = format!("/council/calendar/{}", feed(&page.body));
    world.stranger().get(&second).await.expect(200);
    world.stranger().get("/council/calendar/zzz.ics").await.expect(404);
    admin.post(&format!("/council/{id}/members/{}/leaving", chair.id), &[]).await.expect(303);
    world.stranger().get(&second).await.expect(404);
}
}

both! {
async fn promises_stand_in_the_queue_and_come_to_mind(world: World) {
    let admin = world.person("Ingrid", Role::Admin).await;
    let olga = world.person("Olga", Role::Owner).await;
    let petr = world.person("Petr", Role::Owner).await;
    let id = council(&admin, &[]).await;
    let meeting = ahead(&world, id).await[0].id;
    let (now, owner) = (world.now(), olga.id);
    let desk = heard::cases::actions::Desk::of(&world.app);
    let action = world
        .write(move |c| {
            let promise = heard::council::actions::Promise {
                meeting_id: meeting,
                item_id: None,
                change_id: None,
                text: "Ask <b>team B</b>".into(),
                owner_id: owner,
                due_on: (now + Duration::days(2)).date_naive(),
            };
            heard::council::actions::promise(c, &desk, heard::journal::By::SYSTEM, promise)
        })
        .await
        .id;
    run(&world).await;
    run(&world).await;
    assert_eq!(pairs(&told(&world).await), [("olga", "soon")]);
    assert_eq!(items(&world, meeting).await[0].kind, Kind::Action);
    olga.get("/cases").await.expect(200).says("Ask &lt;b&gt;team B&lt;/b&gt;");
    assert!(!petr.get("/cases").await.body.contains("team B"));
    petr.get(&format!("/council/{id}/actions")).await.expect(200).says("Olga");
    world.advance(Duration::days(3));
    run(&world).await;
    run(&world).await;
    assert_eq!(pairs(&told(&world).await)[1..], [("olga", "late")]);
    world.advance(Duration::days(7));
    run(&world).await;
    assert_eq!(told(&world).await.iter().filter(|(_, why)| why == "late").count(), 2, "every week");

    sign_in_again(&olga).await;
    sign_in_again(&petr).await;
    let at = format!("/council/actions/{action}");
    petr.post(&at, &[("done", "1")]).await.expect(403);
    olga.post(&at, &[("done", "1"), ("note", "They have two printers now")]).await.expect(303);
    olga.post(&at, &[("done", "1")]).await.expect(303);
    let notes: Vec<Option<String>> = world.read(|c| Ok(council_actions::table.select(council_actions::done_note).load(c)?)).await;
    assert_eq!(notes, [Some("They have two printers now".to_owned())], "done twice it is done once");
    assert!(!olga.get("/cases").await.body.contains("team B"));
    petr.get(&format!("/council/{id}/actions")).await.expect(200).says("They have two printers now");
    olga.post(&at, &[("done", "")]).await.expect(303);
    olga.get("/cases").await.expect(200).says("team B");
    let gone = world.read(move |c| Ok(meetings::table.find(meeting).select(meetings::id).first::<i64>(c).optional()?)).await;
    assert_eq!(gone, Some(meeting));
}
}
