//! Names of columns, each its own.

use super::header::is_unit;
use crate::data::number::is_known_unit;
use crate::data::said::{Said, say};
use crate::data::style::Hints;
use crate::data::table::Column;
use std::collections::BTreeSet;

/// Letters of a name.
const MOST_LETTERS: usize = 200;

/// A name for each column, and what was said of those that had none, or one that another has.
pub(super) fn unique<'a>(given: impl Iterator<Item = &'a str>) -> (Vec<String>, Vec<Said>) {
    let (mut names, mut said) = (vec![], vec![]);
    let mut taken = BTreeSet::new();
    for (index, given) in given.enumerate() {
        let words = given.split(|letter: char| letter.is_whitespace() && letter.is_control());
        let words: Vec<&str> = words.map(str::trim).filter(|word| !word.is_empty()).collect();
        let given: String =
            words.join(" ").chars().filter(|letter| !letter.is_control()).take(MOST_LETTERS).collect();
        let wanted = if given.is_empty() { format!("column {}", index + 1) } else { given.clone() };
        let mut name = wanted.clone();
        let mut number = 2;
        while !taken.insert(name.clone()) {
            name = format!("{wanted} {number}");
            number += 1;
        }
        if name != given {
            said.push(match given.is_empty() {
                true => say!(
                    "columnUnnamed",
                    "Column {column} has no name and is called \"{name}\".",
                    column = index + 1,
                    name = &name
                ),
                false => say!(
                    "columnShares",
                    "Column {column} shares its name with another and is called \"{name}\".",
                    column = index + 1,
                    name = &name
                ),
            });
        }
        names.push(name);
    }
    (names, said)
}

/// A column of that name, and of the unit that stands in it: `length in m`, `weight [kg]`.
pub(super) fn column(name: String, hints: Hints) -> Column {
    let unit = unit_in(&name).map(str::to_owned);
    let mut column = Column::new(name, hints);
    column.unit = unit;
    column
}

fn unit_in(name: &str) -> Option<&str> {
    let in_brackets = |open: char, close: char| name.strip_suffix(close)?.rsplit_once(open);
    let (before, unit) =
        in_brackets('(', ')').or_else(|| in_brackets('[', ']')).or_else(|| name.rsplit_once(" in "))?;
    let unit = unit.trim();
    let is_one = !unit.is_empty() && (is_known_unit(unit) || is_unit(unit));
    (is_one && !before.trim().is_empty()).then_some(unit)
}
