//! Taking feedback in: the words, the case, the journal, the index and the acknowledgement commit together.

use super::assigning::{Chooser, Given};
use super::model::{Originator, Submission, derive_title};
use super::opening;
use super::store::{self, Addressee, Feedback, OpenedCase};
use crate::app::App;
use crate::db::{Conn, search};
use crate::error::{Error, Result, is_taken};
use crate::files::Batch;
use crate::files::store::{Link, keep};
use crate::i18n::{self, Lang};
use crate::id;
use crate::journal::{self, By, Event, Subject, day_of};
use crate::mail::letters::Received;
use crate::mail::outbox::{self, NewMail};
use crate::rules::{Facts, Rulebook};
use crate::secret::Purpose;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde_json::json;
use std::sync::Arc;

/// How often a reference is drawn before we believe that something else is wrong.
const MAX_DRAWS: usize = 4;

/// What the originator is given.
#[derive(Clone, Debug)]
pub struct Receipt {
    pub id: i64,
    pub reference: String,
    /// Where they can follow it; for anonymous feedback the code is asked for there.
    pub tracking_url: String,
    /// Only for anonymous feedback, only now: it is stored hashed.
    pub code: Option<String>,
    /// By when they are answered.
    pub promised_by: DateTime<Utc>,
}

/// Everything that can be worked out before the writer's turn.
#[derive(Clone)]
pub struct Prepared {
    submission: Submission,
    row: Feedback,
    case: OpenedCase,
    rules: Arc<Rulebook>,
    event: Event,
    stems: Vec<String>,
    receipt: Receipt,
    letter: Received,
    digest: bool,
    quiet: bool,
    segment: Option<String>,
    files: Batch,
}

impl Prepared {
    /// Lets the originator hear once a month what changed, if they can be written to.
    pub fn subscribing(mut self, wanted: bool) -> Prepared {
        self.digest = wanted;
        self
    }

    /// Sends no acknowledgement: what was said may itself answer a mail of ours.
    pub fn quietly(mut self) -> Prepared {
        self.quiet = true;
        self
    }

    /// Keeps these files with the words.
    pub fn with_files(mut self, files: Batch) -> Prepared {
        self.files = files;
        self
    }

    /// Gives anonymous feedback this receipt code instead of a drawn one.
    pub fn with_code(mut self, code: String) -> Prepared {
        self.row.receipt_hash = Some(id::hash(&code));
        self.receipt.code = Some(code);
        self
    }

    /// Says which customers or employees the originator is one of; whoever says so must be trusted.
    pub fn with_segment(mut self, segment: Option<String>) -> Prepared {
        self.segment = segment;
        self
    }

    /// The promise and who works on it may depend on who wrote, which only the database knows.
    fn give(&mut self, c: &mut Conn, segment: Option<&str>, tz: Tz, now: DateTime<Utc>) -> Result<Option<Given>> {
        let Prepared { submission, row, case, rules, receipt, .. } = self;
        let facts = facts(submission, row.lang, segment);
        if segment.is_some() {
            let topic_id = case.topic_id;
            *case = opening::open(rules, &facts, row.id, *case.updated_at);
            case.topic_id = topic_id;
        }
        let given = Chooser::new(now, tz).give(c, rules, &facts, case)?;
        receipt.promised_by = *case.respond_by;
        Ok(given)
    }

    /// Whether nobody may know who said it.
    pub fn is_anonymous(&self) -> bool {
        self.row.anonymous
    }

    /// What the originator will be given.
    pub fn receipt(self) -> Receipt {
        self.receipt
    }
}

/// Checks a submission and prepares its rows.
pub fn prepare(app: &App, submission: Submission, by: By, now: DateTime<Utc>) -> Result<Prepared> {
    let submission = submission.checked(now)?;
    let anonymous = submission.originator == Originator::Anonymous;
    // Whoever is signed in and chose to be anonymous is not named by the journal either.
    let by = if anonymous && by.id.is_some() { By::ORIGINATOR } else { by };
    let rules = app.rules.current();
    // Of an anonymous submission nothing may tell when it was made: random keys, times kept to the day.
    let moment = if anonymous { day_of(now) } else { now };
    let id = if anonymous { id::random_id() } else { id::new_id() };
    let code = anonymous.then(id::secret);
    let row = feedback_row(&submission, id, code.as_deref(), moment);
    let case = opening::open(&rules, &facts(&submission, row.lang, None), id, moment);
    let event = Event::new(by, Subject::Case, id, "received", json!({"channel": row.channel}), now);
    let tracking_url = if anonymous {
        app.config.http.url("/track")
    } else {
        app.config.http.url(&format!("/t/{}", app.secret.dated_token(Purpose::Track, id, now)?))
    };
    let lang = row.lang;
    let letter = Received {
        reference: row.reference.clone(),
        own_words: row.text.clone(),
        promised_by: i18n::day(lang, app.config.app.time_zone, *case.respond_by),
        tracking_url: tracking_url.clone(),
    };
    Ok(Prepared {
        stems: search::stems(&format!("{} {}", row.title, row.text)),
        receipt: Receipt { id, reference: row.reference.clone(), tracking_url, code, promised_by: *case.respond_by },
        case,
        rules,
        event: if anonymous { event.timeless() } else { event },
        submission,
        row,
        letter,
        digest: false,
        quiet: false,
        segment: None,
        files: Batch::default(),
    })
}

