//! What a filter looks for: the places in the training rows that excite it most.

use super::lens::Lens;
use crate::error::{Error, Result};
use crate::run::{Part, Run, part_rows};

/// How many places of a filter are kept, at most.
const MOST: usize = 100;

/// A place that excites a filter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Favorite {
    /// The row.
    pub row: u32,
    /// What the filter gives there, after its activation: the largest in this row.
    pub value: f32,
    /// Where in its map.
    pub y: u32,
    /// Where in its map.
    pub x: u32,
}

/// The strongest places of each channel of a layer among the training rows, one a row, taken some rows at a time.
pub struct Favorites {
    lens: Lens,
    count: usize,
    done: usize,
    best: Vec<Vec<Favorite>>,
    /// Sum over rows of the largest value of each channel.
    sums: Vec<f64>,
}

impl Favorites {
    /// Begins with the layer number `layer` of the plan's layers: the strongest `count` of each channel.
    ///
    /// # Errors
    /// Those of [`Lens::new`]; a count outside 1…100.
    pub fn new(run: &Run, layer: usize, count: usize) -> Result<Favorites> {
        if !(1..=MOST).contains(&count) {
            return Err(Error::Spec { path: "count".into(), what: format!("{count} is outside 1…{MOST}") });
        }
        let lens = Lens::new(run, layer, false)?;
        let channels = lens.shape()[0];
        Ok(Favorites { lens, count, done: 0, best: vec![vec![]; channels], sums: vec![0.0; channels] })
    }

    /// Goes on with as many rows of the same run; the share of training rows that were seen, 1 when it is over.
    pub fn advance(&mut self, run: &Run, rows: usize) -> f64 {
        let all = part_rows(run.split(), Part::Train);
        let chunk = &all[self.done.min(all.len())..(self.done + rows).min(all.len())];
        self.done += chunk.len();
        let encoded = crate::data::gather(run.encoded(), self.lens.image().size(), chunk);
        let values = self.lens.values(&encoded);
        let [channels, height, width] = self.lens.shape();
        let maps = values.chunks_exact((height * width).max(1));
        for (index, map) in maps.enumerate() {
            let (row, channel) = (chunk[index / channels], index % channels);
            let mut most = (0, f32::NEG_INFINITY);
            for (place, &value) in map.iter().enumerate() {
                if value > most.1 {
                    most = (place, value);
                }
            }
            let (place, value) = most;
            self.sums[channel] += f64::from(value);
            let found = Favorite { row, value, y: (place / width) as u32, x: (place % width) as u32 };
            insert(&mut self.best[channel], found, self.count);
        }
        if all.is_empty() { 1.0 } else { self.done as f64 / all.len() as f64 }
    }

    /// Of each channel the strongest places so far, the strongest first; of equals the lower row.
    pub fn best(&self) -> &[Vec<Favorite>] {
        &self.best
    }

    /// Of each channel the mean over the rows seen of its largest value in a row.
    pub fn means(&self) -> Vec<f64> {
        self.sums.iter().map(|sum| sum / self.done as f64).collect()
    }

    /// The layer that is looked at.
    pub fn lens(&self) -> &Lens {
        &self.lens
    }
}

fn insert(best: &mut Vec<Favorite>, found: Favorite, count: usize) {
    // What isn't finite excites nobody.
    if !found.value.is_finite() {
        return;
    }
    let is_before =
        |other: &Favorite| other.value > found.value || (other.value == found.value && other.row < found.row);
    let place = best.iter().position(|other| !is_before(other)).unwrap_or(best.len());
    if place < count {
        best.insert(place, found);
        best.truncate(count);
    }
}
