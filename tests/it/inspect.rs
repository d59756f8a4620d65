//! Looking inside: what units give is the oracle's and predict's own; a look at the next update tells what that update
//! then does, and leaves the run as it was, bit for bit.

use crate::run::open;
use crate::support::close::{assert_close, assert_norm_close};
use crate::support::draw::Draw;
use crate::support::golden::cases;
use crate::support::reference::{Net, Tensor};
use crate::support::runs::{self, narrow, tensors};
use crate::support::tolerances::{FORWARD, TRACE};
use serde_json::{Value, json};
use trainyard::run::{Look, Part, Run};

fn dense(units: usize, activation: &str) -> Value {
    json!({"type": "dense", "units": units, "activation": activation})
}

fn deep() -> Run {
    open(json!({
        "data": {"source": "moons", "noise": 0.3, "scale": "standard"},
        "model": {"layers": [
            dense(5, "tanh"), {"type": "layerNorm"}, dense(6, "gelu"), {"type": "dropout", "rate": 0.4},
            {"type": "residual", "layers": [dense(6, "relu")]}, dense(3, "sigmoid")
        ]},
        "training": {"loss": "mse"}
    }))
}

/// The oracle's values after the dense layer `layers[index]`: those of a net that ends there.
fn cut(layers: &[Value], index: usize, shape: &[usize], parameters: &[f64], inputs: &Tensor) -> Tensor {
    let last = &layers[index];
    let spec =
        json!({"model": {"layers": layers[..index], "outputActivation": last["activation"]}, "training": {}});
    let net = Net::from_spec(&spec, shape, last["units"].as_u64().unwrap() as usize, None);
    net.forward(&parameters[..net.parameter_count()], inputs, &mut net.pass(false))
}

#[test]
fn units_give_what_the_oracle_says() {
    let layers = [
        dense(5, "tanh"),
        json!({"type": "layerNorm"}),
        dense(130, "silu"),
        json!({"type": "dropout", "rate": 0.5}),
        json!({"type": "batchNorm"}),
        dense(7, "sigmoid"),
        dense(2, "sin"),
    ];
    let mut draw = Draw::new(5);
    let rows = 300; // more than evaluation takes at a time, and no multiple of four
    let inputs = Tensor::new(&[rows + 1, 3], draw.values(3 * (rows + 1), 1.5));
    let targets = crate::support::reference::Targets::Values(Tensor::zeros(&[rows + 1, 1]));
    let spec = json!({"data": {"source": "rows", "scale": "none", "split": {"train": 1}}, "model": {"layers": layers}});
    let mut run = runs::open(&spec, &inputs, &targets, None, &vec![0.0; 1 + run_size(&layers)]).unwrap();
    let parameters = draw.values(run.parameters().len(), 0.6);
    run.set_parameters(&narrow(&parameters)).unwrap();
    let units = run.activations(&inputs.data).unwrap();
    for (i, shown) in units[..3 * (rows + 1)].iter().enumerate() {
        assert_eq!(f64::from(*shown), inputs.row(i % (rows + 1))[i / (rows + 1)], "the inputs come first");
    }
    let mut at = 3 * (rows + 1);
    for index in (0..layers.len()).filter(|&index| layers[index]["type"] == "dense") {
        let want = cut(&layers, index, &[3], &parameters, &inputs);
        for unit in 0..want.width() {
            let own: Vec<f64> = (0..=rows).map(|row| want.row(row)[unit]).collect();
            assert_close(&format!("layer {index}, unit {unit}"), &units[at..at + rows + 1], &own, FORWARD);
            at += rows + 1;
        }
    }
    let outputs = run.predict(&inputs.data).unwrap();
    assert_eq!(widened(&units[at..]), outputs, "the output layer's are what predict gives, bit for bit");
}

fn widened(numbers: &[f32]) -> Vec<f64> {
    numbers.iter().copied().map(f64::from).collect()
}

/// Parameters up to the output layer of one unit, less its bias.
fn run_size(layers: &[Value]) -> usize {
    let spec = json!({"model": {"layers": layers}, "training": {}});
    Net::from_spec(&spec, &[3], 1, None).parameter_count() - 1
}

#[test]
fn activations_refuse_rows_that_are_cut_short() {
    assert!(deep().activations(&[1.0, 2.0, 3.0]).is_err());
    assert_eq!(deep().activations(&[]).unwrap().len(), 0);
}

fn bits(numbers: &[f32]) -> Vec<u32> {
    numbers.iter().map(|x| x.to_bits()).collect()
}

/// Looks, and sees to it that nothing moved and that the next step does what was said.
fn assert_told(run: &mut Run, name: &str) -> Look {
    let (before, norm) = (run.checkpoint(), run.gradient_norm());
    let look = run.look();
    assert_eq!(run.checkpoint(), before, "{name}: the run is another");
    assert_eq!(run.gradient_norm().to_bits(), norm.to_bits(), "{name}: the norm is another");
    assert_eq!(run.look(), look, "{name}: a second look is another");
    assert_eq!(bits(&look.before), bits(run.parameters()), "{name}");
    run.advance(1);
    assert_eq!(bits(&look.update.after), bits(run.parameters()), "{name}: the step does something else");
    let norm: f64 =
        look.update.step_gradient.iter().map(|&g| f64::from(g) * f64::from(g)).sum::<f64>().sqrt();
    assert_eq!(run.gradient_norm(), norm, "{name}: the optimizer was given another gradient");
    look
}

