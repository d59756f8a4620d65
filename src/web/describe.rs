//! What a run is made of, as a document for views.

use super::convert::plain;
use crate::data::{Dataset, Feature, Kind as ColumnKind, Task};
use crate::json::Value;
use crate::nn::plan::{Op, Tensor};
use crate::run::document::object;
use crate::run::{Run, SourceSpec};
use std::ops::Range;
use wasm_bindgen::JsValue;

/// What a run is made of. `gpu_error`: why the GPU that was asked for doesn't compute.
pub(super) fn describe(run: &Run, gpu_error: Option<&str>) -> JsValue {
    let (plan, data, split) = (run.plan(), run.data(), run.split());
    let (task, classes) = task(data.task);
    let document = run.spec().to_json();
    let batch = run.spec().training.batch_size;
    let mut engine = engine(run, gpu_error);
    let description = object!({
        "task": task,
        "classes": classes,
        "columns": data.columns.as_slice(),
        "columnKinds": (0..data.columns.len()).map(|i| kind(data, i)).collect::<Vec<_>>(),
        "categories": (0..data.columns.len()).map(|i| names(data.categories(i))).collect::<Vec<_>>(),
        "target": data.about().map(|about| about.target.as_str()),
        "classNames": data.about().map_or(Value::Null, |about| names(&about.classes)),
        "features": features(run),
        "inputNames": run.features().iter().map(|feature| feature.label(data)).collect::<Vec<_>>(),
        "domain": domain(run),
        "outputs": plan.output().len,
        "layers": plan.ops.iter().filter_map(|op| layer(op, &plan.tensors)).collect::<Vec<_>>(),
        "parameterCount": plan.parameters,
        "stepsPerEpoch": split.train.len().div_ceil(batch),
        "rows": object!({
            "train": split.train.len(), "validation": split.validation.len(), "test": split.test.len()
        }),
        "loss": loss_name(plan.loss),
        "engine": engine["engine"].take(),
        "engineReason": engine["reason"].take(),
        "adapter": engine["adapter"].take(),
        "deviceBytes": engine["deviceBytes"].take(),
        "dispatchesPerStep": engine["dispatchesPerStep"].take(),
        "spec": document,
    });
    let description = plain(&description);
    #[cfg(feature = "table")]
    put_kinds(&description, run);
    description
}

/// Columns may have any name: one called `__proto__` is a key like others here, and no prototype.
#[cfg(feature = "table")]
fn put_kinds(description: &JsValue, run: &Run) {
    use js_sys::{Array, Object, Reflect};
    let pair = |(name, kind): (&String, &crate::data::table_spec::Kind)| {
        [JsValue::from(name.as_str()), kind.name().into()].into_iter().collect::<Array>()
    };
    let pairs: Array = run.spec().data.table.kinds.iter().map(pair).collect();
    let get = |object: &JsValue, key: &str| Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED);
    if let Ok(kinds) = Object::from_entries(&pairs) {
        super::convert::set(&get(&get(description, "spec"), "data"), "kinds", &kinds);
    }
}

/// Who computes, and why.
pub(super) fn engine(run: &Run, gpu_error: Option<&str>) -> Value {
    #[cfg(feature = "gpu")]
    if let Some(facts) = run.gpu().map(|gpu| gpu.facts()) {
        let software = if facts.is_fallback { ", which is software" } else { "" };
        return object!({
            "engine": "gpu",
            "reason": format!("GPU: {}{software}", facts.name),
            "adapter": object!({ "name": facts.name.as_str(), "isFallback": facts.is_fallback }),
            "deviceBytes": run.device_bytes(),
            "dispatchesPerStep": run.dispatches_per_step(),
        });
    }
    #[cfg(feature = "gpu")]
    let lost =
        run.device_lost().map(|why| format!("CPU: the GPU was lost ({why}), and training goes on here"));
    #[cfg(not(feature = "gpu"))]
    let (lost, _) = (None::<String>, run);
    let refused = || gpu_error.map(|why| format!("CPU: {why}"));
    let plain = || "CPU: WebAssembly with 128-bit SIMD, the same numbers on every machine".to_string();
    object!({
        "engine": "cpu",
        "reason": lost.or_else(refused).unwrap_or_else(plain),
        "adapter": Value::Null,
        "deviceBytes": 0,
        "dispatchesPerStep": 0,
    })
}

/// The features as the Spec names them: columns and what is derived from them, whatever inputs they become.
fn features(run: &Run) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for feature in run.features() {
        let name = match feature {
            Feature::Is(column, _) => run.data().columns[*column].clone(),
            other => other.name(&run.data().columns),
        };
        if names.last() != Some(&name) {
            names.push(name);
        }
    }
    names
}

fn kind(data: &Dataset, column: usize) -> &'static str {
    let kinds = data.about().map(|about| &about.kinds);
    kinds.and_then(|kinds| kinds.get(column)).copied().unwrap_or(ColumnKind::Number).name()
}

/// None for no names.
fn names(names: &[String]) -> Value {
    if names.is_empty() { Value::Null } else { names.into() }
}

pub(super) fn task(task: Task) -> (&'static str, Option<usize>) {
    match task {
        Task::Classification { classes } => ("classification", Some(classes)),
        Task::Regression { .. } => ("regression", None),
    }
}

fn loss_name(loss: crate::nn::Loss) -> &'static str {
    use crate::nn::Loss;
    match loss {
        Loss::Mse => "mse",
        Loss::Mae => "mae",
        Loss::Huber => "huber",
        Loss::Hinge => "hinge",
        Loss::HalfMse => "half-mse",
        Loss::BinaryCrossEntropy | Loss::CategoricalCrossEntropy => "cross-entropy",
    }
}

/// A layer with weights; the others have nothing to point at.
fn layer(op: &Op, tensors: &[Tensor]) -> Option<Value> {
    let place = |range: &Range<usize>| {
        let tensor = tensors.iter().find(|tensor| tensor.offset == range.start);
        object!({ "offset": range.start, "shape": tensor.map(|tensor| tensor.shape.as_slice()) })
    };
    let units = op.units()?;
    Some(object!({
        "type": units.layer,
        "inputs": op.input.len,
        "outputs": op.output.len,
        "activation": units.activation.name(),
        "weight": place(units.weight),
        "bias": place(units.bias),
    }))
}

/// The range to draw: a toy source's own, which is that of drawn points too, else that of the rows with a margin of 5 %.
fn domain(run: &Run) -> Vec<[f64; 2]> {
    if let SourceSpec::Toy(source) = &run.spec().data.source {
        return wide(source.domain());
    }
    #[cfg(feature = "table")]
    if run.spec().data.source == SourceSpec::Drawn {
        return wide(crate::data::Source::Circle.domain());
    }
    let width = run.data().width();
    let mut ranges = vec![[f64::INFINITY, f64::NEG_INFINITY]; width];
    for row in run.data().inputs.chunks_exact(width) {
        for (range, &x) in ranges.iter_mut().zip(row) {
            *range = [range[0].min(x), range[1].max(x)];
        }
    }
    ranges.into_iter().map(|[low, high]| [low - 0.05 * (high - low), high + 0.05 * (high - low)]).collect()
}

pub(super) fn wide(domain: &[[f32; 2]]) -> Vec<[f64; 2]> {
    domain.iter().map(|range| range.map(f64::from)).collect()
}
