//! What decisions do when the minutes are signed: changes move, and those who asked are told, each once.

use super::votes;
use crate::backlog;
use crate::backlog::evidence;
use crate::backlog::model::{News, Status};
use crate::backlog::moves::{Step, advance};
use crate::backlog::store::Change;
use crate::cases::actions::{Desk, tell_decision};
use crate::council::model::Decision;
use crate::council::store::Item;
use crate::db::Conn;
use crate::error::Result;
use crate::i18n::Lang;
use crate::journal::By;
use chrono::Days;

/// Whether a decision can still move its change: it may have gone elsewhere since.
pub fn can_move(change: &Change, decision: Decision) -> bool {
    let Some(to) = decision.moves_to() else { return false };
    votes::is_open(change) && (change.status == to || change.status.next().contains(&to))
}

/// Moves the change as it was decided, and notes that it was done. Of a change that went elsewhere meanwhile the decision
/// stands in the minutes only.
pub fn carry_out(c: &mut Conn, desk: &Desk, by: By, item: &mut Item) -> Result<()> {
    let (Some(decision), Some(mut change)) = (item.decision, votes::change_of(c, item)?) else { return Ok(()) };
    let Some(to) = decision.moves_to().filter(|_| can_move(&change, decision)) else { return Ok(()) };
    promise(&mut change, item, decision);
    if change.status == to {
        backlog::store::save(c, &mut change, desk.now)?;
    } else {
        advance(c, desk, by, &mut change, step(item, to, desk))?;
    }
    if decision == Decision::Accept {
        tell_of_yes(c, desk, by, item, &change)?;
    }
    item.carried_out_at = Some(desk.now.into());
    Ok(())
}

/// The move that was decided. The minutes may be signed days later: what was to come back by then comes back tomorrow.
fn step(item: &Item, to: Status, desk: &Desk) -> Step {
    let step = Step::to(to).because(item.reason.as_deref().unwrap_or_default());
    match to {
        Status::Deferred => {
            let tomorrow = desk.today() + Days::new(1);
            step.until(item.due_on.map_or(tomorrow, |day| day.max(tomorrow)))
        }
        Status::Declined => step.telling(item.news()),
        _ => step,
    }
}

/// Who does it by when, or when it comes back.
fn promise(change: &mut Change, item: &Item, decision: Decision) {
    match decision {
        Decision::Accept => {
            (change.owner_id, change.target_on) = (item.owner_id, item.due_on);
            change.quick_fix = item.quick_fix;
        }
        Decision::NotNow => change.back_on = item.due_on,
        Decision::NeedData => change.owner_id = item.owner_id,
        Decision::Decline | Decision::Noted => {}
    }
}

/// Tells everybody whose case stands behind the change that it will be done, if the council has words for them.
fn tell_of_yes(c: &mut Conn, desk: &Desk, by: By, item: &Item, change: &Change) -> Result<()> {
    let Some(news) = item.said() else { return Ok(()) };
    let languages = evidence::languages(c, change.id)?;
    for (case, said) in backlog::store::evidence(c, change.id)? {
        if case.status.is_open() {
            let lang = said.person_id.and_then(|id| languages.get(&id).copied()).unwrap_or(said.lang);
            tell_decision(c, desk, by, case, &said, news.text(lang))?;
        }
    }
    Ok(())
}

impl Item {
    /// What the council has to say to those who asked, if it said something.
    pub fn said(&self) -> Option<News> {
        let said = self.news_en.is_some() || self.news_ru.is_some();
        said.then(|| News { en: self.news_en.clone(), ru: self.news_ru.clone() })
    }

    /// The same; where nobody asked, the reason is what remains.
    fn news(&self) -> News {
        let reason = |lang| self.reason.clone().filter(|reason| Lang::of_text(reason) == lang);
        self.said().unwrap_or_else(|| News { en: reason(Lang::En), ru: reason(Lang::Ru) })
    }
}
