//! A case from the queue to "Did this solve it?".

use crate::both;
use crate::support::{Actor, World};
use chrono::Duration;
use diesel::prelude::*;
use heard::cases::actions::{Desk, mail_finished};
use heard::cases::model::{Status, ToldHow};
use heard::cases::store;
use heard::db::schema::{cases, feedback, outbox};
use heard::feedback::actions::{Receipt, submit};
use heard::feedback::model::{Kind, Originator, Submission, Voice};
use heard::i18n::Lang;
use heard::journal::By;
use heard::mail::outbox::Mail;
use heard::mail::transport::Outcome as Sent;
use heard::web::viewer::Role;

fn complaint(text: &str, originator: Originator) -> Submission {
    Submission::new(Voice::Customer, Kind::Complaint, "web", text, originator)
}

fn anna() -> Originator {
    Originator::Contact { email: "anna@example.org".into(), name: "Anna Berg".into(), lang: Lang::Ru }
}

async fn said(world: &World, text: &str, originator: Originator) -> Receipt {
    submit(&world.app, complaint(text, originator), By::ORIGINATOR).await.unwrap()
}

fn track(receipt: &Receipt) -> String {
    receipt.tracking_url.split_once("8080").unwrap().1.to_owned()
}

/// The mails to the originator.
async fn mails(world: &World, case: i64) -> Vec<Mail> {
    world
        .read(move |c| {
            Ok(outbox::table
                .filter(outbox::case_id.eq(case).and(outbox::template.ne("notice")))
                .order(outbox::id)
                .select(Mail::as_select())
                .load(c)?)
        })
        .await
}

async fn status(world: &World, case: i64) -> (Status, Option<ToldHow>) {
    world.read(move |c| Ok(store::by_id(c, case)?.0)).await.pipe(|case| (case.status, case.told_how))
}

trait Pipe: Sized {
    fn pipe<T>(self, f: impl FnOnce(Self) -> T) -> T {
        f(self)
    }
}
impl<T> Pipe for T {}

async fn resolve(owner: &Actor, reference: &str, text: &str) {
    let path = format!("/cases/{reference}/resolution");
    owner.get(&path).await.expect(200);
    owner.post(&path, &[("outcome", "solved"), ("text", text), ("step", "send")]).await.expect(303);
}

both! {
    async fn a_case_goes_round_the_whole_loop(world: World) {
        let owner = world.person("Marta", Role::Owner).await;
        let receipt = said(&world, "Деньги списали дважды. Верните!", anna()).await;
        let path = format!("/cases/{}", receipt.reference);
        owner.get("/cases?view=unassigned").await.expect(200).says(&receipt.reference).says("1 d");
        owner.post(&format!("{path}/owner"), &[("owner", "me")]).await.expect(303);
        owner.get("/cases").await.expect(200).says(&receipt.reference);
        owner.post(&format!("{path}/replies"), &[("text", "Какого числа?"), ("wait", "1")]).await.expect(303);
        world.send_replies().await;
        owner.post(&format!("{path}/notes"), &[("note", "SECRET-NOTE")]).await.expect(303);
        owner.get("/cases?view=waiting").await.expect(200).says(&receipt.reference);

        let anna = world.stranger();
        world.advance(Duration::hours(30));
        let page = anna.get(&track(&receipt)).await.expect(200).says("Какого числа?");
        assert!(!page.body.contains("SECRET-NOTE") && page.body.contains("noindex"));
        anna.post(&format!("{}/messages", track(&receipt)), &[("text", "Третьего")]).await.expect(303);
        assert_eq!(status(&world, receipt.id).await.0, Status::InReview);

        let owner = world.person("Petr", Role::Owner).await;
        let preview = owner
            .post(&format!("{path}/resolution"), &[("outcome", "solved"), ("text", "Вернули деньги."), ("step", "preview")])
            .await
            .expect(200)
            .says("anna@example.org");
        assert!(preview.body.contains("Деньги списали дважды") && preview.body.contains("Вернули деньги."));
        assert_eq!(mails(&world, receipt.id).await.len(), 2, "a preview sends nothing");
        resolve(&owner, &receipt.reference, "Вернули деньги.").await;
        assert_eq!(status(&world, receipt.id).await, (Status::Resolved, None));

        let closure = mails(&world, receipt.id).await.pop().unwrap();
        assert_eq!((closure.template.as_str(), closure.lang, closure.address.as_str()), ("closure", Lang::Ru, "anna@example.org"));
        let now = world.now();
        let desk = Desk::at(&world.app, now);
        world.write(move |c| mail_finished(c, &desk, &closure, &Sent::Sent("250 ok".into()))).await;
        assert_eq!(status(&world, receipt.id).await, (Status::Closed, Some(ToldHow::Mail)));

        let before = status(&world, receipt.id).await;
        anna.get(&track(&receipt)).await.expect(200);
        assert_eq!(status(&world, receipt.id).await, before, "looking changes nothing");
        anna.post(&format!("{}/answer", track(&receipt)), &[("helped", "no"), ("why", "")]).await.expect(422);
        anna.post(&format!("{}/answer", track(&receipt)), &[("helped", "no"), ("why", "Не пришли")]).await.expect(303);
        assert_eq!(status(&world, receipt.id).await.0, Status::InReview);
        resolve(&owner, &receipt.reference, "Теперь точно.").await;
        anna.post(&format!("{}/answer", track(&receipt)), &[("helped", "yes")]).await.expect(303);
        anna.get(&track(&receipt)).await.expect(200).says("data-event=\"confirmed\"");
        anna.post(&format!("{}/answer", track(&receipt)), &[("helped", "yes")]).await.expect(303);
        owner.get(&path).await.expect(200).says("data-event=\"reopened\"").says("SECRET-NOTE");
    }
}

