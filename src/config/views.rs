//! Saved views: named queries in a file that users can edit.

use std::io;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::problem::{Report, a, quoted};
use super::{ConfigProblem, read, usual_place};
use crate::app::View;
use crate::board::text;
use crate::query::{self, Atom, Field, Test};
use crate::storage::Replace;

/// File of the views, beside the given config file or the default one.
pub fn place(config: Option<&Path>) -> Option<PathBuf> {
    let config = config.map(Path::to_owned).or_else(usual_place)?;
    Some(config.with_file_name("views.toml"))
}

const LANGUAGE_KEY: &str = "language";
/// The query language that views are saved in: in the first, words matched scattered letters; in the second,
/// `sponsorship:none` was the absence of a word on it.
const LANGUAGE: i64 = 3;
const WORDS: i64 = 2;

/// Marks the file as written in today's query language. Returns what changed, if one of its views was saved in the first
/// language and asks for words.
pub fn upgrade(file: &Path) -> io::Result<Option<&'static str>> {
    let mut document = document(file)?;
    let language = document.get(LANGUAGE_KEY).and_then(Item::as_integer);
    if language >= Some(LANGUAGE) || !document.contains_key("view") {
        return Ok(None);
    }
    document[LANGUAGE_KEY] = value(LANGUAGE);
    write(file, &document.to_string())?;
    let views = load(file).0;
    let asks = |asked: fn(&Atom) -> bool| {
        views.iter().any(|view| {
            let query = query::parse(&view.query);
            query.terms.iter().flat_map(|term| &term.any).any(asked)
        })
    };
    let of_words = language < Some(WORDS) && asks(|atom| matches!(atom.test, Test::Fuzzy(_)));
    Ok(if of_words {
        Some(
            "words in saved views now find words, other names and slips; ~word matches scattered letters as before",
        )
    } else if asks(is_no_sponsorship) {
        Some(
            "sponsorship:none in saved views now finds \u{201c}no sponsorship\u{201d}; sponsorship:unknown finds where nothing is said",
        )
    } else {
        None
    })
}

fn is_no_sponsorship(atom: &Atom) -> bool {
    let is_none = matches!(&atom.test, Test::Equals(value) if value == "none");
    is_none && atom.field == Some(Field::Sponsorship)
}

/// Loads the views in order. A missing file has none.
pub fn load(file: &Path) -> (Vec<View>, Vec<ConfigProblem>) {
    let source = match read(file) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Default::default(),
        Err(error) => {
            let why = format!("cannot be read: {error}");
            return (Vec::new(), vec![ConfigProblem::whole(file, why)]);
        }
    };
    let mut report = Report::new(file, &source);
    let (table, errors) = DeTable::parse_recoverable(&source);
    for error in errors {
        let message = format!("not TOML: {}", text::line(error.message()));
        report.add_syntax(&error.span().unwrap_or_default(), message);
    }
    let mut views = Vec::new();
    for (name, entry) in table.get_ref() {
        match (name.get_ref().as_ref(), entry.get_ref()) {
            ("view", DeValue::Array(entries)) => {
                views.extend(entries.iter().filter_map(|entry| view(entry, &mut report)));
            }
            (LANGUAGE_KEY, DeValue::Integer(_)) => {}
            (other, _) => {
                let message = format!("{} is not `[[view]]`", quoted(other));
                report.add(&name.span(), message, Some("view".to_owned()));
            }
        }
    }
    (views, report.finish())
}

fn view(entry: &toml::Spanned<DeValue<'_>>, report: &mut Report<'_>) -> Option<View> {
    let Some(table) = entry.get_ref().as_table() else {
        let kind = a(entry.get_ref().type_str());
        report.add(
            &entry.span(),
            format!("a view is a table, not {kind}"),
            None,
        );
        return None;
    };
    let mut field = |name: &str| {
        let written = table.get(name).and_then(|value| value.get_ref().as_str());
        let line = written.map(text::line).filter(|line| !line.is_empty());
        if line.is_none() {
            report.add(
                &entry.span(),
                format!("a view needs a `{name}` in quotes"),
                None,
            );
        }
        line
    };
    Some(View {
        name: field("name")?,
        query: field("query")?,
    })
}

