//! Logistic regression, of two classes by one logit and of more by one each: the sum of all rows' cross-entropies and
//! `α‖w‖² / 2`, with intercepts that aren't penalized, brought to its minimum by Newton's method. Its systems of equations
//! are solved by conjugate gradients, which need products with the Hessian and no matrix.

use super::linear::Centered;
use super::solve::{add_scaled, dot};
use super::{Coefficients, check_size};
use crate::data::{Dataset, Task};
use crate::error::Result;

/// Newton steps; some ten do unless classes can be separated without a penalty, when weights grow without end.
const MOST_STEPS: usize = 60;
/// A step that gains less than this share of the loss is the last.
const STILL: f64 = 1e-11;

#[derive(Debug, Clone)]
pub(super) struct Logistic {
    classes: usize,
    features: usize,
    /// The classes that have rows: others have probability 0.
    present: Vec<usize>,
    /// `[logits, features + 1]`, the intercept last; one logit, of the second, where two classes are present.
    lines: Vec<f64>,
}

impl Logistic {
    pub(super) fn fit(data: &Dataset, penalty: f64) -> Result<Logistic> {
        let features = data.width();
        let classes = match data.task {
            Task::Classification { classes } => classes,
            Task::Regression { targets } => targets, // refused before
        };
        let mut has_rows = vec![false; classes];
        data.targets.iter().for_each(|&class| has_rows[class as usize] = true);
        let present: Vec<usize> = (0..classes).filter(|&class| has_rows[class]).collect();
        let logits = if present.len() > 2 { present.len() } else { present.len() - 1 };
        check_size(
            "logistic",
            data.rows().max(features).saturating_mul(logits),
            "take fewer rows or classes",
        )?;
        let centered = Centered::new(&data.inputs, features);
        let places: Vec<usize> = {
            let mut place_of = vec![0; classes];
            present.iter().enumerate().for_each(|(place, &class)| place_of[class] = place);
            data.targets.iter().map(|&class| place_of[class as usize]).collect()
        };
        let problem = Problem { rows: &centered.rows, features, places: &places, logits, penalty };
        let mut lines = problem.solve();
        for line in lines.chunks_exact_mut(features + 1) {
            let (weights, intercept) = line.split_at_mut(features);
            intercept[0] -= dot(weights, &centered.means);
        }
        Ok(Logistic { classes, features, present, lines })
    }

    /// Probabilities of all classes.
    pub(super) fn predict(&self, row: &[f64], probabilities: &mut [f64]) {
        let mut shares = vec![0.0; self.present.len()];
        let logits = shares.len().min(self.lines.len() / (self.features + 1));
        for (share, line) in shares.iter_mut().zip(self.lines.chunks_exact(self.features + 1)) {
            *share = logit(line, row);
        }
        if self.present.len() == 2 {
            let (_, second) = cross_entropy_of_two(shares[0], false);
            shares.copy_from_slice(&[1.0 - second, second]);
        } else if logits > 0 {
            softmax(&mut shares);
        } else {
            shares.fill(1.0);
        }
        probabilities.fill(0.0);
        self.present.iter().zip(&shares).for_each(|(&class, &share)| probabilities[class] = share);
    }

    /// One line for two classes; else one a class, of which only differences count.
    pub(super) fn coefficients(&self) -> Coefficients {
        let outputs = if self.classes == 2 { 1 } else { self.classes };
        let mut weights = vec![0.0; outputs * self.features];
        let mut intercepts = vec![f64::NEG_INFINITY; outputs];
        self.present.iter().filter(|&&class| class < outputs).for_each(|&class| intercepts[class] = 0.0);
        let mut put = |output: usize, line: &[f64]| {
            weights[output * self.features..][..self.features].copy_from_slice(&line[..self.features]);
            intercepts[output] = line[self.features];
        };
        let lines = self.lines.chunks_exact(self.features + 1);
        match (self.classes, self.present.as_slice()) {
            (2, [only]) => intercepts[0] = if *only == 1 { f64::INFINITY } else { f64::NEG_INFINITY },
            (2, _) => lines.for_each(|line| put(0, line)),
            (_, [_, second]) => lines.for_each(|line| put(*second, line)),
            (_, present) => present.iter().zip(lines).for_each(|(&class, line)| put(class, line)),
        }
        Coefficients { weights, intercepts }
    }
}

