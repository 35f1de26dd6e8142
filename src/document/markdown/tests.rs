use std::time::{Duration, Instant};

use super::*;

/// One line per block: kind, indented text, and styles as marks.
fn shape(markdown: &str) -> Vec<String> {
    blocks(markdown, 2)
        .iter()
        .map(|block| {
            let text: String = block.inlines.iter().map(marked).collect();
            let marker = block.marker.as_ref().map(|marker| format!("{marker} "));
            let gap = if block.tight { "" } else { "+" };
            let indent = " ".repeat(usize::from(block.indent));
            format!(
                "{gap}{:?}: {indent}{}{text}",
                block.kind,
                marker.unwrap_or_default()
            )
        })
        .collect()
}

fn marked(inline: &Inline) -> String {
    let mark = format!(
        "{}{}{}",
        if inline.strong { "**" } else { "" },
        if inline.emphasis { "_" } else { "" },
        if inline.code { "`" } else { "" }
    );
    let close: String = mark.chars().rev().collect();
    format!("{mark}{}{close}", inline.text)
}

#[test]
fn reads_blocks_and_styles() {
    for (markdown, expected) in [
        ("a\nb  \nc", &["+Paragraph: a b\nc"][..]),
        ("# One\ntext", &["+Heading: One", "+Paragraph: text"]),
        ("a **b *c*** `d`", &["+Paragraph: a **b ****_c _**`d`"]),
        (
            "- a\n- b\n\ntext",
            &["+Item: • a", "Item: • b", "+Paragraph: text"],
        ),
        ("- a\n\n- b", &["+Item: • a", "+Item: • b"]),
        (
            "3. a\n   - b\n     more\n4. c",
            &["+Item: 3. a", "Item:   • b more", "Item: 4. c"],
        ),
        ("- a\n\n  b", &["+Item: • a", "+Paragraph:   b"]),
        ("-\n- b", &["+Item: • ", "Item: • b"]),
        (
            "> a\n>\n> - b\n> > c",
            &["+Quote: │ a", "+Item: │ • b", "+Quote: │ │ c"],
        ),
        ("- > a", &["+Item: • ", "+Quote:   │ a"]),
        ("```rust\na\n  b\n```", &["+Code: `a\n  b`"]),
        (
            "a\n\n---\n\nb",
            &["+Paragraph: a", "+Rule: ", "+Paragraph: b"],
        ),
        (
            "| a | b |\n|---|---|\n| c | d |",
            &["+Paragraph: **a** | **b**\nc | d"],
        ),
        ("![a cat](cat.png)", &["+Paragraph: a cat"]),
        ("", &[]),
    ] {
        assert_eq!(shape(markdown), expected, "{markdown}");
    }
}

#[test]
fn links_say_where_they_lead() {
    for (markdown, expected) in [
        ("[us](https://a.bc)", "us (https://a.bc)"),
        ("<https://a.bc>", "https://a.bc"),
        ("[https://a.bc](https://a.bc)", "https://a.bc"),
        ("[mail](mailto:a@b.c) <d@b.c>", "mail (mailto:a@b.c) d@b.c"),
        ("[x](javascript:alert) [y](#top)", "x y"),
        ("[](https://a.bc)", "https://a.bc"),
    ] {
        let document = crate::document::Document::outlined(blocks(markdown, 2));
        assert_eq!(
            document.to_plain(None),
            format!("{expected}\n"),
            "{markdown}"
        );
    }
}

#[test]
fn html_leaves_its_text() {
    for (markdown, expected) in [
        (
            "one<br>two <b>three</b> <span>x</span>",
            "one\ntwo **three** x",
        ),
        (
            "<p>R&amp;D</p>\n<ul><li>a</li><li>b</li></ul>",
            "R&D\n• a\n• b",
        ),
        ("a <b>open", "a **open**"),
    ] {
        assert_eq!(
            shape(markdown),
            [format!("+Paragraph: {expected}")],
            "{markdown}"
        );
    }
    assert_eq!(shape("a <b>open\n\nplain")[1], "+Paragraph: plain");
    assert!(shape("<!-- nothing -->").is_empty());
}

#[test]
fn character_references_pass_the_gate() {
    let text =
        "&#27;[31mred &#x202e;x [l](https://a&#27;b) `&#7;` <p>&#27;</p>\n\n<p>&#x1b;[1m</p>";
    for block in blocks(text, 2) {
        assert!(
            !block.text().contains(['\u{1b}', '\u{202e}', '\u{7}']),
            "{block:?}"
        );
    }
}

#[test]
fn deep_nesting_stays_on_the_page() {
    for piece in ["> ", "- ", "1. ", "> - "] {
        let deep = format!("{}x", piece.repeat(2000));
        for block in blocks(&deep, 2) {
            let marker = block.marker.map_or(0, |marker| marker.chars().count());
            assert!(usize::from(block.indent) + marker <= DEEPEST + 3);
        }
    }
}

#[test]
fn hostile_markdown_reads_in_time() {
    let lines = format!("{}\n{}", "> ".repeat(60_000), "a\n".repeat(60_000));
    let table = format!(
        "{}\n{}\n{}",
        "a|".repeat(20_000),
        "-|".repeat(20_000),
        "x\n".repeat(60_000)
    );
    let nested: Vec<String> = (0..600)
        .map(|level| format!("{}- a", " ".repeat(2 * level)))
        .collect();
    let deep = format!("{}x", "- ".repeat(120_000));
    let mut texts = vec![lines, table, nested.join("\n"), deep];
    for piece in [
        "> ", "- ", "1. ", "[", "[a](", "*a_", "**", "`", "<a ", "![", "&#27;", "<b>", "|a",
        "a\n- ", "[a]: b\n", "~", "\\",
    ] {
        texts.push(piece.repeat((256 << 10) / piece.len()));
    }
    for text in texts {
        let start = Instant::now();
        let blocks = blocks(&text, 2).len();
        let head: String = text.chars().take(12).collect();
        eprintln!("{head:?}: {:?}, {blocks} blocks", start.elapsed());
        assert!(start.elapsed() < Duration::from_mins(1), "{head:?}");
    }
}
