//! Random boards and queries from a small vocabulary, so that they match often.

use jiff::civil::date;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::board::{
    Date, Education, Employment, Level, Location, Period, Posting, Salary, Sponsorship, Workplace,
    Years,
};

const WORDS: &[&str] = &[
    "Senior",
    "Data",
    "Scientist",
    "Research",
    "Sea",
    "Seattle",
    "Engineer,",
    "II",
    "(AWS)",
    "Größe",
    "日本語",
    "R&D",
    "Software",
    "SWE",
    "Scientists",
    "Front",
    "End",
    "Frontend",
];
const NUMBERS: &[&str] = &[
    "",
    "",
    "",
    " - R-102938",
    " (R13689)",
    " - REQ ID 2840",
    ", JR1029",
];
const COMPANIES: &[&str] = &["Amazon", "amazon", "Søgning", "Sea Ltd", "Twitch"];
const TEAMS: &[&str] = &["Prime Video", "Data", "Ads", "prime video", "R13689"];
const PLACES: &[&str] = &[
    "US, WA, Seattle",
    "Seattle, WA, US",
    "Berlin, DE",
    "Berlin, Germany",
    "Zürich, Switzerland",
    "Remote - US",
    "IN, KA, Bengaluru",
    "Moon base",
    "Germany",
    "Potsdam, Germany",
    "Remote (EU)",
    "Remote",
];
const TAGS: &[&str] = &["ml", "Machine Learning", "data", "ML", "R"];
const TEXTS: &[&str] = &[
    "",
    "Neural nets",
    "Die Größe",
    "This is a remote role within Germany.\n\n## Requirements\n\n- 5+ years of experience with Rust and PostgreSQL\n- \
     Fluent German",
    "We do not offer visa sponsorship. The salary is €120,000 - €150,000 per year.\n\n## Requirements\n\n- A Master's \
     degree\n- Python",
    "This role is on-site. Full-time. You must hold an active security clearance.",
];
const TERMS: &[&str] = &[
    "s",
    "sea",
    "data",
    "dta",
    "'data'",
    "~dta",
    "scientist",
    "sceintist",
    "cientist",
    "scientixt",
    "scients",
    "sntst",
    "seattel",
    "seatt",
    "entist",
    "swe",
    "software engineer",
    "engineer",
    "frontend",
    "front end",
    "front-end",
    "datascientist",
    "data scientist",
    "ml",
    "title:scintist",
    "loc:seatle",
    "city:seatle",
    "company:amazn",
    "'sea'",
    "!'sea'",
    "!~dta",
    "sci eng",
    "r-1029",
    "1029",
    "13689",
    "reqid2840",
    "größe",
    "日",
    "zürich",
    "'sea",
    "!sea",
    "!data",
    "\"data s\"",
    "^data",
    "scientist$",
    "^amazon$",
    "=amazon",
    "!13689",
    "'(r1",
    "8$",
    "\"scientist - r\"",
    "title:data",
    "!title:data",
    "title:=\"data - r-102938\"",
    "title:r1",
    "company:amazon",
    "company:=amazon",
    "!company:=amazon",
    "company:none",
    "!company:none",
    "team:p",
    "!team:none",
    "team:=\"prime video\" | team:=ads",
    "team:ads|data",
    "loc:germany",
    "loc:sea",
    "!loc:sea",
    "loc:=\"berlin, de\"",
    "loc:none",
    "loc:^berlin",
    "country:us",
    "country:=us",
    "!country:=de",
    "country:=germany",
    "country:none",
    "region:wa",
    "region:=wa",
    "country:germany",
    "country:deutschland",
    "!country:de",
    "region:eu",
    "!region:europe",
    "region:bavaria",
    "region:=washington",
    "city:münchen",
    "city:munich",
    "city:\"new york\"",
    "city:=seattle | city:=berlin",
    "!city:=seattle",
    "city:=atlantis",
    "tag:=ml",
    "tag:m",
    "!tag:ml",
    "tag:none",
    "near:berlin",
    "!near:berlin",
    "near:seattle<10mi",
    "near:berlin<7000km",
    "near:atlantis",
    "from:de",
    "!from:de",
    "from:us",
    "from:eu",
    "near:berlin sort:near",
    "near:munich<20000km sort:-near",
    "workplace:remote",
    "workplace:=hybrid | sea",
    "!workplace:none",
    "employment:intern",
    "employment:freelance",
    "sponsorship:none",
    "sponsorship:unknown",
    "!sponsorship:none",
    "years:2-5",
    "!years:2-5",
    "salary:50k-130k",
    "salary:50-130kEUR",
    "posted:2026-06",
    "posted:2026",
    "skill:kubernetes",
    "skill:py",
    "!skill:rust",
    "speaks:deutsch",
    "speaks:french | skill:python",
    "lang:german",
    "country:bavaria",
    "region:germany",
    "entry level",
    "jobs",
    "in",
    "visa sponsorship",
    "level:senior",
    "!level:=senior",
    "level:none",
    "level:senior | years:<3",
    "workplace:remote level:senior",
    "!workplace:remote",
    "years:<=3",
    "years:>5",
    "!years:>5",
    "years:5",
    "years:=2 | sea",
    "years:none",
    "education:master",
    "!education:none",
    "sponsorship:none",
    "sponsorship:=none",
    "sponsorship:offered",
    "clearance:required",
    "skill:rust",
    "skill:=python",
    "!skill:rust",
    "skill:none",
    "rust",
    "postgre python",
    "speaks:de",
    "speaks:german",
    "!speaks:=de",
    "speaks:none",
    "employment:=full-time",
    "lang:de",
    "board:b1",
    "board:=b2",
    "!board:b1",
    "text:neural",
    "!text:neural",
    "text:^neural",
    "text:none",
    "text:größe",
    "posted:<14d",
    "!posted:<14d",
    "posted:none",
    "posted:>2026-06-01",
    "closes:<7d",
    "!closes:<7d",
    "closes:<2026-06-20",
    "salary:>120k",
    "!salary:>120k",
    "salary:>120kEUR",
    "salary:>50USD/hour",
    "salary:<100k",
    "salary:none",
    "salary:>120k | posted:<14d",
    "salary:>1 | !sea",
    "is:open",
    "is:closed",
    "sea | berlin",
    "!sea | data",
    "!sea | !data",
    "a | b | loc:b",
    "nope:x",
    "salary:>",
    "sort:posted",
    "sort:-posted",
    "sort:salary",
    "sort:-salary",
    "sort:title",
    "sort:-company",
    "sort:closes",
];

