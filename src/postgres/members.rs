//! The members of duplicate groups that rows represent: known by id, so that all of a group can be hidden, without their
//! postings.

use std::collections::{HashMap, VecDeque};

/// Members that are kept.
const KEPT: usize = 200_000;

/// A member of a duplicate group.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) row: u32,
    /// Record of its date of publication.
    pub(super) posted: u32,
    pub(super) board: String,
    pub(super) id: String,
}

/// The members of the groups that were listed last.
#[derive(Debug, Default)]
pub(super) struct Members {
    by_group: HashMap<u32, Vec<Member>>,
    by_row: HashMap<u32, (u32, usize)>,
    by_id: HashMap<String, u32>,
    /// Groups, oldest first.
    groups: VecDeque<u32>,
}

impl Members {
    /// Whether the members of a group are known.
    pub(super) fn has(&self, group: u32) -> bool {
        self.by_group.contains_key(&group)
    }

    /// The members of a group; none if they are not known.
    pub(super) fn of(&self, group: u32) -> &[Member] {
        self.by_group.get(&group).map_or(&[], Vec::as_slice)
    }

    /// The member that is a row.
    pub(super) fn at(&self, row: u32) -> Option<&Member> {
        let (group, at) = self.by_row.get(&row)?;
        self.by_group.get(group)?.get(*at)
    }

    /// Row of the member with an id.
    pub(super) fn row(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// Adds the members of a group, and drops the oldest groups if there are too many.
    pub(super) fn add(&mut self, group: u32, members: Vec<Member>) {
        if self.has(group) {
            return;
        }
        for (at, member) in members.iter().enumerate() {
            self.by_row.insert(member.row, (group, at));
            self.by_id.insert(member.id.clone(), member.row);
        }
        self.by_group.insert(group, members);
        self.groups.push_back(group);
        while self.by_row.len() > KEPT && self.groups.len() > 1 {
            let oldest = self.groups.pop_front();
            let dropped = oldest.and_then(|group| self.by_group.remove(&group));
            for member in dropped.into_iter().flatten() {
                self.by_row.remove(&member.row);
                self.by_id.remove(&member.id);
            }
        }
    }
}
