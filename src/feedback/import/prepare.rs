//! From a draft to the rows that will be written: everything that can be worked out without the database, so that it is
//! done while the batch before is being written.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::mapping::{self, Draft, Mapper, RowProblem, Status};
use super::source::Row;
use crate::app::App;
use crate::db::search;
use crate::error::Result;
use crate::feedback::model::derive_title;
use crate::feedback::opening;
use crate::feedback::store::{Feedback, OpenedCase};
use crate::i18n::Lang;
use crate::id;
use crate::journal::{By, Event, Subject, day_of};
use crate::rules::{Facts, Rulebook};

/// Where imported feedback came from if the file does not say.
const CHANNEL: &str = "import";

/// One row of a file, ready to be written but for what only the database knows: its topic and its person.
#[derive(Clone, Debug)]
pub(super) struct Ready {
    pub line: u64,
    pub feedback: Feedback,
    /// As it would be without topic and segment, which only the database knows for sure.
    pub case: OpenedCase,
    pub status: Status,
    pub event: Event,
    pub stems: Vec<String>,
    pub topic: Option<String>,
    pub contact: Option<Contact>,
}

/// Who can be told about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Contact {
    pub email: String,
    pub name: String,
    pub lang: Lang,
    pub segment: Option<String>,
}

/// A row that cannot be taken, and why.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    pub line: u64,
    pub message: String,
}

/// What turns the rows of one file into rows of the database.
pub(super) struct Preparer {
    mapper: Mapper,
    rules: Arc<Rulebook>,
    import_id: i64,
    /// Tells the rows of this file from those of others.
    file: String,
    now: DateTime<Utc>,
}

impl Preparer {
    pub(super) fn new(mapper: Mapper, app: &App, import_id: i64, sha256: &str, now: DateTime<Utc>) -> Result<Self> {
        let rules = app.rules.current();
        Ok(Self { mapper, rules, import_id, file: sha256.chars().take(16).collect(), now })
    }

    pub(super) fn prepare(&self, row: Row) -> std::result::Result<Ready, Problem> {
        let line = row.line;
        let problem = |message| Problem { line, message };
        let fields = row.fields.map_err(|e| problem(e.to_string()))?;
        let draft = self.mapper.apply(&fields).map_err(|all| problem(said(&all)))?;
        Ok(self.ready(line, draft))
    }

    fn ready(&self, line: u64, draft: Draft) -> Ready {
        // Of an anonymous row nothing may tell who or when: random keys, times kept to the day.
        let (id, moment) = match draft.anonymous {
            true => (id::random_id(), day_of(self.now)),
            false => (id::new_id(), self.now),
        };
        let lang = language(draft.lang.as_deref()).unwrap_or_else(|| Lang::of_text(&draft.text));
        // The words of a derived title are in the text already.
        let stems = match &draft.title {
            Some(title) => search::stems(&format!("{title} {}", draft.text)),
            None => search::stems(&draft.text),
        };
        let said_at = draft.received_at.map_or(moment, |at| if draft.anonymous { day_of(at) } else { at });
        let feedback = Feedback {
            id,
            reference: String::new(),
            voice: draft.voice,
            kind: draft.kind,
            channel: draft.channel.unwrap_or_else(|| CHANNEL.to_owned()),
            topic_id: None,
            title: draft.title.unwrap_or_else(|| derive_title(&draft.text)),
            text: draft.text,
            affected: draft.affected,
            lang,
            person_id: None,
            anonymous: draft.anonymous,
            receipt_hash: None,
            nps: draft.scores.nps,
            enps: draft.scores.enps,
            csat: draft.scores.csat,
            ces: draft.scores.ces,
            external_id: self.external_id(line, draft.external_id, draft.anonymous),
            import_id: Some(self.import_id),
            received_at: said_at.into(),
            created_at: moment.into(),
            machine: draft.machine,
        };
        let event = self.event(&feedback, draft.status);
        let case = opened(&self.rules, &feedback, None, None, draft.status);
        let (status, contact) = (draft.status, contact(draft.contact, lang));
        Ready { line, event, case, status, feedback, stems, topic: draft.topic, contact }
    }

    fn event(&self, said: &Feedback, status: Status) -> Event {
        let import = self.import_id.to_string();
        let data = json!({"channel": said.channel, "import": import, "closed": status == Status::Closed});
        let event = Event::new(By::IMPORT, Subject::Case, said.id, "received", data, self.now);
        if said.anonymous { event.timeless() } else { event }
    }

    /// What is not imported twice: the id of the source, or else the file and line it came from. Numbers count up with
    /// time, so of an anonymous row only a digest of the source's id is kept (enough to know it again), and no line.
    fn external_id(&self, line: u64, given: Option<String>, anonymous: bool) -> Option<String> {
        match (given, anonymous) {
            (Some(id), false) => Some(id),
            (Some(id), true) => Some(id::hash(&id)),
            (None, false) => Some(format!("{}:{line}", self.file)),
            (None, true) => None,
        }
    }
}

/// The promise starts now: nobody could have kept it before we knew. What was closed elsewhere is given to nobody and has
/// nothing due, and nothing about it claims that we told anybody: no outcome, no time, no way of telling.
pub(super) fn opened(
    rules: &Rulebook,
    said: &Feedback,
    topic: Option<&str>,
    segment: Option<&str>,
    status: Status,
) -> OpenedCase {
    let facts = facts(said, topic, segment);
    let case = opening::open(rules, &facts, said.id, *said.created_at);
    match status {
        Status::New => case,
        Status::Closed => {
            OpenedCase { status: status.to_string(), team_id: None, next_due: None, alert_at: None, ..case }
        }
    }
}

/// What the rules need to know of a row.
pub(super) fn facts<'a>(said: &'a Feedback, topic: Option<&'a str>, segment: Option<&'a str>) -> Facts<'a> {
    opening::facts((said.voice, said.kind), &said.channel, topic, said.lang, segment)
}

fn contact(said: mapping::Contact, lang: Lang) -> Option<Contact> {
    let lang = language(said.locale.as_deref()).unwrap_or(lang);
    Some(Contact { email: said.email?, name: said.name.unwrap_or_default(), lang, segment: said.segment })
}

/// A language the product speaks.
fn language(code: Option<&str>) -> Option<Lang> {
    code?.parse().ok()
}

fn said(problems: &[RowProblem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
