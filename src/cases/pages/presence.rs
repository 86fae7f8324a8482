//! Who else has the case open: a script asks every few seconds while the page is looked at. Without it a page shows who
//! was there when it was loaded.

use super::work;
use crate::cases::actions::{self, Seen};
use crate::cases::{staff, store};
use crate::error::Result;
use crate::web::{Form, Page};
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PresenceForm {
    /// There is text in a field.
    writing: Option<String>,
    /// The page was closed.
    left: Option<String>,
    seen: Option<Seen>,
}

/// `POST /cases/{reference}/presence`: a piece of the page that says who else is there, and whether there is something
/// new to see.
pub async fn presence(page: Page, reference: web::Path<String>, form: Form<PresenceForm>) -> Result<HttpResponse> {
    let Form(PresenceForm { writing, left, seen }) = form;
    let (now, me) = (page.now, page.viewer()?.id);
    let found = work(&page, &reference, None, move |c, _, scope, _, reference| {
        let (case, _) = store::find(c, scope, reference)?;
        if left.is_some() {
            staff::has_left(c, case.id, me)?;
        } else {
            staff::is_present(c, case.id, me, writing.is_some(), now)?;
        }
        let news = match seen {
            Some(seen) => actions::has_moved_on(c, case.id, seen, me)?,
            None => false,
        };
        Ok((staff::others_present(c, case.id, me, now)?, news))
    });
    let (present, news) = found.await?;
    let context = json!({"present": present, "news": news, "reference": *reference});
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page.html("cases/present", context)?))
}
