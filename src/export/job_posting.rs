//! Postings as schema.org `JobPosting`: only what the posting states.

use serde_json::{Map, Value, json};

use crate::board::{Education, Employment, Location, Period, Posting, Salary, Workplace, area};
use crate::document;

/// Every stated field of a posting.
pub fn everything(posting: &Posting) -> Value {
    let mut job = Map::new();
    job.insert("@type".into(), "JobPosting".into());
    let mut say = |key: &str, value: Option<Value>| {
        job.extend(value.map(|value| (key.to_owned(), value)));
    };
    say("title", Some(posting.title.as_str().into()));
    say("identifier", Some(identifier(posting)));
    say("hiringOrganization", organization(posting));
    say(
        "datePosted",
        posting.posted.map(|day| day.to_string().into()),
    );
    // A posting stays open through the whole closing day.
    say(
        "validThrough",
        posting.closes.map(|day| format!("{day}T23:59:59").into()),
    );
    say(
        "employmentType",
        one_or_all(posting.employment.iter().map(|kind| employment(*kind))),
    );
    say("description", description(posting));
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
    Value::Object(job)
}

/// The posting as search engines require it; `None` if it lacks one of the required fields: description, date posted,
/// hiring organisation, and a country of work or, for remote work, of residence.
/// <https://developers.google.com/search/docs/appearance/structured-data/job-posting>
pub fn for_search_engines(posting: &Posting) -> Option<Value> {
    let mut job = everything(posting);
    let said = job.as_object_mut()?;
    let asked = ["description", "datePosted", "hiringOrganization"];
    let placed = posting
        .locations
        .iter()
        .any(|place| place.country.is_some());
    if !placed || !asked.iter().all(|key| said.contains_key(*key)) {
        return None;
    }
    // Locations without a country are rejected, and so is pay that differs by location.
    let known = posting
        .locations
        .iter()
        .filter(|place| place.country.is_some());
    said.insert("jobLocation".into(), one_or_all(known.map(place))?);
    said.retain(|key, value| key != "baseSalary" || value.is_object());
    said.insert("@context".into(), "https://schema.org/".into());
    Some(job)
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

fn organization(posting: &Posting) -> Option<Value> {
    let company = posting.company.as_deref()?;
    Some(match &posting.team {
        Some(team) => json!({
            "@type": "Organization",
            "name": company,
            "department": { "@type": "Organization", "name": team },
        }),
        None => json!({ "@type": "Organization", "name": company }),
    })
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
        let job = for_search_engines(&posting()).expect("every required field");
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
            "validThrough": "2026-10-31T23:59:59",
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
        let lacking: [fn(&mut Posting); 5] = [
            |posting| posting.posted = None,
            |posting| posting.company = None,
            |posting| posting.description = "![](x)".into(),
            |posting| posting.locations.clear(),
            |posting| posting.locations = vec![Location::parse("Atlantis")],
        ];
        for (at, lack) in lacking.into_iter().enumerate() {
            let mut posting = posting();
            lack(&mut posting);
            assert_eq!(for_search_engines(&posting), None, "{at}");
            assert_eq!(everything(&posting)["title"], posting.title);
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
        let job = for_search_engines(&remote).expect("every required field");
        assert_eq!(job["jobLocationType"], "TELECOMMUTE");
        let countries = &job["applicantLocationRequirements"];
        assert_eq!([&countries[0]["name"], &countries[1]["name"]], ["DE", "AT"]);
        assert_eq!(job["jobLocation"].as_array().map(Vec::len), Some(2));
        assert!(job.get("baseSalary").is_none(), "two ranges are not one");
        let all = everything(&remote);
        assert_eq!(all["baseSalary"][0]["value"]["value"], 1);
        let from = Posting {
            remote_from: vec!["EU".into(), "CH".into()],
            ..remote.clone()
        };
        let areas = everything(&from)["applicantLocationRequirements"].clone();
        assert_eq!(
            [&areas[0]["@type"], &areas[1]["@type"]],
            ["AdministrativeArea", "Country"]
        );
        assert_eq!(all["jobLocation"][2]["name"], "Atlantis");
    }
}
