//! Where a change goes: who moves it, why, and what comes back by itself.

use super::{contact, link, propose, say, status_of};
use crate::both;
use crate::support::{Actor, World};
use chrono::Duration;
use heard::backlog::model::{STALLED_AFTER, Status};
use heard::backlog::{returning, store};
use heard::cases::actions::Desk;
use heard::feedback::model::Voice;
use heard::i18n::Lang;
use heard::web::viewer::Role;

async fn go(by: &Actor, change: &str, status: &str, reason: &str) -> u16 {
    by.post(&format!("/changes/{change}/status"), &[("status", status), ("reason", reason)]).await.status.as_u16()
}

async fn defer(by: &Actor, change: &str, until: &str) {
    let at = format!("/changes/{change}/deferring");
    by.post(&at, &[("reason", "After the peak"), ("back_on", until)]).await.expect(303);
}

async fn stands(world: &World, change: &str) -> Status {
    let change = change.to_owned();
    world.read(move |c| Ok(store::find(c, &change)?.status)).await
}

async fn sweep(world: &World) -> usize {
    let desk = Desk::of(&world.app);
    world.write(move |c| returning::sweep(c, &desk, 100)).await
}

both! {
async fn a_move_says_who_and_why(world: World) {
    let council = world.person("Carol", Role::Council).await;
    let olaf = world.person("Olaf", Role::Owner).await;
    let mine = olaf.id.to_string();
    let change = propose(&council, &[("owner", &mine)]).await;
    let at = format!("/changes/{change}");
    assert_eq!(go(&council, &change, "needs_data", " ").await, 422, "asking for data says which");
    let long = "x".repeat(1001);
    council.post(&format!("{at}/status"), &[("status", "needs_data"), ("reason", &long)]).await.expect(422).says(&long);
    assert_eq!(go(&olaf, &change, "needs_data", "How many?").await, 403);
    assert_eq!(go(&council, &change, "needs_data", "How many calls is it?").await, 303);
    council.get(&at).await.expect(200).says("How many calls is it?").says("Carol").says("Needs data");
    assert_eq!(go(&olaf, &change, "accepted", "").await, 403, "the council decides");
    assert_eq!(go(&olaf, &change, "proposed", "400 a week").await, 303, "its owner brings the data");
    for (by, status) in [(&council, "accepted"), (&olaf, "in_progress")] {
        assert_eq!(go(by, &change, status, "").await, 303);
    }
    assert_eq!(go(&council, &change, "proposed", "").await, 409, "nothing goes back from work");
    let news = [("outcome_en", "Done"), ("send", "1")];
    olaf.post(&format!("{at}/shipping"), &news).await.expect(303);
    assert_eq!(go(&olaf, &change, "verified", "AHT fell by 40 s").await, 303);
    council.get(&at).await.expect(200).says("AHT fell by 40 s").says("Verified");
    assert_eq!(go(&council, &change, "accepted", "").await, 409);
}
}

both! {
async fn a_deferred_change_comes_back_on_its_day(world: World) {
    let council = world.person("Carol", Role::Council).await;
    let case = say(&world, "Five tabs for every call", Voice::Employee, contact("Anna", Lang::En)).await;
    let change = propose(&council, &[("case", &case)]).await;
    go(&council, &change, "accepted", "").await;
    assert_eq!(status_of(&world, &case).await, "decided");
    let form = format!("/changes/{change}/deferring");
    for bad in ["2026-11-23", "2020-01-01", "soon", ""] {
        let answer = council.post(&form, &[("reason", "Later"), ("back_on", bad)]).await.expect(422);
        answer.says("back_on-error").says("Later");
    }
    council.post(&form, &[("reason", ""), ("back_on", "2026-11-25")]).await.expect(422).says("say why");
    defer(&council, &change, "2026-11-25").await;
    assert_eq!(status_of(&world, &case).await, "in_review", "nobody works on it any more");
    assert_eq!(sweep(&world).await, 0);
    world.advance(Duration::days(2));
    assert_eq!((sweep(&world).await, sweep(&world).await), (1, 0));
    assert_eq!(stands(&world, &change).await, Status::Proposed);
    let back = world.read(|c| Ok(returning::came_back(c)?)).await;
    assert_eq!(back.len(), 1);
    let council = world.person("Cora", Role::Council).await;
    council.get(&format!("/changes/{change}")).await.expect(200).says("came back on 25 November 2026");
    go(&council, &change, "accepted", "").await;
    assert!(world.read(|c| Ok(returning::came_back(c)?)).await.is_empty(), "it was looked at");
}
}

both! {
async fn what_was_accepted_and_stands_still_is_flagged(world: World) {
    let council = world.person("Carol", Role::Council).await;
    let (still, begun) = (propose(&council, &[]).await, propose(&council, &[("title", "Begun")]).await);
    for change in [&still, &begun] {
        go(&council, change, "accepted", "").await;
    }
    go(&council, &begun, "in_progress", "").await;
    let stalled = async || -> Vec<String> {
        let since = world.now() - STALLED_AFTER;
        world.read(move |c| Ok(store::stalled(c, since)?)).await.into_iter().map(|change| change.reference).collect()
    };
    world.advance(Duration::days(29));
    assert!(stalled().await.is_empty());
    world.advance(Duration::days(1));
    assert_eq!(stalled().await, [still.as_str()]);
    let council = world.person("Cora", Role::Council).await;
    council.get(&format!("/changes/{still}")).await.expect(200).says("nobody has begun for 30 days");
    council.post(&format!("/changes/{still}/archive"), &[("archived", "yes")]).await.expect(303);
    assert!(stalled().await.is_empty(), "what is in the archive waits for nobody");
    link(&council, &still, "F-0000000").await.expect(422);
}
}
