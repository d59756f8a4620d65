//! What a filter or a class would like to see: an image that excites it, found by climbing its gradient. Kept plausible by
//! what earlier work found to help: a pull towards blank (Simonyan, Vedaldi, Zisserman 2013), some blur (Yosinski et al. 2015)
//! and small shifts (Mordvintsev, Olah, Tyka 2015).

use super::lens::{Field, Lens};
use super::{check_class, output_of};
use crate::error::{Error, Result};
use crate::rng::{Purpose, Stream};
use crate::run::Run;

/// Steps of a whole dream.
const STEPS: usize = 160;
/// How far a step goes: what a pixel moves by on average, of its range; in the end a fifth of that.
const RATE: f64 = 0.06;
/// The share by which every pixel is pulled towards blank a step; a quarter of it where a filter reads a part of the image.
const PULL: f64 = 0.02;
/// Each so many steps the image is blurred a bit, but not in the last quarter.
const BLUR_EVERY: usize = 4;
/// The share of its neighbors in a blurred pixel.
const BLUR: f64 = 0.35;
/// Shifts go so many pixels each way.
const SHIFT: i64 = 1;

/// What is dreamt of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DreamOptions {
    /// Number of the layer among the plan's layers.
    pub layer: usize,
    /// Its channel or unit; in the output layer, the class.
    pub unit: usize,
    /// Of where it begins and how it is shifted.
    pub seed: u32,
}

/// An image that climbs, some steps at a time. Of a convolution, the place in the middle of the filter's map is excited, so
/// the image is blank outside its field; of a dense layer the unit, and in the output layer the class's output.
pub struct Dream {
    options: DreamOptions,
    /// Sums before the activation: they have a slope where a rectifier gives none.
    sums: Lens,
    own: Lens,
    /// One number of the layer, and the sign with which it is to rise.
    target: (usize, f32),
    place: [usize; 2],
    field: Field,
    /// From 0 to 1 of the range of the data's pixels.
    image: Vec<f64>,
    range: [f64; 2],
    step: usize,
}

