//! Column names that other systems use for the fields of a posting.

use std::collections::HashMap;
use std::sync::LazyLock;

use Key::{
    Benefits, City, Clearance, Closes, Company, Country, Currency, Description, Education,
    Employment, Id, Language, Languages, Level, Location, Per, Pinned, Postcode, Posted, Publisher,
    Qualifications, Region, Remote, RemoteFrom, Requirements, Responsibilities, Retold, Salary,
    SalaryLocation, SalaryMax, SalaryMin, Skills, Sponsorship, Tags, Team, Title, Url, Workplace,
    Years,
};

/// A field that a column can be read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in super::super) enum Key {
    Id,
    Title,
    Company,
    Team,
    Location,
    City,
    Region,
    Country,
    Postcode,
    Workplace,
    Remote,
    RemoteFrom,
    Employment,
    Posted,
    Closes,
    Salary,
    SalaryMin,
    SalaryMax,
    Currency,
    Per,
    SalaryLocation,
    Url,
    Level,
    Years,
    Education,
    Skills,
    Languages,
    Sponsorship,
    Clearance,
    Publisher,
    Retold,
    Pinned,
    Tags,
    Language,
    Description,
    Responsibilities,
    Requirements,
    Qualifications,
    Benefits,
}

/// Names of each field: our own first, then from least to most vague.
const NAMES: &[(Key, &str)] = &[
    (
        Id,
        "id job_id jobid reference_number referencenumber requisition_id requisitionid requisition_number req_id reference \
         external_id posting_id uuid guid key slug",
    ),
    (
        Title,
        "title job_title jobtitle position_title posting_title position_name job_name position role vacancy designation \
         headline stellentitel stellenbezeichnung berufsbezeichnung",
    ),
    (
        Company,
        "company company_name companyname employer employer_name hiring_organization hiring_company organization \
         organisation organization_name organisation_name business_name \
         firma unternehmen arbeitgeber",
    ),
    (
        Team,
        "team department department_name dept division business_unit abteilung",
    ),
    (
        Location,
        "locations location job_location location_name candidate_required_location place job_geo work_location \
         location_text formatted_location ort standort arbeitsort einsatzort",
    ),
    (City, "city town locality address_locality city_name stadt"),
    (
        Region,
        "region state province address_region state_province state_name bundesland",
    ),
    (
        Country,
        "country country_code address_country country_name iso_country_code land",
    ),
    (
        Postcode,
        "postcode postal_code postalcode zip zip_code plz postleitzahl",
    ),
    (
        Workplace,
        "workplace workplace_type remote_status work_mode workmode remote_type remotetype location_type work_arrangement \
         working_model job_location_type",
    ),
    (
        Remote,
        "remote is_remote remote_work is_remote_work telecommute telecommuting work_from_home",
    ),
    (
        Employment,
        "employment employment_type employmenttype job_type jobtype contract_type position_type job_schedule schedule \
         commitment time_type work_type type vertragsart beschäftigungsart anstellungsart",
    ),
    (
        Posted,
        "posted date_posted posted_date posted_at posted_on date_published published_date published_at publication_date \
         publish_date published published_on pub_date pubdate post_date posting_date opened_at created_at created_date \
         date_created created date veröffentlicht veröffentlicht_am veröffentlichungsdatum",
    ),
    (
        Closes,
        "closes closing_date close_date closes_at application_deadline deadline valid_through expires expires_at \
         expiry_date expiration_date expirationdate expires_on end_date bewerbungsfrist bewerbungsschluss",
    ),
    (
        Salary,
        "salary salary_range salary_text salary_description salary_estimate pay pay_range compensation \
         compensation_range wage remuneration base_salary gehalt vergütung jahresgehalt",
    ),
    (
        SalaryMin,
        "salary_min min_salary min_amount salary_from salary_minimum minimum_salary salary_low pay_min min_pay \
         compensation_min annual_salary_min pay_range_min",
    ),
    (
        SalaryMax,
        "salary_max max_salary max_amount salary_to salary_maximum maximum_salary salary_high pay_max max_pay \
         compensation_max annual_salary_max pay_range_max",
    ),
    (
        Currency,
        "salary_currency currency currency_code pay_currency salary_currency_code compensation_currency",
    ),
    (
        Per,
        "salary_per salary_interval salary_period salary_unit interval pay_period pay_interval per compensation_interval \
         compensation_period",
    ),
    (
        Url,
        "url apply_url apply_link application_url application_link job_url_direct job_url job_link link permalink \
         hosted_url detail_url posting_url href redirect_url absolute_url",
    ),
    (
        Level,
        "level job_level seniority seniority_level experience_level career_level",
    ),
    (Sponsorship, "sponsorship visa_sponsorship"),
    (Publisher, "publisher site source source_name sourcename"),
    (
        Tags,
        "tags keywords category categories job_category industry job_industry",
    ),
    (Language, "language lang locale"),
    (SalaryLocation, "salary_location"),
    (RemoteFrom, "remote_from"),
    (Years, "years"),
    (Education, "education"),
    (Skills, "skills"),
    (Languages, "languages"),
    (Clearance, "clearance"),
    (Retold, "retold"),
    (Pinned, "pinned"),
    (
        Description,
        "description job_description content_html content_text description_html html_description full_description body content details overview \
         text summary excerpt description_plain beschreibung stellenbeschreibung",
    ),
    (
        Responsibilities,
        "responsibilities key_responsibilities duties job_responsibilities",
    ),
    (
        Requirements,
        "requirements job_requirements requirement what_we_are_looking_for",
    ),
    (
        Qualifications,
        "qualifications job_qualifications minimum_qualifications",
    ),
    (Benefits, "benefits perks job_benefits"),
];

