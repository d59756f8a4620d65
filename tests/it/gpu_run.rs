//! A run on the GPU is the run on the CPU, within tolerance: its losses, its curve, how it ends, what is saved of it;
//! and a lost device loses nothing.

use crate::gpu::pair::device;
use crate::run::open;
use crate::support::close::assert_close;
use crate::support::tolerances::PARITY;
use pollster::block_on;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use trainyard::engine::gpu::Gpu;
use trainyard::error::Result;
use trainyard::run::{Part, Progress, Run, Status, drive, sync};
use trainyard::train::StopReason;

/// No clock: the run takes as many steps a submission as it began with.
pub(crate) fn no_clock() -> f64 {
    f64::NAN
}

fn open_on(gpu: &Gpu, document: &Value) -> RefCell<Run> {
    let mut run = open(document.clone());
    run.record(1000);
    run.move_to_gpu(gpu).unwrap();
    RefCell::new(run)
}

/// Takes `steps` steps, or up to the end of the run, and waits until all are recorded.
pub(crate) fn train(run: &RefCell<Run>, steps: u64) -> Progress {
    let goal = run.borrow().progress().step.saturating_add(steps);
    loop {
        let progress = run.borrow().progress();
        let is_over = matches!(progress.status, Status::Finished(_) | Status::Diverged);
        if is_over || progress.step >= goal {
            assert!(progress.step <= goal, "{progress:?} is past {goal}");
            return progress;
        }
        run.borrow_mut().advance(goal - progress.step);
        land(run);
    }
}

/// Waits for what is under way.
fn land(run: &RefCell<Run>) {
    let under_way = run.borrow_mut().wait(no_clock());
    if let Some(under_way) = under_way {
        let _ = block_on(under_way);
        run.borrow_mut().take_in(no_clock());
    }
}

fn parameters(run: &RefCell<Run>) -> Result<Vec<f32>> {
    let future = run.borrow_mut().parameters_async();
    block_on(drive(run, no_clock, future))
}

fn loss(run: &RefCell<Run>, part: Part) -> f64 {
    let future = run.borrow_mut().evaluate_async(part);
    block_on(drive(run, no_clock, future)).unwrap().unwrap().loss
}

pub(crate) fn assert_alike(what: &str, gpu: f64, cpu: f64) {
    assert!((gpu - cpu).abs() <= 1e-4 + 0.01 * cpu.abs(), "{what}: {gpu} on the GPU, {cpu} on the CPU");
}

fn assert_same_curve(gpu: &Run, cpu: &Run) {
    assert_eq!(gpu.curve().len(), cpu.curve().len());
    for (ours, theirs) in gpu.curve().iter().zip(cpu.curve()) {
        assert_eq!(ours.epoch, theirs.epoch);
        assert_alike(&format!("training, epoch {}", ours.epoch), ours.training, theirs.training);
        assert_alike(&format!("test, epoch {}", ours.epoch), ours.test, theirs.test);
        assert_eq!(ours.validation.is_some(), theirs.validation.is_some());
        if let (Some(ours), Some(theirs)) = (ours.validation, theirs.validation) {
            assert_alike("validation", ours, theirs);
        }
    }
}

/// The same document on both engines, up to `steps` steps.
pub(crate) fn both(gpu: &Gpu, document: &Value, steps: u64) -> (RefCell<Run>, Run) {
    let ours = open_on(gpu, document);
    let mut theirs = open(document.clone());
    theirs.record(1000);
    let (on_gpu, on_cpu) = (train(&ours, steps), theirs.advance(steps));
    assert_eq!(ours.borrow().device_lost(), None);
    assert_eq!((on_gpu.step, on_gpu.epoch, on_gpu.status), (on_cpu.step, on_cpu.epoch, on_cpu.status));
    assert_alike("training loss", on_gpu.training_loss, on_cpu.training_loss);
    assert_same_curve(&ours.borrow(), &theirs);
    (ours, theirs)
}

