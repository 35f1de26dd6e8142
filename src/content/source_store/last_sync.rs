//! What the last sync wrote, as a line of field hashes for each posting, so that hand edits and deletions can be told
//! from changes of the source.
//!
//! The file is kept with the board. When two branches of a board are merged it may hold several lines for a posting, or
//! lines that are no record at all: a field counts as edited only if none of its posting's lines has its value.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::super::write;
use crate::board::field::{FIELDS, Field};
use crate::board::hash::hash;
use crate::board::{Date, Posting};
use crate::storage::{Replace, read_regular};

/// Name of the file within the folder of a source.
pub(super) const FILE: &str = ".synced";
/// First line. Hashes cover values as written: change the number whenever a value is written differently.
const HEAD: &str = "# What the last sync wrote, so that it can tell edits by hand. Version 1; merge it by keeping all lines.";
/// Maximum size of the file.
const LARGEST: u64 = 512 << 20;
/// Tells git to keep the lines of both sides.
const ATTRIBUTES: &str = ".synced merge=union\n";

/// A line of the file, without the id: `title=1a2b3c company=…`.
type Line = String;

/// The last sync of a source.
#[derive(Debug, Default)]
pub(super) struct LastSync {
    lines: HashMap<String, Vec<Line>>,
    /// Whether the file exists.
    pub(super) exists: bool,
}

impl LastSync {
    /// Reads the file of a folder. A file of another version holds nothing that can be compared.
    pub(super) fn read(folder: &Path) -> io::Result<Self> {
        let bytes = match read_regular(&folder.join(FILE), LARGEST) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(error),
        };
        let text = String::from_utf8_lossy(&bytes);
        let mut lines: HashMap<String, Vec<Line>> = HashMap::new();
        if text.lines().any(|line| line == HEAD) {
            for line in text.lines() {
                if let Some((id, hashes)) = line.split_once(' ')
                    && hashes.contains('=')
                    && !id.starts_with('#')
                {
                    lines
                        .entry(id.to_owned())
                        .or_default()
                        .push(hashes.to_owned());
                }
            }
        }
        Ok(Self {
            lines,
            exists: true,
        })
    }

    /// Whether the last sync wrote a posting with this id.
    pub(super) fn has(&self, id: &str) -> bool {
        self.lines.contains_key(id)
    }

    /// Fields of a stored posting that were edited since; none if it was not recorded.
    pub(super) fn edited(&self, posting: &Posting) -> Vec<&'static Field> {
        let Some(lines) = self.lines.get(&posting.id) else {
            return Vec::new();
        };
        let fields = editable().filter(|field| {
            let now = field_hash(field, posting);
            lines
                .iter()
                .all(|line| recorded(line, field.name) != now.as_deref())
        });
        fields.collect()
    }

    /// The text of the file after a sync that brought these lines. Ids that are not in `kept` are dropped.
    pub(super) fn updated(
        &self,
        incoming: &HashMap<String, Line>,
        closed: &HashMap<String, Option<Date>>,
        kept: impl Fn(&str) -> bool,
    ) -> String {
        let mut all: BTreeMap<&str, Vec<Line>> = BTreeMap::new();
        for (id, lines) in &self.lines {
            if incoming.contains_key(id) || !kept(id) {
                continue;
            }
            let mut lines = lines.clone();
            if let Some(day) = closed.get(id) {
                let hash = day.map(|day| short(&day.to_string()));
                for line in &mut lines {
                    *line = with(line, "closes", hash.as_deref());
                }
            }
            lines.sort_unstable();
            lines.dedup();
            all.insert(id, lines);
        }
        for (id, line) in incoming {
            all.insert(id, vec![line.clone()]);
        }
        let mut text = format!("{HEAD}\n");
        for (id, lines) in all {
            for line in lines {
                let _ = writeln!(text, "{id} {line}");
            }
        }
        text
    }
}

/// Lines of postings as their source has them.
pub(super) fn lines(postings: &[Posting]) -> HashMap<String, Line> {
    let lines = postings.par_iter();
    lines
        .map(|posting| (posting.id.clone(), line(posting)))
        .collect()
}

/// Writes the file, unless it holds this text.
pub(super) fn write(folder: &Path, text: &str) -> io::Result<()> {
    let path = folder.join(FILE);
    if read_regular(&path, LARGEST).is_ok_and(|bytes| bytes == text.as_bytes()) {
        return Ok(());
    }
    let attributes = folder.join(".gitattributes");
    if attributes.symlink_metadata().is_err() {
        Replace::new(&attributes).bytes(ATTRIBUTES.as_bytes())?;
    }
    Replace::new(&path).bytes(text.as_bytes())
}

