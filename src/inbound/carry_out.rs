//! Does what was decided about a mail: the case, the message, and that the mail is done with commit together.

use super::automatic::Automatic;
use super::brought::Brought;
use super::decide::Decision;
use super::message::Incoming;
use super::process::finished;
use super::store::{self, Claimed, Finished, Status};
use crate::app::App;
use crate::cases::actions::{self, Desk, Heard, MAX_MESSAGE};
use crate::cases::store::{Direction, Message, add_message};
use crate::config::Inbound;
use crate::db::Conn;
use crate::digest::answers::{self, by_mail};
use crate::error::{Error, Result};
use crate::feedback::actions::{self as intake, Receipt};
use crate::feedback::model::{Kind, MAX_TEXT, MAX_TITLE, Originator, Submission, Voice, shorten};
use crate::i18n::Lang;
use crate::journal::{self, By, Event, Subject};
use crate::mail::returned::came_back;
use crate::people::mails;
use crate::web::forms::{clean, clean_line};
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use std::sync::Arc;

/// How such a case came in.
const CHANNEL: &str = "email";
/// How often a case that others are working on is tried at once.
const TRIES: u32 = 5;

/// A case that an administrator named.
#[derive(Clone, Debug)]
pub struct Case {
    pub id: i64,
    pub originator: Option<String>,
}

/// Carries a decision out; a mail that somebody else has finished meanwhile is left alone.
pub async fn carry_out(app: &App, claimed: Claimed, mail: &Arc<Incoming>, decision: &Decision) -> Result<()> {
    match *decision {
        Decision::Open { answered } => open(app, claimed, mail, answered).await,
        Decision::AnswerDigest { mail_id } => answer_digest(app, claimed, mail, mail_id).await,
        Decision::Join { case_id } => join(app, claimed, mail, case_id).await,
        Decision::Unverified { case_id } => {
            let mail = Arc::clone(mail);
            let write = move |c: &mut Conn, now| {
                add_unverified(c, &mail, case_id, now)?;
                let end = Finished { case_id: Some(case_id), reason: Some("unverified".into()), ..finished(&mail) };
                finish(c, &claimed, Status::Done, &end, now)
            };
            written(app, write).await
        }
        Decision::Ignore { what, case_id } => {
            let (mail, settings) = (Arc::clone(mail), app.config.inbound.clone());
            let write = move |c: &mut Conn, now| {
                if let Some(case_id) = case_id {
                    note(c, &mail, what, case_id, &settings, now)?;
                }
                let end = Finished { case_id, reason: Some(what.to_string()), ..finished(&mail) };
                finish(c, &claimed, Status::Ignored, &end, now)
            };
            written(app, write).await
        }
        Decision::Bounced { mail_id, ref bounce } => {
            let (mail, bounce, desk) = (Arc::clone(mail), bounce.clone(), Desk::of(app));
            let write = move |c: &mut Conn, now| {
                let returned = came_back(c, mail_id, bounce.kind, &bounce.said, now)?;
                let case_id = returned.as_ref().and_then(|mail| mail.case_id);
                if let Some(returned) = returned {
                    actions::mail_returned(c, &desk, &returned, &bounce.said)?;
                }
                let end = Finished { case_id, reason: Some(Automatic::Bounce.to_string()), ..finished(&mail) };
                finish(c, &claimed, Status::Ignored, &end, now)
            };
            written(app, write).await
        }
        Decision::Unsubscribe { person_id } => {
            let mail = Arc::clone(mail);
            let write = move |c: &mut Conn, now| {
                mails::unsubscribe(c, By::ORIGINATOR, person_id, now)?;
                let end = Finished { reason: Some("unsubscribed".into()), ..finished(&mail) };
                finish(c, &claimed, Status::Done, &end, now)
            };
            written(app, write).await
        }
        Decision::Quarantine(why) => {
            let mail = Arc::clone(mail);
            let write = move |c: &mut Conn, now| {
                let end = Finished { reason: Some(why.to_string()), ..finished(&mail) };
                finish(c, &claimed, Status::Quarantined, &end, now)
            };
            written(app, write).await
        }
    }
}

async fn written(app: &App, write: impl FnOnce(&mut Conn, DateTime<Utc>) -> Result<()> + Send + 'static) -> Result<()> {
    let now = app.clock.now();
    app.db.write(move |c| write(c, now)).await
}

