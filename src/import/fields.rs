//! Rows as columns of text, independent of the document format.

mod draft;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

pub(super) use super::aliases::{Key, is_telling, ranked, same};

use super::amount::Amount;
use super::shape::Shape;

/// Value of a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    Flag(bool),
}

impl Value<'_> {
    fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Flag(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => {
                let text = text.trim();
                text.is_empty() || matches!(text, "nan" | "NaN" | "null" | "None")
            }
            Self::Number(number) => number.is_nan(),
            Self::Flag(_) => false,
        }
    }
}

/// A column of a row.
#[derive(Debug, Clone, PartialEq)]
struct Field<'a> {
    key: Key,
    /// Vagueness of the name; the least vague column is read.
    rank: usize,
    /// List element that it belongs to.
    group: usize,
    path: Cow<'a, str>,
    value: Value<'a>,
}

/// How a column is read: the field, and the vagueness of the name.
pub(super) type Reading = Option<(Key, usize)>;

/// How a column is read: as mapped by the user, else by its name.
pub(super) fn reading(path: &str, shape: &Shape) -> Reading {
    if let Some(key) = shape.field(path) {
        return Some((key, 0));
    }
    ranked(path).filter(|(key, _)| !shape.has(*key))
}

/// Recognised columns of a row.
pub(super) struct RowFields<'a> {
    read: Vec<Field<'a>>,
    shape: &'a Shape,
    columns: &'a Columns,
    /// Whether jobdeck printed the row: its texts are plain, and only semicolons separate list values.
    is_own: bool,
}

impl<'a> RowFields<'a> {
    pub(super) fn new(shape: &'a Shape, columns: &'a Columns) -> Self {
        Self {
            read: Vec::new(),
            shape,
            columns,
            is_own: false,
        }
    }

    /// Reads the row as one that jobdeck printed.
    pub(super) fn own(mut self, is_own: bool) -> Self {
        self.is_own = is_own;
        self
    }

    /// Adds a column. Nested names are joined by full stops; `group` is the list element that contains it.
    pub(super) fn add(&mut self, path: impl Into<Cow<'a, str>>, group: usize, value: Value<'a>) {
        let path = path.into();
        let reading = reading(&path, self.shape);
        self.add_as(reading, path, group, value);
    }

    /// Adds a column whose reading is known.
    pub(super) fn add_as(
        &mut self,
        reading: Reading,
        path: impl Into<Cow<'a, str>>,
        group: usize,
        value: Value<'a>,
    ) {
        if value.is_empty() {
            return;
        }
        let path = path.into();
        let Some((key, rank)) = reading else {
            self.columns.unread(&path);
            return;
        };
        if self.shape.has(key) {
            self.columns.found(&path);
        }
        self.read.push(Field {
            key,
            rank,
            group,
            path,
            value,
        });
    }

    /// Values of a field's least vague column; several if it is a list.
    fn all(&self, key: Key) -> Vec<&Field<'a>> {
        let of_key = || self.read.iter().filter(|field| field.key == key);
        let Some(surest) = of_key().min_by_key(|field| field.rank) else {
            return Vec::new();
        };
        of_key().filter(|field| field.path == surest.path).collect()
    }

    fn first(&self, key: Key) -> Option<&Field<'a>> {
        self.all(key).into_iter().next()
    }

    fn text(&self, key: Key) -> Option<String> {
        let text = self.first(key)?.value.text().trim().to_owned();
        Some(text)
    }

    fn texts(&self, key: Key) -> Vec<String> {
        let all = self.all(key).into_iter();
        all.map(|field| field.value.text().trim().to_owned())
            .collect()
    }

    /// Value of a field in a list element.
    fn text_in(&self, key: Key, group: usize) -> Option<String> {
        let all = self.all(key).into_iter();
        let mut all = all.filter(|field| field.group == group);
        all.next().map(|field| field.value.text().trim().to_owned())
    }

    fn amount_in(&self, key: Key, group: usize) -> Amount {
        let mut all = self
            .all(key)
            .into_iter()
            .filter(|field| field.group == group);
        match all.next().map(|field| &field.value) {
            Some(Value::Number(number)) => Some(*number).into(),
            Some(value) => Amount::written(&value.text()),
            None => Amount::Unknown,
        }
    }

    /// List elements that contain one of these fields.
    fn groups(&self, keys: &[Key]) -> Vec<usize> {
        let groups = self.read.iter().filter(|field| keys.contains(&field.key));
        let groups: BTreeSet<usize> = groups.map(|field| field.group).collect();
        groups.into_iter().collect()
    }
}

/// Columns of a feed: which are read and which are not.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns(Arc<RwLock<Seen>>);

#[derive(Debug, Default)]
struct Seen {
    unread: BTreeSet<String>,
    /// Mapped columns that were found.
    found: BTreeSet<String>,
}

impl Columns {
    /// Notes a column with a value that is not read.
    pub(super) fn unread(&self, name: &str) {
        self.note(name, |seen| &mut seen.unread, |seen| &seen.unread);
    }

    fn found(&self, name: &str) {
        self.note(name, |seen| &mut seen.found, |seen| &seen.found);
    }

    fn note(
        &self,
        name: &str,
        names_mut: fn(&mut Seen) -> &mut BTreeSet<String>,
        names: fn(&Seen) -> &BTreeSet<String>,
    ) {
        let is_known = names(&self.0.read().unwrap_or_else(PoisonError::into_inner)).contains(name);
        if !is_known {
            let mut seen = self.0.write().unwrap_or_else(PoisonError::into_inner);
            names_mut(&mut seen).insert(name.to_owned());
        }
    }

    /// Columns with values that are not read; valid after all rows were read.
    pub(super) fn not_read(&self) -> Vec<String> {
        let seen = self.0.read().unwrap_or_else(PoisonError::into_inner);
        seen.unread.iter().cloned().collect()
    }

    /// Mapped columns that no row has; valid after all rows were read.
    pub(super) fn not_found(&self, shape: &Shape) -> Vec<String> {
        let seen = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let is_missing = |column: &&str| seen.found.iter().all(|found| !same(found, column));
        shape
            .columns()
            .filter(is_missing)
            .map(str::to_owned)
            .collect()
    }
}
