//! `crossValidate`: all folds of an experiment, one after the other.

use super::super::convert::{object, set, throw, wide};
use super::super::trainer::now;
use super::folding::{FOLDING, open};
use super::options::Options;
use super::scores::{by_name, to_js};
use crate::data::gather;
use crate::error::{Error, Result};
use crate::run::{Part, Run, Status};
use crate::study::scores::{Given, Scores, scores};
use crate::study::{self, Meaning, score_part, summarize};
use js_sys::{Array, Function, Promise, Reflect, Uint32Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// Milliseconds of training between two looks at whether it is wanted still.
const SLICE: f64 = 100.0;

/// Trains and scores a model for each fold, on this thread, and lets others have their turn ten times a second. The promise
/// is of what was done by then: all folds, or those before it was canceled, by `signal` or by `onProgress` returning
/// false. Rejects for a Spec, rows or options that don't fit.
#[wasm_bindgen(js_name = crossValidate, skip_typescript)]
pub fn cross_validate(spec: JsValue, data: &JsValue, options: &JsValue, on_progress: &JsValue) -> Promise {
    let known: Vec<&str> = FOLDING.iter().copied().chain(["signal"]).collect();
    let opened = Options::new(options, &known).and_then(|options| {
        let signal = options.get("signal");
        let listener = match on_progress.dyn_ref::<Function>() {
            None if !on_progress.is_undefined() && !on_progress.is_null() => {
                let (path, what) = ("onProgress".into(), "is not a function".into());
                return Err(Error::Spec { path, what });
            }
            listener => listener.cloned(),
        };
        Ok(Course { folding: open(spec, data, &options)?, signal, listener, began: now() })
    });
    future_to_promise(async move { take(throw(opened)?).await })
}

/// A cross-validation under way.
struct Course {
    folding: study::Folding,
    signal: Option<JsValue>,
    listener: Option<Function>,
    began: f64,
}

/// A run that is done.
struct Fold {
    index: u32,
    /// Places among the rows that are dealt.
    rows: Vec<u32>,
    result: JsValue,
    scores: Option<Scores>,
    outputs: Vec<f64>,
    targets: Vec<f64>,
    decided: Vec<u32>,
}

/// Takes its runs, one after the other.
async fn take(course: Course) -> std::result::Result<JsValue, JsValue> {
    let mut done: Vec<Fold> = vec![];
    let mut meaning = None;
    for index in 0..course.folding.runs() {
        let mut run = throw(course.folding.open(index))?;
        meaning.get_or_insert_with(|| Meaning::of(&run));
        while !is_over(&run) {
            run.advance_within(u64::MAX, SLICE, now);
            if !course.goes_on(index, &run, None)? {
                return Ok(course.document(&done, meaning));
            }
            if !is_over(&run) {
                next_turn().await;
            }
        }
        let fold = throw(course.fold(index, &mut run))?;
        let result = fold.result.clone();
        done.push(fold);
        if !course.goes_on(index, &run, Some(&result))? {
            break;
        }
        next_turn().await;
    }
    Ok(course.document(&done, meaning))
}

impl Course {
    /// Tells how far it is, and whether it is wanted still.
    fn goes_on(&self, index: u32, run: &Run, result: Option<&JsValue>) -> std::result::Result<bool, JsValue> {
        if let Some(listener) = &self.listener {
            let (runs, epoch) = (self.folding.runs(), run.progress().epoch);
            let most = run.spec().training.stop.max_epochs;
            let part = match (result, most) {
                (Some(_), _) => 1.0,
                (None, Some(most)) => (f64::from(epoch) / f64::from(most.max(1))).min(1.0),
                (None, None) => 0.0,
            };
            let share = (f64::from(index) + part) / f64::from(runs);
            let elapsed = now() - self.began;
            let left = if share > 0.0 { elapsed * (1.0 - share) / share } else { f64::NAN };
            let progress = object(&[
                ("index", index.into()),
                ("runs", runs.into()),
                ("epoch", epoch.into()),
                ("share", share.into()),
                ("elapsedMs", elapsed.into()),
                ("leftMs", left.into()),
            ]);
            if let Some(result) = result {
                set(&progress, "result", result);
            }
            if listener.call1(&JsValue::UNDEFINED, &progress)? == JsValue::FALSE {
                return Ok(false);
            }
        }
        let aborted = self.signal.as_ref().and_then(|signal| Reflect::get(signal, &"aborted".into()).ok());
        Ok(!aborted.is_some_and(|aborted| aborted.is_truthy()))
    }

    fn fold(&self, index: u32, run: &mut Run) -> Result<Fold> {
        let rows = self.folding.validation(index)?;
        let data = run.data();
        let targets = gather(&data.targets, data.task.targets(), &rows);
        // A model that diverged may answer with what is no number.
        let scored = score_part(run, Part::Validation, 7, false).ok().flatten();
        let trained = score_part(run, Part::Train, 7, false).ok().flatten();
        let (progress, folds) = (run.progress(), self.folding.folds());
        let status = match progress.status {
            Status::Diverged => "diverged",
            _ => "finished",
        };
        let result = object(&[
            ("repeat", (index / folds).into()),
            ("fold", (index % folds).into()),
            ("rows", (rows.len() as f64).into()),
            ("trainingRows", (run.split().train.len() as f64).into()),
            ("epochs", progress.epoch.into()),
            ("status", status.into()),
            ("scores", scored.as_ref().map_or(JsValue::NULL, |(scores, _)| to_js(scores))),
            (
                "training",
                trained.map_or(JsValue::NULL, |(scores, _)| by_name(&study::summary::named(&scores))),
            ),
        ]);
        let (scores, answers) = scored.unzip();
        let (outputs, decided) =
            answers.map(|answers| (answers.outputs, answers.classes)).unwrap_or_default();
        Ok(Fold { index, rows, result, scores, outputs, targets, decided })
    }

    fn document(&self, done: &[Fold], meaning: Option<Meaning>) -> JsValue {
        let scored: Vec<&Scores> = done.iter().filter_map(|fold| fold.scores.as_ref()).collect();
        let summary = summarize(&scored);
        let pick = |of: fn(&study::Summary) -> f64| -> Vec<(&'static str, f64)> {
            summary.iter().map(|one| (one.name, of(one))).collect()
        };
        let document = object(&[
            ("folds", done.iter().map(|fold| fold.result.clone()).collect::<Array>().into()),
            ("isComplete", (done.len() as u32 == self.folding.runs()).into()),
            ("mean", by_name(&pick(|one| one.mean))),
            ("deviation", by_name(&pick(|one| one.deviation))),
        ]);
        let judged = || done.iter().filter(|fold| fold.scores.is_some());
        let gather = |of: fn(&Fold) -> &Vec<f64>| -> Vec<f64> { judged().flat_map(of).copied().collect() };
        let (outputs, targets) = (gather(|fold| &fold.outputs), gather(|fold| &fold.targets));
        let decided: Vec<u32> = judged().flat_map(|fold| &fold.decided).copied().collect();
        let numbers = self.folding.rows();
        let rows: Vec<u32> = judged().flat_map(|fold| &fold.rows).map(|&row| numbers[row as usize]).collect();
        let runs: Vec<u32> =
            judged().flat_map(|fold| std::iter::repeat_n(fold.index, fold.rows.len())).collect();
        let pooled = meaning.filter(|_| !outputs.is_empty()).and_then(|meaning| {
            // Rows that stand there several times would make it too narrow.
            let with_intervals = self.folding.dealt().len() == 1;
            let given = Given { with_intervals, ..meaning.given(&outputs, &targets, &decided) };
            scores(&given).ok()
        });
        set(&document, "pooled", &pooled.map_or(JsValue::NULL, |scores| to_js(&scores)));
        let held = [
            ("rows", Uint32Array::from(rows.as_slice()).into()),
            ("run", Uint32Array::from(runs.as_slice()).into()),
            ("outputs", wide(&outputs)),
            ("targets", wide(&targets)),
        ];
        set(&document, "validated", &object(&held));
        document
    }
}

fn is_over(run: &Run) -> bool {
    matches!(run.progress().status, Status::Finished(_) | Status::Diverged)
}

/// Lets whoever waits have their turn: a cancellation among them.
async fn next_turn() {
    let wait = Promise::new(&mut |resolve, _| {
        let timer = Reflect::get(&js_sys::global(), &"setTimeout".into());
        let timer = timer.ok().and_then(|timer| timer.dyn_into::<Function>().ok());
        let set = timer.map(|timer| timer.call2(&JsValue::UNDEFINED, &resolve, &0.into()).is_ok());
        if set != Some(true) {
            let _ = resolve.call0(&JsValue::UNDEFINED); // nothing there keeps time: on at once
        }
    });
    let _ = JsFuture::from(wait).await;
}
