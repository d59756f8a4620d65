//! Scores of classes.

use super::Given;
use super::calibration::{Bin, calibration};
use super::interval::{Interval, bootstrap, effective, resamples, wilson};
use super::ranking::{Point, Ranking};
use crate::nn::loss::decide;

/// Curves of so many classes are given; more can't be told apart in a picture.
const MOST_CURVES: usize = 20;

/// How well rows are told apart. Where a share has nothing to be a share of (the precision of a class that is never
/// decided for), it is 0.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassScores {
    /// Rows seen.
    pub rows: usize,
    /// Share of rows that are decided right.
    pub accuracy: f64,
    /// Mean recall of the classes that have rows.
    pub balanced_accuracy: f64,
    /// Mean of −ln p of each row's class, p at least 2⁻⁵². NaN for raw scores, as is `brier`.
    pub log_loss: f64,
    /// Mean squared distance of probabilities from 0 and 1: of two classes that of the second's, of more the sum over all.
    pub brier: f64,
    /// Matthews' correlation of classes and decisions; 0 where one of the two is always the same.
    pub mcc: f64,
    /// Area under the ROC curve of the second of two classes; of more the mean over [`per_class`](Self::per_class).
    pub auroc: f64,
    /// Likewise the average precision.
    pub average_precision: f64,
    /// A class each.
    pub per_class: Vec<ClassScore>,
    /// Means over the classes that have rows or are decided for.
    pub macro_average: Averages,
    /// Means by the weight of each class's rows.
    pub weighted: Averages,
    /// `[actual][decided]`: weight of such rows, which is their number without weights.
    pub confusion: Vec<Vec<f64>>,
    /// To be drawn.
    pub curves: Curves,
    /// Wilson's, of the accuracy.
    pub accuracy_interval: Option<Interval>,
    /// By the bootstrap, in the order of [`RESAMPLED`].
    pub intervals: Option<[Interval; RESAMPLED.len()]>,
}

/// Scores whose intervals are the bootstrap's, by their names in documents; `f1` is the mean over classes.
pub const RESAMPLED: [&str; 7] =
    ["balancedAccuracy", "logLoss", "brier", "mcc", "auroc", "averagePrecision", "f1"];

/// How well one class is told from all others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassScore {
    /// Share of what is decided to be of the class that is of it.
    pub precision: f64,
    /// Share of the class's rows that are decided so.
    pub recall: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
    /// Weight of the class's rows.
    pub support: f64,
    /// Against all others; NaN without rows of it, or of others.
    pub auroc: f64,
    /// Likewise; NaN without rows of the class.
    pub average_precision: f64,
    /// Wilson's.
    pub precision_interval: Option<Interval>,
    /// Wilson's.
    pub recall_interval: Option<Interval>,
}

/// Means over classes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Averages {
    /// Of the precisions.
    pub precision: f64,
    /// Of the recalls.
    pub recall: f64,
    /// Of the F1 scores, each the harmonic mean of its class.
    pub f1: f64,
    /// Of the areas that are defined.
    pub auroc: f64,
}

/// What is drawn of two classes for the second, of more for each: none beyond twenty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curves {
    /// What lies at or above each different output, highest first: ROC and precision–recall curve are shares of it.
    pub points: Vec<Vec<Point>>,
    /// Bins of about as many rows each; empty for raw scores.
    pub calibration: Vec<Vec<Bin>>,
}

/// Outputs as columns, a class each.
struct Judged {
    classes: usize,
    /// Of two classes the second's alone.
    columns: Vec<Vec<f64>>,
    /// One a column.
    rankings: Vec<Ranking>,
    truth: Vec<usize>,
    decided: Vec<usize>,
    /// What each row adds to log loss and Brier score; NaN for raw scores.
    losses: Vec<f64>,
    squares: Vec<f64>,
}

