//! Design tokens: a style for each role on the screen. Only this module and its submodules name colours.
//!
//! A screen has one accent, three weights of text (`text`, `muted`, `faint`), one style for selections and one for
//! badges. `night` and `day` separate regions by stepped backgrounds, the others by thin rules. Colour never carries a
//! meaning alone: a word, a sign or an attribute accompanies it.

mod choice;
mod file;
mod painted;
mod sixteen;

#[cfg(test)]
mod contrast;

use ratatui::style::{Color, Modifier, Style};

pub use choice::{Display, Ground, ThemeChoice};

/// A built-in theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ThemeName {
    /// `night` or `day` on terminals with true colour, else `terminal`.
    #[default]
    Auto,
    /// Light text on stepped dark backgrounds.
    Night,
    /// Dark text on stepped light backgrounds.
    Day,
    /// The terminal's sixteen colours on its own background.
    Terminal,
    /// The strongest colours on black.
    HighContrast,
}

impl ThemeName {
    /// Every theme, in the order of the picker.
    pub const ALL: [Self; 5] = [
        Self::Auto,
        Self::Night,
        Self::Day,
        Self::Terminal,
        Self::HighContrast,
    ];

    /// The name in a config file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Night => "night",
            Self::Day => "day",
            Self::Terminal => "terminal",
            Self::HighContrast => "high-contrast",
        }
    }

    /// The theme with this name in a config file.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// Declares the roles once, so that code can iterate over them.
