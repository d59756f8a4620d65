//! Tiles of a run on the GPU, by whoever has a clock: a few sizes are timed on its largest product, and the best is kept.

use super::async_read::drive;
use super::{Part, Run, part_rows};
use crate::engine::gpu::{ResultFuture, TileSize};
use crate::error::Result;
use std::cell::RefCell;

/// A size is timed for so long at a time, in milliseconds,
const SAMPLE_MS: f64 = 20.0;
/// so often, and at least so often however long it takes,
const ROUNDS: usize = 3;
const LEAST_ROUNDS: usize = 2;
/// with so many products at most.
const MOST_TIMES: usize = 64;
/// How often the rule is made at a time to see what one takes,
const SEVERAL: usize = 5;
/// unless one takes so many times a sample.
const FAR_MORE: f64 = 2.0;

/// The rule is left for what takes no more than this share of its time: less may be chance.
const CLEARLY: f64 = 0.95;

/// How a size of tiles did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TileTrial {
    /// The size.
    pub size: TileSize,
    /// Milliseconds of the largest product and its gradients, the least of some rounds.
    pub ms: f64,
}

/// The number of the trial whose size is to be taken: the fastest that is clearly faster than the first, the rule. What
/// isn't a time never wins.
pub fn best(trials: &[TileTrial]) -> usize {
    let Some(rule) = trials.first().filter(|rule| rule.ms.is_finite()) else { return 0 };
    let mut best = (0, rule.ms * CLEARLY);
    for (i, trial) in trials.iter().enumerate().skip(1) {
        if trial.ms > 0.0 && trial.ms < best.1 {
            best = (i, trial.ms);
        }
    }
    best.0
}

/// Tries sizes of tiles, the rule first, by `time`, which makes a product so many times and says how many milliseconds that
/// took. After `budget` of them no other size is begun.
async fn try_sizes(
    sizes: &[TileSize],
    budget: f64,
    mut time: impl AsyncFnMut(TileSize, usize) -> Result<f64>,
) -> Result<Vec<TileTrial>> {
    let mut trials: Vec<TileTrial> = vec![];
    let (mut times, mut spent) = (1, 0.0);
    for &size in sizes {
        if trials.len() > 1 && spent >= budget {
            break;
        }
        // The first of another size is compiled.
        let first = time(size, 1).await?;
        spent += first;
        if trials.is_empty() && first < FAR_MORE * SAMPLE_MS {
            let (once, several) = (time(size, 1).await?, time(size, SEVERAL).await?);
            spent += once + several;
            // What one takes beside the trip to the device and back.
            let each = ((several - once) / (SEVERAL - 1) as f64).max(several / (10 * SEVERAL) as f64);
            times = (SAMPLE_MS / each).clamp(1.0, MOST_TIMES as f64) as usize;
        }
        trials.push(TileTrial { size, ms: f64::INFINITY });
    }
    for round in 0..ROUNDS {
        if round >= LEAST_ROUNDS && spent >= budget {
            break;
        }
        for trial in &mut trials {
            let ms = time(trial.size, times).await?;
            spent += ms;
            trial.ms = trial.ms.min(ms / times as f64);
        }
    }
    Ok(trials)
}

/// Times sizes of tiles on the run's largest product by `now`, in milliseconds, and takes the best; says how they did, the
/// rule first. None is tried on the CPU, where the product is small, or without a clock. After `budget` milliseconds no
/// other size is begun.
///
/// # Errors
/// [`Error::Gpu`](crate::error::Error::Gpu) when the device is lost; the run then goes on on the CPU.
pub async fn tune(run: &RefCell<Run>, now: impl Fn() -> f64, budget: f64) -> Result<Vec<TileTrial>> {
    if !now().is_finite() || run.borrow().tile_class().is_none() {
        return Ok(vec![]);
    }
    // The rule's kernels are needed anyway, and a batch's rows and their activations are what is computed on.
    let Some(gradient) = run.borrow_mut().batch_gradient() else { return Ok(vec![]) };
    drive(run, &now, gradient).await?;
    let sizes = run.borrow().device.as_ref().map_or(&[][..], |device| device.engine.tile_sizes());
    let trials = try_sizes(sizes, budget, async |size, times| {
        let start = now();
        let Some(done) = run.borrow_mut().time_tiles(size, times) else { return Ok(f64::NAN) };
        drive(run, &now, done).await?;
        Ok(now() - start)
    })
    .await?;
    if let Some(best) = trials.get(best(&trials)) {
        run.borrow_mut().take_tiles(best.size);
    }
    Ok(trials)
}

impl Run {
    /// Names the shapes whose best tiles on a GPU are alike; `None` on the CPU, or where no product is large.
    pub fn tile_class(&self) -> Option<String> {
        self.device.as_ref().and_then(|device| device.engine.tile_class())
    }

