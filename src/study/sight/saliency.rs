//! Saliency: which pixels an answer hangs on, by the gradient (Simonyan, Vedaldi, Zisserman 2013).

use super::lens::Lens;
use super::{check_class, check_image, image_of, output_of};
use crate::error::Result;
use crate::run::Run;

/// The gradient of a class's raw output (a logit, with cross-entropy) in each pixel of an image in the data's units, in
/// evaluation: by how much the output changes per unit of ink. Of two classes the first one's is the second's with the
/// other sign.
///
/// # Shapes
/// `pixels` and the result: `[channel][y][x]`
///
/// # Errors
/// Rows that are no images, targets that are no classes, a class that isn't there, another number of pixels.
pub fn saliency(run: &Run, pixels: &[f64], class: usize) -> Result<Vec<f64>> {
    let classes = check_class(run, class)?;
    check_image(image_of(run)?, pixels)?;
    let mut lens = Lens::new(run, run.plan().layers().count() - 1, false)?;
    let (output, sign) = output_of(classes, class);
    let mut weights = vec![0.0; lens.shape()[0]];
    weights[output] = sign;
    Ok(lens.gradient(pixels, &weights).1)
}
