//! Row 1: every Unicode scalar in every field, in file names and in typed text.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;

use jobdeck::app::{Action, Message};

use super::Scale;
use super::desk::{self, Desk};
use super::sheet;
use super::tally::{Tally, in_parts};

/// Scalars per text, each in a separate word.
const TOGETHER: usize = 64;
/// Texts on one board.
const TEXTS: usize = 100;
/// Scalars below this have a text of their own: controls remove their neighbours.
const ALONE: u32 = 0x100;
/// Window in which the list shows a whole board with complete titles.
const LIST: (u16, u16) = (340, 310);
/// Window with three panes.
const PANES: (u16, u16) = (200, 60);

/// Every scalar, or a sample.
pub fn run(scale: Scale) -> Tally {
    let texts = texts(scale);
    let boards: Vec<_> = texts.chunks(TEXTS).collect();
    in_parts(boards.len(), |part| board(boards[part]))
}

fn texts(scale: Scale) -> Vec<Vec<char>> {
    let all: Vec<char> = (ALONE..=0x0010_ffff).filter_map(char::from_u32).collect();
    let together = all.chunks(TOGETHER).map(<[char]>::to_vec);
    let alone = (0..ALONE).filter_map(char::from_u32).map(|c| vec![c]);
    match scale {
        Scale::Full => alone.chain(together).collect(),
        Scale::Sample => {
            let few = |text: &(usize, Vec<char>)| {
                let interesting = matches!(
                    u32::from(text.1[0]),
                    0x300 | 0x2000..=0x2040 | 0xfe00 | 0xfec0 | 0xe0000 | 0xe0100
                );
                interesting || text.0.is_multiple_of(299)
            };
            let alone = alone.filter(|text| !text[0].is_ascii_graphic());
            alone
                .chain(together.enumerate().filter(few).map(|(_, text)| text))
                .collect()
        }
    }
}

/// The scalars as words.
fn words(scalars: &[char]) -> String {
    // A prepend character at the end of a text is removed.
    let words = scalars.iter().map(|c| format!("a{c} "));
    words.collect::<String>() + "z"
}

fn board(texts: &[Vec<char>]) -> Tally {
    let dir = tempfile::tempdir().unwrap();
    for (at, scalars) in texts.iter().enumerate() {
        fs::write(
            dir.path().join(format!("{at:03}.toml")),
            sheet::of(&format!("p{at}"), &words(scalars)),
        )
        .unwrap();
        for (half, scalars) in scalars.chunks(TOGETHER / 2).enumerate() {
            let name: String = scalars
                .iter()
                .filter(|c| !matches!(c, '/' | '\0'))
                .collect();
            let name = format!("{at:03}{half}{name}.toml");
            fs::write(dir.path().join(OsStr::new(&name)), "[").unwrap();
        }
    }
    let mut desk = Desk::open(dir.path(), LIST);
    let mut tally = Tally::default();
    list(&mut desk, texts, &mut tally);
    desk.act(&[Action::Zoom]);
    desk.resize(PANES);
    desk.act(&[Action::First]);
    let mut seen = vec![false; texts.len()];
    for _ in texts {
        let number = desk
            .selected()
            .and_then(|id| id.strip_prefix('p')?.parse().ok());
        let at: usize = number.unwrap_or(0);
        seen[at] = true;
        posting(&mut desk, &texts[at], &mut tally);
        desk.act(&[Action::Down]);
    }
    if seen.contains(&false) {
        tally.violation(format!("postings are missing from {:?} on", texts[0][0]));
    }
    problems(&mut desk, &mut tally);
    typed(texts, &mut tally);
    tally
}

fn list(desk: &mut Desk, texts: &[Vec<char>], tally: &mut Tally) {
    desk.act(&[Action::Zoom]);
    tally.try_one(
        || format!("the list from {:?}", texts[0][0]),
        || {
            desk.draw()?;
            let shown = desk.screen().chars().collect();
            texts.iter().try_for_each(|scalars| keeps(scalars, &shown))
        },
    );
    tally.count += texts.iter().map(|text| text.len() as u64).sum::<u64>();
}

