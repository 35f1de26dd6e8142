//! Converts facts to plain data for JSON and cells.

use std::fmt;

use crate::board::Salary;
use crate::board::field::Value;

use super::{Evidence, Facts, Found, Part, Pay, Text, language_name};

impl Facts {
    /// Facts by name with their evidence; absent ones are left out.
    pub fn value<'a>(&'a self, text: &Text<'a>) -> Value<'a> {
        let mut pairs: Vec<(&'static str, Value<'a>)> = Vec::new();
        if let Some(level) = &self.level {
            pairs.push((
                "level",
                one(word(level.value.word()), &level.evidence, text),
            ));
        }
        if let Some(years) = &self.years {
            let range = [("min", years.value.min), ("max", years.value.max)];
            let mut table = Vec::new();
            for (key, years) in range {
                table.extend(years.map(|years| (key, Value::Number(f64::from(years)))));
            }
            table.extend(evidence(&years.evidence, text));
            pairs.push(("years", to_table(table)));
        }
        if let Some(place) = &self.workplace {
            pairs.push((
                "workplace",
                one(word(place.value.word()), &place.evidence, text),
            ));
        }
        if let Some(from) = &self.remote_from {
            let regions = from.value.iter().map(|region| word(region)).collect();
            pairs.push((
                "remote_from",
                one(Value::List(regions), &from.evidence, text),
            ));
        }
        if let Some(visa) = &self.sponsorship {
            pairs.push((
                "sponsorship",
                one(word(visa.value.word()), &visa.evidence, text),
            ));
        }
        if let Some(clearance) = &self.clearance {
            let value = word(clearance.value.word());
            pairs.push(("clearance", one(value, &clearance.evidence, text)));
        }
        if let Some(kind) = &self.employment {
            pairs.push((
                "employment",
                one(word(kind.value.word()), &kind.evidence, text),
            ));
        }
        if !self.pay.is_empty() {
            let ranges = self.pay.iter().map(|found| pay(found, text));
            pairs.push(("pay", Value::List(ranges.collect())));
        }
        if let Some(degree) = &self.education {
            pairs.push((
                "education",
                one(word(degree.value.word()), &degree.evidence, text),
            ));
        }
        if !self.skills.is_empty() {
            // As written in the text, with the canonical name.
            let skills = self.skills.iter().map(|found| {
                let mut table = vec![
                    ("value", word(text.passage(&found.evidence))),
                    ("name", word(found.value.name)),
                ];
                table.extend(evidence(&found.evidence, text));
                to_table(table)
            });
            pairs.push(("skills", Value::List(skills.collect())));
        }
        if !self.languages.is_empty() {
            let languages = self.languages.iter();
            let languages = languages.map(|found| one(word(found.value), &found.evidence, text));
            pairs.push(("languages", Value::List(languages.collect())));
        }
        to_table(pairs)
    }
}

/// A fact in words, and the passages that state it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Its name: the key of the field that it is a value of, `pay` for a salary.
    pub name: &'static str,
    /// Its value in words; several are separated by commas.
    pub words: String,
    /// The passages, one for each value.
    pub evidence: Vec<Evidence>,
}

