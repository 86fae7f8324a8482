//! What stands behind the question mark of a list.

use crate::error::{Error, FieldError, Result};
use actix_web::{HttpRequest, web};
use serde::de::DeserializeOwned;

/// Rows on a page if nobody says how many.
const LIMIT: usize = 50;
/// And at most.
const MAX_LIMIT: usize = 200;

/// Reads the query; unlike on a page, what cannot be read is refused.
pub fn read<T: DeserializeOwned>(req: &HttpRequest) -> Result<T> {
    match web::Query::<T>::from_query(req.query_string()) {
        Ok(query) => Ok(query.into_inner()),
        Err(e) => Err(Error::BadRequest(e.to_string())),
    }
}

/// How many rows are asked for.
pub fn limit(asked: Option<usize>) -> Result<usize> {
    match asked.unwrap_or(LIMIT) {
        n if (1..=MAX_LIMIT).contains(&n) => Ok(n),
        _ => {
            let wrong = FieldError::new("limit", "error-number-range").with("min", 1).with("max", MAX_LIMIT);
            Err(Error::Invalid(vec![wrong]))
        }
    }
}
