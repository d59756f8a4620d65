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

    /// What it says, without the word that it is the GPU's: for sentences about the GPU.
    #[cfg(feature = "gpu")]
    pub(crate) fn words(&self) -> String {
        match self {
            Error::Gpu { what } => what.clone(),
            other => other.to_string(),
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
    // Such as 1.25, 3.0 or 6.02e-23: the shortest digits that stand for this number.
    let mut buffer = zmij::Buffer::new();
    let (mut digits, mut point, mut sign, mut exponent) = (String::new(), None, 0, 0);
    for byte in buffer.format_finite(number.abs()).bytes() {
        match byte {
            b'.' => point = Some(digits.len()),
            b'e' => sign = 1,
            b'+' => {}
            b'-' => sign = -1,
            _ if sign != 0 => exponent = exponent * 10 + i32::from(byte - b'0'),
            _ => digits.push(char::from(byte)),
        }
    }
    let whole = point.unwrap_or(digits.len());
    if digits.len() > whole && digits.ends_with('0') {
        digits.pop(); // of 3.0
    }
    // Digits count from the first of them; zeros stand before and after, one of them before the point.
    let (point, len) = (whole as i32 + sign * exponent, digits.len() as i32);
    let mut text = String::from(if number.is_sign_negative() { "-" } else { "" });
    for place in (point - 1).min(0)..point.max(len) {
        if place == point {
            text.push('.');
        }
        let digit = usize::try_from(place).ok().and_then(|place| digits.as_bytes().get(place));
        text.push(digit.map_or('0', |&digit| char::from(digit)));
    }
    text
}

/// Sizes in a message, as `Debug` writes them, which would bring 1 KB of code that writes anything: `[3, 28, 28]`.
pub fn list(sizes: &[usize]) -> String {
    let sizes: Vec<String> = sizes.iter().map(usize::to_string).collect();
    format!("[{}]", sizes.join(", "))
}
