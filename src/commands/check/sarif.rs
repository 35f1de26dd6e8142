//! Problems as SARIF 2.1.0, which code scanning reads.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;

use serde_json::{Value, json};
use url::Url;

use super::super::{Failure, Output};
use super::record::word;
use crate::content::{Problem, Rule};

/// Writes one log with one run.
pub(super) fn write(problems: &[Problem], output: &mut Output) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *output, &log(problems)).map_err(io::Error::from)?;
    writeln!(output)?;
    Ok(())
}

fn log(problems: &[Problem]) -> Value {
    let rules: Vec<_> = Rule::ALL.iter().copied().map(rule).collect();
    let results: Vec<_> = problems.iter().map(result).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "jobdeck",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            // Columns are counted in characters, not in UTF-16 units.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(rule: Rule) -> Value {
    json!({
        "id": rule.code(),
        "shortDescription": { "text": rule.about() },
        "fullDescription": { "text": rule.about() },
        "defaultConfiguration": { "level": word(rule.severity()) },
    })
}

fn result(problem: &Problem) -> Value {
    let text = match &problem.hint {
        Some(hint) => format!("{} ({hint})", problem.message),
        None => problem.message.clone(),
    };
    json!({
        "ruleId": problem.rule.code(),
        "ruleIndex": Rule::ALL.iter().position(|rule| *rule == problem.rule),
        "level": word(problem.severity),
        "message": { "text": text },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(&super::shown(&problem.file)) },
            "region": { "startLine": problem.line, "startColumn": problem.column },
        }}],
    })
}

/// Reference to a file: relative unless the path is absolute, with `/` between its parts.
fn uri(path: &Path) -> String {
    if let Ok(url) = Url::from_file_path(path) {
        return url.into();
    }
    let parts = path.components().map(|part| {
        let bytes = part.as_os_str().as_encoded_bytes().iter();
        bytes.fold(String::new(), |mut part, byte| {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    part.push(char::from(*byte));
                }
                byte => _ = write!(part, "%{byte:02X}"),
            }
            part
        })
    });
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_relative_and_encoded() {
        for (path, address) in [
            ("content/postings/a.toml", "content/postings/a.toml"),
            (
                "../böard/a b:c#?.toml",
                "../b%C3%B6ard/a%20b%3Ac%23%3F.toml",
            ),
            ("/srv/a b.toml", "file:///srv/a%20b.toml"),
        ] {
            assert_eq!(uri(Path::new(path)), address);
        }
    }
}
