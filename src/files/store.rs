//! Rows of files. Names and sizes stand apart from the bytes, which are read only when somebody takes the file.

use super::Checked;
use crate::db::Conn;
use crate::db::schema::{attachment_data, attachments, messages};
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::id;
use crate::journal::day_of;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Binary, Integer};

/// As much as one case holds in files.
const MOST_PER_CASE: i64 = 100 * 1024 * 1024;

/// What a file belongs to, within its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// What was said first.
    Feedback,
    /// A message by its id.
    Message(i64),
    /// A reply that waits to be sent.
    Pending(i64),
}

/// A file without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct File {
    pub id: i64,
    pub message_id: Option<i64>,
    pub pending_id: Option<i64>,
    pub name: String,
    pub media_type: String,
    pub size: i64,
}

type Columns = (
    attachments::id,
    attachments::message_id,
    attachments::pending_id,
    attachments::name,
    attachments::media_type,
    attachments::size,
);
const COLUMNS: Columns = (
    attachments::id,
    attachments::message_id,
    attachments::pending_id,
    attachments::name,
    attachments::media_type,
    attachments::size,
);

/// Keeps files with what they came with. What an anonymous originator sends gets random ids and no time of day.
pub fn keep(
    c: &mut Conn,
    case_id: i64,
    link: Link,
    files: &[Checked],
    anonymous: bool,
    now: DateTime<Utc>,
) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let more: usize = files.iter().map(|file| file.bytes.len()).sum();
    if kept(c, case_id)? + more as i64 > MOST_PER_CASE {
        return Err(Error::field("files", "error-files-quota"));
    }
    for file in files {
        insert(c, case_id, link, file, anonymous, now)?;
    }
    Ok(())
}

fn kept(c: &mut Conn, case_id: i64) -> QueryResult<i64> {
    let sizes: Vec<i64> =
        attachments::table.filter(attachments::case_id.eq(case_id)).select(attachments::size).load(c)?;
    Ok(sizes.iter().sum())
}

fn insert(
    c: &mut Conn,
    case_id: i64,
    link: Link,
    file: &Checked,
    anonymous: bool,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let id = if anonymous { id::random_id() } else { id::new_id() };
    let at = if anonymous { day_of(now) } else { now };
    let (message_id, pending_id) = match link {
        Link::Feedback => (None, None),
        Link::Message(id) => (Some(id), None),
        Link::Pending(id) => (None, Some(id)),
    };
    let row = (
        attachments::id.eq(id),
        attachments::case_id.eq(case_id),
        attachments::message_id.eq(message_id),
        attachments::pending_id.eq(pending_id),
        attachments::name.eq(&file.name),
        attachments::media_type.eq(file.media_type),
        attachments::size.eq(file.bytes.len() as i64),
        attachments::created_at.eq(Ts::from(at)),
    );
    diesel::insert_into(attachments::table).values(row).execute(c)?;
    let data = (attachment_data::id.eq(id), attachment_data::bytes.eq(&file.bytes));
    diesel::insert_into(attachment_data::table).values(data).execute(c).map(|_| ())
}

/// The files of a case, for staff.
pub fn of_case(c: &mut Conn, case_id: i64) -> QueryResult<Vec<File>> {
    attachments::table
        .filter(attachments::case_id.eq(case_id))
        // Ids of anonymous files are random.
        .order((attachments::created_at, attachments::name, attachments::id))
        .select(COLUMNS)
        .load(c)
}

/// One file of a case, for staff.
pub fn find(c: &mut Conn, case_id: i64, id: i64) -> QueryResult<File> {
    attachments::table.find(id).filter(attachments::case_id.eq(case_id)).select(COLUMNS).first(c)
}

/// The files of a case that its originator sees: those that came with the feedback, with their own messages and with
/// answers to them. Never those of notes, of replies that wait, or of mails that may be from somebody else.
pub fn of_originator(c: &mut Conn, case_id: i64) -> QueryResult<Vec<File>> {
    let hidden: Vec<i64> = messages::table
        .filter(messages::case_id.eq(case_id))
        .filter(messages::direction.eq("note").or(messages::unverified_from.is_not_null()))
        .select(messages::id)
        .load(c)?;
    let shown = |file: &File| file.pending_id.is_none() && file.message_id.is_none_or(|id| !hidden.contains(&id));
    Ok(of_case(c, case_id)?.into_iter().filter(shown).collect())
}

/// One file of a case, for its originator.
pub fn find_for_originator(c: &mut Conn, case_id: i64, id: i64) -> QueryResult<File> {
    of_originator(c, case_id)?.into_iter().find(|file| file.id == id).ok_or(diesel::result::Error::NotFound)
}

/// The files of a reply that waits.
pub fn of_pending(c: &mut Conn, pending_id: i64) -> QueryResult<Vec<File>> {
    attachments::table
        .filter(attachments::pending_id.eq(pending_id))
        .order((attachments::created_at, attachments::name, attachments::id))
        .select(COLUMNS)
        .load(c)
}

/// A reply went out: its files are now those of its message.
pub fn sent(c: &mut Conn, pending_id: i64, message_id: i64) -> QueryResult<()> {
    diesel::update(attachments::table.filter(attachments::pending_id.eq(pending_id)))
        .set((attachments::pending_id.eq(None::<i64>), attachments::message_id.eq(message_id)))
        .execute(c)
        .map(|_| ())
}

/// A reply was taken back: its files go with it.
pub fn taken_back(c: &mut Conn, pending_id: i64) -> QueryResult<()> {
    for file in of_pending(c, pending_id)? {
        diesel::delete(attachment_data::table.find(file.id)).execute(c)?;
        diesel::delete(attachments::table.find(file.id)).execute(c)?;
    }
    Ok(())
}

/// All bytes of a file.
pub fn bytes(c: &mut Conn, id: i64) -> QueryResult<Vec<u8>> {
    attachment_data::table.find(id).select(attachment_data::bytes).first(c)
}

diesel::define_sql_function! {
    fn substr(bytes: Binary, from: Integer, length: Integer) -> Binary;
}

/// A piece of a file, so that whoever downloads slowly does not keep all of it in memory.
pub fn piece(c: &mut Conn, id: i64, from: i32, length: i32) -> QueryResult<Vec<u8>> {
    attachment_data::table.find(id).select(substr(attachment_data::bytes, from + 1, length)).first(c)
}
