//! The labels of a site in its language. Texts of postings and interviews, and names of places, stay as they are.

use crate::board::{Date, Period, Salary, SiteLanguage, Years};
use crate::query::Field;

/// Labels of one language.
pub(super) struct Labels {
    language: SiteLanguage,
    /// BCP 47 tag.
    pub(super) code: &'static str,
    /// Language and country, as social networks name them.
    pub(super) locale: &'static str,
    pub(super) not_found: &'static str,
    pub(super) imprint: &'static str,
    pub(super) similar: &'static str,
    pub(super) companies: &'static str,
    pub(super) skip: &'static str,
    pub(super) board: &'static str,
    pub(super) breadcrumb: &'static str,
    pub(super) postings: &'static str,
    pub(super) all_postings: &'static str,
    pub(super) everything: &'static str,
    pub(super) titles: &'static str,
    pub(super) letters: &'static str,
    pub(super) interviews: &'static str,
    pub(super) filter_about: &'static str,
    pub(super) without: &'static str,
    pub(super) older: &'static str,
    pub(super) undated: &'static str,
    pub(super) part: &'static str,
    pub(super) derived: &'static str,
    pub(super) place: &'static str,
    pub(super) pay: &'static str,
    pub(super) posted: &'static str,
    pub(super) closes: &'static str,
    pub(super) closed: &'static str,
    pub(super) closed_since: &'static str,
    pub(super) sponsorship: &'static str,
    pub(super) text_language: &'static str,
    pub(super) tags: &'static str,
    pub(super) apply_at: &'static str,
    pub(super) apply_by_mail: &'static str,
    pub(super) see_at: &'static str,
    pub(super) ask_by_mail: &'static str,
    pub(super) found_at: &'static str,
    pub(super) found: &'static str,
    pub(super) on: &'static str,
    pub(super) published_by: &'static str,
    pub(super) retold_from: &'static str,
    pub(super) retold: &'static str,
    pub(super) mentions: &'static str,
    pub(super) questions: &'static str,
    pub(super) related: &'static str,
    pub(super) original: &'static str,
    pub(super) editors_note: &'static str,
    pub(super) photo: &'static str,
    pub(super) feed: &'static str,
    pub(super) made_with: &'static str,
    months: [&'static str; 12],
}

impl Labels {
    /// Labels in a language.
    pub(super) fn of(language: SiteLanguage) -> &'static Self {
        match language {
            SiteLanguage::English => &ENGLISH,
            SiteLanguage::German => &GERMAN,
            SiteLanguage::French => &FRENCH,
        }
    }

