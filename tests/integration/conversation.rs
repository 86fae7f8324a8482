//! A day's work on the case page: answering, taking back, putting off, marking, and not getting in each other's way.

use crate::both;
use crate::support::{Actor, Answer, World};
use chrono::Duration;
use diesel::prelude::*;
use heard::db::schema::{messages, outbox, pending_replies, presence, teams, topics, watchers};
use heard::db::types::Ts;
use heard::feedback::actions::{Receipt, submit};
use heard::feedback::model::{Kind, Originator, Scores, Submission, Voice};
use heard::i18n::Lang;
use heard::journal::By;
use heard::mail::outbox::Mail;
use heard::web::viewer::Role;

fn from(name: &str, lang: Lang) -> Originator {
    let email = format!("{}@example.org", name.to_lowercase().replace("анна", "anna"));
    Originator::Contact { email, name: format!("{name} Berg"), lang }
}

async fn said(world: &World, text: &str, originator: Originator) -> Receipt {
    scored(world, text, originator, Scores::default()).await
}

async fn scored(world: &World, text: &str, originator: Originator, scores: Scores) -> Receipt {
    let submission =
        Submission { scores, ..Submission::new(Voice::Customer, Kind::Complaint, "web", text, originator) };
    submit(&world.app, submission, By::ORIGINATOR).await.unwrap()
}

async fn team(world: &World, name: &'static str) -> i64 {
    let (id, now) = (heard::id::new_id(), Ts::from(world.now()));
    let row = (teams::id.eq(id), teams::name.eq(name), teams::created_at.eq(now));
    world.write(move |c| Ok(diesel::insert_into(teams::table).values(row).execute(c)?)).await;
    id
}

async fn mails(world: &World, template: &'static str) -> Vec<Mail> {
    let rows = outbox::table.filter(outbox::template.eq(template)).order(outbox::id).select(Mail::as_select());
    world.read(move |c| Ok(rows.load(c)?)).await
}

/// How far this page shows the case.
fn seen(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("name=\"seen\" value=\"").expect("forms say what was seen");
    rest.split('"').next().unwrap().to_owned()
}

fn times(page: &Answer, text: &str) -> usize {
    page.body.matches(text).count()
}

trait Owns {
    async fn case(&self, receipt: &Receipt) -> Answer;
    async fn does(&self, receipt: &Receipt, what: &str, form: &[(&str, &str)]) -> Answer;
}

impl Owns for Actor {
    async fn case(&self, receipt: &Receipt) -> Answer {
        self.get(&format!("/cases/{}", receipt.reference)).await.expect(200)
    }
    async fn does(&self, receipt: &Receipt, what: &str, form: &[(&str, &str)]) -> Answer {
        self.post(&format!("/cases/{}/{what}", receipt.reference), form).await
    }
}

both! {
    async fn an_answer_can_be_taken_back_for_ten_seconds(world: World) {
        let marta = world.person("Marta", Role::Owner).await;
        let receipt = said(&world, "Charged twice.", from("Anna", Lang::En)).await;
        let sent = marta.does(&receipt, "replies", &[("text", "WE ARE SORRY"), ("wait", "1")]).await.expect(303);
        let id = sent.location().split_once("#pending-").unwrap().1.to_owned();
        marta.case(&receipt).await.says("goes out in 10 s").says("WE ARE SORRY").says("/undo");
        assert!(mails(&world, "reply").await.is_empty());

        let petr = world.person("Petr", Role::Owner).await;
        let theirs = petr.case(&receipt).await.says("goes out in 10 s");
        assert!(!theirs.body.contains("/undo"), "only its author takes it back");
        petr.does(&receipt, &format!("replies/{id}/undo"), &[]).await.expect(409);

        let back = marta.does(&receipt, &format!("replies/{id}/undo"), &[]).await.expect(200);
        assert!(back.body.contains(">WE ARE SORRY</textarea>") && back.body.contains("value=\"1\" checked"));
        world.send_replies().await;
        assert!(mails(&world, "reply").await.is_empty());

        let sent = marta.does(&receipt, "replies", &[("text", "It is on its way.")]).await.expect(303);
        let id = sent.location().split_once("#pending-").unwrap().1.to_owned();
        world.send_replies().await;
        assert_eq!(mails(&world, "reply").await.len(), 1);
        marta.does(&receipt, &format!("replies/{id}/undo"), &[]).await.expect(409).says("gone out already");
        let page = marta.case(&receipt).await.says("data-event=\"replied\"");
        assert!(!page.body.contains("goes out"));
        let left: i64 = world.read(|c| Ok(pending_replies::table.count().get_result(c)?)).await;
        assert_eq!(left, 0);
    }
}

