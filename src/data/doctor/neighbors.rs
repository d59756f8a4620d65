//! Rows as points, and which lie nearest: by features on a common scale.

use super::view::View;
use crate::data::prepare::Reading;
use crate::data::table_spec::Kind;
use crate::math::quantile;

/// Rows that are looked at; of more, an even sample.
const MOST_ROWS: usize = 3000;
/// Distances times features that may be reckoned.
const MOST_WORK: usize = 400_000_000;

/// Deviations beyond which a number counts as a gap; names are indices and have none.
const OUT: f64 = 10.0;

/// A sample of rows as points.
pub(super) struct Points {
    /// The row of the table that each point is.
    pub(super) rows: Vec<u32>,
    /// Whether there are more.
    pub(super) is_sample: bool,
    width: usize,
    values: Vec<f32>,
    /// How many coordinates are numbers; names stand behind them, and their distance is 0 or 1.
    numbers: usize,
}

impl Points {
    /// Of the rows whose target is known, by all inputs: numbers in units of their spread, gaps in the middle.
    pub(super) fn of(view: &View) -> Points {
        let known = view.rows.iter().copied();
        let known: Vec<u32> =
            known.filter(|&row| view.roles.holds(view.table, row as usize, view.roles.target)).collect();
        let mut inputs: Vec<usize> = view.roles.inputs().collect();
        let is_named = |column: usize| view.kind(column) == Kind::Category;
        inputs.sort_by_key(|&column| is_named(column));
        let numbers = inputs.iter().filter(|&&column| !is_named(column)).count();
        let width = inputs.len();
        let affordable = ((MOST_WORK / width.max(1)) as f64).sqrt() as usize;
        let most = affordable.clamp(1, MOST_ROWS);
        let is_sample = known.len() > most;
        let rows: Vec<u32> = match is_sample {
            true => (0..most).map(|i| known[i * known.len() / most]).collect(),
            false => known,
        };
        let mut values = vec![0.0; rows.len() * width];
        for (place, &column) in inputs.iter().enumerate() {
            let is_named = place >= numbers;
            let cells = Reading::values(view.column(column), view.kind(column), &rows);
            let (middle, spread) = if is_named { (0.0, 1.0) } else { scale(&cells) };
            for (value, cell) in values.iter_mut().skip(place).step_by(width).zip(cells) {
                // No name is like a gap; a number far out may be wrong itself and says nothing.
                let (gap, edge) = if is_named { (-1.0, f64::INFINITY) } else { (0.0, 5.0) };
                let scaled = cell.map(|cell| (cell - middle) / spread);
                let scaled = scaled.filter(|x| is_named || x.abs() < OUT);
                *value = scaled.map_or(gap, |x| x.clamp(-edge, edge)) as f32;
            }
        }
        Points { rows, is_sample, width, values, numbers }
    }

    fn distance(&self, a: usize, b: usize) -> f32 {
        let point = |index: usize| &self.values[index * self.width..][..self.width];
        let (a, b) = (point(a).split_at(self.numbers), point(b).split_at(self.numbers));
        let unlike = a.1.iter().zip(b.1).filter(|(a, b)| a != b).count();
        squared_distance(a.0, b.0) + unlike as f32
    }

    /// The `count` nearest other points of each point, the nearest first; of equally near ones the first.
    pub(super) fn nearest(&self, count: usize) -> Vec<Vec<u32>> {
        let mut best: Vec<Vec<(f32, u32)>> = vec![Vec::with_capacity(count + 1); self.rows.len()];
        let mut offer = |point: usize, other: usize, distance: f32| {
            let best = &mut best[point];
            if best.len() == count && best.last().is_some_and(|last| distance >= last.0) {
                return;
            }
            let place = best.partition_point(|known| known.0 <= distance);
            best.insert(place, (distance, other as u32));
            best.truncate(count);
        };
        for point in 0..self.rows.len() {
            for other in 0..point {
                let distance = self.distance(point, other);
                offer(point, other, distance);
                offer(other, point, distance);
            }
        }
        best.into_iter().map(|best| best.into_iter().map(|(_, other)| other).collect()).collect()
    }
}

/// In sums side by side, so that one addition needn't wait for the one before.
fn squared_distance(a: &[f32], b: &[f32]) -> f32 {
    const LANES: usize = 8;
    let mut sums = [0.0; LANES];
    let (whole_a, whole_b) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest = whole_a.remainder().iter().zip(whole_b.remainder()).map(|(a, b)| (a - b) * (a - b));
    let rest: f32 = rest.sum();
    for (a, b) in whole_a.zip(whole_b) {
        for lane in 0..LANES {
            let apart = a[lane] - b[lane];
            sums[lane] += apart * apart;
        }
    }
    rest + sums.iter().sum::<f32>()
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
