//! The way from a mail to the page. It counts that somebody came, of a digest as a whole: not who, nor when.

use super::PATH;
use crate::db::Conn;
use crate::db::schema::digest_editions;
use crate::digest::model::Standing;
use crate::error::Result;
use crate::web::Page;
use crate::web::limits::{Limit, check_address};
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use diesel::prelude::*;

/// `GET /heard/from/{edition}`: the one address whose visit is written down, as a number.
pub async fn count(page: Page, req: HttpRequest, edition: Path<String>) -> Result<HttpResponse> {
    if let (Ok(id), Ok(())) = (edition.parse(), check_address(&req, Limit::Submission)) {
        // Whoever comes sees the page, whether or not it could be counted.
        if let Err(e) = page.app.db.write(move |c| Ok(add(c, id)?)).await {
            tracing::warn!(error = %e, "a visit was not counted");
        }
    }
    Ok(page.see_other(PATH))
}

fn add(c: &mut Conn, id: i64) -> QueryResult<usize> {
    let out = digest_editions::table.find(id).filter(digest_editions::status.ne_all([
        Standing::Draft,
        Standing::Submitted,
        Standing::Approved,
        Standing::Skipped,
    ]));
    diesel::update(out).set(digest_editions::clicks.eq(digest_editions::clicks + 1)).execute(c)
}
