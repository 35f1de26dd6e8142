//! The user's own themes: a TOML file with a line for each role that differs from the base theme.
//!
//! ```toml
//! base = "terminal"
//! title = "bold #268bd2"
//! selected = "white on blue"
//! ```

use std::path::Path;
use std::str::FromStr;

use ratatui::style::{Color, Modifier, Style};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Display, Theme, ThemeName};
use crate::board::spelling::nearest;
use crate::board::text;
use crate::config::problem::{Report, a, quoted};
use crate::config::{ConfigProblem, read};

/// Attribute names.
const ATTRIBUTES: [(&str, Modifier); 6] = [
    ("plain", Modifier::empty()),
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
];

/// Loads a theme. Invalid values are reported and remain as in the base theme.
pub(super) fn load(file: &Path, display: Display) -> (Theme, Vec<ConfigProblem>) {
    let nothing = |why: String| {
        let theme = Theme::raw(ThemeName::default(), display);
        (theme, vec![ConfigProblem::whole(file, why)])
    };
    match read(file).map(String::from_utf8) {
        Ok(Ok(source)) => parse(file, &source, display),
        Ok(Err(_)) => nothing("the text is not UTF-8".to_owned()),
        Err(error) => nothing(format!("cannot be read: {error}")),
    }
}

fn parse(file: &Path, source: &str, display: Display) -> (Theme, Vec<ConfigProblem>) {
    let mut report = Report::new(file, source);
    let (table, errors) = DeTable::parse_recoverable(source);
    for error in errors {
        let message = format!("not TOML: {}", text::line(error.message()));
        report.add_syntax(&error.span().unwrap_or_default(), message);
    }
    let table = table.get_ref();
    let base = table.get("base").and_then(|value| base(value, &mut report));
    let mut theme = Theme::raw(base.unwrap_or_default(), display);
    for (role, value) in table {
        let name = role.get_ref().as_ref();
        // The parser guessed the values of a broken line.
        if name == "base" || report.is_guess(&value.span()) {
            continue;
        }
        let names: Vec<_> = theme.roles().into_iter().map(|(name, _)| name).collect();
        let Some(place) = theme.role_mut(name) else {
            let hint = nearest(name, names).map(str::to_owned);
            report.add(
                &role.span(),
                format!("{} is not a role", quoted(name)),
                hint,
            );
            continue;
        };
        if let Some(style) = style(value, &mut report) {
            *place = style;
        }
    }
    (theme, report.finish())
}

fn base(value: &Spanned<DeValue<'_>>, report: &mut Report<'_>) -> Option<ThemeName> {
    let name = value.get_ref().as_str().unwrap_or_default();
    let base = ThemeName::from_name(name);
    if base.is_none() {
        let hint = nearest(name, ThemeName::ALL.map(ThemeName::name));
        let message = format!("{} is not a theme to start from", quoted(name));
        report.add(&value.span(), message, hint.map(str::to_owned));
    }
    base
}

/// Parses a style such as `bold underlined #ff8800 on black`; the background follows `on`, otherwise the order is free.
fn style(value: &Spanned<DeValue<'_>>, report: &mut Report<'_>) -> Option<Style> {
    let Some(words) = value.get_ref().as_str() else {
        let kind = a(value.get_ref().type_str());
        report.add(
            &value.span(),
            format!("a style is a text in quotes, not {kind}"),
            None,
        );
        return None;
    };
    let mut style = Style::new();
    let mut ground = false;
    for word in words.split_whitespace() {
        let attribute = ATTRIBUTES.iter().find(|(name, _)| *name == word);
        match (attribute, Color::from_str(word)) {
            (Some((_, attribute)), _) => style = style.add_modifier(*attribute),
            (None, _) if word == "on" => ground = true,
            (None, Ok(colour)) if ground => style = style.bg(colour),
            (None, Ok(colour)) => style = style.fg(colour),
            (None, Err(_)) => {
                let known = ATTRIBUTES.iter().map(|(name, _)| *name);
                let hint = nearest(word, known.chain(COLOURS)).map(str::to_owned);
                let message = format!("{} is no colour and no attribute", quoted(word));
                report.add(&value.span(), message, hint);
                return None;
            }
        }
    }
    Some(style)
}

/// Named colours; others are written as #rrggbb or as an index into the 256 colours.
const COLOURS: [&str; 17] = [
    "reset",
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "gray",
    "darkgray",
    "lightred",
    "lightgreen",
    "lightyellow",
    "lightblue",
    "lightmagenta",
    "lightcyan",
    "white",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(source: &str) -> (Theme, Vec<String>) {
        let (theme, problems) = parse(Path::new("t.toml"), source, Display::default());
        (theme, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_line_changes_a_role_and_the_rest_is_the_base() {
        let (theme, problems) = parsed(
            "base = \"high-contrast\"\ntitle = \"bold #ff8800 on black\"\nmuted = \"plain\"\nlink = \"underlined 33\"\n",
        );
        assert_eq!(problems, [""; 0]);
        let base = Theme::raw(ThemeName::HighContrast, Display::default());
        let orange = Color::Rgb(0xff, 0x88, 0);
        let title = Style::new()
            .fg(orange)
            .bg(Color::Black)
            .add_modifier(Modifier::BOLD);
        assert_eq!((theme.title, theme.muted), (title, Style::new()));
        assert_eq!(theme.link.fg, Some(Color::Indexed(33)));
        assert_eq!(theme.selected, base.selected);
    }

    #[test]
    fn every_colour_that_is_offered_is_one() {
        for name in COLOURS {
            assert!(Color::from_str(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn each_mistake_is_placed_and_costs_its_line() {
        let (theme, problems) = parsed(concat!(
            "base = \"termnal\"\n",
            "tilte = \"bold\"\n",
            "title = \"blod red\"\n",
            "muted = \"dim bleu\"\n",
            "link = 3\n",
            "code = bold\n",
        ));
        assert_eq!(
            problems,
            [
                "t.toml:1:8: `termnal` is not a theme to start from (did you mean `terminal`?)",
                "t.toml:2:1: `tilte` is not a role (did you mean `title`?)",
                "t.toml:3:9: `blod` is no colour and no attribute (did you mean `bold`?)",
                "t.toml:4:9: `bleu` is no colour and no attribute (did you mean `blue`?)",
                "t.toml:5:8: a style is a text in quotes, not an integer",
                "t.toml:6:8: not TOML: string values must be quoted, expected literal string",
            ]
        );
        assert_eq!(theme, Theme::raw(ThemeName::Auto, Display::default()));
    }
}