both! {
    async fn an_answer_that_fails_holds_up_no_other(world: World) {
        let marta = world.person("Marta", Role::Owner).await;
        let (broken, whole) = (said(&world, "One.", from("Anna", Lang::En)).await, said(&world, "Two.", from("Bo", Lang::En)).await);
        for receipt in [&broken, &whole] {
            marta.does(receipt, "replies", &[("text", "Hello")]).await.expect(303);
        }
        let id = broken.id;
        let unreadable = diesel::sql_query(format!("update cases set clock = '7' where id = {id}"));
        world.write(move |c| Ok(unreadable.execute(c)?)).await;
        world.send_replies().await;
        world.send_replies().await;
        assert_eq!(mails(&world, "reply").await.len(), 1);
        let left: Vec<i64> = world.read(|c| Ok(pending_replies::table.select(pending_replies::case_id).load(c)?)).await;
        assert_eq!(left, [id], "it is tried again later");
    }
}

both! {
    async fn an_answer_is_taken_back_from_its_own_case(world: World) {
        let marta = world.person("Marta", Role::Owner).await;
        let (one, other) = (said(&world, "One.", from("Anna", Lang::En)).await, said(&world, "Other.", from("Bo", Lang::En)).await);
        let sent = marta.does(&one, "replies", &[("text", "Hello")]).await.expect(303);
        let id = sent.location().split_once("#pending-").unwrap().1.to_owned();
        marta.does(&other, &format!("replies/{id}/undo"), &[]).await.expect(404);
        world.send_replies().await;
        assert_eq!(mails(&world, "reply").await.len(), 1);
    }
}

both! {
    async fn nothing_is_done_unseen(world: World) {
        let (marta, petr) = (world.person("Marta", Role::Owner).await, world.person("Petr", Role::Owner).await);
        let receipt = said(&world, "Charged twice.", from("Anna", Lang::En)).await;
        let old = seen(&marta.case(&receipt).await);
        petr.does(&receipt, "notes", &[("note", "THEY CALLED TOO"), ("seen", &old)]).await.expect(303);

        let again = marta.does(&receipt, "replies", &[("text", "KEPT WORDS"), ("wait", "1"), ("seen", &old)]).await.expect(409);
        assert!(again.body.contains(">KEPT WORDS</textarea>") && again.body.contains("value=\"1\" checked"));
        assert_eq!(times(&again, "class=\"note fresh\""), 1, "what is new is marked");
        assert_eq!(times(&again, "fresh\""), 1);
        let marks = [("severity", "high"), ("tags", "refund"), ("seen", old.as_str())];
        let again = marta.does(&receipt, "marks", &marks).await.expect(409).says("value=\"refund\"");
        marta.does(&receipt, "owner", &[("owner", "me"), ("seen", &old)]).await.expect(409);
        marta.does(&receipt, "snooze", &[("until", "tomorrow"), ("seen", &old)]).await.expect(409);
        let now = seen(&again);
        marta.does(&receipt, "marks", &[("severity", "high"), ("tags", "refund"), ("seen", &now)]).await.expect(303);
        marta.does(&receipt, "owner", &[("owner", "me"), ("seen", &now)]).await.expect(303);

        // What they did themselves does not count, nor what happens by itself.
        world.advance(Duration::days(2));
        heard::schedule::sweep(world.app.clone()).await.unwrap();
        let nora = world.person("Nora", Role::Owner).await;
        let page = nora.case(&receipt).await.says("data-event=\"missed_first_response\"");
        let saw = seen(&page);
        nora.does(&receipt, "notes", &[("note", "mine"), ("seen", &saw)]).await.expect(303);
        world.advance(Duration::minutes(5));
        heard::schedule::sweep(world.app.clone()).await.unwrap();
        nora.does(&receipt, "snooze", &[("until", "tomorrow"), ("seen", &saw)]).await.expect(303);

        // A reply that waits to go out is something to see, too.
        let petr = world.person("Oleg", Role::Owner).await;
        let saw = seen(&petr.case(&receipt).await);
        nora.does(&receipt, "replies", &[("text", "From Nora")]).await.expect(303);
        let again = petr.does(&receipt, "replies", &[("text", "From Oleg"), ("seen", &saw)]).await.expect(409).says("From Nora");
        petr.does(&receipt, "replies", &[("text", "From Oleg"), ("seen", &seen(&again))]).await.expect(303);
        petr.does(&receipt, "replies", &[("text", "x"), ("seen", "nonsense")]).await.expect(422);
    }
}

