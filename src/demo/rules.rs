//! How the house of the sample is arranged: who leads its teams, who gets new cases, why things go wrong, and what the
//! front line may decide; with one decision that waits for the lead.

use super::sample::unknown;
use crate::cases::actions::Desk;
use crate::cases::authority::{Authority, Request};
use crate::cases::decisions::{self, Resolution};
use crate::cases::model::{Outcome, Status};
use crate::cases::{authorities, root_causes};
use crate::db::Conn;
use crate::db::schema::{cases, feedback};
use crate::error::Result;
use crate::feedback::assignment::{self, model::Wanted};
use crate::feedback::model::Kind;
use crate::i18n::Lang;
use crate::people::teams::{self, Leaders};
use crate::people::topics::Wording;
use crate::rules::{self, Criteria};
use crate::web::viewer::{Role, Viewer};
use diesel::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

const ROOT_CAUSES: [(&str, &str); 6] = [
    ("Defect in the product", "Дефект товара"),
    ("Delay", "Задержка"),
    ("Failure of a system", "Сбой системы"),
    ("Unclear information", "Непонятная информация"),
    ("Our mistake", "Наша ошибка"),
    ("Rule that does not fit", "Неудобное правило"),
];

/// Arranges everything; call it behind the story, whose cases found their owners without rules.
pub fn arrange(c: &mut Conn, desk: &Desk, staff: &HashMap<String, Viewer>) -> Result<()> {
    let person = |key: &str| staff.get(key).ok_or_else(|| unknown("somebody", key));
    let by = person("ingrid")?.by();
    for (member, lead, head) in [("marta", "dmitry", "sarah"), ("tom", "elena", "pavel")] {
        let Some(team) = person(member)?.team_id else { continue };
        let leaders = Leaders { lead_id: Some(person(lead)?.id), head_id: Some(person(head)?.id) };
        teams::set_leaders(c, by, team, leaders, desk.now)?;
    }
    for wanted in wanted(person("marta")?.team_id, person("tom")?.team_id, person("dmitry")?.id) {
        assignment::save(c, by, None, &wanted, desk.now)?;
    }
    for (position, (name_en, name_ru)) in (10..).step_by(10).zip(ROOT_CAUSES) {
        let wording = Wording { name_en: name_en.into(), name_ru: name_ru.into(), position };
        root_causes::add(c, wording)?;
    }
    let right = Authority { may_resolve: true, may_apologise: true, limit_cents: 5_000 };
    for row in authorities::list(c)?.into_iter().filter(|row| row.role == Role::Owner) {
        authorities::change(c, by, row.id, right, desk.now)?;
    }
    ask(c, desk, person("marta")?)
}

/// From the narrow to the wide.
fn wanted(payments: Option<i64>, service: Option<i64>, dmitry: i64) -> Vec<Wanted> {
    let about = |topic: &str, lang: Option<Lang>| Criteria {
        topic: Some(topic.into()),
        lang: lang.map(|lang| lang.to_string()),
        ..Criteria::default()
    };
    let rule =
        |name: &str, criteria, team_id| Wanted { name: name.into(), criteria, team_id, person_id: None, by_load: true };
    let russian = rule("Payments in Russian", about("payment", Some(Lang::Ru)), payments);
    vec![
        Wanted { person_id: Some(dmitry), by_load: false, ..russian },
        rule("Payments", about("payment", None), payments),
        rule("Returns and refunds", about("refunds", None), payments),
        rule("Delivery", about("delivery", None), service),
        rule("Phone and chat", about("support", None), service),
    ]
}

/// Somebody wants to give away more than they may.
fn ask(c: &mut Conn, desk: &Desk, viewer: &Viewer) -> Result<()> {
    let theirs = cases::table
        .inner_join(feedback::table)
        .filter(cases::owner_id.eq(viewer.id).and(feedback::lang.eq(Lang::En)))
        .filter(cases::status.eq(Status::InReview).and(feedback::kind.ne(Kind::Idea)))
        .order(cases::id)
        .select(feedback::reference);
    let Some(reference) = theirs.first::<String>(c).optional()? else { return Ok(()) };
    let resolution = Resolution {
        outcome: Outcome::Solved,
        text: "I am sorry that this took us so long. We have put it right and credit you 120 EUR for the trouble."
            .into(),
        root_cause_id: None,
        request: Request { apology: true, amount_cents: 12_000 },
    };
    // Who leads was said a moment ago, in this transaction.
    let mut desk = desk.clone();
    desk.rules = Arc::new(rules::store::rulebook(c)?);
    decisions::decide(c, &desk, viewer, &reference, &resolution, true)?;
    Ok(())
}