/// What a line, of which the intercept is the last number, gives for a row.
fn logit(line: &[f64], row: &[f64]) -> f64 {
    dot(&line[..row.len()], row) + line[row.len()]
}

/// Of a logit and whether the second class is right: the loss, and the probability of the second.
fn cross_entropy_of_two(logit: f64, is_second: bool) -> (f64, f64) {
    let small = libm::exp(-logit.abs());
    let probability = if logit < 0.0 { small / (1.0 + small) } else { 1.0 / (1.0 + small) };
    let against = if is_second { -logit } else { logit };
    (against.max(0.0) + libm::log1p(small), probability)
}

/// Logits become probabilities; gives the logarithm of the sum of their exponentials.
fn softmax(logits: &mut [f64]) -> f64 {
    let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    logits.iter_mut().for_each(|logit| *logit = libm::exp(*logit - largest));
    let sum: f64 = logits.iter().sum();
    logits.iter_mut().for_each(|share| *share /= sum);
    largest + libm::log(sum)
}

struct Problem<'a> {
    /// `[rows, features]`, about their means.
    rows: &'a [f64],
    features: usize,
    /// Which of the classes present each row has.
    places: &'a [usize],
    logits: usize,
    penalty: f64,
}

impl Problem<'_> {
    fn solve(&self) -> Vec<f64> {
        let mut lines = vec![0.0; self.logits * (self.features + 1)];
        let mut probabilities = vec![0.0; self.places.len() * self.logits];
        let mut first_slope = None;
        let mut loss = self.loss(&lines, &mut probabilities);
        for _ in 0..MOST_STEPS {
            let gradient = self.gradient(&lines, &probabilities);
            let scales = self.diagonal(&probabilities);
            let slope = gradient.iter().zip(&scales).map(|(g, scale)| g * g / scale).sum::<f64>().sqrt();
            let first = *first_slope.get_or_insert(slope);
            if slope <= 0.0 || slope.is_nan() {
                break;
            }
            // The nearer the minimum, the more exact the step: each then squares the distance.
            let step = self.newton_step(&gradient, &scales, &probabilities, (slope / first).min(0.1));
            let gain = -dot(&step, &gradient);
            let Some(moved) = self.move_along(&mut lines, &step, gain, loss, &mut probabilities) else {
                break;
            };
            loss = moved;
            if gain <= STILL * (loss.abs() + 1e-3) {
                break;
            }
        }
        self.balance(&mut lines);
        lines
    }

    /// Of more than two classes only differences count: what all lines have in common is taken from each.
    fn balance(&self, lines: &mut [f64]) {
        let width = self.features + 1;
        for j in (0..width).filter(|_| self.logits > 1) {
            let mean = lines[j..].iter().step_by(width).sum::<f64>() / self.logits as f64;
            lines[j..].iter_mut().step_by(width).for_each(|value| *value -= mean);
        }
    }

    /// The largest of 1, ½, ¼ … steps that gains enough; the loss there, or none where no step gains.
    fn move_along(
        &self,
        lines: &mut Vec<f64>,
        step: &[f64],
        gain: f64,
        loss: f64,
        probabilities: &mut [f64],
    ) -> Option<f64> {
        let mut length = 1.0;
        for _ in 0..40 {
            let mut there = lines.clone();
            add_scaled(&mut there, length, step);
            let found = self.loss(&there, probabilities);
            if found <= loss - 1e-4 * length * gain + 1e-14 * loss.abs() {
                *lines = there;
                return Some(found);
            }
            length *= 0.5;
        }
        self.loss(lines, probabilities);
        None
    }

    /// Leaves the probabilities of all rows: `[rows, logits]`.
    fn loss(&self, lines: &[f64], probabilities: &mut [f64]) -> f64 {
        let (width, mut sum) = (self.features + 1, 0.0);
        let rows =
            self.rows.chunks_exact(self.features).zip(probabilities.chunks_exact_mut(self.logits.max(1)));
        for ((row, shares), &place) in rows.zip(self.places) {
            for (share, line) in shares.iter_mut().zip(lines.chunks_exact(width)) {
                *share = logit(line, row);
            }
            sum += match shares {
                [logit] => {
                    let (loss, probability) = cross_entropy_of_two(*logit, place == 1);
                    *logit = probability;
                    loss
                }
                _ => {
                    let right = shares[place];
                    softmax(shares) - right
                }
            };
        }
        let squares: f64 = self.weights(lines).map(|weights| dot(weights, weights)).sum();
        sum + 0.5 * self.penalty * squares
    }

    /// Each row beside its probabilities.
    fn rows_with<'p>(&self, probabilities: &'p [f64]) -> impl Iterator<Item = (&[f64], &'p [f64])> {
        self.rows.chunks_exact(self.features).zip(probabilities.chunks_exact(self.logits.max(1)))
    }

    fn weights<'l>(&self, lines: &'l [f64]) -> impl Iterator<Item = &'l [f64]> {
        let features = self.features;
        lines.chunks_exact(features + 1).map(move |line| &line[..features])
    }

    fn gradient(&self, lines: &[f64], probabilities: &[f64]) -> Vec<f64> {
        let mut gradient = vec![0.0; lines.len()];
        for ((row, shares), &place) in self.rows_with(probabilities).zip(self.places) {
            for (k, line) in gradient.chunks_exact_mut(self.features + 1).enumerate() {
                let wanted = if self.logits == 1 { place == 1 } else { place == k };
                let miss = shares[k] - f64::from(u8::from(wanted));
                add_scaled(&mut line[..self.features], miss, row);
                line[self.features] += miss;
            }
        }
        self.add_penalty(&mut gradient, lines);
        gradient
    }

    fn add_penalty(&self, sums: &mut [f64], lines: &[f64]) {
        let width = self.features + 1;
        for (sum, line) in sums.chunks_exact_mut(width).zip(lines.chunks_exact(width)) {
            add_scaled(&mut sum[..self.features], self.penalty, &line[..self.features]);
        }
    }

    /// The diagonal of the Hessian; 1 where that has nothing.
    fn diagonal(&self, probabilities: &[f64]) -> Vec<f64> {
        let mut diagonal = vec![0.0; self.logits * (self.features + 1)];
        for (row, shares) in self.rows_with(probabilities) {
            for (line, share) in diagonal.chunks_exact_mut(self.features + 1).zip(shares) {
                let bend = share * (1.0 - share);
                line.iter_mut().zip(row).for_each(|(sum, value)| *sum += bend * value * value);
                line[self.features] += bend;
            }
        }
        for line in diagonal.chunks_exact_mut(self.features + 1) {
            line[..self.features].iter_mut().for_each(|sum| *sum += self.penalty);
        }
        diagonal.iter_mut().filter(|sum| **sum <= 0.0).for_each(|sum| *sum = 1.0);
        diagonal
    }

    fn product(&self, vector: &[f64], probabilities: &[f64]) -> Vec<f64> {
        let width = self.features + 1;
        let mut product = vec![0.0; vector.len()];
        let mut moves = vec![0.0; self.logits];
        for (row, shares) in self.rows_with(probabilities) {
            for (moved, line) in moves.iter_mut().zip(vector.chunks_exact(width)) {
                *moved = logit(line, row);
            }
            let mean = dot(shares, &moves);
            for (k, line) in product.chunks_exact_mut(width).enumerate() {
                let bend = shares[k] * (moves[k] - mean);
                add_scaled(&mut line[..self.features], bend, row);
                line[self.features] += bend;
            }
        }
        self.add_penalty(&mut product, vector);
        product
    }

    /// Solves `H · step = −gradient` by conjugate gradients, scaled by the diagonal, until what is left is `share` of it.
    fn newton_step(&self, gradient: &[f64], scales: &[f64], probabilities: &[f64], share: f64) -> Vec<f64> {
        let mut step = vec![0.0; gradient.len()];
        let mut left: Vec<f64> = gradient.iter().map(|g| -g).collect();
        let scaled = |left: &[f64]| left.iter().zip(scales).map(|(l, scale)| l / scale).collect::<Vec<_>>();
        let mut along = scaled(&left);
        let mut size = dot(&left, &along);
        let target = size * share * share;
        for _ in 0..(2 * gradient.len()).min(1000) {
            if size <= target || size.is_nan() {
                break;
            }
            let product = self.product(&along, probabilities);
            let bend = dot(&along, &product);
            if bend <= 0.0 || bend.is_nan() {
                break;
            }
            add_scaled(&mut step, size / bend, &along);
            add_scaled(&mut left, -size / bend, &product);
            let next = scaled(&left);
            let next_size = dot(&left, &next);
            let carry = next_size / size;
            along.iter_mut().zip(&next).for_each(|(along, next)| *along = next + carry * *along);
            size = next_size;
        }
        step
    }
}
