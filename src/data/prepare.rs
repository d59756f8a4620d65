//! From a table to rows of numbers: cleaned, each name its index, each gap that something stands in for NaN.

use super::cell::Cell;
use super::clean::{Cleaned, Report};
use super::dataset::{About, Dataset, Task};
use super::seen::Seen;
use super::table::{Column, Table};
use super::table_spec::{Kind, TableSpec};
use crate::error::{Error, Result};
use std::cmp::Ordering;

/// Names that a column may have: each becomes an input of the model, or an output.
pub(super) const MOST_NAMES: usize = 1000;

/// Cleans a table and makes rows of it, with a report of where all rows went.
///
/// # Errors
/// [`Error::Spec`] for columns, rows or tasks that aren't there; [`Error::Data`] when no row or no input is left, or
/// there is only one class.
pub fn prepare(table: &Table, spec: &TableSpec) -> Result<(Dataset, Report)> {
    Seen::new(table, spec)?.prepare()
}

/// What is left of a table to learn from, before it becomes numbers.
struct Usable {
    cleaned: Cleaned,
    /// The inputs' columns, and the names of those that hold some.
    inputs: Vec<(usize, Names)>,
    /// What the target is read as, with its classes if it has some.
    kind: Kind,
    classes: Names,
}

impl Seen {
    /// Rows of numbers, with a report of where all rows went.
    ///
    /// # Errors
    /// [`Error::Data`] when no row or no input is left, or there is only one class.
    pub fn prepare(&self) -> Result<(Dataset, Report)> {
        let Usable { cleaned, inputs, kind, classes } = self.usable()?;
        let Cleaned { table, rows, imputes, report } = cleaned;
        let width = inputs.len();
        let mut values = vec![f64::NAN; rows.len() * width];
        for (place, (column, names)) in inputs.iter().enumerate() {
            let own = table.column(*column);
            let read = Reading { column: own, kind: self.roles.kinds[*column], names };
            for (row, value) in rows.iter().zip(values[place..].iter_mut().step_by(width)) {
                *value = read.number(own.cells()[*row as usize]).unwrap_or(f64::NAN);
            }
        }
        let own = table.column(self.roles.target);
        let task = match classes.len() {
            0 => Task::Regression { targets: 1 },
            classes => Task::Classification { classes },
        };
        let read = Reading { column: own, kind, names: &classes };
        let targets = rows.iter().map(|&row| read.number(own.cells()[row as usize]).unwrap_or(0.0)).collect();
        let about = About {
            kinds: inputs.iter().map(|&(column, _)| self.roles.kinds[column]).collect(),
            categories: inputs.iter().map(|(column, names)| names.texts(table.column(*column))).collect(),
            imputes: inputs.iter().map(|&(column, _)| imputes[column]).collect(),
            target: own.name.clone(),
            classes: classes.texts(own),
            rows,
        };
        let columns = inputs.iter().map(|&(column, _)| table.column(column).name.clone()).collect();
        let about = Some(Box::new(about));
        Ok((Dataset { inputs: values, shape: vec![width], targets, task, columns, about }, report))
    }

    /// The report alone.
    ///
    /// # Errors
    /// Those of [`prepare`](Self::prepare).
    pub fn report(&self) -> Result<Report> {
        self.usable().map(|usable| usable.cleaned.report)
    }

