//! A rendered mail becomes bytes that nothing can break out of: names and subjects lose their control characters, every
//! body is encoded, and what lettre built is checked once more before it may leave.

mod quoted;

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use lettre::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, Message, MultiPart, SinglePart};
use sha2::{Digest, Sha256};

use super::dkim::Signer;
use super::entry::Method;
use super::thread::Origin;

/// RFC 5322: without the line end.
const LONGEST_LINE: usize = 998;
/// Of References: with its name it stays on one line.
const LONGEST_IDS: usize = 900;
pub const LONGEST_NAME: usize = 100;
const LONGEST_SUBJECT: usize = 200;
/// The text part as [`super::plain`] makes it: small screens may join its lines again.
const FLOWED: &str = "text/plain; charset=utf-8; format=flowed";
/// Our mails are short; something this large is a mistake that many servers would refuse anyway.
const LARGEST: usize = 2 * 1024 * 1024;

/// A mail whose words are ready.
#[derive(Clone, Debug)]
pub struct Letter<'a> {
    /// With angle brackets; the same for every try, so that receiving systems can drop a second copy.
    pub message_id: &'a str,
    pub from: Party<'a>,
    pub to: Party<'a>,
    pub reply_to: Option<&'a str>,
    pub subject: &'a str,
    pub text: &'a str,
    pub html: &'a str,
    pub date: DateTime<Utc>,
    /// Message-IDs of the mails this one follows, with angle brackets, the one it answers last.
    pub thread: &'a [String],
    pub origin: Origin,
    /// Only for mails people subscribe to.
    pub list: Option<List<'a>>,
    /// For the reader's calendar.
    pub entry: Option<(Method, &'a str)>,
}

/// Somebody a mail comes from or goes to.
#[derive(Clone, Copy, Debug)]
pub struct Party<'a> {
    pub name: &'a str,
    pub address: &'a str,
}

/// Headers of a mail that can be unsubscribed from with one click (RFC 8058).
#[derive(Clone, Debug)]
pub struct List<'a> {
    /// "digest.example.org", without angle brackets.
    pub id: &'a str,
    /// Takes a POST without a session.
    pub unsubscribe: &'a str,
    /// An address that takes a mail for the same.
    pub by_mail: Option<String>,
}

impl List<'_> {
    /// The ways out in angle brackets, the one that needs no mail first.
    fn ways_out(&self) -> String {
        match &self.by_mail {
            Some(address) => format!("<{}>, <mailto:{address}?subject=unsubscribe>", self.unsubscribe),
            None => format!("<{}>", self.unsubscribe),
        }
    }
}

/// The bytes of the mail, signed, or why it cannot be built. A panic inside the mail library is such a reason.
pub fn build(letter: &Letter<'_>, signer: &Signer) -> Result<Vec<u8>, String> {
    if letter.text.len() + letter.html.len() > LARGEST {
        return Err(format!("larger than {LARGEST} bytes"));
    }
    let bytes = catch_unwind(AssertUnwindSafe(|| compose(letter).map(|message| message.formatted())))
        .map_err(|_| "the mail library panicked".to_owned())??;
    let signed = signer.sign(bytes, letter.date)?;
    check(&signed)?;
    Ok(signed)
}

/// The envelope and header form of an address: international domains in their ASCII form.
pub fn address(text: &str) -> Result<Address, String> {
    let wrong = || "the address is not valid".to_owned();
    let (user, domain) = text.trim().rsplit_once('@').ok_or_else(wrong)?;
    if !user.is_ascii() {
        return Err("the address needs SMTPUTF8, which we do not speak".into());
    }
    let domain =
        if domain.is_ascii() { domain.to_owned() } else { idna::domain_to_ascii(domain).map_err(|_| wrong())? };
    Address::new(user, domain).map_err(|_| wrong())
}

/// One line without anything invisible that could end a header, turn the reading direction or hide letters.
pub fn one_line(text: &str, longest: usize) -> String {
    let visible: String = text
        .chars()
        .filter(
            |c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'),
        )
        .map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c })
        .collect();
    let words: Vec<&str> = visible.split(' ').filter(|w| !w.is_empty()).collect();
    // lettre passes an encoded word on as it is: what the reader would see could be anything.
    let line = words.join(" ").replace("=?", "= ?");
    match line.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