both! {
    async fn the_anonymous_are_answered_behind_their_code(world: World) {
        let owner = world.person("Marta", Role::Owner).await;
        let receipt = said(&world, "My manager shouts at people.", Originator::Anonymous).await;
        let code = receipt.code.clone().unwrap();
        let stranger = world.stranger();
        let typed = format!("{} {}", &code[..13].to_lowercase(), &code[13..]);
        let opened = stranger.post("/track", &[("code", &typed)]).await.expect(303);
        let path = opened.location().to_owned();
        stranger.get(&path).await.expect(200).says("My manager shouts");
        stranger.post("/track", &[("code", "WRONG")]).await.expect(422).says("WRONG");
        resolve(&owner, &receipt.reference, "We spoke with them.").await;
        assert_eq!(status(&world, receipt.id).await, (Status::Closed, Some(ToldHow::Page)));
        stranger.get(&path).await.expect(200).says("We spoke with them.");
        stranger.post(&format!("{path}/messages"), &[("text", "Thanks")]).await.expect(303);
        assert!(mails(&world, receipt.id).await.is_empty());
        let times = world
            .read(move |c| Ok(heard::journal::of(c, receipt.id)?))
            .await
            .into_iter()
            .filter(|e| e.actor == heard::journal::Actor::Originator)
            .map(|e| e.at.format("%H:%M:%S%.f").to_string())
            .collect::<Vec<_>>();
        assert_eq!(times, ["00:00:00", "00:00:00"], "times of the anonymous are kept to the day");
    }
}

both! {
    async fn only_those_who_may_see_a_case_find_it(world: World) {
        let (mine, other) = world.write(|c| {
            use heard::db::schema::teams::dsl;
            let ids = (heard::id::new_id(), heard::id::new_id());
            for (id, name) in [(ids.0, "Payments"), (ids.1, "Delivery")] {
                let row = (dsl::id.eq(id), dsl::name.eq(name), dsl::created_at.eq(heard::db::types::Ts::from(crate::support::start())));
                diesel::insert_into(dsl::teams).values(row).execute(c)?;
            }
            Ok(ids)
        }).await;
        let receipt = said(&world, "Late again.", anna()).await;
        let path = format!("/cases/{}", receipt.reference);
        let marta = world.member("Marta", Role::Owner, Some(mine)).await;
        let oleg = world.member("Oleg", Role::Owner, Some(other)).await;
        marta.post(&format!("{path}/owner"), &[("owner", "me")]).await.expect(303);
        marta.get(&path).await.expect(200);
        let foreign = oleg.get(&path).await.expect(404).body;
        let missing = oleg.get("/cases/F-0000000").await.expect(404).body;
        assert_eq!(foreign.replace(&receipt.reference, ""), missing.replace("F-0000000", ""));
        oleg.post(&format!("{path}/notes"), &[("note", "x")]).await.expect(404);
        assert!(!oleg.get("/cases?view=open").await.expect(200).body.contains(&receipt.reference));
        world.person("Cora", Role::Council).await.get(&path).await.expect(200);
        world.person("Emil", Role::Employee).await.get(&path).await.expect(403);
        let sent_away = world.stranger().get(&path).await.expect(303);
        assert!(sent_away.location().starts_with("/sign-in?next="));
    }
}

both! {
    async fn the_queue_pages_through_what_is_due_first(world: World) {
        let mut references = Vec::new();
        for n in 0..120 {
            world.advance(Duration::minutes(1));
            references.push(said(&world, &format!("Number {n} of many."), anna()).await.reference);
        }
        let owner = world.person("Marta", Role::Owner).await;
        let mut seen = Vec::new();
        let mut path = "/cases?view=open".to_owned();
        loop {
            let page = owner.get(&path).await.expect(200);
            seen.extend(references.iter().filter(|r| page.body.contains(&format!("/cases/{r}\""))).cloned());
            match page.body.split("rel=\"next\" href=\"").nth(1) {
                Some(rest) => path = rest.split('"').next().unwrap().replace("&amp;", "&").replace("&#x3D;", "="),
                None => break,
            }
        }
        assert_eq!(seen, references);
        world.advance(Duration::hours(25));
        let owner = world.person("Petr", Role::Owner).await;
        owner.get("/cases?view=overdue").await.expect(200).says("late").says("99+");
        owner.get("/cases?view=open&after=nonsense").await.expect(400);
        owner.get("/cases?view=nonsense").await.expect(200);
    }
}

both! {
    async fn what_was_typed_is_kept(world: World) {
        let owner = world.person("Marta", Role::Owner).await;
        let receipt = said(&world, "<script>alert(1)</script> Late.", anna()).await;
        let path = format!("/cases/{}", receipt.reference);
        let page = owner.get(&path).await.expect(200);
        assert!(!page.body.contains("<script>alert"), "words are shown as words");
        let long = "x".repeat(10_001);
        owner.post(&format!("{path}/replies"), &[("text", &long)]).await.expect(422).says(&long).says("10,000");
        owner.post(&format!("{path}/replies"), &[("text", " "), ("wait", "1")]).await.expect(422).says("checked");
        owner.post(&format!("{path}/resolution"), &[("outcome", "magic"), ("text", "kept"), ("step", "send")]).await.expect(422).says("kept");
        owner.post(&format!("{path}/replies"), &[("text", "hi"), ("surprise", "1")]).await.expect(422).says("surprise");
        let counts: (i64, i64) = world.read(|c| Ok((cases::table.count().get_result(c)?, feedback::table.count().get_result(c)?))).await;
        assert_eq!(counts, (1, 1));
    }
}
