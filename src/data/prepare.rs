//! From a table to rows of numbers: cleaned, each name its index, each gap that something stands in for NaN.

use super::cell::Cell;
use super::clean::{Cleaned, Report, clean};
use super::dataset::{About, Dataset, Task};
use super::remedy::{Kind, TableSpec};
use super::roles::Roles;
use super::table::{Column, Table};
use crate::error::{Error, Result};
use std::cmp::Ordering;

/// Names that a column may have: each becomes an input of the model, or an output.
const MOST_NAMES: usize = 1000;

/// Cleans a table and makes rows of it, with a report of where all rows went.
///
/// # Errors
/// [`Error::Spec`] for columns, rows or tasks that aren't there; [`Error::Data`] when no row or no input is left, or
/// there is only one class.
pub fn prepare(table: &Table, spec: &TableSpec) -> Result<(Dataset, Report)> {
    let roles = Roles::settle(table, spec)?;
    let mut cleaned = clean(table, &roles, &spec.clean)?;
    cleaned.leave_out(&roles);
    let Cleaned { table, rows, imputes, report } = cleaned;
    if rows.is_empty() {
        let last = report.reported.last().map_or("", |entry| entry.sentence.as_str());
        return refuse(format!("none of {} rows is left after cleaning. {last}", report.rows_in));
    }
    let inputs: Vec<usize> = roles.inputs().collect();
    if inputs.is_empty() {
        let target = &table.column(roles.target).name;
        return refuse(format!("no column is left to learn \"{target}\" from: all others are left out"));
    }
    let width = inputs.len();
    let mut values = vec![f32::NAN; rows.len() * width];
    let mut categories = Vec::with_capacity(width);
    for (place, &column) in inputs.iter().enumerate() {
        let own = table.column(column);
        let names = if roles.kinds[column] == Kind::Category { names(own, &rows) } else { vec![] };
        check_few(&own.name, names.len())?;
        let read = Reading { column: own, kind: roles.kinds[column], names: &names };
        for (row, value) in rows.iter().zip(values[place..].iter_mut().step_by(width)) {
            *value = read.value(own.cells()[*row as usize]).unwrap_or(f32::NAN);
        }
        categories.push(names.into_iter().map(|name| own.text(name.cell).into_owned()).collect());
    }
    let own = table.column(roles.target);
    let classes = if roles.classes { names(own, &rows) } else { vec![] };
    let task = match classes.len() {
        0 => Task::Regression { targets: 1 },
        1 => {
            return refuse(format!(
                "all rows have the same \"{}\": there is nothing to tell apart",
                own.name
            ));
        }
        classes => Task::Classification { classes },
    };
    check_few(&own.name, classes.len())?;
    let kind = if roles.classes { Kind::Category } else { roles.kinds[roles.target] };
    let read = Reading { column: own, kind, names: &classes };
    let targets = rows.iter().map(|&row| read.value(own.cells()[row as usize]).unwrap_or(0.0)).collect();
    let about = About {
        kinds: inputs.iter().map(|&column| roles.kinds[column]).collect(),
        categories,
        imputes: inputs.iter().map(|&column| imputes[column]).collect(),
        target: own.name.clone(),
        classes: classes.iter().map(|name| own.text(name.cell).into_owned()).collect(),
        rows,
    };
    let columns = inputs.iter().map(|&column| table.column(column).name.clone()).collect();
    let dataset =
        Dataset { inputs: values, shape: vec![width], targets, task, columns, about: Some(Box::new(about)) };
    Ok((dataset, report))
}

fn refuse<T>(what: String) -> Result<T> {
    Err(Error::Data { what })
}

fn check_few(column: &str, names: usize) -> Result<()> {
    if names <= MOST_NAMES {
        return Ok(());
    }
    refuse(format!("column \"{column}\" has {names} different names, at most {MOST_NAMES} can be told apart"))
}

/// A name of a column's category: a cell, and its number where it is one.
#[derive(Clone, Copy)]
pub(super) struct Name {
    cell: Cell,
    number: Option<f64>,
}

impl Name {
    /// The cell that has the name.
    pub(super) fn cell(&self) -> Cell {
        self.cell
    }
}

/// The classes of a column among `rows`, each with the number of its rows.
pub(super) fn classes(column: &Column, rows: &[u32]) -> Vec<(String, usize)> {
    let names = names(column, rows);
    let read = Reading { column, kind: Kind::Category, names: &names };
    let mut counts = vec![0; names.len()];
    for &row in rows {
        if let Some(index) = read.value(column.cells()[row as usize]) {
            counts[index as usize] += 1;
        }
    }
    names.iter().zip(counts).map(|(name, count)| (column.text(name.cell).into_owned(), count)).collect()
}

/// The different cells of a column that aren't missing: numbers by size, then texts by their letters. Numbers of one
/// value but two spellings (`1`, `1.0`) are one name.
pub(super) fn names(column: &Column, rows: &[u32]) -> Vec<Name> {
    let mut cells: Vec<Cell> = rows.iter().map(|&row| column.cells()[row as usize]).collect();
    cells.sort_unstable();
    cells.dedup();
    cells.retain(|&cell| !column.is_missing(cell));
    let mut names: Vec<Name> =
        cells.into_iter().map(|cell| Name { cell, number: column.number(cell) }).collect();
    names.sort_by(|a, b| match (a.number, b.number) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => column.text(a.cell).cmp(&column.text(b.cell)),
    });
    names.dedup_by(|a, b| a.number.is_some() && a.number == b.number);
    names
}

/// How the cells of a column become numbers.
pub(super) struct Reading<'a> {
    pub(super) column: &'a Column,
    pub(super) kind: Kind,
    pub(super) names: &'a [Name],
}

impl Reading<'_> {
    /// The number of a cell: its value, its days, or the index of its name; none for a gap.
    pub(super) fn value(&self, cell: Cell) -> Option<f32> {
        let column = self.column;
        if column.is_missing(cell) {
            return None;
        }
        match self.kind {
            Kind::Number => column.number(cell).map(|number| number as f32),
            Kind::Date => column.days(cell).map(|days| days as f32),
            Kind::Category | Kind::Ignore => self.index(cell).map(|index| index as f32),
        }
    }

    fn index(&self, cell: Cell) -> Option<usize> {
        let number = self.column.number(cell);
        let found = self.names.binary_search_by(|name| match (name.number, number) {
            (Some(a), Some(b)) => a.total_cmp(&b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => self.column.text(name.cell).cmp(&self.column.text(cell)),
        });
        found.ok()
    }
}
