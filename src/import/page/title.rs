//! Extracts the role that a text names: "is looking for a passionate Senior Applied Scientist to …".

/// Phrases directly before a role.
const DIRECT: &[&str] = &["As a ", "As an "];
/// Phrases before a role and praise for the candidate.
const SOUGHT: &[&str] = &[
    "looking for ",
    "seeking ",
    "hiring ",
    "searching for ",
    "in search of ",
    "role of ",
    "position of ",
];
/// Maximum number of words of praise in between.
const PRAISE: usize = 14;
/// Nouns that end a role.
const ROLES: &[&str] = &[
    "Scientist",
    "Researcher",
    "Engineer",
    "Manager",
    "Developer",
    "Analyst",
    "Architect",
    "Designer",
    "Director",
    "Scholar",
    "Economist",
    "Statistician",
    "Intern",
    "Consultant",
    "Specialist",
    "Lead",
    "Technician",
    "Writer",
    "Editor",
    "Administrator",
    "Programmer",
    "Leader",
    "Head",
    "Fellow",
    "Linguist",
    "Mathematician",
    "Accountant",
    "Recruiter",
    "Counsel",
    "Officer",
    "Coordinator",
];
/// Fields that precede a role in lower case.
const FIELDS: &[&str] = &[
    "machine learning",
    "applied",
    "data",
    "research",
    "software",
    "computer vision",
    "deep learning",
    "quantitative",
    "hardware",
    "product",
    "security",
    "cloud",
    "robotics",
    "natural language",
];
/// Function words within a title.
const JOINING: &[&str] = &["of", "and", "for", "&", "in", "–", "-"];

/// The title, if the text states one.
pub(super) fn title(body: &str) -> Option<String> {
    let mut cues: Vec<(usize, bool)> = Vec::new();
    for (list, direct) in [(DIRECT, true), (SOUGHT, false)] {
        for cue in list {
            let found = body.match_indices(cue);
            cues.extend(found.map(|(at, _)| (at + cue.len(), direct)));
        }
    }
    cues.sort_unstable();
    let named = cues
        .iter()
        .find_map(|(at, direct)| capitalised(&body[*at..], *direct));
    named.or_else(|| {
        let sought = cues.iter().filter(|(_, direct)| !direct);
        sought.map(|(at, _)| *at).find_map(|at| small(&body[at..]))
    })
}

/// A capitalised role, directly or after lower-case praise.
fn capitalised(rest: &str, direct: bool) -> Option<String> {
    let mut run: Vec<&str> = Vec::new();
    for (at, raw) in rest.split(' ').enumerate() {
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric() && c != '&');
        let capital = word.starts_with(char::is_uppercase);
        if capital || !run.is_empty() && JOINING.contains(&word) {
            run.push(word);
        } else if !run.is_empty() {
            return role(&run);
        } else if direct || at >= PRAISE {
            return None;
        }
        if raw.ends_with(['.', '!', '?', ':', ';', ',']) && !run.is_empty() {
            return role(&run);
        }
        if raw.ends_with(['.', '!', '?']) {
            return None;
        }
    }
    role(&run)
}

/// The words without trailing function words, if they name a role.
fn role(run: &[&str]) -> Option<String> {
    let end = run.iter().rposition(|word| !JOINING.contains(word))?;
    let run = &run[..=end];
    run.iter()
        .any(|word| ROLES.contains(word))
        .then(|| run.join(" "))
}

/// A lower-case role, recognised by its field: "machine learning scientists".
fn small(rest: &str) -> Option<String> {
    let end = rest.find(['.', '!', '?', '\n']).unwrap_or(rest.len());
    let sentence = &rest[..end];
    let found = FIELDS.iter().filter_map(|field| {
        let at = sentence.find(field)?;
        let after = sentence[at + field.len()..]
            .trim_start()
            .split(' ')
            .next()?;
        let after = after.trim_matches(|c: char| !c.is_alphanumeric());
        let role = ROLES.iter().find(|role| {
            let role = role.to_lowercase();
            after == role || after.strip_suffix('s') == Some(&role)
        })?;
        Some((at, format!("{} {role}", headline(field))))
    });
    found.min_by_key(|(at, _)| *at).map(|(_, title)| title)
}

fn headline(words: &str) -> String {
    let words = words.split(' ').map(|word| {
        let mut chars = word.chars();
        let first = chars.next().map(|first| first.to_uppercase().to_string());
        first.unwrap_or_default() + chars.as_str()
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_that_the_text_says() {
        for (body, said) in [
            (
                "As a Glacier Research Scientist within the team, you",
                Some("Glacier Research Scientist"),
            ),
            (
                "The group is looking for a Senior Manager of Applied Science to lead",
                Some("Senior Manager of Applied Science"),
            ),
            (
                "is looking for a calm, curious, and kind Senior Applied Scientist to work",
                Some("Senior Applied Scientist"),
            ),
            (
                "is looking for a highly motivated, Data Scientist to help",
                Some("Data Scientist"),
            ),
            (
                "As an Alp Video technologist, you work. We seek nobody.",
                None,
            ),
            (
                "We are looking for curious machine learning scientists who",
                Some("Machine Learning Scientist"),
            ),
            ("We look forward to meeting you. Perks", None),
        ] {
            assert_eq!(title(body).as_deref(), said, "{body}");
        }
    }
}
