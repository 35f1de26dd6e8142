//! Bringing the board up to date with the sources that it lists, while everything else goes on.

use super::count::grouped;
use super::popup::{Ask, Popup};
use super::{Action, App, Effect, Loading, Synced};

/// A sync that is going on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Syncing {
    /// How far it is.
    pub progress: String,
    /// Whether the person wants it no longer.
    pub stopping: bool,
}

impl App {
    /// The sync that is going on.
    pub fn syncing(&self) -> Option<&Syncing> {
        self.syncing.as_ref()
    }

    /// Asks whether to begin, or else to stop.
    pub(super) fn ask_to_sync(&mut self) {
        match &self.syncing {
            None => self.outbox.push(Effect::CountSources),
            Some(syncing) if syncing.stopping => self.tell("the sync is being stopped".to_owned()),
            Some(_) => self.popup = Some(Popup::Ask(Ask::StopSync)),
        }
    }

    /// Takes how many sources the board lists, having asked for it.
    pub(super) fn offer_sync(&mut self, sources: usize) {
        if sources == 0 {
            let how =
                "this board lists no sources; a [[source]] with a url in its board.toml is one";
            return self.tell_failure(how.to_owned());
        }
        // Whoever has opened something else meanwhile is not interrupted.
        if self.popup.is_none() && self.syncing.is_none() {
            self.popup = Some(Popup::Ask(Ask::Sync(sources)));
        }
    }

    /// Answers the question of a sync.
    pub(super) fn answer_sync(&mut self, ask: &Ask) {
        match ask {
            Ask::Sync(sources) => {
                self.syncing = Some(Syncing {
                    progress: format!("syncing 0 of {}", grouped(*sources)),
                    stopping: false,
                });
                self.outbox.push(Effect::Sync);
            }
            Ask::StopSync => {
                if let Some(syncing) = &mut self.syncing {
                    syncing.stopping = true;
                    "stopping the sync".clone_into(&mut syncing.progress);
                    self.outbox.push(Effect::StopSync);
                }
            }
            Ask::Open(_) | Ask::Applied(_) => {}
        }
    }

    /// Takes how far it is.
    pub(super) fn take_progress(&mut self, progress: String) {
        if let Some(syncing) = self.syncing.as_mut().filter(|syncing| !syncing.stopping) {
            syncing.progress = progress;
        }
    }

    /// Takes what came of it, and reads the board again.
    pub(super) fn synced(&mut self, synced: Synced) {
        self.syncing = None;
        if matches!(self.popup, Some(Popup::Ask(Ask::StopSync))) {
            self.popup = None;
        }
        self.unsynced = synced.failures;
        match (self.unsynced.as_slice(), synced.told) {
            ([], told) => self.tell(told),
            ([why], told) if told.is_empty() => self.tell_failure(why.clone()),
            (failures, told) => {
                let count = failures.len();
                let sources = if count == 1 { "source" } else { "sources" };
                let key = self.key(self.mode(), Action::Problems).unwrap_or("help");
                self.tell_failure(format!(
                    "{} {sources} did not come whole, {key} tells why · {told}",
                    grouped(count)
                ));
            }
        }
        if !matches!(self.loading, Loading::Running(_)) {
            self.loading = Loading::Running(0);
            self.outbox.push(Effect::Load);
        }
    }
}
