//! Many runs, and what is made of them.

mod folds;
mod golden;
mod intervals;
mod ranking;
mod refusals;
