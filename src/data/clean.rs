//! Cleaning: cleaning steps applied in order, and a report in which every row and cell touched is counted.

use super::prepare::classes;
use super::roles::{Roles, place};
use super::said::{Said, Value, say};
use super::table::Table;
use super::table_spec::{CleaningStep, ImputeWith, Kind};
use crate::error::{Error, Result};
use std::collections::BTreeSet;

/// What one step did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The step's name, or `left-out`.
    pub fix: &'static str,
    /// Rows that it took out.
    pub rows: usize,
    /// Cells that it changed, or that will be stood in for.
    pub cells: usize,
    /// The same in words.
    pub sentence: Said,
}

/// Where all rows went: `rows_in = rows_out + Σ reported.rows`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Rows of the table.
    pub rows_in: usize,
    /// Rows left.
    pub rows_out: usize,
    /// An entry a cleaning step, in their order; then the rows that had to be left out.
    pub reported: Vec<Entry>,
}

/// A table after its cleaning steps.
#[derive(Debug, Clone)]
pub struct Cleaned {
    /// All rows as they are now, those taken out included: row numbers stay what they were.
    pub table: Table,
    /// The rows left, ascending.
    pub rows: Vec<u32>,
    /// What stands in for missing values of each column.
    pub imputes: Vec<Option<ImputeWith>>,
    /// Where all rows went.
    pub report: Report,
}

/// Applies cleaning steps in order. Rows that miss a label, or a value that nothing stands in for, stay; see
/// [`Cleaned::leave_out`].
///
/// # Errors
/// [`Error::Spec`] for a row or a column that isn't there.
pub fn clean(table: &Table, roles: &Roles, steps: &[CleaningStep]) -> Result<Cleaned> {
    let mut state = State {
        table: table.clone(),
        roles,
        keeps: vec![true; table.rows()],
        imputes: vec![None; roles.kinds.len()],
        at: 0,
    };
    let mut reported = Vec::with_capacity(steps.len());
    for (index, step) in steps.iter().enumerate() {
        state.at = index;
        let (rows, cells, sentence) = state.apply(step)?;
        reported.push(Entry { fix: step.name(), rows, cells, sentence });
    }
    let rows: Vec<u32> = (0..table.rows() as u32).filter(|&row| state.keeps[row as usize]).collect();
    let report = Report { rows_in: table.rows(), rows_out: rows.len(), reported };
    Ok(Cleaned { table: state.table, rows, imputes: state.imputes, report })
}

impl Cleaned {
    /// Leaves out the rows that miss their label, or an input that nothing stands in for, and reports them.
    pub fn leave_out(&mut self, roles: &Roles) {
        let Cleaned { table, rows, imputes, report } = self;
        let before = rows.len();
        let needed: Vec<usize> = roles.inputs().filter(|&column| imputes[column].is_none()).collect();
        rows.retain(|&row| roles.holds(table, row as usize, roles.target));
        let labeled = rows.len();
        rows.retain(|&row| needed.iter().all(|&column| roles.holds(table, row as usize, column)));
        report.rows_out = rows.len();
        let (unlabeled, gaps) = (before - labeled, labeled - rows.len());
        if before > rows.len() {
            let label = &table.column(roles.target).name;
            let mut parts = vec![];
            if unlabeled > 0 {
                parts.push(say!("haveNo", "{have} no \"{name}\"", have = have(unlabeled), name = label));
            }
            if gaps > 0 {
                parts.push(say!("haveGap", "{have} a gap in a used column", have = have(gaps)));
            }
            let sentence = say!("leftOut", "Left out: {parts}.", parts = Value::List(parts));
            report.reported.push(Entry { fix: "left-out", rows: before - rows.len(), cells: 0, sentence });
        }
    }
}

/// A number of rows, one or several, and the verb.
pub(super) fn have(rows: usize) -> Said {
    if rows == 1 { say!("rowHas", "1 row has") } else { say!("rowsHave", "{count} rows have", count = rows) }
}

fn rows_of(count: usize) -> Said {
    if count == 1 { say!("oneRow", "1 row") } else { say!("rows", "{count} rows", count = count) }
}

fn cells_of(count: usize) -> Said {
    if count == 1 { say!("oneCell", "1 cell") } else { say!("cells", "{count} cells", count = count) }
}

struct State<'a> {
    table: Table,
    roles: &'a Roles,
    keeps: Vec<bool>,
    imputes: Vec<Option<ImputeWith>>,
    /// The step under way, for messages.
    at: usize,
}

/// Rows taken out, cells changed, and both in words.
type Outcome = Result<(usize, usize, Said)>;

