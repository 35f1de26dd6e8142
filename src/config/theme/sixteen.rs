//! Themes in the sixteen colours of every terminal.
//!
//! `terminal` has to be readable with the default colours of xterm, `PuTTY` and the Linux console. On black that
//! excludes blue, red and magenta; on white it excludes green, yellow and cyan. Both variants paint no background, and
//! reverse the selection.

use ratatui::style::{Color, Modifier, Style};

use super::{BOLD, DIM, Ground, ITALIC, REVERSED, Theme, UNDERLINED};

/// The colours that are readable on a background.
struct Hues {
    accent: Color,
    pay: Option<Color>,
    mine: Color,
    soon: Color,
    error: Color,
    /// Emphasis for colours other than the accent: bold becomes bright in many terminals, which is too weak on white.
    stress: Modifier,
}

const DARK: Hues = Hues {
    accent: Color::Cyan,
    pay: Some(Color::Green),
    mine: Color::Yellow,
    soon: Color::Yellow,
    error: Color::LightRed,
    stress: BOLD,
};

const LIGHT: Hues = Hues {
    accent: Color::Blue,
    pay: None,
    mine: Color::Magenta,
    soon: Color::Red,
    error: Color::Red,
    stress: ITALIC,
};

/// The terminal's own colours on its own background.
pub(super) fn terminal(ground: Ground) -> Theme {
    let hues = match ground {
        Ground::Dark => DARK,
        Ground::Light => LIGHT,
    };
    let plain = |modifier: Modifier| Style::new().add_modifier(modifier);
    let colour = |fg: Color, modifier: Modifier| plain(modifier).fg(fg);
    let accent = |modifier: Modifier| colour(hues.accent, modifier);
    let mine = |modifier: Modifier| colour(hues.mine, hues.stress | modifier);
    let none = Modifier::empty();
    Theme {
        ground: Style::new(),
        text: Style::new(),
        muted: Style::new(),
        faint: plain(DIM),
        panel: Style::new(),
        bar: Style::new(),
        raised: Style::new(),
        border: plain(DIM),
        border_focus: plain(DIM),
        scroll: plain(DIM),
        brand: accent(BOLD),
        pane_title: plain(DIM),
        pane_title_focus: accent(BOLD),
        cursor: accent(BOLD),
        selected: plain(REVERSED),
        selected_unfocused: Style::new(),
        title: plain(BOLD),
        title_seen: Style::new(),
        closed: plain(DIM | ITALIC),
        pay: Style {
            fg: hues.pay,
            ..Style::new()
        },
        badge: accent(none),
        badge_derived: plain(DIM),
        label: plain(DIM),
        marked: mine(none),
        mine: mine(none),
        heading: accent(BOLD),
        question: accent(BOLD),
        caption: plain(DIM | ITALIC),
        note: plain(ITALIC),
        matched: mine(UNDERLINED),
        hit: mine(UNDERLINED),
        hit_current: mine(REVERSED),
        error: colour(hues.error, hues.stress),
        incomplete: colour(hues.soon, hues.stress),
        notice: mine(none),
        key: accent(BOLD),
        link: accent(UNDERLINED),
        link_focus: accent(BOLD | REVERSED),
        checked: mine(none),
        excluded: colour(hues.error, hues.stress | UNDERLINED),
        code: plain(ITALIC),
        emphasis: plain(ITALIC),
        strong: plain(BOLD),
        progress: accent(BOLD),
    }
}

/// Bright on black, without dim text. A filled role is bright on black and reversed, so that it remains filled when
/// colours are disabled.
pub(super) fn high_contrast() -> Theme {
    let bright =
        |fg: Color, modifier: Modifier| Style::new().fg(fg).bg(Color::Black).add_modifier(modifier);
    let white = |modifier: Modifier| bright(Color::White, modifier);
    let yellow = |modifier: Modifier| bright(Color::LightYellow, modifier);
    let cyan = |modifier: Modifier| bright(Color::LightCyan, modifier);
    let green = |modifier: Modifier| bright(Color::LightGreen, modifier);
    let plain = Modifier::empty();
    Theme {
        ground: white(plain),
        text: white(plain),
        muted: white(plain),
        faint: white(plain),
        panel: white(plain),
        bar: white(plain),
        raised: white(plain),
        border: white(plain),
        border_focus: yellow(BOLD),
        scroll: yellow(BOLD),
        brand: yellow(BOLD),
        pane_title: white(plain),
        pane_title_focus: yellow(BOLD | UNDERLINED),
        cursor: yellow(BOLD),
        selected: yellow(REVERSED),
        selected_unfocused: white(UNDERLINED),
        title: yellow(BOLD),
        title_seen: white(plain),
        closed: white(ITALIC),
        pay: green(plain),
        badge: cyan(plain),
        badge_derived: white(ITALIC),
        label: white(ITALIC),
        marked: green(BOLD),
        mine: green(BOLD),
        heading: yellow(BOLD | UNDERLINED),
        question: yellow(BOLD),
        caption: white(ITALIC),
        note: cyan(ITALIC),
        matched: cyan(BOLD | UNDERLINED),
        hit: cyan(BOLD | UNDERLINED),
        hit_current: cyan(BOLD | REVERSED),
        error: white(BOLD | REVERSED),
        incomplete: yellow(ITALIC),
        notice: green(BOLD),
        key: yellow(BOLD),
        link: cyan(UNDERLINED),
        link_focus: yellow(BOLD | UNDERLINED | REVERSED),
        checked: green(BOLD),
        excluded: white(BOLD | UNDERLINED),
        code: cyan(BOLD),
        emphasis: white(ITALIC),
        strong: white(BOLD),
        progress: yellow(BOLD),
    }
}
