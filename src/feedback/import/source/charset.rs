//! Which encoding a text file is in. Byte order marks decide where there are any; then UTF-16 by its shape, UTF-8 by its
//! rules, and for the one-byte encodings `chardetng`, with an own look at Russian, whose encodings are all alike to a
//! general detector when there is little text (one sentence in a table of figures).
//!
//! Wrong bytes: in UTF-8 they are an error of their row, because the text would no longer be what was said. In the other
//! encodings nearly every byte means something; what does not becomes U+FFFD.

mod russian;
mod transcode;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::io::Read;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::SourceError;
use super::scan::Scan;

/// An encoding and the length of the byte order mark that said so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Charset {
    pub encoding: &'static Encoding,
    pub bom: u64,
}

impl Charset {
    pub(super) fn name(&self) -> &'static str {
        self.encoding.name()
    }

    /// The beginning of the file as text, good enough to look at.
    pub(super) fn decode<'a>(&self, head: &'a [u8]) -> Cow<'a, str> {
        let skipped = usize::try_from(self.bom).unwrap_or(0).min(head.len());
        self.encoding.decode_without_bom_handling(&head[skipped..]).0
    }

    /// Turns a reader of this encoding into one of UTF-8. UTF-8 itself passes unchanged, with its mistakes.
    pub(super) fn reader(&self, inner: impl Read + Send + 'static) -> Box<dyn Read + Send> {
        if self.encoding == UTF_8 {
            Box::new(inner)
        } else {
            Box::new(transcode::Transcoder::new(inner, self.encoding))
        }
    }
}

/// The encoding of a scanned file, or what it is instead of text.
pub(super) fn detect(scan: &Scan) -> Result<Charset, SourceError> {
    if let Some((encoding, bom)) = Encoding::for_bom(&scan.head) {
        return Ok(Charset { encoding, bom: bom as u64 });
    }
    if let Some(what) = known_binary(&scan.head) {
        return Err(SourceError::Binary(what));
    }
    let encoding = if scan.head.contains(&0) {
        utf16(&scan.head).ok_or(SourceError::Binary("not text"))?
    } else if mostly_control(&scan.head) {
        return Err(SourceError::Binary("not text"));
    } else if scan.utf8.broken == 0 || scan.utf8.letters > 4 * scan.utf8.broken {
        UTF_8
    } else {
        one_byte(&scan.sample)
    };
    Ok(Charset { encoding, bom: 0 })
}

fn known_binary(head: &[u8]) -> Option<&'static str> {
    [
        (&b"\xD0\xCF\x11\xE0"[..], "an old Excel or Word document (save it as .xlsx first)"),
        (b"%PDF", "a PDF document"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1F\x8B", "compressed (unpack it first)"),
    ]
    .into_iter()
    .find_map(|(magic, what)| head.starts_with(magic).then_some(what))
}

/// Text has line ends and tabs, a stray control character now and then, but not one in a hundred.
fn mostly_control(head: &[u8]) -> bool {
    let control = head.iter().filter(|b| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C)).count();
    control * 100 > head.len()
}

/// UTF-16 without a mark: in the right byte order there are spaces, commas and line ends, in the wrong one there are none.
fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    [UTF_16LE, UTF_16BE]
        .into_iter()
        .filter_map(|encoding| Some((plain_characters(encoding, head)?, encoding)))
        .max_by_key(|(plain, _)| *plain)
        .map(|(_, encoding)| encoding)
}

/// How many plain characters text in this encoding has; none if it is no such text.
fn plain_characters(encoding: &'static Encoding, head: &[u8]) -> Option<usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(head.len())?);
    let (result, _) = decoder.decode_to_string_without_replacement(head, &mut text, false);
    let readable = result == DecoderResult::InputEmpty && !text.chars().any(is_odd);
    let plain = text.chars().filter(|c| c.is_ascii()).count();
    (readable && plain * 50 > text.chars().count()).then_some(plain)
}

fn is_odd(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}')
}

/// A one-byte (or Asian) encoding: `chardetng`'s guess, unless the sample is clearly Russian.
pub fn one_byte(sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    russian::encoding(sample, guess).unwrap_or(guess)
}
