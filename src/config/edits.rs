//! Changes to the user's config file that the program makes itself; comments and order stay.

use std::io;
use std::path::Path;

use toml_edit::{Array, DocumentMut, Item, value};

use super::{Ground, read};
use crate::storage::Replace;

/// Adds the rule to `mute`, unless it is there already.
pub fn mute(file: &Path, rule: &str) -> io::Result<()> {
    let mut document = open(file)?;
    let rules = document
        .entry("mute")
        .or_insert_with(|| value(Array::new()))
        .as_array_mut()
        .ok_or_else(|| io::Error::other("`mute` is not a list"))?;
    if rules.iter().any(|known| known.as_str() == Some(rule)) {
        return Ok(());
    }
    rules.push(rule);
    save(file, &document)
}

/// Removes the rule from `mute`.
pub fn unmute(file: &Path, rule: &str) -> io::Result<()> {
    let mut document = open(file)?;
    let rules = document.get_mut("mute").and_then(Item::as_array_mut);
    if let Some(rules) = rules {
        rules.retain(|known| known.as_str() != Some(rule));
        if rules.is_empty() {
            document.remove("mute");
        }
        save(file, &document)?;
    }
    Ok(())
}

/// Sets the theme; where the file has one for each background, the one for this background.
pub fn keep_theme(file: &Path, name: &str, ground: Ground) -> io::Result<()> {
    let mut document = open(file)?;
    let side = match ground {
        Ground::Light => "light",
        Ground::Dark => "dark",
    };
    match document.get_mut("theme").and_then(Item::as_table_like_mut) {
        Some(grounds) => _ = grounds.insert(side, value(name)),
        None => document["theme"] = value(name),
    }
    save(file, &document)
}

fn open(file: &Path) -> io::Result<DocumentMut> {
    let source = match read(file) {
        Ok(bytes) => String::from_utf8(bytes).map_err(io::Error::other)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    source.parse().map_err(io::Error::other)
}

fn save(file: &Path, document: &DocumentMut) -> io::Result<()> {
    Replace::new(file)
        .behind_links()
        .private()
        .durable()
        .bytes(document.to_string().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_added_once_and_the_rest_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("config.toml");
        std::fs::write(
            &file,
            "# mine\nmouse = false\n\n[keys.browse]\n\"x\" = \"none\"\n",
        )
        .expect("written");
        for _ in 0..2 {
            mute(&file, "company:=\"Acme\"").expect("muted");
        }
        let (config, problems) = crate::config::load(Some(&file));
        assert_eq!(problems, []);
        assert_eq!(config.mute, ["company:=\"Acme\""]);
        assert!(!config.mouse);
        let text = std::fs::read_to_string(&file).expect("read");
        assert!(text.starts_with("# mine\n"), "{text}");
        unmute(&file, "company:=\"Acme\"").expect("unmuted");
        let text = std::fs::read_to_string(&file).expect("read");
        assert!(!text.contains("mute") && text.contains("mouse"), "{text}");
        std::fs::write(&file, "mute = 3\n").expect("written");
        assert!(mute(&file, "x").is_err());
    }

    #[test]
    fn a_theme_is_kept_for_the_background_it_was_chosen_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("config.toml");
        let text = || std::fs::read_to_string(&file).expect("read");
        keep_theme(&file, "night", Ground::Dark).expect("kept");
        assert_eq!(text(), "theme = \"night\"\n");
        std::fs::write(
            &file,
            "# mine\ntheme = { light = \"day\", dark = \"night\" }\n",
        )
        .expect("written");
        keep_theme(&file, "terminal", Ground::Light).expect("kept");
        let kept = "# mine\ntheme = { light = \"terminal\", dark = \"night\" }\n";
        assert_eq!(text(), kept);
        assert_eq!(crate::config::load(Some(&file)).1, []);
    }
}
