//! Files that people add to what they say. [`check`] decides what is taken and makes it harmless, [`store`] keeps it
//! in the database beside the words, [`serve`] gives it out again, always as a download.
//!
//! What is decided here: a file is taken when its name and its content agree and its type stands in [`kind`]; pictures
//! are drawn anew, every frame of an animation too, without what the camera wrote into them; archives are never opened;
//! what cannot be freed of its author's name is not taken from anonymous people. Mails carry no files, they lead to the
//! page where the files are.

pub mod check;
mod kind;
pub mod name;
mod picture;
pub mod serve;
pub mod store;

pub use check::{Checked, check};
pub use kind::ACCEPT;

use crate::error::{Error, FieldError, Result};
use crate::web::upload::{Files, Incoming, Room};
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Files are looked at one at a time on a node: one picture may take 200 MB while it is drawn.
static DESK: Semaphore = Semaphore::const_new(1);
/// How long a request waits for its turn before it is told to come back.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Files that may be kept. Cheap to clone; the last one gives their memory back.
#[derive(Clone, Debug, Default)]
pub struct Batch(Arc<(Vec<Checked>, Room)>);

impl Deref for Batch {
    type Target = [Checked];

    fn deref(&self) -> &[Checked] {
        &self.0.0
    }
}

/// Checks the files that came in one field of a form; says what is wrong with each of them beside the field.
pub async fn receive(files: Files, field: &str, anonymous: bool) -> Result<Batch> {
    let Files { taken, refused: mut wrong, room } = files;
    let mut checked = Vec::new();
    for (i, file) in taken.into_iter().enumerate() {
        if file.field != field {
            return Err(Error::field(&file.field, "error-unknown-field"));
        }
        match examine(file, i + 1, anonymous).await? {
            Ok(file) => checked.push(file),
            Err(refused) => wrong.push(refused),
        }
    }
    if wrong.is_empty() { Ok(Batch(Arc::new((checked, room)))) } else { Err(Error::Invalid(wrong)) }
}

/// Files that nobody can be asked to choose again, such as those of a mail: keeps what may be kept, and says the names of
/// the others.
pub async fn sort(files: Vec<Incoming>) -> Result<(Batch, Vec<String>)> {
    let (mut checked, mut left) = (Vec::new(), Vec::new());
    for (i, file) in files.into_iter().enumerate() {
        let name = file.name.clone();
        match examine(file, i + 1, false).await? {
            Ok(file) => checked.push(file),
            Err(_) => left.push(name),
        }
    }
    Ok((Batch(Arc::new((checked, Room::default()))), left))
}

async fn examine(file: Incoming, nth: usize, anonymous: bool) -> Result<std::result::Result<Checked, FieldError>> {
    let late = || Error::Unavailable("too many files are being looked at".into());
    let turn = timeout(LONGEST_WAIT, DESK.acquire()).await.map_err(|_| late())?.map_err(Error::internal)?;
    let Incoming { field, name, bytes } = file;
    let given = name.clone();
    let done = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        check(&name, bytes, nth, anonymous)
    });
    Ok(match done.await {
        Ok(answer) => answer.map_err(|refused| refused.in_field(&field)),
        Err(e) => {
            // A hostile picture may bring a decoder down; its sender is told like anybody whose file is broken.
            tracing::error!(error = %e, "a file could not be looked at");
            Err(check::Refused::new("error-file-broken", &given).in_field(&field))
        }
    })
}

/// What was typed and the files with it, or everything that is wrong with either. Browsers do not keep chosen files when
/// a form comes back: where nothing else is said about them, people are asked to choose them again.
pub fn both<T>(typed: Result<T>, files: Result<Batch>, field: &str) -> Result<(T, Batch)> {
    match (typed, files) {
        (Ok(typed), Ok(files)) => Ok((typed, files)),
        (Err(e), Ok(files)) => Err(again(e, &files, field)),
        (Ok(_), Err(e)) => Err(e),
        (Err(Error::Invalid(typed)), Err(Error::Invalid(files))) => Err(Error::Invalid([typed, files].concat())),
        (Err(e), Err(_)) => Err(e),
    }
}

/// The same for an error that turned up later.
pub fn again(e: Error, files: &Batch, field: &str) -> Error {
    match e {
        Error::Invalid(mut wrong) if !files.is_empty() && wrong.iter().all(|e| e.field != field) => {
            wrong.push(FieldError::new(field, "error-files-again"));
            Error::Invalid(wrong)
        }
        e => e,
    }
}
