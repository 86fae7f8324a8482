//! What each reader of an edition gets, for the run.

use crate::db::Conn;
use crate::db::schema::{digest_editions, outbox};
use crate::db::types::Doc;
use crate::digest::answers;
use crate::digest::content::{self, Content};
use crate::digest::editions::Edition;
use crate::digest::model::{Audience, Reader, Skip, Standing};
use crate::digest::said::said_by;
use crate::digest::series::Series;
use crate::error::{Error, Result};
use crate::mail::letters;
use crate::mail::outbox::{NewMail, Status};
use crate::mail::ways::Ways;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// The folder under `templates/emails/`.
pub const TEMPLATE: &str = "digest";

/// One reader, and their letter or the reason why there is none.
#[derive(Clone, Debug)]
pub struct Place {
    pub reader: Reader,
    pub letter: std::result::Result<letters::Digest, Skip>,
}

/// All that an edition can tell, and which digests of other series may have told it already.
#[derive(Clone, Debug)]
pub struct Telling {
    content: Content,
    others: Vec<i64>,
    only_contributors: bool,
    /// In whose name, where the series says so.
    from_name: Option<String>,
    reply_to: Option<String>,
}

impl Telling {
    pub fn load(c: &mut Conn, edition: &Edition, series: &Series, zone: Tz, now: DateTime<Utc>) -> Result<Telling> {
        Ok(Telling {
            content: content::load(c, edition, zone, now)?,
            others: others(c, edition)?,
            only_contributors: series.audience == Audience::Contributors,
            from_name: series.from_name.clone(),
            reply_to: series.reply_to.clone(),
        })
    }

    pub fn content(&self) -> &Content {
        &self.content
    }

    /// What these readers get.
    pub fn places(&self, c: &mut Conn, readers: Vec<Reader>) -> Result<Vec<Place>> {
        let said = said_by(c, &self.content, &readers)?;
        let told = self.told_elsewhere(c, &readers)?;
        let (nothing, nowhere) = (Vec::new(), HashSet::new());
        let place = |reader: Reader| {
            let said = said.get(&reader.id).unwrap_or(&nothing);
            let letter = match reader.address(self.content.made_at) {
                Ok(_) if self.only_contributors && said.is_empty() => Err(Skip::Empty),
                _ => content::letter(&self.content, &reader, said, told.get(&reader.id).unwrap_or(&nowhere)),
            };
            Place { reader, letter: letter.map(|letter| self.signed(letter)) }
        };
        Ok(readers.into_iter().map(place).collect())
    }

    fn signed(&self, letter: letters::Digest) -> letters::Digest {
        letters::Digest { from_name: self.from_name.clone(), reply_to: self.reply_to.clone(), ..letter }
    }

    /// What the mails of other series have told these readers.
    fn told_elsewhere(&self, c: &mut Conn, readers: &[Reader]) -> QueryResult<HashMap<i64, HashSet<i64>>> {
        let mut told: HashMap<i64, HashSet<i64>> = HashMap::new();
        if self.others.is_empty() {
            return Ok(told);
        }
        let people: Vec<i64> = readers.iter().map(|reader| reader.id).collect();
        let mails: Vec<(i64, Doc)> = outbox::table
            .filter(outbox::person_id.eq_any(people).and(outbox::template.eq(TEMPLATE)))
            .filter(outbox::event_id.eq_any(&self.others))
            .filter(outbox::status.ne_all([Status::Suppressed, Status::Failed]))
            .select((outbox::person_id, outbox::data))
            .load(c)?;
        for (person, Doc(letter)) in mails {
            told.entry(person).or_default().extend(tells(&letter));
        }
        Ok(told)
    }
}

/// Digests of other series about some of the same days.
fn others(c: &mut Conn, edition: &Edition) -> QueryResult<Vec<i64>> {
    digest_editions::table
        .filter(digest_editions::series_id.ne(edition.series_id))
        .filter(digest_editions::starts_on.le(edition.ends_on).and(digest_editions::ends_on.ge(edition.starts_on)))
        .filter(digest_editions::status.eq_any([
            Standing::Sending,
            Standing::Paused,
            Standing::Stopped,
            Standing::Sent,
        ]))
        .select(digest_editions::id)
        .load(c)
}

/// What a letter told.
fn tells(letter: &Value) -> impl Iterator<Item = i64> + '_ {
    let items = letters::Digest::PARTS.iter().filter_map(|part| letter.get(part)?.as_array()).flatten();
    items.filter_map(|item| item.get("tells")?.as_i64())
}

/// The mail of one reader, with the ways that are theirs.
pub fn mail(
    ways: &Ways,
    edition_id: i64,
    reader: Reader,
    mut letter: letters::Digest,
    now: DateTime<Utc>,
) -> Result<NewMail> {
    answers::ways::give(ways, edition_id, reader.id, &mut letter, now)?;
    Ok(NewMail {
        person_id: reader.id,
        template: TEMPLATE,
        event_id: edition_id,
        case_id: None,
        lang: reader.lang,
        address: reader.email.unwrap_or_default(),
        name: reader.name,
        data: serde_json::to_value(letter).map_err(Error::internal)?,
    })
}
