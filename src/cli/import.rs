//! Where postings come from.

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use crate::import;

/// `jobdeck import`
#[derive(Debug, Args)]
#[command(after_help = "\
Each source fills a folder of its own in the board; what is already there is updated, other folders are left alone.
The format is told from the content: greenhouse, lever, ashby, workable, smartrecruiters, recruitee, teamtailor, personio,
bamboohr, pinpoint, rippling, eightfold, oracle, workday, paylocity, phenom, icims and jobvite (pages), amazon, json-ld
(also within HTML), rss (and Atom), hacker-news, remotive, simplify, usajobs, json-resume, ats-index, page (the text of
an interview with postings below it, or of job cards). Any other list in JSON, JSON Lines, XML or CSV is read by the names
of its columns: common ones (job_title, company_name, posted_date, apply_url, city, salary_min, …) are known, others are
named with --map.

Exit codes: 0 all rows were read, 1 some were not, 2 a source could not be read at all.

Of an address on greenhouse.io, lever.co, ashbyhq.com, workable.com, smartrecruiters.com, recruitee.com, teamtailor.com,
bamboohr.com, pinpointhq.com, rippling.com, personio.de, icims.com, jobvite.com, amazon.jobs or news.ycombinator.com, as a
browser shows it, the open feed beside it is fetched.

Examples:
  jobdeck import https://jobs.lever.co/leverdemo --into ./my-board
  jobdeck import greenhouse.json --into ./my-board
  jobdeck import page.txt --into ./my-board --company Amazon
  curl -s https://example.org/jobs.xml | jobdeck import - --into ./my-board
  jobdeck import jobs.csv --into ./my-board --source library
  jobdeck import dump.json --into ./my-board --rows data.jobs --map title=role,url=apply,posted=online_since")]
pub struct Import {
    /// The files or addresses to import; - is standard input
    #[arg(required = true, value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,

    /// The folder of the board to fill
    #[arg(long, value_name = "BOARD")]
    pub into: PathBuf,

    /// The format, where it is not to be told from the content
    #[arg(long)]
    pub format: Option<FeedFormat>,

    /// The name of the source: that of its folder, and the first part of its ids
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,

    /// Who hires, where the source does not say
    #[arg(long, value_name = "NAME")]
    pub company: Option<String>,

    /// The address that the source was fetched from
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,

    /// The columns of a JSON, XML or CSV list that hold the fields of a posting
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    pub map: Vec<String>,

    /// The list of the postings in a JSON document, as data.jobs, or the name of their elements in XML
    #[arg(long, value_name = "PATH")]
    pub rows: Option<String>,

    /// Let an address lead to this machine or a private network, where none was typed that does
    #[arg(long)]
    pub allow_private: bool,
}

/// A feed format, by its name.
#[derive(Debug, Clone, Copy)]
pub struct FeedFormat(pub import::Format);

impl ValueEnum for FeedFormat {
    fn value_variants<'a>() -> &'a [Self] {
        static FORMATS: LazyLock<Vec<FeedFormat>> =
            LazyLock::new(|| import::Format::all().map(FeedFormat).collect());
        &FORMATS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.word()))
    }
}
