//! Series of digests: by the clock, for whom, and each reader once, whatever happens meanwhile.

use crate::both;
use crate::support::World;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use diesel::prelude::*;
use heard::backlog::actions::propose;
use heard::backlog::model::{News, Status};
use heard::backlog::moves::{Step, advance};
use heard::backlog::proposal::Proposal;
use heard::cases::actions::Desk;
use heard::db::schema::{digest_editions, journal, outbox, people};
use heard::db::types::Ts;
use heard::digest::editions::Edition;
use heard::digest::model::{Audience, Moves, Standing};
use heard::digest::sending::control::{self, Order};
use heard::digest::sending::{job, run};
use heard::digest::series::edit::{self, Wanted};
use heard::digest::{content, items};
use heard::i18n::Lang;
use heard::id;
use heard::journal::By;
use heard::mail::outbox::{Owner, Status as MailStatus};
use heard::web::viewer::Role;
use std::collections::HashSet;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Every day at ten in Moscow, to everybody; drafts are made the day before.
fn daily() -> Wanted {
    Wanted {
        name: "Daily".into(),
        audience: Audience::Everybody,
        team_id: None,
        site: String::new(),
        segment: String::new(),
        rule: Some("0 10 * * *".into()),
        zone: chrono_tz::Europe::Moscow,
        calendar_id: None,
        moves: Moves::Before,
        local: false,
        days_ahead: 1,
        from_name: String::new(),
        reply_to: String::new(),
        intro_en: String::new(),
        intro_ru: String::new(),
    }
}

async fn series(world: &World, wanted: Wanted) -> i64 {
    let now = world.now();
    world.write(move |c| edit::add(c, By::SYSTEM, wanted, now)).await.id
}

/// People who subscribed long ago.
async fn subscribers(world: &World, n: usize) -> Vec<i64> {
    let ids: Vec<i64> = (0..n).map(|_| id::new_id()).collect();
    let made = ids.clone();
    world
        .write(move |c| {
            for person in made {
                let row = (
                    people::id.eq(person),
                    people::email.eq(format!("p{person}@example.org")),
                    people::name.eq("Ann"),
                    people::lang.eq(Lang::En),
                    people::role.eq(Role::Contact),
                    people::created_at.eq(Ts::from(at("2026-01-01T00:00:00Z"))),
                    people::digest_since.eq(Some(Ts::from(at("2026-01-01T00:00:00Z")))),
                );
                diesel::insert_into(people::table).values(row).execute(c)?;
            }
            Ok(())
        })
        .await;
    ids
}

/// A public change that ships now.
async fn news(world: &World) {
    let desk = Desk::of(&world.app);
    world
        .write(move |c| {
            let proposal = Proposal {
                title: "One window".into(),
                ex: 3,
                cx: 3,
                effort: 1.0,
                confidence: 0.8,
                public: true,
                ..Proposal::default()
            };
            let mut change = propose(c, &desk, By::SYSTEM, proposal)?;
            advance(c, &desk, By::SYSTEM, &mut change, Step::to(Status::Accepted))?;
            let told = News::checked("One window now", "Теперь одно окно")?;
            advance(c, &desk, By::SYSTEM, &mut change, Step::to(Status::Shipped).telling(told))
        })
        .await;
}

async fn editions(world: &World, series: i64) -> Vec<Edition> {
    world
        .read(move |c| {
            let rows = digest_editions::table.filter(digest_editions::series_id.eq(series));
            Ok(rows.order(digest_editions::made_at).select(Edition::as_select()).load(c)?)
        })
        .await
}

/// An edition of a series, approved, with something to tell.
async fn approved(world: &World, series: i64) -> i64 {
    news(world).await;
    world.advance(Duration::minutes(1));
    let now = world.now();
    let day = now.date_naive();
    world
        .write(move |c| {
            let period = heard::digest::period::Period::between(day - chrono::Days::new(7), day)?;
            let edition = Edition::draft(series, period, now);
            let id = edition.id;
            heard::digest::editions::make(c, edition)?;
            approve_row(c, id, now)?;
            Ok(id)
        })
        .await
}

