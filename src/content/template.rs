//! Templates for a new posting or interview: every key with its purpose, unknown ones as comments.

use std::fmt::Write as _;

use super::write;
use crate::board::field::{Check, FIELDS, Kind};
use crate::board::{Date, Interview, Posting};

/// Template of a `[[posting]]`, with the known values filled in.
pub fn posting(known: &Posting, today: Date) -> String {
    let mut page = Template::new(
        "posting",
        "A line that begins with `#` says nothing: take the `#` away where something is known, and leave unknown what is not.",
    );
    for field in FIELDS {
        let value = field.value(known);
        let value = value.map(|value| write::value(&value, field.name));
        let (mut example, mut remark) = (String::new(), field.about.to_owned());
        match &field.kind {
            Kind::Required(_) | Kind::Line(_, Check::Text) => example = write::string(""),
            Kind::Line(_, Check::Url) => example = write::string("https://"),
            Kind::Line(_, Check::Language) => example = write::string("en"),
            Kind::Line(_, Check::Area) => example = write::string("EU"),
            Kind::Lines(_, Check::Language) => example = list_of("en"),
            Kind::Lines(_, Check::Area) => example = list_of("EU"),
            Kind::Lines(..) => example = list_of(""),
            Kind::Locations(_) => example = list_of("US, WA, Seattle"),
            Kind::Word(field) => {
                example = write::string(field.words[0]);
                remark = field.words.join(", ");
            }
            Kind::Words(field) => {
                example = list_of(field.words[0]);
                remark = field.words.join(", ");
            }
            Kind::Day(_) => example = today.to_string(),
            Kind::Flag(_) => example.push_str("true"),
            Kind::Years(_) => example.push_str("{ min = 0, max = 0 }"),
            // A value of one or more lines of its own has its remark above it.
            Kind::Block(_) => {
                page.remark(&remark);
                page.key(field.name, value.or_else(|| Some(write::block(""))), "", "");
                continue;
            }
            Kind::Salaries(_) => {
                page.remark(&std::mem::take(&mut remark));
                example.push_str("[{ min = 0, max = 0, currency = \"EUR\", per = \"year\" }]");
            }
            Kind::Source(_) => {
                page.remark(&std::mem::take(&mut remark));
                example.push_str("{ format = \"\", url = \"https://\", retrieved = 2026-01-31 }");
            }
        }
        page.key(field.name, value, &example, &remark);
    }
    page.0
}

/// Template of an `[[interview]]`.
pub fn interview(known: &Interview) -> String {
    let mut page = Template::new(
        "interview",
        "A line that begins with `#` says nothing: take the `#` away where it is wanted.",
    );
    page.head(&known.id, &known.title);
    page.key("subtitle", text(known.subtitle.as_ref()), "\"\"", "");
    let person = known.person.as_ref().map(|person| {
        let role = person.role.as_deref().map(write::string);
        let role = role.map(|role| format!("role = {role}"));
        let name = format!("name = {}", write::string(&person.name));
        write::inline(&std::iter::once(name).chain(role).collect::<Vec<_>>())
    });
    page.key(
        "person",
        person,
        "{ name = \"\", role = \"\" }",
        "who answers",
    );
    page.key("photo", None, "\"photos/name.jpg\"", "a file of the board");
    page.key("credit", None, "\"\"", "of the photo");
    page.key("caption", None, "\"\"", "of the photo");
    page.key("editors_note", None, "\"\"", "");
    page.remark("Markdown, before the first question.");
    page.key("introduction", None, &write::block("…"), "");
    page.key("topics", None, "[\"\"]", "fields of work");
    page.retelling();
    page.key(
        "related",
        None,
        "[\"id-of-a-posting\"]",
        "left out, the board's nearest; [] is none",
    );
    page.key(
        "url",
        text(known.url.as_ref()),
        "\"https://\"",
        "where the original is published",
    );
    page.0.push_str("\n# As many of these as there are questions; the answers are Markdown.\n[[interview.exchange]]\n");
    page.key("question", Some("\"\"".into()), "", "");
    page.key("answer", Some(write::block("")), "", "");
    page.0
}

fn text(known: Option<&String>) -> Option<String> {
    known.map(|text| write::string(text))
}