impl Facts {
    /// The facts in words, each with its passages.
    pub fn summaries(&self) -> Vec<Summary> {
        fn one<T>(
            name: &'static str,
            found: Option<&Found<T>>,
            words: impl Fn(&T) -> String,
        ) -> Option<Summary> {
            found.map(|found| Summary {
                name,
                words: words(&found.value),
                evidence: vec![found.evidence.clone()],
            })
        }
        fn many<T>(
            name: &'static str,
            found: &[Found<T>],
            words: impl Fn(&T) -> String,
        ) -> Option<Summary> {
            let values: Vec<String> = found.iter().map(|found| words(&found.value)).collect();
            (!found.is_empty()).then(|| Summary {
                name,
                words: values.join(", "),
                evidence: found.iter().map(|found| found.evidence.clone()).collect(),
            })
        }
        let facts = [
            many("pay", &self.pay, Pay::to_string),
            one("workplace", self.workplace.as_ref(), |place| {
                place.word().to_owned()
            }),
            one("employment", self.employment.as_ref(), |kind| {
                kind.word().to_owned()
            }),
            one("remote_from", self.remote_from.as_ref(), |areas| {
                areas.join(", ")
            }),
            one("level", self.level.as_ref(), |level| {
                level.word().to_owned()
            }),
            one("years", self.years.as_ref(), ToString::to_string),
            one("education", self.education.as_ref(), |degree| {
                degree.word().to_owned()
            }),
            many("skills", &self.skills, |skill| skill.name.to_owned()),
            many("languages", &self.languages, |tag| {
                language_name(tag).unwrap_or(tag).to_owned()
            }),
            one("sponsorship", self.sponsorship.as_ref(), |visa| {
                visa.word().to_owned()
            }),
            one("clearance", self.clearance.as_ref(), |clearance| {
                clearance.word().to_owned()
            }),
        ];
        facts.into_iter().flatten().collect()
    }
}

impl Facts {
    /// Facts as short texts for a cell.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        words.extend(
            self.level
                .as_ref()
                .map(|found| found.value.word().to_owned()),
        );
        words.extend(self.years.as_ref().map(|found| found.value.to_string()));
        words.extend(
            self.workplace
                .as_ref()
                .map(|found| found.value.word().to_owned()),
        );
        if let Some(found) = &self.remote_from {
            words.push(format!("from {}", found.value.join(", ")));
        }
        words.extend(
            self.employment
                .as_ref()
                .map(|found| found.value.word().to_owned()),
        );
        if let Some(found) = &self.sponsorship {
            words.push(format!("sponsorship {}", found.value.word()));
        }
        if let Some(found) = &self.clearance {
            words.push(format!("clearance {}", found.value.word()));
        }
        words.extend(
            self.education
                .as_ref()
                .map(|found| found.value.word().to_owned()),
        );
        words.extend(self.pay.iter().map(|found| found.value.to_string()));
        words.extend(self.skills.iter().map(|found| found.value.name.to_owned()));
        words.extend(self.languages.iter().map(|found| found.value.to_owned()));
        words
    }
}

impl Pay {
    /// The pay as a salary range for all locations.
    pub fn salary(&self) -> Salary {
        Salary {
            min: self.min,
            max: self.max,
            currency: self.currency,
            per: self.per,
            location: None,
        }
    }
}

impl fmt::Display for Pay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.salary().fmt(f)
    }
}

fn pay<'a>(found: &Found<Pay>, text: &Text<'a>) -> Value<'a> {
    let pay = &found.value;
    let mut table = Vec::new();
    table.extend(pay.min.map(|min| ("min", Value::Number(min))));
    table.extend(pay.max.map(|max| ("max", Value::Number(max))));
    table.push(("currency", word(pay.currency.code())));
    table.push(("per", word(pay.per.word())));
    table.extend(evidence(&found.evidence, text));
    to_table(table)
}

fn one<'a>(value: Value<'a>, at: &Evidence, text: &Text<'a>) -> Value<'a> {
    let mut table = vec![("value", value)];
    table.extend(evidence(at, text));
    to_table(table)
}

/// The passage, its part, and its byte range.
fn evidence<'a>(at: &Evidence, text: &Text<'a>) -> [(&'static str, Value<'a>); 3] {
    let part = match at.part {
        Part::Title => "title",
        Part::Location(_) => "location",
        Part::Description => "description",
    };
    let bytes = [at.range.start, at.range.end].map(|byte| Value::Number(f64::from(byte as u32)));
    [
        ("evidence", word(text.passage(at))),
        ("in", word(part)),
        ("bytes", Value::List(bytes.into())),
    ]
}

fn word(text: &str) -> Value<'_> {
    Value::from(text)
}

fn to_table<'a>(pairs: Vec<(&'static str, Value<'a>)>) -> Value<'a> {
    let pairs = pairs.into_iter();
    Value::Table(pairs.map(|(key, value)| (key.into(), value)).collect())
}
