//! A mail as it came over the wire, read into what we need of it. Pure; whatever is in it, reading neither panics nor
//! takes long, and nothing of it is lost: what cannot be read is said so, and the raw mail is kept.

mod bounds;
mod charset;
pub mod delivery;
mod headers;
mod html;
mod words;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, Utc};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::quoted;
use delivery::Delivery;

pub use bounds::LARGEST;
pub use headers::Headers;

/// More text than anybody writes; beyond it the raw mail is read.
const LONGEST_TEXT: usize = 200_000;
const MOST_ATTACHMENTS: usize = 50;
const LONGEST_NAME: usize = 120;

/// What a mail says.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    pub headers: Headers,
    /// Without angle brackets.
    pub message_id: Option<String>,
    /// What it answers, by References and In-Reply-To, each once.
    pub references: Vec<String>,
    /// Who wrote it; none if nobody or more than one says so.
    pub from: Option<Party>,
    /// Every address it went to, in lower case.
    pub recipients: Vec<String>,
    pub subject: String,
    pub date: Option<DateTime<Utc>>,
    /// What is new in it.
    pub text: String,
    /// What it quotes of earlier mails, and the signature.
    pub quoted: Option<String>,
    pub attachments: Vec<Attachment>,
    /// "delivery-status" of a multipart/report; empty if the report does not say.
    pub report: Option<String>,
    /// What a delivery report says of its recipients.
    pub deliveries: Vec<Delivery>,
}

/// Somebody with an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    pub name: String,
    /// In lower case.
    pub address: String,
}

/// A file that came along, inline or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachment {
    pub name: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
}

crate::text_enum! {
    /// Why a mail cannot be read.
    pub enum Unreadable {
        NotAMail = "not_a_mail",
        TooLarge = "too_large",
        TooManyParts = "too_many_parts",
        TooDeep = "too_deep",
        TooManyHeaders = "too_many_headers",
        Panicked = "panicked",
    }
}

/// Reads a mail.
pub fn read(raw: &[u8]) -> Result<Incoming, Unreadable> {
    let flat = bounds::bounded(raw)?;
    // The parser promises not to panic; whoever sends us mail does not have to help it keep that.
    catch_unwind(AssertUnwindSafe(|| {
        let parsed = MessageParser::default().parse(&*flat).ok_or(Unreadable::NotAMail)?;
        incoming(&parsed, &flat).ok_or(Unreadable::NotAMail)
    }))
    .unwrap_or(Err(Unreadable::Panicked))
}

fn incoming(mail: &Message<'_>, raw: &[u8]) -> Option<Incoming> {
    let nearby = eight_bit_sample(mail, raw);
    let headers = Headers::of(mail, raw, &nearby);
    if headers.is_empty() {
        return None;
    }
    let (text, quoted) = quoted::fold(&body(mail, raw));
    let report = mail.content_type().filter(|kind| kind.ctype() == "multipart" && kind.subtype() == Some("report"));
    Some(Incoming {
        message_id: headers.ids("message-id").into_iter().next(),
        references: references(&headers),
        from: headers::author(mail, &headers),
        recipients: headers::recipients(mail, &headers),
        subject: headers.first("subject").unwrap_or_default().chars().take(1000).collect(),
        date: mail.date().and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0)),
        text,
        quoted,
        attachments: attachments(mail, raw, &nearby),
        report: report.map(|kind| kind.attribute("report-type").unwrap_or_default().to_lowercase()),
        deliveries: delivery::deliveries(mail, raw),
        headers,
    })
}

