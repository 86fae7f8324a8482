//! The verbs of decisions, one transaction each.

use super::store::{self as rows, Decision, Row};
use super::{Resolution, Status};
use crate::cases::actions::{self, Decision as Words, Desk, Why, note_event};
use crate::cases::authority::{Verdict, may};
use crate::cases::model::Case;
use crate::cases::store::{self, Scope};
use crate::cases::{authorities, money};
use crate::db::Conn;
use crate::error::{Error, FieldError, Result};
use crate::feedback::store::{Feedback, addressee};
use crate::i18n::{self, Lang};
use crate::journal::By;
use crate::people::absence;
use crate::web::forms::clean;
use crate::web::viewer::{Role, Viewer};
use serde_json::{Value, json};

/// The longest reason.
const MAX_REASON: usize = 1000;

/// What came of wanting to resolve a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    Resolved,
    /// It goes beyond the right; nothing was done.
    Beyond,
    /// It goes beyond the right, and whoever may decide was asked.
    Asked,
}

/// Resolves a case if that is within the right of whoever wants it; beyond it asks, if they say so.
pub fn decide(
    c: &mut Conn,
    desk: &Desk,
    viewer: &Viewer,
    reference: &str,
    resolution: &Resolution,
    ask: bool,
) -> Result<Decided> {
    let (case, said) = store::find(c, Scope::of(viewer)?, reference)?;
    if !case.status.is_open() {
        return Err(Error::Conflict("error-case-is-resolved"));
    }
    check_root_cause(c, &case, resolution)?;
    let right = authorities::of(c, viewer.role, viewer.team_id)?;
    match may(&right, &resolution.request) {
        Verdict::Allowed => {
            make(c, desk, viewer, case, &said, resolution)?;
            Ok(Decided::Resolved)
        }
        Verdict::Ask { .. } if ask => {
            self::ask(c, desk, viewer, &case, &said, resolution)?;
            Ok(Decided::Asked)
        }
        Verdict::Ask { .. } => Ok(Decided::Beyond),
    }
}

fn check_root_cause(c: &mut Conn, case: &Case, resolution: &Resolution) -> Result<()> {
    match resolution.root_cause_id {
        Some(id) if case.root_cause_id != Some(id) && !store::root_cause_is_offered(c, id)? => {
            Err(Error::field("root_cause", "error-choice"))
        }
        _ => Ok(()),
    }
}

fn make(
    c: &mut Conn,
    desk: &Desk,
    viewer: &Viewer,
    case: Case,
    said: &Feedback,
    resolution: &Resolution,
) -> Result<()> {
    rows::overtake(c, case.id, desk.now)?;
    let made = Decision::new(case.id, viewer.id, resolution, Status::Made, desk.now)?;
    rows::insert(c, &made)?;
    if resolution.request.gives() {
        note_event(c, desk, viewer.by(), case.id, "decided_within_right", facts(desk, resolution))?;
    }
    carry_out(c, desk, viewer.by(), case, said, resolution)
}

fn carry_out(
    c: &mut Conn,
    desk: &Desk,
    by: By,
    mut case: Case,
    said: &Feedback,
    resolution: &Resolution,
) -> Result<()> {
    case.root_cause_id = resolution.root_cause_id;
    let words = Words { outcome: resolution.outcome, text: resolution.text.clone(), change: None };
    actions::resolve_with_joined(c, desk, by, case, said, &words)
}

/// What the timeline tells of a decision.
fn facts(desk: &Desk, resolution: &Resolution) -> Value {
    let request = resolution.request;
    json!({"apology": request.apology, "amount_cents": request.amount_cents, "currency": desk.currency})
}

fn ask(
    c: &mut Conn,
    desk: &Desk,
    viewer: &Viewer,
    case: &Case,
    said: &Feedback,
    resolution: &Resolution,
) -> Result<()> {
    let (ids, names): (Vec<i64>, Vec<String>) = whom_to_ask(c, desk, case, viewer)?.into_iter().unzip();
    if ids.is_empty() {
        return Err(Error::field("amount", "error-nobody-to-ask"));
    }
    // Of two who ask about one case at once the second replaces what the first asked, and the case is held meanwhile.
    rows::has_moved_on(c, case.id, 0, viewer.id)?;
    rows::overtake(c, case.id, desk.now)?;
    rows::insert(c, &Decision::new(case.id, viewer.id, resolution, Status::Asked, desk.now)?)?;
    let mut data = facts(desk, resolution);
    data["whom"] = json!(names.join(", "));
    let event = note_event(c, desk, viewer.by(), case.id, "decision_asked", data)?;
    ids.into_iter().try_for_each(|reader| {
        let lang = addressee(c, reader)?.lang;
        let text = format!("{}\n\n{}", gifts(lang, desk, resolution), resolution.text);
        actions::tell(c, desk, event, case.id, reader, Why::Asked, (said, &text, "/decisions"))
    })
}

