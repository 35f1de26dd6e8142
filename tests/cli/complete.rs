//! Completion of command lines.

use std::process::Command;

use super::{board, run};

fn bakery() -> tempfile::TempDir {
    board(
        "[[posting]]\nid = 'a'\ntitle = 'Baker'\ncompany = 'Rust Bakery'\n\
         [[posting]]\nid = 'b'\ntitle = 'Senior Baker'\ncompany = 'Acme'\n",
    )
}

#[test]
fn the_words_of_a_query_are_completed() {
    let folder = bakery();
    let path = folder.path().to_str().unwrap();
    for (words, completed) in [
        (
            &["list", "bak"][..],
            "baker\t2 postings\nbakery\t1 posting\n",
        ),
        (
            &["facets", "senior", "bak"],
            "baker\t2 postings\nbakery\t1 posting\n",
        ),
        (
            &["explain", "senior bak"],
            "senior baker\t2 postings\nsenior bakery\t1 posting\n",
        ),
        (
            &["-q", "company:r"],
            "company:=\"Rust Bakery\"\t1 posting\n",
        ),
        (&["list", "spons"], "sponsorship:\tterm\n"),
    ] {
        let line = [&["complete", "--", "--board", path], words].concat();
        assert_eq!(run(&line).results(), completed, "{words:?}");
    }
    for words in [
        &["list", "zzzz"][..],
        &["list", "--fo"],
        &["undo", "b"],
        &[],
    ] {
        let line = [&["complete", "--", "--board", path], words].concat();
        assert_eq!(run(&line).said(1), "", "{words:?}");
    }
}

#[test]
fn bash_completes_the_words_of_a_query() {
    let folder = bakery();
    let path = folder.path().to_str().unwrap();
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_jobdeck"));
    let away = tempfile::tempdir().unwrap();
    let completed = |line: &str| {
        let script = "source <(jobdeck completions bash)
            COMP_LINE=$1; COMP_POINT=${#1}; COMP_WORDS=($1); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _jobdeck_words jobdeck \"${COMP_WORDS[COMP_CWORD]}\" \"\"; printf '%s\\n' \"${COMPREPLY[@]}\"";
        let bin = binary.parent().unwrap().to_str().unwrap();
        let ran = Command::new("bash")
            .args(["-c", script, "bash", line])
            .env("PATH", format!("{bin}:{}", std::env::var("PATH").unwrap()))
            .env("HOME", away.path())
            .env("XDG_CONFIG_HOME", away.path())
            .env("XDG_CACHE_HOME", away.path())
            .env_remove("JOBDECK_BOARD")
            .output()
            .unwrap();
        String::from_utf8(ran.stdout).unwrap()
    };
    let asked = |words: &str| completed(&format!("jobdeck --board {path} {words}"));
    assert_eq!(asked("list bak"), "baker\nbakery\n");
    // Readline replaces only what follows the colon.
    assert_eq!(asked("list company:a"), "Acme\n");
    assert_eq!(asked("list company:r"), "=\\\"Rust\\ Bakery\\\"\n");
    assert!(asked("list --fo").contains("--format"));
}
