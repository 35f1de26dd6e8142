//! Small files that demand much, and large ones.

use super::Case;

/// Depths of nesting, in bytes.
const DEPTHS: [usize; 6] = [40, 200, 2_000, 20_000, 200_000, 1_000_000];
/// Maximum size of a board file.
const LARGEST: usize = 1 << 20;
/// Maximum size of a description.
const TEXT: usize = 250 << 10;

/// Each is a file beside one good file.
pub fn cases() -> Vec<Case> {
    let mut cases = deep();
    cases.extend(large());
    cases.extend(texts());
    cases.push(Case {
        name: "many files".to_owned(),
        files: (0..5_000)
            .map(|at| (format!("bad{at}.toml"), b"[[posting]]\nid = [".to_vec()))
            .collect(),
        build: None,
        wrong: true,
        count: 1,
    });
    cases.push(Case {
        name: "many files of many mistakes".to_owned(),
        files: (0..300)
            .map(|at| {
                let mistakes = format!("[[posting]]\nlevel = \"{}\"\n", "x".repeat(100));
                (format!("bad{at}.toml"), mistakes.repeat(200).into_bytes())
            })
            .collect(),
        build: None,
        // There are too many files to report each.
        wrong: false,
        count: 1,
    });
    cases.push(Case {
        name: "many large files".to_owned(),
        files: (0..100)
            .map(|at| {
                (
                    format!("bad{at}.toml"),
                    "]\n= 3\n\"\n".repeat(LARGEST / 10).into_bytes(),
                )
            })
            .collect(),
        build: None,
        wrong: true,
        count: 1,
    });
    cases.push(Case::built("a file of holes", |dir| {
        std::fs::File::create(dir.join("bad.toml"))
            .unwrap()
            .set_len(1 << 40)
            .unwrap();
    }));
    cases
}

/// A prefix, and the text repeated after it.
fn deep() -> Vec<Case> {
    const KINDS: [(&str, &str, &str); 12] = [
        ("brackets", "x = ", "["),
        ("braces", "x = ", "{a="),
        ("brackets and braces", "x = ", "[{a="),
        ("dots", "a", ".a"),
        ("dots in a header", "[a", ".a"),
        ("dots in a list's header", "[[a", ".a"),
        ("quoted dots", "'a'", ".'a'"),
        ("spaced dots", "a", " . \"a\""),
        ("dots in braces", "x = ", "{a.a.a.a="),
        (
            "brackets in a posting",
            "[[posting]]\nid = \"x\"\ntitle = \"X\"\ntags = ",
            "[",
        ),
        ("brackets over lines", "x = ", "[\n"),
        ("brackets and remarks", "x = ", "[#]\n"),
    ];
    let sized = |(name, start, unit): (&str, &str, &str)| {
        let (name, start, unit) = (name.to_owned(), start.to_owned(), unit.to_owned());
        DEPTHS.map(move |bytes| {
            Case::file(
                format!("{name}, {bytes}"),
                start.clone() + &unit.repeat(bytes / unit.len()),
                true,
            )
        })
    };
    KINDS.into_iter().flat_map(sized).collect()
}

/// Files of maximum size and above.
fn large() -> Vec<Case> {
    let filled = |name: &str, start: &str, unit: &str, end: &str| {
        let count = (LARGEST - start.len() - end.len()) / unit.len();
        Case::file(name, start.to_owned() + &unit.repeat(count) + end, true)
    };
    let numbered = |name: &str, line: fn(usize) -> String| {
        let mut text = String::new();
        for at in 0.. {
            let line = line(at);
            if text.len() + line.len() > LARGEST {
                break;
            }
            text += &line;
        }
        Case::file(name, text, true)
    };
    vec![
        Case::file("a byte too large", " ".repeat(LARGEST + 1), true),
        Case::file(
            "fifty times too large",
            "[[posting]]\n".repeat(LARGEST / 12 * 50),
            true,
        ),
        filled("one long line", "x = \"", "y", ""),
        filled("one long key", "", "y", " = 1"),
        filled("a long list", "x = [", "1,", "]"),
        filled("a long list of lists", "x = [", "[],", "]"),
        filled("a long list of tables", "x = [", "{},", "]"),
        filled(
            "a text that never ends",
            "[[posting]]\nid = \"a\"\ndescription = \"\"\"",
            "no end\n",
            "",
        ),
        filled("mistakes", "", "]\n= 3\n\"\n", ""),
        filled("headers", "", "[[posting]]\n", ""),
        filled("open headers", "", "[[posting\n", ""),
        filled("escapes", "x = \"", "\\u001b", "\""),
        filled(
            "tags",
            "[[posting]]\nid = \"a\"\ntitle = \"A\"\ntags = [",
            "\"t\",",
            "]",
        ),
        filled("controls", "x = ", "\u{1b}", ""),
        filled("controls in a text", "x = '", "\u{1b}", "'"),
        filled("controls in a remark", "# ", "\u{1b}", ""),
        filled("wrong escapes", "x = \"", "\\q", "\""),
        filled("words", "x = [", "a ", ""),
        filled("signs", "", "= ", ""),
        filled("small tables", "x = [", "{a=1},", "]"),
        filled("small tables below", "", "[x.y]\na=1\n", ""),
        filled("postings in a line", "posting = [", "{id=\"\"},", "]"),
        filled("unknown keys", "", "[[posting]]\nx=1\ny=1\nz=1\n", ""),
        numbered("keys", |at| format!("k{at} = 1\n")),
        numbered("the same key", |_| "k = 1\n".to_owned()),
        numbered("the same id", |_| {
            "[[posting]]\nid = \"a\"\ntitle = \"A\"\n".to_owned()
        }),
        numbered("dangling ids", |at| {
            format!(
                "[[interview]]\nid = \"{at}\"\ntitle = \"A\"\nrelated = [\"x{at}\"]\n[[interview.exchange]]\nquestion = \"Q\"\nanswer = \"A\"\n"
            )
        }),
        numbered("dangling ids in a line", |at| {
            let ids = format!("\"{at}\",").repeat(1000);
            format!("[[interview]]\nid = \"{at}\"\ntitle = \"A\"\nrelated = [{ids}]\n")
        }),
        numbered("tables within tables", |at| {
            format!("[a{at}.b.c.d.e.f.g.h]\n")
        }),
    ]
}

/// Descriptions of maximum size that are hard to parse, but valid.
fn texts() -> Vec<Case> {
    const UNITS: [(&str, &str); 18] = [
        ("quotes", ">"),
        ("links", "["),
        ("pictures", "![]("),
        ("stress", "*_"),
        ("stress apart", "a**b_ "),
        ("code", "`a``b"),
        ("lists", "- "),
        ("numbered lists", "1. "),
        ("lists over lines", "- a\n  "),
        ("headings", "## a\n"),
        ("tags", "<a "),
        ("remarks", "<!--"),
        ("entities", "&amp;"),
        ("references", "[a]: b\n"),
        ("marks", "\u{301}"),
        ("joined people", "👩\u{200d}"),
        ("one word", "x"),
        ("controls", "\u{9b}"),
    ];
    let case = |(name, unit): (&str, &str)| {
        let text = unit.repeat(TEXT / unit.len());
        Case::file(
            format!("a text of {name}"),
            format!("[[posting]]\nid = \"a\"\ntitle = \"A\"\ndescription = '''\na {text}\n'''\n"),
            false,
        )
    };
    UNITS.map(case).into()
}
