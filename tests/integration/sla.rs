//! Working hours and promises, as administrators arrange them.

use crate::both;
use crate::support::{Actor, World};
use actix_web::http::Method;
use chrono::Duration;
use diesel::prelude::*;
use heard::db::schema::journal;
use heard::journal::Subject;
use heard::people::teams;
use heard::sla::store::{self, Kept};
use heard::web::viewer::Role;

async fn kept(world: &World, name: &'static str) -> Kept {
    let all = world.read(store::list).await;
    all.into_iter().find(|kept| kept.named.name == name).unwrap()
}

async fn events(world: &World, id: i64) -> Vec<String> {
    world
        .read(move |c| {
            let of = journal::table.filter(journal::subject_id.eq(id)).filter(journal::subject.eq(Subject::Rules));
            Ok(of.order(journal::seq).select(journal::event).load(c)?)
        })
        .await
}

const OFFICE: [(&str, &str); 9] = [
    ("name", "Office"),
    ("zone", "Europe/Moscow"),
    ("mon", "9-18"),
    ("tue", "09:00-13:00, 14:00-18:00"),
    ("wed", "9-18"),
    ("thu", "9-18"),
    ("fri", "9-18"),
    ("sat", ""),
    ("sun", ""),
];

async fn office(world: &World, ingrid: &Actor) -> String {
    let path = ingrid.post("/admin/calendars", &OFFICE).await.expect(303).location().to_owned();
    assert_eq!(path, format!("/admin/calendars/{}", kept(world, "Office").await.id));
    path
}

fn with<'a>(form: &[(&'a str, &'a str)], field: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    form.iter().map(|(name, old)| if *name == field { (*name, value) } else { (*name, *old) }).collect()
}

both! {
    async fn a_calendar_says_in_plain_words_what_it_means(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        ingrid.get("/admin/calendars").await.expect(200).says("Around the clock").says("168 hours").says("all other teams");
        ingrid.get("/admin/calendars/new").await.expect(200).says("45 hours");
        let path = office(&world, &ingrid).await;
        // It is Monday noon in Moscow: six hours today, two tomorrow.
        ingrid.get(&path).await.expect(200).says("This week: 44 hours. A promise of 8 hours made now falls on Tuesday, 24 November, 11:00");
        ingrid.get("/admin/calendars").await.expect(200).says("Office").says("no team yet");
        assert_eq!(events(&world, kept(&world, "Office").await.id).await, ["calendar_added"]);
        ingrid.set_cookie("lang", "ru");
        ingrid.get(&path).await.expect(200).says("На этой неделе 44 рабочих часа");
    }
}

both! {
    async fn wrong_hours_are_refused_beside_their_field_and_kept(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        for (field, typed, said) in [
            ("mon", "9-13, 12-18", "12:00-18:00 begins before the hours before it end"),
            ("sat", "18-9", "18:00-09:00 does not end after it begins"),
            ("sun", "mornings", "We cannot read &quot;mornings&quot;"),
            ("zone", "Europe/Atlantis", "We do not know this time zone"),
            ("name", " ", "name-error"),
            ("name", "Around the clock", "in use already"),
        ] {
            let again = ingrid.post("/admin/calendars", &with(&OFFICE, field, typed)).await.expect(422).says(said);
            again.says(&format!("value=\"{typed}\"")).says(&format!("{field}-error")).says("09:00-13:00, 14:00-18:00");
        }
        let closed: Vec<(&str, &str)> = vec![("name", "Closed"), ("zone", "UTC")];
        ingrid.post("/admin/calendars", &closed).await.expect(422).says("Give at least one day some hours");
        let path = office(&world, &ingrid).await;
        ingrid.post(&path, &with(&OFFICE, "fri", "9-9")).await.expect(422).says("value=\"9-9\"").says("fri-error");
        ingrid.post(&path, &with(&OFFICE, "fri", "<b>")).await.expect(422).says("&lt;b&gt;");
        ingrid.set_cookie("lang", "ru");
        ingrid.post(&path, &with(&OFFICE, "fri", "9-9")).await.expect(422).says("заканчивается не позже");
    }
}