#[test]
fn a_hundred_steps_are_those_of_the_cpu() {
    let Some(gpu) = device() else { return };
    let documents = [
        json!({}),
        json!({"data": {"source": "moons", "noise": 0.1}, "training": {
            "optimizer": {"type": "adam"}, "batchSize": 7, "clip": {"norm": 0.5}, "l2": 0.001,
            "schedule": {"type": "cosine", "tMax": 5}
        }}),
        json!({"data": {"source": "sine"}, "model": {"layers": [
            {"type": "dense", "units": 8, "activation": "gelu"}, {"type": "batchNorm"},
            {"type": "dense", "units": 8, "activation": "relu"}
        ]}, "training": {"optimizer": {"type": "rmsprop", "learningRate": 0.005}, "batchSize": 30}}),
    ];
    for document in documents {
        let (ours, mut theirs) = both(&gpu, &document, 103);
        assert!(ours.borrow().gpu().is_some());
        for part in [Part::Train, Part::Test] {
            assert_alike("evaluated", loss(&ours, part), theirs.evaluate(part).unwrap().loss);
        }
        let width = theirs.data().width();
        let future = ours.borrow_mut().classify_async(&vec![0.5; 5 * width]).unwrap();
        let outputs = block_on(drive(&ours, no_clock, future)).unwrap();
        let answers = theirs.classify(&vec![0.5; 5 * width]).unwrap();
        assert_eq!(outputs.classes, answers.classes);
        for (ours, theirs) in outputs.outputs.iter().zip(answers.outputs) {
            assert_alike("predicted", *ours, theirs);
        }
        block_on(sync(&ours, no_clock)).unwrap();
        assert_alike("gradient norm", ours.borrow().gradient_norm(), theirs.gradient_norm());
        let future = ours.borrow_mut().gradient_async(Part::Test);
        let gradient = block_on(drive(&ours, no_clock, future)).unwrap();
        for (ours, theirs) in gradient.iter().zip(theirs.gradient(Part::Test)) {
            assert_alike("gradient", f64::from(*ours), f64::from(theirs));
        }
    }
}

/// Batch norm's statistics are those of all rows, also where the device takes fewer at a time.
#[test]
fn a_gradient_over_more_rows_than_a_pass_is_that_of_the_cpu() {
    let Some(gpu) = device() else { return };
    let document = json!({"data": {"source": "moons", "samples": 5500, "noise": 0.2}, "model": {"layers": [
        {"type": "dense", "units": 3, "activation": "tanh"}, {"type": "batchNorm"}
    ]}, "training": {"shuffle": false, "batchSize": 100}});
    let (ours, mut theirs) = both(&gpu, &document, 3);
    let future = ours.borrow_mut().gradient_async(Part::Train);
    let gradient = block_on(drive(&ours, no_clock, future)).unwrap();
    let gradient: Vec<f64> = gradient.into_iter().map(f64::from).collect();
    assert_close("gradient", &theirs.gradient(Part::Train), &gradient, PARITY);
}

/// A batch larger than the training rows is one of all of them, and takes no more room.
#[test]
fn a_batch_of_more_rows_than_there_are_takes_no_more_memory() {
    let Some(gpu) = device() else { return };
    let [all, more] = [4000, 1_000_000].map(|batch| {
        let document = json!({"data": {"samples": 5000}, "training": {"batchSize": batch}});
        let run = open_on(&gpu, &document);
        train(&run, 2);
        run
    });
    assert_eq!(all.borrow().split().train.len(), 4000);
    assert_eq!(more.borrow().device_bytes(), all.borrow().device_bytes());
    assert_eq!(parameters(&more).unwrap(), parameters(&all).unwrap());
}

