//! Scores of many runs as one: their mean, and how far they lie apart.

use super::scores::Scores;

/// A score's name in documents, its mean and its standard deviation over runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// Its name.
    pub name: &'static str,
    /// Over the runs where it is defined; NaN where it is in none.
    pub mean: f64,
    /// Of a sample, with n − 1; NaN of fewer than two runs.
    pub deviation: f64,
    /// In how many runs it is defined.
    pub count: usize,
}

/// All single numbers of scores, by their names in documents.
pub fn named(scores: &Scores) -> Vec<(&'static str, f64)> {
    match scores {
        Scores::Values(own) => vec![
            ("mse", own.mse),
            ("rmse", own.rmse),
            ("mae", own.mae),
            ("medianAbsoluteError", own.median_absolute_error),
            ("r2", own.r2),
        ],
        Scores::Classes(own) => vec![
            ("accuracy", own.accuracy),
            ("balancedAccuracy", own.balanced_accuracy),
            ("logLoss", own.log_loss),
            ("brier", own.brier),
            ("mcc", own.mcc),
            ("auroc", own.auroc),
            ("averagePrecision", own.average_precision),
            ("f1", own.macro_average.f1),
        ],
    }
}

/// Mean and deviation of each score over runs of one task.
pub fn summarize(runs: &[&Scores]) -> Vec<Summary> {
    let Some(first) = runs.first() else { return vec![] };
    let of_runs: Vec<_> = runs.iter().map(|scores| named(scores)).collect();
    let summary = |(place, (name, _)): (usize, (&'static str, f64))| {
        let values: Vec<f64> =
            of_runs.iter().map(|run| run[place].1).filter(|value| !value.is_nan()).collect();
        let (mean, deviation) = mean_and_deviation(&values);
        Summary { name, mean, deviation, count: values.len() }
    };
    named(first).into_iter().enumerate().map(summary).collect()
}

/// Mean and standard deviation of a sample; NaN of none, and the latter of fewer than two.
pub fn mean_and_deviation(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = if values.is_empty() { f64::NAN } else { values.iter().sum::<f64>() / count };
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (mean, if values.len() < 2 { f64::NAN } else { (squares / (count - 1.0)).sqrt() })
}
