//! `Trainer`: one run, as JavaScript holds it.

use super::convert::{document, floats, numbers, object, plain, resolved, rows, set, throw, wide};
use super::describe::{describe, engine};
use super::reads;
#[cfg(feature = "gpu")]
use crate::engine::gpu::TileSize;
use crate::error::{Error, Result};
use crate::run::{Answers, Part, Point, Run, Spec, Status};
use crate::train::Metrics;
use js_sys::{Promise, Uint8Array, Uint32Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// The clock of page and worker alike.
    #[wasm_bindgen(js_namespace = performance)]
    pub(super) fn now() -> f64;
}

/// One training run.
#[wasm_bindgen]
pub struct Trainer {
    /// Shared with the promises that wait for it.
    pub(super) run: Rc<RefCell<Run>>,
    /// Why the GPU that was asked for doesn't compute.
    gpu_error: Option<String>,
}

impl Trainer {
    pub(super) fn new(run: Run, gpu_error: Option<String>) -> Trainer {
        Trainer { run: Rc::new(RefCell::new(run)), gpu_error }
    }
}

#[wasm_bindgen]
impl Trainer {
    /// Opens an experiment. `data` holds the caller's own rows when the source is `rows`, and their `Table`, which stays
    /// usable, when it is `table` or a real set. A Spec that asks for the GPU gets it where the package and the browser
    /// have one; else the CPU, and `engine()` says why.
    /// Rejects with a `TrainyardError` that names the field that doesn't fit.
    #[wasm_bindgen(unchecked_return_type = "Promise<Trainer>")]
    pub fn create(
        #[wasm_bindgen(unchecked_param_type = "Spec")] spec: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Rows | TableHandle")] data: JsValue,
    ) -> Promise {
        reads::create(open(spec, &data))
    }

