//! Derives required human languages.

use std::ops::Range;
use std::sync::LazyLock;

use super::rule::Rules;
use super::section::Section;
use super::sentence::Sentence;
use super::{Found, Part};

/// Names of languages with their BCP 47 tags.
const NAMES: &[(&str, &str)] = &[
    ("en", r"\b(english|englisch(kenntnisse)?|anglais)\b"),
    ("de", r"\b(german|deutsch(kenntnisse)?|allemand)\b"),
    ("fr", r"\b(french|français|französisch)\b"),
    ("es", r"\b(spanish|spanisch|espagnol)\b"),
    ("it", r"\bitalian\b"),
    ("pt", r"\b(brazilian portuguese|portuguese)\b"),
    ("nl", r"\b(dutch|flemish)\b"),
    ("pl", r"\bpolish\b"),
    ("ja", r"\bjapanese\b"),
    ("ko", r"\bkorean\b"),
    ("zh", r"\b(mandarin|cantonese|chinese)\b"),
    ("ar", r"\barabic\b"),
    ("he", r"\bhebrew\b"),
    ("tr", r"\bturkish\b"),
    ("sv", r"\bswedish\b"),
    ("no", r"\bnorwegian\b"),
    ("da", r"\bdanish\b"),
    ("fi", r"\bfinnish\b"),
    ("cs", r"\bczech\b"),
    ("hu", r"\bhungarian\b"),
    ("ro", r"\bromanian\b"),
    ("bg", r"\bbulgarian\b"),
    ("el", r"\bgreek\b"),
    ("uk", r"\bukrainian\b"),
    ("ru", r"\brussian\b"),
    ("vi", r"\bvietnamese\b"),
    ("th", r"\bthai\b"),
    ("id", r"\b(indonesian|bahasa indonesia)\b"),
    ("ms", r"\b(malay|bahasa melayu)\b"),
    ("hi", r"\bhindi\b"),
    ("tl", r"\btagalog\b"),
    ("et", r"\bestonian\b"),
    ("lv", r"\blatvian\b"),
    ("lt", r"\blithuanian\b"),
    ("hr", r"\bcroatian\b"),
    ("sr", r"\bserbian\b"),
    ("sk", r"\bslovak\b"),
    ("sl", r"\bslovenian\b"),
    ("ca", r"\bcatalan\b"),
    ("bn", r"\b(bengali|bangla)\b"),
    ("ur", r"\burdu\b"),
    ("ne", r"\bnepali\b"),
    ("fa", r"\b(persian|farsi)\b"),
];

/// The English names of the languages.
const ENGLISH: &[(&str, &str)] = &[
    ("en", "English"),
    ("de", "German"),
    ("fr", "French"),
    ("es", "Spanish"),
    ("it", "Italian"),
    ("pt", "Portuguese"),
    ("nl", "Dutch"),
    ("pl", "Polish"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("zh", "Chinese"),
    ("ar", "Arabic"),
    ("he", "Hebrew"),
    ("tr", "Turkish"),
    ("sv", "Swedish"),
    ("no", "Norwegian"),
    ("da", "Danish"),
    ("fi", "Finnish"),
    ("cs", "Czech"),
    ("hu", "Hungarian"),
    ("ro", "Romanian"),
    ("bg", "Bulgarian"),
    ("el", "Greek"),
    ("uk", "Ukrainian"),
    ("ru", "Russian"),
    ("vi", "Vietnamese"),
    ("th", "Thai"),
    ("id", "Indonesian"),
    ("ms", "Malay"),
    ("hi", "Hindi"),
    ("tl", "Tagalog"),
    ("et", "Estonian"),
    ("lv", "Latvian"),
    ("lt", "Lithuanian"),
    ("hr", "Croatian"),
    ("sr", "Serbian"),
    ("sk", "Slovak"),
    ("sl", "Slovenian"),
    ("ca", "Catalan"),
    ("bn", "Bengali"),
    ("ur", "Urdu"),
    ("ne", "Nepali"),
    ("fa", "Persian"),
];

/// The tag of a language as it is in facts.
pub(super) fn known(tag: &str) -> Option<&'static str> {
    let known = NAMES.iter().find(|(known, _)| *known == tag);
    known.map(|(tag, _)| *tag)
}

/// The English name of a language; a tag with a region has that of its language.
pub fn name(tag: &str) -> Option<&'static str> {
    let language = tag.split('-').next().unwrap_or(tag);
    let known = ENGLISH.iter().find(|(tag, _)| *tag == language);
    known.map(|(_, name)| *name)
}

static LANGUAGE: LazyLock<Rules<&'static str>> = LazyLock::new(|| Rules::new(NAMES));

