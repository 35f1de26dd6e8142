//! Postings to measure with.

use std::ops::Range;
use std::path::Path;
use std::process::Command;

use jobdeck::board::{Date, Location, Posting, Store, Workplace};

/// Source of postings.
#[derive(Debug)]
pub struct Source {
    real: Vec<Posting>,
}

/// Larger boards have no descriptions, which would take most of the memory and are not part of the index.
const DESCRIBED: usize = 100_000;
/// Words of a description; the median of captured ones is about 3 KB of text.
const WORDS: usize = 480;

const FILE: &str = "large/ats-index-2026-01-06.json.gz";

impl Source {
    /// Captured postings, if available.
    pub fn open() -> Self {
        let folder = std::env::var_os("JOBDECK_REAL_DATA");
        let real = folder.and_then(|folder| read(&Path::new(&folder).join(FILE)));
        Self {
            real: real.unwrap_or_default(),
        }
    }

    pub fn name(&self) -> &'static str {
        if self.real.is_empty() {
            "made-up words"
        } else {
            "captured postings"
        }
    }

    /// A number of postings, deterministic.
    pub fn draw(&self, count: usize) -> Vec<Posting> {
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        let posting = |at: usize| {
            let mut posting = self.one(&mut random);
            posting.id = format!("p{at}");
            if count <= DESCRIBED {
                posting.description = description(&mut random);
            }
            posting
        };
        (0..count).map(posting).collect()
    }

    fn one(&self, random: &mut Random) -> Posting {
        if self.real.is_empty() {
            return made_up(random);
        }
        // A board larger than the capture contains each posting several times.
        self.real[random.below(self.real.len())].clone()
    }
}

/// Postings that are made when they are asked for, so that there may be more than memory holds.
#[derive(Debug)]
pub struct Generated {
    source: Source,
    count: usize,
}

impl Generated {
    pub fn new(source: Source, count: usize) -> Self {
        Self { source, count }
    }

    /// A word for each copy of the capture, so that duplicates are as frequent as there.
    fn text(&self, position: usize) -> String {
        let captured = self.source.real.len().max(1);
        name(position / captured)
    }
}

impl Store for Generated {
    fn len(&self) -> usize {
        self.count
    }

    fn posting(&self, position: usize) -> Posting {
        let seed = (position as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut random = Random(seed ^ seed >> 31);
        random.next();
        let mut posting = self.source.one(&mut random);
        posting.id = format!("p{position}");
        posting.description = self.text(position);
        posting
    }

    fn descriptions(
        &self,
        positions: Range<usize>,
        _: &mut Vec<u8>,
        each: &mut dyn FnMut(usize, &str),
    ) {
        positions.for_each(|position| each(position, &self.text(position)));
    }

    fn position(&self, id: &str) -> Option<usize> {
        let position = id.strip_prefix('p')?.parse().ok()?;
        (position < self.count).then_some(position)
    }
}

/// Adds a word to each title, so that all differ.
pub fn make_distinct(postings: &mut [Posting]) {
    for (at, posting) in postings.iter_mut().enumerate() {
        posting.title.push(' ');
        posting.title.push_str(&name(at));
    }
}

fn read(path: &Path) -> Option<Vec<Posting>> {
    let json = Command::new("gzip")
        .arg("-dc")
        .arg(path)
        .output()
        .ok()?
        .stdout;
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&json).ok()?;
    let postings = rows.iter().map(|row| {
        let text = |key: &str| row[key].as_str().map(jobdeck::board::text::line);
        let text = |key: &str| text(key).filter(|text| !text.is_empty());
        let day = text("updated_at").and_then(|time| time.get(..10)?.parse::<Date>().ok());
        Posting {
            title: text("title").unwrap_or_default(),
            company: text("company"),
            team: row["departments"][0]
                .as_str()
                .map(jobdeck::board::text::line),
            locations: text("location")
                .iter()
                .map(|place| Location::parse(place))
                .collect(),
            posted: day,
            ..Posting::default()
        }
    });
    Some(postings.collect())
}

/// xorshift64*
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or(0) % end
    }

    /// Prefers small numbers, like the distribution of words and companies.
    fn skewed(&mut self, end: usize) -> usize {
        let first = self.below(end) + 1;
        self.below(first).min(self.below(first))
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.skewed(words.len())]
    }
}

