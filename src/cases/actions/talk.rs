//! The conversation with the originator, and notes among staff.

use super::super::answers::LINK;
use super::super::model::Case;
use super::super::store::{self, Direction, Scope};
use super::{
    Desk, Why, Words, append, author, keep, keep_for_originator, mail_originator, mention, message_text, note_event,
    originator_time, say, tell_staff,
};
use crate::app::App;
use crate::config::ReplyToClosed;
use crate::db::Conn;
use crate::db::schema::{pending_replies, people};
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::feedback::actions::{self as intake, Receipt};
use crate::feedback::model::{Originator, Submission};
use crate::feedback::store::{Feedback, topic_slug};
use crate::files::{Batch, Checked, store as files};
use crate::id;
use crate::journal::{By, Event, Subject};
use crate::mail::letters::{Link, Reply};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use serde_json::json;

/// How long a reply can be taken back: until then nothing has happened.
pub const TAKE_BACK_WITHIN: Duration = Duration::seconds(10);
const TRY_AGAIN_AFTER: Duration = Duration::minutes(1);

/// A reply that waits out its ten seconds.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = pending_replies)]
pub struct Pending {
    pub id: i64,
    pub case_id: i64,
    pub author_id: i64,
    pub body: String,
    pub wait: bool,
    pub send_at: Ts,
}

/// Keeps a reply to be sent in ten seconds; returns its id.
pub fn draft_reply(
    c: &mut Conn,
    desk: &Desk,
    scope: Scope,
    by: By,
    reference: &str,
    text: &str,
    wait: bool,
) -> Result<i64> {
    let body = message_text("text", text)?;
    let (case, _) = store::find(c, scope, reference)?;
    let author_id = by.id.ok_or(Error::Forbidden)?;
    let send_at = (desk.now + TAKE_BACK_WITHIN).into();
    let pending = Pending { id: id::new_id(), case_id: case.id, author_id, body, wait, send_at };
    diesel::insert_into(pending_replies::table).values(&pending).execute(c)?;
    Ok(pending.id)
}

/// The replies to a case that wait to go out, oldest first, each with its author's name.
pub fn pending(c: &mut Conn, case_id: i64) -> QueryResult<Vec<(Pending, String)>> {
    pending_replies::table
        .inner_join(people::table)
        .filter(pending_replies::case_id.eq(case_id))
        .order(pending_replies::id)
        .select((Pending::as_select(), people::name))
        .load(c)
}

/// Keeps files with a reply that waits to be sent.
pub fn add_files(c: &mut Conn, desk: &Desk, pending_id: i64, added: &[Checked]) -> Result<()> {
    let case_id = pending_replies::table.find(pending_id).select(pending_replies::case_id).first(c)?;
    files::keep(c, case_id, files::Link::Pending(pending_id), added, false, desk.now)
}

/// Takes a reply back before it is sent; what was typed is handed back. None if it is too late.
pub fn take_back(c: &mut Conn, by: By, pending_id: i64) -> Result<Option<Pending>> {
    let Some(author) = by.id else { return Err(Error::Forbidden) };
    let own = pending_replies::table.find(pending_id).filter(pending_replies::author_id.eq(author));
    let pending: Option<Pending> = own.select(Pending::as_select()).first(c).optional()?;
    let Some(pending) = pending else { return Ok(None) };
    let taken = diesel::delete(pending_replies::table.find(pending_id)).execute(c)?;
    files::taken_back(c, pending_id)?;
    Ok((taken == 1).then_some(pending))
}

/// Sends the replies whose time has come; returns how many. Each is deleted first: of several nodes one sends it. One
/// that fails is tried again a minute later and does not hold up the others.
pub fn dispatch(c: &mut Conn, desk: &Desk, most: i64) -> Result<usize> {
    let due: Vec<Pending> = pending_replies::table
        .filter(pending_replies::send_at.le(Ts::from(desk.now)))
        .order((pending_replies::send_at, pending_replies::id))
        .limit(most)
        .select(Pending::as_select())
        .load(c)?;
    let mut sent = 0;
    for pending in due {
        match c.transaction(|c| send_pending(c, desk, &pending)) {
            Ok(gone) => sent += usize::from(gone),
            Err(e) => {
                tracing::error!(case = pending.case_id, error = %e, "a reply could not be sent");
                let later = Ts::from(desk.now + TRY_AGAIN_AFTER);
                let failed = diesel::update(pending_replies::table.find(pending.id));
                failed.set(pending_replies::send_at.eq(later)).execute(c)?;
            }
        }
    }
    Ok(sent)
}