    fn pick(
        &self,
        english: &'static str,
        german: &'static str,
        french: &'static str,
    ) -> &'static str {
        match self.language {
            SiteLanguage::English => english,
            SiteLanguage::German => german,
            SiteLanguage::French => french,
        }
    }

    /// A number with grouped digits.
    pub(super) fn number(&self, number: usize) -> String {
        grouped(&number.to_string(), self.pick(",", ".", "\u{202f}"))
    }

    fn counted(&self, count: usize, one: &str, many: &str) -> String {
        let is_one = count == 1 || count == 0 && self.language == SiteLanguage::French;
        format!("{} {}", self.number(count), if is_one { one } else { many })
    }

    /// "2 postings"
    pub(super) fn count_postings(&self, count: usize) -> String {
        match self.language {
            SiteLanguage::English => self.counted(count, "posting", "postings"),
            SiteLanguage::German => self.counted(count, "Stelle", "Stellen"),
            SiteLanguage::French => self.counted(count, "offre", "offres"),
        }
    }

    /// "2 interviews"
    pub(super) fn count_interviews(&self, count: usize) -> String {
        match self.language {
            SiteLanguage::English => self.counted(count, "interview", "interviews"),
            SiteLanguage::German => self.counted(count, "Interview", "Interviews"),
            SiteLanguage::French => self.counted(count, "entretien", "entretiens"),
        }
    }

    /// "and 2 more places"
    pub(super) fn more_places(&self, count: usize) -> String {
        match self.language {
            SiteLanguage::English => {
                format!("and {}", self.counted(count, "more place", "more places"))
            }
            SiteLanguage::German => format!(
                "und {}",
                self.counted(count, "weiterer Ort", "weitere Orte")
            ),
            SiteLanguage::French => {
                format!("et {}", self.counted(count, "autre lieu", "autres lieux"))
            }
        }
    }

    /// "The newest 100 of 1,539 postings."
    pub(super) fn newest(&self, shown: usize, count: usize) -> String {
        let (shown, all) = (self.number(shown), self.count_postings(count));
        match self.language {
            SiteLanguage::English => format!("The newest {shown} of {all}."),
            SiteLanguage::German => format!("Die neuesten {shown} von {all}."),
            SiteLanguage::French => format!("Les {shown} plus récentes sur {all}."),
        }
    }

    /// "All 101 countries"
    pub(super) fn all_values(&self, count: usize, plural: &str) -> String {
        let count = self.number(count);
        match self.language {
            SiteLanguage::English => format!("All {count} {plural}"),
            SiteLanguage::German => format!("Alle {count} {plural}"),
            SiteLanguage::French => format!("Voir tout : {count} {plural}"),
        }
    }

    /// "part 2 of 4"
    pub(super) fn part_of(&self, part: usize, parts: usize) -> String {
        let of = self.pick("of", "von", "sur");
        format!("{} {part} {of} {parts}", self.part)
    }

    /// A day in words.
    pub(super) fn day(&self, day: Date) -> String {
        let (number, month, year) = (day.day(), self.month(day), day.year());
        match self.language {
            SiteLanguage::German => format!("{number}. {month} {year}"),
            SiteLanguage::French if number == 1 => format!("1er {month} {year}"),
            SiteLanguage::English | SiteLanguage::French => format!("{number} {month} {year}"),
        }
    }

    /// A day in few letters.
    pub(super) fn short_day(&self, day: Date) -> String {
        let month: String = self.month(day).chars().take(3).collect();
        match self.language {
            SiteLanguage::English => format!("{} {month} {}", day.day(), day.year()),
            SiteLanguage::German => format!("{}.{}.{}", day.day(), day.month(), day.year()),
            SiteLanguage::French => format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()),
        }
    }

    /// Name of a day's month.
    pub(super) fn month(&self, day: Date) -> &'static str {
        self.months[usize::from(day.month().unsigned_abs()) - 1]
    }

    /// Label of a facet, in singular and plural.
    pub(super) fn facet(&self, field: Field) -> (&'static str, &'static str) {
        match field {
            Field::Country => (
                self.pick("Country", "Land", "Pays"),
                self.pick("countries", "Länder", "pays"),
            ),
            Field::Region => (
                self.pick("Region", "Region", "Région"),
                self.pick("regions", "Regionen", "régions"),
            ),
            Field::City => (
                self.pick("City", "Stadt", "Ville"),
                self.pick("cities", "Städte", "villes"),
            ),
            Field::Company => (
                self.pick("Company", "Unternehmen", "Entreprise"),
                self.pick("companies", "Unternehmen", "entreprises"),
            ),
            Field::Team => (
                self.pick("Team", "Team", "Équipe"),
                self.pick("teams", "Teams", "équipes"),
            ),
            Field::Workplace => (
                self.pick("Workplace", "Arbeitsform", "Mode de travail"),
                self.pick("workplaces", "Arbeitsformen", "modes de travail"),
            ),
            Field::Employment => (
                self.pick("Employment", "Anstellung", "Contrat"),
                self.pick(
                    "kinds of employment",
                    "Arten der Anstellung",
                    "types de contrat",
                ),
            ),
            Field::Level => (
                self.pick("Level", "Stufe", "Niveau"),
                self.pick("levels", "Stufen", "niveaux"),
            ),
            Field::Skill => (
                self.pick("Skill", "Kenntnis", "Compétence"),
                self.pick("skills", "Kenntnisse", "compétences"),
            ),
            Field::Tag => (
                self.pick("Tag", "Schlagwort", "Mot-clé"),
                self.pick("tags", "Schlagwörter", "mots-clés"),
            ),
            _ => (
                self.pick("Board", "Stellenbörse", "Tableau"),
                self.pick("boards", "Stellenbörsen", "tableaux"),
            ),
        }
    }

    /// Title of a field that is shown as text.
    pub(super) fn field(&self, name: &str) -> Option<&'static str> {
        Some(match name {
            "remote_from" => self.pick("Remote from", "Remote aus", "À distance depuis"),
            "years" => self.pick("Experience", "Berufserfahrung", "Expérience"),
            "education" => self.pick("Education", "Ausbildung", "Formation"),
            "skills" => self.pick("Skills", "Kenntnisse", "Compétences"),
            "languages" => self.pick("Languages", "Sprachen", "Langues"),
            "clearance" => self.pick("Clearance", "Sicherheitsüberprüfung", "Habilitation"),
            _ => return None,
        })
    }

    /// A word of a closed list.
    pub(super) fn word<'a>(&self, word: &'a str) -> &'a str {
        let german = match word {
            "on-site" => ("vor Ort", "sur site"),
            "hybrid" => ("hybrid", "hybride"),
            "remote" => ("remote", "à distance"),
            "full-time" => ("Vollzeit", "temps plein"),
            "part-time" => ("Teilzeit", "temps partiel"),
            "contract" => ("freie Mitarbeit", "prestation"),
            "temporary" => ("befristet", "temporaire"),
            "internship" => ("Praktikum", "stage"),
            "volunteer" => ("Ehrenamt", "bénévolat"),
            "intern" => ("Praktikum", "stagiaire"),
            "junior" => ("Junior", "junior"),
            "mid" => ("mit Erfahrung", "confirmé"),
            "senior" => ("Senior", "senior"),
            "staff" => ("Staff", "staff"),
            "principal" => ("Principal", "principal"),
            "manager" => ("Führungskraft", "manager"),
            "director" => ("Leitung", "direction"),
            "executive" => ("Geschäftsführung", "direction générale"),
            "offered" => ("wird angeboten", "proposé"),
            "none" => ("wird nicht angeboten", "non proposé"),
            "required" => ("erforderlich", "requise"),
            "bachelor" => ("Bachelor", "licence"),
            "master" => ("Master", "master"),
            "phd" => ("Promotion", "doctorat"),
            _ => return word,
        };
        match self.language {
            SiteLanguage::English => word,
            SiteLanguage::German => german.0,
            SiteLanguage::French => german.1,
        }
    }

    /// A pay range.
    pub(super) fn salary(&self, salary: &Salary) -> String {
        if self.language == SiteLanguage::English {
            return salary.to_string();
        }
        let amount = match (salary.min, salary.max) {
            (Some(min), Some(max)) if min < max => {
                format!("{}–{}", self.amount(min), self.amount(max))
            }
            (Some(only), _) | (None, Some(only)) => self.amount(only),
            (None, None) => return salary.to_string(),
        };
        let per = match salary.per {
            Period::Hour => self.pick("", "pro Stunde", "par heure"),
            Period::Day => self.pick("", "pro Tag", "par jour"),
            Period::Week => self.pick("", "pro Woche", "par semaine"),
            Period::Month => self.pick("", "pro Monat", "par mois"),
            Period::Year => self.pick("", "pro Jahr", "par an"),
        };
        let place = salary.location.as_ref().map(|place| format!(" ({place})"));
        format!(
            "{amount} {} {per}{}",
            salary.currency.code(),
            place.unwrap_or_default()
        )
    }

    fn amount(&self, amount: f64) -> String {
        let text = if amount.fract() == 0.0 {
            format!("{amount:.0}")
        } else {
            format!("{amount:.2}")
        };
        let (whole, cents) = text.split_once('.').unwrap_or((&text, ""));
        let whole = grouped(whole, self.pick(",", ".", "\u{202f}"));
        if cents.is_empty() {
            whole
        } else {
            format!("{whole},{cents}")
        }
    }

    /// Years of experience.
    pub(super) fn years(&self, years: Years) -> String {
        years
            .to_string()
            .replace("up to", self.pick("up to", "bis zu", "jusqu’à"))
            .replace("years", self.pick("years", "Jahre", "ans"))
    }
}

