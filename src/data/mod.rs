//! The path of a row: [`sources`] or the caller's own rows → [`split`] → [`encode`], whose statistics come
//! from training rows only and whose columns may be derived [`features`] → [`batches`]. Between split and encoding,
//! training rows may be spoilt on purpose: `corrupt`, in builds with the feature `table`.
//!
//! Rows are row-major `f32` throughout; parts and batches are lists of row numbers, never copies of rows.

pub mod batches;
#[cfg(feature = "table")]
pub mod corrupt;
pub mod dataset;
pub mod encode;
pub mod features;
pub mod sources;
pub mod split;

pub use batches::Batches;
#[cfg(feature = "table")]
pub use corrupt::{Corruption, Damage};
pub use dataset::{Dataset, Task};
pub use encode::{Encoder, Scale};
pub use features::Feature;
pub use sources::{Source, generate, generate_imbalanced};
pub use split::{Split, SplitSpec, split};
