//! The "relaxed" forms of RFC 6376 3.4: what servers on the way may change about blanks does not break a signature.

/// A header as it stands in the mail; the value begins behind the colon and ends with its line.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    pub name: &'a str,
    pub value: &'a str,
}

/// The headers of a mail, folded lines with the one they belong to, and its body.
pub fn split(mail: &[u8]) -> Option<(Vec<Field<'_>>, &[u8])> {
    let end = mail.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&mail[..end + 2]).ok()?;
    let (mut fields, mut start) = (Vec::new(), 0);
    for (at, _) in head.match_indices("\r\n") {
        let next = at + 2;
        if !head[next..].starts_with([' ', '\t']) {
            let (name, value) = head[start..next].split_once(':')?;
            fields.push(Field { name, value });
            start = next;
        }
    }
    Some((fields, &mail[end + 4..]))
}

/// Name in lower case, value on one line, one blank for many.
pub fn header(field: &Field<'_>) -> Vec<u8> {
    let value: Vec<&str> = field.value.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect();
    format!("{}:{}\r\n", field.name.trim_end().to_ascii_lowercase(), value.join(" ")).into_bytes()
}

/// One blank for many, none at the end of a line, no empty lines at the end.
pub fn body(body: &[u8]) -> Vec<u8> {
    let mut relaxed = Vec::with_capacity(body.len());
    let mut empty = 0;
    for line in body.split_inclusive(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = trim_end(line.strip_suffix(b"\r").unwrap_or(line));
        if line.is_empty() {
            empty += 1;
            continue;
        }
        for _ in 0..std::mem::take(&mut empty) {
            relaxed.extend(b"\r\n");
        }
        push_reduced(&mut relaxed, line);
        relaxed.extend(b"\r\n");
    }
    relaxed
}

fn trim_end(line: &[u8]) -> &[u8] {
    let end = line.iter().rposition(|b| !is_blank(*b)).map_or(0, |at| at + 1);
    &line[..end]
}

fn push_reduced(to: &mut Vec<u8>, line: &[u8]) {
    let mut blank = false;
    for byte in line {
        if !is_blank(*byte) {
            to.push(*byte);
        } else if !blank {
            to.push(b' ');
        }
        blank = is_blank(*byte);
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}
