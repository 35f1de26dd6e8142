//! The command line as types: what can be said, not what is done about it.

mod column;
mod curate;
mod sync;
mod tracking;

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::board::Date;
use crate::import;
pub use column::Column;
pub use curate::{Fmt, New, NewInterview, NewPlace, NewPosting, Preview};
pub use sync::{Sync, SyncFormat};
pub use tracking::{
    DayOrNone, Journal, Mark, MarkWord, Note, ReasonWord, Report, ReportFormat, Status,
};

/// Read a job board in the terminal
#[derive(Debug, Parser)]
#[command(
    name = "jobdeck",
    bin_name = "jobdeck",
    version,
    override_usage = "jobdeck [OPTIONS] [BOARD]\n       jobdeck <COMMAND> [OPTIONS] ...",
    long_about = "\
Read a job board in the terminal.

A board is a folder of TOML files. The one to open is the folder given, else the one in $JOBDECK_BOARD, else those in the
config, else ./content if that is a board, else the board that is compiled into jobdeck.",
    after_help = "\
Examples:
  jobdeck                                browse a board
  jobdeck ./content -q 'loc:seattle'     browse the board in a folder, a query typed already
  jobdeck list scientist                 print what a query finds
  jobdeck read                           print the board's interview
  jobdeck check ./content                tell everything that is wrong in a board's files

A query is words, which may be scattered in title, company, team, locations and tags, and terms such as
  loc:zurich|berlin  !intern  posted:<14d  salary:>120kEUR/year  sort:-salary  \"two words\"

Exit codes: 0 something was found, 1 nothing was found or there are problems, 2 it could not be done."
)]
pub struct Cli {
    /// What to do; without it, browse.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// How to browse.
    #[command(flatten)]
    pub browse: Browse,

    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
}

/// How to browse.
#[derive(Debug, Args)]
pub struct Browse {
    /// The folder of the board to browse
    pub board: Option<PathBuf>,

    /// Begin with this query
    #[arg(short, long, value_name = "TEXT")]
    pub query: Option<String>,

    /// Begin at the top rather than where you left
    #[arg(long)]
    pub fresh: bool,
}

/// What holds for every command.
#[derive(Debug, Args)]
pub struct Global {
    /// Open the board in this folder; several boards become one, with ids such as `board/id`
    #[arg(
        id = "boards",
        long = "board",
        value_name = "DIR",
        global = true,
        help_heading = "Global options"
    )]
    pub boards: Vec<PathBuf>,

    /// Read this config file instead of the usual one
    #[arg(
        long,
        value_name = "FILE",
        global = true,
        help_heading = "Global options"
    )]
    pub config: Option<PathBuf>,

    /// Take this day for today, so that a script gives the same answer tomorrow
    #[arg(long, value_name = "DATE", global = true, hide = true)]
    pub today: Option<Date>,
}

/// One subcommand.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print the postings that a query finds
    List(List),
    /// Print a posting
    Show(Show),
    /// Print an interview
    Read(Read),
    /// Count the postings of each country, city, company, team and so on
    Facets(Facets),
    /// Tell everything that is wrong in a board's files
    Check(Check),
    /// Begin a posting or an interview: a commented file to be filled in
    #[command(
        subcommand,
        after_help = "\
Example:
  jobdeck new posting 'Data Scientist' --company Acme --edit"
    )]
    New(New),
    /// Lay out a board's files: keys in order, one style
    Fmt(Fmt),
    /// Browse a board while its files are being written
    Preview(Preview),
    /// Mark postings as saved, applied, hidden and so on
    Mark(Mark),
    /// Print the note on a posting, or add to it
    Note(Note),
    /// Take back what was marked last
    #[command(after_help = "\
Nothing is lost by it: `jobdeck redo` brings it back.

Example:
  jobdeck undo")]
    Undo,
    /// Bring back what was taken back last
    #[command(after_help = "\
