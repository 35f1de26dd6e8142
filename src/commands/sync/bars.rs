//! Progress bars, where standard error is a terminal: one for each source that is being fetched, one for all.

use std::sync::{Mutex, PoisonError};

use indicatif::{HumanBytes, MultiProgress, ProgressBar, ProgressStyle};

use crate::board::text;
use crate::sync::{Source, Step};

/// The bars. On anything but a terminal they draw nothing.
pub(super) struct Bars {
    all: MultiProgress,
    total: ProgressBar,
    names: Vec<String>,
    /// Of each source while it is being fetched.
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

    /// Shows what a source is doing.
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

    /// Does something that prints, with the bars out of its way.
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
    // Ours are sound; the default one would do as well.
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
