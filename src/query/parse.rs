//! Parses query text into a [`Query`]. Never fails: invalid terms are marked, and the rest still filters.

pub(super) mod operand;
mod phrases;
mod place_field;
mod signs;

use std::ops::Range;

use super::value::{self, Unread};
use super::whereabouts;
use super::{Anchor, Atom, Field, Kept, Mark, MarkKind, Query, Sort, SortKey, State, Term, Test};
use super::{closed, languages};
use operand::{Chunk, Operand, chunks, unquote};
pub(super) use operand::{open_quote, sorts};

/// Parses a query.
pub fn parse(text: &str) -> Query {
    parse_until(text, None)
}

/// Parses a query whose last term may still grow: a value at the end of the text is also the beginning of others.
pub fn parse_unfinished(text: &str) -> Query {
    parse_until(text, Some(text.len()))
}

/// Parses a query; a value that ends at `open` may still grow.
fn parse_until(text: &str, open: Option<usize>) -> Query {
    let mut reader = TermReader {
        text,
        open,
        query: Query::default(),
    };
    let chunks = chunks(text);
    let operands = chunks.iter().flat_map(|chunk| chunk.operands.clone());
    let operands: Vec<Range<usize>> = operands.collect();
    for chunk in chunks {
        reader.chunk(chunk, &operands);
    }
    phrases::add_meanings(&mut reader.query);
    reader.query.near = reader.query.nearest_to();
    reader.query
}

/// Result of parsing an operand.
enum Read {
    Atom(Atom),
    /// An atom, with a hint for the user.
    Told(Atom, String),
    Sort(Sort),
    Mark(MarkKind, String),
}

struct TermReader<'a> {
    text: &'a str,
    /// Where a value may still grow.
    open: Option<usize>,
    query: Query,
}

