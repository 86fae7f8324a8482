//! What the front line decides: at once within its right, and beyond it with the leave of the lead, who carries it out with
//! one click. Every decision is a row; what they come to in a month the council sees.

mod actions;
pub mod pages;
pub mod store;
mod summary;

pub use actions::{Decided, Ruling, approve, decide, decline, whom_to_ask};

use super::authority::Request;
use super::model::Outcome;
use actix_web::web::{ServiceConfig, get, post};
use serde::{Deserialize, Serialize};

/// How a case is to be resolved, as it was written: kept while somebody is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolution {
    pub outcome: Outcome,
    pub text: String,
    pub root_cause_id: Option<i64>,
    pub request: Request,
}

crate::text_enum! {
    /// What became of a decision.
    pub enum Status {
        /// Within the right of whoever decided.
        Made = "made",
        Asked = "asked",
        Approved = "approved",
        /// By whoever was asked, or overtaken by another decision: then nobody stands beside it.
        Declined = "declined",
    }
}

/// Owners see those that are theirs to decide, and their own; the council what they come to.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/decisions", get().to(pages::list))
        .route("/decisions/summary", get().to(summary::show))
        .route("/decisions/{id}", post().to(pages::decide));
}
