//! The loss around where a run stands: over a plane through its parameters θ, at θ + a·d₁ + b·d₂.

use crate::error::{Error, Result, decimal};
use crate::math::dot;
use crate::nn::plan::{Role, Tensor};
use crate::rng::{Purpose, Stream};
use crate::run::{Part, Run};
use crate::train::gradient::norm;

/// Places along an axis of the grid.
pub const MOST_PLACES: u32 = 201;
/// Snapshots of which a path is made.
pub const MOST_SNAPSHOTS: usize = 256;

/// Which plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Plane {
    /// Two random directions in which each filter (the weights into a unit) is as long as the model's own; biases and what
    /// norms learn stay (Li et al. 2018).
    Random {
        /// Of the directions.
        seed: u32,
    },
    /// The two directions in which the run's path lies most.
    Trajectory,
    /// The two along which the loss bends upward most.
    Hessian,
    /// Two parameters, as they are: of a line, its slope and its intercept.
    Parameters {
        /// The one along a.
        first: u32,
        /// The one along b.
        second: u32,
    },
}

/// A plane through the parameters, and what lies in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Directions {
    /// What a step of 1 along a adds to the parameters.
    pub first: Vec<f32>,
    /// The same along b.
    pub second: Vec<f32>,
    /// Of the Hessian along both, where these are its eigenvectors.
    pub eigenvalues: Option<[f64; 2]>,
    /// Share of the path's squared distances from here that lies in the plane, 0…1; `None` without a path, or where it is
    /// but this place.
    pub share: Option<f64>,
    /// The path's snapshots as seen in the plane: a and b of each one's nearest point.
    pub path: Vec<[f64; 2]>,
}

impl Directions {
    /// A plane through the parameters of `run`, with its `path`: parameters at earlier and later steps, in any order but as
    /// it is to be drawn.
    ///
    /// Directions of the path and of the Hessian are as long as all parameters together, at least 1: so a and b of 1 are far.
    ///
    /// # Errors
    /// [`Error::Length`] for a snapshot of another model, [`Error::Data`] where there is no such plane: all weights 0, a
    /// path that stands still, eigenvectors that aren't found.
    pub fn new(run: &Run, plane: Plane, path: &[Vec<f32>]) -> Result<Directions> {
        let center = run.parameters();
        if path.len() > MOST_SNAPSHOTS {
            let what = format!("path holds {} snapshots, outside 0…{MOST_SNAPSHOTS}", path.len());
            return Err(Error::Data { what });
        }
        if let Some(odd) = path.iter().find(|snapshot| snapshot.len() != center.len()) {
            return Err(Error::Length { what: "a snapshot of path", expected: center.len(), got: odd.len() });
        }
        if center.len() < 2 {
            return refuse("a plane takes two parameters, and the model has one".into());
        }
        let away: Vec<Vec<f64>> = path.iter().map(|snapshot| difference(snapshot, center)).collect();
        let mut eigenvalues = None;
        let [first, second] = match plane {
            Plane::Random { seed } => {
                let tensors = &run.plan().tensors;
                let both = [0, 1].map(|index| random(tensors, center, seed, index));
                if both.iter().any(|direction| direction.iter().all(|&x| x == 0.0)) {
                    return refuse(
                        "all weights are 0: a direction that is as long has no length; train first".into(),
                    );
                }
                both
            }
            Plane::Trajectory => principal(&away, center)?,
            Plane::Hessian => {
                let pairs = run.eigenpairs(2);
                let [(high, along), (low, across)] = &pairs[..] else {
                    return refuse("the Hessian's two leading eigenvectors were not found here".into());
                };
                eigenvalues = Some([*high, *low]);
                let length = reach(center);
                [along, across].map(|direction| scaled(direction, length))
            }
            Plane::Parameters { first, second } => {
                let last = center.len() - 1;
                for (name, index) in [("first", first), ("second", second)] {
                    if index as usize > last {
                        let what = format!("parameter {index} is outside 0…{last}");
                        return Err(Error::Spec { path: name.into(), what });
                    }
                }
                if first == second {
                    let what = format!("parameter {second} is the first already: choose another one");
                    return Err(Error::Spec { path: "second".into(), what });
                }
                [first, second].map(|index| {
                    let mut direction = vec![0.0; center.len()];
                    direction[index as usize] = 1.0;
                    direction
                })
            }
        };
        let (share, path) = seen(&away, &first, &second);
        Ok(Directions { first, second, eigenvalues, share, path })
    }

    /// Mean losses of a part over `a` × `b`, `[b][a]`, without penalties, in the loss's own unit: what
    /// [`Run::evaluate`] says at a = b = 0. The run is as before afterwards, bit for bit.
    ///
    /// # Errors
    /// [`Error::Length`] for directions of another model, [`Error::Spec`] for a place that is no finite number.
    pub fn losses(
        run: &mut Run,
        directions: [&[f32]; 2],
        a: &[f64],
        b: &[f64],
        part: Part,
    ) -> Result<Vec<f64>> {
        let center: Vec<f64> = run.parameters().iter().copied().map(f64::from).collect();
        for (what, direction) in ["first", "second"].into_iter().zip(directions) {
            if direction.len() != center.len() {
                return Err(Error::Length { what, expected: center.len(), got: direction.len() });
            }
        }
        for (name, places) in [("a", a), ("b", b)] {
            if let Some(place) = places.iter().find(|place| !place.is_finite()) {
                let what = format!("{} is not a finite number", decimal(*place));
                return Err(Error::Spec { path: name.into(), what });
            }
        }
        let [first, second] = directions;
        Ok(run.losses_at(part, a.len() * b.len(), &mut |place, parameters| {
            let (a, b) = (a[place % a.len()], b[place / a.len()]);
            for (i, parameter) in parameters.iter_mut().enumerate() {
                *parameter = (center[i] + a * f64::from(first[i]) + b * f64::from(second[i])) as f32;
            }
        }))
    }
}