impl State<'_> {
    fn apply(&mut self, step: &CleaningStep) -> Outcome {
        match step {
            CleaningStep::DropRows { rows } => {
                let rows: Vec<usize> = rows.iter().map(|&row| self.row(row)).collect::<Result<_>>()?;
                let dropped = rows.into_iter().filter(|&row| std::mem::take(&mut self.keeps[row])).count();
                Ok((dropped, 0, say!("outByHand", "{rows} left out by hand.", rows = rows_of(dropped))))
            }
            CleaningStep::DropMissing { column } => self.drop_missing(column.as_deref()),
            CleaningStep::Impute { column, by } => self.impute(column, *by),
            CleaningStep::DropDuplicates => {
                let copies = duplicates(&self.table, &self.kept());
                copies.iter().for_each(|&row| self.keeps[row as usize] = false);
                let rows = rows_of(copies.len());
                let sentence =
                    say!("outAsCopies", "{rows} left out as exact copies of earlier ones.", rows = rows);
                Ok((copies.len(), 0, sentence))
            }
            CleaningStep::DropColumn { column } => {
                let place = self.place(column)?;
                let cells = self.kept().iter().filter(|&&row| self.filled(row as usize, place)).count();
                Ok((0, cells, say!("columnOut", "Column \"{name}\" left out.", name = column)))
            }
            CleaningStep::Cap { column, low, high } => self.cap(column, *low, *high),
            CleaningStep::Merge { column, from, to } => {
                let place = self.place(column)?;
                let cells = self.replace(place, |text| from.iter().any(|old| old == text), to);
                let told = cells_of(cells);
                let sentence = match to.trim() {
                    "" => say!(
                        "nowMissing",
                        "{cells} of \"{name}\" now count as missing.",
                        cells = told,
                        name = column
                    ),
                    _ => say!(
                        "nowSpelled",
                        "{cells} of \"{name}\" now spelled \"{to}\".",
                        cells = told,
                        name = column,
                        to = to
                    ),
                };
                Ok((0, cells, sentence))
            }
            CleaningStep::Treat { column, to } => {
                self.place(column)?;
                let kind = match to {
                    Kind::Number => say!("kindNumber", "number"),
                    Kind::Category => say!("kindCategory", "category"),
                    Kind::Date => say!("kindDate", "date"),
                    Kind::Ignore => say!("kindIgnore", "ignore"),
                };
                Ok((
                    0,
                    0,
                    say!("readAsKind", "Column \"{name}\" read as {kind}.", name = column, kind = kind),
                ))
            }
            CleaningStep::Keep { column, word } => {
                let place = self.place(column)?;
                self.table.column_mut(place).keep(word);
                let own = self.table.column(place);
                let has = |&&row: &&u32| own.text(own.cells()[row as usize]).trim() == word.trim();
                let cells = self.kept().iter().filter(has).count();
                let sentence = say!(
                    "keptAsName",
                    "{cells} of \"{name}\" kept as the name \"{word}\".",
                    cells = cells_of(cells),
                    name = column,
                    word = word
                );
                Ok((0, cells, sentence))
            }
            CleaningStep::Group { column, most, to } => self.group(column, *most, to),
            CleaningStep::Relabel { row, to } => {
                let row = self.row(*row)?;
                let cells = self.set(row, self.roles.target, to);
                Ok((0, cells, say!("rowLabeled", "Row {row} now labeled \"{to}\".", row = row + 1, to = to)))
            }
            CleaningStep::Set { row, column, to } => {
                let (row, place) = (self.row(*row)?, self.place(column)?);
                let cells = self.set(row, place, to);
                let sentence = say!(
                    "rowSet",
                    "Row {row} now has \"{to}\" in \"{name}\".",
                    row = row + 1,
                    to = to,
                    name = column
                );
                Ok((0, cells, sentence))
            }
        }
    }

    fn kept(&self) -> Vec<u32> {
        (0..self.keeps.len() as u32).filter(|&row| self.keeps[row as usize]).collect()
    }

    fn place(&self, name: &str) -> Result<usize> {
        place(&self.table, name, &format!("data.clean[{}].column", self.at))
    }

    fn row(&self, row: u32) -> Result<usize> {
        let rows = self.keeps.len();
        let row = row as usize;
        if row < rows {
            return Ok(row);
        }
        let path = format!("data.clean[{}].row", self.at);
        Err(Error::Spec { path, what: format!("{row} is outside 0…{}: rows count from 0 here", rows - 1) })
    }

    fn filled(&self, row: usize, column: usize) -> bool {
        self.roles.holds(&self.table, row, column)
    }

    fn drop_missing(&mut self, name: Option<&str>) -> Outcome {
        let columns: Vec<usize> = match name {
            Some(name) => vec![self.place(name)?],
            None => self.roles.used().filter(|&column| self.imputes[column].is_none()).collect(),
        };
        let mut dropped = 0;
        for row in 0..self.keeps.len() {
            if self.keeps[row] && columns.iter().any(|&column| !self.filled(row, column)) {
                self.keeps[row] = false;
                dropped += 1;
            }
        }
        let rows = rows_of(dropped);
        let sentence = match name {
            Some(name) => {
                say!("outMissing", "{rows} without a value in \"{name}\" left out.", rows = rows, name = name)
            }
            None => say!("outMissingAny", "{rows} without a value in a used column left out.", rows = rows),
        };
        Ok((dropped, 0, sentence))
    }

    fn impute(&mut self, name: &str, by: ImputeWith) -> Outcome {
        let column = self.place(name)?;
        if column == self.roles.target {
            let sentence = say!(
                "targetMadeUp",
                "\"{name}\" is the target: an answer made up can't be learned from.",
                name = name
            );
            return Ok((0, 0, sentence));
        }
        self.imputes[column] = Some(by);
        let gaps = self.kept().iter().filter(|&&row| !self.filled(row as usize, column)).count();
        let is_category = self.roles.kinds[column] == Kind::Category;
        let value = match by {
            ImputeWith::Mode if !is_category => say!("mode", "mode"),
            ImputeWith::Median if !is_category => say!("median", "median"),
            ImputeWith::Mean if !is_category => say!("mean", "mean"),
            _ => say!("mostFrequent", "most frequent value"),
        };
        let gaps_in = match gaps {
            1 => say!("oneGap", "1 gap"),
            _ => say!("gaps", "{count} gaps", count = gaps),
        };
        let sentence = say!(
            "imputed",
            "{gaps} of \"{name}\" stood in for by the {value} of training rows.",
            gaps = gaps_in,
            name = name,
            value = value
        );
        Ok((0, gaps, sentence))
    }

    fn cap(&mut self, name: &str, low: f64, high: f64) -> Outcome {
        let column = self.place(name)?;
        let outside = |number: f64| number < low || number > high;
        let mut cells = 0;
        for row in self.kept() {
            let own = self.table.column(column);
            let Some(number) = own.number(own.cells()[row as usize]).filter(|&n| outside(n)) else {
                continue;
            };
            let end = if number < low { low } else { high };
            let text = own.write(end);
            self.table.column_mut(column).set(row as usize, &text);
            cells += 1;
        }
        let numbers = match cells {
            1 => say!("oneNumber", "1 number"),
            _ => say!("numbers", "{count} numbers", count = cells),
        };
        let sentence = say!(
            "capped",
            "{numbers} of \"{name}\" brought to {low}…{high}.",
            numbers = numbers,
            name = name,
            low = low,
            high = high
        );
        Ok((0, cells, sentence))
    }

    fn group(&mut self, name: &str, most: usize, to: &str) -> Outcome {
        let column = self.place(name)?;
        let mut names = classes(self.table.column(column), &self.kept());
        names.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
        let rare: BTreeSet<String> = names.into_iter().skip(most).map(|(text, _)| text).collect();
        let cells = self.replace(column, |text| rare.contains(text), to);
        let sentence = say!(
            "grouped",
            "{cells} of \"{name}\" now \"{to}\": {count} rare names.",
            cells = cells_of(cells),
            name = name,
            to = to,
            count = rare.len()
        );
        Ok((0, cells, sentence))
    }

    fn replace(&mut self, column: usize, is_old: impl Fn(&str) -> bool, to: &str) -> usize {
        let own = self.table.column(column);
        let old = |row: &u32| is_old(&own.text(own.cells()[*row as usize]));
        let rows: Vec<u32> = self.kept().into_iter().filter(old).collect();
        rows.iter().map(|&row| self.set(row as usize, column, to)).sum()
    }

    /// 1 where the text is another now.
    fn set(&mut self, row: usize, column: usize, to: &str) -> usize {
        if self.table.text(row, column) == to {
            return 0;
        }
        self.table.column_mut(column).set(row, to);
        1
    }
}

/// The rows among `rows` that equal an earlier one in every cell, ascending.
pub fn duplicates(table: &Table, rows: &[u32]) -> Vec<u32> {
    let hash = |row: u32| {
        table.columns().fold(0xcbf2_9ce4_8422_2325_u64, |hash, column| {
            let cell = column.cells()[row as usize].bits();
            let mixed = (hash ^ cell).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            mixed ^ mixed >> 32
        })
    };
    let mut hashed: Vec<(u64, u32)> = rows.iter().map(|&row| (hash(row), row)).collect();
    hashed.sort_unstable();
    let same = |a: u32, b: u32| table.columns().all(|c| c.cells()[a as usize] == c.cells()[b as usize]);
    let mut copies = Vec::new();
    for group in hashed.chunk_by(|a, b| a.0 == b.0) {
        for (index, &(_, row)) in group.iter().enumerate().skip(1) {
            if group[..index].iter().any(|&(_, earlier)| same(earlier, row)) {
                copies.push(row);
            }
        }
    }
    copies.sort_unstable();
    copies
}