both! {
    async fn nothing_is_resolved_unseen(world: World) {
        let (marta, petr) = (world.person("Marta", Role::Owner).await, world.person("Petr", Role::Owner).await);
        let receipt = said(&world, "Charged twice.", from("Anna", Lang::En)).await;
        let old = seen(&marta.case(&receipt).await);
        let form = marta.get(&format!("/cases/{}/resolution?seen={old}", receipt.reference)).await.expect(200);
        assert_eq!(seen(&form), old);
        petr.does(&receipt, "notes", &[("note", "WAIT FOR LEGAL")]).await.expect(303);
        let send = |seen: &str| [("outcome", "solved".to_owned()), ("text", "MONEY IS BACK".to_owned()), ("step", "send".to_owned()), ("seen", seen.to_owned())];
        let resolve = async |who: &Actor, seen: &str| {
            let form = send(seen);
            let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
            who.does(&receipt, "resolution", &form).await
        };
        let again = resolve(&marta, &old).await.expect(409).says("WAIT FOR LEGAL").says(">MONEY IS BACK</textarea>");
        resolve(&marta, &seen(&again)).await.expect(303);
        let late = resolve(&petr, &old).await.expect(409).says("resolved already").says(">MONEY IS BACK</textarea>");
        assert!(late.body.contains("data-event=\"resolved\""));
    }
}

both! {
    async fn what_the_originator_wrote_meanwhile_is_shown_first(world: World) {
        let marta = world.person("Marta", Role::Owner).await;
        let receipt = said(&world, "My manager shouts.", Originator::Anonymous).await;
        let old = seen(&marta.case(&receipt).await);
        let stranger = world.stranger();
        let opened = stranger.post("/track", &[("code", receipt.code.as_deref().unwrap())]).await.expect(303);
        stranger.post(&format!("{}/messages", opened.location()), &[("text", "IT IS WORSE")]).await.expect(303);
        let again = marta.does(&receipt, "replies", &[("text", "Since when?"), ("seen", &old)]).await.expect(409);
        assert!(again.body.contains("inbound fresh") && again.body.contains("IT IS WORSE"));
    }
}

both! {
    async fn a_case_is_put_off_and_taken_up_again(world: World) {
        let marta = world.person("Marta", Role::Owner).await;
        let receipt = said(&world, "Charged twice.", from("Anna", Lang::En)).await;
        marta.case(&receipt).await.says("Promised by “Complaints”").says("within 24 hours of working time").says("1\u{a0}d left");
        marta.does(&receipt, "snooze", &[("until", "own"), ("date", "soon"), ("time", "14:30")]).await.expect(422).says("value=\"soon\"").says("value=\"14:30\"");
        marta.does(&receipt, "snooze", &[("until", "own"), ("date", "2026-11-01"), ("time", "")]).await.expect(422).says("still to come");
        marta.does(&receipt, "snooze", &[("until", "whenever")]).await.expect(422);
        marta.does(&receipt, "snooze", &[("until", "own"), ("date", "2026-11-25"), ("time", "14:30")]).await.expect(303);
        marta.case(&receipt).await.says("25 November 2026, 14:30").says("paused, put off; 1\u{a0}d left").says("data-event=\"snoozed\"");
        marta.does(&receipt, "snooze", &[("until", "now")]).await.expect(303);
        let page = marta.case(&receipt).await.says("data-event=\"woken\"").says("1\u{a0}d left");
        assert!(!page.body.contains("Put off until"));
        world.advance(Duration::hours(30));
        let nora = world.person("Nora", Role::Owner).await;
        nora.case(&receipt).await.says("−6 h");
        heard::schedule::sweep(world.app.clone()).await.unwrap();
        nora.case(&receipt).await.says("missed 6\u{a0}h ago").says("class=\"due late\"");
    }
}

