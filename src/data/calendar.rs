//! The names of months and weekdays in ten languages, and the days of the Gregorian calendar.

/// A word and the month it names.
type Month = (&'static str, i64);

/// English, German, French, Spanish, Italian, Portuguese, Dutch, Scandinavian, Polish and Russian; short forms are the first
/// three or four letters.
#[rustfmt::skip]
const MONTHS: [Month; 124] = [
    ("january", 1), ("januar", 1), ("janvier", 1), ("enero", 1), ("jänner", 1), ("ene", 1), ("gennaio", 1),
    ("janeiro", 1), ("januari", 1), ("stycznia", 1), ("styczeń", 1), ("января", 1), ("январь", 1),
    ("february", 2), ("februar", 2), ("février", 2), ("febrero", 2), ("fevrier", 2), ("febbraio", 2), ("fevereiro", 2),
    ("februari", 2), ("lutego", 2), ("luty", 2), ("февраля", 2), ("февраль", 2),
    ("march", 3), ("märz", 3), ("mars", 3), ("marzo", 3), ("maerz", 3), ("mrz", 3), ("março", 3), ("maart", 3),
    ("mrt", 3), ("marca", 3), ("marzec", 3), ("марта", 3), ("март", 3),
    ("april", 4), ("avril", 4), ("abril", 4), ("aprile", 4), ("kwietnia", 4), ("kwiecień", 4), ("апреля", 4),
    ("апрель", 4),
    ("may", 5), ("mai", 5), ("mayo", 5), ("maggio", 5), ("maio", 5), ("mei", 5), ("maj", 5), ("maja", 5), ("мая", 5),
    ("май", 5),
    ("june", 6), ("juni", 6), ("juin", 6), ("junio", 6), ("giugno", 6), ("junho", 6), ("czerwca", 6), ("czerwiec", 6),
    ("июня", 6), ("июнь", 6),
    ("july", 7), ("juli", 7), ("juillet", 7), ("julio", 7), ("luglio", 7), ("julho", 7), ("lipca", 7), ("lipiec", 7),
    ("июля", 7), ("июль", 7),
    ("august", 8), ("août", 8), ("aout", 8), ("agosto", 8), ("augusti", 8), ("augustus", 8), ("sierpnia", 8), ("sierpień", 8), ("августа", 8),
    ("september", 9), ("septembre", 9), ("septiembre", 9), ("settembre", 9), ("setembro", 9), ("września", 9),
    ("wrzesień", 9), ("сентября", 9), ("сентябрь", 9),
    ("october", 10), ("oktober", 10), ("octobre", 10), ("octubre", 10), ("ottobre", 10), ("outubro", 10),
    ("października", 10), ("październik", 10), ("октября", 10), ("октябрь", 10),
    ("november", 11), ("novembre", 11), ("noviembre", 11), ("novembro", 11), ("listopada", 11), ("listopad", 11),
    ("ноября", 11), ("ноябрь", 11),
    ("december", 12), ("dezember", 12), ("décembre", 12), ("diciembre", 12), ("dicembre", 12), ("dezembro", 12),
    ("desember", 12), ("grudnia", 12), ("grudzień", 12), ("декабря", 12), ("декабрь", 12), ("decembre", 12),
];

/// Weekdays by their first three letters, and by all of a shorter or another form.
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
#[rustfmt::skip]
const OTHER_WEEKDAYS: [&str; 49] = [
    "mo", "di", "mi", "do", "fr", "sa", "so", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
    "sonnabend", "sonntag", "lun", "mer", "jeu", "ven", "sam", "dim", "lundi", "mardi", "mercredi", "jeudi", "vendredi",
    "samedi", "dimanche", "mié", "jue", "vie", "sáb", "dom", "lunes", "martes", "miércoles", "jueves", "viernes",
    "sábado", "domingo", "gio", "sab", "пн", "вт", "ср", "чт", "пт", "сб", "вс",
];

/// Words that stand between the parts of a date: `5 de enero de 2023`, `5th of May`, `5 мая 2023 г.`.
pub(super) const BETWEEN: [&str; 6] = ["de", "del", "of", "г", "года", "den"];

/// The month that a word names, whole or cut after three letters or more; a dot may end it.
pub(super) fn month_of(word: &str) -> Option<i64> {
    let word = word.trim_end_matches('.');
    let letters = word.chars().count();
    if !(3..=12).contains(&letters) || word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let lower = word.to_lowercase();
    let names = |(name, _): &&Month| lower == *name || (letters <= 5 && name.starts_with(&lower));
    MONTHS.iter().find(names).map(|&(_, month)| month)
}

/// `Thu`, `Thursday`, `Do`, but no month.
pub(super) fn is_weekday(word: &str) -> bool {
    let letters = word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let starts = |day: &str| word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(day));
    let other = || {
        let lower = word.to_lowercase();
        OTHER_WEEKDAYS.contains(&lower.as_str())
    };
    ((letters && WEEKDAYS.iter().any(|day| starts(day))) || other()) && month_of(word).is_none()
}

/// Days since 1970-01-01 of a day that there is.
pub(super) fn day_of(year: i64, month: i64, day: i64) -> Option<f64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let is_there = (1000..=9999).contains(&year) && (1..=longest).contains(&day);
    is_there.then(|| days_since_1970(year, month, day) as f64)
}

/// The Gregorian calendar with March as the first month, so that leap days come last
/// (Hinnant, "chrono-compatible low-level date algorithms").
pub(super) fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}