/// False if another node, or the author, was quicker.
fn send_pending(c: &mut Conn, desk: &Desk, pending: &Pending) -> Result<bool> {
    if diesel::delete(pending_replies::table.find(pending.id)).execute(c)? == 0 {
        return Ok(false);
    }
    let (case, said) = store::by_id(c, pending.case_id)?;
    let files = files::of_pending(c, pending.id)?;
    let answer = Answer { text: &pending.body, wait: pending.wait, files: files.len() };
    let message = send(c, desk, By::person(pending.author_id), case, &said, answer)?;
    files::sent(c, pending.id, message)?;
    Ok(true)
}

/// Answers the originator at once; with `wait` the clocks stop until they write back.
pub fn reply(c: &mut Conn, desk: &Desk, scope: Scope, by: By, reference: &str, text: &str, wait: bool) -> Result<()> {
    let text = message_text("text", text)?;
    let (case, said) = store::find(c, scope, reference)?;
    send(c, desk, by, case, &said, Answer { text: &text, wait, files: 0 }).map(|_| ())
}

/// Tells the originator what was decided of what they asked for; the case goes on.
pub fn tell_decision(c: &mut Conn, desk: &Desk, by: By, case: Case, said: &Feedback, text: &str) -> Result<()> {
    send(c, desk, by, case, said, Answer { text, wait: false, files: 0 }).map(|_| ())
}

/// What goes to the originator.
struct Answer<'a> {
    text: &'a str,
    wait: bool,
    /// How many files wait for them on their page.
    files: usize,
}

fn send(c: &mut Conn, desk: &Desk, by: By, mut case: Case, said: &Feedback, answer: Answer<'_>) -> Result<i64> {
    let Answer { text, wait, files } = answer;
    case.respond(wait, desk.now);
    keep(c, desk, &mut case)?;
    let data = json!({"wait": wait});
    let words = Words { direction: Direction::Outbound, event: "replied", data, text, quoted: None };
    let event = say(c, desk, by, said, words)?;
    let tracking_url = desk.tracking_url(said.id)?;
    let letter = Reply {
        reference: said.reference.clone(),
        title: said.title.clone(),
        message: text.replace(LINK, &tracking_url),
        author: author(c, by)?,
        markdown: true,
        files,
        tracking_url,
    };
    mail_originator(c, desk, said, event, "reply", &letter)?;
    Ok(event)
}

/// A note among staff, who are told if it names them; returns its message id.
pub fn note(c: &mut Conn, desk: &Desk, scope: Scope, by: By, reference: &str, text: &str) -> Result<i64> {
    let text = message_text("text", text)?;
    let (case, said) = store::find(c, scope, reference)?;
    let named = mention::mentioned(c, &case, &text)?;
    let words = Words { direction: Direction::Note, event: "noted", data: json!({}), text: &text, quoted: None };
    let event = say(c, desk, by, &said, words)?;
    mention::tell(c, desk, by, &said, event, named, &text)?;
    Ok(event)
}

/// What the originator wrote, by whichever way.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    pub text: String,
    /// What a mail quoted of earlier ones.
    pub quoted: Option<String>,
}

