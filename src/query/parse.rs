//! Parses query text into a [`Query`]. Never fails: invalid terms are marked, and the rest still filters.

pub(super) mod operand;

use std::ops::Range;

use super::value::{self, Unread};
use super::whereabouts;
use super::{
    Anchor, Atom, Field, Kept, Mark, MarkKind, Query, Sort, SortKey, State, Term, Test, YearsTest,
};
use operand::{Chunk, Operand, chunks, unquote};
pub(super) use operand::{open_quote, sorts};

/// Parses a query.
pub fn parse(text: &str) -> Query {
    let mut reader = TermReader {
        text,
        query: Query::default(),
    };
    for chunk in chunks(text) {
        reader.chunk(chunk);
    }
    reader.query.near = reader.query.nearest_to();
    reader.query
}

/// Result of parsing an operand.
enum Read {
    Atom(Atom),
    Sort(Sort),
    Mark(MarkKind, String),
}

struct TermReader<'a> {
    text: &'a str,
    query: Query,
}

impl TermReader<'_> {
    fn chunk(&mut self, chunk: Chunk) {
        if let Some(span) = chunk.dangling {
            self.mark(span, MarkKind::Incomplete, "`|` needs a term on each side");
        }
        let (Some(first), Some(last)) = (chunk.operands.first(), chunk.operands.last()) else {
            return;
        };
        let span = first.start..last.end;
        let mut any: Vec<Vec<Atom>> = Vec::new();
        // Where an excluded operand ends: `!loc:a|b` excludes both.
        let mut excluded: Option<usize> = None;
        // `loc:zurich|berlin`: operands after a bar without a space keep the field.
        let mut field: Option<(Field, usize)> = None;
        for range in chunk.operands {
            let mut operand = Operand::split(self.text, range);
            let glued = |end: usize| operand.name.is_none() && operand.span.start == end + 1;
            let continues = excluded.is_some_and(glued);
            operand.negated |= continues;
            let inherited = field
                .filter(|&(_, end)| operand.name.is_none() && operand.span.start == end + 1)
                .map(|(field, _)| field);
            let read = match operand.name {
                Some(name) => named(name, &operand),
                None => unnamed(inherited, &operand),
            };
            let end = operand.span.end;
            let is_negated = operand.negated;
            match read {
                Read::Atom(atom) => {
                    if atom.test == Test::Any {
                        let message = unfinished(atom.field);
                        self.mark(operand.span, MarkKind::Incomplete, message);
                    }
                    field = atom.field.map(|field| (field, end));
                    excluded = is_negated.then_some(end);
                    match any.last_mut().filter(|_| continues) {
                        Some(all) => all.push(atom),
                        None => any.push(vec![atom]),
                    }
                }
                Read::Sort(sort) => {
                    self.query.sort = Some(sort);
                    self.query.sort_span = Some(operand.span);
                }
                Read::Mark(kind, message) => self.mark(operand.span, kind, &message),
            }
        }
        let terms = any.iter().map(Vec::len).fold(1, usize::saturating_mul);
        if terms > PRODUCTS {
            let message = "too many excluded alternatives in one term";
            self.mark(span, MarkKind::Error, message);
        } else if !any.is_empty() {
            let terms = one_of_each(&any).into_iter();
            let terms = terms.map(|any| Term {
                span: span.clone(),
                any,
            });
            self.query.terms.extend(terms);
        }
    }

    fn mark(&mut self, span: Range<usize>, kind: MarkKind, message: &str) {
        self.query.marks.push(Mark {
            span,
            kind,
            message: message.to_owned(),
        });
    }
}

/// Terms that one group of alternatives may become.
const PRODUCTS: usize = 64;

/// Alternatives of which each is a list of atoms that must all hold, as terms of single atoms.
fn one_of_each(any: &[Vec<Atom>]) -> Vec<Vec<Atom>> {
    let mut terms: Vec<Vec<Atom>> = vec![Vec::new()];
    for all in any {
        let longer = terms.iter().flat_map(|term| {
            all.iter()
                .map(|atom| [term.as_slice(), std::slice::from_ref(atom)].concat())
        });
        terms = longer.collect();
    }
    terms
}