macro_rules! roles {
    ($($role:ident $help:literal,)+) => {
        /// A style for each role. Screens use roles, never colours.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Theme {
            $(#[doc = $help] pub $role: Style,)+
        }

        impl Theme {
            /// The theme with every style changed by `change`.
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
    ground "The background of the whole screen.",
    text "Ordinary text.",
    muted "Secondary text.",
    faint "Text that matters least: labels, counts, age.",
    panel "The background of the filters pane.",
    bar "The background of the top and the bottom line.",
    raised "The background of a dialog.",
    border "Thin rules, and the track of a scroll bar.",
    border_focus "The frame of a dialog.",
    scroll "The thumb of a scroll bar.",
    brand "The program's name.",
    pane_title "The name of a pane.",
    pane_title_focus "The name of the pane that has the focus.",
    cursor "The bar at the left of the selected row.",
    selected "The selected row of the focused pane.",
    selected_unfocused "The selected row of another pane.",
    title "The title of a posting or an interview, and of a row that was not opened yet.",
    title_seen "The title of a row that was opened before.",
    closed "The title of a posting that is closed.",
    pay "Pay.",
    badge "A short fact beside a row, as its source states it.",
    badge_derived "A short fact beside a row that was read out of the text.",
    label "The name of a fact, before its value.",
    marked "A row that the user marked.",
    mine "What the user marked or wrote.",
    heading "A heading.",
    question "A question of an interview.",
    caption "The caption of a picture.",
    note "A note of the editor, and a quotation.",
    matched "Letters that the query matched.",
    hit "A hit of the reader's search.",
    hit_current "The current hit.",
    error "What failed.",
    incomplete "A result that is not complete, and what needs attention soon.",
    notice "What just happened, and what is new.",
    key "A key in a hint.",
    link "A link.",
    link_focus "The link that Enter follows.",
    checked "A filter's included value.",
    excluded "A filter's excluded value.",
    code "Code.",
    emphasis "Emphasised text.",
    strong "Strongly emphasised text.",
    progress "How far the reader is.",
}

impl Theme {
    /// The theme of this name for a display.
    pub fn named(name: ThemeName, display: Display) -> Self {
        Self::raw(name, display).finished(display)
    }

    /// The theme as declared.
    fn raw(name: ThemeName, display: Display) -> Self {
        match (name, display.ground) {
            (ThemeName::Auto, Ground::Dark) if display.true_color => painted::night(),
            (ThemeName::Auto, Ground::Light) if display.true_color => painted::day(),
            (ThemeName::Night, _) => painted::night(),
            (ThemeName::Day, _) => painted::day(),
            (ThemeName::Auto | ThemeName::Terminal, ground) => sixteen::terminal(ground),
            (ThemeName::HighContrast, _) => sixteen::high_contrast(),
        }
    }

    /// The theme adapted to the display: attributes only if colours are disabled, and the nearest of 256 colours
    /// without true colour.
    fn finished(self, display: Display) -> Self {
        // Painted themes use backgrounds where only attributes are available here.
        let theme = if display.no_color && self.has_steps() {
            sixteen::terminal(display.ground)
        } else {
            self
        };
        theme.map(|style| {
            let style = one_intensity(style);
            if display.no_color {
                Style {
                    fg: None,
                    bg: None,
                    ..style
                }
            } else if display.true_color {
                style
            } else {
                painted::indexed(style)
            }
        })
    }

    /// A style on the selected row: text keeps its weight and underline, and stays readable. A reversed selection has
    /// one colour throughout.
    #[must_use]
    pub fn on_selection(&self, style: Style, focused: bool) -> Style {
        let selection = if focused {
            self.selected
        } else {
            self.selected_unfocused
        };
        if selection.add_modifier.contains(REVERSED) {
            let weight = style.add_modifier & (BOLD | UNDERLINED | ITALIC);
            let plain = Style {
                fg: self.text.fg.or(Some(Color::Reset)),
                bg: self.ground.bg.or(Some(Color::Reset)),
                ..self.text
            };
            return plain.patch(selection).add_modifier(weight);
        }
        let lifted = if self.faint.fg.is_some() && style.fg == self.faint.fg {
            self.muted.fg
        } else {
            style.fg
        };
        Style {
            fg: lifted,
            ..style
        }
        .patch(selection)
    }

    /// Whether regions have different backgrounds, so that no rules are needed between them.
    pub fn has_steps(&self) -> bool {
        self.panel.bg != self.ground.bg
    }
}

/// Makes a style either bold or dim, since terminals render the combination inconsistently. Applied over another style,
/// it removes the other attribute.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Roles whose meaning is also clear from position or wording: `€90k` is pay in any colour.
    const TOLD_BY_PLACE: [&str; 17] = [
        "pane_title",
        "selected_unfocused",
        "ground",
        "text",
        "panel",
        "bar",
        "raised",
        "border",
        "border_focus",
        "scroll",
        "cursor",
        "title_seen",
        "pay",
        "badge",
        "badge_derived",
        "muted",
        "faint",
    ];

    fn displays() -> impl Iterator<Item = Display> {
        [Ground::Dark, Ground::Light]
            .into_iter()
            .flat_map(|ground| {
                [(true, false), (false, false), (true, true)].map(|(true_color, no_color)| {
                    Display {
                        ground,
                        true_color,
                        no_color,
                    }
                })
            })
    }

    fn all() -> impl Iterator<Item = (ThemeName, Display, Theme)> {
        ThemeName::ALL.into_iter().flat_map(|name| {
            displays().map(move |display| (name, display, Theme::named(name, display)))
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
        for (name, display, theme) in all().filter(|(_, display, _)| display.no_color) {
            for (role, style) in theme.roles() {
                assert_eq!(
                    (style.fg, style.bg),
                    (None, None),
                    "{name:?} {display:?} {role}"
                );
            }
        }
    }

    #[test]
    fn a_terminal_without_true_colour_gets_none() {
        use ratatui::style::Color;
        for (name, display, theme) in all().filter(|(_, display, _)| !display.true_color) {
            for (role, style) in theme.roles() {
                let rgb = |color| matches!(color, Some(Color::Rgb(..)));
                assert!(
                    !rgb(style.fg) && !rgb(style.bg),
                    "{name:?} {display:?} {role}"
                );
            }
        }
    }

    #[test]
    fn colour_is_never_the_only_signal() {
        for (name, display, theme) in all().filter(|(_, display, _)| display.no_color) {
            for (role, style) in theme.roles() {
                let told = !style.add_modifier.is_empty() || TOLD_BY_PLACE.contains(&role);
                assert!(told, "{name:?} {display:?} {role}");
            }
        }
    }

    #[test]
    fn no_style_over_another_is_bold_and_dim_at_once() {
        for (name, display, theme) in all() {
            for (one, under) in theme.roles() {
                for (other, over) in theme.roles() {
                    let both = under.patch(over).add_modifier;
                    assert!(
                        !both.contains(BOLD | DIM),
                        "{name:?} {display:?} {other} over {one}"
                    );
                }
            }
        }
    }

    #[test]
    fn adjacent_roles_differ_without_colour() {
        for (name, _, theme) in all().filter(|(_, display, _)| display.no_color) {
            for (one, other) in [
                (theme.selected, theme.text),
                (theme.title, theme.title_seen),
                (theme.pane_title, theme.pane_title_focus),
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
    fn auto_goes_by_the_display() {
        for (ground, true_color, name) in [
            (Ground::Dark, true, ThemeName::Night),
            (Ground::Light, true, ThemeName::Day),
            (Ground::Dark, false, ThemeName::Terminal),
            (Ground::Light, false, ThemeName::Terminal),
        ] {
            let display = Display {
                ground,
                true_color,
                no_color: false,
            };
            assert_eq!(
                Theme::named(ThemeName::Auto, display),
                Theme::named(name, display)
            );
        }
    }
}