both! {
    async fn a_case_is_marked(world: World) {
        let marta = world.person("Marta", Role::Owner).await;
        let receipt = said(&world, "Charged twice.", from("Anna", Lang::En)).await;
        let (billing, retired) = world.write(|c| {
            let ids = (heard::id::new_id(), heard::id::new_id());
            for (id, slug, archived) in [(ids.0, "billing", None), (ids.1, "old", Some(Ts::from(crate::support::start())))] {
                let row = (topics::id.eq(id), topics::slug.eq(slug), topics::name_en.eq(slug), topics::name_ru.eq(slug), topics::position.eq(1), topics::archived_at.eq(archived));
                diesel::insert_into(topics::table).values(row).execute(c)?;
            }
            Ok((ids.0.to_string(), ids.1.to_string()))
        }).await;
        let form = |topic: &str, tags: &str| [("severity", "critical".to_owned()), ("topic", topic.to_owned()), ("root_cause", String::new()), ("first_contact", "no".to_owned()), ("tags", tags.to_owned())];
        let send = async |topic: &str, tags: &str| {
            let form = form(topic, tags);
            let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
            marta.does(&receipt, "marks", &form).await
        };
        send(&retired, "refund").await.expect(422).says("value=\"refund\"").says("topic-error");
        send(&billing, "<b>").await.expect(422).says("value=\"&lt;b&gt;\"").says("tags-error");
        send("x", "").await.expect(422);
        send(&billing, "Refund, double charge ,").await.expect(303);
        let page = marta.case(&receipt).await.says("severity critical").says("value=\"double charge, refund\"");
        assert!(page.body.contains("<option value=\"no\" selected>"));
        send(&billing, "refund").await.expect(303);
        marta.case(&receipt).await.says("value=\"refund\"").says("−double charge");
        send(&billing, "refund").await.expect(303);
        assert_eq!(times(&marta.case(&receipt).await, "data-event=\"tagged\""), 2, "saving what stands says nothing");
    }
}

both! {
    async fn two_people_see_each_other(world: World) {
        let (payments, delivery) = (team(&world, "Payments").await, team(&world, "Delivery").await);
        let (marta, petr) = (world.member("Marta", Role::Owner, Some(payments)).await, world.member("Petr", Role::Owner, Some(payments)).await);
        let receipt = said(&world, "Charged twice.", from("Anna", Lang::En)).await;
        marta.does(&receipt, "owner", &[("owner", "me")]).await.expect(303);
        let saw = seen(&marta.case(&receipt).await);
        let alone = marta.does(&receipt, "presence", &[("seen", &saw)]).await.expect(200);
        assert!(!alone.body.contains("Marta"), "nobody is told of themselves");
        petr.case(&receipt).await.says("Marta has this case open");
        petr.does(&receipt, "presence", &[("writing", "1"), ("seen", &saw)]).await.expect(200).says("Marta has this case open");
        let alone = marta.does(&receipt, "presence", &[("seen", &saw)]).await.expect(200).says("Petr is writing");
        assert!(!alone.body.contains("Something new"));
        petr.does(&receipt, "notes", &[("note", "x")]).await.expect(303);
        marta.does(&receipt, "presence", &[("seen", &saw)]).await.expect(200).says("Something new");

        world.advance(Duration::seconds(46));
        assert!(!marta.case(&receipt).await.body.contains("Petr is writing"), "who was not heard of is gone");
        petr.does(&receipt, "presence", &[]).await.expect(200);
        petr.does(&receipt, "presence", &[("left", "1")]).await.expect(200);
        assert!(!marta.case(&receipt).await.body.contains("Petr has this case open"));
        world.member("Oleg", Role::Owner, Some(delivery)).await.does(&receipt, "presence", &[]).await.expect(404);
        world.person("Emil", Role::Employee).await.does(&receipt, "presence", &[]).await.expect(403);

        world.advance(Duration::minutes(2));
        heard::schedule::tidy(world.app.clone()).await.unwrap();
        let rows: i64 = world.read(|c| Ok(presence::table.count().get_result(c)?)).await;
        assert_eq!(rows, 0);
        world.person("Nora", Role::Council).await.case(&receipt).await;
        let rows: i64 = world.read(|c| Ok(presence::table.count().get_result(c)?)).await;
        assert_eq!(rows, 0, "looking changes nothing");
    }
}

