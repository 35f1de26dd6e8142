//! The areas that remote work may be done from: countries by their code, and the regions that employers name.

use super::location::country_name;

/// The regions, as they are written.
pub const REGIONS: &[&str] = &["EU", "Europe", "EMEA", "LATAM", "APAC", "worldwide"];

/// The area as boards write it, whatever the case: a region of [`REGIONS`], or the alpha-2 code of a country.
pub fn normalize(written: &str) -> Option<String> {
    let region = REGIONS
        .iter()
        .find(|region| region.eq_ignore_ascii_case(written));
    if let Some(region) = region {
        return Some((*region).to_owned());
    }
    let code = written.to_ascii_uppercase();
    (code.len() == 2 && country_name(&code).is_some()).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_and_regions_in_any_case() {
        for (written, area) in [
            ("de", Some("DE")),
            ("eu", Some("EU")),
            ("Worldwide", Some("worldwide")),
            ("emea", Some("EMEA")),
            ("XX", None),
            ("Germany", None),
            ("", None),
        ] {
            assert_eq!(normalize(written).as_deref(), area, "{written}");
        }
    }
}
