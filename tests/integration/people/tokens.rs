//! API tokens: what they open, and that they stop.

use super::*;
use crate::both;
use actix_web::FromRequest;
use actix_web::dev::Payload;
use actix_web::test::TestRequest;
use chrono::Duration;
use heard::db::schema::api_tokens;
use heard::db::types::Ts;
use heard::error::Error;
use heard::people::token::{Bearer, Scope};

/// Who the API sees behind an `Authorization` header.
async fn bearer(world: &World, header: &str) -> Result<Bearer, Error> {
    let request = TestRequest::default().app_data(world.app.clone()).insert_header(("authorization", header));
    Bearer::from_request(&request.to_http_request(), &mut Payload::None).await
}

async fn token(world: &World, person_id: i64, days: Option<i64>) -> String {
    let (now, scopes) = (world.now(), [Scope::CasesRead, Scope::FeedbackWrite]);
    let expires = days.map(|days| now + Duration::days(days));
    world.write(move |c| actions::create_token(c, By::SYSTEM, person_id, "Desk", &scopes, expires, now)).await
}

both! {
    async fn a_token_acts_for_its_person_within_its_scopes(world: World) {
        let anna = account(&world, "Anna", Role::Owner).await;
        let token = token(&world, anna, Some(2)).await;
        assert!(token.starts_with("hrd_") && token.len() == 30);
        let caller = bearer(&world, &format!("Bearer {token}")).await.unwrap();
        assert_eq!((caller.viewer.id, caller.viewer.role), (anna, Role::Owner));
        assert!(caller.require("cases:read").is_ok() && caller.require("feedback:write").is_ok());
        assert!(matches!(caller.require("cases:write"), Err(Error::Forbidden)));
        for wrong in ["", "Bearer", "Bearer ", "Bearer hrd_", &format!("Basic {token}"), &format!("Bearer {token}x"), &token] {
            assert!(matches!(bearer(&world, wrong).await, Err(Error::SignIn)), "{wrong}");
        }
        assert_eq!(world.stranger().send(actix_web::http::Method::GET, "/me/sessions", &[("authorization", &format!("Bearer {token}"))], None).await.status, 303);
        world.advance(Duration::days(2));
        assert!(matches!(bearer(&world, &format!("Bearer {token}")).await, Err(Error::SignIn)));
    }
}

both! {
    async fn a_token_stops_with_its_revocation_and_its_person(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let anna = account(&world, "Anna", Role::Owner).await;
        let header = format!("Bearer {}", token(&world, anna, None).await);
        let other = format!("Bearer {}", token(&world, anna, None).await);
        let id = bearer(&world, &header).await.unwrap().token_id;
        ingrid.post(&format!("/admin/tokens/{id}/revocation"), &[]).await.expect(303);
        assert!(bearer(&world, &header).await.is_err() && bearer(&world, &other).await.is_ok());
        ingrid.post(&format!("/admin/tokens/{id}/revocation"), &[]).await.expect(404);
        ingrid.post(&format!("/admin/people/{anna}/access"), &[("access", "off")]).await.expect(303);
        assert!(bearer(&world, &other).await.is_err());
        assert_eq!(events(&world, anna).await, ["created", "token_created", "token_created", "token_revoked", "disabled"]);
    }
}

both! {
    async fn of_its_use_only_the_day_is_kept(world: World) {
        let anna = account(&world, "Anna", Role::Owner).await;
        let header = format!("Bearer {}", token(&world, anna, None).await);
        let used = || world.read(|c| Ok(api_tokens::table.select(api_tokens::last_used_at).first::<Option<Ts>>(c)?));
        assert_eq!(used().await, None);
        bearer(&world, &header).await.unwrap();
        let first = used().await.unwrap();
        assert_eq!(*first, heard::journal::day_of(world.now()));
        world.advance(Duration::hours(26));
        bearer(&world, &header).await.unwrap();
        assert_eq!(used().await.unwrap().0 - first.0, Duration::days(1));
    }
}

both! {
    async fn administrators_make_tokens_that_are_shown_once(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let anna = account(&world, "Anna", Role::Owner).await;
        let form = |name, email, scopes: &[&'static str], expires| {
            let mut form = vec![("name", name), ("email", email), ("expires", expires)];
            form.extend(scopes.iter().map(|scope| ("scopes", *scope)));
            form
        };
        ingrid.get("/admin/tokens").await.expect(200).says(&ingrid.email);
        let post = |form: Vec<(&'static str, &'static str)>| {
            let ingrid = ingrid.clone();
            async move { ingrid.post("/admin/tokens", &form).await }
        };
        post(form("Desk", "anna@heard.example", &[], "")).await.expect(422).says("at least one").says("value=\"Desk\"");
        post(form("", "anna@heard.example", &["cases:read"], "")).await.expect(422).says("fill this in").says("value=\"cases:read\" checked");
        post(form("Desk", "nobody@heard.example", &["cases:read"], "")).await.expect(422).says("nobody here by that name");
        post(form("Desk", "anna@heard.example", &["cases:all"], "")).await.expect(422);
        post(form("Desk", "anna@heard.example", &["cases:read"], "2026-11-22")).await.expect(422).says("still to come");
        post(form("Desk", "anna@heard.example", &["cases:read"], "soon")).await.expect(422).says("enter a date");
        let made = post(form("Desk", "anna@heard.example", &["cases:read", "changes:read"], "2026-11-23")).await.expect(200);
        let token = made.body.split("id=\"made\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
        let caller = bearer(&world, &format!("Bearer {token}")).await.unwrap();
        assert!(caller.viewer.id == anna && caller.require("changes:read").is_ok());
        let page = ingrid.get("/admin/tokens").await.expect(200).says("Desk").says("changes:read");
        assert!(!page.body.contains(&token));
        let logged: Vec<heard::db::types::Doc> =
            world.read(|c| Ok(journal::table.select(journal::data).load(c)?)).await;
        assert!(logged.iter().all(|data| !data.0.to_string().contains(&token[4..])));
    }
}
