//! What the page of a digest shows, for its template.

use super::Seen;
use crate::digest::checks::Finding;
use crate::digest::items::{self, Item};
use crate::digest::model::{Section, SeenBy, Standing};
use crate::digest::pages::period;
use crate::digest::sending;
use crate::digest::store::Noted;
use crate::i18n::Lang;
use crate::web::{Page, Viewer};
use serde_json::{Value, json};

/// The whole page.
pub fn edition(page: &Page, viewer: &Viewer, seen: &Seen) -> Value {
    let edition = &seen.edition;
    let is_draft = edition.status == Standing::Draft;
    let blocked = seen.findings.iter().any(|finding| finding.blocks);
    json!({
        "edition": {
            "id": edition.id.to_string(),
            "series": seen.series.name,
            "period": period(page.lang, edition.period()),
            "status": edition.status,
            "version": edition.version,
            "send_at": edition.send_at,
            "until_at": edition.until_at,
            "why": edition.why,
        },
        "is_draft": is_draft,
        "is_submitted": edition.status == Standing::Submitted,
        "is_approved": edition.status == Standing::Approved,
        "may_end": is_draft || matches!(edition.status, Standing::Submitted | Standing::Approved),
        "may_approve": seen.may_approve,
        "is_mine": edition.submitted_by == Some(viewer.id),
        "blocked": blocked,
        "empty": seen.content.items.is_empty(),
        "sections": sections(page.lang, seen),
        "dropped": dropped(seen),
        "teams": teams(seen),
        "words": {"typed": false, "intro_en": edition.intro_en, "intro_ru": edition.intro_ru,
            "ask_en": edition.ask_en, "ask_ru": edition.ask_ru},
        "intro": seen.content.intro.text(page.lang),
        "ask": seen.content.ask.text(page.lang),
        "numbers": seen.content.numbers,
        "blocking": findings(seen, true),
        "hints": findings(seen, false),
        "history": seen.history.iter().map(noted).collect::<Vec<_>>(),
        "under_way": edition.until_at.is_some() || edition.status == Standing::Skipped,
        "sending": sending::pages::shown(edition, &seen.report),
        "note": "",
        "reason": "",
    })
}

/// Puts what was typed in place of what is kept, beside what it was typed at.
pub fn typed(mut context: Value, form: &Value) -> Value {
    let at = form.get("change").or(form.get("dropping")).cloned();
    let sections = context["sections"].as_array_mut().into_iter().flatten();
    let items = sections.filter_map(|section| section["items"].as_array_mut()).flatten();
    for item in items.filter(|item| at.as_ref() == Some(&item["change"])) {
        take(item, form);
    }
    if form.get("intro_en").is_some() {
        take(&mut context["words"], form);
    }
    for word in ["note", "reason"] {
        if let Some(said) = form.get(word).filter(|_| at.is_none()) {
            context[word] = said.clone();
        }
    }
    context
}

fn take(into: &mut Value, form: &Value) {
    for (name, typed) in form.as_object().into_iter().flatten() {
        into[name.as_str()] = typed.clone();
    }
    into["typed"] = true.into();
    into["is_dropping"] = form.get("dropping").is_some().into();
}

fn sections(lang: Lang, seen: &Seen) -> Vec<Value> {
    let rows = |section: &Section| {
        let places: Vec<usize> = (0..seen.items.len()).filter(|at| told(&seen.items[*at], *section)).collect();
        let items: Vec<Value> = places.iter().map(|at| item(lang, seen, *at)).collect();
        json!({"section": section, "items": items})
    };
    Section::ALL.iter().map(rows).collect()
}

fn told(item: &Item, section: Section) -> bool {
    item.section == section && item.dropped_at.is_none()
}

fn item(lang: Lang, seen: &Seen, at: usize) -> Value {
    let item = &seen.items[at];
    let like = seen.items.iter().filter(|other| other.section == item.section).count();
    let place = items::edit::place_of(&seen.items, at);
    let topic = seen.topics.iter().find(|topic| Some(topic.id) == item.topic_id);
    let public = seen.public.contains(&item.change_id);
    let seen_by: Vec<&SeenBy> = SeenBy::ALL.iter().filter(|who| public || **who != SeenBy::Everyone).collect();
    json!({
        "change": item.change_id.to_string(),
        "title": item.facts.title,
        "text": item.facts.text.text(lang),
        "people": item.facts.people,
        "quote": item.facts.quote.as_ref().map(|quote| &quote.text),
        "by": item.facts.by,
        "at": item.at,
        "topic": topic.map(|topic| match lang { Lang::En => &topic.name_en, Lang::Ru => &topic.name_ru }),
        "line": item.line().text(lang),
        "line_en": item.line_en,
        "line_ru": item.line_ru,
        "seen_by": item.seen_by,
        "choices": seen_by,
        "team": item.team_id.map(|id| id.to_string()).unwrap_or_default(),
        "on_page": item.on_page,
        "public": public,
        "place": place,
        "is_first": place == 1,
        "is_last": place == like,
        "reason": "",
        "typed": false,
        "is_dropping": false,
    })
}

fn dropped(seen: &Seen) -> Vec<Value> {
    let gone = seen.items.iter().filter(|item| item.dropped_at.is_some());
    gone.map(|item| {
        let change = item.change_id.to_string();
        json!({"change": change, "title": item.facts.title, "reason": item.drop_reason, "at": item.dropped_at})
    })
    .collect()
}

fn teams(seen: &Seen) -> Vec<Value> {
    seen.teams.iter().map(|team| json!({"id": team.id.to_string(), "name": team.name})).collect()
}

fn findings(seen: &Seen, blocking: bool) -> Vec<&Finding> {
    seen.findings.iter().filter(|finding| finding.blocks == blocking).collect()
}

fn noted(noted: &Noted) -> Value {
    let word = |name: &str| noted.data.0.get(name).and_then(Value::as_str).filter(|word| !word.is_empty());
    json!({
        "at": noted.at,
        "by": noted.by,
        "event": noted.event,
        "what": word("what"),
        "title": word("title"),
        "note": word("note"),
    })
}