/// What is wanted, in words: "Solved, with an apology, 12.50 EUR".
fn gifts(lang: Lang, desk: &Desk, resolution: &Resolution) -> String {
    let request = resolution.request;
    let words = [
        Some(i18n::t(lang, &format!("outcome-{}", resolution.outcome), &[])),
        request.apology.then(|| i18n::t(lang, "decision-apology", &[])),
        (request.amount_cents > 0).then(|| money::shown(lang, request.amount_cents, &desk.currency)),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Whom to ask about a case: the team's lead, the head if the lead asks or is away, and administrators if there is neither.
/// Of what is kept apart only lead and head may know.
pub fn whom_to_ask(c: &mut Conn, desk: &Desk, case: &Case, viewer: &Viewer) -> Result<Vec<(i64, String)>> {
    let team = desk.rules.team(case.team_id.or(viewer.team_id));
    let mut leaders = Vec::new();
    for id in [team.lead_id, team.head_id].into_iter().flatten().filter(|id| *id != viewer.id) {
        leaders.extend(absence::colleague(c, id)?.filter(|leader| leader.works()));
    }
    leaders.sort_by_key(|leader| leader.is_away(desk.now));
    if let Some(leader) = leaders.into_iter().next() {
        return Ok(vec![(leader.id, leader.name)]);
    }
    if case.apart {
        return Ok(Vec::new());
    }
    let admins = rows::admins(c)?.into_iter().filter(|id| *id != viewer.id);
    admins.map(|id| Ok((id, store::person_name(c, id)?))).collect()
}

/// Somebody who looks at what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// May approve or decline.
    Decides,
    /// May see it.
    Sees,
    None,
}

impl Ruling {
    /// Lead and head of the team decide, and administrators; nobody about what they ask themselves.
    pub fn of(desk: &Desk, viewer: &Viewer, row: &Row) -> Result<Ruling> {
        let team = desk.rules.team(row.case.team_id.or(row.person_team));
        let leads = [team.lead_id, team.head_id].contains(&Some(viewer.id));
        let sees = Scope::of(viewer)?.covers(&row.case);
        Ok(match () {
            () if viewer.id == row.decision.person_id => Ruling::Sees,
            () if leads || (sees && viewer.role >= Role::Admin) => Ruling::Decides,
            () if sees && viewer.role >= Role::Council => Ruling::Sees,
            () => Ruling::None,
        })
    }
}

/// Approves what was asked and carries it out in the name of whoever asked. `seen` is how far the case was seen by whoever
/// approves: what happened on it since must be looked at first.
pub fn approve(c: &mut Conn, desk: &Desk, viewer: &Viewer, id: i64, seen: i32, reason: &str) -> Result<()> {
    let row = to_decide(c, desk, viewer, id)?;
    let Row { decision, case, said, .. } = row;
    if rows::has_moved_on(c, case.id, seen, viewer.id)? {
        return Err(Error::Conflict("error-decision-case-changed"));
    }
    if !case.status.is_open() {
        return Err(Error::Conflict("error-decision-case-resolved"));
    }
    let resolution = decision.resolution()?;
    let reason = checked_reason(id, reason, false)?;
    settle(c, desk, viewer, &decision, &said, Status::Approved, reason.as_deref())?;
    carry_out(c, desk, By::person(decision.person_id), case, &said, &resolution)
}

/// Declines what was asked, with the reason.
pub fn decline(c: &mut Conn, desk: &Desk, viewer: &Viewer, id: i64, reason: &str) -> Result<()> {
    let Row { decision, said, .. } = to_decide(c, desk, viewer, id)?;
    let reason = checked_reason(id, reason, true)?;
    settle(c, desk, viewer, &decision, &said, Status::Declined, reason.as_deref())
}

fn to_decide(c: &mut Conn, desk: &Desk, viewer: &Viewer, id: i64) -> Result<Row> {
    let row = rows::find(c, id)?;
    match Ruling::of(desk, viewer, &row)? {
        Ruling::None => Err(Error::NotFound),
        Ruling::Sees => Err(Error::Forbidden),
        Ruling::Decides if row.decision.status != Status::Asked => Err(Error::Conflict("error-decision-answered")),
        Ruling::Decides => Ok(row),
    }
}

/// The field has the decision in its name: several stand on one page.
fn checked_reason(id: i64, typed: &str, required: bool) -> Result<Option<String>> {
    let (reason, field) = (clean(typed), format!("reason-{id}"));
    match reason.chars().count() {
        0 if required => Err(Error::field(&field, "error-decision-reason")),
        0 => Ok(None),
        n if n > MAX_REASON => {
            Err(Error::Invalid(vec![FieldError::new(&field, "error-too-long").with("max", MAX_REASON)]))
        }
        _ => Ok(Some(reason)),
    }
}

/// Writes the answer down, on the timeline too, and tells whoever asked.
fn settle(
    c: &mut Conn,
    desk: &Desk,
    viewer: &Viewer,
    decision: &Decision,
    said: &Feedback,
    status: Status,
    reason: Option<&str>,
) -> Result<()> {
    if !rows::answer(c, decision.id, status, viewer.id, reason, desk.now)? {
        return Err(Error::Conflict("error-decision-answered"));
    }
    let asker = addressee(c, decision.person_id)?;
    let resolution = decision.resolution()?;
    let mut data = facts(desk, &resolution);
    data["asker"] = json!(asker.name);
    data["reason"] = json!(reason);
    let event = note_event(c, desk, viewer.by(), said.id, &format!("decision_{status}"), data)?;
    let answer = i18n::t(asker.lang, &format!("decision-mail-{status}"), &[("name", viewer.name.clone().into())]);
    let text = match reason {
        Some(reason) => format!("{answer} {}\n\n{reason}", gifts(asker.lang, desk, &resolution)),
        None => format!("{answer} {}", gifts(asker.lang, desk, &resolution)),
    };
    let path = format!("/cases/{}", said.reference);
    actions::tell(c, desk, event, said.id, asker.id, Why::Decided, (said, &text, &path))
}
