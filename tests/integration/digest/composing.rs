//! Writing a digest: what it tells, who may read it, what stands in its way, and the second person.

use super::{ChangeIs, at, change, mails, said, shipped, subscriber, unsubscribe_path};
use crate::both;
use crate::support::{Actor, Answer, World};
use diesel::prelude::*;
use heard::db::schema::{changes, digest_editions, people, teams};
use heard::digest::content::{self, Content};
use heard::digest::editions::{self, Edition};
use heard::digest::model::{Skip, Standing};
use heard::digest::{items, said::said_by, store};
use heard::i18n::Lang;
use heard::id;
use heard::web::viewer::Role;
use std::collections::HashSet;

/// Begins a draft of the first series about October; returns its id.
async fn begin(council: &Actor) -> i64 {
    let form = [("series", "1"), ("from", "2026-10-01"), ("to", "2026-10-31")];
    council.post("/digests", &form).await.expect(303).location().rsplit('/').next().unwrap().parse().unwrap()
}

async fn edition(world: &World, id: i64) -> Edition {
    world.read(move |c| Ok(editions::find(c, id)?)).await
}

async fn content(world: &World, id: i64) -> Content {
    let now = world.now();
    world
        .read(move |c| {
            let edition = editions::find(c, id)?;
            Ok(content::load(c, &edition, chrono_tz::UTC, now)?)
        })
        .await
}

/// Presses a button of the page as it stands now.
async fn press(world: &World, who: &Actor, id: i64, path: &str, form: &[(&str, &str)]) -> Answer {
    let version = edition(world, id).await.version.to_string();
    let mut form = form.to_vec();
    form.push(("version", &version));
    who.post(&format!("/digests/{id}{path}"), &form).await
}

async fn change_called(world: &World, title: &'static str) -> String {
    let id: i64 =
        world.read(move |c| Ok(changes::table.filter(changes::title.eq(title)).select(changes::id).first(c)?)).await;
    id.to_string()
}

fn told(content: &Content) -> Vec<&str> {
    content.items.iter().map(|item| item.facts.title.as_str()).collect()
}

both! {
    async fn a_draft_is_edited_handed_in_and_approved_by_somebody_else(world: World) {
        let boris = subscriber(&world, "Boris", Lang::En).await;
        let tabs = said(&world, boris, "Five tabs <b>for one</b> customer").await;
        change(&world, shipped("One window"), &[tabs]).await;
        change(&world, ChangeIs { public: false, ..shipped("Shift swaps") }, &[]).await;
        let (carla, pavel) = (world.person("Carla", Role::Council).await, world.person("Pavel", Role::Council).await);
        let id = begin(&carla).await;
        let page = carla.get(&format!("/digests/{id}")).await.expect(200);
        page.says("One window").says("Shift swaps").says("Not public");
        let (window, swaps) = (change_called(&world, "One window").await, change_called(&world, "Shift swaps").await);

        let edit = [("line_en", "You asked & we listened"), ("seen_by", "everyone"), ("team", ""), ("place", "2"), ("on_page", "on")];
        press(&world, &carla, id, &format!("/items/{window}"), &edit).await.expect(303);
        carla.get(&format!("/digests/{id}")).await.expect(200).says("You asked &amp; we listened");
        let again = press(&world, &carla, id, &format!("/items/{swaps}"), &edit).await.expect(422);
        again.says("not public").says("You asked &amp; we listened");
        let stale = [("version", "1"), ("reason", "Not now")];
        carla.post(&format!("/digests/{id}/items/{swaps}/dropping"), &stale).await.expect(409);
        press(&world, &carla, id, &format!("/items/{swaps}/dropping"), &[("reason", " ")]).await.expect(422);
        press(&world, &carla, id, &format!("/items/{swaps}/dropping"), &[("reason", "Too early")]).await.expect(303);
        carla.get(&format!("/digests/{id}")).await.expect(200).says("Too early");
        assert_eq!(told(&content(&world, id).await), ["One window"]);
        press(&world, &carla, id, &format!("/items/{swaps}/return"), &[]).await.expect(303);
        press(&world, &carla, id, &format!("/items/{swaps}/place"), &[("to", "down")]).await.expect(303);
        assert_eq!(told(&content(&world, id).await), ["One window", "Shift swaps"]);

        press(&world, &carla, id, "/submission", &[]).await.expect(303);
        press(&world, &carla, id, "/words", &[("intro_en", "Late")]).await.expect(409);
        press(&world, &carla, id, "/approval", &[]).await.expect(409);
        press(&world, &pavel, id, "/return", &[("note", "")]).await.expect(422);
        press(&world, &pavel, id, "/return", &[("note", "Say hello first")]).await.expect(303);
        press(&world, &pavel, id, "/words", &[("intro_en", "Hello")]).await.expect(303);
        press(&world, &carla, id, "/submission", &[]).await.expect(303);
        press(&world, &pavel, id, "/approval", &[]).await.expect(409);
        assert_eq!(edition(&world, id).await.status, Standing::Submitted, "whoever edited it last is an author too");
        let admin = world.person("Ingrid", Role::Admin).await;
        press(&world, &admin, id, "/approval", &[]).await.expect(303);
        assert_eq!(edition(&world, id).await.status, Standing::Sent, "nothing says that it has to wait");
        carla.get(&format!("/digests/{id}")).await.expect(200).says("Say hello first");
        carla.get("/digests?status=sent").await.expect(200).says(&format!("/digests/{id}"));
        assert!(!carla.get("/digests?status=approved").await.expect(200).body.contains(&format!("/digests/{id}\"")));
    }
}

