//! The funnel of applications: how many reached each stage, and how long it took.

use super::{Stage, Status};
use crate::board::Date;

/// How far applications got.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Funnel {
    /// Saved, applied, interview, offer: each with those that got as far.
    pub steps: Vec<FunnelStep>,
    /// Number of applications by how they ended; those without any are left out.
    pub ends: Vec<(Stage, usize)>,
    /// Median number of days from the application to the first answer.
    pub days_to_answer: Option<u32>,
}

/// A step of the funnel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunnelStep {
    /// Its name.
    pub name: &'static str,
    /// How many got as far.
    pub count: usize,
    /// Per cent of those of the step before.
    pub rate: Option<u8>,
    /// Median number of days since the step before, of those with both days known.
    pub days: Option<u32>,
}

impl Funnel {
    /// The funnel of postings with these marks.
    pub fn new<'a>(statuses: impl IntoIterator<Item = &'a Status>) -> Self {
        let marked: Vec<&Status> = statuses
            .into_iter()
            .filter(|status| status.saved.is_some() || status.stage.is_some())
            .collect();
        let reached = |stage: Stage| {
            let got = marked
                .iter()
                .filter(move |status| has_reached(status, stage));
            got.count()
        };
        let days = |from: Stage, to: Stage| {
            let days = marked.iter().filter_map(|status| {
                let (from, to) = (first(status, from)?, first(status, to)?);
                days_between(from, to)
            });
            median(days.collect())
        };
        let counts = [
            ("saved", marked.len(), None),
            ("applied", reached(Stage::Applied), None),
            (
                "interview",
                reached(Stage::Interview),
                days(Stage::Applied, Stage::Interview),
            ),
            (
                "offer",
                reached(Stage::Offer),
                days(Stage::Interview, Stage::Offer),
            ),
        ];
        let mut before = None;
        let steps = counts.map(|(name, count, days)| {
            let rate = before.replace(count).filter(|before| *before > 0);
            FunnelStep {
                name,
                count,
                rate: rate.map(|before| percent(count, before)),
                days,
            }
        });
        let ended = |stage: Stage| {
            let now = marked.iter().filter_map(|status| status.stage);
            now.filter(move |step| step.stage == stage).count()
        };
        let ends = Stage::ALL.iter().filter(|stage| stage.is_end());
        let ends = ends.map(|stage| (*stage, ended(*stage)));
        let answers = marked.iter().filter_map(|status| {
            let answered = status.course.iter().find(|step| {
                matches!(
                    step.stage,
                    Stage::Interview | Stage::Offer | Stage::Rejected
                )
            });
            days_between(first(status, Stage::Applied)?, answered?.on)
        });
        Self {
            steps: steps.into(),
            ends: ends.filter(|(_, count)| *count > 0).collect(),
            days_to_answer: median(answers.collect()),
        }
    }
}

/// Whether an application got as far as a stage; later stages imply the earlier ones.
fn has_reached(status: &Status, stage: Stage) -> bool {
    let mut course = status.course.iter();
    course.any(|step| match stage {
        Stage::Applied => true,
        Stage::Interview => matches!(step.stage, Stage::Interview | Stage::Offer),
        stage => step.stage == stage,
    })
}

/// The first day of a stage.
fn first(status: &Status, stage: Stage) -> Option<Date> {
    let step = status.course.iter().find(|step| step.stage == stage)?;
    Some(step.on)
}

fn days_between(from: Date, to: Date) -> Option<u32> {
    u32::try_from((to - from).get_days()).ok()
}

fn percent(part: usize, whole: usize) -> u8 {
    let percent = (part * 100 + whole / 2) / whole.max(1);
    u8::try_from(percent.min(100)).unwrap_or(100)
}

/// The median; of two in the middle the lower.
fn median(mut days: Vec<u32>) -> Option<u32> {
    days.sort_unstable();
    let middle = days.len().checked_sub(1)? / 2;
    days.get(middle).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tracking::Step;

    fn status(course: &[(Stage, i8)]) -> Status {
        let course: Vec<Step> = course
            .iter()
            .map(|&(stage, day)| Step {
                on: Date::constant(2026, 1, day),
                stage,
            })
            .collect();
        Status {
            stage: course.last().copied(),
            course,
            ..Status::default()
        }
    }

    #[test]
    fn later_stages_count_for_the_earlier_ones() {
        use Stage::{Applied, Interview, NoAnswer, Offer, Rejected};
        let saved = Status {
            saved: Some(jiff::Timestamp::UNIX_EPOCH),
            ..Status::default()
        };
        let all = [
            saved,
            Status::default(),
            status(&[(Applied, 1), (Interview, 5), (Offer, 15)]),
            status(&[(Applied, 1), (Interview, 11), (Rejected, 12)]),
            status(&[(Applied, 2), (Rejected, 22)]),
            status(&[(Applied, 3), (NoAnswer, 30)]),
            status(&[(Interview, 9)]),
        ];
        let funnel = Funnel::new(&all);
        let steps: Vec<_> = funnel
            .steps
            .iter()
            .map(|step| (step.name, step.count, step.rate, step.days))
            .collect();
        assert_eq!(
            steps,
            [
                ("saved", 6, None, None),
                ("applied", 5, Some(83), None),
                ("interview", 3, Some(60), Some(4)),
                ("offer", 1, Some(33), Some(10)),
            ]
        );
        assert_eq!(funnel.ends, [(Rejected, 2), (NoAnswer, 1)]);
        assert_eq!(funnel.days_to_answer, Some(10));
    }

    #[test]
    fn without_applications_there_are_no_rates() {
        let funnel = Funnel::new(&[]);
        assert!(
            funnel
                .steps
                .iter()
                .all(|step| step.rate.is_none() && step.count == 0)
        );
        assert_eq!(funnel.days_to_answer, None);
    }
}
