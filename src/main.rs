//! Parses the arguments and runs; no logic.

use std::process::ExitCode;

use jobdeck::config::{Config, Theme};
use jobdeck::content;
use jobdeck::terminal::{self, Opener, Start};

fn main() -> ExitCode {
    let config = Config::default();
    let start = Start {
        theme: Theme::named(config.theme, false),
        config,
        query: String::new(),
        notices: Vec::new(),
        load: Box::new(|| Ok(content::shipped())),
        today: Box::new(|| jiff::Zoned::now().date()),
        opener: Opener::default(),
    };
    match terminal::run(start) {
        Ok(status) => ExitCode::from(status),
        Err(why) => {
            eprintln!("jobdeck: {why}");
            ExitCode::from(2)
        }
    }
}
