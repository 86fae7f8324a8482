//! Reading another encoding as UTF-8, a buffer at a time.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, Encoding};

const BUFFER: usize = 32 * 1024;

/// A reader of UTF-8 over a reader of something else.
pub(super) struct Transcoder<R> {
    inner: R,
    decoder: Decoder,
    input: Vec<u8>,
    /// The part of `input` that is not decoded yet.
    start: usize,
    end: usize,
    eof: bool,
    output: Vec<u8>,
    given: usize,
    done: bool,
}

impl<R: Read> Transcoder<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self {
            inner,
            decoder: encoding.new_decoder_without_bom_handling(),
            input: vec![0; BUFFER],
            start: 0,
            end: 0,
            eof: false,
            output: Vec::new(),
            given: 0,
            done: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        if self.start == self.end && !self.eof {
            self.start = 0;
            self.end = self.inner.read(&mut self.input)?;
            self.eof = self.end == 0;
        }
        self.output.resize(3 * BUFFER, 0);
        let input = &self.input[self.start..self.end];
        let (result, read, written, _) = self.decoder.decode_to_utf8(input, &mut self.output, self.eof);
        self.start += read;
        self.output.truncate(written);
        self.given = 0;
        self.done = self.eof && result == CoderResult::InputEmpty;
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.output.len() && !self.done {
            self.refill()?;
        }
        let n = buffer.len().min(self.output.len() - self.given);
        buffer[..n].copy_from_slice(&self.output[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}