fn approve_row(c: &mut heard::db::Conn, id: i64, now: DateTime<Utc>) -> QueryResult<usize> {
    let edition = heard::digest::editions::find(c, id)?;
    let window = content::window(c, &edition, chrono_tz::UTC, now)?;
    items::refresh(c, &edition, &window)?;
    diesel::update(digest_editions::table.find(id))
        .set((digest_editions::status.eq(Standing::Approved), digest_editions::until_at.eq(Some(Ts::from(now)))))
        .execute(c)
}

async fn sending(world: &World, series: i64) -> i64 {
    let (id, desk) = (approved(world, series).await, Desk::of(&world.app));
    world.write(move |c| job::step(c, &desk)).await;
    id
}

async fn tick(world: &World) {
    job::tick(&world.app).await.unwrap();
}

async fn find(world: &World, id: i64) -> Edition {
    world.read(move |c| Ok(heard::digest::editions::find(c, id)?)).await
}

/// The digest mails: to whom, address, state, due.
async fn mails(world: &World) -> Vec<(i64, String, MailStatus, DateTime<Utc>)> {
    let rows: Vec<(i64, String, MailStatus, Ts)> = world
        .read(|c| {
            let rows = outbox::table.filter(outbox::template.eq("digest")).order(outbox::id);
            Ok(rows.select((outbox::person_id, outbox::address, outbox::status, outbox::next_at)).load(c)?)
        })
        .await;
    rows.into_iter().map(|(person, address, status, due)| (person, address, status, *due)).collect()
}

async fn with_status(world: &World, wanted: MailStatus) -> usize {
    mails(world).await.iter().filter(|(_, _, status, _)| *status == wanted).count()
}

async fn order(world: &World, id: i64, wanted: Order) {
    let now = world.now();
    world.write(move |c| control::order(c, By::SYSTEM, id, wanted, now)).await;
}

async fn drain(world: &World) {
    heard::schedule::drain(world.app.clone(), Owner::new()).await.unwrap();
}

async fn events(world: &World, event: &'static str) -> usize {
    world
        .read(move |c| Ok(journal::table.filter(journal::event.eq(event)).count().get_result::<i64>(c)?))
        .await
        .try_into()
        .unwrap()
}

both! {
    async fn everybody_is_reached_once_by_nodes_that_die_and_run_at_once(world: World) {
        const MANY: usize = 1203;
        let series = series(&world, Wanted { rule: None, ..daily() }).await;
        let everybody: HashSet<i64> = subscribers(&world, MANY).await.into_iter().collect();
        let id = sending(&world, series).await;
        // One batch, and the process is gone.
        run::batches(&world.app, id, 1).await.unwrap();
        assert_eq!((mails(&world).await.len(), find(&world, id).await.recipients), (500, 500));
        // Two others go on, at the same moment.
        let (one, other) = (world.again(&[]).await, world.again(&[]).await);
        let (a, b) = futures_util::future::join(run::run(&one.app, id), run::run(&other.app, id)).await;
        a.unwrap();
        b.unwrap();
        tick(&world).await;
        let got = mails(&world).await;
        assert_eq!(got.len(), MANY);
        assert_eq!(got.iter().map(|(person, ..)| *person).collect::<HashSet<_>>(), everybody);
        let edition = find(&world, id).await;
        assert_eq!((edition.status, edition.recipients, edition.runner), (Standing::Sent, MANY as i64, None));
        assert_eq!(events(&world, "digest_sent").await, 1, "said once");
    }
}

