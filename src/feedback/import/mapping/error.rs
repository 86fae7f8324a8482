//! What can be wrong with a mapping. English, for the command line; where a name is wrong, the right ones are listed.

use std::fmt;

use super::Field;

/// Why a mapping cannot be used with this file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MappingError {
    /// An argument that is not of the form it should have.
    Argument {
        argument: String,
        form: &'static str,
    },
    UnknownField(String),
    UnknownColumn {
        column: String,
        columns: Vec<String>,
    },
    /// No column and no value for a field that every feedback needs.
    Missing {
        field: &'static str,
        columns: Vec<String>,
    },
    /// Two columns of one mapping file for the same field.
    Twice(&'static str),
    Braces(String),
    DateFormat(String),
    File(String),
}

impl MappingError {
    pub(super) fn argument(argument: &str, form: &'static str) -> Self {
        Self::Argument { argument: argument.to_owned(), form }
    }

    pub(super) fn column(column: &str, columns: &[String]) -> Self {
        Self::UnknownColumn { column: column.to_owned(), columns: columns.to_vec() }
    }

    pub(super) fn missing(field: Field, columns: &[String]) -> Self {
        Self::Missing { field: field.name(), columns: columns.to_vec() }
    }
}

impl fmt::Display for MappingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument { argument, form } => write!(f, "'{argument}' should look like '{form}'"),
            Self::UnknownField(name) => {
                let fields = Field::ALL.map(Field::name).join(", ");
                write!(f, "there is no field '{name}'; the fields are {fields}")
            }
            Self::UnknownColumn { column, columns } => {
                write!(f, "the file has no column '{column}'; its columns are {}", listed(columns))
            }
            Self::Missing { field, columns } => write!(
                f,
                "nothing fills the field '{field}': map a column to it or set a value; the columns are {}",
                listed(columns)
            ),
            Self::Twice(field) => write!(f, "two columns are mapped to the field '{field}'"),
            Self::Braces(value) => {
                write!(f, "unpaired brace in '{value}' (a brace itself is written '{{{{' or '}}}}')")
            }
            Self::DateFormat(format) => write!(f, "'{format}' is not a date format (for example '%d.%m.%Y %H:%M')"),
            Self::File(why) => write!(f, "the mapping file cannot be read: {why}"),
        }
    }
}

impl std::error::Error for MappingError {}

fn listed(columns: &[String]) -> String {
    columns.iter().map(|column| format!("'{column}'")).collect::<Vec<_>>().join(", ")
}
