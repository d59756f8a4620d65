//! Batches of large models are cut into shards whose gradients are added along a tree: who computes which of them shows
//! nowhere, not in a single bit.

use crate::support::draw::Draw;
use serde_json::{Value, json};
use std::ops::Range;
use std::rc::Rc;
use trainyard::data::{Dataset, Task};
use trainyard::engine::cpu::{Gradient, ShardSum};
use trainyard::run::{Part, Run, Spec};

const ROWS: usize = 1200;
const WIDTH: usize = 20;

/// Rows of noise with three classes.
fn rows(count: usize, shape: &[usize]) -> Dataset {
    let mut draw = Draw::new(3);
    let width: usize = shape.iter().product();
    let inputs = (0..count * width).map(|_| draw.within(1.0)).collect();
    let targets = (0..count).map(|row| f64::from((row % 3) as u32)).collect();
    let named = if shape.len() == 1 { width } else { 0 };
    let columns = (0..named).map(|column| format!("x{column}")).collect();
    let task = Task::Classification { classes: 3 };
    Dataset { inputs, shape: shape.to_vec(), targets, task, columns, about: None }
}

/// `layers` on batches of `batch` rows.
fn run_of(layers: &Value, batch: usize, more: &Value) -> Run {
    let mut spec = json!({
        "seed": 5,
        "data": {"source": "rows", "scale": "none", "split": {"train": 0.9, "test": 0.1}},
        "model": {"layers": layers},
        "training": {"batchSize": batch, "optimizer": {"type": "adam", "learningRate": 0.001},
                     "stop": {"maxEpochs": 3, "patience": 2, "restoreBest": true}}
    });
    for (field, value) in more.as_object().unwrap() {
        spec["training"][field] = value.clone();
    }
    let is_image = layers[0]["type"] == "conv2d";
    let shape: &[usize] = if is_image { &[1, 28, 28] } else { &[WIDTH] };
    Run::new(Spec::from_json(&spec).unwrap(), Some(rows(ROWS, shape))).unwrap()
}

/// 20 · 700 + 700 · 700 + 700 · 3 multiply-adds a row: enough to be cut.
fn wide() -> Value {
    json!([{"type": "dense", "units": 700, "activation": "tanh"}, {"type": "dense", "units": 700, "activation": "relu"}])
}

/// What a run tells of these shards of its next batch.
fn sums_of(run: &mut Run, shards: Range<usize>) -> Vec<ShardSum<Rc<dyn Gradient>>> {
    let mut sums = vec![];
    run.sum_shards(shards, &mut |ShardSum { first, count, loss, gradient }| {
        let gradient: Rc<dyn Gradient> = Rc::new(gradient.to_vec());
        sums.push(ShardSum { first, count, loss, gradient });
    });
    sums
}

/// `workers` runs of the same experiment take `steps` steps, each computing its share of the shards, and hearing of the others'.
fn together(make: &dyn Fn() -> Run, workers: usize, steps: usize) -> Vec<Run> {
    let mut runs: Vec<Run> = (0..workers).map(|_| make()).collect();
    for _ in 0..steps {
        let shards = runs[0].shards();
        let share = |worker: usize| worker * shards / workers..(worker + 1) * shards / workers;
        let told: Vec<_> =
            runs.iter_mut().enumerate().map(|(worker, run)| sums_of(run, share(worker))).collect();
        for (worker, run) in runs.iter_mut().enumerate() {
            let others = told.iter().enumerate().filter(|&(other, _)| other != worker);
            run.advance_summed(others.flat_map(|(_, sums)| sums.clone()).collect());
        }
    }
    runs
}

#[test]
fn one_worker_two_three_and_seven_make_the_same_bits() {
    let conv = json!([{"type": "conv2d", "filters": 8, "kernel": 5, "padding": "same", "activation": "relu"},
                      {"type": "conv2d", "filters": 4, "kernel": 5, "padding": "same", "activation": "relu"},
                      {"type": "flatten"}]);
    let plain = json!({});
    let clipped = json!({"l2": 0.01, "l1": 0.001, "clip": {"norm": 0.1}, "loss": "mse"});
    let cases = [(wide(), 512, 4, &plain, 4), (wide(), 390, 4, &clipped, 3), (conv, 129, 3, &plain, 3)];
    for (layers, batch, shards, more, steps) in cases {
        let make = || run_of(&layers, batch, more);
        let mut alone = make();
        assert_eq!(alone.shards(), shards);
        alone.advance(steps as u64);
        for workers in [1, 2, 3, 7] {
            for run in together(&make, workers, steps) {
                assert_eq!(run.parameters(), alone.parameters(), "{workers} workers, batches of {batch}");
                assert_eq!(run.progress(), alone.progress());
                assert_eq!(run.checkpoint(), alone.checkpoint());
            }
        }
    }
}

#[test]
fn what_a_worker_that_stopped_leaves_undone_is_computed_by_the_others() {
    let make = || run_of(&wide(), 500, &json!({}));
    let (mut alone, mut leader, mut other) = (make(), make(), make());
    alone.advance(3);
    sums_of(&mut leader, 0..2);
    leader.advance_summed(vec![]);
    other.advance(1);
    let theirs = sums_of(&mut other, 1..3);
    let own = sums_of(&mut leader, 0..1);
    leader.advance_summed([own, theirs].concat());
    leader.advance_summed(vec![]);
    assert_eq!(leader.checkpoint(), alone.checkpoint());
}

