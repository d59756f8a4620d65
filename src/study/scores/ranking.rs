//! Rows in the order of how surely they are of a class: what ROC and precision–recall curves are drawn from.

/// Rows sorted by a score, highest first, equal ones together.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// Row numbers.
    order: Vec<u32>,
    /// Where each group of equal scores ends in `order`.
    ends: Vec<u32>,
    /// Whether each row is of the class.
    positive: Vec<bool>,
}

/// What lies at or above a threshold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The lowest score that counts as the class; infinite where none does.
    pub threshold: f64,
    /// Weight of the class's rows there.
    pub true_positives: f64,
    /// Weight of others.
    pub false_positives: f64,
}

impl Ranking {
    /// Of rows by their scores, which hold no NaN.
    ///
    /// # Shapes
    /// both `[rows]`
    pub fn new(scores: &[f64], positive: Vec<bool>) -> Ranking {
        let at = |row: u32| scores[row as usize];
        let mut order: Vec<u32> = (0..scores.len() as u32).collect();
        order.sort_by(|&a, &b| at(b).total_cmp(&at(a)));
        let mut ends = vec![];
        for place in 1..=order.len() {
            // By value: −0 is 0.
            if place == order.len() || at(order[place]) != at(order[place - 1]) {
                ends.push(place as u32);
            }
        }
        Ranking { order, ends, positive }
    }

    /// Whether each row is of the class.
    pub(super) fn positive(&self) -> &[bool] {
        &self.positive
    }

    /// Calls `each` with the last row of each group of equal scores, and the weight of the class's rows and of others so
    /// far.
    fn walk(&self, weights: &[f64], mut each: impl FnMut(u32, f64, f64)) {
        let (mut place, mut inside, mut outside) = (0, 0.0, 0.0);
        for &end in &self.ends {
            let group = &self.order[place..end as usize];
            for &row in group {
                let weight = weights[row as usize];
                if self.positive[row as usize] {
                    inside += weight;
                } else {
                    outside += weight;
                }
            }
            place = end as usize;
            each(group[group.len() - 1], inside, outside);
        }
    }

    /// The area under the ROC curve, which is how often a row of the class scores above another one, equal ones half: the
    /// Mann–Whitney statistic. And the average precision: the sum of each step's precision times what it adds to the
    /// recall. NaN without rows of the class, the area also without others.
    pub fn areas(&self, weights: &[f64]) -> [f64; 2] {
        let (mut inside, mut outside, mut area, mut precision) = (0.0, 0.0, 0.0, 0.0);
        self.walk(weights, |_, tp, fp| {
            area += (fp - outside) * (tp + inside) / 2.0;
            if tp > inside {
                precision += (tp - inside) * tp / (tp + fp);
            }
            (inside, outside) = (tp, fp);
        });
        let per = |sum: f64, all: f64| if all > 0.0 { sum / all } else { f64::NAN };
        [per(area, inside * outside), per(precision, inside)]
    }

    /// A point for each different score, highest first, after one that nothing reaches.
    pub fn points(&self, scores: &[f64], weights: &[f64]) -> Vec<Point> {
        let mut points = vec![Point { threshold: f64::INFINITY, true_positives: 0.0, false_positives: 0.0 }];
        self.walk(weights, |row, true_positives, false_positives| {
            points.push(Point { threshold: scores[row as usize], true_positives, false_positives });
        });
        points
    }
}