#[test]
fn slices_change_nothing_on_the_gpu() {
    let Some(gpu) = device() else { return };
    let document =
        json!({"data": {"source": "moons", "noise": 0.2}, "training": {"optimizer": {"type": "adam"}}});
    let [whole, sliced, timed] = [(); 3].map(|()| open_on(&gpu, &document));
    train(&whole, 230);
    for _ in 0..46 {
        train(&sliced, 5);
        loss(&sliced, Part::Test);
        block_on(sync(&sliced, no_clock)).unwrap();
    }
    let time = Cell::new(0.0);
    let clock = || {
        time.set(time.get() + 0.3);
        time.get()
    };
    while timed.borrow().progress().step < 230 {
        let left = 230 - timed.borrow().progress().step;
        timed.borrow_mut().advance_within(left, 5.0, clock);
        // Asked for while steps are under way; it is of the steps so far and disturbs nothing.
        let future = timed.borrow_mut().evaluate_async(Part::Train);
        block_on(drive(&timed, clock, future)).unwrap();
    }
    assert_eq!(timed.borrow().spent().unwrap().steps, 230);
    let expected = parameters(&whole).unwrap();
    for other in [&sliced, &timed] {
        assert_eq!(parameters(other).unwrap(), expected);
        assert_eq!(format!("{:?}", other.borrow().curve()), format!("{:?}", whole.borrow().curve()));
        assert_eq!(other.borrow().progress(), whole.borrow().progress());
    }
}

#[test]
fn the_stop_contract_holds_on_the_gpu() {
    let Some(gpu) = device() else { return };
    let of = |stop: Value| json!({"data": {"source": "xor", "noise": 0.3}, "training": {"stop": stop}});
    let cases = [
        (of(json!({"maxEpochs": 7})), StopReason::MaxEpochs),
        (of(json!({"goal": {"metric": "trainingLoss", "value": 0.6}})), StopReason::Goal),
        (of(json!({"goal": {"metric": "testAccuracy", "value": 0.7}})), StopReason::Goal),
        (
            json!({"data": {"source": "xor", "noise": 0.5}, "model": {"layers": [{"type": "dense", "units": 30, "activation": "relu"}]},
                "training": {"optimizer": {"type": "adam", "learningRate": 0.03}, "stop": {"patience": 4, "restoreBest": true}}}),
            StopReason::Patience,
        ),
    ];
    for (document, reason) in cases {
        let (ours, mut theirs) = both(&gpu, &document, u64::MAX);
        assert_eq!(theirs.progress().status, Status::Finished(reason), "{document}");
        assert_eq!(ours.borrow().best().map(|best| best.epoch), theirs.best().map(|best| best.epoch));
        // Where the best was wanted back, it is there.
        assert_alike("test loss", loss(&ours, Part::Test), theirs.evaluate(Part::Test).unwrap().loss);
        block_on(sync(&ours, no_clock)).unwrap();
        let restored = parameters(&ours).unwrap();
        assert_eq!(ours.borrow().parameters(), restored);
    }
}

#[test]
fn a_plateau_lowers_the_rate_on_the_gpu() {
    let Some(gpu) = device() else { return };
    let document = json!({"data": {"source": "plane"}, "training": {
        "optimizer": {"type": "sgd", "learningRate": 0.1}, "stop": {"maxEpochs": 60},
        "schedule": {"type": "reduce-on-plateau", "patience": 1, "factor": 0.5, "threshold": 0.05}
    }});
    let (ours, theirs) = both(&gpu, &document, u64::MAX);
    assert_eq!(ours.borrow().learning_rate(), theirs.learning_rate());
    assert!(theirs.learning_rate() < 0.1);
}

