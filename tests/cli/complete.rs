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

#[test]
fn ids_columns_sources_marks_and_topics_are_completed() {
    let folder = board(
        "[[source]]\nurl = 'https://jobs.lever.co/acme'\nname = 'acme'\n\n\
         [[posting]]\nid = 'baker'\ntitle = 'Baker'\n[[posting]]\nid = 'baker-2'\ntitle = 'Night Baker'\n\
         [[posting]]\nid = 'cook'\ntitle = 'Cook'\n\
         [[interview]]\nid = 'bea'\ntitle = 'Bea bakes'\n[[interview.exchange]]\nquestion = 'q'\nanswer = 'a'\n",
    );
    let path = folder.path().to_str().unwrap();
    let asked = |words: &[&str]| run(&[&["complete", "--", "--board", path], words].concat());
    for (words, completed) in [
        (&["show", "bak"][..], "baker\tBaker\nbaker-2\tNight Baker\n"),
        (&["show", "cook", "baker-"], "baker-2\tNight Baker\n"),
        (&["similar", "c"], "cook\tCook\n"),
        (&["compare", "cook", "baker-"], "baker-2\tNight Baker\n"),
        (&["note", "c"], "cook\tCook\n"),
        (&["explain", "rust", "c"], "cook\tCook\n"),
        (&["read", "b"], "bea\tBea bakes\n"),
        (&["mark", "cook", "sa"], "saved\tSaved\n"),
        (&["mark", "cook", "baker-"], "baker-2\tNight Baker\n"),
        (
            &["list", "--columns", "id,salary_m"],
            "id,salary_min\tcolumn\nid,salary_max\tcolumn\n",
        ),
        (&["list", "--columns", "id,i"], ""),
        (
            &["import", "--map", "title=role,comp"],
            "title=role,company=\tcolumn\n",
        ),
        (
            &["sync", "--source", "a"],
            "acme\thttps://jobs.lever.co/acme\n",
        ),
        (
            &["sync", "--rename", ""],
            "acme=\thttps://jobs.lever.co/acme\n",
        ),
        (&["help", "exit"], "exit-codes\ttopic\n"),
        (
            &["man", "new", "po"],
            "posting\tA posting, as a commented file to fill in\n",
        ),
    ] {
        assert_eq!(asked(words).out, completed, "{words:?}");
    }
    // The folder that `sync` is given counts as well.
    let sync = run(&["complete", "--", "sync", path, "--source", "a"]);
    assert!(sync.out.starts_with("acme\t"), "{}", sync.out);
}

#[test]
fn saved_views_are_completed() {
    let away = tempfile::tempdir().unwrap();
    let folder = away.path().join("jobdeck");
    std::fs::create_dir(&folder).unwrap();
    let views = "[[view]]\nname = 'remote rust'\nquery = 'rust workplace:remote'\n[[view]]\nname = 'near'\nquery = 'near:berlin'\n";
    std::fs::write(folder.join("views.toml"), views).unwrap();
    let asked = |word: &str| {
        let line = super::jobdeck(&["complete", "--", "list", "--view", word]);
        line.env("XDG_CONFIG_HOME", away.path()).run().out
    };
    assert_eq!(asked("re"), "remote rust\trust workplace:remote\n");
    assert_eq!(asked("").lines().count(), 2);
}

#[test]
fn very_many_ids_are_completed_in_steps() {
    use std::fmt::Write;
    let mut toml = String::new();
    for number in 0..150 {
        let _ = write!(
            toml,
            "[[posting]]\nid = 'acme.a{number}'\ntitle = 'A'\n[[posting]]\nid = 'apex-b{number}'\ntitle = 'B'\n"
        );
    }
    let folder = board(&toml);
    let path = folder.path().to_str().unwrap();
    let asked = |word: &str| run(&["complete", "--", "--board", path, "show", word]).out;
    assert_eq!(asked("a"), "acme.\t150 postings\napex-\t150 postings\n");
    assert_eq!(asked("apex-b14").lines().count(), 11);
}
