//! Names of human languages, for queries: in English, in the language itself, and by its tag.

/// Tags with names, folded to lower case.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("en", &["english", "englisch", "anglais", "inglés", "eng"]),
    (
        "de",
        &["german", "deutsch", "allemand", "alemán", "ger", "deu"],
    ),
    (
        "fr",
        &["french", "français", "francais", "französisch", "francés"],
    ),
    (
        "es",
        &[
            "spanish",
            "español",
            "espanol",
            "castellano",
            "spanisch",
            "espagnol",
        ],
    ),
    ("it", &["italian", "italiano", "italienisch", "italien"]),
    (
        "pt",
        &[
            "portuguese",
            "português",
            "portugues",
            "portugiesisch",
            "brazilian",
        ],
    ),
    ("nl", &["dutch", "nederlands", "flemish", "niederländisch"]),
    ("pl", &["polish", "polski", "polnisch"]),
    ("ja", &["japanese", "日本語", "nihongo", "japanisch"]),
    ("ko", &["korean", "한국어"]),
    (
        "zh",
        &["chinese", "mandarin", "cantonese", "中文", "汉语", "普通话"],
    ),
    ("ar", &["arabic", "العربية"]),
    ("he", &["hebrew", "עברית"]),
    ("tr", &["turkish", "türkçe", "turkce"]),
    ("sv", &["swedish", "svenska"]),
    ("no", &["norwegian", "norsk", "nb", "nn"]),
    ("da", &["danish", "dansk"]),
    ("fi", &["finnish", "suomi"]),
    ("cs", &["czech", "čeština", "cestina"]),
    ("hu", &["hungarian", "magyar"]),
    ("ro", &["romanian", "română", "romana"]),
    ("bg", &["bulgarian", "български"]),
    ("el", &["greek", "ελληνικά"]),
    ("uk", &["ukrainian", "українська"]),
    ("ru", &["russian", "русский", "russisch"]),
    ("vi", &["vietnamese", "tiếng việt"]),
    ("th", &["thai", "ไทย"]),
    ("id", &["indonesian", "bahasa indonesia"]),
    ("ms", &["malay", "bahasa melayu"]),
    ("hi", &["hindi", "हिन्दी"]),
    ("tl", &["tagalog", "filipino", "fil"]),
    ("et", &["estonian", "eesti"]),
    ("lv", &["latvian"]),
    ("lt", &["lithuanian"]),
    ("hr", &["croatian", "hrvatski"]),
    ("sr", &["serbian", "srpski"]),
    ("sk", &["slovak"]),
    ("sl", &["slovenian", "slovene"]),
    ("ca", &["catalan", "català"]),
    ("bn", &["bengali", "bangla"]),
    ("ur", &["urdu"]),
    ("ne", &["nepali"]),
    ("fa", &["persian", "farsi"]),
];

/// The tag of a language, given its name or its tag. Other tags that have the form of one are kept.
pub(super) fn tag(written: &str) -> Option<String> {
    let lower = written.trim().to_lowercase();
    let named = |(tag, names): &&(&str, &[&str])| *tag == lower || names.contains(&&*lower);
    if let Some((tag, _)) = LANGUAGES.iter().find(named) {
        return Some((*tag).to_owned());
    }
    let parts = lower.split('-').map(str::len);
    let is_tag = lower
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_short = parts
        .clone()
        .next()
        .is_some_and(|first| matches!(first, 2 | 3));
    (is_tag && is_short && parts.clone().all(|length| (1..=8).contains(&length))).then_some(lower)
}

/// Whether a name of a language begins so.
pub(super) fn begins(start: &str) -> bool {
    let start = start.to_lowercase();
    let mut names = LANGUAGES.iter().flat_map(|(_, names)| *names);
    names.any(|name| name.starts_with(&start))
}

/// The English name that is most similar.
pub(super) fn nearest(written: &str) -> &'static str {
    let lower = written.to_lowercase();
    let names = LANGUAGES.iter().map(|(_, names)| names[0]);
    let close = |name: &&str| strsim::jaro_winkler(&lower, name);
    let nearest = names.max_by(|a, b| close(a).total_cmp(&close(b)));
    nearest.unwrap_or("english")
}
