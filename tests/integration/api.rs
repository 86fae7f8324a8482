//! The API: what machines send, get, and are refused.

use crate::both;
use crate::support::{Answer, World};
use actix_web::http::Method;
use chrono::{Duration, Timelike};
use diesel::prelude::*;
use futures_util::future::join_all;
use heard::api::idempotency;
use heard::db::schema::{api_tokens, cases, feedback, idempotency as kept, journal, outbox, people};
use heard::db::types::Ts;
use heard::feedback::store::{Feedback, by_receipt};
use heard::id;
use heard::web::viewer::Role;
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub const ALL_SCOPES: &str = "feedback:write feedback:read cases:read cases:write changes:read changes:write";
const KEY: &str = "0b6e1f7a-1d3c-4a51-9c55-0f5b1d9c2f10";

/// A token of a new person with this role.
pub async fn token(world: &World, name: &str, role: Role, scopes: &'static str) -> (i64, String) {
    let person = world.person(name, role).await;
    let token = format!("hrd_{}", id::secret());
    let row = (
        api_tokens::id.eq(id::new_id()),
        api_tokens::person_id.eq(person.id),
        api_tokens::name.eq("test"),
        api_tokens::token_hash.eq(id::hash(&token)),
        api_tokens::scopes.eq(scopes),
        api_tokens::created_at.eq(Ts(world.now())),
    );
    world.write(move |c| Ok(diesel::insert_into(api_tokens::table).values(row).execute(c)?)).await;
    (person.id, token)
}

pub async fn call(world: &World, method: Method, path: &str, token: &str, body: Value) -> Answer {
    world.stranger().json(method, &format!("/api/v1{path}"), Some(token), &body).await
}

pub async fn get(world: &World, path: &str, token: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    world.stranger().send(Method::GET, &format!("/api/v1{path}"), &[("authorization", &bearer)], None).await
}

/// Sends feedback without a token; the fields are laid over usual ones, null takes one away.
async fn give(world: &World, fields: Value) -> Answer {
    give_with(world, &[], fields).await
}

async fn give_with(world: &World, headers: &[(&str, &str)], fields: Value) -> Answer {
    let mut headers = headers.to_vec();
    headers.push(("content-type", "application/json"));
    world.stranger().send(Method::POST, "/api/v1/feedback", &headers, Some(usual(fields).to_string())).await
}

fn usual(fields: Value) -> Value {
    let mut dto = json!({"voice": "customer", "kind": "complaint", "text": "Charged twice for one order."});
    for (name, value) in fields.as_object().expect("fields") {
        match value {
            Value::Null => dto.as_object_mut().and_then(|d| d.remove(name)),
            value => dto.as_object_mut().and_then(|d| d.insert(name.clone(), value.clone())),
        };
    }
    dto
}

fn anna() -> Value {
    json!({"contact": {"email": "anna@example.org", "name": "Anna", "locale": "ru-RU"}})
}

/// The fields a problem names, with their codes.
fn wrong(answer: &Answer) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let problem = answer.json();
    let errors = problem["errors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|e| (text(&e["field"]), text(&e["code"]))).collect()
}

#[track_caller]
fn refused(answer: Answer, status: u16) -> Answer {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.body);
    assert_eq!(answer.json()["status"], status);
    answer.expect(status)
}

async fn rows(world: &World) -> i64 {
    world.read(|c| Ok(feedback::table.count().get_result(c)?)).await
}

both! {
    async fn feedback_goes_in_and_can_be_read(world: World) {
        let given = give(&world, anna()).await.expect(201);
        let receipt = given.json();
        let reference = receipt["reference"].as_str().unwrap();
        assert_eq!(given.location(), format!("/api/v1/feedback/{reference}"));
        assert!(receipt["id"].is_string() && receipt.get("receipt_code").is_none());
        assert!(receipt["tracking_url"].as_str().unwrap().starts_with("http://127.0.0.1:8080/t/"));
        assert_eq!(receipt["promised_by"], "2026-11-24T09:00:00Z");
        let (_, reader) = token(&world, "Olga", Role::Owner, "feedback:read").await;
        let said = get(&world, given.location().trim_start_matches("/api/v1"), &reader).await.expect(200).json();
        assert_eq!((&said["channel"], &said["title"]), (&json!("api"), &json!("Charged twice for one order")));
        assert_eq!(said["contact"]["locale"], "ru");
        let (lang, mails): (String, i64) =
            world.read(|c| Ok((people::table.filter(people::email.eq("anna@example.org")).select(people::lang).first(c)?, outbox::table.count().get_result(c)?))).await;
        assert_eq!((lang.as_str(), mails), ("ru", 1));
    }
}

