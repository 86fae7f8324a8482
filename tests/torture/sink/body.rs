//! Where a mail ends, to a strict and to a lax reader.

/// How many bytes the mail has with its final dot; none if that has not come yet.
pub fn end(read: &[u8], lax: bool) -> Option<usize> {
    if lax {
        return lax_end(read);
    }
    if read.starts_with(b".\r\n") {
        return Some(3);
    }
    read.windows(5).position(|w| w == b"\r\n.\r\n").map(|at| at + 5)
}

fn lax_end(read: &[u8]) -> Option<usize> {
    let ends = |b: u8| matches!(b, b'\r' | b'\n');
    let dot = (0..read.len()).find(|&at| {
        read[at] == b'.' && (at == 0 || ends(read[at - 1])) && read.get(at + 1).is_some_and(|b| ends(*b))
    })?;
    match (read[dot + 1], read.get(dot + 2)) {
        (b'\r', Some(b'\n')) => Some(dot + 3),
        (b'\r', None) => None,
        _ => Some(dot + 2),
    }
}

/// Whether a CR or an LF stands alone.
pub fn has_bare_ends(mail: &[u8]) -> bool {
    mail.iter().enumerate().any(|(at, b)| match b {
        b'\r' => mail.get(at + 1) != Some(&b'\n'),
        b'\n' => at == 0 || mail[at - 1] != b'\r',
        _ => false,
    })
}