const RANKS: &[&str] = &[
    "",
    "",
    "Senior ",
    "Staff ",
    "Principal ",
    "Lead ",
    "Junior ",
    "Associate ",
    "Head of ",
    "Sr. ",
    "Director, ",
];
const ROLES: &[&str] = &[
    "Software Engineer",
    "Account Executive",
    "Data Scientist",
    "Product Manager",
    "Personal Trainer",
    "Sales Representative",
    "Applied Scientist",
    "Customer Success Manager",
    "Registered Nurse",
    "Data Engineer",
    "Research Scientist",
    "Solutions Architect",
    "Designer",
    "Economist",
    "Electrician",
    "Technical Recruiter",
    "Machine Learning Engineer",
    "Therapist",
    "Program Manager",
    "Warehouse Associate",
    "Teacher",
    "Counsel",
    "Financial Analyst",
    "Site Reliability Engineer",
    "Store Manager",
    "Driver",
];
const FIELDS: &[&str] = &[
    "",
    "",
    "",
    "Platform",
    "Backend",
    "Enterprise",
    "Growth",
    "Infrastructure",
    "Payments",
    "Personalization",
    "Supply Chain",
    "Search",
    "Ads",
    "Robotics",
    "Security",
    "Mid-Market",
    "Cloud",
    "Mobile",
    "Developer Experience",
    "Health",
    "Fraud",
    "Computer Vision",
    "Public Sector",
    "Logistics",
    "Partnerships",
    "Alexa AI",
];
const CITIES: &[&str] = &[
    "Remote",
    "New York, NY",
    "San Francisco, CA",
    "US, WA, Seattle",
    "London, United Kingdom",
    "IN, KA, Bengaluru",
    "Austin, TX",
    "Berlin, Germany",
    "Toronto, ON, Canada",
    "Boston, MA",
    "Remote - US",
    "Chicago, IL",
    "Paris, France",
    "Dublin, Ireland",
    "Singapore",
    "Zürich, Switzerland",
    "Tokyo, Japan",
    "Denver, CO",
    "São Paulo, Brazil",
];
const SYLLABLES: &[&str] = &[
    "ar", "ta", "lo", "ve", "mi", "qu", "son", "tech", "ri", "na", "go", "fy", "lab", "ex", "um",
    "pol",
];

fn name(mut number: usize) -> String {
    let mut name = String::new();
    loop {
        name.push_str(SYLLABLES[number % SYLLABLES.len()]);
        number /= SYLLABLES.len();
        if number == 0 {
            return name;
        }
    }
}

fn description(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..WORDS {
        let word = match random.below(60) {
            0 => "forecasts",
            1 => "the team’s",
            2 => "data",
            _ => SYLLABLES[random.below(SYLLABLES.len())],
        };
        text.push_str(word);
        text.push_str(SYLLABLES[random.below(SYLLABLES.len())]);
        text.push(' ');
    }
    if random.below(50) == 0 {
        text.push_str("Forecasting");
    }
    text
}

fn made_up(random: &mut Random) -> Posting {
    let (rank, role) = (random.pick(RANKS), random.pick(ROLES));
    let title = match (random.pick(FIELDS), random.below(3)) {
        ("", 0) => format!("{rank}{role} - {}", name(random.skewed(900))),
        ("", _) => format!("{rank}{role}"),
        (field, 0) => format!("{rank}{role}, {field} ({})", random.pick(CITIES)),
        (field, _) => format!("{rank}{role}, {field}"),
    };
    let company = random.skewed(3000);
    let place = match random.below(3) {
        0 => format!(
            "{}, {}",
            name(random.skewed(4000)),
            random.pick(&["CA", "TX", "Germany", "India", "UK"])
        ),
        _ => random.pick(CITIES).to_owned(),
    };
    let first = jiff::civil::date(2025, 7, 1);
    let age = i64::try_from(random.below(190)).unwrap_or(0);
    Posting {
        title,
        company: Some(name(company)),
        team: (random.below(3) > 0)
            .then(|| format!("{} {}", random.pick(FIELDS), name(company % 7))),
        locations: vec![Location::parse(&place)],
        workplace: (random.below(3) == 0).then_some(Workplace::Hybrid),
        posted: first.checked_add(jiff::Span::new().days(age)).ok(),
        ..Posting::default()
    }
}