both! {
    async fn without_a_contact_it_is_anonymous(world: World) {
        let receipt = give(&world, json!({"anonymous": true})).await.expect(201).json();
        let code = receipt["receipt_code"].as_str().unwrap().to_owned();
        assert_eq!((code.len(), &receipt["tracking_url"]), (26, &json!("http://127.0.0.1:8080/track")));
        let said: Feedback = world.read(|c| Ok(feedback::table.select(Feedback::as_select()).first(c)?)).await;
        assert_eq!((said.person_id, said.created_at.num_seconds_from_midnight()), (None, 0));
        assert_eq!(world.read(move |c| Ok(by_receipt(c, &code)?)).await, said.id);
        let both = give(&world, json!({"anonymous": true, "contact": {"email": "a@example.org"}})).await;
        assert_eq!(wrong(&refused(both, 422))[0].0, "contact");
        assert_eq!(wrong(&refused(give(&world, json!({"anonymous": false})).await, 422))[0].0, "contact");
    }
}

both! {
    async fn only_a_token_names_feedback_and_dates_it_back(world: World) {
        let history = json!({"external_id": "crm-1", "received_at": "2026-01-05T10:00:00+03:00", "channel": "CRM"});
        let answer = refused(give(&world, history.clone()).await, 422);
        let needs = "error-needs-token".to_owned();
        assert_eq!(wrong(&answer), [("external_id".to_owned(), needs.clone()), ("received_at".to_owned(), needs)]);
        let (id, writer) = token(&world, "Crm", Role::Employee, "feedback:write").await;
        call(&world, Method::POST, "/feedback", &writer, usual(history.clone())).await.expect(201);
        let again = call(&world, Method::POST, "/feedback", &writer, usual(history)).await;
        refused(again, 409).says("external_id");
        let (at, actor): (Ts, Option<i64>) = world
            .read(|c| Ok((feedback::table.select(feedback::received_at).first(c)?, journal::table.select(journal::actor_id).first(c)?)))
            .await;
        assert_eq!(at.to_rfc3339(), "2026-01-05T00:00:00+00:00", "anonymous: kept to the day");
        assert_eq!((rows(&world).await, actor), (1, None), "an anonymous person is not known through who sent it");
        let named = call(&world, Method::POST, "/feedback", &writer, usual(anna())).await.expect(201);
        let id_of: i64 = named.json()["id"].as_str().unwrap().parse().unwrap();
        let actor: Option<i64> = world
            .read(move |c| Ok(journal::table.filter(journal::subject_id.eq(id_of)).select(journal::actor_id).first(c)?))
            .await;
        assert_eq!(actor, Some(id));
    }
}

both! {
    async fn tokens_are_checked(world: World) {
        let (_, reader) = token(&world, "Olga", Role::Owner, "cases:read").await;
        refused(call(&world, Method::POST, "/feedback", "hrd_nonsense", usual(anna())).await, 401);
        refused(call(&world, Method::POST, "/feedback", &reader, usual(anna())).await, 403);
        refused(get(&world, "/feedback/F-0000000", &reader).await, 403);
        refused(get(&world, "/changes", &reader).await, 403);
        let unsigned = world.stranger().get("/api/v1/cases").await;
        assert_eq!(refused(unsigned, 401).header("www-authenticate"), "Bearer");
        let (_, employee) = token(&world, "Ann", Role::Employee, ALL_SCOPES).await;
        for path in ["/cases", "/changes", "/feedback/F-0000000"] {
            refused(get(&world, path, &employee).await, 403);
        }
        assert_eq!(rows(&world).await, 0);
    }
}

