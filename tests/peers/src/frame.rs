//! How long a frame takes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jobdeck::app::{App, Effect, Message};
use jobdeck::config::{Config, Display, Keymap};
use jobdeck::search::{Index, Searcher};
use jobdeck::runtime::runner::{Look, Runner, initial_state, settings};
use ratatui::backend::TestBackend;

use crate::ours::today;

const SIZE: (u16, u16) = (200, 60);
const FRAMES: usize = 200;

/// The time of a frame in which every cell is drawn anew, half of all frames being slower.
pub fn measure(index: Arc<Index>) -> Result<Duration, Box<dyn std::error::Error>> {
    let config = Config::default();
    let settings = settings(&config);
    let look = Look {
        hyperlinks: false,
        keymap: Keymap::default(),
        theme: config.theme.theme(Display::default()).0,
        ascii: false,
        size: SIZE,
    };
    let (app, _) = App::new(settings, initial_state(&config, today(), SIZE), Arc::clone(&index));
    let mut runner = Runner::new(app, look, today(), TestBackend::new(SIZE.0, SIZE.1))?;
    let mut searcher = Searcher::new(Arc::clone(&index));
    let mut effects = runner.message(Message::Loaded(index, Vec::new()));
    while let Some(effect) = effects.pop() {
        if let Effect::Search(generation, request) = effect
            && let Some(matches) = searcher.search(&request, &|| false)
        {
            effects.extend(runner.message(Message::Matched(generation, matches)));
        }
    }
    let mut times = Vec::new();
    for _ in 0..FRAMES {
        runner.redraw_all(SIZE)?;
        let start = Instant::now();
        runner.draw()?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok(times[FRAMES / 2])
}
