//! Names of columns, each its own.

use std::collections::BTreeSet;

/// Letters of a name.
const MOST_LETTERS: usize = 200;

/// A name for each column, and what was said of those that had none, or one that another has.
pub(super) fn unique<'a>(given: impl Iterator<Item = &'a str>) -> (Vec<String>, Vec<String>) {
    let (mut names, mut said) = (vec![], vec![]);
    let mut taken = BTreeSet::new();
    for (index, given) in given.enumerate() {
        let given: String =
            given.trim().chars().filter(|letter| !letter.is_control()).take(MOST_LETTERS).collect();
        let wanted = if given.is_empty() { format!("column {}", index + 1) } else { given.clone() };
        let mut name = wanted.clone();
        let mut number = 2;
        while !taken.insert(name.clone()) {
            name = format!("{wanted} {number}");
            number += 1;
        }
        if name != given {
            let what = if given.is_empty() { "has no name" } else { "shares its name with another" };
            said.push(format!("Column {} {what} and is called \"{name}\".", index + 1));
        }
        names.push(name);
    }
    (names, said)
}
