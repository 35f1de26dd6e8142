//! Lists of country codes: "DE/AT/CH".

use super::data::{CountryId, RegionId};
use super::sense::{CODED, USUAL_CODES};

/// The countries of a list of codes that are separated by slashes: all of "DE/AT/CH" and of "Remote (UK/IE)"; or those of
/// "DACH", which is such a list itself.
///
/// Codes that may all be states stay unread ("CA/DE"), and so do two that are rarely written as countries ("HR/IT").
pub fn listed_countries(written: &str) -> Vec<&'static str> {
    let mut words = written.split(|c: char| !c.is_alphanumeric());
    if words.any(|word| word == "DACH") {
        return vec!["DE", "AT", "CH"];
    }
    let ends = |c: char| !(c.is_ascii_uppercase() || matches!(c, '/' | ' '));
    let lists = written.split(ends).filter(|list| list.contains('/'));
    let mut lists = lists.map(countries).filter(|codes| !codes.is_empty());
    match (lists.next(), lists.next()) {
        (Some(codes), None) => codes,
        _ => Vec::new(),
    }
}

/// Whether a text is such a list and nothing else.
pub fn is_list_of_countries(written: &str) -> bool {
    let is_code = |part: &str| part.trim().len() == 2;
    written.split('/').all(is_code) && !listed_countries(written).is_empty()
}

fn countries(list: &str) -> Vec<&'static str> {
    let written: Vec<&str> = list.split('/').map(str::trim).collect();
    let codes = written.iter().map(|code| match *code {
        "UK" => Some("GB"),
        code if code.len() == 2 => CountryId::from_code(code).map(CountryId::code),
        _ => None,
    });
    let Some(codes) = codes.collect::<Option<Vec<&'static str>>>() else {
        return Vec::new();
    };
    let is_usual = |code: &str| {
        matches!(code, "US" | "UK") || USUAL_CODES.split(' ').any(|usual| usual == code)
    };
    let are_usual = written.iter().all(|code| is_usual(code));
    let may_be_state = |code: &str| {
        let mut regions = RegionId::from_code(code);
        regions.any(|region| CODED.contains(&region.country().code()))
    };
    let are_countries = !written.iter().all(|code| may_be_state(code));
    if codes.len() > 1 && are_countries && (are_usual || codes.len() > 2) {
        codes
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_several_countries_are_read_unless_they_may_be_states() {
        for (written, read) in [
            ("DE/AT/CH", &["DE", "AT", "CH"][..]),
            ("DE / AT / CH", &["DE", "AT", "CH"]),
            ("Remote (DE/AT/CH)", &["DE", "AT", "CH"]),
            ("UK/IE", &["GB", "IE"]),
            ("Homeoffice (DACH)", &["DE", "AT", "CH"]),
            ("Unter einem Dach", &[]),
            ("Remote - US/UK", &["US", "GB"]),
            ("CA/NY", &[]),
            ("CA/DE", &[]),
            ("MO/KS", &[]),
            ("Remote (AM/PM)", &[]),
            ("HR/IT", &[]),
            ("Kansas City, MO/KS", &[]),
            ("Berlin/Munich", &[]),
            ("DE", &[]),
            ("24/7", &[]),
        ] {
            assert_eq!(listed_countries(written), read, "{written}");
        }
        assert!(is_list_of_countries("DE/AT"));
        assert!(!is_list_of_countries("Remote (DE/AT)"));
    }
}
