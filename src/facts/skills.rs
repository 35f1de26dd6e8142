//! Derives required technologies, tools and certificates.

use std::ops::Range;

use super::section::Section;
use super::sentence::Sentence;
use super::skill_table::{self, Skill};
use super::trigger::{Hit, NEED, TriggerKind};
use super::{Found, Part};

/// The entry that a text names, whole and in any of its spellings.
pub fn named(text: &str) -> Option<&'static Skill> {
    skill_table::named(text.trim())
}

/// Every spelling of every entry, with its name.
pub fn spellings() -> impl Iterator<Item = (&'static str, &'static str)> {
    let spellings = skill_table::spellings().iter();
    spellings.map(|spelling| (spelling.written, spelling.skill.name))
}

/// Whether a sentence describes what the employer uses: "Our stack includes …".
fn is_own_stack(text: &str) -> bool {
    let uses = [
        "We use ",
        "We currently use ",
        "We’re using ",
        "We're using ",
    ];
    let first = text.get(..text.floor_char_boundary(40)).unwrap_or(text);
    first.starts_with("Our ") && first.contains("stack")
        || uses.iter().any(|start| first.starts_with(start))
}

/// Whether a name is that of an employer or a vendor: "At Globex", "Globex provides …".
fn is_employer(source: &str, range: &Range<usize>) -> bool {
    let (before, after) = (&source[..range.start], &source[range.end..]);
    let does = [
        " provides ",
        " offers ",
        " is an equal",
        " is committed",
        " is proud",
        " believes",
    ];
    ["At ", "Join ", "join "]
        .iter()
        .any(|word| before.ends_with(word))
        || does.iter().any(|verb| after.starts_with(verb))
}

/// Whether a skill has the name of the employer, apart from case, spaces and endings: "zapier", "Ramp Inc".
fn is_own_name(skill: &Skill, written: &str, company: &str) -> bool {
    let bare = |text: &str| -> String {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    if company.is_empty() {
        return false;
    }
    let company = bare(company);
    [skill.name, written].into_iter().any(|name| {
        let name = bare(name);
        let rest = company.strip_prefix(&name);
        !name.is_empty()
            && rest.is_some_and(|rest| {
                matches!(
                    rest,
                    "" | "inc" | "hq" | "labs" | "io" | "com" | "gmbh" | "ltd" | "careers" | "ai"
                )
            })
    })
}

/// Whether a sentence names another skill, too.
fn is_among_others(hits: &[Hit], spelling: u16) -> bool {
    hits.iter()
        .any(|hit| matches!(hit.what, TriggerKind::Spelling(other) if other != spelling))
}

/// Reads a sentence of the description.
pub(super) fn read(sentence: &Sentence<'_>, company: &str, out: &mut Vec<Found<&'static Skill>>) {
    let is_required = match sentence.section {
        Section::Required => !sentence.is_heading,
        Section::Preferred | Section::Benefits | Section::Company | Section::Duties => false,
        Section::Other => sentence.topics & NEED != 0,
    };
    if !is_required || is_own_stack(sentence.text()) {
        return;
    }
    let mut is_needed = sentence.section == Section::Required;
    for hit in sentence.hits {
        if matches!(hit.what, TriggerKind::Topics(topics) if topics & NEED != 0) {
            is_needed = true;
        }
        let TriggerKind::Spelling(number) = hit.what else {
            continue;
        };
        if !is_needed {
            continue;
        }
        let spelling = &skill_table::spellings()[number as usize];
        let Some(range) = spelling.within(sentence.source, hit.start..hit.end) else {
            continue;
        };
        // One letter is a language only among others: "certificates of conformance (C of C)".
        if spelling.written.len() == 1 && !is_among_others(sentence.hits, number) {
            continue;
        }
        if sentence.is_preferred_source(&range)
            || is_employer(sentence.source, &range)
            || is_own_name(spelling.skill, spelling.written, company)
            || out.iter().any(|found| found.value == spelling.skill)
        {
            continue;
        }
        out.push(Found::new(spelling.skill, Part::Description, range));
    }
}
