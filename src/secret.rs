//! Tokens in links: they carry an id and a proof that we made them, so nothing has to be stored for each mail.

use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::settings;
use crate::error::{Error, Result};
use chrono::{DateTime, Utc};
use data_encoding::{BASE64URL_NOPAD, Encoding, Specification};
use diesel::prelude::*;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::sync::LazyLock;

const SETTING: &str = "link_secret";
/// 128 bits of proof.
const PROOF: usize = 16;

static TOKEN: LazyLock<Option<Encoding>> = LazyLock::new(|| {
    let mut spec = Specification::new();
    spec.symbols.push_str("0123456789abcdefghjkmnpqrstvwxyz");
    spec.encoding().ok()
});

/// What a token lets its holder do; one purpose's token is no good for another.
#[derive(Clone, Copy, Debug)]
pub enum Purpose {
    /// Follow one piece of feedback.
    Track,
    /// Choose which mails one person gets.
    Mails,
    /// Write on one case by mail.
    Reply,
    /// Stop the digests of one person by a mail. Mail servers note down whom a mail is for, so it opens no page.
    Leave,
    /// Report that one mail could not be delivered.
    Bounce,
    /// Answer, as one reader, what the digests told that they got.
    Digest,
    /// Answer one digest by mail.
    DigestMail,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Purpose::Track => b"track",
            // As links that were sent long ago have it.
            Purpose::Mails => b"unsubscribe",
            Purpose::Reply => b"reply",
            Purpose::Leave => b"leave",
            Purpose::Bounce => b"bounce",
            Purpose::Digest => b"digest",
            Purpose::DigestMail => b"digest mail",
        }
    }
}

/// The key behind all links, made once per database and shared by its nodes.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// A key that is known already, for rules that are tested without a database.
    #[cfg(test)]
    pub fn of(key: &[u8]) -> Secret {
        Secret(key.to_vec())
    }

    /// Reads the key, or makes it when the database is new.
    pub fn load_or_create(c: &mut Conn) -> Result<Secret> {
        let fresh = BASE64URL_NOPAD.encode(&rand::random::<[u8; 32]>());
        let row = (settings::key.eq(SETTING), settings::value.eq(fresh));
        Portable(diesel::insert_into(settings::table).values(row).on_conflict_do_nothing()).execute(c)?;
        let stored: String = settings::table.find(SETTING).select(settings::value).first(c)?;
        BASE64URL_NOPAD.decode(stored.as_bytes()).map(Secret).map_err(Error::internal)
    }

    /// A token for one id and one purpose.
    pub fn token(&self, purpose: Purpose, id: i64) -> Result<String> {
        self.seal(purpose, &id.to_be_bytes())
    }

    /// A token that knows the day it was made, so that it can run out.
    pub fn dated_token(&self, purpose: Purpose, id: i64, now: DateTime<Utc>) -> Result<String> {
        self.seal(purpose, &[&id.to_be_bytes()[..], &day_number(now).to_be_bytes()[..]].concat())
    }

    fn seal(&self, purpose: Purpose, fact: &[u8]) -> Result<String> {
        let proof = self.mac(purpose, fact)?.finalize().into_bytes();
        Ok(encoding()?.encode(&[fact, &proof[..PROOF]].concat()))
    }

    /// A secret of 26 characters that follows from a text: always the same, and not to be found without our key.
    pub fn derive(&self, from: &str) -> Result<String> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).map_err(Error::internal)?;
        mac.update(b"derive");
        mac.update(from.as_bytes());
        Ok(encoding()?.encode(&mac.finalize().into_bytes()[..PROOF]).to_uppercase())
    }

    /// The id a token was made for; anything else was not made by us.
    pub fn open(&self, purpose: Purpose, token: &str) -> Result<i64> {
        let id = self.unseal::<8>(purpose, token)?;
        Ok(i64::from_be_bytes(id))
    }

    /// The id a dated token was made for, and how many days ago that was.
    pub fn open_dated(&self, purpose: Purpose, token: &str, now: DateTime<Utc>) -> Result<(i64, u16)> {
        let [a, b, c, d, e, f, g, h, day @ ..] = self.unseal::<10>(purpose, token)?;
        let id = i64::from_be_bytes([a, b, c, d, e, f, g, h]);
        Ok((id, day_number(now).saturating_sub(u16::from_be_bytes(day))))
    }

    fn unseal<const N: usize>(&self, purpose: Purpose, token: &str) -> Result<[u8; N]> {
        let bytes = encoding()?.decode(token.to_lowercase().as_bytes()).map_err(|_| Error::NotFound)?;
        let (fact, proof) = bytes.split_at_checked(N).ok_or(Error::NotFound)?;
        if proof.len() != PROOF {
            return Err(Error::NotFound);
        }
        self.mac(purpose, fact)?.verify_truncated_left(proof).map_err(|_| Error::NotFound)?;
        fact.try_into().map_err(|_| Error::NotFound)
    }

    fn mac(&self, purpose: Purpose, fact: &[u8]) -> Result<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).map_err(Error::internal)?;
        mac.update(purpose.label());
        mac.update(fact);
        Ok(mac)
    }
}

/// Days since 2020, which lasts until 2199. An anonymous originator's link tells no more than the day either.
fn day_number(at: DateTime<Utc>) -> u16 {
    const FIRST: i64 = 18_262;
    u16::try_from(at.timestamp().div_euclid(86_400) - FIRST).unwrap_or(0)
}

fn encoding() -> Result<&'static Encoding> {
    TOKEN.as_ref().ok_or_else(|| Error::internal("the token alphabet is wrong"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_secrets_look_like_drawn_ones() -> Result<()> {
        let secret = Secret(vec![7; 32]);
        let code = secret.derive("a")?;
        assert_eq!((code.len(), &code), (26, &crate::id::parse_secret(&code)));
        assert!(code == secret.derive("a")? && code != secret.derive("b")? && code != Secret(vec![8; 32]).derive("a")?);
        Ok(())
    }

    #[test]
    fn a_token_opens_only_what_it_was_made_for() -> Result<()> {
        let secret = Secret(vec![7; 32]);
        let token = secret.token(Purpose::Mails, 42)?;
        assert_eq!(secret.open(Purpose::Mails, &token.to_uppercase())?, 42);
        assert!(secret.open(Purpose::Track, &token).is_err());
        assert!(Secret(vec![8; 32]).open(Purpose::Mails, &token).is_err());
        for broken in ["", "0", "zzzz", &token[..token.len() - 2], &format!("1{}", &token[1..])] {
            assert!(secret.open(Purpose::Mails, broken).is_err(), "{broken}");
        }
        Ok(())
    }

    #[test]
    fn a_dated_token_knows_its_age() -> Result<()> {
        let secret = Secret(vec![7; 32]);
        let made = DateTime::from_timestamp(1_795_000_000, 0).unwrap_or_default();
        let token = secret.dated_token(Purpose::Track, -42, made)?;
        assert_eq!(secret.open_dated(Purpose::Track, &token.to_uppercase(), made)?, (-42, 0));
        assert_eq!(secret.open_dated(Purpose::Track, &token, made + chrono::Duration::days(200))?, (-42, 200));
        assert!(secret.open(Purpose::Track, &token).is_err(), "the day belongs to what is proved");
        let other = secret.dated_token(Purpose::Track, -42, made + chrono::Duration::days(1))?;
        assert!(secret.open_dated(Purpose::Track, &format!("{}{}", &token[..16], &other[16..]), made).is_err());
        Ok(())
    }
}
