//! The headers of a mail as text, and the addresses in them.

use mail_parser::{Address, HeaderName, Message};

use super::{Party, words};

/// Where a mail may say whom it went to.
const RECIPIENTS: [&str; 6] = ["to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to"];
const LONGEST_ID: usize = 250;
const MOST_IDS: usize = 100;

/// The headers in their order: name in lower case, value as text on one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    pub(super) fn of(mail: &Message<'_>, raw: &[u8], nearby: &[u8]) -> Headers {
        let text =
            |start: u32, end: u32| words::text(raw.get(start as usize..end as usize).unwrap_or_default(), nearby);
        let headers = mail.headers().iter().filter(|header| !header.name().is_empty());
        Headers(headers.map(|h| (h.name().to_lowercase(), text(h.offset_start, h.offset_end))).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The values of all headers of this name, the topmost first.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.iter().filter(move |(other, _)| *other == name).map(|(_, value)| value)
    }

    pub fn first(&self, name: &str) -> Option<&str> {
        self.iter().find(|(other, _)| *other == name).map(|(_, value)| value)
    }

    pub fn has(&self, name: &str) -> bool {
        self.first(name).is_some()
    }

    /// Message-IDs, without angle brackets.
    pub fn ids(&self, name: &str) -> Vec<String> {
        let said = self.all(name).flat_map(|value| value.split('<').skip(1)).filter_map(|rest| rest.split('>').next());
        let mut ids: Vec<String> = Vec::new();
        for id in said.map(str::trim).filter(|id| !id.is_empty() && id.len() <= LONGEST_ID && !id.contains(' ')) {
            if !ids.iter().any(|known| known == id) {
                ids.push(id.to_owned());
            }
        }
        // Long threads: the newest are the ones that are answered.
        let old = ids.len().saturating_sub(MOST_IDS);
        ids.split_off(old)
    }
}

/// The one author of a mail. Who says they are two people is neither.
pub(super) fn author(mail: &Message<'_>, headers: &Headers) -> Option<Party> {
    if headers.all("from").count() != 1 {
        return None;
    }
    let said = mail.header(HeaderName::From).and_then(|value| value.as_address())?;
    let mut all = said.iter().filter(|one| one.address().is_some());
    let (one, None) = (all.next()?, all.next()) else { return None };
    let address = valid(one.address()?)?;
    let name = match one.name() {
        // The parser knows only UTF-8; we have read the whole header in the mail's own encoding.
        Some(name) if name.contains(char::REPLACEMENT_CHARACTER) => {
            headers.first("from")?.split('<').next().unwrap_or_default().trim_matches(['"', ' ']).to_owned()
        }
        name => name.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "),
    };
    Some(Party { name: name.chars().filter(|c| !c.is_control()).take(120).collect(), address })
}

/// Every address the mail went to.
pub(super) fn recipients(mail: &Message<'_>, headers: &Headers) -> Vec<String> {
    let parsed =
        mail.all_to().chain(mail.all_cc()).flat_map(Address::iter).filter_map(|one| one.address().and_then(valid));
    // By their look as well: these headers hold bare addresses, and a parser may stumble over a name.
    let looked = RECIPIENTS.iter().flat_map(|name| headers.all(name)).flat_map(|value| {
        value.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '"')).filter_map(valid)
    });
    let mut all: Vec<String> = parsed.chain(looked).take(1000).collect();
    all.sort();
    all.dedup();
    all
}

/// An address in lower case, if it can be one.
pub(super) fn valid(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['<', '>']).to_lowercase();
    let (local, domain) = text.rsplit_once('@')?;
    let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '"'));
    (plain && !local.is_empty() && !domain.is_empty() && text.len() <= 254).then_some(text)
}