fn refuse<T>(what: String) -> Result<T> {
    Err(Error::Data { what })
}

fn difference(snapshot: &[f32], center: &[f32]) -> Vec<f64> {
    snapshot.iter().zip(center).map(|(s, c)| f64::from(*s) - f64::from(*c)).collect()
}

/// How long all parameters together are, at least 1.
fn reach(center: &[f32]) -> f64 {
    norm(center).max(1.0)
}

fn scaled(direction: &[f64], length: f64) -> Vec<f32> {
    let own = dot(direction, direction).sqrt();
    direction.iter().map(|x| (x / own * length) as f32).collect()
}

fn random(tensors: &[Tensor], center: &[f32], seed: u32, index: u32) -> Vec<f32> {
    let mut direction = vec![0.0; center.len()];
    let mut stream = Stream::new(seed, Purpose::Surface, index);
    for tensor in tensors.iter().filter(|tensor| tensor.role == Role::Weight) {
        let (range, filters) = (tensor.range(), tensor.shape.first().copied().unwrap_or(1).max(1));
        let each = range.len() / filters;
        for filter in 0..filters {
            let place = range.start + filter * each..range.start + (filter + 1) * each;
            let own = &mut direction[place.clone()];
            own.fill_with(|| stream.normal());
            let (drawn, wanted) = (norm(own), norm(&center[place]));
            let factor = if drawn > 0.0 { wanted / drawn } else { 0.0 };
            own.iter_mut().for_each(|x| *x = (f64::from(*x) * factor) as f32);
        }
    }
    direction
}

/// The two directions in which snapshots lie farthest from here, by the eigenvectors of their products with one another:
/// there are fewer of them than parameters.
fn principal(away: &[Vec<f64>], center: &[f32]) -> Result<[Vec<f32>; 2]> {
    let count = away.len();
    let mut gram: Vec<Vec<f64>> = away.iter().map(|a| away.iter().map(|b| dot(a, b)).collect()).collect();
    let axis = |gram: &[Vec<f64>]| -> Option<Vec<f64>> {
        // Power iteration from the farthest snapshot: two axes of a few hundred snapshots take no better method.
        let start = (0..count).max_by(|&i, &j| gram[i][i].total_cmp(&gram[j][j]))?;
        let mut weights = vec![0.0; count];
        weights[start] = 1.0;
        for _ in 0..1000 {
            let next: Vec<f64> = gram.iter().map(|row| dot(row, &weights)).collect();
            let length = dot(&next, &next).sqrt();
            if length.is_nan() || length <= 0.0 {
                return None;
            }
            weights = next.iter().map(|x| x / length).collect();
        }
        let mut direction = vec![0.0; center.len()];
        for (weight, snapshot) in weights.iter().zip(away) {
            direction.iter_mut().zip(snapshot).for_each(|(d, s)| *d += weight * s);
        }
        let length = dot(&direction, &direction).sqrt();
        (length > 0.0).then(|| direction.iter().map(|d| d / length).collect())
    };
    let Some(first) = axis(&gram) else {
        return refuse(
            "the path stands still: train some steps first, and give parameters at some of them".into(),
        );
    };
    // What is left beside the first.
    let along: Vec<f64> = away.iter().map(|snapshot| dot(snapshot, &first)).collect();
    let trace: f64 = (0..count).map(|i| gram[i][i]).sum();
    for i in 0..count {
        for j in 0..count {
            gram[i][j] -= along[i] * along[j];
        }
    }
    let rest: f64 = (0..count).map(|i| gram[i][i]).sum();
    let mut second = match axis(&gram) {
        Some(second) if rest > 1e-9 * trace => second,
        // A straight path: any direction beside it will do, the same each time.
        _ => {
            let mut stream = Stream::new(0, Purpose::Surface, 2);
            (0..center.len()).map(|_| f64::from(stream.normal())).collect()
        }
    };
    for _ in 0..2 {
        let share = dot(&second, &first);
        second.iter_mut().zip(&first).for_each(|(s, f)| *s -= share * f);
    }
    let length = reach(center);
    Ok([&first, &second].map(|direction| scaled(direction, length)))
}

/// The share of a path that lies in a plane, and where.
fn seen(away: &[Vec<f64>], first: &[f32], second: &[f32]) -> (Option<f64>, Vec<[f64; 2]>) {
    let wide = |direction: &[f32]| -> Vec<f64> { direction.iter().copied().map(f64::from).collect() };
    let (first, second) = (wide(first), wide(second));
    let (ff, fs, ss) = (dot(&first, &first), dot(&first, &second), dot(&second, &second));
    let determinant = ff * ss - fs * fs;
    let (mut inside, mut all) = (0.0, 0.0);
    let path = away
        .iter()
        .map(|snapshot| {
            let (f, s) = (dot(snapshot, &first), dot(snapshot, &second));
            let (a, b) = ((f * ss - s * fs) / determinant, (s * ff - f * fs) / determinant);
            inside += a * f + b * s;
            all += dot(snapshot, snapshot);
            [a, b]
        })
        .collect();
    ((all > 0.0).then(|| (inside / all).clamp(0.0, 1.0)), path)
}
