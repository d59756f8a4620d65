//! Whether a line names columns, and what the lines under it hold.

use super::layout::Under;
use super::sample::{are_values, is_missing, is_value};
use crate::data::number::Written;
use crate::data::said::{self, Said, Value, say};
use std::collections::BTreeSet;

/// What a line seems to be.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Verdict {
    pub(super) is_header: bool,
    pub(super) is_sure: bool,
    /// The evidence.
    pub(super) why: Said,
}

fn verdict(is_header: bool, is_sure: bool, why: Said) -> Verdict {
    Verdict { is_header, is_sure, why }
}

/// Judges the row `first` by those below it, column by column.
pub(super) fn judge(first: &[String], line: u64, body: &[&[String]]) -> Verdict {
    let (mut named, mut numbered, mut again, mut new) = (vec![], 0, vec![], 0);
    let mut numbers = vec![];
    for (place, cell) in first.iter().enumerate() {
        let cell = cell.trim();
        let below: Vec<&str> = body.iter().filter_map(|row| row.get(place)).map(|cell| cell.trim()).collect();
        let below: Vec<&str> = below.into_iter().filter(|cell| !is_missing(cell)).collect();
        let number = cell.parse::<f64>().ok().filter(|number| number.fract() == 0.0);
        numbers.extend(number.map(|number| (number, place)));
        if is_missing(cell) {
            continue;
        }
        if body.is_empty() || are_values(&below) {
            if is_value(cell) && !is_over_numbers(cell, &below) {
                numbered += 1;
            } else {
                named.push(cell);
            }
        } else if below.contains(&cell) {
            again.push(cell);
        } else {
            let different: BTreeSet<&str> = below.iter().copied().collect();
            new += usize::from(2 * different.len() <= below.len());
        }
    }
    let count = numbers.len();
    if numbered > 0 && (counts(&numbers, first.len(), body) || named.len() >= numbered) {
        let is_sure = numbered < first.len();
        let heads: Vec<&str> = numbers.iter().map(|&(_, place)| first[place].trim()).collect();
        if heads.is_empty() {
            let why = say!(
                "headerMixed",
                "Line {line} has words and values. Does it name the columns?",
                line = line
            );
            return verdict(true, false, why);
        }
        let heads = list(&heads);
        return if is_sure {
            let why = say!(
                "headerCounts",
                "Line {line} names the columns: {heads} count on, and the lines below don't.",
                line = line,
                heads = heads
            );
            verdict(true, true, why)
        } else {
            verdict(true, false, do_numbers_name(line, heads))
        };
    }
    if numbered > 0 && body.is_empty() {
        return verdict(count == 0, true, say!("lineNumbers", "Line {line} holds numbers.", line = line));
    }
    let are_years = count > 1 && count == numbered && count < first.len() && is_sequence_of_years(&numbers);
    if numbered > 0 && are_years && again.is_empty() {
        let heads: Vec<&str> = numbers.iter().map(|&(_, place)| first[place].trim()).collect();
        return verdict(false, false, do_numbers_name(line, list(&heads)));
    }
    if numbered > 0 {
        let why = say!("lineLikeBelow", "Line {line} holds numbers like the lines below.", line = line);
        return verdict(false, named.is_empty(), why);
    }
    if let Some(name) = named.first() {
        let name = brief(name);
        let why =
            say!("overNumbers", "\"{name}\" in line {line} stands over numbers.", name = name, line = line);
        return verdict(true, true, why);
    }
    if !again.is_empty() && again.len() >= new {
        let why = say!(
            "lineAgain",
            "Is line {line} a row? What it holds stands below it as well: {cells}.",
            line = line,
            cells = list(&again)
        );
        return verdict(false, false, why);
    }
    if new > 0 && again.is_empty() {
        let why = say!("lineOnce", "No cell of line {line} occurs again below it.", line = line);
        return verdict(true, true, why);
    }
    if body.is_empty() {
        return verdict(true, true, say!("lineWords", "Line {line} holds no numbers.", line = line));
    }
    let why = say!("allWords", "Does line {line} name the columns? All lines hold words alone.", line = line);
    verdict(true, false, why)
}

