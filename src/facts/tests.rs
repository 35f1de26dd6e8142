//! Facts stated in invented sentences.

mod german_french;
mod lookalikes;

use super::*;

fn facts(title: &str, locations: &[&str], description: &str) -> Facts {
    derive(&Text {
        title,
        company: "",
        locations,
        description,
    })
}

fn stated(description: &str) -> Facts {
    facts("Beekeeper", &[], description)
}

#[test]
fn a_level_is_read_in_the_title() {
    for (title, level) in [
        ("Senior Beekeeper", Some(Level::Senior)),
        ("Sr. Beekeeper II", Some(Level::Senior)),
        ("Beekeeper II", Some(Level::Mid)),
        ("Beekeeper I", Some(Level::Junior)),
        ("Senior/Staff Beekeeper", Some(Level::Senior)),
        ("Staff Beekeeper", Some(Level::Staff)),
        ("Hive Lead", Some(Level::Senior)),
        ("Beekeeping Intern", Some(Level::Intern)),
        ("Honey Operations Associate", Some(Level::Junior)),
        ("Associate Director, Wax", Some(Level::Director)),
        ("Head of Pollination", Some(Level::Executive)),
        ("VP, Honey", Some(Level::Executive)),
        ("Chief Honey Officer", Some(Level::Executive)),
        ("Software Engineering Manager", Some(Level::Manager)),
        ("Praktikum in der Imkerei", Some(Level::Intern)),
        ("Beekeeper", None),
        ("Product Manager, Honey", None),
        ("Account Executive, Mid-Market", None),
        ("Member of Technical Staff, Hives", None),
        ("Chief of Staff", None),
        ("Assistant to the CEO", None),
        ("Founding Beekeeper", None),
        ("Lead Generation Specialist", None),
        ("International Beekeeper", None),
    ] {
        let found = facts(title, &[], "").level;
        assert_eq!(found.map(|found| found.value), level, "{title}");
    }
}

#[test]
fn a_level_is_read_in_the_text_only_where_it_says_so_outright() {
    for (text, level) in [
        (
            "We are looking for a passionate senior beekeeper.",
            Some(Level::Senior),
        ),
        ("This is an entry-level position.", Some(Level::Junior)),
        ("You will report to a senior beekeeper.", None),
        ("You work with senior people.", None),
    ] {
        assert_eq!(stated(text).level.map(|found| found.value), level, "{text}");
    }
    // "Manager" alone does not imply people to manage.
    let title = "Apiary Manager";
    assert_eq!(facts(title, &[], "You order the wax.").level, None);
    let found = facts(title, &[], "You lead a team of six beekeepers.").level;
    assert_eq!(found.map(|found| found.value), Some(Level::Manager));
}

#[test]
fn years_are_those_that_the_role_requires() {
    let item = |text: &str| format!("## Requirements\n\n- {text}\n");
    for (text, years) in [
        (item("5+ years of experience with hives"), Some((5, None))),
        (item("**3–5 years** in beekeeping"), Some((3, Some(5)))),
        (item("3-5+ years of beekeeping"), Some((3, None))),
        (item("At least two years’ experience"), Some((2, None))),
        (item("Over 7 years of experience in wax"), Some((7, None))),
        (item("5 plus years of experience"), Some((5, None))),
        (item("6+ years of experience with at least 3 years in wax"), Some((6, None))),
        (item("PhD with 2 years of experience or a master's and 4 years of experience"), Some((2, None))),
        (item("Mindestens 3 Jahre Berufserfahrung"), Some((3, None))),
        (item("3 ans d'expérience en apiculture"), Some((3, None))),
        (item("Ideally 5 years of experience"), None),
        (item("5+ years of experience preferred"), None),
        (item("You are at least 18 years old"), None),
        ("## Nice to have\n\n- 5+ years of experience".to_owned(), None),
        ("## About us\n\nFor 10 years we have been keeping bees, with 40 years of combined experience.".to_owned(), None),
        ("## Benefits\n\n- A sabbatical after 5 years of service\n- Four-year vesting".to_owned(), None),
        ("We have grown 300% over the last 3 years.".to_owned(), None),
    ] {
        let found = stated(&text).years.map(|found| (found.value.min.unwrap(), found.value.max));
        assert_eq!(found, years, "{text}");
    }
}

