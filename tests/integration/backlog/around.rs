//! What stands around a change: its plan, facts, steps, discussion, quotes, articles and suggested evidence.

use super::{contact, link, proposal, propose, say};
use crate::both;
use crate::support::{Actor, World};
use chrono::Duration;
use diesel::prelude::*;
use heard::backlog::articles;
use heard::backlog::inputs::Input;
use heard::cases::quoting::{Standing, standing};
use heard::db::schema::{change_inputs, feedback, quote_consents};
use heard::db::types::Ts;
use heard::feedback::actions::submit;
use heard::feedback::model::{Kind, Originator, Submission, Voice};
use heard::i18n::Lang;
use heard::journal::{By, day_of};
use heard::people::topics::{self, Wording};
use heard::secret::Purpose;
use heard::web::viewer::Role;

async fn id_of(world: &World, case: &str) -> i64 {
    let case = case.to_owned();
    world.read(move |c| Ok(feedback::table.filter(feedback::reference.eq(case)).select(feedback::id).first(c)?)).await
}

both! {
async fn a_plan_is_kept_and_inputs_remember_who_set_them(world: World) {
    let olaf = world.person("Olaf", Role::Owner).await;
    let me = olaf.id.to_string();
    let plan = [("problem", "Five tabs for one customer"), ("lever", "7"), ("via", "ex_to_cx"), ("metric", "AHT"),
        ("delta", "−45"), ("delta_by", "2027-03-01"), ("cost", "18 000,50"), ("pilot_group", "Team A"),
        ("control_group", "Team B"), ("sponsor", &me), ("quick_fix", "on"), ("impact", "2"), ("delay_cost", "13")];
    let change = propose(&olaf, &plan).await;
    let at = format!("/changes/{change}");
    let page = olaf.get(&at).await.expect(200).says("Five tabs for one customer").says("Single desktop");
    let page = page.says("Via EX we influence CX").says("−45").says("18,000.50").says("Team B").says("Quick fix");
    page.says("1 March 2027");
    let form = olaf.get(&format!("{at}/edit")).await.expect(200).says("value=\"18000.50\"").says("value=\"-45\"");
    form.says("value=\"13\"").says("value=\"2027-03-01\"");
    let bad = [("article_url", "javascript:alert(1)"), ("cost", "much"), ("lever", "999"), ("kind", "song"), ("delay_cost", "0")];
    let answer = olaf.post("/changes/new", &proposal(&bad[..2])).await.expect(422);
    answer.says("javascript:alert(1)").says("beginning with https://").says("value=\"much\"");
    for bad in &bad[2..] {
        olaf.post("/changes/new", &proposal(&[*bad])).await.expect(422);
    }
    world.advance(Duration::days(3));
    let otto = world.person("Otto", Role::Owner).await;
    let mut edited = proposal(&plan);
    edited.retain(|(field, _)| *field != "effort");
    edited.extend([("effort", "3"), ("version", "1")]);
    otto.post(&format!("{at}/edit"), &edited).await.expect(303);
    let set: Vec<(Input, Option<i64>, Ts)> = world
        .read(|c| {
            let rows = change_inputs::table.order(change_inputs::input);
            Ok(rows.select((change_inputs::input, change_inputs::set_by, change_inputs::set_at)).load(c)?)
        })
        .await;
    assert_eq!(set.len(), Input::ALL.len());
    for (input, by, at) in set {
        let anew = input == Input::Effort;
        assert_eq!((by, *at == world.now()), (Some(if anew { otto.id } else { olaf.id }), anew), "{input}");
    }
    otto.get(&at).await.expect(200).says("edited: effort");
}
}

