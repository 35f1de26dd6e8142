//! Passages that resemble a fact.

use super::*;

fn required(text: &str) -> Facts {
    stated(&format!("## Requirements\n\n- {text}"))
}

fn skills(text: &str) -> Vec<&'static str> {
    let skills = stated(text).skills;
    skills.into_iter().map(|found| found.value.name).collect()
}

#[test]
fn degrees_that_are_in_progress_or_replaced_are_not_required() {
    for text in [
        "Enrollment in a PhD program",
        "Associate or Bachelor of Science degree",
        "Bachelor's degree in biology, **OR** equivalent real-world experience",
        "You work at the level of a Master's degree",
        "Associate's degree or Bachelor's degree in biology",
    ] {
        assert_eq!(required(text).education, None, "{text}");
    }
}

#[test]
fn skills_of_a_nested_wish_list_or_of_the_employer_are_not_required() {
    let nested = "## Qualifications\n\n- Core (must have)\n  - Strong knowledge of Rust\n\
                  - Depth in one of these (nice‑to‑have)\n  - Kubernetes and Terraform";
    assert_eq!(skills(nested), ["Rust"]);
    let stack = "## Requirements\n\nYou know Rust. Our current stack includes React and Python.";
    assert_eq!(skills(stack), ["Rust"]);
    let employer =
        "## Requirements\n\n- Experience with Rust\n\nDocker provides equal opportunity.";
    assert_eq!(skills(employer), ["Rust"]);
    assert!(skills("## Requirements\n\n- CPP or FPC certification").is_empty());
}

#[test]
fn years_of_one_person_may_be_combined() {
    let years = required("6+ years of combined law firm and in-house experience").years;
    assert_eq!(years.and_then(|found| found.value.min), Some(6));
    let written_together = required("4-6yrs of experience in beekeeping").years;
    assert_eq!(written_together.and_then(|found| found.value.min), Some(4));
    let span = required("3~5 years of experience").years;
    assert_eq!(span.and_then(|found| found.value.min), Some(3));
    let team = stated("The team has 40 years of combined experience.").years;
    assert_eq!(team, None);
}

#[test]
fn a_wish_or_a_team_says_nothing_about_where_the_role_is() {
    let wish = "## It's great if you have\n\n- Interest in working hybrid in our Graz office";
    assert_eq!(stated(wish).workplace, None);
    let team = "This is a fully remote role. You join a fully remote global team.";
    assert_eq!(stated(team).remote_from, None);
}

#[test]
fn a_bare_dollar_is_that_of_the_country() {
    for (locations, currency) in [
        (&["Remote - Canada"][..], "CAD"),
        (&["Toronto, Canada", "Vancouver, BC, Canada"], "CAD"),
        (&["Sydney, Australia"], "AUD"),
        (&["Toronto, Canada", "Boston, MA, USA"], "USD"),
        (&[], "USD"),
    ] {
        let found = facts("Beekeeper", locations, "Base salary: $90,000 - $110,000.").pay;
        let currencies: Vec<&str> = found.iter().map(|pay| pay.value.currency.code()).collect();
        assert_eq!(currencies, [currency], "{locations:?}");
    }
}

#[test]
fn a_bonus_is_no_pay() {
    let bonus = stated("Competitive salary + company bonus (up to 15K€ per year).").pay;
    assert_eq!(bonus, []);
}

#[test]
fn a_remark_between_two_amounts_does_not_part_the_range() {
    let text = "The salary range is between $90,000 \\[lowest in Graz\\] to $120,000 \\[highest in Graz\\].";
    let pay = stated(text).pay;
    let pay: Vec<_> = pay
        .iter()
        .map(|found| (found.value.min, found.value.max))
        .collect();
    assert_eq!(pay, [(Some(90_000.0), Some(120_000.0))]);
    let hourly = stated("The compensation range is $34 - $40hr.").pay;
    let hourly: Vec<_> = hourly
        .iter()
        .map(|found| (found.value.min, found.value.per))
        .collect();
    assert_eq!(hourly, [(Some(34.0), Period::Hour)]);
}

#[test]
fn what_is_a_plus_leaves_the_other_language_required() {
    let found = required("Fluent in French, a good level of English is a plus").languages;
    let tags: Vec<&str> = found.iter().map(|found| found.value).collect();
    assert_eq!(tags, ["fr"]);
}

#[test]
fn a_denied_workplace_or_employment_is_not_that_of_the_role() {
    for text in [
        "You're based in Graz (this is *not* a remote job)",
        "This is not a remote position.",
        "While we're not quite fully-remote, we are flexible.",
        "This is not a hybrid role.",
        "This role is not on-site.",
        "Hybrid work is not offered.",
        "Hybrid cloud experience required.",
        "Comfortable with autonomy and the ability to work remotely across time zones",
        "We would be open to fully remote candidates in exceptional cases.",
    ] {
        assert_eq!(stated(text).workplace, None, "{text}");
    }
    let denied = stated("This is not a contract position.").employment;
    assert_eq!(denied, None);
    let kept = stated("This is a fully remote role, not a hybrid one.").workplace;
    assert_eq!(kept.map(|found| found.value), Some(Workplace::Remote));
    let place = facts(
        "Beekeeper",
        &["Hybrid - Graz, Austria"],
        "The role requires regular in-office presence.",
    );
    let place = place.workplace.map(|found| found.value);
    assert_eq!(place, Some(Workplace::Hybrid));
}

