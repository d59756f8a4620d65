//! Sizes of tiles: none changes a bit of a sum, the best is taken by a clock, and a lost device ends the trials.

use super::pair::{Case, Pair, device};
use crate::gpu_run::{no_clock, train};
use crate::run::open;
use pollster::block_on;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::time::Instant;
use trainyard::engine::gpu::{Gpu, Memory, TileSize};
use trainyard::run::{Run, tune};

const BUDGET_MS: f64 = 300.0;

/// A product large enough for its tiles to count, on batches of 64 rows.
fn wide() -> Value {
    json!({
        "data": {"source": "moons", "samples": 200},
        "model": {"layers": [
            {"type": "dense", "units": 67, "activation": "tanh"}, {"type": "dense", "units": 66, "activation": "relu"}
        ]},
        "training": {"batchSize": 64, "optimizer": {"type": "adam"}}
    })
}

fn on(gpu: &Gpu, document: &Value) -> RefCell<Run> {
    let mut run = open(document.clone());
    run.move_to_gpu(gpu).unwrap();
    RefCell::new(run)
}

fn bits(run: &RefCell<Run>, steps: u64) -> Vec<u32> {
    train(run, steps);
    let parameters = run.borrow_mut().parameters_async();
    let parameters = block_on(trainyard::run::drive(run, no_clock, parameters)).unwrap();
    assert!(run.borrow().gpu().is_some());
    parameters.iter().map(|x| x.to_bits()).collect()
}

/// Milliseconds since the first time it is asked.
fn clock() -> impl Fn() -> f64 {
    let start = Instant::now();
    move || start.elapsed().as_secs_f64() * 1e3
}

#[test]
fn no_size_changes_a_bit() {
    let Some(gpu) = device() else { return };
    let conv = json!({"type": "conv2d", "filters": 17, "kernel": 3, "padding": "same", "activation": "relu"});
    let dense = |units: usize| json!({"type": "dense", "units": units, "activation": "tanh"});
    for (layers, shape, rows) in [
        (json!([dense(67), dense(65)]), vec![63], 64),
        (json!([conv, conv, {"type": "flatten"}]), vec![3, 7, 6], 21),
    ] {
        let case = Case::new(layers, &shape, rows);
        let mut seen: Vec<[Vec<f32>; 2]> = vec![];
        for &size in TileSize::candidates(false) {
            let mut pair = Pair::open(&gpu, &case);
            assert!(pair.gpu.tile_class().is_some());
            assert!(pair.gpu.tile_sizes().contains(&size));
            pair.gpu.take_tiles(size);
            pair.check_step();
            seen.push([Memory::Parameters, Memory::Gradients].map(|part| pair.read(part)));
        }
        assert!(seen.len() > 2 && seen.iter().all(|numbers| *numbers == seen[0]), "{}", case.name());
    }
}

#[test]
fn trials_take_a_size_and_leave_the_run_as_it_was() {
    let Some(gpu) = device() else { return };
    let (tuned, plain) = (on(&gpu, &wide()), on(&gpu, &wide()));
    let trials = block_on(tune(&tuned, clock(), BUDGET_MS)).unwrap();
    assert!(trials.len() > 1, "{trials:?}");
    assert_eq!(trials[0].size, TileSize::candidates(false)[0]);
    assert!(trials.iter().all(|trial| trial.ms > 0.0 && trial.ms.is_finite()), "{trials:?}");
    let taken = trials[trainyard::run::best(&trials)].size;
    assert_eq!(tuned.borrow().tile_size(), Some(taken));
    assert_eq!(bits(&tuned, 7), bits(&plain, 7));
}

#[test]
fn a_size_that_is_known_is_taken_without_a_trial() {
    let Some(gpu) = device() else { return };
    let (known, plain) = (on(&gpu, &wide()), on(&gpu, &wide()));
    let sizes = TileSize::candidates(false);
    assert!(known.borrow_mut().take_tiles(sizes[1]));
    assert_eq!(known.borrow().tile_size(), Some(sizes[1]));
    // One that is no candidate here is refused.
    assert!(!known.borrow_mut().take_tiles(TileSize { values: 3, weights: 999 }));
    assert_eq!(known.borrow().tile_size(), Some(sizes[1]));
    assert_eq!(bits(&known, 5), bits(&plain, 5));
}

#[test]
fn where_nothing_can_be_timed_the_rule_stays() {
    let Some(gpu) = device() else { return };
    let run = on(&gpu, &wide());
    assert_eq!(block_on(tune(&run, no_clock, BUDGET_MS)).unwrap(), []);
    assert_eq!(run.borrow().tile_size(), Some(TileSize::candidates(false)[0]));
    let small = on(&gpu, &json!({}));
    assert_eq!(small.borrow().tile_class(), None);
    assert_eq!(block_on(tune(&small, clock(), BUDGET_MS)).unwrap(), []);
    let on_cpu = RefCell::new(open(wide()));
    assert_eq!((on_cpu.borrow().tile_class(), on_cpu.borrow().tile_size()), (None, None));
    assert_eq!(block_on(tune(&on_cpu, clock(), BUDGET_MS)).unwrap(), []);
}

/// Classes of shapes: what is alike has one name, what isn't has another.
#[test]
fn shapes_that_are_alike_have_one_class() {
    let Some(gpu) = device() else { return };
    let class = |units: usize, rows: usize| {
        let layers = json!([{"type": "dense", "units": units, "activation": "tanh"}]);
        Pair::open(&gpu, &Case::new(layers, &[100], rows)).gpu.tile_class().expect("a large product")
    };
    assert_eq!(class(100, 64), "128x128x1, 64 rows");
    assert_eq!(class(100, 64), class(128, 61));
    assert_ne!(class(100, 64), class(129, 64));
    assert_ne!(class(100, 64), class(100, 65));
}

#[test]
fn a_device_that_is_lost_ends_the_trials_and_not_the_run() {
    let Some(gpu) = device() else { return };
    let run = on(&gpu, &wide());
    gpu.destroy();
    assert!(block_on(tune(&run, clock(), BUDGET_MS)).is_err());
    assert!(run.borrow().gpu().is_none() && run.borrow().device_lost().is_some());
    assert_eq!(train(&run, 3).step, 3);
}
