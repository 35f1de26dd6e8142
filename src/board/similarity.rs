//! Similarity of postings: whether two differ only in numbers and in the names of their own places.

use super::Posting;
use super::fold::fold_into;
use super::hash::Fnv;

/// Words per shingle.
const SHINGLE: usize = 3;
/// Maximum number of shingle hashes in a sample.
const SAMPLES: usize = 64;

/// Hash of the words of a title, without those that contain a digit, such as requisition numbers.
pub fn title(title: &str) -> u64 {
    sum(&words(title))
}

/// Hash of a posting's description. Descriptions that differ only in numbers and in the names of their own places have
/// equal hashes.
pub fn description(posting: &Posting) -> u64 {
    sum(&essence(posting))
}

/// A sample of a description's shingles, for similarity estimates (`MinHash`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample(Vec<u64>);

impl Sample {
    /// Sample of a posting's description.
    pub fn from_posting(posting: &Posting) -> Self {
        let words = essence(posting);
        let mut hashes: Vec<u64> = words.windows(SHINGLE).map(sum).collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes.truncate(SAMPLES);
        Self(hashes)
    }

    /// Whether the description is too short for an estimate.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the estimated similarity of the descriptions is at least 90 %.
    pub fn is_similar(&self, other: &Self) -> bool {
        let (mut both, mut all) = (0, 0);
        let (mut a, mut b) = (self.0.as_slice(), other.0.as_slice());
        while all < SAMPLES && !(a.is_empty() && b.is_empty()) {
            let least = a.first().into_iter().chain(b.first()).min().copied();
            let (in_a, in_b) = (a.first().copied() == least, b.first().copied() == least);
            a = &a[usize::from(in_a)..];
            b = &b[usize::from(in_b)..];
            both += usize::from(in_a && in_b);
            all += 1;
        }
        // Texts too short for an estimate have to be equal.
        if all < SHINGLE {
            both == all
        } else {
            both * 10 >= all * 9
        }
    }
}

/// Words of a description, without numbers and the names of the posting's own places.
fn essence(posting: &Posting) -> Vec<u64> {
    let mut words = words(&posting.description);
    let mut names: Vec<Vec<u64>> = Vec::new();
    for place in &posting.locations {
        let parts = place.written.split([',', ';', '|', '/', '(', ')', '-']);
        let read = [&place.city, &place.region];
        for name in parts.chain(read.into_iter().flatten().map(String::as_str)) {
            let letters = name.trim().chars().count();
            let name = self::words(name);
            // Short names are also ordinary words ("in", "or"); two-letter codes are skipped below.
            if letters > 3 && !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if names.is_empty() {
        return words;
    }
    // Longest first: "New York City" before "New York".
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let (mut from, mut to) = (0, 0);
    while from < words.len() {
        let name = names.iter().find(|name| words[from..].starts_with(name));
        if let Some(name) = name {
            from += name.len();
            continue;
        }
        words[to] = words[from];
        (from, to) = (from + 1, to + 1);
    }
    words.truncate(to);
    words
}

/// Hashes of the words of a text, without those that contain a digit and without two-letter codes.
fn words(text: &str) -> Vec<u64> {
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut folded = String::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let code = word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        if word.is_empty() || code || word.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        folded.clear();
        fold_into(word, &mut folded);
        words.push(number(folded.bytes().map(u64::from)));
    }
    words
}

fn sum(words: &[u64]) -> u64 {
    number(words.iter().copied())
}

fn number(parts: impl Iterator<Item = u64>) -> u64 {
    let mut hash = Fnv::default();
    parts.for_each(|part| hash.number(part));
    hash.mixed()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Location;

    fn posting(place: &str, description: &str) -> Posting {
        Posting {
            locations: vec![Location::parse(place)],
            description: description.into(),
            ..Posting::default()
        }
    }

    #[test]
    fn numbers_and_own_places_do_not_count() {
        let drive = |town: &str, code: &str, number: u32| {
            let text = format!(
                "Drive in **{town}, {code}** ({number}). Work in or near {town}, for a new firm."
            );
            description(&posting(&format!("US, {code}, {town}"), &text))
        };
        let here = drive("New York", "NY", 10001);
        assert_eq!(here, drive("Gary", "IN", 46401));
        assert_eq!(here, drive("San José", "CA", 7));
        let elsewhere = posting(
            "Paris, France",
            "Drive in New York. Work in or near New York, for a new firm.",
        );
        assert_ne!(
            here,
            description(&elsewhere),
            "another's place is a word like any"
        );
        assert_eq!(
            title("Data Scientist - R-102938"),
            title("data scientist (R-7)")
        );
        assert_ne!(title("Data Scientist"), title("Data Engineer"));
    }

    #[test]
    fn texts_with_a_word_changed_are_like_and_others_are_not() {
        let words: Vec<String> = ('a'..='z')
            .flat_map(|a| ('a'..='j').map(move |b| format!("{a}{b}x")))
            .collect();
        let text = words.join(" ");
        let of = |text: &str| Sample::from_posting(&posting("Paris", text));
        assert!(of(&text).is_similar(&of(&text.replace("kbx", "other"))));
        let half: Vec<_> = words
            .iter()
            .map(|word| {
                if word < &"m".to_owned() {
                    word.clone()
                } else {
                    format!("{word}y")
                }
            })
            .collect();
        assert!(!of(&text).is_similar(&of(&half.join(" "))));
        assert!(of("").is_similar(&of("")));
        assert!(!of("").is_similar(&of(&text)));
    }
}
