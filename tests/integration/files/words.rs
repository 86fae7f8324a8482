//! Files beside what was typed: nothing of it is lost, and only those have it whom it was meant for.

use super::pictures::picture;
use super::{BY_MAIL, bytes, kept, reference, submit, track};
use crate::both;
use crate::support::{MULTIPART, multipart};
use actix_web::http::Method;
use heard::db::schema::{people, teams};
use heard::db::types::Ts;
use heard::web::viewer::Role;
use image::ImageFormat;

both! {
    async fn files_are_downloads_for_those_who_may_see_the_case(world: World) {
        let png = picture(32, 16, ImageFormat::Png);
        let page = submit(&world.stranger(), BY_MAIL, &[("Дверь.png", &png)]).await.expect(200);
        let (case, kept) = kept(&world).await;
        let (file, reference) = (&kept[0], reference(&page));
        let theirs = format!("{}/files/{}", track(&world, case), file.id);
        let answer = world.stranger().get(&theirs).await.expect(200);
        assert_eq!(answer.bytes.to_vec(), bytes(&world, file.id).await);
        assert_eq!(answer.header("content-type"), "image/png");
        assert_eq!(
            answer.header("content-disposition"),
            "attachment; filename=\"_____.png\"; filename*=UTF-8''%D0%94%D0%B2%D0%B5%D1%80%D1%8C.png"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "private, no-store");
        assert!(answer.header("content-security-policy").contains("sandbox"));
        assert!(answer.header("x-sent-file").is_empty());

        let path = format!("/cases/{reference}/files/{}", file.id);
        world.person("Marta", Role::Owner).await.get(&path).await.expect(200);
        world.person("Elsa", Role::Employee).await.get(&path).await.expect(403);
        world.stranger().get(&path).await.expect(303);
    }
}

both! {
    async fn foreign_files_are_not_there(world: World) {
        let page = submit(&world.stranger(), BY_MAIL, &[("a.txt", b"Hello")]).await.expect(200);
        let (case, kept) = kept(&world).await;
        let other = submit(&world.stranger(), BY_MAIL, &[]).await.expect(200);
        let id = kept[0].id;
        let marta = world.person("Marta", Role::Owner).await;
        marta.get(&format!("/cases/{}/files/{id}", reference(&other))).await.expect(404);
        marta.get(&format!("/cases/{}/files/{}", reference(&page), id + 1)).await.expect(404);
        marta.get(&format!("/cases/{}/files/x", reference(&page))).await.expect(404);
        world.stranger().get(&format!("{}/files/{}", track(&world, case), id + 1)).await.expect(404);
        world.stranger().get(&format!("/t/{}/files/{id}", "0".repeat(39))).await.expect(404);

        // Another team's case is not there for Tom.
        let (north, south, now) = (heard::id::new_id(), heard::id::new_id(), world.now());
        world.write(move |c| {
            use diesel::prelude::*;
            use heard::db::schema::cases;
            for (id, name) in [(north, "North"), (south, "South")] {
                diesel::insert_into(teams::table).values((teams::id.eq(id), teams::name.eq(name), teams::created_at.eq(Ts::from(now)))).execute(c)?;
            }
            diesel::update(cases::table.find(case)).set(cases::team_id.eq(north)).execute(c)?;
            diesel::update(people::table).set(people::team_id.eq(south)).execute(c)?;
            Ok(())
        }).await;
        let tom = world.member("Tom", Role::Owner, Some(south)).await;
        tom.get(&format!("/cases/{}/files/{id}", reference(&page))).await.expect(404);
    }
}

