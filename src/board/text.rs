//! The text gate: every external string passes here once, so that later code can rely on it.
//!
//! Removes C0 and C1 controls, whole escape sequences, bidi overrides and isolates, invisible and tag characters, and
//! excess combining characters in one cell. Scripts, emoji and flags are kept as they are.

use unicode_segmentation::UnicodeSegmentation;

/// Maximum length of a grapheme cluster, in characters. The longest emoji in use, a kiss between people of different
/// skin tones, has ten.
const CLUSTER: usize = 10;
/// Maximum length of external text that a message quotes.
const QUOTED: usize = 60;
const JOINER: char = '\u{200d}';
/// Replacement for a tab.
const TAB: &str = "    ";

/// Cleans a single-line text: collapses all white space to single spaces and trims the ends.
pub fn line(raw: &str) -> String {
    if is_plain(raw) && is_folded(raw) {
        return raw.to_owned();
    }
    let mut text = folded(&block(raw));
    // Removing text may let neighbours join, or the first character join a preceding text.
    while text.chars().any(joins) {
        let again = folded(&block(&text));
        if again == text {
            break;
        }
        text = again;
    }
    text
}

/// Cleans a multi-line text: line ends become `\n`, tabs become spaces.
pub fn block(raw: &str) -> String {
    if is_plain(raw) {
        return raw.to_owned();
    }
    let text = visible(raw);
    if !text.chars().any(joins) {
        return text;
    }
    let text = useful_joiners(useful_selectors(text));
    whole_edges(short_clusters(text))
}

/// Quotes external text in a message: cleaned and truncated.
pub fn quoted(raw: &str) -> String {
    let clean = line(raw);
    if clean.chars().count() <= QUOTED {
        return format!("`{clean}`");
    }
    let start: String = clean.chars().take(QUOTED).collect();
    format!("`{start}…`")
}

/// Whether a character may combine with another. None below the first combining mark does, nor do common letters and
/// signs of other scripts.
fn joins(c: char) -> bool {
    c >= '\u{300}'
        && !matches!(
            c,
            '\u{370}'..='\u{482}'
            | '\u{48a}'..='\u{52f}'
            | '\u{1e00}'..='\u{1eff}'
            | '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{203b}'
            | '\u{20a0}'..='\u{20c0}'
            | '\u{3001}'..='\u{3029}'
            | '\u{3041}'..='\u{3096}'
            | '\u{309b}'..='\u{30ff}'
            | '\u{4e00}'..='\u{9fff}'
        )
}

fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Removes control and invisible characters, except joiners.
fn visible(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    loop {
        let (plain, other) = rest.split_at(plain_run(rest.as_bytes()));
        out.push_str(plain);
        let mut chars = other.chars();
        match chars.next() {
            Some(c)
                if c >= '\u{a0}' && !is_invisible(c) && !matches!(c, '\u{2028}' | '\u{2029}') =>
            {
                out.push(c);
                rest = chars.as_str();
            }
            _ => {
                rest = other;
                break;
            }
        }
    }
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push_str(TAB),
            '\u{1b}' => skip_escape(&mut chars),
            '\u{9b}' => skip_csi(&mut chars),
            '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => skip_string(&mut chars),
            c if c.is_control() || is_invisible(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Whether a text is only printable ASCII and line ends, as most are.
fn is_plain(raw: &str) -> bool {
    plain_run(raw.as_bytes()) == raw.len()
}

/// Length of the prefix of printable ASCII and line ends, in bytes.
fn plain_run(text: &[u8]) -> usize {
    const STRIDE: usize = 32;
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n');
    // Without an early exit the loop is vectorised.
    let all_plain = |stride: &&[u8]| stride.iter().fold(true, |all, byte| all & is_plain(byte));
    let strides = text.chunks(STRIDE).take_while(all_plain);
    let start = text.len().min(strides.count() * STRIDE);
    start
        + text[start..]
            .iter()
            .take_while(|byte| is_plain(byte))
            .count()
}

/// Whether white space is already collapsed to single spaces.
fn is_folded(raw: &str) -> bool {
    !raw.starts_with(' ') && !raw.ends_with(' ') && !raw.contains('\n') && !raw.contains("  ")
}

/// Whether a character is a variation selector.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | JOINER)
}

/// Removes variation selectors except after a character that has variants; otherwise they could encode hidden text.
fn useful_selectors(text: String) -> String {
    if !text.contains(is_selector) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let useful = |before: char| match before {
            '0'..='9' | '#' | '*' => true,
            _ => !before.is_ascii() && !is_selector(before) && !is_joiner(before),
        };
        if !is_selector(c) || out.chars().next_back().is_some_and(useful) {
            out.push(c);
        }
    }
    out
}

