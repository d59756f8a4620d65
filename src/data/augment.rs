//! Training images, varied anew each epoch: shifted, turned, scaled, and with noise.
//!
//! What becomes of an image follows from the seed, the epoch and the row alone, so that a run can go on from any place.
//! More of one kind changes nothing in the draws of another. Only a training step asks: figures, validation and test rows
//! are of images as they are.

use crate::math::{cos, ln, scalar, sin};
use crate::rng::{Purpose, Stream};
use wide::f32x4;

/// How much an image is varied, at most; each image draws its own within that.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Augmentation {
    /// Along each axis, as a share of the image's side.
    pub shift: f64,
    /// Degrees, either way, about the middle.
    pub rotate: f64,
    /// Share of its size by which it grows or shrinks.
    pub scale: f64,
    /// Standard deviation of what is added to each number, as a share of the range of its channel among training rows.
    pub noise: f64,
}

impl Augmentation {
    /// Whether images stay as they are.
    pub fn is_none(&self) -> bool {
        *self == Augmentation::default()
    }

    fn moves(&self) -> bool {
        Augmentation { noise: 0.0, ..*self } != Augmentation::default()
    }
}

/// Varies the encoded images of one run.
#[derive(Debug, Clone)]
pub struct Variants {
    how: Augmentation,
    /// Channels, height, width.
    shape: [usize; 3],
    /// The least and the largest number of each channel among the training rows.
    ranges: Vec<[f32; 2]>,
    seed: u32,
}

impl Variants {
    /// Of images of this shape.
    ///
    /// # Shapes
    /// `encoded`: `[rows, channels · height · width]`
    pub fn new(how: Augmentation, shape: [usize; 3], encoded: &[f32], train: &[u32], seed: u32) -> Variants {
        let [channels, height, width] = shape;
        let (size, all) = (height * width, channels * height * width);
        let range = |channel: usize| {
            let pixels =
                train.iter().flat_map(|&row| &encoded[row as usize * all + channel * size..][..size]);
            pixels.fold([f32::INFINITY, f32::NEG_INFINITY], |[least, most], &x| [least.min(x), most.max(x)])
        };
        Variants { how, shape, ranges: (0..channels).map(range).collect(), seed }
    }

    /// By which the images of an epoch draw.
    pub fn key(&self, epoch: u32) -> u32 {
        Stream::new(self.seed, Purpose::Augment, epoch).next_u32()
    }

    /// The image of a training row as an epoch with this [`key`](Self::key) shows it. What comes in from beyond an edge
    /// repeats the edge's pixels. Doesn't allocate.
    ///
    /// # Shapes
    /// `image` and `to`: `[channels, height, width]`
    pub fn vary(&self, image: &[f32], key: u32, row: u32, to: &mut [f32]) {
        let mut stream = Stream::new(key, Purpose::Augment, row);
        let [turn, size, right, down] = std::array::from_fn(|_| stream.range(-1.0, 1.0));
        let [_, height, width] = self.shape;
        if self.how.moves() {
            let angle = turn * (self.how.rotate as f32).to_radians();
            let factor = 1.0 + size * self.how.scale as f32;
            let shift = self.how.shift as f32;
            let along = (scalar::cos(angle) / factor, scalar::sin(angle) / factor);
            self.move_all(image, along, [right * shift * width as f32, down * shift * height as f32], to);
        } else {
            to.copy_from_slice(image);
        }
        if self.how.noise > 0.0 {
            self.add_noise(&mut stream, to);
        }
    }

    /// Each pixel from the place that it comes from, between the four there.
    fn move_all(&self, image: &[f32], (cos, sin): (f32, f32), [right, down]: [f32; 2], to: &mut [f32]) {
        let [_, height, width] = self.shape;
        let [last_x, last_y] = [width, height].map(|side| (side - 1) as f32);
        let [middle_x, middle_y] = [last_x, last_y].map(|last| last * 0.5);
        for y in 0..height {
            let v = y as f32 - middle_y - down;
            for x in 0..width {
                let u = x as f32 - middle_x - right;
                let from_x = (middle_x + cos * u + sin * v).clamp(0.0, last_x);
                let from_y = (middle_y - sin * u + cos * v).clamp(0.0, last_y);
                let (left, top) = (from_x as usize, from_y as usize);
                let (part_x, part_y) = (from_x - left as f32, from_y - top as f32);
                let (step_x, step_y) = (usize::from(left + 1 < width), width * usize::from(top + 1 < height));
                let at = top * width + left;
                for (image, to) in image.chunks_exact(height * width).zip(to.chunks_exact_mut(height * width))
                {
                    let between = |at: usize| image[at] + part_x * (image[at + step_x] - image[at]);
                    let above = between(at);
                    to[y * width + x] = above + part_y * (between(at + step_y) - above);
                }
            }
        }
    }

    /// Normal noise (Box and Muller), within the range that the channel has.
    fn add_noise(&self, stream: &mut Stream, to: &mut [f32]) {
        let [_, height, width] = self.shape;
        for (channel, &[least, most]) in to.chunks_exact_mut(height * width).zip(&self.ranges) {
            let deviation = f32x4::splat(self.how.noise as f32 * (most - least));
            for eight in channel.chunks_mut(8) {
                let [radius, angle] =
                    std::array::from_fn(|_| f32x4::new(std::array::from_fn(|_| stream.uniform())));
                let radius = (ln(f32x4::ONE - radius) * f32x4::splat(-2.0)).sqrt() * deviation;
                let angle = angle * f32x4::splat(std::f32::consts::TAU);
                let noise = [radius * cos(angle), radius * sin(angle)].map(f32x4::to_array);
                for (pixel, noise) in eight.iter_mut().zip(noise.as_flattened()) {
                    *pixel = (*pixel + noise).clamp(least, most);
                }
            }
        }
    }
}
