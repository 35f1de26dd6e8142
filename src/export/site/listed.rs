//! A posting with the facts by which a site lists it.

use crate::board::{Date, Level, Posting, Workplace};

/// A posting with the facts by which a site lists it: those it states, else those read out of its text.
#[derive(Debug, Clone)]
pub struct Listed<'a> {
    /// The posting.
    pub posting: &'a Posting,
    /// On site, hybrid or remote.
    pub workplace: Option<Workplace>,
    /// Seniority.
    pub level: Option<Level>,
    /// Technologies required.
    pub skills: Vec<String>,
    /// Whether the skills were read out of the text.
    pub skills_are_derived: bool,
}

impl<'a> Listed<'a> {
    /// A posting with the facts that it states.
    pub fn stated(posting: &'a Posting) -> Self {
        Self {
            posting,
            workplace: posting.resolved_workplace(),
            level: posting.level,
            skills: posting.skills.clone(),
            skills_are_derived: false,
        }
    }

    /// Whether the workplace was read out of the text.
    pub(super) fn has_derived_workplace(&self) -> bool {
        self.posting.workplace.is_none()
    }

    /// Whether the level was read out of the text.
    pub(super) fn has_derived_level(&self) -> bool {
        self.posting.level.is_none()
    }

    /// The day by which it is ordered: that of its publication, else the first day it was seen.
    pub(super) fn day(&self) -> Option<Date> {
        let seen = || self.posting.source.as_ref()?.first_seen;
        self.posting.posted.or_else(seen)
    }
}