/// Removes joiners except between two non-ASCII characters, where scripts and emoji need them.
fn useful_joiners(text: String) -> String {
    if !text.contains(is_joiner) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let joins = |beside: Option<char>| beside.is_some_and(|c| !c.is_ascii() && !is_joiner(c));
        if !is_joiner(c) || joins(out.chars().next_back()) && joins(chars.peek().copied()) {
            out.push(c);
        }
    }
    out
}

/// Truncates overlong grapheme clusters: joiners and conjoining letters form chains of any length.
fn short_clusters(mut text: String) -> String {
    let is_long = |cluster: &str| cluster.chars().nth(CLUSTER).is_some();
    // Truncated chains may join again, into one at most half as long.
    while text.graphemes(true).any(is_long) {
        text = text.graphemes(true).map(cut_cluster).collect();
    }
    text
}

/// Ensures that lines begin and end with whole clusters, so that they do not combine with their surroundings on the
/// screen.
fn whole_edges(text: String) -> String {
    let is_one = |a: char, b: char| {
        let pair: String = [a, b].iter().collect();
        pair.graphemes(true).nth(1).is_none()
    };
    let starts_badly = |c: char| joins(c) && is_one('x', c);
    let ends_badly = |c: char| joins(c) && (is_joiner(c) || is_one(c, 'x'));
    let trim = |line: &str| -> String {
        let line = line.trim_start_matches(starts_badly);
        line.trim_end_matches(ends_badly).to_owned()
    };
    let is_bad = |line: &str| line.starts_with(starts_badly) || line.ends_with(ends_badly);
    if !text.split('\n').any(is_bad) {
        return text;
    }
    text.split('\n').map(trim).collect::<Vec<_>>().join("\n")
}

