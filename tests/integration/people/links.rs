//! One-time links: the first administrator, invitations, forgotten passwords.

use super::*;
use crate::both;
use chrono::Duration;

both! {
    async fn the_first_administrator_comes_through_a_link_that_works_once(world: World) {
        let now = world.now();
        let link = || world.write(move |c| actions::setup_link(c, now));
        let old = format!("/setup/{}", link().await.unwrap());
        let path = format!("/setup/{}", link().await.unwrap());
        let ingrid = world.stranger();
        ingrid.get(&old).await.expect(410).says("does not work any more");
        ingrid.get("/setup/GUESSED0GUESSED0GUESSED0GU").await.expect(410);
        ingrid.get(&path).await.expect(200).says("noindex");
        let form = |name, email, password| [("name", name), ("email", email), ("password", password), ("lang", "ru")];
        let wrong = ingrid.post(&path, &form("Ingrid", "not an address", PASSWORD)).await.expect(422);
        let wrong = wrong.says("value=\"Ingrid\"").says("value=\"not an address\"").says("does not look like an e-mail");
        assert!(!wrong.body.contains(PASSWORD));
        ingrid.post(&path, &form("Ingrid", "ingrid@heard.example", "Ingrid heard 123")).await.expect(422).says("easily guessed");
        ingrid.post(&path, &form("Ingrid", "ingrid@heard.example", PASSWORD)).await.expect(303);
        ingrid.get("/admin/people").await.expect(200).says("ingrid@heard.example");
        ingrid.get("/admin/policies").await.expect(200).says("Неполадки").says("Всё остальное");
        ingrid.get("/admin/calendars").await.expect(200).says("Круглосуточно");

        let second = world.stranger();
        second.get(&path).await.expect(410);
        second.post(&path, &form("Eve", "eve@heard.example", OTHER)).await.expect(410);
        assert_eq!(link().await, None);
    }
}

both! {
    async fn a_setup_link_is_worth_nothing_once_there_is_an_administrator(world: World) {
        let now = world.now();
        let token = world.write(move |c| actions::setup_link(c, now)).await.unwrap();
        account(&world, "Ingrid", Role::Admin).await;
        world.stranger().get(&format!("/setup/{token}")).await.expect(410);
    }
}

both! {
    async fn an_invitation_becomes_an_account(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let form = |email| [("name", "Pavel Ivanov"), ("email", email), ("role", "owner"), ("team", ""), ("lang", "ru")];
        ingrid.post("/admin/people", &form("pavel")).await.expect(422).says("value=\"Pavel Ivanov\"").says("<details class=\"card\" open>");
        ingrid.post("/admin/people", &form("Pavel@heard.example")).await.expect(303);
        ingrid.post("/admin/people", &form("pavel@heard.example")).await.expect(422).says("has this address already");
        let links = links_mailed(&world, "invitation", "pavel@heard.example").await;
        let pavel = world.stranger();
        sign_in(&pavel, "Pavel", PASSWORD).await.expect(422);

        let id = id_of(&world, "pavel@heard.example").await;
        ingrid.get(&format!("/admin/people/{id}")).await.expect(200).says("not chosen a password");
        ingrid.post(&format!("/admin/people/{id}/invitation"), &[]).await.expect(303);
        let again = links_mailed(&world, "invitation", "pavel@heard.example").await;
        assert_eq!((links.len(), again.len()), (1, 2));
        pavel.get(&again[0]).await.expect(410);
        world.advance(Duration::days(7) - Duration::minutes(1));
        pavel.get(&again[1]).await.expect(200).says("Pavel Ivanov");
        pavel.post(&again[1], &[("password", "too short")]).await.expect(422).says("At least 15");
        pavel.post(&again[1], &[("password", PASSWORD)]).await.expect(303);
        pavel.post(&again[1], &[("password", OTHER)]).await.expect(410);
        sign_in(&pavel, "Pavel", PASSWORD).await.expect(303);
        assert_eq!(events(&world, id).await, ["created", "invited", "invited", "password_set"]);
        let ingrid = world.person("Ina", Role::Admin).await;
        ingrid.post(&format!("/admin/people/{id}/invitation"), &[]).await.expect(409);
    }
}