/// The originator writes; returns the message id. A closed case goes on; where a follow-up is wanted instead, the caller
/// asks [`follow_up`] for one.
pub fn hear_back(c: &mut Conn, desk: &Desk, feedback_id: i64, heard: Heard) -> Result<i64> {
    let text = message_text("text", &heard.text)?;
    let (mut case, said) = store::by_id(c, feedback_id)?;
    let now = originator_time(&said, desk.now);
    let closed = !case.status.is_open();
    if closed {
        case.reopen(now)
    } else {
        case.hear_back(now)
    }
    keep_for_originator(c, desk, &said, &mut case)?;
    let event = if closed { "reopened" } else { "wrote" };
    let words = Words { direction: Direction::Inbound, event, data: json!({}), text: &text, quoted: heard.quoted };
    let event = say(c, desk, By::ORIGINATOR, &said, words)?;
    let why = if closed { Why::Reopened } else { Why::Wrote };
    match case.primary_id {
        // Whoever works on the case it was merged into must see it.
        Some(primary) => {
            let data = json!({"from": said.reference});
            let noted = Event::new(By::ORIGINATOR, Subject::Case, primary, "merged_wrote", data, now);
            append(c, &said, noted)?;
            let (mut primary, _) = store::by_id(c, primary)?;
            primary.hear_back(now);
            keep_for_originator(c, desk, &said, &mut primary)?;
            tell_staff(c, desk, event, why, &primary, &said, &text)?;
        }
        None => tell_staff(c, desk, event, why, &case, &said, &text)?,
    }
    Ok(event)
}

/// Opens a new case that names the closed one, where that is the setting; none if the message goes to the case itself.
pub async fn follow_up(app: &App, feedback_id: i64, text: &str, files: &Batch) -> Result<Option<Receipt>> {
    follow_up_with(app, feedback_id, text, files, |_, _| Ok(())).await
}

/// The same with something else in the same transaction.
pub async fn follow_up_with(
    app: &App,
    feedback_id: i64,
    text: &str,
    files: &Batch,
    also: impl Fn(&mut Conn, &Receipt) -> Result<()> + Clone + Send + 'static,
) -> Result<Option<Receipt>> {
    if app.config.cases.reply_to_closed == ReplyToClosed::Reopen {
        return Ok(None);
    }
    let (case, said, topic) = app
        .db
        .read(move |c| {
            let (case, said) = store::by_id(c, feedback_id)?;
            let topic = case.topic_id.map(|id| topic_slug(c, id)).transpose()?;
            Ok((case, said, topic))
        })
        .await?;
    // Without a person there is nobody to give a new case to: they know only the code of this one.
    let (Some(person), false) = (said.person_id, case.status.is_open()) else { return Ok(None) };
    let (text, originator) = (message_text("text", text)?, Originator::Person { id: person });
    let submission = Submission { topic, ..Submission::new(said.voice, said.kind, &said.channel, &text, originator) };
    let (desk, files) = (Desk::of(app), files.clone());
    let receipt = intake::take(app, submission, By::ORIGINATOR, move |c, prepared, tz, now| {
        let receipt = intake::take_in(c, prepared.with_files(files.clone()), tz, now)?;
        note_event(c, &desk, By::SYSTEM, receipt.id, "follows", json!({"from": said.reference}))?;
        note_event(c, &desk, By::SYSTEM, said.id, "followed", json!({"to": receipt.reference}))?;
        also(c, &receipt)?;
        Ok(receipt)
    });
    receipt.await.map(Some)
}

/// "Nobody answered me": raises the case once a promised date has passed.
pub fn escalate(c: &mut Conn, desk: &Desk, feedback_id: i64) -> Result<()> {
    let (mut case, said) = store::by_id(c, feedback_id)?;
    case.escalate(desk.now)?;
    keep_for_originator(c, desk, &said, &mut case)?;
    let now: DateTime<Utc> = originator_time(&said, desk.now);
    let data = json!({"level": case.escalation});
    let event = append(c, &said, Event::new(By::ORIGINATOR, Subject::Case, case.id, "escalated", data, now))?;
    tell_staff(c, desk, event, Why::Escalated, &case, &said, &said.title)
}

/// Sends the originator a new link to their page; at most one a day. Whoever gave no address is not written to.
pub fn send_link(c: &mut Conn, desk: &Desk, feedback_id: i64) -> Result<()> {
    let (_, said) = store::by_id(c, feedback_id)?;
    let letter = Link {
        reference: said.reference.clone(),
        title: said.title.clone(),
        tracking_url: desk.tracking_url(said.id)?,
    };
    // The day stands for the event: one event, one person, one mail.
    let day = desk.now.timestamp().div_euclid(86_400);
    mail_originator(c, desk, &said, said.id.wrapping_add(day), "link", &letter).map(|_| ())
}
