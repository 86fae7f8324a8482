//! Changes as machines send, read, merge and put them away; and machines that speak for customers.

use super::{link, propose};
use crate::api::{ALL_SCOPES, call, get, token};
use crate::both;
use actix_web::http::Method;
use heard::web::viewer::Role;
use serde_json::json;

both! {
async fn machines_send_and_read_all_of_a_change(world: World) {
    let (_, token) = token(&world, "Bot", Role::Council, ALL_SCOPES).await;
    let sent = json!({
        "title": "One window", "kind": "change", "problem": "Five tabs", "ex": 4, "cx": 5, "effort": 1.5, "confidence": 0.8,
        "lever": "7", "impact": 2.0, "delay_cost": 13.0, "owner": "me", "sponsor": "me", "quick_fix": true,
        "plan": {"via": "ex_to_cx", "metric": "AHT", "delta": -45.0, "cost": 180000, "pilot_group": "Team A"},
    });
    let change = call(&world, Method::POST, "/changes", &token, sent).await.expect(201).json();
    let at = format!("/changes/{}", change["reference"].as_str().unwrap());
    assert_eq!((&change["problem"], &change["lever"], &change["sponsor"]["name"]), (&json!("Five tabs"), &json!("7"), &json!("Bot")));
    assert_eq!((&change["plan"]["delta"], &change["plan"]["control_group"]), (&json!(-45.0), &json!(null)));
    let edit = json!({"problem": "Six tabs", "lever": null, "plan": {"metric": "FCR"}});
    let edited = call(&world, Method::PATCH, &at, &token, edit).await.expect(200).json();
    assert_eq!((&edited["problem"], &edited["lever"], &edited["impact"]), (&json!("Six tabs"), &json!(null), &json!(2.0)));
    assert_eq!((&edited["plan"]["metric"], &edited["plan"]["delta"]), (&json!("FCR"), &json!(null)), "the plan as a whole");
    for bad in [json!({"lever": "x"}), json!({"impact": 7.0}), json!({"plan": {"article_url": "javascript:1"}})] {
        call(&world, Method::PATCH, &at, &token, bad).await.expect(422);
    }

    let status = format!("{at}/status");
    call(&world, Method::POST, &status, &token, json!({"status": "needs_data"})).await.expect(422).says("reason");
    call(&world, Method::POST, &status, &token, json!({"status": "deferred", "reason": "x"})).await.expect(422).says("back_on");
    let later = json!({"status": "deferred", "reason": "After the peak", "back_on": "2027-01-15"});
    let deferred = call(&world, Method::POST, &status, &token, later).await.expect(200).json();
    assert_eq!((&deferred["status"], &deferred["back_on"]), (&json!("deferred"), &json!("2027-01-15")));

    let fact = json!({"kind": "metric", "text": "Every fifth call"});
    call(&world, Method::POST, &format!("{at}/facts"), &token, fact).await.expect(200);
    let wrong = json!({"kind": "metric", "text": "x", "url": "ftp://x"});
    let wrong = call(&world, Method::POST, &format!("{at}/facts"), &token, wrong).await.expect(422);
    assert_eq!(wrong.json()["errors"][0]["field"], "url");

    let other = json!({"title": "Two windows", "ex": 1, "cx": 1, "effort": 1.0, "confidence": 0.5});
    let other = call(&world, Method::POST, "/changes", &token, other).await.expect(201).json();
    let into = other["reference"].as_str().unwrap();
    let merged = call(&world, Method::PUT, &format!("{at}/primary"), &token, json!({"into": into})).await.expect(200).json();
    assert_eq!(merged["merged_into"], into);
    for bad in ["C-0000000", "rubbish"] {
        call(&world, Method::PUT, &format!("/changes/{into}/primary"), &token, json!({"into": bad})).await.expect(422);
    }
    let apart = call(&world, Method::PUT, &format!("{at}/primary"), &token, json!({"into": null})).await.expect(200).json();
    assert_eq!(apart["merged_into"], json!(null));
    for archived in [true, false] {
        let put = call(&world, Method::PUT, &format!("{at}/archive"), &token, json!({"archived": archived})).await;
        assert_eq!(put.expect(200).json()["archived_at"].is_string(), archived);
    }
}
}

both! {
async fn bots_are_heard_and_counted_apart(world: World) {
    let council = world.person("Carol", Role::Council).await;
    let (_, token) = token(&world, "Bot", Role::Council, ALL_SCOPES).await;
    let said = json!({"voice": "customer", "kind": "complaint", "text": "The order of my principal is late", "machine": true});
    world.stranger().json(Method::POST, "/api/v1/feedback", None, &said).await.expect(422).says("machine");
    let employee = json!({"voice": "employee", "kind": "idea", "text": "x", "machine": true});
    call(&world, Method::POST, "/feedback", &token, employee).await.expect(422).says("machine");
    let receipt = call(&world, Method::POST, "/feedback", &token, said).await.expect(201).json();
    let case = receipt["reference"].as_str().unwrap();
    assert_eq!(get(&world, &format!("/feedback/{case}"), &token).await.expect(200).json()["machine"], true);
    let change = propose(&council, &[]).await;
    link(&council, &change, case).await.expect(303);
    let shown = get(&world, &format!("/changes/{change}"), &token).await.expect(200).json();
    assert_eq!((&shown["reach"]["people"], &shown["reach"]["machines"]), (&json!(0), &json!(1)));
    council.get(&format!("/changes/{change}")).await.expect(200).says(">Bot<").says("1 case from 0 people");
}
}
