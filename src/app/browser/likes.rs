//! Postings like another one, listed in place of what the query finds.

use super::Browser;
use crate::app::context::Context;
use crate::app::layout::Pane;
use crate::board::Posting;
use crate::search::{Index, Row};

/// A posting whose similar ones are listed.
#[derive(Debug)]
pub(super) struct Like {
    id: String,
    title: String,
}

impl Browser {
    /// Lists postings like this one.
    pub(in crate::app) fn list_similar(&mut self, posting: &Posting, context: &Context<'_>) {
        self.end_typing(context);
        self.leave_trail(context);
        self.likes.push(Like {
            id: posting.id.clone(),
            title: posting.title.clone(),
        });
        self.list.chosen = None;
        self.list.reset();
        self.zoomed = false;
        self.focus_on(Pane::List);
        self.search(context);
    }

    /// Returns to the list before, with the posting selected. Returns whether there is one.
    pub(super) fn leave_similar(&mut self, context: &Context<'_>) -> bool {
        let Some(like) = self.likes.pop() else {
            return false;
        };
        self.list.reset();
        self.list.chosen = context.index.row(&like.id);
        self.search(context);
        true
    }

    /// The row whose similar postings are listed.
    pub(super) fn like(&self, context: &Context<'_>) -> Option<Row> {
        context.index.row(&self.likes.last()?.id)
    }

    /// Forgets the postings that a board read again does not have.
    pub(super) fn keep_likes(&mut self, index: &Index) {
        self.likes.retain(|like| index.row(&like.id).is_some());
    }

    /// Title of the posting whose similar ones are listed.
    pub(in crate::app) fn similar_to(&self) -> Option<&str> {
        self.likes.last().map(|like| like.title.as_str())
    }
}
