//! Many runs, and what is to be made of them: how good a model is, how sure that is, and which one to take.
//!
//! * [`mod@scores`]: what outputs are worth beside their targets, with intervals.
//! * [`mod@folds`]: rows dealt into groups that validate in turn; [`folding`]: each of them as a run, and its scores.
//! * [`summary`]: scores of many runs as one. [`mod@verdict`]: whether a larger model is worth it, by a written rule.
//! * [`baselines`]: what simpler models make of the same rows.
//! * [`surface`]: the loss around where a run stands.
//! * [`sight`]: what a network of images sees.
//! * [`search`]: which settings to try, and for how long.

pub mod baselines;
pub mod folding;
pub mod folds;
pub mod scores;
pub mod search;
pub mod sight;
mod student;
pub mod summary;
pub mod surface;
pub mod verdict;

pub use folding::{By, Folding, FoldingOptions, Meaning, score_part};
pub use folds::{FoldOptions, Folds, folds};
pub use scores::{Given, Scores, scores};
pub use summary::{Summary, summarize};
pub use surface::{Directions, Plane};
pub use verdict::{Rule, Verdict, verdict};
