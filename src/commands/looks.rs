//! How the screen looks: the theme that the config and the terminal come to, and whether to draw only ASCII.

use crate::config::{Config, Display, Glyphs, Ground, Theme};
use crate::terminal;

/// The theme, and whether to draw only ASCII. Problems with the theme were reported with the config.
pub(super) fn looks(config: &Config) -> (Theme, bool, Display) {
    let no_color = no_color();
    let true_color = has_true_color();
    let ground = if config.theme.depends_on_ground(true_color) && !no_color {
        terminal::background()
    } else {
        Ground::Dark
    };
    let display = Display {
        ground,
        true_color,
        no_color,
    };
    let (theme, _) = config.theme.theme(display);
    (theme, is_ascii(config.glyphs), display)
}

/// Whether colours are disabled: <https://no-color.org>.
fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// Whether the terminal announces 24-bit colours.
fn has_true_color() -> bool {
    let promised = std::env::var("COLORTERM").unwrap_or_default();
    matches!(promised.as_str(), "truecolor" | "24bit")
}

/// Whether to draw only ASCII.
fn is_ascii(glyphs: Glyphs) -> bool {
    match glyphs {
        Glyphs::Ascii => true,
        Glyphs::Unicode => false,
        Glyphs::Auto => {
            let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
            let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
            // Without a locale, assume UTF-8 as in current terminals.
            locale.is_some_and(|locale| {
                let locale = locale.to_ascii_lowercase();
                !(locale.contains("utf-8") || locale.contains("utf8"))
            })
        }
    }
}
