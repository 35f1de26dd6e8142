//! Typed access to the fields of a table. A value of the wrong type is reported as a problem and left out.

use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::parse::ParsedSection;
use super::problem::{Report, meant, quoted};
use super::rule::Rule;
use super::value;
use crate::board::field::{self, BLOCK, Check, LINE, LIST};
use crate::board::text;

/// Suffix of messages about a table that lacks a required field.
pub(super) const LEFT_OUT: &str = ", so it is left out";

type Value<'i> = Spanned<DeValue<'i>>;

/// A table of a file, and the report for its problems.
#[derive(Clone, Copy)]
pub(super) struct TableFields<'a> {
    pub(super) report: &'a Report<'a>,
    pub(super) section: &'a ParsedSection<'a>,
    pub(super) table: &'a DeTable<'a>,
    /// Start of the table in the file.
    pub(super) at: usize,
    /// Name of the table in messages, such as "posting".
    pub(super) name: &'static str,
}

impl<'a> TableFields<'a> {
    /// Reports every key that is not in `keys`.
    pub(super) fn known(self, keys: &[&str]) -> Self {
        for key in self.table.keys() {
            let name = key.get_ref();
            if !keys.contains(&name.as_ref()) {
                let article = if self.name.starts_with(['a', 'e', 'i', 'o', 'u']) {
                    "an"
                } else {
                    "a"
                };
                let message = format!("{} is not a key of {article} {}", quoted(name), self.name);
                let hint = meant(name, keys.iter().copied());
                self.report.hinted(
                    Rule::UnknownKey,
                    self.section.at(&key.span()),
                    message,
                    hint,
                );
            }
        }
        self
    }

    /// A nested table.
    fn table_in(&self, name: &'static str, value: &'a Value<'a>) -> Option<Self> {
        let DeValue::Table(table) = value.get_ref() else {
            return None;
        };
        let at = self.section.at(&value.span());
        Some(Self {
            table,
            at,
            name,
            ..*self
        })
    }

    fn get(&self, key: &str) -> Option<&'a Value<'a>> {
        let value = self.table.get(key)?;
        (!self.section.is_guess(&value.span())).then_some(value)
    }

    /// Position of a field's value; that of the table if the field is absent.
    pub(super) fn place(&self, key: &str) -> usize {
        let value = self.table.get(key);
        value.map_or(self.at, |value| self.section.at(&value.span()))
    }

    /// Byte range of a field's value; empty if the field is absent.
    pub(super) fn value_span(&self, key: &str) -> Range<usize> {
        let value = self.table.get(key);
        value.map_or(self.at..self.at, |value| {
            let (start, length) = (self.section.at(&value.span()), value.span().len());
            start..start + length
        })
    }

    /// Reports a missing required field. After a syntax error the field may exist but be unreadable, so nothing is
    /// claimed then.
    pub(super) fn missing(&self, key: &str, consequence: &str) {
        if self.get(key).is_none() {
            let name = self.name;
            let message = if self.section.is_clean() {
                format!("this {name} has no `{key}`{consequence}")
            } else {
                format!("the `{key}` of this {name} could not be read{consequence}")
            };
            self.report.add(Rule::MissingKey, self.at, message);
        }
    }

    /// A required single-line text; the table is left out without it.
    pub(super) fn needed(&self, key: &str) -> Option<String> {
        self.missing(key, LEFT_OUT);
        self.line_in(key, self.get(key)?, LEFT_OUT)
    }

    /// Reports a value.
    pub(super) fn wrong(
        &self,
        rule: Rule,
        key: &str,
        message: impl Into<String>,
        hint: Option<String>,
    ) {
        self.report.hinted(rule, self.place(key), message, hint);
    }

    fn wrong_type(&self, key: &str, value: &Value<'_>, wanted: &str, hint: Option<String>) {
        let is = value::kind(value.get_ref());
        let message = format!("`{key}` must be {wanted}, not {is}");
        self.report.hinted(
            Rule::WrongType,
            self.section.at(&value.span()),
            message,
            hint,
        );
    }

