//! Recognises headings and lists within the running text of a posting.

use std::fmt::Write as _;

use super::super::html::{escaped, heading};

/// Headings used by hiring pages, with their levels.
const HEADINGS: &[(&str, usize)] = &[
    ("Key job responsibilities", 2),
    ("A day in the life", 2),
    ("About the team", 2),
    ("About the hiring group", 2),
    ("About Us", 2),
    ("Basic qualifications", 2),
    ("Preferred qualifications", 2),
    ("Basic Qualifications", 2),
    ("Preferred Qualifications", 2),
    ("BASIC QUALIFICATIONS", 2),
    ("PREFERRED QUALIFICATIONS", 2),
    ("DESCRIPTION", 2),
    ("Perks", 2),
    ("Benefits", 2),
    ("Diverse Experiences", 3),
    ("Why AWS", 3),
    ("Work/Life Balance", 3),
    ("Inclusive Team Culture", 3),
    ("Mentorship and Career Growth", 3),
    ("Mentorship & Career Growth", 3),
    ("Hybrid Work", 3),
];
/// List markers.
const MARKS: [char; 4] = ['-', '*', '•', '·'];

/// The running text as Markdown.
pub(super) fn markdown(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.trim();
    while let Some((at, (name, level))) = next_heading(rest) {
        push_text(&mut out, &rest[..at]);
        let kept = out.trim_end().len();
        out.truncate(kept);
        if level == 2 {
            heading(&mut out, name);
        } else {
            let room = if out.is_empty() { "" } else { "\n\n" };
            out.extend([room, "### ", name, "\n\n"]);
        }
        rest = rest[at + name.len()..].trim_start_matches([':', ' ', '\n']);
    }
    push_text(&mut out, rest);
    out.truncate(out.trim_end().len());
    out
}

/// Converts lines that are known headings; other Markdown is unchanged.
pub(in super::super) fn with_headings(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    for line in markdown.lines() {
        let bare = line.trim().trim_matches('*').trim_end_matches(':');
        let known = HEADINGS.iter().find(|(name, _)| *name == bare);
        if let Some((name, level)) = known {
            out.extend(["\n", &"#".repeat(*level), " ", name, "\n\n"]);
        } else {
            out.extend([line, "\n"]);
        }
    }
    out
}

/// The first known heading in a text: at the start of a word, followed by the start of a sentence or list.
fn next_heading(text: &str) -> Option<(usize, (&'static str, usize))> {
    let found = HEADINGS.iter().filter_map(|(name, level)| {
        let mut places = text.match_indices(name).map(|(at, _)| at);
        let at = places.find(|at| {
            let before = text[..*at].chars().next_back();
            let after = text[at + name.len()..].trim_start_matches(':');
            let starts = after.trim_start().chars().next();
            let separate = before.is_none_or(char::is_whitespace) && after.starts_with([' ', '\n']);
            let begins = |c: char| {
                c.is_uppercase() || c.is_numeric() || MARKS.contains(&c) || "“\"‘'".contains(c)
            };
            separate && starts.is_some_and(begins)
        })?;
        Some((at, (*name, *level)))
    });
    found.min_by_key(|(at, (name, _))| (*at, usize::MAX - name.len()))
}

/// Appends prose, and the list at its end if there is one.
fn push_text(out: &mut String, text: &str) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push_str("\n\n");
    }
    if let Some(items) = numbered(text) {
        for (at, item) in items.iter().enumerate() {
            let _ = writeln!(out, "{}. {}", at + 1, escaped(item));
        }
        return;
    }
    let (prose, items) = split_list(text);
    for paragraph in prose
        .split('\n')
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        out.push_str(&escaped(paragraph));
        out.push_str("\n\n");
    }
    for item in &items {
        out.extend(["- ", &escaped(item), "\n"]);
    }
}

/// Splits a text into prose and list items.
fn split_list(text: &str) -> (&str, Vec<&str>) {
    for mark in MARKS {
        let starts = text.strip_prefix(mark).filter(|rest| rest.starts_with(' '));
        if let Some(rest) = starts {
            return ("", items(rest, mark));
        }
        // After a colon, or on a line of its own.
        for lead in [format!(": {mark} "), format!("\n{mark} ")] {
            if let Some(at) = text.find(&lead) {
                let start = at + lead.len();
                return (text[..=at].trim_end(), items(&text[start..], mark));
            }
        }
    }
    (text, Vec::new())
}

/// Items after the first marker. A dash before a lower-case letter is not a marker.
fn items(list: &str, mark: char) -> Vec<&str> {
    let lead = format!(" {mark} ");
    let mut found = Vec::new();
    let mut from = 0;
    for (at, _) in list.match_indices(&lead) {
        let next = list[at + lead.len()..].chars().next();
        if next.is_some_and(|c| c.is_uppercase() || c.is_numeric()) {
            found.push(list[from..at].trim());
            from = at + lead.len();
        }
    }
    found.push(list[from..].trim());
    let found = found.into_iter().flat_map(|item| item.split('\n'));
    let found = found.map(|item| item.trim().trim_start_matches([mark, ' ']));
    found.filter(|item| !item.is_empty()).collect()
}

/// Items of "1. … 2. … 3. …".
fn numbered(text: &str) -> Option<Vec<&str>> {
    let mut rest = text.strip_prefix("1. ")?;
    let mut items = Vec::new();
    for number in 2.. {
        let lead = format!(" {number}. ");
        let Some((item, after)) = rest.split_once(&lead) else {
            break;
        };
        items.push(item.trim());
        rest = after;
    }
    items.push(rest.trim());
    (items.len() > 1).then_some(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_headings_and_lists_in_running_text() {
        let text = "We melt ice. Key job responsibilities - Melt it - Weigh it, well - or not About the team The team is small. \
                    Why AWS We like: * Ice * Snow";
        assert_eq!(
            markdown(text),
            "We melt ice.\n\n## Key job responsibilities\n\n- Melt it\n- Weigh it, well - or not\n\n## About the team\n\nThe team is small.\n\n### Why AWS\n\nWe like:\n\n- Ice\n- Snow"
        );
        assert_eq!(markdown("1. One thing 2. Two"), "1. One thing\n2. Two");
        assert_eq!(
            markdown("Learn about the team and Perks of it."),
            "Learn about the team and Perks of it."
        );
    }
}
