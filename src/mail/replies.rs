//! Where answers to our mails go: `feedback+token@example.org`, the token naming one case and proving that we made it.

use crate::config::Config;
use crate::error::Result;
use crate::secret::{Purpose, Secret};

/// The addresses that are ours.
#[derive(Clone)]
pub struct Replies {
    secret: Secret,
    /// Before the @ and behind it, in lower case; none where there is no conversation by mail.
    intake: Option<(String, String)>,
    /// What our mails come from, in lower case.
    from: String,
    /// Behind the @ of our Message-IDs.
    domain: String,
}

impl Replies {
    pub fn new(config: &Config, secret: Secret) -> Replies {
        let address = config.inbound.address.trim().to_lowercase();
        let intake = address.split_once('@').map(|(local, domain)| (local.to_owned(), domain.to_owned()));
        let from = config.mail.from.trim().to_lowercase();
        let domain = from.rsplit_once('@').map(|(_, domain)| domain.to_owned()).unwrap_or_default();
        Replies { secret, intake, from, domain }
    }

    /// Whether people can answer by mail at all.
    pub fn are_on(&self) -> bool {
        self.intake.is_some()
    }

    /// Where an answer about this case goes.
    pub fn address_for(&self, case_id: i64) -> Result<Option<String>> {
        let Some((local, domain)) = &self.intake else { return Ok(None) };
        Ok(Some(format!("{local}+{}@{domain}", self.secret.token(Purpose::Reply, case_id)?)))
    }

    /// The case that such an address names; none for every address that we did not make.
    pub fn case_of(&self, address: &str) -> Option<i64> {
        self.secret.open(Purpose::Reply, self.tag(address)?).ok()
    }

    /// Whether mail to this address is meant for us.
    pub fn is_intake(&self, address: &str) -> bool {
        self.intake.as_ref().is_some_and(|(local, domain)| {
            address.to_lowercase() == format!("{local}@{domain}") || self.tag(address).is_some()
        })
    }

    /// Whether mail from this address is our own.
    pub fn is_ours(&self, address: &str) -> bool {
        self.is_intake(address) || address.eq_ignore_ascii_case(&self.from)
    }

    /// The mail of ours that a Message-ID, without angle brackets, names: the part before the @.
    pub fn our_mail<'a>(&self, message_id: &'a str) -> Option<&'a str> {
        let (local, domain) = message_id.rsplit_once('@')?;
        (local.starts_with("ob-") && domain.eq_ignore_ascii_case(&self.domain)).then_some(local)
    }

    fn tag<'a>(&self, address: &'a str) -> Option<&'a str> {
        let (local, domain) = self.intake.as_ref()?;
        let (said, at) = address.rsplit_once('@')?;
        let (name, tag) = said.split_once('+')?;
        (name.eq_ignore_ascii_case(local) && at.eq_ignore_ascii_case(domain)).then_some(tag)
    }
}
