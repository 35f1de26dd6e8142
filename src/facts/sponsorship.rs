//! Derives whether a visa is sponsored.

use std::sync::LazyLock;

use crate::board::Sponsorship;

use super::rule::Rules;
use super::sentence::Sentence;
use super::{Found, Part};

/// Words that show that sponsorship is about visas rather than events.
static CONTEXT: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(visas?|work permits?|work authori[sz]ation|immigration|h-?1b|green cards?|employment|right to work|work rights|authori[sz]ed to work|eligible to work|overseas|candidates?|applicants?|for this (role|position)|at this time|sponsorship:|sponsorship (is )?(not )?available|relocation|arbeitserlaubnis)\b",
    )])
});

/// A question, a condition, or the visa of others.
static UNDECIDED: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"(\?|shy away|case[- ]by[- ]case|may (consider|be able|sponsor)|where applicable|if (applicable|eligible)|depending|visiting|will you|do you (now|require)|visas? (delays|processes|applications)|(visa|immigration) (expert|lawyer|attorney|case)|mastercard|andreessen|sponsored (insurance|health|medical|benefit|plan)|event sponsor|(assist|help)ing .*(customers|clients)|global mobility|permanent residence sponsorship|itineraries|(manage|oversee|coordinate|handle) .*(visa|immigration|sponsor))",
    )])
});

static NONE: LazyLock<Rules<Sponsorship>> = LazyLock::new(|| {
    Rules::new(&[
        (
            Sponsorship::None,
            r"\b(not|unable|cannot|can't|won't|don't|doesn't|isn't|aren't|never|no longer|unfortunately|no|neither|nor)\b[^.;]*(sponsor\w*|visas?\b|work permits?)",
        ),
        (Sponsorship::None, r"\bwithout\b[^.;]*sponsor\w*"),
        (
            Sponsorship::None,
            r"(sponsor(ship)?|visas?|work permits?)[^.;]*\b(not|isn't|unavailable|cannot|can't)\b",
        ),
        (Sponsorship::None, r"\bno (visa )?sponsorship"),
        (
            Sponsorship::None,
            r"(sponsorship|visa support):? ?(no|none|not available|n/a)\b",
        ),
    ])
});

static OFFERED: LazyLock<Rules<Sponsorship>> = LazyLock::new(|| {
    Rules::new(&[
        (
            Sponsorship::Offered,
            r"\b(we|can|do|will|happy to|able to|willing to|offer|offers|offering|provide|provides|full|including|and|available|with|help you|get a|comprehensive|for)\b[^.;]*(visa (sponsorship|support|assistance)|sponsor(ing|s)? (your |a |for |work |employment |working )*(visas?|work permits?|h-?1b)|sponsorship (for|of) (h-?1b|visas|work|tn)|help (you )?(with )?(your )?(visa|work permit)|get a visa\b)",
        ),
        (
            Sponsorship::Offered,
            r"\bvisa (sponsorship|support|assistance)( is)? (available|offered|provided)",
        ),
        (
            Sponsorship::Offered,
            r"\bsponsorship( is)? (available|offered|provided)",
        ),
        (
            Sponsorship::Offered,
            r"^[-+ \d.,:]*(full |comprehensive )?(relocation (support )?(and|&|\+|/) )?(visa|h-?1b|work permit)s? (and relocation )?(sponsorship|support|assistance|transfer)",
        ),
        (
            Sponsorship::Offered,
            r"^[-+ ]*sponsorship (for|of) (h-?1b|visas?|work|tn)",
        ),
        (Sponsorship::Offered, r"\bwe (also )?sponsor\b"),
    ])
});

/// Reads a sentence.
pub(super) fn read(sentence: &Sentence<'_>) -> Option<Found<Sponsorship>> {
    let plain = sentence.plain.text();
    if !CONTEXT.matches(plain) || UNDECIDED.matches(plain) {
        return None;
    }
    let (value, at) = NONE.find(plain).or_else(|| OFFERED.find(plain))?;
    Some(Found::new(
        value,
        Part::Description,
        sentence.source_range(at),
    ))
}