/// The selected posting in the detail pane, and its interview.
fn posting(desk: &mut Desk, scalars: &[char], tally: &mut Tally) {
    let what = |where_: &str| format!("{where_} from {:?}", scalars[0]);
    let kept = |desk: &mut Desk| {
        desk.draw()?;
        keeps(scalars, &desk.screen().chars().collect())
    };
    tally.try_one(|| what("the detail"), || kept(desk));
    tally.count += scalars.len() as u64;
    desk.act(&[Action::Interview]);
    tally.try_one(|| what("the interview"), || kept(desk));
    desk.act(&[Action::Last]);
    tally.try_one(|| what("the interview's end"), || desk.draw().map(drop));
    desk.act(&[Action::Outline]);
    tally.try_one(|| what("the outline"), || desk.draw().map(drop));
    desk.act(&[Action::Escape, Action::Back]);
}

/// Names of files and words of messages, page by page.
fn problems(desk: &mut Desk, tally: &mut Tally) {
    desk.act(&[Action::Problems]);
    loop {
        tally.try_one(|| "the problems".into(), || desk.draw().map(drop));
        let before = desk.screen();
        desk.act(&[Action::PageDown]);
        if desk.screen() == before {
            break;
        }
    }
    desk.act(&[Action::Escape]);
}

/// The query, the reader's search and a dialog's filter, typed and pasted.
fn typed(texts: &[Vec<char>], tally: &mut Tally) {
    let mut desk = Desk::ungated(sheet::ungated(&["plain"]), PANES);
    for scalars in texts {
        let text = words(scalars);
        for opened in [
            &[Action::Search][..],
            &[Action::Enter, Action::Search],
            &[Action::Help],
        ] {
            desk.act(opened);
            desk.types_at_once(&text);
            tally.try_one(
                || format!("typed from {:?}", scalars[0]),
                || desk.draw().map(drop),
            );
            desk.act(&[Action::DeleteToStart]);
            desk.send(Message::Paste(text.clone()));
            tally.try_one(
                || format!("pasted from {:?}", scalars[0]),
                || desk.draw().map(drop),
            );
            desk.act(&[
                Action::DeleteToStart,
                Action::Escape,
                Action::Escape,
                Action::Escape,
            ]);
        }
    }
}

/// Whether every letter and digit is on the screen: the gate must not remove text.
fn keeps(scalars: &[char], shown: &HashSet<char>) -> Result<(), String> {
    let filler = |c: char| matches!(c, '\u{115f}'..='\u{11ff}' | '\u{3164}' | '\u{d7b0}'..='\u{d7ff}' | '\u{ffa0}');
    let mut texts = scalars
        .iter()
        .filter(|c| c.is_alphanumeric() && !filler(**c));
    match texts.find(|c| !shown.contains(c)) {
        Some(c) => Err(format!("U+{:04X} is lost", u32::from(*c))),
        None => Ok(()),
    }
}

/// Scalars without the gate. The widgets of ratatui drop most zero-width characters, but not combining ones; a naive
/// screen drops nothing.
pub fn naive() -> Tally {
    const STAY: &[char] = &[
        '\u{e0041}',
        '\u{200d}',
        '\u{200c}',
        '\u{fe00}',
        '\u{34f}',
        '\u{17b4}',
    ];
    const HARM: &[char] = &[
        '\0',
        '\u{7}',
        '\u{1b}',
        '\u{7f}',
        '\u{9b}',
        '\u{ad}',
        '\u{200b}',
        '\u{202e}',
        '\u{2028}',
        '\u{2066}',
        '\u{feff}',
        '\u{e0041}',
    ];
    let mut tally = Tally::default();
    for c in STAY {
        let mut desk = Desk::ungated(sheet::ungated(&[&words(&[*c])]), PANES);
        tally.run(format!("{c:?} in the panes"), desk.draw().err());
        desk.act(&[Action::Interview]);
        tally.run(format!("{c:?} in the reader"), desk.draw().err());
    }
    for c in HARM {
        let board = sheet::ungated(&[&words(&[*c, *c])]);
        let mut desk = Desk::ungated(board, PANES).drawn_by(desk::naive);
        tally.run(format!("{c:?} in a screen that trusts"), desk.draw().err());
    }
    let mut desk = Desk::ungated(sheet::ungated(&["nothing"]), PANES);
    let shown = desk.screen().chars().collect();
    tally.run("a letter that is lost", keeps(&['ж'], &shown).err());
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_scalars_from_every_corner() {
        run(Scale::Sample).assert_clean();
    }

    #[test]
    fn a_board_without_the_gate_is_caught() {
        naive().assert_all_caught();
    }
}
