//! Problems as annotations of GitHub Actions.
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use std::io::Write;

use super::super::{Failure, Output};
use super::record::word;
use crate::board::text;
use crate::content::Problem;

/// Writes a workflow command for each problem.
pub(super) fn write(problems: &[Problem], output: &mut Output) -> Result<(), Failure> {
    for problem in problems {
        let file = super::shown(&problem.file);
        let file = text::line(&file.to_string_lossy());
        let message = match &problem.hint {
            Some(hint) => format!("{}\n{hint}", problem.message),
            None => problem.message.clone(),
        };
        writeln!(
            output,
            "::{} file={},line={},col={},title={}::{}",
            word(problem.severity),
            property(&file),
            problem.line,
            problem.column,
            property(problem.rule.code()),
            data(&message),
        )?;
    }
    Ok(())
}

/// A text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A value between the first and the second `::`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_command() {
        assert_eq!(data("100 %: a,b\n::error::x"), "100 %25: a,b%0A::error::x");
        assert_eq!(property("a,b:c%.toml"), "a%2Cb%3Ac%25.toml");
    }
}
