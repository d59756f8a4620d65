//! How good outputs are beside their targets: every score means what scikit-learn's of that name does.
//!
//! Sums are in f64 and in the order of the rows. A score that isn't defined is NaN: R² of one row, the AUROC of one class.

mod calibration;
mod classes;
mod interval;
mod ranking;
mod threshold;
mod values;

pub use calibration::{Bin, calibration};
pub use classes::{Averages, ClassScore, ClassScores, Curves, RESAMPLED};
pub use interval::{Interval, Method, bootstrap, wilson};
pub use ranking::{Point, Ranking};
pub use threshold::{Costs, Counts, ThresholdSweep};
pub use values::ValueScores;

use crate::data::Task;
use crate::error::{Error, Result, decimal};
use crate::nn::Loss;

/// Classes that scores tell apart: as many as a column may have names.
pub const MOST_CLASSES: usize = 1000;

/// A row's probabilities may miss a sum of 1 by so much: f32 outputs of many classes do.
const SUM_TOLERANCE: f64 = 1e-3;

/// Outputs and what they should have been.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// `[rows, columns]`: values; of two classes the probability of the second; of more a probability a class.
    pub outputs: &'a [f64],
    /// `[rows, columns]` values, or `[rows]` class indices.
    pub targets: &'a [f64],
    /// Values a row; scores of several are means over them.
    pub columns: usize,
    /// The number of classes; `None` for values.
    pub classes: Option<usize>,
    /// What each row counts: finite, at least 0, not all 0. `None` counts all alike.
    pub weights: Option<&'a [f64]>,
    /// The class of each row where it is known better than by probabilities, which may tie where raw outputs don't.
    pub decided: Option<&'a [u32]>,
    /// Whether outputs of classes are raw scores, above 0 for the second of two classes: then nothing that needs a
    /// probability is defined.
    pub is_raw: bool,
    /// Seed of the bootstrap.
    pub seed: u32,
    /// Whether intervals are wanted.
    pub with_intervals: bool,
}

impl<'a> Given<'a> {
    /// All rows alike, with intervals.
    pub fn new(outputs: &'a [f64], targets: &'a [f64], classes: Option<usize>) -> Given<'a> {
        Given {
            outputs,
            targets,
            columns: 1,
            classes,
            weights: None,
            decided: None,
            is_raw: false,
            seed: 7,
            with_intervals: true,
        }
    }
}

/// What outputs are worth.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "there are few of them, and each is read by its parts")]
pub enum Scores {
    /// Of values.
    Values(ValueScores),
    /// Of classes.
    Classes(ClassScores),
}

/// Scores outputs by their targets.
///
/// # Errors
/// [`Error::Data`] names what doesn't fit: lengths that disagree, numbers that aren't finite, classes that aren't there,
/// probabilities outside 0…1.
pub fn scores(given: &Given) -> Result<Scores> {
    let rows = check(given)?;
    let ones;
    let weights = match given.weights {
        Some(weights) => weights,
        None => {
            ones = vec![1.0; rows];
            &ones
        }
    };
    Ok(match given.classes {
        None => Scores::Values(values::score(given, weights)),
        Some(classes) => Scores::Classes(classes::score(given, classes, weights)),
    })
}

fn refuse<T>(what: String) -> Result<T> {
    Err(Error::Data { what })
}

/// The number of rows, once all fits together.
fn check(given: &Given) -> Result<usize> {
    let rows = match given.classes {
        Some(classes) => check_classes(given, classes)?,
        None => check_values(given)?,
    };
    for (name, numbers) in [("outputs", given.outputs), ("targets", given.targets)] {
        if let Some(place) = numbers.iter().position(|number| !number.is_finite()) {
            let number = decimal(numbers[place]);
            return refuse(format!("{name}[{place}]: {number} is not a finite number"));
        }
    }
    if given.classes.is_some() && !given.is_raw {
        check_probabilities(given, rows)?;
    }
    let Some(weights) = given.weights else { return Ok(rows) };
    if weights.len() != rows {
        return refuse(format!(
            "weights holds {} numbers for {rows} rows, expected one a row",
            weights.len()
        ));
    }
    if let Some(row) = weights.iter().position(|weight| !(weight.is_finite() && *weight >= 0.0)) {
        return refuse(format!(
            "weights[{row}]: {} is not a finite number of at least 0",
            decimal(weights[row])
        ));
    }
    if weights.iter().all(|&weight| weight == 0.0) {
        return refuse("weights are all 0: give one row at least some weight".into());
    }
    Ok(rows)
}

fn check_values(given: &Given) -> Result<usize> {
    let (outputs, targets, columns) = (given.outputs.len(), given.targets.len(), given.columns);
    if outputs == 0 || outputs != targets || columns == 0 || !outputs.is_multiple_of(columns) {
        let multiple =
            if columns == 1 { String::new() } else { format!(", a multiple of {columns} columns") };
        return refuse(format!(
            "outputs holds {outputs} numbers and targets {targets}, expected as many of both, at least one row{multiple}"
        ));
    }
    Ok(outputs / columns)
}

fn check_classes(given: &Given, classes: usize) -> Result<usize> {
    if !(2..=MOST_CLASSES).contains(&classes) {
        let path = "classes".into();
        return Err(Error::Spec { path, what: format!("{classes} is outside 2…{MOST_CLASSES}") });
    }
    let columns = Loss::outputs(Task::Classification { classes });
    let (rows, outputs) = (given.targets.len(), given.outputs.len());
    if rows == 0 || outputs != rows * columns {
        return refuse(format!(
            "outputs holds {outputs} numbers for {rows} rows of {classes} classes, expected {columns} a row, at least 1 row"
        ));
    }
    let is_class = |class: f64| class.fract() == 0.0 && (0.0..classes as f64).contains(&class);
    if let Some(row) = given.targets.iter().position(|&class| !is_class(class)) {
        let class = decimal(given.targets[row]);
        return refuse(format!("targets[{row}]: class {class} is not a whole number in 0…{}", classes - 1));
    }
    let Some(decided) = given.decided else { return Ok(rows) };
    if decided.len() != rows {
        return refuse(format!(
            "decided holds {} classes for {rows} rows, expected one a row",
            decided.len()
        ));
    }
    if let Some(row) = decided.iter().position(|&class| class as usize >= classes) {
        return refuse(format!("decided[{row}]: class {} is outside 0…{}", decided[row], classes - 1));
    }
    Ok(rows)
}

fn check_probabilities(given: &Given, rows: usize) -> Result<()> {
    const ADVICE: &str = "give probabilities, or say that outputs are raw scores";
    if let Some(place) = given.outputs.iter().position(|p| !(0.0..=1.0).contains(p)) {
        let number = decimal(given.outputs[place]);
        return refuse(format!("outputs[{place}]: {number} is outside 0…1: {ADVICE}"));
    }
    let columns = given.outputs.len() / rows;
    if columns == 1 {
        return Ok(());
    }
    let sums = given.outputs.chunks_exact(columns).map(|row| row.iter().sum::<f64>());
    match sums.enumerate().find(|(_, sum)| (sum - 1.0).abs() > SUM_TOLERANCE) {
        None => Ok(()),
        Some((row, sum)) => {
            refuse(format!("outputs of row {row} add up to {}, expected 1: {ADVICE}", decimal(sum)))
        }
    }
}
