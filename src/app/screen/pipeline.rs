//! The applications by stage, those that are due first, with the funnel of the whole search.

use crate::app::context::Context;
use crate::app::cursor::page_step;
use crate::app::layout::Area;
use crate::app::{Action, Message};
use crate::board::Date;
use crate::tracking::{Funnel, PostingKey, Stage, Status, Tracking};

/// Least width for the funnel beside the list.
const BESIDE: u16 = 100;
/// Columns of the funnel beside the list.
const FUNNEL: u16 = 34;
/// Least height for the funnel above the list.
const ABOVE: u16 = 14;
/// Least width for an application on one line.
const ONE_LINE: u16 = 76;

/// The applications by stage.
#[derive(Debug)]
pub struct PipelineScreen {
    rows: Vec<PipelineRow>,
    funnel: Funnel,
    /// Index of the selected row.
    at: usize,
    /// First visible line.
    top: usize,
    /// Number of hidden applications that are left out.
    hidden: usize,
    /// Version of the marks, whether hidden ones are shown, and the day, as the rows show them.
    shown: Option<(u64, bool, Date)>,
}

/// A row of the pipeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PipelineRow {
    /// A group, and how many applications are in it.
    Group(Group, usize),
    /// An application.
    Application(Application),
}

/// A group of applications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The reminder is for today or earlier.
    Due,
    /// An offer was made.
    Offer,
    /// In the interview stage.
    Interview,
    /// Applied, without an answer so far.
    Applied,
    /// Saved, not applied yet.
    Saved,
    /// Rejected by the company.
    Rejected,
    /// Withdrawn by the user.
    Withdrawn,
    /// No answer.
    NoAnswer,
}

impl Group {
    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Due => "Due",
            Self::Offer => "Offer",
            Self::Interview => "Interview",
            Self::Applied => "Applied",
            Self::Saved => "Saved",
            Self::Rejected => "Rejected",
            Self::Withdrawn => "Withdrawn",
            Self::NoAnswer => "No answer",
        }
    }

    /// The group of a posting with these marks; `None` if it is no application and not saved.
    fn from_status(status: &Status, today: Date) -> Option<Self> {
        if status.follow_up.is_some_and(|day| day <= today) {
            return Some(Self::Due);
        }
        match status.stage.map(|step| step.stage) {
            Some(Stage::Offer) => Some(Self::Offer),
            Some(Stage::Interview) => Some(Self::Interview),
            Some(Stage::Applied) => Some(Self::Applied),
            Some(Stage::Rejected) => Some(Self::Rejected),
            Some(Stage::Withdrawn) => Some(Self::Withdrawn),
            Some(Stage::NoAnswer) => Some(Self::NoAnswer),
            None => {
                let is_kept = status.saved.is_some() || status.follow_up.is_some();
                is_kept.then_some(Self::Saved)
            }
        }
    }
}

/// An application, or a saved posting.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a state of its own: due, hidden, gone, posted again"
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// The posting.
    pub key: PostingKey,
    /// Its title.
    pub title: String,
    /// Who hires.
    pub company: Option<String>,
    /// The current stage, and its day.
    pub stage: Option<(Stage, Date)>,
    /// Days since then.
    pub days: i32,
    /// Day of the reminder.
    pub follow_up: Option<Date>,
    /// Whether the reminder is for today or earlier.
    pub is_due: bool,
    /// First line of the note.
    pub note: Option<String>,
    /// Whether the user hid it.
    pub is_hidden: bool,
    /// Whether the posting is gone from the board.
    pub is_gone: bool,
    /// Whether the posting was posted again after the application.
    pub is_posted_again: bool,
}

impl PipelineScreen {
    /// The pipeline, not filled yet.
    pub(in crate::app) fn new() -> Self {
        Self {
            rows: Vec::new(),
            funnel: Funnel::default(),
            at: 0,
            top: 0,
            hidden: 0,
            shown: None,
        }
    }

    /// The rows, from top to bottom.
    pub fn rows(&self) -> &[PipelineRow] {
        &self.rows
    }

    /// How far the applications got.
    pub fn funnel(&self) -> &Funnel {
        &self.funnel
    }

