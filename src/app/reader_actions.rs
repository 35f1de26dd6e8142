//! Opens documents, and acts on the current posting or interview: opens or copies its address.

use std::borrow::Cow;

use super::browser::Browser;
use super::dialog::Dialog;
use super::dialog::question::{Address, Question};
use super::reader::{Outcome, Subject};
use super::{App, Effect, Message};
use crate::board::{Interview, Posting};
use crate::document::Target;
use crate::tracking::PostingKey;

impl App {
    /// Opens a document at its last reading position.
    pub(super) fn open_reader(&mut self, subject: Subject) {
        let Some(document) = self.context().document(&subject) else {
            return self.tell_failure("not on this board".to_owned());
        };
        self.browse(Browser::end_typing);
        let posting = match &subject {
            Subject::Posting(id) => self.index.board().posting(id),
            _ => None,
        };
        let key = posting.map(|posting| PostingKey::from_posting(self.index.board(), &posting));
        let layout = self.layout();
        if let Subject::Interview(id) = &subject
            && let Some(interview) = self.index.board().interview(id)
            && let Some(photo) = interview.photo.clone()
        {
            self.outbox.push(Effect::ReadPhoto(id.clone(), photo));
        }
        self.readers.open(subject, document, &layout);
        if let Some(key) = key {
            self.note_look(&key);
        }
    }

    /// Passes a message to the reader and handles its outcome.
    pub(super) fn update_reader(&mut self, message: &Message) {
        let layout = self.layout();
        match self.readers.update(message, &layout) {
            Outcome::Done => {}
            Outcome::Follow(Target::Posting(id)) => self.open_reader(Subject::Posting(id)),
            Outcome::Follow(Target::Url(url)) => self.ask_to_open_url(Some(&url)),
            Outcome::Neighbour(next) => self.read_neighbour(next),
            Outcome::Outline => self.open_outline(),
            Outcome::Evidence(fact) => self.show_evidence(Some(fact)),
            Outcome::Measured(columns) => self.notify(format!("{columns} columns")),
            Outcome::Unhandled(action) => self.act_anywhere(action),
        }
    }

    /// Opens the next or previous posting of the list in place of the open one.
    fn read_neighbour(&mut self, next: bool) {
        let Some(Subject::Posting(id)) = self.readers.subject().cloned() else {
            return self.notify("this is an interview; postings have a next one".to_owned());
        };
        let mut selected = Ok(());
        self.browse(|browser, context| selected = browser.select_neighbour(&id, next, context));
        match selected {
            Ok(()) => {
                self.readers.close();
                self.browse(Browser::open_selected);
            }
            Err(why) => self.notify(why.to_owned()),
        }
    }

    /// Opens the interview related to the selected posting, or the only one, or a list.
    pub(super) fn open_interview(&mut self) {
        let reading = self.readers.subject();
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
            ([], ..) => return self.notify("this board has no interviews".to_owned()),
            ([only], ..) => Some(only),
            (_, found, None) => found,
            _ => None,
        };
        match chosen.map(|interview| Subject::Interview(interview.id.clone())) {
            Some(subject) if reading == Some(&subject) => {
                self.notify("this is the only interview".to_owned());
            }
            Some(subject) => self.open_reader(subject),
            None => self.open_interviews(),
        }
    }

    /// The posting that a key acts on: the open one, or the selected one.
    pub(super) fn meant_posting(&self) -> Option<Cow<'_, Posting>> {
        match self.readers.subject() {
            Some(Subject::Posting(id)) => self.index.board().posting(id),
            Some(Subject::Kept(key)) => self.status(key)?.copy.as_deref().map(Cow::Borrowed),
            Some(Subject::Interview(_)) => None,
            None if self.screen.is_some() => self.posting_on_screen(),
            None => self.selected_posting(),
        }
    }

    fn meant_interview(&self) -> Option<&Interview> {
        match self.readers.subject()? {
            Subject::Interview(id) => self.index.board().interview(id),
            Subject::Posting(_) | Subject::Kept(_) => None,
        }
    }

    fn meant_url(&self) -> Option<String> {
        let posting = self.meant_posting().map(|posting| posting.url.clone());
        let interview = self.meant_interview();
        posting.or(interview.map(|interview| interview.url.clone()))?
    }

    /// Asks whether to open the URL; the question names its host.
    pub(super) fn ask_to_open(&mut self) {
        let url = self.meant_url();
        self.ask_to_open_url(url.as_deref());
    }

    /// Whether a URL is the application address of the current posting.
    pub(super) fn leads_to_application(&self, url: &str) -> bool {
        let meant = self.meant_url().as_deref().and_then(Address::parse);
        meant.is_some_and(|address| address.url == url)
    }

    pub(super) fn ask_to_open_url(&mut self, url: Option<&str>) {
        match url.map(Address::parse) {
            Some(Some(address)) => self.dialog = Some(Dialog::Question(Question::Open(address))),
            Some(None) => self.tell_failure("the link has no host name".to_owned()),
            None => self.notify("no link here".to_owned()),
        }
    }

    pub(super) fn copy_url(&mut self) {
        match self.meant_url() {
            Some(url) => self.outbox.push(Effect::Copy(url)),
            None => self.notify("no link here".to_owned()),
        }
    }

    /// Copies a line of text about the current item, or one about each marked posting.
    pub(super) fn copy_text(&mut self) {
        self.copy_lines(posting_line, interview_line);
    }

    /// Copies the same as a Markdown list.
    pub(super) fn copy_markdown(&mut self) {
        self.copy_lines(posting_markdown, interview_markdown);
    }

    fn copy_lines(
        &mut self,
        posting_line: fn(&Posting) -> String,
        interview_line: fn(&Interview) -> String,
    ) {
        let marked = self
            .browser
            .list
            .marked
            .iter()
            .filter(|_| self.shows_panes());
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

/// A posting as one line of text.
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

/// A posting as an item of a Markdown list.
fn posting_markdown(posting: &Posting) -> String {
    let places = posting.locations.iter().map(|place| place.written.as_str());
    let places = places.collect::<Vec<_>>().join("; ");
    let parts = [posting.company.as_deref(), Some(places.as_str())];
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    let title = link(&posting.title, posting.url.as_deref());
    let line = std::iter::once(title).chain(parts.map(escaped));
    format!("- {}", line.collect::<Vec<_>>().join(" · "))
}

fn interview_markdown(interview: &Interview) -> String {
    let publisher = interview.publisher.as_deref();
    let about = publisher.map_or_else(String::new, |name| format!(" · {}", escaped(name)));
    format!(
        "- {}{about}",
        link(&interview.title, interview.url.as_deref())
    )
}

/// A Markdown link, or plain text without a valid URL.
fn link(text: &str, url: Option<&str>) -> String {
    match url.and_then(Address::parse) {
        Some(address) => format!("[{}](<{}>)", escaped(text), address.url),
        None => escaped(text),
    }
}

/// Escapes Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>#|~!&".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
