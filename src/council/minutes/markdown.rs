//! Minutes as a Markdown file. What people typed is text there, never markup.

use super::record::{Line, Record};
use crate::council::meeting::votes::Tally;
use crate::council::model::Vote;
use crate::i18n::{self, Arg, Lang};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// The whole file, in a reader's language and zone.
pub fn minutes(record: &Record, lang: Lang, zone: Tz) -> String {
    let writer = Writer { lang, zone };
    let mut parts = vec![writer.head(record), writer.there(record)];
    parts.push(writer.heading("minutes-decisions"));
    parts.extend(record.items.iter().enumerate().map(|(n, line)| writer.item(n + 1, line)));
    if record.items.is_empty() {
        parts.push(writer.t("minutes-nothing-decided", &[]));
    }
    if !record.left_over.is_empty() {
        parts.push(writer.heading("minutes-left-over"));
        parts.push(list(record.left_over.iter().map(|title| escaped(title))));
    }
    if !record.notes.is_empty() {
        parts.push(writer.heading("minutes-notes"));
        parts.push(paragraphs(&record.notes));
    }
    parts.push(writer.signature(record));
    for added in &record.addenda {
        let when = writer.moment(added.added_at);
        let args = [("name", Arg::from(escaped(&added.author))), ("date", Arg::from(when))];
        parts.push(format!("### {}", writer.t("minutes-addendum-by", &args)));
        parts.push(paragraphs(&added.text));
    }
    parts.join("\n\n") + "\n"
}

struct Writer {
    lang: Lang,
    zone: Tz,
}

impl Writer {
    fn t(&self, key: &str, args: &[(&str, Arg)]) -> String {
        i18n::t(self.lang, key, args)
    }

    fn moment(&self, at: DateTime<Utc>) -> String {
        i18n::date_time(self.lang, self.zone, at)
    }

    fn heading(&self, key: &str) -> String {
        format!("## {}", self.t(key, &[]))
    }

    fn head(&self, record: &Record) -> String {
        let title = self.t("minutes-of", &[("council", Arg::from(escaped(&record.council)))]);
        let began = self.moment(record.started_at.unwrap_or(record.starts_at));
        let mut lines = vec![self.t("minutes-began", &[("date", Arg::from(began))])];
        if let Some(ended) = record.ended_at {
            lines.push(self.t("minutes-ended", &[("date", Arg::from(self.moment(ended)))]));
        }
        if let Some(chair) = &record.chair {
            lines.push(self.t("meeting-chair", &[("name", Arg::from(escaped(chair)))]));
        }
        format!("# {title}\n\n{}", list(lines))
    }

    fn there(&self, record: &Record) -> String {
        let seat = |seat| self.t(&format!("meeting-seat-{seat}"), &[]);
        let there = record.there.iter().map(|there| {
            let name = match &there.instead_of {
                Some(member) => {
                    let args = [("name", Arg::from(escaped(&there.name))), ("member", Arg::from(escaped(member)))];
                    self.t("meeting-for", &args)
                }
                None => escaped(&there.name),
            };
            format!("{name} ({})", seat(there.seat))
        });
        let missing = record.missing.iter().map(|missing| {
            format!("{} ({}), {}", escaped(&missing.name), seat(missing.seat), self.t("minutes-was-missing", &[]))
        });
        format!("{}\n\n{}", self.heading("minutes-there"), list(there.chain(missing)))
    }

    fn item(&self, n: usize, line: &Line) -> String {
        let reference = line.change.as_ref().map(|reference| format!(" ({reference})")).unwrap_or_default();
        let kind = if line.recommended && line.ratified_at.is_none() { "recommended" } else { "decided" };
        let mut facts = vec![format!("**{}**", self.t(&format!("meeting-{kind}-{}", line.decision), &[]))];
        facts.extend(line.tally.map(|tally| self.tally(tally)));
        facts.extend(line.reason.as_deref().map(escaped));
        if let (Some(owner), Some(due)) = (&line.owner, line.due_on) {
            let date = i18n::calendar_date(self.lang, due);
            let owner = self.t(&format!("meeting-owner-{}", line.decision), &[("name", Arg::from(escaped(owner)))]);
            let due = self.t(&format!("meeting-due-{}", line.decision), &[("date", Arg::from(date))]);
            facts.push(format!("{owner}, {due}"));
        }
        if line.quick_fix {
            facts.push(self.t("meeting-quick-fix", &[]));
        }
        facts.extend(
            line.quota_reason
                .as_deref()
                .map(|reason| self.t("meeting-quota-because", &[("reason", Arg::from(escaped(reason)))])),
        );
        if line.only_noted {
            facts.push(self.t("minutes-only-noted", &[]));
        }
        format!("### {n}. {}{reference}\n\n{}", escaped(&line.title), list(facts))
    }

    fn tally(&self, tally: Tally) -> String {
        let said = |&vote: &Vote| format!("{}: {}", self.t(&format!("meeting-vote-{vote}"), &[]), tally.count(vote));
        Vote::ALL.iter().map(said).collect::<Vec<_>>().join(" · ")
    }

    fn signature(&self, record: &Record) -> String {
        match (&record.signed_by, record.signed_at) {
            (Some(name), Some(at)) => {
                let args = [("name", Arg::from(escaped(name))), ("date", Arg::from(self.moment(at)))];
                format!("---\n\n{}", self.t("minutes-signed-by", &args))
            }
            _ => format!("---\n\n{}", self.t("minutes-draft", &[])),
        }
    }
}

fn list(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n")
}

fn paragraphs(text: &str) -> String {
    text.split("\n\n").map(escaped).collect::<Vec<_>>().join("\n\n")
}

/// A text on one line in which nothing means anything.
fn escaped(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        if "\\`*_[]<>#|~!&".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    // "1." and "-" begin lists.
    let digits = out.chars().take_while(char::is_ascii_digit).count();
    match out[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => out.insert(digits, '\\'),
        Some('-' | '+' | '=') if digits == 0 => out.insert(0, '\\'),
        _ => {}
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_typed_is_no_markup() {
        assert_eq!(escaped("# [x](http://e) <b>\n* y_z"), "\\# \\[x\\](http://e) \\<b\\> \\* y\\_z");
        assert_eq!(
            (escaped("1. a"), escaped("- b"), escaped("12 c")),
            ("1\\. a".into(), "\\- b".into(), "12 c".into())
        );
    }
}
