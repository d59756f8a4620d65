//! Which settings to try, and for how long: plans alone. Whoever runs them scores them.

use crate::error::{Error, Result, decimal};
use crate::rng::{Purpose, Stream};

/// Trials of one search.
pub const MOST_TRIALS: u32 = 10_000;

/// What may become of one setting.
#[derive(Debug, Clone, PartialEq)]
pub enum Axis {
    /// One of these: any numbers, or places in a list of names.
    Values(Vec<f64>),
    /// Any number between two.
    Range {
        /// The least.
        low: f64,
        /// The most.
        high: f64,
        /// Whether every factor is as likely as any other, as suits rates and penalties; both ends are above 0 then.
        is_log: bool,
        /// Whether whole numbers alone will do.
        is_whole: bool,
    },
}

/// All combinations, the last axis fastest; a range is asked for at `points` places, its ends among them.
///
/// # Errors
/// [`Error::Spec`] for an axis without values or with its ends the wrong way round; for more trials than [`MOST_TRIALS`].
pub fn grid(axes: &[Axis], points: u32) -> Result<Vec<Vec<f64>>> {
    check(axes)?;
    let values: Vec<Vec<f64>> = axes.iter().map(|axis| axis.places(points)).collect();
    let count = values.iter().try_fold(1_u64, |all, own| all.checked_mul(own.len() as u64));
    check_count(count.unwrap_or(u64::MAX))?;
    let mut trials = vec![vec![]];
    for own in &values {
        trials = trials
            .iter()
            .flat_map(|trial: &Vec<f64>| own.iter().map(move |&value| [trial.as_slice(), &[value]].concat()))
            .collect();
    }
    Ok(trials)
}

/// Drawn, each by itself: more of them change no earlier one.
///
/// # Errors
/// As for [`grid`].
pub fn random(axes: &[Axis], trials: u32, seed: u32) -> Result<Vec<Vec<f64>>> {
    check(axes)?;
    check_count(trials.into())?;
    let draw = |trial: u32| {
        let mut stream = Stream::new(seed, Purpose::Search, trial);
        axes.iter().map(|axis| axis.draw(&mut stream)).collect()
    };
    Ok((0..trials).map(draw).collect())
}

impl Axis {
    fn places(&self, points: u32) -> Vec<f64> {
        match self {
            Axis::Values(values) => values.clone(),
            Axis::Range { low, high, is_log, is_whole } => {
                let last = f64::from(points.max(2) - 1);
                let mut places: Vec<f64> = (0..points.max(1))
                    .map(|i| Axis::between(*low, *high, f64::from(i) / last, *is_log))
                    .map(|place| if *is_whole { place.round() } else { place })
                    .collect();
                places.dedup();
                places
            }
        }
    }

    /// The ends come out exactly.
    fn between(low: f64, high: f64, share: f64, is_log: bool) -> f64 {
        match share {
            0.0 => low,
            1.0 => high,
            _ if is_log => {
                libm::exp(libm::log(low) + share * (libm::log(high) - libm::log(low))).clamp(low, high)
            }
            _ => (low + share * (high - low)).clamp(low, high),
        }
    }

    fn draw(&self, stream: &mut Stream) -> f64 {
        match self {
            Axis::Values(values) => values[stream.below(values.len() as u32) as usize],
            Axis::Range { low, high, is_log, is_whole } => {
                let share = f64::from(stream.next_u32()) / 4_294_967_296.0;
                if *is_whole {
                    // The highest gets as much room as all others.
                    return Axis::between(*low, high + 1.0, share, *is_log).floor().clamp(*low, *high);
                }
                Axis::between(*low, *high, share, *is_log)
            }
        }
    }
}

/// How many trials go on for how many epochs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rung {
    /// Trials, the best of the rung before.
    pub trials: u32,
    /// Epochs that each has had at the end of the rung.
    pub epochs: u32,
}

/// Successive halving (Jamieson & Talwalkar 2016), as a bracket of Hyperband has it: of each rung one in `factor` goes on
/// for `factor` times as long, until one is left or `epochs` are reached, which the last rung gets.
///
/// # Errors
/// [`Error::Spec`] for a number out of range.
pub fn halving(trials: u32, epochs: u32, factor: u32) -> Result<Vec<Rung>> {
    let fields =
        [("trials", trials, 1, MOST_TRIALS), ("epochs", epochs, 1, 1_000_000_000), ("factor", factor, 2, 10)];
    for (name, value, low, high) in fields {
        if !(low..=high).contains(&value) {
            let what = format!("{value} is outside {low}…{high}");
            return Err(Error::Spec { path: name.into(), what });
        }
    }
    // As many rungs as trials and epochs both allow.
    let mut rungs = vec![Rung { trials, epochs }];
    while let Some(&Rung { trials, epochs }) = rungs.last()
        && trials >= factor
        && epochs >= factor
    {
        rungs.push(Rung { trials: trials / factor, epochs: epochs / factor });
    }
    let lengths: Vec<u32> = rungs.iter().rev().map(|rung| rung.epochs).collect();
    rungs.iter_mut().zip(lengths).for_each(|(rung, epochs)| rung.epochs = epochs);
    Ok(rungs)
}

/// The `count` best of some scores, the best first, of equals the earlier; what is NaN comes last and never before what
/// is not.
pub fn survivors(scores: &[f64], count: usize) -> Vec<u32> {
    let key = |place: u32| scores[place as usize];
    let mut order: Vec<u32> = (0..scores.len() as u32).collect();
    order.sort_by(|&a, &b| key(a).is_nan().cmp(&key(b).is_nan()).then_with(|| key(b).total_cmp(&key(a))));
    order.truncate(count);
    order
}

fn check_count(count: u64) -> Result<()> {
    if (1..=u64::from(MOST_TRIALS)).contains(&count) {
        return Ok(());
    }
    let what = format!("{count} is outside 1…{MOST_TRIALS}: give fewer values");
    Err(Error::Spec { path: "trials".into(), what })
}

fn check(axes: &[Axis]) -> Result<()> {
    for (place, axis) in axes.iter().enumerate() {
        let refuse = |what: String| Err(Error::Spec { path: format!("axes[{place}]"), what });
        match axis {
            Axis::Values(values) if values.is_empty() => return refuse("has no values".into()),
            Axis::Values(values) => {
                if let Some(value) = values.iter().find(|value| !value.is_finite()) {
                    return refuse(format!("{} is not a finite number", decimal(*value)));
                }
            }
            Axis::Range { low, high, is_log, is_whole } => {
                let (from, to) = (decimal(*low), decimal(*high));
                if !(low.is_finite() && high.is_finite() && low <= high) {
                    return refuse(format!("{from}…{to} is no range from a number to one at least as large"));
                }
                if *is_log && *low <= 0.0 {
                    return refuse(format!("{from}…{to} has no factors: a range by factors begins above 0"));
                }
                if *is_whole && (low.fract() != 0.0 || high.fract() != 0.0) {
                    return refuse(format!("{from}…{to} doesn't begin and end at whole numbers"));
                }
            }
        }
    }
    if axes.is_empty() {
        return Err(Error::Spec {
            path: "axes".into(),
            what: "is empty: name at least one setting to vary".into(),
        });
    }
    Ok(())
}