/// Wrapper objects that do not change the meaning of a value: `{"fields": {"title": …}}`, `{"title": {"rendered": …}}`.
const AROUND: &[&str] = &[
    "fields",
    "attributes",
    "node",
    "source",
    "job",
    "posting",
    "item",
    "data",
    "meta",
    "acf",
];
/// Members with the name of an object.
const WITHIN: &[&str] = &[
    "name",
    "label",
    "value",
    "title",
    "display_name",
    "text",
    "rendered",
    "written",
];
/// Objects that hold the parts of a location.
const PLACES: &[&str] = &[
    "location",
    "locations",
    "job_location",
    "address",
    "place",
    "office",
    "work_location",
    "city",
];

impl Key {
    /// The field with this name in a map.
    pub(in super::super) fn named(name: &str) -> Option<Self> {
        let known = NAMES.iter().find(|(_, names)| first(names) == name);
        known.map(|(key, _)| *key).or(match name {
            "location" => Some(Location),
            "currency" => Some(Currency),
            "per" => Some(Per),
            _ => None,
        })
    }

    /// Names allowed in a map.
    pub(in super::super) fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(_, names)| first(names))
    }
}

fn first(names: &'static str) -> &'static str {
    names.split(' ').next().unwrap_or_default()
}

static RANKED: LazyLock<HashMap<&'static str, (Key, usize)>> = LazyLock::new(|| {
    let ranked = NAMES.iter().flat_map(|(key, names)| {
        let names = names.split_whitespace().enumerate();
        names.map(|(rank, name)| (name, (*key, rank)))
    });
    ranked.collect()
});