#[test]
fn a_look_tells_the_next_step_and_moves_nothing() {
    for training in [
        json!({}),
        json!({"optimizer": {"type": "sgd", "momentum": 0.9, "nesterov": true}, "clip": {"norm": 0.05}}),
        json!({"optimizer": {"type": "adam"}, "l1": 0.01, "l2": 0.1, "schedule": {"type": "step", "stepSize": 1}}),
        json!({"optimizer": {"type": "adamw", "weightDecay": 0.2}, "batchSize": 300}),
        json!({"optimizer": {"type": "rmsprop"}, "clip": {"value": 0.01}, "batchSize": 7}),
    ] {
        let name = training.to_string();
        let mut run = open(json!({
            "data": {"source": "moons"},
            "model": {"layers": [
                dense(4, "tanh"), {"type": "batchNorm"}, dense(5, "relu"), {"type": "dropout", "rate": 0.3}
            ]},
            "training": training
        }));
        run.record(100);
        run.freeze(&[0, 3]).unwrap();
        for _ in 0..60 {
            let look = assert_told(&mut run, &name);
            assert_eq!(
                [look.update.step_gradient[0], look.update.step_gradient[3]],
                [0.0, 0.0],
                "{name}: frozen"
            );
        }
    }
}

#[test]
fn a_loss_that_is_not_finite_is_looked_at_too() {
    let mut run = deep();
    let count = run.parameters().len();
    run.set_parameters(&vec![3e38; count]).unwrap();
    let look = run.look();
    assert!(!look.update.loss.is_finite());
    assert_eq!(look.update.after, look.before, "there is no update then");
}

/// The sum over rows of two `[unit][row]` rows.
fn dot(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum()
}

#[test]
fn gradients_are_pytorchs_and_deltas_times_inputs() {
    for case in cases() {
        let mut run =
            runs::open(&case.spec, &case.inputs, &case.targets, case.classes, &case.parameters).unwrap();
        let look = assert_told(&mut run, &case.name);
        let update = &look.update;
        let shapes = case.net().parameter_shapes();
        let pairs = tensors(&update.gradient, &shapes).into_iter().zip(tensors(&case.gradient, &shapes));
        for (index, (got, want)) in pairs.enumerate() {
            assert_norm_close(&format!("{}: tensor {index}", case.name), got, want, TRACE);
        }
        assert_close(&case.name, &[update.loss], &case.losses[..1], TRACE);
        let rows = look.rows.len();
        let mean = update.losses.iter().map(|&loss| f64::from(loss)).sum::<f64>() / rows as f64;
        if case.spec["training"]["classWeights"].is_null() {
            assert_close(&format!("{}: losses", case.name), &[mean], &[update.loss], TRACE);
        }
        // The output layer's: δ summed is its bias's gradient.
        let outputs = run.plan().output().len;
        let deltas = &update.deltas[update.deltas.len() - outputs * rows..];
        let sums: Vec<f64> = deltas.chunks(rows).map(|delta| dot(delta, &vec![1.0; rows])).collect();
        let bias = &update.gradient[update.gradient.len() - outputs..];
        assert_norm_close(&format!("{}: deltas", case.name), bias, &sums, TRACE);
    }
}

#[test]
fn a_layers_gradient_is_delta_times_what_it_was_given() {
    let mut run = open(json!({
        "data": {"source": "moons"}, "model": {"layers": [dense(4, "tanh"), dense(3, "silu")]}
    }));
    run.advance(50);
    let look = run.look();
    let (update, rows) = (&look.update, look.rows.len());
    let unit = |all: &[f32], unit: usize| all[unit * rows..][..rows].to_vec();
    let given = |layer: usize, k: usize| match layer {
        0 => unit(&update.inputs, k),
        layer => unit(&update.values, [0, 0, 4][layer] + k),
    };
    let mut at = 0;
    for (layer, (inputs, outputs)) in [(2, 4), (4, 3), (3, 1)].into_iter().enumerate() {
        for o in 0..outputs {
            let delta = unit(&update.deltas, [0, 4, 7][layer] + o);
            let want: Vec<f64> = (0..inputs).map(|k| dot(&delta, &given(layer, k))).collect();
            assert_close(
                &format!("layer {layer}, unit {o}"),
                &update.gradient[at..at + inputs],
                &want,
                FORWARD,
            );
            at += inputs;
        }
        at += outputs;
    }
    for (row, &number) in look.rows.iter().enumerate() {
        let (data, encoder) = (run.data(), run.encoder());
        let raw = &data.inputs[2 * number as usize..][..2];
        let shown = [update.inputs[row], update.inputs[rows + row]];
        assert_eq!(shown, encoder.transform(raw)[..], "row {number}");
        assert_eq!(f64::from(update.targets[row]), data.targets[number as usize], "row {number}");
    }
    assert_eq!(bits(&look.full_gradient), bits(&run.gradient(Part::Train)));
}

#[test]
fn gradients_looked_at_leave_the_last_steps_own() {
    let mut run = deep();
    run.advance(30);
    let norm = run.gradient_norm();
    run.gradient(Part::Train);
    assert_eq!(run.gradient_norm(), norm);
}
