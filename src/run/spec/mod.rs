//! The experiment as one JSON document, versioned: page, URL, files and API all speak it.
//!
//! Reading fills in defaults and checks every field once, here, where it enters; what doesn't fit is
//! refused with its path, the value and the allowed range. Only this module serialises; the types it
//! fills ([`DataSpec`], [`ModelSpec`], [`TrainingSpec`]) are plain data of their layers.

#[cfg(feature = "table")]
mod corrupt;
mod data;
mod fields;
mod model;
mod optimizer;
#[cfg(feature = "table")]
mod points;
#[cfg(feature = "table")]
mod reading;
mod table;
mod training;

pub use data::{DataSpec, SourceSpec};
#[cfg(feature = "table")]
pub use reading::read as read_options;
pub use table::write_remedy;

use crate::error::Result;
use crate::nn::ModelSpec;
use crate::run::document::object;
use crate::train::TrainingSpec;
use fields::Fields;
use serde_json::Value;

/// Who should compute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineChoice {
    /// Whichever is faster here.
    Auto,
    /// The CPU, bit for bit the same everywhere.
    Cpu,
    /// The GPU where there is one, the CPU elsewhere.
    Gpu,
}

const ENGINES: [(&str, EngineChoice); 3] =
    [("auto", EngineChoice::Auto), ("cpu", EngineChoice::Cpu), ("gpu", EngineChoice::Gpu)];

/// The whole experiment.
#[derive(Debug, Clone, PartialEq)]
pub struct Spec {
    /// Master seed of the four random streams: data, split, initialisation, order.
    pub seed: u32,
    /// Who should compute.
    pub engine: EngineChoice,
    /// Where rows come from and what becomes of them.
    pub data: DataSpec,
    /// The model.
    pub model: ModelSpec,
    /// How it is trained.
    pub training: TrainingSpec,
}

impl Spec {
    /// The version of the document this code reads and writes.
    pub const VERSION: u32 = 1;

    /// Reads a document; absent fields take their defaults.
    ///
    /// # Errors
    /// [`Error::Spec`](crate::error::Error::Spec) with the path of the first field that doesn't fit.
    pub fn from_json(document: &Value) -> Result<Spec> {
        let fields =
            Fields::new("", Some(document), &["version", "seed", "engine", "data", "model", "training"])?;
        fields.integer("version", Self::VERSION, Self::VERSION..=Self::VERSION)?;
        Ok(Spec {
            seed: fields.integer("seed", 7, 0..=u32::MAX)?,
            engine: fields.choice("engine", EngineChoice::Auto, &ENGINES)?,
            data: data::read(fields.get("data"))?,
            model: model::read(fields.get("model"))?,
            training: training::read(fields.get("training"))?,
        })
    }

    /// The full document, defaults included.
    pub fn to_json(&self) -> Value {
        object!({
            "version": Self::VERSION,
            "seed": self.seed,
            "engine": fields::name_of(&self.engine, &ENGINES),
            "data": data::write(&self.data),
            "model": model::write(&self.model),
            "training": training::write(&self.training),
        })
    }
}
