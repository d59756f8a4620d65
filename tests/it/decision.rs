//! One decision about classes: what is counted as right, the confusion matrix and the classes of rows never disagree.

use super::run::open;
use serde_json::{Value, json};
use trainyard::data::Task;
use trainyard::nn::loss::decide;
use trainyard::run::{Part, Run};

const LOSSES: [&str; 6] = ["cross-entropy", "hinge", "mse", "mae", "huber", "half-mse"];

/// Every set of two and of three classes: noise so that rows are mistaken, and a size that fills no vector of four.
fn sets() -> [Value; 4] {
    ["circle", "moons", "checkerboard", "three-spiral"]
        .map(|source| json!({"source": source, "samples": 203, "noise": 0.3}))
}

/// The confusion matrix of a part, counted from the classes of its rows: a row for each true class. Its diagonal adds up
/// to accuracy × rows, exactly.
fn check(name: &str, run: &mut Run, part: Part) -> Vec<Vec<usize>> {
    let metrics = run.evaluate(part).unwrap();
    let rows = if part == Part::Train { run.split().train.clone() } else { run.split().test.clone() };
    let data = run.data();
    let Task::Classification { classes } = data.task else { panic!("{name}") };
    let row =
        |&row: &u32| (data.inputs[2 * row as usize..][..2].to_vec(), data.targets[row as usize] as usize);
    let (inputs, targets): (Vec<_>, Vec<_>) = rows.iter().map(row).unzip();
    let answers = run.classify(&inputs.concat()).unwrap();
    assert_eq!(answers.classes.len(), metrics.rows, "{name}");
    let mut counts = vec![vec![0; classes]; classes];
    for (&target, &decided) in targets.iter().zip(&answers.classes) {
        counts[target][decided as usize] += 1;
    }
    let right: usize = (0..classes).map(|k| counts[k][k]).sum();
    assert_eq!(right as f64 / metrics.rows as f64, metrics.accuracy.unwrap(), "{name}");
    if name.contains("cross-entropy") && classes > 2 {
        for row in answers.outputs.chunks_exact(classes) {
            let sum: f64 = row.iter().sum();
            assert!((sum - 1.0).abs() <= 1e-6, "{name}: probabilities sum to {sum}");
        }
    }
    counts
}

/// 4 sets × 6 losses × 5 seeds × 6 moments: untrained with all weights 0 (nothing but ties), as it starts, and later.
#[test]
fn the_confusion_matrix_is_the_accuracy_in_720_states() {
    let mut states = 0;
    for set in sets() {
        for loss in LOSSES {
            for seed in 0..5 {
                let units = [0, 3, 4, 5, 8][seed];
                let layers = if units == 0 {
                    json!([])
                } else {
                    json!([{"type": "dense", "units": units, "activation": "relu"}])
                };
                let training = json!({"loss": loss, "optimizer": {"type": "adam", "learningRate": 0.02}});
                let mut run = open(
                    json!({"seed": seed, "data": set, "model": {"layers": layers}, "training": training}),
                );
                let start = run.parameters().to_vec();
                for moment in 0..6 {
                    match moment {
                        0 => run.set_parameters(&vec![0.0; start.len()]).unwrap(),
                        1 => run.set_parameters(&start).unwrap(),
                        _ => drop(run.advance(40 * (moment - 1))),
                    }
                    let name = format!("{set} {loss} seed {seed} moment {moment}");
                    check(&name, &mut run, Part::Train);
                    check(&name, &mut run, Part::Test);
                    states += 1;
                }
            }
        }
    }
    assert_eq!(states, 720);
}

#[test]
fn ties_go_to_the_lower_class_by_every_loss() {
    for source in ["circle", "three-spiral"] {
        for loss in LOSSES {
            let mut run = open(json!({"data": {"source": source}, "training": {"loss": loss}}));
            run.set_parameters(&vec![0.0; run.parameters().len()]).unwrap();
            assert_eq!(run.classify(&[1.0, 2.0, -3.0, 0.5]).unwrap().classes, [0, 0], "{source} {loss}");
            for row in check(source, &mut run, Part::Test) {
                assert!(row[0] > 0 && row[1..].iter().all(|&count| count == 0), "{source} {loss}: {row:?}");
            }
        }
    }
    let of = |row: &[f32]| decide(row.len(), |k| row[k]);
    assert_eq!([of(&[0.0]), of(&[-0.0]), of(&[1e-30]), of(&[-1e-30])], [0, 0, 1, 0]);
    assert_eq!([of(&[1.0, 1.0, 0.0]), of(&[0.0, 1.0, 1.0]), of(&[0.0, 1.0, 2.0])], [0, 1, 2]);
}

/// Beyond ±1 scores stay apart, where shares held to 0…1 would tie; and logits do, where their sigmoids are both 0.5.
#[test]
fn classes_are_decided_before_anything_is_rounded() {
    let set = |loss: &str, source: &str, parameters: &[f32]| {
        let data = json!({"source": source, "scale": "none"});
        let mut run = open(json!({"data": data, "model": {"layers": []}, "training": {"loss": loss}}));
        run.set_parameters(parameters).unwrap();
        run.classify(&[0.0, 0.0]).unwrap()
    };
    let no_weights = [0.0; 6];
    let hinge = set("hinge", "three-spiral", &[&no_weights[..], &[1.5, 3.0, -7.0]].concat());
    assert_eq!((hinge.outputs.as_slice(), hinge.classes.as_slice()), (&[1.5, 3.0, -7.0][..], &[1][..]));
    let sigmoid = set("cross-entropy", "circle", &[0.0, 0.0, 1e-9]);
    assert_eq!((sigmoid.outputs.as_slice(), sigmoid.classes.as_slice()), (&[0.5][..], &[1][..]));
    let values = open(json!({"data": {"source": "plane"}})).classify(&[0.0, 0.0]).unwrap();
    assert_eq!((values.outputs.len(), values.classes.len()), (1, 0));
}
