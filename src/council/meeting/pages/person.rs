//! Who holds a phone: the cookie they got when they took a seat with the code, or whoever is signed in.

use crate::council::meeting::quorum::Present;
use crate::council::meeting::{room, seats};
use crate::council::model::Stage;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::id;
use crate::web::Page;
use actix_web::HttpRequest;
use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;

const COOKIE: &str = "seat";
/// Longer than any meeting.
const KEPT: Duration = Duration::hours(12);

/// A person in a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voter {
    pub meeting: i64,
    pub person: i64,
}

impl Voter {
    /// A cookie that nobody can make for somebody else.
    pub fn cookie(self, page: &Page) -> Result<Cookie<'static>> {
        let Voter { meeting, person } = self;
        let value = format!("{meeting}.{person}.{}", proof(page, self)?);
        Ok(page.short_cookie(COOKIE, &value, KEPT))
    }

    /// Whoever took a seat on this phone.
    fn of_cookie(page: &Page, req: &HttpRequest) -> Result<Option<Voter>> {
        let Some(cookie) = req.cookie(COOKIE) else { return Ok(None) };
        let parts: Vec<&str> = cookie.value().split('.').collect();
        let [meeting, person, given] = parts[..] else { return Ok(None) };
        let (Ok(meeting), Ok(person)) = (meeting.parse(), person.parse()) else { return Ok(None) };
        let voter = Voter { meeting, person };
        // Compared as hashes: how long it takes tells nothing about the proof.
        Ok((id::hash(given) == id::hash(&proof(page, voter)?)).then_some(voter))
    }

    /// Everything a phone can be, best first: where it took a seat, else where whoever is signed in holds one.
    pub async fn of(page: &Page, req: &HttpRequest) -> Result<Voter> {
        let (cookie, me) = (Voter::of_cookie(page, req)?, page.viewer.as_ref().map(|viewer| viewer.id));
        page.app.db.look_up(move |c| find(c, cookie, me)).await?.ok_or(Error::Conflict("error-no-seat"))
    }
}

fn find(c: &mut Conn, cookie: Option<Voter>, me: Option<i64>) -> Result<Option<Voter>> {
    if let Some(voter) = cookie
        && room::meeting(c, voter.meeting)?.0.status == Stage::Running
    {
        return Ok(Some(voter));
    }
    let Some(person) = me else { return Ok(cookie) };
    for meeting in room::running_for(c, person)? {
        if seats::held(c, meeting, person)?.is_some() {
            return Ok(Some(Voter { meeting, person }));
        }
    }
    Ok(cookie)
}

/// The seat of a voter, if nobody took it over.
pub fn seat(present: impl Iterator<Item = Present>, person: i64) -> Option<Present> {
    present.into_iter().find(|there| there.person_id == person)
}

fn proof(page: &Page, voter: Voter) -> Result<String> {
    page.app.secret.derive(&format!("seat {} {}", voter.meeting, voter.person))
}
