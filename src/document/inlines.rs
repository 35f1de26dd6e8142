//! Builder for the text of a block: collapses white space, merges runs of one style and applies the text gate.

use super::Inline;
use crate::board::text;

/// Text of a block under construction.
#[derive(Debug, Default)]
pub(super) struct Inlines {
    parts: Vec<Inline>,
    /// Pending white space, added before the next text.
    space: Option<char>,
}

impl Inlines {
    /// Appends text in the style of `style`; the text of `style` is ignored.
    pub(super) fn push(&mut self, text: &str, style: &Inline) {
        for piece in text.split_inclusive(is_space) {
            let word = piece.trim_end_matches(is_space);
            if !word.is_empty() {
                self.push_word(word, style);
            }
            if word.len() < piece.len() {
                self.space.get_or_insert(' ');
            }
        }
    }

    /// Ends the line.
    pub(super) fn line_break(&mut self) {
        self.space = Some('\n');
    }

    /// Whether no text was added yet.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Returns the text and resets the builder.
    pub(super) fn take(&mut self) -> Vec<Inline> {
        self.space = None;
        let mut parts = std::mem::take(&mut self.parts);
        for part in &mut parts {
            part.text = text::block(&part.text);
        }
        parts.retain(|part| !part.text.is_empty());
        parts
    }

    fn push_word(&mut self, word: &str, style: &Inline) {
        let mut space = self.space.take().filter(|_| !self.parts.is_empty());
        let above = self.parts.last().and_then(|last| last.link.as_ref());
        if above.is_some() && style.link.is_some() && above != style.link.as_ref() {
            // A space between two links belongs to neither.
            let between = space.take().map(String::from).map(Inline::plain);
            self.parts.extend(between);
        }
        if let Some(last) = self.parts.last_mut() {
            let same = last.same_style(style);
            // A space between two styles goes to the plainer one, where it shows least.
            if same || weight(last) <= weight(style) {
                last.text.extend(space.take());
            }
            if same {
                last.text.push_str(word);
                return;
            }
        }
        let text = space.into_iter().chain(word.chars()).collect();
        self.parts.push(Inline {
            text,
            ..style.clone()
        });
    }
}

fn weight(style: &Inline) -> u8 {
    let link = 4 * u8::from(style.link.is_some());
    u8::from(style.strong) + u8::from(style.emphasis) + 2 * u8::from(style.code) + link
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}
