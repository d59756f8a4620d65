use super::pair::{Case, Pair, device};
use crate::support::tolerances::PARITY;
use serde_json::{Value, json};
use trainyard::engine::gpu::Memory;

fn rules() -> Vec<Value> {
    vec![
        json!({"type": "sgd", "learningRate": 0.1}),
        json!({"type": "sgd", "learningRate": 0.1, "momentum": 0.9}),
        json!({"type": "sgd", "learningRate": 0.1, "momentum": 0.8, "nesterov": true}),
        json!({"type": "adagrad", "learningRate": 0.05}),
        json!({"type": "rmsprop", "learningRate": 0.01}),
        json!({"type": "adam", "learningRate": 0.01}),
        json!({"type": "adamw", "learningRate": 0.01, "weightDecay": 0.1}),
    ]
}

fn case(training: Value) -> Case {
    let layers = json!([{"type": "dense", "units": 9, "activation": "tanh"}, {"type": "layerNorm"}]);
    let mut case = Case::new(layers, &[5], 33);
    case.training = training;
    case.batch = 8;
    case
}

#[test]
fn optimizer_parity_of_every_rule() {
    let Some(gpu) = device() else { return };
    for rule in rules() {
        for more in [
            json!({}),
            json!({"l1": 0.01, "l2": 0.02}),
            json!({"l1": 1, "l1Rule": "prune"}),
            json!({"l1": 0.3, "l1Rule": "prune", "l2": 0.02, "clip": {"norm": 0.3}}),
            json!({"clip": {"value": 0.02}}),
            json!({"l2": 0.1, "clip": {"norm": 0.3}}),
            json!({"clip": {"norm": 100}}),
        ] {
            let mut training = json!({"loss": "mse", "optimizer": rule});
            if let (Value::Object(fields), Value::Object(more)) = (&mut training, more) {
                fields.extend(more);
            }
            let mut pair = Pair::open(&gpu, &case(training));
            pair.check_step();
            pair.steps(4);
            pair.check_memory(PARITY);
            pair.check_gradient_norm(PARITY);
        }
    }
}

#[test]
fn optimizer_parity_with_frozen_parameters() {
    let Some(gpu) = device() else { return };
    for rule in rules() {
        let training = json!({"loss": "mse", "optimizer": rule, "l2": 0.1, "clip": {"norm": 0.5}});
        let mut pair = Pair::open(&gpu, &case(training));
        let before = pair.cpu.parameters().to_vec();
        let frozen = [0, 3, 31, 32, 40, before.len() as u32 - 1];
        pair.steps(2);
        pair.gpu.write(Memory::Parameters, &before);
        pair.cpu.parameters_mut().copy_from_slice(&before);
        pair.cpu.freeze(frozen);
        pair.gpu.freeze(&frozen);
        pair.steps(3);
        pair.check_memory(PARITY);
        pair.check_gradient_norm(PARITY);
        let after = pair.read(Memory::Parameters);
        frozen.iter().for_each(|&i| assert_eq!(after[i as usize], before[i as usize]));
        pair.cpu.freeze([]);
        pair.gpu.freeze(&[]);
        pair.steps(2);
        pair.check_memory(PARITY);
        pair.check_gradient_norm(PARITY);
        let after = pair.read(Memory::Parameters);
        frozen.iter().for_each(|&i| assert_ne!(after[i as usize], before[i as usize]));
    }
}

/// More parameters than all workgroups that share the sum of squares take at once.
#[test]
fn optimizer_parity_of_many_parameters() {
    let Some(gpu) = device() else { return };
    let layers = json!([{"type": "dense", "units": 300, "activation": "relu"}]);
    let mut case = Case::new(layers, &[200], 8);
    let optimizer = json!({"type": "sgd", "learningRate": 0.1, "momentum": 0.9});
    case.training = json!({"loss": "mse", "optimizer": optimizer, "clip": {"norm": 0.1}});
    Pair::open(&gpu, &case).check();
}
