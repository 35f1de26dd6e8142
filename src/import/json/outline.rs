//! Outline of a JSON document: its lists and the keys of their rows.

use super::Scan;

/// Maximum depth of objects inspected.
const DEPTH: usize = 3;
/// Number of rows inspected for keys, since the first may lack some.
const ROWS: usize = 5;

/// A list in a document, or an object that may be its only row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct List {
    /// Keys that lead to it, joined by full stops; empty for the document itself.
    pub(in super::super) path: String,
    /// Keys of its first rows.
    pub(in super::super) keys: Vec<String>,
    /// Whether it is a list rather than an object.
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

/// Lists and objects of a document; the last is the document itself.
pub(in super::super) fn outline(text: &str) -> Vec<List> {
    let mut found = Vec::new();
    look(&mut Scan { text, at: 0 }, "", &mut found);
    found
}

/// Inspects the list or object that starts here.
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
    // Further objects at the top level are JSON lines.
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

/// Reads the object that starts here, and adds its keys.
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
