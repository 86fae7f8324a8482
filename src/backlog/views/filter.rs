//! What a view of the backlog is asked for: read from an address, and written back as one.

use crate::backlog::model::Status;
use crate::cases::queue::filter::Holder;
use crate::web::forms::{clean_line, given};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

crate::text_enum! {
    /// What stands first.
    #[derive(Default)]
    pub enum Sort {
        #[default]
        Score = "score",
        Rice = "rice",
        Wsjf = "wsjf",
        Reach = "reach",
        Ex = "ex",
        Cx = "cx",
        /// The least first.
        Effort = "effort",
        Confidence = "confidence",
        /// The earliest date first.
        Target = "target",
        Newest = "newest",
        Title = "title",
    }
}

crate::text_enum! {
    /// What the rows are gathered by.
    pub enum Group {
        Lever = "lever",
        Owner = "owner",
        Status = "status",
    }
}

/// How far along the changes are that are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Everything about which something can still be done.
    #[default]
    Open,
    All,
    One(Status),
}

impl FromStr for Stage {
    type Err = String;

    fn from_str(word: &str) -> Result<Stage, String> {
        match word {
            "open" => Ok(Stage::Open),
            "all" => Ok(Stage::All),
            word => word.parse().map(Stage::One),
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stage::Open => f.write_str("open"),
            Stage::All => f.write_str("all"),
            Stage::One(status) => f.write_str(status.as_str()),
        }
    }
}

/// Through which lever a change works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Through {
    Nothing,
    Lever(i64),
}

impl FromStr for Through {
    type Err = std::num::ParseIntError;

    fn from_str(word: &str) -> Result<Through, Self::Err> {
        if word == "none" { Ok(Through::Nothing) } else { word.parse().map(Through::Lever) }
    }
}

impl fmt::Display for Through {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Through::Nothing => f.write_str("none"),
            Through::Lever(id) => write!(f, "{id}"),
        }
    }
}

impl Through {
    /// What stands in `changes.lever_id`.
    pub fn id(self) -> Option<i64> {
        match self {
            Through::Nothing => None,
            Through::Lever(id) => Some(id),
        }
    }
}

/// What a view shows, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub stage: Stage,
    pub lever: Option<Through>,
    pub owner: Option<Holder>,
    /// Only what is small enough to ship before the next council.
    pub quick: bool,
    /// Words of the title, or a reference.
    pub words: Option<String>,
    pub sort: Sort,
    /// The other way round than the order usually goes.
    pub reversed: bool,
    pub group: Option<Group>,
    /// Scored with this set of weights instead of the one in use.
    pub weights: Option<i64>,
}

/// The same as it stands in an address: what cannot be read is as if it had not been asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Asked {
    #[serde(skip_serializing_if = "String::is_empty")]
    status: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    lever: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    owner: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    quick: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    q: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sort: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    reversed: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    group: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    weights: String,
    #[serde(skip_serializing)]
    pub page: String,
    /// The change whose row is open for editing, or which is picked up on the matrix.
    #[serde(skip_serializing)]
    pub edit: String,
    #[serde(skip_serializing)]
    pub format: String,
}

/// The longest words anybody searches a title by.
const MAX_WORDS: usize = 100;

impl Asked {
    /// Reads the part of an address behind the question mark.
    pub fn read(query: &str) -> Asked {
        serde_html_form::from_str(query).unwrap_or_default()
    }

    pub fn filter(&self) -> Filter {
        Filter {
            stage: word(&self.status).unwrap_or_default(),
            lever: word(&self.lever),
            owner: word(&self.owner),
            quick: !self.quick.is_empty(),
            words: given(&self.q).map(clean_line).filter(|q| !q.is_empty() && q.chars().count() <= MAX_WORDS),
            sort: word(&self.sort).unwrap_or_default(),
            reversed: !self.reversed.is_empty(),
            group: word(&self.group),
            weights: word(&self.weights),
        }
    }

    /// The same with the row of this change open.
    pub fn editing(self, reference: &str) -> Asked {
        Asked { edit: reference.to_owned(), ..self }
    }

    /// Which page, from 1.
    pub fn page(&self) -> usize {
        word(&self.page).unwrap_or(1).max(1)
    }
}

fn word<T: FromStr>(typed: &str) -> Option<T> {
    given(typed)?.parse().ok()
}

impl Filter {
    /// The address of this view: always the same for the same, with nothing in it that we do not know.
    pub fn query(&self) -> String {
        fn said<T: ToString>(value: Option<T>) -> String {
            value.map(|value| value.to_string()).unwrap_or_default()
        }
        let flag = |on: bool| if on { "1".to_owned() } else { String::new() };
        let asked = Asked {
            status: said(Some(self.stage).filter(|stage| *stage != Stage::Open)),
            lever: said(self.lever),
            owner: said(self.owner),
            quick: flag(self.quick),
            q: self.words.clone().unwrap_or_default(),
            sort: said(Some(self.sort).filter(|sort| *sort != Sort::Score)),
            reversed: flag(self.reversed),
            group: said(self.group),
            weights: said(self.weights),
            ..Asked::default()
        };
        serde_html_form::to_string(&asked).unwrap_or_default()
    }

    /// The whole address of a page that shows this view.
    pub fn address(&self, page: &str) -> String {
        match self.query() {
            query if query.is_empty() => page.to_owned(),
            query => format!("{page}?{query}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_means_the_same_when_it_comes_back() {
        for query in [
            "",
            "status=all&lever=none&owner=me&quick=1&q=one+window&sort=rice&reversed=1&group=lever&weights=7",
            "status=needs_data&lever=4&owner=nobody",
        ] {
            let filter = Asked::read(query).filter();
            assert_eq!(Asked::read(&filter.query()).filter(), filter);
            assert_eq!(filter.query(), query);
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_asked_for() {
        let hostile = "status=%00&lever='--&owner=me%3Bdrop&sort=score%27&group=x&weights=9e9&page=-1&unknown=1";
        let asked = Asked::read(hostile);
        assert_eq!((asked.filter(), asked.page()), (Filter::default(), 1));
    }
}
