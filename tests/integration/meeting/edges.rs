//! What happens in meetings besides what was planned.

use super::Session;
use crate::both;
use chrono::Duration;
use diesel::prelude::*;
use heard::council::meeting::run;
use heard::council::model::{ItemState, Stage};
use heard::db::schema::{changes, council_members};
use heard::db::types::Ts;
use heard::web::viewer::Role;

impl Session {
    pub async fn lend(&self, member: i64, to: i64) {
        let council = self.council;
        self.world
            .write(move |c| {
                let row = council_members::table.find((council, member));
                Ok(diesel::update(row).set(council_members::delegate_id.eq(Some(to))).execute(c)?)
            })
            .await;
    }

    async fn archive(&self, n: usize) {
        let (reference, now) = (self.changes[n].clone(), self.world.now());
        self.world
            .write(move |c| {
                let row = changes::table.filter(changes::reference.eq(reference));
                let put_away =
                    (changes::archived_at.eq(Some(Ts::from(now))), changes::version.eq(changes::version + 1));
                Ok(diesel::update(row).set(put_away).execute(c)?)
            })
            .await;
    }
}

both! {
async fn of_two_chairs_one_steers_and_the_other_can_take_over(world: World) {
    let session = Session::new(&world).await;
    let admin = world.person("Ingrid", Role::Admin).await;
    session.start().await;
    admin.post(&session.room("/start"), &[]).await.expect(303);
    assert_eq!(session.row().await.chair_id, Some(session.chair.id), "the first holds it");
    session.steer(&admin, "/vote", 0).await.expect(409).says("Somebody else holds the chair");
    admin.get(&session.room("")).await.expect(200).says("Take the chair");
    session.front.post(&session.room("/chair"), &[]).await.expect(403);
    session.steer(&session.front, "/vote", 0).await.expect(403);

    admin.post(&session.room("/chair"), &[]).await.expect(303);
    session.steer(&admin, "/vote", 0).await.expect(303);
    session.steer(&session.chair, "/tally", 0).await.expect(409).says("Somebody else holds the chair");
    // Two windows of one chair: the one that is behind is told so.
    session.steer(&admin, "/item", 1).await.expect(303);
    session.steer(&admin, "/vote", 0).await.expect(409).says("moved on");
}
}

both! {
async fn a_vote_that_is_broken_off_never_was(world: World) {
    let session = Session::begin(&world).await;
    session.steer(&session.chair, "/vote", 0).await.expect(303);
    session.cast(&session.front, 0, "accept").await.expect(303);
    session.decide(0, "accept", &[]).await.expect(409).says("still open");
    world.advance(Duration::seconds(90));
    session.show(1).await.expect(303);
    let left = session.item(0).await;
    assert_eq!((left.state, left.seconds, left.shown_at), (ItemState::Waiting, 90, None));
    session.cast(&session.front, 0, "accept").await.expect(409).says("moved on");
    session.show(0).await.expect(303);
    session.steer(&session.chair, "/vote", 0).await.expect(303);
    session.chair.get(&session.room("")).await.expect(200).says("0 of 3 have voted").says("01:30");
}
}

both! {
async fn a_change_that_is_put_away_on_the_screen_is_noted(world: World) {
    let session = Session::begin(&world).await;
    session.steer(&session.chair, "/vote", 0).await.expect(303);
    let before = session.chair.get(&session.room("/version")).await.expect(200).body;
    session.archive(0).await;
    assert_ne!(session.chair.get(&session.room("/version")).await.expect(200).body, before, "screens are told");
    session.steer(&session.chair, "/tally", 0).await.expect(303);
    session.chair.get(&session.room("")).await.expect(200).says("nothing left to vote on");
    session.steer(&session.chair, "/vote", 0).await.expect(409).says("merged or archived");
    session.decide(0, "accept", &[]).await.expect(422);
    session.decide(0, "noted", &[]).await.expect(303);
    session.sign().await.expect(303);
    assert_eq!(session.status_of(0).await, "proposed");
}
}

both! {
async fn a_meeting_that_nobody_ends_ends_by_itself(world: World) {
    let session = Session::begin(&world).await;
    let end = |now| move |c: &mut heard::db::Conn| run::end_forgotten(c, now);
    session.pass(run::LONGEST - Duration::seconds(1)).await;
    assert_eq!(world.write(end(world.now())).await, 0);
    world.advance(Duration::seconds(1));
    assert_eq!(world.write(end(world.now())).await, 1);
    assert_eq!(world.write(end(world.now())).await, 0);
    let row = session.row().await;
    assert_eq!((row.status, row.join_code, row.item_id), (Stage::Ended, None, None));
    session.cast(&session.front, 0, "accept").await.expect(409).says("over");
    session.chair.post(&session.room("/start"), &[]).await.expect(409).says("too long ago");
    session.quality.get(&session.room("")).await.expect(200).says("The meeting is over");
}
}

both! {
async fn what_was_ended_too_early_goes_on(world: World) {
    let session = Session::begin(&world).await;
    session.decide(0, "accept", &[]).await.expect(303);
    let code = session.row().await.join_code;
    session.chair.post(&session.room("/end"), &[]).await.expect(303);
    session.chair.post(&session.room("/start"), &[]).await.expect(303);
    let row = session.row().await;
    assert!(row.status == Stage::Running && row.join_code.is_some() && row.join_code != code);
    assert_eq!(row.item_id, Some(session.items[1]), "with what comes next");

    let second = session.tomorrow().await;
    session.chair.post(&format!("/council/meetings/{second}/room/start"), &[]).await.expect(409).says("still running");
}
}

both! {
async fn who_may_look_on(world: World) {
    let session = Session::begin(&world).await;
    let employee = world.person("Nina", Role::Employee).await;
    for path in [session.room(""), session.room("/version"), session.room("/code.svg"), session.minutes("")] {
        session.front.get(&path).await.expect(200);
        session.quality.get(&path).await.expect(200);
        employee.get(&path).await.expect(404);
        assert_ne!(world.stranger().get(&path).await.status, 200);
    }
    session.chair.get("/council/meetings/12/room").await.expect(404);
    session.chair.get("/council/meetings/x/room").await.expect(404);
}
}
