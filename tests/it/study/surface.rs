//! The loss around a run: its center, its shape for linear regression, its planes, and what it leaves as it was.

use serde_json::{Value, json};
use trainyard::run::{Part, Run, Spec};
use trainyard::study::{Directions, Plane};

fn open(spec: &Value, steps: u64) -> Run {
    let mut run = Run::new(Spec::from_json(spec).unwrap(), None).unwrap();
    run.advance(steps);
    run
}

fn spiral() -> Run {
    open(
        &json!({ "data": { "samples": 200 }, "training": { "optimizer": { "type": "adam", "learningRate": 0.02 } } }),
        300,
    )
}

fn losses(run: &mut Run, plane: &Directions, a: &[f64], b: &[f64]) -> Vec<f64> {
    Directions::losses(run, [&plane.first, &plane.second], a, b, Part::Train).unwrap()
}

#[test]
fn the_center_is_the_loss_that_is_shown_and_the_run_stays_as_it_is() {
    for layers in
        [json!([]), json!([{ "type": "dense", "units": 6, "activation": "relu" }, { "type": "batchNorm" }])]
    {
        for loss in ["auto", "mse"] {
            let spec = json!({ "data": { "samples": 120 }, "model": { "layers": layers }, "training": { "loss": loss, "l2": 0.1 } });
            let mut run = open(&spec, 100);
            let (before, moment) = (run.parameters().to_vec(), run.moment());
            let plane = Directions::new(&run, Plane::Random { seed: 3 }, &[]).unwrap();
            let grid = losses(&mut run, &plane, &[-1.0, 0.0, 1.0], &[-0.5, 0.0, 0.5]);
            let shown = run.evaluate(Part::Train).unwrap().loss;
            assert!((grid[4] - shown).abs() <= 1e-12, "{} and {shown}", grid[4]);
            assert!(grid.iter().all(|loss| loss.is_finite()) && grid[0] != grid[8]);
            assert_eq!((run.parameters(), run.moment()), (before.as_slice(), moment));
            // The next step is the one that it would have been.
            let mut other = open(&spec, 100);
            run.advance(50);
            other.advance(50);
            assert_eq!(run.parameters(), other.parameters());
        }
    }
}

#[test]
fn random_directions_are_as_long_as_each_units_weights_and_leave_biases() {
    let run = spiral();
    let plane = Directions::new(&run, Plane::Random { seed: 3 }, &[]).unwrap();
    let length = |numbers: &[f32]| numbers.iter().map(|&x| f64::from(x).powi(2)).sum::<f64>().sqrt();
    let mut filters = 0;
    for tensor in &run.plan().tensors {
        let range = tensor.range();
        let (own, drawn) = (&run.parameters()[range.clone()], &plane.first[range.clone()]);
        if tensor.shape.len() == 1 {
            assert!(drawn.iter().all(|&x| x == 0.0), "{}", tensor.name);
            continue;
        }
        for (own, drawn) in own.chunks(tensor.fan_in).zip(drawn.chunks(tensor.fan_in)) {
            assert!((length(own) - length(drawn)).abs() <= 1e-5 * length(own), "{}", tensor.name);
            filters += 1;
        }
    }
    assert!(filters > 5 && plane.first != plane.second);
    assert_eq!(plane, Directions::new(&run, Plane::Random { seed: 3 }, &[]).unwrap());
    assert_ne!(plane, Directions::new(&run, Plane::Random { seed: 4 }, &[]).unwrap());
}

#[test]
fn the_surface_of_linear_regression_is_the_bowl_of_its_hessian() {
    let spec =
        json!({ "data": { "source": "line", "samples": 60, "noise": 0.2 }, "model": { "layers": [] } });
    let mut run = open(&spec, 40);
    let plane = Directions::new(&run, Plane::Parameters { first: 0, second: 1 }, &[]).unwrap();
    let at: Vec<f64> = (0..9).map(|i| f64::from(i) * 0.25 - 1.0).collect();
    let grid = losses(&mut run, &plane, &at, &at);
    // Mean squared error: its second derivatives are 2⟨x²⟩, 2⟨x⟩ and 2, whatever the place.
    let encoded = run.encoder().transform(&run.data().inputs);
    let train = &run.split().train;
    let mean = |of: &dyn Fn(f64) -> f64| {
        train.iter().map(|&row| of(f64::from(encoded[row as usize]))).sum::<f64>() / train.len() as f64
    };
    let (xx, x) = (2.0 * mean(&|x| x * x), 2.0 * mean(&|x| x));
    let h2 = 0.25 * 0.25;
    for i in 1..8 {
        for j in 1..8 {
            let loss = |di: i32, dj: i32| grid[(j + dj) as usize * 9 + (i + di) as usize];
            let aa = (loss(1, 0) - 2.0 * loss(0, 0) + loss(-1, 0)) / h2;
            let bb = (loss(0, 1) - 2.0 * loss(0, 0) + loss(0, -1)) / h2;
            let ab = (loss(1, 1) - loss(1, -1) - loss(-1, 1) + loss(-1, -1)) / (4.0 * h2);
            let all = [(aa, xx), (bb, 2.0), (ab, x)];
            assert!(all.iter().all(|(got, want)| (got - want).abs() <= 2e-4), "{i}, {j}: {all:?}");
        }
    }
}

