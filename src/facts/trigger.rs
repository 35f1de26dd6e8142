//! Finds trigger words, which are used to state facts, in one pass over a text.

use std::sync::LazyLock;

use super::skill_table;

/// A set of topics.
pub(super) type Topics = u16;

pub(super) const YEARS: Topics = 1;
pub(super) const WORKPLACE: Topics = 1 << 1;
pub(super) const REMOTE_FROM: Topics = 1 << 2;
pub(super) const SPONSORSHIP: Topics = 1 << 3;
pub(super) const CLEARANCE: Topics = 1 << 4;
pub(super) const EMPLOYMENT: Topics = 1 << 5;
pub(super) const PAY: Topics = 1 << 6;
pub(super) const EDUCATION: Topics = 1 << 7;
pub(super) const LANGUAGES: Topics = 1 << 8;
pub(super) const LEVEL: Topics = 1 << 9;
/// People to manage.
pub(super) const PEOPLE: Topics = 1 << 10;
/// An explicit requirement.
pub(super) const NEED: Topics = 1 << 11;
/// A preference.
pub(super) const PREFERENCE: Topics = 1 << 12;
/// A place to work; only relevant together with days.
pub(super) const OFFICE: Topics = 1 << 13;
/// Days of the week, or their number.
pub(super) const DAYS: Topics = 1 << 14;

/// Word stems with their topics. At the same position the longest stem wins.
const STEMS: &[(Topics, &[&str])] = &[
    (
        YEARS,
        &[
            "year",
            "yrs",
            "yoe",
            "jahre",
            "années",
            "ans d'",
            "ans d’",
            "ans minimum",
            "ans en",
        ],
    ),
    (
        WORKPLACE,
        &[
            "hybrid",
            "on-site",
            "onsite",
            "on site",
            "in-office",
            "in office",
            "in-person",
            "in person",
            "wfh",
            "#li-",
            "vor ort",
            "télétravail",
            "présentiel",
            "telecommut",
            "homeoffice",
            "sits in",
            "sit in our",
        ],
    ),
    (
        OFFICE,
        &[
            "office",
            "from home",
            "home office",
            "home-office",
            "our hq",
            "in the lab",
            "our lab",
        ],
    ),
    (
        DAYS,
        &[
            "days",
            "day per week",
            "day a week",
            "times a week",
            "times per week",
            "weekly",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "x a week",
            "x per week",
        ],
    ),
    (
        WORKPLACE | REMOTE_FROM,
        &[
            "remote",
            "anywhere",
            "location independent",
            "location-independent",
            "no restrictions on where",
            "from wherever",
            "wherever you",
        ],
    ),
    (
        REMOTE_FROM,
        &[
            "based in",
            "based out of",
            "located in",
            "located within",
            "reside in",
            "residing in",
            "live in",
            "living in",
            "globally",
            "worldwide",
            "around the world",
            "across the globe",
            "open to candidates",
        ],
    ),
    (
        SPONSORSHIP,
        &[
            "sponsor",
            "visa",
            "work permit",
            "arbeitserlaubnis",
            "h-1b",
            "h1b",
        ],
    ),
    (
        CLEARANCE,
        &[
            "clearance",
            "u.s. citizen",
            "us citizen",
            "citizenship",
            "ts/sci",
            "united states citizen",
        ],
    ),
    (
        EMPLOYMENT,
        &[
            "full-time",
            "full time",
            "fulltime",
            "part-time",
            "part time",
            "contract",
            "freelanc",
            "temporary",
            "internship",
            "intern ",
            "fixed-term",
            "fixed term",
            "vollzeit",
            "teilzeit",
            "befristet",
            "cdi",
            "cdd",
            "temps plein",
            "temps partiel",
            "praktikum",
            "festanstellung",
            "stage de",
            "stage conventionné",
        ],
    ),
    (
        PAY,
        &[
            "$", "£", "€", "₹", "usd", "eur ", "euro", "gbp", "cad", "chf", "aud", "sgd", "pln",
            "inr", "zł", "brl",
        ],
    ),
    (
        EDUCATION,
        &[
            "bachelor",
            "master's",
            "master’s",
            "masters",
            "master degree",
            "master of",
            "degree",
            "ph.d",
            "phd",
            "doctora",
            "b.s.",
            "bs ",
            "bs/",
            "b.a.",
            "ba/",
            "b.sc",
            "bsc",
            "m.s.",
            "ms ",
            "msc",
            "m.sc",
            "mba",
            "university degree",
        ],
    ),
    (
        LEVEL,
        &[
            "entry-level",
            "entry level",
            "senior",
            "junior",
            "seeking a",
            "looking for a",
            "hiring a",
            "berufseinsteiger",
            "mid-level",
            "berufserfahren",
        ],
    ),
    (
        PEOPLE,
        &[
            "direct report",
            "direct supervision",
            "team of",
            "supervis",
            "people manage",
            "manage and",
            "lead and",
            "hire",
            "coach",
            "manage a",
            "lead a",
            "managing a",
            "leading a",
            "build a team",
            "your team",
        ],
    ),
    (
        NEED,
        &[
            "experience",
            "experienced",
            "proficien",
            "knowledge",
            "expertise",
            "familiar",
            "must",
            "require",
            "fluen",
            "strong ",
            "skilled",
            "you have",
            "you've",
            "you’ve",
            "hands-on",
            "comfortable with",
            "command of",
            "understanding of",
            "you know",
            "kenntnisse",
            "erfahrung",
            "expérience",
            "maîtrise",
        ],
    ),
    (
        PREFERENCE,
        &[
            "nice to have",
            "nice-to-have",
            "bonus",
            "preferred",
            "preferabl",
            "preference",
            "ideal",
            "plus",
            "a big plus",
            "desirable",
            "desired",
            "asset",
            "advantage",
            "welcome",
            "optional",
            "not required",
            "not necessary",
            "extra credit",
            "brownie",
            "von vorteil",
            "wünschenswert",
            "vorzugsweise",
            "gern",
            "interest in",
            "curio",
            "willing",
            "eager",
            "desire",
            "excited",
            "we also",
            "idéalement",
            "un atout",
            "beneficial",
            "helpful",
        ],
    ),
    (
        LANGUAGES,
        &[
            "english",
            "german",
            "french",
            "spanish",
            "italian",
            "portuguese",
            "dutch",
            "polish",
            "japanese",
            "korean",
            "mandarin",
            "chinese",
            "cantonese",
            "arabic",
            "hebrew",
            "turkish",
            "swedish",
            "norwegian",
            "danish",
            "finnish",
            "czech",
            "hungarian",
            "romanian",
            "bulgarian",
            "greek",
            "ukrainian",
            "russian",
            "vietnamese",
            "thai",
            "indonesian",
            "bahasa",
            "malay",
            "hindi",
            "tagalog",
            "estonian",
            "latvian",
            "lithuanian",
            "croatian",
            "serbian",
            "slovak",
            "slovenian",
            "catalan",
            "deutsch",
            "englisch",
            "anglais",
            "français",
            "allemand",
            "bengali",
            "urdu",
            "nepali",
            "persian",
            "farsi",
        ],
    ),
];

