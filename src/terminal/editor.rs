//! Runs the user's editor.

use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitStatus;

use super::program;
use crate::board::text;
use crate::storage::read_regular;

use super::tty;

/// Maximum size of an edited text.
const LONGEST: u64 = 1 << 20;

/// Edits a text and returns the result, or a one-line error. The terminal must be free.
pub fn edit(text: &str) -> Result<String, String> {
    edit_with(&chosen(), text)
}

/// Edits a file in place, or returns a one-line error. The terminal must be free.
pub fn edit_file(file: &Path) -> Result<(), String> {
    let editor = chosen();
    let status = start(&editor, file);
    let status =
        status.map_err(|error| text::line(&format!("the editor `{editor}` failed: {error}")))?;
    if status.success() {
        return Ok(());
    }
    Err(text::line(&format!("the editor `{editor}` failed")))
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

fn edit_with(editor: &str, text: &str) -> Result<String, String> {
    let said = |error: io::Error| text::line(&format!("the editor `{editor}` failed: {error}"));
    let mut file = tempfile::Builder::new()
        .prefix("jobdeck-note-")
        .suffix(".md")
        .tempfile()
        .map_err(said)?;
    file.write_all(text.as_bytes()).map_err(said)?;
    file.flush().map_err(said)?;
    let status = start(editor, file.path());
    if !status.map_err(said)?.success() {
        return Err(text::line(&format!(
            "the editor `{editor}` failed; the note is as it was"
        )));
    }
    // Editors replace files, so read by name.
    let bytes = read_regular(file.path(), LONGEST).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => "what came from the editor is too long for a note".into(),
        _ => said(error),
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
        assert_eq!(edit_with(&editor, "a\n"), Ok("a\nmore".to_owned()));
        let failed = edit_with("false", "a").expect_err("a failure");
        assert!(failed.contains("as it was"), "{failed}");
        let missing = edit_with("there-is-no-such-editor", "a").expect_err("a failure");
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
            let why = edited.expect_err("nothing to read");
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
                edit_with(&editor, "a\n"),
                Ok("a\nedited".to_owned()),
                "{editor}"
            );
        }
        let unclosed = edit_with("'ed", "a").expect_err("a failure");
        assert!(unclosed.contains("quote"), "{unclosed}");
    }
}
