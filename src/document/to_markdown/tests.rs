use proptest::prelude::*;

use super::super::markdown;
use super::*;

fn read(markdown: &str) -> Vec<Block> {
    markdown::blocks(markdown, 2)
}

/// Parses, prints and parses again.
fn round(markdown: &str) -> (Vec<Block>, Vec<Block>, String) {
    let blocks = read(markdown);
    let printed = print(&blocks);
    (blocks, read(&printed), printed)
}

#[test]
fn reads_back_as_it_was() {
    for markdown in [
        "# a\n\nb *c* **d** ***e*** `f`  \ng",
        "- a\n- b\n  - c\n    1. d\n       more\n    2. e\n- f",
        "- a\n\n  b\n\n- c\n\n  > d\n  >\n  > e",
        "10. a\n    - b\n11. c",
        "> a\n>\n> - b\n>   - c\n>\n> ```\n> d\n>\n>   e\n> ```\n> > f",
        "```\na ``` b\n````\n```",
        "| a | b |\n|---|---|\n| c \\| d | e |",
        "a\n\n***\n\nb\n-\n\n-\n- c",
        "<p>one<br>two</p>\n\n<b>x</b>y*z*",
        "[a](https://b_c.de/f_g) C# ## R&D &amp;amp; a_b _c_ 1\\. 2) \\# \\- `` a`b ``",
        "\\- a\\\n\\+ b\\\n1\\. c\\\n\\# d\\\n\\> e\\\n\\--- | f\\\n\\=== \\~~~",
        "**a.**b *(c)* **d***e*",
        "- ```\n  a\n  ```\n- b",
        "- - a\n- b",
    ] {
        let (before, after, printed) = round(markdown);
        assert_eq!(before, after, "{markdown}\n---\n{printed}");
    }
}

#[test]
fn leaves_plain_text_plain() {
    for text in [
        "Ordinary words, even R&D and snake_case - with dashes.",
        "https://example.org/a_b/c?d=e&f=g",
        "# Heading\n".trim_start_matches("# "),
    ] {
        assert_eq!(print(&read(text)).trim_end(), text.trim_end());
    }
}

proptest! {
    #[test]
    fn any_line_reads_back(text in r"([-*+>#`_|\[\]()<&;:=~!1.\\ ]|amp;|[a-z]{1,4}|日|é){0,30}") {
        let blocks = vec![Block::plain(BlockKind::Paragraph, text.split_whitespace().collect::<Vec<_>>().join(" "))];
        let printed = print(&blocks);
        let back: Vec<String> = read(&printed).iter().map(Block::text).collect();
        let expected: Vec<String> = blocks.iter().map(Block::text).filter(|text| !text.is_empty()).collect();
        prop_assert_eq!(back, expected, "{}", printed);
    }

    #[test]
    fn any_markdown_keeps_its_letters(text in r"([-*>#`_|\[\]()<&;1. \n]|[a-z]{1,4}|\n\n|\n- |\n  ){0,40}") {
        let letters = |blocks: &[Block]| -> String {
            blocks.iter().map(Block::text).collect::<String>().split_whitespace().collect()
        };
        let (before, after, printed) = round(&text);
        prop_assert_eq!(letters(&before), letters(&after), "{}", printed);
    }
}
