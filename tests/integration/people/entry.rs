//! Signing in and out, sessions, one's own things.

use super::*;
use crate::both;
use chrono::Duration;
use data_encoding::BASE64URL_NOPAD;

both! {
    async fn whoever_signs_in_is_in_until_they_sign_out(world: World) {
        account(&world, "Anna", Role::Owner).await;
        let anna = world.stranger();
        assert!(!is_signed_in(&anna).await);
        let answer = sign_in(&anna, "Anna", PASSWORD).await.expect(303);
        assert_eq!(answer.location(), "/cases");
        let set = answer.headers.get_all("set-cookie").map(|h| h.to_str().unwrap()).find(|h| h.starts_with("heard=")).unwrap();
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Path=/"), "{set}");
        let thief = replay(&anna);
        assert!(is_signed_in(&anna).await && is_signed_in(&thief).await);
        anna.post("/sign-out", &[]).await.expect(303);
        assert!(!is_signed_in(&anna).await && !is_signed_in(&thief).await);
    }
}

both! {
    async fn a_wrong_password_and_an_unknown_address_look_the_same(world: World) {
        account(&world, "Anna", Role::Employee).await;
        let locked = account(&world, "Lena", Role::Employee).await;
        let now = world.now();
        world.write(move |c| actions::disable(c, By::SYSTEM, locked, now)).await;
        let mut said = Vec::new();
        for (name, password) in [("Anna", OTHER), ("Nobody", PASSWORD), ("Lena", PASSWORD)] {
            let answer = sign_in(&world.stranger(), name, password).await.expect(422).says("do not match");
            assert!(answer.cookie("heard").is_none());
            assert!(!answer.body.contains(password));
            said.push(answer.body.replace(&email_of(name), ""));
        }
        assert!(said.windows(2).all(|pair| pair[0] == pair[1]));
        sign_in(&world.stranger(), "ANNA", PASSWORD).await.expect(303);
    }
}

both! {
    async fn a_planted_session_never_becomes_theirs(world: World) {
        account(&world, "Anna", Role::Employee).await;
        let anna = world.stranger();
        anna.set_cookie("heard", "PLANTED0PLANTED0PLANTED0PL");
        sign_in(&anna, "Anna", PASSWORD).await.expect(303);
        assert_ne!(anna.cookie("heard").unwrap(), "PLANTED0PLANTED0PLANTED0PL");
        let attacker = world.stranger();
        attacker.set_cookie("heard", "PLANTED0PLANTED0PLANTED0PL");
        assert!(!is_signed_in(&attacker).await);

        // Nor does a real session of the attacker's.
        account(&world, "Eve", Role::Employee).await;
        let eve = signed_in(&world, "Eve").await;
        let victim = replay(&eve);
        sign_in(&victim, "Anna", PASSWORD).await.expect(303);
        assert!(!is_signed_in(&eve).await && is_signed_in(&victim).await);
    }
}

both! {
    async fn sessions_end_by_themselves(world: World) {
        account(&world, "Anna", Role::Employee).await;
        let anna = signed_in(&world, "Anna").await;
        world.advance(Duration::minutes(29));
        assert!(is_signed_in(&anna).await);
        world.advance(Duration::minutes(29));
        assert!(is_signed_in(&anna).await);
        world.advance(Duration::minutes(31));
        assert!(!is_signed_in(&anna).await);
    }
}

both! {
    async fn signing_in_leads_to_our_own_pages_only(world: World) {
        account(&world, "Anna", Role::Employee).await;
        let asked = world.stranger().get("/me/sessions").await.expect(303);
        let next = asked.location().strip_prefix("/sign-in?next=").unwrap().to_owned();
        for (path, lands) in [("/me/sessions", "/me/sessions"), ("https://evil.example/", "/"), ("//evil.example", "/"), ("/\\evil.example", "/")] {
            let encoded = BASE64URL_NOPAD.encode(path.as_bytes());
            let form = [("email", "anna@heard.example"), ("password", PASSWORD), ("next", &encoded)];
            let answer = world.stranger().post("/sign-in", &form).await.expect(303);
            assert_eq!(answer.location(), lands, "{path}");
        }
        let anna = world.stranger();
        anna.get(&format!("/sign-in?next={next}")).await.expect(200).says(&next);
        let wrong = anna.post("/sign-in", &[("email", "anna@heard.example"), ("password", "no"), ("next", &next)]).await;
        wrong.expect(422).says(&next).says("anna@heard.example");
        for (back, lands) in [("/sign-in", "/sign-in"), ("//evil.example", "/"), ("", "/")] {
            let answer = anna.post("/lang", &[("lang", "ru"), ("back", back)]).await.expect(303);
            assert_eq!(answer.location(), lands);
        }
        anna.get("/sign-in").await.expect(200).says("Пароль");
    }
}

