//! Input features derived from raw columns: squares, products and sines, by the names readers know.

use crate::error::{Error, Result};
use crate::math::scalar;

/// One number derived from a raw row; the fields are column indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// The column itself.
    Column(usize),
    /// Its square.
    Square(usize),
    /// The product of two columns.
    Product(usize, usize),
    /// The sine of a column in radians.
    Sine(usize),
}

impl Feature {
    /// Every feature that these columns allow, with its name: `x y x2 y2 xy sinx siny` for columns x and y,
    /// `x x2 sinx` for x alone. Rows of three columns or more have the columns themselves.
    pub fn allowed(columns: &[String]) -> Vec<(String, Feature)> {
        let each = |name: &dyn Fn(&String) -> String, make: fn(usize) -> Feature| {
            columns
                .iter()
                .enumerate()
                .map(|(i, column)| (name(column), make(i)))
                .collect::<Vec<_>>()
        };
        let mut all = each(&|c| c.clone(), Feature::Column);
        if columns.len() <= 2 {
            all.extend(each(&|c| format!("{c}2"), Feature::Square));
            if let [first, second] = columns {
                all.push((format!("{first}{second}"), Feature::Product(0, 1)));
            }
            all.extend(each(&|c| format!("sin{c}"), Feature::Sine));
        }
        all
    }

    /// The feature called `name` for these columns.
    ///
    /// # Errors
    /// [`Error::Spec`] at `data.features` lists the names allowed.
    pub fn parse(name: &str, columns: &[String]) -> Result<Feature> {
        let allowed = Feature::allowed(columns);
        match allowed.iter().find(|(known, _)| known == name) {
            Some(&(_, feature)) => Ok(feature),
            None => {
                let names: Vec<&str> = allowed.iter().map(|(name, _)| name.as_str()).collect();
                let what = format!(
                    "\"{name}\" is not a feature of these data, which have {}",
                    names.join(", ")
                );
                Err(Error::Spec {
                    path: "data.features".to_string(),
                    what,
                })
            }
        }
    }

    /// Its value for one raw row.
    #[inline]
    pub fn value(self, row: &[f32]) -> f32 {
        match self {
            Feature::Column(i) => row[i],
            Feature::Square(i) => row[i] * row[i],
            Feature::Product(i, j) => row[i] * row[j],
            Feature::Sine(i) => scalar::sin(row[i]),
        }
    }
}

/// Derives the features of each row; without features the rows pass unchanged.
///
/// # Shapes
/// `raw`: `[rows, width]` · result: `[rows, features]`
pub fn derive(raw: &[f32], width: usize, features: &[Feature]) -> Vec<f32> {
    if features.is_empty() {
        return raw.to_vec();
    }
    raw.chunks_exact(width)
        .flat_map(|row| features.iter().map(move |feature| feature.value(row)))
        .collect()
}
