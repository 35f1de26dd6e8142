//! Finds countries and regions in a passage.

use std::ops::Range;
use std::sync::LazyLock;

use super::rule::Rules;
use crate::places;

const NAMES: &[(&str, &str)] = &[
    (
        "US+CA",
        r"\b(north america|namer|us ?(&|/|and|or) ?canada)\b",
    ),
    ("US+CA+LATAM", r"\b(americas|amer|north to south america)\b"),
    (
        "LATAM",
        r"\b(latam|latin america|south america|central america)\b",
    ),
    ("EMEA", r"\bemea\b"),
    ("APAC", r"\b(apac|asia[- ]pacific|asia)\b"),
    ("EU", r"\b(eu|european union)\b"),
    (
        "Europe",
        r"\b(europe|european (countries|time ?zones?|country)|europa)\b",
    ),
    (
        "worldwide",
        r"\b(worldwide|global|globally|anywhere in the world|world ?wide)\b",
    ),
    (
        "US",
        r"(\b(united states|usa|us|conus|estados unidos)\b|\bu\.s\.?(a\b)?)",
    ),
    (
        "GB",
        r"\b(united kingdom|uk|u\.k\.?|great britain|england|scotland|wales)\b",
    ),
    ("CA", r"\b(canada|canadian provinces)\b"),
    ("MX", r"\b(mexico|méxico)\b"),
    ("DE", r"\b(germany|deutschland)\b"),
    ("FR", r"\bfrance\b"),
    ("ES", r"\bspain\b"),
    ("IT", r"\bitaly\b"),
    ("PT", r"\bportugal\b"),
    ("NL", r"\b(the )?netherlands\b"),
    ("BE", r"\bbelgium\b"),
    ("CH", r"\b(switzerland|schweiz)\b"),
    ("AT", r"\b(austria|österreich)\b"),
    ("IE", r"\bireland\b"),
    ("SE", r"\bsweden\b"),
    ("NO", r"\bnorway\b"),
    ("DK", r"\bdenmark\b"),
    ("FI", r"\bfinland\b"),
    ("PL", r"\bpoland\b"),
    ("CZ", r"\b(czech republic|czechia)\b"),
    ("SK", r"\bslovakia\b"),
    ("HU", r"\bhungary\b"),
    ("RO", r"\bromania\b"),
    ("BG", r"\bbulgaria\b"),
    ("GR", r"\bgreece\b"),
    ("HR", r"\bcroatia\b"),
    ("RS", r"\bserbia\b"),
    ("SI", r"\bslovenia\b"),
    ("EE", r"\bestonia\b"),
    ("LV", r"\blatvia\b"),
    ("LT", r"\blithuania\b"),
    ("UA", r"\bukraine\b"),
    ("CY", r"\bcyprus\b"),
    ("MT", r"\bmalta\b"),
    ("LU", r"\bluxembourg\b"),
    ("IS", r"\biceland\b"),
    ("TR", r"\b(turkey|türkiye)\b"),
    ("IL", r"\bisrael\b"),
    ("AE", r"\b(united arab emirates|uae)\b"),
    ("SA", r"\bsaudi arabia\b"),
    ("EG", r"\begypt\b"),
    ("MA", r"\bmorocco\b"),
    ("NG", r"\bnigeria\b"),
    ("KE", r"\bkenya\b"),
    ("ZA", r"\bsouth africa\b"),
    ("IN", r"\bindia\b"),
    ("PK", r"\bpakistan\b"),
    ("BD", r"\bbangladesh\b"),
    ("PH", r"\bphilippines\b"),
    ("ID", r"\bindonesia\b"),
    ("MY", r"\bmalaysia\b"),
    ("SG", r"\bsingapore\b"),
    ("TH", r"\bthailand\b"),
    ("VN", r"\bvietnam\b"),
    ("CN", r"\bchina\b"),
    ("HK", r"\bhong kong\b"),
    ("TW", r"\btaiwan\b"),
    ("JP", r"\bjapan\b"),
    ("KR", r"\b(south )?korea\b"),
    ("AU", r"\baustralia\b"),
    ("NZ", r"\bnew zealand\b"),
    ("BR", r"\b(brazil|brasil)\b"),
    ("AR", r"\bargentina\b"),
    ("CL", r"\bchile\b"),
    ("CO", r"\bcolombia\b"),
    ("PE", r"\bperu\b"),
    ("UY", r"\buruguay\b"),
    ("CR", r"\bcosta rica\b"),
    ("DO", r"\bdominican republic\b"),
];

/// The name of a country or region as it is in facts.
pub(super) fn known(name: &str) -> Option<&'static str> {
    let names = NAMES.iter().flat_map(|(names, _)| names.split('+'));
    let known = names.into_iter().find(|known| *known == name);
    known.or_else(|| places::country_code(name))
}

static REGIONS: LazyLock<Rules<&'static str>> = LazyLock::new(|| Rules::new(NAMES));

/// Countries and regions in a text, with the range from the first to the last.
pub(super) fn all(plain: &str, out: &mut Vec<&'static str>) -> Option<Range<usize>> {
    let mut span: Option<Range<usize>> = None;
    for (names, at) in REGIONS.find_all(plain) {
        if names == "US" && plain[at.clone()].starts_with("us") && is_pronoun(plain, &at) {
            continue;
        }
        // One can work in "US time zones" from elsewhere.
        let after = &plain[at.end..];
        let after = &after[..after.floor_char_boundary(24.min(after.len()))];
        if after.contains("time") || after.contains("hours") {
            continue;
        }
        for name in names.split('+') {
            if !out.contains(&name) {
                out.push(name);
            }
        }
        span = Some(span.map_or(at.clone(), |span| span.start..at.end));
    }
    span
}

/// Whether "us" is a pronoun: "join us", "with us".
fn is_pronoun(plain: &str, at: &Range<usize>) -> bool {
    let before = plain[..at.start].trim_end();
    &plain[at.clone()] == "us"
        && !(before.is_empty()
            || before.ends_with(['(', '-', ',', '/', '|', '&', ':'])
            || [
                " the", " in", " within", "remote", " or", " and", " across", "the", "only",
            ]
            .iter()
            .any(|word| before.ends_with(word)))
}
