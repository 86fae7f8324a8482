//! Giving files out: as downloads that no browser opens as a page of ours.

use super::name;
use super::store::{self, File};
use crate::app::App;
use crate::error::{Error, Result};
use crate::web::guard::FILE_MARK;
use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING};
use actix_web::web::{Bytes, Data};
use futures_util::stream;

/// What is in memory of a file while it is on its way.
const PIECE: i32 = 512 * 1024;

/// The answer that holds a file, whose reader may have it.
pub fn download(app: Data<App>, file: &File) -> HttpResponse {
    let (id, size) = (file.id, file.size);
    let pieces = stream::try_unfold(0, move |from: i32| {
        let app = app.clone();
        async move {
            if i64::from(from) >= size {
                return Ok::<_, actix_web::Error>(None);
            }
            let piece = app.db.read(move |c| Ok(store::piece(c, id, from, PIECE)?)).await?;
            if piece.is_empty() {
                return Err(Error::internal("a file is shorter than it says").into());
            }
            let next = from + piece.len() as i32;
            Ok(Some((Bytes::from(piece), next)))
        }
    });
    HttpResponse::Ok()
        .content_type(file.media_type.as_str())
        .insert_header((CONTENT_DISPOSITION, name::attachment(&file.name)))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .insert_header(("cross-origin-resource-policy", "same-origin"))
        // Most of them are compressed already.
        .insert_header((CONTENT_ENCODING, "identity"))
        .insert_header((FILE_MARK, "1"))
        .body(SizedStream::new(size as u64, Box::pin(pieces)))
}

/// The id in an address; what is no id is no file.
pub fn parse_id(typed: &str) -> Result<i64> {
    typed.parse().map_err(|_| Error::NotFound)
}