/// Digits in groups of three.
fn grouped(digits: &str, separator: &str) -> String {
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(separator);
        }
        out.push(digit);
    }
    out
}

const ENGLISH: Labels = Labels {
    language: SiteLanguage::English,
    code: "en",
    locale: "en_US",
    not_found: "Page not found",
    imprint: "Imprint",
    similar: "Similar postings",
    companies: "Companies",
    skip: "Skip to the content",
    board: "Board",
    breadcrumb: "Breadcrumb",
    postings: "Postings",
    all_postings: "All postings",
    everything: "Everything",
    titles: "A–Z",
    letters: "Letters",
    interviews: "Interviews",
    filter_about: "Filters with numbers of postings",
    without: "Without",
    older: "Older",
    undated: "Undated",
    part: "part",
    derived: "≈ read out of the posting’s own text",
    place: "Where",
    pay: "Pay",
    posted: "Posted",
    closes: "Closes",
    closed: "closed",
    closed_since: "Closed since",
    sponsorship: "Visa sponsorship",
    text_language: "Language",
    tags: "Tags",
    apply_at: "Apply at",
    apply_by_mail: "Apply by mail",
    see_at: "See it at",
    ask_by_mail: "Ask by mail",
    found_at: "Found at",
    found: "Found",
    on: "on",
    published_by: "Published by",
    retold_from: "Retold from",
    retold: "Retold",
    mentions: "To read with it",
    questions: "Questions",
    related: "Related postings",
    original: "The original",
    editors_note: "Editor’s note",
    photo: "Photo",
    feed: "Atom feed",
    made_with: "made with jobdeck",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};

