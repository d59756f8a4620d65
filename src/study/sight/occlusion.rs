//! Occlusion: what is left of an answer when a part of the image is covered (Zeiler, Fergus 2014).

use super::{check_class, check_image, image_of, output_of};
use crate::error::{Error, Result, decimal};
use crate::run::Run;
use std::ops::Range;

/// What is laid over the image.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cover {
    /// Its side, in pixels.
    pub size: usize,
    /// Its ink, in the data's units.
    pub ink: f64,
}

/// The output of a class (its probability, with cross-entropy) with a square laid over the image, its middle on one pixel
/// after the other; at the edges only a part of it lies on the image. `rows`: of pixels, for an image in slices.
///
/// # Shapes
/// `pixels`: `[channel][y][x]` · result: `[y][x]` of the rows asked for
///
/// # Errors
/// Rows that are no images, targets that are no classes, a class that isn't there, another number of pixels, a square that
/// is larger than the image or has no finite ink.
pub fn occlusion(
    run: &mut Run,
    pixels: &[f64],
    class: usize,
    cover: Cover,
    rows: Range<usize>,
) -> Result<Vec<f64>> {
    let classes = check_class(run, class)?;
    let image = image_of(run)?;
    check_image(image, pixels)?;
    let most = image.height.min(image.width);
    if !(1..=most).contains(&cover.size) {
        return Err(Error::Spec {
            path: "size".into(), what: format!("{} is outside 1…{most}", cover.size)
        });
    }
    if !cover.ink.is_finite() {
        let what = format!("{} is not a finite number", decimal(cover.ink));
        return Err(Error::Spec { path: "ink".into(), what });
    }
    let mut covered = Vec::new();
    for y in rows.start..rows.end.min(image.height) {
        for x in 0..image.width {
            let first = covered.len();
            covered.extend_from_slice(pixels);
            let span = |middle: usize, side: usize| {
                let start = middle.saturating_sub(cover.size / 2);
                start..(middle + cover.size - cover.size / 2).min(side)
            };
            for channel in 0..image.channels {
                for y in span(y, image.height) {
                    let line = first + (channel * image.height + y) * image.width;
                    span(x, image.width).for_each(|x| covered[line + x] = cover.ink);
                }
            }
        }
    }
    let outputs = run.classify(&covered)?.outputs;
    let (output, sign) = output_of(classes, class);
    let width = run.plan().output().len;
    let takes_logits = run.plan().loss.takes_logits();
    let of_class = |row: &[f64]| match sign < 0.0 {
        true if takes_logits => 1.0 - row[output],
        true => -row[output],
        false => row[output],
    };
    Ok(outputs.chunks_exact(width).map(of_class).collect())
}
