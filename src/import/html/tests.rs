//! HTML as employers write it, with the expected Markdown.

use super::*;

#[test]
fn a_description_has_sections_and_lists() {
    for (html, meant) in [
        ("<p>Ice &amp; snow</p><p>Two</p>", "Ice & snow\n\nTwo"),
        (
            "<h1>We</h1><p>Ice</p><h3>You</h3>",
            "## We\n\nIce\n\n#### You",
        ),
        (
            "<p><strong>What you do:</strong></p><ul><li>Melt</li><li><p>Weigh</p></li></ul>",
            "## What you do\n\n- Melt\n- Weigh",
        ),
        (
            "<div><b>The team</b><br><br>is small</div>",
            "## The team\n\nis small",
        ),
        (
            "<p><strong>Note</strong> that it is cold.</p>",
            "**Note** that it is cold.",
        ),
        ("· one<br/>· two<br/>•three", "- one\n- two\n- three"),
        ("<ul><li>· one</li></ul>", "- one"),
        ("roles:<br>- one<br>- two", "roles:\n\n- one\n- two"),
        ("<ul>\n<li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
        (
            "<h2></h2><script>x()</script><style>p{}</style><img alt=x>a",
            "a",
        ),
        ("a * b, 1 < 2", "a \\* b, 1 < 2"),
        (
            "<a href=\"https://example.org\">here</a>",
            "[here](https://example.org)",
        ),
        ("plain _text_, no tags", "plain \\_text\\_, no tags"),
        ("", ""),
    ] {
        let made = markdown(html).unwrap();
        let made: Vec<_> = made.lines().map(str::trim_end).collect();
        assert_eq!(made.join("\n"), meant, "{html}");
    }
}

#[test]
fn escaped_html_is_unescaped_once() {
    assert_eq!(
        unescaped("&lt;p&gt;R&amp;amp;D&lt;/p&gt;"),
        "<p>R&amp;D</p>"
    );
    assert_eq!(
        unescaped("&#39;&#x41;&nbsp;&nosuch; & &;"),
        "'A\u{a0}&nosuch; & &;"
    );
}

#[test]
fn absurd_nesting_is_refused_before_it_is_parsed() {
    let deep = |depth: usize| format!("{}x", "<div>".repeat(depth));
    assert!(markdown(&deep(100_000)).is_err());
    assert_eq!(markdown(&deep(limits::DEPTH)).unwrap(), "x");
    assert!(markdown(&"<p>one<br>".repeat(5_000)).is_ok());
}

#[test]
fn a_tag_of_endless_attributes_is_refused_at_once() {
    use std::fmt::Write as _;
    for between in [" ", "/", "='x'", "=\" x \"", " =y "] {
        let mut tag = String::from("ice <b = \" ");
        for at in 0..200_000 {
            let _ = write!(tag, "a{at}{between}");
        }
        let why = markdown(&(tag + ">snow</b>"))
            .map_err(|refusal| refusal.at(crate::import::RowPosition::default()).message);
        assert!(
            why.is_err_and(|why| why.contains("too many attributes")),
            "{between}"
        );
    }
    let long = format!("<p title=\"{}\">ice</p>", "a b=c ".repeat(100_000));
    assert_eq!(markdown(&long).unwrap(), "ice");
}

#[test]
fn white_space_beside_styles_and_links_stays_between_words() {
    for (html, meant) in [
        (
            "by<a href=\"https://x.example\"> Intel</a>and",
            "by [Intel](https://x.example)and",
        ),
        (
            "two <b> bold </b>text<strong>Glued</strong>",
            "two **bold** text**Glued**",
        ),
        ("and <strong>&nbsp;Staff</strong> x", "and **Staff** x"),
        ("a<b> </b>c <i></i>d", "a c d"),
        ("one\n  two\t<span>three </span>four", "one two three four"),
        ("10&nbsp;000 €", "10\u{a0}000 €"),
        ("<div>a</div><div>b</div>c<p>d", "a\n\nb\n\nc\n\nd"),
        ("<b>one<br>two</b>", "## one\n\n**two**"),
    ] {
        assert_eq!(lines(html), meant, "{html}");
    }
}

#[test]
fn marks_that_markdown_would_show_are_given_up() {
    for (html, meant) in [
        ("a<b>, b</b> c", "a, b c"),
        ("x<b>(y)</b>z", "x(y)z"),
        ("<b>a</b><i>b</i> c", "**a**b c"),
        ("<b>a<i>b</i></b> c", "**ab** c"),
        ("<i>a <b>b</b>. c</i>", "*a* ***b***. c"),
        ("<b><i>a</i></b> b", "***a*** b"),
        ("wow!<a href=\"/x\">y</a>", "wow\\![y](/x)"),
        (
            "<a href=\"https://x.example/a(b)?c=d&amp;e\">[y]</a>",
            "[\\[y\\]](https://x.example/a\\(b\\)?c=d\\&e)",
        ),
    ] {
        assert_eq!(lines(html), meant, "{html}");
    }
}

#[test]
fn a_link_without_text_or_target_is_none() {
    for (html, meant) in [
        (
            "<a href='https://x.example/1'><img src=l.png></a><p>Ice.</p>",
            "Ice.",
        ),
        (
            "<a href=\"javascript:x()\">Ice</a> <a href=\"#top\">up</a> <a>no</a>",
            "Ice up no",
        ),
    ] {
        assert_eq!(lines(html), meant, "{html}");
    }
}

#[test]
fn a_list_that_is_drawn_ends_where_the_drawing_ends() {
    for (html, meant) in [
        (
            "Do:<br>- Weigh<br>- Count<br>More:<br>- Lift<br>You may travel.",
            "Do:\n\n- Weigh\n- Count\n\nMore:\n\n- Lift\n\nYou may travel.",
        ),
        (
            "<p>1. One<br>2. Two<br>Three</p>",
            "1. One\n2. Two\n\nThree",
        ),
        ("<p>2. Two only</p>", "2\\. Two only"),
        ("<p>– a<br>– b</p>", "- a\n- b"),
        ("<p>– only one</p>", "– only one"),
        ("<p>• a</p><p>• b</p><p>c</p>", "- a\n- b\n\nc"),
        ("a\n- b\nc, with no tags", "a\n\n- b\n\nc, with no tags"),
    ] {
        assert_eq!(lines(html), meant, "{html}");
    }
}

#[test]
fn lists_tables_and_quotations_nest() {
    for (html, meant) in [
        (
            "<ol start=3><li>a<ul><li>b<p>c</p></li></ul>d<li>e</ol>f",
            "3. a\n   - b\n\n     c\n\n   d\n4. e\n\nf",
        ),
        (
            "<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>",
            "- a\n  - b\n- c",
        ),
        ("<ul><li></li><li> <p></p></li><li>a</li></ul>", "- a"),
        ("<li>a</li><li>b</li>", "- a\n- b"),
        (
            "<blockquote>a<br>b<ul><li>c</ul></blockquote>d",
            "> a\n> b\n>\n> - c\n\nd",
        ),
        (
            "<table><tr><th>Place<th>Pay<tr><td>Elko<td>a|b</table>",
            "| Place | Pay |\n| --- | --- |\n| Elko | a\\|b |",
        ),
        ("<table><tr><td><ul><li>a</ul><td>b</table>", "- a\n\nb"),
        ("<pre>\nx  y\n `z`</pre>", "```\nx  y\n `z`\n```"),
        ("<h2>a<br>b <b>c</b></h2>d", "## a b c\n\nd"),
    ] {
        assert_eq!(lines(html), meant, "{html}");
    }
}

/// The Markdown without trailing spaces.
fn lines(html: &str) -> String {
    let made = markdown(html).unwrap();
    made.lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Set `JOBDECK_REAL_DATA` to a folder of captured feeds to compare the words of each description before and after.
#[test]
fn real_bodies_keep_every_word() {
    use std::io::Read as _;

    let Some(data) = std::env::var_os("JOBDECK_REAL_DATA") else {
        eprintln!("skipped: JOBDECK_REAL_DATA is not set");
        return;
    };
    let packed = std::fs::read(std::path::Path::new(&data).join("bodies/ashby-raw.jsonl.gz"));
    let mut rows = String::new();
    flate2::read::GzDecoder::new(&*packed.unwrap())
        .read_to_string(&mut rows)
        .unwrap();
    let mut wrong = 0;
    for row in rows.split('\n').filter(|row| !row.is_empty()) {
        let row: serde_json::Value = serde_json::from_str(row).unwrap();
        let html = row["job"]["descriptionHtml"].as_str().unwrap_or_default();
        let shown = shown(&markdown(html).unwrap());
        // Drawn numbers become list numbers; images and list numbers have no words.
        let words = |text: &str| -> Vec<String> {
            let words = text.split(|c: char| !c.is_alphanumeric());
            let words = words.filter(|word| word.contains(char::is_alphabetic));
            words.map(str::to_owned).collect()
        };
        let stars = |text: &str| text.matches('*').count();
        if words(&shown) != words(&written(html)) || stars(&shown) > stars(html) {
            wrong += 1;
            eprintln!("{}", row["job"]["id"]);
        }
    }
    assert_eq!(wrong, 0);
}

/// Rendered text of Markdown.
fn shown(markdown: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let mut shown = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                shown.push_str(&text);
            }
            Event::Start(Tag::Strong | Tag::Emphasis | Tag::Link { .. }) => {}
            Event::SoftBreak | Event::HardBreak | Event::Start(_) => shown.push('\n'),
            _ => {}
        }
    }
    shown
}

/// Text of HTML, with spaces where an element begins or ends a line.
fn written(html: &str) -> String {
    use crate::import::tags::{Piece, pieces};
    let inline = [
        "a", "b", "strong", "i", "em", "u", "s", "span", "code", "sup", "sub", "mark",
    ];
    let mut written = String::new();
    for (_, piece) in pieces(html) {
        match piece {
            Piece::Text(text) => written.push_str(&text),
            Piece::Open(tag) if inline.contains(&&*tag.name) => {}
            Piece::Close(name) if inline.contains(&&*name) => {}
            _ => written.push('\n'),
        }
    }
    written
}
