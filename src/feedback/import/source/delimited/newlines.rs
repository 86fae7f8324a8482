//! Every line end becomes `\n`, and the last line has one. The CSV reader counts lines by `\n` alone, and stops between
//! `\r` and `\n`; without this, line numbers in messages would be wrong for every file that comes from Windows.

use std::io::{self, BufRead, Read};

pub(super) struct Newlines<R> {
    inner: R,
    /// The last byte was `\r`: a `\n` right after it belongs to it.
    after_return: bool,
    /// The last byte given was not a line end.
    in_line: bool,
}

impl<R: BufRead> Newlines<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, after_return: false, in_line: false }
    }

    fn end(&mut self, buffer: &mut [u8]) -> usize {
        match buffer.first_mut() {
            Some(last) if std::mem::take(&mut self.in_line) => {
                *last = b'\n';
                1
            }
            _ => 0,
        }
    }
}

impl<R: BufRead> Read for Newlines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let input = self.inner.fill_buf()?;
            if input.is_empty() || buffer.is_empty() {
                return Ok(self.end(buffer));
            }
            let (taken, given) = copy(input, buffer, &mut self.after_return);
            self.inner.consume(taken);
            if given > 0 {
                self.in_line = buffer[given - 1] != b'\n';
                return Ok(given);
            }
        }
    }
}

/// Copies what fits, stretches without `\r` at once; says how much was taken and how much was given.
fn copy(input: &[u8], buffer: &mut [u8], after_return: &mut bool) -> (usize, usize) {
    let (mut taken, mut given) = (0, 0);
    while taken < input.len() && given < buffer.len() {
        if std::mem::take(after_return) && input[taken] == b'\n' {
            taken += 1;
            continue;
        }
        let room = (input.len() - taken).min(buffer.len() - given);
        let stretch = &input[taken..taken + room];
        let plain = stretch.iter().position(|b| *b == b'\r').unwrap_or(room);
        buffer[given..given + plain].copy_from_slice(&stretch[..plain]);
        (taken, given) = (taken + plain, given + plain);
        if plain < room {
            buffer[given] = b'\n';
            (taken, given) = (taken + 1, given + 1);
            *after_return = true;
        }
    }
    (taken, given)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn through(input: &[u8], buffer: usize) -> Vec<u8> {
        let mut reader = Newlines::new(io::BufReader::with_capacity(3, input));
        let (mut all, mut chunk) = (Vec::new(), vec![0; buffer]);
        loop {
            match reader.read(&mut chunk).unwrap() {
                0 => return all,
                n => all.extend_from_slice(&chunk[..n]),
            }
        }
    }

    #[test]
    fn every_kind_of_line_end_becomes_one() {
        assert_eq!(through(b"a\r\nb\rc\n\r\n\r\rd", 2), b"a\nb\nc\n\n\n\nd\n");
        assert_eq!(through(b"", 2), b"");
    }

    proptest! {
        #[test]
        fn buffers_make_no_difference(text in "[a\r\n]{0,40}", buffer in 1_usize..9) {
            let mut expected = text.replace("\r\n", "\n").replace('\r', "\n");
            if !expected.is_empty() && !expected.ends_with('\n') {
                expected.push('\n');
            }
            prop_assert_eq!(through(text.as_bytes(), buffer), expected.into_bytes());
        }
    }
}
