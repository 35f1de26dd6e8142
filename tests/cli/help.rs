//! Help texts.

use clap::{CommandFactory, Parser};
use jobdeck::cli::Cli;

use super::run;

#[test]
fn completions_and_the_manual_name_every_command() {
    let cli = Cli::command();
    let commands = cli
        .get_subcommands()
        .filter(|command| !command.is_hide_set());
    let names: Vec<&str> = commands.map(clap::Command::get_name).collect();
    let man = run(&["man"]).results();
    for name in &names {
        assert!(man.contains(&format!("jobdeck\\-{name}(1)")), "{name}");
    }
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(&["completions", shell]).results();
        for name in &names {
            assert!(script.contains(name), "{name} in {shell}");
        }
    }
    run(&["completions", "tcsh"]).said(2);
}

#[test]
fn help_ends_with_examples_that_hold() {
    let mut cli = Cli::command();
    cli.build();
    let commands = cli
        .get_subcommands()
        .filter(|command| !command.is_hide_set());
    let commands = commands.map(clap::Command::get_name);
    let commands = commands.filter(|name| *name != "help");
    for name in std::iter::once(None).chain(commands.map(Some)) {
        let args: Vec<&str> = name.into_iter().chain(["--help"]).collect();
        let help = run(&args).results();
        let (_, examples) = help
            .split_once("\nExample")
            .unwrap_or_else(|| panic!("{args:?}"));
        let mut count = 0;
        for line in examples
            .lines()
            .filter(|line| line.starts_with("  jobdeck"))
        {
            count += 1;
            let words = words(line);
            Cli::try_parse_from(&words).unwrap_or_else(|error| panic!("{words:?}: {error}"));
        }
        assert!(count > 0, "{args:?}");
    }
}

/// Splits an example like a shell, up to a pipe or remark.
fn words(line: &str) -> Vec<String> {
    let command = line.trim_start();
    let end = [" | ", " > ", "  "]
        .iter()
        .filter_map(|end| command.find(end))
        .min();
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in command[..end.unwrap_or(command.len())].chars() {
        match (c, words.last_mut()) {
            ('\'', _) => quoted = !quoted,
            (' ', _) if !quoted => words.push(String::new()),
            (c, Some(word)) => word.push(c),
            _ => {}
        }
    }
    words
}

/// Titles of the sections of a manual page.
fn sections(page: &str) -> Vec<&str> {
    page.lines()
        .filter_map(|line| line.strip_prefix(".SH "))
        .map(|title| title.trim_matches('"'))
        .collect()
}

#[test]
fn every_command_has_a_manual_page() {
    let away = tempfile::tempdir().unwrap();
    let folder = away.path().join("man");
    let written = run(&["man", "--dir", folder.to_str().unwrap()]).results();
    let mut cli = Cli::command();
    cli.build();
    let mut expected = vec!["jobdeck.1".to_owned(), "jobdeck-query.7".to_owned()];
    let mut rest: Vec<&clap::Command> = cli.get_subcommands().collect();
    while let Some(command) = rest.pop() {
        if command.is_hide_set()
            || command.get_name() == "help" && command.get_positionals().next().is_none()
        {
            continue;
        }
        // `new help` is a command that the parser adds.
        let name = command.get_display_name().unwrap();
        if name.ends_with("-help") && name != "jobdeck-help" {
            continue;
        }
        expected.push(format!("{name}.1"));
        rest.extend(command.get_subcommands());
    }
    let mut names: Vec<&str> = written
        .lines()
        .map(|path| path.rsplit('/').next().unwrap())
        .collect();
    names.sort_unstable();
    expected.sort_unstable();
    assert_eq!(names, expected);
    for path in written.lines().filter(|path| path.ends_with(".1")) {
        let page = std::fs::read_to_string(path).unwrap();
        let sections = sections(&page);
        for section in [
            "NAME",
            "SYNOPSIS",
            "DESCRIPTION",
            "EXIT STATUS",
            "ENVIRONMENT",
            "FILES",
            "EXAMPLES",
            "SEE ALSO",
        ] {
            assert!(
                sections.contains(&section),
                "{path}: {section} of {sections:?}"
            );
        }
        assert!(
            page.contains("JOBDECK_BOARD") && page.contains("journal.jsonl"),
            "{path}"
        );
    }
    let list = run(&["man", "list"]).results();
    assert!(list.contains(".TH jobdeck-list 1"), "{list}");
    assert!(
        list.contains("jobdeck list scientist loc:seattle"),
        "{list}"
    );
    let check = run(&["man", "check"]).results();
    assert!(check.contains("0 no errors, 1 errors"), "{check}");
    assert!(
        run(&["man", "query"])
            .results()
            .contains("near:berlin<50km")
    );
    assert!(
        run(&["man", "lsit"])
            .said(2)
            .contains("no command is called `lsit`")
    );
}

#[test]
fn help_explains_commands_and_topics() {
    let query = run(&["help", "query"]).results();
    for term in jobdeck::query::language::TERMS {
        assert!(query.contains(term.examples[0]), "{}", term.examples[0]);
    }
    assert!(run(&["help", "exit-codes"]).results().contains("2 "));
    assert!(
        run(&["help", "environment"])
            .results()
            .contains("JOBDECK_BOARD")
    );
    assert!(run(&["help", "files"]).results().contains("views.toml"));
    assert_eq!(run(&["help"]).results(), run(&["--help"]).results());
    assert_eq!(
        run(&["help", "list"]).results(),
        run(&["list", "--help"]).results()
    );
    assert_eq!(
        run(&["help", "new", "posting"]).results(),
        run(&["new", "posting", "--help"]).results()
    );
    let said = run(&["help", "qeury"]).said(2);
    assert!(said.contains("did you mean `query`?"), "{said}");
    run(&["help", "--version"]).said(2);
    let narrow = super::jobdeck(&["help", "query"])
        .env("COLUMNS", "60")
        .run()
        .results();
    let widest = narrow.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(100), "{widest:?}");
}

/// Every variable that the program reads is documented.
#[test]
fn the_environment_is_documented() {
    let told = run(&["help", "environment"]).results();
    // Where the program runs decides these, not the user.
    let given = [
        "HOME",
        "PATH",
        "TERM",
        "TMUX",
        "STY",
        "JOBDECK_HARNESS",
        "JOBDECK_REAL_DATA",
    ];
    let mut folders = vec![super::root().join("src")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap_or_default();
            for part in source.split("env::var").skip(1) {
                let Some(name) = part.trim_start_matches("_os").strip_prefix("(\"") else {
                    continue;
                };
                let name = name.split('"').next().unwrap();
                seen += 1;
                assert!(
                    told.contains(name) || given.contains(&name),
                    "{name} in {}",
                    path.display()
                );
            }
        }
    }
    assert!(seen > 3, "{seen}");
}
