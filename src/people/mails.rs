//! Which mails a person gets: digests, acknowledgements and, for staff, notes about cases can be ended or paused; answers
//! to what they wrote, and mails about their account, always come. The outbox asks here before it sends, so that a choice
//! reaches mails that are queued already.

use super::actions::note;
use crate::db::Conn;
use crate::db::schema::people;
use crate::db::types::Ts;
use crate::error::Result;
use crate::i18n::Lang;
use crate::journal::By;
use crate::web::viewer::Role;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use serde_json::json;

/// What somebody has chosen so far.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = people)]
pub struct Chosen {
    pub id: i64,
    pub email: Option<String>,
    pub lang: Lang,
    pub role: Role,
    pub digest_since: Option<Ts>,
    pub digest_ended_at: Option<Ts>,
    pub received_ended_at: Option<Ts>,
    pub notice_ended_at: Option<Ts>,
    pub mail_paused_until: Option<Ts>,
    /// Where their clock is, as they said: an IANA name.
    pub zone: Option<String>,
}

/// What they choose now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    pub digest: bool,
    pub received: bool,
    /// Counts only for those who work on cases.
    pub notice: bool,
    pub lang: Lang,
    pub pause: Pause,
    pub zone: Zone,
}

/// By which clock digests come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// As it is.
    Keep,
    /// By that of the sender.
    Ours,
    Theirs(Tz),
}

/// Until when nothing comes that can be ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// As it is.
    Keep,
    None,
    Until(DateTime<Utc>),
}

crate::text_enum! {
    /// What a choice changed.
    pub enum Saved {
        DigestOn = "digest_on",
        DigestOff = "digest_off",
        ReceivedOn = "received_on",
        ReceivedOff = "received_off",
        NoticeOn = "notice_on",
        NoticeOff = "notice_off",
        Lang = "lang",
        Zone = "zone",
        Paused = "paused",
        Resumed = "resumed",
    }
}

impl Chosen {
    pub fn gets_digest(&self) -> bool {
        self.digest_since.is_some() && self.digest_ended_at.is_none()
    }

    /// Whether notes about cases go to them at all.
    pub fn works_on_cases(&self) -> bool {
        self.role >= Role::Owner
    }

    /// The end of a pause that has not ended.
    pub fn paused_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.mail_paused_until.map(|until| *until).filter(|until| *until > now)
    }

    /// Takes a choice over; says what is different now.
    fn apply(&mut self, choice: Choice, now: DateTime<Utc>) -> Vec<Saved> {
        let mut saved = Vec::new();
        if self.gets_digest() != choice.digest {
            saved.push(if choice.digest { Saved::DigestOn } else { Saved::DigestOff });
            self.digest_ended_at = (!choice.digest).then(|| now.into());
            self.digest_since = self.digest_since.or(choice.digest.then(|| now.into()));
        }
        if switch(&mut self.received_ended_at, choice.received, now) {
            saved.push(if choice.received { Saved::ReceivedOn } else { Saved::ReceivedOff });
        }
        if self.works_on_cases() && switch(&mut self.notice_ended_at, choice.notice, now) {
            saved.push(if choice.notice { Saved::NoticeOn } else { Saved::NoticeOff });
        }
        if self.lang != choice.lang {
            self.lang = choice.lang;
            saved.push(Saved::Lang);
        }
        saved.extend(self.set_clock(choice.zone));
        saved.extend(self.pause(choice.pause, now));
        saved
    }

    fn set_clock(&mut self, zone: Zone) -> Option<Saved> {
        let after = match zone {
            Zone::Keep => return None,
            Zone::Ours => None,
            Zone::Theirs(zone) => Some(zone.name().to_owned()),
        };
        let differs = self.zone != after;
        self.zone = after;
        differs.then_some(Saved::Zone)
    }

    fn pause(&mut self, pause: Pause, now: DateTime<Utc>) -> Option<Saved> {
        let before = self.paused_until(now);
        let after = match pause {
            Pause::Keep => return None,
            Pause::None => None,
            Pause::Until(until) => Some(until),
        };
        self.mail_paused_until = after.map(Ts::from);
        match (before, after) {
            (before, after) if before == after => None,
            (_, Some(_)) => Some(Saved::Paused),
            (_, None) => Some(Saved::Resumed),
        }
    }
}

/// Ends something, or takes its end back; false if it was so already.
fn switch(ended: &mut Option<Ts>, wanted: bool, now: DateTime<Utc>) -> bool {
    let differs = ended.is_none() != wanted;
    if differs {
        *ended = (!wanted).then(|| now.into());
    }
    differs
}

pub fn find(c: &mut Conn, person_id: i64) -> QueryResult<Chosen> {
    people::table.find(person_id).select(Chosen::as_select()).first(c)
}

