//! Thanks for ideas that shipped: to whom, in whose words, once; and what a team sees of its ideas.

use crate::both;
use crate::heard::{A_WEEK, idea, said, shipped};
use crate::support::{Actor, World, start};
use diesel::prelude::*;
use heard::cases::quoting::GivenBy;
use heard::db::schema::{cases, outbox, people, quote_consents, teams, thank_notes};
use heard::db::types::{Doc, Ts};
use heard::feedback::model::{Originator, Voice};
use heard::schedule;
use heard::web::viewer::Role;

/// A team, who leads it, and somebody in it.
async fn support(world: &World) -> (i64, Actor, Actor) {
    let team = world.write(move |c| heard::people::teams::add(c, "Support", start())).await;
    let lead = world.member("Lena", Role::Owner, Some(team)).await;
    let nina = world.member("Nina", Role::Employee, Some(team)).await;
    let id = lead.id;
    world
        .write(move |c| Ok(diesel::update(teams::table.find(team)).set(teams::lead_id.eq(Some(id))).execute(c)?))
        .await;
    (team, lead, nina)
}

async fn run(world: &World) {
    schedule::thanks(world.app.clone()).await.unwrap();
}

async fn notes(world: &World) -> Vec<(i64, String, i32)> {
    let all = thank_notes::table.select((thank_notes::person_id, thank_notes::status, thank_notes::version));
    world.read(move |c| Ok(all.load(c)?)).await
}

async fn note(world: &World) -> i64 {
    world.read(|c| Ok(thank_notes::table.select(thank_notes::id).first(c)?)).await
}

async fn mails(world: &World) -> Vec<(i64, String, Option<String>)> {
    let all = outbox::table.filter(outbox::template.eq("thanks")).select((outbox::person_id, outbox::data));
    let rows: Vec<(i64, Doc)> = world.read(move |c| Ok(all.load(c)?)).await;
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    rows.into_iter().map(|(to, Doc(data))| (to, text(&data["message"]).unwrap(), text(&data["author"]))).collect()
}

both! {
    async fn who_gave_a_name_is_thanked_once(world: World) {
        let (_, _, nina) = support(&world).await;
        let named = idea(&world, &nina, "One screen for refunds").await;
        let again = idea(&world, &nina, "Really, one screen").await;
        let anonymous = said(&world, Voice::Employee, Originator::Anonymous, "One screen, please").await;
        let customer = said(&world, Voice::Customer, Originator::Person { id: nina.id }, "As a customer I want it too").await;
        shipped(&world, "One screen", false, &[named, again, anonymous, customer]).await;
        run(&world).await;
        run(&world).await;
        assert_eq!(notes(&world).await, [(nina.id, "draft".into(), 1)]);
        assert!(mails(&world).await.is_empty(), "three working days are for better words");
        world.advance(A_WEEK);
        run(&world).await;
        run(&world).await;
        let sent = mails(&world).await;
        assert_eq!((sent.len(), sent[0].0, &sent[0].2), (1, nina.id, &None));
        assert!(sent[0].1.contains("One screen"));
        assert_eq!(notes(&world).await[0].1, "sent");
    }
}

both! {
    async fn the_lead_finds_better_words(world: World) {
        let (team, lead, nina) = support(&world).await;
        let named = idea(&world, &nina, "One screen for refunds").await;
        shipped(&world, "One screen", false, &[named]).await;
        run(&world).await;
        let id = note(&world).await;
        let (path, send, drop) = (format!("/thanks/{id}"), format!("/thanks/{id}/sending"), format!("/thanks/{id}/dropping"));
        lead.get("/thanks").await.expect(200).says("One screen for refunds").says(&send);
        let pavel = world.person("Pavel", Role::Council).await;
        let other = world.member("Oleg", Role::Owner, Some(team)).await;
        for stranger in [&pavel, &other, &nina] {
            assert!(!stranger.get("/thanks").await.expect(200).body.contains("One screen"));
            for path in [&path, &send, &drop] {
                stranger.post(path, &[("text", "Ha"), ("version", "1")]).await.expect(404);
            }
        }
        lead.post(&path, &[("text", "  "), ("version", "1")]).await.expect(422).says("id=\"text-error\"");
        lead.post(&path, &[("text", &"x".repeat(2001)), ("version", "1")]).await.expect(422).says("xxxx");
        lead.post(&path, &[("text", "Dear Nina, well spotted!"), ("version", "1")]).await.expect(303);
        lead.post(&send, &[("text", "From an old tab"), ("version", "1")]).await.expect(409);
        lead.post(&send, &[("text", "Dear Nina, well spotted!"), ("version", "2")]).await.expect(303);
        lead.post(&send, &[("text", "Once more"), ("version", "3")]).await.expect(409);
        world.advance(A_WEEK);
        run(&world).await;
        assert_eq!(mails(&world).await, [(nina.id, "Dear Nina, well spotted!".into(), Some("Lena".into()))]);
        let later = world.member("Lena2", Role::Employee, Some(team)).await;
        later.post(&path, &[("text", "x"), ("version", "3")]).await.expect(404);
    }
}

