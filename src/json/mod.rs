//! JSON documents: the Spec, the header of a checkpoint.
//!
//! serde_json, where the feature of that name is on. The package that everybody fetches does without, and goes by
//! [`small`]: it reads and writes the same, and takes 12 KB less of the first load. A test holds one to the other.

pub mod small;

#[cfg(feature = "serde_json")]
pub use serde_json::{Map, Value, from_slice};
#[cfg(not(feature = "serde_json"))]
pub use small::{Map, Value, from_slice};
