//! Files beside what was typed: nothing of it is lost, and only those have it whom it was meant for.

use super::pictures::picture;
use super::{BY_MAIL, bytes, kept, reference, submit, track};
use crate::both;
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
