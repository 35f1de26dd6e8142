//! Goes on without servers that are away.

use std::time::{Duration, Instant};

use super::Engine;
use super::connection::LOOK;
use super::inquiry::Inquiry;
use super::parts::Part;
use crate::search::{Cancelled, RemoteError};

/// Longest wait for servers that are asked again. Later answers count for the next search.
const AGAIN_WAIT: Duration = Duration::from_millis(200);

impl Engine {
    /// Asks something, and if that fails because some of several servers are away, asks the others.
    pub(super) fn ask_those_there<T>(
        &mut self,
        cancelled: Cancelled<'_>,
        mut ask: impl FnMut(&mut Self) -> Result<T, RemoteError>,
    ) -> Result<T, RemoteError> {
        self.ask_again();
        let answered = ask(self);
        let may_miss = matches!(
            answered,
            Err(RemoteError::Refused(_) | RemoteError::Lost(_))
        );
        if may_miss && self.find_reachable(cancelled)? {
            return ask(self);
        }
        answered
    }

    /// Asks the servers again after a while, if one was missing.
    fn ask_again(&mut self) {
        let Some(open) = &mut self.open else {
            return;
        };
        if let Some((_, asked)) = &mut open.reachable
            && asked.elapsed() >= self.again
            && self.inquiry.is_none()
        {
            *asked = Instant::now();
            let inquiry = Inquiry::start(&self.address, open.generation, &open.parts);
            self.inquiry = Some(inquiry);
        }
        if let Some(inquiry) = &mut self.inquiry
            && inquiry.is_over(AGAIN_WAIT)
        {
            self.take_inquiry();
        }
    }

    /// Finds out which servers answer; whether that is some but not all, and not those known before.
    fn find_reachable(&mut self, cancelled: Cancelled<'_>) -> Result<bool, RemoteError> {
        let Some(open) = self.open.as_ref().filter(|open| !open.parts.is_empty()) else {
            return Ok(false);
        };
        let inquiry = self
            .inquiry
            .get_or_insert_with(|| Inquiry::start(&self.address, open.generation, &open.parts));
        while !inquiry.is_over(LOOK) {
            if cancelled() {
                return Err(RemoteError::Cancelled);
            }
        }
        Ok(self.take_inquiry())
    }

    /// Goes on with the servers that have answered; whether these are some, and others than before.
    fn take_inquiry(&mut self) -> bool {
        let (Some(inquiry), Some(open)) = (self.inquiry.take(), self.open.as_mut()) else {
            return false;
        };
        if inquiry.generation != open.generation {
            return false;
        }
        let all = open.parts.len();
        let parts = open.parts.iter();
        let reachable: Vec<Part> = parts
            .filter(|part| inquiry.reaches(part))
            .cloned()
            .collect();
        let (is_same, is_any) = (open.used() == reachable, !reachable.is_empty());
        if !is_same {
            // Rows found in descriptions, and facets, are those of the servers before.
            open.described.clear();
            open.rules = None;
        }
        open.reachable = (reachable.len() < all).then(|| (reachable, Instant::now()));
        if !is_same {
            let (found, all) = inquiry.found();
            self.notice = Some(told(found, all));
        }
        is_any && !is_same
    }
}

/// Tells how many servers answer.
fn told(found: usize, all: usize) -> String {
    if found == all {
        return "all servers answer again".to_owned();
    }
    let answer = if found == 1 { "answers" } else { "answer" };
    let others = if all - found == 1 { "other" } else { "others" };
    format!("{found} of {all} servers {answer}: postings of the {others} are missing")
}
