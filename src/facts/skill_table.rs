//! The table of skills: names, spellings, and the rules for matching them as words.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The table in its editable form.
const TABLE: &str = include_str!("skills.txt");

/// An entry in the table of skills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skill {
    /// Index in the table.
    pub id: u16,
    /// Its name.
    pub name: &'static str,
}

/// A spelling of a skill.
#[derive(Debug)]
pub(super) struct Spelling {
    /// The spelling itself.
    pub(super) written: &'static str,
    /// Whether it is case-sensitive.
    is_exact: bool,
    /// The skill.
    pub(super) skill: &'static Skill,
}

static SKILLS: LazyLock<Vec<Skill>> = LazyLock::new(|| {
    lines()
        .enumerate()
        .map(|(id, line)| Skill {
            id: id as u16,
            name: line
                .split(" | ")
                .next()
                .unwrap_or(line)
                .trim_start_matches('='),
        })
        .collect()
});

static SPELLINGS: LazyLock<Vec<Spelling>> = LazyLock::new(|| {
    let skills: &'static [Skill] = &SKILLS;
    let mut spellings = Vec::new();
    for (line, skill) in lines().zip(skills) {
        for written in line.split(" | ") {
            let is_exact = written.starts_with('=');
            let written = written.trim_start_matches('=');
            spellings.push(Spelling {
                written,
                is_exact,
                skill,
            });
        }
    }
    spellings
});

fn lines() -> impl Iterator<Item = &'static str> {
    TABLE
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
}

/// Every skill, each at the place that its id tells.
pub(super) fn skills() -> &'static [Skill] {
    &SKILLS
}

/// Skills by their spellings in lower case.
static BY_SPELLING: LazyLock<HashMap<String, &'static Skill>> = LazyLock::new(|| {
    let mut skills = HashMap::new();
    for spelling in spellings() {
        skills
            .entry(spelling.written.to_lowercase())
            .or_insert(spelling.skill);
    }
    skills
});

/// The skill with this spelling, whatever the case.
pub(super) fn named(text: &str) -> Option<&'static Skill> {
    BY_SPELLING.get(&text.to_lowercase()).copied()
}

/// All spellings.
pub(super) fn spellings() -> &'static [Spelling] {
    &SPELLINGS
}

impl Spelling {
    /// Range of the spelling in the text if it is a word of its own.
    pub(super) fn within(&self, text: &str, found: Range<usize>) -> Option<Range<usize>> {
        let range = found;
        let word = text.get(range.clone())?;
        if self.is_exact && word != self.written {
            return None;
        }
        let before = text[..range.start].chars().next_back();
        let after = text[range.end..].chars().next();
        let joins = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '@';
        if before
            .is_some_and(|before| joins(before) || before == '.' && !self.written.starts_with('.'))
            && self
                .written
                .starts_with(|letter: char| letter.is_alphanumeric())
            || after.is_some_and(|after| joins(after) || matches!(after, '+' | '#'))
                && !self.written.ends_with(['+', '#'])
        {
            return None;
        }
        if self.is_exact && begins_sentence(text, &range) && is_word(self.written) {
            let lists = matches!(
                after,
                None | Some(',' | '/' | ')' | ';' | ':' | '|' | '*' | '\n')
            );
            if !lists {
                return None;
            }
        }
        // "Move Fast" is no language; "Move smart contracts" are written in one.
        if self.written == "Move" {
            let rest = text[range.end..].strip_prefix(' ').unwrap_or_default();
            let mut said = [
                "and ",
                "or ",
                "smart",
                "language",
                "programming",
                "contract",
            ]
            .into_iter();
            if rest.starts_with(char::is_alphanumeric) && !said.any(|word| rest.starts_with(word)) {
                return None;
            }
        }
        // "Go-to-market", "R&D", "series C".
        if self.written.len() <= 2
            || matches!(
                self.written,
                "Next" | "Word" | "Move" | "Express" | "Linear"
            )
        {
            let rest = &text[range.end..];
            let follows = |word: &str| {
                rest.strip_prefix(' ')
                    .is_some_and(|rest| rest.starts_with(word))
            };
            let is_part = [
                "to ", "ahead", "beyond", "above", "live", "deep", "suite", "Suite", "level",
                "Level", "corp", "Corp",
            ]
            .into_iter()
            .any(follows)
                || text[..range.start].ends_with("eries ")
                || rest.starts_with(['-', '&'])
                || rest.starts_with(" & ")
                || rest.starts_with(" of ")
                || rest.starts_with(" -to");
            if is_part {
                return None;
            }
        }
        Some(range)
    }
}

/// Whether a name is also a word that may start a sentence: "Excel in …", "Linear thinking".
fn is_word(written: &str) -> bool {
    let mut letters = written.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
}

/// Whether a range starts a line, list item or sentence.
fn begins_sentence(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].trim_end_matches([' ', '*', '_', '-', '•', '"', '“']);
    before.is_empty() || before.ends_with(['\n', '.', '!', '?', ':', '#'])
}