both! {
    async fn a_draft_follows_the_journal_until_it_is_handed_in_and_nothing_is_told_twice(world: World) {
        subscriber(&world, "Ann", Lang::En).await;
        let carla = world.person("Carla", Role::Council).await;
        let id = begin(&carla).await;
        assert!(told(&content(&world, id).await).is_empty());
        change(&world, shipped("One window"), &[]).await;
        assert_eq!(told(&content(&world, id).await), ["One window"]);
        press(&world, &carla, id, "/submission", &[]).await.expect(303);
        change(&world, ChangeIs { at: at("2026-10-15T12:00:00Z"), ..shipped("Too late") }, &[]).await;
        assert_eq!(told(&content(&world, id).await), ["One window"]);
        // The days overlap, but what was told is told.
        let form = [("series", "1"), ("from", "2026-10-10"), ("to", "2026-10-31")];
        let next = carla.post("/digests", &form).await.expect(303);
        let next: i64 = next.location().rsplit('/').next().unwrap().parse().unwrap();
        assert!(!told(&content(&world, next).await).contains(&"One window"));
        carla.post("/digests", &form).await.expect(422).says("already");
        // Not sent, so not told.
        press(&world, &carla, id, "/end", &[("reason", "Wrong month")]).await.expect(303);
        assert!(told(&content(&world, next).await).contains(&"One window"));
    }
}

both! {
    async fn what_stands_in_the_way_is_named_and_nothing_is_handed_in(world: World) {
        let boris = subscriber(&world, "Boris", Lang::Ru).await;
        subscriber(&world, "Ann", Lang::En).await;
        let tabs = said(&world, boris, "Пять вкладок").await;
        change(&world, shipped("One window"), &[tabs]).await;
        let carla = world.person("Carla", Role::Council).await;
        let id = begin(&carla).await;
        let window = change_called(&world, "One window").await;
        let line = |en: &'static str, ru: &'static str| {
            [("line_en", en), ("line_ru", ru), ("seen_by", "everyone"), ("place", "1")]
        };
        let path = format!("/items/{window}");
        for (wrong, why) in [
            (line("Thank you, Boris!", "Спасибо!"), "names somebody private: Boris"),
            (line("See http://intranet/x", "Смотрите"), "http://intranet/x"),
            (line("Only English", ""), "your words are missing in Russian"),
        ] {
            press(&world, &carla, id, &path, &wrong).await.expect(303);
            carla.get(&format!("/digests/{id}")).await.expect(200).says(why);
            press(&world, &carla, id, "/submission", &[]).await.expect(422).says(why).says("see the checks");
            assert_eq!(edition(&world, id).await.status, Standing::Draft);
        }
        press(&world, &carla, id, &path, &line("Thanks", "Спасибо")).await.expect(303);
        press(&world, &carla, id, "/submission", &[]).await.expect(303);
    }
}