/// Saves a choice; says what is different now.
pub fn choose(c: &mut Conn, by: By, person_id: i64, choice: Choice, now: DateTime<Utc>) -> Result<Vec<Saved>> {
    let mut chosen = find(c, person_id)?;
    let saved = chosen.apply(choice, now);
    if saved.is_empty() {
        return Ok(saved);
    }
    store(c, &chosen)?;
    for word in &saved {
        match word {
            Saved::DigestOff => note(c, by, person_id, "unsubscribed", json!({}), now)?,
            Saved::DigestOn => note(c, by, person_id, "resubscribed", json!({}), now)?,
            word => note(c, by, person_id, "mails_chosen", json!({"what": word}), now)?,
        };
    }
    Ok(saved)
}

/// Ends the digests of somebody; other mails go on. Done twice it is done once.
pub fn unsubscribe(c: &mut Conn, by: By, person_id: i64, now: DateTime<Utc>) -> Result<()> {
    find(c, person_id)?;
    let subscribed = people::table.filter(people::id.eq(person_id).and(people::digest_ended_at.is_null()));
    let ended = diesel::update(subscribed).set(people::digest_ended_at.eq(Some(Ts::from(now)))).execute(c)?;
    if ended == 1 {
        note(c, by, person_id, "unsubscribed", json!({}), now)?;
    }
    Ok(())
}

fn store(c: &mut Conn, chosen: &Chosen) -> QueryResult<usize> {
    diesel::update(people::table.find(chosen.id))
        .set((
            people::lang.eq(chosen.lang),
            people::zone.eq(&chosen.zone),
            people::digest_since.eq(chosen.digest_since),
            people::digest_ended_at.eq(chosen.digest_ended_at),
            people::received_ended_at.eq(chosen.received_ended_at),
            people::notice_ended_at.eq(chosen.notice_ended_at),
            people::mail_paused_until.eq(chosen.mail_paused_until),
        ))
        .execute(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T10:00:00Z".parse().unwrap_or_default()
    }

    fn contact() -> Chosen {
        Chosen {
            id: 1,
            email: None,
            lang: Lang::En,
            role: Role::Contact,
            digest_since: None,
            digest_ended_at: None,
            received_ended_at: None,
            notice_ended_at: None,
            mail_paused_until: None,
            zone: None,
        }
    }

    const AS_IS: Choice =
        Choice { digest: false, received: true, notice: true, lang: Lang::En, pause: Pause::Keep, zone: Zone::Keep };

    #[test]
    fn only_what_differs_is_saved() {
        let mut anna = contact();
        assert_eq!(anna.apply(AS_IS, now()), []);
        let choice = Choice { digest: true, received: false, lang: Lang::Ru, ..AS_IS };
        assert_eq!(anna.apply(choice, now()), [Saved::DigestOn, Saved::ReceivedOff, Saved::Lang]);
        assert_eq!(anna.apply(choice, now()), []);
        assert_eq!(anna.apply(Choice { digest: false, ..choice }, now()), [Saved::DigestOff]);
        assert!(anna.digest_since.is_some(), "since when is not forgotten");
    }

    #[test]
    fn a_clock_is_kept_until_they_say_another() {
        let mut anna = contact();
        let berlin = Choice { zone: Zone::Theirs(Tz::Europe__Berlin), ..AS_IS };
        assert_eq!((anna.apply(berlin, now()), anna.apply(berlin, now())), (vec![Saved::Zone], vec![]));
        assert_eq!((anna.apply(AS_IS, now()), anna.zone.as_deref()), (vec![], Some("Europe/Berlin")));
        assert_eq!(anna.apply(Choice { zone: Zone::Ours, ..AS_IS }, now()), [Saved::Zone]);
    }

    #[test]
    fn notes_are_for_those_who_get_some() {
        let mut anna = contact();
        assert_eq!(anna.apply(Choice { notice: false, ..AS_IS }, now()), []);
        let mut petr = Chosen { role: Role::Owner, ..contact() };
        assert_eq!(petr.apply(Choice { notice: false, ..AS_IS }, now()), [Saved::NoticeOff]);
    }

    #[test]
    fn a_pause_ends_by_itself_or_by_hand() {
        let (mut anna, until) = (contact(), now() + chrono::Duration::days(7));
        let pause = Choice { pause: Pause::Until(until), ..AS_IS };
        assert_eq!(anna.apply(pause, now()), [Saved::Paused]);
        assert_eq!(anna.apply(pause, now()), []);
        assert_eq!(anna.apply(AS_IS, now()), []);
        assert_eq!(anna.paused_until(now()), Some(until));
        assert_eq!(anna.paused_until(until), None);
        assert_eq!(anna.apply(Choice { pause: Pause::None, ..AS_IS }, now()), [Saved::Resumed]);
        assert_eq!(anna.apply(Choice { pause: Pause::None, ..AS_IS }, now()), []);
    }
}
