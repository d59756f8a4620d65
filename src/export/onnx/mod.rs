//! The whole predictor as ONNX: raw rows in, what the page says of them out.
//!
//! An input a raw column: numbers of 64 bits with NaN for a gap, names with "" for a gap; an image is one tensor. Then, node
//! by node: gaps filled, spellings merged, features derived, names as zeros and ones, all scaled in 64 bits; the net in 32;
//! and outputs as the page has them. Operators are of version 17, which ONNX Runtime has known since 1.12.

mod graph;
mod inputs;
mod net;
mod proto;

use super::{Exporter, VERSION};
use crate::data::Task;
use crate::data::encode::{AS_IT_IS, Statistic};
use crate::run::Run;
use graph::{Graph, ML};
use proto::{Attribute, Message, Type, Values, entry};
use serde_json::json;

/// The version of ONNX's operators, and of the format, the first that has them.
const OPSET: i64 = 17;
const FORMAT: i64 = 8;
/// The version of the operators for machine learning.
const ML_OPSET: i64 = 3;

impl Exporter {
    /// The predictor as the bytes of an ONNX model.
    pub fn onnx(&self) -> Vec<u8> {
        let mut graph = Graph::default();
        let encoded = self.inputs(&mut graph);
        let raw = self.net(&mut graph, encoded);
        self.outputs(&mut graph, &raw);
        let mut model = Message::default();
        model.int(1, FORMAT);
        model.text(2, "Trainyard");
        model.text(3, VERSION);
        let about = self.about();
        model.message(7, &graph.finish("predictor", &about));
        for (domain, version) in [("", OPSET), (ML, ML_OPSET)] {
            let mut set = Message::default();
            set.text(1, domain);
            set.int(2, version);
            model.message(8, &set);
        }
        self.properties().iter().for_each(|(key, value)| model.message(14, &entry(key, value)));
        model.finish()
    }

    /// What it predicts from what, in a sentence.
    fn about(&self) -> String {
        let (data, epoch) = (self.run.data(), self.run.progress().epoch);
        let target = self.target_name().unwrap_or("the target");
        let from = if data.columns.is_empty() { "an image".to_owned() } else { data.columns.join(", ") };
        format!(
            "Predicts {target} from {from}, after {epoch} epochs. Raw values go in: gaps, names and scales are dealt with in here."
        )
    }

    fn properties(&self) -> Vec<(&'static str, String)> {
        let (run, data) = (&self.run, self.run.data());
        let progress = run.progress();
        let mut all = vec![
            ("trainyard", VERSION.to_owned()),
            ("epoch", progress.epoch.to_string()),
            ("step", progress.step.to_string()),
            ("spec", run.spec().to_json().to_string()),
        ];
        all.extend(self.class_names().map(|classes| ("classes", json!(classes).to_string())));
        all.extend(self.target_name().map(|name| ("target", name.to_owned())));
        all.extend(self.target_unit.clone().map(|unit| ("target unit", unit)));
        let units: serde_json::Map<_, _> = data
            .columns
            .iter()
            .zip(&self.origins)
            .filter_map(|(name, origin)| Some((name.clone(), json!(origin.unit.as_ref()?))))
            .collect();
        if !units.is_empty() {
            all.push(("units", json!(units).to_string()));
        }
        all
    }

    /// What raw outputs stand for, as the page says it.
    fn outputs(&self, graph: &mut Graph, raw: &str) {
        let run = &self.run;
        let count = run.plan().output().len;
        let Task::Classification { classes } = run.data().task else {
            return values(graph, run, raw);
        };
        let names = self.class_names().unwrap_or_default();
        let takes_logits = run.plan().loss.takes_logits();
        let (outputs, name, about) = match (takes_logits, classes) {
            (true, 2) => {
                let about = format!("Probability of \"{}\".", names.last().map_or("", String::as_str));
                (graph.node("Sigmoid", "sigmoid", &[raw], &[]), "probabilities", about)
            }
            (true, _) => {
                let along = [("axis", Attribute::Int(1))];
                (
                    graph.node("Softmax", "softmax", &[raw], &along),
                    "probabilities",
                    "A column a class.".to_owned(),
                )
            }
            (false, 2) => (
                raw.to_owned(),
                "scores",
                format!("Above 0 for \"{}\".", names.last().map_or("", String::as_str)),
            ),
            (false, _) => {
                (raw.to_owned(), "scores", "A column a class, learned towards −1 and 1.".to_owned())
            }
        };
        let outputs = graph.cast("as 64 bits", &outputs, Type::Double);
        graph.output(&outputs, name, Type::Double, &[count], &about);
        let place = if count == 1 {
            let zero = graph.constant("0", &[1], &Values::Floats(&[0.0]));
            let second = graph.node("Greater", "is the second class", &[raw, &zero], &[]);
            let place = graph.cast("class index of each", &second, Type::Int64);
            let shape = graph.constant("a list", &[1], &Values::Integers(&[-1]));
            graph.node("Reshape", "class index", &[&place, &shape], &[])
        } else {
            let along = [("axis", Attribute::Int(1)), ("keepdims", Attribute::Int(0))];
            graph.node("ArgMax", "class index", &[raw], &along)
        };
        let names = graph.constant("class names", &[classes], &Values::Texts(&names));
        let label = graph.node("Gather", "class name", &[&names, &place], &[("axis", Attribute::Int(0))]);
        graph.output(&label, "label", Type::Text, &[], "The class that each row is decided to be of.");
    }
}

/// Values in the target's own unit.
fn values(graph: &mut Graph, run: &Run, raw: &str) {
    let mut outputs = graph.cast("as 64 bits", raw, Type::Double);
    let scale = run.encoder().target().unwrap_or(AS_IT_IS);
    if scale != AS_IT_IS {
        let Statistic { offset, spread } = scale;
        let (spread, offset) = (graph.number("target spread", spread), graph.number("target mean", offset));
        outputs = graph.node("Mul", "times target spread", &[&outputs, &spread], &[]);
        outputs = graph.node("Add", "plus target mean", &[&outputs, &offset], &[]);
    }
    graph.output(&outputs, "prediction", Type::Double, &[run.plan().output().len], "In the target's unit.");
}
