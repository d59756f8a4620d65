//! Judges the judge: the f64 oracle against PyTorch's golden traces and against numbers worked out by hand.

use crate::support::close::assert_close;
use crate::support::draw::Draw;
use crate::support::golden::{Case, cases};
use crate::support::reference::activation::activation;
use crate::support::reference::net::dropout;
use crate::support::reference::norm::{Running, batch_norm_training};
use crate::support::reference::window::{Axis, Padding, axis};
use crate::support::reference::{Loss, Net, Targets, Tensor, clear_of_kinks, numeric_gradient};
use crate::support::tolerances::{KINK_MARGIN, ORACLE_GRADIENT, ORACLE_VALUE};
use serde_json::json;

/// The rows of a case's first step.
fn first_batch(case: &Case) -> (Tensor, Targets) {
    let last = case.batch_size().min(case.rows());
    (case.inputs.slice(0, last), case.targets.slice(0, last))
}

#[test]
fn losses_are_pytorchs() {
    for case in cases() {
        let net = case.net();
        let (inputs, targets) = first_batch(&case);
        let loss = net.loss(&case.parameters, &inputs, &targets, &mut net.pass(true));
        assert_close(&case.name, &[loss], &case.losses[..1], ORACLE_VALUE);
    }
}

#[test]
fn outputs_and_losses_in_evaluation_are_pytorchs() {
    for case in cases() {
        let net = case.net();
        let mut pass = net.pass(false);
        let mut statistics = case.running_after.as_slice();
        for running in &mut pass.running {
            let channels = running.mean.len();
            running.mean = statistics[..channels].to_vec();
            running.variance = statistics[channels..2 * channels].to_vec();
            statistics = &statistics[2 * channels..];
        }
        assert!(statistics.is_empty(), "{}", case.name);
        let outputs = net.forward(&case.parameters_after, &case.inputs, &mut pass);
        assert_close(&case.name, &outputs.data, &case.outputs_after, ORACLE_VALUE);
        assert_close(
            &case.name,
            &[net.loss.value(&outputs, &case.targets)],
            &[case.loss_after],
            ORACLE_VALUE,
        );
    }
}

#[test]
fn numeric_gradients_are_pytorchs() {
    for case in cases() {
        let net = case.net();
        let (inputs, targets) = first_batch(&case);
        let mut pass = net.pass(true);
        net.loss(&case.parameters, &inputs, &targets, &mut pass);
        assert!(pass.clearance.iter().all(|&c| c >= KINK_MARGIN), "{} is near a kink", case.name);
        let gradient = numeric_gradient(&net, &case.parameters, &inputs, &targets, &net.pass(true));
        assert_close(&case.name, &gradient, &case.gradient, ORACLE_GRADIENT);
    }
}

#[test]
fn the_traces_hold_every_pair_of_optimizer_schedule_and_regularizer() {
    let names: Vec<String> = cases().into_iter().map(|case| case.name).collect();
    let crossed: Vec<Vec<&str>> =
        names.iter().map(|n| n.split(" × ").collect()).filter(|n: &Vec<_>| n.len() == 3).collect();
    for (first, second) in [(0, 1), (0, 2), (1, 2)] {
        for a in crossed.iter().map(|triple| triple[first]) {
            for b in crossed.iter().map(|triple| triple[second]) {
                let met = crossed.iter().any(|triple| triple[first] == a && triple[second] == b);
                assert!(met, "no trace has {a} with {b}");
            }
        }
    }
    assert_eq!(crossed.len(), 42);
}

#[test]
fn cross_entropy_is_finite_and_exact_at_a_hundred() {
    let loss = Loss::named("cross-entropy");
    let tiny = (-100.0f64).exp();
    let of = |logits: &[f64], class: usize| {
        loss.value(&Tensor::new(&[1, logits.len()], logits.to_vec()), &Targets::Classes(vec![class]))
    };
    assert_close("right", &[of(&[100.0], 1), of(&[-100.0], 0)], &[tiny, tiny], ORACLE_VALUE);
    assert_close("wrong", &[of(&[100.0], 0), of(&[-100.0], 1)], &[100.0, 100.0], ORACLE_VALUE);
    let three = [100.0, -100.0, 0.0];
    assert_close(
        "three",
        &[of(&three, 0), of(&three, 1), of(&three, 2)],
        &[tiny, 200.0, 100.0],
        ORACLE_VALUE,
    );
}

