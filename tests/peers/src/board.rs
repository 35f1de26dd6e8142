//! A board on disk: as TOML for jobdeck, and as lines for everything else.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::PathBuf;

use jobdeck::board::Posting;
use tempfile::TempDir;

/// Bytes after which another file begins, well below the size at which a file is refused.
const FILE: usize = 500_000;

/// A board's files; they go when this goes.
pub struct Files {
    folder: TempDir,
}

impl Files {
    /// The folder of TOML files.
    pub fn board(&self) -> PathBuf {
        self.folder.path().join("board")
    }

    /// The file of lines.
    pub fn lines(&self) -> PathBuf {
        self.folder.path().join("lines")
    }

    /// A folder without anything in it.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }
}

/// A posting as a line.
pub fn line(posting: &Posting) -> String {
    let places = posting.locations.iter();
    let places: Vec<&str> = places.map(|place| place.written.as_str()).collect();
    let team = posting.team.as_deref().unwrap_or_default();
    format!("{} · {team} · {}", posting.title, places.join("; "))
}

/// Writes both.
pub fn write(postings: &[Posting], lines: &[String]) -> io::Result<Files> {
    let files = Files {
        folder: tempfile::tempdir()?,
    };
    fs::create_dir(files.board())?;
    fs::create_dir(files.home())?;
    fs::write(files.lines(), lines.join("\n") + "\n")?;
    let (mut number, mut text) = (0, String::new());
    for (at, posting) in postings.iter().enumerate() {
        text.push_str(&toml(posting));
        if text.len() > FILE || at + 1 == postings.len() {
            fs::write(files.board().join(format!("{number}.toml")), &text)?;
            number += 1;
            text.clear();
        }
    }
    Ok(files)
}

fn toml(posting: &Posting) -> String {
    let mut toml = "[[posting]]\n".to_owned();
    let mut text = |key: &str, value: &str| {
        if !value.is_empty() {
            // JSON's strings are TOML's.
            let _ = writeln!(toml, "{key} = {}", serde_json::Value::from(value));
        }
    };
    text("id", &posting.id);
    text("title", &posting.title);
    text("company", posting.company.as_deref().unwrap_or_default());
    text("team", posting.team.as_deref().unwrap_or_default());
    text(
        "workplace",
        posting.workplace.map_or("", |place| place.word()),
    );
    text("description", &posting.description);
    let places = posting.locations.iter().map(|place| place.written.as_str());
    let places: Vec<&str> = places.collect();
    let _ = writeln!(toml, "locations = {}", serde_json::Value::from(places));
    if let Some(day) = posting.posted {
        let _ = writeln!(toml, "posted = {day}");
    }
    toml + "\n"
}