#[test]
fn whichever_sums_are_known_here_or_told_the_bits_are_those_of_one() {
    let make = || run_of(&wide(), 500, &json!({}));
    let mut alone = make();
    alone.advance(1);
    let mut teller = make();
    let parts = [0..1, 1..2, 2..3, 3..4, 0..2, 2..4];
    let told: Vec<_> = parts.iter().map(|part| sums_of(&mut teller, part.clone())).collect();
    for from in 0..4 {
        for to in from..=4 {
            for chosen in [0, 1, 2, 4, 8, 16, 32, 0b11_0000, 0b1010, 0b11_1111] {
                let mut run = make();
                sums_of(&mut run, from..to);
                let others = (0..parts.len()).filter(|part| chosen >> part & 1 == 1);
                run.advance_summed(others.flat_map(|part| told[part].clone()).collect());
                assert_eq!(run.checkpoint(), alone.checkpoint(), "{from}..{to}, told {chosen:b}");
            }
        }
    }
}

#[test]
fn what_was_summed_before_the_run_was_changed_is_summed_anew() {
    let make = || run_of(&wide(), 500, &json!({}));
    type Change = (&'static str, fn(&mut Run));
    let changes: [Change; 4] = [
        ("a parameter", |run| run.set_parameter(3, 0.5).unwrap()),
        ("a step", |run| {
            run.advance(1);
        }),
        ("a look", |run| drop(run.look())),
        ("a gradient", |run| drop(run.gradient(Part::Train))),
    ];
    for (what, change) in changes {
        let (mut alone, mut asked) = (make(), make());
        change(&mut alone);
        alone.advance(1);
        sums_of(&mut asked, 0..4);
        change(&mut asked);
        asked.advance_summed(vec![]);
        assert_eq!(asked.checkpoint(), alone.checkpoint(), "{what}");
    }
}

#[test]
fn sums_that_were_never_used_leave_the_run_as_it_was() {
    let make = || run_of(&wide(), 500, &json!({}));
    let (mut alone, mut asked) = (make(), make());
    alone.advance(2);
    asked.advance(1);
    let before = asked.checkpoint();
    assert_eq!(sums_of(&mut asked, 0..4).len(), 1, "the whole tree is one sum");
    assert_eq!(sums_of(&mut asked, 1..4).len(), 2, "a shard, and the sum of two");
    assert_eq!(sums_of(&mut asked, 9..12).len(), 0);
    assert_eq!(asked.checkpoint(), before);
    asked.advance(1);
    assert_eq!(asked.checkpoint(), alone.checkpoint());
}

#[test]
fn a_look_at_a_batch_that_is_cut_tells_of_all_its_rows() {
    let mut run = run_of(&wide(), 300, &json!({}));
    assert_eq!(run.shards(), 3);
    let (before, look) = (run.checkpoint(), run.look());
    assert_eq!(run.checkpoint(), before);
    assert_eq!([look.update.inputs.len(), look.update.targets.len()], [WIDTH * 300, 300]);
    assert_eq!(look.update.values.len(), (700 + 700 + 3) * 300);
    let mean = look.update.losses.iter().map(|&loss| f64::from(loss)).sum::<f64>() / 300.0;
    assert!((mean - look.update.loss).abs() <= 1e-5 * mean, "{mean} is not {}", look.update.loss);
    // The first layer's weights take the products of its deltas and inputs, over all rows.
    let (deltas, inputs) = (&look.update.deltas[..300], &look.update.inputs[..300]);
    let product: f64 = deltas.iter().zip(inputs).map(|(&d, &x)| f64::from(d) * f64::from(x)).sum();
    assert!((product - f64::from(look.update.gradient[0])).abs() <= 1e-6, "{product}");
    run.advance(1);
    assert_eq!(run.parameters(), look.update.after, "the step does something else");
}

#[test]
fn small_nets_short_batches_and_rows_that_are_not_alone_are_not_cut() {
    let shards = |layers: Value, batch: usize| run_of(&layers, batch, &json!({})).shards();
    assert_eq!(shards(wide(), 128), 1);
    assert_eq!(shards(wide(), 129), 2);
    assert_eq!(shards(json!([{"type": "dense", "units": 100}]), 256), 1);
    // u² + 25 u + 3 parameters: on both sides of half a million.
    let square = |units: usize| json!([{"type": "dense", "units": units}, {"type": "dense", "units": units}]);
    assert_eq!([shards(square(694), 256), shards(square(695), 256)], [1, 2]);
    let with = |layer: Value| json!([wide()[0], layer, wide()[1]]);
    assert_eq!(shards(with(json!({"type": "dropout", "rate": 0.5})), 256), 1);
    assert_eq!(shards(with(json!({"type": "batchNorm"})), 256), 1);
    assert_eq!(shards(with(json!({"type": "layerNorm"})), 256), 2);
    let mut over = run_of(&wide(), 256, &json!({"stop": {"maxEpochs": 1}}));
    over.advance(100);
    assert_eq!(over.shards(), 1);
}

#[test]
fn the_gradient_of_a_batch_in_shards_is_that_of_its_rows() {
    let mut run = run_of(&wide(), 1080, &json!({"optimizer": {"type": "sgd", "learningRate": 1}}));
    assert_eq!(run.shards(), 9);
    let (before, gradient) = (run.parameters().to_vec(), run.gradient(Part::Train));
    run.advance(1);
    let most = gradient.iter().fold(0.0_f32, |most, g| most.max(g.abs()));
    for ((was, g), is) in before.iter().zip(&gradient).zip(run.parameters()) {
        assert!((was - g - is).abs() <= 2e-5 * most + f32::EPSILON * was.abs(), "{was} − {g} is not {is}");
    }
}
