//! Reads the `[site]` and `[[company]]` tables of a board's `board.toml`, which describe its exported site.

use std::path::{Component, Path};

use url::Url;

use super::fields::TableFields;
use super::problem::{Problem, quoted};
use super::rule::Rule;
use crate::board::{Company, PostalAddress, SafeUrl, SiteLanguage, SiteSettings};
use crate::places::country_name;

/// Extensions of a logo, with the first bytes of such a file.
pub(super) const LOGOS: [(&str, &[u8]); 4] = [
    ("png", b"\x89PNG\r\n\x1a\n"),
    ("jpg", b"\xff\xd8\xff"),
    ("jpeg", b"\xff\xd8\xff"),
    ("webp", b"RIFF"),
];

/// A `[site]` table, with the locations of the files that it names, as problems without a message.
#[derive(Debug, Clone)]
pub(super) struct SiteTable {
    pub(super) settings: SiteSettings,
    pub(super) logo: Problem,
    pub(super) css: Problem,
}

/// Reads a `[site]` table.
pub(super) fn site(fields: TableFields<'_>) -> SiteTable {
    let fields = fields.known(SiteSettings::KEYS);
    let language = fields.word("language", SiteLanguage::WORDS);
    let place = |key| {
        fields
            .report
            .problem(Rule::SiteFile, fields.place(key), String::new(), None)
    };
    SiteTable {
        settings: SiteSettings {
            base: base(&fields),
            language: language.map(|at| SiteLanguage::ALL[usize::from(at)]),
            logo: file(&fields, "logo", &LOGOS.map(|(kind, _)| kind)),
            footer: fields.block("footer"),
            imprint: fields.url("imprint"),
            accent: accent(&fields),
            css: file(&fields, "css", &["css"]),
        },
        logo: place("logo"),
        css: place("css"),
    }
}

/// Reads a `[[company]]` table; `None` without a name.
pub(super) fn company(fields: TableFields<'_>) -> Option<Company> {
    let fields = fields.known(Company::KEYS);
    let name = fields.needed("name");
    let web = |key| {
        let url = fields.url(key)?;
        if url.starts_with("mailto:") {
            let message = format!("`{key}` must be http or https");
            fields.wrong(Rule::BadUrl, key, message, None);
            return None;
        }
        Some(url)
    };
    let same_as = fields.lines("same_as").unwrap_or_default();
    let same_as = same_as.into_iter().filter_map(|(line, at)| {
        let accepted = SafeUrl::parse(&line).ok();
        let accepted = accepted.filter(|url| !url.as_str().starts_with("mailto:"));
        if accepted.is_none() {
            let message = format!("{} is not an http or https address", quoted(&line));
            fields.report.add(Rule::BadUrl, at, message);
        }
        Some(accepted?.as_str().to_owned())
    });
    Some(Company {
        url: web("url"),
        logo: web("logo"),
        same_as: same_as.collect(),
        address: fields.table("address", "address").map(address),
        name: name?,
    })
}

fn address(fields: TableFields<'_>) -> PostalAddress {
    let fields = fields.known(PostalAddress::KEYS);
    let country = fields.line("country").map(|code| code.to_uppercase());
    let is_known = |code: &String| country_name(code).is_some();
    if let Some(code) = country.as_ref().filter(|code| !is_known(code)) {
        let message = format!("{} is not a country code of ISO 3166", quoted(code));
        fields.wrong(
            Rule::UnknownWord,
            "country",
            message,
            Some("write `country = \"DE\"`".into()),
        );
    }
    PostalAddress {
        street: fields.line("street"),
        postcode: fields.line("postcode"),
        city: fields.line("city"),
        region: fields.line("region"),
        country: country.filter(is_known),
    }
}

/// Address of the site, with a slash at its end.
fn base(fields: &TableFields<'_>) -> Option<String> {
    let written = fields.url("base")?;
    let url = Url::parse(&written).ok();
    let is_base = |url: &Url| {
        matches!(url.scheme(), "http" | "https")
            && url.query().is_none()
            && url.fragment().is_none()
    };
    let Some(url) = url.filter(is_base) else {
        let message = "`base` must be an http or https address without `?` and `#`";
        let hint = "write `base = \"https://jobs.example.org/\"`";
        fields.wrong(Rule::BadUrl, "base", message, Some(hint.into()));
        return None;
    };
    let mut base = String::from(url);
    if !base.ends_with('/') {
        base.push('/');
    }
    Some(base)
}

/// A colour as `#` and six hexadecimal digits. Nothing else gets into the styles.
fn accent(fields: &TableFields<'_>) -> Option<String> {
    let written = fields.line("accent")?;
    let digits = written.strip_prefix('#').unwrap_or_default();
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let digits = match digits.len() {
        6 if is_hex => digits.to_owned(),
        3 if is_hex => digits.chars().flat_map(|digit| [digit; 2]).collect(),
        _ => {
            let message = format!("{} is not a colour that a site can have", quoted(&written));
            let hint = "write `#` and six hexadecimal digits: `accent = \"#0b5563\"`";
            fields.wrong(Rule::InvalidValue, "accent", message, Some(hint.into()));
            return None;
        }
    };
    Some(format!("#{}", digits.to_lowercase()))
}

/// Path of a file within the board.
fn file(fields: &TableFields<'_>, key: &str, kinds: &[&str]) -> Option<String> {
    let written = fields.line(key)?;
    let path = Path::new(&written);
    let is_within = path.components().all(|part| match part {
        Component::Normal(name) => !name.as_encoded_bytes().starts_with(b"."),
        _ => false,
    });
    if !is_within || written.contains('\\') {
        let message = format!("`{key}` must be a path within the board's folder");
        fields.wrong(Rule::SiteFile, key, message, None);
        return None;
    }
    if kind(&written).is_none_or(|kind| !kinds.contains(&kind.as_str())) {
        let message = format!("`{key}` must be a file of the kind {}", kinds.join(", "));
        fields.wrong(Rule::SiteFile, key, message, None);
        return None;
    }
    Some(written)
}

/// Extension of a file, in lower case.
pub(super) fn kind(path: &str) -> Option<String> {
    let kind = Path::new(path).extension()?.to_str()?;
    Some(kind.to_lowercase())
}
