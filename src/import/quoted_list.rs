//! Lists in a cell of our own tables: separated by semicolons, values that contain one in double quotes.

/// The values of a cell: `a; "b; c"; d`. A quote within quotes is doubled.
pub(super) fn split(cell: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut rest = cell.trim_start();
    loop {
        let (value, after) = quoted(rest).unwrap_or_else(|| {
            let end = rest.find(';').unwrap_or(rest.len());
            (rest[..end].trim().to_owned(), &rest[end..])
        });
        values.push(value);
        match after.strip_prefix(';') {
            Some(next) => rest = next.trim_start(),
            None => return values,
        }
    }
}

/// A quoted value at the start of a text, and what follows; `None` if the quotes do not end before a semicolon.
fn quoted(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('"')?;
    let mut value = String::new();
    let mut rest = inner;
    loop {
        let (part, after) = rest.split_once('"')?;
        value.push_str(part);
        let Some(next) = after.strip_prefix('"') else {
            let after = after.trim_start();
            return (after.is_empty() || after.starts_with(';')).then_some((value, after));
        };
        value.push('"');
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_protect_semicolons() {
        for (cell, values) in [
            ("", &[""][..]),
            ("a", &["a"]),
            ("a; b;c", &["a", "b", "c"]),
            ("\"a; b\"; c", &["a; b", "c"]),
            ("\"say \"\"hi; ho\"\"\"; c", &["say \"hi; ho\"", "c"]),
            ("5\" disk; c", &["5\" disk", "c"]),
            ("\"half; c", &["\"half", "c"]),
            ("\"a\" b; c", &["\"a\" b", "c"]),
        ] {
            assert_eq!(split(cell), values, "{cell}");
        }
    }
}
