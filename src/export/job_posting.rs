//! Postings as schema.org `JobPosting`: only what the posting states.

use serde_json::{Map, Value, json};

use crate::board::{
    Company, Education, Employment, Location, Period, PostalAddress, Posting, Salary, Workplace,
    area,
};
use crate::document;

/// Every stated field of a posting, and what the board says about its company.
pub fn everything(posting: &Posting, company: Option<&Company>) -> Value {
    let mut job = without_text(posting, company);
    job.extend(description(posting).map(|text| ("description".to_owned(), text)));
    Value::Object(job)
}

fn without_text(posting: &Posting, company: Option<&Company>) -> Map<String, Value> {
    let mut job = Map::new();
    job.insert("@type".into(), "JobPosting".into());
    let mut say = |key: &str, value: Option<Value>| {
        job.extend(value.map(|value| (key.to_owned(), value)));
    };
    say("title", Some(posting.title.as_str().into()));
    say("identifier", Some(identifier(posting)));
    say("hiringOrganization", organization(posting, company));
    say(
        "datePosted",
        posting.posted.map(|day| day.to_string().into()),
    );
    // A posting stays open through the whole closing day. Its time zone is not stated, so this is the end of the day in the
    // last one.
    say(
        "validThrough",
        posting
            .closes
            .map(|day| format!("{day}T23:59:59-12:00").into()),
    );
    say(
        "employmentType",
        one_or_all(posting.employment.iter().map(|kind| employment(*kind))),
    );
    let remote = posting.workplace == Some(Workplace::Remote);
    say("jobLocationType", remote.then(|| "TELECOMMUTE".into()));
    say(
        "applicantLocationRequirements",
        applicants(posting).filter(|_| remote),
    );
    say("jobLocation", places(posting));
    say("baseSalary", one_or_all(posting.salary.iter().map(salary)));
    say("inLanguage", posting.language.as_deref().map(Value::from));
    let skills = if posting.skills.is_empty() {
        &posting.tags
    } else {
        &posting.skills
    };
    say(
        "skills",
        one_or_all(skills.iter().map(|skill| skill.as_str().into())),
    );
    say("experienceRequirements", experience(posting));
    say("educationRequirements", posting.education.map(education));
    say(
        "securityClearanceRequirement",
        posting.clearance.map(|clearance| clearance.word().into()),
    );
    say("url", posting.url.as_deref().map(Value::from));
    job
}

/// Fields that a posting lacks for search engines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lacking {
    /// Fields without which there is no structured data.
    pub required: Vec<&'static str>,
    /// Fields that search engines recommend.
    pub recommended: Vec<&'static str>,
}

