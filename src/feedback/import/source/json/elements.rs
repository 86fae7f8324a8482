//! Cuts a JSON file into its elements without holding more than one of them: an array of a gigabyte is read like a
//! thousand small files. Between the elements the syntax of the array is checked here, inside them by `serde_json`.

use std::io::{BufRead, Read};

use super::{Shape, SourceError};

/// An element longer than this is a file that was not meant to be rows, or a quote that was never closed.
const MAX_ELEMENT: usize = 16 * 1024 * 1024;

/// One element and the line it starts on.
pub(super) struct Element<'a> {
    pub line: u64,
    pub json: &'a [u8],
}

/// The elements of a file, one after the other.
pub(super) struct Elements<R> {
    reader: R,
    shape: Shape,
    state: State,
    line: u64,
    buffer: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Start,
    AfterElement,
    End,
}

impl<R: BufRead> Elements<R> {
    pub(super) fn new(reader: R, shape: Shape) -> Self {
        Self { reader, shape, state: State::Start, line: 1, buffer: Vec::new() }
    }

    /// The next element. Not an `Iterator`: the element is only lent.
    pub(super) fn next(&mut self) -> Result<Option<Element<'_>>, SourceError> {
        let found = match self.shape {
            Shape::Lines => self.next_line()?,
            Shape::Array => self.next_in_array()?,
        };
        Ok(found.map(|line| Element { line, json: self.buffer.trim_ascii() }))
    }

    fn next_line(&mut self) -> Result<Option<u64>, SourceError> {
        loop {
            self.buffer.clear();
            let mut limited = (&mut self.reader).take(MAX_ELEMENT as u64 + 1);
            if limited.read_until(b'\n', &mut self.buffer)? == 0 {
                return Ok(None);
            }
            self.check_size()?;
            self.line += 1;
            if !self.buffer.trim_ascii().is_empty() {
                return Ok(Some(self.line - 1));
            }
        }
    }

    fn next_in_array(&mut self) -> Result<Option<u64>, SourceError> {
        if self.state == State::End || !self.enter()? {
            return Ok(None);
        }
        let line = self.line;
        self.read_value()?;
        self.state = State::AfterElement;
        Ok(Some(line))
    }

    /// Steps over what stands before an element; false at the end of the array.
    fn enter(&mut self) -> Result<bool, SourceError> {
        let first = self.state == State::Start;
        if first {
            self.expect(b'[')?;
        }
        match self.peek()? {
            Some(b']') => return self.finish().map(|()| false),
            _ if first => return Ok(true),
            _ => self.expect(b',')?,
        }
        match self.peek()? {
            Some(b']') => Err(self.broken("a comma after the last element")),
            _ => Ok(true),
        }
    }

    fn finish(&mut self) -> Result<(), SourceError> {
        self.expect(b']')?;
        self.state = State::End;
        match self.peek()? {
            None => Ok(()),
            Some(_) => Err(self.broken("something follows the array")),
        }
    }

    fn expect(&mut self, wanted: u8) -> Result<(), SourceError> {
        match self.peek()? {
            Some(byte) if byte == wanted => {
                self.reader.consume(1);
                Ok(())
            }
            Some(_) => Err(self.broken(&format!("expected '{}'", char::from(wanted)))),
            None => Err(self.broken("the file ends in the middle of the array")),
        }
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Result<Option<u8>, SourceError> {
        loop {
            let input = self.reader.fill_buf()?;
            let Some(byte) = input.first().copied() else { return Ok(None) };
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Ok(Some(byte));
            }
            self.line += u64::from(byte == b'\n');
            self.reader.consume(1);
        }
    }

    /// Copies one value into the buffer.
    fn read_value(&mut self) -> Result<(), SourceError> {
        self.buffer.clear();
        let mut scan = ValueScan::default();
        loop {
            let input = self.reader.fill_buf()?;
            if input.is_empty() {
                return Err(self.broken("the file ends in the middle of the array"));
            }
            let (taken, complete) = scan.take(input);
            self.line += input[..taken].iter().filter(|b| **b == b'\n').count() as u64;
            self.buffer.extend_from_slice(&input[..taken]);
            self.reader.consume(taken);
            self.check_size()?;
            if complete {
                return Ok(());
            }
        }
    }

    fn check_size(&self) -> Result<(), SourceError> {
        if self.buffer.len() > MAX_ELEMENT { Err(self.broken("one element is larger than 16 MB")) } else { Ok(()) }
    }

    fn broken(&self, message: &str) -> SourceError {
        SourceError::Json { line: self.line, message: message.to_owned() }
    }
}

/// Finds the end of one value: the bracket that closes it, or for a plain value the comma or bracket behind it.
#[derive(Default)]
struct ValueScan {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl ValueScan {
    /// How many of these bytes belong to the value, and whether it ends with them.
    fn take(&mut self, input: &[u8]) -> (usize, bool) {
        for (i, byte) in input.iter().enumerate() {
            if self.in_string {
                self.step_in_string(*byte);
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b',' | b']' | b'}' if self.depth == 0 => return (i, true),
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return (i + 1, true);
                    }
                }
                _ => {}
            }
        }
        (input.len(), false)
    }

    fn step_in_string(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => self.in_string = false,
            _ => {}
        }
    }
}
