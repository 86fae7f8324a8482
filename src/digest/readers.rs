//! Who gets what: everybody who ever subscribed, gone through in batches, so that memory does not grow with their
//! number.

use super::actions::Digest;
use super::model::{Reader, Said, Skip, compose};
use super::store;
use crate::app::App;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::mail::outbox::NewMail;
use crate::mail::{Rendered, letters};
use diesel::QueryResult;
use std::collections::{HashMap, HashSet};

/// The folder under `templates/emails/`.
const TEMPLATE: &str = "digest";
/// Readers at a time.
const BATCH: i64 = 500;

/// One reader, and their letter or the reason why there is none.
#[derive(Clone, Debug)]
pub struct Place {
    pub reader: Reader,
    pub letter: std::result::Result<letters::Digest, Skip>,
}

/// Goes through everybody who ever subscribed, in batches.
pub struct Readers<'a> {
    app: &'a App,
    digest: &'a Digest,
    after: i64,
}

impl<'a> Readers<'a> {
    pub fn of(app: &'a App, digest: &'a Digest) -> Readers<'a> {
        Readers { app, digest, after: i64::MIN }
    }

    /// The next batch; none at the end.
    pub async fn next(&mut self) -> Result<Option<Vec<Place>>> {
        let (digest, after) = (self.digest.clone(), self.after);
        let (readers, said) = self
            .app
            .db
            .read(move |c| {
                let readers = store::readers(c, after, BATCH)?;
                let said = said_by(c, &digest, &readers)?;
                Ok((readers, said))
            })
            .await?;
        let Some(last) = readers.last() else { return Ok(None) };
        self.after = last.id;
        place_all(self.app, self.digest, readers, said).map(Some)
    }
}

/// What one person gets.
pub async fn place(app: &App, digest: &Digest, reader: Reader) -> Result<Place> {
    let (facts, readers) = (digest.clone(), vec![reader]);
    let (readers, said) = app
        .db
        .read(move |c| {
            let said = said_by(c, &facts, &readers)?;
            Ok((readers, said))
        })
        .await?;
    place_all(app, digest, readers, said)?.pop().ok_or(Error::NotFound)
}

type SaidBy = HashMap<i64, Vec<Said>>;

/// What readers said that has an answer in this digest. A case that a change answers is not told a second time.
fn said_by(c: &mut Conn, digest: &Digest, readers: &[Reader]) -> QueryResult<SaidBy> {
    let people: Vec<i64> = readers.iter().filter(|r| r.address(digest.made_at).is_ok()).map(|r| r.id).collect();
    let mut said = SaidBy::new();
    if people.is_empty() {
        return Ok(said);
    }
    let changes: Vec<i64> = digest.decided.iter().map(|change| change.id).collect();
    let mut told = HashSet::new();
    for (person, feedback, what) in store::said_for(c, &people, &changes)? {
        told.insert(feedback);
        said.entry(person).or_default().push(what);
    }
    for (person, feedback, at, what) in store::resolved(c, &people, digest.window.from, digest.window.until)? {
        if digest.window.holds(*at) && !told.contains(&feedback) {
            said.entry(person).or_default().push(what);
        }
    }
    Ok(said)
}

fn place_all(app: &App, digest: &Digest, readers: Vec<Reader>, said: SaidBy) -> Result<Vec<Place>> {
    let place = |reader: Reader| {
        let said = said.get(&reader.id).map(Vec::as_slice).unwrap_or_default();
        let letter = match reader.address(digest.made_at) {
            Ok(_) => letter(app, digest, &reader, said)?.ok_or(Skip::Empty),
            Err(why) => Err(why),
        };
        Ok(Place { reader, letter })
    };
    readers.into_iter().map(place).collect()
}

fn letter(app: &App, digest: &Digest, reader: &Reader, said: &[Said]) -> Result<Option<letters::Digest>> {
    let Some(content) = compose(reader.lang, &digest.decided, said) else { return Ok(None) };
    Ok(Some(letters::Digest {
        starts_on: digest.period.first,
        ends_on: digest.period.last,
        done: content.done,
        declined: content.declined,
        unsubscribe_url: app.ways.unsubscribe_url(reader.id)?,
        ..letters::Digest::default()
    }))
}

/// A letter as its reader will see it, for somebody else to look at: the way out is theirs alone.
pub fn rendered(app: &App, reader: &Reader, letter: &letters::Digest) -> Result<Rendered> {
    let unsubscribe_url = app.config.http.url("/unsubscribe/…");
    app.mailer.preview(TEMPLATE, reader.lang, &reader.name, &letters::Digest { unsubscribe_url, ..letter.clone() })
}

/// The mail of one reader.
pub fn mail(digest_id: i64, reader: Reader, letter: &letters::Digest) -> Result<NewMail> {
    Ok(NewMail {
        person_id: reader.id,
        template: TEMPLATE,
        event_id: digest_id,
        case_id: None,
        lang: reader.lang,
        address: reader.email.unwrap_or_default(),
        name: reader.name,
        data: serde_json::to_value(letter).map_err(Error::internal)?,
    })
}
