//! From raw rows to what the model sees: gaps filled, features derived, names as 0 and 1, all on a common scale.

use crate::data::impute::stand_in;
use crate::data::{Dataset, Feature, Task};

/// How each column is scaled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Not at all.
    None,
    /// To mean 0 and variance 1 over the training rows.
    Standard,
    /// To [0, 1] over the training rows.
    MinMax,
}

/// `encoded = (value − offset) / spread`, so `value = encoded · spread + offset` in the user's units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Statistic {
    /// The mean, the minimum, or 0 without scaling.
    pub offset: f64,
    /// The standard deviation (of the population), the range, or 1 without scaling; 0 for a constant column,
    /// which is encoded as zeros.
    pub spread: f64,
}

/// Leaves a number as it is.
pub const AS_IT_IS: Statistic = Statistic { offset: 0.0, spread: 1.0 };

/// Encodes rows as its training rows were.
#[derive(Debug, Clone, PartialEq)]
pub struct Encoder {
    features: Vec<Feature>,
    raw_width: usize,
    shape: Vec<usize>,
    /// Neighboring columns that share a statistic: the pixels of a channel, or 1.
    group: usize,
    statistics: Vec<Statistic>,
    /// What stands in for NaN, a number a raw column; empty when nothing is missing.
    fills: Vec<f64>,
    /// The scale of the target, for values of a table.
    target: Option<Statistic>,
}

impl Encoder {
    /// Takes the statistics of the rows `train` of `raw`, and of no others. Without `features` all columns
    /// pass; an image has one statistic for all pixels of a channel. A column of names becomes a feature for each
    /// name among the training rows; other names are zero in all of them.
    pub fn fit(raw: &Dataset, features: &[Feature], scale: Scale, train: &[u32]) -> Encoder {
        let fills = fills(raw, train);
        let features = spread_names(raw, features, &fills, train);
        let (shape, group) = match raw.shape[..] {
            _ if !features.is_empty() => (vec![features.len()], 1),
            [_, height, width] => (raw.shape.clone(), height * width),
            _ => (raw.shape.clone(), 1),
        };
        let count = shape.iter().product::<usize>() / group;
        let (raw_width, statistics) = (raw.width(), Vec::new());
        let mut encoder = Encoder { features, raw_width, shape, group, statistics, fills, target: None };
        encoder.statistics = (0..count).map(|i| encoder.statistic(i, raw, scale, train)).collect();
        if raw.about().is_some() && matches!(raw.task, Task::Regression { .. }) {
            encoder.target = Some(target_scale(&raw.targets, train));
        }
        encoder
    }

    fn statistic(&self, index: usize, raw: &Dataset, scale: Scale, train: &[u32]) -> Statistic {
        if let Some(Feature::Is(..)) = self.features.get(index) {
            return AS_IT_IS;
        }
        let mut filled = Vec::new();
        let mut all = Vec::with_capacity(train.len() * self.group);
        for &row in train {
            let row = self.filled(row_of(raw, row), &mut filled);
            all.extend(
                (index * self.group..(index + 1) * self.group).map(|column| self.derived(row, column)),
            );
        }
        let values = || all.iter().copied();
        let least = values().fold(f64::INFINITY, f64::min);
        let most = values().fold(f64::NEG_INFINITY, f64::max);
        match scale {
            Scale::None => AS_IT_IS,
            // By the extremes, since the variance of equal numbers may be rounded to more than zero.
            _ if least >= most => Statistic { offset: least, spread: 0.0 },
            Scale::MinMax => Statistic { offset: least, spread: most - least },
            Scale::Standard => {
                let count = (train.len() * self.group) as f64;
                let mean = values().sum::<f64>() / count;
                let variance = values().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count;
                Statistic { offset: mean, spread: variance.sqrt() }
            }
        }
    }

    /// The row with its gaps filled, in `room` where there is anything to fill.
    #[inline]
    fn filled<'a>(&self, row: &'a [f64], room: &'a mut Vec<f64>) -> &'a [f64] {
        if !cfg!(feature = "table") || self.fills.is_empty() {
            return row;
        }
        room.clear();
        room.extend(row.iter().zip(&self.fills).map(|(&x, &fill)| if x.is_nan() { fill } else { x }));
        room
    }

    #[inline]
    fn derived(&self, row: &[f64], column: usize) -> f64 {
        if self.features.is_empty() { row[column] } else { self.features[column].value(row) }
    }

    /// The shape of an encoded row: `[features]` or `[channels, height, width]`.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// Numbers in an encoded row.
    pub fn width(&self) -> usize {
        self.statistics.len() * self.group
    }

    /// The features of an encoded row, one a column; empty for images, and where all columns pass as they are.
    pub fn features(&self) -> &[Feature] {
        &self.features
    }

    /// The scale of the target: `value = encoded · spread + offset`. `None` where targets pass as they are.
    pub fn target(&self) -> Option<Statistic> {
        if cfg!(feature = "table") { self.target } else { None }
    }

