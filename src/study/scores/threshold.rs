//! A threshold that moves: sorted once, then each place of it is a search among sums.

use super::ranking::{Point, Ranking};
use super::{Given, check};
use crate::error::{Error, Result, decimal};

/// What two classes' rows are counted as at a threshold, by weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counts {
    /// The threshold: a row is decided to be of the second class where its output is *above*, as accuracy counts.
    pub threshold: f64,
    /// Rows of the second class that are decided so.
    pub true_positives: f64,
    /// Rows of the first that are not.
    pub false_positives: f64,
    /// Rows of the first class that are decided so.
    pub true_negatives: f64,
    /// Rows of the second that are not.
    pub false_negatives: f64,
}

/// What an error costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Costs {
    /// Of a row of the first class that is taken for the second.
    pub false_positive: f64,
    /// Of a row of the second class that is taken for the first.
    pub false_negative: f64,
}

impl Counts {
    /// Share of the first class that is taken for the second: x of the ROC curve. NaN without rows of it, as below.
    pub fn false_positive_rate(&self) -> f64 {
        self.false_positives / (self.false_positives + self.true_negatives)
    }

    /// Share of the second class that is found: y of the ROC curve, and the recall.
    pub fn true_positive_rate(&self) -> f64 {
        self.true_positives / (self.true_positives + self.false_negatives)
    }

    /// Share of what is taken for the second class that is of it; 1 where nothing is, as the curve begins.
    pub fn precision(&self) -> f64 {
        let taken = self.true_positives + self.false_positives;
        if taken > 0.0 { self.true_positives / taken } else { 1.0 }
    }

    /// Share of rows that are decided right.
    pub fn accuracy(&self) -> f64 {
        let right = self.true_positives + self.true_negatives;
        right / (right + self.false_positives + self.false_negatives)
    }

    /// The harmonic mean of precision and recall; 0 where nothing is found.
    pub fn f1(&self) -> f64 {
        let twice = 2.0 * self.true_positives;
        let all = twice + self.false_positives + self.false_negatives;
        if all > 0.0 { twice / all } else { 0.0 }
    }
}

/// Outputs of two classes, sorted once for all thresholds.
#[derive(Debug, Clone, PartialEq)]
pub struct ThresholdSweep {
    /// Highest first, after one that nothing reaches.
    points: Vec<Point>,
}

impl ThresholdSweep {
    /// Of outputs of two classes.
    ///
    /// # Errors
    /// Those of [`scores`](super::scores); more classes than two.
    pub fn new(given: &Given) -> Result<ThresholdSweep> {
        if given.classes != Some(2) {
            let found = given.classes.map_or("none".into(), |classes| classes.to_string());
            let what = format!("{found}, expected 2: a threshold tells two classes apart");
            return Err(Error::Spec { path: "classes".into(), what });
        }
        let rows = check(given)?;
        let positive = given.targets.iter().map(|&class| class == 1.0).collect();
        let ones = vec![1.0; rows];
        let weights = given.weights.unwrap_or(&ones);
        Ok(ThresholdSweep { points: Ranking::new(given.outputs, positive).points(given.outputs, weights) })
    }

    fn counts(&self, place: usize, threshold: f64) -> Counts {
        let Point { true_positives, false_positives, .. } = self.points[place];
        let all = self.points[self.points.len() - 1];
        Counts {
            threshold,
            true_positives,
            false_positives,
            true_negatives: all.false_positives - false_positives,
            false_negatives: all.true_positives - true_positives,
        }
    }

    /// What rows are counted as at a threshold.
    ///
    /// # Errors
    /// A threshold that is NaN.
    pub fn at(&self, threshold: f64) -> Result<Counts> {
        if threshold.is_nan() {
            let what = format!("{} is not a number", decimal(threshold));
            return Err(Error::Spec { path: "threshold".into(), what });
        }
        // The first one always counts as above; it takes no row.
        let above = self.points[1..].partition_point(|point| point.threshold > threshold);
        Ok(self.counts(above, threshold))
    }

    /// The threshold at which errors cost least, of equals the highest: halfway between two neighboring outputs, or at
    /// the end beyond them.
    ///
    /// # Errors
    /// A cost that is no finite number of at least 0.
    pub fn cheapest(&self, costs: Costs) -> Result<Counts> {
        for (name, cost) in [("falsePositive", costs.false_positive), ("falseNegative", costs.false_negative)]
        {
            if !(cost.is_finite() && cost >= 0.0) {
                let what = format!("{} is not a finite number of at least 0", decimal(cost));
                return Err(Error::Spec { path: name.into(), what });
            }
        }
        let price = |place: usize| {
            let counts = self.counts(place, 0.0);
            counts.false_positives * costs.false_positive + counts.false_negatives * costs.false_negative
        };
        let best = (1..self.points.len())
            .fold(0, |best, place| if price(place) < price(best) { place } else { best });
        let last = self.points.len() - 1;
        let (highest, lowest) = (self.points[1].threshold, self.points[last].threshold);
        let threshold = match best {
            0 => highest.max(0.5 * (highest + 1.0)),
            _ if best == last => {
                if lowest > 0.0 {
                    0.5 * lowest
                } else {
                    lowest - 1.0
                }
            }
            _ => {
                let (above, below) = (self.points[best].threshold, self.points[best + 1].threshold);
                let middle = 0.5 * (above + below);
                // Two neighbors among f64 have nothing between them, and the lower one itself isn't above.
                if middle < above { middle } else { below }
            }
        };
        Ok(self.counts(best, threshold))
    }
}
