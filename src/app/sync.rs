//! Syncs the board with its sources in the background.

use super::count::grouped;
use super::dialog::Dialog;
use super::dialog::prompt::PromptTopic;
use super::dialog::question::Question;
use super::{Action, AddedSource, App, Effect, Loading, Mode, Synced};

/// A running sync.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Syncing {
    /// Its progress.
    pub progress: String,
    /// Whether it is being stopped.
    pub stopping: bool,
}

impl App {
    /// The running sync.
    pub fn syncing(&self) -> Option<&Syncing> {
        self.syncing.as_ref()
    }

    /// Number of sources that the last sync could not read whole.
    pub fn failed_sources(&self) -> Option<usize> {
        Some(self.unsynced.len()).filter(|count| *count > 0)
    }

    /// Asks whether to start or stop a sync.
    pub(super) fn ask_to_sync(&mut self) {
        match &self.syncing {
            None => self.outbox.push(Effect::CountSources),
            Some(syncing) if syncing.stopping => self.notify("stopping the sync".to_owned()),
            Some(_) => self.dialog = Some(Dialog::Question(Question::StopSync)),
        }
    }

    /// Asks whether to start a sync, given the number of sources.
    pub(super) fn offer_sync(&mut self, sources: usize) {
        if sources == 0 {
            let key = self.key(Mode::Browse, Action::AddSource).unwrap_or("help");
            return self.notify(format!("no sources yet · {key} adds one by its address"));
        }
        // Do not interrupt a dialog opened meanwhile.
        if self.dialog.is_none() && self.syncing.is_none() {
            self.dialog = Some(Dialog::Question(Question::Sync(sources)));
        }
    }

    /// Asks for the address of a source, unless a sync is going on.
    pub(super) fn ask_for_source(&mut self) {
        match self.syncing {
            None => {
                self.ask_for(PromptTopic::AddSource);
                if let (Some(Dialog::Prompt(prompt)), Some(address)) =
                    (&mut self.dialog, self.adding.take())
                {
                    prompt.fill(&address);
                }
            }
            Some(_) => self.notify("wait for the sync to end".to_owned()),
        }
    }

    /// Begins to add a source.
    pub(super) fn add_source(&mut self, address: String) {
        self.syncing = Some(Syncing {
            progress: "adding a source".to_owned(),
            stopping: false,
        });
        self.notify(format!("looking for postings at {address}…"));
        self.adding = Some(address.clone());
        self.outbox.push(Effect::AddSource(address));
    }

    /// Handles the result of adding a source.
    pub(super) fn added(&mut self, added: Result<AddedSource, Vec<String>>) {
        match added {
            Ok(AddedSource {
                board: Some(folder),
                ..
            }) => self.outbox.push(Effect::OpenBoard(folder)),
            Ok(added) => {
                self.adding = None;
                self.synced(Synced {
                    told: added.told,
                    failures: added.failures,
                });
            }
            Err(why) => {
                self.syncing = None;
                let first = why.first().cloned().unwrap_or_default();
                let key = self.key(self.mode(), Action::Problems).unwrap_or("help");
                let more = if why.len() > 1 {
                    format!(" · {key} shows more")
                } else {
                    String::new()
                };
                self.unsynced = why;
                self.tell_failure(format!("{first}{more}"));
            }
        }
    }

    /// Stops the running sync, after confirmation.
    pub(super) fn stop_sync(&mut self) {
        if let Some(syncing) = &mut self.syncing {
            syncing.stopping = true;
            "stopping the sync".clone_into(&mut syncing.progress);
            self.outbox.push(Effect::StopSync);
        }
    }

    /// Updates the progress.
    pub(super) fn take_progress(&mut self, progress: String) {
        if let Some(syncing) = self.syncing.as_mut().filter(|syncing| !syncing.stopping) {
            syncing.progress = progress;
        }
    }

    /// Reports the result and reloads the board.
    pub(super) fn synced(&mut self, synced: Synced) {
        self.syncing = None;
        if matches!(self.dialog, Some(Dialog::Question(Question::StopSync))) {
            self.dialog = None;
        }
        self.unsynced = synced.failures;
        match (self.unsynced.as_slice(), synced.told) {
            ([], told) => self.notify(told),
            ([why], told) if told.is_empty() => self.tell_failure(why.clone()),
            (failures, told) => {
                let count = failures.len();
                let sources = if count == 1 { "source" } else { "sources" };
                let key = self.key(self.mode(), Action::Problems).unwrap_or("help");
                self.tell_failure(format!(
                    "{} {sources} incomplete · {key} shows why · {told}",
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
