//! `scores` and `ThresholdSweep`: what outputs are worth, as JavaScript has it.

use super::super::convert::{object, set, throw, wide};
use super::options::{Options, numbers};
use crate::error::Result;
use crate::study::scores::{
    Averages, Bin, ClassScore, ClassScores, Costs, Counts, Given, Interval, MOST_CLASSES, Point, RESAMPLED,
    Scores, ThresholdSweep as Sweep, ValueScores,
};
use crate::study::summary::named;
use js_sys::{Array, Uint32Array};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

type Thrown<T> = std::result::Result<T, JsValue>;

/// Scores outputs by their targets: a plain document, of values or of classes. Each score means what scikit-learn's of that
/// name does; one that isn't defined is NaN. Throws for lengths that disagree, numbers that aren't finite, and classes or
/// probabilities out of range.
#[wasm_bindgen(skip_typescript)]
pub fn scores(outputs: &JsValue, targets: &JsValue, options: JsValue) -> Thrown<JsValue> {
    throw(
        Owned::new(outputs, targets, &options)
            .and_then(|owned| Ok(to_js(&crate::study::scores(&owned.given())?))),
    )
}

/// What was given, copied from JavaScript.
struct Owned {
    outputs: Vec<f64>,
    targets: Vec<f64>,
    classes: Option<usize>,
    columns: usize,
    weights: Option<Vec<f64>>,
    decided: Option<Vec<u32>>,
    is_raw: bool,
    seed: u32,
    with_intervals: bool,
}

impl Owned {
    fn new(outputs: &JsValue, targets: &JsValue, options: &JsValue) -> Result<Owned> {
        let known = ["classes", "columns", "weights", "decided", "raw", "seed", "intervals"];
        let options = Options::new(options, &known)?;
        Ok(Owned {
            outputs: numbers(outputs, "outputs")?,
            targets: numbers(targets, "targets")?,
            classes: options.count("classes", 2..=MOST_CLASSES as u32)?.map(|classes| classes as usize),
            columns: options.count("columns", 1..=1 << 20)?.unwrap_or(1) as usize,
            weights: options.numbers("weights")?,
            decided: options.indices("decided")?,
            is_raw: options.flag("raw")?.unwrap_or(false),
            seed: options.count("seed", 0..=u32::MAX)?.unwrap_or(7),
            with_intervals: options.flag("intervals")?.unwrap_or(true),
        })
    }

    fn given(&self) -> Given<'_> {
        Given {
            outputs: &self.outputs,
            targets: &self.targets,
            classes: self.classes,
            columns: self.columns,
            weights: self.weights.as_deref(),
            decided: self.decided.as_deref(),
            is_raw: self.is_raw,
            seed: self.seed,
            with_intervals: self.with_intervals,
        }
    }
}

/// Scores as a document.
pub(super) fn to_js(scores: &Scores) -> JsValue {
    match scores {
        Scores::Values(own) => values(own, &named(scores)),
        Scores::Classes(scores) => classes(scores),
    }
}

