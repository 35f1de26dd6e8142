//! A prompt for a line of text, such as a date or a name.

use super::{Answer, Context, Outcome};
use crate::app::input::Line;
use crate::app::{Action, Message, View};
use crate::board::{Date, text};
use crate::query;
use crate::tracking::{Mark, PostingKey};

/// A line being written, and its purpose.
#[derive(Debug)]
pub struct Prompt {
    /// Its purpose.
    pub topic: PromptTopic,
    /// Its subject: a posting or a query.
    pub about: String,
    /// The text.
    pub line: Line,
    /// Why the text is rejected.
    pub refusal: Option<String>,
}

/// Purpose of a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromptTopic {
    /// The reminder date of these postings.
    FollowUp(Vec<PostingKey>),
    /// The contact of these postings.
    Contact(Vec<PostingKey>),
    /// The CV sent for these postings.
    Cv(Vec<PostingKey>),
    /// A name for a view with this query.
    SaveView(String),
    /// A new name for this view.
    RenameView(String),
    /// The folder of the board to open.
    OpenBoard,
    /// The address of the source to add.
    AddSource,
}

impl PromptTopic {
    /// What the keys do.
    pub fn keys(&self) -> &'static [(Action, &'static str)] {
        match self {
            Self::OpenBoard => &[(Action::Enter, "open"), (Action::Escape, "cancel")],
            Self::AddSource => &[(Action::Enter, "add"), (Action::Escape, "cancel")],
            _ => &[(Action::Enter, "save"), (Action::Escape, "cancel")],
        }
    }
}

impl Prompt {
    /// A prompt with initial text.
    pub fn new(topic: PromptTopic, about: String, written: &str) -> Self {
        Self {
            topic,
            about,
            line: Line::new(written),
            refusal: None,
        }
    }

    /// Replaces the text with one that was rejected, for correction.
    pub(in crate::app) fn reject(&mut self, written: &str, why: String) {
        self.line = Line::new(written);
        self.refusal = Some(why);
    }

    /// Replaces the text.
    pub(in crate::app) fn fill(&mut self, written: &str) {
        self.line = Line::new(written);
    }

    pub(super) fn update(&mut self, message: &Message, context: &Context) -> Outcome {
        let changed = match message {
            Message::Action(Action::Escape) => return Outcome::Close,
            Message::Action(Action::Enter) => match self.answer(context.today) {
                Ok(answer) => return Outcome::Answer(answer),
                Err(why) => {
                    self.refusal = Some(why);
                    false
                }
            },
            Message::Action(action) => self.line.act(*action) == Some(true),
            Message::Typed(text) => self.line.write(text),
            Message::Paste(raw) => {
                self.line.paste(raw);
                true
            }
            // Clicks are ignored, so that an accidental one does not lose the text.
            _ => false,
        };
        if changed {
            self.refusal = None;
        }
        Outcome::Stay
    }

    fn answer(&self, today: Date) -> Result<Answer, String> {
        let written = text::line(self.line.text());
        let value = Some(written.clone()).filter(|text| !text.is_empty());
        Ok(match &self.topic {
            PromptTopic::FollowUp(keys) => {
                let day = value.map(|day| read_day(&day, today)).transpose()?;
                Answer::Mark(keys.clone(), Mark::FollowUp(day))
            }
            PromptTopic::Contact(keys) => Answer::Mark(keys.clone(), Mark::Contact(value)),
            PromptTopic::Cv(keys) => Answer::Mark(keys.clone(), Mark::Cv(value)),
            PromptTopic::SaveView(query) => Answer::SaveView(View {
                name: value.ok_or("a view needs a name")?,
                query: query.clone(),
            }),
            PromptTopic::AddSource => Answer::AddSource(value.ok_or("type or paste an address")?),
            PromptTopic::OpenBoard => {
                Answer::OpenBoard(value.ok_or("type a folder or an address")?)
            }
            PromptTopic::RenameView(name) => {
                Answer::RenameView(name.clone(), value.ok_or("a view needs a name")?)
            }
        })
    }
}

/// Parses a future date: `3d` and `2w` from today, `friday`, or a date.
fn read_day(written: &str, today: Date) -> Result<Date, String> {
    query::upcoming(written, today)
        .ok_or_else(|| format!("not a date: try 3d, 2w, friday or {today}"))
}
