//! Bytes of a mail as text. Labels lie: UTF-8 is sent as Latin-1, Windows-1251 as nothing at all. What is valid UTF-8
//! beyond ASCII is UTF-8; a label that we know and that fits is believed; for the rest the bytes themselves are asked.

use encoding_rs::{Encoding, GBK, ISO_2022_JP, UTF_8};
use mail_parser::decoders::charsets::map::charset_decoder;

use crate::feedback::import::source::one_byte;

/// The text of these bytes; `nearby` are others of the same mail, for when these are too few to tell.
pub(super) fn decode(bytes: &[u8], label: Option<&str>, nearby: &[u8]) -> String {
    let label = label.map(|label| label.trim().to_ascii_lowercase()).filter(|label| !label.is_empty());
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.is_ascii() && (says_enough(text) || label.as_deref().is_none_or(may_be_mistaken)) => {
            return text.to_owned();
        }
        Ok(text) if label.is_none() && !bytes.contains(&0x1b) => return text.to_owned(),
        _ => {}
    }
    let known = label.as_deref().filter(|label| !says_nothing(label));
    match known.and_then(|label| charset_decoder(label.as_bytes())) {
        Some(decoder) => decoder(bytes),
        None => guess(bytes, nearby),
    }
}

/// Labels that are put on anything: with bytes beyond ASCII (or beyond UTF-8) they are wrong.
fn says_nothing(label: &str) -> bool {
    matches!(
        label,
        "us-ascii" | "ascii" | "ansi_x3.4-1968" | "utf-8" | "utf8" | "unknown-8bit" | "x-unknown" | "binary"
    )
}

/// So many characters are not valid UTF-8 by accident, whatever the label says.
fn says_enough(text: &str) -> bool {
    text.chars().filter(|c| !c.is_ascii()).nth(5).is_some()
}

/// One byte for each letter: text in such an encoding is hardly ever valid UTF-8 by accident.
fn may_be_mistaken(label: &str) -> bool {
    says_nothing(label)
        || charset_decoder(label.as_bytes()).is_none()
        || Encoding::for_label(label.as_bytes()).is_some_and(Encoding::is_single_byte)
}

fn guess(bytes: &[u8], nearby: &[u8]) -> String {
    if bytes.contains(&0x1b) && bytes.is_ascii() {
        return ISO_2022_JP.decode_without_bom_handling(bytes).0.into_owned();
    }
    if bytes.is_ascii() || std::str::from_utf8(bytes).is_ok() {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    // Mostly UTF-8 with a broken spot, such as a character cut in two.
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    if lossy.chars().filter(|c| !c.is_ascii()).count() > 4 * broken {
        return lossy.into_owned();
    }
    let mut sample = bytes.to_vec();
    sample.push(b'\n');
    sample.extend_from_slice(&nearby[..nearby.len().min(64 * 1024)]);
    let encoding = one_byte(&sample);
    let encoding = if encoding == UTF_8 { GBK } else { encoding };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "Здравствуйте! Заказ так и не пришёл, а деньги уже списали.";

    fn in_encoding(label: &str) -> Vec<u8> {
        Encoding::for_label(label.as_bytes()).unwrap().encode(SAID).0.into_owned()
    }

    #[test]
    fn russian_is_read_with_its_label_and_without() {
        for label in ["koi8-r", "windows-1251", "utf-8", "iso-8859-5"] {
            assert_eq!(decode(&in_encoding(label), Some(label), b""), SAID, "{label}");
        }
        for label in ["koi8-r", "windows-1251", "utf-8"] {
            for said in [None, Some("us-ascii"), Some("x-unknown"), Some("utf-8"), Some("no-such-thing")] {
                assert_eq!(decode(&in_encoding(label), said, b""), SAID, "{label} as {said:?}");
            }
        }
    }

    #[test]
    fn utf_8_under_a_wrong_label_is_utf_8() {
        for label in ["iso-8859-1", "windows-1252", "koi8-r", "gb2312"] {
            assert_eq!(decode(SAID.as_bytes(), Some(label), b""), SAID);
        }
    }

    #[test]
    fn japanese_and_a_cut_character() {
        let japanese = b"\x1b$B$3$s$K$A$O\x1b(B";
        assert_eq!(decode(japanese, Some("iso-2022-jp"), b""), "こんにちは");
        assert_eq!(decode(japanese, None, b""), "こんにちは");
        assert_eq!(decode(&SAID.as_bytes()[1..], Some("utf-8"), b""), format!("\u{fffd}{}", &SAID[2..]));
    }

    #[test]
    fn few_bytes_are_read_like_those_nearby() {
        let (name, nearby) = (&in_encoding("koi8-r")[..12], in_encoding("koi8-r"));
        assert_eq!(decode(name, None, &nearby), "Здравствуйте");
    }
}
