//! Every op over a table of shapes, activations and losses: forward against the f64 oracle, gradients against its
//! central differences.

use crate::support::close::{assert_close, assert_norm_close};
use crate::support::draw::Draw;
use crate::support::reference::activation::NAMES;
use crate::support::reference::loss::VALUE_LOSSES;
use crate::support::reference::{Net, Targets, Tensor, clear_of_kinks, numeric_gradient_at};
use crate::support::runs::{narrow, open};
use crate::support::tolerances::{FORWARD, GRADIENT, KINK_MARGIN};
use serde_json::{Value, json};
use trainyard::run::Part;

/// Sizes on both sides of every vector, tile and panel edge.
const EDGES: [usize; 10] = [1, 2, 3, 7, 8, 9, 63, 64, 65, 129];
/// Parameters of a tensor that are differentiated numerically; all of them where there are no more.
const SAMPLED: usize = 12;

/// One cell of the table.
struct Cell {
    layers: Value,
    loss: &'static str,
    classes: Option<usize>,
    rows: usize,
    shape: Vec<usize>,
    outputs: usize,
    batch: usize,
}

impl Cell {
    fn name(&self) -> String {
        let Cell {
            layers,
            loss,
            classes,
            rows,
            shape,
            outputs,
            ..
        } = self;
        format!(
            "{loss} of {rows} rows, {shape:?} → {layers} → {outputs} outputs, classes {classes:?}"
        )
    }

    fn spec(&self) -> Value {
        json!({
            "version": 1, "seed": 7,
            "data": {"source": "rows", "scale": "none", "split": {"train": 1, "validation": 0, "test": 0}},
            "model": {"layers": self.layers},
            "training": {"loss": self.loss, "batchSize": self.batch, "shuffle": false}
        })
    }

    /// Draws parameters and rows clear of kinks, then compares forward and gradient.
    fn check(&self) {
        let name = self.name();
        let spec = self.spec();
        let net = Net::from_spec(&spec, &self.shape, self.outputs, self.classes);
        let mut draw = Draw::new(name.bytes().map(u64::from).sum());
        let parameters = draw_parameters(&net, &mut draw);
        let width: usize = self.shape.iter().product();
        let all = [&[self.rows], self.shape.as_slice()].concat();
        let mut inputs = Tensor::new(&all, draw.values(self.rows * width, 1.0));
        let mut targets = match self.classes {
            Some(classes) => {
                Targets::Classes((0..self.rows).map(|_| draw.index(classes)).collect())
            }
            None => {
                let values = draw.values(self.rows * self.outputs, 2.0);
                Targets::Values(Tensor::new(&[self.rows, self.outputs], values))
            }
        };
        clear_of_kinks(
            &net,
            &parameters,
            &mut inputs,
            &mut targets,
            KINK_MARGIN,
            |_| (draw.values(width, 1.0), draw.values(self.outputs, 2.0)),
        );

        let mut run = open(&spec, &inputs, &targets, self.classes, &parameters).expect(&name);
        let predictions = run.predict(&narrow(&inputs.data)).expect(&name);
        assert_close(
            &name,
            &predictions,
            &net.predict(&parameters, &inputs).data,
            FORWARD,
        );
        let loss = run.evaluate(Part::Train).expect(&name).loss;
        let pass = net.pass(true);
        let want = net.loss(&parameters, &inputs, &targets, &mut pass.clone());
        assert_close(&name, &[loss], &[want], FORWARD);

        let gradient = run.gradient(Part::Train);
        assert_eq!(gradient.len(), net.parameter_count(), "{name}");
        let mut first = 0;
        for (index, tensor) in net.parameter_shapes().iter().enumerate() {
            let count: usize = tensor.iter().product();
            let places = sample(first, count, &mut draw);
            let want = numeric_gradient_at(&net, &parameters, &inputs, &targets, &pass, &places);
            let got: Vec<f32> = places.iter().map(|&place| gradient[place]).collect();
            assert_norm_close(
                &format!("{name}: gradient of tensor {index} {tensor:?}"),
                &got,
                &want,
                GRADIENT,
            );
            first += count;
        }
    }
}

/// Uniform with a variance that keeps activations around 1.
fn draw_parameters(net: &Net, draw: &mut Draw) -> Vec<f64> {
    let mut parameters = Vec::new();
    for shape in net.parameter_shapes() {
        let fan: usize = shape[1..].iter().product();
        let range = if shape.len() > 1 {
            1.7 / (fan as f64).sqrt()
        } else {
            0.5
        };
        parameters.extend(draw.values(shape.iter().product(), range));
    }
    parameters
}

