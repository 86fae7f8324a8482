//! What each reader of an edition gets, for the run.

use crate::db::Conn;
use crate::digest::answers::ways::give;
use crate::digest::content::{self, Content};
use crate::digest::editions::Edition;
use crate::digest::model::{Audience, Reader, Said, Skip};
use crate::digest::said::said_by;
use crate::digest::series::Series;
use crate::error::{Error, Result};
use crate::mail::letters;
use crate::mail::outbox::NewMail;
use crate::mail::ways::Ways;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use std::collections::HashSet;

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
    content: Content,
}

impl Telling {
    pub fn load(c: &mut Conn, edition: &Edition, zone: Tz, now: DateTime<Utc>) -> Result<Telling> {
        Ok(Telling { content: content::load(c, edition, zone, now)? })
    }

    /// What these readers get.
    pub fn places(&self, c: &mut Conn, series: &Series, readers: Vec<Reader>) -> Result<Vec<Place>> {
        let mut said = said_by(c, &self.content, &readers)?;
        let place = |reader: Reader| {
            let said = said.remove(&reader.id).unwrap_or_default();
            let letter = self.letter(series, &reader, &said);
            Place { reader, letter }
        };
        Ok(readers.into_iter().map(place).collect())
    }

    fn letter(&self, series: &Series, reader: &Reader, said: &[Said]) -> std::result::Result<letters::Digest, Skip> {
        let letter = content::letter(&self.content, reader, said, &HashSet::new())?;
        // Whoever said nothing contributed nothing.
        if series.audience == Audience::Contributors && said.is_empty() { Err(Skip::Empty) } else { Ok(letter) }
    }
}

/// The mail of one reader, with their own ways out.
pub fn mail(
    ways: &Ways,
    edition_id: i64,
    reader: Reader,
    mut letter: letters::Digest,
    now: DateTime<Utc>,
) -> Result<NewMail> {
    give(ways, edition_id, reader.id, &mut letter, now)?;
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
