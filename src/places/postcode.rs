//! Countries of postal codes that are written in one country only.

use super::data::CountryId;

/// Islands with postal codes like those of the United Kingdom, by how these begin.
const ISLANDS: &[&str] = &["JE", "GY", "IM"];

/// The country of a postal code, if its form tells: `CB2 1TN`, `N6A 3K7`, `1012 AB`, `01310-100`.
pub(super) fn country(written: &str) -> Option<CountryId> {
    let code: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let code = code.to_ascii_uppercase();
    let kind = |c: char| match c {
        '0'..='9' => '9',
        'A'..='Z' => 'A',
        other => other,
    };
    let form: String = code.chars().map(kind).collect();
    let country = match form.as_str() {
        "A9A9A9" => "CA",
        "A99AA" | "A999AA" | "AA99AA" | "AA999AA" | "A9A9AA" | "AA9A9AA" => {
            let island = ISLANDS.iter().find(|island| code.starts_with(**island));
            match island {
                Some(&"GY") => "GG",
                Some(island) => island,
                None => "GB",
            }
        }
        "9999AA" => "NL",
        "99-999" => "PL",
        "9999-999" => "PT",
        "99999-999" => "BR",
        "999-9999" => "JP",
        "99999-9999" => "US",
        // The last four of an Eircode are letters and digits in any order.
        form if form.len() == 7
            && form.starts_with("A99")
            && form.is_ascii()
            && !form.contains('-') =>
        {
            "IE"
        }
        _ => return None,
    };
    CountryId::from_code(country)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_forms_of_one_country_tell_it() {
        for (written, expected) in [
            ("CB2 1TN", Some("GB")),
            ("w1a 1aa", Some("GB")),
            ("EC1A 1BB", Some("GB")),
            ("JE2 3AB", Some("JE")),
            ("N6A 3K7", Some("CA")),
            ("V5H4M5", Some("CA")),
            ("1012 AB", Some("NL")),
            ("D02 X285", Some("IE")),
            ("00-950", Some("PL")),
            ("1000-205", Some("PT")),
            ("01310-100", Some("BR")),
            ("100-0001", Some("JP")),
            ("10065-1234", Some("US")),
            ("10115", None),
            ("69190", None),
            ("123 45", None),
            ("", None),
        ] {
            let found = country(written).map(CountryId::code);
            assert_eq!(found, expected, "{written}");
        }
    }
}
