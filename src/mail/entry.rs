//! A meeting as an entry for calendars (iCalendar, RFC 5545): one in a mail that moves it in its reader's calendar (iTIP,
//! RFC 5546), or many behind an address that a calendar subscribes to.

use super::letters::Council;
use super::message::{self, Party};
use super::outbox::Mail;
use crate::error::{Error, Result};
use chrono::{DateTime, Duration, Utc};
use icalendar::{Attendee, Calendar, Component, Event, EventLike, EventStatus, PartStat, Property, Role};

const PRODUCT: &str = "-//Heard//Council//EN";
/// How often calendars that can be told so ask again.
const REFRESH: Duration = Duration::hours(6);
const LONGEST_TITLE: usize = 200;

/// What a calendar is to do with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Put it in, or move it.
    Request,
    /// Take it out.
    Cancel,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Request => "REQUEST",
            Method::Cancel => "CANCEL",
        }
    }
}

/// One meeting.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The same for as long as it is the same meeting.
    pub uid: String,
    /// Grows with every change.
    pub sequence: u32,
    pub starts_at: DateTime<Utc>,
    pub minutes: i64,
    pub title: String,
    pub place: Option<String>,
    pub text: String,
    pub url: String,
    pub cancelled: bool,
}

/// How every calendar knows a meeting of ours.
pub fn uid(meeting_id: i64, domain: &str) -> String {
    format!("council-{meeting_id}@{domain}")
}

/// The part of a mail that calendars read; none where there is nothing for them to do.
pub fn of(mail: &Mail, from: Party<'_>, domain: &str, now: DateTime<Utc>) -> Result<Option<(Method, String)>> {
    if mail.template != "council" {
        return Ok(None);
    }
    let letter: Council = serde_json::from_value(mail.data.0.clone()).map_err(Error::internal)?;
    let method = match letter.why.as_str() {
        "invited" | "moved" | "changed" => Method::Request,
        "cancelled" | "left" => Method::Cancel,
        _ => return Ok(None),
    };
    let entry = Entry {
        uid: uid(letter.meeting_id, domain),
        sequence: letter.sequence,
        starts_at: letter.starts_at,
        minutes: letter.minutes,
        text: text(&letter),
        title: letter.council,
        place: letter.place,
        url: letter.url,
        cancelled: method == Method::Cancel,
    };
    let to = Party { name: &mail.name, address: &mail.address };
    invitation(&entry, method, from, to, now).map(|text| Some((method, text)))
}

/// What stands in the entry: the agenda, as far as it is known.
fn text(letter: &Council) -> String {
    let lines: Vec<String> =
        letter.agenda.iter().enumerate().map(|(n, item)| format!("{}. {}", n + 1, item.title)).collect();
    format!("{}\n\n{}", lines.join("\n"), letter.url).trim().to_owned()
}

fn invitation(entry: &Entry, method: Method, from: Party<'_>, to: Party<'_>, now: DateTime<Utc>) -> Result<String> {
    let mut event = event(entry, now);
    let mut organizer = Property::new("ORGANIZER", mailto(from.address)?);
    organizer.add_parameter("CN", &parameter(from.name));
    event.append_property(organizer.done());
    let attendee = Attendee::new(mailto(to.address)?)
        .cn(parameter(to.name))
        .role(Role::ReqParticipant)
        .partstat(PartStat::NeedsAction)
        .rsvp(false);
    event.attendee(attendee);
    let mut calendar = calendar();
    calendar.append_property(Property::new("METHOD", method.as_str()));
    calendar.push(event.done());
    written(&calendar)
}

/// All meetings of a calendar's address.
pub fn feed(name: &str, entries: &[Entry], now: DateTime<Utc>) -> Result<String> {
    let mut calendar = calendar();
    let name = line(name).replace(['\\', ',', ';'], " ");
    calendar.name(&name).ttl(&REFRESH);
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    for entry in entries {
        calendar.push(event(entry, now).done());
    }
    written(&calendar)
}

