//! One search box over cases and changes, the same on both databases.

use crate::backlog::{contact, propose, say};
use crate::both;
use crate::support::{Actor, Answer};
use diesel::prelude::*;
use heard::db::schema::{cases, teams};
use heard::db::types::Ts;
use heard::feedback::model::{Originator, Voice};
use heard::i18n::Lang;
use heard::web::viewer::Role;

async fn search(by: &Actor, q: &str) -> Answer {
    by.get(&format!("/search?{}", serde_html_form::to_string([("q", q)]).unwrap())).await
}

both! {
async fn forms_of_words_are_found_in_both_languages(world: World) {
    let owner = world.person("Olaf", Role::Owner).await;
    let dark = say(&world, "Сделайте тёмную тему в настройках. Глаза устают от отчётов", Voice::Employee, contact("Anna", Lang::Ru)).await;
    let parcel = say(&world, "The parcels were delayed <again>\n\nNobody searched for them", Voice::Customer, Originator::Anonymous).await;
    for query in ["темная тема", "ТЕМЫ", "настройка", "отчет", "тёмн"] {
        search(&owner, query).await.expect(200).says(&dark).says("1 result");
    }
    for query in ["parcel", "search", "delay parcels"] {
        search(&owner, query).await.expect(200).says(&parcel).says("1 result");
    }
    let page = search(&owner, "again").await.expect(200);
    page.says("&lt;<mark>again</mark>&gt;");
    search(&owner, "parcel тема").await.expect(200).says("Nothing holds all of");
    search(&owner, "\" OR *").await.expect(200).says("Nothing holds all of");
    owner.get("/search").await.expect(200).says("What are you looking for?");
    search(&owner, "!!!").await.expect(200).says("What are you looking for?");
}
}

both! {
async fn titles_come_first_then_the_newest(world: World) {
    let owner = world.person("Olaf", Role::Owner).await;
    let change = propose(&owner, &[("title", "Headset for everybody"), ("proposal", "Good sound")]).await;
    world.advance(chrono::Duration::minutes(5));
    let older = say(&world, "We have been waiting for months. A headset would do", Voice::Employee, contact("Anna", Lang::En)).await;
    world.advance(chrono::Duration::minutes(5));
    let newer = say(&world, "It is so very loud here. No headset helps", Voice::Employee, contact("Boris", Lang::En)).await;
    let page = search(&owner, "headsets").await.expect(200).says("3 results").body;
    let place = |reference: &str| page.find(&format!("/{reference}")).unwrap();
    assert!(place(&change) < place(&newer) && place(&newer) < place(&older), "{page}");
}
}

both! {
async fn a_reference_leads_straight_there(world: World) {
    let owner = world.person("Olaf", Role::Owner).await;
    let case = say(&world, "Good feedback forms", Voice::Employee, contact("Anna", Lang::En)).await;
    let change = propose(&owner, &[]).await;
    let sloppy = case.to_lowercase().replace('-', " ");
    assert_eq!(search(&owner, &sloppy).await.expect(303).location(), format!("/cases/{case}"));
    assert_eq!(search(&owner, &change).await.expect(303).location(), format!("/changes/{change}"));
    search(&owner, "Feedback").await.expect(200).says(&case);
    search(&owner, "F-0000000").await.expect(200).says("Nothing holds all of");
}
}

both! {
async fn nobody_finds_the_cases_of_another_team(world: World) {
    world
        .write(|c| {
            for (id, name) in [(71, "Payments"), (72, "Delivery")] {
                let row = (teams::id.eq(id), teams::name.eq(name), teams::created_at.eq(Ts::from(chrono::Utc::now())));
                diesel::insert_into(teams::table).values(row).execute(c)?;
            }
            Ok(())
        })
        .await;
    let insider = world.member("Inga", Role::Owner, Some(71)).await;
    let outsider = world.member("Olaf", Role::Owner, Some(72)).await;
    let council = world.person("Carol", Role::Council).await;
    let case = say(&world, "Refund was refused", Voice::Customer, contact("Anna", Lang::En)).await;
    search(&outsider, "refund").await.expect(200).says(&case);
    world
        .write(|c| {
            diesel::update(cases::table).set(cases::team_id.eq(71)).execute(c)?;
            Ok(())
        })
        .await;
    for reader in [&insider, &council] {
        search(reader, "refund").await.expect(200).says(&case);
    }
    let page = search(&outsider, "refund").await.expect(200).says("Nothing holds all of");
    assert!(!page.body.contains(&case));
    search(&outsider, &case).await.expect(200).says("Nothing holds all of");
    search(&world.person("Emma", Role::Employee).await, "refund").await.expect(403);
    search(&world.stranger(), "refund").await.expect(303);
}
}
