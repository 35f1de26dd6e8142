//! The rules of `jobdeck check`, by their stable codes.

/// Severity of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Severity {
    /// A mistake; something was left out because of it.
    #[default]
    Error,
    /// A possible mistake; nothing was left out.
    Warning,
}

/// Declares the rules: variant, code, severity and what breaks it.
macro_rules! rules {
    ($($variant:ident = $code:literal $severity:ident $about:literal,)+) => {
        /// A rule that a board's files can break.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(
                #[doc = $about]
                $variant,
            )+
        }

        impl Rule {
            /// Every rule, in documented order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Stable code, such as `title/capitals`.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// Severity of its problems.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }

            /// What breaks it, in one sentence.
            pub fn about(self) -> &'static str {
                match self { $(Self::$variant => $about,)+ }
            }
        }
    };
}

rules! {
    UnreadableFile = "file/unreadable" Error "A file cannot be read: it is too large, not UTF-8, not a regular file, or leads out of the board.",
    Syntax = "file/syntax" Error "The TOML of a file has a mistake.",
    Nesting = "file/nesting" Error "A table is nested too deeply or too large.",
    MoreProblems = "file/more" Error "A file has more problems than are listed.",
    UnknownKey = "key/unknown" Error "A table has a key that is not one of its keys.",
    MissingKey = "key/missing" Error "A required key is missing.",
    WrongType = "value/type" Error "A value has the wrong type.",
    EmptyValue = "value/empty" Error "A required value is empty.",
    TooLong = "value/too-long" Error "A text or a list is longer than a board allows.",
    UnknownWord = "value/unknown-word" Error "A value is not one of its closed list.",
    NotADate = "value/date" Error "A value is not a date.",
    BadUrl = "value/url" Error "An address is not http, https or mailto, or may not be opened.",
    BadRange = "value/range" Error "The start of a range is after its end.",
    InvalidValue = "value/invalid" Error "A value is not valid for another reason, which the message gives.",
    RepeatedId = "id/repeated" Error "Two postings, or two interviews, have the same id.",
    RepeatedTable = "table/repeated" Error "A board has two `[board]` or `[site]` tables, or describes a company twice.",
    MisplacedTable = "table/misplaced" Error "A `[[source]]`, `[site]` or `[[company]]` is outside the `board.toml` of the board's own folder.",
    RepeatedSource = "source/repeated" Error "A source is listed twice.",
    WrongSource = "source/invalid" Error "A source cannot be synced as it is listed.",
    OrphanSource = "source/orphan" Warning "A folder holds postings of a source that is no longer listed.",
    SiteFile = "site/file" Error "A logo or a file of styles that `[site]` names cannot be used.",
    UnknownPosting = "interview/unknown-posting" Error "An interview names a posting that the board does not have.",
    ClosedPosting = "interview/closed-posting" Warning "An interview names a posting that has closed.",
    UnusedOverride = "override/unused" Warning "An override changes a posting that the board does not have.",
    SamePage = "posting/same-page" Warning "Two postings lead to the same page.",
    SameText = "posting/same-text" Warning "Two postings have the same title, company and place, and nearly the same text.",
    Capitals = "title/capitals" Warning "A title is all in capitals.",
    LevelContradicted = "level/contradicted" Warning "The title says another level than `level`.",
    UnknownCountry = "location/unknown-country" Warning "A location names a country that is not known, and resembles one.",
    PostedInFuture = "posted/future" Warning "A posting was posted on a day that is still to come.",
    PostedEarly = "posted/early" Warning "A posting was posted long before there were such boards.",
    ClosesFar = "closes/far" Warning "A posting closes years from now.",
    ClosesPast = "closes/past" Warning "A hand-written posting has closed.",
    RepeatedEntry = "list/repeated" Warning "A list has the same entry twice.",
    SalarySpread = "salary/spread" Warning "The ends of a pay range are so far apart that one is probably in another unit.",
    SalaryHigh = "salary/high" Warning "A salary is implausibly high.",
    SalaryLow = "salary/low" Warning "A salary is implausibly low.",
    MissingDescription = "description/missing" Warning "A hand-written posting has no description.",
    ShortDescription = "description/short" Warning "The description of a hand-written posting is very short.",
    Html = "text/html" Warning "A text holds remains of HTML.",
    DoubleEncoding = "text/encoding" Warning "A text was encoded twice.",
    LostLetter = "text/lost-letter" Warning "A text holds the sign for a letter that was lost.",
    Placeholder = "text/placeholder" Warning "A text holds a placeholder, such as TODO or Lorem ipsum.",
    BrokenLink = "link/broken" Error "A link leads nowhere; checked with `--links`.",
    MovedLink = "link/moved" Warning "A link now leads to a parent page, so the original is probably gone; checked with `--links`.",
    UncheckedLink = "link/unchecked" Warning "A link could not be checked with `--links`.",
    LacksRequired = "publish/required" Warning "An open posting lacks what search engines require of a job; checked with `--publish`.",
    LacksRecommended = "publish/recommended" Warning "An open posting lacks what search engines recommend; checked with `--publish`.",
    UnknownAllow = "allow/unknown" Warning "A comment or `[check]` allows a rule that does not exist, or an error.",
    UnusedAllow = "allow/unused" Warning "A comment or `[check]` allows a warning that does not occur.",
}

impl Rule {
    /// The rule with this code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.code() == code)
    }

    /// Whether it is only checked on request, by `--links` or `--publish`.
    pub fn is_on_request(self) -> bool {
        self.is_of_links() || self.is_of_publishing()
    }

    /// Whether `--links` checks it.
    pub fn is_of_links(self) -> bool {
        matches!(
            self,
            Self::BrokenLink | Self::MovedLink | Self::UncheckedLink
        )
    }

    /// Whether `--publish` checks it.
    pub fn is_of_publishing(self) -> bool {
        matches!(self, Self::LacksRequired | Self::LacksRecommended)
    }
}
