//! Gradients that meet: at the input of a residual block, and over more rows than are looked at together.

use crate::support::cell::Cell;
use crate::support::close::assert_norm_close;
use crate::support::draw::Draw;
use crate::support::reference::{Net, Targets, Tensor, numeric_gradient};
use crate::support::runs::open;
use crate::support::tolerances::GRADIENT;
use serde_json::{Value, json};
use trainyard::data::Task;
use trainyard::nn::{ClassWeighting, LossSpec, Plan};
use trainyard::run::{Part, Spec};

fn dense(units: usize) -> Value {
    json!({"type": "dense", "units": units, "activation": "tanh"})
}

fn conv(filters: usize) -> Value {
    json!({
        "type": "conv2d", "filters": filters, "kernel": 3, "stride": 1, "padding": "same", "activation": "tanh"
    })
}

fn residual(layers: &[Value]) -> Value {
    json!({"type": "residual", "layers": layers})
}

/// Layers that keep the shape, whose gradient comes second to the input of their block.
fn first_layers() -> [Value; 4] {
    [
        json!({"type": "layerNorm"}),
        json!({"type": "batchNorm"}),
        json!({"type": "dropout", "rate": 0.5}), // which drops nothing in a gradient
        residual(&[json!({"type": "layerNorm"})]),
    ]
}

#[test]
fn every_layer_adds_to_the_gradient_of_its_blocks_input() {
    let pool = |kind: &str| json!({"type": kind, "size": 1, "stride": 1});
    for first in first_layers().into_iter().chain([conv(3), pool("maxPool2d"), pool("avgPool2d")]) {
        for rows in [5, 16] {
            let layers = json!([conv(2), residual(&[first.clone(), conv(2)]), {"type": "flatten"}]);
            Cell { layers, loss: "mse", classes: None, rows, shape: vec![1, 4, 3], outputs: 2, batch: 16 }
                .check();
        }
    }
    for first in first_layers().into_iter().chain([dense(7)]) {
        let layers = json!([dense(7), residual(&[first, dense(7)])]);
        Cell { layers, loss: "mse", classes: None, rows: 9, shape: vec![3], outputs: 2, batch: 16 }.check();
    }
}

/// Dense layers have kernels for few rows, for many, and for wide layers of many.
#[test]
fn dense_layers_add_to_the_gradient_of_their_blocks_input() {
    for (units, inner) in [(6, 5), (17, 9), (20, 66), (66, 70)] {
        for rows in [1, 4, 8, 12, 13, 31, 32, 33, 64, 65] {
            let layers = json!([dense(units), residual(&[dense(inner), dense(units)])]);
            Cell { layers, loss: "mse", classes: None, rows, shape: vec![3], outputs: 2, batch: 100 }.check();
        }
    }
}

/// 256 rows go through the net at a time.
#[test]
fn a_gradient_adds_up_over_many_rows() {
    let stacks = [
        (vec![2], json!([dense(5), {"type": "layerNorm"}])),
        (vec![1, 3, 4], json!([conv(2), {"type": "avgPool2d", "size": 2, "stride": 1}, {"type": "flatten"}])),
    ];
    for (shape, layers) in stacks {
        for rows in [256, 257, 600] {
            let name = format!("{layers}, {rows} rows");
            let cell = Cell {
                layers: layers.clone(),
                loss: "mse",
                classes: None,
                rows,
                shape: shape.clone(),
                outputs: 2,
                batch: 10,
            };
            let (spec, mut draw) = (cell.spec(), Draw::new(5));
            let net = Net::from_spec(&spec, &shape, 2, None);
            let width = shape.iter().product::<usize>();
            let inputs = Tensor::new(&[&[rows], shape.as_slice()].concat(), draw.values(rows * width, 1.0));
            let targets = Targets::Values(Tensor::new(&[rows, 2], draw.values(rows * 2, 2.0)));
            let parameters = draw.values(net.parameter_count(), 0.8);
            let mut run = open(&spec, &inputs, &targets, None, &parameters).expect(&name);
            let want = numeric_gradient(&net, &parameters, &inputs, &targets, &net.pass(true));
            let got = run.gradient(Part::Train);
            let mut first = 0;
            for shape in net.parameter_shapes() {
                let range = first..first + shape.iter().product::<usize>();
                assert_norm_close(
                    &format!("{name}: {shape:?}"),
                    &got[range.clone()],
                    &want[range.clone()],
                    GRADIENT,
                );
                first = range.end;
            }
        }
    }
}

/// Who else reads a slot decides which op is the last to reach its gradient, and so which one carries it through the
/// activation before.
#[test]
fn a_sum_reads_what_its_block_began_with_and_what_it_came_to() {
    let layers = json!([dense(3), residual(&[dense(5), dense(3)])]);
    let document = json!({"data": {"source": "rows"}, "model": {"layers": layers}});
    let model = Spec::from_json(&document).unwrap().model;
    let task = Task::Regression { targets: 1 };
    let plan = Plan::lower(&model, LossSpec::Mse, ClassWeighting::default(), &[2], task).unwrap();
    let sums: Vec<_> = plan.ops.iter().filter(|op| op.second().is_some()).collect();
    assert_eq!((plan.ops.len(), sums.len()), (5, 1));
    let [begin, inside, end] = [0, 1, 2].map(|index| plan.ops[index].output);
    assert!(sums[0].reads(begin) && sums[0].reads(end) && !sums[0].reads(inside));
    let readers = |slot| plan.ops.iter().filter(|op| op.reads(slot)).count();
    assert_eq!([begin, inside, end, sums[0].output].map(readers), [2, 1, 1, 1]);
}