/// A trigger word found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) what: TriggerKind,
}

/// Kind of a trigger word.
#[derive(Debug, Clone, Copy)]
pub(super) enum TriggerKind {
    /// A word with topics.
    Topics(Topics),
    /// A spelling in the table of skills.
    Spelling(u16),
}

/// A trigger word.
#[derive(Debug)]
struct Word {
    text: &'static str,
    /// Its first eight bytes in lower case, with a mask of those in use.
    start: u64,
    mask: u64,
    what: TriggerKind,
}

/// Trigger words by their first bytes. All start at word boundaries, so other positions are skipped.
struct Table {
    /// Grouped by the hash of the first bytes, longest first within a group.
    words: Vec<Word>,
    /// Start of each group.
    groups: Vec<u16>,
    /// One bit for each hash in use.
    filter: Vec<u64>,
}

const GROUPS: usize = 1 << 11;
const FILTER: usize = 1 << 16;

/// Number of bytes that are hashed; shorter words use all of theirs.
const KEY: usize = 4;

/// The first eight bytes of a text with letters in lower case. Other bytes may change, too; matches are compared in
/// full.
fn start(text: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    match text.first_chunk() {
        Some(eight) => bytes = *eight,
        None => bytes[..text.len()].copy_from_slice(text),
    }
    u64::from_le_bytes(bytes) | 0x2020_2020_2020_2020
}

/// Mask of a number of bytes.
fn mask(bytes: usize) -> u64 {
    if bytes >= 8 {
        u64::MAX
    } else {
        (1 << (8 * bytes)) - 1
    }
}

/// Number of leading letters and digits, up to [`KEY`].
fn letters(text: &[u8]) -> usize {
    let first = &text[..text.len().min(KEY)];
    first
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count()
}

