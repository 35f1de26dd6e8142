//! The looks of every role on the screen. Colours are named here and nowhere else.
//!
//! Nothing is told by colour alone: each role that means something has an attribute too, and that is what remains
//! where colours are unwanted.

mod choice;
mod file;

use ratatui::style::{Color, Modifier, Style};

pub use choice::{Ground, ThemeChoice};

/// A theme by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ThemeName {
    /// The terminal's own colours, on its own background.
    #[default]
    Terminal,
    /// The strongest colours, on black.
    HighContrast,
}

impl ThemeName {
    /// Every theme.
    pub const ALL: [Self; 2] = [Self::Terminal, Self::HighContrast];

    /// The name in a config file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::HighContrast => "high-contrast",
        }
    }

    /// The theme that a config file means by this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// Declares the roles once, so that a change can be made to every one of them.
macro_rules! roles {
    ($($role:ident $help:literal,)+) => {
        /// A style for each role. Screens name roles, never colours.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Theme {
            $(#[doc = $help] pub $role: Style,)+
        }

        impl Theme {
            /// The same theme with every style changed.
            fn map(self, change: impl Fn(Style) -> Style) -> Self {
                Self { $($role: change(self.$role),)+ }
            }

            /// The style of a role.
            fn role_mut(&mut self, role: &str) -> Option<&mut Style> {
                match role {
                    $(stringify!($role) => Some(&mut self.$role),)+
                    _ => None,
                }
            }

            /// Every role by name.
            pub fn roles(&self) -> Vec<(&'static str, Style)> {
                vec![$((stringify!($role), self.$role),)+]
            }
        }
    };
}

roles! {
    text "Ordinary text, and the ground of the whole screen.",
    title "The title of a posting or an interview.",
    muted "What matters less than text.",
    border "The border of a pane.",
    border_focus "The border of the pane that has the focus.",
    pane_title "The name of a pane.",
    selected "The selected row of the focused pane.",
    selected_unfocused "The selected row of another pane.",
    marked "A row that the user marked.",
    heading "A heading in a text.",
    question "A question of an interview.",
    caption "The caption of a picture.",
    note "A note of the editor.",
    matched "Letters that the query matched.",
    hit "A hit of the reader's search.",
    hit_current "The hit that the reader stands at.",
    error "What failed.",
    incomplete "A count or a result that is not the whole truth.",
    notice "What just happened.",
    key "A key in a hint.",
    link "A link.",
    link_focus "The link that Enter follows.",
    checked "A filter's included value.",
    excluded "A filter's excluded value.",
    code "Code.",
    emphasis "Emphasised text.",
    strong "Strongly emphasised text.",
    bar "The top and the bottom line.",
    progress "How far the reader is.",
    closed "A posting that is closed.",
    mine "What the user marked or wrote.",
}

impl Theme {
    /// The theme of this name; without colours, its attributes alone.
    pub fn named(name: ThemeName, no_color: bool) -> Self {
        Self::raw(name).finished(no_color)
    }

    /// As it is written down.
    fn raw(name: ThemeName) -> Self {
        match name {
            ThemeName::Terminal => terminal(),
            ThemeName::HighContrast => high_contrast(),
        }
    }

    /// As terminals show it; without colours, its attributes alone.
    fn finished(self, no_color: bool) -> Self {
        self.map(|style| {
            let style = one_intensity(style);
            if no_color {
                Style {
                    fg: None,
                    bg: None,
                    ..style
                }
            } else {
                style
            }
        })
    }
}

/// A terminal shows text bold or dim; of both at once each makes something else. Laid over another, a style that is the
/// one takes the other away.
fn one_intensity(style: Style) -> Style {
    if style.add_modifier.contains(BOLD) {
        style.remove_modifier(DIM)
    } else if style.add_modifier.contains(DIM) {
        style.remove_modifier(BOLD)
    } else {
        style
    }
}

const BOLD: Modifier = Modifier::BOLD;
const DIM: Modifier = Modifier::DIM;
const ITALIC: Modifier = Modifier::ITALIC;
const UNDERLINED: Modifier = Modifier::UNDERLINED;
const REVERSED: Modifier = Modifier::REVERSED;

/// Only colours that terminals keep readable on light and on dark grounds: neither black nor white nor the greys nor
/// yellow, and no background. What stands out does so by reversing whatever the terminal has.
fn terminal() -> Theme {
    let plain = |modifier: Modifier| Style::new().add_modifier(modifier);
    let colour = |fg: Color, modifier: Modifier| plain(modifier).fg(fg);
    Theme {
        text: Style::new(),
        title: plain(BOLD),
        muted: plain(DIM),
        border: plain(DIM),
        border_focus: colour(Color::Blue, BOLD),
        pane_title: plain(BOLD),
        selected: plain(REVERSED),
        selected_unfocused: plain(REVERSED | DIM),
        marked: colour(Color::Green, BOLD),
        heading: colour(Color::Blue, BOLD),
        question: colour(Color::Blue, BOLD),
        caption: plain(DIM | ITALIC),
        note: plain(ITALIC),
        matched: colour(Color::Magenta, BOLD | UNDERLINED),
        hit: colour(Color::Magenta, BOLD | UNDERLINED),
        hit_current: colour(Color::Magenta, BOLD | REVERSED),
        error: colour(Color::Red, BOLD),
        incomplete: colour(Color::Magenta, ITALIC),
        notice: colour(Color::Green, BOLD),
        key: colour(Color::Blue, BOLD),
        link: colour(Color::Blue, UNDERLINED),
        link_focus: plain(UNDERLINED | REVERSED),
        checked: colour(Color::Green, BOLD),
        excluded: colour(Color::Red, UNDERLINED),
        code: colour(Color::Cyan, BOLD),
        emphasis: plain(ITALIC),
        strong: plain(BOLD),
        bar: Style::new(),
        progress: colour(Color::Blue, BOLD),
        closed: plain(DIM | ITALIC),
        mine: colour(Color::Green, ITALIC),
    }
}

