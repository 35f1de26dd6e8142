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