    /// Brings targets to the scale that the model learns; classes have none.
    pub fn encode_targets(&self, targets: &[f64]) -> Vec<f64> {
        let Statistic { offset, spread } = self.target().unwrap_or(AS_IT_IS);
        targets.iter().map(|t| (t - offset) / spread).collect()
    }

    /// One statistic for each encoded column, or for each channel of an image.
    pub fn statistics(&self) -> &[Statistic] {
        &self.statistics
    }

    /// What stands in for a gap, a number a raw column; empty when nothing is missing, NaN where nothing stands in.
    #[cfg(feature = "export")]
    pub fn fills(&self) -> &[f64] {
        &self.fills
    }

    /// The first row of `raw`, and its feature, that is no finite number: a formula may divide by zero, and a square may
    /// leave the range of numbers.
    pub fn first_not_finite(&self, raw: &Dataset) -> Option<(usize, usize)> {
        let mut filled = Vec::new();
        (0..raw.rows()).find_map(|row| {
            let values = self.filled(row_of(raw, row as u32), &mut filled);
            let feature = (0..self.width()).find(|&column| !self.derived(values, column).is_finite())?;
            Some((row, feature))
        })
    }

    /// Encoded images in their own units again, as far as their digits go.
    #[cfg(feature = "layers")]
    pub fn back(&self, encoded: &[f32]) -> Vec<f64> {
        let statistic = |column: usize| self.statistics[column % self.width() / self.group];
        let own = |(column, &x): (usize, &f32)| {
            let Statistic { offset, spread } = statistic(column);
            f64::from(x) * spread + offset
        };
        encoded.iter().enumerate().map(own).collect()
    }

    /// Encodes whole rows; what is left of a partial row is ignored.
    ///
    /// # Shapes
    /// `raw`: `[rows, raw width]` · result: `[rows, width]`
    pub fn transform(&self, raw: &[f64]) -> Vec<f32> {
        let rows = raw.chunks_exact(self.raw_width);
        let mut out = Vec::with_capacity(rows.len() * self.width());
        let mut filled = Vec::new();
        for row in rows {
            let row = self.filled(row, &mut filled);
            for column in 0..self.width() {
                let Statistic { offset, spread } = self.statistics[column / self.group];
                // Centered and scaled before it becomes an f32: so a number far from 0 keeps its digits, and the ends of
                // a min-max range become exactly 0 and 1.
                let scaled = if spread == 0.0 { 0.0 } else { (self.derived(row, column) - offset) / spread };
                out.push(scaled as f32);
            }
        }
        out
    }
}

fn row_of(raw: &Dataset, row: u32) -> &[f64] {
    let width = raw.width();
    &raw.inputs[row as usize * width..][..width]
}

/// What stands in for gaps, where something is to.
fn fills(raw: &Dataset, train: &[u32]) -> Vec<f64> {
    let Some(about) = raw.about().filter(|about| about.imputes.iter().any(Option::is_some)) else {
        return vec![];
    };
    let fill = |(column, by): (usize, &Option<_>)| {
        let values = train.iter().map(|&row| row_of(raw, row)[column]);
        by.map_or(f64::NAN, |by| stand_in(values, by, !raw.categories(column).is_empty()))
    };
    about.imputes.iter().enumerate().map(fill).collect()
}

/// Each column of names as a feature a name that training rows have.
fn spread_names(raw: &Dataset, features: &[Feature], fills: &[f64], train: &[u32]) -> Vec<Feature> {
    let has_names = raw.about().is_some_and(|about| about.categories.iter().any(|c| !c.is_empty()));
    if !has_names {
        return features.to_vec();
    }
    let all: Vec<Feature> = (0..raw.width()).map(Feature::Column).collect();
    let features = if features.is_empty() { &all } else { features };
    let spread = |feature: &Feature| match feature {
        Feature::Column(column) if !raw.categories(*column).is_empty() => {
            let mut seen = vec![false; raw.categories(*column).len()];
            for &row in train {
                let index = row_of(raw, row)[*column];
                let index = if index.is_nan() { fills.get(*column).copied().unwrap_or(index) } else { index };
                if let Some(seen) = seen.get_mut(index as usize).filter(|_| !index.is_nan()) {
                    *seen = true;
                }
            }
            let names = (0..seen.len()).filter(|&name| seen[name]);
            names.map(|name| Feature::Is(*column, name)).collect()
        }
        other => vec![other.clone()],
    };
    features.iter().flat_map(spread).collect()
}

/// Mean and standard deviation of the training rows' targets; equal ones keep their unit.
fn target_scale(targets: &[f64], train: &[u32]) -> Statistic {
    let values = || train.iter().map(|&row| targets[row as usize]);
    let mean = values().sum::<f64>() / train.len() as f64;
    let variance = values().map(|value| (value - mean) * (value - mean)).sum::<f64>() / train.len() as f64;
    let spread = variance.sqrt();
    Statistic { offset: mean, spread: if spread > 0.0 { spread } else { 1.0 } }
}
