//! A digest as its reader will see it, before there is a mail.

use super::actions::{Digest, mail};
use super::model::Reader;
use crate::app::App;
use crate::db::types::Doc;
use crate::error::Result;
use crate::mail::outbox::{Mail, Status};
use crate::mail::{Rendered, letters};

/// A mail that is not in the outbox.
pub struct Shown {
    pub name: String,
    pub address: String,
    pub words: Rendered,
}

/// Renders the mail of one reader as the outbox would.
pub fn show(app: &App, digest: &Digest, reader: &Reader, letter: &letters::Digest) -> Result<Shown> {
    let new = mail(0, reader.clone(), letter)?;
    let mail = Mail {
        id: 0,
        message_id: String::new(),
        person_id: new.person_id,
        template: new.template.to_owned(),
        event_id: new.event_id,
        case_id: None,
        lang: new.lang,
        address: new.address,
        name: new.name,
        data: Doc(new.data),
        status: Status::Queued,
        attempts: 0,
        next_at: digest.made_at.into(),
        reply: None,
        sent_at: None,
        created_at: digest.made_at.into(),
    };
    Ok(Shown { words: app.mailer.render(&mail)?, name: mail.name, address: mail.address })
}
