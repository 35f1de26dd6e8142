//! Derives the workplace: on site, hybrid or remote.

use std::ops::Range;
use std::sync::LazyLock;

use crate::board::Workplace::{self, Hybrid, OnSite, Remote};

use super::rule::Rules;
use super::section::Section;
use super::sentence::Sentence;
use super::trigger;
use super::{Found, Part};

/// Strength of a statement; earlier variants take precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    Title,
    /// "This role is …"
    Role,
    Location,
    /// A statement about how one works there.
    Work,
    /// "#LI-Remote"
    Tag,
    /// "We are a … company"
    Employer,
}

/// Meaning of a pattern; the number of office days per week decides between hybrid and on site.
#[derive(Debug, Clone, Copy)]
enum Says {
    Place(Weight, Workplace),
    Days(Weight),
    /// No meaning.
    Nothing,
}

const NUMBER: &str = r"(\d|one|two|three|four|five|six)";

static SHORT: LazyLock<Rules<Workplace>> = LazyLock::new(|| {
    Rules::new(&[
        (
            Remote,
            r"\bremote\b|\bremotely\b|^anywhere\b|\bfully distributed\b|\bhome[- ]?office\b|\bwfh\b|\btélétravail\b",
        ),
        (Hybrid, r"\bhybrid\b|\bhybride\b"),
        (
            OnSite,
            r"\bon[- ]?site\b|\bin[- ]office\b|\bin[- ]person\b|\bvor ort\b",
        ),
    ])
});

/// Words after "in office" or "on-site" in a title that make it a task, not a workplace.
const TASKS: [&str; 6] = [
    " manage",
    " admin",
    " support",
    " services",
    " event",
    " operations",
];

/// Words after "hybrid" that make it a thing.
const THINGS: [&str; 8] = [
    " cloud",
    " app",
    " mobile",
    " search",
    " vehicle",
    " electric",
    " power",
    " energy",
];

/// A workplace after a word that negates it: "not remote", "no remote work", "kein Home-Office".
static NEGATED: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(not|no|non|never|isn't|without|kein|keine|nicht|ohne|pas de|sans|sin|niet|geen)[ -]((a|fully|100%|any|open to|available|possible|eligible|for|full|the) ?)*[\w-]+$",
    )])
});

/// What follows a workplace that is denied: "remote: no", "Home-Office nicht möglich".
static DENIED: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"^( work| working)?( is|:|-)? ?(no\b|not\b|isn't|nicht|leider nicht|n'est pas|non\b)",
    )])
});

/// Reads a title or a location. Remote takes precedence: if it is one of several, one may choose it.
pub(super) fn in_short(plain: &str, is_title: bool) -> Option<(Workplace, Range<usize>)> {
    let mut first = None;
    for (place, at) in SHORT.find_all(plain) {
        if is_title && plain[at.clone()].starts_with("anywhere") {
            continue;
        }
        let is_task = |word: &str| plain[at.end..].starts_with(word);
        if is_title && place == OnSite && TASKS.iter().copied().any(is_task) {
            continue;
        }
        if place == Hybrid && THINGS.iter().copied().any(is_task) {
            continue;
        }
        if NEGATED.matches(&plain[..at.end]) || DENIED.matches(&plain[at.end..]) {
            continue;
        }
        if place == Remote && !plain[at.end..].starts_with(" sensing") {
            return Some((place, at));
        }
        first.get_or_insert((place, at));
    }
    first
}

