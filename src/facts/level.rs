//! Derives seniority from the title; from the text only if stated explicitly.

use std::ops::Range;
use std::sync::LazyLock;

use crate::board::Level;

use super::rule::Rules;
use super::sentence::Sentence;
use super::{Found, Part};

/// Meaning of a word in a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// A level that outranks adjectives.
    Rank(Level),
    /// A level; the first one counts.
    Grade(Level),
    /// A grade that counts if there is nothing else: "II".
    Numeral(Level),
    /// A people manager if the text confirms it.
    Manager,
    /// Words that only look like a level.
    Nothing,
}

static TITLE: LazyLock<Rules<Word>> = LazyLock::new(|| {
    Rules::new(&[
        (
            Word::Nothing,
            r"\b(chief of staff|members? of (the )?technical staff|technical staff|support staff|staff (accountant|nurse|attorney|augmentation|training|pharmacist|writer|photographer|experience)|lead gen(eration)?|leads\b|senior (living|care|citizens?|housing)|(account|sales|admin|telesales|inside sales|customer|client) executives?|executive (assistant|search|recruiter|operations|partner|producer|protection)|(to|of) (the )?(ceo|cto|coo|cfo|cpo|cpto|cro|founders?|president|vp)s?\b|(assistant|officer|associate|partner|advisor|reporting) to( the)?( ceo| cto| coo| cfo| cro| founders?| president| head| vp| director)?|i corps|founder('?s)? associate|associate (general |corporate |legal )*counsel|associate professor|stage manager|intern(al|ational)\w*|art director|mid[- ]?(market|enterprise|funnel|atlantic|west)|staffing|graduate (school|program manager)|school principal)",
        ),
        (
            Word::Rank(Level::Intern),
            r"\b(interns?|internships?|praktikum|praktikant(in)?|stagiaire|co-op|summer analyst)\b|^stage( -|:| \(| en | de | d'|$)",
        ),
        (
            Word::Nothing,
            r"\b(vp|president|director|head|chief [a-z]+ officer|ceo|cto)( of)? (assistant|associate|office)\b",
        ),
        (
            Word::Rank(Level::Executive),
            r"\b(vice[- ]president|[se]?vp|avp|head|chief( [a-z&]+){1,3} officer|c[efitomprs]o|cpto|ciso|president|geschäftsführer(in)?|leiter(in)?|(bereichs|abteilungs)leit(er|ung)(in)?|(directeur|directrice) général(e)?|managing partner)\b",
        ),
        (
            Word::Rank(Level::Director),
            r"\b(director|directeur|directrice|direktor(in)?)\b",
        ),
        (
            Word::Rank(Level::Manager),
            r"\b((software |sr\.? |senior )?(engineering|software|software development|software engineering|sre|data science|data engineering|machine learning|machine learning engineering|platform engineering|infrastructure|hardware engineering|sdr|bdr|sales development|team|people & team|engineers) manager|managers? of|manager,? (of )?(software|engineering|machine learning|data science|data engineering|sdr|bdr|sales development|solutions engineering|sales engineering|frontend|backend)( engineer(ing|s)?)?\b|(team|gruppen)leit(er|ung)(in)?|\b(chef|cheffe|responsable) d'équipe\b)",
        ),
        (
            Word::Nothing,
            r"\b(product|project|program|programme|account|accounts|community|success|partner|partnerships?|office|campaign|content|brand|growth|engagement|relationship|category|implementation|marketing|media|delivery|enablement|generation|onboarding|activation|release|case|portfolio|bid|social|events?|seo|crm|lifecycle|acquisition|alliances|channel|localization|integration|procurement|supply chain|chain|sourcing|contracts?|change|knowledge|technical|risk|country|market|asset|fund|property|facilities|construction|commissioning|policy|communications|pr|relations|affiliate|influencer|performance|commercial|development|territory|publishing|tender|proposal|grants?|vendor|inventory|optimization|merchandising|pricing|payroll|incident|compliance|experience) managers?\b",
        ),
        (
            Word::Grade(Level::Junior),
            r"\b(junior|jr|jnr|entry[- ]level|entry|early[- ]career|(new |recent |university |college |fresh )?grad(uate)?s?|trainee|berufseinsteiger(in)?|débutant(e)?)\b",
        ),
        (
            Word::Grade(Level::Senior),
            r"\b(senior|sr|snr|sénior|seniors?|senior-level)\b|\bexpérimenté",
        ),
        (Word::Grade(Level::Principal), r"\bprincipal\b"),
        (Word::Grade(Level::Staff), r"\bstaff\b"),
        (
            Word::Grade(Level::Senior),
            r"\b(lead|(team|tech|technical) leads?)\b",
        ),
        (
            Word::Grade(Level::Mid),
            r"\b(mid|mid[- ]?level|mid[- ]senior|midweight|medior|intermediate)\b|\bconfirmé",
        ),
        (Word::Grade(Level::Junior), r"\bassociates?\b"),
        (Word::Manager, r"\b(manager|supervisor|team leader)\b"),
        (Word::Numeral(Level::Mid), r"\bii\b"),
        (Word::Numeral(Level::Junior), r"\bi\b( |$|,|\))"),
    ])
});