    /// Takes at most `maxSteps` steps or `budgetMs` milliseconds, whichever ends first; a budget of 0 means none.
    /// On the GPU it never waits: it records the steps that are back and submits more; see `idle` and `landed`.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn advance(
        &self,
        #[wasm_bindgen(js_name = maxSteps)] max_steps: f64,
        #[wasm_bindgen(js_name = budgetMs)] budget_ms: f64,
    ) -> JsValue {
        let mut run = self.run.borrow_mut();
        run.advance_within(max_steps.max(0.0) as u64, budget_ms, now);
        progress(&run)
    }

    /// Where the run stands.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn progress(&self) -> JsValue {
        progress(&self.run.borrow())
    }

    /// What the run is made of.
    #[wasm_bindgen(unchecked_return_type = "Description")]
    pub fn describe(&self) -> JsValue {
        describe(&self.run.borrow(), self.gpu_error.as_deref())
    }

    /// The rows and which part each belongs to.
    #[wasm_bindgen(unchecked_return_type = "Points")]
    pub fn points(&self) -> JsValue {
        let run = self.run.borrow();
        let (data, split) = (run.data(), run.split());
        let mut parts = vec![0_u8; data.rows()];
        split.validation.iter().for_each(|&row| parts[row as usize] = 1);
        split.test.iter().for_each(|&row| parts[row as usize] = 2);
        let points = object(&[
            ("inputs", wide(&data.inputs)),
            ("targets", wide(&data.targets)),
            ("part", Uint8Array::from(parts.as_slice()).into()),
        ]);
        #[cfg(feature = "table")]
        if let Some(about) = data.about() {
            super::convert::set(&points, "tableRows", &Uint32Array::from(about.rows.as_slice()).into());
        }
        points
    }

    /// Changes the learning rate from the next step on; nothing is reset. Throws outside 0…1000.
    #[wasm_bindgen(js_name = setLearningRate)]
    pub fn set_learning_rate(&self, rate: f64) -> std::result::Result<(), JsValue> {
        throw(self.run.borrow_mut().set_learning_rate(rate))
    }

    /// Changes after how many epochs the run ends, `undefined` for never: one that has taken as many is over at once, and
    /// one that ended so goes on when there are more.
    #[wasm_bindgen(js_name = setMaxEpochs)]
    pub fn set_max_epochs(&self, most: Option<u32>) {
        self.run.borrow_mut().set_max_epochs(most);
    }

    /// The learning rate of the next step, as the schedule has it.
    #[wasm_bindgen(js_name = learningRate)]
    pub fn learning_rate(&self) -> f64 {
        self.run.borrow().learning_rate()
    }

    /// Learning rates of the first `epochs` epochs, one an epoch; a plateau schedule can't know them and stays level.
    /// Throws beyond a million.
    #[wasm_bindgen(js_name = learningRates)]
    pub fn learning_rates(&self, epochs: u32) -> std::result::Result<Vec<f32>, JsValue> {
        throw(self.run.borrow().learning_rates(epochs))
    }

    /// Euclidean norm of the last step's gradient, after penalties and clipping; 0 before the first step. `undefined` where
    /// that gradient isn't at hand: after `seek`, `restore` and `branch`, until the next step, and on the GPU unless
    /// `sync` has brought it up to date since that step.
    #[wasm_bindgen(js_name = gradientNorm)]
    pub fn gradient_norm(&self) -> Option<f64> {
        Some(self.run.borrow().gradient_norm()).filter(|norm| !norm.is_nan())
    }

    /// Lets exactly the parameters at `indices` keep their value; a whole layer is its tensors' ranges. Throws for
    /// an index the model doesn't have.
    pub fn freeze(&self, indices: &[u32]) -> std::result::Result<(), JsValue> {
        throw(self.run.borrow_mut().freeze(indices))
    }

    /// Sets one parameter by hand. Throws for an index the model doesn't have or a value that isn't finite.
    #[wasm_bindgen(js_name = setParameter)]
    pub fn set_parameter(&self, index: u32, value: f32) -> std::result::Result<(), JsValue> {
        throw(self.run.borrow_mut().set_parameter(index as usize, value))
    }

    /// Keeps a learning curve of at most `points` points from now on: losses at epoch ends,
    /// subsampled evenly as it grows.
    pub fn record(&self, points: u32) {
        self.run.borrow_mut().record(points as usize);
    }

    /// The learning curve so far.
    #[wasm_bindgen(unchecked_return_type = "Curve")]
    pub fn curve(&self) -> JsValue {
        let run = self.run.borrow();
        let column = |pick: fn(&Point) -> f32| floats(&run.curve().iter().map(pick).collect::<Vec<_>>());
        let columns = object(&[
            ("epoch", column(|p| p.epoch as f32)),
            ("training", column(|p| p.training as f32)),
            ("test", column(|p| p.test as f32)),
        ]);
        if !run.split().validation.is_empty() {
            set(&columns, "validation", &column(|p| p.validation.unwrap_or(f64::NAN) as f32));
        }
        columns
    }

    /// Predictions for new rows (row-major, in the data's own columns and units), rows × outputs: values; or of classes
    /// probabilities, which sum to 1, by cross-entropy, and raw scores by any other loss: it learns from −1 and 1, and
    /// scores may lie beyond. Two classes have one column, that of the second: its score is above 0 for the second class.
    #[wasm_bindgen(unchecked_return_type = "Promise<Float64Array>")]
    pub fn predict(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Float32Array | Float64Array")] inputs: &JsValue,
    ) -> Promise {
        reads::classify(&self.run, numbers(inputs, "inputs"), |answers| wide(&answers.outputs))
    }

    /// What `predict` gives, with the class of each row: that of the largest raw output, and the lower one of equals.
    /// Accuracy counts the same. Values have no classes.
    #[wasm_bindgen(unchecked_return_type = "Promise<Answers>")]
    pub fn classify(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Float32Array | Float64Array")] inputs: &JsValue,
    ) -> Promise {
        reads::classify(&self.run, numbers(inputs, "inputs"), answers)
    }

    /// Metrics on a part of the split; `undefined` when it has no rows.
    #[wasm_bindgen(unchecked_return_type = "Promise<Metrics | undefined>")]
    pub fn evaluate(&self, #[wasm_bindgen(unchecked_param_type = "Part")] part: &str) -> Promise {
        reads::evaluate(&self.run, parse_part(part))
    }

    /// Gradient of the mean loss on a part, without penalties, in the order of the parameters. Nothing is dropped, and
    /// batch norm goes by the statistics of all rows of the part.
    #[wasm_bindgen(unchecked_return_type = "Promise<Float32Array>")]
    pub fn gradient(&self, #[wasm_bindgen(unchecked_param_type = "Part")] part: &str) -> Promise {
        reads::gradient(&self.run, parse_part(part))
    }

    /// All parameters, flat, in the order and layout of a PyTorch `state_dict`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Float32Array>")]
    pub fn parameters(&self) -> Promise {
        reads::parameters(&self.run)
    }

    /// Replaces all parameters. Rejects another number of them than the model has, or one that isn't finite.
    #[wasm_bindgen(js_name = setParameters, unchecked_return_type = "Promise<void>")]
    pub fn set_parameters(&self, parameters: &[f32]) -> Promise {
        resolved(self.run.borrow_mut().set_parameters(parameters).map(|()| JsValue::UNDEFINED))
    }

    /// The run as bytes, as it is once the steps under way are done.
    #[wasm_bindgen(unchecked_return_type = "Promise<Uint8Array>")]
    pub fn checkpoint(&self) -> Promise {
        reads::checkpoint(&self.run, Run::checkpoint)
    }

    /// The same without figures of test rows, to be handed on by somebody who must not see them. `restore` takes it; the
    /// curve then has NaN where they stood.
    #[cfg(feature = "table")]
    #[wasm_bindgen(js_name = checkpointWithoutTest, unchecked_return_type = "Promise<Uint8Array>")]
    pub fn checkpoint_without_test(&self) -> Promise {
        reads::checkpoint(&self.run, Run::checkpoint_without_test)
    }

    /// Goes on from a checkpoint of the same experiment. Rejects, and changes nothing, when it isn't one.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn restore(&self, bytes: &[u8]) -> Promise {
        resolved(self.run.borrow_mut().restore(bytes).map(|()| JsValue::UNDEFINED))
    }

    /// Goes on from a checkpoint of an experiment that differs in nothing but `training` and `engine`: with this run's
    /// learning rate and stop contract, and all else as it stood. The optimizer's state starts at 0 where it is
    /// another's or doesn't fit. Rejects, and changes nothing, for other rows, another seed or model.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn branch(&self, bytes: &[u8]) -> Promise {
        resolved(self.run.borrow_mut().branch(bytes).map(|()| JsValue::UNDEFINED))
    }

    /// The run as it stands, in few bytes, for `seek` of this very run; on the GPU as of the last `sync`.
    pub fn moment(&self) -> Vec<u8> {
        self.run.borrow().moment()
    }

    /// Goes to a moment, earlier or later. The curve keeps what it knows of later epochs, for a run that goes on
    /// unchanged, unless it is to forget them.
    pub fn seek(
        &self,
        moment: &[u8],
        #[wasm_bindgen(js_name = forgetsLater)] forgets_later: bool,
    ) -> std::result::Result<(), JsValue> {
        throw(self.run.borrow_mut().seek(moment, forgets_later))
    }

    /// Who computes, and why.
    #[wasm_bindgen(unchecked_return_type = "EngineFacts")]
    pub fn engine(&self) -> JsValue {
        plain(&engine(&self.run.borrow(), self.gpu_error.as_deref()))
    }

    /// Resolves when no step is under way and `progress()` knows of all of them; on the CPU at once.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn idle(&self) -> Promise {
        reads::idle(&self.run)
    }

    /// Resolves when `progress()` knows of more steps, or none is under way: a GPU computes the next ones meanwhile, if
    /// `advance` is called each time.
    #[cfg(feature = "gpu")]
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn landed(&self) -> Promise {
        reads::landed(&self.run)
    }

    /// Brings what the GPU holds home, so that the run goes on from here should the device be lost. Resolves when
    /// that is done; on the CPU at once.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn sync(&self) -> Promise {
        reads::sync(&self.run)
    }
}