both! {
    async fn every_field_has_a_limit_and_a_name(world: World) {
        let long = "x".repeat(20_001);
        let contact = |contact: Value| json!({"contact": contact});
        let cases = [
            (json!({"text": "\u{0}\u{7}\n "}), "text", "error-required"),
            (json!({"text": long}), "text", "error-too-long"),
            (json!({"title": long[..201]}), "title", "error-too-long"),
            (json!({"affected": long[..201]}), "affected", "error-too-long"),
            (json!({"channel": long[..41]}), "channel", "error-too-long"),
            (json!({"channel": " "}), "channel", "error-required"),
            (json!({"topic": long[..101]}), "topic", "error-too-long"),
            (json!({"topic": "no\u{0}where"}), "topic", "error-choice"),
            (json!({"voice": "robot"}), "voice", "error-choice"),
            (json!({"kind": null}), "kind", "error-required"),
            (json!({"text": 5}), "text", "error-unreadable"),
            (json!({"scores": {"nps": 11}}), "scores.nps", "error-number-range"),
            (json!({"scores": {"ces": 70000}}), "scores.ces", "error-unreadable"),
            (json!({"scores": {"stars": 1}}), "scores.stars", "error-unknown-field"),
            (json!({"role": "admin"}), "role", "error-unknown-field"),
            (contact(json!({"email": "nobody"})), "contact.email", "error-email"),
            (contact(json!({"email": format!("{}@example.org", &long[..250])})), "contact.email", "error-email"),
            (contact(json!({"email": "a@example.org", "name": long[..201]})), "contact.name", "error-too-long"),
            (contact(json!({"name": "Anna"})), "contact.email", "error-required"),
        ];
        for (fields, field, code) in cases {
            let answer = refused(give(&world, fields).await, 422);
            assert_eq!(wrong(&answer), [(field.to_owned(), code.to_owned())], "{}", answer.body);
        }
        let (_, writer) = token(&world, "Crm", Role::Employee, "feedback:write").await;
        for (fields, field) in [
            (json!({"external_id": long[..201]}), "external_id"),
            (json!({"received_at": "2027-01-01T00:00:00Z"}), "received_at"),
            (json!({"received_at": "yesterday"}), "received_at"),
        ] {
            let answer = refused(call(&world, Method::POST, "/feedback", &writer, usual(fields)).await, 422);
            assert_eq!(wrong(&answer)[0].0, field);
        }
        assert_eq!(rows(&world).await, 0);
    }
}

#[actix_web::test]
async fn what_cannot_be_read_is_said_to_be_so() {
    let world = World::sqlite().await;
    let send = |kind: &'static str, more: Option<(&'static str, &'static str)>, body: String| {
        let (who, mut headers) = (world.stranger(), vec![("content-type", kind)]);
        headers.extend(more);
        async move { who.send(Method::POST, "/api/v1/feedback", &headers, Some(body)).await }
    };
    let json = "application/json";
    let fine = usual(json!({})).to_string();
    let broken = refused(send(json, None, "{\n  \"text\": oops".into()).await, 400);
    assert_eq!(broken.json()["detail"], "expected value at line 2 column 11");
    refused(send(json, None, format!("{fine} x")).await, 400);
    refused(send("text/plain", None, fine.clone()).await, 415);
    refused(send("application/x-www-form-urlencoded", None, "text=a".into()).await, 415);
    refused(send(json, Some(("content-encoding", "gzip")), fine.clone()).await, 415);
    refused(send(json, None, usual(json!({"text": "x".repeat(256 * 1024)})).to_string()).await, 413);
    refused(send(json, Some(("idempotency-key", "short")), fine.clone()).await, 422);
    send("application/json; charset=utf-8", None, fine).await.expect(201);
    assert_eq!(rows(&world).await, 1);
}