impl Dream {
    /// Begins with blank paper and a trace of noise.
    ///
    /// # Errors
    /// Those of [`Lens::new`]; a unit or class that isn't there.
    pub fn new(run: &Run, options: DreamOptions) -> Result<Dream> {
        let DreamOptions { layer, unit, seed } = options;
        let sums = Lens::new(run, layer, true)?;
        let own = Lens::new(run, layer, false)?;
        let [channels, height, width] = sums.shape();
        let is_output = layer + 1 == run.plan().layers().count();
        let (channel, sign) = match is_output && run.plan().task.classes().is_some() {
            true => output_of(check_class(run, unit)?, unit),
            false if unit < channels => (unit, 1.0),
            false => {
                let what = format!("{unit} is outside 0…{}", channels - 1);
                return Err(Error::Spec { path: "unit".into(), what });
            }
        };
        let place = [height / 2, width / 2];
        let field = sums.field(place[0], place[1]);
        let pixels = run.data().inputs.iter();
        let range = pixels.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], &ink| {
            [if ink < low { ink } else { low }, if ink > high { ink } else { high }]
        });
        let mut stream = Stream::new(seed, Purpose::Dream, 0);
        let size = sums.image().size();
        let image = (0..size).map(|_| 0.1 * f64::from(stream.uniform())).collect();
        let target = ((channel * height + place[0]) * width + place[1], sign);
        Ok(Dream { options, sums, own, target, place, field, image, range, step: 0 })
    }

    /// Goes on with as many steps; the share of all that were taken, 1 when it is over.
    pub fn advance(&mut self, steps: usize) -> f64 {
        for _ in 0..steps.min(STEPS - self.step) {
            self.climb();
        }
        self.step as f64 / STEPS as f64
    }

    fn climb(&mut self) {
        self.step += 1;
        let left = 1.0 - self.step as f64 / STEPS as f64;
        // A filter's place is fixed in the image: what is shifted there would be blurred, no more.
        let [height, width] = self.sides();
        let is_whole = [self.field.height, self.field.width] == [height as i64, width as i64];
        let mut stream = Stream::new(self.options.seed, Purpose::Dream, self.step as u32);
        let mut draw = || if is_whole { i64::from(stream.below(2 * SHIFT as u32 + 1)) - SHIFT } else { 0 };
        let [down, across] = [draw(), draw()];
        let mut image = self.moved(&self.image, down, across);
        let gradient = self.gradient(&image);
        // By the pixels that it reads: those of a filter are few.
        let read = gradient.iter().filter(|&&g| g != 0.0).count();
        let length = (gradient.iter().map(|g| g * g).sum::<f64>() / read.max(1) as f64).sqrt();
        if length > 0.0 && length.is_finite() {
            let rate = RATE * (0.2 + 0.8 * left) / length;
            image.iter_mut().zip(&gradient).for_each(|(ink, g)| *ink += rate * g);
        }
        let pull = if is_whole { PULL } else { PULL / 4.0 };
        image.iter_mut().for_each(|ink| *ink *= 1.0 - pull);
        if self.step.is_multiple_of(BLUR_EVERY) && left > 0.25 && is_whole {
            image = self.blurred(&image);
        }
        // Written so that a NaN becomes blank.
        image.iter_mut().for_each(|ink| *ink = if *ink > 0.0 { ink.min(1.0) } else { 0.0 });
        self.image = self.moved(&image, -down, -across);
    }

    fn sides(&self) -> [usize; 2] {
        [self.sums.image().height, self.sums.image().width]
    }

    /// Of the target, in the image from 0 to 1.
    fn gradient(&mut self, image: &[f64]) -> Vec<f64> {
        let [low, high] = self.range;
        let pixels: Vec<f64> = image.iter().map(|ink| low + (high - low) * ink).collect();
        let mut weights = vec![0.0; self.sums.shape().iter().product()];
        weights[self.target.0] = self.target.1;
        let (_, gradient) = self.sums.gradient(&pixels, &weights);
        gradient.into_iter().map(|g| g * (high - low)).collect()
    }

    /// The image, moved; what leaves at one edge enters at the other.
    fn moved(&self, image: &[f64], down: i64, across: i64) -> Vec<f64> {
        let [height, width] = self.sides();
        let from = |at: usize, by: i64, side: usize| (at as i64 - by).rem_euclid(side as i64) as usize;
        let pixel = |at: usize| {
            let (plane, y, x) = (at / (height * width), at / width % height, at % width);
            image[(plane * height + from(y, down, height)) * width + from(x, across, width)]
        };
        (0..image.len()).map(pixel).collect()
    }

    /// Each pixel with a share of the mean of the four beside it.
    fn blurred(&self, image: &[f64]) -> Vec<f64> {
        let sides = [
            self.moved(image, 1, 0),
            self.moved(image, -1, 0),
            self.moved(image, 0, 1),
            self.moved(image, 0, -1),
        ];
        let around = |at: usize| sides.iter().map(|side| side[at]).sum::<f64>() / 4.0;
        image.iter().enumerate().map(|(at, ink)| (1.0 - BLUR) * ink + BLUR * around(at)).collect()
    }

    /// The image as it is now, in the data's units; outside the field of a filter it is blank.
    pub fn pixels(&self) -> Vec<f64> {
        let [low, high] = self.range;
        let [height, width] = self.sides();
        let Field { top, left, height: tall, width: wide } = self.field;
        let pixel = |(at, &ink): (usize, &f64)| {
            let (y, x) = ((at / width % height) as i64, (at % width) as i64);
            let is_inside = (top..top + tall).contains(&y) && (left..left + wide).contains(&x);
            if is_inside { low + (high - low) * ink } else { low }
        };
        self.image.iter().enumerate().map(pixel).collect()
    }

    /// What the unit gives for it, after its activation; of the first of two classes, what speaks for it.
    pub fn value(&mut self) -> f32 {
        let encoded = self.own.encode(&self.pixels());
        self.own.values(&encoded)[self.target.0] * self.target.1
    }

    /// The part of the image that counts.
    pub fn field(&self) -> Field {
        self.field
    }

    /// Where in its map the filter is excited: y and x.
    pub fn place(&self) -> [usize; 2] {
        self.place
    }
}
