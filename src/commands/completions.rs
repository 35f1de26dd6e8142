//! `jobdeck completions`: prints shell completions.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Failure, Outcome, Output};
use crate::cli::Cli;

/// Asks `jobdeck complete`, and adds what it prints to what the generated script knows.
const BASH: &str = r#"
_jobdeck_words() {
    _jobdeck "$@"
    local line="${COMP_LINE:0:COMP_POINT}" word start found
    local -a words
    read -ra words <<< "$line"
    case "$line" in *[[:space:]]) words+=("") ;; esac
    word="${words[${#words[@]}-1]}"
    case "$word" in -*) return ;; esac
    # Readline has split the word at these characters and replaces only what follows the last of them.
    start="${word%"${word##*[:=|]}"}"
    local -a replies=()
    while IFS=$'\t' read -r found _; do
        replies+=("$(printf '%q' "${found#"$start"}")")
    done < <(jobdeck complete -- "${words[@]:1}" 2> /dev/null)
    [ "${#replies[@]}" -eq 0 ] && return
    COMPREPLY=("${replies[@]}")
    compopt -o nospace 2> /dev/null
}
complete -F _jobdeck_words -o nosort -o bashdefault -o default jobdeck 2> /dev/null ||
    complete -F _jobdeck_words -o bashdefault -o default jobdeck
"#;

const ZSH: &str = r#"
_jobdeck_words() {
    local -a line found values about
    line=(${(Q)${(z)LBUFFER}})
    [[ "$LBUFFER" == *[[:space:]] ]] && line+=('')
    found=("${(@f)$(jobdeck complete -- "${(@)line[2,-1]}" 2> /dev/null)}")
    values=("${(@)found%%$'\t'*}")
    about=("${(@)found/$'\t'/  }")
    if [[ -n "$values[1]" ]]; then
        compadd -S '' -V words -d about -- "${(@)values}"
    else
        _default
    fi
}
"#;
/// What the generated script does for an argument without a rule of its own.
const ZSH_DEFAULT: &str = ":_default";

const FISH: &str = r#"
function __fish_jobdeck_words
    set -l words (commandline -opc) (commandline -ct)
    jobdeck complete -- $words[2..] 2>/dev/null
end
complete -c jobdeck -k -n "not string match -q -- '-*' (commandline -ct)" -a '(__fish_jobdeck_words)'
"#;

/// Prints the completions.
pub(super) fn run(shell: Shell, output: &mut Output) -> Result<Outcome, Failure> {
    // Buffered, because the generator panics on write errors.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "jobdeck", &mut script);
    let script = String::from_utf8_lossy(&script);
    output.write_all(with_words(shell, &script).as_bytes())?;
    Ok(Outcome::Found)
}

/// A generated script that also completes what only a board knows.
fn with_words(shell: Shell, script: &str) -> String {
    match shell {
        Shell::Bash => format!("{script}{BASH}"),
        Shell::Fish => format!("{script}{FISH}"),
        Shell::Zsh => {
            let script = script.replace(ZSH_DEFAULT, ":_jobdeck_words");
            // The first line must stay the first.
            let (first, rest) = script.split_once('\n').unwrap_or((&script, ""));
            format!("{first}\n{ZSH}{rest}")
        }
        _ => script.to_owned(),
    }
}