#[test]
fn a_degree_that_something_else_replaces_is_not_required() {
    for text in [
        "You work with world class engineers, Phd’s, and designers",
        "A Master’s degree in biology (not strictly required)",
        "PhD or 3-5 years of experience in beekeeping",
        "Bachelor's degree in biology or Minimum of 5 years of experience with hives",
        "Bachelor's degree; preferred",
    ] {
        assert_eq!(required(text).education, None, "{text}");
    }
}

#[test]
fn a_people_or_a_choice_is_no_required_language() {
    for (text, tags) in [
        (
            "Strong understanding of the Portuguese healthcare landscape",
            &[][..],
        ),
        ("Good knowledge in French accounting", &[]),
        (
            "Strong knowledge of German GAAP; fluent in English",
            &["en"],
        ),
        ("Fluency in French, Dutch, or Polish required", &[]),
        ("Fluent in English (C1) or German", &[]),
        ("Fluent in English and French or Dutch", &["en"]),
        ("Fluent in English, German and French", &["en", "de", "fr"]),
    ] {
        let found = required(text).languages;
        let found: Vec<&str> = found.iter().map(|found| found.value).collect();
        assert_eq!(found, tags, "{text}");
    }
}

#[test]
fn remote_work_is_not_opened_by_teams_wishes_or_offices_elsewhere() {
    for (text, regions) in [
        (
            "This is a fully remote role. Experience thriving in a fully remote, globally distributed team.",
            None,
        ),
        (
            "This is a fully remote role. Comfortable working 100% remote in a distributed, global team.",
            None,
        ),
        (
            "This is a **remote role based in Indonesia**, working closely with our Malaysia HQ.",
            Some(&["ID"][..]),
        ),
        (
            "This role is remote. We prefer candidates based in the United States.",
            None,
        ),
    ] {
        let found = stated(text).remote_from.map(|found| found.value);
        assert_eq!(found.as_deref(), regions, "{text}");
    }
}

#[test]
fn years_of_a_contract_the_employer_or_one_tool_are_not_those_of_the_role() {
    for text in [
        "Die Stelle ist befristet auf 2 Jahre, Erfahrung mit Bienen",
        "Vertrag: 2 Jahre",
        "Befristet für 3 Jahre",
        "We have 20 years of experience in this field",
        "Company with 25 years of experience",
    ] {
        assert_eq!(required(text).years, None, "{text}");
    }
    let text = "## Requirements\n\n- 7+ years of hands-on work and experience with hives\n\
                - At least 1 years of experience directly working on wax";
    let years = stated(text).years.and_then(|found| found.value.min);
    assert_eq!(years, Some(7));
}

#[test]
fn counsels_are_no_juniors_and_values_no_skills() {
    assert_eq!(facts("Associate General Counsel", &[], "").level, None);
    let values =
        "## Requirements\n\n- Strong owners, Move Fast, Learn Fast\n- You know Rust and Move";
    assert_eq!(skills(values), ["Rust", "Move"]);
    let own = Text {
        title: "Beekeeper",
        company: "docker",
        locations: &[],
        description: "## Requirements\n\n- Alignment with Docker's core values, and Rust",
    };
    let own: Vec<_> = derive(&own).skills;
    let own: Vec<&str> = own.iter().map(|found| found.value.name).collect();
    assert_eq!(own, ["Rust"]);
}

#[test]
fn money_beside_the_base_is_no_pay() {
    for (text, wanted) in [
        ("- $10,000–$15,000 in relocation support", &[][..]),
        (
            "We offer support for relocation, including a sum of up to €10k",
            &[],
        ),
        (
            "The base salary for this role is $150,000 + $60,000 variable compensation.",
            &[(Some(150_000.0), None)],
        ),
        (
            "$63,000 On Target Earnings ($45,000 Base + $18,000 Commission)",
            &[(Some(45_000.0), None)],
        ),
        (
            "Base: $150K; Bonus: $20K; Equity: $50K",
            &[(Some(150_000.0), None)],
        ),
        (
            "Base: $170,700 (min) — $213,400 (mid) — $256,100 (max)",
            &[(Some(170_700.0), Some(256_100.0))],
        ),
        (
            "Salary: minimum $50,000, maximum $65,000",
            &[(Some(50_000.0), Some(65_000.0))],
        ),
        (
            "A competitive salary package ($100,000 pa- $200,000 pa)",
            &[(Some(100_000.0), Some(200_000.0))],
        ),
        (
            "Salary: USD$95,000/yr - USD$130,000/yr",
            &[(Some(95_000.0), Some(130_000.0))],
        ),
        (
            "Vergütung: EUR 90.000 und EUR 110.000 Bruttojahresgehalt",
            &[(Some(90_000.0), Some(110_000.0))],
        ),
        ("Pay: $25 - $60,000", &[]),
        (
            "The yearly compensation for this role is the following:\n\n- Netherlands: 75.000-93.000 EUR.\n\
             - UK: 70.000-87.000 GBP.\n- Spain: 60.000-74.000 EUR.",
            &[
                (Some(75_000.0), Some(93_000.0)),
                (Some(70_000.0), Some(87_000.0)),
                (Some(60_000.0), Some(74_000.0)),
            ],
        ),
    ] {
        let found = stated(text).pay;
        let found: Vec<_> = found
            .iter()
            .map(|found| (found.value.min, found.value.max))
            .collect();
        assert_eq!(found, wanted, "{text}");
    }
}
