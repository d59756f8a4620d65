//! What a table's cells settle of how the file is read: its decimal sign and the order of its dates.

use super::date::Order;
use super::reading::{Choice, DayOrder, Decimal, Settled};
use super::table::{Column, Note};
use super::table_spec::Kind;

/// Columns that a sentence names.
const NAMED: usize = 3;

/// An entry for the decimal sign, one for dates; none where nothing is to be said.
pub(super) fn settled(columns: &[Column]) -> Vec<Settled> {
    [decimal(columns), dates(columns)].into_iter().flatten().collect()
}

fn decimal(columns: &[Column]) -> Option<Settled> {
    let numbers = || columns.iter().filter(|column| column.profile().base == Kind::Number);
    let open = numbers().find(|column| column.style().open.is_some());
    let commas: Vec<&Column> =
        numbers().filter(|column| column.style().comma && column.style().example.is_some()).collect();
    let grouped = numbers().find(|column| column.style().has_groups);
    let chosen = columns.iter().find_map(|column| column.hints().comma);
    let says = |name: Decimal, sentence: String| Settled {
        key: "decimal",
        value: Choice::Name(name.name()),
        is_chosen: chosen.is_some(),
        is_sure: chosen.is_some() || open.is_none(),
        choices: vec![
            (Choice::Name(Decimal::Point.name()), "Point"),
            (Choice::Name(Decimal::Comma.name()), "Comma"),
        ],
        sentence,
    };
    let of = |comma: bool| if comma { Decimal::Comma } else { Decimal::Point };
    if let Some(comma) = chosen {
        let sign = if comma { "comma" } else { "point" };
        return Some(says(of(comma), format!("A {sign} stands before the decimals, as chosen.")));
    }
    if let Some(column) = open {
        let style = column.style();
        let text = style.open.as_deref().unwrap_or("");
        let sign = if text.contains(',') { "comma" } else { "point" };
        let sentence = format!(
            "Does the {sign} in \"{text}\" (\"{}\") stand before decimals or between thousands?",
            column.name
        );
        return Some(says(of(style.comma), sentence));
    }
    let example = |column: &Column| column.style().example.clone().unwrap_or_default();
    if let Some(first) = commas.first() {
        let sentence =
            format!("A comma stands before the decimals in {}: \"{}\".", names(&commas), example(first));
        return Some(says(Decimal::Comma, sentence));
    }
    let column = grouped?;
    let sentence =
        format!("A point stands before the decimals: \"{}\" in \"{}\".", example(column), column.name);
    Some(says(Decimal::Point, sentence))
}

fn dates(columns: &[Column]) -> Option<Settled> {
    let dates: Vec<&Column> = columns.iter().filter(|column| column.profile().day_first.is_some()).collect();
    let open = dates.iter().find(|column| column.profile().is_order_open);
    let is_mixed = |column: &Column| column.profile().order.is_some_and(Order::is_mixed);
    let mixed = dates.iter().find(|column| is_mixed(column));
    let first = open.or(mixed).or(dates.first())?;
    let day_first = first.profile().day_first == Some(true);
    let chosen = first.hints().day_first.is_some();
    let word = if day_first { "Days" } else { "Months" };
    let sentence = match open {
        Some(column) => {
            let (text, readings) = in_doubt(column).unwrap_or_default();
            let name = &column.name;
            if is_mixed(column) {
                format!(
                    "Some dates in \"{name}\" have the day first, others the month. Is {text} {readings}?"
                )
            } else {
                format!("Are the dates in \"{name}\" day-first or month-first? {text} may be {readings}.")
            }
        }
        None if mixed.is_some() && !chosen => {
            format!(
                "Some dates in \"{}\" have the day first, others the month. Each fits one way alone.",
                first.name
            )
        }
        None if chosen => format!("{word} come first in dates, as chosen."),
        None => {
            let is_like = |column: &&Column| column.profile().day_first == first.profile().day_first;
            let (like, unlike): (Vec<&Column>, Vec<&Column>) = dates.iter().copied().partition(is_like);
            let other = if day_first { "months" } else { "days" };
            let but =
                if unlike.is_empty() { String::new() } else { format!(", {other} in {}", names(&unlike)) };
            format!("{word} come first in {}{but}.", names(&like))
        }
    };
    Some(Settled {
        key: "dates",
        value: Choice::Name(if day_first { DayOrder::DayFirst } else { DayOrder::MonthFirst }.name()),
        is_chosen: chosen,
        is_sure: open.is_none(),
        choices: vec![
            (Choice::Name(DayOrder::DayFirst.name()), "Day first"),
            (Choice::Name(DayOrder::MonthFirst.name()), "Month first"),
        ],
        sentence,
    })
}

/// A date of a column that is another one with the day first than with the month first, and both in words.
pub(super) fn in_doubt(column: &Column) -> Option<(String, String)> {
    #[rustfmt::skip]
    const MONTHS: [&str; 12] = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ];
    let text =
        column.text(column.cells().iter().copied().find(|&cell| column.is_in_doubt(cell))?).into_owned();
    let parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let numbers: Vec<usize> = parts.filter_map(|part| part.parse().ok()).collect();
    let [first, second, ..] = numbers[..] else { return None };
    let month = |number: usize| MONTHS.get(number.wrapping_sub(1)).copied().unwrap_or_default();
    let readings = format!("{} {first} or {} {second}", month(second), month(first));
    Some((text, readings))
}

fn names(columns: &[&Column]) -> String {
    let told = columns
        .iter()
        .take(NAMED)
        .map(|column| format!("\"{}\"", column.name))
        .collect::<Vec<_>>()
        .join(", ");
    match columns.len().saturating_sub(NAMED) {
        0 => told,
        more => format!("{told} and {more} more"),
    }
}

/// A note for each column, up to twenty, whose numbers are not written plainly.
pub(super) fn noted(columns: &[Column]) -> Vec<Note> {
    const MOST_NOTES: usize = 20;
    columns.iter().filter_map(note).take(MOST_NOTES).map(|sentence| Note { line: None, sentence }).collect()
}

fn note(column: &Column) -> Option<String> {
    let profile = column.profile();
    if profile.base != Kind::Number {
        return None;
    }
    let name = &column.name;
    if profile.order.is_some() {
        return Some(format!("\"{name}\" holds times of day, read in hours."));
    }
    let style = column.style();
    let example = style.example.as_deref()?;
    let cell = column.cells().iter().copied().find(|&cell| column.text(cell) == example)?;
    let number = column.number(cell)?;
    // Decimal commas are settled above, and blanks around a number say nothing new.
    let is_plain = example.trim().replace(',', ".").parse::<f64>().is_ok_and(|plain| plain == number);
    let unit = if style.unit.is_empty() { String::new() } else { format!(", in {}", style.unit) };
    (!is_plain).then(|| format!("\"{name}\": \"{example}\" is read as {number}{unit}."))
}