/// Days per week in the office or at home.
static DAYS: LazyLock<Rules<Says>> = LazyLock::new(|| {
    const OFFICE: &str = r"(\b(in|into|to|from|at|on|out of) ?(the |our |an? |this )?([\w.'&,-]+ )*?(offices?|hq|headquarters|site|lab|hub)\b|in[- ]office|in[- ]person|on-?site|on site|in (the )?office)";
    const WEEK: &str =
        r" ?(full )?(days?|times?|x)[ -]?(a|per|/|each|weekly|every|of the|in a)? ?(week|wk)";
    /// Numbers in German and French.
    const ZAHL: &str =
        r"\b(\d|einen|ein|zwei|drei|vier|fünf)( ?(-|bis|oder) ?(\d|zwei|drei|vier|fünf))?";
    const NOMBRE: &str =
        r"\b(\d|un|deux|trois|quatre|cinq)( ?(-|à|ou) ?(\d|deux|trois|quatre|cinq))?";
    let span = format!(r"\b{NUMBER}( ?(-|to|or|/) ?{NUMBER})?\+?");
    let patterns: Vec<(Says, String)> = vec![
        (
            Says::Nothing,
            r"\b(days a year|weeks (a|per) year|months? (a|per) year|days per year)".to_owned(),
        ),
        (
            Says::Place(Weight::Work, Hybrid),
            format!(
                r"{span} days?[^.;]*(in[- ]office|in the office|on-?site|in[- ]person)[^.;]*\b(days?|remote|home)\b[^.;]*\b(remote|remotely|home)\b"
            ),
        ),
        (
            Says::Place(Weight::Work, Hybrid),
            format!(
                r"\b(remote|remotely|from home|home office)\b( work)?( policy)?:?,? \(?(for )?(up to )?{span}{WEEK}"
            ),
        ),
        (
            Says::Place(Weight::Work, Hybrid),
            format!(r"{span} (remote|work from home|wfh|home[- ]office) days?\b"),
        ),
        (
            Says::Days(Weight::Work),
            format!(r"{span} (in[- ]office|office|on-?site|in[- ]person) days?"),
        ),
        (
            Says::Days(Weight::Work),
            format!(r"{span}{WEEK}[^.;]*?{OFFICE}"),
        ),
        (
            Says::Days(Weight::Work),
            format!(r"{span}[ -]days? (weekly |minimum )?{OFFICE}"),
        ),
        (
            Says::Days(Weight::Work),
            format!(r"{OFFICE}[^.;]*?{span} ?(full )?(days?|times?|x)\b"),
        ),
        (
            Says::Place(Weight::Work, Hybrid),
            format!(
                r"{ZAHL} tage?n?( (pro|in der|die|je) woche)?[^.;]{{0,20}}\b(home-?office|remote|mobil|von zuhause)|\b(home-?office|remote|mobiles arbeiten)[^.;]{{0,20}}{ZAHL} tage?n?\b|{NOMBRE} jours?( par semaine)? (de |en )?(télétravail|remote)|\b(télétravail|remote)[^.;]{{0,20}}{NOMBRE} jours?\b"
            ),
        ),
        (
            Says::Days(Weight::Work),
            format!(
                r"{ZAHL} tage?n?( (pro|in der|die|je) woche)?[^.;]{{0,12}}\b(im büro|vor ort|in präsenz)|{NOMBRE} jours?( par semaine)? (au bureau|sur site|en présentiel)"
            ),
        ),
        (
            Says::Place(Weight::Work, Hybrid),
            format!(
                r"{OFFICE}[^.;]*\b(several|few|couple of) (days|times)|\b(several|few|couple of) (days|times)[^.;]*{OFFICE}"
            ),
        ),
        (
            Says::Place(Weight::Work, OnSite),
            format!(
                r"{OFFICE}[^.;]*\bmon(day)?s? ?(-|to|through|thru) ?(fri|sat)|\bmon(day)?s? ?(-|to|through|thru) ?(fri|sat)[^.;]*{OFFICE}"
            ),
        ),
        (
            Says::Place(Weight::Work, Hybrid),
            format!(
                r"{OFFICE}[^.;]*\b(mondays?|tuesdays?|wednesdays?|thursdays?)|\b(mondays?|tuesdays?|wednesdays?|thursdays?)\b[^.;]*{OFFICE}"
            ),
        ),
    ];
    let patterns: Vec<(Says, &str)> = patterns
        .iter()
        .map(|(says, pattern)| (*says, pattern.as_str()))
        .collect();
    Rules::new(&patterns)
});

/// References to the role or the reader.
static ROLE: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(this|the) (\w+ )?(role|position|job|opportunity)\b|\byou('ll|'re)?\b|\b(must|required?|requires|expect(ed|ation)|willing(ness)?|able|ability)\b|\blocation:",
    )])
});

/// A role that is called hybrid.
static HYBRID_ROLE: LazyLock<Rules<()>> =
    LazyLock::new(|| Rules::new(&[((), r"\bhybrid (role|position|job)s?( \(|,|\.|$)")]));

