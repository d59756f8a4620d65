//! How sharply the loss bends: exact second derivatives against PyTorch's Hessians of trained nets and against
//! differences of gradients, the largest eigenvalue, and what it says of gradient descent.

use crate::run::open;
use crate::support::close::assert_norm_close;
use crate::support::draw::Draw;
use crate::support::golden::cases;
use crate::support::runs::{self, narrow};
use crate::support::tolerances::{EXACT, TRACE};
use serde_json::{Value, json};
use trainyard::engine::exact::{MeanLoss, leading_eigenpair};
use trainyard::run::{Part, Run, Status};
use trainyard::train::StopReason;

/// A trained net of PyTorch's; `tests/golden/curvature.py` says what each field means.
struct Trained {
    name: String,
    run: Run,
    gradient: Vec<f64>,
    direction: Vec<f64>,
    product: Vec<f64>,
    largest: f64,
}

fn trained() -> Vec<Trained> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/curvature.json"));
    let json: Value = serde_json::from_str(&text.unwrap()).unwrap();
    json["cases"].as_array().unwrap().iter().map(read).collect()
}

fn read(case: &Value) -> Trained {
    let numbers = |key: &str| -> Vec<f64> {
        case[key].as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
    };
    let floats = |key: &str| narrow(&numbers(key));
    let shape = numbers("shape").iter().map(|&side| side as usize).collect();
    let classes = case["classes"].as_u64().map(|classes| classes as usize);
    let mut run = runs::of_rows(&case["spec"], floats("inputs"), floats("targets"), shape, classes).unwrap();
    run.set_parameters(&floats("parameters")).unwrap();
    Trained {
        name: case["name"].as_str().unwrap().into(),
        run,
        gradient: numbers("gradient"),
        direction: numbers("direction"),
        product: numbers("product"),
        largest: numbers("largest")[0],
    }
}

/// Gradient and product with the Hessian at `parameters`, over the training rows of `run`.
fn exact(run: &Run, parameters: &[f64], direction: &[f64]) -> [Vec<f64>; 2] {
    let encoded = run.encoder().transform(&run.data().inputs);
    let targets = run.plan().loss.encode_targets(run.data().task, &run.data().targets);
    let rows = &run.split().train;
    let loss = MeanLoss { plan: run.plan(), inputs: &encoded, targets: &targets, rows };
    loss.gradient_and_product(parameters, direction)
}

fn wide(parameters: &[f32]) -> Vec<f64> {
    parameters.iter().copied().map(f64::from).collect()
}

#[test]
fn products_with_the_hessians_of_trained_nets_are_pytorchs() {
    let nets = trained();
    assert_eq!(nets.len(), 12);
    for net in nets {
        let [gradient, product] = exact(&net.run, &wide(net.run.parameters()), &net.direction);
        assert_norm_close(&format!("{}: gradient", net.name), &gradient, &net.gradient, EXACT);
        assert_norm_close(&format!("{}: product", net.name), &product, &net.product, EXACT);
    }
}

#[test]
fn curvature_of_trained_nets_is_the_largest_eigenvalue_of_pytorchs_hessian() {
    for net in trained() {
        let found = net.run.curvature();
        assert!((found / net.largest - 1.0).abs() <= 0.01, "{}: {found} for {}", net.name, net.largest);
    }
}

/// Every layer, activation and loss of the traces.
#[test]
fn what_is_differentiated_is_the_engines_gradient_and_twice_so() {
    for case in cases() {
        let rows = case.batch_size().min(case.rows());
        let (inputs, targets) = (case.inputs.slice(0, rows), case.targets.slice(0, rows));
        let mut run = runs::open(&case.spec, &inputs, &targets, case.classes, &case.parameters).unwrap();
        let at = wide(run.parameters());
        let direction = Draw::new(7).values(at.len(), 1.0);
        let [gradient, product] = exact(&run, &at, &direction);
        assert_norm_close(&format!("{}: PyTorch", case.name), &gradient, &case.gradient, EXACT);
        assert_norm_close(&format!("{}: engine", case.name), &run.gradient(Part::Train), &gradient, TRACE);
        const STEP: f64 = 1e-5;
        let beside = |sign: f64| {
            let there: Vec<f64> = at.iter().zip(&direction).map(|(p, d)| p + sign * STEP * d).collect();
            let [gradient, _] = exact(&run, &there, &direction);
            gradient
        };
        let (above, below) = (beside(1.0), beside(-1.0));
        let difference: Vec<f64> = above.iter().zip(&below).map(|(a, b)| (a - b) / (2.0 * STEP)).collect();
        assert_norm_close(&format!("{}: product", case.name), &product, &difference, TRACE);
    }
}

