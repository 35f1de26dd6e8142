//! Overlays a config with the text of a file, one setting at a time.

use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeArray, DeInteger, DeString, DeTable, DeValue};

use super::problem::{Report, a, quoted};
use super::{Config, ConfigProblem, Glyphs};
use crate::app::{Fact, MEASURES};
use crate::board::spelling::nearest;
use crate::board::text;
use crate::places::{self, CityError};
use crate::query;

/// Maximum number of inline tables. The TOML parser recurses for each, and for each dot in a key.
const INLINE_TABLES: usize = 16;
/// Names allowed at the top level of a file.
const NAMES: [&str; 16] = [
    "theme",
    "signs",
    "facts",
    "mouse",
    "measure",
    "derive",
    "boards",
    "home",
    "work_from",
    "mute",
    "aliases",
    "allow_private",
    "open_mailto",
    "open_as_root",
    "commands",
    "keys",
];

pub(super) type Setting<'t, 'i> = (&'t Spanned<DeString<'i>>, &'t Spanned<DeValue<'i>>);

/// Entries of a table in file order; the parser sorts them by name. Values guessed by the parser after a syntax error
/// are left out: `mouse = flase` would be false.
pub(super) fn in_order<'t, 'i>(
    table: &'t DeTable<'i>,
    report: &Report<'_>,
) -> Vec<Setting<'t, 'i>> {
    let mut entries: Vec<_> = table
        .iter()
        .filter(|(_, value)| value.get_ref().is_table() || !report.is_guess(&value.span()))
        .collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    entries
}

impl Config {
    /// Overlays this config with the text of a file and returns the problems.
    pub(super) fn overlay(&mut self, file: &Path, source: &str) -> Vec<ConfigProblem> {
        let mut report = Report::new(file, source);
        // The key "{" is a regular key.
        let keys = source.matches("\"{\"").count() + source.matches("'{'").count();
        if source.matches('{').count() - keys > INLINE_TABLES {
            let start = source.find('{').unwrap_or_default();
            let message = format!("more than {INLINE_TABLES} inline tables");
            report.add_syntax(&(start..start), message);
            return report.finish();
        }
        let (table, errors) = DeTable::parse_recoverable(source);
        for error in errors {
            let message = format!("not TOML: {}", text::line(error.message()));
            report.add_syntax(&error.span().unwrap_or_default(), message);
        }
        for (name, value) in in_order(table.get_ref(), &report) {
            self.lay_entry(name, value, &mut report);
        }
        report.finish()
    }

    fn lay_entry(
        &mut self,
        name: &Spanned<DeString<'_>>,
        value: &Spanned<DeValue<'_>>,
        report: &mut Report<'_>,
    ) {
        match (name.get_ref().as_ref(), value.get_ref()) {
            ("theme", _) => self.theme.overlay(value, report),
            ("signs", DeValue::String(word)) => {
                if let Some(glyphs) = Glyphs::from_word(word) {
                    self.glyphs = glyphs;
                } else {
                    let hint = nearest(word, Glyphs::WORDS.iter().copied()).map(str::to_owned);
                    let message = format!("{} is not `auto`, `unicode` or `ascii`", quoted(word));
                    report.add(&value.span(), message, hint);
                }
            }
            ("facts", DeValue::Array(facts)) => self.lay_facts(facts, report),
            ("mouse", DeValue::Boolean(mouse)) => self.mouse = *mouse,
            ("derive", DeValue::Boolean(derive)) => self.derive = *derive,
            ("allow_private", DeValue::Boolean(private)) => self.allow_private = *private,
            ("open_mailto", DeValue::Boolean(mailto)) => self.open_mailto = *mailto,
            ("open_as_root", DeValue::Boolean(as_root)) => self.open_as_root = *as_root,
            ("measure", DeValue::Integer(columns)) => match measure(columns) {
                Some(columns) => self.measure = columns,
                None => report.add(&value.span(), wrong_measure(), None),
            },
            ("boards", DeValue::Array(_)) => self.lay_boards(value, report),
            ("home", DeValue::String(city)) => self.lay_home(city, value, report),
            ("work_from", DeValue::Array(areas)) => self.lay_work_from(areas, report),
            ("mute", DeValue::Array(rules)) => self.lay_mute(rules, report),
            ("aliases", DeValue::Table(names)) => self.lay_aliases(names, report),
            ("commands", DeValue::Table(commands)) => self.lay_commands(commands, report),
            ("keys", DeValue::Table(keys)) => self.keymap.overlay(keys, report),
            (known, other) if NAMES.contains(&known) => {
                let message = format!("`{known}` is {}, not {}", kind(known), a(other.type_str()));
                report.add(&value.span(), message, None);
            }
            (unknown, _) => {
                let hint = nearest(unknown, NAMES).map(str::to_owned);
                report.add(
                    &name.span(),
                    format!("{} is not a setting", quoted(unknown)),
                    hint,
                );
            }
        }
    }

    fn lay_boards(&mut self, value: &Spanned<DeValue<'_>>, report: &mut Report<'_>) {
        let mut boards = Vec::new();
        for board in value.get_ref().as_array().into_iter().flatten() {
            match board.get_ref() {
                DeValue::String(path) if !path.is_empty() && text::block(path) == *path => {
                    boards.push(expand(path, report.folder()));
                }
                DeValue::String(path) => {
                    let message = format!("{} is not a path", quoted(path));
                    report.add(&board.span(), message, None);
                }
                other => {
                    let message =
                        format!("a board is a path in quotes, not {}", a(other.type_str()));
                    report.add(&board.span(), message, None);
                }
            }
        }
        self.boards = boards;
    }
}

