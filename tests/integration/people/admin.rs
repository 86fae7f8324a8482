//! What administrators arrange, and that nobody else can.

use super::*;
use crate::both;

both! {
    async fn administration_is_for_administrators(world: World) {
        let council = world.person("Olga", Role::Council).await;
        for path in ["/admin/people", "/admin/teams", "/admin/topics", "/admin/tokens", &format!("/admin/people/{}", council.id)] {
            council.get(path).await.expect(403);
            world.stranger().get(path).await.expect(303);
        }
        let invitation = [("name", "Eve"), ("email", "eve@heard.example"), ("role", "admin"), ("team", ""), ("lang", "en")];
        council.post("/admin/people", &invitation).await.expect(403);
        council.post("/admin/teams", &[("name", "x")]).await.expect(403);
        council.post(&format!("/admin/people/{}", council.id), &[("name", "Olga"), ("role", "admin"), ("team", "")]).await.expect(403);
        council.post("/admin/tokens", &[("name", "x"), ("email", "olga@heard.example"), ("scopes", "cases:read"), ("expires", "")]).await.expect(403);
        assert!(world.read(|c| Ok(heard::people::store::by_email(c, "eve@heard.example")?)).await.is_none());
    }
}

both! {
    async fn another_role_or_a_lock_ends_the_sessions(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let id = account(&world, "Anna", Role::Employee).await;
        let path = format!("/admin/people/{id}");
        let anna = signed_in(&world, "Anna").await;
        ingrid.post(&path, &[("name", "Anna"), ("role", "employee"), ("team", "")]).await.expect(303);
        assert!(is_signed_in(&anna).await);
        ingrid.post(&path, &[("name", "Anna"), ("role", "owner"), ("team", "")]).await.expect(303);
        assert!(!is_signed_in(&anna).await);

        let anna = signed_in(&world, "Anna").await;
        ingrid.post(&format!("{path}/access"), &[("access", "off")]).await.expect(303);
        assert!(!is_signed_in(&anna).await);
        sign_in(&anna, "Anna", PASSWORD).await.expect(422);
        ingrid.get(&path).await.expect(200).says("Unlock the account");
        ingrid.post(&format!("{path}/access"), &[("access", "on")]).await.expect(303);
        sign_in(&anna, "Anna", PASSWORD).await.expect(303);
        assert_eq!(events(&world, id).await, ["created", "role_changed", "disabled", "enabled"]);
    }
}

both! {
    async fn the_last_administrator_stays(world: World) {
        let id = account(&world, "Ingrid", Role::Admin).await;
        let ingrid = signed_in(&world, "Ingrid").await;
        let path = format!("/admin/people/{id}");
        let step_down = [("name", "Ingrid"), ("role", "owner"), ("team", "")];
        ingrid.post(&path, &step_down).await.expect(422).says("the only administrator");
        ingrid.post(&format!("{path}/access"), &[("access", "off")]).await.expect(422).says("the only administrator");
        // Somebody who was invited but cannot sign in yet does not count.
        let now = world.now();
        world.write(move |c| actions::create_person(c, By::SYSTEM, new_person("Ina", Role::Admin), None, now)).await;
        ingrid.post(&path, &step_down).await.expect(422);
        account(&world, "Boris", Role::Admin).await;
        ingrid.post(&path, &step_down).await.expect(303);
        assert!(!is_signed_in(&ingrid).await);
    }
}

both! {
    async fn people_are_found_in_both_alphabets(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let now = world.now();
        let fedor = NewPerson { name: "Фёдор <b>Ли</b>".into(), email: "fl@heard.example".into(), role: Role::Owner, team_id: None, lang: Lang::Ru };
        world.write(move |c| actions::create_person(c, By::SYSTEM, fedor, None, now)).await;
        for (q, found) in [("ФЕДОР", true), ("fl@", true), ("ingrid", false), ("%", false)] {
            let q = serde_html_form::to_string([("q", q)]).unwrap();
            let page = ingrid.get(&format!("/admin/people?{q}")).await.expect(200);
            assert_eq!(page.body.contains("Фёдор &lt;b&gt;Ли"), found, "{q}");
        }
    }
}

