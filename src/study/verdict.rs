//! Whether a larger model is worth it, by a written rule. Scores are of the same folds, more is better.

use super::student::{quantile, two_sided};
use super::summary::mean_and_deviation;
use crate::error::{Error, Result, decimal};

/// What the rule says of "is the larger model worth it?"
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is better, surely, and by enough.
    Yes,
    /// It is worse, surely.
    No,
    /// Both are as good as each other, surely.
    Tie,
    /// The rows don't say.
    CantTell,
}

impl Answer {
    /// Its name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Answer::Yes => "yes",
            Answer::No => "no",
            Answer::Tie => "tie",
            Answer::CantTell => "can't tell",
        }
    }
}

/// What the rule goes by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Validation rows for each training row: 1/9 of ten folds.
    pub ratio: f64,
    /// How often chance may be taken for a difference.
    pub level: f64,
    /// A mean difference below this is none, however sure.
    pub least: f64,
    /// What surely lies within this is a tie.
    pub margin: f64,
    /// The larger model has to be better in so many of its folds, 0…1.
    pub share: f64,
}

impl Rule {
    /// For folds of `folds`: 5%, half a point, five points, seven of ten.
    pub fn of_folds(folds: u32) -> Rule {
        let ratio = 1.0 / f64::from(folds.max(2) - 1);
        Rule { ratio, level: 0.05, least: 0.005, margin: 0.05, share: 0.7 }
    }
}

/// Two lists of scores of the same folds, compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// Mean of the first's score minus the second's.
    pub difference: f64,
    /// Standard deviation of the differences, with n − 1.
    pub deviation: f64,
    /// Of the corrected resampled t-test; 0 where all differences are 0.
    pub t: f64,
    /// Two-sided, with n − 1 degrees of freedom.
    pub p: f64,
    /// Where the difference lies at 1 − `level`.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Folds in which the first is better.
    pub wins: u32,
    /// Folds in which the second is.
    pub losses: u32,
    /// All folds.
    pub folds: u32,
}

/// The corrected resampled t-test (Nadeau & Bengio, Machine Learning 52, 2003): training rows of folds overlap, so their
/// differences vary less than fresh rows would let them; the variance is taken 1/n + `ratio` times in place of 1/n.
///
/// # Errors
/// [`Error::Data`] for lists of different lengths or fewer than two scores; for what is no finite number.
pub fn compare(first: &[f64], second: &[f64], rule: &Rule) -> Result<Comparison> {
    check_rule(rule)?;
    if first.len() != second.len() || first.len() < 2 {
        let what = format!(
            "{} scores beside {}: expected the same number of both, at least 2",
            first.len(),
            second.len()
        );
        return Err(Error::Data { what });
    }
    if let Some(fold) = (0..first.len()).find(|&fold| !(first[fold] - second[fold]).is_finite()) {
        let (a, b) = (decimal(first[fold]), decimal(second[fold]));
        return Err(Error::Data {
            what: format!("scores of fold {fold} are {a} and {b}, expected finite numbers"),
        });
    }
    let differences: Vec<f64> = first.iter().zip(second).map(|(a, b)| a - b).collect();
    let count = differences.len() as f64;
    let (difference, deviation) = mean_and_deviation(&differences);
    let error = deviation * (1.0 / count + rule.ratio).sqrt();
    let t = if difference == 0.0 { 0.0 } else { difference / error };
    let half = quantile(rule.level, count - 1.0) * error;
    let counted = |is: fn(f64) -> bool| differences.iter().filter(|&&d| is(d)).count() as u32;
    Ok(Comparison {
        difference,
        deviation,
        t,
        p: two_sided(t, count - 1.0),
        low: difference - half,
        high: difference + half,
        wins: counted(|d| d > 0.0),
        losses: counted(|d| d < 0.0),
        folds: differences.len() as u32,
    })
}

/// A verdict with its numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// What the rule says.
    pub answer: Answer,
    /// The larger model beside the simple one.
    pub comparison: Comparison,
    /// Whether either is surely better than the constant; `None` where its scores weren't given.
    pub has_learned: Option<bool>,
}

/// Whether `large` is worth it beside `simple`, by their scores in the same folds. In this order:
///
/// 1. Where neither is surely better than `constant`, there is nothing to tell apart: can't tell.
/// 2. Yes: `large` is better with p below the level, by `least` or more on average, and in `share` of its folds.
/// 3. No: `simple` is better with p below the level, by `least` or more on average.
/// 4. Tie: the interval of the difference lies within ± `margin`.
/// 5. Can't tell.
///
/// # Errors
/// Those of [`compare`].
pub fn verdict(large: &[f64], simple: &[f64], constant: Option<&[f64]>, rule: &Rule) -> Result<Verdict> {
    let comparison = compare(large, simple, rule)?;
    let beats = |scores: &[f64], constant: &[f64]| -> Result<bool> {
        let own = compare(scores, constant, rule)?;
        Ok(own.difference > 0.0 && own.p < rule.level)
    };
    let has_learned = match constant {
        Some(constant) => Some(beats(large, constant)? || beats(simple, constant)?),
        None => None,
    };
    let Comparison { difference, p, low, high, wins, folds, .. } = comparison;
    let is_sure = p < rule.level && difference.abs() >= rule.least;
    let wins_enough = f64::from(wins) >= rule.share * f64::from(folds);
    let answer = if has_learned == Some(false) {
        Answer::CantTell
    } else if is_sure && difference > 0.0 && wins_enough {
        Answer::Yes
    } else if is_sure && difference < 0.0 {
        Answer::No
    } else if low >= -rule.margin && high <= rule.margin {
        Answer::Tie
    } else {
        Answer::CantTell
    };
    Ok(Verdict { answer, comparison, has_learned })
}

/// The one-standard-error rule (Breiman et al. 1984): the simplest candidate whose mean score is within one standard error
/// of the best one's, the error being the best one's. Of equally simple ones the better. `None` without candidates.
///
/// # Shapes
/// all `[candidates]`; `errors` are standard errors, deviation / √folds; a larger `cost` is less simple
pub fn simplest(means: &[f64], errors: &[f64], costs: &[f64]) -> Option<usize> {
    let known = || (0..means.len()).filter(|&i| means[i].is_finite());
    let best = known().reduce(|best, i| if means[i] > means[best] { i } else { best })?;
    let error = errors.get(best).copied().filter(|error| error.is_finite()).unwrap_or(0.0);
    let cost = |i: usize| costs.get(i).copied().unwrap_or(f64::INFINITY);
    known().filter(|&i| means[i] >= means[best] - error).reduce(|simplest, i| {
        let is_simpler =
            cost(i) < cost(simplest) || (cost(i) == cost(simplest) && means[i] > means[simplest]);
        if is_simpler { i } else { simplest }
    })
}

fn check_rule(rule: &Rule) -> Result<()> {
    let fields = [
        ("ratio", rule.ratio, 0.0, 1e6),
        ("level", rule.level, 1e-9, 0.5),
        ("least", rule.least, 0.0, 1e9),
        ("margin", rule.margin, 0.0, 1e9),
        ("share", rule.share, 0.0, 1.0),
    ];
    match fields.iter().find(|(_, value, low, high)| !(low..=high).contains(&value)) {
        None => Ok(()),
        Some((name, value, low, high)) => {
            let what = format!("{} is outside {}…{}", decimal(*value), decimal(*low), decimal(*high));
            Err(Error::Spec { path: (*name).into(), what })
        }
    }
}
