//! Row 3: texts with combining characters, endless words, mixed directions and markup.

use std::fs;

use jobdeck::app::Action;
use naughty_strings::BLNS;

use super::Scale;
use super::desk::Desk;
use super::rng::Rng;
use super::sheet;
use super::tally::{Tally, in_parts};

/// Texts on one board.
const TEXTS: usize = 100;
/// Windows to draw in; small ones have the lowest byte limit.
const SIZES: [(u16, u16); 3] = [(120, 40), (64, 16), (30, 8)];

/// The Big List of Naughty Strings, and generated texts.
pub fn run(scale: Scale) -> Tally {
    let boards = match scale {
        Scale::Sample => 3,
        Scale::Full => 1_000,
    };
    let listed = BLNS
        .chunks(TEXTS)
        .map(|texts| texts.iter().map(ToString::to_string).collect());
    let listed: Vec<Vec<String>> = listed
        .take(if scale == Scale::Full { usize::MAX } else { 1 })
        .collect();
    in_parts(boards + listed.len(), |part| {
        if let Some(texts) = listed.get(part) {
            board(texts, part)
        } else {
            let mut rng = Rng::new(part as u64);
            board(
                &(0..TEXTS).map(|_| text(&mut rng)).collect::<Vec<_>>(),
                part,
            )
        }
    })
}

/// Every text in every field, through the list, the panes and the reader.
fn board(texts: &[String], part: usize) -> Tally {
    let dir = tempfile::tempdir().unwrap();
    for (at, text) in texts.iter().enumerate() {
        let file = dir.path().join(format!("{at:03}.toml"));
        fs::write(file, sheet::of(&format!("p{at}"), text)).unwrap();
    }
    let mut tally = Tally::default();
    let mut desk = Desk::open(dir.path(), SIZES[part % SIZES.len()]);
    for _ in 0..desk.app.matches().total {
        read(&mut desk, &mut tally);
        desk.act(&[Action::Down]);
    }
    tally.count += texts.len() as u64;
    tally
}

/// The selected posting in the panes and in the reader, and its interview.
fn read(desk: &mut Desk, tally: &mut Tally) {
    let id = desk.selected().unwrap_or_default();
    let title = desk
        .app
        .selected_posting()
        .map_or_else(String::new, |posting| posting.title.clone());
    for actions in [
        &[][..],
        &[Action::Zoom, Action::NextPane],
        &[Action::Interview, Action::PageDown],
        &[Action::Last],
        &[Action::Back, Action::PreviousPane, Action::Zoom],
    ] {
        desk.act(actions);
        tally.try_one(
            || format!("{id} {title:?} after {actions:?}"),
            || desk.draw().map(drop),
        );
    }
}

/// A text of one kind or of several.
pub fn text(rng: &mut Rng) -> String {
    let pieces = 1 + rng.below(3);
    (0..pieces)
        .map(|_| KINDS[rng.below(KINDS.len())](rng))
        .collect()
}

const KINDS: [fn(&mut Rng) -> String; 12] = [
    zalgo, joined, jamo, conjuncts, prepended, flags, long_word, directions, escapes, markup,
    anything, naughty,
];

fn repeated(rng: &mut Rng, most: usize, mut one: impl FnMut(&mut Rng) -> String) -> String {
    let count = 1 + rng.below(most);
    (0..count).map(|_| one(rng)).collect()
}

/// A scalar of one of several ranges.
fn scalar(rng: &mut Rng, ranges: &[(u32, u32)]) -> char {
    let (first, last) = *rng.pick(ranges);
    let offset = rng.below((last - first + 1) as usize) as u32;
    char::from_u32(first + offset).unwrap_or('\u{fffd}')
}

fn zalgo(rng: &mut Rng) -> String {
    const MARKS: &[(u32, u32)] = &[
        (0x300, 0x36f),
        (0x483, 0x489),
        (0x1ab0, 0x1ace),
        (0x1dc0, 0x1dff),
        (0x20d0, 0x20f0),
        (0xfe20, 0xfe2f),
    ];
    repeated(rng, 8, |rng| {
        let letter = scalar(
            rng,
            &[(0x61, 0x7a), (0xe0, 0xff), (0x5d0, 0x5ea), (0x4e00, 0x4eff)],
        );
        let marks = repeated(rng, 120, |rng| scalar(rng, MARKS).to_string());
        format!("{letter}{marks}")
    })
}

fn joined(rng: &mut Rng) -> String {
    const PARTS: &[&str] = &[
        "👩", "👨", "❤️", "💋", "🏳️", "🌈", "🏿", "🏽", "🧑", "🔬", "\u{200d}", "\u{fe0f}",
        "\u{20e3}", "1",
    ];
    repeated(rng, 150, |rng| format!("{}\u{200d}", rng.pick(PARTS)))
}

fn jamo(rng: &mut Rng) -> String {
    const JAMO: &[(u32, u32)] = &[
        (0x1100, 0x115f),
        (0x1160, 0x11a7),
        (0x11a8, 0x11ff),
        (0xa960, 0xa97c),
        (0xd7b0, 0xd7fb),
        (0xac00, 0xac20),
    ];
    let one = *rng.pick(JAMO);
    repeated(rng, 200, |rng| scalar(rng, &[one, JAMO[0]]).to_string())
}