both! {
    async fn a_lease_of_another_machine_is_respected_until_it_runs_out(world: World) {
        let series = series(&world, Wanted { rule: None, ..daily() }).await;
        subscribers(&world, 3).await;
        let id = sending(&world, series).await;
        let until = Some(Ts::from(world.now() + Duration::seconds(30)));
        let elsewhere = (digest_editions::runner.eq(Some("elsewhere:1:WORD")), digest_editions::runner_until.eq(until));
        world.write(move |c| Ok(diesel::update(digest_editions::table.find(id)).set(elsewhere).execute(c)?)).await;
        tick(&world).await;
        assert!(mails(&world).await.is_empty(), "somebody is at it");
        world.advance(Duration::seconds(31));
        tick(&world).await;
        assert_eq!(mails(&world).await.len(), 3);
    }
}

both! {
    async fn a_clock_that_was_set_back_holds_no_lease_for_ever(world: World) {
        let series = series(&world, Wanted { rule: None, ..daily() }).await;
        subscribers(&world, 3).await;
        let id = sending(&world, series).await;
        let until = Some(Ts::from(world.now() + Duration::hours(6)));
        let elsewhere = (digest_editions::runner.eq(Some("elsewhere:1:WORD")), digest_editions::runner_until.eq(until));
        world.write(move |c| Ok(diesel::update(digest_editions::table.find(id)).set(elsewhere).execute(c)?)).await;
        tick(&world).await;
        assert_eq!(mails(&world).await.len(), 3);
    }
}

both! {
    async fn one_draft_for_each_date_however_often_the_clock_ticks(world: World) {
        let other = world.again(&[]).await;
        let series = series(&world, daily()).await;
        // It is noon in Moscow: today's ten o'clock is past, and not a date of this series.
        for node in [&world, &other, &world] {
            tick(node).await;
        }
        let made = editions(&world, series).await;
        assert_eq!(made.len(), 1);
        assert_eq!(made[0].slot_at.map(|at| *at), Some(at("2026-11-24T07:00:00Z")));
        assert_eq!((made[0].status, made[0].ends_on), (Standing::Draft, NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()));
        // The next one is made when this one is out.
        let (id, now) = (made[0].id, world.now());
        world.write(move |c| Ok(approve_row(c, id, now)?)).await;
        world.advance(Duration::hours(22));
        tick(&world).await;
        let made = editions(&world, series).await;
        assert_eq!((made[0].status, made[0].why.as_deref()), (Standing::Skipped, Some("nobody")));
        tick(&world).await;
        // The clock is set back behind the date: it does not come again.
        world.advance(Duration::hours(-3));
        tick(&other).await;
        tick(&world).await;
        let slots: Vec<_> = editions(&world, series).await.iter().map(|edition| edition.slot_at.map(|at| at.to_rfc3339())).collect();
        assert_eq!(slots, [Some("2026-11-24T07:00:00+00:00".to_owned()), Some("2026-11-25T07:00:00+00:00".to_owned())]);
    }
}

both! {
    async fn dates_that_were_slept_through_are_told_in_one(world: World) {
        let series = series(&world, daily()).await;
        world.advance(Duration::days(5));
        tick(&world).await;
        tick(&world).await;
        let made = editions(&world, series).await;
        assert_eq!(made.len(), 1, "the last of them, and no more until it is out");
        assert_eq!(made[0].slot_at.map(|at| *at), Some(at("2026-11-28T07:00:00Z")));
    }
}

both! {
    async fn clocks_that_change_neither_leave_out_a_digest_nor_send_two(world: World) {
        for (name, from, slots) in [
            ("Spring", "2027-03-27T12:00:00Z", ["2027-03-28T01:00:00+00:00", "2027-03-29T00:30:00+00:00"]),
            ("Autumn", "2027-10-30T12:00:00Z", ["2027-10-31T00:30:00+00:00", "2027-11-01T01:30:00+00:00"]),
        ] {
            world.advance(at(from) - world.now());
            let wanted = Wanted { name: name.into(), rule: Some("30 2 * * *".into()), zone: chrono_tz::Europe::Berlin, days_ahead: 0, ..daily() };
            let series = series(&world, wanted).await;
            // Nobody is there to read it: each edition is skipped as soon as it is due, and the next may come.
            for _ in 0..96 {
                tick(&world).await;
                let now = world.now();
                for edition in editions(&world, series).await.into_iter().filter(|e| e.status == Standing::Draft) {
                    world.write(move |c| Ok(approve_row(c, edition.id, now)?)).await;
                }
                world.advance(Duration::minutes(30));
            }
            let made: Vec<String> = editions(&world, series).await.iter().filter_map(|e| Some(e.slot_at?.to_rfc3339())).collect();
            assert_eq!(made, slots, "{name}");
        }
    }
}

