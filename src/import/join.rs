//! Join: `join.com/api/public/companies/…/jobs`, and a company's page, which embeds its first postings.

use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::draft::{Draft, Refusal};
use super::embedded_json;
use super::json::{self, Head};
use super::paging::{Pages, Paging};
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::workable::joined;
use super::{Drafts, day, vocabulary};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "join",
    signs: &[
        Sign::List("items", &["idParam", "title"]),
        Sign::Html(is_page),
    ],
    read: Read::Json {
        list: "items",
        keys: json::keys::<Item>,
        drafts,
    },
    site: Some(Site {
        domains: &["join.com"],
        find,
    }),
    pages: Pages::Own(paging),
};

/// Start of the data in a page.
const MARK: &str = "<script id=\"__NEXT_DATA__\" type=\"application/json\">{";
/// Path of the postings in the data.
const STATE: &[&str] = &["props", "pageProps", "initialState", "jobs", "items"];

fn is_page(text: &str) -> bool {
    embedded_json::data(text, MARK).is_some_and(|data| data.contains("\"idParam\""))
}

fn find(address: &Address<'_>) -> Option<Board> {
    match (address.host, address.path.as_slice()) {
        ("join.com", ["companies", company]) => Some(Board::new(*company, address.whole())),
        ("join.com", ["api", "public", "companies", company, "jobs"]) => {
            Some(Board::new(*company, address.whole()))
        }
        _ => None,
    }
}

/// The API numbers its pages; a company's page states the number of postings.
fn paging(text: &str, url: &str) -> Paging {
    let whole = |page: &Value, pointer: &str| page.pointer(pointer).and_then(Value::as_u64);
    if let Some(data) = embedded_json::data(text, MARK) {
        let mut from = serde_json::Deserializer::from_str(data).into_iter::<Value>();
        let data = from.next().and_then(Result::ok).unwrap_or_default();
        let total = whole(
            &data,
            "/props/pageProps/initialState/jobs/pagination/rowCount",
        );
        return Paging {
            next: None,
            total: total.and_then(|total| total.try_into().ok()),
        };
    }
    let counted = Pages::Number {
        pages: "/pagination/pageCount",
        total: "/pagination/rowCount",
        parameter: "page",
        first: 1,
    };
    counted.paging(url, text)
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    if text.trim_start().starts_with('<') {
        return embedded_json::drafts::<Item>(text, MARK, STATE);
    }
    json::drafts::<Item>(text, &["items"])
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Item {
    id: Text,
    id_param: Text,
    title: Text,
    created_at: Text,
    city: Option<City>,
    workplace_type: Text,
    employment_type: Option<Named>,
    category: Option<Named>,
    company: Option<Company>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct City {
    city_name: Text,
    country_name: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Named {
    name: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Company {
    name: Text,
    domain: Text,
}

impl json::Row<'_> for Item {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let city = self.city.unwrap_or_default();
        let company = self.company.unwrap_or_default();
        let name = |named: Option<Named>| named.and_then(|named| named.name.some());
        let id_param = self.id_param;
        let known = company.domain.clone().some();
        let page =
            known.map(|company| format!("https://join.com/companies/{company}/{}", &*id_param));
        let kind = name(self.employment_type);
        let mut draft = Draft {
            id: self.id.0,
            board: company
                .domain
                .some()
                .or_else(|| company.name.clone().some()),
            title: self.title.0,
            company: company.name.some(),
            locations: vec![joined(&[&city.city_name, &city.country_name])],
            workplace: vocabulary::workplace(&self.workplace_type),
            employment: vocabulary::employments(&kind),
            posted: day::day(&self.created_at),
            page_at: page.is_none().then_some(page_on),
            url: page.or_else(|| id_param.some()),
            tags: name(self.category).into_iter().collect(),
            ..Draft::default()
        };
        if draft.employment.is_empty() {
            draft.extras.extend(kind.map(|kind| ("Employment", kind)));
        }
        Ok(draft)
    }
}

/// Page of a posting of the company at an address.
fn page_on(board: &Url, id: &str) -> Option<String> {
    let parts: Vec<_> = board.path_segments()?.collect();
    match (board.host_str()?, parts.as_slice()) {
        ("join.com" | "www.join.com", ["companies", company, ..]) => {
            Some(format!("https://join.com/companies/{company}/{id}"))
        }
        _ => None,
    }
}
