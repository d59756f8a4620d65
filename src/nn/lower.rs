//! Lowering: layers, whose shapes are checked once here, become ops over arenas.

use super::activation::Activation;
use super::layers::{DenseSpec, Kind, ModelSpec};
use super::loss::{ClassWeighting, Loss, LossSpec};
use super::plan::{Image, InputGradient, Op, Plan, Role, Slot, Tensor};
use crate::data::Task;
use crate::error::{Error, Result, list};
use std::ops::Range;

/// Numbers that a model may learn, and features that a row may have in all its layers together: some copies of the one,
/// and of the other for a few hundred rows, have to fit the four gigabytes that WebAssembly can address.
const MOST_PARAMETERS: usize = 1 << 26;
const MOST_FEATURES: usize = 1 << 20;

impl Plan {
    /// Lowers `model` for rows of `shape` (`[features]`, or `[channels, height, width]`).
    /// `weighting` says how much each class counts.
    ///
    /// # Errors
    /// A layer that doesn't fit its input, or with which the model gets too large; a loss that doesn't fit the task or
    /// the output activation.
    pub fn lower(
        model: &ModelSpec,
        loss: LossSpec,
        weighting: ClassWeighting,
        shape: &[usize],
        task: Task,
    ) -> Result<Plan> {
        let loss = loss.resolve(task)?;
        weighting.check(loss, task)?;
        if loss.takes_logits() && model.output_activation != Activation::Linear {
            return Err(Error::Spec {
                path: "model.outputActivation".into(),
                what: "cross-entropy takes logits, so only \"linear\" may follow the output layer".into(),
            });
        }
        let mut lowering = Lowering::new(shape);
        for (index, layer) in model.layers.iter().enumerate() {
            lowering.path = format!("layers.{index}");
            let fits = layer.lower(&mut lowering).and_then(|()| lowering.check_size());
            fits.map_err(|what| Error::Model { layer: index, what })?;
        }
        lowering.path = format!("layers.{}", model.layers.len());
        let output = DenseSpec { units: Loss::outputs(task), activation: model.output_activation };
        let fits = output.lower(&mut lowering).and_then(|()| lowering.check_size());
        fits.map_err(|what| Error::Model { layer: model.layers.len(), what })?;
        Ok(lowering.finish(loss, weighting, task))
    }
}

/// What doesn't fit, as a sentence.
pub(super) type Fit<T = ()> = std::result::Result<T, String>;

/// The state of lowering: what has been placed, and where and of what shape the last result is.
pub(super) struct Lowering {
    /// The name of the layer's tensors.
    pub(super) path: String,
    pub(super) ops: Vec<Op>,
    tensors: Vec<Tensor>,
    parameters: usize,
    /// Numbers that are kept from step to step, so far.
    pub(super) buffers: usize,
    features: usize,
    input: Slot,
    /// The last result, and its shape.
    pub(super) last: Slot,
    pub(super) shape: Vec<usize>,
}

impl Lowering {
    fn new(shape: &[usize]) -> Self {
        let inputs = shape.iter().product();
        let input = Slot { start: 0, len: inputs };
        Lowering {
            path: String::new(),
            ops: vec![],
            tensors: vec![],
            parameters: 0,
            buffers: 0,
            features: inputs,
            input,
            last: input,
            shape: shape.to_vec(),
        }
    }

    fn check_size(&self) -> Fit {
        if self.parameters <= MOST_PARAMETERS && self.features <= MOST_FEATURES {
            return Ok(());
        }
        Err("with it the model is larger than 67,108,864 parameters, or 1,048,576 numbers a row in all layers"
            .into())
    }

    /// The last result as an image.
    pub(super) fn image(&self, who: &str) -> Fit<Image> {
        match self.shape[..] {
            [channels, height, width] => Ok(Image { channels, height, width }),
            _ => Err(format!(
                "{who} needs an image of [channels, height, width], but gets {}",
                list(&self.shape)
            )),
        }
    }

    /// A slot of `len` features right behind the next output.
    pub(super) fn behind(&self, outputs: usize, len: usize) -> Slot {
        Slot { start: self.features.saturating_add(outputs), len }
    }

    /// Adds an op on the last result that has `outputs` outputs and keeps `kept` features behind them.
    pub(super) fn push(&mut self, kind: Kind, outputs: usize, kept: usize) {
        let output = Slot { start: self.features, len: outputs };
        self.features = self.features.saturating_add(outputs).saturating_add(kept);
        self.ops.push(Op { kind, input: self.last, output, input_gradient: InputGradient::Skip });
        self.last = output;
    }

    /// Adds a tensor of parameters: the shape and the name that PyTorch has for it.
    pub(super) fn tensor(
        &mut self,
        name: &str,
        role: Role,
        shape: &[usize],
        fan_in: usize,
        fan_out: usize,
    ) -> Range<usize> {
        let name = format!("{}.{name}", self.path);
        let tensor = Tensor { name, role, shape: shape.to_vec(), offset: self.parameters, fan_in, fan_out };
        let range = tensor.range();
        self.parameters = range.end;
        self.tensors.push(tensor);
        range
    }

    fn finish(mut self, loss: Loss, weighting: ClassWeighting, task: Task) -> Plan {
        hand_back(&mut self.ops, Some(self.input));
        let Lowering { ops, tensors, parameters, buffers, features, input, .. } = self;
        Plan { ops, tensors, parameters, buffers, features, input, loss, weighting, task }
    }
}

/// Says of each op what backward does with the gradient of its inputs. Walking backward, the first to reach a slot writes
/// its gradient and the others add. Where nobody asks for that of the model's inputs, these want none.
pub(super) fn hand_back(ops: &mut [Op], unwanted: Option<Slot>) {
    let mut written: Vec<Slot> = vec![];
    let mut reach = |slot: Slot| {
        if Some(slot) == unwanted {
            InputGradient::Skip
        } else if written.contains(&slot) {
            InputGradient::Add
        } else {
            written.push(slot);
            InputGradient::Write
        }
    };
    for op in ops.iter_mut().rev() {
        op.input_gradient = reach(op.input);
        if let Kind::Add(add) = &mut op.kind {
            add.other_gradient = reach(add.other);
        }
    }
}