    fn string(&self, key: &str, value: &'a Value<'a>) -> Option<&'a str> {
        let found = value.get_ref().as_str();
        if found.is_none() {
            self.wrong_type(key, value, "a string", None);
        }
        found
    }

    fn line_in(&self, key: &str, value: &'a Value<'a>, consequence: &str) -> Option<String> {
        let line = text::line(self.string(key, value)?);
        let at = self.section.at(&value.span());
        if line.is_empty() {
            self.report.add(
                Rule::EmptyValue,
                at,
                format!("`{key}` is empty{consequence}"),
            );
            return None;
        }
        if line.chars().count() > LINE {
            self.report.add(
                Rule::TooLong,
                at,
                format!("`{key}` is longer than {LINE} characters{consequence}"),
            );
            return None;
        }
        Some(line)
    }

    /// A single-line text.
    pub(super) fn line(&self, key: &str) -> Option<String> {
        self.line_in(key, self.get(key)?, "")
    }

    /// A Markdown text.
    pub(super) fn block(&self, key: &str) -> Option<String> {
        let value = self.get(key)?;
        let raw = self.string(key, value)?;
        if raw.len() > BLOCK {
            self.wrong(
                Rule::TooLong,
                key,
                format!("`{key}` is larger than {} KiB", BLOCK >> 10),
                None,
            );
            return None;
        }
        let block = text::block(raw);
        let block = block.trim_end().trim_start_matches('\n');
        (!block.is_empty()).then(|| block.to_owned())
    }

    /// A list of single-line texts, each with its position in the file.
    pub(super) fn lines(&self, key: &str) -> Option<Vec<(String, usize)>> {
        let value = self.get(key)?;
        let DeValue::Array(list) = value.get_ref() else {
            let hint = value.get_ref().as_str();
            let hint = hint.map(|one| format!("write `{key} = [\"{}\"]`", text::line(one)));
            self.wrong_type(key, value, "a list of strings", hint);
            return None;
        };
        self.bounded(key, list.len());
        let lines = list.iter().take(LIST).filter_map(|item| {
            let line = self.line_in(key, item, "")?;
            Some((line, self.section.at(&item.span())))
        });
        Some(lines.collect())
    }

    /// A list of tables.
    pub(super) fn tables(&self, key: &str, name: &'static str) -> Option<Vec<Self>> {
        let value = self.get(key)?;
        let DeValue::Array(list) = value.get_ref() else {
            let hint = format!("write `[[{}.{key}]]`, or `{key} = [{{ … }}]`", self.name);
            self.wrong_type(key, value, "a list of tables", Some(hint));
            return None;
        };
        self.bounded(key, list.len());
        let tables = list.iter().take(LIST).filter_map(|item| {
            let found = self.table_in(name, item);
            if found.is_none() {
                self.wrong_type(key, item, "a list of tables", None);
            }
            found
        });
        Some(tables.collect())
    }

    /// A table of single-line texts, as key and value.
    pub(super) fn lines_of(&self, key: &'static str) -> Vec<(String, String)> {
        let Some(inner) = self.table(key, key) else {
            return Vec::new();
        };
        self.bounded(key, inner.table.len());
        let pairs = inner.table.iter().take(LIST).filter_map(|(name, value)| {
            let name = name.get_ref();
            let line = inner.line_in(name, value, "")?;
            Some((text::line(name), line))
        });
        pairs.collect()
    }

    fn bounded(&self, key: &str, length: usize) {
        if length > LIST {
            let message = format!("`{key}` has more than {LIST} entries; the rest is left out");
            self.wrong(Rule::TooLong, key, message, None);
        }
    }

    /// A table.
    pub(super) fn table(&self, key: &str, name: &'static str) -> Option<Self> {
        let value = self.get(key)?;
        let found = self.table_in(name, value);
        if found.is_none() {
            self.wrong_type(
                key,
                value,
                "a table",
                Some(format!("write `{key} = {{ … }}`")),
            );
        }
        found
    }

    /// Whether a key is written with an explicitly empty value: an empty list, or false.
    pub(super) fn is_empty_value(&self, key: &str) -> bool {
        match self.get(key).map(Spanned::get_ref) {
            Some(DeValue::Array(list)) => list.is_empty(),
            Some(DeValue::Boolean(is_set)) => !is_set,
            _ => false,
        }
    }

    /// A boolean.
    pub(super) fn flag(&self, key: &str) -> bool {
        let Some(value) = self.get(key) else {
            return false;
        };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong_type(key, value, "true or false", None);
            false
        })
    }

    /// A single-line text that passes a check.
    pub(super) fn checked(&self, key: &str, check: Check) -> Option<String> {
        let written = self.line(key)?;
        match check.accept(key, &written) {
            Ok(line) => Some(line),
            Err(refused) => {
                self.wrong(rule_of(check), key, refused.message, refused.hint);
                None
            }
        }
    }

    /// Index of a word in a closed list.
    pub(super) fn word(&self, key: &str, words: &[&'static str]) -> Option<u8> {
        self.word_at(key, &self.line(key)?, self.place(key), words)
    }

    fn word_at(&self, key: &str, word: &str, at: usize, words: &[&'static str]) -> Option<u8> {
        match field::index(key, word, words) {
            Ok(index) => Some(index),
            Err(refused) => {
                self.report
                    .hinted(Rule::UnknownWord, at, refused.message, refused.hint);
                None
            }
        }
    }

    /// Indexes of several words in a closed list; a single word needs no brackets.
    pub(super) fn words(&self, key: &str, words: &[&'static str]) -> Vec<u8> {
        let is_single = self.get(key).is_some_and(|value| value.get_ref().is_str());
        if is_single {
            return self.word(key, words).into_iter().collect();
        }
        let lines = self.lines(key).into_iter().flatten();
        lines
            .filter_map(|(word, at)| self.word_at(key, &word, at, words))
            .collect()
    }

    /// A whole number up to `limit`.
    pub(super) fn count(&self, key: &str, limit: u8) -> Option<u8> {
        let amount = self.amount(key)?;
        let count = amount.to_string().parse().ok();
        let count = count.filter(|count| *count <= limit);
        if count.is_none() {
            let message = format!("`{key}` must be a whole number, at most {limit}");
            self.wrong(Rule::InvalidValue, key, message, None);
        }
        count
    }

    /// A date, as a TOML date or a string.
    pub(super) fn date(&self, key: &str) -> Option<Date> {
        const HOW: &str = "write `2026-09-30`";
        let value = self.get(key)?;
        if !matches!(value.get_ref(), DeValue::String(_) | DeValue::Datetime(_)) {
            self.wrong_type(key, value, "a date", Some(HOW.into()));
            return None;
        }
        let date = value::date(value.get_ref());
        if date.is_none() {
            let start = self.section.at(&value.span());
            let written = &self.report.source[start..start + value.span().len()];
            let written = quoted(written.trim_matches(['"', '\'']));
            let message = format!("{written} is not a day");
            self.wrong(Rule::NotADate, key, message, Some(HOW.into()));
        }
        date
    }

    /// A finite amount, not negative.
    pub(super) fn amount(&self, key: &str) -> Option<f64> {
        let value = self.get(key)?;
        if !matches!(value.get_ref(), DeValue::Integer(_) | DeValue::Float(_)) {
            self.wrong_type(key, value, "a number", None);
            return None;
        }
        let amount = value::amount(value.get_ref());
        if let Err(why) = amount {
            self.wrong(Rule::InvalidValue, key, format!("`{key}` {why}"), None);
        }
        amount.ok()
    }

    /// A URL that may be opened.
    pub(super) fn url(&self, key: &str) -> Option<String> {
        self.checked(key, Check::Url)
    }
}

/// The rule that a text breaks if it does not pass a check.
pub(super) fn rule_of(check: Check) -> Rule {
    match check {
        Check::Url => Rule::BadUrl,
        Check::Area => Rule::UnknownWord,
        Check::Language | Check::Text => Rule::InvalidValue,
    }
}