/// References to others, and to roles that differ.
static OTHERS: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(interviews?|hiring manager|candidates hired into|previously|not remote|meet the team|final (round|stage)|take-home|working session|workshop|trial (work|day|week)|whether (it's )?(remote|in-office|you're (based|working|in)|you are)|lunch(es)?|meals?|snacks|catered|breakfast|dinners?|wherever you work|\d+ minutes?|depend(s|ing) on (the|your) (role|team)|(many|some) (people|employees|of us)|(some|certain) (of our )?(roles|teams|positions))\b",
    )])
});

static TEXT: LazyLock<Rules<Says>> = LazyLock::new(|| {
    let role = r"\b(this|the|our|all|your) ((full[- ]time|remote|hybrid|\w+) )?(roles?|positions?|job|opportunity|team member|work location|working arrangement|work arrangement)s?";
    let patterns: Vec<(Says, String)> = vec![
        // Not about how one works there.
        (Says::Nothing, r"\b(remote|hybrid|virtual|on-?site|in[- ]person)(,? (and|or|&|/) (remote|hybrid|virtual|on-?site|in[- ]person))?,? (and distributed )?(distributed )?(teams?\b (and|to|of|across|with|members|effectively|environments?)|software engineering teams?|engineering teams?|stipend|equipment|workplace stipend|office stipend|stipend|sensing|patient|monitoring|clients?|customers|care\b|events?|meetings?|interviews?|visits?|conferences?|collaboration|access|control|debugging|sessions?|training|classroom|desktop|support to|connection|gatherings?|experiences?|retreats?|clouds?|games?|casual|app|apps|search|infrastructure|deployments?|models? of|database|approach|designer|parent|relationship|selling|therapy|lunch|onboarding|installation|repairs?|logistics|inspection|services?|quality|implementation|service|engagements?|customer)".to_owned()),
        (Says::Nothing, r"\b(hybrid|remote)[- ]?(casual|cloud|games|electric|vehicle|models? (systems?|architectures?)|first mindset|first environment|first culture|friendly)".to_owned()),
        (Says::Nothing, r"\bhybrid (role|position)s? (that|between|of|which|combining|blending)".to_owned()),
        (Says::Nothing, r"\b((work|works|working|travel) )?(remote|remotely|from anywhere|abroad)( work)?[^.;]*\b(\d+(-\d+)? weeks|(for )?(up to|a maximum of|for|maximum) (\d+|one|two|three|four|a) (calendar |working |business )?(days|weeks|months?)|(a|per) year|days a year|weeks (a|per) year|month (a|per) year)".to_owned()),
        (Says::Nothing, r"\b(experience|experienced|background|comfortable|success|track record|ability to work|able to work|proven)\b[^.;]*\b(remote|hybrid|distributed)[ ,-]*(first )?([a-z]+[ ,-]+){0,2}(teams?|environment|setting|organi[sz]ation|company|startup)".to_owned()),
        (Says::Nothing, r"\b(ability|comfortable|used) (to )?(work|working|collaborate|collaborating|operate|operating) (effectively |well |independently |autonomously )*(and )?(remotely|remote)\b".to_owned()),
        (Says::Nothing, r"\bopen to (fully )?remote candidates in (exceptional|rare|special|some)[^.;]*".to_owned()),
        (Says::Nothing, r"\b(on-?site|in[- ]person) presence (is )?(required )?(during|for (key|some|certain)|occasionally|as needed)".to_owned()),
        (Says::Nothing, r"\b(some|certain|other) (of our )?(roles|teams|positions)\b[^.;]*".to_owned()),
        (Says::Nothing, r"\b(lead|leading|manage|managing|support|supporting|with|build|building) (\w+,? (and )?)?(remote|hybrid|distributed)[ ,]".to_owned()),
        (Says::Nothing, r"\bremote (co-located|office stipend|candidate|candidates hired|employees located|tech support|support agent)".to_owned()),
        // This role.
        (Says::Place(Weight::Role, Remote), r"\b(hybrid|on-?site|in-office) (or|/|and) (fully )?remote\b|\bremote (or|/) (hybrid|on-?site|in-office)".to_owned()),
        (Says::Place(Weight::Role, Remote), format!(r"{role} (is|will be|can be|are|may be)[^.;]{{0,40}}\b(remote|remotely)\b")),
        (Says::Place(Weight::Role, Hybrid), format!(r"{role} (is|will be|are|has|have|follows|operates|requires|offers|uses|works|with)[^.;]{{0,60}}\bhybrid\b")),
        (Says::Place(Weight::Role, OnSite), format!(r"{role} (is|will be|are|requires?|follows|sits|operates)[^.;]{{0,40}}\b(on-?site|in[- ]person|in[- ]office|sits in our|in the office full|out of our \w+ office)\b")),
        (Says::Place(Weight::Role, OnSite), r"\b(role|position) (sits|will sit) in (our|the) ".to_owned()),
        (Says::Place(Weight::Role, Remote), r"\bthis is a[^.;]*\bremote\b[^.;]*(role|position|job|opportunity|contract|internship)".to_owned()),
        (Says::Place(Weight::Role, Hybrid), r"\bthis is a[^.;]*\bhybrid\b".to_owned()),
        (Says::Place(Weight::Role, OnSite), r"\bthis is an?[^.;]*\b(on-?site|in[- ]person|in[- ]office)\b[^.;]*(role|position|job|opportunity)".to_owned()),
        (Says::Place(Weight::Role, Remote), r"\b(work location|location|workplace|work mode|work type|modality|work model|work setup|job type|arrangement|workplace type|^[-+ ]*type)\b ?[:|-][^.;]*\bremote\b".to_owned()),
        (Says::Place(Weight::Role, Hybrid), r"\b(work location|location|workplace|work mode|work type|modality|work model|work setup|arrangement|workplace type|^[-+ ]*type)\b ?[:|-][^.;]*\bhybrid\b".to_owned()),
        (Says::Place(Weight::Role, OnSite), r"\b(work location|location|workplace|work mode|work type|modality|work model|work setup|arrangement|workplace type|^[-+ ]*type)\b ?[:|(-][^.;]*\b(on-?site|in[- ]person|in[- ]office)\b".to_owned()),
        (Says::Place(Weight::Role, Remote), r"\b(no restrictions on where you|fully location[- ]independent)".to_owned()),
        (Says::Place(Weight::Role, Remote), r"\b(open to|hiring|hire) (fully )?remote(ly)?( candidates)?\b".to_owned()),
        // How one works there.
        (Says::Place(Weight::Work, Remote), r"\b(fully|100%|completely|entirely|all)[- ]remote\b|\bremote[- ](role|position|job|opportunity|contract|freelance)".to_owned()),
        (Says::Place(Weight::Work, Remote), r"\bremote,? (freelance|full-time|part-time|contract)|\bfull-time,? \(?(fully )?remote|\bremote (work )?(within|in|from|across|anywhere in) ".to_owned()),
        (Says::Place(Weight::Work, Remote), r"\b(work|working|works) (100% |fully |entirely )?(remotely|from anywhere|from home full|from wherever)\b|\bwork(ing)? from the location\b".to_owned()),
        (Says::Place(Weight::Work, Remote), r"^[-+ \W]*remote\b ?(work|working|position|first)?[ .,:;!|)(-]*($|in\b|within|across|us\b|usa\b|u\.s|anywhere|only|world|eu|uk|canada)".to_owned()),
        (Says::Place(Weight::Work, Remote), r"\b(our|a) ([a-z]+ ){0,2}(fully )?remote ([a-z]+ )?team\b|\bremote nature of this role|\bremote working environment|\bfully support remote work|\bremote work within".to_owned()),
        (Says::Place(Weight::Work, Hybrid), r"\bhybrid (working |work |in-office |office )?(role|position|schedule|model|set-?up|arrangement|environment|policy|format|basis|capacity|working|work|culture|approach|working system|rhythm)\b".to_owned()),
        (Says::Place(Weight::Work, Hybrid), r"\b(work|working) (in a )?hybrid\b|^[-+ \W]*hybrid\b([^?]|$)|\bflexible hybrid\b|\((hybrid|hybrid work)\)|\bis a hybrid (company|organi[sz]ation)".to_owned()),
        (Says::Place(Weight::Work, OnSite), r"\b(on-?site|in[- ]person|in[- ]office) (role|position|job|only|full[- ]time|requirement)|\bfully (on-?site|in[- ]person|in[- ]office)|\b100% (on-?site|in[- ]person|in[- ]office)|\((on-?site|in[- ]office|in[- ]person)\)|^\W*on-?site [a-z]+, [a-z]+|\bwork(ing)? in[- ]office\b".to_owned()),
        (Says::Place(Weight::Work, OnSite), r"\b(work|working|located|based|works|together|join us)\b[^.;]*\b(on-?site|in[- ]person)\b( |,|\.|$)(in|at|from|out|with|together|every|full|$)?".to_owned()),
        (Says::Place(Weight::Work, OnSite), r"\bin[- ]person (in|at|from|out of|5|five|team|work model)\b|^[-+ \W]*(on-?site|in[- ]person|in[- ]office)\b[ ,:-]*(in|at|$|5|five)|\bfull[- ]time,? (and )?(in[- ]person|on-?site|in[- ]office)".to_owned()),
        // German and French.
        (Says::Place(Weight::Work, Remote), r"\b(100 ?%|komplett|vollständig|rein|ausschließlich) (remote|(im|aus dem) home-?office)\b|\bremote (innerhalb|aus ganz|in ganz)\b|\bdeutschlandweit(es)? remote\b|\bremote,? deutschlandweit\b".to_owned()),
        (Says::Place(Weight::Work, Remote), r"\b(full|100 ?%) (remote|télétravail)\b|\b(full|100 ?%) (en|de) télétravail\b|\btélétravail (complet|total|intégral|à 100 ?%)".to_owned()),
        (Says::Place(Weight::Work, Hybrid), r"\bhybride[srnm]? (arbeiten|arbeitsmodell\w*|arbeitsweise|arbeitsplatz\w*|modell\w*)\b|\bmi(x|schung) aus (büro|office|präsenz)[^.;]{0,12}(home-?office|remote)|\b(travail|mode|modèle|rythme|organisation|poste) hybride\b|\btélétravail partiel\b".to_owned()),
        (Says::Place(Weight::Work, OnSite), r"\b(100 ?%|komplett|vollständig|ausschließlich) (vor ort|in präsenz|im büro)\b|\bkein home-?office\b|\bhome-?office (ist )?(leider )?nicht möglich|\b(100 ?%|poste|travail) (en présentiel|sur site)\b|\bpas de télétravail\b|\btélétravail (n'est pas|non) (possible|envisageable)".to_owned()),
        // Tags and employers.
        (Says::Place(Weight::Tag, Remote), r"#li-? ?remote".to_owned()),
        (Says::Place(Weight::Tag, Hybrid), r"#li-? ?hybrid".to_owned()),
        (Says::Place(Weight::Tag, OnSite), r"#li-? ?on-?site".to_owned()),
        (Says::Place(Weight::Employer, OnSite), r"\b(we're|we are|we work|our team (is|works)|as) (an? )?([a-z]+ ){0,2}(in[- ]person|in[- ]office|on-?site|office-first)\b( (team|company|culture|first))?".to_owned()),
        (Says::Place(Weight::Employer, Remote), r"\b(we're|we are|as|operates? as|operate) (a |an |fully )?(fully |100% |all-)remote\b( (company|team|organi[sz]ation))?".to_owned()),
    ];
    let patterns: Vec<(Says, &str)> = patterns
        .iter()
        .map(|(says, pattern)| (*says, pattern.as_str()))
        .collect();
    Rules::new(&patterns)
});

