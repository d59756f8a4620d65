//! Rows go through the net in passes of 256: how many passes it takes shows nowhere but in the order of a sum.

use crate::support::draw::Draw;
use crate::support::reference::{Targets, Tensor};
use crate::support::runs::open;
use serde_json::json;
use trainyard::run::{Part, Run};

const PASS: usize = 256;
const WIDTH: usize = 19;

/// A linear net of zeros over so many rows, all of them for training, all of them a batch.
fn linear(rows: usize) -> Run {
    let mut draw = Draw::new(5);
    let mut numbers = |count: usize| (0..count).map(|_| draw.within(2.0)).collect::<Vec<f64>>();
    let inputs = Tensor::new(&[rows, WIDTH], numbers(rows * WIDTH));
    let targets = Targets::Values(Tensor::new(&[rows, 2], numbers(rows * 2)));
    let spec = json!({
        "data": {"source": "rows", "scale": "none", "split": {"train": 1}},
        "model": {"layers": []},
        "training": {
            "loss": "mse", "batchSize": rows, "shuffle": false, "optimizer": {"type": "sgd", "learningRate": 1}
        }
    });
    open(&spec, &inputs, &targets, None, &vec![0.0; 2 * (WIDTH + 1)]).unwrap()
}

#[test]
fn the_gradient_over_the_rows_of_one_pass_has_the_bits_of_a_step() {
    for rows in [1, 3, 250, PASS] {
        let mut run = linear(rows);
        let gradient = run.gradient(Part::Train);
        run.advance(1);
        let moved: Vec<f32> = gradient.iter().map(|&g| -g).collect();
        assert_eq!(run.parameters(), moved, "{rows} rows");
    }
}

#[test]
fn the_mean_absolute_error_is_one_over_rows_and_outputs() {
    // A net of zeros says 0: its errors are the targets.
    for rows in [1, 7, PASS + 3] {
        let mut run = linear(rows);
        let targets = run.data().targets.clone();
        let mean = targets.iter().map(|target| target.abs()).sum::<f64>() / targets.len() as f64;
        let told = run.evaluate(Part::Train).unwrap().mae.unwrap();
        assert!((told - mean).abs() <= 1e-6 * mean, "{rows} rows: {told}, not {mean}");
    }
}

#[test]
fn every_row_is_predicted_whatever_its_pass() {
    for rows in [1, PASS - 1, PASS, PASS + 1, 2 * PASS, 600] {
        let mut run = linear(7);
        run.advance(3);
        let mut draw = Draw::new(6);
        let inputs: Vec<f64> = (0..rows * WIDTH).map(|_| draw.within(2.0)).collect();
        let all = run.predict(&inputs).unwrap();
        let one_by_one: Vec<f64> = inputs.chunks(WIDTH).flat_map(|row| run.predict(row).unwrap()).collect();
        assert_eq!(all, one_by_one, "{rows} rows");
    }
}

#[test]
fn losses_are_summed_pass_by_pass() {
    let rows = 2 * PASS + 88;
    let spec = json!({
        "data": {"source": "rows", "scale": "none", "split": {"train": 1}},
        "model": {"layers": []},
        "training": {"loss": "mse", "batchSize": rows, "shuffle": false}
    });
    let others = [PASS - PASS / 10, PASS + PASS / 10, rows];
    let mut differing = [0; 3];
    for seed in 0..8 {
        // Losses of very different sizes: the order of their sum is in its last bits.
        let mut draw = Draw::new(seed);
        let targets: Vec<f64> = (0..rows).map(|_| draw.within(12.0).exp()).collect();
        let inputs = Tensor::new(&[rows, 1], vec![1.0; rows]);
        let targets = Targets::Values(Tensor::new(&[rows, 1], targets));
        let mut run = open(&spec, &inputs, &targets, None, &[0.0, 0.0]).unwrap();
        let targets: Vec<f32> = run.data().targets.iter().map(|&target| target as f32).collect();
        let of = |&row: &u32| f64::from(targets[row as usize] * targets[row as usize]);
        let losses: Vec<f64> = run.split().train.iter().map(of).collect();
        let mean = |pass: usize| {
            let sum = |losses: &[f64]| losses.iter().fold(0.0, |sum, loss| sum + loss);
            losses.chunks(pass).fold(0.0, |all, losses| all + sum(losses)) / rows as f64
        };
        assert_eq!(run.evaluate(Part::Train).unwrap().loss, mean(PASS), "seed {seed}");
        for (count, other) in differing.iter_mut().zip(others) {
            *count += usize::from(mean(other) != mean(PASS));
        }
    }
    assert!(differing.iter().all(|&count| count > 0), "another order would show: {differing:?}");
}
