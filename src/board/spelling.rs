//! Suggestions for misspelled names.

use super::text;

/// Maximum length of a word to compare: the time is proportional to the lengths of both.
const LONGEST: usize = 60;

/// The most similar name within three edits, or one that the text is a prefix of.
pub fn nearest<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let written = text::line(written).to_lowercase();
    let letters = written.chars().count();
    if letters > LONGEST {
        return None;
    }
    let allowed = (letters / 3).clamp(1, 3);
    let nearness = |name: &str| {
        let name = name.to_lowercase();
        let begins = letters > 3 && (name.starts_with(&written) || written.starts_with(&name));
        let distance = strsim::osa_distance(&written, &name);
        (distance <= allowed || begins).then_some(distance)
    };
    names
        .into_iter()
        .filter_map(|name| Some((nearness(name)?, name)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// "did you mean …?" for the most similar name, if any.
pub fn meant<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let name = nearest(written, names)?;
    Some(format!("did you mean `{}`?", text::line(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_typos_and_prefixes_only() {
        let names = ["title", "full-time", "internship"];
        for (written, meant) in [
            ("titel", Some("title")),
            ("TITLE", Some("title")),
            ("intern", Some("internship")),
            ("full-time position", Some("full-time")),
            ("ti", None),
            ("", None),
            ("location", None),
        ] {
            assert_eq!(nearest(written, names), meant, "{written}");
        }
        assert_eq!(nearest(&"t".repeat(100_000), names), None);
    }
}