/// Hint for an unfinished term.
fn unfinished(field: Option<Field>) -> &'static str {
    match field {
        Some(Field::Posted | Field::Closes | Field::Applied | Field::FollowUp) => value::DATE_HELP,
        Some(Field::Salary) => value::SALARY_HELP,
        Some(Field::Years) => value::YEARS_HELP,
        Some(Field::Is) => "open, closed, new, changed, seen, saved, applied, interview, hidden, …",
        Some(Field::Has) => "note, contact or cv",
        Some(Field::Near) => whereabouts::NEAR_HELP,
        Some(Field::From) => whereabouts::FROM_HELP,
        Some(_) => "a value, or `none` for its absence",
        None => "a term is missing here",
    }
}

fn unnamed(inherited: Option<Field>, operand: &Operand<'_>) -> Read {
    match inherited {
        Some(field) => in_field(field, operand),
        None => Read::Atom(Atom {
            negated: operand.negated,
            field: None,
            test: text_test(
                operand.rest,
                operand.negated || operand.rest.contains("://"),
            ),
        }),
    }
}

fn named(name: &str, operand: &Operand<'_>) -> Read {
    let lower = name.to_ascii_lowercase();
    if lower == "sort" {
        return sort(operand.rest);
    }
    match Field::from_name(canonical(&lower)) {
        Some(field) if lower == "remote" => remote(field, operand),
        Some(field) => in_field(field, operand),
        None => Read::Mark(
            MarkKind::Error,
            format!("no field `{name}:`; did you mean `{}:`?", nearest(&lower)),
        ),
    }
}

/// Canonical field name of a synonym.
fn canonical(name: &str) -> &str {
    match name {
        "pay" | "compensation" => "salary",
        "remote" => "workplace",
        "location" | "place" => "loc",
        "age" | "date" => "posted",
        "deadline" => "closes",
        "language" => "lang",
        "description" | "body" => "text",
        "type" => "employment",
        "seniority" => "level",
        "experience" | "exp" => "years",
        "degree" => "education",
        "visa" => "sponsorship",
        "skills" | "tech" => "skill",
        "speak" | "languages" => "speaks",
        "notes" | "comment" | "remark" => "note",
        name => name,
    }
}

/// Parses `remote:yes`, `remote:no`, or a workplace.
fn remote(field: Field, operand: &Operand<'_>) -> Read {
    let (negated, rest) = match operand.rest.to_ascii_lowercase().as_str() {
        "yes" | "true" | "only" | "y" => (operand.negated, "remote"),
        "no" | "false" | "n" => (!operand.negated, "remote"),
        _ => (operand.negated, operand.rest),
    };
    let operand = Operand {
        span: operand.span.clone(),
        negated,
        name: operand.name,
        rest,
    };
    in_field(field, &operand)
}

/// The most similar field name.
fn nearest(name: &str) -> &'static str {
    let names = Field::NAMES.iter().chain(&["sort"]);
    let close = |known: &&&'static str| strsim::jaro_winkler(name, known);
    let by_closeness = |a: &&&'static str, b: &&&'static str| close(a).total_cmp(&close(b));
    names.max_by(by_closeness).unwrap_or(&"title")
}

