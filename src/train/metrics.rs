//! Metrics as mergeable sums: chunks of rows add up, and the mean divides by the rows seen.

/// Sums over rows, from which the metrics follow.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sums {
    /// Rows seen.
    pub rows: usize,
    /// What they weigh together: their number, unless classes have weights.
    pub weight: f64,
    /// Sum of the rows' losses, each a mean over outputs.
    pub loss: f64,
    /// Rows that are decided to be of the target's class.
    pub correct: usize,
    /// Sum of `|o − t|` over rows, each a mean over outputs; regression only.
    pub absolute_error: f64,
}

/// How values' errors are told in the target's own unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// What one of the model's units is in the target's own.
    pub size: f64,
    /// The mean squared error in a unit of loss, where the loss is one.
    pub squares: Option<f64>,
}

impl Sums {
    /// Adds another chunk's sums.
    pub fn add(&mut self, other: Sums) {
        self.rows += other.rows;
        self.weight += other.weight;
        self.loss += other.loss;
        self.correct += other.correct;
        self.absolute_error += other.absolute_error;
    }

    /// The means; `None` when no row was seen. Values have a `unit`, classes have none.
    pub fn metrics(&self, unit: Option<Unit>) -> Option<Metrics> {
        let (rows, weight) = (self.rows as f64, divisor(self.weight));
        (self.rows > 0).then(|| Metrics {
            rows: self.rows,
            loss: self.loss / weight,
            accuracy: unit.is_none().then_some(self.correct as f64 / rows),
            mae: unit.map(|unit| self.absolute_error / rows * unit.size),
            rmse: unit.and_then(|unit| Some((unit.squares? * self.loss / weight).sqrt() * unit.size)),
        })
    }
}

/// What a mean over rows that weigh `weight` together divides by. Where they weigh nothing it is 1, so that the mean of
/// nothing is 0.
pub fn divisor(weight: f64) -> f64 {
    if weight > 0.0 { weight } else { 1.0 }
}

/// How good a model is on a set of rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metrics {
    /// Rows seen.
    pub rows: usize,
    /// Mean loss, without penalties, in the loss's own unit.
    pub loss: f64,
    /// Share of rows classified right, 0…1; classification only.
    pub accuracy: Option<f64>,
    /// Mean absolute error in the targets' unit; regression only.
    pub mae: Option<f64>,
    /// Root mean squared error in the targets' unit; regression by squared errors only.
    pub rmse: Option<f64>,
}
