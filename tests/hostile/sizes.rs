//! Row 8: every screen in every size, and a window that keeps changing.

use std::path::{Path, PathBuf};

use jobdeck::app::{Action, Message};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Scale;
use super::desk::Desk;
use super::rng::Rng;
use super::tally::{Tally, in_parts};
use crate::real::{Real, jobdeck};

/// The largest window.
const LARGEST: (u16, u16) = (120, 100);
/// Resizes in a run.
const LIVE: usize = 1_000;

/// A screen: its name, and the actions that lead to it from the list.
type Screen = (&'static str, &'static [Action], &'static str);

/// Every screen; the text is typed after the actions.
pub const SCREENS: &[Screen] = &[
    ("browse", &[Action::Down, Action::Toggle], ""),
    (
        "query with marks",
        &[Action::Search],
        "scientist salry:>1 posted:<x salary:> '日本",
    ),
    (
        "filters",
        &[Action::Filters, Action::Down, Action::Toggle],
        "",
    ),
    (
        "zoomed posting",
        &[Action::Zoom, Action::NextPane, Action::PageDown],
        "",
    ),
    ("reader", &[Action::Enter, Action::NextHeading], ""),
    (
        "interview's end",
        &[Action::Interview, Action::Last, Action::NextPane],
        "",
    ),
    ("find", &[Action::Interview, Action::Search], "the"),
    ("outline", &[Action::Interview, Action::Outline], "a"),
    ("help", &[Action::Help, Action::Down], ""),
    ("confirm", &[Action::Interview, Action::Open], ""),
    ("problems", &[Action::Problems, Action::PageDown], "i"),
    ("nothing found", &[Action::Search], "nowhere to be found"),
    (
        "note",
        &[Action::Note],
        "a note that is longer than a narrow window is wide",
    ),
    ("stages", &[Action::Apply], ""),
    (
        "CV",
        &[Action::Apply, Action::PageDown, Action::Enter],
        "research.pdf",
    ),
    ("reasons", &[Action::Hide], ""),
    ("order", &[Action::Sort], ""),
    (
        "views",
        &[
            Action::Search,
            Action::Insert('e'),
            Action::Enter,
            Action::Views,
        ],
        "",
    ),
    (
        "name of a view",
        &[
            Action::Search,
            Action::Insert('e'),
            Action::Enter,
            Action::Views,
            Action::Enter,
        ],
        "mine",
    ),
    (
        "applications",
        &[Action::Save, Action::Apply, Action::Enter, Action::Pipeline],
        "",
    ),
    (
        "comparison",
        &[
            Action::Toggle,
            Action::Toggle,
            Action::Compare,
            Action::Down,
            Action::Right,
        ],
        "",
    ),
    ("similar", &[Action::Similar], ""),
    ("empty board", &[], ""),
    ("loading", &[], ""),
    ("failed to load", &[], ""),
];

/// Number of inputs of a full run.
pub const REQUIRED: u64 =
    LARGEST.0 as u64 * LARGEST.1 as u64 * SCREENS.len() as u64 + 2 * LIVE as u64;

/// Every size, or every eleventh.
pub fn run(scale: Scale) -> Tally {
    let step = match scale {
        Scale::Sample => 11,
        Scale::Full => 1,
    };
    let mut tally = in_parts(SCREENS.len(), |part| {
        let mut desk = desk(part);
        let at_size = |size| {
            desk.resize(size);
            desk.draw().map(drop)
        };
        every_size(SCREENS[part].0, step, at_size)
    });
    tally.add(live(scale.of(LIVE / 4, LIVE)));
    tally.add(live_on_a_terminal(scale.of(LIVE / 20, LIVE)));
    tally
}

fn boards() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/boards")
}

/// A desk that shows a screen.
fn desk(screen: usize) -> Desk {
    let (name, actions, typed) = SCREENS[screen];
    let mut desk = Desk::new((100, 30));
    match name {
        "empty board" => desk.load(tempfile::tempdir().unwrap().path()),
        "loading" => {}
        "failed to load" => desk.load(Path::new("/there/is no such\u{1b}[31m folder")),
        // All fixtures as one board: postings, interviews, and problems of every kind.
        _ => desk.load(&boards()),
    }
    desk.act(actions).types(typed);
    desk
}

