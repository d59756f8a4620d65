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
        let indices = 0..columns.len();
        let mut all: Vec<Feature> = indices.clone().map(Feature::Column).collect();
        if columns.len() <= 2 {
            all.extend(indices.clone().map(Feature::Square));
            if columns.len() == 2 {
                all.push(Feature::Product(0, 1));
            }
            all.extend(indices.map(Feature::Sine));
        }
        all.into_iter().map(|feature| (feature.name(columns), feature)).collect()
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
                let what =
                    format!("\"{name}\" is not a feature of these data, which have {}", names.join(", "));
                Err(Error::Spec { path: "data.features".to_string(), what })
            }
        }
    }

    /// Its name for these columns, the one that [`parse`](Self::parse) reads.
    pub fn name(self, columns: &[String]) -> String {
        match self {
            Feature::Column(i) => columns[i].clone(),
            Feature::Square(i) => format!("{}2", columns[i]),
            Feature::Product(i, j) => format!("{}{}", columns[i], columns[j]),
            Feature::Sine(i) => format!("sin{}", columns[i]),
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