/// λ of `mean((w·x + b − t)²)`: the larger eigenvalue of twice `[[mean x², mean x], [mean x, 1]]`.
fn bowl(xs: &[f32]) -> f64 {
    let n = xs.len() as f64;
    let square = xs.iter().map(|&x| f64::from(x).powi(2)).sum::<f64>() / n;
    let mean = xs.iter().map(|&x| f64::from(x)).sum::<f64>() / n;
    let (half_trace, determinant) = ((square + 1.0) / 2.0, square - mean * mean);
    2.0 * (half_trace + (half_trace * half_trace - determinant).sqrt())
}

#[test]
fn a_linear_regression_bends_the_same_everywhere() {
    let mut line = open(json!({
        "data": {"source": "line", "scale": "none"}, "model": {"layers": []},
        "training": {"batchSize": 6, "optimizer": {"type": "sgd", "learningRate": 10}}
    }));
    let xs: Vec<f32> =
        line.split().train.iter().map(|&row| line.data().inputs[row as usize] as f32).collect();
    let expected = bowl(&xs);
    let found = line.curvature();
    assert!((found / expected - 1.0).abs() < 1e-9, "{found} for {expected}");
    // Also where training blew up, and where the loss itself is beyond f32.
    assert_eq!(line.advance(10_000).status, Status::Diverged);
    for far in [[3e9, -1e9], [3e38, 3e38]] {
        line.set_parameters(&far).unwrap();
        let found = line.curvature();
        assert!((found / expected - 1.0).abs() < 1e-9, "{found} for {expected}");
    }
}

#[test]
fn long_trained_toys_bend_as_their_exact_hessian_says() {
    let gelu = json!({"type": "dense", "units": 8, "activation": "gelu"});
    let circle = json!({"training": {"stop": {"maxEpochs": 5000}}});
    let spiral = json!({
        "data": {"source": "spiral"}, "model": {"layers": [gelu, gelu]},
        "training": {"optimizer": {"type": "adam", "learningRate": 0.01}, "stop": {"maxEpochs": 1000}}
    });
    for (document, expected) in [(circle, 0.0600), (spiral, 1.557)] {
        let mut run = open(document);
        assert_eq!(run.advance(u64::MAX).status, Status::Finished(StopReason::MaxEpochs));
        let found = run.curvature();
        assert!((found / expected - 1.0).abs() <= 0.01, "{found} for {expected}");
    }
}

/// Gradient descent over all rows from a little beside where a net was trained to: the loss before, and the highest and
/// the last of two hundred steps.
fn descend(net: &mut Trained, rate: f64) -> [f64; 3] {
    let trained = net.run.parameters().to_vec();
    let mut draw = Draw::new(3);
    let mut at: Vec<f64> = wide(&trained).iter().map(|p| p + draw.within(1e-3)).collect();
    let loss = |run: &mut Run, at: &[f64]| {
        run.set_parameters(&narrow(at)).unwrap();
        run.evaluate(Part::Train).unwrap().loss
    };
    let before = loss(&mut net.run, &at);
    let (mut highest, mut last) = (f64::NEG_INFINITY, before);
    for _ in 0..200 {
        let [gradient, _] = exact(&net.run, &at, &net.direction);
        at.iter_mut().zip(gradient).for_each(|(p, g)| *p -= rate * g);
        last = loss(&mut net.run, &at);
        highest = highest.max(last);
    }
    net.run.set_parameters(&trained).unwrap();
    [before, highest, last]
}

