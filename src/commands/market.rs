//! `jobdeck market`: what the postings of a query pay and ask for, where they are, and how long they stay up.

mod group;
mod record;

use std::io::Write;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::run_query::QueryOptions;
use super::{Context, Failure, Outcome, Output};
use crate::app::count::grouped;
use crate::board::money;
use crate::cli;
use crate::cli::{Format, MarketFormat};
use crate::market::{Bar, FEWEST, Market, Pay, Skill, Week};

/// Prints the market.
pub(super) fn run(
    args: &cli::Market,
    context: &Context,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let options = QueryOptions {
        words: &args.query,
        unjudged: args.unjudged,
        lenient: args.lenient,
        loose: false,
        group: false,
        limit: Some(0),
        hidden: args.hidden,
    };
    let answer = options.run(context, output)?;
    let market = answer.market(context)?;
    match args.format {
        MarketFormat::Json => {
            let record = record::from_market(&market);
            let json = serde_json::to_string_pretty(&record).map_err(std::io::Error::other)?;
            writeln!(output, "{json}")?;
        }
        MarketFormat::Jsonl => group::write(&market, Format::Jsonl, output)?,
        MarketFormat::Csv => group::write(&market, Format::Csv, output)?,
        MarketFormat::Tsv => group::write(&market, Format::Tsv, output)?,
        MarketFormat::Table => {
            for line in lines(&market) {
                writeln!(output, "{line}")?;
            }
            let fewest = FEWEST;
            output.note(&format!(
                "groups of fewer than {fewest} postings are left out"
            ));
        }
    }
    answer.tell_left_out(output);
    answer.tell_ways_on(context, output);
    Ok(Outcome::from_found(market.total > 0))
}

/// The most groups of a field.
const MOST: usize = 12;
/// Width of the longest bar.
const WIDTH: usize = 32;

fn lines(market: &Market) -> Vec<String> {
    let (total, of) = (grouped(market.total), grouped(market.of));
    let mut lines = vec![format!("{total} of {of} postings")];
    for pay in &market.pay {
        section(&mut lines, &pay_title(pay));
        lines.push(format!("  {}", quartiles(pay)));
        let bars = pay
            .bars
            .iter()
            .map(|bar| (bar.label.clone(), bar.count, String::new()));
        bars_of(&mut lines, bars.collect());
    }
    if !market.weeks.is_empty() {
        section(&mut lines, "By week");
        lines.extend(weeks(&market.weeks));
    }
    let stay = market.stay;
    for (what, of) in [("open for", stay.open), ("closed after", stay.closed)] {
        if let Some((days, count)) = of {
            let count = grouped(count as usize);
            lines.push(format!("  {what} {days} days (median of {count})"));
        }
    }
    let groups = [
        ("Level", &market.levels),
        ("Workplace", &market.workplaces),
        ("Companies", &market.companies),
        ("Places", &market.cities),
    ];
    for (title, bars) in groups {
        if !bars.is_empty() {
            section(&mut lines, title);
            let rows = bars.iter().take(MOST).map(|bar: &Bar| {
                let share = 100.0 * market.share(bar.count);
                (bar.label.clone(), bar.count, format!("{share:.0}%"))
            });
            bars_of(&mut lines, rows.collect());
        }
    }
    if !market.skills.is_empty() {
        let is_all = market.total == market.of;
        section(
            &mut lines,
            if is_all {
                "Skills"
            } else {
                "Skills, against the board"
            },
        );
        let rows = market
            .skills
            .iter()
            .map(|skill| (skill.label.clone(), skill.count, remarks(skill)));
        bars_of(&mut lines, rows.collect());
    }
    lines
}

fn section(lines: &mut Vec<String>, title: &str) {
    lines.push(String::new());
    lines.push(title.to_owned());
}