#[test]
fn divergence_on_the_gpu_is_told_and_the_weights_stay_finite() {
    let Some(gpu) = device() else { return };
    let document = json!({
        "data": {"source": "line", "scale": "none"}, "model": {"layers": []},
        "training": {"batchSize": 6, "optimizer": {"type": "sgd", "learningRate": 10}}
    });
    let ours = open_on(&gpu, &document);
    let mut theirs = open(document.clone());
    let progress = train(&ours, 10_000);
    assert_eq!(progress.status, Status::Diverged);
    let expected = theirs.advance(10_000);
    assert!(progress.step.abs_diff(expected.step) <= 2, "{progress:?}, {expected:?}");
    block_on(sync(&ours, no_clock)).unwrap();
    assert!(ours.borrow().parameters().iter().all(|w| w.is_finite()));
    assert_eq!(parameters(&ours).unwrap(), ours.borrow().parameters());
    assert_eq!(train(&ours, 1).step, progress.step, "a diverged run stands still");

    // A checkpoint of before trains on.
    let mut fresh = open(document);
    fresh.set_learning_rate(0.01).unwrap();
    fresh.advance(3);
    ours.borrow_mut().restore(&fresh.checkpoint()).unwrap();
    let goes_on = train(&ours, 5);
    assert_eq!((goes_on.step, goes_on.status), (8, Status::Training));
    fresh.advance(5);
    assert_alike("loss", goes_on.training_loss, fresh.progress().training_loss);
}

#[test]
fn a_checkpoint_of_the_gpu_goes_on_on_the_cpu_and_back() {
    let Some(gpu) = device() else { return };
    let document = json!({"data": {"source": "moons"}, "training": {
        "optimizer": {"type": "adam"}, "stop": {"patience": 1000, "restoreBest": true}
    }});
    let ours = open_on(&gpu, &document);
    train(&ours, 117);
    ours.borrow_mut().set_learning_rate(0.004).unwrap();
    block_on(sync(&ours, no_clock)).unwrap();
    let bytes = ours.borrow().checkpoint();
    let mut cpu = open(document.clone());
    cpu.restore(&bytes).unwrap();
    assert_eq!(cpu.progress(), ours.borrow().progress());
    assert_eq!(cpu.parameters(), parameters(&ours).unwrap());
    assert_eq!(cpu.best(), ours.borrow().best());
    let back = open_on(&gpu, &document);
    train(&back, 5);
    back.borrow_mut().advance(50); // still under way when the checkpoint comes
    back.borrow_mut().restore(&bytes).unwrap();
    land(&back);
    assert_eq!(back.borrow().progress(), cpu.progress());
    let (a, b, c) = (train(&ours, 60), train(&back, 60), cpu.advance(60));
    assert_eq!(a, b);
    assert_eq!(parameters(&ours).unwrap(), parameters(&back).unwrap());
    assert_eq!((a.step, a.epoch), (c.step, c.epoch));
    assert_alike("loss", a.training_loss, c.training_loss);
}

#[test]
fn back_and_on_again_is_the_same_run_on_the_gpu_and_a_branch_begins_there() {
    let Some(gpu) = device() else { return };
    let adam = json!({"type": "adam"});
    let run = open_on(&gpu, &json!({"training": {"optimizer": adam}}));
    train(&run, 90);
    block_on(sync(&run, no_clock)).unwrap();
    let (moment, saved) = (run.borrow().moment(), run.borrow().checkpoint());
    let here = parameters(&run).unwrap();
    train(&run, 70);
    let there = parameters(&run).unwrap();
    run.borrow_mut().seek(&moment, false).unwrap();
    assert_eq!(parameters(&run).unwrap(), here);
    assert_eq!(run.borrow().progress().step, 90);
    let curvature = run.borrow_mut().curvature();
    assert!(curvature.is_finite() && curvature > 0.0, "{curvature}");
    train(&run, 70);
    assert_eq!(parameters(&run).unwrap(), there);
    let branch = open_on(&gpu, &json!({"training": {"optimizer": adam, "l2": 0.1}}));
    branch.borrow_mut().branch(&saved).unwrap();
    assert_eq!(parameters(&branch).unwrap(), here);
    train(&branch, 70);
    assert_ne!(parameters(&branch).unwrap(), there);
}

