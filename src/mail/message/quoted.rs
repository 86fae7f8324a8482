//! Quoted-printable (RFC 2045): Latin text stays readable in the raw mail. The library's own encoder takes longer for a
//! mail than everything else that is done with it.

/// Longer lines are cut with a "=" at their end, which counts.
const LONGEST: usize = 76;
const HEX: &[u8; 16] = b"0123456789ABCDEF";
/// Which bytes stand for themselves; a space or a tab does not at the end of a line.
const PLAIN: [bool; 256] = plain();

const fn plain() -> [bool; 256] {
    let mut plain = [false; 256];
    let mut byte = b' ';
    while byte <= b'~' {
        plain[byte as usize] = byte != b'=';
        byte += 1;
    }
    plain[b'\t' as usize] = true;
    plain
}

/// Encodes a text whose lines end in CRLF.
pub fn encode(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + text.len() / 8);
    for (n, line) in text.split("\r\n").enumerate() {
        if n > 0 {
            out.extend_from_slice(b"\r\n");
        }
        encode_line(line.as_bytes(), &mut out);
    }
    out
}

fn encode_line(line: &[u8], out: &mut Vec<u8>) {
    let (mut rest, mut column) = (line, 0);
    while let Some((&byte, after)) = rest.split_first() {
        // As many as fit and stand for themselves go at once; the last of a line is looked at alone.
        let room = (LONGEST - 1 - column).min(after.len());
        let run = rest[..room].iter().position(|byte| !PLAIN[usize::from(*byte)]).unwrap_or(room);
        if run > 0 {
            out.extend_from_slice(&rest[..run]);
            (rest, column) = (&rest[run..], column + run);
            continue;
        }
        let is_last = after.is_empty();
        // A space at the end of a line is lost on the way.
        let plain = PLAIN[usize::from(byte)] && !(is_last && matches!(byte, b' ' | b'\t'));
        let width = if plain { 1 } else { 3 };
        if column + width > LONGEST - usize::from(!is_last) {
            out.extend_from_slice(b"=\r\n");
            column = 0;
        }
        match plain {
            true => out.push(byte),
            false => out.extend_from_slice(&[b'=', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]),
        }
        (rest, column) = (after, column + width);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn encoded(text: &str) -> String {
        String::from_utf8(encode(text)).unwrap()
    }

    #[test]
    fn what_would_be_lost_is_written_in_numbers() {
        assert_eq!(encoded("a = b \r\n\tя\t"), "a =3D b=20\r\n\t=D1=8F=09");
        assert_eq!(encoded(&"x".repeat(76)), "x".repeat(76));
        assert_eq!(encoded(&"x".repeat(77)), format!("{}=\r\nxx", "x".repeat(75)));
        assert_eq!(encoded(&format!("{} ", "x".repeat(75))), format!("{}=\r\n=20", "x".repeat(75)));
        assert_eq!(encoded(""), "");
    }

    proptest! {
        #[test]
        fn lines_are_short_and_nothing_else_is_in_them(text in "(\\PC|[ \t=]|\r\n){0,300}") {
            let said = encoded(&text);
            for line in said.split("\r\n") {
                prop_assert!(line.len() <= LONGEST && !line.ends_with([' ', '\t']));
                prop_assert!(line.bytes().all(|b| matches!(b, b' '..=b'~' | b'\t')));
            }
            let whole = said.replace("=\r\n", "");
            let mut bytes = Vec::new();
            let mut rest = whole.as_bytes();
            while let Some((&byte, after)) = rest.split_first() {
                rest = after;
                bytes.push(if byte == b'=' {
                    let number = std::str::from_utf8(&after[..2]).unwrap();
                    rest = &after[2..];
                    u8::from_str_radix(number, 16).unwrap()
                } else {
                    byte
                });
            }
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), text);
        }
    }
}
