//! Facts stated in German and French.

use super::*;

#[test]
fn levels_are_read_in_german_and_french() {
    for (title, text, level) in [
        ("Abteilungsleiter Imkerei", "", Some(Level::Executive)),
        ("Teamleitung Honig (m/w/d)", "", Some(Level::Manager)),
        ("Gruppenleiterin Wachs", "", Some(Level::Manager)),
        ("Praktikant Imkerei", "", Some(Level::Intern)),
        ("Stage - Apiculture", "", Some(Level::Intern)),
        ("Cheffe d'équipe miellerie", "", Some(Level::Manager)),
        ("Directrice générale", "", Some(Level::Executive)),
        ("Apiculteur confirmé (H/F)", "", Some(Level::Mid)),
        ("Apicultrice expérimentée", "", Some(Level::Senior)),
        ("Imker", "Wir suchen eine erfahrene Senior Imkerin.", None),
        (
            "Imker",
            "Wir suchen einen Senior Imker.",
            Some(Level::Senior),
        ),
        (
            "Imker",
            "Berufseinsteiger sind herzlich willkommen.",
            Some(Level::Junior),
        ),
        ("Apiculteur", "Débutants acceptés.", Some(Level::Junior)),
        ("Stage Manager", "", None),
        ("Projektleiter", "", None),
        ("Chef de projet", "", None),
    ] {
        let found = facts(title, &[], text).level;
        assert_eq!(found.map(|found| found.value), level, "{title}: {text}");
    }
}

#[test]
fn workplaces_are_read_in_german_and_french() {
    use Workplace::{Hybrid, OnSite, Remote};
    for (text, place) in [
        ("Du arbeitest 100% remote.", Some(Remote)),
        ("Remote innerhalb von Deutschland.", Some(Remote)),
        ("Die Stelle ist komplett remote.", Some(Remote)),
        ("Poste en full remote.", Some(Remote)),
        ("Télétravail complet possible.", Some(Remote)),
        ("Hybrides Arbeiten mit festen Bürotagen.", Some(Hybrid)),
        ("Bis zu zwei Tage pro Woche Homeoffice.", Some(Hybrid)),
        ("Drei Tage pro Woche im Büro in Graz.", Some(Hybrid)),
        ("Fünf Tage pro Woche vor Ort.", Some(OnSite)),
        ("2 jours de télétravail par semaine.", Some(Hybrid)),
        ("Trois jours par semaine au bureau.", Some(Hybrid)),
        ("Mode de travail hybride.", Some(Hybrid)),
        ("Homeoffice ist leider nicht möglich.", Some(OnSite)),
        ("Poste 100% en présentiel.", Some(OnSite)),
        ("Pas de télétravail.", Some(OnSite)),
        ("Unser Büro liegt mitten in Graz.", None),
        ("30 Tage Urlaub und ein schönes Büro.", None),
    ] {
        let found = stated(text).workplace;
        assert_eq!(found.map(|found| found.value), place, "{text}");
    }
}

#[test]
fn employment_is_read_in_german_and_french() {
    use Employment::{FullTime, Internship, PartTime, Temporary};
    for (text, kind) in [
        ("Die Stelle ist in Vollzeit zu besetzen.", Some(FullTime)),
        ("Wir stellen in Teilzeit ein.", Some(PartTime)),
        ("Die Stelle ist befristet auf zwei Jahre.", Some(Temporary)),
        ("Poste à temps plein.", Some(FullTime)),
        ("Contrat en CDD de 6 mois.", Some(Temporary)),
        ("Stage de 6 mois à Lyon.", Some(Internship)),
        ("In Vollzeit oder Teilzeit.", None),
        ("Ein unbefristeter Vertrag.", None),
        ("Contrat en CDI.", None),
    ] {
        let found = stated(text).employment;
        assert_eq!(found.map(|found| found.value), kind, "{text}");
    }
}

#[test]
fn pay_is_read_in_german_and_french() {
    use Period::{Hour, Month, Year};
    for (text, wanted) in [
        (
            "Jahresgehalt: 60.000 – 75.000 € brutto.",
            Some((60_000.0, Some(75_000.0), Year)),
        ),
        (
            "Gehalt ab 3.500 € brutto im Monat.",
            Some((3_500.0, None, Month)),
        ),
        ("Du verdienst 16,50 € pro Stunde.", Some((16.5, None, Hour))),
        (
            "Der Stundenlohn beträgt 16,50 € pro Stunde.",
            Some((16.5, None, Hour)),
        ),
        (
            "Rémunération : 45 000 € brut annuel.",
            Some((45_000.0, None, Year)),
        ),
        (
            "Salaire de 42 à 48 k€ par an.",
            Some((42_000.0, Some(48_000.0), Year)),
        ),
        ("Wir verwalten 60.000 € an Fördergeldern.", None),
    ] {
        let pay = stated(text).pay;
        let found = pay.first().map(|found| found.value);
        let found = found.map(|pay| (pay.min.unwrap(), pay.max, pay.per));
        assert_eq!(found, wanted, "{text}");
        assert!(pay.iter().all(|found| found.value.currency.code() == "EUR"));
    }
}
