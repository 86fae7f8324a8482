//! Files of a case: where they are shown, and who may fetch which.

use super::actions::Desk;
use super::store::{self, Direction, Scope};
use super::timeline::Entry;
use super::tracking::opened;
use crate::db::Conn;
use crate::db::schema::{feedback, messages};
use crate::error::Result;
use crate::files::Checked;
use crate::files::serve::{download, parse_id};
use crate::files::store::{self as files, File, Link};
use crate::web::Page;
use actix_web::{HttpResponse, web};
use diesel::prelude::*;
use serde::Serialize;

/// `GET /cases/{reference}/files/{id}`
pub async fn for_staff(page: Page, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (reference, id) = path.into_inner();
    let (scope, id) = (Scope::of(page.viewer()?)?, parse_id(&id)?);
    let find = move |c: &mut Conn| {
        let (case, _) = store::find(c, scope, &reference)?;
        Ok(files::find(c, case.id, id)?)
    };
    let file = page.app.db.look_up(find).await?;
    Ok(download(page.app, &file))
}

/// `GET /t/{token}/files/{id}`
pub async fn for_originator(page: Page, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (token, id) = path.into_inner();
    let (feedback_id, id) = (opened(&page, &token)?, parse_id(&id)?);
    let file = page.app.db.look_up(move |c| Ok(files::find_for_originator(c, feedback_id, id)?)).await?;
    Ok(download(page.app, &file))
}

/// Keeps files with a message that was just written. What an anonymous originator sends leads to nobody.
pub fn add_to_message(c: &mut Conn, desk: &Desk, message_id: i64, added: &[Checked]) -> Result<()> {
    if added.is_empty() {
        return Ok(());
    }
    let (case_id, direction, anonymous): (i64, Direction, bool) = messages::table
        .find(message_id)
        .inner_join(feedback::table.on(feedback::id.eq(messages::case_id)))
        .select((messages::case_id, messages::direction, feedback::anonymous))
        .first(c)?;
    let timeless = anonymous && direction == Direction::Inbound;
    files::keep(c, case_id, Link::Message(message_id), added, timeless, desk.now)
}

/// A file as a page shows it.
#[derive(Clone, Debug, Serialize)]
pub struct Attached {
    url: String,
    name: String,
    size: i64,
}

/// Hands each entry its files, to be fetched beneath `base`; returns those of the feedback itself.
pub fn hand_out(kept: Vec<File>, base: &str, entries: &mut [Entry]) -> Vec<Attached> {
    let mut own = Vec::new();
    for file in kept.into_iter().filter(|file| file.pending_id.is_none()) {
        let shown = Attached { url: format!("{base}/files/{}", file.id), name: file.name, size: file.size };
        match file.message_id {
            None => own.push(shown),
            Some(message) => {
                if let Some(entry) = entries.iter_mut().find(|entry| entry.id == message) {
                    entry.files.push(shown);
                }
            }
        }
    }
    own
}
