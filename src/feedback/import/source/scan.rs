//! The first reading of a file: its hash and what is needed to tell its encoding, in one pass and little memory.

use std::fs::File;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

const CHUNK: usize = 64 * 1024;
const SAMPLE: usize = 256 * 1024;

/// What one pass over the bytes found out.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub total: u64,
    pub sha256: String,
    /// The beginning of the file.
    pub head: Vec<u8>,
    /// Stretches with letters beyond ASCII, from wherever in the file they are.
    pub sample: Vec<u8>,
    pub utf8: Utf8,
}

impl Scan {
    pub(super) fn read(file: &mut File) -> io::Result<Self> {
        let (mut scan, mut hash) = (Self::default(), Sha256::new());
        let mut chunk = vec![0; CHUNK];
        loop {
            let n = fill(file, &mut chunk)?;
            let bytes = &chunk[..n];
            hash.update(bytes);
            scan.take(bytes);
            if n < CHUNK {
                break;
            }
        }
        scan.utf8.end();
        scan.sha256 = data_encoding::HEXLOWER.encode(&hash.finalize());
        Ok(scan)
    }

    fn take(&mut self, bytes: &[u8]) {
        if self.total == 0 {
            self.head = bytes.to_vec();
        }
        self.total += bytes.len() as u64;
        if self.sample.len() < SAMPLE && !bytes.is_ascii() {
            self.sample.extend_from_slice(bytes);
        }
        self.utf8.feed(bytes);
    }

    #[cfg(test)]
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut scan = Self::default();
        bytes.chunks(CHUNK).for_each(|chunk| scan.take(chunk));
        scan.utf8.end();
        scan
    }
}

/// Reads until the buffer is full or the file ends, so that the first chunk is a real head even from a slow device.
fn fill(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut n = 0;
    while n < buffer.len() {
        match file.read(&mut buffer[n..]) {
            Ok(0) => break,
            Ok(more) => n += more,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(n)
}

/// Counts how much of a stream of bytes is UTF-8.
#[derive(Debug, Default)]
pub(super) struct Utf8 {
    /// Characters of several bytes that are right.
    pub letters: u64,
    /// Places that are wrong.
    pub broken: u64,
    carry: Vec<u8>,
}

impl Utf8 {
    fn feed(&mut self, bytes: &[u8]) {
        // Already clearly something else: the count would only get slower, not more certain.
        if self.broken > 1000 && self.broken > self.letters {
            return;
        }
        if self.carry.is_empty() {
            return self.count(bytes);
        }
        let joined = [std::mem::take(&mut self.carry).as_slice(), bytes].concat();
        self.count(&joined);
    }

    fn count(&mut self, mut bytes: &[u8]) {
        loop {
            let Err(e) = std::str::from_utf8(bytes) else {
                self.letters += lead_bytes(bytes);
                return;
            };
            self.letters += lead_bytes(&bytes[..e.valid_up_to()]);
            let rest = &bytes[e.valid_up_to()..];
            let Some(wrong) = e.error_len() else {
                self.carry = rest.to_vec();
                return;
            };
            self.broken += 1;
            bytes = &rest[wrong..];
        }
    }

    fn end(&mut self) {
        self.broken += u64::from(!self.carry.is_empty());
    }
}

fn lead_bytes(valid: &[u8]) -> u64 {
    valid.iter().map(|byte| u64::from(*byte >= 0xC0)).sum()
}
