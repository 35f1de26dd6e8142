//! Performs the effects of the app.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rustix::process::{Signal, kill_current_process_group};

use super::super::End;
use super::super::access::Admission;
use super::super::remote;
use super::{EventLoop, stop, teller};
use crate::app::dialog::prompt::PromptTopic;
use crate::app::{Effect, Message};
use crate::board::safe_url::SafeUrl;
use crate::board::text;
use crate::config::{self, Theme, ThemeName, views};
use crate::storage;
use crate::terminal::{clipboard, editor, guard, opener, program};
use crate::tracking::EventKind;
use crate::tracking::journal::JournalError;

/// How long a command in the background is watched, to tell how it ended.
const WATCHED: Duration = Duration::from_secs(5);

impl EventLoop {
    /// Hands a question about the board to the search thread.
    fn ask(&self, effect: Effect) {
        match effect {
            Effect::Search(generation, request) => self.searcher.ask(generation, request),
            Effect::Advise(generation, asked) => self.searcher.advise(generation, asked),
            Effect::Market(generation, request) => self.searcher.market(generation, request),
            _ => {}
        }
    }

    pub(super) fn perform(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            let refused = remote::refusal(&effect).filter(|_| self.is_remote);
            let admission = refused.map_or_else(|| self.access.admit(&effect), Admission::Refuse);
            let effect = match admission {
                Admission::Run => effect,
                Admission::Show(address) => {
                    let message = self.show(&address)?;
                    effects.extend(self.runner.message(message));
                    continue;
                }
                Admission::Refuse(why) => {
                    let message = Message::Failed(why.to_owned());
                    effects.extend(self.runner.message(message));
                    continue;
                }
            };
            let said = match effect {
                asked @ (Effect::Search(..) | Effect::Advise(..) | Effect::Market(..)) => {
                    self.ask(asked);
                    None
                }
                Effect::Load => {
                    self.load();
                    None
                }
                Effect::Open(raw) => self.open(&raw)?,
                Effect::Run(words, true) => self.run_here(&words)?,
                Effect::Run(words, false) => {
                    run_in_background(words, teller(&self.events));
                    None
                }
                other @ (Effect::AddSource(_)
                | Effect::OpenBoard(_)
                | Effect::KeepTheme(_)
                | Effect::Mute(_)
                | Effect::Unmute(_)
                | Effect::Choose(_)) => self.decide(other),
                Effect::Copy(text) => {
                    Some(clipboard::copy(&text, &mut self.runner.backend_mut().0)?)
                }
                Effect::Track(act) => {
                    effects.extend(self.track(act));
                    None
                }
                Effect::Count(purpose, requests) => {
                    self.searcher.count(purpose, requests);
                    None
                }
                Effect::CountSources => {
                    self.counts_sources = true;
                    let count = self.syncer.counter();
                    self.on_files(move || Some(count()));
                    None
                }
                Effect::Sync => self.syncer.start((self.today)()),
                Effect::StopSync => {
                    self.syncer.stop();
                    None
                }
                Effect::KeepView(view) => {
                    self.change_views(move |file| views::keep(file, &view));
                    None
                }
                Effect::RenameView(before, name) => {
                    self.change_views(move |file| views::rename(file, &before, &name));
                    None
                }
                Effect::Theme(name) => {
                    if let Some(name) = ThemeName::from_name(&name) {
                        self.runner.set_theme(Theme::named(name, self.display));
                    }
                    None
                }
                Effect::ReadPhoto(id, name) => {
                    self.read_photo(id, name);
                    None
                }
                Effect::DeleteView(name) => {
                    self.change_views(move |file| views::delete(file, &name));
                    None
                }
                Effect::Edit(text) => Some(self.edit(&text)?),
                Effect::Mouse(mouse) => {
                    self.guard.set_mouse(mouse)?;
                    None
                }
                Effect::Redraw => self.redraw_all().map(|()| None)?,
                // Stop the whole process group: a shell waits for all programs of a pipeline.
                Effect::Suspend => stop(|| kill_current_process_group(Signal::STOP))?,
                Effect::Quit => {
                    self.end = Some(End::default());
                    None
                }
            };
            if let Some(said) = said {
                effects.extend(self.runner.message(said));
            }
        }
        Ok(())
    }

    /// Opens an address in the user's browser.
    fn open(&mut self, raw: &str) -> io::Result<Option<Message>> {
        let url = match self.opener.check(raw) {
            Ok(url) => url,
            Err(why) => return Ok(Some(Message::Failed(why.to_string()))),
        };
        if let Some(words) = opener::text_browser(&url) {
            return self.run_here(&words);
        }
        opener::open(url, teller(&self.events));
        Ok(None)
    }

    /// Requests the board.
    fn load(&self) {
        if self.is_remote {
            self.searcher.load();
        } else {
            self.mirrors.ask();
            self.loader.ask();
        }
    }

    /// Performs effects that outlast the session.
    fn decide(&mut self, effect: Effect) -> Option<Message> {
        match effect {
            Effect::AddSource(address) => return self.syncer.add(address, (self.today)()),
            Effect::OpenBoard(folder) => return self.open_board(&folder),
            Effect::KeepTheme(name) => self.keep_theme(name),
            Effect::Mute(rule) => self.mute(rule),
            Effect::Unmute(rule) => self.unmute(rule),
            Effect::Choose(chosen) => {
                self.end = Some(End {
                    chosen,
                    ..End::default()
                });
            }
            _ => {}
        }
        None
    }

    /// Copies an address and shows it, where the browser is at the other end.
    fn show(&mut self, address: &str) -> io::Result<Message> {
        let address = match SafeUrl::parse(address) {
            Ok(address) => String::from(address),
            Err(why) => return Ok(Message::Failed(format!("no address: {}", why.reason))),
        };
        Ok(
            match clipboard::copy(&address, &mut self.runner.backend_mut().0)? {
                Message::Notice(copied) => Message::Notice(format!("{address} ({copied})")),
                _ => Message::Notice(address),
            },
        )
    }

    fn track(&mut self, act: Vec<EventKind>) -> Vec<Effect> {
        let by_hand = !act
            .iter()
            .all(|what| matches!(what, EventKind::Mark(_, marked) if marked.automatic));
        let Some(journal_writer) = &mut self.journal_writer else {
            return Vec::new();
        };
        let Some(events) = journal_writer.track(act) else {
            let why = JournalError::EndOfTime.to_string();
            return self.runner.message(Message::Failed(why));
        };
        let mut effects = self.runner.message(Message::Tracked(events));
        if self.is_preview && by_hand {
            let why = "this is a preview: what you mark is not kept".to_owned();
            effects.extend(self.runner.message(Message::Failed(why)));
        }
        effects
    }

    /// Changes the file of the saved views in the background.
    fn change_views(&self, change: impl FnOnce(&Path) -> io::Result<()> + Send + 'static) {
        let file = self.views_file.clone();
        self.on_files(move || {
            let kept = match &file {
                Some(file) => change(file),
                None => Err(io::Error::other("there is no home folder")),
            };
            let why = kept.err()?;
            let why = text::line(&format!("views not saved: {why}"));
            Some(Message::Failed(why))
        });
    }

    /// Runs a file operation in the background.
    fn on_files(&self, job: impl FnOnce() -> Option<Message> + Send + 'static) {
        if let Some(jobs) = &self.file_jobs {
            jobs.run(job);
        }
    }

    /// Adds a mute rule to the config file and to the open board.
    fn mute(&self, rule: String) {
        if self.is_remote {
            self.searcher.mute(rule.clone(), true);
        } else {
            self.loader.mute(rule.clone());
        }
        let file = self.config_file.clone();
        self.on_files(move || {
            let kept = match &file {
                Some(file) => config::mute(file, &rule),
                None => Err(io::Error::other("there is no home folder")),
            };
            let why = kept.err()?;
            let why = format!("muted until you leave; the config was not changed: {why}");
            Some(Message::Failed(text::line(&why)))
        });
    }

    /// Reads a photo in the background, where the terminal has the colours for it.
    #[cfg(feature = "photo")]
    fn read_photo(&self, id: String, name: String) {
        let (folders, display) = (self.syncer.folders().to_vec(), self.display);
        if !display.true_color || display.no_color || self.runner.is_ascii() {
            return;
        }
        self.on_files(move || {
            Some(match super::super::photo::read(&folders, &name) {
                Ok(picture) => Message::Photo(id, std::sync::Arc::new(picture)),
                Err(why) => Message::Failed(text::line(&why)),
            })
        });
    }

    /// Without the feature `photo` the caption stands alone.
    #[cfg(not(feature = "photo"))]
    #[expect(clippy::unused_self, reason = "as with the feature")]
    fn read_photo(&self, _id: String, _name: String) {}

    /// Removes a mute rule from the config file and from the open board.
    fn unmute(&self, rule: String) {
        if self.is_remote {
            self.searcher.mute(rule.clone(), false);
        } else {
            self.loader.unmute(rule.clone());
        }
        let file = self.config_file.clone();
        self.on_files(move || {
            let why = file.and_then(|file| config::unmute(&file, &rule).err())?;
            let why = format!("still muted in the config, which was not changed: {why}");
            Some(Message::Failed(text::line(&why)))
        });
    }

    /// Writes the theme to the config file.
    fn keep_theme(&self, name: String) {
        let (file, ground) = (self.config_file.clone(), self.display.ground);
        self.on_files(move || {
            let kept = match &file {
                Some(file) => config::keep_theme(file, &name, ground),
                None => Err(io::Error::other("there is no home folder")),
            };
            let why = kept.err()?;
            let why = format!("the theme is not kept: {why}");
            Some(Message::Failed(text::line(&why)))
        });
    }

    /// Leaves for the board in a folder, if there is one.
    fn open_board(&mut self, written: &str) -> Option<Message> {
        let is_address = written.contains("://");
        let folder = if is_address {
            PathBuf::from(written)
        } else {
            config::expand(written, Path::new(""))
        };
        if !is_address && !storage::while_nothing_is_drawn(|| folder.is_dir()) {
            return Some(Message::Rejected(
                PromptTopic::OpenBoard,
                written.to_owned(),
                "not a folder".to_owned(),
            ));
        }
        self.end = Some(End {
            board: Some(folder),
            ..End::default()
        });
        None
    }

    /// Suspends the screen while the user's editor runs.
    fn edit(&mut self, text: &str) -> io::Result<Message> {
        let edited = self.suspend_signals(|| editor::edit(text).map_err(|why| why.to_string()))?;
        Ok(edited.map_or_else(Message::Failed, Message::Edited))
    }

    /// Gives the terminal to a program and takes it back when that ends.
    fn run_here(&mut self, words: &[String]) -> io::Result<Option<Message>> {
        let ended = self.suspend_signals(|| match program::run(words) {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("{}: {status}", words[0])),
            Err(error) => Err(format!("{}: {error}", words[0])),
        })?;
        let failed = ended.err();
        Ok(failed.map(|why| Message::Failed(text::line(&why))))
    }

    /// Gives the terminal away for a while.
    fn suspend_signals<T>(
        &mut self,
        job: impl FnOnce() -> Result<T, String>,
    ) -> io::Result<Result<T, String>> {
        if !self.pause.begin() {
            return Ok(Err("the keyboard is busy; try again".to_owned()));
        }
        guard::give_back();
        self.alarm.suspend_signals(true);
        let done = storage::while_nothing_is_drawn(job);
        self.pause.end();
        self.guard.take_again()?;
        self.alarm.suspend_signals(false);
        self.redraw_all()?;
        Ok(done)
    }
}

/// Runs a program on its own thread, which reports the result.
fn run_in_background(words: Vec<String>, tell: impl FnOnce(Message) + Send + 'static) {
    let run = move || {
        let program = text::line(&words[0]);
        tell(match program::start(&words, WATCHED) {
            Ok(None) => Message::Notice(format!("started {program}")),
            Ok(Some(status)) if status.success() => Message::Notice(format!("ran {program}")),
            Ok(Some(status)) => Message::Failed(format!("{program}: {status}")),
            Err(error) => Message::Failed(text::line(&format!("{program}: {error}"))),
        });
    };
    // Where there is no room for a thread, there is none for a program.
    let _ = thread::Builder::new().name("command".into()).spawn(run);
}