both! {
    async fn an_old_invitation_is_over(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let form = [("name", "Pavel"), ("email", "pavel@heard.example"), ("role", "employee"), ("team", ""), ("lang", "en")];
        ingrid.post("/admin/people", &form).await.expect(303);
        let link = links_mailed(&world, "invitation", "pavel@heard.example").await.remove(0);
        world.advance(Duration::days(7) + Duration::minutes(1));
        world.stranger().get(&link).await.expect(410);
        world.stranger().post(&link, &[("password", PASSWORD)]).await.expect(410);
    }
}

both! {
    async fn whoever_wrote_to_us_before_can_join(world: World) {
        let now = world.now();
        let contact = world
            .write(move |c| Ok(heard::feedback::store::contact(c, "pavel@heard.example", "P.", Lang::Ru, now)?.id))
            .await;
        let asked = world.stranger().post("/password", &[("email", "pavel@heard.example")]).await;
        asked.expect(200);
        assert!(links_mailed(&world, "password", "pavel@heard.example").await.is_empty(), "contacts do not sign in");
        assert_eq!(account(&world, "Pavel", Role::Owner).await, contact);
        sign_in(&world.stranger(), "Pavel", PASSWORD).await.expect(303);
    }
}

both! {
    async fn asking_for_a_new_password_tells_nothing(world: World) {
        account(&world, "Anna", Role::Employee).await;
        let ask = |email: &'static str| {
            let stranger = world.stranger();
            async move { stranger.post("/password", &[("email", email)]).await.expect(200) }
        };
        let (known, unknown) = (ask("Anna@heard.example").await, ask("nobody@heard.example").await);
        assert_eq!(known.body, unknown.body);
        assert_eq!(known.headers.len(), unknown.headers.len());
        ask("anna@heard.example").await;
        let links = links_mailed(&world, "password", "anna@heard.example").await;
        assert_eq!(links.len(), 1, "asking again at once sends no second mail");
        world.stranger().post("/password", &[("email", " ")]).await.expect(422);
    }
}

both! {
    async fn a_forgotten_password_is_replaced_once_and_ends_all_sessions(world: World) {
        account(&world, "Anna", Role::Employee).await;
        let anna = signed_in(&world, "Anna").await;
        let stranger = world.stranger();
        let ask = || {
            let stranger = stranger.clone();
            async move { stranger.post("/password", &[("email", "anna@heard.example")]).await.expect(200) }
        };
        ask().await;
        world.advance(Duration::minutes(6));
        ask().await;
        let links = links_mailed(&world, "password", "anna@heard.example").await;
        assert_eq!(links.len(), 2);
        stranger.get(&links[0]).await.expect(200);
        assert!(is_signed_in(&anna).await, "looking at a link changes nothing");
        stranger.post(&links[0], &[("password", OTHER)]).await.expect(303);
        assert!(!is_signed_in(&anna).await);
        stranger.post(&links[0], &[("password", PASSWORD)]).await.expect(410);
        stranger.get(&links[1]).await.expect(410);
        sign_in(&stranger, "Anna", OTHER).await.expect(303);

        world.advance(Duration::minutes(6));
        ask().await;
        let last = links_mailed(&world, "password", "anna@heard.example").await.remove(2);
        world.advance(Duration::minutes(61));
        stranger.get(&last).await.expect(410);
    }
}

both! {
    async fn links_come_from_the_settings_not_from_the_request(world: World) {
        account(&world, "Anna", Role::Employee).await;
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
            ("host", "evil.example"),
            ("x-forwarded-host", "evil.example"),
        ];
        let body = Some("email=anna%40heard.example".to_owned());
        world.stranger().send(actix_web::http::Method::POST, "/password", &headers, body).await.expect(200);
        // `links_mailed` takes our own address off each link.
        assert!(links_mailed(&world, "password", "anna@heard.example").await[0].starts_with("/password/"));
    }
}
