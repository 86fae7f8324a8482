//! The outbox over both databases: who is not written to, what waits, and what admins see of it.

use crate::both;
use crate::support::{Actor, World};
use chrono::Duration;
use diesel::prelude::*;
use heard::db::schema::{mail_domains, outbox as rows, people};
use heard::db::types::Ts;
use heard::i18n::Lang;
use heard::id;
use heard::mail::domains::Limits;
use heard::mail::outbox::{self, Claimed, Mail, NewMail, Owner, Status};
use heard::mail::sender;
use heard::mail::transport::Outcome;
use heard::mail::undeliverable::{self, Kind};
use heard::web::viewer::Role;
use serde_json::json;

/// Queues a mail of this template to a person; what is in it does not matter here.
async fn queue(world: &World, to: &Actor, template: &'static str) -> i64 {
    let (mail_id, person_id, address, now) = (id::new_id(), to.id, to.email.clone(), world.now());
    world
        .write(move |c| {
            let data = json!({"asked_at": now, "page_url": "https://heard.example.org/outbox/1"});
            let name = "Ann".to_owned();
            let mail =
                NewMail { person_id, template, event_id: mail_id, case_id: None, lang: Lang::En, address, name, data };
            assert!(outbox::enqueue_as(c, mail_id, &mail, now)?);
            Ok(mail_id)
        })
        .await
}

/// The same person with another address.
fn at(person: &Actor, email: &str) -> Actor {
    let mut elsewhere = person.clone();
    elsewhere.email = email.to_owned();
    elsewhere
}

async fn claim(world: &World, owner: &Owner, limits: Limits, most: usize) -> Claimed {
    let (owner, now) = (owner.clone(), world.now());
    world.write(move |c| Ok(outbox::claim(c, &owner, limits, now, most)?)).await
}

async fn mail(world: &World, id: i64) -> Mail {
    world.read(move |c| Ok(outbox::find(c, id)?)).await
}

async fn drain(world: &World) {
    heard::schedule::drain(world.app.clone(), Owner::new()).await.unwrap();
}

both! {
    async fn bounces_are_counted_by_address(world: World) {
        let now = world.now();
        let stopped = |address: &'static str, kind, day| {
            world.write(move |c| Ok(undeliverable::note(c, address, kind, "5.0.0 no", now + Duration::days(day))?))
        };
        assert!(stopped("Ann@Example.com", Kind::Hard, 0).await);
        assert!(!stopped("ann@example.com", Kind::Hard, 1).await, "told once");
        for day in 0..5 {
            assert!(!stopped("bob@example.com", Kind::Soft, day).await);
            assert!(!stopped("bob@example.com", Kind::Soft, day).await);
        }
        assert!(stopped("bob@example.com", Kind::Soft, 5).await);
        let known = world.write(|c| Ok(undeliverable::find(c, "BOB@example.com")?)).await.unwrap();
        assert_eq!((known.points, known.said.as_str()), (30, "5.0.0 no"));
        assert!(world.write(|c| Ok(undeliverable::lift(c, "Bob@example.com")?)).await);
        assert!(!world.write(|c| Ok(undeliverable::lift(c, "bob@example.com")?)).await);
    }
}

