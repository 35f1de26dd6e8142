//! Finds words that make a requirement a preference, and their scope.

use std::ops::Range;
use std::sync::LazyLock;

use super::rule::Rules;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Until the end of the clause.
    After,
    /// From the start of the clause.
    Before,
    /// The whole clause.
    Clause,
    /// The whole sentence.
    Whole,
}

static RULES: LazyLock<Rules<Reach>> = LazyLock::new(|| {
    Rules::new(&[
        (
            Reach::Whole,
            r"^[- ]*\(?(bonus|nice[ -]to[ -]have|preferred|plus)\)|^[- ]*[a-z]+ \((preferred|optional|bonus|a plus|nice[ -]to[ -]have)\)|^[- ]*\(?optional\b|^[- ]*(nice[ -]to[ -]haves?|bonus points?|bonus|a plus|preferred|preferred (qualifications|experience|skills)):",
        ),
        (
            Reach::Clause,
            r"\b(nice[ -]to[ -]haves?|extra credit|brownie points|optional|not (strictly |necessarily |always |absolutely )?(required|necessary)|no need to|(do not|don't) need to)\b",
        ),
        (
            Reach::After,
            r"\b(ideally|preferably|preference for|preferred:|bonus:|idealerweise|vorzugsweise|gerne|gern|idéalement|de préférence|bonus|plus if|(an )?interest in learning|curiosity about|curious about|willing(ness)? to learn|eager(ness)? to learn|desire to learn|excited (about|to learn)|we also use)\b",
        ),
        (
            Reach::Before,
            r"\b((is |are )?(strongly |highly )?preferred|(is |are |would be |being )(a |highly |an )?(big |huge |strong |major |definite |added |great |significant )?(plus|bonus|asset|advantage|desirable|desired|welcome|helpful|beneficial|advantageous|ideal|optional|a nice.to.have)|(a |an )(big |huge |strong |major |definite |added |great |significant )?(plus|bonus|asset|advantage)\b|desirable|desired|(is |are )?(also |highly |very )?(valuable|valued)|von vorteil|wünschenswert|ein plus|serait un plus|est un plus|un atout)",
        ),
    ])
});

/// Ranges of a sentence that state a preference.
pub(super) fn ranges(plain: &str, out: &mut Vec<Range<usize>>) {
    out.clear();
    for (reach, at) in RULES.find_all(plain) {
        let (start, end) = clause(plain, &at);
        out.push(match reach {
            Reach::Whole => 0..plain.len(),
            Reach::Clause => start..end,
            Reach::After => at.start..end,
            Reach::Before => start..at.end,
        });
    }
}

/// The clause around a range, delimited by semicolons, brackets and sentence ends.
fn clause(plain: &str, at: &Range<usize>) -> (usize, usize) {
    let mut start = opening(&plain[..at.start]);
    // "Fluent in French, a good level of English is a plus"
    for article in [", a ", ", an ", ", un ", ", une "] {
        let last = plain[start..at.start].rfind(article);
        if let Some(found) = last.map(|found| start + found)
            && plain[found + article.len()..at.start].contains(' ')
        {
            start = found + 1;
        }
    }
    // "a degree (preferred)"
    if start > 0 && plain[start..at.start].trim().is_empty() && plain[at.end..].starts_with(')') {
        start = plain[..start - 1].rfind(';').map_or(0, |found| found + 1);
    }
    let after = plain[at.end..].find([';', ')']);
    let end = after.map_or(plain.len(), |found| at.end + found);
    (start, end)
}

/// Start of the clause that is open at the end of a text, skipping closed brackets.
fn opening(before: &str) -> usize {
    let mut closed = 0;
    for (at, byte) in before.bytes().enumerate().rev() {
        match byte {
            b')' => closed += 1,
            b'(' if closed > 0 => closed -= 1,
            b'(' | b';' if closed == 0 => return at + 1,
            b'-' if closed == 0
                && at > 2
                && before[..at].ends_with(' ')
                && before[at + 1..].starts_with(' ') =>
            {
                return at + 1;
            }
            _ => {}
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preferred(plain: &str) -> Vec<&str> {
        let mut out = Vec::new();
        ranges(plain, &mut out);
        out.into_iter().map(|range| &plain[range]).collect()
    }

    #[test]
    fn a_preference_reaches_as_far_as_its_clause() {
        assert_eq!(
            preferred("react (typescript preferred)"),
            ["typescript preferred"]
        );
        assert_eq!(
            preferred("a cad tool, ideally inventor"),
            ["ideally inventor"]
        );
        assert_eq!(
            preferred("you know go; rust is a plus"),
            [" rust is a plus"]
        );
        assert_eq!(
            preferred("fluent in english (no need to speak french!)"),
            ["no need to speak french!"]
        );
        assert_eq!(
            preferred("- education (preferred) - a bachelor's degree; more is better").len(),
            1
        );
        assert_eq!(
            preferred("fluent in french, a good level of english is a plus"),
            [" a good level of english is a plus"]
        );
        assert_eq!(preferred("you know go and rust"), [""; 0]);
    }
}