/// Draws at one size after the other.
fn every_size(
    name: &str,
    step: u16,
    mut draw: impl FnMut((u16, u16)) -> Result<(), String>,
) -> Tally {
    let mut tally = Tally::default();
    for width in (1..=LARGEST.0).step_by(step.into()) {
        for height in (1..=LARGEST.1).step_by(step.into()) {
            tally.try_one(
                || format!("{name} at {width}×{height}"),
                || draw((width, height)),
            );
            tally.count += 1;
        }
    }
    tally
}

/// A run with a resize between any two actions, sometimes drawn before the app is told.
fn live(steps: usize) -> Tally {
    let mut tally = Tally::default();
    let mut rng = Rng::new(8);
    let mut desk = desk(0);
    for step in 0..steps {
        let size = (rng.below(250) as u16 + 1, rng.below(120) as u16 + 1);
        let action = *rng.pick(Action::ALL);
        tally.try_one(
            || format!("step {step}: {action:?} and then {size:?}"),
            || {
                desk.act(&[action]).draw()?;
                desk.resize_window(size);
                desk.draw()?;
                desk.resize(size);
                let (x, y) = (rng.below(250) as u16, rng.below(120) as u16);
                desk.send(Message::Click(x, y));
                desk.send(Message::Wheel(y, x, [-4, -1, 1, 3][rng.below(4)]));
                desk.draw().map(drop)
            },
        );
        tally.count += 1;
    }
    tally
}

/// A screen that assumes at least four rows.
pub fn naive() -> Tally {
    every_size("naive", 11, |(width, height)| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        buffer[(width / 2, 3)].set_style(Style::new());
        Ok(())
    })
}

/// A real window that is resized many times between two checks.
fn live_on_a_terminal(steps: usize) -> Tally {
    const BETWEEN: usize = 10;
    let mut tally = Tally::default();
    let mut rng = Rng::new(9);
    let mut terminal = Real::start(jobdeck(), (100, 30));
    terminal.wait_for("10 of 10");
    for step in 1..=steps {
        let width = rng.below(250) as u16 + 1;
        let looks = step % BETWEEN == 0;
        // The position of the cursor in a long text reveals the width of the frame.
        let width = if looks { width.max(80) } else { width };
        let height = if looks { rng.below(10) } else { rng.below(90) };
        terminal.resize(width, height as u16 + 10);
        if looks {
            terminal.wait_until("a frame of this width", |screen| {
                let contents = screen.contents();
                let position = |line: &str| {
                    line.ends_with('%') && line.chars().count() == usize::from(width) - 2
                };
                contents.lines().any(position) && contents.contains("10 of 10")
            });
        }
        tally.run(step, None);
    }
    terminal.send("q");
    tally.run("the end", terminal.wait_for_end().fault(0));
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_sizes_of_every_screen() {
        run(Scale::Sample).assert_clean();
    }

    #[test]
    fn every_screen_is_what_it_is_called() {
        use jobdeck::app::{Loading, Mode};
        for (at, (name, ..)) in SCREENS.iter().enumerate() {
            let desk = desk(at);
            let app = &desk.app;
            let is = match *name {
                "browse" => app.list().marked.len() == 1 && app.problem_count() > 10,
                "query with marks" => app.mode() == Mode::Query && app.query().marks.len() > 1,
                "filters" => app.mode() == Mode::Filters,
                "zoomed posting" => app.is_zoomed() && app.detail().is_some(),
                "reader" => app.mode() == Mode::Reader,
                "interview's end" => app.reader().unwrap().link().is_some(),
                "find" => app.mode() == Mode::Find,
                "outline" => app.mode() == Mode::Picker && app.reader().is_some(),
                "help" => app.mode() == Mode::Help,
                "confirm" => app.mode() == Mode::Confirm,
                "problems" => app.mode() == Mode::Picker && app.reader().is_none(),
                "applications" => app.mode() == Mode::Pipeline && app.reader().is_none(),
                "stages" | "reasons" | "order" | "views" => {
                    app.mode() == Mode::Menu && app.reader().is_none()
                }
                "comparison" => app.mode() == Mode::Comparison,
                "similar" => app.similar_to().is_some(),
                "note" => app.mode() == Mode::Note,
                "CV" | "name of a view" => app.mode() == Mode::Prompt,
                "nothing found" | "empty board" => {
                    app.matches().rows.is_empty() && *app.loading() == Loading::Done
                }
                "loading" => matches!(app.loading(), Loading::Running(_)),
                _ => matches!(app.loading(), Loading::Failed(_)),
            };
            assert!(is, "{name}");
        }
    }

    #[test]
    fn a_screen_that_counts_on_its_room_is_caught() {
        assert!(naive().violations > 0);
    }
}
