//! The outline of a JSON document: which lists it has, and what keys their rows have.

use super::Scan;

/// Objects within objects that are looked into.
const DEPTH: usize = 3;
/// Rows of a list whose keys are looked at: the first may lack some.
const ROWS: usize = 5;

/// A list of a document, or an object that could be its only row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct List {
    /// The keys that lead to it, joined by full stops; empty for the document itself.
    pub(in super::super) path: String,
    /// The keys of its first rows.
    pub(in super::super) keys: Vec<String>,
    /// Whether it is a list, and not an object.
    pub(in super::super) has_rows: bool,
    /// Whether it is a list without rows.
    pub(in super::super) is_empty: bool,
}

impl List {
    pub(in super::super) fn has(&self, keys: &[&str]) -> bool {
        keys.iter()
            .all(|key| self.keys.iter().any(|known| known == key))
    }
}

/// The lists and objects of a document. The last is the document itself.
pub(in super::super) fn outline(text: &str) -> Vec<List> {
    let mut found = Vec::new();
    look(&mut Scan { text, at: 0 }, "", &mut found);
    found
}

/// Looks at the list or object that starts here.
fn look(scan: &mut Scan<'_>, path: &str, found: &mut Vec<List>) {
    if scan.peek() == Some(b'[') {
        found.push(list(scan, path));
        return;
    }
    let depth = path.split('.').filter(|part| !part.is_empty()).count();
    let mut own = List {
        path: path.to_owned(),
        keys: Vec::new(),
        has_rows: false,
        is_empty: false,
    };
    scan.eat(b'{');
    while scan.peek() == Some(b'"') {
        let Some(name) = scan.key() else {
            break;
        };
        let starts = matches!(scan.peek(), Some(b'[' | b'{'));
        let before = scan.at;
        if starts && depth < DEPTH && !name.contains('.') {
            let inner = if path.is_empty() {
                name.clone().into_owned()
            } else {
                format!("{path}.{name}")
            };
            look(&mut scan.clone(), &inner, found);
        }
        own.keys.push(name.into_owned());
        scan.at = before;
        if scan.value().is_err() || !scan.eat(b',') {
            break;
        }
    }
    scan.eat(b'}');
    // More objects below the first are JSON Lines.
    if path.is_empty() && scan.peek() == Some(b'{') {
        own.has_rows = true;
        for _ in 1..ROWS {
            add_keys(scan, &mut own.keys);
        }
    }
    found.push(own);
}

/// The list that starts here.
fn list(at: &Scan<'_>, path: &str) -> List {
    let mut scan = at.clone();
    let mut keys = Vec::new();
    scan.eat(b'[');
    let is_empty = scan.peek() == Some(b']');
    for _ in 0..ROWS {
        add_keys(&mut scan, &mut keys);
        if !scan.eat(b',') {
            break;
        }
    }
    List {
        path: path.to_owned(),
        keys,
        has_rows: true,
        is_empty,
    }
}

/// Reads the object that starts here, and adds its keys to those that are known.
fn add_keys(scan: &mut Scan<'_>, keys: &mut Vec<String>) {
    if !scan.eat(b'{') {
        let _ = scan.value();
        return;
    }
    while scan.peek() == Some(b'"')
        && let Some(name) = scan.key()
    {
        if !keys.iter().any(|known| *known == name) {
            keys.push(name.into_owned());
        }
        if scan.value().is_err() || !scan.eat(b',') {
            break;
        }
    }
    scan.eat(b'}');
}
