//! One seat, one vote, silent until all are shown.

use super::Session;
use crate::both;
use heard::council::model::{ItemState, Stage};
use heard::web::viewer::Role;

both! {
async fn a_vote_is_silent_until_all_are_shown_together(world: World) {
    let session = Session::begin(&world).await;
    session.front.get("/join/vote").await.expect(200).says("One window").says("The vote has not begun");
    session.steer(&session.chair, "/vote", 0).await.expect(303);
    session.front.get("/join/vote").await.expect(200).says("value=\"need_data\"").says("0 of 3 have voted");

    session.cast(&session.front, 0, "decline").await.expect(303);
    session.cast(&session.quality, 0, "accept").await.expect(303);
    session.cast(&session.front, 0, "accept").await.expect(303);
    let wall = session.chair.get(&session.room("")).await.expect(200).says("2 of 3 have voted").says("has voted");
    assert!(!wall.body.contains("class=\"tally\""), "nobody sees what others said");
    let phone = session.chair.get("/join/vote").await.expect(200);
    assert!(!phone.body.contains("aria-pressed=\"true\"") && !phone.body.contains("class=\"tally\""));
    session.front.get("/join/vote").await.expect(200).says("aria-pressed=\"true\"").says("Your vote is in");

    session.steer(&session.chair, "/tally", 0).await.expect(303);
    session.quality.get(&session.room("")).await.expect(200).says("<meter min=\"0\" max=\"2\" value=\"2\"");
    session.front.get("/join/vote").await.expect(200).says("You said: Accept");
    session.cast(&session.chair, 0, "decline").await.expect(409).says("no more are taken");
    session.chair.get(&session.room("")).await.expect(200).says("value=\"accept\" required checked").says("Vote again");
}
}

both! {
async fn phones_join_by_the_code_and_nobody_else_does(world: World) {
    let session = Session::new(&world).await;
    let phone = world.stranger();
    phone.get("/join").await.expect(200).says("The code is on the screen");
    session.start().await;
    let code = session.row().await.join_code.unwrap();
    phone.get("/join?code=ZZZZZZ").await.expect(422).says("no meeting with this code").says("ZZZZZZ");
    phone.get(&format!("/join?code={}-{}", code[..3].to_lowercase(), &code[3..])).await.expect(200).says("Fatima");

    let (meeting, seat) = (session.meeting.to_string(), format!("{0}.{0}", session.front.id));
    phone.post("/join", &[("meeting", &meeting), ("who", &seat)]).await.expect(404);
    phone.post("/join", &[("meeting", &meeting), ("code", "ZZZZZZ"), ("who", &seat)]).await.expect(404);
    let other = format!("{}.{}", session.front.id, session.quality.id);
    phone.post("/join", &[("meeting", &meeting), ("code", &code), ("who", &other)]).await.expect(403);
    let sat = phone.post("/join", &[("meeting", &meeting), ("code", &code), ("who", &seat)]).await.expect(303);
    assert_eq!(sat.location(), "/join/vote");
    phone.get("/join/vote").await.expect(200).says("Fatima").says("Front line");
    session.steer(&session.chair, "/vote", 0).await.expect(303);
    session.cast(&phone, 0, "accept").await.expect(303);
    session.chair.get(&session.room("")).await.expect(200).says("1 of 2 have voted");

    let forged = world.stranger();
    forged.set_cookie("seat", &format!("{meeting}.{}.{}", session.front.id, "A".repeat(26)));
    session.cast(&forged, 0, "decline").await.expect(409).says("You have no seat");
    session.chair.post(&session.room("/end"), &[]).await.expect(303);
    world.stranger().get(&format!("/join?code={code}")).await.expect(422);
    phone.get("/join/vote").await.expect(200).says("Thank you for being there");
}
}

both! {
async fn two_phones_of_one_member_cast_one_vote(world: World) {
    let session = Session::begin(&world).await;
    let code = session.row().await.join_code.unwrap();
    let (tablet, meeting) = (world.stranger(), session.meeting.to_string());
    let seat = format!("{0}.{0}", session.front.id);
    tablet.get(&format!("/join?code={code}")).await.expect(200).says("joined; tap to go on");
    tablet.post("/join", &[("meeting", &meeting), ("code", &code), ("who", &seat)]).await.expect(303);
    session.steer(&session.chair, "/vote", 0).await.expect(303);
    session.cast(&session.front, 0, "accept").await.expect(303);
    session.cast(&tablet, 0, "decline").await.expect(303);
    // A vote sent again after a lost connection is the same vote.
    session.cast(&tablet, 0, "decline").await.expect(303);
    session.chair.get(&session.room("")).await.expect(200).says("1 of 3 have voted");
    session.steer(&session.chair, "/tally", 0).await.expect(303);
    session.chair.get(&session.room("")).await.expect(200).says("value=\"decline\" checked");
}
}

