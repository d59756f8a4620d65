//! How widely weights are drawn: as each way's name says, by what goes into a layer and what comes out.

use crate::support::runs::of_rows;
use serde_json::json;
use trainyard::rng::{Purpose, Stream};

const INPUTS: usize = 64;
const UNITS: usize = 100;

/// Weights of a layer of 64 inputs and 100 units.
fn weights(init: &str) -> Vec<f64> {
    let spec = json!({
        "data": {"source": "rows", "scale": "none", "split": {"train": 1}},
        "model": {"layers": [{"type": "dense", "units": UNITS}], "init": init},
        "training": {"loss": "mse"}
    });
    let run = of_rows(&spec, vec![0.5; INPUTS], vec![1.0], vec![INPUTS], None).unwrap();
    run.parameters()[..INPUTS * UNITS].iter().map(|&weight| f64::from(weight)).collect()
}

#[test]
fn weights_spread_as_the_name_says() {
    let mean_fan = (INPUTS + UNITS) as f64 / 2.0;
    for (init, variance) in [
        ("glorot-uniform", 1.0 / mean_fan),
        ("glorot-normal", 1.0 / mean_fan),
        ("he-uniform", 2.0 / INPUTS as f64),
        ("he-normal", 2.0 / INPUTS as f64),
        ("lecun-uniform", 1.0 / INPUTS as f64),
        ("lecun-normal", 1.0 / INPUTS as f64),
    ] {
        let weights = weights(init);
        let count = weights.len() as f64;
        let mean = weights.iter().sum::<f64>() / count;
        let deviation = (weights.iter().map(|w| w * w).sum::<f64>() / count).sqrt();
        // Of 6400 numbers the deviation is known within a hundredth: four of those.
        assert!(
            (deviation / variance.sqrt() - 1.0).abs() <= 0.04,
            "{init}: {deviation}, not {}",
            variance.sqrt()
        );
        assert!(mean.abs() <= 4.0 * (variance / count).sqrt(), "{init}: {mean}");
        let widest = weights.iter().fold(0.0_f64, |most, w| most.max(w.abs()));
        let bound = (3.0 * variance).sqrt();
        assert_eq!(widest <= bound * 1.000_001, init.ends_with("uniform"), "{init}: {widest} and {bound}");
    }
}

#[test]
fn orthogonal_weights_are_orthonormal_along_the_shorter_side() {
    for (inputs, units) in [(3, 8), (8, 3), (8, 8), (1, 1)] {
        let spec = json!({
            "data": {"source": "rows", "scale": "none", "split": {"train": 1}},
            "model": {"layers": [{"type": "dense", "units": units}], "init": "orthogonal"},
            "training": {"loss": "mse"}
        });
        let run = of_rows(&spec, vec![0.5; inputs], vec![1.0], vec![inputs], None).unwrap();
        let at = |unit: usize, input: usize| f64::from(run.parameters()[unit * inputs + input]);
        let (count, length) = (inputs.min(units), inputs.max(units));
        let of = |k: usize, i: usize| if units <= inputs { at(k, i) } else { at(i, k) };
        for a in 0..count {
            for b in 0..count {
                let dot: f64 = (0..length).map(|i| of(a, i) * of(b, i)).sum();
                let want = f64::from(u8::from(a == b));
                assert!((dot - want).abs() <= 1e-5, "{inputs} to {units}: {a} times {b} is {dot}");
            }
        }
    }
}

#[test]
fn an_orthogonal_row_shorter_than_a_millionth_is_drawn_again() {
    // Seeds whose first number is 0.93 or 1.08 millionths, and whose second is below 0.
    for (seed, weight) in [(3_545_029, -1.0), (11_041_013, 1.0)] {
        let mut drawn = Stream::new(seed, Purpose::Init, 0);
        let (first, second) = (drawn.normal(), drawn.normal());
        assert!(first > 0.9e-6 && first < 1.1e-6 && second < 0.0, "{seed}: {first:e}, {second}");
        let spec = json!({
            "seed": seed,
            "data": {"source": "rows", "scale": "none", "split": {"train": 1}},
            "model": {"layers": [{"type": "dense", "units": 1}], "init": "orthogonal"},
            "training": {"loss": "mse"}
        });
        let run = of_rows(&spec, vec![0.5], vec![1.0], vec![1], None).unwrap();
        assert_eq!(run.parameters()[0], weight, "{first:e}, then {second}");
    }
}