/// Fields that a curator may edit.
fn editable() -> impl Iterator<Item = &'static Field> {
    FIELDS
        .iter()
        .filter(|field| !matches!(field.name, "id" | "source"))
}

fn line(posting: &Posting) -> Line {
    let mut line = String::new();
    for field in editable() {
        if let Some(hash) = field_hash(field, posting) {
            let space = if line.is_empty() { "" } else { " " };
            let _ = write!(line, "{space}{}={hash}", field.name);
        }
    }
    line
}

/// The hash of a field in a line.
fn recorded<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let mut fields = line.split(' ').filter_map(|field| field.split_once('='));
    fields
        .find(|(known, _)| *known == name)
        .map(|(_, hash)| hash)
}

/// A line with another hash of a field.
fn with(line: &str, name: &str, hash: Option<&str>) -> Line {
    let own = |field: &&str| field.split_once('=').is_none_or(|(known, _)| known != name);
    let others = line.split(' ').filter(own).map(str::to_owned);
    let own = hash.map(|hash| format!("{name}={hash}"));
    others.chain(own).collect::<Vec<_>>().join(" ")
}

/// Whether two postings have the same value in a field.
pub(super) fn is_same(field: &Field, one: &Posting, other: &Posting) -> bool {
    field_hash(field, one) == field_hash(field, other)
}

fn field_hash(field: &Field, posting: &Posting) -> Option<String> {
    let value = field.value(posting)?;
    Some(short(&write::value(&value, "")))
}

fn short(text: &str) -> String {
    let hash = hash(text);
    format!("{:08x}", (hash >> 32) ^ (hash & 0xffff_ffff))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Location;

    fn posting() -> Posting {
        Posting {
            id: "a.1".into(),
            title: "Ice Cook".into(),
            company: Some("Frost".into()),
            locations: vec![Location::parse("Oslo, Norway")],
            closes: Some(Date::constant(2026, 2, 1)),
            description: "Cook ice.\n\nMore \"ice\".".into(),
            ..Posting::default()
        }
    }

    fn names(fields: &[&Field]) -> Vec<&'static str> {
        fields.iter().map(|field| field.name).collect()
    }

    fn read(text: &str) -> LastSync {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), text).unwrap();
        LastSync::read(folder.path()).unwrap()
    }

    #[test]
    fn edited_fields_are_those_that_differ_from_every_line() {
        let first = LastSync::default();
        let text = first.updated(&lines(&[posting()]), &HashMap::new(), |_| true);
        let last_sync = read(&text);
        assert!(last_sync.edited(&posting()).is_empty());
        let edited = Posting {
            title: "Ice Chef".into(),
            company: None,
            team: Some("Kitchen".into()),
            ..posting()
        };
        assert_eq!(
            names(&last_sync.edited(&edited)),
            ["title", "company", "team"]
        );
        // Another branch synced a new title: the lines of both are kept.
        let theirs = Posting {
            title: "Ice Chef".into(),
            ..posting()
        };
        let theirs = first.updated(&lines(&[theirs]), &HashMap::new(), |_| true);
        let both = read(&format!(
            "<<<<<<< ours\n{text}=======\n{theirs}>>>>>>> theirs\n"
        ));
        assert_eq!(names(&both.edited(&edited)), ["company", "team"]);
        assert!(both.edited(&posting()).is_empty());
    }

    #[test]
    fn a_closing_date_set_by_a_sync_is_no_edit() {
        let text = LastSync::default().updated(&lines(&[posting()]), &HashMap::new(), |_| true);
        let day = Date::constant(2026, 1, 7);
        let closed = HashMap::from([("a.1".to_owned(), Some(day))]);
        let last_sync = read(&read(&text).updated(&HashMap::new(), &closed, |_| true));
        let now = Posting {
            closes: Some(day),
            ..posting()
        };
        assert!(last_sync.edited(&now).is_empty());
        assert_eq!(names(&last_sync.edited(&posting())), ["closes"]);
        assert!(!read(&read(&text).updated(&HashMap::new(), &closed, |_| false)).has("a.1"));
    }

    #[test]
    fn hashes_on_disk_never_change() {
        assert_eq!(
            line(&posting()),
            "title=582d903a company=d042ddd1 locations=c8b4b2b9 closes=d1ad66e9 description=f16eb9fa"
        );
    }
}
