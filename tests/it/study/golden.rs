//! Scores against scikit-learn's; `tests/golden/scores.py` writes them.

use serde_json::Value;
use trainyard::study::scores::{ClassScores, Curves, Given, Point, Scores, ValueScores, scores};

const TOLERANCE: f64 = 1e-6;

/// NaN is what scikit-learn has nothing for.
#[track_caller]
fn near(what: &str, got: f64, want: &Value) {
    match want.as_f64() {
        None => assert!(got.is_nan(), "{what}: got {got}, want none"),
        Some(want) => {
            assert!((got - want).abs() <= TOLERANCE * want.abs().max(1.0), "{what}: got {got}, want {want}");
        }
    }
}

fn numbers(json: &Value) -> Vec<f64> {
    json.as_array().unwrap().iter().map(|n| n.as_f64().unwrap_or(f64::INFINITY)).collect()
}

#[track_caller]
fn all_near(what: &str, got: impl IntoIterator<Item = f64>, want: &Value) {
    let got: Vec<f64> = got.into_iter().collect();
    let want = want.as_array().unwrap();
    assert_eq!(got.len(), want.len(), "{what}");
    got.iter().zip(want).enumerate().for_each(|(i, (got, want))| near(&format!("{what}[{i}]"), *got, want));
}

fn check_values(name: &str, scores: &ValueScores, want: &Value) {
    let own = [
        ("mse", scores.mse),
        ("rmse", scores.rmse),
        ("mae", scores.mae),
        ("medianAbsoluteError", scores.median_absolute_error),
        ("r2", scores.r2),
    ];
    own.iter().for_each(|(key, got)| near(&format!("{name}: {key}"), *got, &want[key]));
}

fn check_classes(name: &str, scores: &ClassScores, want: &Value) {
    let own = [
        ("accuracy", scores.accuracy),
        ("balancedAccuracy", scores.balanced_accuracy),
        ("logLoss", scores.log_loss),
        ("brier", scores.brier),
        ("mcc", scores.mcc),
        ("auroc", scores.auroc),
        ("averagePrecision", scores.average_precision),
    ];
    own.iter().for_each(|(key, got)| near(&format!("{name}: {key}"), *got, &want[key]));
    for (key, averages) in [("macro", &scores.macro_average), ("weighted", &scores.weighted)] {
        let own = [("precision", averages.precision), ("recall", averages.recall), ("f1", averages.f1)];
        own.iter().for_each(|(part, got)| near(&format!("{name}: {key}.{part}"), *got, &want[key][part]));
        if want[key]["auroc"].is_number() {
            near(&format!("{name}: {key}.auroc"), averages.auroc, &want[key]["auroc"]);
        }
    }
    let per = &scores.per_class;
    all_near(&format!("{name}: precision"), per.iter().map(|c| c.precision), &want["precision"]);
    all_near(&format!("{name}: recall"), per.iter().map(|c| c.recall), &want["recall"]);
    all_near(&format!("{name}: f1"), per.iter().map(|c| c.f1), &want["f1"]);
    all_near(&format!("{name}: aurocs"), per.iter().map(|c| c.auroc), &want["aurocs"]);
    all_near(&format!("{name}: AP"), per.iter().map(|c| c.average_precision), &want["averagePrecisions"]);
    for (row, want) in scores.confusion.iter().zip(want["confusion"].as_array().unwrap()) {
        all_near(&format!("{name}: confusion"), row.iter().copied(), want);
    }
}

fn check_curves(name: &str, curves: &Curves, case: &Value) {
    let (rocs, recalls) = (case["roc"].as_array().unwrap(), case["precisionRecall"].as_array().unwrap());
    assert_eq!((curves.points.len(), recalls.len()), (rocs.len(), rocs.len()), "{name}");
    let mut seen = 0;
    for (k, points) in curves.points.iter().enumerate().filter(|(k, _)| rocs[*k].is_object()) {
        let all = points.last().unwrap();
        let close = |what: &str, got: Vec<f64>, want: &Value| {
            for (i, (got, want)) in got.iter().zip(numbers(want)).enumerate() {
                let same = *got == want || (got - want).abs() <= TOLERANCE;
                assert!(same, "{name}: {what}[{i}] of {k}: got {got}, want {want}");
            }
        };
        let column = |pick: &dyn Fn(&Point) -> f64| points.iter().map(pick).collect::<Vec<f64>>();
        let roc = &rocs[k];
        assert_eq!(points.len(), roc["x"].as_array().unwrap().len(), "{name}");
        close("fpr", column(&|p| p.false_positives / all.false_positives), &roc["x"]);
        close("tpr", column(&|p| p.true_positives / all.true_positives), &roc["y"]);
        close("thresholds", column(&|p| p.threshold), &roc["thresholds"]);
        assert_eq!(points.len(), recalls[k]["x"].as_array().unwrap().len(), "{name}");
        close("recall", column(&|p| p.true_positives / all.true_positives), &recalls[k]["x"]);
        let precision = |p: &Point| p.true_positives / (p.true_positives + p.false_positives).max(1e-300);
        close(
            "precision",
            column(&|p| if p.threshold.is_infinite() { 1.0 } else { precision(p) }),
            &recalls[k]["y"],
        );
        seen += 1;
    }
    let wanted = case["calibration"].as_array().unwrap();
    if seen == curves.calibration.len() && !wanted.is_empty() {
        for (bins, want) in curves.calibration.iter().zip(wanted) {
            all_near(&format!("{name}: predicted"), bins.iter().map(|bin| bin.predicted), &want["predicted"]);
            all_near(&format!("{name}: observed"), bins.iter().map(|bin| bin.observed), &want["observed"]);
        }
    }
}

#[test]
fn scores_are_scikit_learns() {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/scores.json")).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    let cases = json["cases"].as_array().unwrap();
    assert!(cases.len() >= 28, "{} cases", cases.len());
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let (outputs, targets) = (numbers(&case["outputs"]), numbers(&case["targets"]));
        let weights = case["weights"].is_array().then(|| numbers(&case["weights"]));
        let classes = case["classes"].as_u64().map(|classes| classes as usize);
        let given = Given {
            weights: weights.as_deref(),
            columns: case["columns"].as_u64().unwrap() as usize,
            with_intervals: false,
            ..Given::new(&outputs, &targets, classes)
        };
        match scores(&given).unwrap() {
            Scores::Values(own) => check_values(name, &own, &case["expected"]),
            Scores::Classes(own) => {
                check_classes(name, &own, &case["expected"]);
                check_curves(name, &own.curves, case);
            }
        }
    }
}
