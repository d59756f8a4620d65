//! What each column of a table is for: input, target, or nothing.

use super::kind::Why;
use super::table::Table;
use super::table_spec::{CleaningStep, Kind, TableSpec, TaskChoice};
use crate::error::{Error, Result};

/// The part of each column.
#[derive(Debug, Clone, PartialEq)]
pub struct Roles {
    /// The kind that each column counts as.
    pub kinds: Vec<Kind>,
    /// The column to predict.
    pub target: usize,
    /// Whether classes are predicted, not values.
    pub classes: bool,
}

/// Whole numbers are classes when there are at most this many of them and at least five rows of each.
const MOST_NUMBERED_CLASSES: usize = 10;

impl Roles {
    /// What the target is read as: classes are names, whatever they are written in.
    pub(super) fn target_kind(&self) -> Kind {
        if self.classes { Kind::Category } else { self.kinds[self.target] }
    }

    /// Resolves kinds, target and task: as the caller wants them, else as the columns suggest.
    ///
    /// # Errors
    /// [`Error::Spec`] for a column that isn't there, or a task that the target can't have.
    pub fn resolve(table: &Table, spec: &TableSpec) -> Result<Roles> {
        let mut kinds: Vec<Kind> = table.columns().map(|column| column.profile().kind()).collect();
        let mut by_hand = vec![false; kinds.len()];
        for (name, &kind) in &spec.kinds {
            let place = place(table, name, &format!("data.kinds.{name}"))?;
            (kinds[place], by_hand[place]) = (kind, true);
        }
        for (index, step) in spec.clean.iter().enumerate() {
            let (column, kind) = match step {
                CleaningStep::DropColumn { column } => (column, Kind::Ignore),
                CleaningStep::Treat { column, to } if !spec.kinds.contains_key(column) => (column, *to),
                CleaningStep::Group { column, .. } if !spec.kinds.contains_key(column) => {
                    (column, Kind::Category)
                }
                _ => continue,
            };
            let place = place(table, column, &format!("data.clean[{index}].column"))?;
            (kinds[place], by_hand[place]) = (kind, true);
        }
        // A last column of one class is refused by that reason: another target would be a question nobody asked.
        let is_constant = |column: usize| table.column(column).profile().why == Some(Why::Constant);
        let may_be_target =
            |&column: &usize| kinds[column] != Kind::Ignore || (!by_hand[column] && is_constant(column));
        let target = match &spec.target {
            Some(name) => place(table, name, "data.target")?,
            None => (0..kinds.len()).rev().find(may_be_target).unwrap_or(kinds.len() - 1),
        };
        // Who wants to predict a column wants it read.
        if kinds[target] == Kind::Ignore {
            kinds[target] = table.column(target).profile().base;
        }
        let profile = table.column(target).profile();
        let present = table.rows() - profile.missing;
        let numbered =
            profile.whole && profile.distinct <= MOST_NUMBERED_CLASSES && 5 * profile.distinct <= present;
        let is_named = kinds[target] == Kind::Category;
        let classes = match spec.task {
            TaskChoice::Auto => is_named || (kinds[target] == Kind::Number && numbered),
            TaskChoice::Classification => true,
            TaskChoice::Regression if is_named => {
                let name = &table.column(target).name;
                let what = format!("\"regression\" needs numbers, and the target \"{name}\" holds names");
                return Err(Error::Spec { path: "data.task".into(), what });
            }
            TaskChoice::Regression => false,
        };
        Ok(Roles { kinds, target, classes })
    }

    /// The columns that a model may learn from.
    pub fn inputs(&self) -> impl Iterator<Item = usize> {
        (0..self.kinds.len()).filter(|&column| column != self.target && self.kinds[column] != Kind::Ignore)
    }

    /// Inputs and target.
    pub fn used(&self) -> impl Iterator<Item = usize> {
        self.inputs().chain([self.target])
    }

    /// Whether the cell of a row holds a value of its column's kind.
    pub fn holds(&self, table: &Table, row: usize, column: usize) -> bool {
        let own = table.column(column);
        let cell = own.cells()[row];
        match self.kinds[column] {
            _ if own.is_missing(cell) => false,
            Kind::Number => own.number(cell).is_some() || (column == self.target && self.classes),
            Kind::Date => own.days(cell).is_some(),
            Kind::Category | Kind::Ignore => true,
        }
    }
}

/// The place of a column.
///
/// # Errors
/// [`Error::Spec`] at `path` lists the columns that there are.
pub(super) fn place(table: &Table, name: &str, path: &str) -> Result<usize> {
    table.find(name).ok_or_else(|| {
        let names: Vec<&str> = table.columns().map(|column| column.name.as_str()).take(30).collect();
        let more = if table.columns().len() > names.len() { ", …" } else { "" };
        let what = format!("\"{name}\" is not a column; there are {}{more}", names.join(", "));
        Error::Spec { path: path.into(), what }
    })
}
