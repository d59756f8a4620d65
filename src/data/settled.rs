//! What a table's cells settle of how the file is read: its decimal sign and the order of its dates.

use super::date::Order;
use super::reading::{Choice, DayOrder, Decimal, Settled};
use super::said::{Said, Value, list, say};
use super::table::Column;
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
    let says = |name: Decimal, sentence: Said| Settled {
        key: "decimal",
        value: Choice::Name(name.name()),
        is_chosen: chosen.is_some(),
        is_sure: chosen.is_some() || open.is_none(),
        choices: vec![
            (Choice::Name(Decimal::Point.name()), say!("decimalPoint", "Point")),
            (Choice::Name(Decimal::Comma.name()), say!("decimalComma", "Comma")),
        ],
        sentence,
    };
    let of = |comma: bool| if comma { Decimal::Comma } else { Decimal::Point };
    if let Some(comma) = chosen {
        let sentence = match comma {
            true => say!("commaChosen", "A comma stands before the decimals, as chosen."),
            false => say!("pointChosen", "A point stands before the decimals, as chosen."),
        };
        return Some(says(of(comma), sentence));
    }
    if let Some(column) = open {
        let style = column.style();
        let text = style.open.as_deref().unwrap_or("");
        let name = &column.name;
        let sentence = match text.contains(',') {
            true => say!(
                "commaOpen",
                "Does the comma in \"{text}\" (\"{name}\") stand before decimals or between thousands?",
                text = text,
                name = name
            ),
            false => say!(
                "pointOpen",
                "Does the point in \"{text}\" (\"{name}\") stand before decimals or between thousands?",
                text = text,
                name = name
            ),
        };
        return Some(says(of(style.comma), sentence));
    }
    let example = |column: &Column| column.style().example.clone().unwrap_or_default();
    if let Some(first) = commas.first() {
        let sentence = say!(
            "commaIn",
            "A comma stands before the decimals in {names}: \"{text}\".",
            names = names(&commas),
            text = example(first)
        );
        return Some(says(Decimal::Comma, sentence));
    }
    let column = grouped?;
    let sentence = say!(
        "pointIn",
        "A point stands before the decimals: \"{text}\" in \"{name}\".",
        text = example(column),
        name = &column.name
    );
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
    let sentence = match open {
        Some(column) => {
            let (text, readings) = in_doubt(column)?;
            let name = &column.name;
            if is_mixed(column) {
                say!(
                    "datesMixedOpen",
                    "Some dates in \"{name}\" have the day first, others the month. Is {text} {readings}?",
                    name = name,
                    text = text,
                    readings = readings
                )
            } else {
                say!(
                    "datesOpen",
                    "Are the dates in \"{name}\" day-first or month-first? {text} may be {readings}.",
                    name = name,
                    text = text,
                    readings = readings
                )
            }
        }
        None if mixed.is_some() && !chosen => say!(
            "datesMixed",
            "Some dates in \"{name}\" have the day first, others the month. Each fits one way alone.",
            name = &first.name
        ),
        None if chosen && day_first => say!("daysChosen", "Days come first in dates, as chosen."),
        None if chosen => say!("monthsChosen", "Months come first in dates, as chosen."),
        None => {
            let is_like = |column: &&Column| column.profile().day_first == first.profile().day_first;
            let (like, unlike): (Vec<&Column>, Vec<&Column>) = dates.iter().copied().partition(is_like);
            let (like, other) = (names(&like), names(&unlike));
            match (day_first, unlike.is_empty()) {
                (true, true) => say!("daysFirst", "Days come first in {names}.", names = like),
                (false, true) => say!("monthsFirst", "Months come first in {names}.", names = like),
                (true, false) => say!(
                    "daysThenMonths",
                    "Days come first in {names}, months in {others}.",
                    names = like,
                    others = other
                ),
                (false, false) => say!(
                    "monthsThenDays",
                    "Months come first in {names}, days in {others}.",
                    names = like,
                    others = other
                ),
            }
        }
    };
    Some(Settled {
        key: "dates",
        value: Choice::Name(if day_first { DayOrder::DayFirst } else { DayOrder::MonthFirst }.name()),
        is_chosen: chosen,
        is_sure: open.is_none(),
        choices: vec![
            (Choice::Name(DayOrder::DayFirst.name()), say!("dayFirst", "Day first")),
            (Choice::Name(DayOrder::MonthFirst.name()), say!("monthFirst", "Month first")),
        ],
        sentence,
    })
}

/// A date of a column that is another one with the day first than with the month first, and both in words.
pub(super) fn in_doubt(column: &Column) -> Option<(String, Said)> {
    let month = |number: usize| match number {
        1 => say!("january", "January"),
        2 => say!("february", "February"),
        3 => say!("march", "March"),
        4 => say!("april", "April"),
        5 => say!("may", "May"),
        6 => say!("june", "June"),
        7 => say!("july", "July"),
        8 => say!("august", "August"),
        9 => say!("september", "September"),
        10 => say!("october", "October"),
        11 => say!("november", "November"),
        12 => say!("december", "December"),
        _ => Said::verbatim(""),
    };
    let text =
        column.text(column.cells().iter().copied().find(|&cell| column.is_in_doubt(cell))?).into_owned();
    let parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let numbers: Vec<usize> = parts.filter_map(|part| part.parse().ok()).collect();
    let [first, second, ..] = numbers[..] else { return None };
    let day = |number: usize, day: usize| say!("day", "{month} {day}", month = month(number), day = day);
    let readings = say!("or", "{one} or {other}", one = day(second, first), other = day(first, second));
    Some((text, readings))
}

fn names(columns: &[&Column]) -> Value {
    list(&columns.iter().map(|column| &column.name).collect::<Vec<_>>(), NAMED)
}