both! {
    async fn chosen_files_are_asked_for_again(world: World) {
        let nameless: Vec<(&str, &str)> = BY_MAIL.iter().map(|(name, value)| (*name, if *name == "email" { "nobody" } else { *value })).collect();
        let page = submit(&world.stranger(), &nameless, &[("a.txt", b"Hello")]).await.expect(422);
        page.says("does not look like an e-mail").says("Please choose your files once more").says("The door does not open.");
        let both = submit(&world.stranger(), &nameless, &[("a.exe", b"Hello"), ("b.exe", b"Hello")]).await.expect(422);
        let both = both.says("does not look like an e-mail").says("a.exe").says("b.exe");
        assert!(!both.body.contains("once more: browsers"));
    }
}

both! {
    async fn files_stand_beside_what_they_came_with(world: World) {
        let page = submit(&world.stranger(), BY_MAIL, &[("first.txt", b"Hello")]).await.expect(200);
        let (case, _) = kept(&world).await;
        let (theirs, staff) = (track(&world, case), format!("/cases/{}", reference(&page)));
        let marta = world.person("Marta", Role::Owner).await;
        marta.upload(&format!("{staff}/notes"), &[("note", "**Look**")], &[("note_files", "secret.txt", b"Hello")]).await.expect(303);
        let anna = world.stranger();
        let wrote = format!("{theirs}/messages");
        anna.upload(&wrote, &[("text", "**Here** it is")], &[("files", "more.txt", b"Hello")]).await.expect(303);
        let refused = anna.upload(&wrote, &[("text", "Once again")], &[("files", "x.exe", b"MZ")]).await.expect(422);
        refused.says("Once again").says("We cannot take");
        anna.upload(&wrote, &[("text", "")], &[("files", "x.txt", b"Hello")]).await.expect(422).says("choose your files once more");

        let page = marta.get(&staff).await.expect(200);
        let page = page.says("first.txt").says("more.txt").says("secret.txt").says("<strong>Look</strong>").says("5 B");
        assert!(page.body.contains("**Here** it is"), "originators do not write Markdown");
        let page = anna.get(&theirs).await.expect(200).says("first.txt").says("more.txt");
        assert!(!page.body.contains("secret.txt"));
        let (_, files) = kept(&world).await;
        for file in files {
            let status = if file.name == "secret.txt" { 404 } else { 200 };
            anna.get(&format!("{theirs}/files/{}", file.id)).await.expect(status);
            marta.get(&format!("{staff}/files/{}", file.id)).await.expect(200);
        }
    }
}

both! {
    async fn files_of_a_reply_go_out_with_it(world: World) {
        use heard::cases::actions::{Desk, add_files, dispatch, draft_reply, take_back};
        use heard::cases::store::Scope;
        let page = submit(&world.stranger(), BY_MAIL, &[]).await.expect(200);
        let (case, _) = kept(&world).await;
        let (theirs, name) = (track(&world, case), reference(&page));
        let marta = world.person("Marta", Role::Owner).await;
        let (by, desk) = (heard::journal::By::person(marta.id), Desk::of(&world.app));
        let token = marta.cookie("heard").unwrap();
        let now = world.now();
        let viewer = world.read(move |c| Ok(heard::web::viewer::find_viewer(c, &token, now)?)).await.unwrap().0;
        let scope = Scope::of(&viewer).unwrap();
        let file = heard::files::check("a.txt", b"Hello".to_vec(), 1, false).unwrap();
        let again = desk.clone();
        world.write(move |c| {
            let undone = draft_reply(c, &again, scope, by, &name, "Wrong", false)?;
            add_files(c, &again, undone, std::slice::from_ref(&file))?;
            assert!(take_back(c, by, undone)?.is_some());
            assert_eq!(heard::files::store::of_case(c, case)?, []);
            let sent = draft_reply(c, &again, scope, by, &name, "See the **file**", false)?;
            add_files(c, &again, sent, &[file])
        }).await;
        let waiting = kept(&world).await.1.remove(0);
        let path = format!("{theirs}/files/{}", waiting.id);
        world.stranger().get(&path).await.expect(404);
        world.advance(chrono::Duration::seconds(11));
        let desk = desk.at_moment(world.now());
        assert_eq!(world.write(move |c| dispatch(c, &desk, 10)).await, 1);
        world.stranger().get(&path).await.expect(200).says("Hello");
        let page = world.stranger().get(&theirs).await.expect(200);
        page.says("a.txt").says("See the <strong>file</strong>");
        let mail = world.read(move |c| {
            use diesel::prelude::*;
            use heard::db::schema::outbox::dsl;
            Ok(dsl::outbox.filter(dsl::template.eq("reply")).select(heard::mail::outbox::Mail::as_select()).first(c)?)
        }).await;
        let mail = world.app.mailer.render(&mail).unwrap();
        assert!(mail.text.contains("See the file") && mail.html.contains("<strong>file</strong>"));
        assert!(mail.text.contains("There is a file with this message"), "{}", mail.text);
    }
}

