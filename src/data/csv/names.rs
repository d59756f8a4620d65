//! Names of columns, each its own.

use crate::data::said::{Said, say};
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
