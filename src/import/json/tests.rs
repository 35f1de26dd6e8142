//! Rows are found anywhere in a document, and errors have their line numbers.

use super::*;

fn read(text: &str, path: &[&str]) -> Vec<(usize, usize, Option<String>)> {
    let (_, rows) = rows(text, path).unwrap();
    rows.map(|(place, raw)| {
        (
            place.row,
            place.line,
            raw.ok().map(|raw| raw.get().to_owned()),
        )
    })
    .collect()
}

fn found(texts: &[(usize, usize, &str)]) -> Vec<(usize, usize, Option<String>)> {
    let rows = texts.iter();
    rows.map(|(row, line, text)| (*row, *line, (!text.is_empty()).then(|| (*text).to_owned())))
        .collect()
}

#[test]
fn rows_are_a_list_or_lines() {
    let both = found(&[(1, 1, "{\"a\":1}"), (2, 2, "{\"a\":2}")]);
    for (text, path) in [
        ("[{\"a\":1},\n{\"a\":2}]", &[][..]),
        (
            "{\"x\":[1],\"jobs\":[{\"a\":1},\n{\"a\":2}],\"y\":0}",
            &["jobs"],
        ),
        ("{\"r\":{\"jobs\":[{\"a\":1},\n{\"a\":2}]}}", &["r", "jobs"]),
        (
            "{\"r\":[{\"jobs\":[{\"a\":1},\n{\"a\":2}]}]}",
            &["r", "jobs"],
        ),
        ("{\"a\":1}\n{\"a\":2}\n", &["jobs"]),
        ("\n {\"jobs\":[]}", &["none"]),
    ] {
        let read = read(text, path);
        if path == ["none"] {
            assert_eq!(read.len(), 1);
        } else {
            assert_eq!(read, both, "{text}");
        }
    }
    assert_eq!(read("{\"jobs\":{\"a\":1}}", &["jobs"]), both[..1]);
    assert!(read("[]", &[]).is_empty());
    assert!(rows("nothing", &[]).is_err());
}

#[test]
fn damage_ends_a_list_and_one_line() {
    assert_eq!(
        read("[{\"a\":1},\n{\"a\":", &[]),
        found(&[(1, 1, "{\"a\":1}"), (2, 2, "")])
    );
    assert_eq!(
        read("[{\"a\":1}", &[]),
        found(&[(1, 1, "{\"a\":1}"), (2, 1, "")])
    );
    assert_eq!(
        read("{\"a\":1}\n{\"a\":\n{\"a\":3}", &[]),
        found(&[(1, 1, "{\"a\":1}"), (2, 2, ""), (3, 3, "{\"a\":3}")])
    );
}

#[test]
fn members_of_the_wrong_type_are_left_out_and_reported() {
    #[derive(Deserialize, Default, PartialEq, Debug)]
    #[serde(default)]
    struct Job {
        title: String,
        places: Option<Vec<String>>,
        hours: Option<u8>,
    }
    let read = |text: &str| {
        let raw: &RawValue = serde_json::from_str(text).unwrap();
        lenient::<Job>(raw).map_err(|error| message(&error))
    };
    let (job, left_out) =
        read("{\"title\": \"Cook\", \"places\": \"Oslo\", \"hours\": \"\"}").unwrap();
    assert_eq!(job.title, "Cook");
    assert_eq!(left_out, [("places".to_owned(), "Oslo".to_owned())]);
    let (job, left_out) = read("{\"title\": 7, \"hours\": {\"a\": [1]}}").unwrap();
    assert_eq!(job, Job::default());
    assert_eq!(left_out[1], ("hours".to_owned(), "{\"a\": [1]}".to_owned()));
    assert!(read("[1]").is_err());
}
