use proptest::prelude::*;

use super::alphabet::{HARD, HARD_END, SOFT, SOFT_END};
use super::*;
use crate::board::fold::fold;
use crate::search::word::Scorer;

fn same(word: &str, texts: &[String]) {
    let word = Word::new(word);
    let texts: Vec<String> = texts.iter().map(|text| fold(text)).collect();
    let blocks = TextBlocks::new(texts.iter().map(String::as_str));
    let mut verdicts = vec![Verdict::FALSE; texts.len()];
    blocks
        .judge(&word, 2, None, &mut verdicts, &|| false)
        .unwrap();
    let beside: Vec<u32> = blocks.beside(&word).collect();
    for (at, text) in texts.iter().enumerate() {
        if !beside.contains(&(at as u32)) {
            let alone = Scorer::default().judge(&word, text, 2);
            assert_eq!(verdicts[at], alone, "{:?} in {text:?}", word.text);
        }
    }
}

#[test]
fn separators_are_numbered_by_class() {
    let numbers = Alphabet::new().numbers;
    let all = |letters: &str, numbered: std::ops::Range<u8>| {
        letters.chars().all(|c| numbered.contains(&numbers[&c]))
    };
    assert!(all(HARD, 0..HARD_END) && all(SOFT, HARD_END..SOFT_END));
    assert_eq!(HARD.len() + SOFT.len(), usize::from(SOFT_END));
}

#[test]
fn characters_beyond_the_alphabet_are_distinguished() {
    let many: String = ('\u{4e00}'..).chain('\u{2190}'..).take(400).collect();
    let texts: Vec<String> = many
        .chars()
        .chain('\u{2190}'..='\u{21ff}')
        .map(|c| format!("a{c}b {c}"))
        .collect();
    for word in ["ab", "一", "\u{4f00}", "a\u{21ff}", "\u{2190}"] {
        same(word, &texts);
    }
    let blocks = TextBlocks::new(texts.iter().map(String::as_str));
    assert_eq!(blocks.beside(&Word::new("ab")).count(), 0);
    assert!(blocks.beside(&Word::new("a\u{21ff}")).count() > 100);
}

#[test]
fn every_length_of_word_and_text() {
    let text = "ab, c(d)ab-abcd é–a".repeat(8);
    let ends = text.char_indices().map(|(at, _)| at).take(LENGTH + 2);
    let texts: Vec<String> = ends.map(|end| text[..end].to_owned()).collect();
    for letters in 1..=WORD {
        let word: String = "abcdab".chars().cycle().take(letters).collect();
        same(&word, &texts);
    }
}

proptest! {
    #[test]
    fn lanes_are_independent(
        word in "[a-d .ß日]{1,7}",
        texts in prop::collection::vec("[a-dA-D0-1 .,/(_é日ß–\u{0}-\u{2}]{0,40}", 1..70),
    ) {
        same(&word, &texts);
    }
}
