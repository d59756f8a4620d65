//! The names of months and weekdays in sixteen languages, and the days of the Gregorian calendar.

/// English, German, French, Spanish, Italian, Portuguese, Dutch, Scandinavian, Polish, Russian, Turkish, Czech, Romanian,
/// Hungarian, Finnish and Ukrainian, a line a month; short forms are the first three to five letters. Of two that begin
/// alike the first counts.
#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "january januar janvier enero jänner ene gennaio janeiro januari stycznia styczeń января январь ocak \
     ledna leden ianuarie január tammikuuta tammikuu січня",
    "february februar février febrero fevrier febbraio fevereiro februari lutego luty февраля февраль şubat \
     subat února únor februarie február helmikuuta helmikuu лютого",
    "march märz mars marzo maerz mrz março maart mrt marca marzec марта март mart března březen martie \
     március maaliskuuta maaliskuu березня",
    "april avril abril aprile kwietnia kwiecień апреля апрель nisan dubna duben aprilie április huhtikuuta \
     huhtikuu квітня",
    "may mai mayo maggio maio mei maj maja мая май mayıs mayis května květen május toukokuuta toukokuu \
     травня",
    "june juni juin junio giugno junho czerwca czerwiec июня июнь haziran června červen iunie június \
     kesäkuuta kesäkuu червня",
    "july juli juillet julio luglio julho lipca lipiec июля июль temmuz července červenec iulie július \
     heinäkuuta heinäkuu липня",
    "august août aout agosto augusti augustus sierpnia sierpień августа ağustos agustos srpna srpen \
     augusztus elokuuta elokuu серпня",
    "september septembre septiembre settembre setembro września wrzesień сентября сентябрь eylül eylul září \
     septembrie szeptember syyskuuta syyskuu вересня",
    "october oktober octobre octubre ottobre outubro października październik октября октябрь ekim října \
     říjen octombrie október lokakuuta lokakuu жовтня",
    "november novembre noviembre novembro listopada listopad ноября ноябрь kasım kasim listopadu noiembrie \
     marraskuuta marraskuu листопада",
    "december dezember décembre diciembre dicembre dezembro desember grudnia grudzień декабря декабрь \
     decembre aralık aralik prosince prosinec decembrie joulukuuta joulukuu грудня",
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

/// Words that stand before a date: `den 5 mars 2023`, `am 5. März 2023`.
pub(super) const BEFORE: [&str; 5] = ["den", "le", "el", "am", "dne"];

/// Words that stand between the parts of a date: `5 de enero de 2023`, `5th of May`, `5 мая 2023 г.`.
pub(super) const BETWEEN: [&str; 10] = ["de", "del", "of", "г", "года", "den", "klo", "kl", "um", "року"];

/// The month that a word names, whole or cut after three letters or more; a dot may end it.
pub(super) fn month_of(word: &str) -> Option<i64> {
    let word = word.trim_end_matches('.');
    let letters = word.chars().count();
    if !(3..=12).contains(&letters) || word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let lower = word.to_lowercase();
    let names = |name: &str| lower == name || (letters <= 5 && name.starts_with(&lower));
    MONTHS.iter().position(|month| month.split_whitespace().any(names)).map(|month| month as i64 + 1)
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
