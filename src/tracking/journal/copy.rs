//! A posting in the words of its vocabulary, so that it can be read when its board has let go of it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::board::Posting;
use crate::board::field::{FIELDS, Field, named};
use crate::json::{self, Json};

/// The fields that a line does not keep: the line has the id, and a feed is none of the posting's own words.
const LEFT_OUT: [&str; 2] = ["id", "source"];

/// A posting as a line keeps it; absent fields take no room.
#[derive(Debug, Default)]
pub(super) struct Copied(Posting);

impl Copied {
    pub(super) fn of(posting: &Posting) -> Self {
        Self(posting.clone())
    }

    /// The posting under its id.
    pub(super) fn posting(self, id: &str) -> Posting {
        Posting {
            id: id.to_owned(),
            ..self.0
        }
    }
}

fn is_kept(field: &Field) -> bool {
    !LEFT_OUT.contains(&field.name)
}

impl Serialize for Copied {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = FIELDS.iter().filter(|field| is_kept(field));
        let values = fields.filter_map(|field| Some((field.name, Json(field.value(&self.0)?))));
        serializer.collect_map(values)
    }
}

impl<'de> Deserialize<'de> for Copied {
    /// Through the gate again: a journal is a file that anything may have written to. What cannot stand is left out.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let pairs = serde_json::Map::deserialize(from)?;
        let mut posting = Posting::default();
        for (key, value) in pairs {
            if let Some(field) = named(&key).filter(|field| is_kept(field))
                && let Some(value) = json::value(value)
            {
                field.read(&mut posting, &value);
            }
        }
        Ok(Self(posting))
    }
}
