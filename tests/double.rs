//! A double: jobdeck on a real terminal, with parts that tests can make fail or replace.
//!
//! It is the test binary, started again by the tests, so that the program itself needs no fault injection.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crossterm::event::Event;

use jobdeck::annotate::Rules;
use jobdeck::board::{Board, Posting};
use jobdeck::config::{Config, Display};
use jobdeck::content::{self, Loaded};
use jobdeck::fetch::{Client, Limits, Reach};
use jobdeck::runtime::{self, BoardSource, Start};
use jobdeck::terminal::Opener;
use portable_pty::CommandBuilder;

use crate::real::program;
use crate::session::TODAY;

/// File whose presence makes loading panic; its content replaces the message of the panic.
pub const LOAD_PANICS: &str = "load-panics";
/// File whose presence makes the next key panic.
pub const KEY_PANICS: &str = "key-panics";
/// File with the URLs of a board, one per line.
pub const URLS: &str = "urls";
/// Message of a panic.
pub const EVIL: &str = "an evil \u{1b}]0;title\u{7}\u{1b}[?1000h\u{202e}panic";
/// Environment variable with the folder.
const FOLDER: &str = "JOBDECK_DOUBLE";

/// The double, controlled by the files of a folder.
pub fn double(folder: &Path) -> CommandBuilder {
    let mut command = program(std::env::current_exe().expect("this program"));
    command.args(["--exact", "double::plays", "--ignored", "--nocapture"]);
    command.env(FOLDER, folder);
    command
}

#[test]
#[ignore = "the program that other tests run"]
fn plays() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let loader = folder.clone();
    let config = Config::default();
    let status = runtime::run(Start {
        remote: None,
        access: jobdeck::runtime::Access::Owner,
        purpose: jobdeck::app::Purpose::Browse,
        display: jobdeck::config::Display::default(),
        config_file: None,
        views: Vec::new(),
        views_file: None,
        rules: Rules::default(),
        journal: None,
        theme: config.theme.theme(Display::default()).0,
        ascii: false,
        config,
        query: String::new(),
        session: None,
        sessions: None,
        notices: Vec::new(),
        folders: Vec::new(),
        mirrors: Vec::new(),
        client: Client::new(Reach::default(), Limits::default(), None),
        source: BoardSource {
            load: Box::new(move |_| Ok(load(&loader))),
            snapshot: None,
            derive: true,
            look: None,
            is_whole: None,
        },
        today: Arc::new(move || {
            assert!(!folder.join(KEY_PANICS).exists(), "{EVIL}");
            TODAY
        }),
        opener: Opener {
            as_root: true,
            ..Opener::default()
        },
    });
    std::process::exit(status.expect("a terminal").status.into());
}

fn load(folder: &Path) -> Loaded {
    if let Ok(said) = std::fs::read_to_string(folder.join(LOAD_PANICS)) {
        panic!("{}", if said.is_empty() { EVIL } else { &said });
    }
    let Ok(urls) = std::fs::read_to_string(folder.join(URLS)) else {
        return content::shipped();
    };
    // Bypasses the loader's checks, so that URLs may be arbitrarily bad.
    let postings = urls.lines().enumerate().map(|(at, url)| Posting {
        id: format!("p{at}"),
        title: format!("Posting {at:03}."),
        url: Some(url.to_owned()),
        ..Posting::default()
    });
    Loaded {
        board: Board::new("urls".to_owned(), postings.collect(), Vec::new()),
        problems: Vec::new(),
        files: Vec::new(),
    }
}

/// A naive program that keeps all its input and draws it after each event.
pub fn hoarder() -> CommandBuilder {
    let mut command = program(std::env::current_exe().expect("this program"));
    command.args(["--exact", "double::hoards", "--ignored", "--nocapture"]);
    command.env(FOLDER, "");
    command
}

#[test]
#[ignore = "the program that other tests run"]
fn hoards() {
    if std::env::var_os(FOLDER).is_none() {
        return;
    }
    crossterm::terminal::enable_raw_mode().expect("a terminal");
    let mut said: Vec<String> = Vec::new();
    let mut out = std::io::stdout();
    loop {
        let all = said.concat();
        let shown: String = all
            .chars()
            .rev()
            .take(60)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        write!(out, "\r\x1b[2K10 of 10 {shown}").expect("a terminal");
        out.flush().expect("a terminal");
        match crossterm::event::read().expect("an event") {
            Event::Paste(text) => said.push(text),
            Event::Key(key) => said.extend(key.code.as_char().map(String::from)),
            _ => {}
        }
    }
}