/// Level stated by a title.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Title {
    /// A level with its range in the plain text.
    Level(Level, Range<usize>),
    /// A manager if there are people to manage; else the other level.
    Manager(Range<usize>, Option<(Level, Range<usize>)>),
    /// No level.
    #[default]
    Unsaid,
}

/// Reads the title.
pub(super) fn in_title(plain: &str) -> Title {
    let (mut rank, mut grade, mut numeral, mut manager) = (None, None, None, None);
    for (word, at) in TITLE.find_all(plain) {
        let (slot, level): (&mut Option<(Level, Range<usize>)>, Level) = match word {
            Word::Nothing => continue,
            Word::Manager => {
                manager.get_or_insert(at);
                continue;
            }
            Word::Rank(level) => (&mut rank, level),
            Word::Grade(level) => (&mut grade, level),
            Word::Numeral(level) => (&mut numeral, level),
        };
        let is_intern = level == Level::Intern;
        if slot.is_none() || is_intern {
            *slot = Some((level, at));
        }
    }
    if let Some((level, at)) = rank {
        return Title::Level(level, at);
    }
    let beside = grade.or(numeral);
    match (manager, beside) {
        (Some(manager), beside) => Title::Manager(manager, beside),
        (None, Some((level, at))) => Title::Level(level, at),
        (None, None) => Title::Unsaid,
    }
}

static TEXT: LazyLock<Rules<Level>> = LazyLock::new(|| {
    Rules::new(&[
        (
            Level::Junior,
            r"\b(this is|for) an? entry[- ]level\b|\bentry[- ]level (role|position|job|opportunity)\b|\bberufseinsteiger(in|innen)? (sind )?(herzlich )?(willkommen|gesucht)|\bdébutant(e|s|es)?( sont)? (accepté|bienvenu)",
        ),
        (
            Level::Senior,
            r"\b(seeking|looking for|hiring|hire|wir suchen|suchen wir|nous recherchons|nous cherchons) (a|an|our next|our first|eine?n?|une?)( (passionate|talented|skilled|experienced|highly|motivated|exceptional|proactive|dynamic|driven|strong|creative),?( and)?)* senior\b",
        ),
        (
            Level::Junior,
            r"\b(seeking|looking for|hiring|hire|wir suchen|suchen wir|nous recherchons|nous cherchons) (a|an|our next|our first|eine?n?|une?)( (passionate|talented|skilled|highly|motivated|curious|dynamic|driven),?)* junior\b",
        ),
        (
            Level::Senior,
            r"\b(seeking|looking for|hiring) (a|an|our next|our first) ([a-z&]+ ){1,2}lead\b( |,|\.|$)",
        ),
        (
            Level::Senior,
            r"\bthis is a senior([- ]level)?( [a-z]+)? (role|position)\b",
        ),
        (
            Level::Mid,
            r"\b(this is a|looking for a|seeking a|hiring a) mid[- ]?(level|senior)\b",
        ),
    ])
});

/// Reads a sentence that explicitly states who is sought.
pub(super) fn read(sentence: &Sentence<'_>) -> Option<Found<Level>> {
    let (level, at) = TEXT.find(sentence.plain.text())?;
    let range = sentence.source_range(at);
    Some(Found::new(level, Part::Description, range))
}

static PEOPLE: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"(\bdirect(ly)? (reports?|supervis|manage)|\b(manage|managing|lead|leading|supervise|supervising|coach|coaching|oversee|overseeing)( and |, |,? & )?(\w+ ?(,|and|&)? ?){0,4} (a|the|your|our) (\S+ ){0,4}team( of| members)?\b|\bteam of \d|\b(hire|hiring|recruit),? (train|coach|manage|lead|develop|onboard|mentor)|\bpeople manage(r|ment)|\bsupervise (staff|employees|technicians|associates|daily)|\bperformance reviews)",
    )])
});

/// Whether a sentence states that there are people to manage.
pub(super) fn manages_people(sentence: &Sentence<'_>) -> bool {
    let plain = sentence.plain.text();
    PEOPLE.find(plain).is_some_and(|((), at)| {
        let passage = &plain[at];
        // These teams belong to others.
        !["cross-functional", "project", "virtual", "vendor", "matrix"]
            .iter()
            .any(|word| passage.contains(word))
    })
}
