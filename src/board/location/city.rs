//! Cities so well known that postings name them alone, and the names that several spellings of one city share.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Country, region, and the cities there. Only names that mean one place when nothing else is said.
const KNOWN: &[(&str, &str, &str)] = &[
    ("AE", "", "Dubai|Abu Dhabi"),
    ("AL", "", "Tirana"),
    ("AR", "", "Buenos Aires"),
    ("AT", "", "Vienna|Wien|Graz|Linz"),
    ("AU", "NSW", "Sydney"),
    ("AU", "VIC", "Melbourne"),
    ("AU", "QLD", "Brisbane"),
    ("BE", "", "Brussels|Antwerp|Ghent"),
    ("BG", "", "Sofia"),
    (
        "BR",
        "",
        "São Paulo|Sao Paulo|Rio de Janeiro|Curitiba|Belo Horizonte|Florianópolis",
    ),
    ("CA", "ON", "Toronto|Ottawa|Mississauga|Kitchener|Markham"),
    ("CA", "QC", "Montreal|Montréal|Quebec City|Laval"),
    ("CA", "BC", "Vancouver"),
    ("CA", "AB", "Calgary|Edmonton"),
    ("CA", "SK", "Saskatoon|Regina"),
    ("CA", "NL", "St. John's"),
    ("CA", "PE", "Charlottetown"),
    ("CA", "MB", "Winnipeg"),
    ("CH", "", "Zurich|Zürich|Geneva|Basel|Lausanne|Bern"),
    ("CL", "", "Santiago"),
    (
        "CN",
        "",
        "Beijing|Shanghai|Shenzhen|Hangzhou|Guangzhou|Chengdu|北京|上海|深圳|广州|杭州",
    ),
    ("CO", "", "Bogotá|Bogota|Medellín|Medellin"),
    ("CZ", "", "Prague|Praha|Brno"),
    (
        "DE",
        "",
        "Berlin|Munich|München|Hamburg|Frankfurt|Frankfurt am Main|Cologne|Köln|Stuttgart|Düsseldorf|\
                Dusseldorf|Leipzig|Dresden|Hannover|Nuremberg|Nürnberg|Karlsruhe|Heidelberg|Tübingen|Bonn|Bremen|\
                Dortmund|Freiburg|Potsdam|Mannheim|Aachen",
    ),
    ("DK", "", "Copenhagen|København|Aarhus"),
    ("EE", "", "Tallinn"),
    ("EG", "", "Cairo"),
    ("ES", "", "Madrid|Barcelona|Málaga|Malaga|Seville|Sevilla"),
    ("FI", "", "Helsinki|Espoo"),
    (
        "FR",
        "",
        "Paris|Lyon|Toulouse|Grenoble|Marseille|Bordeaux|Nantes|Lille|Montpellier|Strasbourg",
    ),
    ("GB", "England", "London|Bristol|Leeds|Liverpool"),
    ("GB", "Scotland", "Edinburgh|Glasgow"),
    ("GB", "Wales", "Cardiff"),
    ("GB", "Northern Ireland", "Belfast"),
    ("GE", "", "Tbilisi|Batumi|Kutaisi|Rustavi"),
    ("GR", "", "Thessaloniki"),
    ("HU", "", "Budapest"),
    ("ID", "", "Jakarta"),
    ("IE", "", "Dublin|Galway"),
    (
        "IL",
        "",
        "Tel Aviv|Tel Aviv-Yafo|Tel-Aviv|Haifa|Herzliya|Jerusalem",
    ),
    (
        "IN",
        "",
        "Bengaluru|Bangalore|Mumbai|Hyderabad|Chennai|Pune|New Delhi|Delhi|Gurgaon|Gurugram|Noida|Kolkata|\
                Ahmedabad|Kochi",
    ),
    ("IT", "", "Milan|Milano|Rome|Roma|Turin|Torino"),
    ("JP", "", "Tokyo|Osaka|Kyoto"),
    ("KE", "", "Nairobi"),
    ("KR", "", "Seoul"),
    ("LT", "", "Vilnius|Kaunas"),
    ("LV", "", "Riga"),
    ("MA", "", "Casablanca|Rabat"),
    ("MX", "", "Mexico City|Ciudad de México|CDMX|Monterrey"),
    ("MY", "", "Kuala Lumpur"),
    ("NG", "", "Lagos"),
    (
        "NL",
        "",
        "Amsterdam|Rotterdam|Utrecht|Eindhoven|The Hague|Delft",
    ),
    ("NO", "", "Oslo|Bergen|Trondheim"),
    ("NZ", "", "Auckland"),
    ("PE", "", "Lima"),
    ("PH", "", "Manila|Makati"),
    (
        "PL",
        "",
        "Warsaw|Warszawa|Krakow|Kraków|Wrocław|Wroclaw|Gdańsk|Gdansk|Poznań|Poznan",
    ),
    ("PT", "", "Lisbon|Lisboa|Porto|Braga"),
    ("RO", "", "Bucharest|Cluj-Napoca|Iasi"),
    ("RS", "", "Belgrade|Novi Sad"),
    ("SA", "", "Riyadh|Jeddah"),
    ("SE", "", "Stockholm|Gothenburg|Göteborg|Malmö"),
    ("SK", "", "Bratislava|Košice"),
    ("TH", "", "Bangkok"),
    ("TN", "", "Tunis"),
    ("TR", "", "Istanbul|Ankara"),
    ("TW", "", "Taipei|Hsinchu"),
    ("UA", "", "Kyiv|Lviv"),
    ("US", "AZ", "Phoenix|Scottsdale"),
    (
        "US",
        "CA",
        "San Francisco|South San Francisco|Los Angeles|San Diego|San Mateo|Palo Alto|Mountain View|\
                  Sunnyvale|Santa Clara|Menlo Park|Redwood City|Oakland",
    ),
    ("US", "CO", "Denver"),
    ("US", "DC", "Washington"),
    ("US", "GA", "Atlanta"),
    ("US", "IL", "Chicago"),
    ("US", "MA", "Boston"),
    ("US", "MD", "Baltimore"),
    ("US", "FL", "Miami|Orlando"),
    ("US", "MI", "Detroit"),
    ("US", "MN", "Minneapolis"),
    ("US", "NV", "Las Vegas"),
    ("US", "NY", "New York|Brooklyn|Manhattan"),
    ("US", "PA", "Philadelphia|Pittsburgh"),
    ("US", "TN", "Nashville"),
    ("US", "TX", "Austin|Dallas|Houston|San Antonio"),
    ("US", "UT", "Salt Lake City"),
    ("US", "WA", "Seattle"),
    ("VN", "", "Hanoi|Ho Chi Minh City"),
    ("ZA", "", "Cape Town|Johannesburg"),
];

