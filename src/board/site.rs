//! Settings of the exported site of a board, and what it knows about companies.

use super::posting::words;

words! {
    /// Language of a site's labels.
    SiteLanguage {
        /// English.
        English = "en",
        /// German.
        German = "de",
        /// French.
        French = "fr",
    }
}

/// Settings of the exported site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteSettings {
    /// Address at which the site is published, with a slash at the end.
    pub base: Option<String>,
    /// Language of the labels; English by default.
    pub language: Option<SiteLanguage>,
    /// File of the board that is shown beside its name.
    pub logo: Option<String>,
    /// Markdown at the end of every page.
    pub footer: Option<String>,
    /// Address of the page that names who is responsible for the site.
    pub imprint: Option<String>,
    /// Colour of links and buttons: `#` and six hexadecimal digits.
    pub accent: Option<String>,
    /// File of the board with further styles.
    pub css: Option<String>,
}

impl SiteSettings {
    /// Keys of the `[site]` table.
    pub const KEYS: &'static [&'static str] = &[
        "base", "language", "logo", "footer", "imprint", "accent", "css",
    ];
}

/// Settings of a board's exported site, with the companies it describes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteProfile {
    /// Settings.
    pub settings: SiteSettings,
    /// Companies that are described.
    pub companies: Vec<Company>,
    /// Name of the logo's file in the site, and its content.
    pub logo: Option<(String, Vec<u8>)>,
    /// Further styles.
    pub css: Option<String>,
}

/// A company as its `[[company]]` table describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Company {
    /// Name, as postings write it.
    pub name: String,
    /// Website.
    pub url: Option<String>,
    /// Address of its logo.
    pub logo: Option<String>,
    /// Pages that are about the same company, such as its entry in an encyclopedia.
    pub same_as: Vec<String>,
    /// Postal address.
    pub address: Option<PostalAddress>,
}

impl Company {
    /// Keys of a `[[company]]` table.
    pub const KEYS: &'static [&'static str] = &["name", "url", "logo", "same_as", "address"];
}

/// A postal address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostalAddress {
    /// Street and number.
    pub street: Option<String>,
    /// Postal code.
    pub postcode: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Region.
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
}

impl PostalAddress {
    /// Keys of its table.
    pub const KEYS: &'static [&'static str] = &["street", "postcode", "city", "region", "country"];
}
