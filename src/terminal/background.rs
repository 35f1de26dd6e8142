//! Detects whether the terminal is light or dark.

use std::time::Duration;

use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

use crate::config::Ground;

/// Timeout for the response of the terminal, which may be slow over a network.
const PATIENCE: Duration = Duration::from_millis(300);

/// Background of the terminal; dark if it does not respond, or if there is no terminal.
pub fn background() -> Ground {
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
