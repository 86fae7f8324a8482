//! Files of a case: who may fetch which.

use super::store::{self, Scope};
use crate::db::Conn;
use crate::error::Result;
use crate::files::serve::{download, parse_id};
use crate::files::store as files;
use crate::secret::Purpose;
use crate::web::Page;
use actix_web::{HttpResponse, web};

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
    let (feedback_id, id) = (page.app.secret.open(Purpose::Track, &token)?, parse_id(&id)?);
    let file = page.app.db.look_up(move |c| Ok(files::find_for_originator(c, feedback_id, id)?)).await?;
    Ok(download(page.app, &file))
}