pub(super) fn score(given: &Given, classes: usize, weights: &[f64]) -> ClassScores {
    let judged = Judged::new(given, classes);
    let confusion = judged.confusion(weights);
    let shares = Shares::of(&confusion, classes);
    let (per_class, aurocs) = judged.per_class(&shares, weights, given.with_intervals);
    let mean = |pick: fn(&ClassScore) -> f64, weigh: &dyn Fn(usize) -> f64| {
        let (mut sum, mut all) = (0.0, 0.0);
        for (class, score) in per_class.iter().enumerate().filter(|(_, score)| !pick(score).is_nan()) {
            sum += weigh(class) * pick(score);
            all += weigh(class);
        }
        sum / all
    };
    let averages = |weigh: &dyn Fn(usize) -> f64| Averages {
        precision: mean(|score| score.precision, weigh),
        recall: mean(|score| score.recall, weigh),
        f1: mean(|score| score.f1, weigh),
        auroc: mean(|score| score.auroc, weigh),
    };
    let is_present = |class: usize| f64::from(u8::from(shares.is_present(class)));
    let [balanced_accuracy, log_loss, brier, mcc, auroc, average_precision, _] =
        judged.resampled(&shares, weights, &aurocs);
    let numbers = if given.with_intervals { resamples(weights.len(), classes.max(3) - 1) } else { 0 };
    ClassScores {
        rows: weights.len(),
        accuracy: shares.accuracy(),
        balanced_accuracy,
        log_loss,
        brier,
        mcc,
        auroc,
        average_precision,
        macro_average: averages(&is_present),
        weighted: averages(&|class| shares.actual[class]),
        curves: judged.curves(given, weights),
        accuracy_interval: given
            .with_intervals
            .then(|| wilson(shares.accuracy(), effective(weights.iter().copied()))),
        intervals: bootstrap(weights, given.seed, numbers, |weights| {
            let shares = Shares::of(&judged.confusion(weights), classes);
            judged.resampled(&shares, weights, &judged.areas(weights))
        }),
        per_class,
        confusion: confusion.chunks(classes).map(<[f64]>::to_vec).collect(),
    }
}

impl Judged {
    fn new(given: &Given, classes: usize) -> Judged {
        let rows = given.targets.len();
        let width = given.outputs.len() / rows;
        let truth: Vec<usize> = given.targets.iter().map(|&class| class as usize).collect();
        let row_of = |row: usize| &given.outputs[row * width..][..width];
        let bar = if given.is_raw { 0.0 } else { 0.5 };
        let decided = |row: usize| match given.decided {
            Some(decided) => decided[row] as usize,
            None => decide(width, |k| row_of(row)[k] - if width == 1 { bar } else { 0.0 }),
        };
        let columns: Vec<Vec<f64>> =
            (0..width).map(|k| given.outputs.iter().skip(k).step_by(width).copied().collect()).collect();
        let first = usize::from(width == 1);
        let is_of = |class: usize| truth.iter().map(|&own| own == class).collect();
        let rankings =
            columns.iter().enumerate().map(|(k, column)| Ranking::new(column, is_of(k + first))).collect();
        let probability = |row: usize, class: usize| match row_of(row) {
            [second] if class == 0 => 1.0 - second,
            [second] => *second,
            all => all[class],
        };
        let (mut losses, mut squares) = (vec![f64::NAN; rows], vec![f64::NAN; rows]);
        if !given.is_raw {
            for row in 0..rows {
                let own = probability(row, truth[row]);
                losses[row] = -libm::log(own.clamp(f64::EPSILON, 1.0 - f64::EPSILON));
                let distance = |class: usize| {
                    let p = probability(row, class);
                    if class == truth[row] { (1.0 - p) * (1.0 - p) } else { p * p }
                };
                squares[row] = if classes == 2 { distance(1) } else { (0..classes).map(distance).sum() };
            }
        }
        let decided = (0..rows).map(decided).collect();
        Judged { classes, columns, rankings, truth, decided, losses, squares }
    }

    /// `[actual × classes + decided]`
    fn confusion(&self, weights: &[f64]) -> Vec<f64> {
        let mut confusion = vec![0.0; self.classes * self.classes];
        for ((&truth, &decided), weight) in self.truth.iter().zip(&self.decided).zip(weights) {
            confusion[truth * self.classes + decided] += weight;
        }
        confusion
    }

    /// Area under the ROC curve and average precision of each column.
    fn areas(&self, weights: &[f64]) -> Vec<[f64; 2]> {
        self.rankings.iter().map(|ranking| ranking.areas(weights)).collect()
    }

    /// What [`RESAMPLED`] names.
    fn resampled(&self, shares: &Shares, weights: &[f64], areas: &[[f64; 2]]) -> [f64; RESAMPLED.len()] {
        let all: f64 = weights.iter().sum();
        let mean = |of_rows: &[f64]| of_rows.iter().zip(weights).map(|(x, w)| x * w).sum::<f64>() / all;
        let defined = |which: usize| {
            let known = areas.iter().map(|areas| areas[which]).filter(|area| !area.is_nan());
            let (sum, count) = known.fold((0.0, 0), |(sum, count), area| (sum + area, count + 1));
            sum / f64::from(count)
        };
        let (brier, log_loss) = (mean(&self.squares), mean(&self.losses));
        let f1 = shares.mean(|class| shares.is_present(class), |class| shares.f1(class));
        let balanced = shares.mean(|class| shares.actual[class] > 0.0, |class| shares.recall(class));
        [balanced, log_loss, brier, shares.matthews(), defined(0), defined(1), f1]
    }

