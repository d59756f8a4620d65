//! What a run is made of, to the last number: what scripts, graphs and reports are written from.

use super::layers::{Layer, layers};
use super::rows::kind;
use super::{Exporter, Origin, VERSION};
use crate::data::encode::{AS_IT_IS, Statistic};
use crate::data::{Feature, Task};
use crate::json::Value;
use crate::nn::Loss;
use crate::nn::plan::Tensor;
use crate::train::Optimizer;
use serde_json::json;

impl Exporter {
    /// The description. `TypeScript` has what each field is, `ExportDescription`.
    pub fn describe(&self) -> Value {
        let (run, data, plan) = (&self.run, self.run.data(), self.run.plan());
        let spec = run.spec().to_json();
        let (progress, weighting) = (run.progress(), &plan.weighting);
        let weights = (!weighting.class_weights.is_empty()).then_some(&weighting.class_weights);
        let written = &spec["model"]["layers"];
        let described = layers(&run.spec().model, plan, run.encoder().shape());
        let layers = described.iter().enumerate().map(|(i, layer)| self.layer(layer, &written[i]));
        let layers: Vec<Value> = layers.collect();
        json!({
            "trainyard": VERSION,
            "epoch": progress.epoch,
            "step": progress.step,
            "columns": (0..data.columns.len()).map(|column| self.column(column)).collect::<Vec<_>>(),
            "image": self.image_scale(),
            "features": self.features(),
            "target": self.target(),
            "layers": layers,
            "outputs": plan.output().len,
            "loss": loss_name(plan.loss),
            "classWeights": weights,
            "labelSmoothing": weighting.smoothing,
            "optimizer": self.optimizer(&spec["training"]["optimizer"]["type"]),
            "learningRate": run.learning_rate(),
            "frozen": run.frozen(),
            "spec": spec,
        })
    }

    fn column(&self, column: usize) -> Value {
        let data = self.run.data();
        let names = data.categories(column);
        let fill = self.run.encoder().fills().get(column).copied().filter(|fill| !fill.is_nan());
        let fill = match fill {
            Some(fill) if !names.is_empty() => {
                names.get(fill as usize).map_or(Value::Null, |name| json!(name))
            }
            Some(fill) => json!(fill),
            None => Value::Null,
        };
        let Origin { unit, aliases } = self.origins.get(column).cloned().unwrap_or_default();
        json!({
            "name": data.columns[column],
            "kind": kind(data, column).name(),
            "unit": unit,
            "fill": fill,
            "categories": if names.is_empty() { Value::Null } else { json!(names) },
            "aliases": aliases,
        })
    }

    fn image_scale(&self) -> Value {
        let data = self.run.data();
        if !data.columns.is_empty() {
            return Value::Null;
        }
        let of = |pick: fn(&Statistic) -> f64| {
            self.run.encoder().statistics().iter().map(pick).collect::<Vec<_>>()
        };
        json!({ "shape": data.shape, "offset": of(|s| s.offset), "spread": of(|s| s.spread) })
    }

    fn features(&self) -> Vec<Value> {
        let (data, encoder) = (self.run.data(), self.run.encoder());
        let described = |(feature, scale): (&Feature, &Statistic)| {
            let kind = match feature {
                Feature::Column(_) => "column",
                Feature::Square(_) => "square",
                Feature::Product(..) => "product",
                Feature::Sine(_) => "sine",
                Feature::Cosine(_) => "cosine",
                Feature::Formula(_) => "formula",
                Feature::Is(..) => "is",
            };
            let mut field = json!({
                "name": feature.label(data),
                "type": kind,
                "columns": feature.columns(),
                "offset": scale.offset,
                "spread": scale.spread,
            });
            match feature {
                Feature::Formula(formula) => field["formula"] = formula.tree(),
                Feature::Is(column, name) => field["category"] = json!(data.categories(*column).get(*name)),
                _ => {}
            }
            field
        };
        encoder.features().iter().zip(encoder.statistics()).map(described).collect()
    }

    fn target(&self) -> Value {
        let data = self.run.data();
        let scale = self.run.encoder().target().unwrap_or(AS_IT_IS);
        json!({
            "name": self.target_name(),
            "task": match data.task {
                Task::Classification { .. } => "classification",
                Task::Regression { .. } => "regression",
            },
            "unit": self.target_unit,
            "classes": self.class_names(),
            "offset": scale.offset,
            "spread": scale.spread,
        })
    }

    /// `written`: the layer as the document has it; of the output layer nothing.
    fn layer(&self, layer: &Layer, written: &Value) -> Value {
        let (plan, running) = (self.run.plan(), self.run.running_statistics());
        let mut described = written.clone();
        if described.is_null() {
            let activation = self.run.spec().model.output_activation.name();
            described = json!({ "type": "dense", "units": plan.output().len, "activation": activation });
        }
        described["name"] = json!(layer.name);
        described["from"] = json!(layer.from);
        described["to"] = json!(layer.to);
        let parameter = |tensor: &Tensor| {
            let range = tensor.range();
            json!({ "name": tensor.name, "shape": tensor.shape, "from": range.start, "to": range.end })
        };
        described["parameters"] = layer.tensors(plan).map(parameter).collect();
        let buffers = layer.buffers().into_iter().map(|buffer| {
            let values = &running[buffer.range];
            json!({ "name": buffer.name, "shape": [values.len()], "values": values })
        });
        described["buffers"] = buffers.collect();
        if !layer.inner.is_empty() {
            let inner =
                layer.inner.iter().enumerate().map(|(i, layer)| self.layer(layer, &written["layers"][i]));
            described["layers"] = inner.collect();
        }
        described
    }

    fn optimizer(&self, kind: &Value) -> Value {
        let plan = self.run.plan();
        let mut slots = vec![];
        for (slot, name) in slots_of(&self.run.spec().training.optimizer).iter().enumerate() {
            for tensor in &plan.tensors {
                let range = tensor.range();
                let [from, to] = [range.start, range.end].map(|place| slot * plan.parameters + place);
                slots.push(
                    json!({ "name": name, "of": tensor.name, "shape": tensor.shape, "from": from, "to": to }),
                );
            }
        }
        json!({ "type": kind, "steps": self.run.progress().step, "slots": slots })
    }
}

/// What PyTorch calls the numbers that an optimizer keeps.
pub fn slots_of(optimizer: &Optimizer) -> &'static [&'static str] {
    match optimizer {
        Optimizer::Sgd { momentum: 0.0, .. } => &[],
        Optimizer::Sgd { .. } => &["momentum_buffer"],
        Optimizer::Adagrad { .. } => &["sum"],
        Optimizer::Rmsprop { .. } => &["square_avg"],
        Optimizer::Adam { .. } => &["exp_avg", "exp_avg_sq"],
    }
}

fn loss_name(loss: Loss) -> &'static str {
    match loss {
        Loss::BinaryCrossEntropy => "binary-cross-entropy",
        Loss::CategoricalCrossEntropy => "cross-entropy",
        Loss::Mse => "mse",
        Loss::Mae => "mae",
        Loss::Huber => "huber",
        Loss::Hinge => "hinge",
        Loss::HalfMse => "half-mse",
    }
}
