//! Dropout, seen through a linear net whose weights are the identity: what comes out is what was kept.

use crate::support::close::{Tolerance, assert_close};
use crate::support::reference::{Targets, Tensor};
use crate::support::runs::{narrow, open};
use serde_json::{Value, json};
use trainyard::rng::{Purpose, threefry};
use trainyard::run::{Part, Run};
use wide::u32x4;

const UNITS: usize = 32;

/// A few f32 roundings.
const ROUNDING: Tolerance = Tolerance { absolute: 1e-6, relative: 1e-6 };

fn identity() -> Vec<f64> {
    let weight = (0..UNITS * UNITS).map(|i| if i / UNITS == i % UNITS { 1.0 } else { 0.0 });
    weight.chain([0.0; UNITS]).collect()
}

/// `rows` rows of ones that should become zeros, through layers and the identity.
fn through(layers: Value, rows: usize, seed: u32) -> Run {
    let inputs = Tensor::new(&[rows, UNITS], vec![1.0; rows * UNITS]);
    let targets = Targets::Values(Tensor::zeros(&[rows, UNITS]));
    open(&spec(layers, rows, seed), &inputs, &targets, None, &identity()).unwrap()
}

fn spec(layers: Value, rows: usize, seed: u32) -> Value {
    json!({
        "seed": seed,
        "data": {"source": "rows", "scale": "none", "split": {"train": 1}},
        "model": {"layers": layers},
        "training": {
            "loss": "mse", "batchSize": rows, "shuffle": false, "optimizer": {"type": "sgd", "learningRate": 1},
            "stop": {"maxEpochs": null}
        }
    })
}

fn dropout(rate: f64) -> Value {
    json!([{"type": "dropout", "rate": rate}])
}

/// Which units the next step keeps. With outputs `o = m / (1 − rate)` for one row and the loss `Σ o² / units`,
/// the step moves the weights of the diagonal by `2·o² / units` and the biases by `2·o / units`.
fn masks(rate: f64, steps: usize, seed: u32) -> Vec<Vec<bool>> {
    let mut run = through(dropout(rate), 1, seed);
    let scale = 1.0 / (1.0 - rate);
    let mut step = || {
        run.set_parameters(&narrow(&identity())).unwrap();
        run.advance(1);
        let moved = run.parameters();
        let kept: Vec<bool> = (0..UNITS).map(|unit| moved[UNITS * UNITS + unit] != 0.0).collect();
        let mut want = identity();
        for unit in (0..UNITS).filter(|&unit| kept[unit]) {
            for input in (0..UNITS).filter(|&input| kept[input]) {
                want[unit * UNITS + input] -= 2.0 * scale * scale / UNITS as f64;
            }
            want[UNITS * UNITS + unit] -= 2.0 * scale / UNITS as f64;
        }
        assert_close(&format!("rate {rate}"), moved, &want, ROUNDING);
        kept
    };
    (0..steps).map(|_| step()).collect()
}

#[test]
fn it_drops_its_share_and_scales_the_rest() {
    const STEPS: usize = 400;
    for rate in [0.1, 0.5, 0.8] {
        let masks = masks(rate, STEPS, 7);
        let count = (STEPS * UNITS) as f64;
        let kept = masks.iter().flatten().filter(|&&kept| kept).count() as f64;
        // Four standard deviations of so many independent draws: one seed in 16,000 would be outside.
        let bound = 4.0 * (rate * (1.0 - rate) * count).sqrt();
        assert!((kept - (1.0 - rate) * count).abs() <= bound, "rate {rate}: {kept} of {count} kept");
        // And no unit is favored: of each, within five deviations.
        for unit in 0..UNITS {
            let kept = masks.iter().filter(|mask| mask[unit]).count() as f64;
            let bound = 5.0 * (rate * (1.0 - rate) * STEPS as f64).sqrt();
            assert!((kept - (1.0 - rate) * STEPS as f64).abs() <= bound, "rate {rate}, unit {unit}: {kept}");
        }
        // Neighboring steps agree as often as strangers do.
        let agreeing =
            masks.windows(2).flat_map(|pair| pair[0].iter().zip(&pair[1])).filter(|(a, b)| a == b).count();
        let share = agreeing as f64 / (count - UNITS as f64);
        let chance = rate * rate + (1.0 - rate) * (1.0 - rate);
        assert!((share - chance).abs() < 0.03, "rate {rate}: {share} of neighbors agree, by chance {chance}");
    }
}

