//! Shape: the user's description of the rows and columns of an unknown feed.

use std::fmt;

use super::aliases::{Key, normal, same};
use crate::board::spelling;

/// Location of the rows in a feed, and the mapping of columns to fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    /// Path to the list of rows, such as `data.jobs`.
    pub(super) rows: Option<String>,
    /// Fields, each with its column.
    map: Vec<(Key, String)>,
}

/// Why a shape is invalid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShapeError {
    /// Part of the map is not of the form `field=column`.
    NoPair(String),
    /// Unknown field, with a suggestion.
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
    /// A shape with the location of the rows.
    pub fn of_rows(rows: Option<String>) -> Self {
        Self {
            rows,
            map: Vec::new(),
        }
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.rows.is_none() && self.map.is_empty()
    }

    /// Maps a column to a field.
    ///
    /// # Errors
    /// The field is unknown.
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

    /// Parses a map in command-line syntax: `title=position_title,url=apply_link`. A comma is part of a column name
    /// unless followed by `field=`.
    ///
    /// # Errors
    /// A part is not a pair, or names an unknown field.
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

    /// The field mapped to a column.
    pub(super) fn field(&self, column: &str) -> Option<Key> {
        let mut map = self.map.iter();
        map.find(|(_, written)| same(written, column))
            .map(|(key, _)| *key)
    }

    /// Whether a column is mapped to a field.
    pub(super) fn has(&self, key: Key) -> bool {
        self.map.iter().any(|(known, _)| *known == key)
    }

    /// The mapped columns.
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
