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
    let spec = Spec::from_json(spec)?;
    let targets = match targets {
        Targets::Values(values) => narrow(&values.data),
        Targets::Classes(indices) => indices.iter().map(|&class| class as f32).collect(),
    };
    let shape = inputs.shape[1..].to_vec();
    let dataset = Dataset::from_rows(narrow(&inputs.data), targets, shape, classes)?;
    let mut run = Run::new(spec, Some(dataset))?;
    run.set_parameters(&narrow(parameters))?;
    Ok(run)
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
