//! Many runs, and what is made of them.

mod folding;
mod folds;
mod golden;
mod intervals;
mod ranking;
mod refusals;
mod search;
mod sight;
mod surface;
mod verdict;
