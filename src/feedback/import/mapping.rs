//! What the columns of somebody's file mean: which of our fields each of them fills. Said in a mapping file, on the command
//! line, or not at all when the columns are called what our fields are called.
//!
//! ```toml
//! date_format = "%m/%d/%Y"          # or several: ["%d-%m-%y", "%m/%d/%Y"]
//!
//! [map]                             # column = field
//! "Consumer complaint narrative" = "text"
//! "Date received" = "received_at"
//!
//! [set]                             # field = value, with the row's values in braces; {{ and }} are braces
//! voice = "customer"
//! title = "{Product}: {Issue}"
//!
//! [values.kind]                     # what the file says = what we say; others stay as they are
//! "Complaint about a branch" = "complaint"
//! ```
//!
//! A field has one source, the one that was said last: the command line after the file, `--set` after `--map`. Everything
//! that can be wrong with a mapping is found by [`Mapping::bind`], before the first row is read.

mod clean;
mod dates;
mod draft;
mod error;
mod field;
mod file;
mod template;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use dates::Dates;
pub use draft::{Contact, Draft, RowProblem, Status};
pub use error::MappingError;
pub use field::Field;
use template::Template;

use super::source::Fields;

/// Which column or value fills which field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping {
    rules: BTreeMap<Field, Rule>,
    values: BTreeMap<Field, HashMap<String, String>>,
    date_formats: Vec<String>,
    /// Somebody named a column; columns do not map by their own names any more.
    explicit: bool,
}

/// Where a field's value comes from.
#[derive(Clone, Debug, PartialEq)]
enum Rule {
    Column(String),
    Value(Template),
}

impl Mapping {
    /// Reads a mapping file.
    pub fn from_toml(text: &str) -> Result<Self, MappingError> {
        file::read(text)
    }

    /// Takes `column=field`. Columns may have `=` in their names, fields do not: the last one divides.
    pub fn map(&mut self, argument: &str) -> Result<(), MappingError> {
        let (column, field) =
            argument.rsplit_once('=').ok_or_else(|| MappingError::argument(argument, "column=field"))?;
        self.map_column(column.trim(), field.trim().parse()?);
        Ok(())
    }

    /// Takes `field=value`; the value may hold `{column}`.
    pub fn set(&mut self, argument: &str) -> Result<(), MappingError> {
        let (field, value) = argument.split_once('=').ok_or_else(|| MappingError::argument(argument, "field=value"))?;
        self.set_value(field.trim().parse()?, value)
    }

    /// Adds a format in which dates are tried before all others (`%d.%m.%Y`).
    pub fn date_format(&mut self, format: &str) -> Result<(), MappingError> {
        dates::check_format(format)?;
        self.date_formats.push(format.to_owned());
        Ok(())
    }

    fn map_column(&mut self, column: &str, field: Field) {
        self.explicit = true;
        self.rules.insert(field, Rule::Column(column.to_owned()));
    }

    fn set_value(&mut self, field: Field, value: &str) -> Result<(), MappingError> {
        self.rules.insert(field, Rule::Value(Template::parse(value)?));
        Ok(())
    }

    /// Ties the mapping to the columns of a file. Zone-less times are read in `zone`; `now` decides the year of dates that
    /// have none, and which dates lie in the future.
    pub fn bind(&self, columns: &[String], zone: Tz, now: DateTime<Utc>) -> Result<Mapper, MappingError> {
        let mut sources = BTreeMap::new();
        for (field, rule) in self.rules.iter().chain(&self.by_name(columns)) {
            sources.entry(*field).or_insert(bind_rule(rule, columns)?);
        }
        for field in Field::REQUIRED {
            if !sources.contains_key(&field) {
                return Err(MappingError::missing(field, columns));
            }
        }
        let values = self.values.clone();
        let dates = Dates::new(&self.date_formats, zone, now)?;
        Ok(Mapper { sources, values, dates })
    }

    /// Without a word about columns, those that are called like our fields fill them.
    fn by_name(&self, columns: &[String]) -> BTreeMap<Field, Rule> {
        if self.explicit {
            return BTreeMap::new();
        }
        let named = |field: Field| columns.iter().find(|column| column.eq_ignore_ascii_case(field.name()));
        Field::ALL.into_iter().filter_map(|field| Some((field, Rule::Column(named(field)?.clone())))).collect()
    }
}

fn bind_rule(rule: &Rule, columns: &[String]) -> Result<Binding, MappingError> {
    Ok(match rule {
        Rule::Column(name) => Binding::Column(place(name, columns)?),
        Rule::Value(template) => Binding::Value(template.bind(|name| place(name, columns))?),
    })
}

/// The place of a column: by its exact name, or by the same name in other case.
fn place(name: &str, columns: &[String]) -> Result<usize, MappingError> {
    let lower = name.to_lowercase();
    let exact = columns.iter().position(|column| column == name);
    exact
        .or_else(|| columns.iter().position(|column| column.to_lowercase() == lower))
        .ok_or_else(|| MappingError::column(name, columns))
}

/// Where a field's value stands in the rows of one file.
#[derive(Clone, Debug)]
enum Binding {
    Column(usize),
    Value(template::Bound),
}

/// A mapping tied to one file: turns its rows into drafts.
#[derive(Clone, Debug)]
pub struct Mapper {
    sources: BTreeMap<Field, Binding>,
    values: BTreeMap<Field, HashMap<String, String>>,
    dates: Dates,
}

impl Mapper {
    /// One row as a draft of feedback, or everything that is wrong with it.
    pub fn apply(&self, row: &Fields) -> Result<Draft, Vec<RowProblem>> {
        let mut reading = draft::Reading::new(&self.dates);
        for (field, source) in &self.sources {
            let raw = match source {
                Binding::Column(column) => row.get(*column).into(),
                Binding::Value(template) => template.fill(row),
            };
            let value = clean::text(&raw);
            let value = self.translated(*field, &value).unwrap_or(&value);
            if !value.is_empty() {
                reading.take(*field, value);
            }
        }
        reading.finish()
    }

    /// What the file's word is called here, if the mapping says so.
    fn translated<'a>(&'a self, field: Field, value: &str) -> Option<&'a str> {
        let words = self.values.get(&field)?;
        words.get(value).or_else(|| words.get(&value.to_lowercase())).map(String::as_str)
    }
}
