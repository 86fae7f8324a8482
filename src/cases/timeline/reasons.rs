//! Events that say why: who got a case by which rule, and what was decided by whose right.

use super::TimelineRow;
use crate::cases::money;
use crate::i18n::{self, Lang};
use serde_json::Value;

/// A rule gave it away when it came in; of the anonymous that is kept to the day too.
pub(super) fn is_ruled(row: &TimelineRow) -> bool {
    row.event == "assigned" && row.data.0["rule"].is_string()
}

/// "given to Elena by the rule “Billing in Russian” (3 open cases, the fewest)"
pub(super) fn ruled(row: &TimelineRow, lang: Lang) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (data, because) = (&row.data.0, &row.data.0["because"]);
    let (owner, team) = (text(&data["owner"]), text(&data["team"]));
    let to = if owner.is_empty() { team } else { owner };
    if to.is_empty() {
        return i18n::t(lang, "event-ruled-nobody", &[("rule", text(&data["rule"]).into())]);
    }
    let given = i18n::t(lang, "event-ruled", &[("to", to.clone().into()), ("rule", text(&data["rule"]).into())]);
    let until = because["until"].as_str().and_then(|day| day.parse().ok());
    let (away, until) = (text(&because["away"]), until.map(|day| i18n::calendar_date(lang, day)));
    let why = match (because["is"].as_str(), until) {
        (Some("fewest"), _) => {
            let load = because["load"].as_f64().unwrap_or_default();
            i18n::t(lang, "ruled-fewest", &[("n", load.into())])
        }
        (Some("stands_in"), Some(until)) => {
            i18n::t(lang, "ruled-away-until", &[("away", away.into()), ("until", until.into()), ("to", to.into())])
        }
        (Some("stands_in"), None) => i18n::t(lang, "ruled-away", &[("away", away.into()), ("to", to.into())]),
        (Some("nobody"), _) => i18n::t(lang, "ruled-nobody", &[]),
        _ => return given,
    };
    format!("{given} ({why})")
}

/// "approved what Marta asked: an apology, 12.50 EUR (“a loyal customer”)"
pub(super) fn decided(row: &TimelineRow, lang: Lang) -> String {
    let data = &row.data.0;
    let text = |name: &str| data[name].as_str().unwrap_or_default().to_owned();
    let amount = data["amount_cents"].as_i64().filter(|cents| *cents > 0);
    let apology = data["apology"].as_bool() == Some(true);
    let given = [
        apology.then(|| i18n::t(lang, "decision-apology", &[])),
        amount.map(|cents| money::shown(lang, cents, &text("currency"))),
    ];
    let given: Vec<String> = given.into_iter().flatten().collect();
    let what = if given.is_empty() { i18n::t(lang, "decision-resolve", &[]) } else { given.join(", ") };
    let args = [("what", what.into()), ("whom", text("whom").into()), ("asker", text("asker").into())];
    let said = i18n::t(lang, &format!("event-{}", row.event), &args);
    match text("reason") {
        reason if reason.is_empty() => said,
        reason => format!("{said} (“{reason}”)"),
    }
}
