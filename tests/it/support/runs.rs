//! Brings a Spec and rows given in f64 to life in the crate.

use super::reference::{Targets, Tensor};
use serde_json::Value;
use trainyard::data::Dataset;
use trainyard::error::Result;
use trainyard::run::{Run, Spec};

/// A run over `inputs` and `targets` with its parameters set.
///
/// # Errors
/// What the crate refuses.
pub fn open(
    spec: &Value,
    inputs: &Tensor,
    targets: &Targets,
    classes: Option<usize>,
    parameters: &[f64],
) -> Result<Run> {
    let targets = match targets {
        Targets::Values(values) => narrow(&values.data),
        Targets::Classes(indices) => indices.iter().map(|&class| class as f32).collect(),
    };
    let mut run = of_rows(spec, narrow(&inputs.data), targets, inputs.shape[1..].to_vec(), classes)?;
    run.set_parameters(&narrow(parameters))?;
    Ok(run)
}

/// A run over rows of `shape`.
///
/// # Errors
/// What the crate refuses.
pub fn of_rows(
    spec: &Value,
    inputs: Vec<f32>,
    targets: Vec<f32>,
    shape: Vec<usize>,
    classes: Option<usize>,
) -> Result<Run> {
    Run::new(Spec::from_json(spec)?, Some(Dataset::from_rows(inputs, targets, shape, classes)?))
}

pub fn narrow(values: &[f64]) -> Vec<f32> {
    values.iter().map(|&value| value as f32).collect()
}

/// Cuts flat numbers into tensors of the given shapes.
pub fn tensors<'a, T>(flat: &'a [T], shapes: &[Vec<usize>]) -> Vec<&'a [T]> {
    let mut rest = flat;
    let mut cut = |shape: &Vec<usize>| {
        let (tensor, after) = rest.split_at(shape.iter().product());
        rest = after;
        tensor
    };
    let tensors = shapes.iter().map(&mut cut).collect();
    assert!(rest.is_empty(), "{} numbers too many", rest.len());
    tensors
}