/// Other names for some of them.
const ALIASES: &[(&str, &str)] = &[
    ("new york city", "New York"),
    ("nyc", "New York"),
    ("sf", "San Francisco"),
    ("washington dc", "Washington"),
    ("washington d.c.", "Washington"),
    ("tel aviv-yafo", "Tel Aviv"),
    ("tel-aviv", "Tel Aviv"),
    ("tel aviv-jaffa", "Tel Aviv"),
];

/// Too wide to be a city, but within one state.
const BAY_AREA: &[&str] = &["bay area", "sf bay area", "san francisco bay area"];

/// A city that needs no country beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct City {
    pub(super) country: &'static str,
    /// Empty where none is known.
    pub(super) region: &'static str,
    /// Empty where it is an area of many.
    pub(super) name: &'static str,
}

static CITIES: LazyLock<HashMap<String, City>> = LazyLock::new(|| {
    let mut cities = HashMap::new();
    for &(country, region, names) in KNOWN {
        for name in names.split('|') {
            let city = City {
                country,
                region,
                name,
            };
            cities.insert(name.to_lowercase(), city);
        }
    }
    for (alias, name) in ALIASES {
        if let Some(&city) = cities.get(&name.to_lowercase()) {
            cities.insert((*alias).into(), city);
        }
    }
    for area in BAY_AREA {
        let (country, region, name) = ("US", "CA", "");
        cities.insert(
            (*area).into(),
            City {
                country,
                region,
                name,
            },
        );
    }
    cities
});

/// The well-known city of this name.
pub(super) fn known(written: &str) -> Option<City> {
    CITIES.get(&written.to_lowercase()).copied()
}

/// The city's own name where an alias was written; else what was written.
pub(super) fn named(written: &str) -> &str {
    match known(written) {
        Some(city)
            if city.name.is_empty() || ALIASES.iter().any(|(_, name)| *name == city.name) =>
        {
            city.name
        }
        _ => written,
    }
}
