//! Pages of postings and interviews, with the user's own information: marks, changes, note.

use crate::app::Subject;
use crate::app::context::Context;
use crate::board::{Posting, Salary};
use crate::document::{Changes, Document, Remark, day_in_words};
use crate::facts::Facts;
use crate::search::Row;
use crate::tracking::{ContentHash, PostingKey, Status};

impl Context<'_> {
    /// Page of a posting with the user's information.
    pub(in crate::app) fn posting_page(&self, posting: &Posting) -> Document {
        let board = self.index.board();
        let key = PostingKey::from_posting(board, posting);
        let mut remarks = Vec::new();
        if let Some(status) = self.status(&key) {
            remarks.extend(marks(status).map(Remark::Marks));
            if let Some(posted) = posting.posted.filter(|_| status.is_posted_again(posting)) {
                let again = format!("posted again on {posted}, after you applied");
                remarks.push(Remark::Marks(again));
            }
            remarks.extend(status.note.clone().map(Remark::Note));
            remarks.extend(changes(status, posting).map(Remark::Changes));
        }
        let row = self.index.row(&posting.id);
        remarks.extend(row.and_then(|row| self.known(row)).map(Remark::Marks));
        let facts = self
            .settings
            .derive
            .then(|| self.index.facts_in_text(row, posting));
        if let Some(standing) = row.and_then(|row| self.standing(posting, facts.as_ref(), row)) {
            remarks.insert(0, Remark::Market(standing));
        }
        Document::posting_with(posting, facts.as_ref(), &remarks, self.today)
    }

    /// How a posting compares to the market of what is found; `None` where there is nothing to compare to.
    fn standing(&self, posting: &Posting, facts: Option<&Facts>, row: Row) -> Option<String> {
        let in_text = || {
            let pay = facts.into_iter().flat_map(|facts| &facts.pay);
            let pay = pay.map(|found| Salary {
                min: found.value.min,
                max: found.value.max,
                currency: found.value.currency,
                per: found.value.per,
                location: None,
            });
            pay.collect::<Vec<_>>()
        };
        let pay = if posting.salary.is_empty() {
            in_text()
        } else {
            posting.salary.clone()
        };
        let dates = (posting.posted, posting.closes);
        let again = self.index.reposts(row);
        let standing = self.market?.standing(&pay, dates, self.today, again);
        Some(standing.to_string()).filter(|told| !told.is_empty())
    }

    /// Page of a posting that is gone, from the journal's copy.
    pub(in crate::app) fn kept_page(&self, key: &PostingKey) -> Option<Document> {
        let status = self.status(key)?;
        let bare = || Posting {
            title: key.id.clone(),
            ..Posting::default()
        };
        let posting = status.copy.as_deref().cloned().unwrap_or_else(bare);
        let told = "no longer on the board; this is what you kept of it".to_owned();
        let mut remarks = vec![Remark::Marks(told)];
        remarks.extend(marks(status).map(Remark::Marks));
        remarks.extend(status.note.clone().map(Remark::Note));
        Some(Document::posting_with(&posting, None, &remarks, self.today))
    }

    /// The document of a subject.
    pub(in crate::app) fn document(&self, subject: &Subject) -> Option<Document> {
        let board = self.index.board();
        match subject {
            Subject::Posting(id) => board.posting(id).map(|posting| self.posting_page(&posting)),
            Subject::Kept(key) => self.kept_page(key),
            Subject::Interview(id) => {
                let interview = board.interview(id)?;
                Some(Document::interview(interview, &board.related(interview)))
            }
        }
    }

    /// How long a posting has actually been online, if known.
    fn known(&self, row: Row) -> Option<String> {
        let known = self.marks.visit.known.get(row.0 as usize)?;
        let days = (self.today - known.first_seen).get_days();
        let day = |day| day_in_words(day, Some(self.today));
        let ago = match days {
            1 => "yesterday".to_owned(),
            days => format!("{days} days ago"),
        };
        let first = (days > 0).then(|| format!("first seen {}, {ago}", day(known.first_seen)));
        let again = match known.reposts {
            0 => None,
            1 => Some("posted again once".to_owned()),
            times => Some(format!("posted again {times} times")),
        };
        let changed = self.marks.visit.since.filter(|_| !known.changed.is_empty());
        let changed = changed.map(|since| {
            let names: Vec<_> = known.changed.names().collect();
            format!("changed since {}: {}", day(since), names.join(", "))
        });
        let parts: Vec<String> = first.into_iter().chain(again).chain(changed).collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    }
}

/// The marks on one line, if any.
fn marks(status: &Status) -> Option<String> {
    let saved = status.saved.map(|_| "saved".to_owned());
    let hidden = status
        .hidden
        .map(|reason| format!("hidden: {}", reason.word().replace('-', " ")));
    let course = status.course.iter();
    let course: Vec<String> = course
        .map(|step| format!("{} {}", step.stage.word().replace('-', " "), step.on))
        .collect();
    let course = (!course.is_empty()).then(|| course.join(", "));
    let follow_up = status.follow_up.map(|day| format!("follow up {day}"));
    let contact = status
        .contact
        .as_ref()
        .map(|contact| format!("contact: {contact}"));
    let cv = status.cv.as_ref().map(|cv| format!("CV: {cv}"));
    let parts = [saved, course, follow_up, contact, cv, hidden];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// Changes since the user saved this posting.
fn changes(status: &Status, posting: &Posting) -> Option<Changes> {
    let kept = status.copy.as_deref()?;
    let same = ContentHash::from_posting(kept) == ContentHash::from_posting(posting);
    (!same).then(|| Changes::between(kept, posting))
}