both! {
    async fn a_pause_keeps_every_mail_and_a_stop_ends_them(world: World) {
        let series = series(&world, Wanted { rule: None, ..daily() }).await;
        subscribers(&world, 700).await;
        let id = sending(&world, series).await;
        run::batches(&world.app, id, 1).await.unwrap();
        order(&world, id, Order::Pause).await;
        // The word alone keeps them, before anything was tidied.
        drain(&world).await;
        assert_eq!((with_status(&world, MailStatus::Sent).await, mails(&world).await.len()), (0, 500));
        tick(&world).await;
        world.advance(Duration::days(30));
        drain(&world).await;
        assert_eq!((with_status(&world, MailStatus::Sent).await, find(&world, id).await.recipients), (0, 500));

        order(&world, id, Order::Resume).await;
        tick(&world).await;
        assert_eq!((find(&world, id).await.status, find(&world, id).await.recipients), (Standing::Sent, 700));
        order(&world, id, Order::Pause).await;
        control::tidy(&world.app, id).await.unwrap();
        drain(&world).await;
        assert_eq!(with_status(&world, MailStatus::Sent).await, 0, "what was queued can be paused too");
        order(&world, id, Order::Resume).await;
        tick(&world).await;
        drain(&world).await;
        assert_eq!(with_status(&world, MailStatus::Sent).await, 700);
        assert_eq!(events(&world, "digest_sent").await, 1, "said once");
    }
}

both! {
    async fn a_series_closed_while_it_is_sent_stops_and_says_why(world: World) {
        let series = series(&world, Wanted { rule: None, ..daily() }).await;
        subscribers(&world, 700).await;
        let id = sending(&world, series).await;
        run::batches(&world.app, id, 1).await.unwrap();
        let desk = Desk::of(&world.app);
        world.write(move |c| edit::close(c, &desk, By::SYSTEM, series)).await;
        tick(&world).await;
        drain(&world).await;
        assert_eq!((with_status(&world, MailStatus::Suppressed).await, mails(&world).await.len()), (500, 500));
        let edition = find(&world, id).await;
        assert_eq!((edition.status, edition.why.as_deref()), (Standing::Stopped, Some("series_closed")));
        let now = world.now();
        let refused = world.app.db.write(move |c| control::order(c, By::SYSTEM, id, Order::Resume, now)).await;
        assert!(refused.is_err(), "what is stopped stays stopped");
    }
}

both! {
    async fn what_a_reader_changes_meanwhile_gives_no_second_mail(world: World) {
        let series = series(&world, Wanted { rule: None, ..daily() }).await;
        let readers = subscribers(&world, 600).await;
        let id = sending(&world, series).await;
        run::batches(&world.app, id, 1).await.unwrap();
        // One who was reached and one who was not yet, each with another address and language; and two who leave.
        let (moved, left) = ([readers[0], readers[599]], [readers[1], readers[598]]);
        let now = Some(Ts::from(world.now()));
        world.write(move |c| {
            for person in moved {
                let set = (people::email.eq(format!("new{person}@example.org")), people::lang.eq(Lang::Ru));
                diesel::update(people::table.find(person)).set(set).execute(c)?;
            }
            let leaving = people::table.filter(people::id.eq_any(left));
            Ok(diesel::update(leaving).set(people::digest_ended_at.eq(now)).execute(c)?)
        }).await;
        tick(&world).await;
        drain(&world).await;
        let mails = mails(&world).await;
        assert_eq!((mails.len(), find(&world, id).await.recipients), (599, 599));
        for person in moved {
            let theirs: Vec<_> = mails.iter().filter(|(to, ..)| *to == person).collect();
            assert_eq!(theirs.len(), 1);
            assert_eq!((theirs[0].1.as_str(), theirs[0].2), (format!("new{person}@example.org").as_str(), MailStatus::Sent));
        }
        let status = |person: i64| mails.iter().find(|(to, ..)| *to == person).map(|(_, _, status, _)| *status);
        assert_eq!((status(left[0]), status(left[1])), (Some(MailStatus::Suppressed), None));
        assert_eq!(find(&world, id).await.skips.0["opted_out"], 1);
    }
}

