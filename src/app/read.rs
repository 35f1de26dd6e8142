//! Reading over the whole screen: opening, moving, searching, copying, coming back to the same place.

use std::borrow::Cow;

use super::detail::move_page;
use super::dialog::Dialog;
use super::dialog::question::{Address, Question};
use super::page::Page;
use super::reader::{Reader, Subject};
use super::{Action, App, Effect, MEASURES};
use crate::board::{Interview, Posting};
use crate::tracking::PostingKey;

/// How much one key press widens the text column.
const WIDEN: u16 = 4;

impl App {
    /// Opens something to read, where it was left the last time.
    pub(super) fn open_reader(&mut self, subject: Subject) {
        let Some(document) = self.document(&subject) else {
            return self.tell_failure("not on this board".to_owned());
        };
        let column = self.layout().reader(self.settings.measure);
        let mut page = Page::new(document, column.width);
        if let Some(place) = self.places.get(&subject) {
            page.go_to_place(*place, column.height.into());
        }
        self.end_typing();
        let posting = match &subject {
            Subject::Posting(id) => self.index.board().posting(id),
            _ => None,
        };
        let key = posting.map(|posting| PostingKey::of(self.index.board(), &posting));
        self.readers.push(Reader::new(subject, page));
        if let Some(key) = key {
            self.note_look(&key);
        }
    }

    fn close_reader(&mut self) {
        if let Some(reader) = self.readers.pop() {
            self.places.insert(reader.subject, reader.page.place());
        }
    }

    /// Back to the list.
    pub(super) fn close_readers(&mut self) {
        while !self.readers.is_empty() {
            self.close_reader();
        }
    }

    fn reader_height(&self) -> usize {
        self.layout().reader(self.settings.measure).height.into()
    }

    pub(super) fn act_in_reader(&mut self, action: Action) {
        let height = self.reader_height();
        let Some(reader) = self.readers.last_mut() else {
            return;
        };
        match action {
            Action::Back => self.close_reader(),
            Action::Escape => self.escape_reader(),
            Action::Enter => self.follow_link(height),
            Action::Up => reader.step(false, height),
            Action::Down => reader.step(true, height),
            Action::NextPane => reader.step_link(true, height),
            Action::PreviousPane => reader.step_link(false, height),
            Action::NextHeading => _ = reader.page.turn_to_heading(true),
            Action::PreviousHeading => _ = reader.page.turn_to_heading(false),
            Action::Search => reader.begin_find(),
            Action::FindNext => reader.step_find(true, height),
            Action::FindPrevious => reader.step_find(false, height),
            Action::Outline => self.open_outline(),
            Action::Wider => self.set_measure(self.settings.measure + WIDEN),
            Action::Narrower => self.set_measure(self.settings.measure.saturating_sub(WIDEN)),
            Action::First | Action::Last => {
                reader.unfocus();
                move_page(&mut reader.page, action, height);
            }
            Action::PageUp | Action::PageDown | Action::HalfUp | Action::HalfDown => {
                move_page(&mut reader.page, action, height);
            }
            _ => self.act_anywhere(action),
        }
    }

    /// Typing a search in the reader.
    pub(super) fn act_in_find(&mut self, action: Action) {
        let height = self.reader_height();
        let Some(reader) = self.readers.last_mut() else {
            return;
        };
        let Some(find) = &mut reader.find else { return };
        if let Some(changed) = find.needle.act(action) {
            if changed {
                reader.refresh_find(height);
            }
            return;
        }
        match action {
            Action::Enter if find.needle.text().is_empty() => reader.end_find(true),
            Action::Enter => find.typing = false,
            Action::Escape => reader.end_find(true),
            Action::FindNext => reader.step_find(true, height),
            Action::FindPrevious => reader.step_find(false, height),
            _ => {}
        }
    }

    pub(super) fn refresh_find(&mut self) {
        let height = self.reader_height();
        if let Some(reader) = self.readers.last_mut() {
            reader.refresh_find(height);
        }
    }

    /// One step of: end the search, leave the links, leave the reader.
    fn escape_reader(&mut self) {
        let Some(reader) = self.readers.last_mut() else {
            return;
        };
        if reader.find.is_some() {
            reader.end_find(false);
        } else if !reader.unfocus() {
            self.close_reader();
        }
    }

    /// Opens the posting that the focus is on; without a focus, gives it to the first one in view.
    fn follow_link(&mut self, height: usize) {
        let Some(reader) = self.readers.last_mut() else {
            return;
        };
        match reader.link_id().map(str::to_owned) {
            Some(id) => self.open_reader(Subject::Posting(id)),
            None => reader.step_link(true, height),
        }
    }