fn references(headers: &Headers) -> Vec<String> {
    let mut ids = headers.ids("references");
    for id in headers.ids("in-reply-to") {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// The words of the mail: its plain text, or what its HTML says where there is no other.
fn body(mail: &Message<'_>, raw: &[u8]) -> String {
    let plain = joined(mail.text_bodies(), raw);
    let text = if plain.trim().is_empty() { joined(mail.html_bodies(), raw) } else { plain };
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn joined<'a>(parts: impl Iterator<Item = &'a MessagePart<'a>>, raw: &[u8]) -> String {
    let texts = parts.filter_map(|part| match &part.body {
        PartType::Text(_) => Some(part_text(part, raw)),
        PartType::Html(_) => Some(html::text(&part_text(part, raw))),
        _ => None,
    });
    let texts: Vec<String> = texts.filter(|text| !text.trim().is_empty()).collect();
    texts.join("\n\n")
}

fn part_text(part: &MessagePart<'_>, raw: &[u8]) -> String {
    let label = part.content_type().and_then(|kind| kind.attribute("charset"));
    let text = charset::decode(&part_bytes(part, raw), label, b"");
    text.replace("\r\n", "\n").replace(['\r', '\0'], "\n")
}

/// The bytes of a part as its sender had them: the parser keeps only text that it decoded by a label we may not believe.
fn part_bytes(part: &MessagePart<'_>, raw: &[u8]) -> Vec<u8> {
    let body = raw.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    // Base64 has no words with blanks between them: what calls itself so was never encoded.
    let blanks = body.iter().filter(|b| **b == b' ').count();
    let decoded = match part.encoding {
        Encoding::Base64 if blanks * 20 > body.len() => Some(body.to_vec()),
        Encoding::Base64 => base64_decode(body),
        Encoding::QuotedPrintable => quoted_printable_decode(body),
        Encoding::None => None,
    };
    match (decoded, part.encoding) {
        (Some(bytes), _) => bytes,
        (None, Encoding::None) => body.to_vec(),
        (None, _) => part.contents().to_vec(),
    }
}

/// Bytes beyond ASCII from the text of the mail, to tell the encoding of its headers by.
fn eight_bit_sample(mail: &Message<'_>, raw: &[u8]) -> Vec<u8> {
    let parts = mail.text_bodies().chain(mail.html_bodies());
    let mut samples = parts.filter(|part| part.is_text()).map(|part| part_bytes(part, raw));
    samples.find(|bytes| !bytes.is_ascii()).unwrap_or_default()
}

fn attachments(mail: &Message<'_>, raw: &[u8], nearby: &[u8]) -> Vec<Attachment> {
    mail.attachments()
        .take(MOST_ATTACHMENTS)
        .enumerate()
        .map(|(i, part)| Attachment {
            name: file_name(part, nearby).unwrap_or_else(|| format!("{}{}", i + 1, extension(part))),
            media_type: media_type(part),
            bytes: if part.is_text() { part_bytes(part, raw) } else { part.contents().to_vec() },
        })
        .filter(|file| !file.bytes.is_empty())
        .collect()
}

fn file_name(part: &MessagePart<'_>, nearby: &[u8]) -> Option<String> {
    let said = part.attachment_name()?;
    let name = if said.contains("=?") { words::text(said.as_bytes(), nearby) } else { said.to_owned() };
    let name: String = name.chars().map(|c| if c.is_control() || matches!(c, '/' | '\\') { '_' } else { c }).collect();
    let name: String = name.trim().trim_start_matches('.').chars().take(LONGEST_NAME).collect();
    (!name.is_empty()).then_some(name)
}

fn extension(part: &MessagePart<'_>) -> &'static str {
    match media_type(part).as_str() {
        "text/html" => ".html",
        "text/calendar" => ".ics",
        "message/rfc822" | "message/global" => ".eml",
        "image/png" => ".png",
        "image/jpeg" => ".jpg",
        "image/gif" => ".gif",
        "application/pdf" => ".pdf",
        kind if kind.starts_with("text/") || kind.starts_with("message/") => ".txt",
        _ => ".bin",
    }
}

fn media_type(part: &MessagePart<'_>) -> String {
    let kind = part.content_type().map(|kind| (kind.ctype(), kind.subtype().unwrap_or("plain")));
    match kind {
        // As they were before `bounds` kept the parser from descending.
        Some(("message", "xfc822")) => "message/rfc822".to_owned(),
        Some(("message", "xlobal")) => "message/global".to_owned(),
        Some((kind, sub)) => format!("{kind}/{sub}").to_lowercase().chars().take(100).collect(),
        None => "text/plain".to_owned(),
    }
}

impl Incoming {
    /// Neither words nor files.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.subject.trim().is_empty() && self.attachments.is_empty()
    }

    /// All of it, as it was written.
    pub fn whole(&self) -> String {
        match &self.quoted {
            Some(quoted) => format!("{}\n\n{quoted}", self.text),
            None => self.text.clone(),
        }
    }
}
