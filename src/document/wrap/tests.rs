use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::super::markdown;
use super::*;

fn paragraph(text: &str) -> Vec<Block> {
    vec![Block::plain(BlockKind::Paragraph, text)]
}

fn texts(blocks: &[Block], width: u16) -> Vec<String> {
    wrapped(blocks, width)
        .lines
        .iter()
        .map(Line::text)
        .collect()
}

#[test]
fn breaks_where_readers_expect() {
    for (text, width, lines) in [
        ("", 5, &[""][..]),
        ("one two three", 7, &["one two", "three"]),
        ("one two", 3, &["one", "two"]),
        ("a\nb", 9, &["a", "b"]),
        (
            "see https://a.bc/defgh now",
            8,
            &["see", "https://", "a.bc/", "defgh", "now"],
        ),
        ("abcdefgh ij", 3, &["abc", "def", "gh", "ij"]),
        ("x abcdefgh", 4, &["x", "abcd", "efgh"]),
        ("日本語テキスト", 5, &["日本", "語テ", "キス", "ト"]),
        ("日a", 1, &["?", "a"]),
        ("👩‍🔬🇩🇪🇫🇷", 2, &["👩‍🔬", "🇩🇪", "🇫🇷"]),
        (
            "e\u{301}e\u{301}e\u{301}",
            2,
            &["e\u{301}e\u{301}", "e\u{301}"],
        ),
        ("a \u{301}b", 2, &["a \u{301}", "b"]),
    ] {
        assert_eq!(texts(&paragraph(text), width), lines, "{text:?} at {width}");
    }
}

#[test]
fn styles_survive_the_line_s_end() {
    let blocks = markdown::blocks("plain **strong words** and `code`", 2);
    let wrapped = wrapped(&blocks, 12);
    let strong: Vec<(usize, &str)> = wrapped
        .lines
        .iter()
        .enumerate()
        .flat_map(|(at, line)| line.spans.iter().map(move |span| (at, span)))
        .filter(|(_, span)| span.strong)
        .map(|(at, span)| (at, span.text.as_str()))
        .collect();
    assert_eq!(strong, [(0, "strong"), (1, "words")]);
}

#[test]
fn lists_hang_and_shrink() {
    let blocks = markdown::blocks("- one two\n  - three four\n\n> said so", 2);
    let lines = texts(&blocks, 10);
    assert_eq!(
        lines,
        ["• one two", "  • three", "    four", "", "│ said so"]
    );
    assert_eq!(
        texts(&blocks, 5),
        ["• one", "  two", "• thr", "  ee", "• fou", "  r"]
            .into_iter()
            .take(2)
            .chain(["• thr", "  ee", "  fou", "  r", "", "│ sai", "│ d", "│ so"])
            .collect::<Vec<_>>()
    );
    assert_eq!(texts(&blocks, 2)[0], "on");
}

#[test]
fn code_keeps_its_spaces() {
    let blocks = markdown::blocks("```\nfn  a() {\n\n    b\n```", 2);
    assert_eq!(texts(&blocks, 8), ["  fn  a(", "  ) {", "", "      b"]);
}

#[test]
fn blocks_know_their_lines() {
    let blocks = markdown::blocks("# a\none two\n\n***\nx", 2);
    let wrapped = wrapped(&blocks, 4);
    let first: Vec<usize> = (0..6).map(|block| wrapped.first_line_of(block)).collect();
    assert_eq!(first, [0, 1, 4, 6, 6, 6]);
    assert_eq!(
        wrapped.lines[3],
        Line {
            block: 1,
            kind: BlockKind::Paragraph,
            spaced: true,
            ..Line::default()
        }
    );
    assert_eq!(Wrapped::default().first_line_of(3), 0);
}

#[test]
fn hostile_text_wraps_in_time() {
    for piece in [
        "a",
        "a ",
        "a-",
        "日",
        "🇩🇪",
        "e\u{301}",
        "👩\u{200d}",
        "*a* ",
        "ᄀ",
        "क\u{94d}",
        "(",
        "\u{a0}",
    ] {
        let text = piece.repeat((256 << 10) / piece.len());
        let start = Instant::now();
        let blocks = markdown::blocks(&text, 2);
        let parsed = start.elapsed();
        let lines = wrapped(&blocks, 72).lines;
        let limit = Duration::from_mins(1);
        eprintln!(
            "{piece:?}: parse {parsed:?}, all {:?}, {} lines",
            start.elapsed(),
            lines.len()
        );
        assert!(
            start.elapsed() < limit,
            "{piece:?} took {:?}",
            start.elapsed()
        );
    }
}

fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #[test]
    fn no_line_is_too_wide_and_no_letter_lost(text in r"([a-z]{1,12}|[ \n]|日本|👩‍🔬|e\u{301}|🇩🇪|-|शिक्षा|\PC){0,40}", width in 1u16..40) {
        let lines = wrapped(&paragraph(&text), width).lines;
        for line in &lines {
            prop_assert!(columns(&line.text()) <= usize::from(width), "{:?}", line.text());
        }
        let whole: String = lines.iter().map(Line::text).collect();
        if text.graphemes(true).all(|grapheme| grapheme.width() <= usize::from(width)) {
            prop_assert_eq!(solid(&whole), solid(&text));
        }
    }

    #[test]
    fn any_markdown_fits_any_width(text in r"([-*+>#`_|\[\]()<&;1. \n]|[a-z]{1,9}|日|\n\n|  ){0,60}", width in 0u16..40) {
        let blocks = markdown::blocks(&text, 2);
        for line in wrapped(&blocks, width).lines {
            prop_assert!(columns(&line.text()) <= usize::from(width.max(1)), "{:?}", line.text());
            prop_assert!(line.text().is_char_boundary(line.prefix));
        }
    }
}