/// Whether a cell is no number, but nearly all below it are: `2020-01` or `0-4` over counts.
fn is_over_numbers(cell: &str, below: &[&str]) -> bool {
    let is_number = |cell: &str| Written::of(cell).is_some();
    // Years may be cut short: `'95`.
    let digits = cell.strip_prefix(['\'', '’']).unwrap_or(cell);
    digits.starts_with(|c: char| c.is_ascii_digit()) && !is_number(cell) && !below.is_empty() && {
        let numbers = below.iter().filter(|below| is_number(below)).count();
        5 * numbers >= 4 * below.len()
    }
}

fn do_numbers_name(line: u64, heads: Value) -> Said {
    say!(
        "numbersName",
        "Do the numbers of line {line} ({heads}) name the columns?",
        line = line,
        heads = heads
    )
}

/// Whether numbers are years that rise or fall by the same step.
fn is_sequence_of_years(numbers: &[(f64, usize)]) -> bool {
    let steps: Vec<f64> = numbers.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
    numbers.iter().all(|&(number, _)| is_year(number))
        && steps.iter().all(|&step| step != 0.0 && step == steps[0])
}

fn is_year(number: f64) -> bool {
    (1500.0..=2200.0).contains(&number)
}

/// Whether numbers in the first row count columns: years, or 0, 1, 2 and so on, unlike the numbers below.
fn counts(numbers: &[(f64, usize)], cells: usize, body: &[&[String]]) -> bool {
    let Some(&(first, _)) = numbers.first().filter(|_| !body.is_empty()) else { return false };
    let steps: Vec<f64> = numbers.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
    let below =
        |row: &[String], place: usize| row.get(place).and_then(|cell| cell.trim().parse::<f64>().ok());
    if numbers.iter().all(|&(number, _)| is_year(number)) && steps.iter().all(|&step| step != 0.0) {
        let all: Vec<f64> =
            body.iter().flat_map(|row| numbers.iter().filter_map(|&(_, place)| below(row, place))).collect();
        let years = all.iter().filter(|&&number| is_year(number)).count();
        return !all.is_empty() && 2 * years < all.len();
    }
    let even = steps.first().is_some_and(|&step| step > 0.0 && steps.iter().all(|&other| other == step));
    let goes_on = body.iter().any(|row| {
        let row: Vec<f64> = numbers.iter().filter_map(|&(_, place)| below(row, place)).collect();
        row.len() == numbers.len() && row.windows(2).all(|pair| Some(&(pair[1] - pair[0])) == steps.first())
    });
    // Frames written with their row numbers: the first column has no name.
    let is_frame = first <= 1.0 && numbers.len() + 1 == cells;
    if !even || (goes_on && !is_frame) {
        return false;
    }
    let by_one = steps[0] == 1.0;
    if numbers.len() == cells { by_one && first <= 1.0 && cells > 2 } else { by_one || numbers.len() > 2 }
}

/// Whether a line holds counts before a table without header, as TensorFlow's sets have them: rows, features, and the
/// names of the classes.
pub(super) fn is_counts(first: &[String], body: &[&[String]]) -> bool {
    let count = |place: usize| first.get(place).and_then(|cell| cell.trim().parse::<usize>().ok());
    let words = |cells: &[String]| cells.iter().all(|cell| !cell.trim().is_empty() && !is_value(cell));
    let below = |place: usize| -> Vec<&str> {
        body.iter().filter_map(|row| row.get(place)).map(|cell| cell.trim()).collect()
    };
    first.len() > 2
        && count(0).is_some()
        && count(1) == Some(first.len() - 1)
        && words(&first[2..])
        && (0..3).all(|place| are_values(&below(place)))
}

