//! From raw rows to what the model sees: derived features, brought to a common scale.

use crate::data::{Dataset, Feature};
use std::borrow::Cow;

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

/// Encodes rows as its training rows were.
#[derive(Debug, Clone, PartialEq)]
pub struct Encoder {
    features: Vec<Feature>,
    raw_width: usize,
    shape: Vec<usize>,
    /// Neighbouring columns that share a statistic: the pixels of a channel, or 1.
    group: usize,
    statistics: Vec<Statistic>,
}

impl Encoder {
    /// Takes the statistics of the rows `train` of `raw`, and of no others. Without `features` all columns
    /// pass; an image has one statistic for all pixels of a channel.
    pub fn fit(raw: &Dataset, features: &[Feature], scale: Scale, train: &[u32]) -> Encoder {
        let (shape, group) = match raw.shape[..] {
            _ if !features.is_empty() => (vec![features.len()], 1),
            [_, height, width] => (raw.shape.clone(), height * width),
            _ => (raw.shape.clone(), 1),
        };
        let count = shape.iter().product::<usize>() / group;
        let mut encoder = Encoder {
            features: features.to_vec(),
            raw_width: raw.width(),
            shape,
            group,
            statistics: Vec::new(),
        };
        encoder.statistics = (0..count).map(|i| encoder.statistic(i, raw, scale, train)).collect();
        encoder
    }

    fn statistic(&self, index: usize, raw: &Dataset, scale: Scale, train: &[u32]) -> Statistic {
        let values = || {
            train.iter().flat_map(move |&row| {
                let start = row as usize * self.raw_width;
                let row = &raw.inputs[start..start + self.raw_width];
                (index * self.group..(index + 1) * self.group).map(|column| self.derived(row, column))
            })
        };
        let least = values().fold(f64::INFINITY, f64::min);
        let most = values().fold(f64::NEG_INFINITY, f64::max);
        match scale {
            Scale::None => Statistic { offset: 0.0, spread: 1.0 },
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

    #[inline]
    fn derived(&self, row: &[f32], column: usize) -> f64 {
        f64::from(if self.features.is_empty() { row[column] } else { self.features[column].value(row) })
    }

    /// The shape of an encoded row: `[features]` or `[channels, height, width]`.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// Numbers in an encoded row.
    pub fn width(&self) -> usize {
        self.statistics.len() * self.group
    }

    /// One statistic for each encoded column, or for each channel of an image.
    pub fn statistics(&self) -> &[Statistic] {
        &self.statistics
    }

    /// Whether columns pass as they are, so that encoding is a copy.
    fn changes_nothing(&self) -> bool {
        let plain = |(i, feature): (usize, &Feature)| *feature == Feature::Column(i);
        (self.features.is_empty()
            || self.features.len() == self.raw_width && self.features.iter().enumerate().all(plain))
            && self.statistics.iter().all(|s| s.offset == 0.0 && s.spread == 1.0)
    }

    /// Encodes whole rows; what is left of a partial row is ignored. Nothing is copied where encoding changes nothing.
    ///
    /// # Shapes
    /// `raw`: `[rows, raw width]` · result: `[rows, width]`
    pub fn transform<'a>(&self, raw: &'a [f32]) -> Cow<'a, [f32]> {
        let rows = raw.chunks_exact(self.raw_width);
        if self.changes_nothing() {
            return Cow::Borrowed(&raw[..raw.len() - rows.remainder().len()]);
        }
        let mut out = Vec::with_capacity(rows.len() * self.width());
        for row in rows {
            for column in 0..self.width() {
                let Statistic { offset, spread } = self.statistics[column / self.group];
                // In f64, so that the ends of a min-max range become exactly 0 and 1.
                let scaled = if spread == 0.0 { 0.0 } else { (self.derived(row, column) - offset) / spread };
                out.push(scaled as f32);
            }
        }
        Cow::Owned(out)
    }
}
