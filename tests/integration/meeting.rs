//! A council while it meets: the chair, the phones, the votes, the decisions, the minutes.

mod edges;
mod minutes;
mod votes;

use crate::backlog::propose;
use crate::support::{Actor, Answer, World};
use chrono::Duration;
use diesel::prelude::*;
use heard::council::model::{Kind, Seat};
use heard::council::store::{Council, Item, Meeting, Member};
use heard::council::{agenda, calendar};
use heard::db::schema::{agenda_items, changes, council_members, council_quorums, councils, meetings};
use heard::id;
use heard::web::viewer::{Role, start_session};

/// A council of three with a meeting today, and what is on its agenda.
pub struct Session {
    pub world: World,
    pub chair: Actor,
    pub quality: Actor,
    pub front: Actor,
    pub council: i64,
    pub meeting: i64,
    pub items: Vec<i64>,
    /// The reference of the change that each item is about.
    pub changes: Vec<String>,
}

impl Session {
    /// Three changes on the agenda, and a quorum of one from operations and one from the front line.
    pub async fn new(world: &World) -> Session {
        let chair = world.person("Carol", Role::Council).await;
        let quality = world.person("Quentin", Role::Owner).await;
        let front = world.person("Fatima", Role::Employee).await;
        let council = id::new_id();
        seat(world, council, &chair, &quality, &front).await;
        let mut changes = Vec::new();
        for title in ["One window", "Shift swaps", "Call scripts"] {
            changes.push(propose(&chair, &[("title", title)]).await);
        }
        let (meeting, items) = plan(world, council, &changes).await;
        Session { world: world.clone(), chair, quality, front, council, meeting, items, changes }
    }

    pub fn room(&self, path: &str) -> String {
        format!("/council/meetings/{}/room{path}", self.meeting)
    }

    pub fn minutes(&self, path: &str) -> String {
        format!("/council/meetings/{}/minutes{path}", self.meeting)
    }

    pub async fn start(&self) {
        self.chair.post(&self.room("/start"), &[]).await.expect(303);
    }

    /// Started, and everybody has taken their seat by their own sign-in.
    pub async fn begin(world: &World) -> Session {
        let session = Session::new(world).await;
        session.start().await;
        for who in [&session.chair, &session.quality, &session.front] {
            session.sit(who, who.id).await.expect(303);
        }
        session
    }

    pub async fn sit(&self, who: &Actor, member: i64) -> Answer {
        let seat = format!("{member}.{}", who.id);
        who.post("/join", &[("meeting", &self.meeting.to_string()), ("who", &seat)]).await
    }

    /// A meeting of the same council a day later, to which everybody has signed in anew.
    pub async fn tomorrow(&self) -> i64 {
        self.pass(Duration::days(1)).await;
        plan(&self.world, self.council, &[]).await.0
    }

    /// Lets time pass; sessions end meanwhile, so everybody signs in anew.
    pub async fn pass(&self, time: Duration) {
        self.world.advance(time);
        let now = self.world.now();
        for who in [&self.chair, &self.quality, &self.front] {
            let id = who.id;
            let token = self.world.write(move |c| Ok(start_session(c, id, "test", now)?)).await;
            who.set_cookie("heard", &token);
        }
    }

    pub async fn show(&self, n: usize) -> Answer {
        self.steer(&self.chair, "/item", n).await
    }

    pub async fn steer(&self, who: &Actor, path: &str, n: usize) -> Answer {
        who.post(&self.room(path), &[("item", &self.items[n].to_string())]).await
    }

    pub async fn cast(&self, who: &Actor, n: usize, vote: &str) -> Answer {
        who.post("/join/vote", &[("item", &self.items[n].to_string()), ("vote", vote)]).await
    }

