//! Reads the site settings of a board, and the logo and style sheet that they name.

use std::fmt::Display;
use std::path::Path;

use super::listed::FILE;
use super::parsed_file::ParsedFile;
use super::problem::{Problem, quoted};
use super::site_table::{LOGOS, kind};
use super::{LoadError, regular_file};
use crate::board::SiteProfile;
use crate::board::fold::fold;
use crate::storage::read_regular;

/// Maximum size of a logo and of a file of styles.
const LOGO: u64 = 512 << 10;
const CSS: u64 = 128 << 10;

/// Site settings in the `board.toml` of a folder, and the problems of the files that they name. Problems of the tables
/// themselves are reported when the board is checked.
///
/// # Errors
/// The folder cannot be listed.
pub fn site_profile(dir: &Path) -> Result<(SiteProfile, Vec<Problem>), LoadError> {
    let path = dir.join(FILE);
    if let Err(error) = dir.read_dir() {
        return Err(LoadError::from_io(dir, error));
    }
    let mut profile = SiteProfile::default();
    let mut problems = Vec::new();
    let Ok(bytes) = regular_file::fetch(&path) else {
        return Ok((profile, problems));
    };
    let Ok(text) = regular_file::text(&bytes) else {
        return Ok((profile, problems));
    };
    let parsed_file = ParsedFile::read(Path::new(FILE), text);
    profile.companies = parsed_file.companies;
    let Some(table) = parsed_file.site else {
        return Ok((profile, problems));
    };
    profile.settings = table.settings;
    if let Some(name) = &profile.settings.logo {
        match logo(dir, name) {
            Ok(logo) => profile.logo = Some(logo),
            Err(message) => problems.push(Problem {
                message,
                ..table.logo
            }),
        }
    }
    if let Some(name) = &profile.settings.css {
        match css(dir, name) {
            Ok(css) => profile.css = Some(css),
            Err(message) => problems.push(Problem {
                message,
                ..table.css
            }),
        }
    }
    Ok((profile, problems))
}

/// A regular file of the board.
fn fetch(dir: &Path, name: &str, most: u64) -> Result<Vec<u8>, String> {
    let unreadable = |why: &dyn Display| format!("{} cannot be read: {why}", quoted(name));
    let real = dir
        .join(name)
        .canonicalize()
        .map_err(|error| unreadable(&error))?;
    let root = dir.canonicalize().map_err(|error| unreadable(&error))?;
    if !real.starts_with(root) {
        return Err(format!("{} leads out of the board's folder", quoted(name)));
    }
    read_regular(&real, most).map_err(|error| unreadable(&error))
}

/// Name in the site, and content.
fn logo(dir: &Path, name: &str) -> Result<(String, Vec<u8>), String> {
    let bytes = fetch(dir, name, LOGO)?;
    let kind = kind(name).unwrap_or_default();
    let is_one = LOGOS
        .iter()
        .any(|(known, start)| *known == kind && bytes.starts_with(start));
    if !is_one {
        return Err(format!(
            "{} is no {} picture",
            quoted(name),
            kind.to_uppercase()
        ));
    }
    let kind = if kind == "jpeg" { "jpg" } else { &kind };
    Ok((format!("logo.{kind}"), bytes))
}

/// Styles that load nothing from elsewhere. They are a file of their own, so that nothing in them can end an element.
fn css(dir: &Path, name: &str) -> Result<String, String> {
    let bytes = fetch(dir, name, CSS)?;
    let text = String::from_utf8(bytes).map_err(|_| format!("{} is not UTF-8", quoted(name)))?;
    let folded = fold(&text);
    let outside = [
        "@import", "http:", "https:", "url(//", "url('//", "url(\"//", "</", "<!--",
    ];
    match outside.iter().find(|part| folded.contains(**part)) {
        Some(part) => Err(format!(
            "{} holds `{part}`: styles neither load anything from elsewhere nor hold HTML",
            quoted(name)
        )),
        None => Ok(text),
    }
}
