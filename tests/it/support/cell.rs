//! One cell of the table of ops: a net, a loss and sizes, checked in the crate against the oracle.

use super::close::{assert_close, assert_norm_close};
use super::draw::Draw;
use super::reference::{Net, Targets, Tensor, clear_of_kinks, numeric_gradient_at};
use super::runs::open;
use super::tolerances::{FORWARD, GRADIENT, KINK_MARGIN};
use serde_json::{Value, json};
use trainyard::run::Part;

/// Parameters of a tensor that are differentiated numerically; all of them where there are no more.
const SAMPLED: usize = 12;

/// One cell of the table.
pub struct Cell {
    pub layers: Value,
    pub loss: &'static str,
    pub classes: Option<usize>,
    pub rows: usize,
    pub shape: Vec<usize>,
    pub outputs: usize,
    pub batch: usize,
}

impl Cell {
    pub fn name(&self) -> String {
        let Cell { layers, loss, classes, rows, shape, outputs, .. } = self;
        format!("{loss} of {rows} rows, {shape:?} → {layers} → {outputs} outputs, classes {classes:?}")
    }

    pub fn spec(&self) -> Value {
        json!({
            "version": 1, "seed": 7,
            "data": {"source": "rows", "scale": "none", "split": {"train": 1, "validation": 0, "test": 0}},
            "model": {"layers": self.layers},
            "training": {"loss": self.loss, "batchSize": self.batch, "shuffle": false}
        })
    }

    /// Draws parameters and rows clear of kinks, then compares forward and gradient.
    pub fn check(&self) {
        let name = self.name();
        let spec = self.spec();
        let net = Net::from_spec(&spec, &self.shape, self.outputs, self.classes);
        let mut draw = Draw::new(name.bytes().map(u64::from).sum());
        let parameters = draw_parameters(&net, &mut draw);
        let width: usize = self.shape.iter().product();
        let all = [&[self.rows], self.shape.as_slice()].concat();
        let mut inputs = Tensor::new(&all, draw.values(self.rows * width, 1.0));
        let mut targets = match self.classes {
            Some(classes) => Targets::Classes((0..self.rows).map(|_| draw.index(classes)).collect()),
            None => {
                let values = draw.values(self.rows * self.outputs, 2.0);
                Targets::Values(Tensor::new(&[self.rows, self.outputs], values))
            }
        };
        clear_of_kinks(&net, &parameters, &mut inputs, &mut targets, KINK_MARGIN, |_| {
            (draw.values(width, 1.0), draw.values(self.outputs, 2.0))
        });

        let mut run = open(&spec, &inputs, &targets, self.classes, &parameters).expect(&name);
        let predictions = run.predict(&inputs.data).expect(&name);
        assert_close(&name, &predictions, &net.predict(&parameters, &inputs).data, FORWARD);
        let loss = run.evaluate(Part::Train).expect(&name).loss;
        let want = net.loss(&parameters, &inputs, &targets, &mut net.pass(false));
        assert_close(&name, &[loss], &[want], FORWARD);

        let pass = net.pass(true);
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
        let range = if shape.len() > 1 { 1.7 / (fan as f64).sqrt() } else { 0.5 };
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
    [first, first + count - 1].into_iter().chain(between).collect()
}
