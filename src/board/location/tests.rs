use super::*;

/// What is written, and country, region and city as read.
const READ: &[(&str, &str, &str, &str)] = &[
    ("US, WA, Seattle", "US", "WA", "Seattle"),
    ("LU, Luxembourg", "LU", "", "Luxembourg"),
    ("IN, KA, Bengaluru", "IN", "KA", "Bengaluru"),
    ("US, CA, San Francisco", "US", "CA", "San Francisco"),
    ("Seattle, WA, US", "US", "WA", "Seattle"),
    ("Seattle, WA", "US", "WA", "Seattle"),
    ("Berlin, Germany", "DE", "", "Berlin"),
    ("London, UK", "GB", "England", "London"),
    ("London, England, United Kingdom", "GB", "England", "London"),
    ("Remote - US", "US", "", ""),
    ("Remote, Germany", "DE", "", ""),
    ("Remote (US)", "US", "", ""),
    ("US, Virtual", "US", "", ""),
    ("US, CA, Virtual", "US", "CA", ""),
    ("US-Remote", "US", "", ""),
    ("US-AK-Juneau", "US", "AK", "Juneau"),
    (
        "San Francisco, California, United States",
        "US",
        "CA",
        "San Francisco",
    ),
    ("Toronto, Ontario, Canada", "CA", "ON", "Toronto"),
    ("Hybrid - Paris, France", "FR", "", "Paris"),
    ("Germany", "DE", "", ""),
    ("Singapore", "SG", "", "Singapore"),
    ("Zürich, Switzerland", "CH", "", "Zürich"),
    // Codes that two countries share.
    ("Newark, CA", "US", "CA", "Newark"),
    ("CA, San Francisco", "US", "CA", "San Francisco"),
    ("CA, ON, Toronto", "CA", "ON", "Toronto"),
    ("Toronto, ON, CA", "CA", "ON", "Toronto"),
    ("Berlin, DE", "DE", "", "Berlin"),
    ("Berlin, BE, DE", "DE", "BE", "Berlin"),
    ("Görlitz, DE", "DE", "", "Görlitz"),
    ("Dover, DE", "US", "DE", "Dover"),
    ("Hilversum, NL", "NL", "", "Hilversum"),
    ("St. John's, NL", "CA", "NL", "St. John's"),
    ("CO - Longmont", "US", "CO", "Longmont"),
    ("IN - Pune", "IN", "", "Pune"),
    ("Paris, TX", "US", "TX", "Paris"),
    ("Atlanta, Georgia", "US", "GA", "Atlanta"),
    ("Tbilisi, Georgia", "GE", "", "Tbilisi"),
    ("Perth, WA, Australia", "AU", "WA", "Perth"),
    ("Georgia", "", "", ""),
    ("CA", "", "", ""),
    ("LA", "", "", ""),
    ("Washington", "US", "", ""),
    ("Washington, United States", "US", "WA", ""),
    ("TX", "US", "TX", ""),
    ("California", "US", "CA", ""),
    // New York, five ways and more.
    ("New York", "US", "NY", "New York"),
    ("NYC", "US", "NY", "New York"),
    ("New York City, NY", "US", "NY", "New York"),
    ("New York, New York, United States", "US", "NY", "New York"),
    ("New York, United States", "US", "NY", "New York"),
    ("US, NY, New York", "US", "NY", "New York"),
    ("New York, N.Y.", "US", "NY", "New York"),
    ("Washington, D.C.", "US", "DC", "Washington"),
    ("Washington DC", "US", "DC", "Washington"),
    (
        "Washington, District of Columbia, United States",
        "US",
        "DC",
        "Washington",
    ),
    // Other orders and separators.
    ("India - Pune", "IN", "", "Pune"),
    ("ES - Barcelona, Spain", "ES", "", "Barcelona"),
    ("United States, Washington, Seattle", "US", "WA", "Seattle"),
    (
        "UK & Ireland, United Kingdom, London",
        "GB",
        "England",
        "London",
    ),
    ("USA – Santa Clara, CA", "US", "CA", "Santa Clara"),
    ("San Mateo, CA United States", "US", "CA", "San Mateo"),
    ("Toronto Canada", "CA", "ON", "Toronto"),
    ("Walnut CA", "US", "CA", "Walnut"),
    ("King's Cross, London, UK", "GB", "England", "London"),
    ("Sydney, New South Wales, Australia", "AU", "NSW", "Sydney"),
    (
        "Belfast, Northern Ireland",
        "GB",
        "Northern Ireland",
        "Belfast",
    ),
    ("Hong Kong, Hong Kong SAR", "HK", "", "Hong Kong"),
    ("Tel Aviv District, Israel", "IL", "Tel Aviv District", ""),
    ("Dubai, UAE ", "AE", "", "Dubai"),
    ("Seoul, South Korea", "KR", "", "Seoul"),
    (
        "Mountain View, California (HQ)",
        "US",
        "CA",
        "Mountain View",
    ),
    ("Los Angeles, CA (On-site)", "US", "CA", "Los Angeles"),
    ("Singapore HQ", "SG", "", "Singapore"),
    // Ways of working are never a city.
    ("Remote", "", "", ""),
    ("Hybrid", "", "", ""),
    ("Anywhere", "", "", ""),
    ("Virtual", "", "", ""),
    ("World Wide - Remote", "", "", ""),
    ("Remote - EMEA", "", "", ""),
    ("Remote in USA", "US", "", ""),
    ("Remote Poland", "PL", "", ""),
    ("Anywhere in the United States", "US", "", ""),
    ("Remote - Canada: Select locations", "CA", "", ""),
    ("U.S. Remote", "US", "", ""),
    ("US Remote", "US", "", ""),
    (
        "Work Remotely Anywhere in the Contiguous 48 States",
        "",
        "",
        "",
    ),
    ("Winston-Salem, NC", "US", "NC", "Winston-Salem"),
    ("Bengaluru, Karnataka", "IN", "", "Bengaluru"),
    ("Berlin, Germny", "", "", ""),
    ("South Carolina, Columbia", "US", "SC", "Columbia"),
    (
        "510 East 62nd Street, New York, NY 10065",
        "US",
        "NY",
        "New York",
    ),
    ("San Francisco Bay Area", "US", "CA", ""),
    ("China-Shanghai", "CN", "", "Shanghai"),
    (" -REMOTE, BULGARIA-", "BG", "", ""),
    ("Guinea-Bissau", "GW", "", ""),
    (
        "Hortolândia, São Paulo, Brasil",
        "BR",
        "São Paulo",
        "Hortolândia",
    ),
    ("Lebanon, Oregon, United States", "US", "OR", "Lebanon"),
    ("CA - Canada", "CA", "", ""),
    ("Bulgaria, Lithuania, Poland, Romania", "", "", ""),
    // Several at once keep what they agree on.
    ("San Francisco, CA; New York, NY", "US", "", ""),
    ("Livingston, NJ / Newark, NJ", "US", "NJ", ""),
    ("Canada; United States", "", "", ""),
    ("Boston or Remote", "US", "MA", "Boston"),
    ("London / Remote", "GB", "England", "London"),
    (
        "Amsterdam, Netherlands; Remote - Europe",
        "NL",
        "",
        "Amsterdam",
    ),
    ("Remote (US/Canada)", "", "", ""),
    ("", "", "", ""),
    ("Somewhere nice", "", "", ""),
    (", ,", "", "", ""),
    ("N/A", "", "", ""),
];

