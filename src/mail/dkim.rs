//! DKIM (RFC 6376, RFC 8463): a finished mail is signed, headers and body, with each key the settings name. The receiving
//! side reads the public halves from the DNS and knows that the mail is ours and that nobody changed it.

mod canonical;
pub mod command;
mod keys;
pub mod record;

use chrono::{DateTime, Utc};
use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use crate::config;
use crate::error::{Error, Result};
use canonical::{Field, split};
use keys::Pair;
pub use record::Record;

/// What is signed where it stands in the mail. RFC 8058 wants the List- headers among them.
const SIGNED: [&str; 15] = [
    "From",
    "Reply-To",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Auto-Submitted",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
];
/// RFC 5322 advises lines of 78; the rest of the line takes the name of its tag.
const LINE: usize = 70;

/// Signs what leaves.
#[derive(Debug, Default)]
pub struct Signer {
    domain: String,
    keys: Vec<Key>,
}

#[derive(Debug)]
struct Key {
    selector: String,
    pair: Pair,
}

impl Signer {
    /// Reads the keys the settings name; without any nothing is signed.
    pub fn new(settings: &config::Mail, domain: &str) -> Result<Signer> {
        let mut keys = Vec::new();
        for (name, file, read) in [
            ("dkim_ed25519_key", &settings.dkim_ed25519_key, Pair::ed25519 as fn(&[u8]) -> _),
            ("dkim_rsa_key", &settings.dkim_rsa_key, Pair::rsa),
        ] {
            if file.is_empty() {
                continue;
            }
            let wrong = |e: String| Error::internal(format!("settings: mail.{name}: {file}: {e}"));
            let pem = std::fs::read(file).map_err(|e| wrong(e.to_string()))?;
            let pair = read(&pem).map_err(wrong)?;
            keys.push(Key { selector: selector(&settings.dkim_selector, &pair), pair });
        }
        Ok(Signer { domain: domain.to_owned(), keys })
    }

    pub fn is_on(&self) -> bool {
        !self.keys.is_empty()
    }

    /// What the DNS has to say for each key.
    pub fn records(&self) -> Vec<Record> {
        self.keys.iter().map(|key| Record::of(&key.selector, &self.domain, &key.pair)).collect()
    }

    /// The mail with one signature per key above it.
    pub fn sign(&self, mail: Vec<u8>, now: DateTime<Utc>) -> std::result::Result<Vec<u8>, String> {
        if !self.is_on() {
            return Ok(mail);
        }
        let (fields, body) = split(&mail).ok_or("the built mail has no end of its headers")?;
        let body = BASE64.encode(&Sha256::digest(canonical::body(body)));
        let mut signed = Vec::with_capacity(mail.len() + 1024 * self.keys.len());
        for key in &self.keys {
            signed.extend(self.signature(key, &fields, &body, now)?.into_bytes());
        }
        signed.extend(mail);
        Ok(signed)
    }

    /// A whole header with its line end.
    fn signature(
        &self,
        key: &Key,
        fields: &[Field<'_>],
        body: &str,
        now: DateTime<Utc>,
    ) -> std::result::Result<String, String> {
        let present: Vec<(&str, &Field<'_>)> = SIGNED.iter().filter_map(|name| found(fields, name)).collect();
        let names: Vec<&str> = present.iter().map(|(name, _)| *name).collect();
        let open = format!(
            "DKIM-Signature: v=1; a={}; c=relaxed/relaxed; d={};\r\n\ts={}; t={};\r\n\th={};\r\n\tbh={body};\r\n\tb=",
            key.pair.algorithm(),
            self.domain,
            key.selector,
            now.timestamp(),
            folded(&names.join(":"), |text| text.rfind(':').map(|at| at + 1)),
        );
        let mut hashed: Vec<u8> = present.iter().flat_map(|(_, field)| canonical::header(field)).collect();
        let own = open.split_once(':').map(|(name, value)| Field { name, value }).ok_or("no header")?;
        // The signature itself stands last, without its line end.
        hashed.extend(canonical::header(&own).strip_suffix(b"\r\n").unwrap_or_default());
        let proof = BASE64.encode(&key.pair.sign(&hashed)?);
        Ok(format!("{open}{}\r\n", folded(&proof, |_| None)))
    }
}

/// Two keys are two records, so each has a selector of its own.
fn selector(chosen: &str, pair: &Pair) -> String {
    match pair {
        Pair::Rsa(_) => chosen.to_owned(),
        Pair::Ed25519(_) => format!("{chosen}-ed25519"),
    }
}

/// Of several with one name RFC 6376 takes the last; we send none twice.
fn found<'a, 'b>(fields: &'b [Field<'a>], name: &'static str) -> Option<(&'static str, &'b Field<'a>)> {
    fields.iter().rev().find(|field| field.name.trim_end().eq_ignore_ascii_case(name)).map(|field| (name, field))
}

/// Broken into lines at the places `cut` finds, or anywhere.
fn folded(text: &str, cut: impl Fn(&str) -> Option<usize>) -> String {
    let (mut lines, mut rest) = (Vec::new(), text);
    while rest.len() > LINE {
        let (line, more) = rest.split_at(cut(&rest[..LINE]).unwrap_or(LINE));
        lines.push(line);
        rest = more;
    }
    lines.push(rest);
    lines.join("\r\n\t")
}

#[cfg(test)]
mod tests;
