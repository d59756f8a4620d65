//! Baselines: scikit-learn's numbers, what must hold for any rows, and what is refused.

mod golden;
mod properties;
mod refusals;

use trainyard::data::Dataset;
use trainyard::study::baselines::{Baseline, Kind, Options};

const KINDS: [&str; 7] = ["constant", "ridge", "lasso", "logistic", "knn", "tree", "forest"];

fn fit(kind: &str, options: &Options, data: &Dataset) -> Baseline {
    Baseline::fit(Kind::named(kind).unwrap(), options, data).unwrap()
}

/// Those that can predict such targets.
fn kinds_for(data: &Dataset) -> Vec<&'static str> {
    let is_fitting = |kind: &&str| Baseline::fit(Kind::named(kind).unwrap(), &small(), data).is_ok();
    KINDS.into_iter().filter(is_fitting).collect()
}

/// Few trees, for speed.
fn small() -> Options {
    Options { trees: 5, ..Options::default() }
}
