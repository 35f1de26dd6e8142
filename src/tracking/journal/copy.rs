//! Copies of postings in the journal, keyed by the vocabulary, so that they can be read after the posting is gone from
//! its board.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::board::Posting;
use crate::board::field::{FIELDS, Field, named};
use crate::json::{self, Json};

/// Fields that are not copied: the line has the id, and the source is not content.
const LEFT_OUT: [&str; 2] = ["id", "source"];

/// A posting as stored in a line; absent fields are omitted.
#[derive(Debug, Default)]
pub(super) struct Copied(Posting);

impl Copied {
    pub(super) fn from_posting(posting: &Posting) -> Self {
        Self(posting.clone())
    }

    /// The posting, with its id.
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
    /// Passes the text gate again, since other programs may write to the file. Invalid values are left out.
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
