//! The closure mails of a change before they go: one real recipient for each language.

use super::audience::{Asker, Audience};
use super::evidence;
use super::model::{News, Status};
use super::moves::decision;
use super::store::Change;
use crate::cases;
use crate::cases::actions::{Desk, closure_letter};
use crate::cases::store::Scope;
use crate::db::Conn;
use crate::error::Result;
use crate::i18n::{self, Lang};
use crate::journal::By;
use crate::mail::letters::Closure;
use std::collections::HashSet;

/// A closure mail as one recipient would get it.
pub struct Letter {
    pub lang: Lang,
    /// None where the case belongs to a team whose cases the viewer does not see.
    pub to: Option<Recipient>,
    pub closure: Closure,
}

pub struct Recipient {
    pub name: String,
    pub address: String,
}

/// Who would hear of it if the change went to this status now.
pub fn audience(c: &mut Conn, scope: Scope, change: &Change, to: Status) -> Result<(Audience, Vec<Asker>)> {
    let askers = evidence::askers(c, change.id, scope)?;
    let kept = match to {
        Status::Declined => evidence::with_other_changes(c, change.id)?,
        _ => HashSet::new(),
    };
    let audience = Audience::of(&askers, &kept);
    let mailed = |asker: &Asker| asker.status.is_open() && asker.gets_mail() && !kept.contains(&asker.case_id);
    Ok((audience, askers.into_iter().filter(mailed).collect()))
}

/// One letter for each language that somebody reads; `change` already has the status it is going to.
pub fn letters(
    c: &mut Conn,
    desk: &Desk,
    by: By,
    change: &Change,
    mailed: &[Asker],
    news: &News,
) -> Result<Vec<Letter>> {
    let mut letters = Vec::new();
    for lang in Lang::ALL {
        let readers = || mailed.iter().filter(|asker| asker.lang() == *lang);
        if let Some(asker) = readers().find(|asker| asker.is_seen()).or_else(|| readers().next()) {
            letters.push(letter(c, desk, by, change, asker, news)?);
        }
    }
    Ok(letters)
}

fn letter(c: &mut Conn, desk: &Desk, by: By, change: &Change, asker: &Asker, news: &News) -> Result<Letter> {
    let (_, said) = cases::store::by_id(c, asker.case_id)?;
    let lang = asker.lang();
    let mut closure = closure_letter(c, desk, by, &said, &decision(change, news, lang))?;
    // The link is the recipient's key to their case: nobody else gets to hold it.
    if let Some((before, _)) = closure.tracking_url.split_once("/t/") {
        closure.tracking_url = format!("{before}/t/…");
    }
    if !asker.is_seen() {
        closure.own_words = i18n::t(lang, "changes-words-of-another-team", &[]);
        closure.reference = "F-…".to_owned();
        return Ok(Letter { lang, to: None, closure });
    }
    let to = match asker.person_id {
        Some(id) => {
            let person = crate::feedback::store::addressee(c, id)?;
            person.email.map(|address| Recipient { name: person.name, address })
        }
        None => None,
    };
    Ok(Letter { lang, to, closure })
}
