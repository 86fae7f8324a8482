//! JSON: an array of objects, or one object a line. Nested objects become columns with dots (`contact.email`), numbers
//! and booleans become their text, null and missing keys are empty, arrays of plain values are joined by commas.
//!
//! The file is read twice: the first time for the columns and, in an array, for its syntax. An array that is broken
//! anywhere is refused as a whole, because what comes after the break would be guessed at. A line that is broken is only
//! that line's error.

mod elements;

use std::collections::HashMap;
use std::io::BufRead;

use serde::de::IgnoredAny;
use serde_json::Value;

use super::{Fields, Row, RowError, SourceError, check_width};
use elements::{Element, Elements};

/// How the objects of a file are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Array,
    Lines,
}

/// The shape of a JSON file by its beginning; none if it is not JSON. A CSV header may begin with a bracket (`[id],text`),
/// so what comes after it is looked at too.
pub(super) fn shape(head: &str) -> Option<Shape> {
    let head = head.trim_start();
    if head.starts_with('{') {
        return Some(Shape::Lines);
    }
    match head.strip_prefix('[')?.trim_start().chars().next() {
        None | Some('{' | '[' | ']' | '"' | '-' | '0'..='9') => Some(Shape::Array),
        Some(_) => None,
    }
}

/// Reads everything once: the names of all columns, and whether the file is what its shape says.
pub(super) fn check<R: BufRead>(reader: R, shape: Shape) -> Result<Vec<String>, SourceError> {
    let mut elements = Elements::new(reader, shape);
    let (mut columns, mut known) = (Vec::new(), HashMap::new());
    let (mut any, mut first_error) = (false, None);
    while let Some(element) = elements.next()? {
        match object(&element) {
            Ok(object) => {
                any = true;
                flatten(object, &mut |name, _| {
                    if !known.contains_key(name) {
                        known.insert(name.to_owned(), columns.len());
                        columns.push(name.to_owned());
                    }
                });
                check_width(columns.len())?;
            }
            Err(_) if shape == Shape::Array => check_syntax(&element)?,
            Err(e) => first_error = first_error.or(Some((element.line, e))),
        }
    }
    match first_error {
        Some((line, e)) if !any => Err(SourceError::Json { line, message: e.to_string() }),
        _ => Ok(columns),
    }
}

/// An element that is no readable row may still be right by the grammar (a number, half of an emoji, deep nesting); only
/// what is not makes the file unreadable.
fn check_syntax(element: &Element) -> Result<(), SourceError> {
    serde_json::from_slice::<IgnoredAny>(element.json).map(drop).map_err(|e| SourceError::Json {
        line: element.line + (e.line() as u64).saturating_sub(1),
        message: without_place(&e),
    })
}

/// The rows of a file that was checked.
pub(super) fn rows<R: BufRead>(reader: R, shape: Shape, columns: &[String]) -> Objects<R> {
    let places = columns.iter().cloned().zip(0..).collect();
    Objects { elements: Elements::new(reader, shape), places }
}

/// The objects of a JSON file as rows.
pub(super) struct Objects<R> {
    elements: Elements<R>,
    places: HashMap<String, usize>,
}

impl<R: BufRead> Iterator for Objects<R> {
    type Item = Result<Row, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        let element = self.elements.next().transpose()?;
        Some(element.map(|element| Row {
            line: element.line,
            fields: object(&element).map(|object| fields(object, &self.places)),
        }))
    }
}

fn fields(object: Value, places: &HashMap<String, usize>) -> Fields {
    let mut values = vec![String::new(); places.len()];
    flatten(object, &mut |name, value| {
        if let Some(slot) = places.get(name).and_then(|place| values.get_mut(*place)) {
            *slot = value;
        }
    });
    values.into_iter().collect()
}

fn object(element: &Element) -> Result<Value, RowError> {
    let text = std::str::from_utf8(element.json).map_err(|_| RowError::Encoding { column: None })?;
    match serde_json::from_str(text) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => Err(RowError::NotAnObject),
        Err(e) => Err(RowError::Json(without_place(&e))),
    }
}

/// The message alone: the place in it is counted from the element, not from the file.
fn without_place(e: &serde_json::Error) -> String {
    let message = e.to_string();
    message.split(" at line ").next().unwrap_or(&message).to_owned()
}

fn flatten(value: Value, found: &mut impl FnMut(&str, String)) {
    walk(value, &mut String::new(), found);
}

fn walk(value: Value, name: &mut String, found: &mut impl FnMut(&str, String)) {
    let Value::Object(members) = value else {
        return found(name, text(value));
    };
    let parent = name.len();
    for (key, member) in members {
        if parent > 0 {
            name.push('.');
        }
        name.push_str(&key);
        walk(member, name, found);
        name.truncate(parent);
    }
}

fn text(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Array(items) if !items.iter().any(|item| item.is_object() || item.is_array()) => {
            items.into_iter().map(text).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}