both! {
    async fn a_role_or_team_that_is_none_is_refused(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let id = account(&world, "Anna", Role::Employee).await;
        let path = format!("/admin/people/{id}");
        for (role, team) in [("emperor", ""), ("contact", ""), ("owner", "12345"), ("owner", "x")] {
            ingrid.post(&path, &[("name", "Anna"), ("role", role), ("team", team)]).await.expect(422).says("choose one of these");
        }
        ingrid.post(&path, &[("name", "Anna"), ("role", "owner"), ("team", ""), ("password_hash", "x")]).await.expect(422);
        ingrid.get("/admin/people/1").await.expect(404);
    }
}

both! {
    async fn teams_have_members_and_names_of_their_own(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        ingrid.get("/admin/teams").await.expect(200).says("No teams yet");
        ingrid.post("/admin/teams", &[("name", "Support")]).await.expect(303);
        ingrid.post("/admin/teams", &[("name", "Payments")]).await.expect(303);
        ingrid.post("/admin/teams", &[("name", "Support")]).await.expect(422).says("in use already");
        let team = world.read(|c| Ok(heard::people::teams::list(c)?)).await.into_iter().find(|t| t.name == "Support").unwrap();
        let id = account(&world, "Anna", Role::Employee).await;
        let form = [("name", "Anna"), ("role", "owner"), ("team", &team.id.to_string())];
        ingrid.post(&format!("/admin/people/{id}"), &form).await.expect(303);
        ingrid.get("/admin/teams").await.expect(200).says("1 person");
        let path = format!("/admin/teams/{}", team.id);
        ingrid.get(&path).await.expect(200).says("value=\"Support\"");
        ingrid.post(&path, &[("name", "Payments")]).await.expect(422).says("in use already");
        ingrid.post(&path, &[("name", "Contact centre")]).await.expect(303);
        ingrid.get("/admin/people?q=contact").await.expect(200).says("Anna");
        ingrid.post("/admin/teams/7", &[("name", "Nowhere")]).await.expect(404);
    }
}

both! {
    async fn topics_are_worded_ordered_and_archived(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let form = |en, ru, position| [("name_en", en), ("name_ru", ru), ("position", position)];
        ingrid.get("/admin/topics").await.expect(200).says("No topics yet");
        ingrid.post("/admin/topics", &form("Payments & refunds", "Оплата", "20")).await.expect(303);
        ingrid.post("/admin/topics", &form("Delivery", "Доставка", "10")).await.expect(303);
        ingrid.post("/admin/topics", &form("delivery", "Ещё", "1")).await.expect(422).says("in use already");
        ingrid.post("/admin/topics", &form("App", "", "x")).await.expect(422).says("enter a number").says("value=\"App\"");
        ingrid.post("/admin/topics", &form("App", "", "-1")).await.expect(422);
        let topics = world.read(|c| Ok(heard::people::topics::list(c)?)).await;
        let slugs: Vec<&str> = topics.iter().map(|t| t.slug.as_str()).collect();
        assert_eq!(slugs, ["delivery", "payments-refunds"]);
        let path = format!("/admin/topics/{}", topics[0].id);
        ingrid.get(&path).await.expect(200).says("value=\"Доставка\"");
        let archived = [("name_en", "Shipping"), ("name_ru", "Доставка"), ("position", "10"), ("archived", "on")];
        ingrid.post(&path, &archived).await.expect(303);
        let offered = world.read(|c| Ok(heard::feedback::store::topics(c)?)).await;
        assert_eq!(offered.iter().map(|t| t.slug.as_str()).collect::<Vec<_>>(), ["payments-refunds"]);
        ingrid.get("/admin/topics").await.expect(200).says("Shipping").says("Archived");
        ingrid.post(&path, &archived[..3]).await.expect(303);
        assert_eq!(world.read(|c| Ok(heard::feedback::store::topics(c)?)).await.len(), 2);
    }
}
