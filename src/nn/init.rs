//! Initializers: where training starts. Each tensor draws from its own random stream,
//! so changing one layer leaves the start of the others as it was.

use super::plan::{Role, Tensor};
use crate::rng::{Purpose, Stream};

/// How weights start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Init {
    /// `U(±√(6 / (fan_in + fan_out)))` (Glorot & Bengio 2010)
    GlorotUniform,
    /// `N(0, 2 / (fan_in + fan_out))`
    GlorotNormal,
    /// `U(±√(6 / fan_in))` (He et al. 2015)
    HeUniform,
    /// `N(0, 2 / fan_in)`
    HeNormal,
    /// `U(±√(3 / fan_in))` (LeCun et al. 1998)
    LecunUniform,
    /// `N(0, 1 / fan_in)`
    LecunNormal,
    /// `U(±range)`
    Uniform {
        /// Half the width of the interval.
        range: f64,
    },
    /// A random matrix with orthonormal rows or columns (Saxe et al. 2013)
    Orthogonal,
    /// All zeros: every unit of a layer then learns the same.
    Zeros,
}

impl Init {
    /// The initializers that take no argument, with their names in the Spec.
    pub const NAMED: [(&'static str, Init); 8] = [
        ("glorot-uniform", Init::GlorotUniform),
        ("glorot-normal", Init::GlorotNormal),
        ("he-uniform", Init::HeUniform),
        ("he-normal", Init::HeNormal),
        ("lecun-uniform", Init::LecunUniform),
        ("lecun-normal", Init::LecunNormal),
        ("orthogonal", Init::Orthogonal),
        ("zeros", Init::Zeros),
    ];

    /// Fills `parameters` (the flat arena that `tensors` describe) with the start for `seed`; biases, but for those of
    /// norms, start at `bias`.
    pub fn fill(self, tensors: &[Tensor], parameters: &mut [f32], seed: u32, bias: f32) {
        for (slot, tensor) in tensors.iter().enumerate() {
            let follows_gain = slot > 0 && tensors[slot - 1].role == Role::Gain;
            let values = &mut parameters[tensor.range()];
            match tensor.role {
                Role::Weight => {
                    self.fill_weight(tensor, values, Stream::new(seed, Purpose::Init, slot as u32));
                }
                Role::Gain => values.fill(1.0),
                Role::Bias => values.fill(if follows_gain { 0.0 } else { bias }),
            }
        }
    }

    fn fill_weight(self, tensor: &Tensor, values: &mut [f32], mut stream: Stream) {
        let (fan_in, fan_out) = (tensor.fan_in as f32, tensor.fan_out as f32);
        let mean_fan = (fan_in + fan_out) / 2.0;
        let mut uniform = |bound: f32| values.iter_mut().for_each(|w| *w = stream.range(-bound, bound));
        match self {
            Init::GlorotUniform => uniform((3.0 / mean_fan).sqrt()),
            Init::HeUniform => uniform((6.0 / fan_in).sqrt()),
            Init::LecunUniform => uniform((3.0 / fan_in).sqrt()),
            Init::Uniform { range } => uniform(range as f32),
            Init::GlorotNormal => normal(values, &mut stream, (1.0 / mean_fan).sqrt()),
            Init::HeNormal => normal(values, &mut stream, (2.0 / fan_in).sqrt()),
            Init::LecunNormal => normal(values, &mut stream, (1.0 / fan_in).sqrt()),
            Init::Orthogonal => orthogonal(values, tensor.shape[0], &mut stream),
            Init::Zeros => values.fill(0.0),
        }
    }
}

fn normal(values: &mut [f32], stream: &mut Stream, deviation: f32) {
    values.iter_mut().for_each(|w| *w = stream.normal() * deviation);
}

/// Orthonormalizes a normal matrix of `rows` rows by modified Gram–Schmidt, along its shorter side.
fn orthogonal(values: &mut [f32], rows: usize, stream: &mut Stream) {
    let columns = values.len() / rows;
    let (count, length) = (rows.min(columns), rows.max(columns));
    let mut basis: Vec<Vec<f64>> = Vec::with_capacity(count);
    while basis.len() < count {
        let mut v: Vec<f64> = (0..length).map(|_| f64::from(stream.normal())).collect();
        // Twice is enough: the second pass removes what rounding left of the first.
        for _ in 0..2 {
            for b in &basis {
                let dot: f64 = v.iter().zip(b).map(|(x, y)| x * y).sum();
                v.iter_mut().zip(b).for_each(|(x, y)| *x -= dot * y);
            }
        }
        let norm = v.iter().map(|x| x * x).sum::<f64>().sqrt();
        if norm > 1e-6 {
            v.iter_mut().for_each(|x| *x /= norm);
            basis.push(v);
        }
    }
    for r in 0..rows {
        for c in 0..columns {
            let value = if rows <= columns { basis[r][c] } else { basis[c][r] };
            values[r * columns + c] = value as f32;
        }
    }
}
