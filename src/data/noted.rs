//! What is said of columns whose numbers are not written plainly, so that nobody takes a reading for granted.

use super::compound::Compound;
use super::date::Order;
use super::number::Odd;
use super::said::{Said, say};
use super::table::{Column, Note};
use super::table_spec::Kind;

/// A note for each column, up to twenty, whose numbers are not written plainly.
pub(super) fn noted(columns: &[Column]) -> Vec<Note> {
    const MOST_NOTES: usize = 20;
    let told = columns.iter().flat_map(|column| odd(column).into_iter().chain(note(column)));
    told.take(MOST_NOTES).map(|sentence| Note { line: None, sentence }).collect()
}

fn note(column: &Column) -> Option<Said> {
    let profile = column.profile();
    let name = &column.name;
    if profile.base != Kind::Number {
        return compact(column);
    }
    if profile.order.is_some() {
        return Some(say!("timesOfDay", "\"{name}\" holds times of day, read in hours.", name = name));
    }
    let style = column.style();
    if let Some(what) = style.compound {
        return compound(column, what);
    }
    let example = style.example.as_deref()?;
    let cell = column.cells().iter().copied().find(|&cell| column.text(cell) == example)?;
    let number = column.number(cell)?;
    // Decimal commas are settled above, and blanks around a number say nothing new.
    let is_plain = example.trim().replace(',', ".").parse::<f64>().is_ok_and(|plain| plain == number);
    if is_plain {
        return None;
    }
    Some(match style.unit.as_str() {
        "" => say!(
            "readAs",
            "\"{name}\": \"{text}\" is read as {number}.",
            name = name,
            text = example,
            number = number
        ),
        unit => say!(
            "readAsIn",
            "\"{name}\": \"{text}\" is read as {number}, in {unit}.",
            name = name,
            text = example,
            number = number,
            unit = unit
        ),
    })
}

/// Numbers of which something was left out, or that a dash stands for.
fn odd(column: &Column) -> Vec<Said> {
    if column.profile().base != Kind::Number {
        return vec![];
    }
    let name = &column.name;
    let style = column.style();
    let number = |text: &str| style.of_example(text).unwrap_or(0.0);
    let of = |(odd, count, text): &(Odd, usize, String)| {
        let cells = match count {
            1 => say!("oneCell", "1 cell"),
            _ => say!("cells", "{count} cells", count = *count),
        };
        let text = text.trim();
        match odd {
            Odd::Error => say!(
                "errorLeftOut",
                "\"{name}\": the error behind ± is left out in {cells}. \"{text}\" is read as {number}.",
                name = name,
                cells = cells,
                text = text,
                number = number(text)
            ),
            Odd::About => say!(
                "aboutLeftOut",
                "\"{name}\": a mark such as ~ is left out in {cells}. \"{text}\" is read as {number}.",
                name = name,
                cells = cells,
                text = text,
                number = number(text)
            ),
            Odd::Dash => say!(
                "dashIsZero",
                "\"{name}\": \"{text}\" is read as 0 in {cells}.",
                name = name,
                text = text,
                cells = cells
            ),
        }
    };
    let mut told: Vec<Said> = style.odd.iter().map(of).collect();
    if style.is_booked {
        told.push(say!(
            "debitsNegative",
            "\"{name}\": debits (DR) are read as negative, credits (CR) as positive numbers.",
            name = name
        ));
    }
    told
}

/// Durations, feet with inches.
fn compound(column: &Column, what: Compound) -> Option<Said> {
    let (name, text) = (&column.name, column.style().example.as_deref()?);
    let number = brief(what.read(text)?);
    Some(match what {
        Compound::Duration => say!(
            "durations",
            "\"{name}\" holds durations, read in minutes: \"{text}\" is {number}.",
            name = name,
            text = text,
            number = number
        ),
        Compound::Degrees => say!(
            "degrees",
            "\"{name}\" holds angles, read in degrees: \"{text}\" is {number}.",
            name = name,
            text = text,
            number = number
        ),
        Compound::Feet => say!(
            "feetAndInches",
            "\"{name}\" holds feet and inches, read in inches: \"{text}\" is {number}.",
            name = name,
            text = text,
            number = number
        ),
    })
}

/// A number with four digits behind the point at most.
fn brief(number: f64) -> String {
    ((number * 1e4).round() / 1e4).to_string()
}

/// Dates of digits alone.
fn compact(column: &Column) -> Option<Said> {
    let is_date =
        |order: Order| column.cells().iter().copied().find(|&cell| column.days_in(cell, order).is_some());
    let order = column.profile().order.filter(|order| order.is_compact())?;
    let text = column.text(is_date(order)?).into_owned();
    let name = &column.name;
    Some(match order {
        Order::CompactDay => say!(
            "compactDays",
            "\"{name}\" holds dates without marks, the day first: \"{text}\".",
            name = name,
            text = text
        ),
        Order::CompactMonth => say!(
            "compactMonths",
            "\"{name}\" holds dates without marks, the month first: \"{text}\".",
            name = name,
            text = text
        ),
        _ => say!(
            "compactYears",
            "\"{name}\" holds dates without marks, the year first: \"{text}\".",
            name = name,
            text = text
        ),
    })
}
