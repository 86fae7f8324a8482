//! Values with the row's own values in them: `c{Complaint ID}@example.org`, `{Product}: {Issue}`.

use std::borrow::Cow;

use super::{Fields, MappingError};

/// A value with column names in braces.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Template(Vec<Part<String>>);

/// A template whose columns are known by their place.
#[derive(Clone, Debug)]
pub(super) struct Bound(Vec<Part<usize>>);

#[derive(Clone, Debug, PartialEq)]
enum Part<C> {
    Text(String),
    Column(C),
}

impl Template {
    /// Splits a value at its braces; `{{` and `}}` are braces themselves.
    pub(super) fn parse(value: &str) -> Result<Self, MappingError> {
        let unpaired = || MappingError::Braces(value.to_owned());
        let (mut parts, mut text, mut rest) = (Vec::new(), String::new(), value);
        while let Some(at) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at(at);
            text.push_str(before);
            if brace.starts_with("{{") || brace.starts_with("}}") {
                text.push_str(&brace[..1]);
                rest = &brace[2..];
                continue;
            }
            let (column, after) = brace.strip_prefix('{').and_then(|b| b.split_once('}')).ok_or_else(unpaired)?;
            if column.contains('{') {
                return Err(unpaired());
            }
            parts.push(Part::Text(std::mem::take(&mut text)));
            parts.push(Part::Column(column.trim().to_owned()));
            rest = after;
        }
        text.push_str(rest);
        parts.push(Part::Text(text));
        Ok(Self(parts))
    }

    pub(super) fn bind(&self, place: impl Fn(&str) -> Result<usize, MappingError>) -> Result<Bound, MappingError> {
        let bind = |part: &Part<String>| match part {
            Part::Text(text) => Ok(Part::Text(text.clone())),
            Part::Column(name) => place(name).map(Part::Column),
        };
        Ok(Bound(self.0.iter().map(bind).collect::<Result<_, _>>()?))
    }
}

impl Bound {
    /// The value for one row. If all its columns are empty there, so is it: a title ": " says nothing.
    pub(super) fn fill(&self, row: &Fields) -> Cow<'_, str> {
        if let [Part::Text(text)] = self.0.as_slice() {
            return text.into();
        }
        let (mut value, mut any) = (String::new(), false);
        for part in &self.0 {
            let piece = match part {
                Part::Text(text) => text,
                Part::Column(column) => row.get(*column).trim(),
            };
            any |= matches!(part, Part::Column(_)) && !piece.is_empty();
            value.push_str(piece);
        }
        if any { value.into() } else { "".into() }
    }
}
