//! Prints a [`Query`] as text that parses back to the same query.

use std::fmt::{self, Display, Formatter};

use jiff::civil::Weekday;

use super::{Anchor, Atom, DateTest, Field, Query, SalaryTest, Term, Test};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (at, term) in self.terms.iter().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{term}")?;
        }
        if let Some(sort) = self.sort {
            let gap = if self.terms.is_empty() { "" } else { " " };
            let sign = if sort.reverse { "-" } else { "" };
            write!(f, "{gap}sort:{sign}{}", sort.key.name())?;
        }
        Ok(())
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (at, atom) in self.any.iter().enumerate() {
            if at > 0 {
                f.write_str(" | ")?;
            }
            write!(f, "{atom}")?;
        }
        Ok(())
    }
}

impl Display for Atom {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("!")?;
        }
        if let Some(field) = self.field {
            write!(f, "{}:", field.name())?;
        }
        match (&self.test, self.field) {
            // An anchor without text is the shortest unfinished term.
            (Test::Any, None) => f.write_str("^"),
            // `none` is a value of its own.
            (Test::Absent, Some(Field::Sponsorship)) => f.write_str("unknown"),
            (test, _) => write!(f, "{test}"),
        }
    }
}

impl Display for Test {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fuzzy(word) => f.write_str(word),
            Self::Whole(word) => write!(f, "'{word}'"),
            Self::Scattered(letters) => write!(f, "~{letters}"),
            Self::Literal { text, anchor } => {
                let start = matches!(anchor, Anchor::Start | Anchor::Both);
                let end = matches!(anchor, Anchor::End | Anchor::Both);
                let (start, end) = (if start { "^" } else { "" }, if end { "$" } else { "" });
                write!(f, "{start}{}{end}", quoted(text))
            }
            Self::Equals(value) => write!(f, "={}", quoted(value)),
            Self::Absent => f.write_str("none"),
            Self::Date(DateTest::Days(op, days)) => write!(f, "{}{days}d", op.sign()),
            Self::Date(DateTest::Day(op, day)) => write!(f, "{}{day}", op.sign()),
            Self::Date(DateTest::Weekday(op, day)) => {
                write!(f, "{}{}", op.sign(), weekday_name(*day))
            }
            Self::Date(DateTest::Between(first, last)) if first.month() == last.month() => {
                write!(f, "{:04}-{:02}", first.year(), first.month())
            }
            Self::Date(DateTest::Between(first, _)) => write!(f, "{:04}", first.year()),
            Self::Salary(test) => write!(f, "{test}"),
            Self::Years(test) => match test.most {
                Some(most) => write!(f, "{}-{most}", test.years),
                None => write!(f, "{}{}", test.op.sign(), test.years),
            },
            Self::Near(test) => write!(f, "{test}"),
            Self::From(test) => write!(f, "{test}"),
            Self::State(state) => f.write_str(state.name()),
            Self::Has(kept) => f.write_str(kept.name()),
            Self::Any => Ok(()),
        }
    }
}

impl Display for SalaryTest {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(most) = self.most {
            write_amount(self.amount, f)?;
            f.write_str("-")?;
            write_amount(most, f)?;
        } else {
            f.write_str(self.op.sign())?;
            write_amount(self.amount, f)?;
        }
        if let Some(currency) = self.currency {
            f.write_str(currency.code())?;
        }
        write!(f, "/{}", self.per.word())
    }
}

fn write_amount(amount: f64, f: &mut Formatter<'_>) -> fmt::Result {
    write!(f, "{amount}")?;
    // Three digits after a point would be parsed as thousands.
    let amount = amount.to_string();
    let cents = amount.split_once('.').map(|(_, cents)| cents.len());
    if cents == Some(3) {
        f.write_str("0")?;
    }
    Ok(())
}

fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    }
}

/// Quotes a text.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