/// Words that indicate a language used at work.
static SPOKEN: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"(fluen|native|bilingual|trilingual|proficien|command of|mother tongue|muttersprach|courant|\b(a1|a2|b1|b2|c1|c2)\b|(written|spoken|verbal|oral|writing|reading|speaking|communication|communicate|communicating|communicator|language|interpersonal|presentation|writing) (and |& |/ |or )?[^.;]*|\b(speak|speaks|speaking|speaker|write|conversational|business|professional|advanced|upper-intermediate|excellent|strong|perfect|good|great|very good|near-native|full|sehr gute|gute|fließend|verhandlungssicher|kenntnisse|knowledge of|language) ?(level )?(in |of |working )?)",
    )])
});

/// Words that indicate a market, an office, an application or a translation.
static OTHERWISE: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"((english|german|french|spanish|japanese|dutch|chinese|italian|korean|swedish) ?(-?language (version|resume|cv)|market|clinician|customers?|team|office|companies|literature|speaking (market|countries|customers|region)|culture|law|work rights|tax|government|regulat|labor|labour)|plain english|(resumes?|cvs?|applications?|cover letters?) in english|in english\.? ?please|apply (with|in)|submit|posters?|market(s)? in|lets anyone|another (second )?language|additional languages?|other languages|\+ any|any (other )?language|learn(ing)? )",
    )])
});

/// Reads a sentence.
pub(super) fn read(sentence: &Sentence<'_>, out: &mut Vec<Found<&'static str>>) {
    if matches!(sentence.section, Section::Preferred | Section::Benefits) {
        return;
    }
    let plain = sentence.plain.text();
    if !SPOKEN.matches(plain) || OTHERWISE.matches(plain) {
        return;
    }
    if sentence.section == Section::Company
        && !plain.contains("fluen")
        && !plain.contains("company language")
    {
        return;
    }
    let named: Vec<(&'static str, Range<usize>)> = LANGUAGE.find_all(plain).collect();
    let alternatives = alternatives(plain, &named);
    for (at_list, (tag, at)) in named.into_iter().enumerate() {
        if alternatives.iter().any(|range| range.contains(&at_list))
            || QUALIFIES.matches(&plain[at.end..])
        {
            continue;
        }
        // "with polish and professionalism"
        let is_word =
            tag == "pl" && sentence.source[sentence.source_range(at.clone())].starts_with('p');
        if !is_word && !sentence.is_preferred(&at) && !out.iter().any(|found| found.value == tag) {
            out.push(Found::new(
                tag,
                Part::Description,
                sentence.source_range(at),
            ));
        }
    }
}

/// What follows a name that is that of a country's people, market or law rather than a language.
static QUALIFIES: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"^ (audiences?|gaap|hgb|accounting|healthcare|health|market|markets|customers?|clients?|users?|culture|companies|landscape|ecosystem|law|tax|payroll|regulat\w+|legislation|labou?r|real estate|public|government|authorit\w+|banks?|banking|media|press|industry|economy|e-commerce|retail\w*|startup|team|office|subsidiary|entity|employment|social security|bookkeeping|financial|legal|gmbh|cuisine|food|nationals?|citizens?|passport|residents?|residency|stud(y|ies)|teachers?)\b",
    )])
});

/// Languages of which one suffices, "French, Dutch or Polish", as ranges of the languages named. None of them alone is
/// required.
fn alternatives(plain: &str, named: &[(&'static str, Range<usize>)]) -> Vec<Range<usize>> {
    let mut lists: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for at in 1..=named.len() {
        let between = |at: usize| without_brackets(&plain[named[at - 1].1.end..named[at].1.start]);
        let goes_on = at < named.len() && LISTS.contains(&&*between(at));
        if goes_on {
            continue;
        }
        let offers_choice = (start + 1..at).any(|next| CHOICE.contains(&&*between(next)));
        let differ = named[start..at]
            .iter()
            .any(|(tag, _)| *tag != named[start].0);
        if offers_choice && differ {
            lists.push(start..at);
        }
        start = at;
    }
    lists
}

/// A text without what is in brackets: "(C1) or".
fn without_brackets(text: &str) -> String {
    let mut open = 0_usize;
    let mut kept = String::new();
    for letter in text.chars() {
        match letter {
            '(' => open += 1,
            ')' => open = open.saturating_sub(1),
            letter if open == 0 => kept.push(letter),
            _ => {}
        }
    }
    kept.trim().to_owned()
}

/// What stands between the languages of a list.
const LISTS: &[&str] = &[
    ",", ", or", "or", "/", "oder", "ou", "o", "and/or", ", and/or",
];
/// What makes such a list a choice.
const CHOICE: &[&str] = &["or", ", or", "oder", "ou", "o", "and/or", ", and/or"];

static TITLE: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"(-| )?(speaking|speaker|native|bilingual|voice|translat|linguist|tutor)",
    )])
});

/// Reads the title: "German-speaking", "Translators from Spanish".
pub(super) fn in_title(plain: &str) -> Vec<(&'static str, Range<usize>)> {
    if !TITLE.matches(plain) {
        return Vec::new();
    }
    LANGUAGE.find_all(plain).collect()
}
