//! Which baselines there are, and their hyperparameters.

use crate::error::{Error, Result, decimal};
use crate::json::Value;

/// A baseline by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The mean of each target, or the share of each class.
    Constant,
    /// Least squares with a penalty on squared weights.
    Ridge,
    /// Least squares with a penalty on absolute weights, which makes many of them 0.
    Lasso,
    /// Logits that are linear in the inputs, with a penalty on squared weights.
    Logistic,
    /// The mean over the nearest rows.
    Neighbors,
    /// A decision tree.
    Tree,
    /// The mean of many trees, each grown on rows drawn anew.
    Forest,
}

const KINDS: [(&str, Kind); 7] = [
    ("constant", Kind::Constant),
    ("ridge", Kind::Ridge),
    ("lasso", Kind::Lasso),
    ("logistic", Kind::Logistic),
    ("knn", Kind::Neighbors),
    ("tree", Kind::Tree),
    ("forest", Kind::Forest),
];

impl Kind {
    /// The kind of that name.
    ///
    /// # Errors
    /// [`Error::Spec`] for a name that there isn't, with those there are.
    pub fn named(name: &str) -> Result<Kind> {
        let found = KINDS.iter().find(|(known, _)| *known == name);
        found.map(|&(_, kind)| kind).ok_or_else(|| {
            let brief: String = name.chars().take(60).collect();
            let names: Vec<&str> = KINDS.iter().map(|&(name, _)| name).collect();
            refuse("kind", format!("\"{brief}\" is not one of {}", names.join(", ")))
        })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        KINDS.iter().find(|(_, kind)| *kind == self).map_or("", |&(name, _)| name)
    }
}

/// Hyperparameters. Each kind goes by its own ones, and takes no notice of the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Of ridge, lasso and logistic: scikit-learn's `alpha`, and 1/C for logistic. The mean, or for ridge and logistic the
    /// sum, of all rows' losses stands beside it.
    pub penalty: f64,
    /// Of knn: how many rows are asked; all, where there are fewer.
    pub neighbors: usize,
    /// Of trees: questions from the root to a leaf at most; none means no limit.
    pub max_depth: Option<usize>,
    /// Of trees: rows that a leaf holds at least, different ones in a forest.
    pub min_leaf: usize,
    /// Of a forest.
    pub trees: usize,
    /// Of a forest: which rows and features its trees draw.
    pub seed: u32,
}

impl Default for Options {
    fn default() -> Options {
        Options { penalty: 1.0, neighbors: 5, max_depth: None, min_leaf: 1, trees: 100, seed: 0 }
    }
}

/// What an option may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Its name in the document.
    pub name: &'static str,
    /// The least value.
    pub low: f64,
    /// The largest.
    pub high: f64,
    /// Whether it must be a whole number.
    pub is_whole: bool,
}

/// All options.
pub const OPTIONS: [Range; 6] = [
    Range { name: "penalty", low: 0.0, high: 1e9, is_whole: false },
    Range { name: "neighbors", low: 1.0, high: 1e6, is_whole: true },
    Range { name: "maxDepth", low: 1.0, high: 1e6, is_whole: true },
    Range { name: "minLeaf", low: 1.0, high: 1e6, is_whole: true },
    Range { name: "trees", low: 1.0, high: 1e4, is_whole: true },
    Range { name: "seed", low: 0.0, high: u32::MAX as f64, is_whole: true },
];

impl Options {
    /// Reads them from a document such as `{"penalty": 0.1, "maxDepth": null}`. What is absent or null takes its default.
    ///
    /// # Errors
    /// [`Error::Spec`] with the path, the value and the allowed range; for an unknown option with those there are.
    pub fn from_json(value: &Value) -> Result<Options> {
        let fields = match value {
            Value::Null => return Ok(Options::default()),
            Value::Object(fields) => fields,
            other => return Err(refuse("options", format!("{} is not an object", brief(other)))),
        };
        let mut options = Options::default();
        for key in fields.keys() {
            let Some(range) = OPTIONS.iter().find(|range| range.name == key) else {
                let names: Vec<&str> = OPTIONS.iter().map(|range| range.name).collect();
                let key: String = key.chars().take(60).collect();
                let what = format!("unknown option; known are {}", names.join(", "));
                return Err(refuse(&format!("options.{key}"), what));
            };
            if let Some(value) = fields.get(key).filter(|value| !value.is_null()) {
                options.set(range.name, range.read(value)?);
            }
        }
        Ok(options)
    }

    fn set(&mut self, name: &str, number: f64) {
        match name {
            "penalty" => self.penalty = number,
            "neighbors" => self.neighbors = number as usize,
            "maxDepth" => self.max_depth = Some(number as usize),
            "minLeaf" => self.min_leaf = number as usize,
            "trees" => self.trees = number as usize,
            _ => self.seed = number as u32,
        }
    }

    /// Their values, in the order of [`OPTIONS`].
    pub fn values(&self) -> [Option<f64>; 6] {
        let whole = |number: usize| Some(number as f64);
        [
            Some(self.penalty),
            whole(self.neighbors),
            self.max_depth.map(|depth| depth as f64),
            whole(self.min_leaf),
            whole(self.trees),
            Some(self.seed.into()),
        ]
    }
}

impl Range {
    fn read(&self, value: &Value) -> Result<f64> {
        let fits = |number: &f64| {
            (self.low..=self.high).contains(number) && (!self.is_whole || number.fract() == 0.0)
        };
        value.as_f64().filter(fits).ok_or_else(|| {
            let whole = if self.is_whole { "a whole number in " } else { "" };
            let what =
                format!("{} is outside {whole}{}…{}", brief(value), decimal(self.low), decimal(self.high));
            refuse(&format!("options.{}", self.name), what)
        })
    }
}

fn refuse(path: &str, what: String) -> Error {
    Error::Spec { path: path.into(), what }
}

/// A value in a message.
fn brief(value: &Value) -> String {
    match (value, value.as_f64()) {
        (_, Some(number)) => decimal(number),
        (Value::String(text), _) => format!("\"{}\"", text.chars().take(60).collect::<String>()),
        (Value::Bool(flag), _) => flag.to_string(),
        (Value::Array(_), _) => "a list".into(),
        (Value::Object(_), _) => "an object".into(),
        _ => "null".into(),
    }
}