/// Numbers by their names.
pub(super) fn by_name(numbers: &[(&'static str, f64)]) -> JsValue {
    object(&numbers.iter().map(|&(name, number)| (name, number.into())).collect::<Vec<_>>())
}

/// Intervals stand in the order of `named`.
fn values(scores: &ValueScores, named: &[(&'static str, f64)]) -> JsValue {
    let intervals = object(&[]);
    for ((name, _), one) in named.iter().zip(scores.intervals.iter().flatten()) {
        set(&intervals, name, &interval(one));
    }
    let found = object(&[("task", "regression".into()), ("rows", (scores.rows as f64).into())]);
    named.iter().for_each(|&(name, score)| set(&found, name, &score.into()));
    set(&found, "intervals", &intervals);
    found
}

fn interval(interval: &Interval) -> JsValue {
    let Interval { low, high, method } = *interval;
    object(&[("low", low.into()), ("high", high.into()), ("method", method.name().into())])
}

fn classes(scores: &ClassScores) -> JsValue {
    let list = |numbers: &Vec<f64>| numbers.iter().map(|&n| JsValue::from(n)).collect::<Array>();
    let intervals = object(&[]);
    if let Some(one) = &scores.accuracy_interval {
        set(&intervals, "accuracy", &interval(one));
    }
    for (name, one) in RESAMPLED.iter().zip(scores.intervals.iter().flatten()) {
        set(&intervals, name, &interval(one));
    }
    let roc = |points: &Vec<Point>| {
        curve(points, "falsePositiveRate", "truePositiveRate", |point, all| {
            (point.false_positives / all.false_positives, point.true_positives / all.true_positives)
        })
    };
    let precision_recall = |points: &Vec<Point>| {
        curve(points, "recall", "precision", |point, all| {
            let taken = point.true_positives + point.false_positives;
            let precision = if taken > 0.0 { point.true_positives / taken } else { 1.0 };
            (point.true_positives / all.true_positives, precision)
        })
    };
    let curves = &scores.curves;
    object(&[
        ("task", "classification".into()),
        ("rows", (scores.rows as f64).into()),
        ("accuracy", scores.accuracy.into()),
        ("balancedAccuracy", scores.balanced_accuracy.into()),
        ("logLoss", scores.log_loss.into()),
        ("brier", scores.brier.into()),
        ("mcc", scores.mcc.into()),
        ("auroc", scores.auroc.into()),
        ("averagePrecision", scores.average_precision.into()),
        ("perClass", scores.per_class.iter().map(of_class).collect::<Array>().into()),
        ("macro", averages(&scores.macro_average)),
        ("weighted", averages(&scores.weighted)),
        ("confusion", scores.confusion.iter().map(list).collect::<Array>().into()),
        (
            "curves",
            object(&[
                ("roc", curves.points.iter().map(roc).collect::<Array>().into()),
                ("precisionRecall", curves.points.iter().map(precision_recall).collect::<Array>().into()),
                (
                    "calibration",
                    curves.calibration.iter().map(|bins| calibration(bins)).collect::<Array>().into(),
                ),
            ]),
        ),
        ("intervals", intervals),
    ])
}

fn of_class(score: &ClassScore) -> JsValue {
    let intervals = object(&[]);
    let own = [("precision", &score.precision_interval), ("recall", &score.recall_interval)];
    for (name, one) in own {
        if let Some(one) = one {
            set(&intervals, name, &interval(one));
        }
    }
    object(&[
        ("precision", score.precision.into()),
        ("recall", score.recall.into()),
        ("f1", score.f1.into()),
        ("support", score.support.into()),
        ("auroc", score.auroc.into()),
        ("averagePrecision", score.average_precision.into()),
        ("intervals", intervals),
    ])
}

fn averages(averages: &Averages) -> JsValue {
    let Averages { precision, recall, f1, auroc } = *averages;
    by_name(&[("precision", precision), ("recall", recall), ("f1", f1), ("auroc", auroc)])
}

fn curve(points: &[Point], x: &str, y: &str, of: fn(&Point, &Point) -> (f64, f64)) -> JsValue {
    let Some(all) = points.last() else { return object(&[]) };
    let (xs, ys): (Vec<f64>, Vec<f64>) = points.iter().map(|point| of(point, all)).unzip();
    let thresholds: Vec<f64> = points.iter().map(|point| point.threshold).collect();
    object(&[(x, wide(&xs)), (y, wide(&ys)), ("thresholds", wide(&thresholds))])
}

fn calibration(bins: &[Bin]) -> JsValue {
    let column = |pick: fn(&Bin) -> f64| wide(&bins.iter().map(pick).collect::<Vec<_>>());
    let counts: Vec<u32> = bins.iter().map(|bin| bin.count as u32).collect();
    object(&[
        ("predicted", column(|bin| bin.predicted)),
        ("observed", column(|bin| bin.observed)),
        ("count", Uint32Array::from(counts.as_slice()).into()),
        ("low", column(|bin| bin.interval.low)),
        ("high", column(|bin| bin.interval.high)),
    ])
}

/// Outputs of two classes, sorted once, for a threshold that moves: each place of it takes microseconds.
#[wasm_bindgen]
pub struct ThresholdSweep {
    sweep: Sweep,
}

#[wasm_bindgen]
impl ThresholdSweep {
    /// Of the second class's probabilities (or raw scores), one a row, and class indices 0 and 1. Throws as `scores` does.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "ArrayLike<number>")] outputs: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "ArrayLike<number>")] targets: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "SweepOptions")] options: JsValue,
    ) -> Thrown<ThresholdSweep> {
        let sweep = Options::new(&options, &["weights", "raw"])
            .and_then(|_| Owned::new(outputs, targets, &options))
            .and_then(|owned| Sweep::new(&Given { classes: Some(2), ..owned.given() }));
        throw(sweep.map(|sweep| ThresholdSweep { sweep }))
    }

    /// What rows are counted as at a threshold: of the second class where their output is above. Throws for NaN.
    #[wasm_bindgen(unchecked_return_type = "AtThreshold")]
    pub fn at(
        &self,
        #[wasm_bindgen(unchecked_param_type = "number")] threshold: &JsValue,
    ) -> Thrown<JsValue> {
        throw(self.sweep.at(threshold.as_f64().unwrap_or(f64::NAN)).map(|counts| at_threshold(&counts)))
    }

    /// The threshold at which errors cost least: so much a row of the first class that is taken for the second, and the
    /// other way round. Of equal ones the highest. Throws for a cost that is no finite number of at least 0.
    #[wasm_bindgen(unchecked_return_type = "AtThreshold")]
    pub fn cheapest(
        &self,
        #[wasm_bindgen(unchecked_param_type = "number", js_name = falsePositive)] false_positive: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "number", js_name = falseNegative)] false_negative: &JsValue,
    ) -> Thrown<JsValue> {
        let [false_positive, false_negative] =
            [false_positive, false_negative].map(|cost| cost.as_f64().unwrap_or(f64::NAN));
        let found = self.sweep.cheapest(Costs { false_positive, false_negative });
        throw(found.map(|counts| at_threshold(&counts)))
    }
}

fn at_threshold(counts: &Counts) -> JsValue {
    by_name(&[
        ("threshold", counts.threshold),
        ("truePositives", counts.true_positives),
        ("falsePositives", counts.false_positives),
        ("trueNegatives", counts.true_negatives),
        ("falseNegatives", counts.false_negatives),
        ("falsePositiveRate", counts.false_positive_rate()),
        ("truePositiveRate", counts.true_positive_rate()),
        ("precision", counts.precision()),
        ("recall", counts.true_positive_rate()),
        ("accuracy", counts.accuracy()),
        ("f1", counts.f1()),
    ])
}
