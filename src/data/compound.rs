//! Texts in which several numbers make one: durations such as `1h 30m`, and feet with inches.

use super::cell::{Cell, Gap};
use super::date::Order;
use super::number::Written;
use super::table::Column;

/// What the numbers of a text make together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compound {
    /// `1h 30m`, `14h30`, `26:05:10`, `75:20`, `PT1H30M`, `2 days 03:00:00`: minutes.
    Duration,
    /// `5'11"`, `5 ft 11 in`: inches.
    Feet,
    /// `30°15'20"S`, `7.5° W`: degrees, negative in the south and the west.
    Degrees,
}

/// A unit's words, and how large it is.
type Unit = (&'static [&'static str], f64);

/// From large to small, in minutes.
const DURATIONS: [Unit; 4] = [
    (&["d", "day", "days", "tag", "tage", "j", "jour", "jours", "día", "días"], 1440.0),
    (
        &["h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "heure", "heures", "hora", "horas"],
        60.0,
    ),
    (&["m", "min", "mins", "minute", "minutes", "minuten", "mn", "minuto", "minutos"], 1.0),
    (&["s", "sec", "secs", "second", "seconds", "sek", "sekunde", "sekunden"], 1.0 / 60.0),
];
/// In inches.
const LENGTHS: [Unit; 2] = [
    (&["'", "′", "’", "ft", "feet", "foot"], 12.0),
    (&["\"", "″", "”", "''", "′′", "’’", "in", "inch", "inches"], 1.0),
];
/// In degrees.
const ANGLES: [Unit; 3] = [
    (&["°", "º", "deg"], 1.0),
    (&["'", "′", "’", "min"], 1.0 / 60.0),
    (&["\"", "″", "”", "''", "′′", "’’", "sec"], 1.0 / 3600.0),
];
/// Cells of a column, of a hundred, that such texts must be, and that times of day must not be.
const MOST: usize = 80;
const NO_TIMES: usize = 5;

impl Compound {
    /// What most cells of a column are, some of which are no numbers otherwise.
    pub(super) fn of(column: &Column, cells: &[(Cell, usize)]) -> Option<Compound> {
        let reads = |own: Compound, cell: Cell| own.read(column.text_of(cell)).is_some();
        let is_odd = |cell: Cell| {
            let text = column.text_of(cell);
            Written::of(text).is_none() || (text.contains('°') && text.trim_end().ends_with(['S', 'W']))
        };
        let fits = |own: &Compound| {
            if !cells.iter().any(|&(cell, _)| reads(*own, cell) && is_odd(cell)) {
                return false;
            }
            let rows = |is: &dyn Fn(Cell) -> bool| {
                cells.iter().filter(|&&(cell, _)| is(cell)).map(|(_, rows)| rows).sum::<usize>()
            };
            let present = rows(&|cell| column.gap(cell) == Gap::IsNot);
            let is_time = |cell: Cell| column.days_in(cell, Order::Time).is_some();
            let others = cells.iter().filter(|&&(cell, _)| reads(*own, cell) && !is_time(cell));
            let (different, beyond) = others.fold((0, 0), |(n, sum), (_, rows)| (n + 1, sum + rows));
            let are_times = rows(&is_time) > 0 && (different < 2 || 100 * beyond < NO_TIMES * present);
            100 * rows(&|cell| reads(*own, cell)) >= MOST * present && !are_times
        };
        [Compound::Duration, Compound::Feet, Compound::Degrees].into_iter().find(fits)
    }

    /// What its numbers count.
    pub(super) fn unit(self) -> &'static str {
        match self {
            Compound::Duration => "min",
            Compound::Feet => "in",
            Compound::Degrees => "°",
        }
    }

    /// The number of a text, in the unit.
    pub fn read(self, text: &str) -> Option<f64> {
        let text = text.trim();
        let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
        // Most numbers have nothing else, and are none of these.
        let is_plain = |byte: u8| byte.is_ascii_digit() || b".,-+ ".contains(&byte);
        if text.len() > 60 || !has_digit || text.bytes().all(is_plain) {
            return None;
        }
        let (sign, text) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (-1.0, rest),
            None => (1.0, text),
        };
        let size = match self {
            Compound::Duration => {
                of_iso(text).or_else(|| of_clock(text)).or_else(|| of_units(text, &DURATIONS))
            }
            Compound::Feet => of_units(text, &LENGTHS),
            Compound::Degrees => {
                let (bare, side) = match text.strip_suffix(['N', 'E', 'O']) {
                    Some(bare) => (bare, 1.0),
                    None => text.strip_suffix(['S', 'W']).map_or((text, 1.0), |bare| (bare, -1.0)),
                };
                of_units(bare.trim_end(), &ANGLES).map(|size| side * size)
            }
        };
        size.map(|size| sign * size)
    }
}