/// Bright on black, nothing dim. A filled role is written as bright on black and reversed, so that it shows bold black
/// on a bright ground and stays filled where colours are off.
fn high_contrast() -> Theme {
    let bright =
        |fg: Color, modifier: Modifier| Style::new().fg(fg).bg(Color::Black).add_modifier(modifier);
    let white = |modifier: Modifier| bright(Color::White, modifier);
    let yellow = |modifier: Modifier| bright(Color::LightYellow, modifier);
    let cyan = |modifier: Modifier| bright(Color::LightCyan, modifier);
    Theme {
        text: white(Modifier::empty()),
        title: yellow(BOLD),
        muted: white(ITALIC),
        border: white(Modifier::empty()),
        border_focus: yellow(BOLD),
        pane_title: white(BOLD),
        selected: yellow(BOLD | REVERSED),
        selected_unfocused: white(REVERSED),
        marked: bright(Color::LightGreen, BOLD),
        heading: yellow(BOLD | UNDERLINED),
        question: yellow(BOLD),
        caption: white(ITALIC),
        note: cyan(ITALIC),
        matched: cyan(BOLD | UNDERLINED),
        hit: cyan(BOLD | UNDERLINED),
        hit_current: cyan(BOLD | REVERSED),
        error: white(BOLD | REVERSED),
        incomplete: yellow(ITALIC),
        notice: bright(Color::LightGreen, BOLD),
        key: yellow(BOLD),
        link: cyan(UNDERLINED),
        link_focus: yellow(BOLD | UNDERLINED | REVERSED),
        checked: bright(Color::LightGreen, BOLD),
        excluded: white(BOLD | UNDERLINED),
        code: cyan(BOLD),
        emphasis: white(ITALIC),
        strong: white(BOLD),
        bar: white(Modifier::empty()),
        progress: yellow(BOLD),
        closed: white(ITALIC),
        mine: bright(Color::LightGreen, ITALIC),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Roles that say nothing by themselves.
    const GROUND: [&str; 3] = ["text", "border", "bar"];

    fn all() -> impl Iterator<Item = (ThemeName, bool, &'static str, Style)> {
        ThemeName::ALL.into_iter().flat_map(|name| {
            [false, true].into_iter().flat_map(move |no_color| {
                let roles = Theme::named(name, no_color).roles();
                roles
                    .into_iter()
                    .map(move |(role, style)| (name, no_color, role, style))
            })
        })
    }

    #[test]
    fn names_read_back() {
        for theme in ThemeName::ALL {
            assert_eq!(ThemeName::from_name(theme.name()), Some(theme));
        }
        assert_eq!(ThemeName::from_name("Terminal "), None);
    }

    #[test]
    fn no_color_leaves_no_colour() {
        for (name, no_color, role, style) in all() {
            if no_color {
                assert_eq!((style.fg, style.bg), (None, None), "{name:?} {role}");
            }
        }
    }

    #[test]
    fn nothing_is_told_by_colour_alone() {
        for (name, no_color, role, style) in all() {
            let told = !style.add_modifier.is_empty();
            assert!(told || GROUND.contains(&role), "{name:?} {no_color} {role}");
        }
    }

    #[test]
    fn no_style_over_another_is_bold_and_dim_at_once() {
        for (_, _, one, under) in all() {
            for (name, no_color, other, over) in all() {
                let both = under.patch(over).add_modifier;
                assert!(
                    !both.contains(BOLD | DIM),
                    "{name:?} {no_color} {other} over {one}"
                );
            }
        }
    }

    #[test]
    fn what_stands_side_by_side_differs_without_colour() {
        for name in ThemeName::ALL {
            let theme = Theme::named(name, true);
            for (one, other) in [
                (theme.selected, theme.selected_unfocused),
                (theme.border, theme.border_focus),
                (theme.hit, theme.hit_current),
                (theme.link, theme.link_focus),
                (theme.checked, theme.excluded),
                (theme.emphasis, theme.strong),
            ] {
                assert_ne!(one, other, "{name:?}");
            }
        }
    }

    #[test]
    fn the_terminal_theme_fits_light_and_dark_grounds() {
        for (role, style) in Theme::named(ThemeName::Terminal, false).roles() {
            assert_eq!(style.bg, None, "{role}");
            let kept = [
                None,
                Some(Color::Red),
                Some(Color::Green),
                Some(Color::Blue),
                Some(Color::Magenta),
                Some(Color::Cyan),
            ];
            assert!(kept.contains(&style.fg), "{role}");
        }
    }

    #[test]
    fn the_high_contrast_theme_is_bright_on_black() {
        for (role, style) in Theme::named(ThemeName::HighContrast, false).roles() {
            assert_eq!(style.bg, Some(Color::Black), "{role}");
            assert!(!style.add_modifier.contains(DIM), "{role}");
        }
    }
}
