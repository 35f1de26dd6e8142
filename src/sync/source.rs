//! Sources listed by a board, with their folders and addresses.

use url::Url;

use super::error::SourceError;
use crate::content::ListedSource;
use crate::import::{self, Format, Origin, Shape};
use crate::query::{self, Mark};

/// A source of a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Name of its folder and prefix of its ids.
    pub name: String,
    /// Its address as listed.
    pub url: String,
    /// What to request, or why that is not possible.
    pub origin: Result<Origin, SourceError>,
    /// Prefix of its ids, which is its name unless it was renamed.
    pub ids: String,
    /// Company, if the feed does not name it.
    pub company: Option<String>,
    /// Query that its postings must match.
    pub only: Option<String>,
    /// Tags that all of its postings get.
    pub tags: Vec<String>,
    /// Days after which a posting without a closing date expires.
    pub expires_after: Option<u16>,
    /// Interpretation of its rows, if it cannot be detected from the content.
    pub shape: Shape,
    /// Its line in `board.toml`.
    pub line: usize,
}

/// Sources listed by a board. If two would fill the same folder, the later one is rejected.
pub fn sources(listed: &[ListedSource]) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for listed in listed {
        let mut source = Source::from_listed(listed);
        let same = sources.iter().find(|known| known.name == source.name);
        if let Some(first) = same {
            source.origin = Err(SourceError::SameName(source.name.clone(), first.line));
        }
        sources.push(source);
    }
    sources
}

impl Source {
    pub(super) fn from_listed(listed: &ListedSource) -> Self {
        let origin = Origin::from_address(&listed.url);
        let mut shape = Shape::of_rows(listed.rows.clone());
        let mut map = listed.map.iter();
        let mapped = map.try_for_each(|(field, column)| shape.map(field, column));
        let name = import::source_name(listed.name.as_ref().unwrap_or(&origin.name));
        let ids = listed.ids.as_deref().map(import::source_name);
        let ids = ids.filter(|ids| !ids.is_empty());
        Self {
            origin: mapped
                .map_err(SourceError::Map)
                .and_then(|()| readable(listed.only.as_deref()))
                .and_then(|()| asked(origin, listed, &name)),
            ids: ids.unwrap_or_else(|| name.clone()),
            name,
            url: listed.url.clone(),
            company: listed.company.clone(),
            only: listed.only.clone(),
            tags: listed.tags.clone(),
            expires_after: listed.expires_after,
            shape,
            line: listed.line,
        }
    }

    /// Server of the source.
    pub(super) fn server(&self) -> String {
        let url = self
            .origin
            .as_ref()
            .ok()
            .map(|origin| Url::parse(&origin.url));
        let url = url.and_then(Result::ok);
        let server = url.and_then(|url| {
            let port = url.port_or_known_default()?;
            Some(format!("{}:{port}", url.host_str()?))
        });
        server.unwrap_or_default()
    }
}

/// Whether every term of a query can be read.
fn readable(only: Option<&str>) -> Result<(), SourceError> {
    let query = query::parse(only.unwrap_or_default());
    match query.marks.into_iter().find(Mark::is_problem) {
        Some(mark) => Err(SourceError::Only(mark.message)),
        None => Ok(()),
    }
}

fn asked(mut origin: Origin, listed: &ListedSource, name: &str) -> Result<Origin, SourceError> {
    if name.is_empty() {
        return Err(SourceError::Name);
    }
    if let Some(word) = &listed.format {
        let format = Format::named(word).ok_or_else(|| SourceError::Format(word.clone()))?;
        origin.format = Some(format);
    }
    Ok(origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(url: &str, name: Option<&str>, format: Option<&str>, line: usize) -> ListedSource {
        ListedSource {
            url: url.into(),
            name: name.map(str::to_owned),
            format: format.map(str::to_owned),
            line,
            ..ListedSource::default()
        }
    }

    #[test]
    fn each_source_has_a_folder_of_its_own() {
        let sources = sources(&[
            listed("https://jobs.lever.co/acme", None, None, 1),
            listed("https://jobs.eu.lever.co/acme", None, None, 4),
            listed(
                "https://jobs.eu.lever.co/acme",
                Some("Acme Europe"),
                None,
                7,
            ),
            listed("https://a.example/x", Some("x"), Some("greenhose"), 9),
            listed("https://a.example/x", Some("!"), None, 12),
        ]);
        let names: Vec<_> = sources.iter().map(|source| source.name.as_str()).collect();
        assert_eq!(names, ["lever-acme", "lever-acme", "acme-europe", "x", ""]);
        let said = |at: usize| sources[at].origin.clone().map(|origin| origin.url);
        assert_eq!(
            said(1).unwrap_err().to_string(),
            "has the same name as the one on line 1: lever-acme; set `name` on one of them"
        );
        assert_eq!(
            said(2).unwrap(),
            "https://api.eu.lever.co/v0/postings/acme?mode=json"
        );
        assert_eq!(
            said(3).unwrap_err().to_string(),
            "has an unknown `format`: greenhose; did you mean `greenhouse`?"
        );
        assert_eq!(said(4).unwrap_err(), SourceError::Name);
        assert_eq!(sources[0].server(), "api.lever.co:443");
    }
}
