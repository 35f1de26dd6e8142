use super::super::{Block, BlockKind, wrap};

/// The matches, as written in the lines.
fn found(text: &str, width: u16, needle: &str) -> Vec<(usize, String)> {
    let blocks = [Block {
        marker: Some("•".into()),
        ..Block::plain(BlockKind::Item, text)
    }];
    let wrapped = wrap::wrapped(&blocks, width);
    wrapped
        .find(needle)
        .into_iter()
        .map(|hit| {
            (
                hit.line,
                wrapped.lines[hit.line].text()[hit.start..hit.end].to_owned(),
            )
        })
        .collect()
}

#[test]
fn finds_text_across_case_and_accents() {
    for (text, width, needle, hits) in [
        (
            "Zürich and ZURICH",
            40,
            "zurich",
            &[(0, "Zürich"), (0, "ZURICH")][..],
        ),
        ("Zu\u{308}rich", 40, "ZÜ", &[(0, "Zu\u{308}")]),
        ("große ﬁnance", 40, "gross", &[(0, "groß")]),
        ("große ﬁnance", 40, "fin", &[(0, "ﬁn")]),
        ("ﬀ", 40, "f", &[(0, "ﬀ")]),
        ("aaaa", 40, "aa", &[(0, "aa"), (0, "aa")]),
        (
            "machine learning",
            11,
            "machine learning",
            &[(0, "machine"), (1, "learning")],
        ),
        ("abcdefgh", 6, "def", &[(0, "d"), (1, "ef")]),
        ("one\ntwo", 40, "one two", &[(0, "one"), (1, "two")]),
        ("कि", 40, "क", &[(0, "कि")]),
        ("👩‍🔬", 40, "🔬", &[(0, "👩‍🔬")]),
        ("a • b", 40, "•", &[(0, "•")]),
        ("abc", 40, "", &[]),
        ("abc", 40, "\u{301}", &[]),
        ("abc", 40, "x", &[]),
    ] {
        let hits: Vec<(usize, String)> = hits
            .iter()
            .map(|(line, text)| (*line, (*text).to_owned()))
            .collect();
        assert_eq!(found(text, width, needle), hits, "{needle:?} in {text:?}");
    }
}

#[test]
fn blocks_are_searched_one_by_one() {
    let blocks = [
        Block::plain(BlockKind::Heading, "One"),
        Block::plain(BlockKind::Paragraph, "two one"),
        Block::plain(BlockKind::Paragraph, "one"),
    ];
    let hits = wrap::wrapped(&blocks, 20).find("one");
    let places: Vec<(usize, usize, usize)> = hits
        .iter()
        .map(|hit| (hit.line, hit.start, hit.end))
        .collect();
    assert_eq!(places, [(0, 0, 3), (1, 4, 7), (3, 0, 3)]);
    assert_eq!(wrap::wrapped(&blocks, 20).find("one two"), []);
}
