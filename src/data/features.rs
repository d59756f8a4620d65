//! Input features derived from raw columns: squares, products, waves and formulas, by the names readers know.

use crate::data::{Dataset, Formula};
use crate::error::{Error, Result};
use crate::math::{angle, scalar};

/// Features that a row may have: the first layer has a weight for each, and each is looked at one by one.
pub const MOST_FEATURES: usize = 16_384;

/// Names that a message lists.
const MOST_NAMED: usize = 20;

/// Refuses more than [`MOST_FEATURES`].
///
/// # Errors
/// [`Error::Spec`] at `data.features`, with their number.
pub fn check_count(features: usize) -> Result<()> {
    if features <= MOST_FEATURES {
        return Ok(());
    }
    let what = format!("{features} features are outside 1…{MOST_FEATURES}: choose the columns that matter");
    Err(Error::Spec { path: "data.features".into(), what })
}

/// A feature as a Spec names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeatureSpec {
    /// By one of the names that [`Feature::allowed`] lists.
    Name(String),
    /// As arithmetic over columns, see [`Formula::parse`].
    Formula(String),
}

/// One number derived from a raw row; the fields are column indices.
#[derive(Debug, Clone, PartialEq)]
pub enum Feature {
    /// The column itself.
    Column(usize),
    /// Its square.
    Square(usize),
    /// The product of two columns.
    Product(usize, usize),
    /// The sine of a column in radians.
    Sine(usize),
    /// The cosine of a column in radians.
    Cosine(usize),
    /// Arithmetic over columns.
    Formula(Box<Formula>),
    /// 1 where a column of names holds the one with this index, else 0.
    Is(usize, usize),
}

impl Feature {
    /// Every feature that these columns allow, with its name: `x y x2 y2 xy sinx siny cosx cosy` for columns x and y,
    /// `x x2 sinx cosx` for x alone. Rows of three columns or more have the columns themselves.
    pub fn allowed(columns: &[String]) -> Vec<(String, Feature)> {
        let indices = 0..columns.len();
        let mut all: Vec<Feature> = indices.clone().map(Feature::Column).collect();
        if columns.len() <= 2 {
            all.extend(indices.clone().map(Feature::Square));
            if columns.len() == 2 {
                all.push(Feature::Product(0, 1));
            }
            all.extend(indices.clone().map(Feature::Sine));
            all.extend(indices.map(Feature::Cosine));
        }
        all.into_iter().map(|feature| (feature.name(columns), feature)).collect()
    }

    /// The feature called `name` for these columns.
    ///
    /// # Errors
    /// [`Error::Spec`] at `data.features` lists the names allowed.
    pub fn parse(name: &str, columns: &[String]) -> Result<Feature> {
        // Rows of many columns have no other features: no list of all of them for each.
        if let Some(column) = columns.iter().position(|column| column == name) {
            return Ok(Feature::Column(column));
        }
        let allowed = Feature::allowed(columns);
        match allowed.iter().find(|(known, _)| known == name) {
            Some((_, feature)) => Ok(feature.clone()),
            None => {
                let mut names: Vec<&str> = allowed.iter().map(|(name, _)| name.as_str()).collect();
                let more = format!("{} more", names.len().saturating_sub(MOST_NAMED));
                if names.len() > MOST_NAMED {
                    names.truncate(MOST_NAMED);
                    names.push(&more);
                }
                let what =
                    format!("\"{name}\" is not a feature of these data, which have {}", names.join(", "));
                Err(Error::Spec { path: "data.features".to_string(), what })
            }
        }
    }

    /// The feature that a Spec names at place `index`, for the columns of `data`.
    ///
    /// # Errors
    /// [`Error::Spec`] for a name or formula that doesn't fit, or for arithmetic over a column of names.
    pub fn of_spec(spec: &FeatureSpec, index: usize, data: &Dataset) -> Result<Feature> {
        let refuse = |what| Error::Spec { path: format!("data.features[{index}]"), what };
        let feature = match spec {
            FeatureSpec::Name(name) => Feature::parse(name, &data.columns)?,
            FeatureSpec::Formula(text) => match Formula::parse(text, &data.columns) {
                Ok(formula) => Feature::Formula(Box::new(formula)),
                Err(what) => return Err(refuse(format!("\"{text}\" {what}"))),
            },
        };
        let named = match &feature {
            Feature::Column(_) => None,
            other => other.columns().into_iter().find(|&column| !data.categories(column).is_empty()),
        };
        match named {
            None => Ok(feature),
            Some(column) => {
                let what = "holds names; only numbers can be reckoned with";
                Err(refuse(format!("column \"{}\" {what}", data.columns[column])))
            }
        }
    }

    /// The columns it is made from.
    pub fn columns(&self) -> Vec<usize> {
        match self {
            Feature::Column(i) | Feature::Square(i) | Feature::Sine(i) | Feature::Cosine(i) => vec![*i],
            Feature::Product(i, j) => vec![*i, *j],
            Feature::Formula(formula) => formula.columns().collect(),
            Feature::Is(i, _) => vec![*i],
        }
    }

    /// Its name for these columns, the one that [`parse`](Self::parse) reads; see [`label`](Self::label) for
    /// features that stand for a name.
    pub fn name(&self, columns: &[String]) -> String {
        match self {
            Feature::Column(i) => columns[*i].clone(),
            Feature::Square(i) => format!("{}2", columns[*i]),
            Feature::Product(i, j) => format!("{}{}", columns[*i], columns[*j]),
            Feature::Sine(i) => format!("sin{}", columns[*i]),
            Feature::Cosine(i) => format!("cos{}", columns[*i]),
            Feature::Formula(formula) => formula.text().to_owned(),
            Feature::Is(i, category) => format!("{} = {category}", columns[*i]),
        }
    }

    /// Its name for people: `species = Adelie` where it stands for a name.
    pub fn label(&self, data: &Dataset) -> String {
        match self {
            Feature::Is(i, category) => match data.categories(*i).get(*category) {
                Some(name) => format!("{} = {name}", data.columns[*i]),
                None => self.name(&data.columns),
            },
            _ => self.name(&data.columns),
        }
    }

    /// Its value for one raw row. NaN for the sine or cosine of an angle beyond 2⁵³, of which an f64 says nothing.
    #[inline]
    pub fn value(&self, row: &[f64]) -> f64 {
        let product = |x: f64, y: f64| match (toy(x), toy(y)) {
            (Some(x), Some(y)) => f64::from(x * y),
            _ => x * y,
        };
        match self {
            Feature::Column(i) => row[*i],
            Feature::Square(i) => product(row[*i], row[*i]),
            Feature::Product(i, j) => product(row[*i], row[*j]),
            Feature::Sine(i) => wave(row[*i], scalar::sin),
            Feature::Cosine(i) => wave(row[*i], scalar::cos),
            Feature::Formula(formula) => formula.value(row),
            Feature::Is(i, category) => f64::from(row[*i] == *category as f64),
        }
    }
}

/// The number as toy sources make them: for those, features are derived in f32, which is as exact as they are, so that
/// the links of all versions give the same bits.
fn toy(x: f64) -> Option<f32> {
    let narrow = x as f32;
    (f64::from(narrow) == x && narrow.abs() <= 64.0).then_some(narrow)
}

fn wave(x: f64, of: fn(f32) -> f32) -> f64 {
    of(toy(x).unwrap_or_else(|| angle(x) as f32)).into()
}
