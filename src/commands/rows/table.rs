//! Rows as a table of aligned columns, truncated to the width of the window.

use std::io::{self, Write};

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Gap between two columns.
const GAP: &str = "  ";

/// Writes rows, below their titles if given, with no line wider than `width`.
pub(super) fn write(
    titles: Option<&[&str]>,
    rows: impl Iterator<Item = Vec<String>> + Clone,
    width: Option<u16>,
    out: &mut impl Write,
) -> io::Result<()> {
    let titles = titles.map(|titles| titles.iter().map(|title| (*title).to_owned()));
    let titles: Option<Vec<String>> = titles.map(Iterator::collect);
    let mut widths: Vec<usize> = Vec::new();
    for row in titles.clone().into_iter().chain(rows.clone()) {
        widths.resize(widths.len().max(row.len()), 0);
        for (widest, cell) in widths.iter_mut().zip(&row) {
            *widest = columns(&one_line(cell)).max(*widest);
        }
    }
    let width = width.map_or(usize::MAX, usize::from);
    shrink(&mut widths, width);
    for row in titles.into_iter().chain(rows) {
        let line = line(&row, &widths);
        writeln!(out, "{}", cut(line.trim_end(), width))?;
    }
    Ok(())
}

/// Narrows the widest columns until all fit; narrow ones keep their width.
fn shrink(widths: &mut [usize], width: usize) {
    let room = width.saturating_sub(GAP.len() * widths.len().saturating_sub(1));
    let taken = |limit: usize| widths.iter().map(|width| *width.min(&limit)).sum::<usize>();
    let widest = widths.iter().copied().max().unwrap_or(0);
    if taken(widest) <= room {
        return;
    }
    let limits: Vec<usize> = (1..=widest).collect();
    let limit = limits.partition_point(|limit| taken(*limit) <= room).max(1);
    // Remaining width goes to the first columns that need it.
    let mut left = room.saturating_sub(taken(limit));
    for width in widths {
        if *width > limit {
            let more = left.min(1);
            *width = limit + more;
            left -= more;
        }
    }
}

fn line(row: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (at, (cell, width)) in row.iter().zip(widths).enumerate() {
        if at > 0 {
            line.push_str(GAP);
        }
        let cell = cut(&one_line(cell), *width);
        let padding = width.saturating_sub(columns(&cell));
        line.push_str(&cell);
        line.extend(std::iter::repeat_n(' ', padding));
    }
    line
}

/// A multi-line text, such as a description, on one line.
fn one_line(cell: &str) -> String {
    cell.replace('\n', " ")
}

/// The start of a text, truncated to `width` columns.
fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut left = width.saturating_sub(1);
    for grapheme in text.graphemes(true) {
        let taken = grapheme.width();
        if taken > left {
            break;
        }
        left -= taken;
        out.push_str(grapheme);
    }
    let mut out = out.trim_end().to_owned();
    if width > 0 {
        out.push('…');
    }
    out
}

/// Display width of a text.
fn columns(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(width: Option<u16>, rows: &[[&str; 3]]) -> String {
        let rows = rows.iter();
        let rows = rows.map(|row| row.iter().map(|cell| (*cell).to_owned()).collect());
        let mut out = Vec::new();
        write(Some(&["title", "company", "posted"]), rows, width, &mut out)
            .expect("writing to a Vec cannot fail");
        String::from_utf8(out).expect("UTF-8")
    }

    const ROWS: &[[&str; 3]] = &[
        ["日本語の先生", "Zürich Re\u{301}", "2026-09-01"],
        ["Applied Scientist, Personalization", "Amazon", ""],
    ];

    #[test]
    fn columns_line_up() {
        assert_eq!(
            table(None, ROWS),
            "\
title                               company    posted
日本語の先生                        Zürich Re\u{301}  2026-09-01
Applied Scientist, Personalization  Amazon
"
        );
    }

    #[test]
    fn the_widest_column_gives_way() {
        assert_eq!(
            table(Some(40), ROWS),
            "\
title              company    posted
日本語の先生       Zürich Re\u{301}  2026-09-01
Applied Scientis…  Amazon
"
        );
        assert_eq!(
            table(Some(15), ROWS),
            "\
tit…  com…  po…
日…   Zür…  20…
App…  Ama…
"
        );
    }

    #[test]
    fn no_line_is_wider_than_the_window() {
        for width in 0..80 {
            for line in table(Some(width), ROWS).lines() {
                assert!(columns(line) <= usize::from(width), "{width}: {line}");
            }
        }
    }
}
