//! `Trainer`: one run, as JavaScript holds it.

use super::convert::{document, floats, object, plain, rows, settled, throw, to_js_error};
use super::describe::{describe, task};
use crate::data::{Dataset, Source, generate_imbalanced};
use crate::error::{Error, Result};
use crate::run::{Part, Point, Progress, Run, Spec, Status};
use crate::train::StopReason;
use js_sys::{Promise, Uint8Array};
use serde_json::json;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// The clock of page and worker alike.
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}

/// One training run.
#[wasm_bindgen]
pub struct Trainer {
    run: Run,
}

#[wasm_bindgen]
impl Trainer {
    /// Opens an experiment. `data` holds the caller's own rows when the source is `rows`, and their `Table`, which stays
    /// usable, when it is `table` or a real set.
    /// Rejects with a `TrainyardError` that names the field that doesn't fit.
    #[wasm_bindgen(unchecked_return_type = "Promise<Trainer>")]
    pub fn create(
        #[wasm_bindgen(unchecked_param_type = "Spec")] spec: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Rows | TableHandle")] data: JsValue,
    ) -> Promise {
        settled(open(spec, &data).map(|run| Trainer { run }.into()))
    }

    /// Takes at most `maxSteps` steps or `budgetMs` milliseconds, whichever ends first; a budget of 0 means none.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn advance(
        &mut self,
        #[wasm_bindgen(js_name = maxSteps)] max_steps: f64,
        #[wasm_bindgen(js_name = budgetMs)] budget_ms: f64,
    ) -> JsValue {
        progress(self.run.advance_within(max_steps.max(0.0) as u64, budget_ms, now))
    }

    /// Where the run stands.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn progress(&self) -> JsValue {
        progress(self.run.progress())
    }

    /// What the run is made of.
    #[wasm_bindgen(unchecked_return_type = "Description")]
    pub fn describe(&self) -> JsValue {
        describe(&self.run)
    }

    /// The rows and which part each belongs to.
    #[wasm_bindgen(unchecked_return_type = "Points")]
    pub fn points(&self) -> JsValue {
        let (data, split) = (self.run.data(), self.run.split());
        let mut parts = vec![0_u8; data.rows()];
        split.validation.iter().for_each(|&row| parts[row as usize] = 1);
        split.test.iter().for_each(|&row| parts[row as usize] = 2);
        object(&[
            ("inputs", floats(&data.inputs)),
            ("targets", floats(&data.targets)),
            ("part", Uint8Array::from(parts.as_slice()).into()),
        ])
    }

    /// Changes the learning rate from the next step on; nothing is reset. Throws outside 0…1000.
    #[wasm_bindgen(js_name = setLearningRate)]
    pub fn set_learning_rate(&mut self, rate: f64) -> std::result::Result<(), JsValue> {
        throw(self.run.set_learning_rate(rate))
    }

    /// Changes after how many epochs the run ends, `undefined` for never; a run that ended so goes on when there are more.
    #[wasm_bindgen(js_name = setMaxEpochs)]
    pub fn set_max_epochs(&mut self, most: Option<u32>) {
        self.run.set_max_epochs(most);
    }

    /// The learning rate of the next step, as the schedule has it.
    #[wasm_bindgen(js_name = learningRate)]
    pub fn learning_rate(&self) -> f64 {
        self.run.learning_rate()
    }

    /// Learning rates of the first `epochs` epochs, one an epoch; a plateau schedule can't know them and stays level.
    #[wasm_bindgen(js_name = learningRates)]
    pub fn learning_rates(&self, epochs: u32) -> Vec<f32> {
        let training = &self.run.spec().training;
        training.schedule.preview(training.learning_rate, epochs).map(|rate| rate as f32).collect()
    }

    /// Euclidean norm of the last step's gradient, after penalties and clipping; 0 before the first step.
    #[wasm_bindgen(js_name = gradientNorm)]
    pub fn gradient_norm(&self) -> f64 {
        self.run.gradient_norm()
    }

    /// Lets exactly the parameters at `indices` keep their value; a whole layer is its tensors' ranges. Throws for
    /// an index the model doesn't have.
    pub fn freeze(&mut self, indices: &[u32]) -> std::result::Result<(), JsValue> {
        throw(self.run.freeze(indices))
    }

    /// Sets one parameter by hand. Throws for an index the model doesn't have or a value that isn't finite.
    #[wasm_bindgen(js_name = setParameter)]
    pub fn set_parameter(&mut self, index: u32, value: f32) -> std::result::Result<(), JsValue> {
        throw(self.run.set_parameter(index as usize, value))
    }

    /// Keeps a learning curve of at most `points` points from now on: training and test loss at epoch
    /// ends, thinned evenly as it grows.
    pub fn record(&mut self, points: u32) {
        self.run.record(points as usize);
    }

    /// The learning curve so far.
    #[wasm_bindgen(unchecked_return_type = "Curve")]
    pub fn curve(&self) -> JsValue {
        let column = |pick: fn(&Point) -> f32| floats(&self.run.curve().iter().map(pick).collect::<Vec<_>>());
        object(&[
            ("epoch", column(|p| p.epoch as f32)),
            ("training", column(|p| p.training as f32)),
            ("test", column(|p| p.test as f32)),
        ])
    }

    /// Predictions for new rows (row-major, in the data's own columns and units), rows × outputs:
    /// values, or probabilities of classes; for two classes one column, that of the second.
    #[wasm_bindgen(unchecked_return_type = "Promise<Float32Array>")]
    pub fn predict(&mut self, inputs: &[f32]) -> Promise {
        settled(self.run.predict(inputs).map(|outputs| floats(&outputs)))
    }

    /// Metrics on a part of the split; `undefined` when it has no rows.
    #[wasm_bindgen(unchecked_return_type = "Promise<Metrics | undefined>")]
    pub fn evaluate(&mut self, #[wasm_bindgen(unchecked_param_type = "Part")] part: &str) -> Promise {
        settled(parse_part(part).map(|part| match self.run.evaluate(part) {
            None => JsValue::UNDEFINED,
            Some(metrics) => {
                let mut properties =
                    vec![("rows", (metrics.rows as f64).into()), ("loss", metrics.loss.into())];
                properties.extend(metrics.accuracy.map(|value| ("accuracy", value.into())));
                properties.extend(metrics.mae.map(|value| ("mae", value.into())));
                properties.extend(metrics.rmse.map(|value| ("rmse", value.into())));
                object(&properties)
            }
        }))
    }

    /// Gradient of the mean loss on a part, without penalties, in the order of the parameters.
    #[wasm_bindgen(unchecked_return_type = "Promise<Float32Array>")]
    pub fn gradient(&mut self, #[wasm_bindgen(unchecked_param_type = "Part")] part: &str) -> Promise {
        settled(parse_part(part).map(|part| floats(&self.run.gradient(part))))
    }

    /// All parameters, flat, in the order and layout of a PyTorch `state_dict`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Float32Array>")]
    pub fn parameters(&self) -> Promise {
        settled(Ok(floats(self.run.parameters())))
    }

    /// Replaces all parameters. Rejects another number of them than the model has, or one that isn't finite.
    #[wasm_bindgen(js_name = setParameters, unchecked_return_type = "Promise<void>")]
    pub fn set_parameters(&mut self, parameters: &[f32]) -> Promise {
        settled(self.run.set_parameters(parameters).map(|()| JsValue::UNDEFINED))
    }

    /// The run as bytes.
    #[wasm_bindgen(unchecked_return_type = "Promise<Uint8Array>")]
    pub fn checkpoint(&self) -> Promise {
        settled(Ok(Uint8Array::from(self.run.checkpoint().as_slice()).into()))
    }

    /// Goes on from a checkpoint of the same experiment. Rejects, and changes nothing, when it isn't one.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn restore(&mut self, bytes: &[u8]) -> Promise {
        settled(self.run.restore(bytes).map(|()| JsValue::UNDEFINED))
    }
}

