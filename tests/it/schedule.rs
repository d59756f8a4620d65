//! Schedules in a run: the rate it tells, the rate it takes and the preview are one.

use crate::run::open;
use crate::support::close::{Tolerance, assert_close};
use serde_json::{Value, json};
use trainyard::run::Run;
use trainyard::train::schedule::Plateau;
use trainyard::train::{Decay, Schedule, WarmUp};

const RATE: f64 = 0.2;

/// The cosine is computed in f32.
const PREVIEW: Tolerance = Tolerance { absolute: 1e-8, relative: 1e-6 };

fn scheduled(schedule: Value, batch: usize) -> Run {
    open(json!({
        "data": {"source": "moons", "samples": 50},
        "training": {
            "batchSize": batch, "schedule": schedule, "optimizer": {"type": "sgd", "learningRate": RATE}
        }
    }))
}

#[test]
fn previews_are_the_formulas() {
    let warm = json!({"startFactor": 0.5, "totalEpochs": 2});
    let previews: [(Value, [f64; 7]); 9] = [
        (json!({"type": "constant"}), [1.0; 7]),
        (json!({"type": "step", "stepSize": 3, "gamma": 0.5}), [1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.25]),
        (json!({"type": "exponential", "gamma": 0.5}), [1.0, 0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625]),
        (json!({"type": "cosine", "tMax": 2, "etaMin": 0.1}), [1.0, 0.75, 0.5, 0.75, 1.0, 0.75, 0.5]),
        (
            json!({"type": "linear-warm-up", "startFactor": 0.2, "totalEpochs": 4}),
            [0.2, 0.4, 0.6, 0.8, 1.0, 1.0, 1.0],
        ),
        // As PyTorch's SequentialLR of a LinearLR and the scheduler, with the milestone at the end of the first.
        (
            json!({"type": "step", "stepSize": 2, "gamma": 0.5, "warmUp": warm}),
            [0.5, 0.75, 1.0, 1.0, 0.5, 0.5, 0.25],
        ),
        (
            json!({"type": "exponential", "gamma": 0.5, "warmUp": warm}),
            [0.5, 0.75, 1.0, 0.5, 0.25, 0.125, 0.0625],
        ),
        (
            json!({"type": "cosine", "tMax": 2, "etaMin": 0.1, "warmUp": warm}),
            [0.5, 0.75, 1.0, 0.75, 0.5, 0.75, 1.0],
        ),
        (json!({"type": "reduce-on-plateau", "warmUp": warm}), [0.5, 0.75, 1.0, 1.0, 1.0, 1.0, 1.0]),
    ];
    for (schedule, factors) in previews {
        let run = scheduled(schedule.clone(), 10);
        let preview: Vec<f64> = run.spec().training.schedule.preview(RATE, 7).collect();
        assert_close(&schedule.to_string(), &preview, &factors.map(|factor| RATE * factor), PREVIEW);
    }
}

#[test]
fn the_rate_told_is_the_rate_of_the_next_step() {
    for schedule in [
        json!({"type": "constant"}),
        json!({"type": "step", "stepSize": 2, "gamma": 0.5}),
        json!({"type": "exponential", "gamma": 0.7}),
        json!({"type": "cosine", "tMax": 3}),
        json!({"type": "linear-warm-up", "startFactor": 0.1, "totalEpochs": 4}),
        json!({"type": "cosine", "tMax": 3, "warmUp": {"startFactor": 0.1, "totalEpochs": 2}}),
        json!({"type": "reduce-on-plateau", "patience": 0, "threshold": 0.9, "factor": 0.5}),
    ] {
        // Two steps an epoch, so that starts and middles of epochs are both met.
        let mut run = scheduled(schedule.clone(), 20);
        let mut told = vec![];
        for step in 0..14 {
            let rate = run.learning_rate();
            let start = run.parameters().to_vec();
            run.advance(1);
            // The length of a step of plain gradient descent is the rate times the gradient's norm.
            let length = start
                .iter()
                .zip(run.parameters())
                .map(|(&before, &after)| (f64::from(before) - f64::from(after)).powi(2))
                .sum::<f64>()
                .sqrt();
            let name = format!("{schedule}: step {step}");
            let rounding = Tolerance { absolute: 1e-6, relative: 1e-4 };
            assert_close(&name, &[length], &[rate * run.gradient_norm()], rounding);
            told.push(rate);
        }
        let own = &run.spec().training.schedule;
        if schedule["type"] == "reduce-on-plateau" {
            assert!(told[13] < 0.3 * told[0] && told.is_sorted_by(|a, b| a >= b), "{told:?}");
        } else {
            let preview: Vec<f64> = own.preview(RATE, 7).flat_map(|rate| [rate, rate]).collect();
            assert_eq!(told, preview, "{schedule}");
        }
    }
}

