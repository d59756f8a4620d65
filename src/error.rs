//! The one error enum. Every message is a sentence that names what was wrong, where, and what is allowed.

use thiserror::Error;

/// What can go wrong for a caller. Divergence is a status of a run, not an error.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Error {
    /// A field of the Spec document is missing, unknown, of the wrong kind or out of range.
    #[error("{path}: {what}")]
    Spec {
        /// Dotted path of the field, e.g. `model.layers[1].units`.
        path: String,
        /// The value found and the values allowed.
        what: String,
    },
    /// The rows given by the caller don't fit the Spec or themselves.
    #[error("{what}")]
    Data {
        /// What was found and what was expected.
        what: String,
    },
    /// A split leaves a part empty that must not be.
    #[error("split: {what}")]
    Split {
        /// Which part, and how many rows there are to share.
        what: String,
    },
    /// A layer doesn't fit the shape it receives.
    #[error("model.layers[{layer}]: {what}")]
    Model {
        /// Index of the layer.
        layer: usize,
        /// The shape it got and what it needs.
        what: String,
    },
    /// A flat array has the wrong number of elements.
    #[error("{what} holds {got} numbers, expected {expected}")]
    Length {
        /// The name of the array.
        what: &'static str,
        /// How many numbers it should hold.
        expected: usize,
        /// How many it holds.
        got: usize,
    },
    /// Bytes that aren't a checkpoint of this run.
    #[error("checkpoint: {what}")]
    Checkpoint {
        /// What doesn't match.
        what: String,
    },
    /// The graphics device refused, failed or was lost.
    #[error("GPU: {what}")]
    Gpu {
        /// What happened, in the driver's words where it has some.
        what: String,
    },
}

impl Error {
    /// A stable word for the kind of error, for callers that branch on it.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Spec { .. } => "spec",
            Error::Data { .. } => "data",
            Error::Split { .. } => "split",
            Error::Model { .. } => "model",
            Error::Length { .. } => "length",
            Error::Checkpoint { .. } => "checkpoint",
            Error::Gpu { .. } => "gpu",
        }
    }

    /// The path of the offending field, where there is one.
    pub fn place(&self) -> Option<String> {
        match self {
            Error::Spec { path, .. } => Some(path.clone()),
            Error::Model { layer, .. } => Some(format!("model.layers[{layer}]")),
            _ => None,
        }
    }
}

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// A number in a message: the shortest digits that stand for it, never with an exponent, as `Display` writes them. `Display`
/// itself would bring 20 KB of code that prints numbers, beside what JSON takes anyway.
pub fn decimal(number: f64) -> String {
    if !number.is_finite() {
        let word = if number.is_nan() { "NaN" } else { "inf" };
        return if number < 0.0 { format!("-{word}") } else { word.into() };
    }
    // Such as -1.25, 3.0 or 6.02e23: the shortest digits that stand for this number.
    let mut buffer = zmij::Buffer::new();
    let shortest = buffer.format_finite(number.abs());
    let (digits, exponent) = shortest.split_once('e').unwrap_or((shortest, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut text = whole.to_owned();
    if fraction != "0" {
        text.push_str(fraction);
    }
    let point = whole.len() as i32 + exponent.parse::<i32>().unwrap_or(0);
    if point <= 0 {
        text.insert_str(0, &"0".repeat(1 + point.unsigned_abs() as usize));
    }
    let point = point.max(1) as usize;
    if point < text.len() {
        text.insert(point, '.');
    } else {
        text.push_str(&"0".repeat(point - text.len()));
    }
    if number.is_sign_negative() {
        text.insert(0, '-');
    }
    text
}
