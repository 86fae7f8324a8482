//! The files that a mail brings: kept with what it says as far as they may be, and named where they stay in the mail.

use super::message::Incoming;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::files::store::{Link, keep};
use crate::files::{self, Batch};
use crate::journal::{self, By, Event, Subject};
use crate::web::upload::{self, MAX_FILE};
use chrono::{DateTime, Utc};
use serde_json::json;

/// More than this nobody attaches; what is beyond are pictures of a newsletter.
const MOST_FILES: usize = 10;

/// What became of the files of a mail.
#[derive(Clone, Debug, Default)]
pub(super) struct Brought {
    pub files: Batch,
    /// Names of those that stay in the mail.
    left: Vec<String>,
}

impl Brought {
    /// Looks at the files of a mail.
    pub(super) async fn by(mail: &Incoming) -> Result<Brought> {
        let (mut taken, mut beyond) = (Vec::new(), Vec::new());
        for file in &mail.attachments {
            if taken.len() < MOST_FILES && file.bytes.len() <= MAX_FILE {
                let (name, bytes) = (file.name.clone(), file.bytes.clone());
                taken.push(upload::Incoming { field: "files".to_owned(), name, bytes });
            } else {
                beyond.push(file.name.clone());
            }
        }
        let (files, mut left) = files::sort(taken).await?;
        left.extend(beyond);
        Ok(Brought { files, left })
    }

    /// All of them stay in the mail: nobody knows whose they are.
    pub(super) fn nothing_of(mail: &Incoming) -> Brought {
        let left = mail.attachments.iter().map(|file| file.name.clone()).collect();
        Brought { files: Batch::default(), left }
    }

    /// Keeps the files with a message. A case that is full of files still hears the words.
    pub(super) fn keep(mut self, c: &mut Conn, case_id: i64, message: i64, now: DateTime<Utc>) -> Result<()> {
        match keep(c, case_id, Link::Message(message), &self.files, false, now) {
            Err(Error::Invalid(_)) => self.left.extend(self.files.iter().map(|file| file.name.clone())),
            kept => kept?,
        }
        self.say_what_was_left(c, case_id, now)
    }

    /// Leaves a line on the case that names what has to be looked for in the mail itself.
    pub(super) fn say_what_was_left(&self, c: &mut Conn, case_id: i64, now: DateTime<Utc>) -> Result<()> {
        if !self.left.is_empty() {
            let data = json!({"files": self.left.join(", ")});
            journal::append(c, Event::new(By::SYSTEM, Subject::Case, case_id, "files_left", data, now))?;
        }
        Ok(())
    }
}