/// Fields that search engines want and a posting lacks. They require an address to apply at, a description, the day of posting,
/// the company, and the country of work or, for remote work, of residence.
/// <https://developers.google.com/search/docs/appearance/structured-data/job-posting>
pub fn lacking(posting: &Posting) -> Lacking {
    let mut places = posting.locations.iter();
    let is_placed = places.any(|place| place.country.is_some())
        || posting.workplace == Some(Workplace::Remote) && !posting.remote_from.is_empty();
    let absent = |fields: &[(&'static str, bool)]| {
        let absent = fields.iter().filter(|(_, is_there)| !is_there);
        absent.map(|(name, _)| *name).collect()
    };
    Lacking {
        required: absent(&[
            ("url", posting.url.is_some()),
            ("description", has_text(posting)),
            ("posted", posting.posted.is_some()),
            ("company", posting.company.is_some()),
            ("a location with a country", is_placed),
        ]),
        recommended: absent(&[
            ("closes", posting.closes.is_some()),
            ("employment", !posting.employment.is_empty()),
            ("one salary for all locations", posting.salary.len() == 1),
        ]),
    }
}

/// The posting as search engines require it; `None` if it lacks anything required.
pub fn for_search_engines(posting: &Posting, company: Option<&Company>) -> Option<Value> {
    let mut job = for_page(posting, company)?;
    let said = job.as_object_mut()?;
    said.extend(description(posting).map(|text| ("description".to_owned(), text)));
    said.insert("@context".into(), "https://schema.org/".into());
    Some(job)
}

/// The posting as search engines require it, for a page that shows its text; `None` if it lacks anything required.
pub fn for_page(posting: &Posting, company: Option<&Company>) -> Option<Value> {
    if !lacking(posting).required.is_empty() {
        return None;
    }
    let mut said = without_text(posting, company);
    // Locations without a country are rejected, and so is pay that differs by location.
    let known = posting
        .locations
        .iter()
        .filter(|place| place.country.is_some());
    said.remove("jobLocation");
    said.extend(one_or_all(known.map(place)).map(|places| ("jobLocation".to_owned(), places)));
    said.retain(|key, value| key != "baseSalary" || value.is_object());
    Some(said.into())
}

/// JSON that is safe inside a `<script>` element.
pub fn embedded(value: &Value) -> String {
    let text = value.to_string();
    // In JSON these characters only occur within strings.
    text.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

fn identifier(posting: &Posting) -> Value {
    match &posting.company {
        Some(company) => json!({ "@type": "PropertyValue", "name": company, "value": posting.id }),
        None => json!({ "@type": "PropertyValue", "value": posting.id }),
    }
}

fn organization(posting: &Posting, company: Option<&Company>) -> Option<Value> {
    let mut organization = Map::new();
    organization.insert("@type".into(), "Organization".into());
    organization.insert("name".into(), posting.company.as_deref()?.into());
    if let Some(company) = company {
        let url = [("url", &company.url), ("logo", &company.logo)];
        let stated = url.map(|(key, url)| Some((key.to_owned(), url.as_deref()?.into())));
        organization.extend(stated.into_iter().flatten());
        let same_as = company.same_as.iter().map(|url| url.as_str().into());
        organization.extend(one_or_all(same_as).map(|all| ("sameAs".to_owned(), all)));
        let address = company.address.as_ref().map(postal_address);
        organization.extend(address.map(|address| ("address".to_owned(), address)));
    }
    if let Some(team) = &posting.team {
        let department = json!({ "@type": "Organization", "name": team });
        organization.insert("department".into(), department);
    }
    Some(organization.into())
}

fn postal_address(address: &PostalAddress) -> Value {
    let parts = [
        ("streetAddress", &address.street),
        ("postalCode", &address.postcode),
        ("addressLocality", &address.city),
        ("addressRegion", &address.region),
        ("addressCountry", &address.country),
    ];
    let mut value = Map::new();
    value.insert("@type".into(), "PostalAddress".into());
    for (key, part) in parts {
        value.extend(part.as_deref().map(|part| (key.to_owned(), part.into())));
    }
    value.into()
}

fn employment(employment: Employment) -> Value {
    let word = match employment {
        Employment::FullTime => "FULL_TIME",
        Employment::PartTime => "PART_TIME",
        Employment::Contract => "CONTRACTOR",
        Employment::Temporary => "TEMPORARY",
        Employment::Internship => "INTERN",
        Employment::Volunteer => "VOLUNTEER",
    };
    word.into()
}

/// Whether a posting has a text. A long one needs no look.
fn has_text(posting: &Posting) -> bool {
    const LONG: usize = 500;
    posting.description.len() > LONG || description(posting).is_some()
}

fn description(posting: &Posting) -> Option<Value> {
    let html = document::to_html(&posting.description, 1);
    // An image without a description leaves an empty paragraph.
    let html = html.replace("<p></p>", "");
    (!html.trim().is_empty()).then(|| html.trim().into())
}

/// Where applicants may live: as stated, or else the countries of the locations.
fn applicants(posting: &Posting) -> Option<Value> {
    if posting.remote_from.is_empty() {
        return countries(posting);
    }
    let areas = posting.remote_from.iter().map(|area| {
        let is_country = area.len() == 2 && !area::REGIONS.contains(&area.as_str());
        let kind = if is_country {
            "Country"
        } else {
            "AdministrativeArea"
        };
        json!({ "@type": kind, "name": area })
    });
    one_or_all(areas)
}

fn experience(posting: &Posting) -> Option<Value> {
    let months = u16::from(posting.years?.min?) * 12;
    Some(json!({
        "@type": "OccupationalExperienceRequirements",
        "monthsOfExperience": months,
    }))
}

/// Education in the vocabulary of search engines.
fn education(education: Education) -> Value {
    let category = match education {
        Education::Bachelor => "bachelor degree",
        Education::Master | Education::Phd => "postgraduate degree",
    };
    json!({
        "@type": "EducationalOccupationalCredential",
        "credentialCategory": category,
    })
}

fn countries(posting: &Posting) -> Option<Value> {
    let mut codes: Vec<&str> = Vec::new();
    for code in posting
        .locations
        .iter()
        .filter_map(|place| place.country.as_deref())
    {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    let countries = codes.into_iter();
    one_or_all(countries.map(|code| json!({ "@type": "Country", "name": code })))
}

fn places(posting: &Posting) -> Option<Value> {
    one_or_all(posting.locations.iter().map(place))
}

fn place(location: &Location) -> Value {
    let mut address = Map::new();
    address.insert("@type".into(), "PostalAddress".into());
    let parts = [
        ("addressCountry", &location.country),
        ("addressRegion", &location.region),
        ("addressLocality", &location.city),
    ];
    for (key, part) in parts {
        address.extend(part.as_deref().map(|part| (key.to_owned(), part.into())));
    }
    // The location as written if it could not be resolved.
    if address.len() == 1 {
        return json!({ "@type": "Place", "name": location.written });
    }
    json!({ "@type": "Place", "name": location.written, "address": address })
}

fn salary(salary: &Salary) -> Value {
    let unit = match salary.per {
        Period::Hour => "HOUR",
        Period::Day => "DAY",
        Period::Week => "WEEK",
        Period::Month => "MONTH",
        Period::Year => "YEAR",
    };
    let mut value = Map::new();
    value.insert("@type".into(), "QuantitativeValue".into());
    value.insert("unitText".into(), unit.into());
    let amounts = match (salary.min, salary.max) {
        (Some(min), Some(max)) if min.total_cmp(&max).is_eq() => {
            [("value", Some(min)), ("maxValue", None)]
        }
        (min, max) => [("minValue", min), ("maxValue", max)],
    };
    for (key, amount) in amounts {
        value.extend(amount.map(|amount| (key.to_owned(), number(amount))));
    }
    json!({ "@type": "MonetaryAmount", "currency": salary.currency.code(), "value": value })
}

/// A number without a trailing `.0`.
fn number(amount: f64) -> Value {
    // Whole numbers above this are not exact in a float.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if amount.fract() == 0.0 && amount.abs() < EXACT {
        return (amount as i64).into();
    }
    amount.into()
}

/// A single value as itself, several as a list, none as `None`.
fn one_or_all(values: impl Iterator<Item = Value>) -> Option<Value> {
    let mut values: Vec<Value> = values.collect();
    match values.len() {
        0 => None,
        1 => values.pop(),
        _ => Some(values.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Source;
    use iso_currency::Currency;

    fn posting() -> Posting {
        Posting {
            id: "a.1".into(),
            title: "Rust </script> Engineer".into(),
            company: Some("Ferrous".into()),
            team: Some("Storage".into()),
            locations: vec![Location::parse("Berlin, Germany")],
            workplace: Some(Workplace::Hybrid),
            employment: vec![Employment::Contract],
            posted: Some("2026-09-01".parse().expect("a day")),
            closes: Some("2026-10-31".parse().expect("a day")),
            salary: vec![pay(70_000.0, 90_000.5)],
            url: Some("https://example.org/1".into()),
            tags: vec!["rust".into(), "databases".into()],
            description: "Write *Rust*.\n\n## Duties\n- one".into(),
            source: Some(Source::default()),
            ..Posting::default()
        }
    }

    fn pay(min: f64, max: f64) -> Salary {
        Salary {
            min: Some(min),
            max: Some(max),
            currency: Currency::EUR,
            per: Period::Year,
            location: None,
        }
    }

    #[test]
    fn a_posting_shows_its_known_fields() {
        let job = for_search_engines(&posting(), None).expect("every required field");
        let expected = json!({
            "@context": "https://schema.org/",
            "@type": "JobPosting",
            "title": "Rust </script> Engineer",
            "identifier": { "@type": "PropertyValue", "name": "Ferrous", "value": "a.1" },
            "hiringOrganization": {
                "@type": "Organization",
                "name": "Ferrous",
                "department": { "@type": "Organization", "name": "Storage" },
            },
            "datePosted": "2026-09-01",
            "validThrough": "2026-10-31T23:59:59-12:00",
            "employmentType": "CONTRACTOR",
            "description": "<p>Write <em>Rust</em>.</p>\n<h2>Duties</h2>\n<ul>\n<li>one</li>\n</ul>",
            "jobLocation": {
                "@type": "Place",
                "name": "Berlin, Germany",
                "address": {
                    "@type": "PostalAddress",
                    "addressCountry": "DE",
                    "addressRegion": "BE",
                    "addressLocality": "Berlin",
                },
            },
            "baseSalary": {
                "@type": "MonetaryAmount",
                "currency": "EUR",
                "value": {
                    "@type": "QuantitativeValue",
                    "minValue": 70000,
                    "maxValue": 90000.5,
                    "unitText": "YEAR",
                },
            },
            "skills": ["rust", "databases"],
            "url": "https://example.org/1",
        });
        assert_eq!(job, expected);
        assert!(!embedded(&job).contains('<'));
        assert_eq!(
            serde_json::from_str::<Value>(&embedded(&job)).ok(),
            Some(job)
        );
    }

    #[test]
    fn search_engines_get_complete_data_or_none() {
        let lacking: [fn(&mut Posting); 6] = [
            |posting| posting.url = None,
            |posting| posting.posted = None,
            |posting| posting.company = None,
            |posting| posting.description = "![](x)".into(),
            |posting| posting.locations.clear(),
            |posting| posting.locations = vec![Location::parse("Atlantis")],
        ];
        for (at, lack) in lacking.into_iter().enumerate() {
            let mut posting = posting();
            lack(&mut posting);
            assert_eq!(for_search_engines(&posting, None), None, "{at}");
            assert_eq!(everything(&posting, None)["title"], posting.title);
        }
    }

    #[test]
    fn remote_work_names_where_applicants_may_live() {
        let remote = Posting {
            workplace: Some(Workplace::Remote),
            locations: ["Germany", "Graz, Austria", "Atlantis"]
                .map(Location::parse)
                .into(),
            salary: vec![pay(1.0, 1.0), pay(2.0, 3.0)],
            ..posting()
        };
        let job = for_search_engines(&remote, None).expect("every required field");
        assert_eq!(job["jobLocationType"], "TELECOMMUTE");
        let countries = &job["applicantLocationRequirements"];
        assert_eq!([&countries[0]["name"], &countries[1]["name"]], ["DE", "AT"]);
        assert_eq!(job["jobLocation"].as_array().map(Vec::len), Some(2));
        assert!(job.get("baseSalary").is_none(), "two ranges are not one");
        let all = everything(&remote, None);
        assert_eq!(all["baseSalary"][0]["value"]["value"], 1);
        let from = Posting {
            remote_from: vec!["EU".into(), "CH".into()],
            ..remote.clone()
        };
        let areas = everything(&from, None)["applicantLocationRequirements"].clone();
        assert_eq!(
            [&areas[0]["@type"], &areas[1]["@type"]],
            ["AdministrativeArea", "Country"]
        );
        assert_eq!(all["jobLocation"][2]["name"], "Atlantis");
    }

    #[test]
    fn a_described_company_has_its_logo_and_address() {
        let company = Company {
            name: "Ferrous".into(),
            url: Some("https://ferrous.example/".into()),
            logo: Some("https://ferrous.example/logo.png".into()),
            same_as: vec!["https://wiki.example/Ferrous".into()],
            address: Some(PostalAddress {
                city: Some("Berlin".into()),
                country: Some("DE".into()),
                ..PostalAddress::default()
            }),
        };
        let job = for_search_engines(&posting(), Some(&company)).expect("every required field");
        let expected = json!({
            "@type": "Organization",
            "name": "Ferrous",
            "url": "https://ferrous.example/",
            "logo": "https://ferrous.example/logo.png",
            "sameAs": "https://wiki.example/Ferrous",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Berlin",
                "addressCountry": "DE",
            },
            "department": { "@type": "Organization", "name": "Storage" },
        });
        assert_eq!(job["hiringOrganization"], expected);
    }

    #[test]
    fn work_from_anywhere_needs_no_location() {
        let mut remote = Posting {
            workplace: Some(Workplace::Remote),
            locations: Vec::new(),
            remote_from: vec!["DE".into()],
            ..posting()
        };
        let job = for_search_engines(&remote, None).expect("every required field");
        assert_eq!(job["applicantLocationRequirements"]["name"], "DE");
        assert!(job.get("jobLocation").is_none());
        remote.remote_from.clear();
        assert_eq!(lacking(&remote).required, ["a location with a country"]);
        assert_eq!(lacking(&Posting::default()).required.len(), 5);
        assert_eq!(
            lacking(&Posting::default()).recommended,
            ["closes", "employment", "one salary for all locations"]
        );
    }
}
