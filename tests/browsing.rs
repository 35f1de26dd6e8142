//! Browsing: keys in, screen out.

use jobdeck::board::{Board, Exchange, Interview, Location, Posting};
use jobdeck::config::Config;
use jobdeck::content::Loaded;
use unicode_width::UnicodeWidthStr;

use crate::session::Session;

fn line(session: &Session, at: usize) -> String {
    let screen = session.screen();
    screen.lines().nth(at).unwrap_or_default().to_owned()
}

#[test]
fn the_seattle_scientist_comes_first() {
    let session = Session::open("shipped").size(180, 50);
    assert!(line(&session, 0).contains("10 of 10"));
    let session = session.keys("/sea sci");
    assert!(line(&session, 2).contains("Machine Learning Scientist"));
    assert!(line(&session, 3).contains("Seattle"));
}

#[test]
fn a_place_leaves_its_two_postings_and_says_so() {
    let session = Session::open("shipped").size(180, 50).keys("/loc:bellevue");
    assert!(line(&session, 0).contains("2 of 10"));
    let cleared = session.keys("<esc><esc>");
    assert!(line(&cleared, 0).contains("10 of 10"));
}

#[test]
fn the_interview_has_its_eight_questions_in_the_outline() {
    let session = Session::open("shipped").size(100, 30).keys("it");
    let screen = session.screen();
    let has = |n: usize| {
        let number = format!("{n}  ");
        let mut lines = screen
            .lines()
            .map(|line| line.trim_start_matches([' ', '▌']));
        lines.any(|line| line.starts_with(&number))
    };
    assert!((1..=8).all(has) && !has(9), "{screen}");
    let reading = session.keys("protopian<enter>");
    assert!(line(&reading, 0).contains("8 of 8"), "{}", reading.screen());
}

#[test]
fn small_windows_reach_everything() {
    for (width, height) in [(60, 20), (40, 12)] {
        let open = || Session::open("shipped").size(width, height);
        let filters = open().keys("f");
        let shown = filters.screen();
        assert!(shown.contains("United States"), "{shown}");
        assert!(filters.keys("<space><esc>").screen().contains("9 of 10"));
        let list = open().keys("G");
        assert!(list.screen().contains("Survey"), "{}", list.screen());
        let posting = list.keys("<enter>");
        assert!(
            posting.screen().contains("Retold from"),
            "{}",
            posting.screen()
        );
        let related = open().keys("iG<enter><enter>");
        assert!(
            !related.screen().contains("Related"),
            "{}",
            related.screen()
        );
        assert!(open().keys("?").screen().contains("Help"));
    }
}

#[test]
fn undecided_postings_are_reported_and_included_on_demand() {
    let session = Session::open("small")
        .size(120, 20)
        .keys("/salary:>1<enter>");
    let told = line(&session, 19);
    assert!(told.contains("2 without pay hidden · + show"), "{told}");
    let all = session.keys("+");
    assert!(line(&all, 0).contains("3 of 3"), "{}", all.screen());
}

#[test]
fn a_term_that_cannot_be_read_is_explained_and_the_rest_filters() {
    let session = Session::open("small").size(100, 20).keys("/tilte:x rust");
    assert!(line(&session, 19).contains("did you mean `title:`?"));
    assert!(line(&session, 0).contains("1 of 3"));
    assert!(
        session.styles().contains("tilte:x: bar under error"),
        "{}",
        session.styles()
    );
}

#[test]
fn the_letters_that_matched_stand_out_in_every_pane() {
    let styles = Session::open("small")
        .size(120, 24)
        .keys("/'zurich")
        .styles();
    let matched = styles
        .lines()
        .filter(|line| line.contains("Zürich") && line.contains("matched"));
    // In the list, in the posting, and among the cities.
    assert!(matched.count() >= 3, "{styles}");
}

#[test]
fn without_colours_the_selection_and_the_focus_still_show() {
    let session = Session::open("small").size(100, 20);
    assert!(
        session.styles().contains("selected"),
        "{}",
        session.styles()
    );
    let styles = session.styles();
    assert!(
        styles.contains("1:2-9 Postings: brand or pane_title_focus"),
        "{styles}"
    );
    assert!(session.screen().contains('▌'));
}

/// A board with letters that are wide, right-to-left or combining.
fn wide_letters() -> Loaded {
    let titles = [
        "数据科学家（北京）・機械学習エンジニア",
        "مهندس برمجيات أول في الرياض",
        "מדען נתונים בכיר בתל אביב",
        "वरिष्ठ वैज्ञानिक हिन्दी शिक्षण",
        "👩‍🔬 Scientist 🇩🇪 👨‍👩‍👧‍👦 at the lab",
        "Zu\u{308}rich e\u{301}ngineer a\u{300}\u{301}\u{302}",
        "ﬁnance ßtraße Ａｐｐｌｉｅｄ",
    ];
    let posting = |(at, title): (usize, &&str)| Posting {
        id: at.to_string(),
        title: (*title).into(),
        company: Some((*title).into()),
        locations: vec![Location::parse(title)],
        tags: vec![(*title).into()],
        description: format!("{title}\n\n## {title}\n\n- {title} {title}"),
        ..Posting::default()
    };
    let postings = titles.iter().enumerate().map(posting).collect();
    let exchange = Exchange {
        question: titles.join(" "),
        answer: titles.join("\n\n"),
    };
    let interview = Interview {
        id: "i".into(),
        title: titles[0].into(),
        exchanges: vec![exchange],
        ..Interview::default()
    };
    Loaded {
        board: Board::new("世界".into(), postings, vec![interview]),
        problems: Vec::new(),
        files: Vec::new(),
    }
}

#[test]
fn wide_and_joined_letters_never_break_the_frame() {
    for width in [20, 41, 60, 97, 140] {
        for keys in ["", "/あ", "jj", "f", "i", "it", "jjjj<enter>", "?"] {
            let load = Box::new(|_: jobdeck::content::Progress<'_>| Ok(wide_letters()));
            let session = Session::over(load, Config::default())
                .size(width, 14)
                .keys(keys);
            for line in session.screen().lines() {
                let columns = line.width();
                assert!(columns <= usize::from(width), "{keys} at {width}: {line}");
            }
        }
    }
}

/// A board large enough that counts need grouping.
fn many() -> Loaded {
    let posting = |at: usize| Posting {
        id: at.to_string(),
        title: format!("Role {at}"),
        locations: vec![Location::parse("US, WA, Seattle")],
        ..Posting::default()
    };
    let postings = (0..12_345).map(posting).collect();
    Loaded {
        board: Board::new("Many".into(), postings, Vec::new()),
        problems: Vec::new(),
        files: Vec::new(),
    }
}

#[test]
fn long_counts_are_grouped_in_every_region() {
    let load = Box::new(|_: jobdeck::content::Progress<'_>| Ok(many()));
    let session = Session::over(load, Config::default()).size(180, 50);
    let screen = session.screen();
    assert!(screen.contains("12,345 of 12,345"), "{screen}");
    let counts = |screen: &str, end: &str| {
        let of_seattle = screen
            .lines()
            .filter(|line| line.starts_with("    Seattle "));
        of_seattle.filter(|line| line.contains(end)).count()
    };
    assert_eq!(counts(&screen, " 12,345 "), 1, "{screen}");
    let session = session.keys("/salary:>1<enter>");
    assert!(
        line(&session, 49).contains("12,345 without pay hidden"),
        "{}",
        session.screen()
    );
    let small = session.keys("<esc>f").size(60, 20);
    let screen = small.screen();
    assert_eq!(counts(&screen, " 12,345"), 1, "{screen}");
}
