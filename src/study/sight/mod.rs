//! What a network of images sees: what in an image its answer hangs on, what a filter looks for in the rows and would like to
//! see, and how readable the answer is in each layer. All of it is of the host copy, and of parameters as they stand when
//! it is asked for.

mod dream;
mod favorites;
mod lens;
mod occlusion;
mod probe;
mod saliency;

pub use dream::{Dream, DreamOptions};
pub use favorites::{Favorite, Favorites};
pub use lens::{Field, Lens};
pub use occlusion::{Cover, occlusion};
pub use probe::{Probe, ProbeOptions, Probed};
pub use saliency::saliency;

use crate::data::Task;
use crate::error::{Error, Result};
use crate::nn::plan::Image;
use crate::run::Run;

/// The size of a run's images.
///
/// # Errors
/// [`Error::Data`] where its rows are none.
fn image_of(run: &Run) -> Result<Image> {
    match run.encoder().shape() {
        &[channels, height, width] => Ok(Image { channels, height, width }),
        _ => Err(Error::Data {
            what: "the rows of this run are no images of [channels, height, width]".into(),
        }),
    }
}

/// The number of classes, of which `class` is one.
///
/// # Errors
/// [`Error::Data`] for values, [`Error::Spec`] for a class that isn't there.
fn check_class(run: &Run, class: usize) -> Result<usize> {
    let Task::Classification { classes } = run.plan().task else {
        return Err(Error::Data { what: "the targets of this run are values, not classes".into() });
    };
    if class >= classes {
        let what = format!("class {class} is outside 0…{}", classes - 1);
        return Err(Error::Spec { path: "class".into(), what });
    }
    Ok(classes)
}

/// What an output has to be multiplied by to speak for a class, and which one it is: two classes share one.
fn output_of(classes: usize, class: usize) -> (usize, f32) {
    match (classes, class) {
        (2, 0) => (0, -1.0),
        (2, _) => (0, 1.0),
        _ => (class, 1.0),
    }
}

/// One image in the data's units.
///
/// # Errors
/// [`Error::Length`] for another number of pixels.
fn check_image(image: Image, pixels: &[f64]) -> Result<()> {
    if pixels.len() == image.size() {
        return Ok(());
    }
    Err(Error::Length { what: "the image", expected: image.size(), got: pixels.len() })
}
