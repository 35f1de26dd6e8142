//! HTML as employers write it, and the Markdown that is meant.

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
        ("roles:<br>- one<br>- two", "roles:\n- one\n- two"),
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
    assert_eq!(markdown(&deep(absurd::DEPTH)).unwrap(), "x");
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
            .map_err(|refusal| refusal.at(crate::import::Place::default()).message);
        assert!(
            why.is_err_and(|why| why.contains("too many attributes")),
            "{between}"
        );
    }
    let long = format!("<p title=\"{}\">ice</p>", "a b=c ".repeat(100_000));
    assert_eq!(markdown(&long).unwrap(), "ice");
}