both! {
    async fn guessing_is_slowed_down_by_address_and_account(world: World) {
        account(&world, "Anna", Role::Employee).await;
        let world = world.again(&[("HEARD__LIMITS__ENABLED", "true")]).await;
        let mut evaluated = 0;
        for n in 0..40 {
            let forwarded = format!("203.0.113.{n}");
            let headers = [
                ("content-type", "application/x-www-form-urlencoded"),
                ("sec-fetch-site", "same-origin"),
                ("x-forwarded-for", forwarded.as_str()),
            ];
            let body = format!("email=anna%40heard.example&password=guess{n}");
            let answer = world.stranger().send(actix_web::http::Method::POST, "/sign-in", &headers, Some(body)).await;
            match answer.status.as_u16() {
                422 => evaluated += 1,
                429 => assert!(!answer.header("retry-after").is_empty()),
                other => panic!("{other}"),
            }
        }
        // The limiter counts real time: a slow machine earns a try or two.
        assert!((10..=12).contains(&evaluated), "{evaluated}");
        let limit = heard::web::limits::Limit::Account;
        let account = heard::id::hash("anna@heard.example");
        let left = (0..40).filter(|_| world.app.limits.check(limit, &account).is_ok()).count();
        assert!(left >= 15, "from elsewhere Anna can still try: {left}");
    }
}

both! {
    async fn people_see_and_end_their_sessions(world: World) {
        account(&world, "Anna", Role::Employee).await;
        account(&world, "Eve", Role::Employee).await;
        let (here, there, eve) = (signed_in(&world, "Anna").await, signed_in(&world, "Anna").await, signed_in(&world, "Eve").await);
        let page = here.get("/me/sessions").await.expect(200).says("this device");
        let id = page.body.split("name=\"end\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
        eve.post("/me/sessions", &[("end", &id)]).await.expect(303);
        assert!(is_signed_in(&there).await, "it was not hers to end");
        here.post("/me/sessions", &[("end", &id)]).await.expect(303);
        assert!(!is_signed_in(&there).await && is_signed_in(&here).await);
        let again = signed_in(&world, "Anna").await;
        here.post("/me/sessions", &[("end", "others")]).await.expect(303);
        assert!(!is_signed_in(&again).await && is_signed_in(&here).await && is_signed_in(&eve).await);
    }
}

both! {
    async fn changing_the_password_signs_the_others_out(world: World) {
        let id = account(&world, "Anna", Role::Employee).await;
        let (here, there) = (signed_in(&world, "Anna").await, signed_in(&world, "Anna").await);
        let before = replay(&here);
        let post = |current: &'static str, password: &'static str| {
            let here = here.clone();
            async move { here.post("/me/password", &[("current", current), ("password", password)]).await }
        };
        post(OTHER, OTHER).await.expect(422).says("not your current password");
        post(PASSWORD, "short").await.expect(422).says("At least 15 characters");
        post(PASSWORD, "passwordpassword").await.expect(422).says("guessed first");
        post(PASSWORD, "anna@heard.example").await.expect(422).says("your name or address");
        assert!(is_signed_in(&there).await);
        post(PASSWORD, OTHER).await.expect(303);
        assert!(is_signed_in(&here).await && !is_signed_in(&there).await && !is_signed_in(&before).await);
        sign_in(&world.stranger(), "Anna", PASSWORD).await.expect(422);
        sign_in(&world.stranger(), "Anna", OTHER).await.expect(303);
        assert_eq!(events(&world, id).await, ["created", "password_set"]);
    }
}

both! {
    async fn people_say_who_they_are(world: World) {
        let id = account(&world, "Anna", Role::Employee).await;
        let anna = signed_in(&world, "Anna").await;
        assert!(world.read(move |c| Ok(heard::people::store::person(c, id)?.gets_digest())).await, "staff are subscribed from the start");
        anna.post("/me/profile", &[("name", " "), ("lang", "ru")]).await.expect(422).says("Please fill this in");
        anna.post("/me/profile", &[("name", "Анна К."), ("lang", "ru")]).await.expect(303);
        anna.get("/me/sessions").await.expect(200).says("Анна К.").says("Мои устройства").says("Сохранено");
        anna.post("/lang", &[("lang", "en"), ("back", "/me/sessions")]).await.expect(303);
        let lang = world.read(move |c| Ok(heard::people::store::person(c, id)?.lang)).await;
        assert_eq!(lang, Lang::En);
    }
}
