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
        assert!(man.contains(&format!(".SS \"jobdeck {name}\"")), "{name}");
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
