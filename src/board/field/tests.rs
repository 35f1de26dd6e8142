use super::*;
use crate::board::{Source, Years};

#[test]
fn parses_only_valid_days() {
    for (written, is_day) in [
        ("2026-02-28", true),
        ("2026-02-29", false),
        ("2026-2-28", false),
        ("2026-02-28T10:00", false),
        ("20260228", false),
        ("+002026-02", false),
    ] {
        assert_eq!(parse_day(written).is_some(), is_day, "{written}");
    }
}

/// A posting that has every field.
fn full() -> Posting {
    let text = |text: &'static str| Value::from(text);
    let list = |texts: &[&'static str]| Value::List(texts.iter().map(|one| text(one)).collect());
    let mut posting = Posting::default();
    for field in FIELDS {
        let value = match &field.kind {
            Kind::Required(_) | Kind::Line(_, Check::Text) | Kind::Block(_) => text("x"),
            Kind::Line(_, Check::Url) => text("https://example.org"),
            Kind::Line(..) => text("de"),
            Kind::Lines(_, Check::Area) => list(&["DE", "EU"]),
            Kind::Lines(..) => list(&["de", "fr"]),
            Kind::Locations(_) => list(&["Berlin, Germany", "Moon"]),
            Kind::Word(field) => text(field.words[0]),
            Kind::Words(field) => list(field.words),
            Kind::Day(_) => text("2026-02-28"),
            Kind::Flag(_) => Value::Flag(true),
            Kind::Salaries(_) => Value::List(vec![Value::Table(vec![
                ("min".into(), Value::Number(1.0)),
                ("currency".into(), text("EUR")),
                ("per".into(), text("year")),
                ("location".into(), text("Berlin")),
            ])]),
            Kind::Years(_) => Value::Table(vec![("min".into(), Value::Number(5.0))]),
            Kind::Source(_) => Value::Table(vec![("last_seen".into(), text("2026-02-28"))]),
        };
        assert_eq!(field.read(&mut posting, &value), [""; 0], "{}", field.name);
    }
    posting
}

#[test]
fn every_field_round_trips() {
    let posting = full();
    let mut read = Posting::default();
    for field in FIELDS {
        let value = field.value(&posting);
        let value = value.unwrap_or_else(|| panic!("{} is there", field.name));
        assert_eq!(field.read(&mut read, &value), [""; 0], "{}", field.name);
        assert!(!field.text(&posting, ", ").is_empty(), "{}", field.name);
        assert_eq!(field.text(&Posting::default(), ", "), "", "{}", field.name);
    }
    assert_eq!(read, posting);
    let source = read.source.expect("read");
    let day = parse_day("2026-02-28");
    assert_eq!(
        source,
        Source {
            last_seen: day,
            ..Source::default()
        }
    );
}

#[test]
fn a_list_of_one_may_be_written_without_brackets() {
    let mut posting = Posting::default();
    let employment = named("employment").expect("a field");
    let problems = employment.read(&mut posting, &Value::from("contract"));
    assert_eq!(problems, [""; 0]);
    assert_eq!(posting.employment, [Employment::Contract]);
}

#[test]
fn invalid_values_are_left_out_and_reported() {
    let number = |key: &'static str, number| (key.into(), Value::Number(number));
    let table = |pairs: Vec<_>| Value::Table(pairs);
    for (name, value, problem) in [
        (
            "posted",
            Value::from("2026-02-30"),
            "`posted` cannot be `2026-02-30`: it is a day",
        ),
        (
            "url",
            Value::from("javascript:1"),
            "`url` must be http, https or mailto, not `javascript`",
        ),
        ("level", Value::from("chief"), "`level` cannot be `chief`"),
        ("title", Value::List(vec![]), "`title` must be text"),
        (
            "languages",
            Value::from("German"),
            "`German` is not a language tag",
        ),
        (
            "remote_from",
            Value::from("Narnia"),
            "`Narnia` is neither a country code nor one of `EU`",
        ),
        (
            "years",
            table(vec![number("min", 9.0), number("max", 2.0)]),
            "the `min` of `years` is above its `max`",
        ),
        (
            "years",
            table(vec![number("min", 2.5)]),
            "`min` must be a whole number of years",
        ),
        (
            "salary",
            table(vec![number("min", 9.0)]),
            "`currency` cannot be ``",
        ),
        (
            "salary",
            table(vec![]),
            "a salary has neither `min` nor `max`",
        ),
    ] {
        let mut posting = Posting::default();
        let problems = named(name).expect("a field").read(&mut posting, &value);
        assert!(problems[0].starts_with(problem), "{name}: {problems:?}");
        assert_eq!(posting, Posting::default(), "{name}");
    }
}

#[test]
fn years_are_formatted_for_people() {
    for (min, max, told) in [
        (Some(5), None, "5+ years"),
        (Some(3), Some(5), "3–5 years"),
        (None, Some(2), "up to 2 years"),
        (Some(4), Some(4), "4 years"),
    ] {
        let years = Years { min, max };
        assert_eq!(years.to_string(), told);
        assert_eq!(Years::parse(told), Some(years));
    }
}