    pub async fn decide(&self, n: usize, decision: &str, more: &[(&str, &str)]) -> Answer {
        let (item, owner) = (self.items[n].to_string(), self.quality.id.to_string());
        let mut form = vec![
            ("item", item.as_str()),
            ("decision", decision),
            ("reason", "It helps most"),
            ("owner", &owner),
            ("due_on", "2026-12-18"),
        ];
        form.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
        form.extend(more);
        self.chair.post(&self.room("/decision"), &form).await
    }

    pub async fn item(&self, n: usize) -> Item {
        let id = self.items[n];
        self.world.read(move |c| Ok(agenda_items::table.find(id).select(Item::as_select()).first(c)?)).await
    }

    pub async fn row(&self) -> Meeting {
        let id = self.meeting;
        self.world.read(move |c| Ok(meetings::table.find(id).select(Meeting::as_select()).first(c)?)).await
    }

    pub async fn status_of(&self, n: usize) -> String {
        let reference = self.changes[n].clone();
        let row = move |c: &mut heard::db::Conn| {
            Ok(changes::table.filter(changes::reference.eq(reference)).select(changes::status).first(c)?)
        };
        self.world.read(row).await
    }

    /// Ends the meeting, reads the minutes out and signs them.
    pub async fn sign(&self) -> Answer {
        self.chair.post(&self.room("/end"), &[]).await.expect(303);
        self.chair.post(&self.minutes("/reading"), &[]).await.expect(303);
        self.chair.post(&self.minutes("/signature"), &[]).await
    }
}

async fn seat(world: &World, council_id: i64, chair: &Actor, quality: &Actor, front: &Actor) {
    let council = Council {
        id: council_id,
        name: "Change council".into(),
        rule: "0 10 * * TUE#1".into(),
        zone: "Europe/Berlin".into(),
        minutes: 60,
        calendar_id: None,
        place: None,
        quota: 1,
        version: 1,
        closed_at: None,
        updated_at: world.now().into(),
    };
    let member = |who: &Actor, seat, delegate_id| Member {
        council_id,
        person_id: who.id,
        seat,
        chair: seat == Seat::Operations,
        delegate_id,
        feed_hash: None,
    };
    let members = [
        member(chair, Seat::Operations, None),
        member(quality, Seat::Quality, None),
        member(front, Seat::FrontLine, None),
    ];
    world
        .write(move |c| {
            diesel::insert_into(councils::table).values(&council).execute(c)?;
            for member in &members {
                diesel::insert_into(council_members::table).values(member).execute(c)?;
            }
            for seat in [Seat::Operations, Seat::FrontLine] {
                let row = (
                    council_quorums::council_id.eq(council_id),
                    council_quorums::seat.eq(seat),
                    council_quorums::needed.eq(1),
                );
                diesel::insert_into(council_quorums::table).values(row).execute(c)?;
            }
            Ok(())
        })
        .await;
}

/// A planned meeting of a council with these changes on its agenda, and a topic behind them.
pub async fn plan(world: &World, council_id: i64, references: &[String]) -> (i64, Vec<i64>) {
    let (meeting, references) = (calendar::fresh(council_id, world.now()), references.to_vec());
    let meeting_id = meeting.id;
    world
        .write(move |c| {
            diesel::insert_into(meetings::table).values(&meeting).execute(c)?;
            let mut items = Vec::new();
            for (position, reference) in (1..).zip(&references) {
                let (change, title): (i64, String) = changes::table
                    .filter(changes::reference.eq(reference))
                    .select((changes::id, changes::title))
                    .first(c)?;
                items.push(item(meeting_id, position, Kind::Change, Some(change), &title));
            }
            items.push(item(meeting_id, 99, Kind::Topic, None, "Winter rota"));
            for item in &items {
                diesel::insert_into(agenda_items::table).values(item).execute(c)?;
            }
            Ok((meeting_id, items.into_iter().map(|item| item.id).collect()))
        })
        .await
}

fn item(meeting_id: i64, position: i32, kind: Kind, change_id: Option<i64>, title: &str) -> Item {
    Item { position, change_id, ..agenda::fresh(meeting_id, kind, title, 5) }
}
