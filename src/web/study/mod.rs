//! Many runs, as JavaScript asks for them. Options are plain objects that may hold typed arrays; what isn't known is refused.

mod choice;
mod cross_validate;
mod folding;
mod folds;
mod options;
mod scores;
mod sight;
mod surface;
mod types;
mod types_of_runs;

pub use choice::{halving, simplest, survivors, trials, verdict};
pub use cross_validate::cross_validate;
pub use folding::Folding;
pub use folds::folds;
pub use scores::{ThresholdSweep, scores};
pub use sight::{Dream, Favorites, Probe};
