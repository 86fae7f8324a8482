//! The mapping file. Field names have dots, and TOML reads `contact.email = …` as a table in a table: both spellings, with
//! and without quotes, mean the same here.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::{Table, Value};

use super::{Field, Mapping, MappingError};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MappingFile {
    #[serde(default)]
    date_format: Formats,
    #[serde(default)]
    map: BTreeMap<String, String>,
    #[serde(default)]
    set: Table,
    #[serde(default)]
    values: Table,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Formats {
    One(String),
    Many(Vec<String>),
}

impl Default for Formats {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

pub(super) fn read(text: &str) -> Result<Mapping, MappingError> {
    let file: MappingFile = toml::from_str(text).map_err(|e| MappingError::File(e.to_string().trim().to_owned()))?;
    let mut mapping = Mapping::default();
    let formats = match file.date_format {
        Formats::One(format) => vec![format],
        Formats::Many(formats) => formats,
    };
    formats.iter().try_for_each(|format| mapping.date_format(format))?;
    for (column, name) in &file.map {
        let field: Field = name.parse()?;
        if mapping.rules.contains_key(&field) {
            return Err(MappingError::Twice(field.name()));
        }
        mapping.map_column(column.trim(), field);
    }
    for (name, value) in leaves(&file.set)? {
        mapping.set_value(name.parse()?, &value)?;
    }
    for (name, words) in word_lists(&file.values)? {
        mapping.values.insert(name.parse()?, words);
    }
    Ok(mapping)
}

/// `field = value`, with the names of nested tables joined by dots.
fn leaves(table: &Table) -> Result<Vec<(String, String)>, MappingError> {
    let mut found = Vec::new();
    for (name, value) in table {
        match value {
            Value::Table(inner) => {
                found.extend(leaves(inner)?.into_iter().map(|(leaf, value)| (format!("{name}.{leaf}"), value)));
            }
            value => found.push((name.clone(), scalar(name, value)?)),
        }
    }
    Ok(found)
}

type Words = std::collections::HashMap<String, String>;

/// The tables of words, by the field they are for. A table that holds tables is a part of a field's name.
fn word_lists(table: &Table) -> Result<Vec<(String, Words)>, MappingError> {
    let mut found = Vec::new();
    for (name, value) in table {
        let Value::Table(inner) = value else {
            return Err(MappingError::File(format!("[values] holds tables of words, '{name}' is none")));
        };
        if inner.values().any(Value::is_table) {
            found.extend(word_lists(inner)?.into_iter().map(|(leaf, words)| (format!("{name}.{leaf}"), words)));
        } else {
            found.push((name.clone(), words(inner)?));
        }
    }
    Ok(found)
}

/// Every word as it is written and in small letters, so that capitals make no difference where nobody said they do.
fn words(table: &Table) -> Result<Words, MappingError> {
    let mut words = Words::new();
    for (theirs, ours) in table {
        let ours = scalar(theirs, ours)?;
        words.entry(theirs.trim().to_lowercase()).or_insert_with(|| ours.clone());
        words.insert(theirs.trim().to_owned(), ours);
    }
    Ok(words)
}

fn scalar(name: &str, value: &Value) -> Result<String, MappingError> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Integer(n) => Ok(n.to_string()),
        Value::Float(n) => Ok(n.to_string()),
        Value::Boolean(yes) => Ok(yes.to_string()),
        Value::Datetime(date) => Ok(date.to_string()),
        Value::Array(_) | Value::Table(_) => Err(MappingError::File(format!("'{name}' needs one plain value"))),
    }
}
