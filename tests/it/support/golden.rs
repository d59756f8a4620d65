//! The committed PyTorch traces; `tests/golden/generate.py` writes them and says what each field means.

use super::reference::{Net, Targets, Tensor};
use serde_json::Value;
use std::path::Path;

/// One net, trained by PyTorch in float64 for ten steps.
pub struct Case {
    pub name: String,
    pub spec: Value,
    /// `[features]` or `[channels, height, width]`.
    pub shape: Vec<usize>,
    pub classes: Option<usize>,
    /// `[rows, …shape]`
    pub inputs: Tensor,
    pub targets: Targets,
    /// Values or class indices, row-major, as the caller of the crate gives them.
    pub flat_targets: Vec<f64>,
    pub parameters: Vec<f64>,
    /// Each step's loss before its update, without penalties.
    pub losses: Vec<f64>,
    /// Of the first batch's loss at the first step, without penalties, before clipping.
    pub gradient: Vec<f64>,
    pub parameters_after: Vec<f64>,
    /// Mean and variance of every batch normalisation, one after the other, after the last step.
    pub running_after: Vec<f64>,
    /// Of all rows after the last step, in evaluation.
    pub loss_after: f64,
    /// Of all rows after the last step, in evaluation; logits for classes.
    pub outputs_after: Vec<f64>,
}

/// Reads all cases.
pub fn cases() -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/traces.json");
    let text = std::fs::read_to_string(path).expect("the golden traces are committed");
    let json: Value = serde_json::from_str(&text).expect("the golden traces are JSON");
    json["cases"].as_array().expect("cases").iter().map(Case::read).collect()
}

impl Case {
    fn read(json: &Value) -> Case {
        let shape: Vec<usize> = numbers(&json["shape"]).into_iter().map(|n| n as usize).collect();
        let classes = json["classes"].as_u64().map(|n| n as usize);
        let inputs = numbers(&json["inputs"]);
        let rows = inputs.len() / shape.iter().product::<usize>();
        let flat_targets = numbers(&json["targets"]);
        let targets = match classes {
            Some(_) => Targets::Classes(flat_targets.iter().map(|&class| class as usize).collect()),
            None => Targets::Values(Tensor::new(&[rows, flat_targets.len() / rows], flat_targets.clone())),
        };
        Case {
            name: json["name"].as_str().expect("a name").to_string(),
            spec: json["spec"].clone(),
            inputs: Tensor::new(&[&[rows], shape.as_slice()].concat(), inputs),
            shape,
            classes,
            targets,
            flat_targets,
            parameters: numbers(&json["parameters"]),
            losses: numbers(&json["losses"]),
            gradient: numbers(&json["gradient"]),
            parameters_after: numbers(&json["parametersAfter"]),
            running_after: numbers(&json["runningAfter"]),
            loss_after: json["lossAfter"].as_f64().expect("a loss"),
            outputs_after: numbers(&json["outputsAfter"]),
        }
    }

    pub fn rows(&self) -> usize {
        self.inputs.rows()
    }

    pub fn batch_size(&self) -> usize {
        self.spec["training"]["batchSize"].as_u64().expect("a batch size") as usize
    }

    /// The oracle's net for this case.
    pub fn net(&self) -> Net {
        Net::from_spec(&self.spec, &self.shape, self.flat_targets.len() / self.rows(), self.classes)
    }
}

/// An array of numbers; empty where there is none.
fn numbers(json: &Value) -> Vec<f64> {
    json.as_array().into_iter().flatten().map(|n| n.as_f64().expect("a number")).collect()
}
