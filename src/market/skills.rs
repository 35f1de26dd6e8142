//! Skills that stand out.

use super::{FEWEST, Filter, share};
use crate::query::Field;
use crate::search::{SkillCount, Tally};

/// A skill that postings require.
#[derive(Debug, Clone, PartialEq)]
pub struct Skill {
    /// The skill.
    pub label: String,
    /// Number of postings.
    pub count: u32,
    /// How many times as common it is as on the whole board; `None` where the query finds all of the board.
    pub lift: Option<f64>,
    /// How many times as common it is in recent postings as in older ones, where there are enough of both.
    pub trend: Option<f64>,
    /// What finds these postings.
    pub filter: Filter,
}

/// The most skills that are shown.
const MOST: usize = 12;

/// The skills that stand out against the board, else the most common ones; the most common first.
pub(super) fn all(tally: &Tally) -> Vec<Skill> {
    let large = tally.skills.iter().filter(|skill| skill.count >= FEWEST);
    let mut skills: Vec<Skill> = large.map(|skill| one(tally, skill)).collect();
    // Common and much more so than elsewhere, rather than only one of both.
    let weight = |skill: &Skill| {
        let lift = skill.lift.map_or(1.0, |lift| lift.max(1.0).ln());
        f64::from(skill.count) * lift
    };
    skills.retain(|skill| skill.lift.is_none_or(|lift| lift > 1.0));
    skills.sort_by(|one, other| {
        let order = weight(other).total_cmp(&weight(one));
        order.then_with(|| one.label.cmp(&other.label))
    });
    skills.truncate(MOST);
    skills.sort_by_key(|skill| std::cmp::Reverse(skill.count));
    skills
}

fn one(tally: &Tally, skill: &SkillCount) -> Skill {
    let is_all = tally.total == tally.of;
    let on_board = share(skill.board, tally.of);
    let earlier = skill.count - skill.recent;
    let has_trend = skill.recent >= FEWEST && earlier >= FEWEST;
    let recent = share(skill.recent, tally.recent);
    Skill {
        label: skill.value.clone(),
        count: skill.count,
        lift: (!is_all && on_board > 0.0).then(|| share(skill.count, tally.total) / on_board),
        trend: has_trend.then(|| recent / share(earlier, tally.total - tally.recent)),
        filter: Filter::Value(Field::Skill, skill.value.clone()),
    }
}
