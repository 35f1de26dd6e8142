//! Choice of the theme: a built-in one or the user's own, optionally by background.

use std::path::{Path, PathBuf};

use toml::de::DeValue;

use super::{Theme, ThemeName, file};
use crate::board::spelling::nearest;
use crate::config::ConfigProblem;
use crate::config::problem::{Report, a, quoted};

/// Background of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Light background with dark text.
    Light,
    /// Dark background with light text.
    Dark,
}

/// Capabilities of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Display {
    /// Its background.
    pub ground: Ground,
    /// Whether it supports 24-bit colours.
    pub true_color: bool,
    /// Whether the user disabled colours.
    pub no_color: bool,
}

impl Default for Display {
    fn default() -> Self {
        Self {
            ground: Ground::Dark,
            true_color: true,
            no_color: false,
        }
    }
}

/// The theme for each background.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThemeChoice {
    light: ThemeSource,
    dark: ThemeSource,
}

/// Source of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ThemeSource {
    Named(ThemeName),
    File(PathBuf),
}

impl Default for ThemeSource {
    fn default() -> Self {
        Self::Named(ThemeName::default())
    }
}

impl ThemeChoice {
    /// Whether the theme depends on the background, so that it has to be detected.
    pub fn depends_on_ground(&self, true_color: bool) -> bool {
        self.light != self.dark || self.dark.depends_on_ground(true_color)
    }

    /// The theme for a display, and the problems of its file.
    pub fn theme(&self, display: Display) -> (Theme, Vec<ConfigProblem>) {
        let source = match display.ground {
            Ground::Light => &self.light,
            Ground::Dark => &self.dark,
        };
        let (theme, problems) = source.theme(display);
        (theme.finished(display), problems)
    }

    /// Name of the theme; the one for dark backgrounds if there are two.
    pub fn name(&self) -> String {
        self.dark.name()
    }

    /// Problems of the theme files.
    pub(in crate::config) fn problems(&self) -> Vec<ConfigProblem> {
        let display = Display::default();
        let mut problems = self.light.theme(display).1;
        if self.light != self.dark {
            problems.extend(self.dark.theme(display).1);
        }
        problems
    }

    /// Reads a config value: a name, or a name for each background. Invalid parts are reported and left out.
    pub(in crate::config) fn overlay(
        &mut self,
        value: &toml::Spanned<DeValue<'_>>,
        report: &mut Report<'_>,
    ) {
        match value.get_ref() {
            DeValue::String(_) => {
                if let Some(source) = source(value, report) {
                    self.light = source.clone();
                    self.dark = source;
                }
            }
            DeValue::Table(grounds) => {
                for (ground, value) in grounds {
                    let side = match ground.get_ref().as_ref() {
                        "light" => &mut self.light,
                        "dark" => &mut self.dark,
                        other => {
                            let hint = nearest(other, ["light", "dark"]).map(str::to_owned);
                            let message =
                                format!("{} is neither `light` nor `dark`", quoted(other));
                            report.add(&ground.span(), message, hint);
                            continue;
                        }
                    };
                    if let Some(source) = source(value, report) {
                        *side = source;
                    }
                }
            }
            other => report.add(&value.span(), not_a_name(other), None),
        }
    }

    /// The config value, with `text` to quote names.
    pub(in crate::config) fn written(&self, text: impl Fn(&str) -> String) -> String {
        let (light, dark) = (text(&self.light.name()), text(&self.dark.name()));
        if light == dark {
            return light;
        }
        format!("{{ light = {light}, dark = {dark} }}")
    }
}

impl ThemeSource {
    fn theme(&self, display: Display) -> (Theme, Vec<ConfigProblem>) {
        match self {
            Self::Named(name) => (Theme::raw(*name, display), Vec::new()),
            Self::File(path) => file::load(path, display),
        }
    }

    fn depends_on_ground(&self, true_color: bool) -> bool {
        match self {
            Self::Named(ThemeName::Auto) => true_color,
            // A theme file may be based on any theme.
            Self::Named(ThemeName::Terminal) | Self::File(_) => true,
            Self::Named(_) => false,
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Named(name) => name.name().to_owned(),
            Self::File(path) => stem(path),
        }
    }
}

/// The theme folder beside a config file.
fn folder(report: &Report<'_>) -> PathBuf {
    report.folder().join("themes")
}

fn source(value: &toml::Spanned<DeValue<'_>>, report: &mut Report<'_>) -> Option<ThemeSource> {
    let DeValue::String(name) = value.get_ref() else {
        report.add(&value.span(), not_a_name(value.get_ref()), None);
        return None;
    };
    if let Some(known) = ThemeName::from_name(name) {
        return Some(ThemeSource::Named(known));
    }
    let own = own_themes(&folder(report));
    if let Some(path) = own.iter().find(|path| stem(path) == **name) {
        return Some(ThemeSource::File(path.clone()));
    }
    let names: Vec<String> = own.iter().map(|path| stem(path)).collect();
    let known = ThemeName::ALL.map(ThemeName::name).into_iter();
    let hint = nearest(name, known.chain(names.iter().map(String::as_str)));
    let message = format!("{} is not a theme", quoted(name));
    report.add(&value.span(), message, hint.map(str::to_owned));
    None
}

fn not_a_name(value: &DeValue<'_>) -> String {
    let kind = a(value.type_str());
    format!("`theme` is a name in quotes, or {{ light = \"…\", dark = \"…\" }}, not {kind}")
}

/// The user's own themes, sorted by name.
fn own_themes(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let mut themes: Vec<_> = paths
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    themes.sort();
    themes
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}
