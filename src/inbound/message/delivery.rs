//! What a delivery report says of each recipient (RFC 3464).

use mail_parser::Message;

use super::{headers, media_type, part_bytes};

/// More than servers write; our mails have one recipient each.
const LONGEST: usize = 64 * 1024;
const MOST: usize = 50;
const LONGEST_SAID: usize = 300;

/// One recipient of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Where it could not be delivered to, and whom it was sent to if that is said; in lower case.
    pub recipients: Vec<String>,
    /// "failed", "delayed"…; in lower case.
    pub action: String,
    /// "5.1.1"; empty if there is none.
    pub status: String,
    /// What the other server said, on one line.
    pub said: String,
}

/// The recipients of the report that a mail is, if it is one.
pub(super) fn deliveries(mail: &Message<'_>, raw: &[u8]) -> Vec<Delivery> {
    let Some(part) = mail.parts.iter().find(|part| media_type(part).contains("delivery-status")) else {
        return Vec::new();
    };
    let bytes = part_bytes(part, raw);
    read(&String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST)]))
}

/// Groups of fields, one for the mail and one for each recipient, with empty lines between them.
fn read(text: &str) -> Vec<Delivery> {
    let (mut all, mut current) = (Vec::new(), Delivery::default());
    for field in unfolded(text) {
        match field.split_once(':') {
            Some((name, value)) => current.take(name.trim(), value.trim()),
            None if field.is_empty() => all.extend(std::mem::take(&mut current).found()),
            None => {}
        }
    }
    all.extend(current.found());
    all.truncate(MOST);
    all
}

/// Lines with those that continue them; an empty one between groups.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(|line| line.trim_end()) {
        match lines.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) && !last.is_empty() => {
                last.push(' ');
                last.push_str(line.trim_start());
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

impl Delivery {
    fn take(&mut self, name: &str, value: &str) {
        // "rfc822; ann@example.org"
        let typed = || value.split_once(';').map_or(value, |(_, value)| value).trim();
        match name.to_ascii_lowercase().as_str() {
            "final-recipient" | "original-recipient" => self.recipients.extend(headers::valid(typed())),
            "action" => self.action = first_word(value).to_lowercase(),
            "status" => self.status = Some(first_word(value)).filter(|s| is_status(s)).unwrap_or_default().to_owned(),
            "diagnostic-code" => self.said = one_line(typed()),
            _ => {}
        }
    }

    fn found(self) -> Option<Delivery> {
        (self != Delivery::default()).then_some(self)
    }
}

fn first_word(value: &str) -> &str {
    value.split([' ', '\t', '(', ';']).next().unwrap_or_default()
}

/// "5.1.1" (RFC 3463): class 2, 4 or 5.
pub fn is_status(word: &str) -> bool {
    let numbers: Vec<&str> = word.split('.').collect();
    let number = |n: &&str| (1..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit());
    matches!(numbers[..], ["2" | "4" | "5", _, _]) && numbers.iter().all(number)
}

/// Shortened, without anything that could break out of a line.
pub fn one_line(text: &str) -> String {
    crate::mail::message::one_line(text, LONGEST_SAID)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_recipient_has_a_group() {
        let text = "Reporting-MTA: dns; mx\nArrival-Date: today\n\nOriginal-Recipient: rfc822;<Ann@Example.org>\n\
            Final-Recipient: RFC822; ann@gmail.com\nAction: Failed\nStatus: 5.1.1 (unknown)\n\
            Diagnostic-Code: smtp; 550-5.1.1 There is\n\t550 5.1.1 nobody\n\n\nFinal-recipient: rfc822; b@c.d\n\
            action: delayed\nstatus: later";
        let all = read(text);
        assert_eq!(all.len(), 2, "{all:?}");
        assert_eq!(all[0].recipients, ["ann@example.org", "ann@gmail.com"]);
        assert_eq!((all[0].action.as_str(), all[0].status.as_str()), ("failed", "5.1.1"));
        assert_eq!(all[0].said, "550-5.1.1 There is 550 5.1.1 nobody");
        assert_eq!((all[1].action.as_str(), all[1].status.as_str()), ("delayed", ""));
    }

    #[test]
    fn a_report_is_read_only_so_far() {
        assert_eq!(read(&"Action: failed\n\n".repeat(10_000)).len(), MOST);
        assert!(read("Diagnostic-Code: x;\0\r\u{202e}boo").iter().all(|one| one.said == "boo"));
    }

    #[test]
    fn statuses_have_three_numbers() {
        assert!(["5.1.1", "4.4.10", "2.0.0", "5.7.606"].into_iter().all(is_status));
        assert!(["5.1", "550", "6.1.1", "5.1.1.1", "5..1", "5.1.1000", ""].into_iter().all(|word| !is_status(word)));
    }
}
