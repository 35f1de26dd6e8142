//! Names of months in languages where they are unambiguous.

use crate::board::fold::fold;

/// Folded names of each month: English, German, French, Spanish, Italian, Portuguese, Dutch, Scandinavian, Russian.
const NAMES: [&[&str]; 12] = [
    &[
        "jan",
        "january",
        "januar",
        "janner",
        "janv",
        "janvier",
        "ene",
        "enero",
        "gen",
        "gennaio",
        "janeiro",
        "januari",
        "января",
        "янв",
    ],
    &[
        "feb",
        "february",
        "februar",
        "fev",
        "fevr",
        "fevrier",
        "febrero",
        "febbraio",
        "fevereiro",
        "februari",
        "февраля",
        "фев",
    ],
    &[
        "mar",
        "march",
        "marz",
        "maerz",
        "mrz",
        "mars",
        "marzo",
        "marco",
        "maart",
        "mrt",
        "marts",
        "марта",
        "мар",
    ],
    &[
        "apr",
        "april",
        "avr",
        "avril",
        "abr",
        "abril",
        "aprile",
        "апреля",
        "апр",
    ],
    &[
        "may", "mai", "mayo", "mag", "maggio", "maio", "mei", "maj", "мая",
    ],
    &[
        "jun", "june", "juni", "juin", "junio", "giu", "giugno", "junho", "июня", "июн",
    ],
    &[
        "jul", "july", "juli", "juil", "juillet", "julio", "lug", "luglio", "julho", "июля", "июл",
    ],
    &[
        "aug",
        "august",
        "aout",
        "ago",
        "agosto",
        "augustus",
        "augusti",
        "августа",
        "авг",
    ],
    &[
        "sep",
        "sept",
        "september",
        "septembre",
        "septiembre",
        "set",
        "settembre",
        "setembro",
        "сентября",
        "сен",
        "сент",
    ],
    &[
        "oct",
        "october",
        "okt",
        "oktober",
        "octobre",
        "octubre",
        "ott",
        "ottobre",
        "out",
        "outubro",
        "октября",
        "окт",
    ],
    &[
        "nov",
        "november",
        "novembre",
        "noviembre",
        "novembro",
        "ноября",
        "ноя",
    ],
    &[
        "dec",
        "december",
        "dez",
        "dezember",
        "decembre",
        "dic",
        "diciembre",
        "dicembre",
        "dezembro",
        "desember",
        "des",
        "декабря",
        "дек",
    ],
];

/// Number of a named month, from 1.
pub(super) fn month(word: &str) -> Option<i8> {
    let word = fold(word);
    let at = NAMES.iter().position(|names| names.contains(&&*word))?;
    Some(at as i8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_two_months() {
        for (at, names) in NAMES.iter().enumerate() {
            for name in *names {
                assert_eq!(month(name), Some(at as i8 + 1), "{name}");
            }
        }
        assert_eq!(month("Août"), Some(8));
        assert_eq!(month("MÄRZ"), Some(3));
        assert_eq!(month("market"), None);
    }
}