both! {
    async fn each_gets_it_at_the_hour_of_their_own_clock(world: World) {
        let series = series(&world, Wanted { rule: None, local: true, ..daily() }).await;
        let readers = subscribers(&world, 3).await;
        let (far, odd) = (readers[0], readers[1]);
        world.write(move |c| {
            diesel::update(people::table.find(far)).set(people::zone.eq("Asia/Vladivostok")).execute(c)?;
            Ok(diesel::update(people::table.find(odd)).set(people::zone.eq("Moon/Sea")).execute(c)?)
        }).await;
        let id = approved(&world, series).await;
        let when = Some(Ts::from(at("2026-11-25T07:00:00Z")));
        world.write(move |c| Ok(diesel::update(digest_editions::table.find(id)).set(digest_editions::send_at.eq(when)).execute(c)?)).await;
        tick(&world).await;
        assert!(mails(&world).await.is_empty(), "ten o'clock is nowhere yet");
        world.advance(at("2026-11-24T21:00:00Z") - world.now());
        tick(&world).await;
        let due: Vec<_> = mails(&world).await.into_iter().map(|(person, _, _, due)| (person, due)).collect();
        let moscow = at("2026-11-25T07:00:00Z");
        assert_eq!(due, [(far, at("2026-11-25T00:00:00Z")), (odd, moscow), (readers[2], moscow)]);
    }
}

both! {
    async fn an_audience_without_readers_or_without_news_is_said(world: World) {
        let nobody = series(&world, Wanted { rule: None, segment: "nobody is here".into(), ..daily() }).await;
        subscribers(&world, 2).await;
        let id = sending(&world, nobody).await;
        tick(&world).await;
        assert_eq!((find(&world, id).await.status, find(&world, id).await.why.as_deref()), (Standing::Skipped, Some("nobody")));
        let mine = series(&world, Wanted { name: "Mine".into(), rule: None, audience: Audience::Contributors, ..daily() }).await;
        let id = sending(&world, mine).await;
        tick(&world).await;
        let edition = find(&world, id).await;
        assert_eq!((edition.status, edition.why.as_deref(), &edition.skips.0["empty"]), (Standing::Skipped, Some("nothing"), &2.into()));
        assert!(mails(&world).await.is_empty());
    }
}

both! {
    async fn a_digest_nobody_approved_waits_and_the_council_hears_of_it_once(world: World) {
        let council = world.person("Carla", Role::Council).await;
        world.person("Olga", Role::Owner).await;
        let series = series(&world, daily()).await;
        subscribers(&world, 2).await;
        world.advance(Duration::days(1));
        let other = world.again(&[]).await;
        for node in [&world, &other, &world] {
            node.app.clock.advance(world.now() - node.now());
            tick(node).await;
        }
        let told: Vec<i64> = world.read(|c| Ok(outbox::table.filter(outbox::template.eq("notice")).select(outbox::person_id).load(c)?)).await;
        assert_eq!(told, [council.id]);
        let edition = editions(&world, series).await.remove(0);
        assert_eq!(edition.status, Standing::Draft);
        drain(&world).await;
        assert!(mails(&world).await.is_empty());
    }
}
