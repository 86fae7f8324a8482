//! Who hears of it when a change is shipped or declined, and how.

use crate::cases::model::Status as CaseStatus;
use crate::i18n::Lang;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::HashSet;

/// Somebody whose case is linked to a change, as far as telling them goes.
#[derive(Clone, Debug, Queryable)]
pub struct Asker {
    pub case_id: i64,
    pub status: CaseStatus,
    pub person_id: Option<i64>,
    pub email: Option<String>,
    pub reads: Option<Lang>,
    pub wrote: Lang,
    pub has_code: bool,
    /// Whether whoever looks may see the case; null in SQL is "no".
    pub seen: Option<bool>,
}

impl Asker {
    /// The language in which they are told: that of their account, else that of their words.
    pub fn lang(&self) -> Lang {
        self.reads.unwrap_or(self.wrote)
    }

    /// Whether whoever looks may see the case.
    pub fn is_seen(&self) -> bool {
        self.seen == Some(true)
    }

    pub fn gets_mail(&self) -> bool {
        self.email.is_some()
    }
}

/// What telling them will come to; each case is counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Audience {
    /// Closure mails, one for each case.
    pub mails: usize,
    /// The people who get them.
    pub people: usize,
    /// Anonymous: the answer waits behind their receipt code.
    pub behind_code: usize,
    /// Neither an address nor a code.
    pub unreachable: usize,
    /// Resolved before, so they were told then.
    pub answered: usize,
    /// Another change still answers them.
    pub kept_open: usize,
    /// Of those who will read it, in English and in Russian.
    pub english: usize,
    pub russian: usize,
}

impl Audience {
    /// Counts those behind a change; `kept` are the cases that stay open for another one.
    pub fn of(askers: &[Asker], kept: &HashSet<i64>) -> Audience {
        let mut audience = Audience::default();
        let mut people = HashSet::new();
        for asker in askers {
            if !asker.status.is_open() {
                audience.answered += 1;
            } else if kept.contains(&asker.case_id) {
                audience.kept_open += 1;
            } else if asker.gets_mail() {
                audience.mails += 1;
                people.extend(asker.person_id);
                audience.read_by(asker.lang());
            } else if asker.has_code {
                audience.behind_code += 1;
                audience.read_by(asker.lang());
            } else {
                audience.unreachable += 1;
            }
        }
        audience.people = people.len();
        audience
    }

    fn read_by(&mut self, lang: Lang) {
        match lang {
            Lang::En => self.english += 1,
            Lang::Ru => self.russian += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asker(case_id: i64, person_id: Option<i64>, email: bool, has_code: bool) -> Asker {
        let email = email.then(|| "a@example.org".to_owned());
        let reads = person_id.map(|_| Lang::Ru);
        Asker { case_id, status: CaseStatus::Doing, person_id, email, reads, wrote: Lang::En, has_code, seen: None }
    }

    #[test]
    fn everybody_is_counted_where_they_belong() {
        let askers = [
            asker(1, Some(7), true, false),
            asker(2, Some(7), true, false),
            asker(3, Some(8), false, false),
            asker(4, None, false, true),
            Asker { status: CaseStatus::Closed, ..asker(5, Some(9), true, false) },
            asker(6, Some(9), true, false),
        ];
        let expected = Audience {
            mails: 2,
            people: 1,
            behind_code: 1,
            unreachable: 1,
            answered: 1,
            kept_open: 1,
            english: 1,
            russian: 2,
        };
        assert_eq!(Audience::of(&askers, &[6].into()), expected);
    }
}