#[cfg(feature = "gpu")]
#[wasm_bindgen]
impl Trainer {
    /// Where the time of all steps on the GPU went so far, in milliseconds; `undefined` on the CPU.
    #[wasm_bindgen(unchecked_return_type = "Timings | undefined")]
    pub fn timings(&self) -> JsValue {
        let Some(spent) = self.run.borrow().spent() else { return JsValue::UNDEFINED };
        object(&[
            ("steps", (spent.steps as f64).into()),
            ("submissions", (spent.submissions as f64).into()),
            ("recording", spent.recording.into()),
            ("upload", spent.upload.into()),
            ("inFlight", spent.in_flight.into()),
            ("compute", spent.compute.map_or(JsValue::UNDEFINED, JsValue::from)),
        ])
    }

    /// Names the shapes whose best tiles on a GPU are alike; `undefined` on the CPU, or where no product is so large that
    /// the size of its tiles counts.
    #[wasm_bindgen(js_name = tileClass)]
    pub fn tile_class(&self) -> Option<String> {
        self.run.borrow().tile_class()
    }

    /// Takes the size of tiles that is known of this adapter and `tileClass()`, or else times a few on the largest product
    /// and takes the best; after `budgetMs` milliseconds no other one is begun. Before the first step: the gradient of the
    /// last one is lost. Resolves to `undefined` on the CPU.
    #[wasm_bindgen(js_name = tuneTiles, unchecked_return_type = "Promise<TunedTiles | undefined>")]
    pub fn tune_tiles(
        &self,
        #[wasm_bindgen(js_name = budgetMs)] budget_ms: f64,
        #[wasm_bindgen(unchecked_optional_param_type = "TileSize")] known: Option<Vec<u32>>,
    ) -> Promise {
        let known = known.as_deref().and_then(|known| match known {
            &[values, weights] => Some(TileSize { values: values as usize, weights: weights as usize }),
            _ => None,
        });
        reads::tune_tiles(&self.run, known, budget_ms)
    }

