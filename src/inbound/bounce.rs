//! What a report that a mail of ours could not be delivered means for its address: that nobody is there, or that it may
//! be better another day, or nothing. Pure.

use super::message::Incoming;
use super::message::delivery::{Delivery, is_status, one_line};
use crate::mail::undeliverable::{Kind, normal};

/// A report that a mail did not arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    pub kind: Kind,
    /// What the other side said.
    pub said: String,
}

/// So much of a report in words is looked at, and so many lines behind the address.
const LONGEST_WORDS: usize = 20_000;
const LINES: usize = 12;
/// Such a report means that there is still hope.
const HOPE: [&str; 12] = [
    "delivery status notification (delay)",
    "delayed mail",
    "has been delayed",
    "is delayed",
    "not yet been delivered",
    "not been delivered yet",
    "still being retried",
    "will be retried",
    "will continue to try",
    "will keep trying",
    "no action is required",
    "do not need to resend",
];
/// What servers write where there is nobody of that name, whatever number they put before it.
const NOBODY: [&str; 34] = [
    "user unknown",
    "unknown user",
    "unknown recipient",
    "recipient unknown",
    "unknown address",
    "address unknown",
    "unknown or illegal alias",
    "unrouteable address",
    "no such user",
    "no such recipient",
    "no such mailbox",
    "no such address",
    "no such person",
    "no mailbox here by that name",
    "not exist",
    "doesn't exist",
    "doesn't have a",
    "does not have a",
    "user not found",
    "recipient not found",
    "recipientnotfound",
    "mailbox not found",
    "address not found",
    "invalid recipient",
    "invalid mailbox",
    "mailbox invalid",
    "mailbox unavailable",
    "recipient address rejected",
    "not a valid mailbox",
    "mailbox is disabled",
    "account is disabled",
    "account has been disabled",
    "host or domain name not found",
    "nullmx",
];

/// What a report says about this address, to which the mail went; nothing if it was not given up.
pub fn judge(mail: &Incoming, address: &str) -> Option<Bounce> {
    let address = normal(address);
    let about = |one: &&Delivery| one.recipients.iter().any(|recipient| normal(recipient) == address);
    match mail.deliveries.as_slice() {
        [] => in_words(&mail.whole(), &address),
        // Each mail has one recipient; another address in the report is where that one was forwarded to.
        all => verdict(all.iter().find(about).or(all.first())?, &mail.text),
    }
}

fn verdict(one: &Delivery, words: &str) -> Option<Bounce> {
    match one.action.as_str() {
        "failed" => {}
        "delayed" | "delivered" | "relayed" | "expanded" => return None,
        // No action that the standard knows: the number decides.
        _ if one.status.starts_with('5') => {}
        _ => return None,
    }
    let said = match (one.said.is_empty(), one.status.is_empty()) {
        (false, false) if !one.said.contains(&one.status) => format!("{} {}", one.status, one.said),
        (false, _) => one.said.clone(),
        (true, false) => one.status.clone(),
        (true, true) => one_line(words),
    };
    Some(Bounce { kind: kind(&one.status, &said), said })
}

/// A report as servers wrote them before the standard, qmail above all: the address, and behind it what was said.
fn in_words(text: &str, address: &str) -> Option<Bounce> {
    let text: String = text.chars().take(LONGEST_WORDS).collect();
    let lower = text.to_lowercase();
    if HOPE.iter().any(|words| lower.contains(words)) {
        return None;
    }
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let at = lines.iter().position(|line| line.to_lowercase().contains(address))?;
    // A ruled line, or an empty one behind words, ends what belongs to the address.
    let ruled = |line: &&&str| !line.starts_with("---") && !line.starts_with("===");
    let said: Vec<&str> = lines[at..].iter().take(LINES).take_while(ruled).copied().collect();
    let said = one_line(&said.join(" "));
    let number = numbers(&said).next().map(|number| kind(number, &said));
    let unnumbered = || match (nobody(&said), said.split(' ').any(is_reply)) {
        (true, _) => Some(Kind::Hard),
        (false, true) => Some(Kind::Soft),
        (false, false) => None,
    };
    number.or_else(unnumbered).map(|kind| Bounce { kind, said: said.clone() })
}

/// "550", "452"
fn is_reply(word: &str) -> bool {
    word.len() == 3 && word.starts_with(['4', '5']) && word.bytes().all(|b| b.is_ascii_digit())
}

/// 5.1.x, 5.2.1 and 5.4.4 say that nobody is there, except where the sender is meant. A policy, a size, a loop or a full
/// mailbox say nothing about the address; where the number says nothing, the words do.
fn kind(status: &str, said: &str) -> Kind {
    let specific = |number: &&str| !number.is_empty() && !number.ends_with(".0.0") && !number.ends_with(".5.0");
    let number = Some(status).filter(specific).or_else(|| numbers(said).find(specific)).unwrap_or(status);
    match number {
        "5.1.7" | "5.1.8" => Kind::Soft,
        "5.2.1" | "5.4.4" => Kind::Hard,
        _ if number.starts_with("5.1.") => Kind::Hard,
        _ if number.starts_with("4.") || number.starts_with("5.7.") || number == "5.2.2" => Kind::Soft,
        _ if nobody(said) => Kind::Hard,
        _ => Kind::Soft,
    }
}

/// Statuses that say "no", wherever they stand in what was said.
fn numbers(said: &str) -> impl Iterator<Item = &str> {
    let words = said.split(|c: char| !c.is_ascii_digit() && c != '.').map(|word| word.trim_end_matches('.'));
    words.filter(|word| is_status(word) && !word.starts_with('2'))
}

fn nobody(said: &str) -> bool {
    let lower = said.to_lowercase().replace('\u{2019}', "'");
    NOBODY.iter().any(|words| lower.contains(words))
}

#[cfg(test)]
mod tests;