#[test]
fn activations_stay_finite_far_out() {
    for name in crate::support::reference::activation::NAMES {
        for x in [-1000.0, -100.0, 0.0, 100.0, 1000.0] {
            assert!(activation(name, x).is_finite(), "{name}({x})");
        }
    }
    assert_close("softplus", &[activation("softplus", 1000.0)], &[1000.0], ORACLE_VALUE);
}

#[test]
fn same_padding_puts_the_smaller_half_first() {
    let same = |size, kernel, stride| axis(size, kernel, stride, Padding::Same);
    assert_eq!(same(5, 3, 1), Axis { out: 5, before: 1 });
    assert_eq!(same(6, 3, 2), Axis { out: 3, before: 0 });
    assert_eq!(same(5, 3, 2), Axis { out: 3, before: 1 });
    assert_eq!(same(5, 2, 1), Axis { out: 5, before: 0 });
    assert_eq!(same(5, 4, 1), Axis { out: 5, before: 1 });
    assert_eq!(same(7, 1, 3), Axis { out: 3, before: 0 });
    assert_eq!(axis(7, 3, 2, Padding::Valid), Axis { out: 3, before: 0 });
}

#[test]
fn dropout_scales_what_it_keeps() {
    let x = Tensor::new(&[2, 2], vec![1.0, 2.0, 3.0, 4.0]);
    let mask = Tensor::new(&[2, 2], vec![1.0, 0.0, 0.0, 1.0]);
    assert_eq!(dropout(&x, &mask, 0.5).data, [2.0, 0.0, 0.0, 8.0]);

    let spec = json!({"model": {"layers": [{"type": "dropout", "rate": 0.5}]}, "training": {"loss": "mse"}});
    let net = Net::from_spec(&spec, &[2], 1, None);
    let mut pass = net.pass(true);
    pass.masks.push(mask);
    assert_eq!(net.forward(&[1.0, 1.0, 0.0], &x, &mut pass).data, [2.0, 8.0]);
    assert_eq!(net.predict(&[1.0, 1.0, 0.0], &x).data, [3.0, 7.0]);
}

#[test]
fn batch_norm_moves_its_running_estimates_by_a_tenth_and_unbiased() {
    let mut running = Running::new(1);
    let y = batch_norm_training(&Tensor::new(&[2, 1], vec![1.0, 3.0]), &[1.0], &[0.0], &mut running);
    let unit = 1.0 / (1.0 + 1e-5f64).sqrt();
    assert_close("normalized", &y.data, &[-unit, unit], ORACLE_VALUE);
    assert_close("running", &[running.mean[0], running.variance[0]], &[0.2, 1.1], ORACLE_VALUE);
}

#[test]
fn rows_near_a_kink_are_redrawn_and_others_kept() {
    let spec = json!({"model": {"layers": [{"type": "dense", "units": 1, "activation": "relu"}]}, "training": {"loss": "mae"}});
    let net = Net::from_spec(&spec, &[1], 1, None);
    let parameters = [1.0, 0.0, 1.0, 0.0];
    let mut inputs = Tensor::new(&[4, 1], vec![1.0, 1e-4, 0.5, -1.0]);
    let mut targets = Targets::Values(Tensor::new(&[4, 1], vec![2.0, 2.0, 0.5, 2.0]));
    let mut draw = Draw::new(1);
    clear_of_kinks(&net, &parameters, &mut inputs, &mut targets, KINK_MARGIN, |_| {
        (draw.values(1, 1.0), draw.values(1, 1.0))
    });
    assert_eq!((inputs.data[0], inputs.data[3]), (1.0, -1.0));
    assert!(inputs.data[1].abs() > KINK_MARGIN);
    let Targets::Values(values) = &targets else { unreachable!("values were given") };
    assert!((inputs.data[2].max(0.0) - values.data[2]).abs() > KINK_MARGIN);
}

#[test]
fn two_classes_predict_the_second() {
    let spec = json!({"model": {"layers": []}, "training": {"loss": "auto"}});
    let x = Tensor::new(&[1, 1], vec![1.0]);
    let two = Net::from_spec(&spec, &[1], 1, Some(2));
    assert_close("two", &two.predict(&[0.0, 2.0], &x).data, &[1.0 / (1.0 + (-2.0f64).exp())], ORACLE_VALUE);
    let three = Net::from_spec(&spec, &[1], 1, Some(3));
    assert_eq!(three.parameter_count(), 6);
    let even = three.predict(&[0.0; 6], &x).data;
    assert_close("three", &even, &[1.0 / 3.0; 3], ORACLE_VALUE);
}