/// A workplace stated by a passage.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) weight: Weight,
    pub(super) found: Found<Workplace>,
}

/// Reads a sentence.
pub(super) fn read(sentence: &Sentence<'_>, out: &mut Vec<Candidate>) {
    if sentence.section == Section::Preferred {
        return;
    }
    let plain = sentence.plain.text();
    let mut found = Vec::new();
    if sentence.topics & trigger::DAYS != 0 {
        found.extend(DAYS.find_all(plain).filter_map(|(says, at)| match says {
            Says::Place(weight, place) => Some((weight, place, at)),
            Says::Days(weight) => match most_days(&plain[at.clone()])? {
                1..=4 => Some((weight, Hybrid, at)),
                5..=7 => Some((weight, OnSite, at)),
                _ => None,
            },
            Says::Nothing => None,
        }));
        if !found.is_empty() && ROLE.matches(plain) {
            for (weight, ..) in &mut found {
                *weight = Weight::Role;
            }
        }
    }
    if found.is_empty() {
        found.extend(TEXT.find_all(plain).filter_map(|(says, at)| match says {
            Says::Place(weight, place) => Some((weight, place, at)),
            Says::Days(_) | Says::Nothing => None,
        }));
    }
    // "This is not a remote job", "hybrid work is not offered".
    found.retain(|(_, place, at)| !is_denied(plain, *place, at));
    // "All positions are remote-friendly."
    found.retain(|(_, _, at)| {
        let after = plain[at.end..].trim_start_matches([' ', '-']);
        !after.starts_with("friendly")
    });
    if found.is_empty() || OTHERS.matches(plain) {
        return;
    }
    // "A hybrid role (4-5 days a week on-site)."
    let is_hybrid = HYBRID_ROLE.matches(plain);
    for (_, place, _) in &mut found {
        if is_hybrid && *place == OnSite {
            *place = Hybrid;
        }
    }
    for (weight, place, at) in found {
        let weight = if sentence.section == Section::Company && weight == Weight::Work {
            Weight::Employer
        } else {
            weight
        };
        let range = sentence.source_range(at);
        out.push(Candidate {
            weight,
            found: Found::new(place, Part::Description, range),
        });
    }
}

