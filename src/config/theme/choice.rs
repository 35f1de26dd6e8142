//! Which looks are wanted: one of ours or a person's own, perhaps by the ground of the terminal.

use std::path::{Path, PathBuf};

use toml::de::DeValue;

use super::{Theme, ThemeName, file};
use crate::board::spelling::nearest;
use crate::config::ConfigProblem;
use crate::config::problem::{Report, a, quoted};

/// What text stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
}

/// The looks for each ground.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThemeChoice {
    light: Source,
    dark: Source,
}

/// Where a theme comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    Named(ThemeName),
    File(PathBuf),
}

impl Default for Source {
    fn default() -> Self {
        Self::Named(ThemeName::default())
    }
}

impl ThemeChoice {
    /// Whether the ground makes a difference.
    pub fn depends_on_ground(&self) -> bool {
        self.light != self.dark
    }

    /// The theme for a ground, and what is wrong with its file. Without colours, its attributes alone.
    pub fn theme(&self, ground: Ground, no_color: bool) -> (Theme, Vec<ConfigProblem>) {
        let source = match ground {
            Ground::Light => &self.light,
            Ground::Dark => &self.dark,
        };
        let (theme, problems) = source.theme();
        (theme.finished(no_color), problems)
    }

    /// What is wrong with the files of the themes.
    pub(in crate::config) fn problems(&self) -> Vec<ConfigProblem> {
        let mut problems = self.light.theme().1;
        if self.depends_on_ground() {
            problems.extend(self.dark.theme().1);
        }
        problems
    }

    /// What a config file says: a name, or a name for each ground. Mistakes are reported, and cost what they name.
    pub(in crate::config) fn lay(
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

    /// As a config file says it, by means of this way to write a text.
    pub(in crate::config) fn written(&self, text: impl Fn(&str) -> String) -> String {
        let (light, dark) = (text(&self.light.name()), text(&self.dark.name()));
        if light == dark {
            return light;
        }
        format!("{{ light = {light}, dark = {dark} }}")
    }
}

impl Source {
    fn theme(&self) -> (Theme, Vec<ConfigProblem>) {
        match self {
            Self::Named(name) => (Theme::raw(*name), Vec::new()),
            Self::File(path) => file::load(path),
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Named(name) => name.name().to_owned(),
            Self::File(path) => stem(path),
        }
    }
}

/// The folder of the themes that go with a config file.
fn folder(report: &Report<'_>) -> PathBuf {
    report.folder().join("themes")
}

fn source(value: &toml::Spanned<DeValue<'_>>, report: &mut Report<'_>) -> Option<Source> {
    let DeValue::String(name) = value.get_ref() else {
        report.add(&value.span(), not_a_name(value.get_ref()), None);
        return None;
    };
    if let Some(known) = ThemeName::from_name(name) {
        return Some(Source::Named(known));
    }
    let own = own_themes(&folder(report));
    if let Some(path) = own.iter().find(|path| stem(path) == **name) {
        return Some(Source::File(path.clone()));
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

/// A person's own themes, in the order of their names.
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