both! {
async fn a_member_takes_the_seat_back_from_their_delegate(world: World) {
    let session = Session::new(&world).await;
    let deputy = world.person("Dmitri", Role::Employee).await;
    session.lend(session.quality.id, deputy.id).await;
    session.start().await;
    session.sit(&deputy, session.quality.id).await.expect(303);
    session.steer(&session.chair, "/vote", 0).await.expect(303);
    session.cast(&deputy, 0, "accept").await.expect(303);
    session.chair.get(&session.room("")).await.expect(200).says("Dmitri for Quentin");

    session.sit(&session.quality, session.quality.id).await.expect(303);
    session.cast(&deputy, 0, "decline").await.expect(409).says("You have no seat");
    deputy.get("/join/vote").await.expect(200).says("You have no seat at the moment");
    session.sit(&deputy, session.quality.id).await.expect(409).says("has come");
    session.quality.get("/join/vote").await.expect(200).says("aria-pressed=\"true\"");
    session.chair.get(&session.room("")).await.expect(200).says("1 of 2 have voted");
}
}

both! {
async fn the_delegate_of_a_delegate_has_no_seat(world: World) {
    let session = Session::new(&world).await;
    let (deputy, third) = (world.person("Dmitri", Role::Employee).await, world.person("Tina", Role::Employee).await);
    session.lend(session.quality.id, session.front.id).await;
    session.lend(session.front.id, deputy.id).await;
    session.start().await;
    session.sit(&deputy, session.front.id).await.expect(303);
    session.sit(&deputy, session.quality.id).await.expect(403);
    session.sit(&third, session.front.id).await.expect(403);
    session.sit(&session.front, session.front.id).await.expect(303);
    session.sit(&session.front, session.quality.id).await.expect(409).says("One person, one vote");
}
}

both! {
async fn who_leaves_frees_the_seat_and_the_vote_stays(world: World) {
    let session = Session::begin(&world).await;
    session.steer(&session.chair, "/vote", 0).await.expect(303);
    session.cast(&session.front, 0, "accept").await.expect(303);
    session.front.post("/join/leave", &[]).await.expect(303);
    session.chair.get(&session.room("")).await.expect(200).says("2 of 3 are here").says("of 1 needed");
    session.steer(&session.chair, "/tally", 0).await.expect(303);
    assert_eq!(session.item(0).await.state, ItemState::Revealed);
    session.chair.get(&session.room("")).await.expect(200).says("value=\"accept\" required checked");

    let code = session.row().await.join_code;
    let free = format!("/seats/{}/free", session.quality.id);
    session.quality.post(&session.room(&free), &[]).await.expect(403);
    session.chair.post(&session.room(&free), &[]).await.expect(303);
    let row = session.row().await;
    assert!(row.status == Stage::Running && row.join_code != code, "whoever was sent away knows the old code");
    session.cast(&session.quality, 0, "accept").await.expect(409);
}
}

both! {
async fn a_phone_on_another_node_sees_the_same_at_once(world: World) {
    let session = Session::begin(&world).await;
    let phone = world.again(&[]).await.stranger();
    phone.set_cookie("heard", &session.front.cookie("heard").unwrap());
    let before = phone.get("/join/version").await.expect(200).body;
    session.steer(&session.chair, "/vote", 0).await.expect(303);
    assert_ne!(phone.get("/join/version").await.expect(200).body, before);
    phone.get("/join/vote").await.expect(200).says("value=\"need_data\"");
    let before = session.chair.get(&session.room("/version")).await.expect(200).body;
    session.cast(&phone, 0, "need_data").await.expect(303);
    assert_ne!(session.chair.get(&session.room("/version")).await.expect(200).body, before);
    session.chair.get(&session.room("")).await.expect(200).says("1 of 3 have voted");
}
}