    fn set_measure(&mut self, columns: u16) {
        // What the window cannot show would only be noticed on the way back.
        let widest = self.layout().reader(u16::MAX).width;
        let (least, most) = (*MEASURES.start(), *MEASURES.end());
        self.settings.measure = columns.clamp(least, most.min(widest.max(least)));
        self.tell(format!("{} columns", self.settings.measure));
    }

    /// Opens the interview that belongs to the selected posting, or the only one, or asks which.
    pub(super) fn open_interview(&mut self) {
        let reading = self.readers.last().map(|reader| &reader.subject);
        let id = match reading {
            Some(Subject::Posting(id)) => Some(id.clone()),
            Some(Subject::Interview(_) | Subject::Kept(_)) => None,
            None => self.selected_posting().map(|posting| posting.id.clone()),
        };
        let interviews = self.index.board().interviews();
        let names = |interview: &&Interview| {
            let related = interview.related.iter().flatten();
            id.as_ref()
                .is_some_and(|id| related.into_iter().any(|known| known == id))
        };
        let mut belonging = interviews.iter().filter(names);
        let chosen = match (interviews, belonging.next(), belonging.next()) {
            ([], ..) => return self.tell("this board has no interview".to_owned()),
            ([only], ..) => Some(only),
            (_, found, None) => found,
            _ => None,
        };
        match chosen.map(|interview| Subject::Interview(interview.id.clone())) {
            Some(subject) if reading == Some(&subject) => {
                self.tell("this is the only interview".to_owned());
            }
            Some(subject) => self.open_reader(subject),
            None => self.open_interviews(),
        }
    }

    /// The posting that a key means: the one being read, or the one that is selected.
    pub(super) fn meant_posting(&self) -> Option<Cow<'_, Posting>> {
        match self.readers.last().map(|reader| &reader.subject) {
            Some(Subject::Posting(id)) => self.index.board().posting(id),
            Some(Subject::Kept(key)) => self.status(key)?.copy.as_deref().map(Cow::Borrowed),
            Some(Subject::Interview(_)) => None,
            None => self.selected_posting(),
        }
    }

    fn meant_interview(&self) -> Option<&Interview> {
        match &self.readers.last()?.subject {
            Subject::Interview(id) => self.index.board().interview(id),
            Subject::Posting(_) | Subject::Kept(_) => None,
        }
    }

    fn meant_url(&self) -> Option<String> {
        let posting = self.meant_posting().map(|posting| posting.url.clone());
        let interview = self.meant_interview();
        posting.or(interview.map(|interview| interview.url.clone()))?
    }

    /// Asks whether the url is to be opened; whose it is stands in the question.
    pub(super) fn ask_to_open(&mut self) {
        match self.meant_url().as_deref().map(Address::parse) {
            Some(Some(address)) => self.dialog = Some(Dialog::Question(Question::Open(address))),
            Some(None) => self.tell_failure("its url has no host".to_owned()),
            None => self.tell("no url".to_owned()),
        }
    }

    pub(super) fn copy_url(&mut self) {
        match self.meant_url() {
            Some(url) => self.outbox.push(Effect::Copy(url)),
            None => self.tell("no url".to_owned()),
        }
    }

    /// Copies a line about what is meant, or one about each marked posting.
    pub(super) fn copy_text(&mut self) {
        let marked = self.list.marked.iter().filter(|_| self.readers.is_empty());
        let board = self.index.board();
        let mut lines: Vec<String> = marked
            .filter_map(|id| board.posting(id))
            .map(|posting| posting_line(&posting))
            .collect();
        if lines.is_empty() {
            let interview = self.meant_interview().map(interview_line);
            let posting = self.meant_posting();
            let posting = posting.map(|posting| posting_line(&posting));
            lines.extend(posting.or(interview));
        }
        if !lines.is_empty() {
            self.outbox.push(Effect::Copy(lines.join("\n")));
        }
    }
}

/// A posting as one line to paste elsewhere.
fn posting_line(posting: &Posting) -> String {
    let places: Vec<&str> = posting
        .locations
        .iter()
        .map(|place| place.written.as_str())
        .collect();
    let places = places.join("; ");
    let parts = [
        Some(posting.title.as_str()),
        posting.company.as_deref(),
        Some(places.as_str()).filter(|places| !places.is_empty()),
        posting.url.as_deref(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" — ")
}

fn interview_line(interview: &Interview) -> String {
    let parts = [
        Some(interview.title.as_str()),
        interview.publisher.as_deref(),
        interview.url.as_deref(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" — ")
}