    fn per_class(
        &self,
        shares: &Shares,
        weights: &[f64],
        with_intervals: bool,
    ) -> (Vec<ClassScore>, Vec<[f64; 2]>) {
        let areas = self.areas(weights);
        let mut of_class = areas.clone();
        if self.classes == 2 {
            // The first of two classes is ranked the other way round.
            let turned: Vec<f64> = self.columns[0].iter().map(|p| -p).collect();
            let first = Ranking::new(&turned, self.truth.iter().map(|&class| class == 0).collect());
            of_class.insert(0, first.areas(weights));
        }
        let interval = |share: f64, of: &dyn Fn(usize) -> bool| {
            let counted = weights.iter().enumerate().filter(|(row, _)| of(*row)).map(|(_, &weight)| weight);
            with_intervals.then(|| wilson(share, effective(counted)))
        };
        let per_class = (0..self.classes).map(|class| {
            let (precision, recall) = (shares.precision(class), shares.recall(class));
            ClassScore {
                precision,
                recall,
                f1: shares.f1(class),
                support: shares.actual[class],
                auroc: of_class[class][0],
                average_precision: of_class[class][1],
                precision_interval: interval(precision, &|row| self.decided[row] == class),
                recall_interval: interval(recall, &|row| self.truth[row] == class),
            }
        });
        (per_class.collect(), areas)
    }

    fn curves(&self, given: &Given, weights: &[f64]) -> Curves {
        if self.classes > MOST_CURVES {
            return Curves::default();
        }
        let columns = || self.rankings.iter().zip(&self.columns);
        let bins =
            |(ranking, column): (&Ranking, &Vec<f64>)| calibration(column, ranking.positive(), weights);
        Curves {
            points: columns().map(|(ranking, column)| ranking.points(column, weights)).collect(),
            calibration: if given.is_raw { vec![] } else { columns().map(bins).collect() },
        }
    }
}

/// What follows from a confusion matrix.
struct Shares {
    right: Vec<f64>,
    actual: Vec<f64>,
    decided: Vec<f64>,
    all: f64,
}

impl Shares {
    fn of(confusion: &[f64], classes: usize) -> Shares {
        let (mut actual, mut decided) = (vec![0.0; classes], vec![0.0; classes]);
        for (row, counts) in confusion.chunks(classes).enumerate() {
            for (column, &weight) in counts.iter().enumerate() {
                actual[row] += weight;
                decided[column] += weight;
            }
        }
        let right: Vec<f64> = (0..classes).map(|class| confusion[class * classes + class]).collect();
        let all = actual.iter().sum();
        Shares { right, actual, decided, all }
    }

    fn is_present(&self, class: usize) -> bool {
        self.actual[class] > 0.0 || self.decided[class] > 0.0
    }

    fn accuracy(&self) -> f64 {
        self.right.iter().sum::<f64>() / self.all
    }

    fn precision(&self, class: usize) -> f64 {
        share(self.right[class], self.decided[class])
    }

    fn recall(&self, class: usize) -> f64 {
        share(self.right[class], self.actual[class])
    }

    fn f1(&self, class: usize) -> f64 {
        share(2.0 * self.right[class], self.actual[class] + self.decided[class])
    }

    fn mean(&self, counts: impl Fn(usize) -> bool, of: impl Fn(usize) -> f64) -> f64 {
        let counted = (0..self.actual.len()).filter(|&class| counts(class));
        let (sum, count) = counted.fold((0.0, 0), |(sum, count), class| (sum + of(class), count + 1));
        sum / f64::from(count)
    }

    /// The correlation of classes and decisions, each as 0 and 1 (Gorodkin 2004).
    fn matthews(&self) -> f64 {
        // As shares of the whole, so that weights of any size keep their digits.
        let of = |numbers: &[f64], class: usize| numbers[class] / self.all;
        let is_constant = |numbers: &[f64]| numbers.iter().filter(|&&weight| weight > 0.0).count() < 2;
        if is_constant(&self.actual) || is_constant(&self.decided) {
            return 0.0;
        }
        let (mut covariance, mut actual, mut decided) = (self.accuracy(), 1.0, 1.0);
        for class in 0..self.actual.len() {
            let (a, d) = (of(&self.actual, class), of(&self.decided, class));
            covariance -= a * d;
            actual -= a * a;
            decided -= d * d;
        }
        covariance / (actual * decided).sqrt()
    }
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}
