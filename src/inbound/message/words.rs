//! Texts in headers: encoded words (RFC 2047), also those that were cut in the middle of a character, and plain bytes
//! in whatever encoding the sender had.

use data_encoding::{BASE64_NOPAD, HEXUPPER_PERMISSIVE};

use super::charset;

/// A header as text on one line.
pub(super) fn text(raw: &[u8], nearby: &[u8]) -> String {
    let mut out = String::new();
    let mut run: Option<Word> = None;
    let mut rest = raw.trim_ascii();
    while !rest.is_empty() {
        match encoded_word(rest) {
            Some((word, after)) => {
                run = Some(match run.take() {
                    // Neighbours in one charset are one text: a character may begin in one and end in the next.
                    Some(before) if before.charset.eq_ignore_ascii_case(word.charset) => before.followed_by(word),
                    Some(before) => {
                        out.push_str(&before.text(nearby));
                        word
                    }
                    None => word,
                });
                rest = after;
            }
            None => {
                let end = rest[1..].windows(2).position(|w| w == b"=?").map_or(rest.len(), |at| at + 1);
                let (plain, after) = rest.split_at(end);
                // White space between encoded words belongs to neither.
                let between = run.is_some() && plain.trim_ascii().is_empty() && encoded_word(after).is_some();
                if !between {
                    out.push_str(&run.take().map(|word| word.text(nearby)).unwrap_or_default());
                    out.push_str(&charset::decode(plain, None, nearby));
                }
                rest = after;
            }
        }
    }
    out.push_str(&run.map(|word| word.text(nearby)).unwrap_or_default());
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Word<'a> {
    charset: &'a str,
    bytes: Vec<u8>,
}

impl<'a> Word<'a> {
    fn followed_by(mut self, next: Word<'a>) -> Word<'a> {
        self.bytes.extend(next.bytes);
        self
    }

    fn text(&self, nearby: &[u8]) -> String {
        charset::decode(&self.bytes, Some(self.charset), nearby)
    }
}

/// `=?charset*language?B|Q?payload?=` at the beginning, and what stands behind it.
fn encoded_word(raw: &[u8]) -> Option<(Word<'_>, &[u8])> {
    let inner = raw.strip_prefix(b"=?")?;
    let mut parts = inner.splitn(3, |b| *b == b'?');
    let (charset, kind, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let end = rest.windows(2).position(|w| w == b"?=")?;
    let payload = &rest[..end];
    let bytes = match kind {
        b"B" | b"b" => base64(payload),
        b"Q" | b"q" => quoted(payload),
        _ => return None,
    };
    let charset = std::str::from_utf8(charset).ok()?.split('*').next()?;
    Some((Word { charset, bytes }, &rest[end + 2..]))
}

fn base64(payload: &[u8]) -> Vec<u8> {
    let mut plain: Vec<u8> =
        payload.iter().copied().filter(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/')).collect();
    // A last character that stands for no whole byte.
    if plain.len() % 4 == 1 {
        plain.pop();
    }
    let mut spec = BASE64_NOPAD.specification();
    spec.check_trailing_bits = false;
    spec.encoding().ok().and_then(|lenient| lenient.decode(&plain).ok()).unwrap_or_default()
}

fn quoted(payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(payload.len());
    let mut rest = payload;
    while let Some((first, after)) = rest.split_first() {
        let hex =
            (*first == b'=').then(|| after.get(..2).and_then(|hex| HEXUPPER_PERMISSIVE.decode(hex).ok())).flatten();
        match hex {
            Some(decoded) => {
                bytes.extend(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(if *first == b'_' { b' ' } else { *first });
                rest = after;
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_words_become_text() {
        for (raw, said) in [
            ("Plain", "Plain"),
            ("=?utf-8?Q?Caf=C3=A9_au_lait?= today", "Café au lait today"),
            ("=?UTF-8?B?0JfQsNC60LDQtyDQvdC1?= =?utf-8?B?INC/0YDQuNGI0ZHQuw==?=", "Заказ не пришёл"),
            // Cut inside a letter.
            ("=?utf-8?B?0JfQsNC60LDQ?=\r\n =?utf-8?B?tyDQvdC1?=", "Заказ не"),
            ("=?koi8-r?Q?=FA=C1=CB=C1=DA?=", "Заказ"),
            ("=?windows-1251?B?x+Dq4Oc=?= 5", "Заказ 5"),
            ("=?iso-2022-jp?B?GyRCJDMkcyRLJEEkTxsoQg==?=", "こんにちは"),
            ("=?broken", "=?broken"),
            ("a =?utf-8?X?abc?= b", "a =?utf-8?X?abc?= b"),
            ("=?utf-8*ru?Q?=D0=B4=D0=B0?=", "да"),
        ] {
            assert_eq!(text(raw.as_bytes(), b""), said, "{raw}");
        }
    }

    #[test]
    fn raw_bytes_are_read_like_the_body() {
        let said = "Заказ не пришёл, верните деньги";
        let raw = encoding_rs::WINDOWS_1251.encode(said).0;
        assert_eq!(text(&raw, b""), said);
    }
}
