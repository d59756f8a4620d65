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