/// The last thing in each transaction: whoever comes second undoes what they did.
fn finish(c: &mut Conn, claimed: &Claimed, status: Status, end: &Finished, now: DateTime<Utc>) -> Result<()> {
    match store::finish(c, claimed, status, end, now)? {
        true => Ok(()),
        false => Err(Error::Conflict("inbound-decided-already")),
    }
}

async fn open(app: &App, claimed: Claimed, mail: &Arc<Incoming>, answered: bool) -> Result<()> {
    let from = mail.from.clone().ok_or(Error::Conflict("inbound-no-sender"))?;
    let address = from.address.clone();
    let staff = app.db.read(move |c| Ok(store::is_staff(c, &address)?)).await?;
    let text = words(&mail.whole(), mail, MAX_TEXT);
    let voice = if staff { Voice::Employee } else { Voice::Customer };
    let kind: Kind = app.config.inbound.kind.parse().map_err(Error::internal)?;
    let originator = Originator::Contact { email: from.address, name: from.name, lang: Lang::of_text(&text) };
    let submission =
        Submission { title: title(&mail.subject), ..Submission::new(voice, kind, CHANNEL, &text, originator) };
    let (mail, brought) = (Arc::clone(mail), Brought::by(mail).await?);
    intake::take(app, submission, By::ORIGINATOR, move |c, prepared, tz, now| {
        let prepared = prepared.with_files(brought.files.clone());
        let prepared = if answered { prepared } else { prepared.quietly() };
        let receipt = intake::take_in(c, prepared, tz, now)?;
        opened(c, &claimed, &mail, &brought, &receipt, now)
    })
    .await
}

/// What a reader says about a digest becomes a case that names it. They hear that we have it: an answer to that joins the
/// case, so that two programs would fall silent.
async fn answer_digest(app: &App, claimed: Claimed, mail: &Arc<Incoming>, mail_id: i64) -> Result<()> {
    let reading = Arc::clone(mail);
    let found = app.db.read(move |c| {
        let got = by_mail::got(c, mail_id)?.ok_or(Error::NotFound)?;
        let item = by_mail::meant(c, &got, reading.quoted.as_deref().unwrap_or_default())?;
        let topic = item.as_ref().map(|item| answers::topic(c, item)).transpose()?.flatten();
        Ok((got, item, topic))
    });
    let (got, item, topic) = found.await?;
    let kind: Kind = app.config.inbound.kind.parse().map_err(Error::internal)?;
    let submission = got.reader.submission(kind, CHANNEL, &words(&mail.text, mail, MAX_TEXT), topic);
    let (mail, brought, desk) = (Arc::clone(mail), Brought::by(mail).await?, Desk::of(app));
    intake::take(app, submission, By::ORIGINATOR, move |c, prepared, tz, now| {
        let receipt = intake::take_in(c, prepared.with_files(brought.files.clone()), tz, now)?;
        answers::link(c, &desk, receipt.id, got.edition_id, item.as_ref())?;
        opened(c, &claimed, &mail, &brought, &receipt, now)
    })
    .await
}

fn opened(
    c: &mut Conn,
    claimed: &Claimed,
    mail: &Incoming,
    brought: &Brought,
    receipt: &Receipt,
    now: DateTime<Utc>,
) -> Result<()> {
    brought.say_what_was_left(c, receipt.id, now)?;
    finish(c, claimed, Status::Done, &Finished { case_id: Some(receipt.id), ..finished(mail) }, now)
}

/// The originator writes on their case: into it, or, where that is the setting and it is closed, into a new one.
async fn join(app: &App, claimed: Claimed, mail: &Arc<Incoming>, case_id: i64) -> Result<()> {
    let text = words(&mail.text, mail, MAX_MESSAGE);
    let (now, brought) = (app.clock.now(), Brought::by(mail).await?);
    let (following, files) = ((Arc::clone(mail), brought.clone()), brought.files.clone());
    let also = move |c: &mut Conn, new: &Receipt| opened(c, &claimed, &following.0, &following.1, new, now);
    if actions::follow_up_with(app, case_id, &text, &files, also).await?.is_some() {
        return Ok(());
    }
    let mut tries = 1;
    loop {
        let (desk, mail, brought) = (Desk::of(app), Arc::clone(mail), brought.clone());
        let heard = Heard { text: text.clone(), quoted: mail.quoted.clone() };
        let write = move |c: &mut Conn, now| {
            let message = actions::hear_back(c, &desk, case_id, heard)?;
            brought.keep(c, case_id, message, now)?;
            finish(c, &claimed, Status::Done, &Finished { case_id: Some(case_id), ..finished(&mail) }, now)
        };
        match written(app, write).await {
            // Somebody saved the case in the same moment.
            Err(Error::Conflict("error-case-changed")) if tries < TRIES => tries += 1,
            heard => return heard,
        }
    }
}