fn cut_cluster(cluster: &str) -> &str {
    match cluster.char_indices().nth(CLUSTER) {
        Some((end, _)) => cluster[..end].trim_end_matches(is_joiner),
        None => cluster,
    }
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// Skips an escape sequence after ESC: a control sequence, a string, or one letter after intermediates.
fn skip_escape(chars: &mut Chars<'_>) {
    match chars.peek() {
        Some('[') => {
            chars.next();
            skip_csi(chars);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            chars.next();
            skip_string(chars);
        }
        _ => {
            while chars.next_if(|c| matches!(c, ' '..='/')).is_some() {}
            chars.next_if(|c| matches!(c, '0'..='~'));
        }
    }
}

fn skip_csi(chars: &mut Chars<'_>) {
    while chars.next_if(|c| matches!(c, ' '..='?')).is_some() {}
    chars.next_if(|c| matches!(c, '@'..='~'));
}

/// Skips a control string, which ends at BEL or ST. An unterminated one is skipped to the end of its line only.
fn skip_string(chars: &mut Chars<'_>) {
    while let Some(c) = chars.next_if(|c| *c != '\n') {
        match c {
            '\u{7}' | '\u{9c}' => return,
            '\u{1b}' => {
                chars.next_if_eq(&'\\');
                return;
            }
            _ => {}
        }
    }
}

/// Whether a character draws nothing and can hide or reorder text.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{3164}'
        | '\u{ffa0}'
        | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn strips_control_sequences() {
        for (raw, clean) in [
            ("a\u{1b}[31mred\u{1b}[0m", "ared"),
            ("a\u{9b}2Jb", "ab"),
            ("t\u{1b}]0;title\u{7}x", "tx"),
            ("t\u{1b}]8;;http://x\u{1b}\\link", "tlink"),
            ("\u{1b}(Babc\u{1b}c", "abc"),
            ("evil\u{202e}txt\u{2066}", "eviltxt"),
            ("z\u{200b}ero\u{feff}", "zero"),
            ("open\u{1b}]never ends\nnext", "open next"),
            ("  two\t words\r\n ", "two words"),
            ("tag\u{e0041}\u{e007f}", "tag"),
            (
                "hid\u{fe00}\u{fe01}den é\u{fe02}\u{fe03}",
                "hidden é\u{fe02}",
            ),
            ("\u{301}start and end\u{600}", "start and end"),
            ("a\u{17b4}b\u{34f}c\u{fff0}d", "abcd"),
            // It ends a cluster and draws nothing, so a preceding prepend character would attach to the next visible
            // one.
            ("\u{600}\u{13437}1", "\u{600}1"),
        ] {
            assert_eq!(line(raw), clean, "{raw:?}");
        }
    }

    #[test]
    fn keeps_the_world_s_scripts() {
        for text in [
            "Zürich",
            "हिन्दी",
            "क्‍ष",
            "ภาษาไทย",
            "עברית",
            "العربية",
            "👩‍🔬",
            "🇩🇪",
            "日本語",
            "می‌خواهم",
            "❤️ 1️⃣ #️⃣ ☎︎",
            "ᠮᠣᠩᠭᠣᠯ ᠠ᠋",
        ] {
            assert_eq!(line(text), text);
        }
    }

    #[test]
    fn characters_that_never_join_do_not_join() {
        let loners = ('\u{300}'..='\u{ffff}').filter(|&c| !joins(c));
        for c in loners {
            for other in ['x', '\u{1100}', '👩', '🇩', 'क', c] {
                for pair in [[c, other], [other, c]] {
                    let pair: String = pair.iter().collect();
                    assert_eq!(pair.graphemes(true).count(), 2, "{pair:?}");
                }
            }
        }
    }

    #[test]
    fn caps_the_marks_of_one_cluster() {
        let zalgo = format!("a{}", "\u{301}".repeat(500));
        assert_eq!(line(&zalgo).chars().count(), CLUSTER);
    }

    #[test]
    fn caps_chains_that_join_without_end() {
        let family = "👩‍".repeat(300) + "👩";
        let hangul = "\u{1100}".repeat(300) + "\u{1161}";
        let conjunct = "क्".repeat(300) + "ष";
        let prepended = "\u{600}".repeat(300) + "1";
        let again = conjunct.repeat(20);
        for chain in [family, hangul, conjunct, prepended, again] {
            let clean = line(&chain);
            let longest = clean.graphemes(true).map(|one| one.chars().count()).max();
            assert!(longest <= Some(CLUSTER), "{longest:?} in {clean:?}");
            assert_eq!(line(&clean), clean, "what has passed once passes again");
        }
        for whole in ["🧑🏻‍❤️‍💋‍🧑🏼", "👨‍👩‍👧‍👦", "🏳️‍🌈"]
        {
            assert_eq!(line(whole), whole);
        }
    }

    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            any::<char>().prop_map(String::from),
            "[\u{1b}\u{9b}\u{200c}\u{200d}\u{202a}-\u{202e}\u{7}\\[\\];0-9m\u{301}\u{94d}]{1,4}",
            "[a-zक-नא-ת👩‍🇩🇪\u{1100}\u{1161}\u{600}]{1,3}",
            "[ \u{a0}\n1#\u{fe0f}\u{fe00}\u{180b}\u{301}\u{600}\u{110bd}]{1,12}",
        ];
        proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn gated_text_is_harmless_and_stable(raw in hostile()) {
            let clean = block(&raw);
            prop_assert_eq!(&block(&clean), &clean);
            let one = line(&raw);
            prop_assert_eq!(&line(&one), &one);
            prop_assert_eq!(&block(&one), &one);
            for c in clean.chars() {
                prop_assert!(c == '\n' || !c.is_control(), "{:?}", c);
                prop_assert!(!matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'), "{:?}", c);
            }
            for cluster in clean.graphemes(true).chain(one.graphemes(true)) {
                prop_assert!(cluster.chars().count() <= CLUSTER, "{:?}", cluster);
            }
        }
    }
}