both! {
    async fn wishes_reach_mails_that_are_queued(world: World) {
        let ann = world.person("Ann", Role::Owner).await;
        let until = world.now() + Duration::days(7);
        let now = Some(Ts::from(world.now()));
        let templates = ["digest", "received", "notice", "closure", "password"];
        let queue_all = || async {
            let mut ids = Vec::new();
            for template in templates {
                ids.push(queue(&world, &ann, template).await);
            }
            ids
        };
        let (paused, id) = (queue_all().await, ann.id);
        let pause = people::mail_paused_until.eq(Some(Ts::from(until)));
        world.write(move |c| Ok(diesel::update(people::table.find(id)).set(pause).execute(c)?)).await;
        let me = Owner::new();
        let claimed = claim(&world, &me, Limits::NONE, 100).await;
        let sent: Vec<&str> = claimed.mails.iter().map(|(mail, _)| mail.template.as_str()).collect();
        assert_eq!((sent, claimed.put_off), (vec!["closure", "password"], 3));
        let waiting = mail(&world, paused[0]).await;
        assert_eq!((waiting.status, waiting.attempts, *waiting.next_at), (Status::Queued, 0, until));
        assert_eq!(claim(&world, &me, Limits::NONE, 100).await.taken(), 0, "they are left alone till then");

        let ended = (
            people::digest_ended_at.eq(now),
            people::received_ended_at.eq(now),
            people::notice_ended_at.eq(now),
        );
        world.write(move |c| Ok(diesel::update(people::table.find(id)).set(ended).execute(c)?)).await;
        let refused = queue_all().await;
        let claimed = claim(&world, &me, Limits::NONE, 100).await;
        assert_eq!((claimed.mails.len(), claimed.suppressed.len(), claimed.put_off), (2, 3, 0));
        let held = mail(&world, refused[1]).await;
        assert_eq!((held.status, held.reply.as_deref()), (Status::Suppressed, Some(outbox::UNSUBSCRIBED)));
        assert_eq!(world.read(move |c| Ok(outbox::tries(c, refused[1])?)).await[0].outcome, "suppressed");

        world.write(move |c| Ok(diesel::update(people::table.find(id)).set(people::disabled_at.eq(now)).execute(c)?)).await;
        queue_all().await;
        assert_eq!(claim(&world, &me, Limits::NONE, 100).await.suppressed.len(), templates.len());
    }
}

both! {
    async fn an_address_that_takes_no_mail_gets_none_but_a_way_in(world: World) {
        let ann = world.person("Ann", Role::Owner).await;
        let now = world.now();
        world.write(move |c| Ok(undeliverable::note(c, "ANN@heard.example", Kind::Hard, "550 5.1.1 nobody", now)?)).await;
        let closure = queue(&world, &ann, "closure").await;
        for template in ["password", "invitation"] {
            queue(&world, &ann, template).await;
        }
        let claimed = claim(&world, &Owner::new(), Limits::NONE, 100).await;
        assert_eq!(claimed.mails.len(), 2);
        assert!(matches!(&claimed.suppressed[0].1, Outcome::Refused(why) if why.contains("5.1.1")), "a bounce, no opt-out");
        let held = mail(&world, closure).await;
        assert_eq!(held.status, Status::Suppressed);
        // An administrator knows better.
        world.write(move |c| outbox::retry(c, closure, now)).await;
        assert_eq!(claim(&world, &Owner::new(), Limits::NONE, 100).await.mails.len(), 1);
    }
}

both! {
    async fn a_long_queue_to_one_domain_is_touched_once_and_holds_up_nobody(world: World) {
        let limits = Limits { per_minute: 10, per_day: 0 };
        let (ann, me) = (world.person("Ann", Role::Owner).await, Owner::new());
        let bob = at(&world.person("Bob", Role::Owner).await, "bob@elsewhere.example");
        // A digest goes to the address its reader has now.
        let moved = people::table.find(bob.id);
        world.write(move |c| Ok(diesel::update(moved).set(people::email.eq("bob@elsewhere.example")).execute(c)?)).await;
        for _ in 0..60 {
            queue(&world, &ann, "digest").await;
        }
        let other = queue(&world, &bob, "digest").await;
        let (mut sent, mut put_off) = (0, 0);
        loop {
            let claimed = claim(&world, &me, limits, 7).await;
            if claimed.taken() == 0 {
                break;
            }
            sent += claimed.mails.len();
            put_off += claimed.put_off;
        }
        assert_eq!((sent, put_off), (10, 51), "nine of a tenth less, and the one to elsewhere");
        assert_eq!(mail(&world, other).await.status, Status::Leased);
        // A receipt finds room; a second one has to wait like everybody else.
        let receipt = queue(&world, &ann, "received").await;
        assert_eq!(claim(&world, &me, limits, 7).await.mails[0].0.id, receipt);
        for minute in 1..=6 {
            world.advance(Duration::minutes(1));
            let claimed = claim(&world, &me, limits, 100).await;
            let expected = if minute == 6 { 6 } else { 9 };
            assert_eq!((claimed.mails.len(), claimed.put_off), (expected, 0), "minute {minute}");
            assert!(claimed.mails.iter().all(|(mail, _)| mail.attempts == 1), "waiting is no try");
        }
    }
}