#[test]
fn the_hessians_plane_bends_as_its_eigenvalues_say() {
    let mut run = spiral();
    let plane = Directions::new(&run, Plane::Hessian, &[]).unwrap();
    let [high, low] = plane.eigenvalues.unwrap();
    assert!((high - run.curvature()).abs() <= 1e-6 * high && high >= low, "{high}, {low}");
    let wide = |d: &[f32]| d.iter().copied().map(f64::from).collect::<Vec<_>>();
    let (first, second) = (wide(&plane.first), wide(&plane.second));
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    assert!(dot(&first, &second).abs() <= 1e-3 * dot(&first, &first), "at right angles");
    // By differences of the loss along both.
    let h = 0.02;
    for (along, value) in [(true, high), (false, low)] {
        let places = [-h, 0.0, h];
        let grid = if along {
            losses(&mut run, &plane, &places, &[0.0])
        } else {
            losses(&mut run, &plane, &[0.0], &places)
        };
        let length2 = if along { dot(&first, &first) } else { dot(&second, &second) };
        let bend = (grid[0] - 2.0 * grid[1] + grid[2]) / (h * h) / length2;
        assert!((bend - value).abs() <= 0.1 * value.abs() + 1e-3, "{bend} along one of {value}");
    }
}

/// Parameters every few steps, and the run at the end.
fn walked() -> (Run, Vec<Vec<f32>>) {
    let mut run = open(&json!({ "data": { "samples": 120 } }), 0);
    let mut path = vec![run.parameters().to_vec()];
    for _ in 0..20 {
        run.advance(25);
        path.push(run.parameters().to_vec());
    }
    (run, path)
}

#[test]
fn a_paths_own_plane_holds_most_of_it_and_says_how_much() {
    let (run, path) = walked();
    let share = |plane| Directions::new(&run, plane, &path).unwrap().share.unwrap();
    let own = share(Plane::Trajectory);
    assert!(own > 0.9 && own <= 1.0, "{own}");
    for plane in [Plane::Random { seed: 1 }, Plane::Hessian, Plane::Parameters { first: 0, second: 1 }] {
        assert!(share(plane) < own, "{plane:?}");
    }
    let found = Directions::new(&run, Plane::Trajectory, &path).unwrap();
    assert_eq!(found.path.len(), path.len());
    assert_eq!(found.path[20], [0.0, 0.0], "the run stands at the center");
    // A path in a plane lies in it wholly, where it says.
    let place = |a: f64, b: f64| -> Vec<f32> {
        let along = found.first.iter().zip(&found.second);
        run.parameters()
            .iter()
            .zip(along)
            .map(|(c, (f, s))| (f64::from(*c) + a * f64::from(*f) + b * f64::from(*s)) as f32)
            .collect()
    };
    let planted = [[0.5, -0.25], [0.1, 0.3], [-0.2, 0.0]];
    let flat: Vec<Vec<f32>> = planted.iter().map(|&[a, b]| place(a, b)).collect();
    let again = Directions::new(&run, Plane::Trajectory, &flat).unwrap();
    assert!(again.share.unwrap() > 0.999_999, "{:?}", again.share);
    assert_eq!(Directions::new(&run, Plane::Random { seed: 1 }, &[]).unwrap().share, None);
}

#[test]
fn a_straight_path_has_a_plane_too() {
    let run = spiral();
    let moved: Vec<f32> = run.parameters().iter().map(|x| x + 0.5).collect();
    let plane = Directions::new(&run, Plane::Trajectory, &[moved]).unwrap();
    assert!(plane.share.unwrap() > 0.999_999 && plane.second.iter().all(|x| x.is_finite()));
}

#[test]
fn planes_that_are_not_there_are_refused() {
    let run = spiral();
    let said = |plane, path: &[Vec<f32>]| Directions::new(&run, plane, path).err().unwrap().to_string();
    assert!(said(Plane::Trajectory, &[]).contains("the path stands still"));
    assert!(said(Plane::Trajectory, &[run.parameters().to_vec()]).contains("the path stands still"));
    assert!(said(Plane::Trajectory, &[vec![0.0; 3]]).contains("a snapshot of path holds 3 numbers"));
    assert!(said(Plane::Random { seed: 1 }, &vec![vec![]; 257]).contains("257 snapshots, outside 0…256"));
    assert!(
        said(Plane::Parameters { first: 0, second: 9999 }, &[])
            .contains("second: parameter 9999 is outside 0…")
    );
    assert!(said(Plane::Parameters { first: 2, second: 2 }, &[]).contains("is the first already"));
    let zeros = open(&json!({ "data": { "samples": 20 }, "model": { "init": "zeros" } }), 0);
    let error = Directions::new(&zeros, Plane::Random { seed: 1 }, &[]).err().unwrap().to_string();
    assert!(error.contains("all weights are 0"), "{error}");
    let mut run = run;
    let short = Directions::losses(&mut run, [&[0.0], &[0.0]], &[0.0], &[0.0], Part::Train);
    assert!(short.err().unwrap().to_string().contains("first holds 1 numbers"));
}
