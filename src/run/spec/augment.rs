//! `data.augment`: how training images are varied.

use super::fields::Fields;
use super::kind::{Object, number};
use crate::data::Augmentation;
use crate::error::Result;
use crate::json::Value;

pub(super) static AUGMENT: Object = Object(&[
    number("shift", 0.0, 0.0, 0.5).unit("share of the side"),
    number("rotate", 0.0, 0.0, 180.0).unit("degrees"),
    number("scale", 0.0, 0.0, 0.5).unit("share of the size"),
    number("noise", 0.0, 0.0, 0.5).unit("share of the range of the pixels"),
]);

pub(super) fn read(value: Option<&Value>) -> Result<Augmentation> {
    let fields = Fields::new("data.augment", value, &AUGMENT)?;
    Ok(Augmentation {
        shift: fields.number("shift")?,
        rotate: fields.number("rotate")?,
        scale: fields.number("scale")?,
        noise: fields.number("noise")?,
    })
}

/// Null where nothing is varied: documents from before the field lack it too.
pub(super) fn write(augment: &Augmentation) -> Value {
    if augment.is_none() {
        return Value::Null;
    }
    let Augmentation { shift, rotate, scale, noise } = *augment;
    AUGMENT.write(&mut [shift.into(), rotate.into(), scale.into(), noise.into()])
}
