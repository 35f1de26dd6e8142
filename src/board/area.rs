//! Areas for remote work: country codes and the regions that employers name.

/// The regions, as they are written.
pub const REGIONS: &[&str] = &["EU", "Europe", "EMEA", "LATAM", "APAC", "worldwide"];

/// The alpha-2 codes of every country, in order.
const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT \
    BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH \
    ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT \
    HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS \
    LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI \
    NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG \
    SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG \
    UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// The alpha-2 codes of every country, in order.
pub fn country_codes() -> impl Iterator<Item = &'static str> {
    COUNTRIES.split(' ')
}

/// Normal form of an area, ignoring case: a region of [`REGIONS`] or an alpha-2 country code.
pub fn normalize(written: &str) -> Option<String> {
    let region = REGIONS
        .iter()
        .find(|region| region.eq_ignore_ascii_case(written));
    if let Some(region) = region {
        return Some((*region).to_owned());
    }
    let code = written.to_ascii_uppercase();
    country_codes()
        .any(|country| country == code)
        .then_some(code)
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