both! {
    async fn a_calendar_goes_when_nothing_goes_by_it(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let now = world.now();
        let team = world.write(move |c| teams::add(c, "Support", now)).await;
        let path = office(&world, &ingrid).await;
        let id = kept(&world, "Office").await.id;
        let of_team = format!("/admin/teams/{team}");
        ingrid.post(&of_team, &[("name", "Support"), ("calendar", &id.to_string())]).await.expect(303);
        ingrid.post(&format!("{path}/removal"), &[]).await.expect(409).says("Somebody still goes by this calendar");
        ingrid.post(&of_team, &[("name", "Support"), ("calendar", "")]).await.expect(303);
        world.person("Olga", Role::Owner).await.post(&format!("{path}/removal"), &[]).await.expect(403);
        ingrid.post(&format!("{path}/removal"), &[]).await.expect(303);
        ingrid.get("/admin/calendars").await.expect(200).says("The calendar is gone.");
        assert_eq!(events(&world, id).await, ["calendar_added", "calendar_removed"]);
        ingrid.get(&path).await.expect(404);
        ingrid.post("/admin/calendars/1/removal", &[]).await.expect(409).says("This is the default calendar");
    }
}

both! {
    async fn the_rules_follow_a_calendar_at_once(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let now = world.now();
        let team = world.write(move |c| teams::add(c, "Support", now)).await;
        let due = |world: &World| world.app.rules.current().calendar(Some(team)).add(world.now(), Duration::hours(8)) - world.now();
        assert_eq!(due(&world), Duration::hours(8));
        let path = office(&world, &ingrid).await;
        let id = kept(&world, "Office").await.id.to_string();
        let of_team = format!("/admin/teams/{team}");
        ingrid.get(&of_team).await.expect(200).says("The default calendar").says("Office");
        ingrid.post(&of_team, &[("name", "Support"), ("calendar", &id)]).await.expect(303);
        assert_eq!(due(&world), Duration::hours(23));
        ingrid.get("/admin/calendars").await.expect(200).says("Support");
        ingrid.post(&path, &with(&OFFICE, "tue", "12-18")).await.expect(303);
        assert_eq!(due(&world), Duration::hours(26));
        ingrid.post(&of_team, &[("name", "Support"), ("calendar", "7")]).await.expect(422).says("calendar-error");
        ingrid.post(&of_team, &[("name", "Support"), ("calendar", "x")]).await.expect(422);
        ingrid.post(&of_team, &[("name", "Support"), ("calendar", "")]).await.expect(303);
        assert_eq!(due(&world), Duration::hours(8));
        ingrid.post(&format!("{path}/default"), &[]).await.expect(303);
        assert_eq!(due(&world), Duration::hours(26));
        let defaults = world.read(store::list).await.iter().filter(|kept| kept.is_default).count();
        assert_eq!(defaults, 1);
    }
}

