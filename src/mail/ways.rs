//! Ways from a mail into the product that need no sign-in: to the page on which a person chooses their mails, and from a
//! digest to what was told and to where it is answered.

use crate::config::Http;
use crate::error::Result;
use crate::secret::{Purpose, Secret};
use chrono::{DateTime, Utc};

/// Makes these links. One token serves the page of choices and the one-click end of the digests.
#[derive(Clone)]
pub struct Ways {
    secret: Secret,
    http: Http,
}

impl Ways {
    pub fn new(http: Http, secret: Secret) -> Ways {
        Ways { secret, http }
    }

    /// Where one person chooses, on the web.
    pub fn choice_url(&self, person_id: i64) -> Result<String> {
        Ok(self.http.url(&format!("/mail/{}", self.token(person_id)?)))
    }

    /// Where one POST ends the digests of one person (RFC 8058), and a look shows the page.
    pub fn unsubscribe_url(&self, person_id: i64) -> Result<String> {
        Ok(self.http.url(&format!("/unsubscribe/{}", self.token(person_id)?)))
    }

    /// The first for a mail that is only looked at: the way of somebody else is nobody's business.
    pub fn hidden_choice_url(&self) -> String {
        self.http.url("/mail/…")
    }

    /// Where the reader of a digest says that something in it is not solved, or says something about it.
    pub fn answer_url(&self, person_id: i64, item_id: i64) -> Result<String> {
        let token = self.secret.token(Purpose::Digest, person_id)?;
        Ok(self.http.url(&format!("/digest/{token}/{item_id}")))
    }

    /// The same, where they begin with what is not solved.
    pub fn unsolved_url(&self, person_id: i64, item_id: i64) -> Result<String> {
        Ok(format!("{}#unsolved", self.answer_url(person_id, item_id)?))
    }

    /// Where somebody follows what they said.
    pub fn tracking_url(&self, feedback_id: i64, now: DateTime<Utc>) -> Result<String> {
        Ok(self.http.url(&format!("/t/{}", self.secret.dated_token(Purpose::Track, feedback_id, now)?)))
    }

    /// Where everybody reads what digests told; that somebody came from this one is counted.
    pub fn page_url(&self, edition_id: i64) -> String {
        self.http.url(&format!("/heard/from/{edition_id}"))
    }

    /// What those look like in a letter that is only looked at.
    pub fn hidden_answer_url(&self) -> String {
        self.http.url("/digest/…")
    }

    /// The same of no more digests.
    pub fn hidden_unsubscribe_url(&self) -> String {
        self.http.url("/unsubscribe/…")
    }

    /// The page of digests without counting.
    pub fn hidden_page_url(&self) -> String {
        self.http.url("/heard")
    }

    /// The home page.
    pub fn home_url(&self) -> String {
        self.http.url("/")
    }

    fn token(&self, person_id: i64) -> Result<String> {
        self.secret.token(Purpose::Mails, person_id)
    }
}
