//! Columns of one mark or nothing, `x` or an empty cell, which are a yes and a no.

use super::cell::Cell;
use super::said::{Said, say};
use super::table::Column;

/// What people put where something is so, and leave out where it isn't.
const MARKS: [&str; 14] = ["x", "✓", "✔", "☑", "✅", "•", "*", "yes", "y", "ja", "j", "oui", "sí", "true"];

/// Says "no" where a column of marks has nothing, and says so.
pub(super) fn fill(column: &mut Column) -> Option<Said> {
    let mut mark = None;
    let mut empty = vec![];
    for (row, &cell) in column.cells().iter().enumerate() {
        match mark {
            _ if cell == Cell::EMPTY => empty.push(row),
            None => mark = Some(cell),
            Some(own) if own == cell => {}
            Some(_) => return None,
        }
    }
    let text = column.text(mark?).into_owned();
    let is_mark = MARKS.iter().any(|known| text.trim().to_lowercase() == *known);
    if !is_mark || empty.is_empty() || column.cells().len() - empty.len() < 2 {
        return None;
    }
    empty.iter().for_each(|&row| column.set(row, "no"));
    Some(say!(
        "marks",
        "\"{name}\" holds \"{mark}\" or nothing: its {count} empty cells are read as \"no\".",
        name = &column.name,
        mark = text.trim(),
        count = empty.len()
    ))
}
