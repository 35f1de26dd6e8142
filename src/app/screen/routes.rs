//! Opens and closes screens, and routes what they leave to the rest of the app.

use std::borrow::Cow;

use super::Screen;
use super::comparison::ComparisonScreen;
use super::pipeline::PipelineScreen;
use crate::app::browser::Browser;
use crate::app::{Action, App, Effect, Message, Mode};
use crate::board::Posting;
use crate::compare::COUNT;
use crate::tracking::PostingKey;

impl App {
    /// Opens the marked postings side by side; a single one beside the selected posting.
    pub(in crate::app) fn open_comparison(&mut self) {
        let board = self.index.board();
        let mut ids: Vec<String> = self.browser.list.marked.iter().cloned().collect();
        // In the order of the list, as far as they are in it.
        let rows = &self.browser.matches.rows;
        ids.sort_by_key(|id| {
            let row = self.index.row(id);
            let place = rows.iter().position(|known| Some(*known) == row);
            place.unwrap_or(rows.len())
        });
        if ids.len() < *COUNT.start()
            && let Some(posting) = self.selected_posting()
            && !ids.contains(&posting.id)
        {
            ids.push(posting.id.clone());
        }
        let postings = ids.iter().filter_map(|id| board.posting(id));
        let keys: Vec<PostingKey> = postings
            .map(|posting| PostingKey::from_posting(board, &posting))
            .collect();
        let mark = self.key(Mode::Browse, Action::Toggle).unwrap_or_default();
        match keys.len() {
            count if COUNT.contains(&count) => {
                let screen = Screen::Comparison(ComparisonScreen::new(keys));
                self.open_screen(screen);
            }
            count if count > *COUNT.end() => {
                let most = COUNT.end();
                self.notify(format!(
                    "{count} marked \u{b7} at most {most} can be compared"
                ));
            }
            _ => self.notify(format!(
                "mark the postings to compare first \u{b7} {mark} marks a row"
            )),
        }
    }

    /// Opens the applications.
    pub(in crate::app) fn open_pipeline(&mut self) {
        if self.marks.tracking.is_none() {
            return self.tell_failure("your marks are still being read".to_owned());
        }
        self.open_screen(Screen::Pipeline(PipelineScreen::new()));
        let is_empty = match &self.screen {
            Some(Screen::Pipeline(pipeline)) => pipeline.is_empty() && pipeline.hidden() == 0,
            _ => false,
        };
        if is_empty {
            self.screen = None;
            let save = self.key(Mode::Browse, Action::Save).unwrap_or_default();
            let apply = self.key(Mode::Browse, Action::Apply).unwrap_or_default();
            self.notify(format!(
                "no applications yet \u{b7} {save} saves a posting, {apply} marks it as applied"
            ));
        }
    }

    fn open_screen(&mut self, screen: Screen) {
        self.browse(Browser::end_typing);
        self.readers.close_all();
        self.market = None;
        self.screen = Some(screen);
        self.settle_screen();
    }

    /// Lists postings like the current one.
    pub(in crate::app) fn list_similar(&mut self) {
        let Some(posting) = self.meant_posting().map(Cow::into_owned) else {
            return self.notify("no posting here".to_owned());
        };
        if self.index.row(&posting.id).is_none() {
            return self.notify("no longer on this board".to_owned());
        }
        self.readers.close_all();
        self.market = None;
        self.screen = None;
        self.browse(|browser, context| browser.list_similar(&posting, context));
    }

    /// Passes a message to the screen and handles its outcomes.
    pub(in crate::app) fn update_screen(&mut self, message: &Message) {
        let area = self.layout().middle;
        let Some(screen) = &mut self.screen else {
            return;
        };
        let left = match screen {
            Screen::Comparison(comparison) => comparison.update(message, area),
            Screen::Pipeline(pipeline) => pipeline.update(message, area),
        };
        match left {
            None => {}
            Some(Action::Enter) => self.open_in_screen(),
            Some(Action::Back | Action::Escape | Action::JumpBack) => self.screen = None,
            Some(Action::Compare) if self.mode() == Mode::Comparison => self.screen = None,
            Some(Action::Pipeline) if self.mode() == Mode::Pipeline => self.screen = None,
            Some(Action::CopyMarkdown) if self.mode() == Mode::Comparison => {
                self.copy_comparison();
            }
            Some(action) => self.act_anywhere(action),
        }
    }

    fn open_in_screen(&mut self) {
        let selected = self.screen.as_ref().and_then(Screen::selected);
        if let Some(key) = selected.cloned() {
            self.open_posting(key);
        }
    }

    fn copy_comparison(&mut self) {
        if let Some(Screen::Comparison(comparison)) = &self.screen {
            let markdown = comparison.comparison().markdown();
            self.outbox.push(Effect::Copy(markdown));
        }
    }

    /// The posting selected on the screen, if one is open.
    pub(in crate::app) fn posting_on_screen(&self) -> Option<Cow<'_, Posting>> {
        let key = self.screen.as_ref()?.selected()?;
        let context = self.context();
        let copy = || context.status(key)?.copy.as_deref().map(Cow::Borrowed);
        context.posting_of(key).or_else(copy)
    }

    /// Runs after every change: brings the screen up to date with the marks and the window.
    pub(in crate::app) fn settle_screen(&mut self) {
        let area = self.layout().middle;
        let Some(mut screen) = self.screen.take() else {
            return;
        };
        match &mut screen {
            Screen::Comparison(comparison) => comparison.settle(area, &self.context()),
            Screen::Pipeline(pipeline) => pipeline.settle(area, &self.context()),
        }
        self.screen = Some(screen);
    }
}