/// Places in `first..first + count`: both ends and some between, or all.
fn sample(first: usize, count: usize, draw: &mut Draw) -> Vec<usize> {
    if count <= SAMPLED {
        return (first..first + count).collect();
    }
    let between = (0..SAMPLED - 2).map(|_| first + draw.index(count));
    [first, first + count - 1]
        .into_iter()
        .chain(between)
        .collect()
}

/// A loss and the classes it needs for about `outputs` outputs.
fn tasks(outputs: usize) -> Vec<(&'static str, Option<usize>)> {
    let classes = Some(if outputs < 3 { 2 } else { outputs });
    let values = VALUE_LOSSES
        .iter()
        .filter(|&&loss| loss != "hinge")
        .map(|&loss| (loss, None));
    values
        .chain([
            ("cross-entropy", classes),
            ("hinge", classes),
            ("mse", classes),
        ])
        .collect()
}

#[test]
fn dense_layers_at_every_pair_of_edges() {
    for i in 0..EDGES.len() {
        for j in 0..EDGES.len() {
            let edge = |k: usize| EDGES[k % EDGES.len()];
            let (units, outputs) = (edge(i + j), edge(i + 2 * j));
            let tasks = tasks(outputs);
            let (loss, classes) = tasks[(3 * i + j) % tasks.len()];
            let activation = NAMES[(2 * i + 5 * j) % NAMES.len()];
            Cell {
                layers: json!([{"type": "dense", "units": units, "activation": activation}]),
                loss,
                classes,
                rows: edge(i),
                shape: vec![edge(j)],
                outputs,
                batch: if (i + j) % 2 == 0 { 7 } else { 200 },
            }
            .check();
        }
    }
}

#[test]
fn every_activation_with_every_loss() {
    for activation in NAMES {
        for (loss, classes) in tasks(2).into_iter().chain(tasks(3)) {
            Cell {
                layers: json!([
                    {"type": "dense", "units": 5, "activation": activation},
                    {"type": "dense", "units": 3, "activation": activation},
                ]),
                loss,
                classes,
                rows: 9,
                shape: vec![4],
                outputs: 3,
                batch: 4,
            }
            .check();
        }
    }
}

#[test]
fn no_hidden_layer_at_every_pair_of_edges() {
    for (i, &rows) in EDGES.iter().enumerate() {
        for (j, &outputs) in EDGES.iter().enumerate() {
            let tasks = tasks(outputs);
            let (loss, classes) = tasks[(i + 2 * j) % tasks.len()];
            let shape = vec![EDGES[(i + j) % EDGES.len()]];
            Cell {
                layers: json!([]),
                loss,
                classes,
                rows,
                shape,
                outputs,
                batch: 64,
            }
            .check();
        }
    }
}

/// Logits of ±100: losses stay exact and gradients finite, right or wrong.
#[test]
fn cross_entropy_at_a_hundred() {
    for (classes, parameters) in [
        (2, vec![100.0, 0.0]),
        (3, vec![100.0, -100.0, 0.0, 0.0, 0.0, 0.0]),
    ] {
        let cell = Cell {
            layers: json!([]),
            loss: "cross-entropy",
            classes: Some(classes),
            rows: 6,
            shape: vec![1],
            outputs: 1,
            batch: 4,
        };
        let spec = cell.spec();
        let net = Net::from_spec(&spec, &[1], 1, Some(classes));
        let inputs = Tensor::new(&[6, 1], vec![1.0, -1.0, 1.0, -1.0, 1.0, -1.0]);
        let targets = Targets::Classes(vec![0, 0, 1, 1, classes - 1, classes - 1]);
        let mut run = open(&spec, &inputs, &targets, Some(classes), &parameters).expect("a run");
        let want = net.loss(&parameters, &inputs, &targets, &mut net.pass(true));
        let loss = run.evaluate(Part::Train).expect("training rows").loss;
        assert_close("loss", &[loss], &[want], FORWARD);
        let places: Vec<usize> = (0..parameters.len()).collect();
        let want = numeric_gradient_at(
            &net,
            &parameters,
            &inputs,
            &targets,
            &net.pass(true),
            &places,
        );
        assert_close("gradient", &run.gradient(Part::Train), &want, FORWARD);
    }
}