#[test]
fn a_workplace_is_that_of_the_role() {
    use Workplace::{Hybrid, OnSite, Remote};
    for (title, location, text, place) in [
        ("Beekeeper (Remote)", "Graz", "", Some(Remote)),
        ("Beekeeper", "Graz (hybrid)", "", Some(Hybrid)),
        ("Beekeeper", "Remote - Austria", "", Some(Remote)),
        ("Beekeeper", "Graz Office (or Remote)", "", Some(Remote)),
        (
            "Beekeeper",
            "Graz",
            "This is a fully remote position.",
            Some(Remote),
        ),
        ("Beekeeper", "Graz", "The role is hybrid.", Some(Hybrid)),
        (
            "Beekeeper",
            "Graz",
            "You come to our Graz office 3 days a week.",
            Some(Hybrid),
        ),
        (
            "Beekeeper",
            "Graz",
            "We work from our office five days a week.",
            Some(OnSite),
        ),
        (
            "Beekeeper",
            "Graz",
            "This role is on-site at our farm.",
            Some(OnSite),
        ),
        (
            "Beekeeper",
            "Graz",
            "Happy bees.\n\n#LI-Hybrid",
            Some(Hybrid),
        ),
        (
            "Beekeeper",
            "Graz",
            "You may choose: hybrid or fully remote.",
            Some(Remote),
        ),
        (
            "Imker",
            "Graz",
            "Du arbeitest remote in Österreich.",
            Some(Remote),
        ),
        ("Beekeeper", "Graz Office", "", None),
        (
            "Beekeeper",
            "Graz",
            "We have a remote-friendly culture.",
            None,
        ),
        (
            "Beekeeper",
            "Graz",
            "You have experience leading remote teams.",
            None,
        ),
        ("Beekeeper", "Graz", "- Remote work stipend", None),
        (
            "Beekeeper",
            "Graz",
            "We run a hybrid cloud and hybrid-casual games.",
            None,
        ),
        (
            "Beekeeper",
            "Graz",
            "Work remotely for up to 30 days a year.",
            None,
        ),
        (
            "Beekeeper",
            "Graz",
            "3. An onsite interview with the team",
            None,
        ),
        (
            "Beekeeper",
            "Graz",
            "Free lunch in our office five days a week.",
            None,
        ),
    ] {
        let found = facts(title, &[location], text).workplace;
        assert_eq!(
            found.map(|found| found.value),
            place,
            "{title}, {location}: {text}"
        );
    }
}

#[test]
fn remote_work_may_be_done_from_where_the_posting_says() {
    for (title, locations, text, regions) in [
        ("Beekeeper", &["Remote - US"][..], "", Some(&["US"][..])),
        (
            "Beekeeper",
            &["Remote (DE/AT/CH)"],
            "",
            Some(&["DE", "AT", "CH"]),
        ),
        (
            "Beekeeper",
            &["Remote (Canada)", "Remote (Mexico)"],
            "",
            Some(&["CA", "MX"]),
        ),
        (
            "Beekeeper",
            &["North America - Remote"],
            "",
            Some(&["US", "CA"]),
        ),
        ("Beekeeper", &["Vancouver - Remote"], "", Some(&["CA"])),
        (
            "Beekeeper",
            &["Argentina"],
            "This role is remote.",
            Some(&["AR"]),
        ),
        ("Beekeeper - EMEA", &["Remote"], "", Some(&["EMEA"])),
        (
            "Beekeeper",
            &["Graz"],
            "You can work remotely from anywhere in Europe.",
            Some(&["Europe"]),
        ),
        (
            "Beekeeper",
            &["Remote"],
            "This role is remote (based in the U.S.).",
            Some(&["US"]),
        ),
        ("Beekeeper", &["Anywhere"], "", Some(&["worldwide"])),
        ("Beekeeper", &["Graz", "Remote"], "", None),
        (
            "Beekeeper",
            &["Remote"],
            "You overlap with US time zones.",
            None,
        ),
        ("Beekeeper", &["Austria"], "You come to our farm.", None),
    ] {
        let found = facts(title, locations, text)
            .remote_from
            .map(|found| found.value);
        assert_eq!(found.as_deref(), regions, "{title}, {locations:?}: {text}");
    }
}