both! {
    async fn without_a_lead_the_council_writes_and_may_drop(world: World) {
        let (team, lead, _) = support(&world).await;
        let own = idea(&world, &lead, "A lead has ideas as well").await;
        shipped(&world, "One screen", false, &[own]).await;
        run(&world).await;
        let id = note(&world).await;
        lead.post(&format!("/thanks/{id}"), &[("text", "I am great"), ("version", "1")]).await.expect(404);
        let pavel = world.person("Pavel", Role::Council).await;
        pavel.get("/thanks").await.expect(200).says("A lead has ideas as well");
        pavel.post(&format!("/thanks/{id}/dropping"), &[("text", ""), ("version", "1")]).await.expect(303);
        world.advance(A_WEEK);
        run(&world).await;
        assert!(mails(&world).await.is_empty());
        let _ = team;
    }
}

both! {
    async fn who_left_is_not_written_to(world: World) {
        let (_, _, nina) = support(&world).await;
        let named = idea(&world, &nina, "One screen").await;
        shipped(&world, "One screen", false, &[named]).await;
        run(&world).await;
        let (id, at) = (nina.id, Ts::from(world.now()));
        world.write(move |c| Ok(diesel::update(people::table.find(id)).set(people::disabled_at.eq(Some(at))).execute(c)?)).await;
        world.advance(A_WEEK);
        run(&world).await;
        assert_eq!((mails(&world).await.len(), notes(&world).await[0].1.as_str()), (0, "dropped"));
    }
}

both! {
    async fn a_team_sees_its_ideas_and_nothing_of_the_anonymous_beyond_what_they_allowed(world: World) {
        let (team, lead, nina) = support(&world).await;
        let named = idea(&world, &nina, "Nina's idea").await;
        let beside = said(&world, Voice::Employee, Originator::Anonymous, "The same without a name").await;
        shipped(&world, "Named change", false, &[named, beside]).await;
        let secret = said(&world, Voice::Employee, Originator::Anonymous, "Nobody may know").await;
        shipped(&world, "Silent change", false, &[secret]).await;
        let allowed = said(&world, Voice::Employee, Originator::Anonymous, "You may say it").await;
        shipped(&world, "Allowed change", false, &[allowed]).await;
        let public = said(&world, Voice::Employee, Originator::Anonymous, "Everybody may know").await;
        shipped(&world, "Public change", true, &[public]).await;
        world
            .write(move |c| {
                let theirs = cases::table.filter(cases::id.eq_any([beside, secret, allowed, public]));
                diesel::update(theirs).set(cases::team_id.eq(Some(team))).execute(c)?;
                let row = (
                    quote_consents::feedback_id.eq(allowed),
                    quote_consents::given_by.eq(GivenBy::Author),
                    quote_consents::given_at.eq(Ts::from(start())),
                );
                Ok(diesel::insert_into(quote_consents::table).values(row).execute(c)?)
            })
            .await;
        let page = lead.get("/team").await.expect(200).says("Named change").says("Nina").says("Allowed change").says("Public change");
        assert!(!page.body.contains("Silent change") && !page.body.contains("Nobody may know"));
        assert_eq!(page.body.matches("An idea of a colleague").count(), 2);
        let elsewhere = world.person("Oleg", Role::Employee).await;
        assert!(!elsewhere.get("/team").await.expect(200).body.contains("change</h2>"));
        world.stranger().get("/team").await.expect(303);
        world.stranger().get("/thanks").await.expect(303);
    }
}
