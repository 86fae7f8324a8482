//! A row of the queue as the template shows it.

use super::super::filter::Filter;
use super::super::view::{Row, View};
use super::super::walk::Found;
use crate::cases::badge::Badge;
use crate::cases::model::Severity;
use crate::cases::pages::channel;
use crate::error::Result;
use crate::web::Page;
use chrono::{DateTime, Utc};
use serde::Serialize;

#[derive(Serialize)]
pub struct Line<'a> {
    reference: &'a str,
    /// What its box sends: the case, and which version of it was seen.
    choice: String,
    chosen: bool,
    title: &'a str,
    voice: &'a str,
    kind: &'a str,
    channel: String,
    status: &'a str,
    /// Said only when it is more than usual.
    severity: Option<&'a str>,
    escalated: bool,
    owner: Option<&'a str>,
    mine: bool,
    anonymous: bool,
    reopened: bool,
    received_at: DateTime<Utc>,
    due: Badge,
    tags: Vec<Tag<'a>>,
}

/// A tag, and where those that have it are listed.
#[derive(Serialize)]
struct Tag<'a> {
    tag: &'a str,
    query: String,
}

pub fn lines<'a>(
    page: &Page,
    found: &'a Found,
    filter: &Filter,
    view: View,
    chosen: &[String],
) -> Result<Vec<Line<'a>>> {
    let me = page.viewer()?.id;
    let tags_of = |row: &Row| {
        let tags = found.tags.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        tags.iter().map(|tag| Tag { tag, query: tagged(filter, view, tag) }).collect()
    };
    Ok(found.rows.iter().map(|row| line(page, row, me, chosen, tags_of(row))).collect())
}

fn tagged(filter: &Filter, view: View, tag: &str) -> String {
    Filter { tag: Some(tag.to_owned()), ..filter.clone() }.query(view)
}

fn line<'a>(page: &Page, row: &'a Row, me: i64, chosen: &[String], tags: Vec<Tag<'a>>) -> Line<'a> {
    Line {
        reference: &row.reference,
        choice: format!("{}.{}", row.reference, row.version),
        chosen: chosen.iter().any(|choice| choice.split('.').next() == Some(&row.reference)),
        title: &row.title,
        voice: row.voice.as_str(),
        kind: row.kind.as_str(),
        channel: channel(page.lang, &row.channel),
        status: row.status.as_str(),
        severity: matches!(row.severity, Severity::High | Severity::Critical).then(|| row.severity.as_str()),
        escalated: row.escalation > 0,
        owner: row.owner.as_deref(),
        mine: row.owner_id == Some(me),
        anonymous: row.anonymous,
        reopened: row.reopened > 0,
        received_at: *row.received_at,
        due: row.deadline().badge(page.lang, page.app.config.app.time_zone, page.now),
        tags,
    }
}
