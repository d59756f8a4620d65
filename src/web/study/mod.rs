//! Many runs, as JavaScript asks for them. Options are plain objects that may hold typed arrays; what isn't known is refused.

mod folds;
mod options;
mod scores;
mod types;

pub use folds::folds;
pub use scores::{ThresholdSweep, scores};
