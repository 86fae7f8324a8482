//! Files that are not what they seem, or know too much.

use super::pictures::{PLACE, animation, huge_png, photo, picture, signed_png, size};
use super::{ANONYMOUS, BY_MAIL, bytes, kept, reference, submit, track};
use crate::both;
use crate::support::{MULTIPART, World, multipart};
use actix_web::http::Method;
use diesel::prelude::*;
use heard::db::schema::feedback;
use heard::web::viewer::Role;
use image::{AnimationDecoder, ImageFormat};

async fn submissions(world: &World) -> i64 {
    world.read(|c| Ok(feedback::table.count().get_result(c)?)).await
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

both! {
    async fn disguised_files_are_refused_beside_their_field(world: World) {
        let png = picture(4, 4, ImageFormat::Png);
        let script = [b"GIF89a/*".as_slice(), &[0; 20], b"*/=1;alert(1)//"].concat();
        let too_large = vec![b'a'; 10 * 1024 * 1024 + 1];
        let cases: &[(&str, &[u8], &str)] = &[
            ("a.svg", b"<svg onload=alert(1)>", "We cannot take"),
            ("a.html", b"<html><script>alert(1)</script>", "We cannot take"),
            ("a.png", b"<html><script>alert(1)</script>", "is not what its name says"),
            ("a.txt", b"<svg xmlns='http://www.w3.org/2000/svg' onload=alert(1)>", "is not what its name says"),
            ("a.pdf", &png, "is not what its name says"),
            ("a.exe", b"MZ\x90\0", "We cannot take"),
            ("a.docx", b"MZ\x90\0", "is not what its name says"),
            ("a.docm", b"PK\x03\x04", "We cannot take"),
            ("a.zip", b"PK\x03\x04", "We cannot take"),
            ("a.png.exe", &png, "We cannot take"),
            ("png", &png, "We cannot take"),
            ("IMG_7.heic", b"\0\0\0\x18ftypheic", "JPEG"),
            ("a.gif", &script, "seems to be damaged"),
            ("a.png", &png[..40], "seems to be damaged"),
            ("a.txt", b"", "is empty"),
            ("a.txt", &too_large, "is larger than 10 MB"),
            ("a.png", &huge_png(50_000, 50_000), "too many pixels"),
        ];
        for (name, bytes, said) in cases {
            let page = submit(&world.stranger(), BY_MAIL, &[(name, bytes)]).await.expect(422);
            assert!(page.body.contains(said) && page.body.contains(name), "{name}: {}", page.body);
            assert!(page.body.contains("The door does not open. See the picture."), "what was typed is kept");
            assert!(page.body.contains(r#"aria-describedby="files-error""#));
        }
        assert_eq!(submissions(&world).await, 0);
    }
}

both! {
    async fn names_cannot_mislead(world: World) {
        let text: &[u8] = b"Hello";
        let names = ["../../etc/pass<b>wd.txt", "x%0D%0ASet-Cookie: a=b.txt", "not\u{202e}fdp.txt"];
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, text)).collect();
        let owner = world.person("Marta", Role::Owner).await;
        let page = submit(&owner, BY_MAIL, &files).await.expect(200);
        let (case, kept) = kept(&world).await;
        let mut names: Vec<&str> = kept.iter().map(|file| file.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["notfdp.txt", "pass_b_wd.txt", "x Set-Cookie_ a=b.txt"]);
        for file in &kept {
            let path = format!("/cases/{}/files/{}", reference(&page), file.id);
            let answer = owner.get(&path).await.expect(200);
            assert!(answer.header("content-disposition").starts_with("attachment; filename=\""));
            assert!(answer.header("set-cookie").is_empty());
        }
        let path = format!("{}/files/{}", track(&world, case), kept[0].id);
        world.stranger().get(&path).await.expect(200).says("Hello");
    }
}

both! {
    async fn photos_lose_what_the_camera_wrote(world: World) {
        let png = signed_png("Ann Lee");
        assert!(holds(&photo(), PLACE) && holds(&png, "Ann Lee"));
        submit(&world.stranger(), BY_MAIL, &[("1.jpg", &photo()), ("2.png", &png), ("3.gif", &animation(3))]).await.expect(200);
        let (_, kept) = kept(&world).await;
        let jpeg = bytes(&world, kept[0].id).await;
        assert!(!holds(&jpeg, PLACE) && !holds(&jpeg, "Exif"));
        assert_eq!(size(&jpeg), (8, 16), "it stands upright without being told to");
        assert!(!holds(&bytes(&world, kept[1].id).await, "Ann Lee"));
        let gif = bytes(&world, kept[2].id).await;
        let decoder = image::codecs::gif::GifDecoder::new(std::io::Cursor::new(gif)).unwrap();
        assert_eq!(decoder.into_frames().count(), 3);
    }
}

both! {
    async fn anonymous_files_lead_to_nobody(world: World) {
        let page = submit(&world.stranger(), ANONYMOUS, &[("Ann Lee.pdf", b"%PDF-1.7 /Author (Ann Lee)")]).await;
        let page = page.expect(422).says("To stay anonymous");
        assert!(page.body.contains("Ann Lee.pdf"), "they are told which one");
        let files: &[(&str, &[u8])] = &[("Ann Lee.txt", b"Hello"), ("Ann.jpg", &photo())];
        submit(&world.stranger(), ANONYMOUS, files).await.expect(200);
        let (case, kept) = kept(&world).await;
        assert_eq!([kept[0].name.as_str(), kept[1].name.as_str()], ["file-1.txt", "file-2.jpg"]);
        assert!(kept.iter().all(|file| file.id >> 60 != 0 || file.id != case), "ids are random");
        let at = world.read(|c| {
            use heard::db::{schema::attachments::dsl, types::Ts};
            Ok(dsl::attachments.select(dsl::created_at).load::<Ts>(c)?)
        });
        assert!(at.await.iter().all(|at| at.format("%H:%M:%S").to_string() == "00:00:00"));
    }
}

both! {
    async fn nothing_is_unpacked(world: World) {
        // What unpacks to gigabytes is a few bytes to us: only the names in it are read.
        let bomb = [b"PK\x03\x04[Content_Types].xml word/document.xml".as_slice(), &[0x78; 4096]].concat();
        submit(&world.stranger(), BY_MAIL, &[("report.docx", &bomb)]).await.expect(200);
        let (_, kept) = kept(&world).await;
        assert_eq!(kept[0].size, bomb.len() as i64);
        assert_eq!(bytes(&world, kept[0].id).await, bomb);
    }
}

both! {
    async fn forms_with_files_come_from_our_pages_only(world: World) {
        let body = || Some(multipart(BY_MAIL, &[("files", "a.txt", b"Hello")]));
        let kind = ("content-type", MULTIPART);
        let ann = world.person("Ann", Role::Employee).await;
        for site in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")] {
            ann.send_bytes(Method::POST, "/feedback", &[kind, site], body()).await.expect(403);
        }
        // Neither header, but a cookie of ours.
        ann.send_bytes(Method::POST, "/feedback", &[kind], body()).await.expect(403);
        let us = ("sec-fetch-site", "same-origin");
        ann.send_bytes(Method::POST, "/feedback", &[("content-type", "multipart/form-data"), us], body()).await.expect(400);
        ann.send_bytes(Method::POST, "/feedback", &[("content-type", "multipart/mixed; boundary=----a-form"), us], body()).await.expect(415);
        assert_eq!(submissions(&world).await, 0);
    }
}

both! {
    async fn forms_with_files_keep_to_the_rules_of_forms(world: World) {
        let who = world.stranger();
        let with = |more: &[(&'static str, &'static str)]| [BY_MAIL, more].concat();
        who.upload("/feedback", &with(&[("admin", "1")]), &[]).await.expect(422);
        who.upload("/feedback", BY_MAIL, &[("evil", "a.txt", b"Hello")]).await.expect(422);
        // The empty field of a form where nobody chose a file.
        who.upload("/feedback", BY_MAIL, &[("files", "", b"")]).await.expect(200);
        let four: Vec<(&str, &[u8])> = vec![("a.txt", b"Hello"); 4];
        submit(&who, BY_MAIL, &four).await.expect(422).says("At most 3 files");
        let cut = multipart(BY_MAIL, &[("files", "a.txt", b"Hello")]);
        let headers = [("content-type", MULTIPART), ("sec-fetch-site", "same-origin")];
        who.send_bytes(Method::POST, "/feedback", &headers, Some(cut[..cut.len() - 30].to_vec())).await.expect(400);
        let long = "x".repeat(300 * 1024);
        who.upload("/feedback", &[("text", &long)], &[]).await.expect(413);
        assert_eq!(submissions(&world).await, 1);
    }
}
