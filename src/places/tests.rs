use super::*;
use crate::board::Workplace;

/// Written places, with the expected country, region and city.
const READ: &[(&str, &str, &str, &str)] = &[
    ("US, WA, Seattle", "US", "WA", "Seattle"),
    ("LU, Luxembourg", "LU", "LU", "Luxembourg"),
    ("IN, KA, Bengaluru", "IN", "KA", "Bengaluru"),
    ("US, CA, San Francisco", "US", "CA", "San Francisco"),
    ("Seattle, WA, US", "US", "WA", "Seattle"),
    ("Seattle, WA", "US", "WA", "Seattle"),
    ("Berlin, Germany", "DE", "BE", "Berlin"),
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
    ("Hybrid - Paris, France", "FR", "IDF", "Paris"),
    ("Germany", "DE", "", ""),
    ("Singapore", "SG", "", "Singapore"),
    ("Zürich, Switzerland", "CH", "ZH", "Zürich"),
    // Codes that two countries share.
    ("Newark, CA", "US", "CA", "Newark"),
    ("CA, San Francisco", "US", "CA", "San Francisco"),
    ("CA, ON, Toronto", "CA", "ON", "Toronto"),
    ("Toronto, ON, CA", "CA", "ON", "Toronto"),
    ("Berlin, DE", "DE", "BE", "Berlin"),
    ("Berlin, BE, DE", "DE", "BE", "Berlin"),
    ("Görlitz, DE", "DE", "SN", "Görlitz"),
    ("Dover, DE", "US", "DE", "Dover"),
    ("Hilversum, NL", "NL", "NH", "Hilversum"),
    ("St. John's, NL", "CA", "NL", "St. John's"),
    ("CO - Longmont", "US", "CO", "Longmont"),
    ("IN - Pune", "IN", "MH", "Pune"),
    ("Paris, TX", "US", "TX", "Paris"),
    ("Atlanta, Georgia", "US", "GA", "Atlanta"),
    ("Tbilisi, Georgia", "GE", "TB", "Tbilisi"),
    ("Perth, WA, Australia", "AU", "WA", "Perth"),
    ("Georgia", "", "", ""),
    ("Lafayette, Georgia", "US", "GA", "Lafayette"),
    ("Dallas, Georgia", "US", "", ""),
    ("Forsyth County, Georgia", "US", "GA", ""),
    ("Kutaisi, Georgia", "GE", "IM", "Kutaisi"),
    ("Hiramville, Georgia", "", "", ""),
    ("Remote (Georgia, Armenia)", "", "", ""),
    ("CA", "", "", ""),
    ("LA", "", "", ""),
    ("Washington", "US", "", ""),
    ("Washington, United States", "US", "WA", ""),
    ("TX", "US", "TX", ""),
    ("California", "US", "CA", ""),
    // New York in several notations.
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
    ("India - Pune", "IN", "MH", "Pune"),
    ("ES - Barcelona, Spain", "ES", "CT", "Barcelona"),
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
    ("Tel Aviv District, Israel", "IL", "TA", ""),
    ("Dubai, UAE ", "AE", "DU", "Dubai"),
    ("Seoul, South Korea", "KR", "Seoul", "Seoul"),
    (
        "Mountain View, California (HQ)",
        "US",
        "CA",
        "Mountain View",
    ),
    ("Los Angeles, CA (On-site)", "US", "CA", "Los Angeles"),
    ("Singapore HQ", "SG", "", "Singapore"),
    // Workplaces are never a city.
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
    ("Bengaluru, Karnataka", "IN", "KA", "Bengaluru"),
    ("Berlin, Germny", "DE", "BE", "Berlin"),
    ("South Carolina, Columbia", "US", "SC", "Columbia"),
    (
        "510 East 62nd Street, New York, NY 10065",
        "US",
        "NY",
        "New York",
    ),
    ("San Francisco Bay Area", "US", "CA", ""),
    ("China-Shanghai", "CN", "SH", "Shanghai"),
    (" -REMOTE, BULGARIA-", "BG", "", ""),
    ("Guinea-Bissau", "GW", "", ""),
    ("Hortolândia, São Paulo, Brasil", "BR", "SP", "Hortolândia"),
    ("Lebanon, Oregon, United States", "US", "OR", "Lebanon"),
    ("CA - Canada", "CA", "", ""),
    ("Bulgaria, Lithuania, Poland, Romania", "", "", ""),
    // Several places keep only their common values.
    ("San Francisco, CA; New York, NY", "US", "", ""),
    ("Livingston, NJ / Newark, NJ", "US", "NJ", ""),
    ("Canada; United States", "", "", ""),
    ("Boston or Remote", "US", "MA", "Boston"),
    ("London / Remote", "GB", "England", "London"),
    (
        "Amsterdam, Netherlands; Remote - Europe",
        "NL",
        "NH",
        "Amsterdam",
    ),
    ("Remote (US/Canada)", "", "", ""),
    // A known city decides what a code means.
    ("Kiel, DE", "DE", "SH", "Kiel"),
    ("Wilmington, DE", "US", "DE", "Wilmington"),
    ("Kiel, Europe, DE", "DE", "SH", "Kiel"),
    ("Jaipur, IN", "IN", "RJ", "Jaipur"),
    ("Gary, IN", "US", "IN", "Gary"),
    ("Surabaya, ID", "ID", "JI", "Surabaya"),
    ("Boise, ID", "US", "ID", "Boise"),
    ("Burnaby, CA", "CA", "BC", "Burnaby"),
    ("Perth, WA", "AU", "WA", "Perth"),
    ("Cape Town, SA", "ZA", "WC", "Cape Town"),
    ("Baku, AZ", "AZ", "BA", "Baku"),
    ("München, BY", "DE", "BY", "Munich"),
    ("Luzern, LU", "CH", "LU", "Luzern"),
    ("Milano, MI", "IT", "Lombardy", "Milan"),
    ("Ann Arbor, MI", "US", "MI", "Ann Arbor"),
    ("Turin, TO", "IT", "Piedmont", "Turin"),
    ("Curitiba - PR", "BR", "PR", "Curitiba"),
    ("São Paulo -SP", "BR", "SP", "São Paulo"),
    ("MG, Brazil", "BR", "MG", ""),
    ("Iqaluit, NU", "CA", "NU", "Iqaluit"),
    ("Lebanon, NH", "US", "NH", "Lebanon"),
    // Contradictions and remarks stay unknown.
    ("Designer, QA", "", "", ""),
    ("REMOTE OK", "", "", ""),
    ("Tubi TV", "", "", ""),
    ("Tokyo, Singapore", "", "", ""),
    ("San Mateo CA, Zurich CH, or Hybrid", "", "", ""),
    ("Northern America, Europe, UK, France", "", "", ""),
    ("Ontario, CA", "", "", ""),
    ("Minsk, Belarus, Remote OK", "BY", "HM", "Minsk"),
    ("San Francisco, CA and Santa Monica, CA", "US", "CA", ""),
    ("Remote or LA, CA", "US", "CA", "Los Angeles"),
    ("Remote, OR", "US", "OR", ""),
    ("Chicago, Cook, United States", "US", "IL", "Chicago"),
    ("Canada - Remote (ON, AB, BC, or NS Only)", "CA", "", ""),
    ("Abidjan, Côte d’Ivoire", "CI", "LG", "Abidjan"),
    ("Auckland, New Zealand (Hybrid)", "NZ", "AUK", "Auckland"),
    ("Waterloo / Toronto", "CA", "ON", ""),
    ("Hong Kong SAR, China", "HK", "", ""),
    ("Georgia, USA", "US", "GA", ""),
    ("Quebec, Canada", "CA", "QC", ""),
    (
        "Seattle, Washington, 98101, United States",
        "US",
        "WA",
        "Seattle",
    ),
    // One city in several notations.
    ("Bangalore, India", "IN", "KA", "Bengaluru"),
    ("Köln", "DE", "NW", "Cologne"),
    ("北京", "CN", "BJ", "Beijing"),
    ("Stuttgart", "DE", "BW", "Stuttgart"),
    ("Gothenburg, Sweden", "SE", "O", "Gothenburg"),
    ("New Delhi, India", "IN", "DL", "Delhi"),
    ("Sarajevo, Bosnia and Herzegovina", "BA", "BIH", "Sarajevo"),
    // A state is not the city that is called so too, and a town in it is not that city.
    ("Oklahoma (Remote)", "US", "OK", ""),
    ("Woodward, Oklahoma, United States", "US", "OK", "Woodward"),
    ("Moravia, New York", "US", "NY", "Moravia"),
    (
        "Joppatowne, Maryland, United States",
        "US",
        "MD",
        "Joppatowne",
    ),
    ("Clackamas, Oregon, United States", "US", "OR", "Clackamas"),
    ("Leesville, LA", "US", "LA", "Leesville"),
    ("Hudson Yards, New York, NY", "US", "NY", "New York"),
    ("WUSA-TV Washington", "", "", ""),
    // Lists of places.
    (
        "San Francisco, NYC, Seattle, US Remote, Toronto",
        "",
        "",
        "",
    ),
    (
        "Hawai'i, New York, Washington D.C. & San Francisco",
        "US",
        "",
        "",
    ),
    ("Westport, CT & New York City, NY", "US", "", ""),
    ("Remote (East Coast USA or Canada)", "", "", ""),
    ("León", "", "", ""),
    ("Manchester", "GB", "England", "Manchester"),
    ("Greater Manchester", "GB", "England", "Manchester"),
    ("Santander", "", "", ""),
    ("Victoria", "", "", ""),
    ("Ontario", "CA", "ON", ""),
    ("Sofia", "BG", "Sofia-Capital", "Sofia"),
    ("Columbia", "", "", ""),
    ("Mexico", "MX", "", ""),
    ("Frankfurt (Oder)", "", "", ""),
    ("Halle (Saale)", "DE", "ST", "Halle (Saale)"),
    ("Malaysia-Local", "MY", "", ""),
    ("Bethesda, MD, New York, NY", "US", "", ""),
    ("Washington, TX", "US", "TX", "Washington"),
    ("Indiana, PA", "US", "PA", "Indiana"),
    // States are not the small towns called like them.
    ("Oregon, USA", "US", "OR", ""),
    ("Delaware, United States", "US", "DE", ""),
    ("Wyoming, USA", "US", "WY", ""),
    ("Oregon, OH", "US", "OH", "Oregon"),
    ("New York, USA", "US", "NY", "New York"),
    // Where one may not work from is no place of the role.
    ("Remote (not US)", "", "", ""),
    ("Remote, except Germany", "", "", ""),
    ("Remote (outside the EU)", "", "", ""),
    ("Not remote - Oslo", "NO", "Oslo", "Oslo"),
    ("Oslo, NO", "NO", "Oslo", "Oslo"),
    ("Amherst, NH", "US", "NH", "Amherst"),
    ("Ireland Cork, Denver, Colorado, United States", "", "", ""),
    ("Ireland Cork", "IE", "M", "Cork"),
    ("Palm Beach Island", "", "", ""),
    ("Remote - West", "", "", ""),
    ("West Region", "", "", ""),
    ("Dublin, Virginia, United States", "US", "VA", "Dublin"),
    ("Northern Territory, Australia", "AU", "NT", ""),
    ("Washington, D. C.", "US", "DC", "Washington"),
    ("Remote, Any, United States, AMER", "US", "", ""),
    ("Chicago, New York, Amsterdam", "", "", ""),
    ("Zagreb, Split, Skopje", "", "", ""),
    ("Lake Saint Louis, MO", "US", "MO", "Lake Saint Louis"),
    ("San Jose, CA OR Pittsburgh, PA", "US", "", ""),
    ("South Africa Or Malaysia", "", "", ""),
    ("Portland OR 97201", "US", "OR", "Portland"),
    ("Miami, Texas, Raleigh, Montreal", "", "", ""),
    ("Remote (USA only) with some travel required", "US", "", ""),
    ("12 Palm Bay Rd NE, Palm Bay, FL", "US", "FL", "Palm Bay"),
    ("San Francisco Bay Area, New York City", "US", "", ""),
    // Parts of a country, counties and streets are no towns.
    ("Western USA (Remote)", "US", "", ""),
    ("Ventura County, California", "US", "CA", ""),
    ("Global Sourcing, Mexico", "MX", "", ""),
    ("Ralph Ave, New York, United States", "US", "NY", ""),
    // A country that is spelled out outweighs a city of elsewhere.
    ("Paris, Germany", "DE", "", "Paris"),
    ("", "", "", ""),
    ("Jerusalem, Israel", "IL", "JM", "Jerusalem"),
    ("Moscow, Russia", "RU", "MOW", "Moscow"),
    ("Khimki, Russia", "RU", "MOS", "Khimki"),
    ("Tashkent", "UZ", "TK", "Tashkent"),
    ("Somewhere nice", "", "", ""),
    (", ,", "", "", ""),
    ("N/A", "", "", ""),
];

