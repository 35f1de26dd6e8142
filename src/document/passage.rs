//! A passage of Markdown source as the words that a reader sees.

/// The words of a passage without their markup, separated by single spaces. The passage may begin or end within markup.
pub fn prose(source: &str) -> String {
    let mut words = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        match letter {
            '*' | '`' | '[' => {}
            ']' => {
                if let Some(address) = rest.strip_prefix('(') {
                    rest = address.find(')').map_or("", |end| &address[end + 1..]);
                }
            }
            '\\' => {
                if let Some(escaped) = rest.chars().next().filter(char::is_ascii_punctuation) {
                    words.push(escaped);
                    rest = &rest[escaped.len_utf8()..];
                }
            }
            letter if letter.is_whitespace() => {
                if !words.ends_with(' ') && !words.is_empty() {
                    words.push(' ');
                }
            }
            letter => words.push(letter),
        }
    }
    words.truncate(words.trim_end().len());
    words
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn markup_is_left_out() {
        for (source, words) in [
            ("5–7** years’ [experience", "5–7 years’ experience"),
            (
                "a [link](https://example.org/) of\n  `code`",
                "a link of code",
            ),
            (r"C\# \- 3\+", "C# - 3+"),
            ("", ""),
        ] {
            assert_eq!(prose(source), words, "{source}");
        }
    }
}