fn some(values: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    of(select(values)).prop_map(|value| value.map(str::to_owned))
}

fn title() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(select(WORDS), 1..4);
    (words, select(NUMBERS)).prop_map(|(words, number)| format!("{}{number}", words.join(" ")))
}

fn day() -> impl Strategy<Value = Option<Date>> {
    of((5_i8..8, 1_i8..30).prop_map(|(month, day)| date(2026, month, day)))
}

fn salary() -> impl Strategy<Value = Vec<Salary>> {
    let amount = || of(select(&[50.0, 100_000.0, 120_000.0, 150_000.0][..]));
    let currency = select(&["USD", "EUR"][..]);
    let period = select(&[Period::Year, Period::Year, Period::Hour][..]);
    let range =
        (amount(), amount(), currency, period).prop_map(|(min, max, currency, per)| Salary {
            min,
            max,
            currency: iso_currency::Currency::from_code(currency).unwrap(),
            per,
            location: None,
        });
    prop::collection::vec(range, 0..3)
}

fn posting() -> impl Strategy<Value = Posting> {
    let who = (title(), some(COMPANIES), some(TEAMS), some(&["de", "en"]));
    let places = subsequence(PLACES, 0..4);
    let tags = (
        subsequence(TAGS, 0..3),
        subsequence(&["EU", "US", "worldwide"][..], 0..2),
    );
    let kind = (
        of(select(&[Workplace::Remote, Workplace::Hybrid][..])),
        subsequence(&[Employment::FullTime, Employment::Internship][..], 0..3),
        of(select(&[Level::Senior, Level::Junior][..])),
        select(&["", "b1", "b2"][..]),
        select(TEXTS),
    );
    let required = (
        of((0_u8..9).prop_map(|min| Years {
            min: Some(min),
            max: None,
        })),
        of(select(Education::ALL)),
        of(select(Sponsorship::ALL)),
        subsequence(&["Python", "k8s", "Rust"][..], 0..3),
        subsequence(&["de", "fr"][..], 0..2),
    );
    let days = (day(), day());
    (who, places, tags, kind, required, days, salary()).prop_map(
        |((title, company, team, language), places, tags, kind, required, days, salary)| Posting {
            years: required.0,
            education: required.1,
            sponsorship: required.2,
            skills: required.3.into_iter().map(str::to_owned).collect(),
            languages: required.4.into_iter().map(str::to_owned).collect(),
            title,
            company,
            team,
            language,
            locations: places.into_iter().map(Location::parse).collect(),
            tags: tags.0.into_iter().map(str::to_owned).collect(),
            remote_from: tags.1.into_iter().map(str::to_owned).collect(),
            workplace: kind.0,
            employment: kind.1,
            level: kind.2,
            board: kind.3.to_owned(),
            description: kind.4.to_owned(),
            posted: days.0,
            closes: days.1,
            salary,
            ..Posting::default()
        },
    )
}

/// Up to twelve postings.
pub(super) fn postings() -> impl Strategy<Value = Vec<Posting>> {
    prop::collection::vec(posting(), 0..12).prop_map(|mut postings| {
        for (at, posting) in postings.iter_mut().enumerate() {
            // Ids in another order than the rows.
            posting.id = format!("p{}", (at * 7) % 12);
        }
        postings
    })
}

/// A query.
pub(super) fn typed() -> impl Strategy<Value = String> {
    let term = prop_oneof![
        4 => select(TERMS).prop_map(str::to_owned),
        1 => "[a-zö0-9]{1,3}",
    ];
    prop::collection::vec(term, 0..4).prop_map(|terms| terms.join(" "))
}

/// Keystrokes of a query: a few prefixes, then all of it.
pub(super) fn keystrokes(query: &str) -> impl Iterator<Item = &str> {
    let starts = query.char_indices().map(|(at, _)| at);
    starts
        .step_by(3)
        .chain([query.len()])
        .map(|end| &query[..end])
}