    /// The size of tiles of large products; `None` on the CPU.
    pub fn tile_size(&self) -> Option<TileSize> {
        self.device.as_ref().map(|device| device.engine.tile_size())
    }

    /// Makes large products in tiles of that size from now on; says whether it is one that may be had here.
    pub fn take_tiles(&mut self, size: TileSize) -> bool {
        let Some(device) = &mut self.device else { return false };
        let may = device.engine.tile_sizes().contains(&size);
        if may {
            device.engine.take_tiles(size);
        }
        may
    }

    /// The gradient over a batch of training rows.
    fn batch_gradient(&mut self) -> Option<ResultFuture<Vec<f32>>> {
        let rows = part_rows(&self.split, Part::Train);
        let device = self.device.as_mut()?;
        device.holds_other_gradient = true;
        Some(device.engine.gradient(&rows[..rows.len().min(self.batches.batch_size())]))
    }

    fn time_tiles(&mut self, size: TileSize, times: usize) -> Option<ResultFuture<()>> {
        self.device.as_mut().map(|device| device.engine.time_tiles(size, times))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trials<const N: usize>(all: [f64; N]) -> [TileTrial; N] {
        all.map(|ms| TileTrial { size: TileSize { values: 1, weights: 1 }, ms })
    }

    #[test]
    fn the_fastest_is_taken_where_it_is_clearly_faster() {
        assert_eq!(best(&trials([4.0, 3.0, 2.0])), 2);
        assert_eq!(best(&trials([4.0, 2.0, 3.0])), 1);
        assert_eq!(best(&trials([4.0, 3.9, 5.0])), 0);
        assert_eq!(best(&trials([2.0, 3.0, 4.0])), 0);
        assert_eq!((best(&[]), best(&trials([1.0]))), (0, 0));
    }

    #[test]
    fn what_is_no_time_never_wins() {
        let (nan, far) = (f64::NAN, f64::INFINITY);
        assert_eq!(best(&trials([4.0, nan, 2.0])), 2);
        assert_eq!(best(&trials([4.0, nan, far])), 0);
        assert_eq!(best(&trials([4.0, -1.0, f64::NEG_INFINITY])), 0);
        assert_eq!((best(&trials([nan, 1.0, 2.0])), best(&trials([far, 1.0, 2.0]))), (0, 0));
    }

    /// By a double of the clock: milliseconds of one product by size, what compiling others than the rule takes, and 10 ms
    /// there and back.
    fn tried(ms: [f64; 3], compiling: f64, budget: f64) -> (Vec<TileTrial>, usize) {
        let sizes = [4, 8, 16].map(|values| TileSize { values, weights: values });
        let (mut seen, mut products) = (vec![], 0);
        let time = async |size: TileSize, times: usize| {
            let first = size != sizes[0] && !seen.contains(&size.values);
            seen.push(size.values);
            products += times;
            let each = sizes.iter().position(|&known| known == size).map_or(f64::NAN, |i| ms[i]);
            Ok(10.0 + each * times as f64 + if first { compiling } else { 0.0 })
        };
        let trials = pollster::block_on(try_sizes(&sizes, budget, time)).unwrap_or_default();
        (trials, products)
    }

    #[test]
    fn compiling_is_no_part_of_a_time() {
        let (trials, products) = tried([2.0, 1.0, 4.0], 50.0, 1000.0);
        assert_eq!(trials.iter().map(|trial| trial.ms).collect::<Vec<_>>(), [3.0, 2.0, 5.0]);
        assert_eq!((best(&trials), products), (1, 4 + SEVERAL + 10 * 9));
        // What takes little is made often enough for the clock.
        let (trials, products) = tried([0.001, 0.002, 0.003], 0.0, 1000.0);
        assert_eq!((best(&trials), products), (0, 4 + SEVERAL + 9 * MOST_TIMES));
    }

    #[test]
    fn the_budget_ends_the_trials() {
        let (trials, _) = tried([2.0, 1.0, 0.5], 280.0, 300.0);
        assert_eq!((trials.len(), best(&trials)), (2, 1));
        let (trials, products) = tried([100.0, 90.0, 80.0], 0.0, 300.0);
        assert_eq!((trials.len(), best(&trials), products), (3, 2, 3 + 3 * LEAST_ROUNDS));
    }

    #[test]
    fn a_clock_that_tells_nothing_leaves_the_rule() {
        let nan = f64::NAN;
        let (trials, _) = tried([nan, nan, nan], 0.0, 300.0);
        assert_eq!(best(&trials), 0);
        let (trials, _) = tried([1.0, nan, nan], 0.0, 300.0);
        assert_eq!(best(&trials), 0);
        let (trials, _) = tried([nan, 1.0, 1.0], 0.0, 300.0);
        assert_eq!(best(&trials), 0);
    }
}
