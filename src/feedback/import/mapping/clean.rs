//! What is done to every value before it is looked at: nothing that can be seen changes.

use std::borrow::Cow;

/// Without white space around it and without control characters; line ends become `\n`, tabs stay.
pub(super) fn text(raw: &str) -> Cow<'_, str> {
    let trimmed = raw.trim();
    if !trimmed.chars().any(|c| c.is_control() && !is_kept(c)) {
        return trimmed.into();
    }
    let unix = trimmed.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unix.chars().filter(|c| !c.is_control() || is_kept(*c)).collect();
    kept.trim().to_owned().into()
}

/// The same on one line, for what is a name and not a text.
pub(super) fn line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_kept(c: char) -> bool {
    matches!(c, '\n' | '\t')
}