    fn usable(&self) -> Result<Usable> {
        let roles = &self.roles;
        let mut cleaned = self.cleaned.clone();
        cleaned.leave_out(roles);
        let Cleaned { table, rows, report, .. } = &cleaned;
        if rows.is_empty() {
            let last = report.reported.last().map_or("", |entry| entry.sentence.as_str());
            return refuse(format!("none of {} rows is left after cleaning. {last}", report.rows_in));
        }
        let own = table.column(roles.target);
        let named = |column: usize| {
            let own = table.column(column);
            let names = Reading::names(own, roles.kinds[column], rows);
            check_few(&own.name, names.len())?;
            Ok((column, names))
        };
        let inputs = roles.inputs().map(named).collect::<Result<Vec<_>>>()?;
        if inputs.is_empty() {
            let target = &own.name;
            return refuse(format!("no column is left to learn \"{target}\" from: all others are left out"));
        }
        let kind = roles.target_kind();
        let classes = Reading::names(own, kind, rows);
        if classes.len() == 1 {
            let only = classes.texts(own).pop().unwrap_or_default();
            let left_out =
                report.reported.last().filter(|entry| entry.rows > 0).map_or("", |entry| &entry.sentence);
            let what = format!(
                "all rows have the same \"{}\", \"{only}\": there is nothing to tell apart. Add rows of another class, or \
                 choose another target. {left_out}",
                own.name
            );
            return refuse(what.trim_end().to_owned());
        }
        check_few(&own.name, classes.len())?;
        Ok(Usable { inputs, kind, classes, cleaned })
    }
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

/// The different values of a column that aren't missing: numbers by size, then texts by their letters. Numbers of one
/// value but two spellings (`1`, `1.0`) are one name.
#[derive(Default)]
pub(super) struct Names {
    /// A cell for each name.
    cells: Vec<Cell>,
    /// The numbers among them, which come first.
    numbers: Vec<f64>,
    /// The index of each text of the column's pool.
    by_text: Vec<Option<u32>>,
}

impl Names {
    /// Of the cells of `rows`.
    pub(super) fn of(column: &Column, rows: &[u32]) -> Names {
        let mut seen = vec![false; column.pool_len()];
        let mut cells: Vec<Cell> = Vec::new();
        for &row in rows {
            let cell = column.cells()[row as usize];
            match cell.id() {
                Some(id) => seen[id as usize] = true,
                None => cells.push(cell),
            }
        }
        cells.sort_unstable();
        cells.dedup();
        cells.extend((0..seen.len()).filter(|&id| seen[id]).map(|id| Cell::pooled(id as u32)));
        cells.retain(|&cell| !column.is_missing(cell));
        let mut named: Vec<(Option<f64>, Cell)> =
            cells.into_iter().map(|cell| (column.name_number(cell).map(unsigned_zero), cell)).collect();
        named.sort_by(|a, b| match (a.0, b.0) {
            (Some(x), Some(y)) => x.total_cmp(&y),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => column.text(a.1).cmp(&column.text(b.1)),
        });
        let mut by_text = vec![None; column.pool_len()];
        let mut names = Names::default();
        for (number, cell) in named {
            let repeats = number.is_some() && names.numbers.last() == number.as_ref();
            if !repeats {
                names.numbers.extend(number);
                names.cells.push(cell);
            }
            if let Some(id) = cell.id() {
                by_text[id as usize] = Some(names.cells.len() as u32 - 1);
            }
        }
        Names { by_text, ..names }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// The text of each.
    pub(super) fn texts(&self, column: &Column) -> Vec<String> {
        self.cells.iter().map(|&cell| column.text(cell).into_owned()).collect()
    }

    /// The index of a cell's name.
    fn index(&self, column: &Column, cell: Cell) -> Option<usize> {
        match cell.id() {
            Some(id) => self.by_text.get(id as usize).copied().flatten().map(|index| index as usize),
            None => {
                let wanted = column.name_number(cell).map(unsigned_zero)?;
                self.numbers.binary_search_by(|number| number.total_cmp(&wanted)).ok()
            }
        }
    }
}

/// `-0` is spelled otherwise than `0` and is the same number, but not in the order that names are found by.
fn unsigned_zero(number: f64) -> f64 {
    if number == 0.0 { 0.0 } else { number }
}

/// The classes of a column among `rows`, each with the number of its rows.
pub(super) fn classes(column: &Column, rows: &[u32]) -> Vec<(String, usize)> {
    let names = Names::of(column, rows);
    let read = Reading { column, kind: Kind::Category, names: &names };
    let mut counts = vec![0; names.len()];
    for &row in rows {
        if let Some(index) = read.number(column.cells()[row as usize]) {
            counts[index as usize] += 1;
        }
    }
    names.texts(column).into_iter().zip(counts).collect()
}

/// How the cells of a column become numbers.
pub(super) struct Reading<'a> {
    pub(super) column: &'a Column,
    pub(super) kind: Kind,
    pub(super) names: &'a Names,
}

impl Reading<'_> {
    /// The names that a column of this kind needs.
    pub(super) fn names(column: &Column, kind: Kind, rows: &[u32]) -> Names {
        if kind == Kind::Category { Names::of(column, rows) } else { Names::default() }
    }

    /// The numbers of some rows of a column of this kind, by the names that these rows have.
    pub(super) fn values(column: &Column, kind: Kind, rows: &[u32]) -> Vec<Option<f64>> {
        let names = Reading::names(column, kind, rows);
        let read = Reading { column, kind, names: &names };
        rows.iter().map(|&row| read.number(column.cells()[row as usize])).collect()
    }

    /// The number of a cell: its value, its days, or the index of its name; none for a gap.
    pub(super) fn number(&self, cell: Cell) -> Option<f64> {
        let column = self.column;
        if column.is_missing(cell) {
            return None;
        }
        match self.kind {
            Kind::Number => column.number(cell),
            Kind::Date => column.days(cell),
            Kind::Category | Kind::Ignore => self.names.index(column, cell).map(|index| index as f64),
        }
    }
}
