//! Adds a mute rule to the user's config file; comments and order stay.

use std::io;
use std::path::Path;

use toml_edit::{Array, DocumentMut, value};

use super::read;
use crate::storage::Replace;

/// Adds the rule to `mute`, unless it is there already.
pub fn mute(file: &Path, rule: &str) -> io::Result<()> {
    let source = match read(file) {
        Ok(bytes) => String::from_utf8(bytes).map_err(io::Error::other)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    let mut document: DocumentMut = source.parse().map_err(io::Error::other)?;
    let rules = document
        .entry("mute")
        .or_insert_with(|| value(Array::new()))
        .as_array_mut()
        .ok_or_else(|| io::Error::other("`mute` is not a list"))?;
    if rules.iter().any(|known| known.as_str() == Some(rule)) {
        return Ok(());
    }
    rules.push(rule);
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
        std::fs::write(&file, "mute = 3\n").expect("written");
        assert!(mute(&file, "x").is_err());
    }
}