both! {
    async fn saved_answers_fill_themselves_in(world: World) {
        let (payments, delivery) = (team(&world, "Payments").await, team(&world, "Delivery").await);
        let admin = world.person("Ada", Role::Admin).await;
        let marta = world.member("Marta", Role::Owner, Some(payments)).await;
        let oleg = world.member("Oleg", Role::Owner, Some(delivery)).await;
        let answer = |team: &str, ru: &str| -> Vec<(&'static str, String)> {
            vec![("name", "Sorry".into()), ("team", team.into()), ("body_en", "Dear {name}".into()), ("body_ru", ru.into())]
        };
        let add = async |who: &Actor, form: Vec<(&'static str, String)>| {
            let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
            who.post("/answers", &form).await
        };
        add(&marta, answer(&payments.to_string(), "Привет, {nmae}")).await.expect(422).says("{nmae}").says("Dear {name}");
        add(&marta, answer("", "Привет")).await.expect(422).says("team-error");
        add(&marta, answer(&delivery.to_string(), "Привет")).await.expect(422).says("team-error");
        add(&admin, answer("77", "Привет")).await.expect(422).says("team-error");
        let text = "{first_name}, номер {reference}, до {promised}. {link} {owner}";
        add(&marta, answer(&payments.to_string(), text)).await.expect(303);
        add(&admin, answer("", "Привет")).await.expect(422).says("name-error");
        world.person("Emil", Role::Employee).await.get("/answers").await.expect(403);
        assert!(!oleg.get("/answers").await.expect(200).body.contains("Sorry"), "another team's");
        let list = marta.get("/answers").await.expect(200).says("Sorry").says("Payments");
        let id = list.body.split_once("href=\"/answers/").map(|(_, rest)| rest).filter(|rest| !rest.starts_with("new"));
        let id = id.or_else(|| list.body.split("href=\"/answers/").nth(2)).unwrap().split('"').next().unwrap().to_owned();
        oleg.get(&format!("/answers/{id}")).await.expect(404);

        let receipt = said(&world, "Списали дважды.", from("Анна", Lang::Ru)).await;
        marta.case(&receipt).await.says("Sorry");
        let page = marta.get(&format!("/cases/{}?answer={id}", receipt.reference)).await.expect(200);
        let filled = format!("Анна, номер {}, до 24 ноября 2026. {{link}} Marta", receipt.reference);
        assert!(page.body.contains(&filled) && !page.body.contains("/t/"), "staff never see the originator's link");
        oleg.get(&format!("/cases/{}?answer={id}", receipt.reference)).await.expect(404);
        marta.does(&receipt, "replies", &[("text", &filled)]).await.expect(303);
        world.send_replies().await;
        let mail = mails(&world, "reply").await.pop().unwrap();
        assert!(mail.data.0["message"].as_str().unwrap().contains(&receipt.tracking_url));
        assert!(!marta.case(&receipt).await.says("[their link]").body.contains("/t/"));
        let track = receipt.tracking_url.split_once("8080").unwrap().1.to_owned();
        let theirs = world.stranger().get(&track).await.expect(200);
        assert!(!theirs.body.contains("{link}"));

        let put_away = [("name", "Sorry"), ("team", &payments.to_string()), ("body_en", "x"), ("body_ru", "х"), ("archived", "on")];
        marta.post(&format!("/answers/{id}"), &put_away).await.expect(303);
        marta.get(&format!("/cases/{}?answer={id}", receipt.reference)).await.expect(404);
    }
}

