//! Steps on many cases at once.

use super::{Came, Stand, came, disable, stand, team};
use crate::both;
use crate::support::{Actor, Answer, World};
use chrono::{Duration, TimeZone, Utc};
use heard::cases::model::Case;
use heard::cases::store;
use heard::web::viewer::Role;

async fn case(world: &World, came: &Came) -> Case {
    let id = came.id;
    world.read(move |c| Ok(store::by_id(c, id)?.0)).await
}

async fn versioned(world: &World, came: &Came) -> String {
    format!("{}.{}", came.reference, case(world, came).await.version)
}

async fn step(actor: &Actor, references: &[&str], fields: &[(&str, &str)]) -> Answer {
    let mut form: Vec<(&str, &str)> = references.iter().map(|reference| ("reference", *reference)).collect();
    form.extend(fields);
    actor.post("/cases/bulk", &form).await
}

/// The page after a step, which says what became of it.
async fn after(actor: &Actor, answer: Answer) -> Answer {
    let path = answer.expect(303).location().to_owned();
    actor.get(&path).await.expect(200)
}

async fn three(world: &World) -> [Came; 3] {
    [came(world, "The lamp is out.").await, came(world, "The door squeaks.").await, came(world, "No paper.").await]
}

both! {
    async fn one_that_changed_meanwhile_stays_and_is_named(world: World) {
        let marta = world.person("Marta", Role::Owner).await;
        let petr = world.person("Petr", Role::Owner).await;
        let [one, two, three] = three(&world).await;
        let seen = [versioned(&world, &one).await, versioned(&world, &two).await, versioned(&world, &three).await];
        petr.post(&format!("/cases/{}/owner", two.reference), &[("owner", "me")]).await.expect(303);
        let seen: Vec<&str> = seen.iter().map(String::as_str).collect();
        let back = "view=open&kind=complaint";
        let answer = step(&marta, &seen, &[("action", "take"), ("back", back)]).await.expect(303);
        assert_eq!(answer.location(), "/cases?view=open&kind=complaint");
        let page = after(&marta, answer).await.says("2 cases are yours now").says("changed in the meantime");
        let said = page.body.split("data-report").nth(1).unwrap().split("data-fresh").next().unwrap().to_owned();
        assert!(said.contains(&two.reference), "the one that stayed is named");
        let owners = [case(&world, &one).await.owner_id, case(&world, &two).await.owner_id, case(&world, &three).await.owner_id];
        assert_eq!(owners, [Some(marta.id), Some(petr.id), Some(marta.id)]);
        assert!(!marta.get("/cases?view=open").await.body.contains("data-report"), "it is said once");

        // Taking it back: the first is put back, what somebody has done since stays.
        petr.post(&format!("/cases/{}/owner", three.reference), &[("owner", "me")]).await.expect(303);
        let given = marta.id.to_string();
        let (first, third) = (format!("{}=", one.reference), format!("{}=", three.reference));
        let form = [("action", "take"), ("given_to", given.as_str()), ("before", &first), ("before", &third)];
        assert!(said.contains(&format!("value=\"{}&#x3D;\"", one.reference)) || said.contains(&format!("value=\"{first}\"")));
        let page = after(&marta, marta.post("/cases/bulk/undo", &form).await).await;
        page.says("Taken back for one case").says("changed in the meantime");
        assert_eq!((case(&world, &one).await.owner_id, case(&world, &three).await.owner_id), (None, Some(petr.id)));
    }
}

both! {
    async fn cases_are_given_put_off_and_tagged_together(world: World) {
        let marta = world.person("Marta", Role::Owner).await;
        let petr = world.person("Petr", Role::Owner).await;
        let [one, two, _] = three(&world).await;
        let both = [one.reference.as_str(), two.reference.as_str()];
        let to = petr.id.to_string();
        let page = after(&marta, step(&marta, &both, &[("action", "assign"), ("owner", &to)]).await).await;
        page.says("2 cases have been given").says("/cases/bulk/undo");
        assert_eq!(case(&world, &two).await.owner_id, Some(petr.id));
        after(&marta, step(&marta, &both, &[("action", "assign"), ("owner", "nobody")]).await).await;
        assert_eq!(case(&world, &two).await.owner_id, None);

        let page = after(&marta, step(&marta, &both, &[("action", "snooze"), ("until", "next_week")]).await).await;
        page.says("2 cases have been put off");
        let monday = Utc.with_ymd_and_hms(2026, 11, 30, 9, 0, 0).unwrap();
        assert_eq!(case(&world, &one).await.snoozed_until.map(|at| *at), Some(monday));
        let form = [("action", "snooze"), ("before", &*format!("{}=", one.reference))];
        after(&marta, marta.post("/cases/bulk/undo", &form).await).await.says("Taken back");
        assert_eq!(case(&world, &one).await.snoozed_until, None);

        after(&marta, step(&marta, &both, &[("action", "tag"), ("tag", "Refund, ДВАЖДЫ")]).await).await;
        marta.get("/cases?view=unassigned").await.expect(200).says(">refund</a>").says(">дважды</a>");
        after(&marta, step(&marta, &both, &[("action", "untag"), ("tag", "refund")]).await).await;
        assert!(!marta.get("/cases?view=unassigned").await.body.contains(">refund</a>"));
    }
}