#[test]
fn sponsorship_is_of_visas() {
    for (text, value) in [
        (
            "We are unable to sponsor work visas at this time.",
            Some(Sponsorship::None),
        ),
        (
            "You must be authorized to work here without visa sponsorship.",
            Some(Sponsorship::None),
        ),
        (
            "- Visa sponsorship and relocation support",
            Some(Sponsorship::Offered),
        ),
        (
            "We can sponsor visas to Austria.",
            Some(Sponsorship::Offered),
        ),
        ("You must be authorized to work in Austria.", None),
        ("Will you need visa sponsorship?", None),
        ("You find sponsors for our honey fair.", None),
        ("Our investors are Visa and others.", None),
    ] {
        assert_eq!(
            stated(text).sponsorship.map(|found| found.value),
            value,
            "{text}"
        );
    }
}

#[test]
fn clearance_is_required_not_welcome() {
    for (text, is_required) in [
        ("You must hold an active security clearance.", true),
        ("Ability to obtain a Secret clearance", true),
        ("U.S. citizenship is required.", true),
        ("A security clearance is a plus.", false),
        ("We do not discriminate by race, citizenship or age.", false),
        (
            "ITAR: you must be a U.S. person, such as a citizen or lawful permanent resident.",
            false,
        ),
        ("Medical clearance is required.", false),
    ] {
        assert_eq!(stated(text).clearance.is_some(), is_required, "{text}");
    }
}

#[test]
fn employment_is_that_of_the_role() {
    use Employment::{Contract, FullTime, Internship, PartTime, Temporary};
    for (title, text, kind) in [
        ("Beekeeping Intern", "", Some(Internship)),
        ("Beekeeper (Part-Time)", "", Some(PartTime)),
        ("Beekeeper - Contract", "", Some(Contract)),
        ("Full-Time, Temporary Beekeeper", "", Some(Temporary)),
        ("Imker in Vollzeit", "", Some(FullTime)),
        ("Beekeeper", "This is a full-time position.", Some(FullTime)),
        (
            "Beekeeper",
            "**Employment type:** Full-time",
            Some(FullTime),
        ),
        (
            "Beekeeper",
            "This is a short-term, full-time contract role.",
            Some(Contract),
        ),
        (
            "Beekeeper",
            "You work with us as an independent contractor.",
            Some(Contract),
        ),
        ("Beekeeper", "## Benefits for full-time employees", None),
        ("Beekeeper", "All full-time employees get honey.", None),
        (
            "Beekeeper",
            "You negotiate contracts with contract manufacturers.",
            None,
        ),
        ("Contracts Manager", "", None),
    ] {
        let found = facts(title, &[], text).employment;
        assert_eq!(found.map(|found| found.value), kind, "{title}: {text}");
    }
}

#[test]
fn an_upper_limit_of_pay_is_no_lower_one() {
    for body in [
        "Salary: up to 90.000 €",
        "Gehalt: bis zu 90.000 €",
        "Gehalt: max. 90.000 €",
        "Salaire: jusqu'à 90 000 €",
        "Salary: hasta 90.000 €",
    ] {
        let facts = facts("Engineer", &[], body);
        let pay: Vec<_> = facts
            .pay
            .iter()
            .map(|found| (found.value.min, found.value.max))
            .collect();
        assert_eq!(pay, [(None, Some(90_000.0))], "{body}");
    }
}