#[test]
fn a_rate_set_by_hand_counts_from_the_next_step_and_keeps_its_schedule() {
    let mut run = scheduled(json!({"type": "step", "stepSize": 2, "gamma": 0.5}), 20);
    run.advance(5); // the middle of the third epoch
    run.set_learning_rate(0.04).unwrap();
    assert_eq!(run.learning_rate(), 0.02);
    let start = run.parameters().to_vec();
    run.advance(1);
    let moved = (f64::from(start[0]) - f64::from(run.parameters()[0])).abs();
    assert!(moved <= 0.02 * run.gradient_norm() + 1e-7, "{moved} is more than the rate allows");
    run.advance(2);
    assert_eq!((run.progress().epoch, run.learning_rate()), (4, 0.01));
}

#[test]
fn a_plateau_is_watched_from_the_end_of_the_warm_up() {
    // No epoch is good enough for this threshold: each one after the first drops the rate.
    let plateau = |warm: Value| {
        let schedule = json!({"type": "reduce-on-plateau", "patience": 0, "threshold": 1, "factor": 0.5, "warmUp": warm});
        let mut run = scheduled(schedule, 50);
        (0..6).map(|_| (run.learning_rate(), run.advance(1)).0 / RATE).collect::<Vec<_>>()
    };
    for (warm, factors) in [
        (Value::Null, [1.0, 1.0, 0.5, 0.25, 0.125, 0.0625]),
        (json!({"startFactor": 0.5, "totalEpochs": 2}), [0.5, 0.75, 1.0, 1.0, 0.5, 0.25]),
    ] {
        assert_close(&warm.to_string(), &plateau(warm), &factors, PREVIEW);
    }
}

#[test]
fn a_warm_up_alone_is_written_as_it_always_was() {
    let written = |schedule: Value| scheduled(schedule, 50).spec().to_json()["training"]["schedule"].clone();
    let alone = json!({"type": "linear-warm-up", "startFactor": 0.1, "totalEpochs": 4});
    let warm = json!({"startFactor": 0.1, "totalEpochs": 4});
    assert_eq!(written(alone.clone()), alone);
    assert_eq!(written(json!({"type": "constant", "warmUp": warm})), alone);
    let cosine = json!({"type": "cosine", "tMax": 3, "etaMin": 0.0, "warmUp": warm});
    assert_eq!(written(cosine.clone()), cosine);
    assert_eq!(written(json!({"type": "constant"})), json!({"type": "constant"}));
}

#[test]
fn an_epoch_that_only_just_reaches_the_threshold_is_no_progress() {
    let decay = Decay::ReduceOnPlateau { factor: 0.5, patience: 3, threshold: 0.5 };
    let schedule = Schedule { warm_up: None, decay };
    for (loss, best, bad_epochs) in [(0.5, 1.0, 1), (0.499, 0.499, 0), (0.501, 1.0, 1)] {
        let mut plateau = Plateau { best: 1.0, ..Plateau::START };
        schedule.observe(1, loss, &mut plateau);
        assert_eq!(plateau, Plateau { best, bad_epochs, factor: 1.0 }, "{loss} after 1");
    }
}

#[test]
fn the_decay_counts_from_the_first_epoch_after_the_warm_up() {
    let decay = Decay::ReduceOnPlateau { factor: 0.5, patience: 3, threshold: 0.5 };
    let schedule = Schedule { warm_up: Some(WarmUp { start_factor: 0.5, total_epochs: 2 }), decay };
    let reduced = Plateau { factor: 0.25, ..Plateau::START };
    let rates = [0, 1, 2, 3].map(|epoch| schedule.rate(RATE, epoch, &reduced) / RATE);
    assert_close("reduced before its time", &rates, &[0.5, 0.75, 0.25, 0.25], PREVIEW);
}