both! {
    async fn what_is_wrong_is_said_beside_it_and_what_was_chosen_stays(world: World) {
        let marta = world.person("Marta", Role::Owner).await;
        let petr = world.person("Petr", Role::Owner).await;
        let [one, two, _] = three(&world).await;
        let both = [one.reference.as_str(), two.reference.as_str()];
        disable(&world, petr.id).await;
        let gone = petr.id.to_string();
        let back = ("back", "view=unassigned");
        for (fields, beside) in [
            (vec![("action", "explode")], "action"),
            (vec![("action", "assign"), ("owner", "")], "owner-error"),
            (vec![("action", "assign"), ("owner", &*gone)], "owner-error"),
            (vec![("action", "assign"), ("owner", "x'--")], "owner-error"),
            (vec![("action", "snooze"), ("until", "own"), ("date", "2026-11-23")], "date-error"),
            (vec![("action", "snooze"), ("until", "own"), ("date", "2999-01-01")], "date-error"),
            (vec![("action", "snooze"), ("until", "never")], "until-error"),
            (vec![("action", "tag"), ("tag", " , ")], "tag-error"),
            (vec![("action", "tag"), ("tag", "<script>")], "tag-error"),
        ] {
            let page = step(&marta, &both, &[fields, vec![back]].concat()).await.expect(422).says(beside);
            assert!(page.body.matches(" checked").count() >= 2, "what was chosen stays chosen");
            assert!(!page.body.contains("<script>"));
        }
        step(&marta, &[], &[("action", "take"), back]).await.expect(422).says("Choose at least one");
        step(&marta, &["F-???"], &[("action", "take"), back]).await.expect(422);
        step(&marta, &both[..1], &[("action", "merge"), back]).await.expect(422).says("two cases or more");
        step(&marta, &both, &[("action", "take"), ("surprise", "1")]).await.expect(422);
        let away = step(&marta, &both, &[("action", "take"), ("back", "https://evil.example/")]).await.expect(303);
        assert!(away.location().starts_with("/cases?"), "back is always the queue");
    }
}

both! {
    async fn nobody_reaches_the_cases_of_another_team(world: World) {
        let (billing, shop) = (team(&world, "Billing").await, team(&world, "Shop").await);
        let marta = world.member("Marta", Role::Owner, Some(billing)).await;
        let [theirs, ours, _] = three(&world).await;
        let due = Some(world.now() + Duration::hours(3));
        stand(&world, &theirs, Stand { team: Some(shop), due, ..Stand::default() }).await;
        stand(&world, &ours, Stand { team: Some(billing), due, ..Stand::default() }).await;
        let both = [theirs.reference.as_str(), ours.reference.as_str()];
        for fields in [
            vec![("action", "take")],
            vec![("action", "snooze"), ("until", "tomorrow")],
            vec![("action", "tag"), ("tag", "mine")],
        ] {
            let page = after(&marta, step(&marta, &both, &fields).await).await;
            page.says("There is no such case, or you may not see it");
        }
        let merge = [("action", "merge"), ("into", theirs.reference.as_str())];
        after(&marta, step(&marta, &both, &merge).await).await.says("stayed as");
        let untouched = case(&world, &theirs).await;
        assert_eq!((untouched.owner_id, untouched.snoozed_until, untouched.version), (None, None, 1));
        let asked = step(&marta, &both, &[("action", "merge")]).await.expect(200);
        assert!(!asked.body.contains("lamp") && asked.body.contains("door"), "nor sees what they say");
        let before = format!("{}=", theirs.reference);
        let undo = [("action", "take"), ("given_to", ""), ("before", before.as_str())];
        after(&marta, marta.post("/cases/bulk/undo", &undo).await).await.says("There is no such case");
        world.person("Emil", Role::Employee).await.post("/cases/bulk", &[("action", "take")]).await.expect(403);
    }
}

both! {
    async fn merging_asks_which_stays_and_then_they_are_one(world: World) {
        let marta = world.person("Marta", Role::Owner).await;
        let [one, two, three] = three(&world).await;
        let all = [one.reference.as_str(), two.reference.as_str(), three.reference.as_str()];
        let asked = step(&marta, &all, &[("action", "merge"), ("back", "view=open")]).await.expect(200);
        asked.says("Which of them stays?").says(&format!("value=\"{}\"", two.reference));
        assert_eq!(case(&world, &one).await.primary_id, None, "asking does nothing");
        step(&marta, &all[..2], &[("action", "merge"), ("into", &three.reference)]).await.expect(422);
        let merged = step(&marta, &all, &[("action", "merge"), ("into", &two.reference), ("back", "view=open")]).await;
        let page = after(&marta, merged).await.says("2 cases have been merged");
        assert!(page.body.contains(&two.reference) && !page.body.contains(&format!("data-reference=\"{}\"", one.reference)));
        assert_eq!(case(&world, &three).await.primary_id, Some(two.id));
    }
}

both! {
    async fn cases_are_linked_to_a_change_together(world: World) {
        let marta = world.person("Marta", Role::Owner).await;
        let [one, two, _] = three(&world).await;
        let both = [("reference", one.reference.as_str()), ("reference", two.reference.as_str()), ("back", "view=open"), ("action", "link")];
        marta.post("/changes/bulk-link", &both).await.expect(200).says("There is no open change");
        let form = [
            ("title", "One window"), ("proposal", "One window saves a minute a call."), ("ex", "3"), ("cx", "4"),
            ("effort", "2"), ("confidence", "0.8"), ("owner", ""), ("target_on", ""), ("case", ""),
        ];
        let made = marta.post("/changes/new", &form).await.expect(303).location().to_owned();
        let change = made.split('/').nth(2).unwrap().split('#').next().unwrap().to_owned();
        marta.post("/changes/bulk-link", &both).await.expect(200).says(&change);
        let linked = marta.post("/changes/bulk-link", &[&both[..], &[("change", &change)]].concat()).await;
        after(&marta, linked).await.says("2 cases have been linked");
        marta.get(&format!("/changes/{change}")).await.expect(200).says(&one.reference).says(&two.reference);
        marta.post("/changes/bulk-link", &[("action", "link")]).await.expect(422).says("Choose at least one");
    }
}