/// A word of a workplace.
static WORD: LazyLock<Rules<Workplace>> = LazyLock::new(|| {
    Rules::new(&[
        (Remote, r"\b(remote(ly)?|home-?office|télétravail)\b"),
        (Hybrid, r"\bhybride?\b"),
        (OnSite, r"\b(on-?site|in[- ]office|in[- ]person|vor ort)\b"),
    ])
});

/// Words right before a workplace that deny it.
static NOT: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(not|isn't|aren't|never|cannot be|can't be|won't be|kein|keine|nicht|n'est pas|pas) (yet |quite |currently |at this time |a |an |fully[ -]|100% |entirely |completely |offered as |available as |open to |eligible for |considering |able to (offer|support|accommodate) |offer(ing)? |support(ing)? |un |une |en |full |work(ing)? |done |performed )*$",
    )])
});

/// Words right after a workplace that deny it.
static NOT_AFTER: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"^( (work|working|roles?|positions?|jobs?|candidates?|options?|arrangements?|applicants?))*(( is| are)( currently| unfortunately| at this time)? (not|unavailable)\b|: no\W*$| (isn't|aren't)\b| not (currently )?(an option|offered|available|possible|permitted|allowed|supported|considered|eligible|accepted)\b)",
    )])
});

/// Whether a sentence denies the workplace that a passage names.
fn is_denied(plain: &str, place: Workplace, at: &Range<usize>) -> bool {
    let words = WORD.find_all(&plain[at.clone()]);
    let mut own = words
        .filter(|(word, _)| *word == place)
        .map(|(_, word)| at.start + word.start..at.start + word.end)
        .peekable();
    // Days say themselves how much.
    if own.peek().is_none() {
        return false;
    }
    // "Remote work is not just a perk".
    let denies_after = |after: &str| {
        NOT_AFTER.find(after).is_some_and(|((), no)| {
            let rest = after[no.end..].trim_start();
            !["just", "only", "simply", "merely"]
                .iter()
                .any(|word| rest.starts_with(word))
        })
    };
    own.all(|word| NOT.matches(&plain[..word.start]) || denies_after(&plain[word.end..]))
}