/// Digits, and decimals behind a point or a comma, that a text begins with; and what follows.
fn number(text: &str) -> Option<(f64, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let is_number = digits.len() < 16 && digits.starts_with(|c: char| c.is_ascii_digit());
    let number = is_number.then(|| digits.replace(',', ".").parse().ok())??;
    (!digits.ends_with(['.', ','])).then_some((number, rest))
}

/// Numbers with units, each smaller than the one before. The last may lack its unit, if it has two digits: `14h30`.
fn of_units(text: &str, units: &[Unit]) -> Option<f64> {
    let (mut sum, mut next, mut rest) = (0.0, 0, text);
    while !rest.is_empty() {
        if next > 0 && next < units.len() {
            // Behind days, a clock: `2 days 03:00:00`.
            if rest.contains(':') {
                return of_clock(rest).filter(|_| next == 1).map(|clock| sum + clock);
            }
        }
        let (size, after) = number(rest)?;
        let after = after.trim_start();
        let end = after.find(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '.' || c == ',');
        let (word, behind) = after.split_at(end.unwrap_or(after.len()));
        let is_bare = word.is_empty() && behind.is_empty() && next > 0;
        let place = match is_bare {
            true => Some(next).filter(|_| rest.len() == 2),
            false => {
                let lower = word.to_lowercase();
                units.iter().position(|(words, _)| words.contains(&lower.as_str()))
            }
        };
        let place = place.filter(|&place| place >= next && place < units.len())?;
        // What is no first part stays below the unit before it.
        let most = place.checked_sub(1).map_or(f64::INFINITY, |larger| units[larger].1 / units[place].1);
        if next > 0 && size >= most {
            return None;
        }
        sum += size * units[place].1;
        next = place + 1;
        rest = behind.trim_start_matches(['.', ',', ' ', '\u{a0}', '\u{202f}']);
        rest = ["and ", "und ", "et ", "y "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    }
    (next > 0).then_some(sum)
}

/// `75:20` are minutes and seconds, `26:05:10` hours besides.
fn of_clock(text: &str) -> Option<f64> {
    let mut parts = text.split(':');
    let first = parts.next().filter(|part| (1..=4).contains(&part.len()))?;
    let mut sum = first.parse::<u16>().ok().filter(|_| !first.starts_with('+')).map(f64::from)?;
    let mut count = 0;
    for part in parts {
        let whole = part.split(['.', ',']).next().unwrap_or("");
        let (size, rest) = number(part)?;
        if count == 2 || whole.len() != 2 || !rest.is_empty() || size >= 60.0 {
            return None;
        }
        (sum, count) = (60.0 * sum + size, count + 1);
    }
    (count > 0).then_some(sum / 60.0)
}

/// `PT1H30M`, `P1DT12H`, `P2W`.
fn of_iso(text: &str) -> Option<f64> {
    let (date, time) = match text.strip_prefix(['P', 'p'])?.split_once(['T', 't']) {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (&text[1..], ""),
    };
    let mut sum = 0.0;
    for (part, units) in
        [(date, &[('W', 10080.0), ('D', 1440.0)][..]), (time, &[('H', 60.0), ('M', 1.0), ('S', 1.0 / 60.0)])]
    {
        let (mut rest, mut next) = (part, 0);
        while !rest.is_empty() {
            let (size, after) = number(rest)?;
            let letter = after.chars().next()?.to_ascii_uppercase();
            let place = units.iter().position(|&(own, _)| own == letter).filter(|&place| place >= next)?;
            sum += size * units[place].1;
            (rest, next) = (&after[1..], place + 1);
        }
    }
    Some(sum)
}