/// Number of hashed bytes of a word: [`KEY`], or its leading letters if fewer.
fn key_length(text: &[u8]) -> usize {
    if text.len() >= KEY {
        KEY
    } else {
        letters(text)
    }
}

/// Hash of the first bytes, less than [`FILTER`].
fn hash(start: u64, bytes: usize) -> usize {
    let key = (start & mask(bytes)).wrapping_add(bytes as u64);
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let stems = STEMS.iter().flat_map(|(topics, stems)| {
        stems
            .iter()
            .map(|text| (*text, TriggerKind::Topics(*topics)))
    });
    let spellings = skill_table::spellings()
        .iter()
        .enumerate()
        .map(|(at, spelling)| (spelling.written, TriggerKind::Spelling(at as u16)));
    let mut filter = vec![0; FILTER / 64];
    let mut words: Vec<(usize, Word)> = stems
        .chain(spellings)
        .map(|(text, what)| {
            let start = start(text.as_bytes());
            let mask = mask(text.len());
            let hash = hash(start, key_length(text.as_bytes()));
            filter[hash / 64] |= 1 << (hash % 64);
            (
                hash % GROUPS,
                Word {
                    text,
                    start: start & mask,
                    mask,
                    what,
                },
            )
        })
        .collect();
    words.sort_by_key(|(group, word)| (*group, std::cmp::Reverse(word.text.len())));
    let mut groups = Vec::with_capacity(GROUPS + 1);
    let mut next = 0;
    for group in 0..=GROUPS {
        while words.get(next).is_some_and(|(of, _)| *of < group) {
            next += 1;
        }
        groups.push(next as u16);
    }
    Table {
        words: words.into_iter().map(|(_, word)| word).collect(),
        groups,
        filter,
    }
});

/// What may start with a byte.
const BEGINS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => WORD,
            // "$", "#li-", ".NET", and the first bytes of "£", "€", "é".
            b'$' | b'#' | b'.' | 0xc2 | 0xc3 | 0xc5 | 0xe2 => SIGN,
            _ => 0,
        };
        byte += 1;
    }
    table
};
const WORD: u8 = 1;
const SIGN: u8 = 2;

/// Trigger words in a text, from left to right. The longest at a position wins, and they do not overlap.
pub(super) fn hits(text: &str, out: &mut Vec<Hit>) {
    let table = &*TABLE;
    let bytes = text.as_bytes();
    let mut free = 0;
    for at in starts(bytes) {
        let at = at as usize;
        if at >= free
            && let Some((length, what)) = table.longest(&bytes[at..])
        {
            let end = at + length;
            // Skip the words within a skill's name: "Microsoft Office" is not an office.
            if matches!(what, TriggerKind::Spelling(_)) {
                free = end;
            }
            out.push(Hit {
                start: at,
                end,
                what,
            });
        }
    }
}

/// Possible starts of words. Branch-free, since branches would be unpredictable.
fn starts(text: &[u8]) -> Vec<u32> {
    let mut starts = vec![0; text.len() + 1];
    let mut count = 0;
    let mut before = 0;
    for (at, byte) in text.iter().enumerate() {
        let begins = BEGINS[usize::from(*byte)];
        starts[count] = at as u32;
        count += usize::from(begins > before);
        before = begins & WORD;
    }
    starts.truncate(count);
    starts
}

impl Table {
    fn longest(&self, rest: &[u8]) -> Option<(usize, TriggerKind)> {
        let start = start(rest);
        self.starting(start, KEY, rest).or_else(|| {
            let letters = letters(rest);
            (letters < KEY).then(|| self.starting(start, letters, rest))?
        })
    }

    fn starting(&self, start: u64, bytes: usize, rest: &[u8]) -> Option<(usize, TriggerKind)> {
        let hash = hash(start, bytes);
        if self.filter[hash / 64] & 1 << (hash % 64) == 0 {
            return None;
        }
        let group = hash % GROUPS;
        let words = usize::from(self.groups[group])..usize::from(self.groups[group + 1]);
        self.words[words].iter().find_map(|word| {
            let length = word.text.len();
            let is_same = start & word.mask == word.start
                && rest.len() >= length
                && rest[..length].eq_ignore_ascii_case(word.text.as_bytes());
            let ends = || {
                matches!(word.what, TriggerKind::Topics(_)) && length >= KEY
                    || !rest.get(length).is_some_and(u8::is_ascii_alphanumeric)
                    || !word
                        .text
                        .ends_with(|letter: char| letter.is_ascii_alphanumeric())
            };
            (is_same && ends()).then_some((length, word.what))
        })
    }
}
