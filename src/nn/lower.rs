//! Lowering: layers, whose shapes are checked once here, become ops over arenas.

use super::activation::Activation;
use super::layer::{LayerSpec, ModelSpec, Padding, PoolKind};
use super::loss::{ClassWeighting, Loss, LossSpec};
use super::plan::{
    BatchNorm, Conv2d, Dense, Dropout, Image, InputGradient, Kind, LayerNorm, Op, Plan, Pool2d, Present,
    Role, Slot, Tensor,
};
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
            let fits = lowering.layer(layer).and_then(|()| lowering.check_size());
            fits.map_err(|what| Error::Model { layer: index, what })?;
        }
        lowering.path = format!("layers.{}", model.layers.len());
        lowering.dense(Loss::outputs(task), model.output_activation);
        lowering.check_size().map_err(|what| Error::Model { layer: model.layers.len(), what })?;
        Ok(lowering.finish(loss, weighting, task))
    }
}

/// What doesn't fit, as a sentence.
type Fit<T = ()> = std::result::Result<T, String>;

/// The state of lowering: what has been placed, and where and of what shape the last result is.
struct Lowering {
    path: String,
    ops: Vec<Op>,
    tensors: Vec<Tensor>,
    parameters: usize,
    buffers: usize,
    features: usize,
    input: Slot,
    last: Slot,
    shape: Vec<usize>,
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

    fn layer(&mut self, layer: &LayerSpec) -> Fit {
        match layer {
            LayerSpec::Dense { units, activation } => self.dense(*units, *activation),
            &LayerSpec::Conv2d { filters, kernel, stride, padding, activation } => {
                self.conv2d(filters, kernel, stride, padding, activation)?;
            }
            &LayerSpec::Pool2d { kind, size, stride } => self.pool2d(kind, size, stride)?,
            LayerSpec::Flatten => self.shape = vec![self.last.len],
            &LayerSpec::Dropout { rate } => {
                let index = self.ops.len() as u32;
                self.push(Kind::Dropout(Dropout { rate, index }), self.last.len);
            }
            LayerSpec::LayerNorm => self.layer_norm()?,
            LayerSpec::BatchNorm => self.batch_norm()?,
            LayerSpec::Residual { layers } => self.residual(layers)?,
        }
        Ok(())
    }

    fn check_size(&self) -> Fit {
        if self.parameters <= MOST_PARAMETERS && self.features <= MOST_FEATURES {
            return Ok(());
        }
        Err("with it the model is larger than 67,108,864 parameters, or 1,048,576 numbers a row in all layers"
            .into())
    }

    /// # Shapes
    /// a row: `[inputs]` → `[units]`
    fn dense(&mut self, units: usize, activation: Activation) {
        let inputs = self.last.len;
        let weight = self.tensor("weight", Role::Weight, &[units, inputs], inputs, units);
        let bias = self.tensor("bias", Role::Bias, &[units], inputs, units);
        let kept = self.keep(units, activation);
        self.push(Kind::Dense(Dense { activation, kept, weight, bias }), units);
        self.shape = vec![units];
    }

    /// Allows the ops of image and norm layers, where they are compiled in.
    fn present() -> Fit<Present> {
        #[cfg(feature = "layers")]
        return Ok(Present);
        #[cfg(not(feature = "layers"))]
        return Err("image and norm layers take the package with all layers".into());
    }

    /// # Shapes
    /// a row: `[in, height, width]` → `[filters, height′, width′]`; "same": `height′ = ⌈height / stride⌉`, "valid":
    /// `height′ = ⌊(height − kernel) / stride⌋ + 1`, and the width likewise
    fn conv2d(
        &mut self,
        filters: usize,
        kernel: usize,
        stride: usize,
        padding: Padding,
        activation: Activation,
    ) -> Fit {
        let present = Self::present()?;
        let from = self.image("conv2d")?;
        let side = |length: usize| match padding {
            Padding::Same => Ok(length.div_ceil(stride)),
            Padding::Valid if kernel <= length => Ok((length - kernel) / stride + 1),
            Padding::Valid => Err(format!(
                "conv2d: the kernel {kernel}×{kernel} is larger than its {}×{} input; use padding \"same\"",
                from.height, from.width
            )),
        };
        let to = Image { channels: filters, height: side(from.height)?, width: side(from.width)? };
        // The reach of the kernel over all positions; "same" adds what the image lacks, half before it.
        let reach = |positions: usize| (positions - 1) * stride + kernel;
        let padded = Image {
            channels: from.channels,
            height: reach(to.height).max(from.height),
            width: reach(to.width).max(from.width),
        };
        let (missing_y, missing_x) = (padded.height - from.height, padded.width - from.width);
        let same = padding == Padding::Same;
        let before = if same { [missing_y / 2, missing_x / 2] } else { [0, 0] };
        let (fan_in, fan_out) = (from.channels * kernel * kernel, filters * kernel * kernel);
        let weight =
            self.tensor("weight", Role::Weight, &[filters, from.channels, kernel, kernel], fan_in, fan_out);
        let bias = self.tensor("bias", Role::Bias, &[filters], fan_in, fan_out);
        let kept = self.keep(to.len(), activation);
        let conv =
            Conv2d { present, activation, kept, weight, bias, from, to, kernel, stride, before, padded };
        self.push(Kind::Conv2d(conv), to.len());
        self.shape = vec![to.channels, to.height, to.width];
        Ok(())
    }