fn compose(letter: &Letter<'_>) -> Result<Message, String> {
    let mut message = Message::builder()
        .message_id(Some(letter.message_id.to_owned()))
        .date(letter.date.into())
        .from(mailbox(letter.from)?)
        .to(mailbox(letter.to)?)
        .subject(one_line(letter.subject, LONGEST_SUBJECT))
        .raw_header(header("X-Auto-Response-Suppress", "All")?);
    if let Some(automatic) = letter.origin.header() {
        message = message.raw_header(header("Auto-Submitted", automatic)?);
    }
    if let Some(reply_to) = letter.reply_to {
        message = message.reply_to(Mailbox::new(None, address(reply_to)?));
    }
    let references = message_ids(letter.thread);
    if let Some(answered) = references.split(' ').next_back().filter(|id| !id.is_empty()) {
        message = message.raw_header(header("In-Reply-To", answered)?).raw_header(header("References", &references)?);
    }
    if let Some(list) = &letter.list {
        message = message
            .raw_header(header("List-Id", &format!("<{}>", list.id))?)
            .raw_header(header("List-Unsubscribe", &list.ways_out())?)
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
    }
    let boundary = &HEXLOWER.encode(&Sha256::digest(letter.message_id))[..32];
    let parts = MultiPart::alternative()
        .boundary(boundary)
        .singlepart(part(ContentType::parse(FLOWED).map_err(|e| e.to_string())?, letter.text))
        .singlepart(part(ContentType::TEXT_HTML, letter.html));
    let parts = match letter.entry {
        Some((method, text)) => parts.singlepart(part(calendar(method)?, text)),
        None => parts,
    };
    message.multipart(parts).map_err(|e| e.to_string())
}

fn calendar(method: Method) -> Result<ContentType, String> {
    ContentType::parse(&format!("text/calendar; charset=utf-8; method={}", method.as_str())).map_err(|e| e.to_string())
}

/// Message-IDs on one line. Others made some of them: what could end a header or a line is left out, and so is an id that
/// would make the line too long.
fn message_ids(ids: &[String]) -> String {
    let plain = |id: &&String| {
        let inner = id.strip_prefix('<').and_then(|id| id.strip_suffix('>')).unwrap_or_default();
        !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>'))
    };
    let mut line = String::new();
    for id in ids.iter().rev().filter(plain) {
        if line.len() + id.len() < LONGEST_IDS {
            line = if line.is_empty() { id.clone() } else { format!("{id} {line}") };
        }
    }
    line
}

fn mailbox(party: Party<'_>) -> Result<Mailbox, String> {
    let name = one_line(party.name, LONGEST_NAME);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), address(party.address)?))
}

fn header(name: &'static str, value: &str) -> Result<HeaderValue, String> {
    let value = one_line(value, LONGEST_LINE);
    if !value.is_ascii() {
        return Err(format!("{name} holds more than ASCII"));
    }
    Ok(HeaderValue::new(HeaderName::new_from_ascii_str(name), value))
}

fn part(kind: ContentType, text: &str) -> SinglePart {
    let text = body_text(text);
    // A letter beyond ASCII takes two bytes or more.
    let foreign = text.len() - text.chars().count();
    // Quoted-printable leaves Latin text readable in the raw mail; for Cyrillic it would be three times as long.
    let body = if foreign * 8 > text.len() {
        // It takes any text: the error is for 7bit and 8bit only.
        Body::new_with_encoding(text, ContentTransferEncoding::Base64).unwrap_or_else(Body::new)
    } else {
        Body::dangerous_pre_encoded(quoted::encode(&text), ContentTransferEncoding::QuotedPrintable)
    };
    SinglePart::builder().header(kind).body(body)
}

/// Line ends as mail wants them, and no control characters but tabs.
fn body_text(text: &str) -> String {
    // Most texts hold none of what is looked for below; C1 controls begin with C2. Without branches and in blocks, so
    // that many bytes are looked at at once.
    let is_odd = |b: u8| ((b < b' ') & (b != b'\n') & (b != b'\t')) | (b == 0x7f) | (b == 0xc2);
    if !text.as_bytes().chunks(256).any(|block| block.iter().fold(false, |odd, b| odd | is_odd(*b))) {
        return text.replace('\n', "\r\n");
    }
    let mut clean = String::with_capacity(text.len() + text.len() / 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' => clean.push_str("\r\n"),
            '\t' => clean.push('\t'),
            c if c.is_control() => {}
            c => clean.push(c),
        }
    }
    clean
}

/// RUSTSEC-2026-0561: a bare CR or LF lets a lax server read a second mail out of one.
fn check(bytes: &[u8]) -> Result<(), String> {
    if !bytes.is_ascii() {
        return Err("the built mail holds more than ASCII".into());
    }
    let mut begin = 0;
    for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let line = &bytes[begin..end];
        let line = match line.strip_suffix(b"\r") {
            Some(line) if end < bytes.len() => line,
            None if end == bytes.len() => line,
            None => return Err("the built mail holds a bare LF".into()),
            Some(_) => return Err("the built mail holds a bare CR".into()),
        };
        if memchr::memchr(b'\r', line).is_some() {
            return Err("the built mail holds a bare CR".into());
        }
        if line.len() > LONGEST_LINE {
            return Err(format!("the built mail holds a line of more than {LONGEST_LINE} bytes"));
        }
        begin = end + 1;
    }
    Ok(())
}

#[cfg(test)]
pub(super) mod tests;
