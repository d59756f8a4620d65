//! One layer, as it follows from the inputs: what it gives, where it looks, and what moves it.

use super::image_of;
use crate::data::encode::Statistic;
use crate::engine::cpu::CpuEngine;
use crate::error::{Error, Result};
use crate::nn::layers::Kind;
use crate::nn::plan::{Image, Slot};
use crate::nn::{Activation, Plan};
use crate::run::Run;
use crate::train::Optimizer;

/// The part of the image that a place of a layer follows from: its receptive field. With padding it may reach over the edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// First row of pixels.
    pub top: i64,
    /// First column.
    pub left: i64,
    /// Rows.
    pub height: i64,
    /// Columns.
    pub width: i64,
}

impl Field {
    /// The least field that has both in it.
    fn with(self, other: Field) -> Field {
        let (top, left) = (self.top.min(other.top), self.left.min(other.left));
        let bottom = (self.top + self.height).max(other.top + other.height);
        let right = (self.left + self.width).max(other.left + other.width);
        Field { top, left, height: bottom - top, width: right - left }
    }

    /// What a window of `size`, moved by `stride`, reads for these places.
    fn under(self, size: usize, stride: usize, before: [usize; 2]) -> Field {
        let (size, stride) = (size as i64, stride as i64);
        Field {
            top: self.top * stride - before[0] as i64,
            left: self.left * stride - before[1] as i64,
            height: (self.height - 1) * stride + size,
            width: (self.width - 1) * stride + size,
        }
    }
}

/// A layer with weights, on parameters of its own as they stood.
pub struct Lens {
    engine: CpuEngine,
    shape: [usize; 3],
    image: Image,
    statistics: Vec<Statistic>,
}

impl Lens {
    /// The layer number `layer` of [`Plan::layers`]; with `before_activation`, its sums alone.
    ///
    /// # Errors
    /// [`Error::Data`] for rows that are no images, [`Error::Spec`] for a layer that isn't there.
    pub fn new(run: &Run, layer: usize, before_activation: bool) -> Result<Lens> {
        let image = image_of(run)?;
        let Some(mut plan) = run.plan().up_to(layer) else {
            let last = run.plan().layers().count() - 1;
            let what = format!("layer {layer} is outside 0…{last}");
            return Err(Error::Spec { path: "layer".into(), what });
        };
        if let (true, Some(op)) = (before_activation, plan.ops.last_mut()) {
            let (activation, kept) = match &mut op.kind {
                Kind::Dense(dense) => (&mut dense.activation, &mut dense.kept),
                Kind::Conv2d(conv) => (&mut conv.activation, &mut conv.kept),
                _ => return Err(Error::Data { what: "the layer has no activation".into() }),
            };
            (*activation, kept.len) = (Activation::Linear, 0);
        }
        let shape = match plan.ops.last().map(|op| (&op.kind, op.output.len)) {
            Some((Kind::Conv2d(conv), _)) => [conv.to.channels, conv.to.height, conv.to.width],
            Some((_, units)) => [units, 1, 1],
            None => [0, 1, 1],
        };
        let sgd = Optimizer::Sgd { momentum: 0.0, nesterov: false };
        let mut engine = CpuEngine::new(plan, vec![], vec![], 1, &sgd, 0);
        engine.parameters_mut().copy_from_slice(run.parameters());
        engine.buffers_mut().copy_from_slice(run.buffers());
        Ok(Lens { engine, shape, image, statistics: run.encoder().statistics().to_vec() })
    }

    /// `[channels, height, width]` of what it gives; units of a dense layer are channels of one place.
    pub fn shape(&self) -> [usize; 3] {
        self.shape
    }

    /// The size of the images.
    pub fn image(&self) -> Image {
        self.image
    }

    /// What the layer gives for encoded rows, with the engine's own numbers.
    ///
    /// # Shapes
    /// `encoded`: `[rows, pixels]` · result: `[rows][channel][y][x]`
    pub fn values(&mut self, encoded: &[f32]) -> Vec<f32> {
        let rows = encoded.len() / self.image.size();
        let mut values = vec![0.0; rows * self.shape.iter().product::<usize>()];
        self.engine.predict(encoded, &mut values);
        values
    }

    /// An image in the data's units, as the model sees it.
    pub fn encode(&self, pixels: &[f64]) -> Vec<f32> {
        let plane = self.image.height * self.image.width;
        let scaled = pixels.iter().enumerate().map(|(at, &ink)| match self.statistics[at / plane] {
            Statistic { spread: 0.0, .. } => 0.0,
            Statistic { offset, spread } => ((ink - offset) / spread) as f32,
        });
        scaled.collect()
    }

    /// What the layer gives for an image in the data's units, and the gradient of `Σ weights[k] · value[k]` in its pixels.
    ///
    /// # Shapes
    /// `pixels` and the gradient: `[channel][y][x]` of the image · `weights` and the values: `[channel][y][x]` of the layer
    pub fn gradient(&mut self, pixels: &[f64], weights: &[f32]) -> (Vec<f32>, Vec<f64>) {
        let encoded = self.encode(pixels);
        let (values, gradient) = self.engine.input_gradient(&encoded, weights);
        let plane = self.image.height * self.image.width;
        let by_pixel = gradient.iter().enumerate().map(|(at, &slope)| match self.statistics[at / plane] {
            Statistic { spread: 0.0, .. } => 0.0,
            Statistic { spread, .. } => f64::from(slope) / spread,
        });
        (values, by_pixel.collect())
    }

    /// What the place (y, x) of the layer's maps looks at.
    pub fn field(&self, y: usize, x: usize) -> Field {
        let plan: &Plan = self.engine.plan();
        let whole =
            Field { top: 0, left: 0, height: self.image.height as i64, width: self.image.width as i64 };
        let mut seen: Vec<(Slot, Field)> =
            vec![(plan.output(), Field { top: y as i64, left: x as i64, height: 1, width: 1 })];
        for op in plan.ops.iter().rev() {
            let Some(&(_, field)) = seen.iter().find(|(slot, _)| *slot == op.output) else { continue };
            let below = match &op.kind {
                Kind::Conv2d(conv) => field.under(conv.kernel, conv.stride, conv.before),
                Kind::Pool2d(pool) => field.under(pool.size, pool.stride, [0, 0]),
                Kind::Dropout(_) | Kind::BatchNorm(_) | Kind::Add(_) => field,
                // Whatever takes all numbers at once looks at the whole image.
                Kind::Dense(_) | Kind::LayerNorm(_) => return whole,
            };
            for slot in [Some(op.input), op.second().map(|(other, _)| other)].into_iter().flatten() {
                match seen.iter_mut().find(|(known, _)| *known == slot) {
                    Some((_, known)) => *known = known.with(below),
                    None => seen.push((slot, below)),
                }
            }
        }
        seen.iter().find(|(slot, _)| *slot == plan.input).map_or(whole, |&(_, field)| field)
    }
}
