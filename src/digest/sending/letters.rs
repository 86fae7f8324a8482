//! What each reader of an edition gets, for the run.

use crate::db::Conn;
use crate::digest::actions;
use crate::digest::editions::Edition;
use crate::digest::model::{Audience, Reader, Said, Skip, compose};
use crate::digest::readers::said_by;
use crate::digest::series::Series;
use crate::error::{Error, Result};
use crate::mail::letters;
use crate::mail::outbox::NewMail;
use crate::mail::ways::Ways;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// The folder under `templates/emails/`.
pub const TEMPLATE: &str = "digest";

/// One reader, and their letter or the reason why there is none.
#[derive(Clone, Debug)]
pub struct Place {
    pub reader: Reader,
    pub letter: std::result::Result<letters::Digest, Skip>,
}

/// All that an edition can tell.
#[derive(Clone, Debug)]
pub struct Telling {
    digest: actions::Digest,
}

impl Telling {
    pub fn load(c: &mut Conn, edition: &Edition, zone: Tz, now: DateTime<Utc>) -> Result<Telling> {
        Ok(Telling { digest: actions::of_edition(c, edition.clone(), zone, now)? })
    }

    /// What these readers get.
    pub fn places(&self, c: &mut Conn, series: &Series, readers: Vec<Reader>) -> Result<Vec<Place>> {
        let mut said = said_by(c, &self.digest, &readers)?;
        let place = |reader: Reader| {
            let said = said.remove(&reader.id).unwrap_or_default();
            let letter = self.letter(series, &reader, &said);
            Place { reader, letter }
        };
        Ok(readers.into_iter().map(place).collect())
    }

    fn letter(&self, series: &Series, reader: &Reader, said: &[Said]) -> std::result::Result<letters::Digest, Skip> {
        reader.address(self.digest.made_at)?;
        if series.audience == Audience::Contributors && said.is_empty() {
            return Err(Skip::Empty);
        }
        let content = compose(reader.lang, &self.digest.decided, said).ok_or(Skip::Empty)?;
        Ok(letters::Digest {
            starts_on: self.digest.period.first,
            ends_on: self.digest.period.last,
            done: content.done,
            declined: content.declined,
            page_url: None,
            unsubscribe_url: String::new(),
        })
    }
}

/// The mail of one reader, with their own way out.
pub fn mail(ways: &Ways, edition_id: i64, reader: Reader, letter: letters::Digest) -> Result<NewMail> {
    let letter = letters::Digest { unsubscribe_url: ways.unsubscribe_url(reader.id)?, ..letter };
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