/// For staff to see, and for nobody else: it starts no clock, reopens nothing and is answered by nothing.
fn add_unverified(c: &mut Conn, mail: &Incoming, case_id: i64, now: DateTime<Utc>) -> Result<()> {
    let from = mail.from.as_ref().map_or_else(|| "?".to_owned(), |from| from.address.clone());
    let event = Event::new(By::SYSTEM, Subject::Case, case_id, "unverified", json!({"from": from}), now);
    let message = Message {
        id: event.id,
        case_id,
        direction: Direction::Inbound,
        author_id: None,
        body: words(&mail.text, mail, MAX_MESSAGE),
        at: event.at,
        markdown: false,
        unverified_from: Some(from),
        quoted: mail.quoted.clone(),
    };
    journal::append(c, event)?;
    add_message(c, &message)?;
    Brought::nothing_of(mail).say_what_was_left(c, case_id, now)
}

/// Leaves a line on the case where its owner would want to know; not for ever, should a machine not stop.
fn note(
    c: &mut Conn,
    mail: &Incoming,
    what: Automatic,
    case_id: i64,
    settings: &Inbound,
    now: DateTime<Utc>,
) -> Result<()> {
    let (event, data): (&str, Value) = match what {
        Automatic::Bounce => (
            "bounce_received",
            json!({"status": mail.deliveries.first().map(|d| d.status.as_str()).unwrap_or_default()}),
        ),
        Automatic::AutoReply => ("auto_replied", json!({})),
        _ => return Ok(()),
    };
    if store::count_about(c, case_id, Status::Ignored, now - Duration::hours(1))? < settings.most_per_thread_hour {
        journal::append(c, Event::new(By::SYSTEM, Subject::Case, case_id, event, data, now))?;
    }
    Ok(())
}

/// What a mail says, at most so long; where it says nothing, what it is about and which files it brings.
fn words(text: &str, mail: &Incoming, most: usize) -> String {
    let mut said = clean(text);
    if said.is_empty() {
        let files: Vec<&str> = mail.attachments.iter().map(|file| file.name.as_str()).collect();
        said = [clean_line(&mail.subject), files.join(", ")]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join("\n");
    }
    match said.char_indices().nth(most) {
        // The rest stands in the mail as it is stored.
        Some(_) => format!("{}…", said.chars().take(most - 1).collect::<String>()),
        None => said,
    }
}

/// The subject without what mail programs put before it.
fn title(subject: &str) -> Option<String> {
    const PREFIXES: [&str; 9] = ["re:", "fw:", "fwd:", "aw:", "sv:", "на:", "отв:", "ответ:", "пересл:"];
    let mut title = clean_line(subject);
    while let Some(prefix) = PREFIXES.iter().find(|prefix| title.to_lowercase().starts_with(**prefix)) {
        title = title.chars().skip(prefix.chars().count()).collect::<String>().trim_start().to_owned();
    }
    (!title.is_empty()).then(|| shorten(&title, MAX_TITLE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_what_the_mail_is_about() {
        assert_eq!(title("Re: FW: Ответ:  The lift"), Some("The lift".into()));
        assert_eq!(title("Re:"), None);
        assert_eq!(title(&"x".repeat(500)).map(|t| t.chars().count()), Some(MAX_TITLE));
    }

    #[test]
    fn a_mail_without_words_says_what_it_brings() {
        let file = crate::inbound::message::Attachment { name: "a.png".into(), ..Default::default() };
        let mail = Incoming { subject: "The lift".into(), attachments: vec![file], ..Incoming::default() };
        assert_eq!(words(" \n", &mail, 100), "The lift\na.png");
        assert_eq!(words("abcdef", &mail, 4), "abc…");
    }
}
