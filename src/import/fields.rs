//! A row as columns with texts in them, whatever document it comes from.

mod aliases;
mod draft;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

pub(super) use aliases::{Key, normal, ranked, same};

use super::amount::Amount;
use super::shape::Shape;

/// What a column of a row holds.
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
    /// How vague its name is; the surest is read.
    rank: usize,
    /// Which element of a list it belongs to.
    group: usize,
    path: Cow<'a, str>,
    value: Value<'a>,
}

/// How a column is read: its field, and how vague its name is.
pub(super) type Reading = Option<(Key, usize)>;

/// How a column of this name is read: as a person says, else by the name.
pub(super) fn reading(path: &str, shape: &Shape) -> Reading {
    if let Some(key) = shape.field(path) {
        return Some((key, 0));
    }
    ranked(path).filter(|(key, _)| !shape.has(*key))
}

/// The columns of a row that can be read.
pub(super) struct Fields<'a> {
    read: Vec<Field<'a>>,
    shape: &'a Shape,
    columns: &'a Columns,
}

impl<'a> Fields<'a> {
    pub(super) fn new(shape: &'a Shape, columns: &'a Columns) -> Self {
        Self {
            read: Vec::new(),
            shape,
            columns,
        }
    }

    /// Adds what a column holds. A path of names is joined by full stops; `group` is the element of a list in which it
    /// stands.
    pub(super) fn add(&mut self, path: impl Into<Cow<'a, str>>, group: usize, value: Value<'a>) {
        let path = path.into();
        let reading = reading(&path, self.shape);
        self.add_as(reading, path, group, value);
    }

    /// Adds what a column holds whose reading is known.
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

    /// What the surest column of a field holds: several values, where it is a list.
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

    /// What a field holds in one element of a list.
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

    /// The elements of lists in which one of these fields stands.
    fn groups(&self, keys: &[Key]) -> Vec<usize> {
        let groups = self.read.iter().filter(|field| keys.contains(&field.key));
        let groups: BTreeSet<usize> = groups.map(|field| field.group).collect();
        groups.into_iter().collect()
    }
}

/// The columns of a feed: which are read, and which are not.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns(Arc<RwLock<Seen>>);

#[derive(Debug, Default)]
struct Seen {
    unread: BTreeSet<String>,
    /// Columns that a person names.
    found: BTreeSet<String>,
}

impl Columns {
    fn unread(&self, name: &str) {
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

    /// The names of the columns that hold something and are not read, once all rows are.
    pub(super) fn not_read(&self) -> Vec<String> {
        let seen = self.0.read().unwrap_or_else(PoisonError::into_inner);
        seen.unread.iter().cloned().collect()
    }

    /// The columns that a shape names and no row has, once all rows are read.
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
