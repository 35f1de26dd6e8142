//! Currencies of countries, for pay that only has a sign.

/// Countries by code and by the names used in feeds, with their currencies.
const COUNTRIES: &[(&str, &[&str])] = &[
    ("AUD", &["au", "australia"]),
    ("BRL", &["br", "brasil", "brazil"]),
    ("CAD", &["ca", "canada"]),
    ("CHF", &["ch", "schweiz", "suisse", "switzerland"]),
    (
        "EUR",
        &[
            "at",
            "austria",
            "österreich",
            "be",
            "belgium",
            "belgië",
            "belgique",
            "de",
            "deutschland",
            "germany",
            "es",
            "españa",
            "spain",
            "fr",
            "france",
            "it",
            "italia",
            "italy",
            "nl",
            "nederland",
            "netherlands",
        ],
    ),
    ("GBP", &["gb", "uk", "united kingdom"]),
    ("INR", &["in", "india"]),
    ("MXN", &["mx", "méxico", "mexico"]),
    ("NZD", &["nz", "new zealand"]),
    ("PLN", &["pl", "polska", "poland"]),
    ("SGD", &["sg", "singapore"]),
    ("USD", &["us", "usa", "united states"]),
    ("ZAR", &["za", "south africa"]),
];

/// Currency of a country by code or name; empty if unknown.
pub(super) fn of_country(country: &str) -> &'static str {
    let country = country.trim().to_lowercase();
    let known = COUNTRIES
        .iter()
        .find(|(_, names)| names.contains(&country.as_str()));
    known.map_or("", |(currency, _)| currency)
}

/// Currency of pay with a dollar sign, in a country with a dollar.
pub(super) fn of_dollars(pay: &str, country: &str) -> &'static str {
    let currency = of_country(country);
    if pay.contains('$') && currency.ends_with('D') {
        currency
    } else {
        ""
    }
}
