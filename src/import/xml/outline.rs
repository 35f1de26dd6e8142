//! Outline of an XML document: its elements and their children.

use quick_xml::Reader;
use quick_xml::events::Event;

/// Maximum number of elements inspected. The rows of a feed are similar, so its start suffices.
const ELEMENTS: usize = 2000;
/// Maximum nesting of elements.
const DEPTH: usize = 64;

/// Elements with one name at one path.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(in super::super) struct Kind {
    /// Local names from the root, joined by slashes.
    pub(in super::super) path: String,
    /// Local names of its children.
    pub(in super::super) children: Vec<String>,
    /// Number of occurrences at the start of the document.
    pub(in super::super) count: usize,
}

impl Kind {
    /// Its local name.
    pub(in super::super) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }
}

/// Kinds of elements at the start of a document, the root first.
pub(in super::super) fn outline(text: &str) -> Vec<Kind> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    // HTML that was not escaped is repaired when the rows are read.
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut open: Vec<usize> = Vec::new();
    let mut kinds: Vec<Kind> = Vec::new();
    let mut seen = 0;
    while seen < ELEMENTS && open.len() < DEPTH {
        let (start, empty) = match reader.read_event() {
            Ok(Event::Start(start)) => (start, false),
            Ok(Event::Empty(start)) => (start, true),
            Ok(Event::End(_)) => {
                open.pop();
                continue;
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => continue,
        };
        seen += 1;
        let local = start.local_name();
        let at = entered(
            &mut kinds,
            open.last().copied(),
            AsRef::<str>::as_ref(&local),
        );
        if !empty {
            open.push(at);
        }
    }
    kinds
}

/// Counts an element within its parent and returns its kind.
fn entered(kinds: &mut Vec<Kind>, parent: Option<usize>, name: &str) -> usize {
    let path = match parent {
        Some(parent) => {
            let parent = &mut kinds[parent];
            if parent.children.iter().all(|known| known != name) {
                parent.children.push(name.to_owned());
            }
            format!("{}/{name}", parent.path)
        }
        None => name.to_owned(),
    };
    let at = kinds.iter().position(|kind| kind.path == path);
    let at = at.unwrap_or_else(|| {
        kinds.push(Kind {
            path,
            ..Kind::default()
        });
        kinds.len() - 1
    });
    kinds[at].count += 1;
    at
}
