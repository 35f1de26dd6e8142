//! Arguments of `jobdeck import`.

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use crate::import;

/// `jobdeck import`
#[derive(Debug, Args)]
#[command(after_help = help())]
pub struct Import {
    /// The files or addresses to import; - is standard input
    #[arg(required = true, value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,

    /// The folder of the board to fill
    #[arg(long, value_name = "BOARD")]
    pub into: PathBuf,

    /// The format of the source, where the content does not tell
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<FeedFormat>,

    /// How to print the result; the name of a source's format is taken as that of --from
    #[arg(long, value_enum, default_value_t)]
    pub format: ImportFormat,

    /// Read and compare, but write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// The name of the source: its folder, and the prefix of its ids
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,

    /// The company, if the source does not name it
    #[arg(long, value_name = "NAME")]
    pub company: Option<String>,

    /// The address that the source was fetched from
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,

    /// Map columns of a JSON, XML or CSV list to the fields of a posting
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    pub map: Vec<String>,

    /// The path to the list of postings in a JSON document, such as data.jobs, or the name of their elements in XML
    #[arg(long, value_name = "PATH")]
    pub rows: Option<String>,

    /// Allow addresses on this machine or in a private network that were not typed
    #[arg(long)]
    pub allow_private: bool,
}

impl Import {
    /// Format given for the sources.
    pub fn feed_format(&self) -> Option<import::Format> {
        let given = match self.format {
            ImportFormat::Feed(format) => Some(format.0),
            ImportFormat::Text | ImportFormat::Json => None,
        };
        self.from.map(|from| from.0).or(given)
    }
}

fn help() -> String {
    let names: Vec<_> = import::Format::all().map(import::Format::word).collect();
    let names = super::wrapped(&format!("{}.", names.join(", ")));
    let mut domains: Vec<_> = import::Format::all()
        .flat_map(import::Format::domains)
        .copied()
        .collect();
    domains.sort_unstable();
    domains.dedup();
    let domains = super::wrapped(&format!("{}.", domains.join(", ")));
    format!(
        "\
Each source fills a folder of its own in the board; what is already there is updated, other folders are left alone.
Importing adds and changes postings; only `jobdeck sync` closes those that are gone. The format is told from the content:
{names}
The last ones read any list in CSV, JSON, JSON Lines or XML by the names of its columns: common ones (job_title,
company_name, posted_date, apply_url, city, salary_min, …) are known, others are named with --map. `page` is the text of
an interview with postings below it, or of job cards.

Exit codes: 0 all rows were read, 1 some were not, 2 a source could not be read at all.

An address as a browser shows it is answered by the open feed beside it on
{domains}

Examples:
  jobdeck import https://jobs.lever.co/leverdemo --into ./my-board
  jobdeck import greenhouse.json --into ./my-board --dry-run
  jobdeck import page.txt --into ./my-board --company Amazon
  curl -s https://example.org/jobs.xml | jobdeck import - --into ./my-board
  jobdeck import jobs.csv --into ./my-board --source library --format json
  jobdeck import dump.json --into ./my-board --rows data.jobs --map title=role,url=apply,posted=online_since"
    )
}

/// Output format of an import.
#[derive(Debug, Clone, Copy, Default)]
pub enum ImportFormat {
    /// A line for each source
    #[default]
    Text,
    /// One object, with the ids of what is new, changed and unchanged
    Json,
    /// A line for each source, of which this is the format.
    Feed(FeedFormat),
}

impl ValueEnum for ImportFormat {
    fn value_variants<'a>() -> &'a [Self] {
        static FORMATS: LazyLock<Vec<ImportFormat>> = LazyLock::new(|| {
            let feeds = FeedFormat::value_variants().iter().copied();
            // JSON is how to print the result; `--from json` is the list.
            let feeds = feeds.filter(|feed| feed.0.word() != "json");
            let own = [ImportFormat::Text, ImportFormat::Json];
            own.into_iter()
                .chain(feeds.map(ImportFormat::Feed))
                .collect()
        });
        &FORMATS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Text => PossibleValue::new("text").help("A line for each source"),
            Self::Json => PossibleValue::new("json")
                .help("One object, with the ids of what is new, changed and unchanged"),
            Self::Feed(feed) => PossibleValue::new(feed.0.word()).hide(true),
        })
    }
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