fn in_field(field: Field, operand: &Operand<'_>) -> Read {
    let rest = operand.rest;
    let test = match field {
        _ if rest.is_empty() => Ok(Test::Any),
        Field::Is => word(rest, "state", State::NAMES, |name| {
            State::from_name(name).map(Test::State)
        }),
        Field::Has => word(rest, "thing kept", Kept::NAMES, |name| {
            Kept::from_name(name).map(Test::Has)
        }),
        Field::Near => whereabouts::near(rest),
        Field::From => whereabouts::from(rest),
        _ if rest.eq_ignore_ascii_case("none") => Ok(Test::Absent),
        Field::Posted | Field::Closes | Field::Applied | Field::FollowUp => {
            let ahead = matches!(field, Field::Closes | Field::FollowUp);
            value::date(&unquote(rest).0, ahead).map(Test::Date)
        }
        Field::Salary => value::salary(rest).map(Test::Salary),
        Field::Years => value::years(rest).map(|(op, years)| match op {
            Some(op) => Test::Years(YearsTest { op, years }),
            None => Test::Equals(years.to_string()),
        }),
        Field::Text | Field::Note => Ok(text_test(rest, true)),
        _ => Ok(text_test(rest, operand.negated)),
    };
    let test = match test {
        Ok(test) => test,
        Err(Unread::Unfinished) => Test::Any,
        Err(Unread::Wrong(message)) => return Read::Mark(MarkKind::Error, message),
    };
    Read::Atom(Atom {
        // Unfinished terms match everything, even when negated.
        negated: operand.negated && test != Test::Any,
        field: Some(field),
        test,
    })
}

/// Parses a word of a closed list.
fn word(
    written: &str,
    what: &str,
    names: &[&str],
    read: impl Fn(&str) -> Option<Test>,
) -> Result<Test, Unread> {
    let lower = written.to_ascii_lowercase();
    if let Some(test) = read(&lower) {
        return Ok(test);
    }
    if names.iter().any(|name| name.starts_with(&lower)) {
        return Err(Unread::Unfinished);
    }
    let names = names.join(", ");
    Err(Unread::Wrong(format!(
        "no {what} `{written}`; it is one of {names}"
    )))
}

fn sort(rest: &str) -> Read {
    let (reverse, word) = match rest.strip_prefix('-') {
        Some(word) => (true, word),
        None => (false, rest),
    };
    let lower = word.to_ascii_lowercase();
    // As people call them, and as fields are called.
    let name = match lower.as_str() {
        "pay" => "salary",
        "date" | "age" => "posted",
        "distance" => "near",
        name => name,
    };
    if let Some(key) = SortKey::from_name(name) {
        return Read::Sort(Sort { key, reverse });
    }
    let keys = SortKey::NAMES.join(", ");
    if SortKey::NAMES.iter().any(|key| key.starts_with(&lower)) {
        return Read::Mark(MarkKind::Incomplete, format!("sort by {keys}"));
    }
    Read::Mark(
        MarkKind::Error,
        format!("cannot sort by `{word}`; it is one of {keys}"),
    )
}

/// Parses a word or a literal. With `literal`, as after `!`, a bare word is a literal.
fn text_test(rest: &str, literal: bool) -> Test {
    if let Some(word) = rest
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''))
        && !word.trim().is_empty()
    {
        return Test::Whole(word.to_owned());
    }
    if let Some(letters) = rest.strip_prefix('~') {
        return filled(letters, Test::Scattered);
    }
    if let Some(text) = rest.strip_prefix('\'') {
        return filled(text, |text| Test::Literal {
            text,
            anchor: Anchor::None,
        });
    }
    if let Some(value) = rest.strip_prefix('=').filter(|value| !value.is_empty()) {
        return filled(&unquote(value).0, Test::Equals);
    }
    let (start, rest) = match rest.strip_prefix('^') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let (body, tail) = if rest.starts_with('"') {
        unquote(rest)
    } else {
        match rest.strip_suffix('$') {
            Some(text) => (text.to_owned(), "$"),
            None => (rest.to_owned(), ""),
        }
    };
    let anchor = match (start, tail == "$") {
        (false, false) => Anchor::None,
        (true, false) => Anchor::Start,
        (false, true) => Anchor::End,
        (true, true) => Anchor::Both,
    };
    let bare = !rest.starts_with('"') && anchor == Anchor::None;
    if bare && !literal {
        filled(&body, Test::Fuzzy)
    } else {
        filled(&body, |text| Test::Literal { text, anchor })
    }
}

/// The test of a text, or `Any` while the text is empty.
fn filled(body: &str, test: impl FnOnce(String) -> Test) -> Test {
    if body.trim().is_empty() {
        Test::Any
    } else {
        test(body.to_owned())
    }
}
