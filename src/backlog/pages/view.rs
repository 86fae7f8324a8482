//! What the views of the backlog have in common: one reading, what is chosen above them, and a change in a few words.

use super::shown::{percent, readable};
use crate::backlog::levers::{self, Lever};
use crate::backlog::model::{Reach, Status};
use crate::backlog::quick_fixes::{self, Quota};
use crate::backlog::store;
use crate::backlog::views::{self, Filter, Group, Scored, Sort, Stage, arrange};
use crate::backlog::weights::{self, WeightSet};
use crate::cases::store::{Candidate, candidates};
use crate::config::Weights;
use crate::db::Conn;
use crate::error::Result;
use crate::web::page::Page;
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Every change that a view shows, in its order, with what the page says around them.
pub struct Seen {
    pub scored: Vec<Scored>,
    pub filter: Filter,
    pub weights: Weights,
    pub levers: Vec<Lever>,
    pub owners: HashMap<i64, String>,
    pub candidates: Vec<Candidate>,
    pub today: NaiveDate,
    sets: Vec<WeightSet>,
    counts: Vec<(Status, i64)>,
    quota: Quota,
}

/// Reads a view, and with `more` what a page wants besides, at once.
pub async fn see<T, F>(page: &Page, filter: Filter, more: F) -> Result<(Seen, T)>
where
    T: Send + 'static,
    F: FnOnce(&mut Conn, &mut Seen) -> Result<T> + Send + 'static,
{
    let (me, settings, now) = (page.viewer()?.id, page.app.config.priority, page.now);
    let zone = page.app.config.app.time_zone;
    let read = move |c: &mut Conn| {
        let sets = weights::list(c)?;
        let tried = filter.weights.and_then(|id| sets.iter().find(|set| set.id == id));
        let used = tried.or_else(|| sets.iter().find(|set| set.in_use));
        let weights = used.map_or(settings, WeightSet::weights);
        let rows = views::rows(c, filter.stage)?;
        let mut seen = Seen {
            scored: arrange::arrange(rows, &filter, weights, me),
            weights,
            levers: levers::list(c)?,
            owners: views::owners(c)?,
            candidates: candidates(c)?,
            today: now.with_timezone(&zone).date_naive(),
            counts: store::counts(c)?,
            quota: quick_fixes::of_month(c, now, zone)?,
            sets,
            filter,
        };
        let more = more(c, &mut seen)?;
        Ok((seen, more))
    };
    page.app.db.read(read).await
}

/// A change in a few words.
#[derive(Serialize)]
pub struct Line {
    pub reference: String,
    title: String,
    status: &'static str,
    version: i32,
    pub ex: i16,
    pub cx: i16,
    effort: f64,
    percent: f64,
    reach: Reach,
    /// None while the formula lacks an input.
    score: Option<f64>,
    place: usize,
    rank: Option<i32>,
    quick_fix: bool,
    lever: Option<String>,
    owner: Option<String>,
    target_on: Option<NaiveDate>,
    late: bool,
    /// Something it is scored by was said too long ago.
    pub stale: bool,
}

impl Seen {
    pub fn line(&self, page: &Page, one: &Scored) -> Line {
        let row = &one.row;
        Line {
            reference: row.reference.clone(),
            title: row.title.clone(),
            status: row.status.as_str(),
            version: row.version,
            ex: row.ex,
            cx: row.cx,
            effort: row.effort,
            percent: percent(row.confidence),
            reach: row.reach(),
            score: one.total.map(readable),
            place: one.place,
            rank: row.rank.filter(|_| !row.status.is_finished()),
            quick_fix: row.quick_fix,
            lever: row.lever_id.and_then(|id| self.lever(page, id)),
            owner: row.owner_id.and_then(|id| self.owners.get(&id).cloned()),
            target_on: row.target_on,
            late: row.is_late(self.today),
            stale: false,
        }
    }

    pub fn lever(&self, page: &Page, id: i64) -> Option<String> {
        self.levers.iter().find(|lever| lever.id == id).map(|lever| lever.name(page.lang).to_owned())
    }

