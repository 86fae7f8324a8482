//! What a change is expected to do, and with whom it is tried first; for an article of the knowledge base, what keeps it
//! fresh.

use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::change_plans;
use crate::error::FieldError;
use crate::web::forms::clean_line;
use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

crate::text_enum! {
    /// Through whom it works.
    pub enum Via {
        /// Via employees to customers.
        ExToCx = "ex_to_cx",
        /// Via customers to employees.
        CxToEx = "cx_to_ex",
    }
}

/// A row of `change_plans`, without its change; a change without a row has an empty one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = change_plans, treat_none_as_null = true)]
pub struct Plan {
    pub via: Option<Via>,
    pub metric: Option<String>,
    /// In the metric's unit; negative where less is better.
    pub delta: Option<f64>,
    pub delta_by: Option<NaiveDate>,
    /// In hundredths of the house's currency.
    pub cost: Option<i64>,
    pub pilot_group: Option<String>,
    pub control_group: Option<String>,
    pub article_url: Option<String>,
    pub reviewed_on: Option<NaiveDate>,
    /// How many days a review holds.
    pub review_days: Option<i32>,
}

/// More than any house spends on one change.
pub const MOST_COST: i64 = 99_999_999_900;

impl Plan {
    /// Texts without what surrounds them; what is blank is none.
    pub fn cleaned(mut self) -> Plan {
        for text in [&mut self.metric, &mut self.pilot_group, &mut self.control_group, &mut self.article_url] {
            *text = text.take().map(|text| clean_line(&text)).filter(|text| !text.is_empty());
        }
        self
    }

    /// Every field that is wrong.
    pub fn wrong(&self) -> Vec<FieldError> {
        let mut wrong = Vec::new();
        let texts = [
            ("metric", &self.metric, 100),
            ("pilot_group", &self.pilot_group, 200),
            ("control_group", &self.control_group, 200),
            ("article_url", &self.article_url, 500),
        ];
        for (field, text, max) in texts {
            if text.as_ref().is_some_and(|text| text.chars().count() > max) {
                wrong.push(FieldError::new(field, "error-too-long").with("max", max));
            }
        }
        if self.article_url.as_ref().is_some_and(|url| !is_web_address(url)) {
            wrong.push(FieldError::new("article_url", "error-web-address"));
        }
        let range = |field: &str, min: i64, max: i64| {
            FieldError::new(field, "error-number-range").with("min", min).with("max", max)
        };
        if self.delta.is_some_and(|delta| !(-1e6..=1e6).contains(&delta)) {
            wrong.push(range("delta", -1_000_000, 1_000_000));
        }
        if self.cost.is_some_and(|cost| !(0..=MOST_COST).contains(&cost)) {
            wrong.push(range("cost", 0, MOST_COST / 100));
        }
        if self.review_days.is_some_and(|days| !(1..=3650).contains(&days)) {
            wrong.push(range("review_days", 1, 3650));
        }
        wrong
    }

    /// The fields, and whether they differ.
    pub fn differences(&self, after: &Plan) -> [(&'static str, bool); 9] {
        [
            ("via", self.via != after.via),
            ("metric", self.metric != after.metric),
            ("delta", self.delta != after.delta || self.delta_by != after.delta_by),
            ("cost", self.cost != after.cost),
            ("pilot_group", self.pilot_group != after.pilot_group),
            ("control_group", self.control_group != after.control_group),
            ("article_url", self.article_url != after.article_url),
            ("reviewed_on", self.reviewed_on != after.reviewed_on),
            ("review_days", self.review_days != after.review_days),
        ]
    }

    /// The day by which an article has to be looked at again.
    pub fn review_due(&self) -> Option<NaiveDate> {
        let days = u64::try_from(self.review_days?).ok()?;
        self.reviewed_on?.checked_add_days(Days::new(days))
    }
}

/// Only addresses a browser opens as a page; a link of any other kind could run something.
pub fn is_web_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace))
}

/// The plan of a change; an empty one if nobody made any.
pub fn of(c: &mut Conn, change_id: i64) -> QueryResult<Plan> {
    let row = change_plans::table.find(change_id).select(Plan::as_select()).first(c).optional()?;
    Ok(row.unwrap_or_default())
}

/// The plans of those changes that have one.
pub fn of_all(c: &mut Conn, change_ids: &[i64]) -> QueryResult<HashMap<i64, Plan>> {
    let rows: Vec<(i64, Plan)> = change_plans::table
        .filter(change_plans::change_id.eq_any(change_ids.to_vec()))
        .select((change_plans::change_id, Plan::as_select()))
        .load(c)?;
    Ok(rows.into_iter().collect())
}

/// Puts the plan in the place of the one there was.
pub fn save(c: &mut Conn, change_id: i64, plan: &Plan) -> QueryResult<()> {
    let row = (change_plans::change_id.eq(change_id), plan.clone());
    let insert = diesel::insert_into(change_plans::table).values(row);
    Portable(insert.on_conflict(change_plans::change_id).do_update().set(plan.clone())).execute(c)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_web_are_linked() {
        assert!(is_web_address("https://wiki.example/a?b=1"));
        for bad in ["javascript:alert(1)", "ftp://x", "https://", "https:///etc", "https://a b", "//wiki", ""] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }

    #[test]
    fn a_review_is_due_its_days_later() {
        let on = NaiveDate::from_ymd_opt(2026, 1, 31);
        let plan = Plan { reviewed_on: on, review_days: Some(28), ..Plan::default() };
        assert_eq!(plan.review_due(), NaiveDate::from_ymd_opt(2026, 2, 28));
        assert_eq!(Plan { reviewed_on: NaiveDate::MAX.into(), ..plan.clone() }.review_due(), None);
        assert_eq!(Plan { reviewed_on: None, ..plan }.review_due(), None);
    }

    #[test]
    fn a_plan_names_what_is_wrong() {
        let plan = Plan {
            metric: Some("  ".into()),
            delta: Some(f64::INFINITY),
            cost: Some(-1),
            article_url: Some("wiki".into()),
            review_days: Some(0),
            ..Plan::default()
        };
        let plan = plan.cleaned();
        assert_eq!(plan.metric, None);
        let fields: Vec<String> = plan.wrong().into_iter().map(|e| e.field).collect();
        assert_eq!(fields, ["article_url", "delta", "cost", "review_days"]);
    }
}
