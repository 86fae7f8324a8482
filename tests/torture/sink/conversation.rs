//! One connection, from the banner to the end.

use super::script::{Script, Step};
use super::{Accepted, Shared, body, lock};
use data_encoding::BASE64;
use std::io::{ErrorKind, Read, Result, Write};
use std::net::TcpStream;
use std::time::Instant;

const BANNER: &str = "220 sink.example ESMTP";
const EHLO: &str = "250-sink.example\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN LOGIN";

struct Conversation<'a> {
    stream: TcpStream,
    /// What was read and not yet looked at.
    ahead: Vec<u8>,
    shared: &'a Shared,
    from: String,
    recipient: String,
}

pub fn hold(stream: TcpStream, shared: &Shared) {
    let mut conversation =
        Conversation { stream, ahead: Vec::new(), shared, from: String::new(), recipient: String::new() };
    // However it ends, by a kill, by a script or by the client: the mails that were taken are in the list.
    if let Err(e) = conversation.run()
        && !matches!(e.kind(), ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe)
    {
        eprintln!("mail server: {e}");
    }
}

impl Conversation<'_> {
    fn run(&mut self) -> Result<()> {
        self.stream.set_nodelay(true)?;
        self.pass(Step::Connect)?;
        self.answer(Step::Banner, BANNER)?;
        loop {
            let line = self.line()?;
            let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match word.as_str() {
                "EHLO" | "HELO" => self.answer(Step::Ehlo, EHLO)?,
                "AUTH" => self.sign_in(&line)?,
                "MAIL" => self.answer(Step::Mail, "250 ok")?,
                "RCPT" => {
                    self.recipient = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    self.answer(Step::Rcpt, "250 ok")?;
                }
                "DATA" => self.mail()?,
                "QUIT" => return self.say("221 bye"),
                _ => self.say("250 whatever you say")?,
            }
        }
    }

    fn sign_in(&mut self, line: &str) -> Result<()> {
        let plain = line.rsplit(' ').next().and_then(|word| BASE64.decode(word.as_bytes()).ok()).unwrap_or_default();
        let name = plain.split(|b| *b == 0).nth(1).unwrap_or_default();
        self.from = String::from_utf8_lossy(name).into_owned();
        self.answer(Step::Auth, "235 welcome")
    }

    fn mail(&mut self) -> Result<()> {
        self.answer(Step::Data, "354 go on")?;
        if self.ahead.is_empty() {
            self.read_more()?;
        }
        self.pass(Step::Body)?;
        let lax = self.script().lax;
        let end = loop {
            match body::end(&self.ahead, lax) {
                Some(end) => break end,
                None => self.read_more()?,
            }
        };
        let mail: Vec<u8> = self.ahead.drain(..end).collect();
        let script = self.script();
        if script.swallows {
            return self.answer(Step::Taken, "250 taken");
        }
        if script.forgets {
            self.pass(Step::Dot)?;
        }
        let taken = self.shared.take(self.accepted(&mail))?;
        self.pass(Step::Dot)?;
        // Before the answer leaves: by the time the client has it, the list says so.
        self.shared.told(taken);
        self.answer(Step::Taken, "250 taken")
    }

    fn accepted(&self, mail: &[u8]) -> Accepted {
        let head = mail.windows(4).position(|w| w == b"\r\n\r\n").unwrap_or(mail.len());
        let headers = String::from_utf8_lossy(&mail[..head]);
        let id = headers.lines().find_map(|line| line.strip_prefix("Message-ID: <")?.strip_suffix('>'));
        Accepted {
            id: id.unwrap_or_default().to_owned(),
            recipient: self.recipient.clone(),
            from: self.from.clone(),
            at: Instant::now(),
            told: false,
            bare: body::has_bare_ends(mail),
        }
    }

    /// Answers a step, as the script wants it.
    fn answer(&mut self, step: Step, usual: &'static str) -> Result<()> {
        self.say(self.script().answer(step, usual))?;
        self.pass(step)
    }

    /// A step is reached: here the script may hang up or kill.
    fn pass(&mut self, step: Step) -> Result<()> {
        let script = self.script();
        if let Some((at, time)) = script.wait
            && at == step
        {
            std::thread::sleep(time);
        }
        if self.shared.kills_at(step) || script.drop_at == Some(step) {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        Ok(())
    }

    fn script(&self) -> Script {
        lock(&self.shared.script).clone()
    }

    fn say(&mut self, line: &str) -> Result<()> {
        self.stream.write_all(format!("{line}\r\n").as_bytes())
    }

    /// Ends at LF, with or without a CR.
    fn line(&mut self) -> Result<String> {
        loop {
            if let Some(end) = self.ahead.iter().position(|b| *b == b'\n') {
                let line: Vec<u8> = self.ahead.drain(..=end).collect();
                return Ok(String::from_utf8_lossy(line.trim_ascii_end()).into_owned());
            }
            self.read_more()?;
        }
    }

    fn read_more(&mut self) -> Result<()> {
        let mut piece = [0; 64 * 1024];
        match self.stream.read(&mut piece)? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            n => {
                self.ahead.extend_from_slice(&piece[..n]);
                Ok(())
            }
        }
    }
}
