//! Completion: field names and the words of closed lists.

use super::parse::open_quote;
use super::print::quoted;
use super::{Field, Kept, State};
use crate::places;

/// The term being typed at the end of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Start of the part that a completion replaces, in bytes.
    pub start: usize,
    /// The field whose value is being typed; `None` if it may be a field name.
    pub field: Option<Field>,
    /// The part typed so far.
    pub part: String,
}

/// The term being typed at the end of a text; `None` within quotes or after signs, where nothing can be completed.
pub fn typed(text: &str) -> Option<Typed> {
    if open_quote(text) {
        return None;
    }
    let start = text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let start = start + text[start..].rfind('|').map_or(0, |at| at + 1);
    let start = start + usize::from(text[start..].starts_with('!'));
    let term = &text[start..];
    match term.split_once(':') {
        Some((name, part)) => {
            let value = start + name.len() + 1;
            let field = Field::from_name(&name.to_lowercase())?;
            let plain = part.chars().all(|c| c.is_alphanumeric() || c == '-');
            plain.then(|| Typed {
                start: value,
                field: Some(field),
                part: part.to_owned(),
            })
        }
        None if !term.is_empty() && term.chars().all(char::is_alphabetic) => Some(Typed {
            start,
            field: None,
            part: term.to_owned(),
        }),
        None => None,
    }
}

/// Completions of what is typed: values of a closed list, or field names.
pub fn words(typed: &Typed) -> Vec<String> {
    let part = typed.part.to_lowercase();
    let names: &[&str] = match typed.field {
        None => Field::NAMES,
        Some(Field::Is) => State::NAMES,
        Some(Field::Has) => Kept::NAMES,
        Some(Field::Near) => return cities(&part),
        Some(Field::From) => return areas(&part),
        Some(Field::Posted) => &["today", "yesterday", "friday", "week", "month"],
        Some(Field::Closes | Field::FollowUp) => &["today", "tomorrow", "friday", "week", "month"],
        Some(_) => &[],
    };
    // What can be kept is a closed list, so are the fields that a posting may have.
    let also: &[&str] = match typed.field {
        Some(Field::Has) => &["salary", "closes", "skill", "level", "years", "workplace"],
        _ => &[],
    };
    let found = names
        .iter()
        .chain(also)
        .filter(|name| name.starts_with(&part));
    let end = if typed.field.is_none() { ":" } else { "" };
    found.map(|name| format!("{name}{end}")).collect()
}

/// The most populous cities whose name begins so, as a term writes them.
fn cities(part: &str) -> Vec<String> {
    const LISTED: usize = 8;
    let home = "home".starts_with(part).then(|| "home".to_owned());
    let cities = places::cities_starting(part, LISTED).into_iter();
    let cities = cities.map(|city| as_value(&city.to_lowercase()));
    home.into_iter().chain(cities).collect()
}

/// The countries whose name begins so, as a term writes them.
fn areas(part: &str) -> Vec<String> {
    let me = "me".starts_with(part).then(|| "me".to_owned());
    let names = places::countries().map(|(_, name)| name.to_lowercase());
    let names = names.filter(|name| !part.is_empty() && name.starts_with(part));
    me.into_iter()
        .chain(names.map(|name| as_value(&name)))
        .collect()
}

fn as_value(name: &str) -> String {
    let is_plain = name.chars().all(|c| c.is_alphanumeric() || c == '-');
    if is_plain {
        name.to_owned()
    } else {
        quoted(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_words_are_completed_at_the_end_of_a_text() {
        for (text, start, found) in [
            ("rust le", 5, &["level:"][..]),
            ("is:sa", 3, &["saved"]),
            ("rust !is:hid", 9, &["hidden"]),
            ("posted:w", 7, &["week"]),
            ("level:se", 6, &[]),
            ("from:switz", 5, &["switzerland"]),
        ] {
            let typed = typed(text).expect(text);
            assert_eq!(
                (typed.start, words(&typed).as_slice()),
                (
                    start,
                    &found
                        .iter()
                        .map(|word| (*word).to_owned())
                        .collect::<Vec<_>>()[..]
                ),
                "{text}"
            );
        }
        for (text, first) in [
            ("near:hom", "home"),
            ("rust near:münch", "munich"),
            ("near:san-fra", "\"san francisco\""),
            ("from:m", "me"),
        ] {
            let typed = typed(text).expect(text);
            assert_eq!(words(&typed)[0], first, "{text}");
        }
        for text in [
            "",
            "rust ",
            "\"two wo",
            "team:=\"Prime",
            "salary:>12",
            "colour:x",
        ] {
            assert_eq!(typed(text), None, "{text}");
        }
    }
}
