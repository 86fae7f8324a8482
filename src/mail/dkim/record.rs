//! What the DNS has to say for a key.

use serde::Serialize;

use super::keys::Pair;

/// A string in the DNS holds no more.
const LONGEST_STRING: usize = 255;

/// A TXT record to publish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// "heard._domainkey.example.org", without a dot at the end.
    pub name: String,
    pub value: String,
}

impl Record {
    pub(super) fn of(selector: &str, domain: &str, pair: &Pair) -> Record {
        Record {
            name: format!("{selector}._domainkey.{domain}"),
            value: format!("v=DKIM1; k={}; p={}", pair.kind(), pair.public()),
        }
    }

    /// A line of a zone file: what is long stands there in several strings.
    pub fn zone_line(&self) -> String {
        let strings: Vec<String> = self
            .value
            .as_bytes()
            .chunks(LONGEST_STRING)
            .map(|piece| format!("\"{}\"", String::from_utf8_lossy(piece)))
            .collect();
        format!("{}. IN TXT ( {} )", self.name, strings.join(" "))
    }

    /// Whether what stands in the DNS says the same: the same key, of the same kind, not taken back.
    pub fn is_said_by(&self, published: &str) -> bool {
        let tag = |text: &str, name: &str| -> Option<String> {
            let of = |part: &str| {
                let (key, value) = part.split_once('=')?;
                (key.trim() == name).then(|| value.split_whitespace().collect::<String>())
            };
            text.split(';').find_map(of)
        };
        let kind = |text: &str| tag(text, "k").unwrap_or_else(|| "rsa".into());
        tag(published, "p") == tag(&self.value, "p") && kind(published) == kind(&self.value)
    }
}
