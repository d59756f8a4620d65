//! A table as a Spec sees it: roles resolved and cleaning steps applied once, for all who ask under the same settings.

use super::clean::{Cleaned, clean};
use super::roles::Roles;
use super::table::Table;
use super::table_spec::TableSpec;
use crate::error::Result;
use std::cell::RefCell;
use std::rc::Rc;

/// A table under the settings of a Spec. What it holds in numbers, what may be wrong with it, and the rows that a run
/// learns from all begin here.
pub struct Seen {
    /// The settings.
    pub spec: TableSpec,
    /// What each column is for.
    pub roles: Roles,
    /// The table after its cleaning steps; rows with gaps are still among those left.
    pub cleaned: Cleaned,
}

impl Seen {
    /// Resolves roles and applies cleaning steps.
    ///
    /// # Errors
    /// A Spec that doesn't fit the table.
    pub fn new(table: &Table, spec: &TableSpec) -> Result<Seen> {
        let roles = Roles::resolve(table, spec)?;
        let cleaned = clean(table, &roles, &spec.clean)?;
        Ok(Seen { spec: spec.clone(), roles, cleaned })
    }
}

/// A table and how it was last seen. Views, doctor and run ask one after the other under the same settings.
pub struct Held {
    table: Table,
    last: RefCell<Option<Rc<Seen>>>,
}

impl Held {
    /// Of a table that nobody has looked at yet.
    pub fn new(table: Table) -> Held {
        Held { table, last: RefCell::new(None) }
    }

    /// The table as it was read.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The table to change.
    pub fn table_mut(&mut self) -> &mut Table {
        self.last.replace(None);
        &mut self.table
    }

    /// The table under these settings: as before where they are the same.
    ///
    /// # Errors
    /// Those of [`Seen::new`]; what was seen before is kept then.
    pub fn seen(&self, spec: &TableSpec) -> Result<Rc<Seen>> {
        let known = self.last.borrow().as_ref().filter(|seen| seen.spec == *spec).cloned();
        match known {
            Some(seen) => Ok(seen),
            None => {
                let seen = Rc::new(Seen::new(&self.table, spec)?);
                self.last.replace(Some(Rc::clone(&seen)));
                Ok(seen)
            }
        }
    }

    /// Another handle on the same rows, which stay as they are now.
    pub fn share(&self) -> Held {
        Held { table: self.table.clone(), last: RefCell::new(self.last.borrow().clone()) }
    }
}
