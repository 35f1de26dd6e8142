//! Binary encoding of postings and interviews: compact, and decoded without lookups.
//!
//! Only for data that the same version of the program writes and reads; the format may change between versions.

mod reader;
mod writer;

pub use reader::RecordReader;
pub use writer::RecordWriter;

#[cfg(test)]
mod tests {
    use iso_currency::Currency;

    use super::*;
    use crate::board::{
        Clearance, Date, Education, Employment, Exchange, Interview, Level, Location, Period,
        Person, Posting, Salary, Source, Sponsorship, Workplace, Years,
    };

    #[test]
    fn everything_comes_back_and_no_part_of_it_is_taken_for_all() {
        let day = Some(Date::constant(2026, 2, 28));
        let posting = Posting {
            id: "a".into(),
            board: "b".into(),
            title: "Größe".into(),
            company: Some(String::new()),
            team: None,
            locations: vec![Location::parse("US, WA, Seattle"), Location::parse("Moon")],
            workplace: Some(Workplace::Remote),
            remote_from: vec!["EU".into()],
            employment: vec![Employment::PartTime, Employment::Contract],
            posted: day,
            closes: None,
            salary: vec![Salary {
                min: Some(1.5),
                max: None,
                currency: Currency::EUR,
                per: Period::Year,
                location: Some("Seattle".into()),
            }],
            url: Some("https://example.org".into()),
            level: Some(Level::Executive),
            years: Some(Years {
                min: Some(5),
                max: None,
            }),
            education: Some(Education::Phd),
            skills: vec!["Rust".into()],
            languages: vec!["de".into()],
            clearance: Some(Clearance::Required),
            sponsorship: Some(Sponsorship::None),
            publisher: None,
            retold: true,
            pinned: true,
            tags: vec!["x".repeat(300), String::new()],
            language: Some("pt-BR".into()),
            description: String::new(),
            source: Some(Source {
                last_seen: day,
                ..Source::default()
            }),
        };
        let mut writer = RecordWriter::default();
        writer.posting(&posting);
        let bytes = writer.bytes;
        let mut reader = RecordReader::new(&bytes);
        assert_eq!(reader.posting(), Some(posting));
        assert!(reader.is_done());
        for end in 0..bytes.len() {
            assert_eq!(RecordReader::new(&bytes[..end]).posting(), None, "{end}");
        }
        let interview = Interview {
            id: "i".into(),
            person: Some(Person {
                name: "Ada".into(),
                role: None,
            }),
            related: Some(vec!["a".into()]),
            exchanges: vec![Exchange {
                question: "Why?".into(),
                answer: "…".into(),
            }],
            ..Interview::default()
        };
        let mut writer = RecordWriter::default();
        writer.interview(&interview);
        assert_eq!(
            RecordReader::new(&writer.bytes).interview(),
            Some(interview)
        );
    }
}
