//! Phrases that mean a filter: `entry level`, `visa sponsorship`.

use crate::query::{Anchor, Atom, Field, Mark, MarkKind, Query, Term, Test};

/// Words, and the value that they mean.
const PHRASES: &[(&[&str], Field, &str)] = &[
    (&["entry", "level"], Field::Level, "junior"),
    (&["entry-level"], Field::Level, "junior"),
    (&["visa", "sponsorship"], Field::Sponsorship, "offered"),
    (&["visa", "sponsored"], Field::Sponsorship, "offered"),
    (&["sponsors", "visa"], Field::Sponsorship, "offered"),
];

/// Lets such words find the value as well.
pub(super) fn add_meanings(query: &mut Query) {
    for (words, field, value) in PHRASES {
        let length = words.len();
        let mut at = 0;
        while at + length <= query.terms.len() {
            if !is_phrase(&query.terms[at..at + length], words) {
                at += 1;
                continue;
            }
            let span = query.terms[at].span.start..query.terms[at + length - 1].span.end;
            let alternative = |field: Option<Field>, test: Test| Atom {
                negated: false,
                field,
                test,
            };
            let text = words.join(" ");
            let term = Term {
                span: span.clone(),
                any: vec![
                    alternative(
                        None,
                        Test::Literal {
                            text: text.clone(),
                            anchor: Anchor::None,
                        },
                    ),
                    alternative(Some(*field), Test::Equals((*value).to_owned())),
                ],
            };
            query.terms.splice(at..at + length, [term]);
            query.marks.push(Mark {
                span,
                kind: MarkKind::Hint,
                message: format!("{text} ≈ {}:{value}", field.name()),
            });
            at += 1;
        }
    }
}

fn is_phrase(terms: &[Term], words: &[&str]) -> bool {
    terms
        .iter()
        .zip(words)
        .all(|(term, word)| match &*term.any {
            [
                Atom {
                    negated: false,
                    field: None,
                    test: Test::Fuzzy(typed),
                },
            ] => typed.eq_ignore_ascii_case(word),
            _ => false,
        })
}