both! {
    async fn control_characters_go_and_markup_stays_text(world: World) {
        let text = "<script>alert(1)</script>\r\nnext\u{0}\u{1b} line";
        let location = give(&world, json!({"text": text, "title": "a\nb"})).await.expect(201).location().to_owned();
        let (_, reader) = token(&world, "Olga", Role::Council, "feedback:read").await;
        let said = get(&world, location.trim_start_matches("/api/v1"), &reader).await.expect(200).json();
        assert_eq!((&said["text"], &said["title"]), (&json!("<script>alert(1)</script>\nnext line"), &json!("a b")));
    }
}

both! {
    async fn equal_requests_at_once_make_one_row_and_get_equal_answers(world: World) {
        for fields in [anna(), json!({"anonymous": true})] {
            let before = rows(&world).await;
            let key = [("idempotency-key", if before == 0 { KEY } else { "another-key-of-somebody" })];
            let answers = join_all((0..20).map(|_| give_with(&world, &key, fields.clone()))).await;
            let bodies: BTreeSet<&str> = answers.iter().map(|a| a.body.as_str()).collect();
            assert!(answers.iter().all(|a| a.status == 201), "{bodies:?}");
            assert_eq!((bodies.len(), rows(&world).await), (1, before + 1));
        }
        let mails: i64 = world.read(|c| Ok(outbox::table.count().get_result(c)?)).await;
        assert_eq!(mails, 1);
    }
}

both! {
    async fn a_key_stands_for_one_request_of_one_caller(world: World) {
        let key = [("idempotency-key", KEY)];
        let first = give_with(&world, &key, anna()).await.expect(201);
        let other = refused(give_with(&world, &key, json!({"text": "Something else"})).await, 422);
        assert_eq!(wrong(&other)[0].1, "error-idempotency-reused");
        let (_, writer) = token(&world, "Crm", Role::Employee, "feedback:write").await;
        let bearer = format!("Bearer {writer}");
        let named = usual(anna());
        let mut theirs = named.clone();
        theirs["external_id"] = json!("crm-1");
        for body in [&theirs, &theirs] {
            let headers = [("content-type", "application/json"), ("authorization", bearer.as_str()), key[0]];
            let answer = world.stranger().send(Method::POST, "/api/v1/feedback", &headers, Some(body.to_string())).await;
            assert_ne!(answer.expect(201).body, first.body, "another caller's key is another key");
        }
        assert_eq!(rows(&world).await, 2);
        world.advance(Duration::hours(24));
        let now = world.now();
        assert_eq!(world.write(move |c| Ok(idempotency::forget(c, now)?)).await, 0, "kept for a day");
        assert_eq!(give_with(&world, &key, anna()).await.expect(201).body, first.body);
        world.advance(Duration::hours(25));
        let now = world.now();
        assert_eq!(world.write(move |c| Ok(idempotency::forget(c, now)?)).await, 2);
        assert_ne!(give_with(&world, &key, anna()).await.expect(201).body, first.body);
    }
}

both! {
    async fn a_kept_answer_tells_nothing_about_an_anonymous_person(world: World) {
        world.advance(Duration::minutes(13));
        let key = [("idempotency-key", KEY)];
        let first = give_with(&world, &key, json!({})).await.expect(201);
        let code = first.json()["receipt_code"].as_str().unwrap().to_owned();
        let (row_id, owner, stored_key, body, at): (i64, String, String, String, Ts) = world
            .read(|c| Ok(kept::table.select((kept::id, kept::owner, kept::key, kept::body, kept::created_at)).first(c)?))
            .await;
        assert!((row_id - id::new_id()).unsigned_abs() > 1 << 40 && at.num_seconds_from_midnight() == 0);
        assert!(!body.contains(&code) && stored_key != KEY && owner == "feedback");
        assert_eq!(give_with(&world, &key, json!({})).await.expect(201).body, first.body);
        assert!(world.read(move |c| Ok(by_receipt(c, &code)?)).await > 0);
        // Once the row is gone the key is free, and the code cannot be found again.
        world.advance(Duration::hours(72));
        let now = world.now();
        world.write(move |c| Ok(idempotency::forget(c, now)?)).await;
        assert_ne!(give_with(&world, &key, json!({})).await.expect(201).json()["receipt_code"], first.json()["receipt_code"]);
    }
}

