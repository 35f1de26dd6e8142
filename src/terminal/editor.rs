//! Runs the user's editor.

use std::env;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitStatus;

use super::{program, tty};
use crate::board::text;
use crate::storage::read_regular;

/// Maximum size of an edited text.
const LONGEST: u64 = 1 << 20;

/// Why a text was not edited.
#[derive(Debug)]
pub enum NotEdited {
    /// This editor could not be run, or its result not be read.
    Io(String, io::Error),
    /// This editor ended with a failure.
    Failed(String),
    /// The result is too long for a note.
    TooLong,
}

impl fmt::Display for NotEdited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = match self {
            Self::Io(editor, error) => format!("the editor `{editor}` failed: {error}"),
            Self::Failed(editor) => format!("the editor `{editor}` failed; nothing was changed"),
            Self::TooLong => "what came from the editor is too long for a note".to_owned(),
        };
        f.write_str(&text::line(&told))
    }
}

/// Edits a text and returns the result. The terminal must be free.
///
/// # Errors
/// The editor fails, or leaves a file that is too large or not a regular file.
pub fn edit(text: &str) -> Result<String, NotEdited> {
    edit_with(&chosen(), text)
}

/// Edits a file in place. The terminal must be free.
///
/// # Errors
/// The editor fails.
pub fn edit_file(file: &Path) -> Result<(), NotEdited> {
    let editor = chosen();
    match start(&editor, file) {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(NotEdited::Failed(editor)),
        Err(error) => Err(NotEdited::Io(editor, error)),
    }
}

/// The user's editor.
fn chosen() -> String {
    let chosen = ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
        let value = env::var(name).ok()?;
        (!value.trim().is_empty()).then_some(value)
    });
    chosen.unwrap_or_else(|| "vi".to_owned())
}

/// Runs the editor on a file, without a shell.
fn start(editor: &str, file: &Path) -> io::Result<ExitStatus> {
    let mut command = program::command(&program::split(editor)?)?;
    // An editor that crashes may leave the terminal without echo or line editing.
    let settings = tty::settings();
    let status = command.arg(file).status();
    tty::restore(settings);
    status
}

fn edit_with(editor: &str, text: &str) -> Result<String, NotEdited> {
    let failed = |error: io::Error| NotEdited::Io(editor.to_owned(), error);
    let mut file = tempfile::Builder::new()
        .prefix("jobdeck-note-")
        .suffix(".md")
        .tempfile()
        .map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.flush().map_err(failed)?;
    let status = start(editor, file.path());
    if !status.map_err(failed)?.success() {
        return Err(NotEdited::Failed(editor.to_owned()));
    }
    // Editors replace files, so read by name.
    let bytes = read_regular(file.path(), LONGEST).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => NotEdited::TooLong,
        _ => failed(error),
    })?;
    Ok(text::block(&String::from_utf8_lossy(&bytes))
        .trim_end()
        .to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn edited_text_passes_the_gate() {
        let folder = tempfile::tempdir().expect("a folder");
        let script = folder.path().join("editor");
        fs::write(&script, "printf '\\033[2Jmore\\n' >> \"$2\"\n").expect("written");
        let editor = format!("sh {} -x", script.display());
        assert_eq!(edit_with(&editor, "a\n").expect("edited"), "a\nmore");
        let failed = edit_with("false", "a").expect_err("a failure").to_string();
        assert!(failed.contains("nothing was changed"), "{failed}");
        let missing = edit_with("there-is-no-such-editor", "a")
            .expect_err("a failure")
            .to_string();
        assert!(missing.contains("there-is-no-such-editor"), "{missing}");
    }

    #[test]
    fn what_is_no_file_of_a_sane_size_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        for (at, (leaves, told)) in [
            ("rm \"$1\"; mkfifo \"$1\"", "FIFO"),
            ("ln -sf /dev/zero \"$1\"", "a device"),
            ("rm \"$1\"; mkdir \"$1\"", "a folder"),
            ("truncate -s 5G \"$1\"", "too long"),
            ("rm \"$1\"", "No such file"),
        ]
        .into_iter()
        .enumerate()
        {
            let script = folder.path().join(at.to_string());
            fs::write(&script, leaves).expect("written");
            let edited = edit_with(&format!("sh {}", script.display()), "a\n");
            let why = edited.expect_err("nothing to read").to_string();
            assert!(why.contains(told), "{leaves}: {why}");
        }
    }

    #[test]
    fn an_editor_may_be_quoted_and_hold_blanks() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("my ed");
        fs::write(
            &path,
            "#!/bin/sh\nfor f; do :; done\necho edited >> \"$f\"\n",
        )
        .expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("executable");
        let path = path.display().to_string();
        for editor in [
            path.clone(),
            format!("'{path}' --wait"),
            format!("\"{path}\" -x"),
            path.replace(' ', "\\ "),
        ] {
            assert_eq!(
                edit_with(&editor, "a\n").expect("edited"),
                "a\nedited",
                "{editor}"
            );
        }
        let unclosed = edit_with("'ed", "a").expect_err("a failure").to_string();
        assert!(unclosed.contains("quote"), "{unclosed}");
    }
}
