//! Derives whether a security clearance is required, or a citizenship required for one.

use std::sync::LazyLock;

use crate::board::Clearance;

use super::rule::Rules;
use super::sentence::Sentence;
use super::{Found, Part};

static RULES: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[
        (
            (),
            r"\b(must|require[sd]?|requires|eligib\w+|able|ability|obtain|maintain|hold|holds|active|current|possess|have|subject to|willing(ness)? to|capable of)\b[^.;]*\b(security|secret|government|sc|dod|ts|dv|nato|federal|defen[cs]e|public trust)[ /-](sci |level )?(clearance|vetting)",
        ),
        (
            (),
            r"\b(security|secret|sc|dv|dod|government) clearance\b[^.;]*\b(required|needed|necessary|mandatory|eligib\w+|must)\b",
        ),
        (
            (),
            r"\b(ts/sci|top secret)\b[^.;]*(clearance|required|eligib)",
        ),
        (
            (),
            r"\b(must be|required to be|only) (a |an )?(u\.?s\.?|united states|american|uk|eu) citizens?\b(?:[^,]|$)",
        ),
        (
            (),
            r"\b(u\.?s\.?|united states) citizenship (is )?(required|needed|mandatory)",
        ),
        (
            (),
            r"\b(requires?|must have|must hold) (u\.?s\.?|united states) citizenship",
        ),
    ])
});

/// A clearance that is optional or not the applicant's, and export rules that non-citizens may satisfy.
static OTHERWISE: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(not required|no clearance|not need|regardless|without regard|discriminat|customers? with|permanent resident|green card|lawful|refugee|asyl|u\.?s\.? persons?|medical clearance|customs clearance|race)\b",
    )])
});

/// Reads a sentence.
pub(super) fn read(sentence: &Sentence<'_>) -> Option<Found<Clearance>> {
    let plain = sentence.plain.text();
    let ((), at) = RULES.find(plain)?;
    if sentence.is_preferred(&at) || OTHERWISE.matches(plain) {
        return None;
    }
    Some(Found::new(
        Clearance::Required,
        Part::Description,
        sentence.source_range(at),
    ))
}