both! {
    async fn nodes_that_claim_side_by_side_keep_to_one_limit(world: World) {
        let limits = Limits { per_minute: 0, per_day: 50 };
        let ann = world.person("Ann", Role::Owner).await;
        for n in 0..200 {
            let domain = if n % 2 == 0 { "one" } else { "two" };
            queue(&world, &at(&ann, &format!("ann@{domain}.example")), "closure").await;
        }
        let nodes: Vec<Owner> = (0..4).map(|_| Owner::new()).collect();
        let claims = nodes.iter().map(|node| async {
            let mut sent = 0;
            for _ in 0..10 {
                sent += claim(&world, node, limits, 9).await.mails.len();
            }
            sent
        });
        let sent: usize = futures_util::future::join_all(claims).await.into_iter().sum();
        assert_eq!(sent, 100);
        let counted: Vec<i32> = world
            .read(|c| Ok(mail_domains::table.order(mail_domains::domain).select(mail_domains::day_sent).load(c)?))
            .await;
        assert_eq!(counted, [50, 50]);
        world.advance(Duration::days(1));
        assert_eq!(claim(&world, &nodes[0], limits, 500).await.mails.len(), 100, "the next day the others go");
    }
}

both! {
    async fn every_try_is_remembered(world: World) {
        let ann = world.person("Ann", Role::Admin).await;
        let (id, me) = (queue(&world, &ann, "test").await, Owner::new());
        let hostile = "450 4.2.0 <script>\0later\u{7}".to_owned();
        for (outcome, minutes) in [
            (Outcome::Unreachable("refused".into()), 0),
            (Outcome::Retry(hostile), 0),
            (Outcome::Unknown("closed".into()), 2),
            (Outcome::Sent("250 ok".into()), 16),
        ] {
            world.advance(Duration::minutes(minutes));
            let (mail, _) = claim(&world, &me, Limits::NONE, 10).await.mails.remove(0);
            let (owner, now) = (me.clone(), world.now());
            world.write(move |c| Ok(outbox::finish(c, &mail, &owner, &outcome, now, 0.0)?)).await;
        }
        let tries = world.read(move |c| Ok(outbox::tries(c, id)?)).await;
        let words: Vec<&str> = tries.iter().map(|one| one.outcome.as_str()).collect();
        assert_eq!(words, ["unreachable", "retry", "unknown", "sent"]);
        assert!(tries[1].said.contains("later") && !tries[1].said.contains('\0') && !tries[1].node.is_empty());
        assert_eq!(mail(&world, id).await.attempts, 3, "a server that was not there is no try");
        let shown = ann.get(&format!("/outbox/{id}")).await.expect(200);
        shown.says("It may have been sent twice").says("250 ok").says("&lt;script&gt;").says("The server was not there");
    }
}

both! {
    async fn the_list_is_by_state_and_finds_addresses_and_cases(world: World) {
        let (ann, bob) = (world.person("Ann", Role::Admin).await, world.person("Bob", Role::Owner).await);
        let (to_ann, to_bob) = (queue(&world, &ann, "test").await, queue(&world, &bob, "test").await);
        let now = world.now();
        world.write(move |c| outbox::cancel(c, to_bob, now)).await;
        let lists = |answer: &str, id: i64| answer.contains(&format!("/outbox/{id}\""));
        let all = ann.get("/outbox").await.expect(200).body;
        assert!(lists(&all, to_ann) && lists(&all, to_bob));
        let held = ann.get("/outbox?state=suppressed").await.expect(200).body;
        assert!(!lists(&held, to_ann) && lists(&held, to_bob));
        let found = ann.get("/outbox?q=%20BOB%40heard.example").await.expect(200).body;
        assert!(!lists(&found, to_ann) && lists(&found, to_bob));
        ann.get("/outbox?q=F-7QK3M9X&state=queued").await.expect(200).says("No such mail");
        ann.get("/outbox?q=%00%27%22%3Cb%3E&state=nonsense&after=").await.expect(400);
        bob.get("/outbox").await.expect(403);
        bob.get(&format!("/outbox/{to_ann}")).await.expect(403);

    }
}

