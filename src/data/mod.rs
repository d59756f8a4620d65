//! The path of a row: [`sources`], the caller's own rows or his table → [`mod@split`] → [`encode`], whose statistics come
//! from training rows only and whose columns may be derived [`features`] → [`batches`]. Between split and encoding,
//! training rows may be spoilt on purpose: `corrupt`, in builds with the feature `table`. Images may be varied each time a
//! training step takes them: `augment`, in builds with the feature `layers`.
//!
//! The path of a table, with the same feature: bytes → `csv`, which settles how they are to be read → `table` of cells
//! whose text is kept, each column of a `kind` → `seen`, the table under the settings of a Spec: roles resolved once, and
//! [`table_spec`]s applied by `clean`, which accounts for every row. It is asked by views for a `summary`, by the `doctor`, who
//! suspects and changes nothing, and by `prepare`, which makes rows of numbers: a name is its index, a gap NaN where
//! [`impute`] will fill it.
//!
//! `components` of encoded rows are for views: the plane on which they spread most.
//!
//! Rows are row-major: `f64` in their own units, `f32` once encoded, so that a column far from zero (seconds since 1970)
//! keeps its digits until it is centered. Parts and batches are lists of row numbers, never copies of rows.

#[cfg(feature = "audio")]
pub mod audio;
#[cfg(feature = "layers")]
pub mod augment;
pub mod batches;
#[cfg(feature = "table")]
mod calendar;
#[cfg(feature = "table")]
pub mod cell;
#[cfg(feature = "table")]
pub mod clean;
#[cfg(feature = "table")]
pub mod components;
#[cfg(feature = "table")]
pub mod compound;
#[cfg(feature = "table")]
pub mod corrupt;
#[cfg(feature = "table")]
pub mod csv;
pub mod dataset;
#[cfg(feature = "table")]
pub mod date;
#[cfg(feature = "table")]
pub mod doctor;
pub mod encode;
pub mod features;
pub mod formula;
#[cfg(feature = "table")]
mod grouping;
pub mod impute;
#[cfg(feature = "table")]
pub mod kind;
#[cfg(feature = "table")]
mod known;
#[cfg(feature = "table")]
mod marks;
#[cfg(feature = "table")]
mod noted;
#[cfg(feature = "table")]
pub mod number;
#[cfg(feature = "table")]
pub mod pool;
#[cfg(feature = "table")]
pub mod prepare;
#[cfg(feature = "table")]
pub mod reading;
#[cfg(feature = "table")]
pub mod roles;
#[cfg(feature = "table")]
pub mod said;
#[cfg(feature = "table")]
pub mod seen;
#[cfg(feature = "table")]
mod settled;
pub mod sources;
pub mod split;
#[cfg(feature = "table")]
pub mod style;
#[cfg(feature = "table")]
pub mod summary;
#[cfg(feature = "table")]
pub mod table;
pub mod table_spec;
#[cfg(feature = "table")]
mod time;
#[cfg(feature = "table")]
pub mod totals;
#[cfg(feature = "workbook")]
pub mod workbook;

#[cfg(feature = "layers")]
pub use augment::{Augmentation, Variants};
pub use batches::Batches;
#[cfg(feature = "table")]
pub use corrupt::{Corruption, Damage};
#[cfg(feature = "study")]
pub(crate) use dataset::gather;
pub use dataset::{About, Dataset, Task};
pub use encode::{Encoder, Scale};
pub use features::{Feature, FeatureSpec, MOST_FEATURES, check_count};
pub use formula::Formula;
pub use sources::{Source, generate, generate_imbalanced};
pub use split::{Split, SplitSpec, split};
#[cfg(feature = "table")]
pub use table::Table;
pub use table_spec::{CleaningStep, Kind, TableSpec};