both! {
    async fn colleagues_are_called_by_name(world: World) {
        let (payments, delivery) = (team(&world, "Payments").await, team(&world, "Delivery").await);
        let marta = world.member("Marta", Role::Owner, Some(payments)).await;
        let petr = world.member("Petr", Role::Owner, Some(payments)).await;
        world.member("Oleg", Role::Owner, Some(delivery)).await;
        let receipt = said(&world, "Charged twice.", from("Anna", Lang::En)).await;
        marta.does(&receipt, "owner", &[("owner", "me")]).await.expect(303);
        marta.does(&receipt, "notes", &[("note", "@Oleg, have a look")]).await.expect(422).says("Oleg may not see").says("@Oleg, have a look");
        marta.does(&receipt, "notes", &[("note", "@petr and @Marta, @petr: have a look")]).await.expect(303);
        let notices = mails(&world, "notice").await;
        assert_eq!(notices.len(), 1, "one mail, and none to whoever wrote it");
        assert_eq!((notices[0].person_id, notices[0].data.0["why"].as_str()), (petr.id, Some("mentioned")));
        petr.case(&receipt).await.says("Watching: Petr").says("Stop watching");

        // Whoever watches hears what the originator writes, as long as they may see the case.
        let track = receipt.tracking_url.split_once("8080").unwrap().1.to_owned();
        let write = async |text: &str| world.stranger().post(&format!("{track}/messages"), &[("text", text)]).await.expect(303);
        write("Hello?").await;
        assert_eq!(mails(&world, "notice").await.iter().filter(|mail| mail.person_id == petr.id).count(), 2);
        petr.does(&receipt, "watchers", &[("watch", "no")]).await.expect(303);
        petr.does(&receipt, "watchers", &[("watch", "yes")]).await.expect(303);
        petr.does(&receipt, "watchers", &[("watch", "yes")]).await.expect(303);
        let oleg = world.person("Ole", Role::Admin).await;
        let other = world.member("Olga", Role::Owner, Some(delivery)).await.id.to_string();
        oleg.does(&receipt, "owner", &[("owner", &other)]).await.expect(303);
        let rows: i64 = world.read(|c| Ok(watchers::table.count().get_result(c)?)).await;
        assert_eq!(rows, 1);
        write("Anybody?").await;
        assert_eq!(mails(&world, "notice").await.iter().filter(|mail| mail.person_id == petr.id).count(), 2);
    }
}

both! {
    async fn what_a_person_said_before_stands_beside(world: World) {
        let marta = world.person("Marta", Role::Owner).await;
        let first = scored(&world, "Slow.", from("Anna", Lang::En), Scores { nps: Some(3), csat: Some(2), ..Scores::default() }).await;
        world.advance(Duration::days(1));
        let marta_again = world.person("Nora", Role::Owner).await;
        scored(&world, "Better.", from("Anna", Lang::En), Scores { nps: Some(9), ..Scores::default() }).await;
        let last = said(&world, "Slow again.", from("Anna", Lang::En)).await;
        let page = marta_again.case(&last).await.says("Earlier scores").says(&first.reference);
        let nps = page.body.split_once("<dt>NPS").unwrap().1;
        assert!(nps.find(">9</b>").unwrap() < nps.find(">3</b>").unwrap(), "newest first");
        let hidden = said(&world, "Secret.", Originator::Anonymous).await;
        let page = marta_again.case(&hidden).await;
        assert!(!page.body.contains("Earlier scores") && !page.body.contains("told us before"));
        drop(marta);
    }
}

