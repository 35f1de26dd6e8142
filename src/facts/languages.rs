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
        r"((english|german|french|spanish|japanese|dutch|chinese|italian|korean|swedish) ?(-?language (version|resume|cv)|market|clinician|customers?|team|office|companies|literature|speaking (market|countries|customers|region)|healthcare|culture|law|work rights|tax|government|regulat|labor|labour)|plain english|(resumes?|cvs?|applications?|cover letters?) in english|in english\.? ?please|apply (with|in)|submit|posters?|market(s)? in|lets anyone|another (second )?language|additional languages?|other languages|\+ any|any (other )?language|learn(ing)? )",
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
    for (tag, at) in LANGUAGE.find_all(plain) {
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