#[test]
fn what_is_drawn_below_the_rate_is_dropped_and_the_rate_itself_is_kept() {
    // The number drawn for a unit in the first step, a multiple of 2⁻²⁴ in 0…1.
    const STEPS: f64 = 16_777_216.0;
    let drawn = |unit: u32| {
        let [word, _] = threefry([7, Purpose::Dropout as u32], [u32x4::splat(1), u32x4::splat(4 * unit)]);
        f64::from(word.to_array()[0] >> 8) / STEPS
    };
    for unit in (0..UNITS as u32).filter(|&unit| (0.1..0.9).contains(&drawn(unit))) {
        let is_kept = |rate: f64| masks(rate, 1, 7)[0][unit as usize];
        assert!(is_kept(drawn(unit)), "unit {unit} at {}", drawn(unit));
        assert!(!is_kept(drawn(unit) + 1.0 / STEPS), "unit {unit} above {}", drawn(unit));
    }
}

#[test]
fn every_row_has_its_own_mask() {
    // The loss before the first update is (kept values) / (values · (1 − rate)²).
    let (rows, rate) = (65, 0.5);
    let mut run = through(dropout(rate), rows, 7);
    let loss = run.advance(1).training_loss;
    let values = (rows * UNITS) as f64;
    let kept = loss * (1.0 - rate) * (1.0 - rate) * values;
    assert!((kept - kept.round()).abs() < 1e-2, "{kept} is no whole number of values");
    assert!(
        (kept - values * (1.0 - rate)).abs() < 4.0 * (rate * (1.0 - rate) * values).sqrt(),
        "{kept} of {values}"
    );
    let same_in_every_row = (kept.round() as usize).is_multiple_of(rows);
    assert!(!same_in_every_row, "one mask for all rows");
}

#[test]
fn the_same_seed_drops_the_same_and_another_does_not() {
    assert_eq!(masks(0.5, 20, 7), masks(0.5, 20, 7));
    assert_ne!(masks(0.5, 20, 7), masks(0.5, 20, 8));
    let mut two = through(json!([{"type": "dropout", "rate": 0.5}, {"type": "dropout", "rate": 0.5}]), 64, 7);
    // Two layers in a row drop independently: a quarter is left, scaled by four.
    let kept = two.advance(1).training_loss / 16.0;
    assert!((kept - 0.25).abs() < 0.04, "{kept} is kept of two layers");
}

/// Backward passes on through the same values, scaled the same: with identities before and after, outputs
/// `o = m / (1 − rate)` have the gradient `2·o / units`, and what is before dropout gets `2·o·m / ((1 − rate)·units)`.
#[test]
fn the_gradient_goes_back_the_way_the_values_came() {
    let layers = json!([{"type": "dense", "units": UNITS}, {"type": "dropout", "rate": 0.75}]);
    let spec = spec(layers, 1, 7);
    let inputs = Tensor::new(&[1, UNITS], vec![1.0; UNITS]);
    let targets = Targets::Values(Tensor::zeros(&[1, UNITS]));
    let start = [identity(), identity()].concat();
    let mut run = open(&spec, &inputs, &targets, None, &start).unwrap();
    let count = identity().len();
    for step in 0..20 {
        run.set_parameters(&narrow(&start)).unwrap();
        run.advance(1);
        let moved = run.parameters();
        let (before, after) = (&moved[UNITS * UNITS..count], &moved[count + UNITS * UNITS..]);
        let kept = after.iter().map(|&b| b != 0.0);
        let expected = |factor: f64| -> Vec<f64> {
            kept.clone().map(|kept| if kept { -2.0 * factor / UNITS as f64 } else { 0.0 }).collect()
        };
        assert_close(&format!("after, step {step}"), after, &expected(4.0), ROUNDING);
        assert_close(&format!("before, step {step}"), before, &expected(16.0), ROUNDING);
        assert!(kept.filter(|&kept| kept).count() > 0, "step {step} keeps nothing");
    }
}

#[test]
fn nothing_is_dropped_but_in_a_step() {
    let (mut with, mut without) = (through(dropout(0.6), 9, 7), through(json!([]), 9, 7));
    let inputs: Vec<f64> = (0..3 * UNITS).map(|i| f64::from(i as f32 / 10.0 - 4.0)).collect();
    for run in [&mut with, &mut without] {
        assert_eq!(run.predict(&inputs).unwrap(), inputs);
        assert_close("loss", &[run.evaluate(Part::Train).unwrap().loss], &[1.0], ROUNDING);
    }
    assert_eq!(with.gradient(Part::Train), without.gradient(Part::Train));
    with.advance(1);
    without.advance(1);
    assert_ne!(with.parameters(), without.parameters());
}

#[test]
fn a_rate_of_zero_keeps_everything() {
    let (mut with, mut without) = (through(dropout(0.0), 9, 7), through(json!([]), 9, 7));
    with.advance(1);
    without.advance(1);
    assert_eq!(with.parameters(), without.parameters());
}