Example:
  jobdeck redo")]
    Redo,
    /// Print what you marked, and how far your applications came
    Status(Status),
    /// Print your applications of some days, as proof of your search
    Report(Report),
    /// Look after the journal that keeps your marks
    #[command(
        subcommand,
        after_help = "\
Example:
  jobdeck journal check"
    )]
    Journal(Journal),
    /// Fill a board from the feeds of hiring systems, or from a page's text
    Import(Import),
    /// Fetch the sources that a board lists, and bring its files up to date
    Sync(Sync),
    /// Write the postings that a query finds for other programs, or as a site
    Export(Export),
    /// Print the config in effect, as a commented config file
    #[command(after_help = "\
Example:
  jobdeck config > my.toml && jobdeck --config my.toml")]
    Config,
    /// Print completions for a shell
    #[command(after_help = "\
Example:
  jobdeck completions bash > ~/.local/share/bash-completion/completions/jobdeck")]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    #[command(after_help = "\
Example:
  jobdeck man > ~/.local/share/man/man1/jobdeck.1 && man jobdeck")]
    Man,
}

/// `jobdeck list`
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
#[derive(Debug, Args)]
#[command(after_help = "\
A CSV or TSV cell that a spreadsheet would run as a formula gets an apostrophe in front; JSON is exact.

Examples:
  jobdeck list scientist loc:seattle
  jobdeck list 'salary:>120k sort:-salary' --unjudged
  jobdeck list --columns id,title --limit 5
  jobdeck list --format jsonl | jq -r .url")]
pub struct List {
    /// What to find; words given apart are one query
    pub query: Vec<String>,

    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,

    /// What to print of each posting, parted by commas
    #[arg(long, value_name = "COLUMNS", value_enum, value_delimiter = ',')]
    pub columns: Vec<Column>,

    /// Print no more than the first N
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,

    /// Include postings that the query cannot judge, such as those without pay under salary:>120k
    #[arg(long)]
    pub unjudged: bool,

    /// Include what you hid, and what the config mutes
    #[arg(long)]
    pub hidden: bool,

    /// Whether rows are folded.
    #[command(flatten)]
    pub folding: Folding,

    /// Ask what a saved view asks, and the query besides
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,

    /// Only what is new since you last looked at the board
    #[arg(long)]
    pub new: bool,

    /// Print nothing: the exit code says whether anything was found
    #[arg(long)]
    pub exit_code: bool,
}

/// Whether rows are folded.
#[derive(Debug, Args)]
pub struct Folding {
    /// Print one posting for all that say the same in other places, and how many these are
    #[arg(long)]
    pub fold: bool,
}

/// `jobdeck show`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jobdeck show twitch-role-not-named
  jobdeck show twitch-role-not-named --format markdown")]
pub struct Show {
    /// The id of the posting
    pub id: String,

    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: TextFormat,
}

/// `jobdeck read`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jobdeck read
  jobdeck read matthias-bethge | less")]
pub struct Read {
    /// The id of the interview; without it, the board's first
    pub id: Option<String>,

    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: TextFormat,
}

/// `jobdeck facets`
#[derive(Debug, Args)]
#[command(after_help = "\
A field's own counts ignore what the query says about that field, as in the filters pane.

Examples:
  jobdeck facets
  jobdeck facets 'country:=US scientist' --format csv")]
pub struct Facets {
    /// What to count; words given apart are one query
    pub query: Vec<String>,

    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,

    /// Include postings that the query cannot judge
    #[arg(long)]
    pub unjudged: bool,

    /// Include what you hid, and what the config mutes
    #[arg(long)]
    pub hidden: bool,
}

/// `jobdeck check`
#[derive(Debug, Args)]
#[command(after_help = "\
An error is a rule broken: something of it was left out. A warning is what is probably not meant: postings that stand there
twice, dates and pay that cannot be, remains of HTML, interviews that name closed postings. What only the feed of an imported
posting could mend is not told.

With --links every address in a `url` or a text is asked for, once, one after the other on each server: what is not there is
an error, what cannot be known a warning.