#[test]
fn resolves_places_as_sources_write_them() {
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

/// The cities of the gazetteer with the code of their country: hardly one may be found elsewhere.
#[test]
fn a_city_with_the_code_of_its_country_is_in_that_country() {
    let (mut all, mut wrong) = (0, Vec::new());
    for city in super::data::CityId::all() {
        let code = city.country().code();
        let written = format!("{}, {code}", city.name());
        all += 1;
        let found = Location::parse(&written).country;
        if found.as_deref().is_some_and(|found| found != code) {
            wrong.push(written);
        }
    }
    assert!(
        wrong.len() * 1000 <= all,
        "{} of {all}: {wrong:?}",
        wrong.len()
    );
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
fn says_how_people_work_and_from_where() {
    for (written, mode, from) in [
        ("Remote", Some(Workplace::Remote), &[][..]),
        ("Remote - EU", Some(Workplace::Remote), &["EU"]),
        ("Remote (US)", Some(Workplace::Remote), &["US"]),
        ("Remote (US/Canada)", Some(Workplace::Remote), &["US", "CA"]),
        ("Remote, OR", Some(Workplace::Remote), &["US"]),
        ("Anywhere in LATAM", Some(Workplace::Remote), &["LATAM"]),
        (
            "Remote - France or UK",
            Some(Workplace::Remote),
            &["FR", "GB"],
        ),
        (
            "US / Canada (Remote)",
            Some(Workplace::Remote),
            &["US", "CA"],
        ),
        ("Remote (UK & EU)", Some(Workplace::Remote), &["GB", "EU"]),
        ("US Remote or Toronto, CA", Some(Workplace::Remote), &["US"]),
        (
            "Remote - Texas; Remote - Georgia",
            Some(Workplace::Remote),
            &["US"],
        ),
        ("Remote - Africa", Some(Workplace::Remote), &["Africa"]),
        (
            "Remote - Argentina; Brazil; Mexico",
            Some(Workplace::Remote),
            &["AR", "BR", "MX"],
        ),
        (
            "Remote (Worldwide)",
            Some(Workplace::Remote),
            &["worldwide"],
        ),
        ("Anywhere, US", Some(Workplace::Remote), &["US"]),
        ("Remote, CA", Some(Workplace::Remote), &[]),
        ("Columbia (remote)", Some(Workplace::Remote), &[]),
        ("Remote (US ONLY)", Some(Workplace::Remote), &["US"]),
        (
            "Remote in Ontario, Canada or within U.S.",
            Some(Workplace::Remote),
            &["CA", "US"],
        ),
        (
            "Remote, Rhode Island, United States, AMER",
            Some(Workplace::Remote),
            &["US"],
        ),
        ("Berlin (Hybrid)", Some(Workplace::Hybrid), &[]),
        ("On-site, Paris", Some(Workplace::OnSite), &[]),
        ("Berlin", None, &[]),
        ("Winston-Salem, NC", None, &[]),
    ] {
        let read = Location::parse(written);
        assert_eq!(
            (read.workplace, &*read.remote_from),
            (
                mode,
                &*from.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>()
            ),
            "{written}"
        );
    }
}

#[test]
fn a_country_in_its_own_field_is_that_country() {
    for ((country, region, city), read) in [
        (("DE", "", "Walldorf"), ("DE", "", "Walldorf")),
        (("de", "SH", "Kiel"), ("DE", "SH", "Kiel")),
        (("Germany", "Bavaria", "München"), ("DE", "BY", "Munich")),
        (("IN", "MH", "Bombay"), ("IN", "MH", "Mumbai")),
        (("co", "", "Cali"), ("CO", "VAC", "Cali")),
        (("il", "", "Ra'anana"), ("IL", "M", "Ra'anana")),
        (("CA", "", ""), ("CA", "", "")),
        (
            ("US", "California", "San Francisco"),
            ("US", "CA", "San Francisco"),
        ),
        (("DE", "", "Wilmington"), ("DE", "", "Wilmington")),
        (("DE", "", "Paris"), ("DE", "", "Paris")),
        (
            ("DE", "", "Kleinkleckersdorf"),
            ("DE", "", "Kleinkleckersdorf"),
        ),
        (("DE", "", "Remote"), ("DE", "", "")),
        (("", "", "Berlin"), ("DE", "BE", "Berlin")),
        (("", "TX", "Paris"), ("US", "TX", "Paris")),
        (("GB", "England", "London"), ("GB", "England", "London")),
    ] {
        let fields = PlaceFields {
            country,
            region,
            city,
            postcode: "",
        };
        let found = Location::from_fields(&fields.joined(), &fields);
        let parts = [found.country, found.region, found.city].map(Option::unwrap_or_default);
        assert_eq!(parts, [read.0, read.1, read.2], "{country} {region} {city}");
        assert_eq!(found.written, fields.joined());
    }
}

#[test]
fn fields_in_one_line_read_as_the_fields_say() {
    for ((country, region, city), written) in [
        (("DE", "", "Kiel"), "Kiel, DE"),
        (
            ("DE", "", "Kleinkleckersdorf"),
            "Kleinkleckersdorf, Germany",
        ),
        (("DE", "", "Wilmington"), "Wilmington, Germany"),
        (("DE", "", "Paris"), "Paris, Germany"),
        (("IN", "MH", "Bombay"), "Bombay, MH, IN"),
        (("CA", "", ""), "Canada"),
        (("US", "CA", "San Francisco"), "San Francisco, CA, US"),
        (("", "TX", "Paris"), "Paris, TX"),
        (("", "", ""), ""),
    ] {
        let fields = PlaceFields {
            country,
            region,
            city,
            postcode: "",
        };
        assert_eq!(fields.written(), written);
        if !country.is_empty() {
            assert_eq!(Location::parse(written).country.as_deref(), Some(country));
        }
    }
    // Without a country, the form of the postal code may tell it.
    for ((country, city, postcode), written) in [
        (("", "London", "N6A 3K7"), "London, Canada"),
        (("", "Cambridge", "CB2 1TN"), "Cambridge, United Kingdom"),
        (("", "London", "SW1A 1AA"), "London"),
        (("", "Kiel", "24103"), "Kiel"),
        (("US", "Cambridge", "CB2 1TN"), "Cambridge, US"),
        (("", "", "N6A 3K7"), ""),
    ] {
        let fields = PlaceFields {
            country,
            city,
            postcode,
            ..PlaceFields::default()
        };
        assert_eq!(fields.written(), written);
    }
}

#[test]
fn several_places_in_one_string_are_taken_apart_where_that_is_safe() {
    for (written, places) in [
        ("Berlin or Munich", &["Berlin", "Munich"][..]),
        ("London / Paris", &["London", "Paris"]),
        ("Berlin; Hamburg; Remote", &["Berlin", "Hamburg", "Remote"]),
        ("Boston or Remote", &["Boston", "Remote"]),
        ("Springfield, OR or Remote", &["Springfield, OR", "Remote"]),
        (
            "San Francisco, CA and Santa Monica, CA",
            &["San Francisco, CA", "Santa Monica, CA"],
        ),
        ("US or Canada", &["US", "Canada"]),
        ("Berlin & Munich", &["Berlin", "Munich"]),
        ("Boston, MA + New York, NY", &["Boston, MA + New York, NY"]),
        (
            "Hybrid London / Hybrid Paris",
            &["Hybrid London", "Hybrid Paris"],
        ),
        // A single place, or one that is unknown on its own.
        ("Bosnia and Herzegovina", &["Bosnia and Herzegovina"]),
        ("Frankfurt/Main", &["Frankfurt/Main"]),
        ("Kansas City, MO/KS", &["Kansas City, MO/KS"]),
        ("Waterloo / Toronto", &["Waterloo / Toronto"]),
        ("Hybrid - London or Paris", &["Hybrid - London or Paris"]),
        ("Remote - US or Canada", &["Remote - US or Canada"]),
        ("Remote or Hybrid", &["Remote or Hybrid"]),
        (" Berlin ", &["Berlin"]),
    ] {
        assert_eq!(split(written), places, "{written}");
    }
}

#[test]
fn every_region_is_found_by_the_word_for_it() {
    for (country, word, name) in [
        ("US", "WA", "Washington"),
        ("AU", "WA", "Western Australia"),
        ("DE", "BY", "Bavaria"),
        ("DE", "BW", "Baden-Württemberg"),
        ("SE", "O", "Västra Götaland"),
        ("ES", "CL", "Castile and León"),
        ("IN", "DL", "Delhi"),
        ("GB", "England", "England"),
        ("KR", "Seoul", "Seoul"),
    ] {
        assert_eq!(region_name(country, word), Some(name));
        assert_eq!(region_code(country, name).as_deref(), Some(word));
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
