//! The layers of a model, each with its shapes, its op, and its tensors by the names that a PyTorch `state_dict` has.

use crate::nn::layers::{BatchNorm, DenseSpec, Kind, LayerSpec};
use crate::nn::plan::{Op, Plan, Tensor};
use crate::nn::{Loss, ModelSpec};
use std::ops::Range;

/// A layer where it stands in the model.
pub struct Layer<'a> {
    /// What its tensors' names begin with, such as `layers.2`.
    pub name: String,
    /// As the document has it; the output layer, which follows from the task, as a dense one.
    pub spec: LayerSpec,
    /// What computes it; flattening takes nothing. Of a residual block, the sum.
    pub op: Option<&'a Op>,
    /// Shape of a row that it is given.
    pub from: Vec<usize>,
    /// Shape of a row that it gives.
    pub to: Vec<usize>,
    /// The layers of a residual block.
    pub inner: Vec<Layer<'a>>,
}

/// Running statistics of a batch norm layer.
pub struct Buffer {
    /// Its name in a `state_dict`.
    pub name: String,
    /// Where its numbers lie among the run's.
    pub range: Range<usize>,
}

impl Layer<'_> {
    /// The tensors of its own, without those of inner layers.
    pub fn tensors<'a>(&self, plan: &'a Plan) -> impl Iterator<Item = &'a Tensor> {
        let own = format!("{}.", self.name);
        let is_own = move |name: &str| name.strip_prefix(&own).is_some_and(|rest| !rest.contains('.'));
        plan.tensors.iter().filter(move |tensor| is_own(&tensor.name))
    }

    /// Its running mean and variance, if it keeps them.
    pub fn buffers(&self) -> Vec<Buffer> {
        let Some(Kind::BatchNorm(BatchNorm { running, gain, .. })) = self.op.map(|op| &op.kind) else {
            return vec![];
        };
        let middle = running.start + gain.len();
        let buffer = |name, range| Buffer { name: format!("{}.{name}", self.name), range };
        vec![buffer("running_mean", running.start..middle), buffer("running_var", middle..running.end)]
    }
}

/// All layers, the output layer last.
pub fn layers<'a>(model: &ModelSpec, plan: &'a Plan, shape: &[usize]) -> Vec<Layer<'a>> {
    let output = DenseSpec { units: Loss::outputs(plan.task), activation: model.output_activation };
    let mut all = model.layers.clone();
    all.push(LayerSpec::Dense(output));
    let mut ops = plan.ops.iter();
    let mut shape = shape.to_vec();
    walk("layers", all, &mut ops, &mut shape)
}

fn walk<'a>(
    path: &str,
    specs: Vec<LayerSpec>,
    ops: &mut std::slice::Iter<'a, Op>,
    shape: &mut Vec<usize>,
) -> Vec<Layer<'a>> {
    let mut layers = Vec::with_capacity(specs.len());
    for (index, spec) in specs.into_iter().enumerate() {
        let name = format!("{path}.{index}");
        let from = shape.clone();
        let mut inner = vec![];
        let op = match &spec {
            LayerSpec::Flatten(_) => {
                *shape = vec![shape.iter().product()];
                None
            }
            LayerSpec::Residual(block) => {
                inner = walk(&format!("{name}.layers"), block.layers.clone(), ops, shape);
                ops.next()
            }
            _ => ops.next(),
        };
        match op.map(|op| &op.kind) {
            Some(Kind::Dense(_)) => *shape = op.map(|op| vec![op.output.len]).unwrap_or_default(),
            Some(Kind::Conv2d(conv)) => *shape = vec![conv.to.channels, conv.to.height, conv.to.width],
            Some(Kind::Pool2d(pool)) => *shape = vec![pool.to.channels, pool.to.height, pool.to.width],
            _ => {}
        }
        layers.push(Layer { name, spec, op, from, to: shape.clone(), inner });
    }
    layers
}
