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
