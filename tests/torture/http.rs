//! A small HTTP client over one kept connection, which says honestly when an answer did not arrive.

use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::TcpStream;
use std::time::Duration;

pub struct Client {
    port: u16,
    stream: Option<TcpStream>,
}

pub struct Answer {
    pub status: u16,
    pub body: String,
    /// The server hangs up behind it.
    pub last: bool,
}

impl Client {
    pub fn of(port: u16) -> Client {
        Client { port, stream: None }
    }

    pub fn get(&mut self, path: &str) -> Result<Answer> {
        self.exchange(format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n").as_bytes())
    }

    pub fn post(&mut self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<Answer> {
        let mut request = format!("POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        request += "\r\n";
        self.exchange(&[request.as_bytes(), body].concat())
    }

    /// Never sends twice: whoever asks knows whether that is safe.
    fn exchange(&mut self, request: &[u8]) -> Result<Answer> {
        let mut stream = match self.stream.take() {
            Some(kept) => kept,
            None => self.connect()?,
        };
        stream.write_all(request)?;
        let answer = read(&mut stream)?;
        self.stream = Some(stream).filter(|_| !answer.last);
        Ok(answer)
    }

    fn connect(&self) -> Result<TcpStream> {
        let stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(stream)
    }
}

/// Our answers say their length, or come in chunks.
fn read(stream: &mut TcpStream) -> Result<Answer> {
    let (mut buffer, mut piece) = (Vec::new(), [0; 16 * 1024]);
    loop {
        let read = stream.read(&mut piece)?;
        if read == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        buffer.extend_from_slice(&piece[..read]);
        let Some(head) = buffer.windows(4).position(|w| w == b"\r\n\r\n") else { continue };
        let headers = String::from_utf8_lossy(&buffer[..head]).to_lowercase();
        let length = headers.split("content-length: ").nth(1).and_then(|l| l.lines().next()?.parse::<usize>().ok());
        let whole = match length {
            Some(length) => buffer.len() >= head + 4 + length,
            None => buffer.ends_with(b"\r\n0\r\n\r\n"),
        };
        if whole {
            let status = headers.split(' ').nth(1).and_then(|code| code.parse().ok());
            let status = status.ok_or_else(|| Error::from(ErrorKind::InvalidData))?;
            let body = String::from_utf8_lossy(&buffer[head + 4..]).into_owned();
            return Ok(Answer { status, body, last: headers.contains("connection: close") });
        }
    }
}