/// Writes what was prepared; call it inside `db.write`.
pub fn take_in(c: &mut Conn, mut prepared: Prepared, tz: Tz, now: DateTime<Utc>) -> Result<Receipt> {
    if let Some(slug) = &prepared.submission.topic {
        let topic = store::topic_id(c, slug)?.ok_or_else(|| Error::field("topic", "error-choice"))?;
        (prepared.row.topic_id, prepared.case.topic_id) = (Some(topic), Some(topic));
    }
    let mut to = addressee(c, &prepared.submission.originator, now)?;
    if let (Some(person), Some(segment)) = (&mut to, prepared.segment.take()) {
        store::move_to_segment(c, person, segment)?;
    }
    prepared.row.person_id = to.as_ref().map(|person| person.id);
    let given = prepared.give(c, to.as_ref().and_then(|person| person.segment.as_deref()), tz, now)?;
    store::insert(c, &prepared.row, &prepared.case).map_err(|e| match store::is_external_id_taken(&e) {
        true => Error::Conflict("error-external-id-taken"),
        false => e.into(),
    })?;
    journal::insert(c, &prepared.event)?;
    if let Some(given) = given {
        journal::insert(c, &given.event(prepared.row.id, prepared.row.anonymous, now))?;
    }
    search::insert(c, prepared.row.id, &prepared.stems)?;
    keep(c, prepared.row.id, Link::Feedback, &prepared.files, prepared.row.anonymous, now)?;
    if let Some(person) = to {
        if prepared.digest {
            store::subscribe(c, person.id, now)?;
        }
        if !prepared.quiet {
            acknowledge(c, &prepared, person, tz, now)?;
        }
    }
    Ok(prepared.receipt)
}

/// Checks, prepares and writes one submission.
pub async fn submit(app: &App, submission: Submission, by: By) -> Result<Receipt> {
    take(app, submission, by, take_in).await
}

/// Checks and prepares one submission and has it written by `write`, which calls [`take_in`] in the middle of whatever
/// else belongs into the same transaction.
pub async fn take<T: Send + 'static>(
    app: &App,
    submission: Submission,
    by: By,
    write: impl Fn(&mut Conn, Prepared, Tz, DateTime<Utc>) -> Result<T> + Clone + Send + 'static,
) -> Result<T> {
    let (now, tz) = (app.clock.now(), app.config.app.time_zone);
    let mut draws = 1;
    loop {
        let (prepared, write) = (prepare(app, submission.clone(), by, now)?, write.clone());
        match app.db.write(move |c| write(c, prepared, tz, now)).await {
            // Seven characters are drawn twice once in a while: draw again.
            Err(Error::Db(e)) if is_taken(&e) && draws < MAX_DRAWS => draws += 1,
            answer => return answer,
        }
    }
}

/// What the rules need to know of a submission.
fn facts<'a>(submission: &'a Submission, lang: Lang, segment: Option<&'a str>) -> Facts<'a> {
    let kind = (submission.voice, submission.kind);
    opening::facts(kind, &submission.channel, submission.topic.as_deref(), lang, segment)
}

fn feedback_row(submission: &Submission, id: i64, code: Option<&str>, moment: DateTime<Utc>) -> Feedback {
    let anonymous = code.is_some();
    let said_at = submission.received_at.map_or(moment, |at| if anonymous { day_of(at) } else { at });
    Feedback {
        id,
        reference: id::reference('F'),
        voice: submission.voice,
        kind: submission.kind,
        channel: submission.channel.clone(),
        topic_id: None,
        title: submission.title.clone().unwrap_or_else(|| derive_title(&submission.text)),
        text: submission.text.clone(),
        affected: submission.affected.clone(),
        lang: Lang::of_text(&submission.text),
        person_id: None,
        anonymous,
        receipt_hash: code.map(id::hash),
        nps: submission.scores.nps,
        enps: submission.scores.enps,
        csat: submission.scores.csat,
        ces: submission.scores.ces,
        external_id: submission.external_id.clone(),
        import_id: None,
        received_at: said_at.into(),
        created_at: moment.into(),
        machine: submission.machine,
    }
}

fn addressee(c: &mut Conn, originator: &Originator, now: DateTime<Utc>) -> Result<Option<Addressee>> {
    Ok(match originator {
        Originator::Person { id } => Some(store::addressee(c, *id)?),
        Originator::Contact { email, name, lang } => Some(store::contact(c, email, name, *lang, now)?),
        Originator::Anonymous => None,
    })
}

fn acknowledge(c: &mut Conn, prepared: &Prepared, person: Addressee, tz: Tz, now: DateTime<Utc>) -> Result<()> {
    let Some(address) = person.email else { return Ok(()) };
    let mut letter = prepared.letter.clone();
    letter.promised_by = i18n::day(person.lang, tz, prepared.receipt.promised_by);
    let mail = NewMail {
        person_id: person.id,
        template: "received",
        event_id: prepared.event.id,
        case_id: Some(prepared.row.id),
        lang: person.lang,
        address,
        name: person.name,
        data: serde_json::to_value(letter).map_err(Error::internal)?,
    };
    outbox::enqueue(c, &mail, now)?;
    Ok(())
}