/// What the lines under a header hold that are no rows; whether that is sure; and the line in words.
pub(super) fn under(body: &[&[String]]) -> (Under, bool) {
    let (Some(first), Some(second)) = (body.first(), body.get(1)) else { return (Under::Nothing, true) };
    if first.iter().all(|cell| is_drawn(cell.trim())) {
        return (Under::Rule, true);
    }
    let is_one_of = |cells: &[String], words: &[&str]| {
        cells.iter().all(|cell| words.contains(&cell.trim().to_lowercase().as_str()))
    };
    const TYPES: [&str; 13] = [
        "continuous",
        "discrete",
        "string",
        "time",
        "meta",
        "basket",
        "c",
        "d",
        "s",
        "t",
        "n",
        "numeric",
        "",
    ];
    const FLAGS: [&str; 7] = ["", "class", "meta", "ignore", "i", "m", "weight"];
    let says_type = first.iter().any(|cell| TYPES[..6].contains(&cell.trim().to_lowercase().as_str()));
    if says_type && is_one_of(first, &TYPES) {
        return (Under::Roles(if is_one_of(second, &FLAGS) { 2 } else { 1 }), true);
    }
    const USUAL_TYPES: [&str; 22] = [
        "int", "integer", "int32", "int64", "bigint", "float", "float32", "float64", "double", "real",
        "decimal", "number", "numeric", "str", "string", "text", "object", "bool", "boolean", "date",
        "datetime", "category",
    ];
    let rest = &body[1..];
    let are_numbers = |place: usize| {
        let below = rest.iter().filter_map(|row| row.get(place)).map(|cell| cell.trim());
        are_values(&below.filter(|cell| !is_missing(cell)).collect::<Vec<_>>())
    };
    if is_one_of(first, &USUAL_TYPES) && (0..first.len()).any(are_numbers) {
        return (Under::Roles(1), true);
    }
    let (mut is_over_numbers, mut is_long, mut known, mut given) = (false, false, 0, 0);
    for (place, cell) in first.iter().enumerate() {
        let cell = cell.trim();
        let below: Vec<&str> = rest.iter().filter_map(|row| row.get(place)).map(|cell| cell.trim()).collect();
        let below: Vec<&str> = below.into_iter().filter(|cell| !is_missing(cell)).collect();
        if cell.is_empty() || cell == "-" {
            continue;
        }
        if are_values(&below) {
            if is_value(cell) || is_missing(cell) {
                return (Under::Nothing, true);
            }
            is_long |= cell.chars().count() > 20;
            is_over_numbers = true;
        } else if below.contains(&cell) {
            return (Under::Nothing, true);
        }
        given += 1;
        known += usize::from(is_unit(cell));
    }
    match (is_over_numbers, known) {
        (false, _) => (Under::Nothing, true),
        // Sentences are no units, but the questions of a survey, maybe.
        (_, 0) => (Under::Nothing, given < 2),
        _ if is_long => (Under::Nothing, false),
        _ => (Under::Units, 2 * known >= given),
    }
}

/// Whether a text is a line of dashes.
fn is_drawn(text: &str) -> bool {
    text.len() > 2 && (text.bytes().all(|byte| byte == b'-') || text.bytes().all(|byte| byte == b'='))
}

/// Whether a text is a unit: one of the usual ones, in brackets, or made of them.
pub(super) fn is_unit(text: &str) -> bool {
    const UNITS: &str = " \
        s sec min h hr d day days week weeks month months year years yr yrs ms us µs ns m cm mm km nm um µm \
        dm in inch ft yd mi mile miles l ml dl cl g kg mg µg ug t lb lbs oz n kn j kj mj cal kcal w kw mw wh \
        kwh v mv kv a ma ohm pa hpa kpa mpa bar mbar atm psi mmhg torr k c f degc degf deg rad hz khz mhz \
        ghz % ‰ ppm ppb mol mmol rpm mph kph kmh knots eur usd gbp chf $ € £ count counts number px bit bits \
        byte bytes kb mb gb db lux lx cd b bpm au pct percent cfu ha acre ph ";
    let lower = text.to_lowercase();
    let bracketed = [('(', ')'), ('[', ']')]
        .iter()
        .any(|&(open, close)| lower.starts_with(open) && lower.ends_with(close));
    let is_short = lower.chars().count() <= 12 && !lower.contains(' ');
    let marked = lower.contains(['/', '²', '³', '°', '%', 'µ', 'μ', 'ω', '^', '·', '€', '$', '£']);
    bracketed || (is_short && (marked || UNITS.contains(&format!(" {lower} "))))
}

/// The first of some texts in quotes, cut where they are long.
pub(super) fn list(words: &[&str]) -> Value {
    let mut different: Vec<&str> = vec![];
    for word in words.iter().filter(|word| !word.is_empty()) {
        if !different.contains(word) && different.len() < 5 {
            different.push(word);
        }
    }
    let told = Value::List(different.iter().take(4).map(|word| said::quoted(&brief(word))).collect());
    if different.len() > 4 { say!("andSoOn", "{words} and so on", words = told).into() } else { told }
}

/// A text as it may stand in a sentence.
pub(super) fn brief(text: &str) -> String {
    let plain: String = text.trim().chars().filter(|letter| !letter.is_control()).collect();
    if plain.chars().count() <= 40 { plain } else { plain.chars().take(40).chain(['…']).collect() }
}
