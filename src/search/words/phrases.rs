//! Finds phrases in the values of a field.

use super::dictionary::{Dictionary, FieldWords, LAST_POSITION, Place, WordId};
use super::pattern::Pattern;

/// Dictionary words that match a pattern, as ascending ranges of ids.
pub(in crate::search) fn ids(
    dictionary: &Dictionary,
    pattern: &Pattern,
) -> Vec<std::ops::Range<WordId>> {
    let mut ids = match pattern {
        Pattern::Word(_) | Pattern::Exact(_) => {
            let named = pattern.named().into_iter();
            named.filter_map(|word| dictionary.find(&word)).collect()
        }
        Pattern::Inside(part) => dictionary.holding(part),
        Pattern::Start(start) => return vec![dictionary.starting(start)],
    };
    ids.sort_unstable();
    ids.into_iter().map(|id| id..id + 1).collect()
}

/// Whether a phrase occurs in a field.
pub(in crate::search) fn is_found(
    dictionary: &Dictionary,
    words: &FieldWords,
    phrase: &[Pattern],
) -> bool {
    match phrase {
        [] => false,
        [word] => ids(dictionary, word)
            .into_iter()
            .any(|ids| words.uses_in(ids) > 0),
        phrase => !places(dictionary, words, phrase).is_empty(),
    }
}

/// Places of a phrase's first word, ascending, wherever the others follow.
pub(in crate::search) fn places(
    dictionary: &Dictionary,
    words: &FieldWords,
    phrase: &[Pattern],
) -> Vec<u32> {
    let Some((first, rest)) = phrase.split_first() else {
        return Vec::new();
    };
    let all = |pattern: &Pattern| {
        let ids = ids(dictionary, pattern);
        let mut places = ids
            .into_iter()
            .map(|ids| words.places_in(ids))
            .collect::<Vec<_>>()
            .concat();
        places.sort_unstable();
        places
    };
    let mut found = all(first);
    for (pattern, after) in rest.iter().zip(1..) {
        if found.is_empty() {
            break;
        }
        let next = all(pattern);
        let mut at = 0;
        found.retain(|&place| {
            let wanted = place + after;
            // Positions beyond the last one are not distinguished.
            if Place(place).position() + after >= LAST_POSITION {
                return false;
            }
            while next.get(at).is_some_and(|&next| next < wanted) {
                at += 1;
            }
            next.get(at) == Some(&wanted)
        });
    }
    found
}
