//! A graph in the making: nodes and values with names that people read, no two of them alike.

use super::proto::{Attribute, Message, Type, Values, node, tensor, value};
use std::collections::BTreeSet;

/// The domain of operators that standard ones lack: label encoders.
pub(super) const ML: &str = "ai.onnx.ml";

#[derive(Default)]
pub(super) struct Graph {
    nodes: Vec<Message>,
    constants: Vec<Message>,
    inputs: Vec<Message>,
    outputs: Vec<Message>,
    names: BTreeSet<String>,
}

impl Graph {
    /// A name that nothing has yet: this one, or with a number behind it.
    pub(super) fn name(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut count = 1;
        while name.is_empty() || !self.names.insert(name.clone()) {
            count += 1;
            name = format!("{wanted} ({count})");
        }
        name
    }

    /// A tensor that never changes.
    pub(super) fn constant(&mut self, name: &str, shape: &[usize], values: &Values) -> String {
        let name = self.name(name);
        self.constants.push(tensor(&name, shape, values));
        name
    }

    /// A number of 64 bits.
    pub(super) fn number(&mut self, name: &str, number: f64) -> String {
        self.constant(name, &[], &Values::Doubles(&[number]))
    }

    /// What is given for each row.
    pub(super) fn input(&mut self, name: &str, kind: Type, sides: &[usize], about: &str) -> String {
        let name = self.name(name);
        self.inputs.push(value(&name, kind, sides, about));
        name
    }

    /// What comes out: a value by another name.
    pub(super) fn output(&mut self, from: &str, name: &str, kind: Type, sides: &[usize], about: &str) {
        let own = self.name(name);
        self.nodes.push(node("Identity", &own, &[from], &own, &[], ""));
        self.outputs.push(value(&own, kind, sides, about));
    }

    /// A node, by whose name its output goes.
    pub(super) fn node(
        &mut self,
        op: &str,
        name: &str,
        inputs: &[&str],
        attributes: &[(&str, Attribute)],
    ) -> String {
        let name = self.name(name);
        let domain = if op == "LabelEncoder" { ML } else { "" };
        self.nodes.push(node(op, &name, inputs, &name, attributes, domain));
        name
    }

    /// The same numbers in another type.
    pub(super) fn cast(&mut self, name: &str, from: &str, to: Type) -> String {
        self.node("Cast", name, &[from], &[("to", Attribute::Int(to as i64))])
    }

    /// `GraphProto`
    pub(super) fn finish(self, name: &str, about: &str) -> Message {
        let mut graph = Message::default();
        self.nodes.iter().for_each(|node| graph.message(1, node));
        graph.text(2, name);
        self.constants.iter().for_each(|constant| graph.message(5, constant));
        graph.text(10, about);
        self.inputs.iter().for_each(|input| graph.message(11, input));
        self.outputs.iter().for_each(|output| graph.message(12, output));
        graph
    }
}