/// Saves a view, replacing one of the same name; keeps comments and order.
pub fn keep(file: &Path, view: &View) -> io::Result<()> {
    let mut document = document(file)?;
    if !document.contains_key("view") {
        document[LANGUAGE_KEY] = value(LANGUAGE);
    }
    let views = tables(&mut document)?;
    let at = views.iter().position(|table| is_named(table, &view.name));
    if let Some(table) = at.and_then(|at| views.get_mut(at)) {
        table["query"] = value(&view.query);
    } else {
        let mut table = Table::new();
        table["name"] = value(&view.name);
        table["query"] = value(&view.query);
        views.push(table);
    }
    write(file, &document.to_string())
}

/// Renames a view; keeps comments and order.
pub fn rename(file: &Path, before: &str, name: &str) -> io::Result<()> {
    let mut document = document(file)?;
    for table in tables(&mut document)?
        .iter_mut()
        .filter(|table| is_named(table, before))
    {
        table["name"] = value(name);
    }
    write(file, &document.to_string())
}

/// Deletes a view; keeps the others and comments.
pub fn delete(file: &Path, name: &str) -> io::Result<()> {
    let mut document = document(file)?;
    tables(&mut document)?.retain(|table| !is_named(table, name));
    write(file, &document.to_string())
}

fn document(file: &Path) -> io::Result<DocumentMut> {
    let source = match read(file) {
        Ok(bytes) => String::from_utf8(bytes).map_err(io::Error::other)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    source.parse().map_err(io::Error::other)
}

fn tables(document: &mut DocumentMut) -> io::Result<&mut ArrayOfTables> {
    document
        .entry("view")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()))
        .as_array_of_tables_mut()
        .ok_or_else(|| io::Error::other("`view` is not written as [[view]]"))
}

fn is_named(table: &Table, name: &str) -> bool {
    table.get("name").and_then(Item::as_str) == Some(name)
}

/// Replaces the file atomically.
fn write(file: &Path, source: &str) -> io::Result<()> {
    Replace::new(file)
        .behind_links()
        .private()
        .durable()
        .bytes(source.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn view(name: &str, query: &str) -> View {
        View {
            name: name.into(),
            query: query.into(),
        }
    }

    #[test]
    fn a_kept_view_comes_back_and_leaves_the_rest_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("deep/views.toml");
        assert_eq!(load(&file).0, []);
        keep(&file, &view("sea", "loc:seattle")).expect("kept");
        let edited = format!("# mine\n{}", fs::read_to_string(&file).expect("read"));
        fs::write(&file, edited).expect("written");
        keep(&file, &view("new", "is:new \"two words\"")).expect("kept");
        keep(&file, &view("sea", "loc:berlin")).expect("kept");
        let (views, problems) = load(&file);
        assert_eq!(problems, []);
        assert_eq!(
            views,
            [
                view("sea", "loc:berlin"),
                view("new", "is:new \"two words\"")
            ]
        );
        assert!(
            fs::read_to_string(&file)
                .expect("read")
                .starts_with("# mine\n")
        );
        rename(&file, "sea", "berlin").expect("renamed");
        delete(&file, "new").expect("deleted");
        assert_eq!(load(&file).0, [view("berlin", "loc:berlin")]);
    }

    #[test]
    fn views_of_the_first_language_say_once_what_changed() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("views.toml");
        assert_eq!(upgrade(&file).expect("no file"), None);
        fs::write(&file, "[[view]]\nname = \"a\"\nquery = \"snr eng\"\n").expect("written");
        assert!(upgrade(&file).expect("marked").is_some());
        assert_eq!(upgrade(&file).expect("marked before"), None);
        assert_eq!(load(&file), (vec![view("a", "snr eng")], Vec::new()));
        fs::write(&file, "[[view]]\nname = \"a\"\nquery = \"is:new\"\n").expect("written");
        assert_eq!(upgrade(&file).expect("marked"), None);
        fs::remove_file(&file).expect("removed");
        keep(&file, &view("b", "rust")).expect("kept");
        assert_eq!(upgrade(&file).expect("new"), None);
    }

    #[test]
    fn mistakes_are_placed_and_the_rest_applies() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("views.toml");
        let source = "views = 1\n[[view]]\nname = \"a\"\n[[view]]\nname = \"b\"\nquery = \"x\"\n";
        fs::write(&file, source).expect("written");
        let (views, problems) = load(&file);
        assert_eq!(views, [view("b", "x")]);
        let places: Vec<_> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(places, [1, 2]);
        fs::write(&file, "view = 3\n[[").expect("written");
        assert!(
            keep(&file, &view("a", "b")).is_err(),
            "a broken file stays as it is"
        );
    }
}