#[test]
fn changes_while_steps_are_under_way_count_from_the_next() {
    let Some(gpu) = device() else { return };
    let run = open_on(&gpu, &json!({"training": {"stop": {"maxEpochs": 3}}}));
    let per_epoch = run.borrow().split().train.len().div_ceil(10) as u64;
    run.borrow_mut().advance(5);
    assert!(run.borrow().is_in_flight());
    run.borrow_mut().set_max_epochs(Some(2));
    assert_eq!(train(&run, u64::MAX).step, 2 * per_epoch);
    run.borrow_mut().set_max_epochs(Some(4));
    assert_eq!(train(&run, u64::MAX).step, 4 * per_epoch);
    run.borrow_mut().set_max_epochs(None);
    run.borrow_mut().freeze(&[0, 1]).unwrap();
    run.borrow_mut().set_parameter(1, 0.25).unwrap();
    let before = parameters(&run).unwrap();
    train(&run, 20);
    let after = parameters(&run).unwrap();
    assert_eq!((after[0], after[1]), (before[0], 0.25));
    assert_ne!(after[2], before[2]);
    let own = vec![0.1; after.len()];
    run.borrow_mut().set_parameters(&own).unwrap();
    assert_eq!(parameters(&run).unwrap(), own);
    // Also when the device is lost before they are recorded.
    run.borrow_mut().advance(8);
    run.borrow_mut().set_max_epochs(Some(6));
    run.borrow().destroy_device();
    assert_eq!(train(&run, u64::MAX).step, 6 * per_epoch);
    assert!(run.borrow().gpu().is_none());
}

/// A copy that was on its way is out of date then, and another one is asked for.
#[test]
fn what_is_set_by_hand_while_the_numbers_come_home_comes_with_them() {
    let Some(gpu) = device() else { return };
    let run = open_on(&gpu, &json!({}));
    train(&run, 60);
    let future = run.borrow_mut().host_copy_async().unwrap();
    run.borrow_mut().set_parameter(1, 0.25).unwrap();
    let copy = block_on(drive(&run, no_clock, future)).unwrap();
    assert!(!run.borrow_mut().adopt(copy));
    block_on(sync(&run, no_clock)).unwrap();
    let on_device = parameters(&run).unwrap();
    assert_eq!(on_device[1], 0.25);
    run.borrow_mut().move_to_cpu();
    assert_eq!((run.borrow().parameters(), run.borrow().progress().step), (&on_device[..], 60));
}

#[test]
fn a_lost_device_loses_no_weights_and_no_curve() {
    let Some(gpu) = device() else { return };
    let document = json!({"data": {"source": "moons"}, "training": {"optimizer": {"type": "adam"}, "stop": {"maxEpochs": 20}}});
    let mut cpu = open(document.clone());
    cpu.record(1000);
    cpu.advance(u64::MAX);
    for under_way in [false, true] {
        let own = block_on(Gpu::open()).unwrap().unwrap();
        let run = open_on(&own, &document);
        train(&run, 100);
        block_on(sync(&run, no_clock)).unwrap();
        let home = (run.borrow().parameters().to_vec(), run.borrow().progress());
        train(&run, 130);
        let points = run.borrow().curve().to_vec();
        if under_way {
            run.borrow_mut().advance(8);
        }
        run.borrow().destroy_device();
        // A read that was asked for is answered by an error, not never.
        let future = run.borrow_mut().parameters_async();
        assert!(block_on(drive(&run, no_clock, future)).is_err());
        assert!(run.borrow().gpu().is_none());
        assert!(run.borrow().device_lost().unwrap().contains("destroyed"));
        assert_eq!((run.borrow().parameters().to_vec(), run.borrow().progress()), home);
        assert_eq!(run.borrow().curve(), points);
        let end = train(&run, u64::MAX);
        assert_eq!((end.status, end.step), (cpu.progress().status, cpu.progress().step));
        assert_same_curve(&run.borrow(), &cpu);
    }
    drop(gpu);
}