fn conjuncts(rng: &mut Rng) -> String {
    const SCRIPTS: &[(u32, u32, char)] = &[
        (0x915, 0x939, '\u{94d}'),
        (0x995, 0x9b9, '\u{9cd}'),
        (0xa95, 0xab9, '\u{acd}'),
        (0xb15, 0xb39, '\u{b4d}'),
        (0xc15, 0xc39, '\u{c4d}'),
        (0xd15, 0xd39, '\u{d4d}'),
        (0x1780, 0x17a2, '\u{17d2}'),
        (0x1000, 0x1020, '\u{1039}'),
    ];
    let (first, last, virama) = *rng.pick(SCRIPTS);
    repeated(rng, 120, |rng| {
        let joiner = rng.pick(&["", "", "\u{200d}", "\u{200c}", "\u{200d}\u{200d}"]);
        format!("{}{virama}{joiner}", scalar(rng, &[(first, last)]))
    })
}

fn prepended(rng: &mut Rng) -> String {
    const PREPENDED: &[(u32, u32)] = &[
        (0x600, 0x605),
        (0x6dd, 0x6dd),
        (0x70f, 0x70f),
        (0x890, 0x891),
        (0x8e2, 0x8e2),
        (0xd4e, 0xd4e),
        (0x110bd, 0x110bd),
        (0x111c2, 0x111c3),
    ];
    repeated(rng, 150, |rng| scalar(rng, PREPENDED).to_string()) + "1"
}

fn flags(rng: &mut Rng) -> String {
    repeated(rng, 100, |rng| match rng.below(4) {
        0 => {
            "🏴".to_owned()
                + &repeated(rng, 30, |rng| {
                    scalar(rng, &[(0xe0020, 0xe007f)]).to_string()
                })
        }
        _ => scalar(rng, &[(0x1f1e6, 0x1f1ff)]).to_string(),
    })
}

fn long_word(rng: &mut Rng) -> String {
    let unit = *rng.pick(&[
        "x",
        "日本",
        "ภาษา",
        "ß",
        "𝒳",
        "\u{a0}",
        "-",
        "/",
        "\u{2800}",
        "ﷺ",
        "𒐫",
        "꧅",
    ]);
    repeated(rng, 1200 / unit.len(), |_| unit.to_owned())
}

fn directions(rng: &mut Rng) -> String {
    const PARTS: &[&str] = &[
        "שלום",
        "مرحبا",
        "abc",
        "123",
        "\u{202e}",
        "\u{202d}",
        "\u{202b}",
        "\u{202c}",
        "\u{2066}",
        "\u{2067}",
        "\u{2068}",
        "\u{2069}",
        "\u{200e}",
        "\u{200f}",
        "\u{61c}",
    ];
    repeated(rng, 60, |rng| (*rng.pick(PARTS)).to_owned())
}

fn escapes(rng: &mut Rng) -> String {
    const PARTS: &[&str] = &[
        "\u{1b}[2J",
        "\u{1b}]0;t\u{7}",
        "\u{1b}]52;c;aGk=\u{1b}\\",
        "\u{1b}]8;;http://x\u{1b}\\",
        "\u{1b}P$q\u{1b}\\",
        "\u{1b}[201~",
        "\u{1b}[?1049l",
        "\u{1b}c",
        "\u{9b}31m",
        "\u{9d}0;t\u{9c}",
        "\u{90}x",
        "\u{1b}",
        "\u{1b}[",
        "\u{1b}]",
        "\u{8}",
        "\r",
        "\n",
        "\t",
        "\u{7f}",
        "\u{0}",
        "\u{85}",
        "text",
        "\u{1b}\u{1b}[31m",
        "\u{1b}[\u{1b}[31mm",
        "\u{1b}[3\u{200b}1m",
    ];
    repeated(rng, 30, |rng| (*rng.pick(PARTS)).to_owned())
}

fn markup(rng: &mut Rng) -> String {
    const PARTS: &[&str] = &[
        ">",
        "> ",
        "- ",
        "1. ",
        "\n",
        "\n\n",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "[",
        "](",
        ")",
        "![",
        "<b>",
        "</b>",
        "<!--",
        "&#27;",
        "&#x202e;",
        "&#8203;",
        "&#xe0041;",
        "&ZeroWidthSpace;",
        "&Tab;",
        "&zwj;",
        "|",
        "---",
        "# ",
        "## ",
        "<http://a>",
        "\\",
        "    ",
        "x",
        "&amp;",
        "&shy;",
    ];
    repeated(rng, 80, |rng| (*rng.pick(PARTS)).to_owned())
}

fn anything(rng: &mut Rng) -> String {
    repeated(rng, 60, |rng| {
        scalar(
            rng,
            &[
                (0, 0x2ff),
                (0x300, 0x2fff),
                (0x3000, 0xd7ff),
                (0xe000, 0xffff),
                (0x10000, 0x1ffff),
                (0xe0000, 0xe0fff),
            ],
        )
        .to_string()
    })
}

fn naughty(rng: &mut Rng) -> String {
    (*rng.pick(BLNS)).to_owned()
}

/// Texts with every kind of combining character, on a board without the gate.
pub fn naive() -> Tally {
    let mut tally = Tally::default();
    for kind in [zalgo, joined, jamo, conjuncts, prepended, flags] {
        let mut rng = Rng::new(1);
        let texts: Vec<String> = (0..20).map(|_| kind(&mut rng)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let mut desk = Desk::ungated(sheet::ungated(&texts), (120, 40));
        let mut found = Tally::default();
        for _ in &texts {
            read(&mut desk, &mut found);
            desk.act(&[Action::Down]);
        }
        tally.run(texts[0], found.told.pop());
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_texts_of_every_kind() {
        run(Scale::Sample).assert_clean();
    }

    #[test]
    fn a_board_without_the_gate_is_caught() {
        naive().assert_all_caught();
    }
}