both! {
    async fn a_case_is_worked_through_the_api(world: World) {
        let receipt = give(&world, anna()).await.expect(201).json();
        let path = format!("/cases/{}", receipt["reference"].as_str().unwrap());
        let (id, olga) = token(&world, "Olga", Role::Owner, ALL_SCOPES).await;
        let seen = get(&world, &path.to_lowercase(), &olga).await.expect(200);
        assert_eq!(seen.header("etag"), "\"1\"");
        assert_eq!(seen.json()["timeline"][0]["event"], "received");
        let taken = call(&world, Method::PUT, &format!("{path}/owner"), &olga, json!({"owner": "me"})).await.expect(200);
        assert_eq!((taken.header("etag"), &taken.json()["owner"]["id"]), ("\"2\"", &json!(id.to_string())));
        let bearer = format!("Bearer {olga}");
        let headers = |tag: &'static str| {
            [("content-type", "application/json"), ("authorization", bearer.as_str()), ("if-match", tag)].map(|(a, b)| (a, b.to_owned()))
        };
        let post = |path: String, headers: [(&'static str, String); 3], body: Value| {
            let who = world.stranger();
            async move {
                let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
                who.send(Method::POST, &format!("/api/v1{path}"), &headers, Some(body.to_string())).await
            }
        };
        let words = json!({"text": "We are looking into it.", "wait": true});
        refused(post(format!("{path}/replies"), headers("\"1\""), words.clone()).await, 409);
        let replied = post(format!("{path}/replies"), headers("\"2\""), words).await.expect(200).json();
        assert_eq!(replied["status"], "waiting");
        let note = json!({"text": "Bank error, see ticket"});
        let noted = call(&world, Method::POST, &format!("{path}/notes"), &olga, note).await.expect(200).json();
        assert_eq!(noted["timeline"].as_array().unwrap().last().unwrap()["direction"], "note");
        let wrong_words = call(&world, Method::POST, &format!("{path}/notes"), &olga, json!({"text": ""})).await;
        assert_eq!(wrong(&refused(wrong_words, 422)), [("text".to_owned(), "error-required".to_owned())]);
        let outcome = json!({"outcome": "solved", "text": "You have your money back."});
        let resolved = call(&world, Method::POST, &format!("{path}/resolution"), &olga, outcome.clone()).await.expect(200).json();
        assert_eq!((&resolved["status"], &resolved["outcome"]), (&json!("resolved"), &json!("solved")));
        refused(call(&world, Method::POST, &format!("{path}/resolution"), &olga, outcome).await, 409);
        let put_back = call(&world, Method::PUT, &format!("{path}/owner"), &olga, json!({"owner": null})).await.expect(200);
        assert_eq!(put_back.json()["owner"], Value::Null);
        refused(call(&world, Method::PUT, &format!("{path}/owner"), &olga, json!({})).await, 422);
        refused(call(&world, Method::PUT, &format!("{path}/owner"), &olga, json!({"owner": "17"})).await, 422);
        refused(get(&world, "/cases/F-0000000", &olga).await, 404);
        refused(get(&world, "/cases/%00", &olga).await, 404);
    }
}