both! {
    async fn dates_can_be_closed_and_opened(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let path = office(&world, &ingrid).await;
        let (exceptions, id) = (format!("{path}/exceptions"), kept(&world, "Office").await.id);
        let day = |on, hours, occasion| [("on", on), ("hours", hours), ("occasion", occasion)];
        ingrid.post(&exceptions, &day("2026-11-24", "", "Mother <b>")).await.expect(303);
        ingrid.post(&exceptions, &day("2026-11-28", "10-12", "")).await.expect(303);
        ingrid.get(&path).await.expect(200).says("Mother &lt;b&gt;").says("10:00-12:00").says("This week: 38 hours").says("25 November, 11:00");
        ingrid.post(&exceptions, &day("2026-11-24", "9-10", "")).await.expect(422).says("has an exception already").says("value=\"9-10\"");
        ingrid.post(&exceptions, &day("tomorrow", "10-9", "")).await.expect(422).says("on-error");
        ingrid.post(&exceptions, &day("2026-11-30", "10-9", "")).await.expect(422).says("hours-error").says("value=\"Office\"");
        ingrid.post(&exceptions, &day("99999-01-01", "", "")).await.expect(422);
        ingrid.post(&format!("{exceptions}/2026-11-24/removal"), &[]).await.expect(303);
        ingrid.post(&format!("{exceptions}/2026-11-24/removal"), &[]).await.expect(404);
        ingrid.post(&format!("{exceptions}/x/removal"), &[]).await.expect(404);
        assert_eq!(events(&world, id).await, ["calendar_added", "calendar_exception_added", "calendar_exception_added", "calendar_exception_removed"]);
    }
}

both! {
    async fn holidays_come_from_a_file(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let path = office(&world, &ingrid).await;
        let ics = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270104\r\nSUMMARY:Новый год\r\nEND:VEVENT\r\n\
            BEGIN:VEVENT\r\nDTSTART:20270105T090000Z\r\nSUMMARY:Meeting\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let imported = ingrid.post(&format!("{path}/holidays"), &[("ics", ics)]).await.expect(303);
        ingrid.get(imported.location()).await.expect(200).says("4 days off were added. 1 event at a time of day was left out.").says("Новый год");
        let again = ingrid.post(&format!("{path}/holidays"), &[("ics", ics)]).await.expect(303);
        ingrid.get(again.location()).await.expect(200).says("Nothing new was in the file. 4 dates were in the list already.");
        assert_eq!(kept(&world, "Office").await.exceptions.len(), 4);
        ingrid.post(&format!("{path}/holidays"), &[("ics", "<hello>")]).await.expect(422).says("not a calendar file").says("&lt;hello&gt;");
        ingrid.post(&format!("{path}/holidays"), &[("ics", " ")]).await.expect(422).says("Choose a file");
        ingrid.post("/admin/calendars/7/holidays", &[("ics", ics)]).await.expect(404);
        let file = async |bytes: &str| {
            let body = format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ru.ics\"\r\n\r\n{bytes}\r\n\
                --x\r\nContent-Disposition: form-data; name=\"ics\"\r\n\r\n\r\n--x--\r\n");
            let headers = [("content-type", "multipart/form-data; boundary=x"), ("sec-fetch-site", "same-origin")];
            ingrid.send(Method::POST, &format!("{path}/holidays"), &headers, Some(body)).await
        };
        file("hello").await.expect(422).says("file-error");
        let done = file(&ics.replace("20261231", "20261230")).await.expect(303);
        ingrid.get(done.location()).await.expect(200).says("1 day off was added.");
    }
}

both! {
    async fn promises_are_arranged_by_administrators_alone(world: World) {
        let ingrid = world.person("Ingrid", Role::Admin).await;
        let path = office(&world, &ingrid).await;
        let council = world.person("Olga", Role::Council).await;
        for path in ["/admin/calendars", "/admin/calendars/new", &path] {
            council.get(path).await.expect(403);
            world.stranger().get(path).await.expect(303);
        }
        council.post("/admin/calendars", &OFFICE).await.expect(403);
        council.post(&path, &OFFICE).await.expect(403);
        council.post(&format!("{path}/default"), &[]).await.expect(403);
        council.post(&format!("{path}/exceptions"), &[("on", "2026-12-31"), ("hours", ""), ("occasion", "")]).await.expect(403);
        council.post(&format!("{path}/exceptions/2026-12-31/removal"), &[]).await.expect(403);
        council.post(&format!("{path}/holidays"), &[("ics", "x")]).await.expect(403);
        assert_eq!(events(&world, kept(&world, "Office").await.id).await, ["calendar_added"]);
    }
}