fn list_of(text: &str) -> String {
    write::listed(&[write::string(text)], "")
}

/// A template under construction.
struct Template(String);

impl Template {
    fn new(table: &str, remark: &str) -> Self {
        let check =
            "`jobdeck check` tells what is missing, `jobdeck preview` shows it as you save.";
        Self(format!("# {remark}\n# {check}\n[[{table}]]\n"))
    }

    fn head(&mut self, id: &str, title: &str) {
        let kept = "unique on the board; keep it, people's marks refer to it";
        self.key("id", Some(write::string(id)), "", kept);
        self.key("title", Some(write::string(title)), "", "");
    }

    /// Keys of a text first published elsewhere.
    fn retelling(&mut self) {
        let publisher = "who published the original, where this is not it";
        self.key("publisher", None, "\"\"", publisher);
        let retold = "the words are ours, the facts theirs";
        self.key("retold", None, "true", retold);
    }

    fn remark(&mut self, remark: &str) {
        let _ = writeln!(self.0, "# {remark}");
    }

    /// A key with its value, or commented out with an example.
    fn key(&mut self, key: &str, known: Option<String>, example: &str, remark: &str) {
        let line = match known {
            Some(value) => format!("{key} = {value}"),
            None => format!("# {key} = {}", example.replace('\n', "\n# ")),
        };
        let remark = if remark.is_empty() {
            String::new()
        } else {
            format!(" # {remark}")
        };
        let _ = writeln!(self.0, "{line}{remark}");
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::board::field::NAMES;
    use crate::board::{Level, Location};
    use crate::content::format;

    /// Every key, commented out or not.
    fn keys(page: &str) -> Vec<&str> {
        let lines = page.lines().filter_map(|line| {
            let (key, _) = line.trim_start_matches("# ").split_once(" = ")?;
            key.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
                .then_some(key)
        });
        lines.collect()
    }

    #[test]
    fn templates_hold_every_key_in_order_and_are_laid_out() {
        let today = Date::constant(2026, 9, 1);
        let known = Posting {
            id: "a".into(),
            title: "A \"b\"".into(),
            ..Posting::default()
        };
        let filled = Posting {
            company: Some("Ice".into()),
            locations: vec![Location::parse("Berlin, Germany")],
            posted: Some(today),
            level: Some(Level::Staff),
            tags: vec!["a".into()],
            ..known.clone()
        };
        for page in [posting(&known, today), posting(&filled, today)] {
            assert_eq!(keys(&page), NAMES);
            let laid_out = format::text(Path::new("a.toml"), &page).expect("threads");
            assert_eq!(laid_out, Ok(page));
        }
        let interview = Interview {
            id: "a".into(),
            title: "A".into(),
            ..Interview::default()
        };
        let page = super::interview(&interview);
        let mut wanted = super::super::interview::KEYS.to_vec();
        wanted.pop();
        wanted.extend(super::super::interview::EXCHANGE);
        assert_eq!(keys(&page), wanted);
        let problems = format::text(Path::new("a.toml"), &page)
            .expect("threads")
            .expect_err("to be filled in");
        let said: Vec<_> = problems.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(
            said,
            [
                "`question` is empty",
                "`answer` is empty, so its question is left out"
            ]
        );
    }

    #[test]
    fn an_example_holds_once_its_mark_is_taken_away() {
        let known = Posting {
            id: "a".into(),
            title: "A".into(),
            ..Posting::default()
        };
        let page = posting(&known, Date::constant(2026, 9, 1));
        let lines = page.lines().map(|line| match line.strip_prefix("# ") {
            Some(line) if line.contains(" = ") => line,
            _ => line,
        });
        let text: String = lines.flat_map(|line| [line, "\n"]).collect();
        // Fills in empty texts; the long one may stay empty.
        let text = text.replace("\"\"\"", "'TTT'").replace("\"\"", "\"x\"");
        let text = text
            .replace("'TTT'", "\"\"\"")
            .replace("https://\"", "https://example.org\"");
        let laid_out = format::text(Path::new("a.toml"), &text).expect("threads");
        assert!(laid_out.is_ok(), "{text}\n{laid_out:?}");
    }
}
