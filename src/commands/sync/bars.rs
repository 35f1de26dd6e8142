//! Progress bars on standard error if it is a terminal: one for each active source, and one for the total.

use std::sync::{Mutex, PoisonError};

use indicatif::{HumanBytes, MultiProgress, ProgressBar, ProgressStyle};

use crate::board::text;
use crate::sync::{Source, Step};

/// The bars; they draw nothing unless on a terminal.
pub(super) struct Bars {
    all: MultiProgress,
    total: ProgressBar,
    names: Vec<String>,
    /// Bar of each active source.
    sources: Mutex<Vec<Option<ProgressBar>>>,
}

impl Bars {
    /// Bars for these sources.
    pub(super) fn new(sources: &[Source]) -> Self {
        let all = MultiProgress::new();
        let total = ProgressBar::new(sources.len() as u64);
        total.set_style(styled("{pos} of {len} sources {bar:30} {elapsed}"));
        Self {
            total: all.add(total),
            all,
            names: sources
                .iter()
                .map(|source| text::line(&source.name))
                .collect(),
            sources: Mutex::new(vec![None; sources.len()]),
        }
    }

    /// Shows the progress of a source.
    pub(super) fn show(&self, at: usize, step: Step<'_>) {
        let mut sources = self.sources.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = sources[at].get_or_insert_with(|| {
            let bar = ProgressBar::new_spinner().with_prefix(self.names[at].clone());
            bar.set_style(styled("  {prefix}: {msg}"));
            self.all.insert_before(&self.total, bar)
        });
        bar.set_message(match step {
            Step::Asking => "asking".to_owned(),
            Step::Bytes(bytes) => format!("{} came", HumanBytes(bytes)),
            Step::Waiting(time) => format!("trying again in {} s", time.as_secs()),
            Step::Writing => "writing".to_owned(),
            Step::Done(_) => {
                bar.finish_and_clear();
                self.total.inc(1);
                return;
            }
        });
        bar.tick();
    }

    /// Runs something that prints, with the bars suspended.
    pub(super) fn beside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.all.suspend(print)
    }
}

impl Drop for Bars {
    fn drop(&mut self) {
        self.total.finish_and_clear();
    }
}

fn styled(template: &str) -> ProgressStyle {
    // The templates are valid; the default is an adequate fallback.
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
