//! A column by which rows are dealt into folds: as groups that stay together, or as times that order them.

use super::prepare::Reading;
use super::roles::place;
use super::seen::Seen;
use super::table_spec::Kind;
use crate::error::{Error, Result};

impl Seen {
    /// The group of each of `rows` by the name that it has in a column, whatever else the column is for. Rows without a
    /// name are one group.
    ///
    /// # Errors
    /// [`Error::Spec`] at `groups` for a column that isn't there.
    pub fn groups(&self, column: &str, rows: &[u32]) -> Result<Vec<u32>> {
        let table = &self.cleaned.table;
        let own = table.column(place(table, column, "groups")?);
        let index = |name: Option<f64>| name.map_or(u32::MAX, |index| index as u32);
        Ok(Reading::values(own, Kind::Category, rows).into_iter().map(index).collect())
    }

    /// When each of `rows` is of, by a column of numbers or dates: those in days.
    ///
    /// # Errors
    /// [`Error::Spec`] at `times` for a column that isn't there, holds names, or lacks one of the rows' values.
    pub fn times(&self, column: &str, rows: &[u32]) -> Result<Vec<f64>> {
        let table = &self.cleaned.table;
        let own = table.column(place(table, column, "times")?);
        let refuse = |what: String| Error::Spec { path: "times".into(), what };
        let kind = match own.profile().base {
            Kind::Date => Kind::Date,
            Kind::Number => Kind::Number,
            _ => return Err(refuse(format!("\"{column}\" holds names, expected numbers or dates"))),
        };
        let values = Reading::values(own, kind, rows).into_iter().zip(rows);
        let value = |(value, row): (Option<f64>, &u32)| {
            value.ok_or_else(|| {
                refuse(format!("\"{column}\" is missing in row {}: drop it or fill it", row + 1))
            })
        };
        values.map(value).collect()
    }
}
