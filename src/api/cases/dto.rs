//! Cases as machines read them.

use crate::api::feedback::describe;
use crate::api::store;
use crate::cases;
use crate::cases::badge::Urgency;
use crate::cases::model::{Case, Outcome, Status, ToldHow};
use crate::cases::queue::Row;
use crate::cases::store::{Direction, LinkedChange, TimelineRow};
use crate::db::Conn;
use crate::db::types::Ts;
use crate::error::Result;
use crate::feedback::api::FeedbackDto;
use crate::feedback::model::{Kind, Voice};
use crate::feedback::store::Feedback;
use crate::journal::Actor;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody who works here.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PersonDto {
    pub id: String,
    pub name: String,
}

/// A page of cases.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CasePage {
    pub items: Vec<CaseLine>,
    /// The cursor of the next page; null on the last one.
    pub next: Option<String>,
}

/// One case in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CaseLine {
    pub id: String,
    pub reference: String,
    pub title: String,
    pub voice: Voice,
    pub kind: Kind,
    pub channel: String,
    #[schema(inline)]
    pub status: Status,
    pub owner: Option<PersonDto>,
    /// How near its next deadline is.
    pub urgency: Urgency,
    pub next_due: Option<DateTime<Utc>>,
    pub anonymous: bool,
    /// How often it was reopened.
    pub reopened: i32,
    pub received_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl CaseLine {
    pub fn new(row: Row, now: DateTime<Utc>) -> CaseLine {
        CaseLine {
            urgency: row.deadline().urgency(now),
            id: row.id.to_string(),
            reference: row.reference,
            title: row.title,
            voice: row.voice,
            kind: row.kind,
            channel: row.channel,
            status: row.status,
            owner: row.owner_id.zip(row.owner).map(|(id, name)| PersonDto { id: id.to_string(), name }),
            next_due: row.next_due.map(|at| *at),
            anonymous: row.anonymous,
            reopened: row.reopened,
            received_at: *row.received_at,
            updated_at: *row.updated_at,
        }
    }
}

/// A case with everything that happened to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CaseDto {
    pub feedback: FeedbackDto,
    #[schema(inline)]
    pub status: Status,
    pub owner: Option<PersonDto>,
    pub team: Option<String>,
    /// The reference of the case it was joined to; they are answered together.
    pub joined_to: Option<String>,
    /// Its version, also the `ETag`.
    pub version: i32,
    pub next_due: Option<DateTime<Utc>>,
    pub respond_by: DateTime<Utc>,
    pub resolve_by: DateTime<Utc>,
    pub tell_by: DateTime<Utc>,
    pub responded_at: Option<DateTime<Utc>>,
    pub resolved_at: Option<DateTime<Utc>>,
    pub outcome: Option<Outcome>,
    /// What the originator was told.
    pub resolution: Option<String>,
    pub told_at: Option<DateTime<Utc>>,
    pub told_how: Option<ToldHow>,
    /// Whether it helped, as the originator says.
    pub helped: Option<bool>,
    pub helped_at: Option<DateTime<Utc>>,
    pub reopened: i32,
    pub updated_at: DateTime<Utc>,
    pub changes: Vec<ChangeRef>,
    /// Oldest first.
    pub timeline: Vec<TimelineDto>,
}

/// A change this case is evidence for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangeRef {
    pub reference: String,
    pub title: String,
    pub status: String,
}

/// Something that happened.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TimelineDto {
    pub at: DateTime<Utc>,
    pub actor: Actor,
    /// The name of a person who works here.
    pub who: Option<String>,
    /// Such as `received`, `taken`, `replied`, `noted`, `linked`, `resolved`, `told`.
    pub event: String,
    #[schema(value_type = Object)]
    pub data: serde_json::Value,
    pub direction: Option<Direction>,
    pub text: Option<String>,
}

impl CaseDto {
    /// Reads what else belongs to a case.
    pub fn load(c: &mut Conn, case: Case, said: Feedback) -> Result<CaseDto> {
        let at = |moment: Option<Ts>| moment.map(|at| *at);
        let owner = case.owner_id.map(|id| cases::store::person_name(c, id).map(|name| (id, name))).transpose()?;
        Ok(CaseDto {
            feedback: describe(c, said)?,
            status: case.status,
            owner: owner.map(|(id, name)| PersonDto { id: id.to_string(), name }),
            team: case.team_id.map(|id| cases::store::team_name(c, id)).transpose()?,
            joined_to: case.primary_id.map(|id| store::reference(c, id)).transpose()?,
            version: case.version,
            next_due: at(case.next_due),
            respond_by: *case.respond_by,
            resolve_by: *case.resolve_by,
            tell_by: *case.tell_by,
            responded_at: at(case.responded_at),
            resolved_at: at(case.resolved_at),
            outcome: case.outcome,
            resolution: case.resolution,
            told_at: at(case.told_at),
            told_how: case.told_how,
            helped: case.helped,
            helped_at: at(case.helped_at),
            reopened: case.reopened,
            updated_at: *case.updated_at,
            changes: cases::store::changes_of(c, case.id)?.into_iter().map(ChangeRef::from).collect(),
            timeline: cases::store::timeline(c, case.id)?.into_iter().map(TimelineDto::from).collect(),
        })
    }
}

impl From<LinkedChange> for ChangeRef {
    fn from(change: LinkedChange) -> ChangeRef {
        ChangeRef { reference: change.reference, title: change.title, status: change.status }
    }
}

impl From<TimelineRow> for TimelineDto {
    fn from(row: TimelineRow) -> TimelineDto {
        TimelineDto {
            at: *row.at,
            actor: row.actor,
            who: row.actor_name,
            event: row.event,
            data: row.data.0,
            direction: row.direction,
            text: row.body,
        }
    }
}
