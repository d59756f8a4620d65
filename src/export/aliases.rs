//! Which spellings of a column of names count as which name, as cleaning steps have it.

use crate::data::cell::Cell;
use crate::data::table::Column;
use crate::data::{CleaningStep, TableSpec};
use std::collections::BTreeMap;

/// Spellings that a column has or that a cleaning step names, each with the name of `names` that it stands for; names
/// themselves are not among them.
pub(super) fn of(column: &Column, names: &[String], spec: &TableSpec) -> BTreeMap<String, String> {
    if names.is_empty() {
        return BTreeMap::new();
    }
    let mut cells = column.cells().to_vec();
    cells.sort_unstable();
    cells.dedup();
    let written =
        cells.into_iter().filter(|&cell| !column.is_missing(cell)).map(|cell| column.text(cell).into_owned());
    let merged = spec.clean.iter().flat_map(|step| match step {
        CleaningStep::Merge { column: own, from, .. } if *own == column.name => from.as_slice(),
        _ => &[],
    });
    let spellings = written.chain(merged.filter(|text| !text.trim().is_empty()).cloned());
    let alias = |text: String| {
        let name = name_of(names, &after(&text, column, names, &spec.clean))?;
        (name != text).then_some((text, name))
    };
    spellings.filter_map(alias).collect()
}

/// A text as the steps leave it.
fn after(text: &str, column: &Column, names: &[String], steps: &[CleaningStep]) -> String {
    let mut text = text.to_owned();
    for (index, step) in steps.iter().enumerate() {
        match step {
            CleaningStep::Merge { column: own, from, to } if *own == column.name && from.contains(&text) => {
                text.clone_from(to);
            }
            // Those that are no name in the end are the rare ones.
            CleaningStep::Group { column: own, to, .. } if *own == column.name => {
                let last = after(&text, column, names, &steps[index + 1..]);
                if !names.contains(&last) {
                    text.clone_from(to);
                }
            }
            _ => {}
        }
    }
    text
}

/// The name that a text stands for: itself, or the same number.
fn name_of(names: &[String], text: &str) -> Option<String> {
    let number = |text: &str| Cell::of_decimal(text.as_bytes()).and_then(Cell::decimal);
    let is_same = |name: &&String| *name == text || number(text).is_some_and(|own| number(name) == Some(own));
    names.iter().find(|name| *name == text).or_else(|| names.iter().find(is_same)).cloned()
}
