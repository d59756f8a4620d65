//! scikit-learn's models on real rows; `tests/golden/baselines.py` writes them and says what each field means.

use crate::support::close::{Tolerance, assert_close};
use serde_json::Value;
use trainyard::data::Dataset;
use trainyard::study::baselines::{Baseline, Kind, Options};
use trainyard::study::summary::mean_and_deviation;

/// Both are exact to 1e-9 of the loss; the file keeps ten digits.
const COEFFICIENT: Tolerance = Tolerance { absolute: 1e-6, relative: 1e-6 };
/// The file keeps six digits.
const PREDICTION: Tolerance = Tolerance { absolute: 1e-6, relative: 6e-6 };

struct Case {
    name: String,
    json: Value,
    fitted: Dataset,
    held: Dataset,
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

/// The cases of a kind.
fn cases(kind: &str) -> Vec<Case> {
    let root = env!("CARGO_MANIFEST_DIR");
    let text = std::fs::read_to_string(format!("{root}/tests/golden/baselines.json")).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    let all = json["cases"].as_array().unwrap().iter().filter(|case| case["kind"] == kind);
    let cases: Vec<Case> = all.cloned().map(read).collect();
    assert!(cases.len() >= 3, "{kind}: {} cases", cases.len());
    cases
}

fn read(json: Value) -> Case {
    let set = json["set"].as_str().unwrap();
    let text = std::fs::read_to_string(format!("{}/www/data/{set}.csv", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let lines: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let width = lines[0].len() - 1;
    let inputs: Vec<Vec<f64>> =
        lines.iter().map(|line| line[..width].iter().map(|cell| cell.parse().unwrap()).collect()).collect();
    let mut names: Vec<&str> = lines.iter().map(|line| line[width]).collect();
    names.sort_unstable();
    names.dedup();
    let classes = (set != "diabetes").then_some(names.len());
    let target = |line: &Vec<&str>| match classes {
        Some(_) => names.iter().position(|name| *name == line[width]).unwrap() as f64,
        None => line[width].parse().unwrap(),
    };
    let held: Vec<usize> = (0..lines.len()).step_by(4).collect();
    let step = json["step"].as_u64().unwrap() as usize;
    let fitted: Vec<usize> = (0..lines.len()).filter(|row| row % 4 != 0).step_by(step).collect();
    let mut scale = vec![(0.0, 1.0); width];
    if json["scaled"] == true {
        for (j, scale) in scale.iter_mut().enumerate() {
            let column: Vec<f64> = fitted.iter().map(|&row| inputs[row][j]).collect();
            let mean = column.iter().sum::<f64>() / column.len() as f64;
            let variance = column.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / column.len() as f64;
            *scale = (mean, variance.sqrt());
        }
    }
    let part = |rows: &[usize]| {
        let scaled = |row: &usize| {
            inputs[*row].iter().zip(&scale).map(|(x, (mean, deviation))| (x - mean) / deviation)
        };
        let targets = rows.iter().map(|&row| target(&lines[row])).collect();
        Dataset::from_rows(rows.iter().flat_map(scaled).collect(), targets, vec![width], classes).unwrap()
    };
    let name = format!("{set} {} {} scaled {} step {step}", json["kind"], json["options"], json["scaled"]);
    Case { name, fitted: part(&fitted), held: part(&held), json }
}

impl Case {
    fn fit(&self, seed: Option<u32>) -> Baseline {
        let mut options = Options::from_json(&self.json["options"]).unwrap();
        options.seed = seed.unwrap_or(options.seed);
        let kind = Kind::named(self.json["kind"].as_str().unwrap()).unwrap();
        Baseline::fit(kind, &options, &self.fitted).unwrap()
    }

    /// Rows whose prediction isn't the one wanted, as a share.
    fn missed(&self, model: &Baseline, rows: &Dataset, wanted: &Value) -> f64 {
        let (got, wanted) = (model.predict(&rows.inputs).unwrap(), numbers(wanted));
        assert_eq!(got.len(), wanted.len(), "{}", self.name);
        let outputs = model.outputs();
        let is_close = |(got, want): (&f64, &f64)| (got - want).abs() <= PREDICTION.allowed(*want);
        let pairs = got.chunks(outputs).zip(wanted.chunks(outputs));
        let missed = pairs.filter(|(got, wanted)| !got.iter().zip(*wanted).all(is_close)).count();
        missed as f64 / rows.rows() as f64
    }
}

#[test]
fn coefficients_of_linear_models_are_scikit_learns() {
    for kind in ["ridge", "lasso", "logistic"] {
        for case in cases(kind) {
            let found = case.fit(None).coefficients().unwrap();
            assert_close(&case.name, &found.weights, &numbers(&case.json["coef"]), COEFFICIENT);
            assert_close(&case.name, &found.intercepts, &numbers(&case.json["intercept"]), COEFFICIENT);
            if kind == "lasso" {
                // Weights that are out are 0 and not nearly so.
                let zeros = |all: &[f64]| all.iter().filter(|weight| **weight == 0.0).count();
                assert_eq!(zeros(&found.weights), zeros(&numbers(&case.json["coef"])), "{}", case.name);
            }
        }
    }
}

#[test]
fn predictions_of_constants_and_neighbors_are_scikit_learns() {
    for kind in ["constant", "knn"] {
        for case in cases(kind) {
            let model = case.fit(None);
            for (rows, key) in [(&case.fitted, "fitted"), (&case.held, "held")] {
                let missed = case.missed(&model, rows, &case.json[key]);
                assert!(missed <= 0.01, "{}, {key}: {missed} differ", case.name);
            }
        }
    }
}

#[test]
fn predictions_of_trees_are_scikit_learns_wherever_its_own_do_not_depend_on_chance() {
    let mut compared = 0;
    for case in cases("tree") {
        let model = case.fit(None);
        let agreed = numbers(&case.json["agreed"]);
        for (rows, key, agreed) in [(&case.fitted, "fitted", agreed[0]), (&case.held, "held", agreed[1])] {
            let missed = case.missed(&model, rows, &case.json[key]);
            let allowed = if agreed >= 0.99 { 0.01 } else { 1.5 * (1.0 - agreed) };
            assert!(
                missed <= allowed,
                "{}, {key}: {missed} differ, and {} of its own",
                case.name,
                1.0 - agreed
            );
            compared += u32::from(agreed >= 0.99);
        }
    }
    assert!(compared >= 18, "{compared} compared");
}

#[test]
fn forests_score_like_scikit_learns_within_two_standard_errors_over_ten_seeds() {
    for case in cases("forest") {
        let theirs = numbers(&case.json["scores"]);
        let ours: Vec<f64> = (0..10).map(|seed| score(&case.fit(Some(seed)), &case.held)).collect();
        let (their_mean, their_error) = mean_and_error(&theirs);
        let (our_mean, our_error) = mean_and_error(&ours);
        let allowed = 2.0 * (their_error * their_error + our_error * our_error).sqrt();
        let difference = (their_mean - our_mean).abs();
        assert!(
            difference <= allowed.max(1e-9),
            "{}: {our_mean} for {their_mean}, not within {allowed}",
            case.name
        );
    }
}

/// Accuracy or R².
fn score(model: &Baseline, rows: &Dataset) -> f64 {
    let answers = model.predict(&rows.inputs).unwrap();
    let count = rows.rows() as f64;
    if model.coefficients().is_none()
        && rows.targets.iter().all(|target| target.fract() == 0.0 && *target < 3.0)
    {
        let class_of = |answer: &[f64]| match answer {
            [second] => usize::from(*second > 0.5),
            _ => (0..answer.len())
                .fold(0, |best, class| if answer[class] > answer[best] { class } else { best }),
        };
        let pairs = answers.chunks(model.outputs()).zip(&rows.targets);
        return pairs.filter(|(answer, target)| class_of(answer) as f64 == **target).count() as f64 / count;
    }
    let mean = rows.targets.iter().sum::<f64>() / count;
    let squares = |(a, b): (&f64, f64)| (a - b) * (a - b);
    let missed: f64 = answers.iter().zip(rows.targets.iter().copied()).map(squares).sum();
    1.0 - missed / rows.targets.iter().map(|target| squares((target, mean))).sum::<f64>()
}

fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let (mean, deviation) = mean_and_deviation(values);
    (mean, deviation / (values.len() as f64).sqrt())
}
