//! Recognises sections of a posting by their headings.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use super::rule::Rules;

/// Kind of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// Requirements.
    Required,
    /// Preferences.
    Preferred,
    /// Duties.
    Duties,
    /// Benefits.
    Benefits,
    /// The employer, its people and its hiring process.
    Company,
    /// Other sections.
    Other,
}

/// Words of headings, most specific first.
static HEADINGS: LazyLock<Rules<Section>> = LazyLock::new(|| Rules::new(RULES));

const RULES: &[(Section, &str)] = &[
    (
        Section::Preferred,
        r"^.*?(nice.?to.?haves?|\bbonus\b|preferred|\bplus(es)?\b|extra points|make us love you|\bideally\b|\bideal (qualifications|experience|skills)|\bplus points|extra credit|icing on the cake|even better|great if|good.to.have|great to have|would be great|desirable|desired|beneficial|sets? you apart|stand out|optional|it'?s a plus|pluspunkte|von vorteil|wünschenswert|idealerweise|serait un plus|les plus|brownie points|advantageous|not required)",
    ),
    (
        Section::Benefits,
        r"^.*?(benefits|\bperks?\b|we offer|our offer|what you'?ll get|what you get|in it for you|what'?s in it|compensation|why join|why you'?ll (like|love)|why work|life at|time off|pay transparency|salary|we provide|what we can offer|therefore we offer|wir bieten|dich erwartet|was wir bieten|nous offrons|on t'offre|avantages|take care of|your rewards|total rewards|remuneration|working at)",
    ),
    (
        Section::Required,
        r"^.*?(about you\b|who you are|looking for|^you$|^you should|love to see|^your (profile|experience|background|skills))",
    ),
    (
        Section::Company,
        r"^.*?(equal opportunity|equal employment|diversity|inclusi|accommodation|privacy|recruitment fraud|how to apply|interview process|hiring process|recruitment process|application process|next steps|our (values|mission|story|culture|team|company|client|history)|about (us|the company|the team)|who we are|who are we|what we do\b|company (overview|description)|meet |über uns|qui sommes|^about [a-z0-9.]+( ai| labs| health)?$)",
    ),
    (
        Section::Required,
        r"^.*?(requirement|qualification|qualified|must.?haves?\b|you (must |should |will |'ll |may |might |could |'d )?(have|bring|need|possess)|you'?(ve|ll) (got|need|bring)|you'?ve |what you bring|bring to|you bring|we'?re looking for|are looking for|we look for|looking for|about you\b|who you are|who are you|you are\b|you're\b|is this you|this is you|your (profile|background|skills|experience|qualifications|expertise|strengths|toolkit|superpowers)|ideal (candidate|profile)|candidate profile|^profile|^experience|experiences?$|skills|experience (required|and|&)|education|required|expertise|proficienc|competenc|knowledge|a (good|great|strong|perfect) fit|right fit|the right person|you a fit|be a fit|good match|thrive|be successful|to succeed|you'?ll excel|love (to hear|you)|we'd love|hear from you if|eligib|licens|certification|dein profil|ihr profil|dein background|das bringst|bringst du|mitbringst|anforderungen|du brauchst|dich aus|profil recherché|ton profil|votre profil|compétences|tu es|tech(nical)? stack you|what it takes|should apply if|you if you|for you if|minimum)",
    ),
    (
        Section::Duties,
        r"^.*?(responsibilit|what you'?ll|what you will|you will|you'?ll|duties|your (role|mission|impact|tasks|job|day)|day.to.day|day in the life|in this role|job description|what you do|tasks|deine aufgaben|tes missions|goals|the work\b|scope|success looks like|expectations)",
    ),
];

thread_local! {
    /// Headings seen before: postings share most of theirs.
    static SEEN: RefCell<HashMap<Box<str>, Option<Section>, RandomState>> = RefCell::default();
}

/// The most headings that are remembered.
const MOST: usize = 2048;

/// Section of a heading; `None` if unknown.
pub(super) fn of_heading(plain: &str) -> Option<Section> {
    SEEN.with_borrow_mut(|seen| {
        if let Some(section) = seen.get(plain) {
            return *section;
        }
        let section = HEADINGS.find(plain).map(|(section, _)| section);
        if seen.len() >= MOST {
            seen.clear();
        }
        seen.insert(plain.into(), section);
        section
    })
}