Exit codes: 0 no errors, 1 errors (with --strict warnings too), 2 it could not be done.

Examples:
  jobdeck check ./content
  jobdeck check ./content --links --strict
  jobdeck check ./content --format json | jq -r '.[].file'")]
pub struct Check {
    /// The folder of the board to check
    pub board: Option<PathBuf>,

    /// Let warnings count as errors do
    #[arg(long)]
    pub strict: bool,

    /// Ask every address whether something is there
    #[arg(long)]
    pub links: bool,

    /// Let an address lead to this machine or a private network
    #[arg(long, requires = "links")]
    pub allow_private: bool,

    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
}

/// `jobdeck import`
#[derive(Debug, Args)]
#[command(after_help = "\
Each source fills a folder of its own in the board; what is already there is updated, other folders are left alone.
The format is told from the content: greenhouse, lever, ashby, workable, smartrecruiters, recruitee, teamtailor, personio,
bamboohr, pinpoint, rippling, eightfold, oracle, workday, paylocity, phenom, icims and jobvite (pages), amazon, json-ld
(also within HTML), rss (and Atom), hacker-news, remotive, simplify, usajobs, csv (JobSpy's too), json-resume, json (our
own keys), ats-index, page (the text of an interview with postings below it, or of job cards).

Exit codes: 0 all rows were read, 1 some were not, 2 a source could not be read at all.

Of an address on greenhouse.io, lever.co, ashbyhq.com, workable.com, smartrecruiters.com, recruitee.com, teamtailor.com,
bamboohr.com, pinpointhq.com, rippling.com, personio.de, icims.com, jobvite.com, amazon.jobs or news.ycombinator.com, as a
browser shows it, the open feed beside it is fetched.

Examples:
  jobdeck import https://jobs.lever.co/leverdemo --into ./my-board
  jobdeck import greenhouse.json --into ./my-board
  jobdeck import page.txt --into ./my-board --company Amazon
  curl -s https://example.org/jobs.xml | jobdeck import - --into ./my-board
  jobdeck import jobs.csv --into ./my-board --source library")]
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

/// `jobdeck export`
#[derive(Debug, Args)]
#[command(after_help = "\
html makes a folder of pages without scripts that may stand on any web server, or on a disk. Written again, it changes only
what changed and removes only what it wrote; other files are left alone. Its pages and markdown hold the interviews too.
json, jsonl and csv can be imported again. What is closed is left out of html, atom and jsonld unless the query asks for
it by is: or closes:.

Examples:
  jobdeck export --format html --output ./site
  jobdeck export 'loc:berlin is:open' --format atom --output berlin.xml
  jobdeck export --format jsonl | jq -r .title")]
pub struct Export {
    /// What to find; words given apart are one query
    pub query: Vec<String>,

    /// What to write
    #[arg(long, value_enum)]
    pub format: ExportFormat,

    /// The file to write, or the folder of the site; without it, standard output
    #[arg(long, value_name = "PATH")]
    pub output: Option<PathBuf>,

    /// Include postings that the query cannot judge
    #[arg(long)]
    pub unjudged: bool,
}

/// What an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// One array
    Json,
    /// One object a line
    Jsonl,
    /// Commas
    Csv,
    /// One text, posting after posting
    Markdown,
    /// A feed
    Atom,
    /// schema.org's `JobPosting`
    Jsonld,
    /// A site
    Html,
}

/// The shape of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// Columns, fitted to the terminal
    #[default]
    Table,
    /// One array
    Json,
    /// One object a line
    Jsonl,
    /// Commas
    Csv,
    /// Tabs; line breaks become spaces
    Tsv,
}

/// The shape of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum TextFormat {
    /// Plain text
    #[default]
    Text,
    /// Markdown
    Markdown,
    /// One object
    Json,
}

/// The shape of a list of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum CheckFormat {
    /// Each with its line and a caret
    #[default]
    Text,
    /// One array
    Json,
}
