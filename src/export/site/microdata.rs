//! Structured data as microdata, so that a page holds the text of a posting once: JSON-LD would repeat it in full.

use maud::{Markup, html};
use serde_json::{Map, Value};

/// The elements of an item: everything that the page itself does not show under its property.
pub(super) fn properties(item: &Map<String, Value>, shown: &[&str]) -> Markup {
    // The name of a place is its address as it was written, which the page shows.
    let is_place = item.get("@type").is_some_and(|name| name == "Place");
    let hidden = item.iter().filter(|(key, _)| {
        let is_shown = shown.contains(&key.as_str()) || is_place && *key == "name";
        !key.starts_with('@') && !is_shown
    });
    html! {
        @for (key, value) in hidden {
            @match value {
                Value::Array(values) => { @for value in values { (property(key, value)) } },
                value => (property(key, value)),
            }
        }
    }
}

fn property(key: &str, value: &Value) -> Markup {
    html! {
        @match value {
            Value::Object(item) => {
                div itemprop=(key) itemscope itemtype=[type_of(item)] { (properties(item, &[])) }
            },
            Value::String(text) if is_address(key) => { link itemprop=(key) href=(text); },
            Value::String(text) => { meta itemprop=(key) content=(text); },
            value => { meta itemprop=(key) content=(value.to_string()); },
        }
    }
}

/// Whether the values of a property are addresses.
fn is_address(key: &str) -> bool {
    matches!(key, "url" | "sameAs" | "logo")
}

/// Address of an item's type.
pub(super) fn type_of(item: &Map<String, Value>) -> Option<String> {
    let name = item.get("@type")?.as_str()?;
    Some(format!("https://schema.org/{name}"))
}
