//! What leaves the page for other engines: a run described to the last number, in formats that others read.
//!
//! * [`Exporter`]: a run, opened for that.
//! * [`mod@describe`]: what it is made of, as one document. [`layers`]: its layers with the tensors of each, by the names
//!   that a PyTorch `state_dict` has. [`rows`]: its rows as people know them.
//! * [`safetensors`]: its weights, out and in. [`onnx`]: its whole predictor, raw rows in.
//! * `aliases`: which spellings count as which name.

mod aliases;
pub mod describe;
pub mod layers;
pub mod onnx;
pub mod rows;
pub mod safetensors;

use crate::data::seen::Seen;
use crate::data::{Dataset, Table};
use crate::error::{Error, Result};
use crate::run::{Run, Spec};
use std::collections::BTreeMap;

/// The version of Trainyard that every exported file names.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a table knows of an input column, beyond the data set made of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origin {
    /// What its numbers count.
    pub(crate) unit: Option<String>,
    /// Spellings that cleaning turned into a name of the column.
    pub(crate) aliases: BTreeMap<String, String>,
}

/// A run, opened to be exported: the same rows, split, encoder and weights as in the page.
pub struct Exporter {
    run: Run,
    /// One an input column; empty without a table.
    origins: Vec<Origin>,
    target_unit: Option<String>,
    /// What the caller calls the target and its classes, where rows are plain numbers.
    called: Option<(String, Vec<String>)>,
}

impl Exporter {
    /// Opens an experiment without a table; `rows` exactly when its source is `rows`.
    ///
    /// # Errors
    /// Those of [`Run::new`].
    pub fn open(spec: Spec, rows: Option<Dataset>) -> Result<Exporter> {
        Ok(Exporter { run: Run::new(spec, rows)?, origins: vec![], target_unit: None, called: None })
    }

    /// Opens an experiment on a table.
    ///
    /// # Errors
    /// Those of [`Run::of_table`].
    pub fn of_table(spec: Spec, table: &Table) -> Result<Exporter> {
        crate::run::check_takes_table(&spec)?;
        let seen = Seen::new(table, &spec.data.table)?;
        let run = Run::of_seen(spec, &seen)?;
        let unit = |column: usize| table.column(column).unit().map(str::to_owned);
        let origin = |(place, column): (usize, usize)| Origin {
            unit: unit(column),
            aliases: aliases::of(table.column(column), run.data().categories(place), &run.spec().data.table),
        };
        let origins = seen.roles.inputs().enumerate().map(origin).collect();
        let target_unit = unit(seen.roles.target);
        Ok(Exporter { run, origins, target_unit, called: None })
    }

    /// Goes on from a checkpoint of the same rows, seed and model; what was changed of its training since does not matter.
    ///
    /// # Errors
    /// Those of [`Run::branch`].
    pub fn restore(&mut self, checkpoint: &[u8]) -> Result<()> {
        self.run.branch(checkpoint)
    }

    /// Names the target and its classes, where the rows are plain numbers.
    ///
    /// # Errors
    /// Another number of classes than the run has.
    pub fn name_target(&mut self, name: String, classes: Vec<String>) -> Result<()> {
        let wanted = self.run.data().task.classes().unwrap_or(0);
        if classes.len() != wanted {
            return Err(Error::Length { what: "names of classes", expected: wanted, got: classes.len() });
        }
        self.called = Some((name, classes));
        Ok(())
    }

    /// What the target is called, where it has a name.
    pub fn target_name(&self) -> Option<&str> {
        let called = self.called.as_ref().map(|(name, _)| name);
        called.or(self.run.data().about().map(|about| &about.target)).map(String::as_str)
    }

    /// The run itself.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// The run itself, to be asked for predictions.
    pub fn run_mut(&mut self) -> &mut Run {
        &mut self.run
    }

    /// The optimizer's state: slot after slot, each a number a parameter, as [`describe`](Self::describe) has the slots.
    pub fn optimizer_state(&self) -> Vec<f32> {
        let count = self.run.plan().parameters;
        let slots = self.run.optimizer_state().chunks_exact(count.next_multiple_of(4));
        slots.flat_map(|slot| &slot[..count]).copied().collect()
    }
}
