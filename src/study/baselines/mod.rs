//! Baselines: what simpler models make of the same rows, so that a network can be asked whether it was worth it.
//!
//! Each means what scikit-learn's model of that name means, with its defaults, and is fitted in f64 on rows as they are
//! given: nothing is scaled. All are written here, on [`crate::rng`] and libm: the same rows, options and seed give the
//! same bits on every machine.

mod forest;
mod lasso;
mod linear;
mod logistic;
mod neighbors;
mod options;
mod ridge;
mod solve;
mod split;
mod tree;

pub use options::{Kind, OPTIONS, Options, Range};

use crate::data::{Dataset, Task};
use crate::error::{Error, Result, decimal};
use linear::Linear;
use logistic::Logistic;
use neighbors::Neighbors;
use tree::Tree;

/// As many numbers as a model or an answer may hold: a gigabyte.
const MOST_NUMBERS: usize = 1 << 27;
/// Squares of larger inputs and targets, summed over many rows, would come near the end of f64.
const LARGEST: f64 = 1e60;

/// A fitted baseline.
#[derive(Debug, Clone)]
pub struct Baseline {
    kind: Kind,
    options: Options,
    task: Task,
    width: usize,
    rows: usize,
    model: Model,
}

#[derive(Debug, Clone)]
enum Model {
    /// The mean of each target, or the share of each class.
    Constant(Vec<f64>),
    Linear(Linear),
    Logistic(Logistic),
    Neighbors(Neighbors),
    Trees(Vec<Tree>),
}

/// Weights of a linear model: outputs are inputs · weights + intercepts, and for classes their logits are.
#[derive(Debug, Clone, PartialEq)]
pub struct Coefficients {
    /// `[outputs, features]`, row-major.
    pub weights: Vec<f64>,
    /// `[outputs]`; for a class without rows to learn from −∞.
    pub intercepts: Vec<f64>,
}

impl Baseline {
    /// Fits a baseline to all rows of `data`, without shuffling or scaling them.
    ///
    /// # Errors
    /// [`Error::Data`] for a kind that can't predict such targets, for a number that isn't finite or is beyond ±1e60, and
    /// for a model that would hold more than 134,217,728 numbers.
    pub fn fit(kind: Kind, options: &Options, data: &Dataset) -> Result<Baseline> {
        let width = data.width();
        check_numbers("inputs", &data.inputs, width)?;
        check_numbers("targets", &data.targets, data.task.targets())?;
        check_task(kind, data.task)?;
        let model = match kind {
            Kind::Constant => Model::Constant(mean_target(data)),
            Kind::Ridge => Model::Linear(ridge::fit(data, options.penalty)?),
            Kind::Lasso => Model::Linear(lasso::fit(data, options.penalty)?),
            Kind::Logistic => Model::Logistic(Logistic::fit(data, options.penalty)?),
            Kind::Neighbors => Model::Neighbors(Neighbors::fit(data, options.neighbors)),
            Kind::Tree => Model::Trees(vec![tree::fit(data, options)?]),
            Kind::Forest => Model::Trees(forest::fit(data, options)?),
        };
        Ok(Baseline { kind, options: *options, task: data.task, width, rows: data.rows(), model })
    }

    /// What it predicts for rows: values in the targets' unit, or for classes their probabilities.
    ///
    /// # Shapes
    /// `inputs`: `[rows, features]` · result: `[rows, outputs]`, as [`Baseline::outputs`] says; two classes have one column,
    /// the probability of the second
    ///
    /// # Errors
    /// [`Error::Data`] for another width, a number that isn't finite or is beyond ±1e60, or too large an answer.
    pub fn predict(&self, inputs: &[f64]) -> Result<Vec<f64>> {
        let (width, outputs) = (self.width, self.outputs());
        if !inputs.len().is_multiple_of(width) {
            let what = format!("{} numbers are no whole number of rows of {width} columns", inputs.len());
            return Err(Error::Data { what });
        }
        check_numbers("inputs", inputs, width)?;
        let rows = inputs.len() / width;
        check_size("the answer", rows.saturating_mul(outputs), "ask for fewer rows at once")?;
        let mut answer = Vec::with_capacity(rows * outputs);
        // Values, or the probabilities of all classes, of which two have one column.
        let mut row_answer = vec![0.0; inner_outputs(self.task)];
        let skipped = row_answer.len() - outputs;
        let mut nearest = Vec::new();
        for row in inputs.chunks_exact(width) {
            match &self.model {
                Model::Constant(values) => row_answer.copy_from_slice(values),
                Model::Linear(linear) => linear.predict(row, &mut row_answer),
                Model::Logistic(logistic) => logistic.predict(row, &mut row_answer),
                Model::Neighbors(neighbors) => neighbors.predict(row, &mut nearest, &mut row_answer),
                Model::Trees(trees) => forest::predict(trees, row, &mut row_answer),
            }
            answer.extend_from_slice(&row_answer[skipped..]);
        }
        Ok(answer)
    }