    /// # Shapes
    /// a row: `[channels, height, width]` → `[channels, height′, width′]`, `height′ = ⌊(height − size) / stride⌋ + 1`
    fn pool2d(&mut self, kind: PoolKind, size: usize, stride: usize) -> Fit {
        let present = Self::present()?;
        let from = self.image("pooling")?;
        if size > from.height.min(from.width) {
            return Err(format!(
                "pooling: the window {size}×{size} is larger than its {}×{} input",
                from.height, from.width
            ));
        }
        let side = |length: usize| (length - size) / stride + 1;
        let to = Image { channels: from.channels, height: side(from.height), width: side(from.width) };
        self.push(Kind::Pool2d(Pool2d { present, kind, from, to, size, stride }), to.len());
        self.shape = vec![to.channels, to.height, to.width];
        Ok(())
    }

    /// # Shapes
    /// a row keeps its shape, which gain and bias have too
    fn layer_norm(&mut self) -> Fit {
        let present = Self::present()?;
        let (shape, len) = (self.shape.clone(), self.last.len);
        let gain = self.tensor("weight", Role::Gain, &shape, len, len);
        let bias = self.tensor("bias", Role::Bias, &shape, len, len);
        let kept = Slot { start: self.features + len, len: 2 };
        self.push(Kind::LayerNorm(LayerNorm { present, gain, bias, kept }), len);
        self.features += kept.len;
        Ok(())
    }

    /// # Shapes
    /// a row keeps its shape `[channels, …]`; gain, bias and running statistics: `[channels]`
    fn batch_norm(&mut self) -> Fit {
        let present = Self::present()?;
        let channels = self.shape[0];
        let gain = self.tensor("weight", Role::Gain, &[channels], channels, channels);
        let bias = self.tensor("bias", Role::Bias, &[channels], channels, channels);
        let running = self.buffers..self.buffers + 2 * channels;
        self.buffers = running.end;
        let pixels = self.last.len / channels;
        self.push(Kind::BatchNorm(BatchNorm { present, gain, bias, pixels, running }), self.last.len);
        Ok(())
    }

    /// # Shapes
    /// a row keeps its shape, as its layers must
    fn residual(&mut self, layers: &[LayerSpec]) -> Fit {
        let (start, shape, path) = (self.last, self.shape.clone(), self.path.clone());
        for (index, layer) in layers.iter().enumerate() {
            self.path = format!("{path}.layers.{index}");
            self.layer(layer).map_err(|what| format!("layers[{index}]: {what}"))?;
        }
        if self.shape != shape {
            return Err(format!(
                "residual: its layers turn shape {} into {}, so their sum is not defined",
                list(&shape),
                list(&self.shape)
            ));
        }
        if self.last == start {
            return Err("residual: it needs at least one layer that computes something".into());
        }
        self.push(Kind::Add(start, InputGradient::Skip), self.last.len);
        self.path = path;
        Ok(())
    }

    /// The last result as an image.
    fn image(&self, who: &str) -> Fit<Image> {
        match self.shape[..] {
            [channels, height, width] => Ok(Image { channels, height, width }),
            _ => Err(format!(
                "{who} needs an image of [channels, height, width], but gets {}",
                list(&self.shape)
            )),
        }
    }

    /// Room behind the next output for what its activation must keep.
    fn keep(&self, outputs: usize, activation: Activation) -> Slot {
        let len = if activation.keeps_input() { outputs } else { 0 };
        Slot { start: self.features.saturating_add(outputs), len }
    }

    /// Adds an op on the last result that has `outputs` outputs, and takes room for what it keeps.
    fn push(&mut self, kind: Kind, outputs: usize) {
        let kept = match &kind {
            Kind::Dense(op) => op.kept.len,
            Kind::Conv2d(op) => op.kept.len,
            _ => 0,
        };
        let output = Slot { start: self.features, len: outputs };
        self.features = self.features.saturating_add(outputs).saturating_add(kept);
        self.ops.push(Op { kind, input: self.last, output, input_gradient: InputGradient::Skip });
        self.last = output;
    }

    fn tensor(
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
        // Walking backward, the first to reach a slot writes its gradient and the others add. The inputs of
        // the model want none.
        let input = self.input;
        let mut written: Vec<Slot> = vec![];
        let mut reach = |slot: Slot| {
            if slot == input {
                InputGradient::Skip
            } else if written.contains(&slot) {
                InputGradient::Add
            } else {
                written.push(slot);
                InputGradient::Write
            }
        };
        for op in self.ops.iter_mut().rev() {
            op.input_gradient = reach(op.input);
            if let Kind::Add(other, gradient) = &mut op.kind {
                *gradient = reach(*other);
            }
        }
        let Lowering { ops, tensors, parameters, buffers, features, .. } = self;
        Plan { ops, tensors, parameters, buffers, features, input, loss, weighting, task }
    }
}