both! {
    async fn cases_are_listed_page_by_page(world: World) {
        for n in 0..7 {
            give(&world, json!({"text": format!("Number {n}"), "contact": {"email": "a@example.org"}})).await.expect(201);
            world.advance(Duration::minutes(1));
        }
        let (id, olga) = token(&world, "Olga", Role::Owner, ALL_SCOPES).await;
        for query in ["", "view=open", "view=unassigned", "status=new"] {
            let (mut titles, mut cursor, mut pages) = (Vec::new(), String::new(), 0);
            loop {
                let page = get(&world, &format!("/cases?{query}&limit=3{cursor}"), &olga).await.expect(200).json();
                titles.extend(page["items"].as_array().unwrap().iter().map(|i| i["title"].as_str().unwrap().to_owned()));
                pages += 1;
                match page["next"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            let expected: Vec<String> = (0..7).map(|n| format!("Number {n}")).collect();
            assert_eq!((titles, pages), (expected, 3), "{query}");
        }
        let mine = get(&world, "/cases?owner=me", &olga).await.expect(200).json();
        assert_eq!(mine, json!({"items": [], "next": null}));
        world.write(move |c| Ok(diesel::update(cases::table).set(cases::owner_id.eq(id)).execute(c)?)).await;
        let theirs = get(&world, &format!("/cases?status=new&owner={id}"), &olga).await.expect(200).json();
        assert_eq!(theirs["items"].as_array().unwrap().len(), 7);
        assert_eq!(theirs["items"][0]["owner"]["name"], "Olga");
        for (query, status) in
            [("limit=0", 422), ("limit=201", 422), ("view=mine&status=new", 422), ("owner=x", 422), ("cursor=zz", 400), ("colour=red", 400), ("view=red", 400)]
        {
            refused(get(&world, &format!("/cases?{query}"), &olga).await, status);
        }
    }
}

both! {
    async fn a_change_goes_from_proposal_to_shipped(world: World) {
        let receipt = give(&world, anna()).await.expect(201).json();
        let (_, chair) = token(&world, "Chair", Role::Council, ALL_SCOPES).await;
        let proposal = json!({"title": "One bill", "ex": 2, "cx": 5, "effort": 0.5, "confidence": 0.8, "target_on": "2026-12-24", "owner": "me"});
        let made = call(&world, Method::POST, "/changes", &chair, proposal).await.expect(201);
        let path = made.location().trim_start_matches("/api/v1").to_owned();
        assert_eq!((made.header("etag"), &made.json()["owner"]["name"]), ("\"1\"", &json!("Chair")));
        let edit = json!({"effort": 1.0, "owner": null});
        let edited = call(&world, Method::PATCH, &path, &chair, edit).await.expect(200).json();
        assert_eq!((&edited["effort"], &edited["owner"], &edited["target_on"]), (&json!(1.0), &Value::Null, &json!("2026-12-24")));
        assert_eq!(wrong(&refused(call(&world, Method::PATCH, &path, &chair, json!({"ex": 9})).await, 422))[0].0, "ex");
        refused(call(&world, Method::PATCH, &path, &chair, json!({"title": null})).await, 422);
        let case = json!({"case": receipt["reference"]});
        let linked = call(&world, Method::POST, &format!("{path}/cases"), &chair, case).await.expect(200).json();
        assert_eq!((&linked["reach"]["customers"], &linked["score"]["reach"]), (&json!(1), &json!(1)));
        refused(call(&world, Method::POST, &format!("{path}/cases"), &chair, json!({"case": "F-0000000"})).await, 422);
        let step = |status: &str| json!({"status": status});
        refused(call(&world, Method::POST, &format!("{path}/status"), &chair, step("in_progress")).await, 409);
        call(&world, Method::POST, &format!("{path}/status"), &chair, step("accepted")).await.expect(200);
        let silent = call(&world, Method::POST, &format!("{path}/status"), &chair, step("shipped")).await;
        assert_eq!(wrong(&refused(silent, 422))[0].1, "error-say-what-changed");
        let (_, owner) = token(&world, "Olga", Role::Owner, ALL_SCOPES).await;
        let news = json!({"status": "shipped", "outcome_en": "There is one bill now."});
        refused(call(&world, Method::POST, &format!("{path}/status"), &owner, news.clone()).await, 403);
        let shipped = call(&world, Method::POST, &format!("{path}/status"), &chair, news).await.expect(200).json();
        assert_eq!((&shipped["status"], &shipped["outcome_en"]), (&json!("shipped"), &json!("There is one bill now.")));
        let closure: i64 = world.read(|c| Ok(outbox::table.filter(outbox::template.eq("closure")).count().get_result(c)?)).await;
        assert_eq!(closure, 1);
        let listed = get(&world, "/changes?status=shipped&limit=1", &owner).await.expect(200).json();
        assert_eq!((&listed["items"][0]["title"], &listed["next"]), (&json!("One bill"), &Value::Null));
        refused(get(&world, "/changes/C-0000000", &owner).await, 404);
    }
}

both! {
    async fn owners_see_through_the_api_what_they_see_on_pages(world: World) {
        let receipt = give(&world, anna()).await.expect(201).json();
        let path = format!("/cases/{}", receipt["reference"].as_str().unwrap());
        let (_, olga) = token(&world, "Olga", Role::Owner, ALL_SCOPES).await;
        world
            .write(|c| {
                use heard::db::schema::teams;
                diesel::insert_into(teams::table)
                    .values((teams::id.eq(7), teams::name.eq("Others"), teams::created_at.eq(Ts(chrono::DateTime::UNIX_EPOCH))))
                    .execute(c)?;
                Ok(diesel::update(cases::table).set(cases::team_id.eq(7)).execute(c)?)
            })
            .await;
        let hidden = refused(get(&world, &path, &olga).await, 404);
        assert_eq!(hidden.body, refused(get(&world, "/cases/F-0000000", &olga).await, 404).body);
        let note = call(&world, Method::POST, &format!("{path}/notes"), &olga, json!({"text": "x"})).await;
        refused(note, 404);
        let items = get(&world, "/cases?status=new", &olga).await.expect(200).json();
        assert_eq!(items["items"], json!([]));
    }
}

#[actix_web::test]
async fn other_methods_and_paths_are_problems_too() {
    let world = World::sqlite().await;
    let who = world.stranger();
    let other = refused(who.send(Method::DELETE, "/api/v1/changes", &[], None).await, 405);
    assert_eq!(other.header("allow"), "GET, POST, HEAD");
    assert_eq!(refused(who.get("/api/v1/feedback").await, 405).header("allow"), "POST");
    refused(who.get("/api/v1/nothing").await, 404);
    refused(who.get("/api/nothing").await, 404);
    refused(who.get("/api/docs/nothing.js").await, 404);
    refused(who.send(Method::POST, "/api/openapi.json", &[], None).await, 405);
}

#[actix_web::test]
async fn the_api_describes_itself() {
    let world = World::sqlite().await;
    let who = world.stranger();
    let document = who.get("/api/openapi.json").await.expect(200).json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.contains_key("401") && responses.contains_key("500"), "{method} {path}");
            let body = operation.get("requestBody").is_some();
            assert!(
                !body || ["409", "413", "415", "422"].iter().all(|s| responses.contains_key(*s)),
                "{method} {path}"
            );
        }
    }
    assert_eq!(who.get("/api/docs").await.expect(301).location(), "/api/docs/");
    who.get("/api/docs/").await.expect(200).says("swagger-ui-bundle.js");
    let start = who.get("/api/docs/swagger-initializer.js").await.expect(200).says("/api/openapi.json");
    assert!(!start.body.contains("petstore") && start.body.contains("none"));
}

/// Every `$ref` leads somewhere, so that clients can be made from the document.
#[actix_web::test]
async fn every_reference_in_the_document_leads_somewhere() {
    let document = World::sqlite().await.stranger().get("/api/openapi.json").await.json();
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
    // Cases and changes both have a `Status`: neither may pass for the other.
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["CaseDto"]["properties"]["status"]["enum"][0], "new");
    assert_eq!(schemas["ChangeDto"]["properties"]["status"]["enum"][0], "proposed");
}

#[actix_web::test]
async fn the_open_door_is_rate_limited_and_tokens_are_not() {
    let world = World::sqlite().await.again(&[("HEARD__LIMITS__ENABLED", "true")]).await;
    for _ in 0..30 {
        give(&world, json!({})).await.expect(201);
    }
    let refused = refused(give(&world, json!({})).await, 429);
    assert!(refused.header("retry-after").parse::<u64>().is_ok());
    let (_, writer) = token(&world, "Crm", Role::Employee, "feedback:write").await;
    call(&world, Method::POST, "/feedback", &writer, usual(json!({}))).await.expect(201);
}