impl Config {
    fn lay_facts(&mut self, facts: &DeArray<'_>, report: &mut Report<'_>) {
        // A list without any valid value does not mean empty rows.
        let before = std::mem::take(&mut self.facts);
        for fact in facts {
            let word = fact.get_ref().as_str().unwrap_or_default();
            if let Some(fact) = Fact::from_word(word) {
                self.facts.push(fact);
            } else {
                let hint = nearest(word, Fact::ALL.iter().map(|fact| fact.word()));
                let message = format!("{} cannot be an item of the list", quoted(word));
                report.add(&fact.span(), message, hint.map(str::to_owned));
            }
        }
        if self.facts.is_empty() && !facts.is_empty() {
            self.facts = before;
        }
    }

    fn lay_home(&mut self, city: &str, value: &Spanned<DeValue<'_>>, report: &mut Report<'_>) {
        let city = text::line(city);
        let error = match places::find_city(&city) {
            _ if city.is_empty() => None,
            Ok(_) => None,
            Err(error) => Some(error),
        };
        match error {
            None => self.home = city,
            Some(CityError::Unknown(meant)) => {
                let message = format!("no city {} is known", quoted(&city));
                report.add(&value.span(), message, meant);
            }
            Some(CityError::Ambiguous(labels)) => {
                let message = format!("{} may be {}", quoted(&city), labels.join(" or "));
                report.add(&value.span(), message, None);
            }
        }
    }

    fn lay_work_from(&mut self, areas: &DeArray<'_>, report: &mut Report<'_>) {
        self.work_from.clear();
        for area in areas {
            let written = area.get_ref().as_str().unwrap_or_default();
            if query::countries(written).is_some() {
                self.work_from.push(written.to_owned());
            } else {
                let message = format!("{} is not a country or an area", quoted(written));
                report.add(&area.span(), message, None);
            }
        }
    }

    fn lay_mute(&mut self, rules: &DeArray<'_>, report: &mut Report<'_>) {
        self.mute.clear();
        for rule in rules {
            let Some(written) = rule.get_ref().as_str() else {
                let kind = a(rule.get_ref().type_str());
                report.add(
                    &rule.span(),
                    format!("a mute rule is a query in quotes, not {kind}"),
                    None,
                );
                continue;
            };
            let line = text::line(written);
            let query = query::parse(&line);
            match query.marks.iter().find(|mark| mark.is_problem()) {
                Some(mark) => {
                    let message = format!("{}: {}", quoted(&line), mark.message);
                    report.add(&rule.span(), message, None);
                }
                // It would hide the whole board.
                None if query.terms.is_empty() => {
                    report.add(
                        &rule.span(),
                        format!("{} finds everything", quoted(&line)),
                        None,
                    );
                }
                None => self.mute.push(line),
            }
        }
    }
}

impl Config {
    fn lay_aliases(&mut self, names: &DeTable<'_>, report: &mut Report<'_>) {
        self.aliases.clear();
        for (name, others) in in_order(names, report) {
            let word = text::line(name.get_ref());
            let listed = others.get_ref().as_array().map(|others| others.iter());
            let listed = listed.map(|others| {
                let others = others.map(|other| other.get_ref().as_str().map(text::line));
                others.collect::<Option<Vec<String>>>()
            });
            let is_name = |name: &String| name.chars().any(char::is_alphanumeric);
            match listed.flatten() {
                Some(others) if is_name(&word) && others.iter().all(is_name) => {
                    self.aliases.push((word, others));
                }
                _ => {
                    let message = format!(
                        "the other names of {} are a list of words in quotes",
                        quoted(&word)
                    );
                    report.add(&others.span(), message, None);
                }
            }
        }
    }
}

fn measure(written: &DeInteger<'_>) -> Option<u16> {
    let columns = u16::from_str_radix(written.as_str(), written.radix()).ok()?;
    MEASURES.contains(&columns).then_some(columns)
}

fn wrong_measure() -> String {
    let (least, most) = (MEASURES.start(), MEASURES.end());
    format!("`measure` is a number from {least} to {most}")
}

/// Required type of a setting, in words.
fn kind(name: &str) -> &'static str {
    match name {
        "signs" => "a word in quotes",
        "facts" => "a list of names in quotes",
        "mouse" | "derive" | "allow_private" | "open_mailto" | "open_as_root" => "true or false",
        "measure" => "a whole number",
        "boards" => "a list of paths",
        "home" => "a city in quotes",
        "work_from" => "a list of countries and areas",
        "mute" => "a list of queries",
        _ => "a table",
    }
}

/// Expands `~/` to the home directory; other relative paths are relative to the config file's folder.
pub fn expand(path: &str, folder: &Path) -> PathBuf {
    let home = (path == "~" || path.starts_with("~/")).then(etcetera::home_dir);
    match home {
        // A published board.
        _ if path.contains("://") => path.into(),
        Some(Ok(home)) => home.join(path[1..].trim_start_matches('/')),
        _ => folder.join(path),
    }
}