fn open(spec: JsValue, data: &JsValue) -> Result<Run> {
    let spec = Spec::from_json(&document(spec)?)?;
    #[cfg(feature = "table")]
    if let Some(table) = super::table::as_table(data) {
        return Run::of_table(spec, table.rows());
    }
    let given = !data.is_undefined() && !data.is_null();
    let data = if given { Some(rows(data)?) } else { None };
    Run::new(spec, data)
}

fn parse_part(name: &str) -> Result<Part> {
    match name {
        "train" => Ok(Part::Train),
        "validation" => Ok(Part::Validation),
        "test" => Ok(Part::Test),
        other => {
            let what = format!("part \"{other}\" is not one of train, validation, test");
            Err(Error::Data { what })
        }
    }
}

fn progress(progress: Progress) -> JsValue {
    let (status, reason) = match progress.status {
        Status::Ready => ("ready", ""),
        Status::Training => ("training", ""),
        Status::Finished(StopReason::MaxEpochs) => ("finished", "the agreed number of epochs is done"),
        Status::Finished(StopReason::Goal) => ("finished", "the goal is reached"),
        Status::Finished(StopReason::Patience) => ("finished", "the loss no longer gets better"),
        Status::Diverged => ("diverged", "the loss is no longer a finite number"),
    };
    object(&[
        ("step", (progress.step as f64).into()),
        ("epoch", progress.epoch.into()),
        ("trainingLoss", progress.training_loss.into()),
        ("status", status.into()),
        ("reason", reason.into()),
    ])
}

/// Rows of a toy source for a thumbnail: `{ inputs, targets, columns, task, domain }`.
/// `data` is `{ source, samples?, noise? }`. Throws for a source that isn't one.
#[wasm_bindgen(
    unchecked_return_type = "{ inputs: Float32Array; targets: Float32Array; columns: string[]; task: string; domain: [number, number][] }"
)]
pub fn preview(
    #[wasm_bindgen(unchecked_param_type = "{ source: string; samples?: number; noise?: number }")]
    data: JsValue,
    seed: u32,
) -> std::result::Result<JsValue, JsValue> {
    let (source, rows) = toy_rows(object(&[("data", data)]), seed).map_err(|error| to_js_error(&error))?;
    let about = json!({ "columns": rows.columns, "task": task(rows.task).0, "domain": source.domain() });
    let result = plain(&about);
    super::convert::set(&result, "inputs", &floats(&rows.inputs));
    super::convert::set(&result, "targets", &floats(&rows.targets));
    Ok(result)
}

fn toy_rows(spec: JsValue, seed: u32) -> Result<(Source, Dataset)> {
    let data = Spec::from_json(&document(spec)?)?.data;
    let crate::run::SourceSpec::Toy(source) = data.source else {
        return Err(Error::Spec { path: "data.source".into(), what: "\"rows\" has no preview".into() });
    };
    let samples = data.samples.map_or(source.samples(), |n| n as usize);
    Ok((source, generate_imbalanced(source, samples, data.noise as f32, data.imbalance as f32, seed)))
}