#[test]
fn pay_is_base_pay() {
    use Period::{Hour, Month, Year};
    let pay = |min, max: Option<f64>, currency, per| (Some(min), max, currency, per);
    for (text, wanted) in [
        (
            "The salary range is $120,000 – $150,000.",
            vec![pay(120_000.0, Some(150_000.0), "USD", Year)],
        ),
        (
            "Salary: $120k-150k + equity",
            vec![pay(120_000.0, Some(150_000.0), "USD", Year)],
        ),
        (
            "Base salary of £70-90K",
            vec![pay(70_000.0, Some(90_000.0), "GBP", Year)],
        ),
        ("Pay: $17–$22/hr", vec![pay(17.0, Some(22.0), "USD", Hour)]),
        (
            "We pay 3.200 € brutto pro Monat.",
            vec![pay(3_200.0, None, "EUR", Month)],
        ),
        (
            "Gehalt: 60.000 € bis 75.000 €",
            vec![pay(60_000.0, Some(75_000.0), "EUR", Year)],
        ),
        (
            "The range for this role is 160,000 - 200,000 CAD.",
            vec![pay(160_000.0, Some(200_000.0), "CAD", Year)],
        ),
        (
            "Salaire : 45 000 € à 55 000 € par an",
            vec![pay(45_000.0, Some(55_000.0), "EUR", Year)],
        ),
        ("We raised $120,000,000 and pay well.", vec![]),
        (
            "Salary: $100K-$120K (US), £70k-£80k (UK)",
            vec![
                pay(100_000.0, Some(120_000.0), "USD", Year),
                pay(70_000.0, Some(80_000.0), "GBP", Year),
            ],
        ),
        (
            "Salary: MXN $30,000 mensuales",
            vec![pay(30_000.0, None, "MXN", Month)],
        ),
        (
            "Salary: NT$50,000 a month",
            vec![pay(50_000.0, None, "TWD", Month)],
        ),
        // A sign that is not known, and a currency whose pay for a month may be as large.
        ("Salary: TT$50,000", vec![]),
        ("Salary: 15 000 - 20 000 PLN", vec![]),
        (
            "Salary: 15 000 - 20 000 PLN monthly",
            vec![pay(15_000.0, Some(20_000.0), "PLN", Month)],
        ),
        (
            "Gehalt: zwischen 4.000 und 5.000 EUR im Monat",
            vec![pay(4_000.0, Some(5_000.0), "EUR", Month)],
        ),
        (
            "Salaire: entre 40 000 et 50 000 € brut",
            vec![pay(40_000.0, Some(50_000.0), "EUR", Year)],
        ),
        (
            "Gehalt: 30.000/35.000 € brutto",
            vec![pay(30_000.0, Some(35_000.0), "EUR", Year)],
        ),
        ("- $1,000 learning stipend", vec![]),
        ("- $20K relocation bonus", vec![]),
        ("OTE $200,000 - $250,000", vec![]),
        ("You close deals of $50,000–$100,000.", vec![]),
        ("We saved our customers $50M.", vec![]),
    ] {
        let found: Vec<_> = stated(text)
            .pay
            .iter()
            .map(|found| found.value)
            .map(|pay| (pay.min, pay.max, pay.currency.code(), pay.per))
            .collect();
        assert_eq!(found, wanted, "{text}");
    }
}

#[test]
fn education_is_the_lowest_degree_without_alternative() {
    for (text, degree) in [
        (
            "- Bachelor’s or Master’s degree in Biology",
            Some(Education::Bachelor),
        ),
        ("- Master's or PhD in Biology", Some(Education::Master)),
        ("- Ph.D. in Biology", Some(Education::Phd)),
        (
            "- Bachelor's degree in Biology; Master's preferred",
            Some(Education::Bachelor),
        ),
        ("- Bachelor's degree or equivalent experience", None),
        ("- Bachelor's degree in Biology (preferred)", None),
        ("- Currently pursuing a Bachelor's degree", None),
        ("- A high degree of patience", None),
    ] {
        let text = format!("## Requirements\n\n{text}");
        assert_eq!(
            stated(&text).education.map(|found| found.value),
            degree,
            "{text}"
        );
    }
}

#[test]
fn skills_are_named_and_required() {
    for (text, skills) in [
        ("- Strong Python, Go and k8s", vec!["Python", "Go", "k8s"]),
        ("- C/C++, C# or R, and SQL", vec!["C/C++", "C#", "R", "SQL"]),
        ("- **React** (TypeScript preferred)", vec!["React"]),
        ("- A cloud, ideally AWS", vec![]),
        ("- You know Excel", vec!["Excel"]),
        ("- You excel in agile teams and spark joy", vec![]),
        ("- Go above and beyond", vec![]),
        ("- Willingness to learn Rust", vec![]),
    ] {
        let text = format!(
            "## What you bring\n\n{text}\n\n## Nice to have\n\n- Kafka\n\n## What you'll do\n\n- Use Docker"
        );
        let facts = stated(&text);
        let found: Vec<&str> = facts
            .skills
            .iter()
            .map(|found| &text[found.evidence.range.clone()])
            .collect();
        assert_eq!(found, skills, "{text}");
    }
    let found = stated("## Requirements\n\n- k8s").skills;
    assert_eq!(found[0].value.name, "Kubernetes");
}