fn calendar() -> Calendar {
    let mut calendar = Calendar::empty();
    for (name, value) in [("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(Property::new(name, value));
    }
    calendar
}

fn event(entry: &Entry, now: DateTime<Utc>) -> Event {
    let mut event = Event::new();
    event
        .uid(&entry.uid)
        .sequence(entry.sequence)
        .timestamp(now)
        .starts(entry.starts_at)
        .ends(entry.starts_at + Duration::minutes(entry.minutes))
        .summary(&line(&entry.title))
        .description(&lines(&entry.text))
        .status(if entry.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    event.append_property(Property::new("URL", line(&entry.url).replace(' ', "%20")));
    if let Some(place) = &entry.place {
        event.location(&line(place));
    }
    event
}

/// The library folds lines and escapes texts; it does not look for what else could end a line.
fn written(calendar: &Calendar) -> Result<String> {
    let text = calendar.to_string();
    let bare = text.replace("\r\n", "").contains(|c: char| c.is_control() && c != '\t');
    if bare { Err(Error::internal("a calendar holds a control character")) } else { Ok(text) }
}

fn mailto(address: &str) -> Result<String> {
    let address = message::address(address).map_err(Error::internal)?;
    Ok(format!("mailto:{address}"))
}

/// A parameter's value stands between quotes and cannot hold one.
fn parameter(text: &str) -> String {
    line(text).replace('"', "'")
}

fn line(text: &str) -> String {
    message::one_line(text, LONGEST_TITLE)
}

fn lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(line).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::message::tests::hostile;
    use icalendar::parser::{read_calendar, unfold};
    use proptest::prelude::*;

    fn entry(said: &str) -> Entry {
        Entry {
            uid: uid(7, "heard.example"),
            sequence: 3,
            starts_at: "2026-12-01T09:00:00Z".parse().unwrap(),
            minutes: 60,
            title: said.into(),
            place: Some(said.into()),
            text: format!("1. {said}\n2. Второй вопрос"),
            url: "https://heard.example/council/meetings/7".into(),
            cancelled: false,
        }
    }

    fn invited(said: &str) -> String {
        let (from, to) =
            (Party { name: said, address: "heard@heard.example" }, Party { name: said, address: "anna@heard.example" });
        invitation(&entry(said), Method::Request, from, to, "2026-11-23T09:00:00Z".parse().unwrap()).unwrap()
    }

    #[test]
    fn calendars_find_what_they_need() {
        let text = invited("Council");
        for line in [
            "METHOD:REQUEST",
            "UID:council-7@heard.example",
            "SEQUENCE:3",
            "DTSTAMP:20261123T090000Z",
            "DTSTART:20261201T090000Z",
            "DTEND:20261201T100000Z",
            "SUMMARY:Council",
            "ORGANIZER;CN=Council:mailto:heard@heard.example",
            "STATUS:CONFIRMED",
        ] {
            assert!(text.contains(&format!("{line}\r\n")), "{line} is not in {text}");
        }
        assert!(text.replace("\r\n ", "").contains("mailto:anna@heard.example\r\n"), "{text}");
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    }

    proptest! {
        #[test]
        fn nothing_breaks_out_of_an_entry(said in hostile()) {
            let text = invited(&said);
            prop_assert_eq!(text.matches("\r\nBEGIN:VEVENT\r\n").count(), 1);
            let unfolded = unfold(&text);
            let calendar = read_calendar(&unfolded);
            prop_assert!(calendar.is_ok(), "{:?}", calendar);
            let names: Vec<String> = calendar.unwrap().components[0].properties.iter().map(|p| p.name.to_string()).collect();
            let known = ["ATTENDEE", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "LOCATION", "ORGANIZER", "SEQUENCE", "STATUS", "SUMMARY", "UID", "URL"];
            prop_assert!(names.iter().all(|name| known.contains(&name.as_str())), "{:?}", names);
        }
    }
}
