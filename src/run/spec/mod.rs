//! The experiment as one JSON document, versioned: page, URL, files and API all speak it.
//!
//! Reading fills in defaults and checks every field once, here, where it enters; what doesn't fit is
//! refused with its path, the value and the allowed range. A field stands once: its row in a table
//! ([`kind`]), and below it, in the same file, its reader and its writer; emit.rs makes the schemas of the tables.

#[cfg(feature = "layers")]
mod augment;
#[cfg(feature = "table")]
mod corrupt;
mod data;
#[cfg(all(feature = "table", not(target_arch = "wasm32")))]
mod emit;
mod fields;
mod kind;
mod layers;
mod model;
mod optimizer;
#[cfg(feature = "table")]
mod points;
#[cfg(feature = "table")]
mod reading;
mod table;
mod training;

pub(super) use data::unknown_source;
pub use data::{DataSpec, SourceSpec};
#[cfg(all(feature = "table", not(target_arch = "wasm32")))]
pub use emit::{json_schema, page_schema};
#[cfg(feature = "table")]
pub use reading::read as read_options;
pub use table::write_cleaning_step;
pub use training::{ClassWeights, TrainingSpec};

use crate::error::Result;
use crate::json::Value;
use crate::nn::ModelSpec;
use fields::Fields;
use kind::{Object, choice, integer, names, object};

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

static ENGINE_NAMES: [&str; ENGINES.len()] = names(&ENGINES);

/// All there is of a document; each part's own table stands beside its reader.
static SPEC: Object = Object(&[
    integer("version", 1, 1, 1),
    integer("seed", 7, 0, u32::MAX),
    choice("engine", "auto", &ENGINE_NAMES),
    object("data", &data::DATA),
    object("model", &model::MODEL),
    object("training", &training::TRAINING),
]);

/// The whole experiment.
#[derive(Debug, Clone, PartialEq)]
pub struct Spec {
    /// Master seed of the four random streams: data, split, initialization, order.
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
        let fields = Fields::new("", Some(document), &SPEC)?;
        fields.integer("version")?;
        Ok(Spec {
            seed: fields.integer("seed")?,
            engine: fields.choice("engine", &ENGINES)?,
            data: data::read(fields.get("data"))?,
            model: model::read(fields.get("model"))?,
            training: training::read(fields.get("training"))?,
        })
    }

    /// The full document, defaults included.
    pub fn to_json(&self) -> Value {
        SPEC.write(&mut [
            Self::VERSION.into(),
            self.seed.into(),
            fields::name_of(&self.engine, &ENGINES).into(),
            data::write(&self.data),
            model::write(&self.model),
            training::write(&self.training),
        ])
    }
}