both! {
async fn facts_steps_and_words_stand_beside_it(world: World) {
    let olaf = world.person("Olaf", Role::Owner).await;
    let nina = world.person("Nina", Role::Employee).await;
    let change = propose(&olaf, &[]).await;
    let at = format!("/changes/{change}");
    let fact = |text, url| [("fact", text), ("fact_kind", "metric"), ("fact_url", url)];
    olaf.post(&format!("{at}/facts"), &fact("", "")).await.expect(422).says("fact-error");
    let answer = olaf.post(&format!("{at}/facts"), &fact("<b>", "ftp://x")).await.expect(422);
    answer.says("&lt;b&gt;").says("ftp://x");
    olaf.post(&format!("{at}/facts"), &fact("Every fifth call", "https://bi.example/1")).await.expect(303);
    olaf.post(&format!("{at}/steps"), &[("step", " ")]).await.expect(422);
    olaf.post(&format!("{at}/steps"), &[("step", "Ask the agents")]).await.expect(303);
    olaf.post(&format!("{at}/notes"), &[("note", "  ")]).await.expect(422);
    olaf.post(&format!("{at}/notes"), &[("note", "Is it **really** <i>so</i>?")]).await.expect(303);
    let page = olaf.get(&at).await.expect(200).says("https://bi.example/1").says("0 of 1 done").says("<strong>really</strong>");
    assert!(!page.body.contains("<i>so"), "markup of theirs is no markup of ours");
    let step = page.body.split("/steps/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    olaf.post(&format!("{at}/steps/{step}"), &[("state", "done")]).await.expect(303);
    olaf.get(&at).await.expect(200).says("1 of 1 done").says("did: Ask the agents");
    let other = propose(&olaf, &[("title", "Other")]).await;
    olaf.post(&format!("/changes/{other}/steps/{step}"), &[("state", "gone")]).await.expect(303);
    olaf.get(&at).await.expect(200).says("1 of 1 done");
    for (path, form) in [("steps", ("step", "x")), ("notes", ("note", "x")), ("archive", ("archived", "yes"))] {
        nina.post(&format!("{at}/{path}"), &[form]).await.expect(403);
    }
}
}

async fn quote(by: &Actor, change: &str, case: &str, excerpt: &str) -> crate::support::Answer {
    by.post(&format!("/changes/{change}/cases/{case}/quote"), &[("excerpt", excerpt)]).await
}

both! {
async fn quotes_are_word_for_word_without_names_and_three(world: World) {
    let olaf = world.person("Olaf", Role::Owner).await;
    let change = propose(&olaf, &[]).await;
    let mut cases = Vec::new();
    for n in 0..5 {
        let text = format!("Anna asked Boris {n} times for one window");
        cases.push(say(&world, &text, Voice::Employee, contact(&format!("P{n}"), Lang::En)).await);
    }
    quote(&olaf, &change, &cases[0], "one window").await.expect(404);
    for case in &cases[..4] {
        link(&olaf, &change, case).await.expect(303);
    }
    quote(&olaf, &change, &cases[0], "two windows").await.expect(422).says("word for word").says("two windows");
    quote(&olaf, &change, &cases[0], "asked … for one window").await.expect(303);
    let at = format!("/changes/{change}");
    let page = olaf.get(&at).await.expect(200).says("asked … for one window").says(">somebody<");
    assert!(!page.body.contains(">an employee<"), "four are too few to tell whose voice it is");
    link(&olaf, &change, &cases[4]).await.expect(303);
    olaf.get(&at).await.expect(200).says(">an employee<");
    for case in &cases[1..3] {
        quote(&olaf, &change, case, "for one window").await.expect(303);
    }
    quote(&olaf, &change, &cases[3], "for one window").await.expect(422).says("Three quotes are enough");
    quote(&olaf, &change, &cases[1], "").await.expect(303);
    quote(&olaf, &change, &cases[3], "for one window").await.expect(303);
    quote(&olaf, &change, &cases[3], "times for one window").await.expect(303);
}
}

both! {
async fn anonymous_words_are_quoted_only_by_leave(world: World) {
    let (olaf, ada) = (world.person("Olaf", Role::Owner).await, world.person("Ada", Role::Admin).await);
    let change = propose(&olaf, &[]).await;
    let case = say(&world, "I cannot say this aloud", Voice::Employee, Originator::Anonymous).await;
    link(&olaf, &change, &case).await.expect(303);
    let (id, at) = (id_of(&world, &case).await, format!("/changes/{change}/cases/{case}/quote"));
    let stands = async || world.read(move |c| Ok(standing(c, id)?)).await;
    quote(&olaf, &change, &case, "say this aloud").await.expect(422).says("anonymous");

    let page = format!("/t/{}", world.app.secret.dated_token(Purpose::Track, id, world.now()).unwrap());
    let author = world.stranger();
    assert!(!author.get(&page).await.expect(200).body.contains("May we quote you?"));
    author.post(&format!("{page}/quote"), &[("allow", "yes")]).await.expect(404);
    olaf.post(&format!("{at}/allow"), &[]).await.expect(403);
    olaf.post(&format!("{at}/ask"), &[]).await.expect(303);
    olaf.post(&format!("{at}/ask"), &[]).await.expect(303);
    author.get(&page).await.expect(200).says("May we quote you?");
    author.post(&format!("{page}/quote"), &[("allow", "yes")]).await.expect(303);
    assert_eq!(stands().await, Standing::AllowedByAuthor);
    let given: Ts = world.read(move |c| Ok(quote_consents::table.select(quote_consents::given_at).first(c)?)).await;
    assert_eq!(*given, day_of(world.now()), "nothing but the day");
    quote(&olaf, &change, &case, "say this aloud").await.expect(303);
    olaf.get(&format!("/changes/{change}")).await.expect(200).says(">say this aloud<");

    author.post(&format!("{page}/quote"), &[("allow", "no")]).await.expect(303);
    assert!(!olaf.get(&format!("/changes/{change}")).await.expect(200).body.contains(">say this aloud<"), "gone at once");
    ada.post(&format!("{at}/allow"), &[]).await.expect(409);
    assert_eq!(stands().await, Standing::Refused);

    let other = say(&world, "Nor can I say that", Voice::Employee, Originator::Anonymous).await;
    link(&olaf, &change, &other).await.expect(303);
    ada.post(&format!("/changes/{change}/cases/{other}/quote/allow"), &[]).await.expect(303);
    quote(&ada, &change, &other, "say that").await.expect(422).says("Fewer than five");
    let signed = say(&world, "My name is on it", Voice::Employee, contact("Signed", Lang::En)).await;
    link(&olaf, &change, &signed).await.expect(303);
    olaf.post(&format!("/changes/{change}/cases/{signed}/quote/ask"), &[]).await.expect(404);
}
}

fn about_delivery(text: &str) -> Submission {
    let originator = contact(&text[..4].to_lowercase(), Lang::En);
    Submission {
        topic: Some("delivery".into()),
        ..Submission::new(Voice::Customer, Kind::Complaint, "web", text, originator)
    }
}

both! {
async fn an_article_shows_when_it_does_not_help(world: World) {
    let olaf = world.person("Olaf", Role::Owner).await;
    let delivery = Wording { name_en: "Delivery".into(), name_ru: "Доставка".into(), position: 900 };
    world.write(move |c| topics::add(c, delivery)).await;
    let first = submit(&world.app, about_delivery("Where is my parcel"), By::ORIGINATOR).await.unwrap().reference;
    let article = [("kind", "article"), ("article_url", "https://wiki.example/parcels"), ("reviewed_on", "2026-11-20"),
        ("review_days", "10"), ("case", &first)];
    let change = propose(&olaf, &article).await;
    let at = format!("/changes/{change}");
    olaf.get(&at).await.expect(200).says("https://wiki.example/parcels").says("Next review by 30 November 2026");
    for text in ["Lost parcel", "Late parcel again", "When does it come"] {
        submit(&world.app, about_delivery(text), By::ORIGINATOR).await.unwrap();
    }
    world.advance(Duration::days(9));
    let olaf = world.person("Ole", Role::Owner).await;
    olaf.get(&at).await.expect(200).says("does not seem to help").says("4 cases on its topics").says("Review was due");
    olaf.get("/changes/articles").await.expect(200).says(&change).says("does not seem to help");
    let promises = || async {
        let day = world.now().date_naive();
        let broken = world.read(move |c| Ok(articles::broken(c, day)?)).await;
        broken.into_iter().map(|change| change.reference).collect::<Vec<_>>()
    };
    assert_eq!(promises().await, [change.as_str()], "it comes onto the next agenda");
    olaf.post(&format!("{at}/review"), &[]).await.expect(303);
    assert!(promises().await.is_empty());
    let page = olaf.get(&at).await.expect(200).says("Last reviewed on 2 December 2026").says("reviewed the article");
    assert!(!page.body.contains("does not seem to help"));
    let plain = propose(&olaf, &[("title", "No article")]).await;
    olaf.post(&format!("/changes/{plain}/review"), &[]).await.expect(404);
}
}

both! {
async fn cases_like_those_linked_are_suggested(world: World) {
    let olaf = world.person("Olaf", Role::Owner).await;
    let change = propose(&olaf, &[("title", "Refund status for customers")]).await;
    let linked = say(&world, "Where is my refund, nobody tells the status", Voice::Customer, contact("Anna", Lang::En)).await;
    let alike = say(&world, "My refund status is nowhere to be seen", Voice::Customer, contact("Boris", Lang::En)).await;
    let apart = say(&world, "The chairs in the kitchen are broken", Voice::Employee, contact("Carl", Lang::En)).await;
    link(&olaf, &change, &linked).await.expect(303);
    let page = olaf.get(&format!("/changes/{change}/suggestions")).await.expect(200).says(&alike);
    assert!(!page.body.contains(&linked) && !page.body.contains(&apart));
    let form = [("case", alike.as_str()), ("from", "suggestions")];
    let answer = olaf.post(&format!("/changes/{change}/cases"), &form).await.expect(303);
    assert_eq!(answer.location(), format!("/changes/{change}/suggestions"));
}
}