impl TermReader<'_> {
    fn chunk(&mut self, chunk: Chunk, operands: &[Range<usize>]) {
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
            operand.is_open = self.open == Some(operand.span.end);
            let glued = |end: usize| operand.name.is_none() && operand.span.start == end + 1;
            let continues = excluded.is_some_and(glued);
            operand.negated |= continues;
            let inherited = field
                .filter(|&(_, end)| operand.name.is_none() && operand.span.start == end + 1)
                .map(|(field, _)| field);
            let foreign = (operand.name.is_none() && inherited.is_none())
                .then(|| self.foreign(&operand.span, operands))
                .flatten();
            if let Some(sign) = foreign {
                self.mark(sign.span, sign.kind, &sign.message);
                if sign.kind == MarkKind::Error {
                    continue;
                }
            }
            let read = match operand.name {
                Some(name) => named(name, &operand),
                None => unnamed(inherited, &operand),
            };
            let read = match read {
                Read::Told(atom, message) => {
                    self.mark(operand.span.clone(), MarkKind::Hint, &message);
                    Read::Atom(atom)
                }
                read => read,
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
                Read::Told(..) => {}
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

    /// The sign of another search box that an operand is.
    fn foreign(
        &self,
        span: &Range<usize>,
        operands: &[Range<usize>],
    ) -> Option<signs::ForeignSign> {
        let at = operands.iter().position(|known| known == span)?;
        let text = |at: usize| Some(&self.text[operands.get(at)?.clone()]);
        let before = at.checked_sub(1).and_then(text);
        signs::foreign(self.text, span, before, text(at + 1))
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
        Some(Field::Has) => "note, contact or cv, or a field such as salary",
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
            format!("no field `{name}:`{}", nearest(&lower)),
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
        is_open: operand.is_open,
    };
    in_field(field, &operand)
}

/// A similar field name, to be offered.
fn nearest(name: &str) -> String {
    let names = Field::NAMES.iter().chain(&["sort"]);
    let close = |known: &&&'static str| strsim::jaro_winkler(name, known);
    let nearest = names.max_by(|a, b| close(a).total_cmp(&close(b)));
    let is_slip = |known: &&&str| strsim::osa_distance(name, known) <= 1 + name.len() / 4;
    match nearest.filter(is_slip) {
        Some(known) => format!("; did you mean `{known}:`?"),
        None => format!("; fields are {}", Field::NAMES.join(", ")),
    }
}

fn in_field(field: Field, operand: &Operand<'_>) -> Read {
    let rest = operand.rest;
    if field == Field::Has
        && let Some(field) = field_with_value(rest)
    {
        return Read::Atom(Atom {
            negated: !operand.negated,
            field: Some(field),
            test: Test::Absent,
        });
    }
    let test = match field {
        _ if rest.is_empty() => Ok(Test::Any),
        Field::Is => word(rest, "state", State::NAMES, |name| {
            State::from_name(name).map(Test::State)
        }),
        Field::Has => has(rest),
        Field::Near => whereabouts::near(rest),
        Field::From => whereabouts::from(rest),
        _ if is_absence(field, rest) => Ok(Test::Absent),
        Field::Posted | Field::Closes | Field::Applied | Field::FollowUp => {
            let ahead = matches!(field, Field::Closes | Field::FollowUp);
            value::date(&unquote(rest).0, ahead).map(Test::Date)
        }
        Field::Salary => value::salary(rest).map(Test::Salary),
        Field::Years => value::years(rest),
        Field::Text | Field::Note => Ok(text_test(rest, true)),
        Field::Country | Field::Region | Field::City => return place(field, operand),
        _ => listed(field, operand).unwrap_or_else(|| Ok(text_test(rest, operand.negated))),
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

/// The field whose presence `has:` asks for. What the user keeps beside a posting goes first.
fn field_with_value(name: &str) -> Option<Field> {
    let lower = name.to_ascii_lowercase();
    if Kept::from_name(&lower).is_some() {
        return None;
    }
    let field = Field::from_name(canonical(&lower))?;
    let without = [Field::Is, Field::Has, Field::Near, Field::From, Field::Note];
    (!without.contains(&field)).then_some(field)
}

/// Parses what the user may keep beside a posting.
fn has(written: &str) -> Result<Test, Unread> {
    let lower = written.to_ascii_lowercase();
    if let Some(kept) = Kept::from_name(&lower) {
        return Ok(Test::Has(kept));
    }
    let mut names = Kept::NAMES.iter().chain(Field::NAMES);
    if names.any(|name| name.starts_with(&lower)) {
        return Err(Unread::Unfinished);
    }
    Err(Unread::Wrong(format!(
        "no `{written}` to have; it is one of {}, or a field such as salary",
        Kept::NAMES.join(", ")
    )))
}

/// Whether a value stands for the absence of the field; `none` does, unless it is a value itself.
fn is_absence(field: Field, rest: &str) -> bool {
    let values = closed::values(field);
    let is_listed = values.is_some() || field == Field::Years;
    let is_value = values.is_some_and(|values| values.contains(&"none"));
    rest.eq_ignore_ascii_case("none") && !is_value
        || rest.eq_ignore_ascii_case("unknown") && is_listed
}

/// Parses a value that is compared as a whole: of a closed list, a language, or a technology. `None` for other fields,
/// and for parts of values.
fn listed(field: Field, operand: &Operand<'_>) -> Option<Result<Test, Unread>> {
    let values = closed::values(field);
    let is_language = matches!(field, Field::Speaks | Field::Language);
    if values.is_none() && !is_language && field != Field::Skill {
        return None;
    }
    let value = whole_value(operand.rest)?;
    if value.trim().is_empty() {
        return Some(Ok(Test::Any));
    }
    // Signs and quotes end a value.
    let is_open = operand.is_open && value == operand.rest && !operand.negated;
    let test = match values {
        Some(values) => closed::read(field, values, &value, is_open).map(str::to_owned),
        None if field == Field::Skill && is_open => Err(Unread::Unfinished),
        None if field == Field::Skill => Ok(value),
        None if is_open && languages::begins(&value) => Err(Unread::Unfinished),
        None => languages::tag(&value).ok_or_else(|| {
            let meant = languages::nearest(&value);
            Unread::Wrong(format!("no language `{value}`; did you mean `{meant}`?"))
        }),
    };
    Some(match test {
        // So far it is the beginning of a value.
        Err(Unread::Unfinished) => Ok(text_test(operand.rest, false)),
        test => test.map(Test::Equals),
    })
}

/// The value in a term that is no part of a value: bare, quoted, or after `=`.
fn whole_value(rest: &str) -> Option<String> {
    let rest = rest.strip_prefix('=').unwrap_or(rest);
    let is_part = rest.starts_with(['\'', '~', '^']) || rest.ends_with('$');
    let (value, tail) = unquote(rest);
    (!is_part && tail.is_empty()).then_some(value)
}

/// Parses a place. One that is no place of its field is told.
fn place(field: Field, operand: &Operand<'_>) -> Read {
    let test = text_test(operand.rest, operand.negated);
    let atom = |field: Field, test: Test| Atom {
        negated: operand.negated && test != Test::Any,
        field: Some(field),
        test,
    };
    let written = match &test {
        Test::Fuzzy(written)
        | Test::Literal {
            text: written,
            anchor: Anchor::None,
        } if !operand.is_open => written,
        _ => return Read::Atom(atom(field, test)),
    };
    match place_field::check(field, written) {
        Some((field, hint)) => Read::Told(atom(field, test), hint),
        None => Read::Atom(atom(field, test)),
    }
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
