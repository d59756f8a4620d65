//! The rows of a run as people know them: numbers and names.

use super::Exporter;
use crate::data::{Dataset, Kind};

/// One input column over all rows.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// Numbers, NaN for a gap; of dates, days since 1970-01-01.
    Numbers(Vec<f64>),
    /// Names, empty for a gap.
    Names(Vec<String>),
}

/// What a column holds, as a document says it.
pub(super) fn kind(data: &Dataset, column: usize) -> Kind {
    let kinds = data.about().map(|about| &about.kinds);
    kinds.and_then(|kinds| kinds.get(column)).copied().unwrap_or(Kind::Number)
}

impl Exporter {
    /// The cells of an input column. Images have no columns.
    pub fn cells(&self, column: usize) -> Cells {
        let data = self.run.data();
        let (names, width) = (data.categories(column), data.width());
        let values = data.inputs.iter().skip(column).step_by(width).copied();
        if names.is_empty() {
            return Cells::Numbers(values.collect());
        }
        let name = |value: f64| if value.is_nan() { None } else { names.get(value as usize).cloned() };
        Cells::Names(values.map(|value| name(value).unwrap_or_default()).collect())
    }

    /// The names of the classes: those of a table, else their numbers; none of values.
    pub fn class_names(&self) -> Option<Vec<String>> {
        let data = self.run.data();
        let count = data.task.classes()?;
        match (&self.called, data.about()) {
            (Some((_, classes)), _) => Some(classes.clone()),
            (None, Some(about)) => Some(about.classes.clone()),
            (None, None) => Some((0..count).map(|class| class.to_string()).collect()),
        }
    }
}
