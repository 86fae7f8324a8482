//! The log of the process: to stderr, and nobody in it.

use std::borrow::Cow;
use std::io::{IsTerminal, Write};
use tracing_subscriber::EnvFilter;

/// Template engines log what they render, mail and web libraries what they read.
const SILENT: [&str; 6] =
    ["handlebars=warn", "html5ever=warn", "lettre=warn", "mail_parser=warn", "actix_http=warn", "actix_multipart=warn"];

/// `HEARD_LOG` is a level for the program itself, or a filter of tracing's. Whatever it says, libraries that would
/// write down what people said and who they are keep silent.
pub fn to_stderr() {
    let asked = std::env::var("HEARD_LOG").unwrap_or_default();
    let filter = match asked.as_str() {
        "" => "info,actix_server=warn".to_owned(),
        level if level.chars().all(char::is_alphabetic) => format!("info,actix_server=warn,heard={level}"),
        filter => filter.to_owned(),
    };
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(format!("{filter},{}", SILENT.join(","))))
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(|| Discreet(std::io::stderr()))
        .with_target(false)
        .init();
}

/// Leaves out addresses: what mail servers and databases say about an error names people.
struct Discreet<W>(W);

impl<W: Write> Write for Discreet<W> {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        let text = String::from_utf8_lossy(line);
        self.0.write_all(without_addresses(&text).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

fn without_addresses(line: &str) -> Cow<'_, str> {
    if !line.contains('@') {
        return line.into();
    }
    let part_of_one = |c: char| c.is_alphanumeric() || "@.+-_!#$%&*/=?^`{|}~:".contains(c);
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while !rest.is_empty() {
        let end = rest.find(|c| !part_of_one(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        kept.push_str(if word.contains('@') { "(address)" } else { word });
        let between = after.find(part_of_one).unwrap_or(after.len());
        kept.push_str(&after[..between]);
        rest = &after[between..];
    }
    kept.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_left_out_and_nothing_else() {
        let said = "reason=\"550 5.1.1 <Anna.Berg+x@example.org>: no such user\" id=7\n";
        assert_eq!(without_addresses(said), "reason=\"550 5.1.1 <(address)>: no such user\" id=7\n");
        assert_eq!(without_addresses("«иван@пример.рф» smtp://me:word@host:25"), "«(address)» (address)");
        assert_eq!(without_addresses("a word, ждём ответа"), "a word, ждём ответа");
    }

    #[test]
    fn a_line_is_written_whole() {
        let mut out = Discreet(Vec::new());
        out.write_all("to anna@example.org\n".as_bytes()).unwrap();
        assert_eq!(out.0, b"to (address)\n");
    }
}
