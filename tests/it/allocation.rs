//! Nothing allocates in a step: an allocator that counts, thread by thread, says so.

use serde_json::{Value, json};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;
use trainyard::data::Dataset;
use trainyard::run::{Part, Run, Spec, Status};

thread_local! {
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

/// The system's allocator; counts what the thread at hand asks of it.
struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

fn count() {
    // A thread that is ending has no counter any more, and nobody reads it.
    let _ = ALLOCATIONS.try_with(|allocations| allocations.set(allocations.get() + 1));
}

// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count();
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        unsafe { System.realloc(place, layout, size) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        unsafe { System.dealloc(place, layout) }
    }
}

/// Allocations of this thread while `work` runs.
fn allocations_in<T>(work: impl FnOnce() -> T) -> u64 {
    let before = ALLOCATIONS.get();
    black_box(work());
    ALLOCATIONS.get() - before
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations_in(|| 1 + 1), 0);
    assert_eq!(allocations_in(|| black_box(vec![1_u8])), 1);
    assert_eq!(allocations_in(|| black_box(vec![0_u8; 100])), 1);
    let mut grown = black_box(vec![1_u8; 10]);
    assert_eq!(allocations_in(|| grown.reserve(1000)), 1);
}

/// Trains two epochs, then counts over three more, which end in partial batches.
fn check(name: &str, mut run: Run) {
    run.record(8);
    let epoch = run.split().train.len().div_ceil(run.spec().training.batch_size) as u64;
    run.advance(2 * epoch);
    let before = run.parameters().to_vec();
    let counted = [
        ("advance", allocations_in(|| run.advance(3 * epoch))),
        ("advance_within", allocations_in(|| run.advance_within(epoch, 1e9, || 0.0))),
        ("gradient_norm", allocations_in(|| run.gradient_norm())),
        (
            "evaluate",
            allocations_in(|| [Part::Train, Part::Validation, Part::Test].map(|part| run.evaluate(part))),
        ),
    ];
    for (what, allocations) in counted {
        assert_eq!(allocations, 0, "{name}: {what}");
    }
    let progress = run.progress();
    assert_eq!((progress.step, progress.status), (6 * epoch, Status::Training), "{name}");
    assert_ne!(before, run.parameters(), "{name}");
    assert!(run.gradient_norm() > 0.0, "{name}");
}

fn toy(document: Value) -> Run {
    Run::new(Spec::from_json(&document).unwrap(), None).unwrap()
}

/// 50 images of 2 × 6 × 6 in three classes.
fn images(model: Value, training: Value, augment: Value) -> Run {
    let inputs = (0..50 * 72).map(|i| ((i * 37 + i / 72 * 11) % 23) as f32 / 11.0 - 1.0).collect();
    let targets = (0..50).map(|row| (row % 3) as f32).collect();
    let rows = Dataset::from_rows(inputs, targets, vec![2, 6, 6], Some(3)).unwrap();
    let document = json!({
        "data": {"source": "rows", "split": {"train": 0.6, "validation": 0.2, "test": 0.2}, "augment": augment},
        "model": model, "training": training
    });
    Run::new(Spec::from_json(&document).unwrap(), Some(rows)).unwrap()
}

fn every_layer() -> Value {
    let conv = |filters: usize| json!({"type": "conv2d", "filters": filters, "kernel": 3, "padding": "same", "activation": "gelu"});
    json!({"layers": [
        conv(4), {"type": "batchNorm"}, {"type": "maxPool2d", "size": 2}, {"type": "dropout", "rate": 0.3},
        {"type": "residual", "layers": [conv(5), conv(4)]}, {"type": "avgPool2d", "size": 2, "stride": 1},
        {"type": "flatten"}, {"type": "layerNorm"}, {"type": "dense", "units": 7, "activation": "silu"}
    ]})
}

#[test]
fn no_step_allocates() {
    check("the default net", toy(json!({})));
    for (name, _) in trainyard::nn::Activation::ALL {
        let layers = json!([{"type": "dense", "units": 9, "activation": name}]);
        check(name, toy(json!({"model": {"layers": layers}})));
    }
    for loss in ["mse", "mae", "huber", "half-mse", "hinge", "cross-entropy"] {
        let source = if loss == "mae" { "multi-gaussian" } else { "moons" };
        check(loss, toy(json!({"data": {"source": source}, "training": {"loss": loss}})));
    }
}

#[test]
fn no_optimizer_schedule_or_penalty_allocates() {
    let optimizers = [
        json!({"type": "sgd", "momentum": 0.9, "nesterov": true}),
        json!({"type": "adagrad"}),
        json!({"type": "rmsprop"}),
        json!({"type": "adam"}),
        json!({"type": "adamw"}),
    ];
    let schedules = ["constant", "step", "exponential", "cosine", "linear-warm-up", "reduce-on-plateau"];
    for (index, schedule) in schedules.into_iter().enumerate() {
        let clip = if index % 2 == 0 { json!({"norm": 0.1}) } else { json!({"value": 0.01}) };
        let rule = if index % 2 == 0 { "prune" } else { "subgradient" };
        let mut run = toy(json!({"training": {
            "optimizer": optimizers[index % optimizers.len()], "schedule": {"type": schedule}, "clip": clip,
            "l1": 1e-3, "l1Rule": rule, "l2": 1e-3, "batchSize": 7, "classWeights": "balanced", "labelSmoothing": 0.1,
            "stop": {"patience": 1000, "goal": {"metric": "trainingLoss", "value": 0}, "restoreBest": true}
        }}));
        run.freeze(&[0, 5, 6]).unwrap();
        check(schedule, run);
    }
}

#[test]
fn no_layer_allocates() {
    for optimizer in ["sgd", "adam"] {
        let training =
            json!({"batchSize": 8, "optimizer": {"type": optimizer}, "clip": {"norm": 1}, "l2": 0.01});
        check(optimizer, images(every_layer(), training.clone(), Value::Null));
        let augment = json!({"shift": 0.2, "rotate": 20, "scale": 0.2, "noise": 0.1});
        check("varied images", images(every_layer(), training, augment));
    }
}