/// `Pay, USD a year: 214 postings, 80 of them ≈ from the text`
fn pay_title(pay: &Pay) -> String {
    let derived = match pay.derived {
        0 => String::new(),
        derived => format!(", {} of them ≈ from the text", grouped(derived as usize)),
    };
    let (code, each) = (pay.currency.code(), pay.per.each());
    let count = grouped(pay.count as usize);
    format!("Pay, {code} {each}: {count} postings{derived}")
}

/// `25% $120k · median $158k · 75% $195k`
fn quartiles(pay: &Pay) -> String {
    let (symbol, per) = (money::symbol(pay.currency), money::per(pay.per));
    let [low, middle, high] = pay
        .quartiles
        .map(|amount| format!("{symbol}{}{per}", money::amount(amount)));
    format!("25% {low} · median {middle} · 75% {high}")
}

/// `2.1× the board · ▲ 1.4×`
fn remarks(skill: &Skill) -> String {
    let lift = skill.lift.map(|lift| format!("{lift:.1}× the board"));
    let trend = skill.trend.and_then(|trend| match trend {
        1.2.. => Some(format!("rising {trend:.1}×")),
        ..=0.8 => Some(format!("falling {trend:.1}×")),
        _ => None,
    });
    let remarks: Vec<String> = lift.into_iter().chain(trend).collect();
    remarks.join(" · ")
}

/// Rows of label, bar, count and a remark.
fn bars_of(lines: &mut Vec<String>, rows: Vec<(String, u32, String)>) {
    let most = rows
        .iter()
        .map(|(_, count, _)| *count)
        .max()
        .unwrap_or(1)
        .max(1);
    let width = rows
        .iter()
        .map(|(label, ..)| label.width())
        .max()
        .unwrap_or(0)
        .min(32);
    for (label, count, remark) in rows {
        let cells = (WIDTH * 8 * count as usize).div_ceil(most as usize);
        let mut bar = "█".repeat(cells / 8);
        bar.extend("▏▎▍▌▋▊▉".chars().nth((cells % 8).wrapping_sub(1)));
        let label = shortened(&label, width);
        let gap = " ".repeat(width.saturating_sub(label.width()));
        let line = format!("  {label}{gap}  {:>7}  {bar}{}", grouped(count as usize), {
            let gap = " ".repeat((WIDTH + 2).saturating_sub(bar.width()));
            if remark.is_empty() {
                String::new()
            } else {
                format!("{gap}{remark}")
            }
        });
        lines.push(line.trim_end().to_owned());
    }
}

/// The start of a text, at most this wide.
fn shortened(text: &str, width: usize) -> String {
    let mut short = String::new();
    for letter in text.chars() {
        if short.width() + letter.width().unwrap_or(0) > width {
            break;
        }
        short.push(letter);
    }
    short
}

/// Sparklines of publications and closings, with their first and last week.
fn weeks(weeks: &[Week]) -> Vec<String> {
    let spark = |of: fn(&Week) -> u32| {
        let most = weeks.iter().map(of).max().unwrap_or(0).max(1);
        let signs: Vec<char> = " ▁▂▃▄▅▆▇█".chars().collect();
        let heights = weeks
            .iter()
            .map(|week| (8 * of(week)).div_ceil(most) as usize);
        heights
            .map(|height| signs[height.min(8)])
            .collect::<String>()
    };
    let most = |of: fn(&Week) -> u32| {
        let most = weeks.iter().map(of).max().unwrap_or(0);
        grouped(most as usize)
    };
    let first = weeks.first().map(|week| week.monday.to_string());
    let last = weeks.last().map(|week| week.monday.to_string());
    let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
    let mut lines = vec![format!(
        "  published {}  at most {} a week",
        spark(|week| week.posted),
        most(|week| week.posted)
    )];
    if weeks.iter().any(|week| week.closing > 0) {
        lines.push(format!(
            "  closing   {}  at most {} a week",
            spark(|week| week.closing),
            most(|week| week.closing)
        ));
    }
    lines.push(format!("  weeks of {first} to {last}"));
    lines
}
