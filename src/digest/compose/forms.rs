//! What can be typed on the page of a digest.

use crate::digest::items::edit::Wanted;
use crate::digest::model::Both;
use crate::error::{Error, Result};
use crate::web::forms::given;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A digest to be begun.
#[derive(Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct New {
    pub series: String,
    pub from: String,
    pub to: String,
}

/// A button.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {
    pub version: String,
}

/// The words around the items.
#[derive(Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Worded {
    #[serde(skip_serializing)]
    pub version: String,
    pub intro_en: String,
    pub intro_ru: String,
    pub ask_en: String,
    pub ask_ru: String,
}

/// An item.
#[derive(Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Edited {
    #[serde(skip_serializing)]
    pub version: String,
    pub line_en: String,
    pub line_ru: String,
    pub seen_by: String,
    pub team: String,
    pub place: String,
    /// A box that is not ticked is not sent.
    pub on_page: Option<String>,
}

impl Edited {
    pub fn wanted(&self) -> Result<Wanted> {
        let team_id = given(&self.team).map(|id| id.parse().map_err(|_| Error::field("team", "error-choice")));
        Ok(Wanted {
            line: Both { en: self.line_en.clone(), ru: self.line_ru.clone() },
            seen_by: self.seen_by.parse().map_err(|_| Error::field("seen_by", "error-choice"))?,
            team_id: team_id.transpose()?,
            on_page: self.on_page.is_some(),
            place: self.place.trim().parse().map_err(|_| Error::field("place", "error-number"))?,
        })
    }

    /// What was typed, beside the item it was typed at.
    pub fn of(&self, change: i64) -> Value {
        let mut form = json!(self);
        form["change"] = change.to_string().into();
        form
    }
}

/// A step up or down.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Placed {
    pub version: String,
    pub to: String,
}

/// Why something is not told.
#[derive(Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Dropped {
    #[serde(skip_serializing)]
    pub version: String,
    pub reason: String,
}

impl Dropped {
    /// What was typed, beside the item it was typed at.
    pub fn of(&self, change: i64) -> Value {
        json!({"dropping": change.to_string(), "reason": self.reason})
    }
}

/// A word to the authors.
#[derive(Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Said {
    #[serde(skip_serializing)]
    pub version: String,
    pub note: String,
}