both! {
    async fn cases_that_say_the_same_are_answered_together(world: World) {
        let (payments, delivery) = (team(&world, "Payments").await, team(&world, "Delivery").await);
        let marta = world.member("Marta", Role::Owner, Some(payments)).await;
        let oleg = world.member("Oleg", Role::Owner, Some(delivery)).await;
        let words = "The parcel locker code never arrives";
        let one = said(&world, &format!("{words} on Monday."), from("Anna", Lang::En)).await;
        let same = said(&world, &format!("{words}, again."), from("Anna", Lang::En)).await;
        let other = said(&world, &format!("{words} for me."), from("Bo", Lang::En)).await;
        let theirs = said(&world, &format!("{words} at all."), from("Cy", Lang::En)).await;
        let unlike = said(&world, "Nobody picks up the phone.", from("Di", Lang::En)).await;
        oleg.does(&theirs, "owner", &[("owner", "me")]).await.expect(303);

        let found = marta.get(&format!("/cases/{}/similar", one.reference)).await.expect(200);
        assert!(found.body.contains(&same.reference) && found.body.contains(&other.reference), "{}", found.body);
        assert!(!found.body.contains(&theirs.reference) && !found.body.contains(&unlike.reference));
        assert!(!found.body.contains(&format!("/cases/{}\"", one.reference)));
        marta.get(&format!("/cases/{}?similar=1", one.reference)).await.expect(200).says(&same.reference);
        oleg.get(&format!("/cases/{}/similar", theirs.reference)).await.expect(200);

        marta.does(&one, "merged", &[("from", &same.reference)]).await.expect(303);
        marta.does(&one, "merged", &[("from", &other.reference)]).await.expect(303);
        marta.does(&one, "merged", &[("from", &theirs.reference)]).await.expect(422);
        marta.case(&one).await.says("2 people say this").says(&same.reference).says(&other.reference);
        marta.case(&same).await.says("answered together with").says(&one.reference);
        marta.does(&unlike, "primary", &[("into", "F-NO")]).await.expect(422).says("F-NO");
        marta.does(&unlike, "primary", &[("into", &unlike.reference)]).await.expect(422);
        marta.does(&unlike, "primary", &[("into", &one.reference.to_lowercase())]).await.expect(303);
        marta.does(&unlike, "primary", &[("into", "")]).await.expect(303);
        let page = marta.case(&unlike).await.says("data-event=\"unmerged\"");
        assert!(!page.body.contains("answered together with"));

        let form = [("outcome", "solved"), ("text", "Codes arrive now."), ("step", "send")];
        marta.does(&one, "resolution", &form).await.expect(303);
        assert_eq!(mails(&world, "closure").await.len(), 3, "everybody is told, in answer to their own words");
    }
}

both! {
    async fn mail_of_unsure_origin_is_marked_and_quotes_are_folded(world: World) {
        let marta = world.person("Marta", Role::Owner).await;
        let receipt = said(&world, "Charged twice.", from("Anna", Lang::En)).await;
        let track = receipt.tracking_url.split_once("8080").unwrap().1.to_owned();
        world.stranger().post(&format!("{track}/messages"), &[("text", "SEND MONEY")]).await.expect(303);
        let id = receipt.id;
        world.write(move |c| {
            let row = messages::table.filter(messages::case_id.eq(id));
            let unsure = (messages::unverified_from.eq("mallory@example.net"), messages::quoted.eq("<b>OLD WORDS</b>"));
            Ok(diesel::update(row).set(unsure).execute(c)?)
        }).await;
        let page = marta.case(&receipt).await.says("inbound unverified").says("mallory@example.net").says("we are not sure");
        assert!(page.body.contains("<details class=\"quoted\">") && page.body.contains("&lt;b&gt;OLD WORDS"));
        assert!(!world.stranger().get(&track).await.expect(200).body.contains("SEND MONEY"));
    }
}

#[test]
fn the_constant_page_of_the_benchmark_renders() {
    let templates = heard::templates::Templates::load(chrono_tz::Tz::UTC).unwrap();
    let context: serde_json::Value = serde_json::from_str(include_str!("../../benches/load/case.json")).unwrap();
    let html = templates.html("cases/case", &heard::templates::context(Lang::En, context).unwrap()).unwrap();
    assert!(html.contains("within 24 hours of working time"));
}