    /// What stands above every view: the views themselves, how far along, what narrows it, and this month's quick fixes.
    pub fn frame(&self, page: &Page, path: &str) -> Value {
        json!({
            "path": path,
            "query": self.filter.query(),
            "tabs": self.tabs(path),
            "stages": self.stages(path),
            "filter": self.chosen(page),
            "quota": quota(&self.quota),
            "weights": {"ex": self.weights.ex, "cx": self.weights.cx},
            "n": self.scored.len(),
        })
    }

    fn tabs(&self, path: &str) -> Vec<Value> {
        const TABS: [(&str, &str); 5] = [
            ("table", "/changes"),
            ("matrix", "/changes/matrix"),
            ("board", "/changes/board"),
            ("roadmap", "/changes/roadmap"),
            ("order", "/changes/order"),
        ];
        let plain = Filter { stage: Stage::Open, ..self.filter.clone() };
        let tab = |(word, to): (&str, &str)| json!({"word": word, "href": plain.address(to), "current": to == path});
        TABS.into_iter().map(tab).collect()
    }

    fn stages(&self, path: &str) -> Vec<Value> {
        let count = |stage: Stage| -> i64 {
            let holds = |status: Status| match stage {
                Stage::Open => !status.is_finished(),
                Stage::All => true,
                Stage::One(one) => one == status,
            };
            self.counts.iter().filter(|(status, _)| holds(*status)).map(|(_, n)| n).sum()
        };
        let link = |stage: Stage| {
            let href = Filter { stage, ..self.filter.clone() }.address(path);
            json!({"word": stage.to_string(), "href": href, "count": count(stage), "current": stage == self.filter.stage})
        };
        let one = Status::ALL.iter().copied().map(Stage::One);
        // A status nobody is in is no link, unless it is the one that is looked at.
        let shown = |stage: &Stage| *stage == self.filter.stage || count(*stage) > 0;
        std::iter::once(Stage::Open).chain(one.filter(shown)).chain([Stage::All]).map(link).collect()
    }

    /// Every field above the list with what can be chosen in it.
    fn chosen(&self, page: &Page) -> Value {
        let filter = &self.filter;
        let option =
            |value: String, label: String, chosen: bool| json!({"value": value, "label": label, "chosen": chosen});
        let levers = self.levers.iter().map(|lever| {
            let chosen = filter.lever.is_some_and(|through| through.id() == Some(lever.id));
            option(lever.id.to_string(), lever.name(page.lang).to_owned(), chosen)
        });
        let mut owners: Vec<(&i64, &String)> = self.owners.iter().collect();
        owners.sort_by_key(|(_, name)| name.as_str());
        let owner = filter.owner.map(|owner| owner.to_string()).unwrap_or_default();
        let owners = owners.into_iter().map(|(id, name)| option(id.to_string(), name.clone(), owner == id.to_string()));
        let words = |words: &'static str, value: &'static str, chosen: bool| {
            option(value.to_owned(), page.t(&format!("{words}-{value}"), &[]), chosen)
        };
        let sets = self.sets.iter().map(|set| {
            let chosen = filter.weights.map_or(set.in_use, |id| id == set.id);
            option(set.id.to_string(), set.name.clone(), chosen)
        });
        json!({
            "q": filter.words,
            "status": filter.stage.to_string(),
            "levers": levers.collect::<Vec<_>>(),
            "no_lever": filter.lever.is_some_and(|through| through.id().is_none()),
            "owner": owner,
            "owners": owners.collect::<Vec<_>>(),
            "quick": filter.quick,
            "sort": filter.sort.as_str(),
            "reversed": filter.reversed,
            "sorts": Sort::ALL.iter().map(|sort| words("views-sort", sort.as_str(), filter.sort == *sort)).collect::<Vec<_>>(),
            "groups": Group::ALL.iter().map(|group| words("views-group", group.as_str(), filter.group == Some(*group))).collect::<Vec<_>>(),
            "sets": sets.collect::<Vec<_>>(),
            "narrowed": filter.words.is_some() || filter.lever.is_some() || filter.owner.is_some() || filter.quick,
        })
    }
}

fn quota(quota: &Quota) -> Value {
    let pips: Vec<bool> = (0..quota.most.max(quota.shipped)).map(|n| n < quota.shipped).collect();
    json!({"shipped": quota.shipped, "most": quota.most, "pips": pips})
}
