//! The page on which a person chooses their mails: every mail to them leads there, and needs no sign-in for it.

use crate::config::Http;
use crate::error::Result;
use crate::secret::{Purpose, Secret};

/// Makes and reads the links to it. One token serves the page and the one-click end of the digests.
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

    /// The home page.
    pub fn home_url(&self) -> String {
        self.http.url("/")
    }

    fn token(&self, person_id: i64) -> Result<String> {
        self.secret.token(Purpose::Mails, person_id)
    }
}