both! {
    async fn everybody_reads_what_they_may_read_and_no_more(world: World) {
        let (asked, other) = (subscriber(&world, "Asked", Lang::En).await, subscriber(&world, "Other", Lang::En).await);
        let (team, nina) = (id::new_id(), subscriber(&world, "Nina", Lang::En).await);
        let now = world.now();
        world.write(move |c| {
            let row = (teams::id.eq(team), teams::name.eq("Shops"), teams::created_at.eq(heard::db::types::Ts::from(now)));
            diesel::insert_into(teams::table).values(row).execute(c)?;
            let hired = (people::role.eq(Role::Employee), people::team_id.eq(Some(team)));
            Ok(diesel::update(people::table.find(nina)).set(hired).execute(c)?)
        }).await;
        let tabs = said(&world, asked, "Five tabs").await;
        change(&world, ChangeIs { public: false, ..shipped("One window") }, &[tabs]).await;
        let carla = world.person("Carla", Role::Council).await;
        let id = begin(&carla).await;
        let window = change_called(&world, "One window").await;
        let (own_team, other_team) = (team.to_string(), "17".to_owned());
        press(&world, &carla, id, &format!("/items/{window}"), &[("seen_by", "team"), ("team", &other_team), ("place", "1")]).await.expect(422);
        for (seen_by, readers) in [("asked", vec![asked]), ("team", vec![asked, nina]), ("employees", vec![asked, nina])] {
            let form = [("seen_by", seen_by), ("team", own_team.as_str()), ("place", "1")];
            press(&world, &carla, id, &format!("/items/{window}"), &form).await.expect(303);
            let told = content(&world, id).await;
            for person in [asked, other, nina] {
                let content = told.clone();
                let (reader, said) = world.read(move |c| {
                    let reader = store::reader(c, person)?;
                    let said = said_by(c, &content, std::slice::from_ref(&reader))?.remove(&person).unwrap_or_default();
                    Ok((reader, said))
                }).await;
                let letter = content::letter(&told, &reader, &said, &HashSet::new());
                match readers.contains(&person) {
                    true => {
                        let item = letter.expect("a letter").done.remove(0);
                        assert_eq!(item.own_words.is_some(), person == asked, "{seen_by}: nobody reads the words of others");
                        let elsewhere = HashSet::from([item.tells]);
                        assert_eq!(content::letter(&told, &reader, &said, &elsewhere).unwrap_err(), Skip::Empty);
                    }
                    false => assert_eq!(letter.unwrap_err(), Skip::Empty, "{seen_by}"),
                }
            }
        }
    }
}

both! {
    async fn the_council_steps_through_the_readers_and_tests_on_itself(world: World) {
        let ann = subscriber(&world, "Ann", Lang::En).await;
        let boris = subscriber(&world, "Boris", Lang::Ru).await;
        let tabs = said(&world, boris, "Пять вкладок <b>на одного</b> клиента").await;
        change(&world, shipped("One window"), &[tabs]).await;
        change(&world, ChangeIs { public: false, ..shipped("Shift swaps") }, &[]).await;
        let carla = world.person("Carla", Role::Council).await;
        let id = begin(&carla).await;
        let of = |person: i64| format!("/digests/{id}/preview?person={person}");
        let page = carla.get(&of(ann)).await.expect(200).says("One window in English").says("rel=\"next\"");
        let page = page.says("not shown: it is for others");
        assert!(!page.body.contains(&unsubscribe_path(&world, ann)), "the way out is hers alone");
        assert!(!page.body.contains("вкладок"));
        carla.get(&of(boris)).await.expect(200).says("One window по-русски").says("вкладок").says("asked for it");
        let html = carla.get(&format!("/digests/{id}/preview/html?person={boris}")).await.expect(200).says("вкладок");
        assert!(!html.body.contains("<b>на одного"), "what people wrote is text");
        assert!(html.header("content-security-policy").contains("sandbox") && html.header("x-mail-frame").is_empty());
        carla.get(&format!("/digests/{id}/preview?email=BORIS@example.org")).await.expect(200).says("вкладок");
        carla.get(&format!("/digests/{id}/preview?email=nobody@example.org")).await.expect(422).says("Ann");
        assert!(mails(&world).await.is_empty(), "looking sends nothing");
        carla.post(&format!("/digests/{id}/test"), &[]).await.expect(303);
        let mails = mails(&world).await;
        assert_eq!(mails.len(), 1);
        assert!(mails[0].2.to_string().contains("Shift swaps") && !mails[0].2.to_string().contains("вкладок"));
        let queued: i64 = world.read(|c| Ok(digest_editions::table.filter(digest_editions::recipients.ne(0)).count().get_result(c)?)).await;
        assert_eq!(queued, 0);
        let rows = world.read(move |c| Ok(items::kept(c, id)?)).await;
        assert!(rows.is_empty(), "looking writes nothing");
    }
}
