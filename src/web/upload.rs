//! Forms that bring files. Text is read by the rules of every other form; what is wrong with a file is put aside and
//! said beside its field, so that one photo too many never costs anybody their words.

use super::forms::{self, Form, MAX_BODY};
use super::typed;
use crate::error::{Error, FieldError, Result};
use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

/// As many files as go with one message.
pub const MAX_FILES: usize = 3;
/// The largest file.
pub const MAX_FILE: usize = 10 * MEGABYTE;

const MEGABYTE: usize = 1024 * 1024;
/// Files that are too large are read to their end, so that the fields behind them arrive; but not without end.
const MAX_REQUEST: usize = 100 * MEGABYTE;
const MAX_PARTS: usize = 100;
/// A form that takes longer is no form.
const LONGEST: Duration = Duration::from_secs(300);
/// How long a request waits for others to finish before it is told to come back.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Room for the files of all requests under way on this node, in megabytes. It is taken as the bytes arrive: whoever
/// sends slowly takes no room from others.
static ROOM: Semaphore = Semaphore::const_new(96);

/// A form, as multipart with files or urlencoded without.
pub struct Upload<T> {
    pub form: T,
    pub files: Files,
}

/// The files that came with a form.
#[derive(Debug, Default)]
pub struct Files {
    pub taken: Vec<Incoming>,
    /// What is wrong with those that were not taken.
    pub refused: Vec<FieldError>,
    pub room: Room,
}

/// A file as somebody sent it: nothing about it is true yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// The field of the form it came in.
    pub field: String,
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The memory that files take, given back when this goes.
#[derive(Debug, Default)]
pub struct Room(Option<SemaphorePermit<'static>>);

impl Room {
    async fn enlarge_to(&mut self, bytes: usize) -> Result<()> {
        let held = self.0.as_ref().map_or(0, SemaphorePermit::num_permits);
        let more = bytes.div_ceil(MEGABYTE).saturating_sub(held);
        if more == 0 {
            return Ok(());
        }
        let full = || Error::Unavailable("too many files are arriving at once".into());
        let more = timeout(LONGEST_WAIT, ROOM.acquire_many(more as u32)).await.map_err(|_| full())?;
        let more = more.map_err(Error::internal)?;
        match &mut self.0 {
            Some(held) => held.merge(more),
            None => self.0 = Some(more),
        }
        Ok(())
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Upload<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            if !forms::is_type(&req, "multipart/form-data") {
                let Form(form) = Form::from_request(&req, &mut payload).await?;
                return Ok(Upload { form, files: Files::default() });
            }
            let parts = Multipart::new(req.headers(), payload);
            let read = timeout(LONGEST, Reader::default().read(parts)).await;
            let reader = read.map_err(|_| Error::BadRequest("the form took too long to arrive".into()))??;
            // Once more as it would have come without files: one set of rules for both.
            let text = serde_html_form::to_string(&reader.texts).map_err(Error::internal)?;
            typed::keep(&req, reader.texts, !reader.files.taken.is_empty());
            Ok(Upload { form: forms::from_urlencoded(&text)?, files: reader.files })
        })
    }
}

#[derive(Default)]
struct Reader {
    texts: Vec<(String, String)>,
    /// Bytes of text so far, and of everything.
    typed: usize,
    seen: usize,
    /// Bytes of files that were taken.
    kept: usize,
    files: Files,
}

impl Reader {
    async fn read(mut self, mut parts: Multipart) -> Result<Reader> {
        let mut n = 0;
        while let Some(part) = parts.next().await {
            n += 1;
            if n > MAX_PARTS {
                return Err(Error::TooLarge);
            }
            let mut part = part.map_err(unreadable)?;
            let field = part.name().unwrap_or_default().to_owned();
            let file = part.content_disposition().and_then(|is| is.get_filename()).map(str::to_owned);
            match file {
                Some(name) => self.file(&mut part, field, name).await?,
                None => self.text(&mut part, field).await?,
            }
        }
        Ok(self)
    }

    async fn text(&mut self, part: &mut Field, field: String) -> Result<()> {
        let mut typed = Vec::new();
        while let Some(chunk) = self.chunk(part).await? {
            self.typed += chunk.len();
            if self.typed > MAX_BODY {
                return Err(Error::TooLarge);
            }
            typed.extend_from_slice(&chunk);
        }
        let typed = String::from_utf8(typed).map_err(|_| Error::BadRequest("the form is not UTF-8".into()))?;
        self.texts.push((field, typed));
        Ok(())
    }

    async fn file(&mut self, part: &mut Field, field: String, name: String) -> Result<()> {
        let (mut bytes, mut size) = (Vec::new(), 0);
        let one_too_many = self.files.taken.len() + self.files.refused.len() >= MAX_FILES;
        while let Some(chunk) = self.chunk(part).await? {
            size += chunk.len();
            if size > MAX_FILE {
                self.kept -= bytes.len();
                bytes = Vec::new();
            } else if !one_too_many {
                self.kept += chunk.len();
                self.files.room.enlarge_to(self.kept).await?;
                bytes.extend_from_slice(&chunk);
            }
        }
        // What a browser sends for a file field that was left empty.
        if name.is_empty() && size == 0 {
            return Ok(());
        }
        if one_too_many {
            self.refuse_once(FieldError::new(&field, "error-too-many-files").with("max", MAX_FILES));
        } else if size > MAX_FILE {
            let wrong = FieldError::new(&field, "error-file-too-large").with("name", shown_name(&name));
            self.files.refused.push(wrong.with("max", MAX_FILE / MEGABYTE));
        } else {
            self.files.taken.push(Incoming { field, name, bytes });
        }
        Ok(())
    }

    fn refuse_once(&mut self, wrong: FieldError) {
        if !self.files.refused.contains(&wrong) {
            self.files.refused.push(wrong);
        }
    }

    async fn chunk(&mut self, part: &mut Field) -> Result<Option<actix_web::web::Bytes>> {
        let Some(chunk) = part.next().await else { return Ok(None) };
        let chunk = chunk.map_err(unreadable)?;
        self.seen += chunk.len();
        if self.seen > MAX_REQUEST { Err(Error::TooLarge) } else { Ok(Some(chunk)) }
    }
}

fn unreadable(e: actix_multipart::MultipartError) -> Error {
    Error::BadRequest(e.to_string())
}

/// A name that may be repeated in a message.
fn shown_name(name: &str) -> String {
    forms::clean_line(name).chars().take(100).collect()
}
