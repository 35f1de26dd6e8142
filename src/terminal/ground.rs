//! Asks the terminal whether it is light or dark.

use std::time::Duration;

use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

use crate::config::Ground;

/// Over a slow line an answer may take this long; whoever waits longer would notice.
const PATIENCE: Duration = Duration::from_millis(300);

/// The background of the terminal; dark where it does not say, or where there is none to ask.
pub fn ground() -> Ground {
    if super::tty::check().is_err() {
        return Ground::Dark;
    }
    let mut options = QueryOptions::default();
    options.timeout = PATIENCE;
    match theme_mode(options) {
        Ok(ThemeMode::Light) => Ground::Light,
        Ok(ThemeMode::Dark) | Err(_) => Ground::Dark,
    }
}
