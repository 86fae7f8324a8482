//! Looks a mail over before it is parsed: one pass that refuses what would cost too much, and keeps the parser from
//! descending into mails inside of mails. Those are attachments to us; descending costs a stack frame for each.

use std::borrow::Cow;

use super::Unreadable;

/// The largest mail we take.
pub const LARGEST: usize = 25 * 1024 * 1024;
/// Lines that may begin a part.
const MOST_PARTS: usize = 20_000;
/// Parts that hold parts: for each of them the parser looks for its boundary through all that follows.
const MOST_MULTIPARTS: usize = 100;
/// Lines of headers of the mail or of one part.
const MOST_HEADER_LINES: usize = 5_000;

/// The mail as it may be parsed.
pub(super) fn bounded(raw: &[u8]) -> Result<Cow<'_, [u8]>, Unreadable> {
    if raw.len() > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    let mut seen = Seen::default();
    let mut inner = Vec::new();
    let mut start = 0;
    for line in raw.split_inclusive(|b| *b == b'\n') {
        seen.line(line)?;
        if seen.in_content_type {
            inner.extend(nested(line).map(|at| start + at));
        }
        start += line.len();
    }
    if inner.is_empty() {
        return Ok(Cow::Borrowed(raw));
    }
    let mut flat = raw.to_vec();
    for at in inner {
        flat[at] = b'x';
    }
    Ok(Cow::Owned(flat))
}

/// What has been counted so far.
struct Seen {
    parts: usize,
    multiparts: usize,
    header_lines: usize,
    in_headers: bool,
    in_content_type: bool,
}

impl Default for Seen {
    fn default() -> Self {
        Seen { parts: 0, multiparts: 0, header_lines: 0, in_headers: true, in_content_type: false }
    }
}

impl Seen {
    fn line(&mut self, line: &[u8]) -> Result<(), Unreadable> {
        if line.starts_with(b"--") {
            self.parts += 1;
            (self.in_headers, self.header_lines) = (true, 0);
        } else if line.trim_ascii().is_empty() {
            self.in_headers = false;
        } else if self.in_headers {
            self.header_lines += 1;
        }
        let folded = line.starts_with(b" ") || line.starts_with(b"\t");
        self.in_content_type = begins(line, b"content-type") || (folded && self.in_content_type);
        if self.in_content_type && holds(line, b"multipart") {
            self.multiparts += 1;
        }
        match () {
            () if self.parts > MOST_PARTS => Err(Unreadable::TooManyParts),
            () if self.multiparts > MOST_MULTIPARTS => Err(Unreadable::TooDeep),
            () if self.header_lines > MOST_HEADER_LINES => Err(Unreadable::TooManyHeaders),
            () => Ok(()),
        }
    }
}

/// Where a letter has to change so that the type is no longer one the parser descends into.
fn nested(line: &[u8]) -> impl Iterator<Item = usize> + '_ {
    [&b"rfc822"[..], b"global", b"digest"].into_iter().flat_map(|word| {
        line.windows(word.len()).enumerate().filter(|(_, window)| window.eq_ignore_ascii_case(word)).map(|(at, _)| at)
    })
}

fn begins(line: &[u8], word: &[u8]) -> bool {
    line.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}

fn holds(line: &[u8], word: &[u8]) -> bool {
    line.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_mail_passes_untouched() {
        let raw = b"Subject: rfc822 and digest\n\nContent of message/rfc822\n";
        assert!(matches!(bounded(raw), Ok(Cow::Borrowed(_))));
    }

    #[test]
    fn mails_inside_of_mails_become_attachments() {
        let raw = b"Content-Type:\r\n Message/RFC822\r\n\r\nContent-Type: multipart/Digest; boundary=a\r\n\r\n";
        let flat = bounded(raw).unwrap();
        assert_eq!(
            &flat[..],
            b"Content-Type:\r\n Message/xFC822\r\n\r\nContent-Type: multipart/xigest; boundary=a\r\n\r\n"
        );
    }

    #[test]
    fn what_would_cost_too_much_is_refused() {
        let parts = "--b\n\n".repeat(MOST_PARTS + 1);
        assert_eq!(bounded(parts.as_bytes()), Err(Unreadable::TooManyParts));
        let deep = "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(MOST_MULTIPARTS + 1);
        assert_eq!(bounded(deep.as_bytes()), Err(Unreadable::TooDeep));
        assert_eq!(bounded("a:\n".repeat(MOST_HEADER_LINES + 1).as_bytes()), Err(Unreadable::TooManyHeaders));
        assert_eq!(bounded(&vec![b' '; LARGEST + 1]), Err(Unreadable::TooLarge));
    }
}
