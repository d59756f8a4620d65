use super::pair::{Case, Pair, device};
use serde_json::{Value, json};
use trainyard::data::Task;

fn case(loss: &str, task: Task, more: Value) -> Case {
    let dense = json!({"type": "dense", "units": 6, "activation": "tanh"});
    let mut case = Case::new(json!([dense]), &[3], 45);
    case.training = json!({"loss": loss, "optimizer": {"type": "sgd", "learningRate": 0.1}});
    if let (Value::Object(fields), Value::Object(more)) = (&mut case.training, more) {
        fields.extend(more);
    }
    case.task = task;
    case
}

#[test]
fn loss_parity_of_values_and_classes() {
    let Some(gpu) = device() else { return };
    for loss in ["mse", "mae", "huber", "half-mse"] {
        for task in [
            Task::Regression { targets: 1 },
            Task::Regression { targets: 3 },
            Task::Classification { classes: 2 },
            Task::Classification { classes: 4 },
        ] {
            Pair::open(&gpu, &case(loss, task, json!({}))).check();
        }
    }
    for loss in ["hinge", "cross-entropy"] {
        for classes in [2, 3, 10, 65] {
            Pair::open(&gpu, &case(loss, Task::Classification { classes }, json!({}))).check();
        }
    }
}

#[test]
fn loss_parity_with_class_weighting() {
    let Some(gpu) = device() else { return };
    for classes in [2, 3] {
        let weights = &[0.5, 3.0, 0.0][..classes];
        for more in [
            json!({"labelSmoothing": 0.1}),
            json!({"classWeights": weights}),
            json!({"labelSmoothing": 0.2, "classWeights": weights}),
        ] {
            Pair::open(&gpu, &case("cross-entropy", Task::Classification { classes }, more)).check();
        }
    }
}

/// Logits of some hundred: losses stay exact and gradients finite.
#[test]
fn loss_parity_far_out() {
    let Some(gpu) = device() else { return };
    for classes in [2, 3] {
        let mut case = case("cross-entropy", Task::Classification { classes }, json!({}));
        case.layers = json!([]);
        let mut pair = Pair::open(&gpu, &case);
        let parameters: Vec<f32> = pair.cpu.parameters().iter().map(|w| w * 200.0).collect();
        pair.cpu.parameters_mut().copy_from_slice(&parameters);
        pair.gpu.write(trainyard::engine::gpu::Memory::Parameters, &parameters);
        pair.check();
    }
}

/// Where all outputs are equal, both count the rows of the lowest class; where one is above the others, its rows.
#[test]
fn ties_are_decided_alike() {
    let Some(gpu) = device() else { return };
    for loss in ["cross-entropy", "hinge", "mse", "mae", "huber", "half-mse"] {
        for classes in [2, 3, 5] {
            let mut case = case(loss, Task::Classification { classes }, json!({}));
            case.layers = json!([]);
            let mut pair = Pair::open(&gpu, &case);
            for tied in [0.0, 2.5] {
                let mut parameters = vec![0.0; pair.cpu.parameters().len()];
                // The last two biases: of two classes there is one.
                let last = parameters.len().saturating_sub(2.min(classes - 1));
                parameters[last..].fill(tied);
                pair.cpu.parameters_mut().copy_from_slice(&parameters);
                pair.gpu.write(trainyard::engine::gpu::Memory::Parameters, &parameters);
                pair.check_sums();
            }
        }
    }
}
