//! The panels of a market as view models.

use crate::app::count::grouped;
use crate::board::money;
use crate::market::{Bar, Dot, Filter, Market, Pay, Skill, Week};

/// A group of bars with a title.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// What it shows.
    pub kind: PanelKind,
    /// Its title.
    pub title: String,
    /// What the bars do not show, below the title.
    pub note: String,
    /// The bars.
    pub bars: Vec<PanelBar>,
    /// Cities on a map above the bars.
    pub map: Vec<Dot>,
}

/// What a panel shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanelKind {
    /// Pay in the n-th most common currency and period.
    Pay(usize),
    /// Publications and closings by week, side by side.
    Weeks,
    /// Levels.
    Levels,
    /// Workplaces.
    Workplaces,
    /// Skills.
    Skills,
    /// Places, with a map.
    Places,
    /// Companies.
    Companies,
}

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelBar {
    /// The group.
    pub label: String,
    /// Number of postings.
    pub count: u32,
    /// In weeks, the number of postings that close.
    pub closing: u32,
    /// What else is known of it.
    pub remark: String,
    /// What narrows the query to the group.
    pub filter: Filter,
}

impl Panel {
    /// Whether the bars are side by side.
    pub fn is_chart(&self) -> bool {
        self.kind == PanelKind::Weeks
    }

    /// Whether the bars are amounts of pay.
    pub fn is_pay(&self) -> bool {
        matches!(self.kind, PanelKind::Pay(_))
    }

    /// The largest count.
    pub fn most(&self) -> u32 {
        self.bars
            .iter()
            .map(|bar| bar.count)
            .max()
            .unwrap_or(0)
            .max(1)
    }
}

/// The most currencies and periods that are shown.
const PAY: usize = 2;

/// The panels of a market; those without bars are left out.
pub(super) fn all(market: &Market) -> Vec<Panel> {
    let groups = |kind, title: &str, bars: &[Bar]| Panel {
        kind,
        title: title.to_owned(),
        note: String::new(),
        bars: bars.iter().map(|group| bar(group, market)).collect(),
        map: Vec::new(),
    };
    let groups_of_pay = market.pay.iter().take(PAY).enumerate();
    let mut panels: Vec<Panel> = groups_of_pay.map(pay).collect();
    panels.push(weeks(market));
    panels.push(groups(PanelKind::Levels, "Level", &market.levels));
    panels.push(groups(
        PanelKind::Workplaces,
        "Workplace",
        &market.workplaces,
    ));
    panels.push(Panel {
        map: market.map.clone(),
        ..groups(PanelKind::Places, "Places", &market.cities)
    });
    panels.push(skills(market));
    panels.push(groups(PanelKind::Companies, "Companies", &market.companies));
    panels.retain(|panel| !panel.bars.is_empty());
    panels
}

fn bar(group: &Bar, market: &Market) -> PanelBar {
    let share = 100.0 * market.share(group.count);
    PanelBar {
        label: group.label.clone(),
        count: group.count,
        closing: 0,
        remark: format!("{share:.0}%"),
        filter: group.filter.clone(),
    }
}

fn pay((at, pay): (usize, &Pay)) -> Panel {
    let (symbol, per) = (money::symbol(pay.currency), money::per(pay.per));
    let amount = |amount: f64| format!("{symbol}{}{per}", money::amount(amount));
    let [low, middle, high] = pay.quartiles.map(amount);
    let derived = match pay.derived {
        0 => String::new(),
        derived => format!(" · {} ≈", grouped(derived as usize)),
    };
    let bars = pay.bars.iter().map(|step| PanelBar {
        label: step.label.clone(),
        count: step.count,
        closing: 0,
        remark: String::new(),
        filter: step.filter.clone(),
    });
    Panel {
        kind: PanelKind::Pay(at),
        title: format!(
            "Pay, {} {} · {} postings{derived}",
            pay.currency.code(),
            pay.per.each(),
            grouped(pay.count as usize)
        ),
        note: format!("25% {low} · median {middle} · 75% {high}"),
        bars: bars.collect(),
        map: Vec::new(),
    }
}

fn weeks(market: &Market) -> Panel {
    let stay = market.stay;
    let days = |count: u32| match count {
        1 => "1 day".to_owned(),
        count => format!("{count} days"),
    };
    let open = stay
        .open
        .map(|(median, _)| format!("open for {}", days(median)));
    let closed = stay
        .closed
        .map(|(median, _)| format!("closed after {}", days(median)));
    let parts: Vec<String> = open.into_iter().chain(closed).collect();
    let note = if parts.is_empty() {
        String::new()
    } else {
        format!("median: {}", parts.join(", "))
    };
    Panel {
        kind: PanelKind::Weeks,
        title: "Posted by week".to_owned(),
        note,
        bars: market.weeks.iter().map(week).collect(),
        map: Vec::new(),
    }
}

fn week(week: &Week) -> PanelBar {
    PanelBar {
        label: week.monday.strftime("%-d %b %Y").to_string(),
        count: week.posted,
        closing: week.closing,
        remark: String::new(),
        filter: week.filter.clone(),
    }
}

fn skills(market: &Market) -> Panel {
    let is_all = market.total == market.of;
    let title = if is_all {
        "Skills"
    } else {
        "Skills, against the board"
    };
    Panel {
        kind: PanelKind::Skills,
        title: title.to_owned(),
        note: String::new(),
        bars: market.skills.iter().map(skill).collect(),
        map: Vec::new(),
    }
}

fn skill(skill: &Skill) -> PanelBar {
    let trend = match skill.trend {
        Some(1.2..) => " ▲",
        Some(..=0.8) => " ▼",
        _ => "",
    };
    let lift = skill
        .lift
        .map_or_else(String::new, |lift| format!("{lift:.1}×"));
    PanelBar {
        label: skill.label.clone(),
        count: skill.count,
        closing: 0,
        remark: format!("{lift}{trend}").trim_start().to_owned(),
        filter: skill.filter.clone(),
    }
}