#[test]
fn languages_are_spoken_at_work() {
    for (title, text, tags) in [
        (
            "Beekeeper",
            "- Fluent in English and German",
            vec!["en", "de"],
        ),
        (
            "Beekeeper",
            "- Excellent written and spoken English",
            vec!["en"],
        ),
        ("Beekeeper", "- Sehr gute Deutschkenntnisse", vec!["de"]),
        ("Beekeeper (French-speaking)", "", vec!["fr"]),
        (
            "Beekeeper",
            "- Fluent in English; German is a plus",
            vec!["en"],
        ),
        ("Beekeeper", "- Please send your CV in English", vec![]),
        ("Beekeeper", "- You know the German market", vec![]),
        (
            "Beekeeper",
            "- You work with polish and strong communication",
            vec![],
        ),
    ] {
        let text = format!("## Requirements\n\n{text}");
        let found: Vec<&str> = facts(title, &[], &text)
            .languages
            .iter()
            .map(|found| found.value)
            .collect();
        assert_eq!(found, tags, "{title}: {text}");
    }
}

#[test]
fn evidence_is_the_exact_passage() {
    let text =
        "## Anforderungen – “you”\n\n- **5+ years** of *hands‑on* experience\n- Fließend Deutsch";
    let locations = ["Wien", "Remote – Österreich"];
    let whole = Text {
        title: "Sr. Imker",
        company: "",
        locations: &locations,
        description: text,
    };
    let facts = derive(&whole);
    let passage = |evidence: &Evidence| whole.passage(evidence).to_owned();
    assert_eq!(passage(&facts.level.unwrap().evidence), "Sr");
    assert_eq!(
        passage(&facts.years.unwrap().evidence),
        "5+ years** of *hands‑on* experience"
    );
    let place = facts.workplace.unwrap();
    assert_eq!(place.evidence.part, Part::Location(1));
    assert_eq!(passage(&place.evidence), "Remote");
    assert_eq!(passage(&facts.languages[0].evidence), "Deutsch");
}

#[test]
fn empty_and_broken_texts_state_no_facts() {
    assert_eq!(facts("", &[], ""), Facts::default());
    for text in [
        "**",
        "[",
        "](",
        "- ",
        "\u{feff}",
        "5",
        "5 years",
        "$",
        "$ 1k - ",
        "€1",
        "1.",
        "…\n#\n##",
        "é5 years",
        "#li-",
        "🐝 remote 🐝",
        "years\u{2028}remote",
        "İstanbul remote €5k",
        "(((((",
        "- 99999999999999999999 years $99999999999999999999",
    ] {
        facts(text, &[text], text);
        let long = text.repeat(500);
        facts(&long, &[&long], &long);
    }
}

#[test]
fn passages_that_only_resemble_a_fact_are_left_out() {
    let required = |text: &str| stated(&format!("## Requirements\n\n- {text}"));
    for text in [
        "7+ years (post-BS/MS) of beekeeping experience",
        "Associate degree in Engineering Technology",
        "**Education (preferred)** - Bachelor's degree in Biology",
    ] {
        assert_eq!(required(text).education, None, "{text}");
    }
    let ideally =
        "## Ideally, you'd have\n\n- A Bachelor's degree in Biology\n- 8+ years of experience";
    assert_eq!(stated(ideally).education, None);
    assert_eq!(stated(ideally).years, None);
    let languages = required("Fluent in English (no need to speak French!)").languages;
    let languages: Vec<&str> = languages.iter().map(|found| found.value).collect();
    assert_eq!(languages, ["en"]);
    assert_eq!(
        stated("We don't shy away from sponsoring work visas.").sponsorship,
        None
    );
    assert_eq!(required("Documents (FAIRs, C of C)").skills, []);
    let hybrid = stated("This is a hybrid role (4-5 days per week on-site) at our apiary.");
    assert_eq!(
        hybrid.workplace.map(|found| found.value),
        Some(Workplace::Hybrid)
    );
    assert_eq!(stated("All positions are remote friendly.").workplace, None);
    assert_eq!(
        facts("Working student in Office Management", &[], "").workplace,
        None
    );
}