/// The field of a column name, with nested names joined by full stops; and the vagueness of the name.
pub(in super::super) fn ranked(path: &str) -> Option<(Key, usize)> {
    let parts: Vec<String> = path.split('.').map(normal).collect();
    let mut parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    while parts.len() > 1
        && AROUND.contains(&parts[0])
        && RANKED.get(parts.join("_").as_str()).is_none()
    {
        parts.remove(0);
    }
    let known = |name: &str| RANKED.get(name).copied();
    if let Some(found) = known(&parts.join("_")) {
        return Some(found);
    }
    let (last, before) = parts.split_last()?;
    let parent = before.last()?;
    let of = known(&before.join("_")).or_else(|| known(parent));
    // `{"state": {"code": "NV"}}`
    let is_code = *last == "code" && matches!(of.or(known(parent)), Some((Region | Country, _)));
    let named = of.filter(|_| WITHIN.contains(last) || is_code);
    if !before.iter().any(|part| PLACES.contains(part)) {
        return named;
    }
    let is_part = |(key, _): &(Key, usize)| matches!(key, City | Region | Country | Postcode);
    known(last)
        .filter(is_part)
        .or(known(parent).filter(|_| WITHIN.contains(last) || is_code))
}

/// Whether the name of a member tells that it holds something that an applicant would want to know.
pub(in super::super) fn is_telling(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "salary",
        "pay",
        "compensation",
        "bonus",
        "commission",
        "remote",
        "workplace",
        "location",
        "locations",
        "office",
        "offices",
        "city",
        "region",
        "country",
        "level",
        "seniority",
        "experience",
        "education",
        "degree",
        "clearance",
        "language",
        "languages",
        "employment",
        "schedule",
        "hours",
        "shift",
        "skills",
        "requirements",
        "benefits",
        "openings",
        "deadline",
        "visa",
        "relocation",
        "travel",
        "grade",
        "metadata",
        "contract",
        "qualifications",
        "responsibilities",
    ];
    /// What is about the system rather than the posting.
    const TECHNICAL: &[&str] = &[
        "id", "ids", "url", "uri", "link", "slug", "key", "should", "show", "display", "visible",
        "hidden", "order", "position", "uuid", "label_id",
    ];
    let name = normal(name);
    let mut words = name.split('_');
    !name.split('_').any(|word| TECHNICAL.contains(&word))
        && words.any(|word| WORDS.contains(&word))
}

/// Normal form of a name: `Job Title`, `jobTitle` and `job-title` are equal.
pub(in super::super) fn normal(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut before = ' ';
    for c in name.trim().chars() {
        let starts = c.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit());
        if (starts || !c.is_alphanumeric()) && !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        }
        before = c;
    }
    out.truncate(out.trim_end_matches('_').len());
    out
}

/// Whether two paths name the same column.
pub(in super::super) fn same(one: &str, other: &str) -> bool {
    one == other || one.split('.').map(normal).eq(other.split('.').map(normal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_known_by_many_names() {
        for (path, key) in [
            ("title", Some(Title)),
            ("Job Title", Some(Title)),
            ("jobTitle", Some(Title)),
            ("Posting_Title", Some(Title)),
            ("title.rendered", Some(Title)),
            ("fields.Title", Some(Title)),
            ("company.name", Some(Company)),
            ("company.display_name", Some(Company)),
            ("company.id", None),
            ("hiringOrganization.name", Some(Company)),
            ("location.name", Some(Location)),
            ("location.city", Some(City)),
            ("location.country.name", Some(Country)),
            ("location.state.code", Some(Region)),
            ("locations.written", Some(Location)),
            ("salary.min", Some(SalaryMin)),
            ("salary.currency", Some(Currency)),
            ("employmentType.label", Some(Employment)),
            ("department.name", Some(Team)),
            ("meta._company_name", Some(Company)),
            ("Salary Estimate", Some(Salary)),
            ("datePosted", Some(Posted)),
            ("company_logo", None),
            ("recruiter.name", None),
        ] {
            assert_eq!(ranked(path).map(|(key, _)| key), key, "{path}");
        }
    }

    #[test]
    fn no_name_means_two_fields() {
        let mut names: Vec<_> = NAMES
            .iter()
            .flat_map(|(_, names)| names.split_whitespace())
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        for name in &names {
            assert_eq!(normal(name), *name);
        }
    }
}