    /// Number of hidden applications that are left out.
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// Number of applications that are listed.
    pub fn len(&self) -> usize {
        let is_application = |row: &&PipelineRow| matches!(row, PipelineRow::Application(_));
        self.rows.iter().filter(is_application).count()
    }

    /// Whether nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Index of the selected row.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The first visible line of the list.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The selected posting.
    pub fn selected(&self) -> Option<&PostingKey> {
        match self.rows.get(self.at)? {
            PipelineRow::Application(application) => Some(&application.key),
            PipelineRow::Group(..) => None,
        }
    }

    /// Number of applications in a group.
    pub fn count(&self, group: Group) -> usize {
        let counts = self.rows.iter().filter_map(|row| match row {
            PipelineRow::Group(known, count) if *known == group => Some(*count),
            _ => None,
        });
        counts.sum()
    }

    /// Areas of the list and of the funnel.
    pub fn areas(area: Area) -> (Area, Option<Area>) {
        if area.width >= BESIDE {
            let list = area.width - FUNNEL;
            let funnel = Area {
                x: area.x + list,
                width: FUNNEL,
                ..area
            };
            let list = Area {
                width: list,
                ..area
            };
            return (list, Some(funnel));
        }
        if area.height < ABOVE {
            return (area, None);
        }
        let height = 2;
        let list = Area {
            y: area.y + height,
            height: area.height - height,
            ..area
        };
        (list, Some(Area { height, ..area }))
    }

    /// Lines of an application.
    pub fn lines_of_application(list: Area) -> usize {
        if list.width >= ONE_LINE { 1 } else { 2 }
    }

    /// The first line of each row, with the blank lines between groups, and the number of all lines.
    pub fn line_starts(&self, list: Area) -> (Vec<usize>, usize) {
        let mut line = 0;
        let mut starts = Vec::with_capacity(self.rows.len());
        for (at, row) in self.rows.iter().enumerate() {
            let is_group = matches!(row, PipelineRow::Group(..));
            line += usize::from(is_group && at > 0);
            starts.push(line);
            line += if is_group {
                1
            } else {
                Self::lines_of_application(list)
            };
        }
        (starts, line)
    }

    /// Reads the marks again if they changed, and scrolls the selection into view.
    pub(in crate::app) fn settle(&mut self, area: Area, context: &Context<'_>) {
        let shown = (
            context.marks.version,
            context.marks.shows_hidden,
            context.today,
        );
        if self.shown != Some(shown) {
            self.shown = Some(shown);
            self.fill(context);
        }
        let (list, _) = Self::areas(area);
        let (starts, total) = self.line_starts(list);
        let in_view = usize::from(list.height).max(1);
        if let Some(start) = starts.get(self.at) {
            // The heading of the first application of a group stays in view with it.
            let above = self.at.checked_sub(1).map(|above| &self.rows[above]);
            let is_first = matches!(above, Some(PipelineRow::Group(..)));
            let first = start.saturating_sub(usize::from(is_first));
            let end = start + Self::lines_of_application(list);
            self.top = self.top.clamp(
                end.saturating_sub(in_view),
                first.max(end.saturating_sub(in_view)),
            );
        }
        self.top = self.top.min(total.saturating_sub(in_view));
    }

    fn fill(&mut self, context: &Context<'_>) {
        let selected = self.selected().cloned();
        let tracking = context.marks.tracking.iter();
        let marked: Vec<(&PostingKey, &Status)> = tracking.flat_map(Tracking::iter).collect();
        self.funnel = Funnel::new(marked.iter().map(|(_, status)| *status));
        let grouped = marked.iter().filter_map(|&(key, status)| {
            let group = Group::from_status(status, context.today)?;
            Some((group, application(key, status, context)))
        });
        let shows_hidden = context.marks.shows_hidden;
        let (mut grouped, hidden): (Vec<_>, Vec<_>) =
            grouped.partition(|(_, application)| shows_hidden || !application.is_hidden);
        self.hidden = hidden.len();
        // Within a group what waits longest comes first; of the due ones, what is overdue most.
        grouped.sort_by(|(a, one), (b, other)| {
            let order = |application: &Application| {
                (
                    application.follow_up.filter(|_| application.is_due),
                    application.stage.map(|(_, on)| on),
                )
            };
            let known = (a, order(one)).cmp(&(b, order(other)));
            known.then_with(|| one.key.cmp(&other.key))
        });
        self.rows.clear();
        for group in grouped.chunk_by(|one, next| one.0 == next.0) {
            self.rows.push(PipelineRow::Group(group[0].0, group.len()));
            let applications = group.iter().map(|(_, application)| application.clone());
            self.rows.extend(applications.map(PipelineRow::Application));
        }
        let kept = self.rows.iter().position(|row| {
            matches!(row, PipelineRow::Application(application) if Some(&application.key) == selected.as_ref())
        });
        self.choose(kept.unwrap_or(self.at));
    }

