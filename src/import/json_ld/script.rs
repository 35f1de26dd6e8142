//! The JSON in a script of a page, as browsers and search engines read it: wrapped in comments or CDATA, with raw line ends
//! in its strings, comments, or a comma too many.

use serde_json::Value;

use super::super::html;

/// The value in a script.
pub(super) fn parsed(script: &str) -> Result<Value, serde_json::Error> {
    let bare = unwrapped(script);
    let error = match serde_json::from_str(bare) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    if let Ok(value) = serde_json::from_str(&repaired(bare)) {
        return Ok(value);
    }
    if bare.contains("&quot;") {
        let decoded = html::unescaped(bare);
        if let Ok(value) = serde_json::from_str(&repaired(&decoded)) {
            return Ok(value);
        }
    }
    Err(error)
}

/// The script without the comments and the CDATA section around it, and without a semicolon at its end.
fn unwrapped(script: &str) -> &str {
    let mut bare = script.trim();
    loop {
        let before = bare.len();
        for start in [
            "<!--",
            "//<![CDATA[",
            "// <![CDATA[",
            "/*<![CDATA[*/",
            "/* <![CDATA[ */",
            "<![CDATA[",
            "\u{feff}",
        ] {
            bare = bare.strip_prefix(start).unwrap_or(bare).trim_start();
        }
        for end in [
            "//-->",
            "// -->",
            "-->",
            "//]]>",
            "// ]]>",
            "/*]]>*/",
            "/* ]]> */",
            "]]>",
            ";",
        ] {
            bare = bare.strip_suffix(end).unwrap_or(bare).trim_end();
        }
        if bare.len() == before {
            return bare;
        }
    }
}

/// JSON with its slips mended: raw control characters in strings are escaped; comments and commas before a closing bracket
/// are dropped; `NaN`, `undefined` and the like are null.
fn repaired(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match c {
            '"' => {
                let length = string(rest);
                for c in rest[..length].chars() {
                    match c {
                        '\n' => out.push_str("\\n"),
                        '\r' => out.push_str("\\r"),
                        '\t' => out.push_str("\\t"),
                        c if c.is_control() => {}
                        c => out.push(c),
                    }
                }
                rest = &rest[length..];
                continue;
            }
            '/' if rest.starts_with("//") => {
                rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
                continue;
            }
            '/' if rest.starts_with("/*") => {
                rest = &rest[rest.find("*/").map_or(rest.len(), |end| end + 2)..];
                continue;
            }
            '}' | ']' => {
                let kept = out.trim_end().trim_end_matches(',').len();
                out.truncate(kept);
                out.push(c);
            }
            _ => {
                let word = ["NaN", "-Infinity", "Infinity", "undefined"];
                if let Some(word) = word.into_iter().find(|word| rest.starts_with(word)) {
                    out.push_str("null");
                    rest = &rest[word.len()..];
                    continue;
                }
                out.push(c);
            }
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// Bytes of the string that a text starts with.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn slips_that_browsers_forgive_are_mended() {
        let value = json!({"a": "b\n  c", "d": [1]});
        for script in [
            "{\"a\": \"b\n  c\", \"d\": [1]}",
            " //<![CDATA[\n{\"a\": \"b\\n  c\", \"d\": [1]}\n//]]>",
            "<!--\n{\"a\": \"b\\n  c\", \"d\": [1,],};\n-->",
            "/* x */ {\"a\": \"b\\n  c\", // y\n \"d\": [1]};",
            "{&quot;a&quot;: &quot;b\\n  c&quot;, &quot;d&quot;: [1]}",
        ] {
            assert_eq!(parsed(script).ok(), Some(value.clone()), "{script}");
        }
        assert_eq!(parsed("{\"a\": NaN}").ok(), Some(json!({"a": null})));
        assert_eq!(
            parsed("{\"a\": \"// no [NaN,] comment\"}").ok(),
            Some(json!({"a": "// no [NaN,] comment"}))
        );
        assert!(parsed("{\"a\": ").is_err() && parsed("").is_err());
    }
}
