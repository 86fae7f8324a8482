//! Where answers to our mails go: `feedback+token@example.org`, the token naming one case and proving that we made it.
//! Behind `b-` it names a mail of ours, and what arrives there are reports that it could not be delivered; behind `u-` a
//! person, who wants no more digests; behind `d-` a digest of ours, which its reader answers.

use crate::config::Config;
use crate::error::Result;
use crate::secret::{Purpose, Secret};

/// What stands before the token of such addresses.
const BOUNCE: &str = "b-";
const UNSUBSCRIBE: &str = "u-";
const DIGEST: &str = "d-";
/// RFC 5321: before the @.
const LONGEST_LOCAL: usize = 64;

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

    /// Where mail servers say that this mail of ours could not be delivered; none where there is no such address, or its
    /// name leaves no room for a token.
    pub fn return_path(&self, mail_id: i64) -> Result<Option<String>> {
        self.tagged(BOUNCE, &self.secret.token(Purpose::Bounce, mail_id)?)
    }

    /// The mail of ours that such an address names; none for every address that we did not make.
    pub fn returned_mail(&self, address: &str) -> Option<i64> {
        self.secret.open(Purpose::Bounce, behind(self.tag(address)?, BOUNCE)?).ok()
    }

    /// Whether an address looks like one of those, made by us or not.
    pub fn is_return_path(&self, address: &str) -> bool {
        self.tag(address).is_some_and(|tag| behind(tag, BOUNCE).is_some())
    }

    /// Where a mail ends the digests of this person.
    pub fn unsubscribe_address(&self, person_id: i64) -> Result<Option<String>> {
        self.tagged(UNSUBSCRIBE, &self.secret.token(Purpose::Leave, person_id)?)
    }

    /// Who wants no more digests, if mail to this address says so.
    pub fn unsubscriber(&self, address: &str) -> Option<i64> {
        self.secret.open(Purpose::Leave, behind(self.tag(address)?, UNSUBSCRIBE)?).ok()
    }

    /// Where an answer to this digest of ours goes.
    pub fn digest_address(&self, mail_id: i64) -> Result<Option<String>> {
        self.tagged(DIGEST, &self.secret.token(Purpose::DigestMail, mail_id)?)
    }

    /// The digest of ours that such an address names; none for every address that we did not make.
    pub fn digest_mail(&self, address: &str) -> Option<i64> {
        self.secret.open(Purpose::DigestMail, behind(self.tag(address)?, DIGEST)?).ok()
    }

    /// What the return path of a mail looks like, with this instead of the token.
    pub fn return_path_like(&self, token: &str) -> Option<String> {
        let room = self.return_path(0).ok().flatten();
        room.and(self.intake.as_ref()).map(|(local, domain)| format!("{local}+{BOUNCE}{token}@{domain}"))
    }

    /// The same for where answers go.
    pub fn address_like(&self, token: &str) -> Option<String> {
        self.intake.as_ref().map(|(local, domain)| format!("{local}+{token}@{domain}"))
    }

    fn tagged(&self, kind: &str, token: &str) -> Result<Option<String>> {
        let Some((local, domain)) = &self.intake else { return Ok(None) };
        let local = format!("{local}+{kind}{token}");
        Ok((local.len() <= LONGEST_LOCAL).then(|| format!("{local}@{domain}")))
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

/// The token behind these letters, however they were written.
fn behind<'a>(tag: &'a str, kind: &str) -> Option<&'a str> {
    let (head, token) = tag.split_at_checked(kind.len())?;
    head.eq_ignore_ascii_case(kind).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replies(intake: &str) -> Replies {
        let env = [("HEARD__INBOUND__ADDRESS", intake), ("HEARD__MAIL__FROM", "heard@acme.org")];
        let config = Config::from_parts(None, env.map(|(k, v)| (k.to_owned(), v.to_owned()))).unwrap();
        Replies::new(&config, Secret::of(&[7; 32]))
    }

    #[test]
    fn an_address_names_one_thing_only() {
        let replies = replies("feedback@acme.org");
        let back = replies.return_path(-42).unwrap().unwrap();
        let (local, _) = back.split_once('@').unwrap();
        assert!(local.len() <= LONGEST_LOCAL && local.starts_with("feedback+b-"), "{back}");
        assert_eq!(local, local.to_lowercase());
        for same in [back.clone(), back.to_uppercase()] {
            assert_eq!(replies.returned_mail(&same), Some(-42), "{same}");
            assert!(replies.is_return_path(&same) && replies.is_intake(&same) && replies.is_ours(&same));
            assert_eq!((replies.case_of(&same), replies.unsubscriber(&same)), (None, None));
        }
        let out = replies.unsubscribe_address(7).unwrap().unwrap();
        assert_eq!((replies.unsubscriber(&out), replies.returned_mail(&out)), (Some(7), None));
        assert!(!replies.is_return_path(&out));
        let digest = replies.digest_address(9).unwrap().unwrap();
        assert_eq!((replies.digest_mail(&digest.to_uppercase()), replies.case_of(&digest)), (Some(9), None));
        assert_eq!((replies.digest_mail(&back), replies.returned_mail(&digest)), (None, None));
        assert_eq!(replies.returned_mail(&replies.address_for(-42).unwrap().unwrap()), None);
        assert_eq!(replies.returned_mail(&out.replace("+u-", "+b-")), None, "each token has one purpose");
    }

    #[test]
    fn tokens_that_we_did_not_make_name_nothing() {
        let replies = replies("feedback@acme.org");
        let back = replies.return_path(42).unwrap().unwrap();
        let other = Replies { secret: Secret::of(&[8; 32]), ..replies.clone() };
        assert_eq!(other.returned_mail(&back), None);
        assert!(other.is_return_path(&back));
        for forged in ["feedback+b-@acme.org", "feedback+b-0@acme.org", "feedback+b@acme.org", "feedback+ж-x@acme.org"]
        {
            assert_eq!(replies.returned_mail(forged), None, "{forged}");
        }
        assert_eq!(replies.returned_mail(&back.replace("acme.org", "evil.org")), None);
    }

    #[test]
    fn a_name_that_leaves_no_room_has_no_such_addresses() {
        let replies = replies("feedback-of-acme-org-ab@acme.org");
        assert_eq!((replies.return_path(1).unwrap(), replies.unsubscribe_address(1).unwrap()), (None, None));
        assert!(replies.address_for(1).unwrap().is_some());
    }
}