both! {
    async fn fields_behind_a_file_that_is_too_large_are_kept(world: World) {
        let large = vec![b'a'; 11 * 1024 * 1024];
        let first = multipart(&[], &[("files", "large.txt", &large), ("files", "small.txt", b"Hello")]);
        let end = b"------a-form--\r\n".len();
        let body = [&first[..first.len() - end], &multipart(BY_MAIL, &[])].concat();
        let headers = [("content-type", MULTIPART), ("sec-fetch-site", "same-origin")];
        let page = world.stranger().send_bytes(Method::POST, "/feedback", &headers, Some(body)).await.expect(422);
        let page = page.says("large.txt").says("is larger than 10 MB").says("The door does not open.");
        assert!(page.body.contains(r#"value="anna@example.org""#) && !page.body.contains("small.txt"));
    }
}

both! {
    async fn a_case_holds_only_so_much(world: World) {
        submit(&world.stranger(), BY_MAIL, &[("a.txt", b"Hello")]).await.expect(200);
        let (case, _) = kept(&world).await;
        world.write(move |c| {
            use diesel::prelude::*;
            use heard::db::schema::attachments::dsl;
            Ok(diesel::update(dsl::attachments).set(dsl::size.eq(100 * 1024 * 1024)).execute(c)?)
        }).await;
        let path = format!("{}/messages", track(&world, case));
        let page = world.stranger().upload(&path, &[("text", "One more")], &[("files", "b.txt", b"Hello")]).await.expect(422);
        page.says("no room for more").says("One more");
        world.stranger().post(&path, &[("text", "Without a file")]).await.expect(303);
    }
}

both! {
    async fn a_reply_that_is_taken_back_gives_its_files_up(world: World) {
        let page = submit(&world.stranger(), BY_MAIL, &[]).await.expect(200);
        let (case, _) = kept(&world).await;
        let (staff, marta) = (format!("/cases/{}", reference(&page)), world.person("Marta", Role::Owner).await);
        let replies = format!("{staff}/replies");
        marta.upload(&replies, &[("text", "Look")], &[("files", "x.exe", b"MZ")]).await.expect(422).says("Look").says("x.exe");
        marta.upload(&replies, &[("text", "Look")], &[("note_files", "a.txt", b"Hello")]).await.expect(422);
        let sent = marta.upload(&replies, &[("text", "Look")], &[("files", "a.txt", b"Hello")]).await.expect(303);
        let id = sent.location().rsplit_once("pending-").unwrap().1.to_owned();
        assert_eq!(kept(&world).await.1.len(), 1);
        let page = marta.post(&format!("{replies}/{id}/undo"), &[]).await.expect(200);
        page.says("Look").says("choose your files once more");
        assert_eq!(kept(&world).await.1, []);

        marta.upload(&replies, &[("text", "Look")], &[("files", "b.txt", b"Hello")]).await.expect(303);
        world.send_replies().await;
        world.stranger().get(&track(&world, case)).await.expect(200).says("b.txt");
        marta.get(&staff).await.expect(200).says("b.txt");
    }
}
