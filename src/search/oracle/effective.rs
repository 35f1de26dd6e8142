//! Postings with what their text says.

use super::Judged;
use crate::board::Posting;
use crate::facts;
use crate::query::{Field, Query, Test};

/// A posting whose unstated fields are filled from its text, and these fields.
pub(super) fn effective(posting: &Posting) -> (Posting, Vec<Field>) {
    let facts = facts::of_posting(posting);
    let mut whole = posting.clone();
    let mut derived = Vec::new();
    macro_rules! one {
        ($field:ident, $name:ident) => {
            if let (None, Some(found)) = (whole.$name, &facts.$name) {
                whole.$name = Some(found.value);
                derived.push(Field::$field);
            }
        };
    }
    one!(Level, level);
    one!(Workplace, workplace);
    if let (None, Some(found)) = (whole.workplace, posting.resolved_workplace()) {
        whole.workplace = Some(found);
        derived.push(Field::Workplace);
    }
    if let ([], Some(found)) = (whole.remote_from.as_slice(), &facts.remote_from) {
        whole.remote_from = found.value.iter().map(|&area| area.to_owned()).collect();
    }
    one!(Years, years);
    one!(Education, education);
    one!(Sponsorship, sponsorship);
    one!(Clearance, clearance);
    if let ([], Some(found)) = (whole.employment.as_slice(), &facts.employment) {
        whole.employment.push(found.value);
        derived.push(Field::Employment);
    }
    if whole.skills.is_empty() && !facts.skills.is_empty() {
        let names = facts.skills.iter().map(|found| found.value.name.to_owned());
        whole.skills = names.collect();
        derived.push(Field::Skill);
    }
    if whole.languages.is_empty() && !facts.languages.is_empty() {
        let tags = facts.languages.iter().map(|found| found.value.to_owned());
        whole.languages = tags.collect();
        derived.push(Field::Speaks);
    }
    if whole.salary.is_empty() && !facts.pay.is_empty() {
        whole.salary = facts.pay.iter().map(|found| found.value.salary()).collect();
        derived.push(Field::Salary);
    }
    (whole, derived)
}

/// For each field that the query asks for, how many of the matches have a derived value.
pub(super) fn derived(found: &[&Judged<'_>], query: &Query) -> Vec<(Field, usize)> {
    let mut fields: Vec<(Field, usize)> = Vec::new();
    for atom in query.terms.iter().flat_map(|term| &term.any) {
        let Some(field) = atom
            .field
            .filter(|_| !atom.negated && atom.test != Test::Absent)
        else {
            continue;
        };
        if fields.iter().all(|(known, _)| *known != field) {
            let count = found
                .iter()
                .filter(|judged| judged.derived.contains(&field));
            fields.push((field, count.count()));
        }
    }
    fields.retain(|(_, count)| *count > 0);
    fields
}