    /// Destroys the GPU device, as a driver may at any time: for tests.
    #[wasm_bindgen(js_name = loseDevice)]
    pub fn lose_device(&self) {
        self.run.borrow().destroy_device();
    }
}

fn open(spec: JsValue, data: &JsValue) -> Result<Run> {
    let spec = Spec::from_json(&document(spec)?)?;
    #[cfg(feature = "table")]
    if let Some(table) = super::table::as_table(data)? {
        crate::run::check_takes_table(&spec)?;
        let seen = table.seen(&spec.data)?;
        return Run::of_seen(spec, &seen);
    }
    let given = !data.is_undefined() && !data.is_null();
    let data = if given { Some(rows(data)?) } else { None };
    Run::new(spec, data)
}

pub(super) fn parse_part(name: &str) -> Result<Part> {
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

/// Outputs and classes as an object.
pub(super) fn answers(answers: Answers) -> JsValue {
    object(&[
        ("outputs", wide(&answers.outputs)),
        ("classes", Uint32Array::from(answers.classes.as_slice()).into()),
    ])
}

/// Metrics as an object.
pub(super) fn metrics(metrics: Option<Metrics>) -> JsValue {
    let Some(metrics) = metrics else { return JsValue::UNDEFINED };
    let mut properties = vec![("rows", (metrics.rows as f64).into()), ("loss", metrics.loss.into())];
    properties.extend(metrics.accuracy.map(|value| ("accuracy", value.into())));
    properties.extend(metrics.mae.map(|value| ("mae", value.into())));
    properties.extend(metrics.rmse.map(|value| ("rmse", value.into())));
    object(&properties)
}

pub(super) fn progress(run: &Run) -> JsValue {
    let progress = run.progress();
    let status = match progress.status {
        Status::Ready => "ready",
        Status::Training => "training",
        Status::Finished(_) => "finished",
        Status::Diverged => "diverged",
    };
    object(&[
        ("step", (progress.step as f64).into()),
        ("epoch", progress.epoch.into()),
        ("trainingLoss", progress.training_loss.into()),
        ("status", status.into()),
        ("reason", run.reason().into()),
    ])
}
