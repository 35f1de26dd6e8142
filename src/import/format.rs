//! The feed formats, by the names a person gives them.

use super::{
    Drafts, ReadError, amazon, ashby, ats_index, bamboohr, csv, eightfold, greenhouse, hacker_news,
    icims, jobvite, json_ld, json_resume, lever, oracle, our_keys, personio, pinpoint, recruitee,
    remotive, rippling, rss, scripted, simplify, smartrecruiters, teamtailor, usajobs, workable,
    workday,
};

/// A feed format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Greenhouse's job board API.
    Greenhouse,
    /// Lever's postings API.
    Lever,
    /// Ashby's job board API.
    Ashby,
    /// Workable's widget API.
    Workable,
    /// `SmartRecruiters`' posting API.
    SmartRecruiters,
    /// Recruitee's offers API.
    Recruitee,
    /// Teamtailor's JSON Feed.
    Teamtailor,
    /// Personio's XML feed.
    Personio,
    /// `BambooHR`'s careers list.
    BambooHr,
    /// Pinpoint's postings.
    Pinpoint,
    /// Rippling's job board API.
    Rippling,
    /// Eightfold's API.
    Eightfold,
    /// Oracle Recruiting Cloud.
    Oracle,
    /// Workday's list of postings.
    Workday,
    /// A Paylocity page.
    Paylocity,
    /// A Phenom page.
    Phenom,
    /// The search page of iCIMS.
    Icims,
    /// The search page of Jobvite.
    Jobvite,
    /// The search of amazon.jobs.
    Amazon,
    /// schema.org `JobPosting` in JSON-LD, alone or within HTML.
    JsonLd,
    /// RSS and Atom, with the extensions of We Work Remotely and of NEOGOV.
    Rss,
    /// A "Who is hiring" thread of Hacker News, from Algolia or Firebase.
    HackerNews,
    /// Remotive's API.
    Remotive,
    /// The `listings.json` of `SimplifyJobs`.
    Simplify,
    /// USAJOBS.
    UsaJobs,
    /// The CSV that `JobSpy` writes, or any with our own column names.
    Csv,
    /// A JSON Resume job description.
    JsonResume,
    /// JSON or JSON Lines with our own keys.
    Json,
    /// A list of Greenhouse postings of many companies.
    AtsIndex,
    /// The plain text of a page: an interview and postings, or job cards.
    Page,
}

/// Every format, with its name.
const NAMED: &[(Format, &str)] = &[
    (Format::Greenhouse, "greenhouse"),
    (Format::Lever, "lever"),
    (Format::Ashby, "ashby"),
    (Format::Workable, "workable"),
    (Format::SmartRecruiters, "smartrecruiters"),
    (Format::Recruitee, "recruitee"),
    (Format::Teamtailor, "teamtailor"),
    (Format::Personio, "personio"),
    (Format::BambooHr, "bamboohr"),
    (Format::Pinpoint, "pinpoint"),
    (Format::Rippling, "rippling"),
    (Format::Eightfold, "eightfold"),
    (Format::Oracle, "oracle"),
    (Format::Workday, "workday"),
    (Format::Paylocity, "paylocity"),
    (Format::Phenom, "phenom"),
    (Format::Icims, "icims"),
    (Format::Jobvite, "jobvite"),
    (Format::Amazon, "amazon"),
    (Format::JsonLd, "json-ld"),
    (Format::Rss, "rss"),
    (Format::HackerNews, "hacker-news"),
    (Format::Remotive, "remotive"),
    (Format::Simplify, "simplify"),
    (Format::UsaJobs, "usajobs"),
    (Format::Csv, "csv"),
    (Format::JsonResume, "json-resume"),
    (Format::Json, "json"),
    (Format::AtsIndex, "ats-index"),
    (Format::Page, "page"),
];

impl Format {
    /// The name that stands for it on the command line and in `source`.
    pub fn word(self) -> &'static str {
        let named = NAMED.iter().find(|(format, _)| *format == self);
        named.map_or("", |(_, word)| word)
    }

    /// Every format, in the order of the documentation.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMED.iter().map(|(format, _)| *format)
    }

    /// The rows of an input of this format.
    pub(super) fn drafts(self, text: &str) -> Result<Drafts<'_>, ReadError> {
        match self {
            Self::Greenhouse => greenhouse::drafts(text),
            Self::Lever => lever::drafts(text),
            Self::Ashby => ashby::drafts(text),
            Self::Workable => workable::drafts(text),
            Self::SmartRecruiters => smartrecruiters::drafts(text),
            Self::Recruitee => recruitee::drafts(text),
            Self::Teamtailor => teamtailor::drafts(text),
            Self::Personio => personio::drafts(text),
            Self::BambooHr => bamboohr::drafts(text),
            Self::Pinpoint => pinpoint::drafts(text),
            Self::Rippling => rippling::drafts(text),
            Self::Eightfold => eightfold::drafts(text),
            Self::Oracle => oracle::drafts(text),
            Self::Workday => workday::drafts(text),
            Self::Paylocity => scripted::paylocity(text),
            Self::Phenom => scripted::phenom(text),
            Self::Icims => icims::drafts(text),
            Self::Jobvite => jobvite::drafts(text),
            Self::Amazon => amazon::drafts(text),
            Self::JsonLd => json_ld::drafts(text),
            Self::Rss => rss::drafts(text),
            Self::HackerNews => hacker_news::drafts(text),
            Self::Remotive => remotive::drafts(text),
            Self::Simplify => simplify::drafts(text),
            Self::UsaJobs => usajobs::drafts(text),
            Self::Csv => csv::drafts(text),
            Self::JsonResume => json_resume::drafts(text),
            Self::Json | Self::Page => our_keys::drafts(text),
            Self::AtsIndex => ats_index::drafts(text),
        }
        .map_err(|why| ReadError::NotOfFormat(self, why))
    }
}