both! {
    async fn admins_cancel_retry_and_ask_for_a_test(world: World) {
        let ann = world.person("Ann", Role::Admin).await;
        let id = queue(&world, &ann, "test").await;
        let path = format!("/outbox/{id}");
        ann.post(&format!("{path}/retry"), &[]).await.expect(409);
        ann.post(&format!("{path}/cancellation"), &[]).await.expect(303);
        ann.get(&path).await.expect(200).says("held back by an administrator");
        drain(&world).await;
        assert_eq!(mail(&world, id).await.status, Status::Suppressed);
        ann.post(&format!("{path}/cancellation"), &[]).await.expect(409);
        ann.post(&format!("{path}/retry"), &[]).await.expect(303);
        drain(&world).await;
        ann.get(&path).await.expect(200).says("local mailbox");

        let page = ann.post("/outbox/test", &[]).await.expect(303).location().to_owned();
        ann.get(&page).await.expect(200).says("Look again").says("Test: mail from");
        drain(&world).await;
        ann.get(&page).await.expect(200).says("Taken").says("local mailbox");
        ann.post("/lang", &[("lang", "ru"), ("back", "/")]).await;
        ann.get(&page).await.expect(200).says("Принято");
        ann.get("/outbox").await.expect(200).says("Отправить мне пробное письмо");

        let bob = world.person("Bob", Role::Council).await;
        for path in ["/outbox/test", "/outbox/stop/end", &format!("{path}/retry"), &format!("{path}/cancellation")] {
            bob.post(path, &[]).await.expect(403);
        }
    }
}

both! {
    async fn the_stop_is_seen_everywhere_and_can_be_ended(world: World) {
        // A port that nobody listens on.
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let node = world.again(&[("HEARD__MAIL__URL", &format!("smtp://127.0.0.1:{free}"))]).await;
        let (ann, bob) = (world.person("Ann", Role::Admin).await, world.person("Bob", Role::Owner).await);
        let id = queue(&world, &ann, "test").await;
        drain(&node).await;
        let waiting = mail(&world, id).await;
        assert_eq!((waiting.status, waiting.attempts), (Status::Retry, 0));
        ann.get("/outbox").await.expect(200).says("Nothing is being sent").says("Try again now");
        // The other node heeds it, and shows it on every page of an administrator.
        drain(&world).await;
        assert_eq!(mail(&world, id).await.status, Status::Retry);
        ann.get("/cases").await.expect(200).says("Mail has stopped going out");
        assert!(!bob.get("/cases").await.expect(200).body.contains("Mail has stopped going out"));

        ann.post("/outbox/stop/end", &[]).await.expect(303);
        drain(&world).await;
        assert_eq!(mail(&world, id).await.status, Status::Sent);
        assert_eq!(world.read(|c| Ok(sender::written(c)?)).await, None);
        assert!(!ann.get("/cases").await.expect(200).body.contains("Mail has stopped going out"));
    }
}

both! {
    async fn what_leases_ran_out_is_taken_by_another_and_finished_by_nobody_else(world: World) {
        let ann = world.person("Ann", Role::Owner).await;
        let id = queue(&world, &ann, "test").await;
        let (first, second) = (Owner::new(), Owner::new());
        let (late, _) = claim(&world, &first, Limits::NONE, 1).await.mails.remove(0);
        assert_eq!(claim(&world, &second, Limits::NONE, 1).await.taken(), 0);
        world.advance(outbox::LEASE);
        let (mail, _) = claim(&world, &second, Limits::NONE, 1).await.mails.remove(0);
        assert_eq!((mail.id, mail.attempts), (id, 2));
        let now = world.now();
        let finished = world
            .write(move |c| {
                let too_late = outbox::finish(c, &late, &first, &Outcome::Failed("late".into()), now, 0.0)?;
                Ok((too_late, outbox::finish(c, &mail, &second, &Outcome::Sent("250".into()), now, 0.0)?))
            })
            .await;
        assert_eq!(finished, (false, true));
        let kept: Status = world.read(move |c| Ok(rows::table.find(id).select(rows::status).first(c)?)).await;
        assert_eq!(kept, Status::Sent);
    }
}