const GERMAN: Labels = Labels {
    language: SiteLanguage::German,
    code: "de",
    locale: "de_DE",
    not_found: "Seite nicht gefunden",
    imprint: "Impressum",
    similar: "Ähnliche Stellen",
    companies: "Unternehmen",
    skip: "Zum Inhalt",
    board: "Stellenbörse",
    breadcrumb: "Pfad",
    postings: "Stellen",
    all_postings: "Alle Stellen",
    everything: "Alles",
    titles: "A–Z",
    letters: "Buchstaben",
    interviews: "Interviews",
    filter_about: "Filter mit Anzahl der Stellen",
    without: "Ohne",
    older: "Ältere",
    undated: "Ohne Datum",
    part: "Teil",
    derived: "≈ aus dem Text der Stelle gelesen",
    place: "Ort",
    pay: "Gehalt",
    posted: "Veröffentlicht",
    closes: "Bewerbungsschluss",
    closed: "geschlossen",
    closed_since: "Geschlossen seit",
    sponsorship: "Visum",
    text_language: "Sprache",
    tags: "Schlagwörter",
    apply_at: "Bewerben bei",
    apply_by_mail: "Per E-Mail bewerben",
    see_at: "Ansehen bei",
    ask_by_mail: "Per E-Mail fragen",
    found_at: "Gefunden bei",
    found: "Gefunden",
    on: "am",
    published_by: "Veröffentlicht von",
    retold_from: "Nacherzählt nach",
    retold: "Nacherzählt",
    mentions: "Dazu zu lesen",
    questions: "Fragen",
    related: "Passende Stellen",
    original: "Das Original",
    editors_note: "Anmerkung der Redaktion",
    photo: "Foto",
    feed: "Atom-Feed",
    made_with: "erstellt mit jobdeck",
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
};

const FRENCH: Labels = Labels {
    language: SiteLanguage::French,
    code: "fr",
    locale: "fr_FR",
    not_found: "Page introuvable",
    imprint: "Mentions légales",
    similar: "Offres similaires",
    companies: "Entreprises",
    skip: "Aller au contenu",
    board: "Tableau",
    breadcrumb: "Fil d’Ariane",
    postings: "Offres",
    all_postings: "Toutes les offres",
    everything: "Tout",
    titles: "A–Z",
    letters: "Lettres",
    interviews: "Entretiens",
    filter_about: "Filtres avec le nombre d’offres",
    without: "Sans",
    older: "Plus anciennes",
    undated: "Sans date",
    part: "partie",
    derived: "≈ lu dans le texte de l’offre",
    place: "Lieu",
    pay: "Salaire",
    posted: "Publiée",
    closes: "Date limite",
    closed: "close",
    closed_since: "Close depuis le",
    sponsorship: "Parrainage de visa",
    text_language: "Langue",
    tags: "Mots-clés",
    apply_at: "Postuler sur",
    apply_by_mail: "Postuler par courriel",
    see_at: "Voir sur",
    ask_by_mail: "Demander par courriel",
    found_at: "Trouvée sur",
    found: "Trouvée",
    on: "le",
    published_by: "Publié par",
    retold_from: "Raconté d’après",
    retold: "Raconté",
    mentions: "À lire aussi",
    questions: "Questions",
    related: "Offres liées",
    original: "L’original",
    editors_note: "Note de la rédaction",
    photo: "Photo",
    feed: "Flux Atom",
    made_with: "fait avec jobdeck",
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
};