    /// Which of them it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What it was fitted with.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// What it predicts.
    pub fn task(&self) -> Task {
        self.task
    }

    /// Numbers in a row of inputs.
    pub fn features(&self) -> usize {
        self.width
    }

    /// Rows that it was fitted to.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Columns of what it predicts: one a target; for classes one each, and for two classes one.
    pub fn outputs(&self) -> usize {
        match self.task {
            Task::Classification { classes: 2 } => 1,
            task => inner_outputs(task),
        }
    }

    /// Weights and intercepts of a linear model; none of the others.
    pub fn coefficients(&self) -> Option<Coefficients> {
        match &self.model {
            Model::Linear(linear) => Some(linear.coefficients()),
            Model::Logistic(logistic) => Some(logistic.coefficients()),
            _ => None,
        }
    }

    /// Leaves of all trees; none of the others.
    pub fn leaves(&self) -> Option<usize> {
        match &self.model {
            Model::Trees(trees) => Some(trees.iter().map(Tree::leaves).sum()),
            _ => None,
        }
    }

    /// Numbers that the model keeps of what it learned: values of a constant; weights and intercepts; all rows of the
    /// nearest neighbors; for trees a feature and a threshold a split, and the values of each leaf.
    pub fn parameters(&self) -> usize {
        match &self.model {
            Model::Constant(_) => self.outputs(),
            Model::Linear(_) | Model::Logistic(_) => self.outputs() * (self.width + 1),
            Model::Neighbors(neighbors) => neighbors.numbers(),
            Model::Trees(trees) => trees.iter().map(|tree| tree.parameters(self.outputs())).sum(),
        }
    }
}

/// Values a row, or one number a class.
fn inner_outputs(task: Task) -> usize {
    match task {
        Task::Regression { targets } => targets,
        Task::Classification { classes } => classes,
    }
}

/// The mean of each target, or the share of each class.
fn mean_target(data: &Dataset) -> Vec<f64> {
    let mut means = vec![0.0; inner_outputs(data.task)];
    match data.task {
        Task::Classification { .. } => data.targets.iter().for_each(|&class| means[class as usize] += 1.0),
        Task::Regression { targets } => {
            for row in data.targets.chunks_exact(targets) {
                means.iter_mut().zip(row).for_each(|(mean, value)| *mean += value);
            }
        }
    }
    let rows = data.rows() as f64;
    means.iter_mut().for_each(|mean| *mean /= rows);
    means
}

fn check_task(kind: Kind, task: Task) -> Result<()> {
    let what = match (kind, task) {
        (Kind::Logistic, Task::Regression { .. }) => {
            "kind: \"logistic\" predicts classes, and these targets are values: take \"ridge\" or \"lasso\", or say how many classes there are"
        }
        (Kind::Ridge | Kind::Lasso, Task::Classification { .. }) => {
            "kind: \"ridge\" and \"lasso\" predict values, and these targets are classes: take \"logistic\""
        }
        _ => return Ok(()),
    };
    Err(Error::Data { what: what.into() })
}

fn check_numbers(name: &str, values: &[f64], width: usize) -> Result<()> {
    let is_outside = |value: &f64| value.is_nan() || value.abs() > LARGEST;
    let Some(i) = values.iter().position(is_outside) else { return Ok(()) };
    let what = format!(
        "{name}, row {}, column {}: {} is not within ±1e60 (rows and columns count from 0)",
        i / width,
        i % width,
        decimal(values[i])
    );
    Err(Error::Data { what })
}

fn check_size(what: &str, numbers: usize, remedy: &str) -> Result<()> {
    if numbers <= MOST_NUMBERS {
        return Ok(());
    }
    Err(Error::Data { what: format!("{what} would hold more than {MOST_NUMBERS} numbers: {remedy}") })
}
