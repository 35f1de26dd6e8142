//! Job postings, and the closed lists of their fields.

use std::fmt;

use super::{Date, Location, Salary};

/// A job posting. An absent field is unknown, never assumed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Posting {
    /// Stable key, unique on its board.
    pub id: String,
    /// Key of its board if several are open; else empty.
    pub board: String,
    /// Job title.
    pub title: String,
    /// Company that hires.
    pub company: Option<String>,
    /// Team or department within the company.
    pub team: Option<String>,
    /// Locations, each as the source wrote it.
    pub locations: Vec<Location>,
    /// On site, hybrid or remote.
    pub workplace: Option<Workplace>,
    /// Where one may work from: country codes and regions, as [`super::area`] writes them.
    pub remote_from: Vec<String>,
    /// Kinds of employment, without duplicates.
    pub employment: Vec<Employment>,
    /// Date of publication.
    pub posted: Option<Date>,
    /// Closing date; the posting is open through that day.
    pub closes: Option<Date>,
    /// Pay ranges of the source.
    pub salary: Vec<Salary>,
    /// Where to apply: http, https or mailto.
    pub url: Option<String>,
    /// Seniority, if the source states it.
    pub level: Option<Level>,
    /// Years of experience required.
    pub years: Option<Years>,
    /// Lowest degree required.
    pub education: Option<Education>,
    /// Named technologies required.
    pub skills: Vec<String>,
    /// Human languages required, as BCP 47 tags.
    pub languages: Vec<String>,
    /// Whether a visa is sponsored.
    pub sponsorship: Option<Sponsorship>,
    /// Whether a security clearance is required.
    pub clearance: Option<Clearance>,
    /// Publisher of the original.
    pub publisher: Option<String>,
    /// Whether the text is a retelling of the original.
    pub retold: bool,
    /// Whether the board lists it first.
    pub pinned: bool,
    /// Free-form tags.
    pub tags: Vec<String>,
    /// BCP 47 language tag of the text.
    pub language: Option<String>,
    /// Markdown; its `##` headings are its sections.
    pub description: String,
    /// Where an imported posting came from.
    pub source: Option<Source>,
}

impl Posting {
    /// Whether applications are still accepted on `today`.
    pub fn is_open(&self, today: Date) -> bool {
        self.closes.is_none_or(|closes| closes >= today)
    }

    /// How people work there: as the posting states it, else as its places do where they agree ("Remote", "Berlin
    /// (hybrid)").
    pub fn resolved_workplace(&self) -> Option<Workplace> {
        let mut stated = self.locations.iter().filter_map(|place| place.workplace);
        self.workplace.or_else(|| {
            let first = stated.next()?;
            stated.all(|other| other == first).then_some(first)
        })
    }
}

/// Years of experience; at least one end is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Years {
    /// Minimum.
    pub min: Option<u8>,
    /// Maximum.
    pub max: Option<u8>,
}

impl Years {
    /// Keys of its TOML table.
    pub const KEYS: &'static [&'static str] = &["min", "max"];
    /// Maximum plausible value.
    pub const MOST: u8 = 60;
}

impl Years {
    /// Parses the output of [`Display`](fmt::Display).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_suffix(" years")?;
        let (min, max) = if let Some(max) = text.strip_prefix("up to ") {
            (None, Some(max))
        } else if let Some(min) = text.strip_suffix('+') {
            (Some(min), None)
        } else {
            let (min, max) = text.split_once('–').unwrap_or((text, text));
            (Some(min), Some(max))
        };
        let number = |digits: Option<&str>| match digits {
            Some(digits) => digits
                .parse()
                .ok()
                .filter(|years| *years <= Self::MOST)
                .map(Some),
            None => Some(None),
        };
        let (min, max) = (number(min)?, number(max)?);
        let is_range = min.zip(max).is_none_or(|(min, max)| min <= max);
        is_range.then_some(Self { min, max })
    }
}

impl fmt::Display for Years {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.min, self.max) {
            (Some(min), Some(max)) if min == max => write!(f, "{min} years"),
            (Some(min), Some(max)) => write!(f, "{min}–{max} years"),
            (Some(min), None) => write!(f, "{min}+ years"),
            (None, Some(max)) => write!(f, "up to {max} years"),
            (None, None) => Ok(()),
        }
    }
}

/// Origin of an imported posting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// The feed format.
    pub format: Option<String>,
    /// Address of the feed.
    pub url: Option<String>,
    /// Day of the fetch.
    pub retrieved: Option<Date>,
    /// First day it was seen in the feed.
    pub first_seen: Option<Date>,
    /// Last day it was seen in the feed.
    pub last_seen: Option<Date>,
}

impl Source {
    /// Keys of its TOML table.
    pub const KEYS: &'static [&'static str] =
        &["format", "url", "retrieved", "first_seen", "last_seen"];
}

/// Declares an enum for a closed list of words, with conversions in both directions.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Every word of the list, in order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word for this value in files, queries and output.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use words;

words! {
    /// Where the work is done.
    Workplace {
        /// At the employer's location.
        OnSite = "on-site",
        /// Partly at the employer's location.
        Hybrid = "hybrid",
        /// From anywhere, or from anywhere within the locations.
        Remote = "remote",
    }
}

words! {
    /// Kind of employment.
    Employment {
        /// Full time.
        FullTime = "full-time",
        /// Part time.
        PartTime = "part-time",
        /// Contract.
        Contract = "contract",
        /// Temporary.
        Temporary = "temporary",
        /// Internship.
        Internship = "internship",
        /// Volunteer.
        Volunteer = "volunteer",
    }
}

words! {
    /// Seniority.
    Level {
        /// Intern.
        Intern = "intern",
        /// Junior.
        Junior = "junior",
        /// Mid.
        Mid = "mid",
        /// Senior.
        Senior = "senior",
        /// Staff.
        Staff = "staff",
        /// Principal.
        Principal = "principal",
        /// Manager.
        Manager = "manager",
        /// Director.
        Director = "director",
        /// Vice president, chief officer or partner.
        Executive = "executive",
    }
}

words! {
    /// Visa sponsorship.
    Sponsorship {
        /// Sponsorship is offered.
        Offered = "offered",
        /// Sponsorship is not offered.
        None = "none",
    }
}

words! {
    /// A degree.
    Education {
        /// Bachelor's.
        Bachelor = "bachelor",
        /// Master's.
        Master = "master",
        /// Doctorate.
        Phd = "phd",
    }
}

words! {
    /// Security clearance.
    Clearance {
        /// A clearance is required.
        Required = "required",
    }
}
