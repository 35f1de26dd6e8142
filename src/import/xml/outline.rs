//! The outline of an XML document: which elements it has, and what lies in them.

use quick_xml::Reader;
use quick_xml::events::Event;

/// Elements that are looked at. The rows of a feed are all alike, so its start shows how it is built.
const ELEMENTS: usize = 2000;
/// Elements within elements.
const DEPTH: usize = 64;

/// Elements of one name at one place of a document.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(in super::super) struct Kind {
    /// The local names that lead to it from the root, joined by slashes.
    pub(in super::super) path: String,
    /// The local names of what lies in it.
    pub(in super::super) children: Vec<String>,
    /// How many there are at the start of the document.
    pub(in super::super) count: usize,
}

impl Kind {
    /// Its own local name.
    pub(in super::super) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }
}

/// The kinds of elements at the start of a document, the root first.
pub(in super::super) fn outline(text: &str) -> Vec<Kind> {
    let mut reader = Reader::from_str(text);
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

/// Counts an element of this name within another; which kind it is.
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
