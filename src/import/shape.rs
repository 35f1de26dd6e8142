//! How the rows of a feed of no known format are to be read, as a person says it.

use std::fmt;

use super::fields::{Key, normal, same};
use crate::board::spelling;

/// Where the rows of a feed are, and which of its columns is which field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    /// The path to the list of rows, as `data.jobs`.
    pub(super) rows: Option<String>,
    /// Fields, each with the column it is read from.
    map: Vec<(Key, String)>,
}

/// Why a shape cannot be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShapeError {
    /// A part of the map is not `field=column`.
    NoPair(String),
    /// There is no field of this name; perhaps another was meant.
    NoField(String, Option<&'static str>),
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPair(part) => write!(f, "`{part}` is not field=column, as in title=job_name"),
            Self::NoField(name, Some(meant)) => {
                write!(f, "there is no field `{name}`; did you mean `{meant}`?")
            }
            Self::NoField(name, None) => {
                let names: Vec<_> = Key::names().collect();
                write!(
                    f,
                    "there is no field `{name}`; there are {}",
                    names.join(", ")
                )
            }
        }
    }
}

impl std::error::Error for ShapeError {}

impl Shape {
    /// One that says where the rows are.
    pub fn of_rows(rows: Option<String>) -> Self {
        Self {
            rows,
            map: Vec::new(),
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.rows.is_none() && self.map.is_empty()
    }

    /// Reads a field from a column.
    ///
    /// # Errors
    /// There is no such field.
    pub fn map(&mut self, field: &str, column: &str) -> Result<(), ShapeError> {
        let (field, column) = (field.trim(), column.trim());
        let name = normal(field);
        let Some(key) = Key::named(&name) else {
            let meant = spelling::nearest(&name, Key::names());
            return Err(ShapeError::NoField(field.to_owned(), meant));
        };
        if column.is_empty() {
            return Err(ShapeError::NoPair(format!("{field}=")));
        }
        self.map.push((key, column.to_owned()));
        Ok(())
    }

    /// Reads a map as it is written on the command line: `title=position_title,url=apply_link`. A comma within the name
    /// of a column is one that no `field=` follows.
    ///
    /// # Errors
    /// A part is no pair, or names no field.
    pub fn map_all(&mut self, written: &str) -> Result<(), ShapeError> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for part in written.split(',') {
            match (part.split_once('='), pairs.last_mut()) {
                (Some((field, column)), _) => pairs.push((field.to_owned(), column.to_owned())),
                (None, Some((_, column))) => {
                    column.push(',');
                    column.push_str(part);
                }
                (None, None) => return Err(ShapeError::NoPair(part.trim().to_owned())),
            }
        }
        let mut pairs = pairs.iter();
        pairs.try_for_each(|(field, column)| self.map(field, column))
    }

    /// The field that is read from a column, by what a person says.
    pub(super) fn field(&self, column: &str) -> Option<Key> {
        let mut map = self.map.iter();
        map.find(|(_, written)| same(written, column))
            .map(|(key, _)| *key)
    }

    /// Whether a field is read from a column that a person names.
    pub(super) fn has(&self, key: Key) -> bool {
        self.map.iter().any(|(known, _)| *known == key)
    }

    /// The columns that are named.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.map.iter().map(|(_, column)| column.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_names_fields_and_columns() {
        let mut shape = Shape::default();
        shape
            .map_all("title=Role, or name,url = job.link,posted=When")
            .unwrap();
        assert_eq!(shape.field("Role, or name"), Some(Key::Title));
        assert_eq!(shape.field("job.link"), Some(Key::Url));
        assert_eq!(shape.field("when"), Some(Key::Posted));
        assert_eq!(shape.field("link"), None);
        let wrong = |written| Shape::default().map_all(written).unwrap_err().to_string();
        assert_eq!(
            wrong("titel=x"),
            "there is no field `titel`; did you mean `title`?"
        );
        assert!(wrong("colour=x").contains("there are id, title, company"));
        assert_eq!(
            wrong("title"),
            "`title` is not field=column, as in title=job_name"
        );
    }
}