    /// Selects a row, or the nearest application below it, or else above it.
    fn choose(&mut self, at: usize) {
        let is_application = |at: &usize| matches!(self.rows[*at], PipelineRow::Application(_));
        let at = at.min(self.rows.len().saturating_sub(1));
        let below = (at..self.rows.len()).find(is_application);
        self.at = below
            .or_else(|| (0..at).rev().find(is_application))
            .unwrap_or(0);
    }

    /// Moves by a number of applications.
    fn move_by(&mut self, by: isize) {
        let applications: Vec<usize> = (0..self.rows.len())
            .filter(|at| matches!(self.rows[*at], PipelineRow::Application(_)))
            .collect();
        let now = applications
            .iter()
            .position(|at| *at == self.at)
            .unwrap_or(0);
        let last = applications.len().saturating_sub(1);
        let to = now.saturating_add_signed(by).min(last);
        self.at = applications.get(to).copied().unwrap_or(0);
    }

    /// Selects the first application of the next or previous group.
    fn turn_to_group(&mut self, next: bool) {
        let groups = |at: &usize| matches!(self.rows[*at], PipelineRow::Group(..));
        let to = if next {
            (self.at..self.rows.len()).find(groups)
        } else {
            let heading = (0..self.at).rev().find(groups).unwrap_or(0);
            (0..heading).rev().find(groups)
        };
        if let Some(to) = to {
            self.choose(to);
        }
    }

    /// Handles a key, a click or the wheel. Returns the action that belongs to no pipeline.
    pub(in crate::app) fn update(&mut self, message: &Message, area: Area) -> Option<Action> {
        let (list, _) = Self::areas(area);
        let in_view = usize::from(list.height) / Self::lines_of_application(list);
        match message {
            Message::Action(action) => match action {
                Action::Up => self.move_by(-1),
                Action::Down => self.move_by(1),
                Action::First => self.choose(0),
                Action::Last => self.choose(usize::MAX),
                Action::NextHeading => self.turn_to_group(true),
                Action::PreviousHeading => self.turn_to_group(false),
                action => match page_step(*action, in_view) {
                    Some(by) => self.move_by(by),
                    None => return Some(*action),
                },
            },
            Message::Wheel(_, _, lines) => self.move_by(isize::from(*lines).signum()),
            Message::Click(x, y) | Message::DoubleClick(x, y) if list.contains(*x, *y) => {
                let line = usize::from(y - list.y) + self.top;
                let (starts, _) = self.line_starts(list);
                let at = starts
                    .partition_point(|start| *start <= line)
                    .checked_sub(1)?;
                if matches!(self.rows.get(at), Some(PipelineRow::Application(_))) {
                    self.at = at;
                    let opens = matches!(message, Message::DoubleClick(..));
                    return opens.then_some(Action::Enter);
                }
            }
            _ => {}
        }
        None
    }
}

fn application(key: &PostingKey, status: &Status, context: &Context<'_>) -> Application {
    let today = context.today;
    let here = context.posting_of(key);
    let posting = here.as_deref().or(status.copy.as_deref());
    let company = posting.and_then(|posting| posting.company.clone());
    let note = status.note.as_ref().and_then(|note| note.lines().next());
    Application {
        key: key.clone(),
        title: context.title_of(key),
        company,
        stage: status.stage.map(|step| (step.stage, step.on)),
        days: status.stage.map_or(0, |step| (today - step.on).get_days()),
        follow_up: status.follow_up,
        is_due: status.follow_up.is_some_and(|day| day <= today),
        note: note.map(str::to_owned),
        is_hidden: status.hidden.is_some(),
        is_gone: here.is_none(),
        is_posted_again: here
            .as_deref()
            .is_some_and(|posting| status.is_posted_again(posting)),
    }
}