/// Where training came to rest, and the third derivatives don't yet matter.
#[test]
fn gradient_descent_holds_just_below_two_by_the_curvature_and_not_just_above() {
    for name in
        ["linear regression", "gelu, two classes", "silu and layer norm, mse", "residual of sigmoids, huber"]
    {
        let mut net = trained().into_iter().find(|net| net.name == name).unwrap();
        let bound = 2.0 / net.run.curvature();
        let [before, highest, last] = descend(&mut net, 0.97 * bound);
        assert!(highest <= before && last < before, "{name}: {before}, then up to {highest}, at last {last}");
        let [before, highest, _] = descend(&mut net, 1.05 * bound);
        assert!(highest > 1.5 * before, "{name}: {before}, then up to {highest} only");
    }
}

#[test]
fn it_leaves_the_run_alone_and_is_the_same_each_time() {
    let mut run = open(json!({}));
    run.advance(57);
    let (bytes, norm) = (run.checkpoint(), run.gradient_norm());
    let first = run.curvature();
    assert!(first.is_finite() && first > 0.0, "{first}");
    assert_eq!(run.curvature(), first);
    assert_eq!(run.checkpoint(), bytes);
    assert_eq!(run.gradient_norm(), norm);
}

#[test]
fn a_loss_that_bends_nowhere_has_none() {
    for (source, loss) in [("plane", "mae"), ("circle", "hinge")] {
        let run =
            open(json!({"data": {"source": source}, "model": {"layers": []}, "training": {"loss": loss}}));
        assert_eq!(run.curvature(), 0.0, "{source}");
    }
}

fn largest_eigenvalue(size: usize, product: &mut dyn FnMut(&[f64]) -> Vec<f64>) -> Option<f64> {
    leading_eigenpair(size, &[], product).map(|(value, _)| value)
}

#[test]
fn numbers_that_are_none_have_no_curvature() {
    let run = open(json!({}));
    let mut parameters = wide(run.parameters());
    let of = |at: &[f64]| largest_eigenvalue(at.len(), &mut |v| exact(&run, at, v)[1].clone());
    assert!(of(&parameters).is_some());
    let place = parameters.len() / 2;
    for bad in [f64::NAN, f64::INFINITY] {
        parameters[place] = bad;
        assert_eq!(of(&parameters), None, "{bad}");
    }
}

/// What is found of a diagonal matrix.
fn of_diagonal(values: &[f64]) -> Option<f64> {
    largest_eigenvalue(values.len(), &mut |v| v.iter().zip(values).map(|(v, d)| v * d).collect())
}

fn spread(from: f64, to: f64, count: usize) -> Vec<f64> {
    (0..count).map(|i| from + (to - from) * i as f64 / (count - 1) as f64).collect()
}

#[test]
fn the_largest_eigenvalue_is_the_most_positive_one() {
    for (values, largest) in [
        (vec![0.3], 0.3),
        (vec![-0.3], -0.3),
        (vec![2.0, -5.0], 2.0),
        (vec![-2.0, -5.0, -1e6], -2.0),
        (vec![7.0; 40], 7.0),
        ([vec![1e-7; 300], vec![3.0]].concat(), 3.0),
        ([spread(0.0, 0.9, 2000), vec![0.95, 1.0]].concat(), 1.0),
        ([spread(-1.0, 0.02, 300), vec![0.05]].concat(), 0.05),
        (spread(-1.0, 1.0, 3_000), 1.0),
    ] {
        let found = of_diagonal(&values).unwrap();
        assert!((found / largest - 1.0).abs() <= 0.01, "{found} for {largest}");
    }
    assert_eq!(of_diagonal(&[0.0; 9]), Some(0.0));
}

#[test]
fn what_is_not_found_to_a_hundredth_is_not_told() {
    // Three thousand values so close that 120 products can't tell the last from its neighbors by 1% of itself.
    assert_eq!(of_diagonal(&spread(-1.0, 1e-4, 3_000)), None);
    assert_eq!(of_diagonal(&[1.0, f64::NAN]), None);
    assert_eq!(of_diagonal(&[1.0, f64::INFINITY]), None);
    assert_eq!(largest_eigenvalue(1 << 24, &mut |_| panic!("its basis would not fit into memory")), None);
}