#[test]
fn reads_what_sources_write() {
    let mut wrong = Vec::new();
    for &(written, country, region, city) in READ {
        let read = Location::parse(written);
        let found = [read.country, read.region, read.city].map(Option::unwrap_or_default);
        if found != [country, region, city] {
            wrong.push(format!("{written:?}: {found:?}"));
        }
        assert_eq!(read.written, written);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn offers_the_country_that_was_meant() {
    for (written, meant) in [
        ("Berlin, Germny", Some("Germany")),
        ("Lisbon, Portgual", Some("Portugal")),
        ("London, Untied Kingdom", Some("United Kingdom")),
        ("Berlin, Germany", None),
        ("Campinas, Brasil", None),
        ("Brisbane, Austrlia", Some("Australia")),
        ("2233 Sheppard Ave West, North York", None),
        ("Germny", None),
        ("Berlin, Mitte", None),
    ] {
        assert_eq!(Location::parse(written).meant_country(), meant, "{written}");
    }
}

#[test]
fn names_countries_as_people_do() {
    for (code, name) in [
        ("US", Some("United States")),
        ("GB", Some("United Kingdom")),
        ("KR", Some("South Korea")),
        ("DE", Some("Germany")),
        ("TW", Some("Taiwan")),
        ("ZZ", None),
    ] {
        assert_eq!(country_name(code), name);
    }
    for country in rust_iso3166::ALL {
        let name = country_name(country.alpha2).unwrap_or_default();
        assert!(!name.contains(['[', '(', ',']), "{name}");
        assert_eq!(country::country(name), Some(country.alpha2), "{name}");
    }
}

proptest::proptest! {
    #[test]
    fn never_panics_and_never_lives_in_remote(
        written in r"(US|CA|DE|Remote|Georgia|New York|Zürich|NL|名|[ ,;()/|:.–-]|\PC){0,12}"
    ) {
        let read = Location::parse(&written);
        let city = read.city.unwrap_or_default().to_lowercase();
        proptest::prop_assert!(!["remote", "hybrid", "virtual", "anywhere"].contains(&city.as_str()));
        proptest::prop_assert!(read.country.is_none_or(|code| country_name(&code).is_some()));
    }
}
