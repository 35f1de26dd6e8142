//! Password and service files, as `psql` reads them.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::storage::read_regular;

/// Maximum size of such a file.
const LARGEST: u64 = 1 << 20;

/// The password for host, port, database and user in the password file. A file that others may read is ignored.
pub(super) fn in_file(
    wanted: [&str; 4],
    variable: &dyn Fn(&str) -> Option<String>,
) -> Option<String> {
    let path = file("PGPASSFILE", ".pgpass", variable)?;
    let mode = path.metadata().ok()?.permissions().mode();
    if mode & 0o077 != 0 {
        return None;
    }
    find(&read(&path)?, wanted)
}

/// The settings of a service.
pub(super) fn service(
    name: &str,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Option<Vec<(String, String)>> {
    let path = file("PGSERVICEFILE", ".pg_service.conf", variable)?;
    settings(&read(&path)?, name)
}

fn file(named: &str, usual: &str, variable: &dyn Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let named = variable(named).map(PathBuf::from);
    named.or_else(|| Some(PathBuf::from(variable("HOME")?).join(usual)))
}

fn read(path: &Path) -> Option<String> {
    let bytes = read_regular(path, LARGEST).ok()?;
    String::from_utf8(bytes).ok()
}

/// The password in the first line that matches.
fn find(lines: &str, wanted: [&str; 4]) -> Option<String> {
    let lines = lines.lines().filter(|line| !line.starts_with('#'));
    lines.map(parts).find_map(|parts| {
        let (password, conditions) = parts.split_last()?;
        let matches = conditions.len() == wanted.len()
            && conditions
                .iter()
                .zip(wanted)
                .all(|(condition, wanted)| condition == "*" || condition == wanted);
        matches.then(|| password.clone())
    })
}

/// The parts of a line between colons; `\` escapes a colon or itself.
fn parts(line: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        let letter = match letter {
            ':' => {
                parts.push(String::new());
                continue;
            }
            '\\' => letters.next().unwrap_or('\\'),
            letter => letter,
        };
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts
}

/// The settings of a section.
fn settings(lines: &str, name: &str) -> Option<Vec<(String, String)>> {
    let header = format!("[{name}]");
    let mut lines = lines.lines().map(str::trim);
    lines.by_ref().find(|line| *line == header)?;
    let lines = lines.take_while(|line| !line.starts_with('['));
    let lines = lines.filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once('='));
    let pairs = pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
    Some(pairs.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_matching_line_has_the_password() {
        let lines = "# comment\n*:*:other:*:no\nlocalhost:5432:jobs:ada:a\\:b\\\\c\n*:*:*:*:last\n";
        let wanted = ["localhost", "5432", "jobs", "ada"];
        assert_eq!(find(lines, wanted).as_deref(), Some("a:b\\c"));
        let wanted = ["localhost", "5432", "jobs", "bob"];
        assert_eq!(find(lines, wanted).as_deref(), Some("last"));
        assert_eq!(find("a:b\n", wanted), None);
    }

    #[test]
    fn a_service_is_a_section() {
        let lines = "[a]\nhost=x\n\n[jobs]\n# note\nhost = db\nport=1\n[c]\nhost=y\n";
        let found = settings(lines, "jobs").expect("a section");
        let found: Vec<String> = found.iter().map(|(n, v)| format!("{n}={v}")).collect();
        assert_eq!(found, ["host=db", "port=1"]);
        assert_eq!(settings(lines, "none"), None);
    }
}
