//! The layers of the net, as nodes.

use super::graph::Graph;
use super::proto::{Attribute, Values};
use crate::engine::cpu::EPSILON;
use crate::export::Exporter;
use crate::export::layers::{Layer, layers};
use crate::nn::Activation;
use crate::nn::layers::{Kind, PoolKind};

impl Exporter {
    /// All layers on what the net sees, and the name of the raw outputs.
    pub(super) fn net(&self, graph: &mut Graph, input: String) -> String {
        let run = &self.run;
        let layers = layers(&run.spec().model, run.plan(), run.encoder().shape());
        layers.iter().fold(input, |value, layer| self.layer_node(graph, value, layer))
    }

    fn layer_node(&self, graph: &mut Graph, input: String, layer: &Layer) -> String {
        let name = layer.name.as_str();
        let side = |length: usize| length as i64;
        let Some(op) = layer.op else {
            return if layer.from.len() == 1 { input } else { flat(graph, name, &input) };
        };
        match &op.kind {
            Kind::Dense(dense) => {
                let input = if layer.from.len() == 1 {
                    input
                } else {
                    flat(graph, &format!("{name}.flatten"), &input)
                };
                let mut inputs = vec![input];
                inputs.extend(self.tensors(graph, layer));
                let transposed = [("transB", Attribute::Int(1))];
                let sum = graph.node("Gemm", name, &texts(&inputs), &transposed);
                activation(graph, name, sum, dense.activation)
            }
            Kind::Conv2d(conv) => {
                let mut inputs = vec![input];
                inputs.extend(self.tensors(graph, layer));
                let [above, left] = conv.before;
                let below = conv.padded.height - conv.from.height - above;
                let right = conv.padded.width - conv.from.width - left;
                let how = [
                    ("kernel_shape", Attribute::Ints(vec![side(conv.kernel); 2])),
                    ("strides", Attribute::Ints(vec![side(conv.stride); 2])),
                    ("pads", Attribute::Ints([above, left, below, right].map(side).to_vec())),
                ];
                let sum = graph.node("Conv", name, &texts(&inputs), &how);
                activation(graph, name, sum, conv.activation)
            }
            Kind::Pool2d(pool) => {
                let op = if pool.kind == PoolKind::Max { "MaxPool" } else { "AveragePool" };
                let how = [
                    ("kernel_shape", Attribute::Ints(vec![side(pool.size); 2])),
                    ("strides", Attribute::Ints(vec![side(pool.stride); 2])),
                ];
                graph.node(op, name, &[&input], &how)
            }
            Kind::Dropout(_) => input, // it drops while training alone
            Kind::LayerNorm(_) => {
                let mut inputs = vec![input];
                inputs.extend(self.tensors(graph, layer));
                let how = [("axis", Attribute::Int(1)), ("epsilon", Attribute::Float(EPSILON))];
                graph.node("LayerNormalization", name, &texts(&inputs), &how)
            }
            Kind::BatchNorm(_) => {
                let mut inputs = vec![input];
                inputs.extend(self.tensors(graph, layer));
                let running = self.run.running_statistics();
                for buffer in layer.buffers() {
                    let values = &running[buffer.range];
                    inputs.push(graph.constant(&buffer.name, &[values.len()], &Values::Floats(values)));
                }
                let how = [("epsilon", Attribute::Float(EPSILON))];
                graph.node("BatchNormalization", name, &texts(&inputs), &how)
            }
            Kind::Add(_) => {
                let last = layer
                    .inner
                    .iter()
                    .fold(input.clone(), |value, inner| self.layer_node(graph, value, inner));
                graph.node("Add", name, &[&input, &last], &[])
            }
        }
    }

    /// The tensors of a layer as constants of the same names.
    fn tensors(&self, graph: &mut Graph, layer: &Layer) -> Vec<String> {
        let parameters = self.run.parameters();
        let constant = |tensor: &crate::nn::plan::Tensor| {
            graph.constant(&tensor.name, &tensor.shape, &Values::Floats(&parameters[tensor.range()]))
        };
        layer.tensors(self.run.plan()).map(constant).collect()
    }
}

fn texts(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

fn flat(graph: &mut Graph, name: &str, input: &str) -> String {
    graph.node("Flatten", name, &[input], &[("axis", Attribute::Int(1))])
}

/// What follows the sum of a layer.
fn activation(graph: &mut Graph, layer: &str, z: String, activation: Activation) -> String {
    let name = format!("{layer}.{}", activation.name());
    let slope = |value: f32| ("alpha", Attribute::Float(value));
    let (op, how) = match activation {
        Activation::Linear => return z,
        Activation::Relu => ("Relu", vec![]),
        Activation::LeakyRelu => ("LeakyRelu", vec![slope(0.01)]),
        Activation::Elu => ("Elu", vec![slope(1.0)]),
        Activation::Selu => ("Selu", vec![]), // the same constants
        Activation::Softplus => ("Softplus", vec![]),
        Activation::Sigmoid => ("Sigmoid", vec![]),
        Activation::Tanh => ("Tanh", vec![]),
        Activation::Sin => ("Sin", vec![]),
        Activation::Silu => {
            let gate = graph.node("Sigmoid", &format!("{name}.gate"), &[&z], &[]);
            return graph.node("Mul", &name, &[&z, &gate], &[]);
        }
        Activation::Gelu => {
            let scaled = with(graph, &name, "Mul", &z, std::f32::consts::FRAC_1_SQRT_2);
            let error = graph.node("Erf", &format!("{name}.erf"), &[&scaled], &[]);
            let twice = with(graph, &name, "Add", &error, 1.0);
            let share = with(graph, &name, "Mul", &twice, 0.5);
            return graph.node("Mul", &name, &[&z, &share], &[]);
        }
    };
    graph.node(op, &name, &[&z], &how)
}

/// A step with a number that never changes.
fn with(graph: &mut Graph, name: &str, op: &str, from: &str, number: f32) -> String {
    let constant = graph.constant(&format!("{name}.{number}"), &[], &Values::Floats(&[number]));
    graph.node(op, &format!("{name}.{}", op.to_lowercase()), &[from, &constant], &[])
}
