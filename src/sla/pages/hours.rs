//! Hours as people type them: "9-13, 14:00–18:00"; nothing means closed.

use crate::error::FieldError;
use crate::sla::calendar::{Cause, Hours, Week, Wrong};
use crate::web::forms::clean_line;
use chrono::Weekday;

/// The field of a weekday, which is also its word.
pub fn word(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "mon",
        Weekday::Tue => "tue",
        Weekday::Wed => "wed",
        Weekday::Thu => "thu",
        Weekday::Fri => "fri",
        Weekday::Sat => "sat",
        Weekday::Sun => "sun",
    }
}

/// Reads one field.
pub fn read(field: &str, typed: &str) -> Result<Vec<Hours>, FieldError> {
    // A dash may be long and stand apart, the hour stand alone.
    let typed = clean_line(typed).replace(['–', '—', '−', '‑'], "-").replace(" -", "-").replace("- ", "-");
    let pieces = typed.split([',', ';', ' ']).filter(|piece| !piece.is_empty());
    pieces
        .map(|piece| {
            let times: Vec<String> = piece
                .split('-')
                .map(|time| if time.contains(':') { time.into() } else { format!("{time}:00") })
                .collect();
            times.join("-").parse().map_err(|_| {
                FieldError::new(field, "sla-hours-unreadable").with("typed", piece.chars().take(40).collect::<String>())
            })
        })
        .collect()
}

/// As it stands in the field.
pub fn written(hours: &[Hours]) -> String {
    hours.iter().map(Hours::to_string).collect::<Vec<_>>().join(", ")
}

/// What is wrong, said beside the field it is wrong in; `exception` is that of a single date's hours.
pub fn refusal(wrong: Wrong, exception: &str) -> FieldError {
    let (field, cause) = match wrong {
        Wrong::In(day, cause) => (word(day), cause),
        Wrong::On(_, cause) => (exception, cause),
        Wrong::Twice(_) => return FieldError::new(exception, "sla-exception-taken"),
        Wrong::NeverOpen => return FieldError::new(word(Week::DAYS[0]), "sla-never-open"),
    };
    match cause {
        Cause::Overlapping(hours) => FieldError::new(field, "sla-hours-overlap").with("hours", hours),
        Cause::Backwards(hours) => FieldError::new(field, "sla-hours-backwards").with("hours", hours),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_the_way_people_type_them() {
        let read = |typed| read("mon", typed).map(|hours| written(&hours)).map_err(|e| e.args[0].1.clone());
        assert_eq!(read(""), Ok(String::new()));
        for typed in ["09:00-13:00, 14:00-18:00", "9-13,14-18", " 9:00 – 13:00 ; 14:00—18 ", "9 - 13 14-18"] {
            assert_eq!(read(typed), Ok("09:00-13:00, 14:00-18:00".into()), "{typed}");
        }
        assert_eq!(read("0-24"), Ok("00:00-24:00".into()));
        for typed in ["closed", "9", "9-", "9-13-14", "9:60-18:00", "24-25"] {
            assert_eq!(read(typed), Err(typed.into()));
        }
    }
}
