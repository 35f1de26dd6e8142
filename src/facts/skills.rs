//! Derives required technologies, tools and certificates.

use super::section::Section;
use super::sentence::Sentence;
use super::skill_table::{self, Skill};
use super::trigger::{NEED, TriggerKind};
use super::{Found, Part};

/// The entry that a text names, whole and in any of its spellings.
pub fn named(text: &str) -> Option<&'static Skill> {
    skill_table::named(text.trim())
}

/// Reads a sentence of the description.
pub(super) fn read(sentence: &Sentence<'_>, out: &mut Vec<Found<&'static Skill>>) {
    let is_required = match sentence.section {
        Section::Required => !sentence.is_heading,
        Section::Preferred | Section::Benefits | Section::Company | Section::Duties => false,
        Section::Other => sentence.topics & NEED != 0,
    };
    if !is_required {
        return;
    }
    let mut is_needed = sentence.section == Section::Required;
    for hit in sentence.hits {
        if matches!(hit.what, TriggerKind::Topics(topics) if topics & NEED != 0) {
            is_needed = true;
        }
        let TriggerKind::Spelling(spelling) = hit.what else {
            continue;
        };
        if !is_needed {
            continue;
        }
        let spelling = &skill_table::spellings()[spelling as usize];
        let Some(range) = spelling.within(sentence.source, hit.start..hit.end) else {
            continue;
        };
        if sentence.is_preferred_source(&range)
            || out.iter().any(|found| found.value == spelling.skill)
        {
            continue;
        }
        out.push(Found::new(spelling.skill, Part::Description, range));
    }
}
