//! What may stand where the cursor is: the names of fields, and the words of closed lists.

use super::parse::open_quote;
use super::{Field, Kept, State};

/// The term that is being typed at the end of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Where the part that a completion replaces begins, in bytes of the text.
    pub start: usize,
    /// The field whose value is typed; `None` where it may still become the name of a field.
    pub field: Option<Field>,
    /// What is typed of it.
    pub part: String,
}

/// The term that is being typed at the end of a text; `None` within quotes, signs and anything else that has nothing to
/// complete.
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

/// The words that may follow a field of a closed list, or the names of fields, that begin with what is typed.
pub fn words(typed: &Typed) -> Vec<String> {
    let part = typed.part.to_lowercase();
    let names: &[&str] = match typed.field {
        None => Field::NAMES,
        Some(Field::Is) => State::NAMES,
        Some(Field::Has) => Kept::NAMES,
        Some(Field::Posted) => &["today", "yesterday", "week", "month"],
        Some(Field::Closes | Field::FollowUp) => &["today", "tomorrow", "week", "month"],
        Some(_) => &[],
    };
    let found = names.iter().filter(|name| name.starts_with(&part));
    let end = if typed.field.is_none() { ":" } else { "" };
    found.map(|name| format!("{name}{end}")).collect()
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
