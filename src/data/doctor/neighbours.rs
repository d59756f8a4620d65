//! Rows as points, and which lie nearest: by features on a common scale.

use super::view::{View, quantile};
use crate::data::prepare::Reading;
use crate::data::remedy::Kind;

/// Rows that are looked at; of more, an even sample.
pub(super) const MOST_ROWS: usize = 3000;
/// Distances times features that may be reckoned.
const MOST_WORK: usize = 400_000_000;

/// Deviations beyond which a number counts as a gap; names are indices and have none.
const OUT: f64 = 10.0;

/// A sample of rows as points.
pub(super) struct Points {
    /// The row of the table that each point is.
    pub(super) rows: Vec<u32>,
    width: usize,
    values: Vec<f32>,
    /// Which coordinates are names, whose distance is 0 or 1.
    named: Vec<bool>,
}

impl Points {
    /// Of the rows whose target is known, by all inputs: numbers in units of their spread, gaps in the middle.
    pub(super) fn of(view: &View) -> Points {
        let known = view.rows.iter().copied();
        let known: Vec<u32> =
            known.filter(|&row| view.roles.holds(view.table, row as usize, view.roles.target)).collect();
        let inputs: Vec<usize> = view.roles.inputs().collect();
        let width = inputs.len();
        let affordable = ((MOST_WORK / width.max(1)) as f64).sqrt() as usize;
        let most = affordable.clamp(1, MOST_ROWS);
        let rows: Vec<u32> = match known.len() > most {
            true => (0..most).map(|i| known[i * known.len() / most]).collect(),
            false => known,
        };
        let mut values = vec![0.0; rows.len() * width];
        let mut named = Vec::with_capacity(width);
        for (place, &column) in inputs.iter().enumerate() {
            let kind = view.kind(column);
            let own = view.column(column);
            let is_named = kind == Kind::Category;
            let names = Reading::names(own, kind, &rows);
            let read = Reading { column: own, kind, names: &names };
            let cells: Vec<Option<f64>> =
                rows.iter().map(|&row| read.number(own.cells()[row as usize])).collect();
            let (middle, spread) = if is_named { (0.0, 1.0) } else { scale(&cells) };
            for (value, cell) in values.iter_mut().skip(place).step_by(width).zip(cells) {
                // No name is like a gap; a number far out may be wrong itself and says nothing.
                let (gap, edge) = if is_named { (-1.0, f64::INFINITY) } else { (0.0, 5.0) };
                let scaled = cell.map(|cell| (cell - middle) / spread);
                let scaled = scaled.filter(|x| is_named || x.abs() < OUT);
                *value = scaled.map_or(gap, |x| x.clamp(-edge, edge)) as f32;
            }
            named.push(is_named);
        }
        Points { rows, width, values, named }
    }

    fn distance(&self, a: usize, b: usize) -> f32 {
        let point = |index: usize| &self.values[index * self.width..][..self.width];
        let square = |((a, b), &named): ((&f32, &f32), &bool)| match named {
            true => f32::from(a != b),
            false => (a - b) * (a - b),
        };
        point(a).iter().zip(point(b)).zip(&self.named).map(square).sum()
    }

    /// The `count` nearest other points of each point, the nearest first; of equally near ones the first.
    pub(super) fn nearest(&self, count: usize) -> Vec<Vec<u32>> {
        (0..self.rows.len()).map(|point| self.nearest_to(point, count)).collect()
    }

    fn nearest_to(&self, point: usize, count: usize) -> Vec<u32> {
        let mut best: Vec<(f32, u32)> = Vec::with_capacity(count + 1);
        for other in (0..self.rows.len()).filter(|&other| other != point) {
            let distance = self.distance(point, other);
            if best.len() == count && best.last().is_some_and(|last| distance >= last.0) {
                continue;
            }
            let place = best.partition_point(|known| known.0 <= distance);
            best.insert(place, (distance, other as u32));
            best.truncate(count);
        }
        best.into_iter().map(|(_, other)| other).collect()
    }
}

/// The middle of a column's numbers and how far they spread, whatever a few far ones do: by the middle half, whose
/// width is 1.349 deviations of a normal distribution.
fn scale(cells: &[Option<f64>]) -> (f64, f64) {
    let mut sorted: Vec<f64> = cells.iter().flatten().copied().collect();
    sorted.sort_unstable_by(f64::total_cmp);
    if sorted.is_empty() {
        return (0.0, 1.0);
    }
    let half = (quantile(&sorted, 0.75) - quantile(&sorted, 0.25)) / 1.349;
    let mean = sorted.iter().sum::<f64>() / sorted.len() as f64;
    let deviation =
        (sorted.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / sorted.len() as f64).sqrt();
    let spread = if half > 0.0 { half } else { deviation };
    (quantile(&sorted, 0.5), if spread > 0.0 { spread } else { 1.0 })
}