/// The largest number of days; 3 for "2-3 days".
fn most_days(passage: &str) -> Option<u32> {
    const WORDS: [[&str; 6]; 3] = [
        ["one", "two", "three", "four", "five", "six"],
        ["ein", "zwei", "drei", "vier", "fünf", "sechs"],
        ["un", "deux", "trois", "quatre", "cinq", "six"],
    ];
    let mut most = None;
    for word in passage.split(|letter: char| !letter.is_alphanumeric()) {
        let digits = word.trim_end_matches('x');
        let named = |words: &[&str; 6]| words.iter().position(|known| *known == word);
        let number = digits.parse().ok().or_else(|| {
            let at = WORDS.iter().find_map(named)?;
            Some(at as u32 + 1)
        });
        most = most.max(number.filter(|number| *number <= 7));
    }
    most
}

/// The strongest statement; the first one among equals.
pub(super) fn choose(mut candidates: Vec<Candidate>) -> Option<Found<Workplace>> {
    // A place that says hybrid explains the days in the office that the text asks for.
    let is_hybrid = |one: &Candidate| one.weight == Weight::Location && one.found.value == Hybrid;
    if candidates.iter().any(is_hybrid) {
        candidates.retain(|one| one.weight != Weight::Role || one.found.value != OnSite);
    }
    let best = candidates.into_iter().reduce(|best, next| {
        if next.weight < best.weight {
            next
        } else {
            best
        }
    })?;
    Some(best.found)
}
