//! Rows with what they are to predict.

use crate::data::table_spec::{ImputeWith, Kind};
use crate::error::{Error, Result, decimal, list};

/// What is to be predicted for a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Numbers.
    Regression {
        /// How many a row.
        targets: usize,
    },
    /// One of several classes.
    Classification {
        /// How many classes there are, at least 2.
        classes: usize,
    },
}

impl Task {
    /// The number of classes; none of values.
    pub fn classes(self) -> Option<usize> {
        match self {
            Task::Classification { classes } => Some(classes),
            Task::Regression { .. } => None,
        }
    }

    /// Numbers that a row's target takes: its values, or one class index.
    pub fn targets(self) -> usize {
        match self {
            Task::Classification { .. } => 1,
            Task::Regression { targets } => targets,
        }
    }
}

/// What a table knows of its columns beyond numbers; nothing for rows that are plain numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct About {
    /// What each column holds.
    pub kinds: Vec<Kind>,
    /// The names behind the indices of each column, empty for a column of numbers.
    pub categories: Vec<Vec<String>>,
    /// What stands in for NaN in each column.
    pub imputes: Vec<Option<ImputeWith>>,
    /// The name of the target.
    pub target: String,
    /// The names of the classes.
    pub classes: Vec<String>,
    /// The row of the table that each row was, from 0.
    pub rows: Vec<u32>,
}

/// Checked rows: lengths agree, every number is finite, every class exists, there is at least one row. Rows of a table
/// may have NaN where something [stands in](About::imputes) for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// `[rows, width]`, row-major; images channel by channel.
    pub inputs: Vec<f64>,
    /// `[features]` or `[channels, height, width]` of one row.
    pub shape: Vec<usize>,
    /// `[rows, targets]` values, or `[rows]` class indices.
    pub targets: Vec<f64>,
    /// What the targets are.
    pub task: Task,
    /// A name for each feature; empty for images.
    pub columns: Vec<String>,
    /// What a table adds.
    pub about: Option<Box<About>>,
}

impl Dataset {
    /// Checks the caller's own rows. Features are named `x1`, `x2`, …
    ///
    /// # Shapes
    /// `inputs`: `[rows, product of shape]` · `shape`: `[features]` or `[channels, height, width]` ·
    /// `targets`: `[rows]` class indices when `classes` is given, else `[rows, targets]` values
    ///
    /// # Errors
    /// [`Error::Data`] names the row and column, the value and what is allowed.
    pub fn from_rows<T: Into<f64>>(
        inputs: Vec<T>,
        targets: Vec<T>,
        shape: Vec<usize>,
        classes: Option<usize>,
    ) -> Result<Dataset> {
        let wide = |numbers: Vec<T>| numbers.into_iter().map(Into::into).collect();
        Dataset::of_wide(wide(inputs), wide(targets), shape, classes)
    }

    fn of_wide(
        inputs: Vec<f64>,
        targets: Vec<f64>,
        shape: Vec<usize>,
        classes: Option<usize>,
    ) -> Result<Dataset> {
        let product = shape.iter().try_fold(1_usize, |all, &side| all.checked_mul(side));
        let (Some(width @ 1..), 1 | 3) = (product, shape.len()) else {
            return refuse(format!(
                "shape is {}, expected [features] or [channels, height, width], each at least 1",
                list(&shape)
            ));
        };
        let rows = inputs.len() / width;
        if rows == 0 || !inputs.len().is_multiple_of(width) || u32::try_from(rows).is_err() {
            return refuse(format!(
                "inputs holds {} numbers, expected a multiple of {width} (shape {}), at least one row",
                inputs.len(),
                list(&shape)
            ));
        }
        let per_row = match classes {
            Some(_) => 1,
            None => (targets.len() / rows).max(1),
        };
        if targets.len() != rows * per_row {
            let expected = if classes.is_some() {
                "one class index a row"
            } else {
                "the same number of values for every row"
            };
            return refuse(format!(
                "targets holds {} numbers for {rows} rows, expected {expected}",
                targets.len()
            ));
        }
        check_finite("inputs", &inputs, width)?;
        check_finite("targets", &targets, per_row)?;
        let task = match classes {
            None => Task::Regression { targets: per_row },
            Some(classes) => {
                check_classes(&targets, classes)?;
                Task::Classification { classes }
            }
        };
        let columns =
            if shape.len() == 1 { (1..=width).map(|i| format!("x{i}")).collect() } else { Vec::new() };
        Ok(Dataset { inputs, shape, targets, task, columns, about: None })
    }

    /// What a table adds; only builds with the feature `table` have any, and the others none of what it takes.
    #[inline]
    pub fn about(&self) -> Option<&About> {
        if cfg!(feature = "table") { self.about.as_deref() } else { None }
    }

    /// Some of its rows, in the order of `rows`.
    #[cfg(feature = "study")]
    pub fn take(&self, rows: &[u32]) -> Dataset {
        let mut about = self.about.clone();
        if let Some(about) = &mut about {
            about.rows = rows.iter().map(|&row| about.rows[row as usize]).collect();
        }
        Dataset {
            inputs: gather(&self.inputs, self.width(), rows),
            targets: gather(&self.targets, self.task.targets(), rows),
            shape: self.shape.clone(),
            columns: self.columns.clone(),
            task: self.task,
            about,
        }
    }

    /// The names behind the indices of a column, empty for a column of numbers.
    pub fn categories(&self, column: usize) -> &[String] {
        self.about().and_then(|about| about.categories.get(column)).map_or(&[], Vec::as_slice)
    }

    /// Numbers in one row of inputs.
    pub fn width(&self) -> usize {
        self.shape.iter().product()
    }

    /// How many rows like these `inputs` hold.
    ///
    /// # Errors
    /// A length that is no multiple of the columns.
    pub fn count_rows(&self, inputs: &[f64]) -> Result<usize> {
        let width = self.width();
        if inputs.len().is_multiple_of(width) {
            return Ok(inputs.len() / width);
        }
        let what = format!("{} numbers are no whole number of rows of {width} columns", inputs.len());
        Err(Error::Data { what })
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.inputs.len() / self.width()
    }
}

/// The numbers of some rows, in the order of `rows`: `width` of each.
#[cfg(feature = "study")]
pub(crate) fn gather<T: Copy>(numbers: &[T], width: usize, rows: &[u32]) -> Vec<T> {
    rows.iter().flat_map(|&row| &numbers[row as usize * width..][..width]).copied().collect()
}

fn refuse<T>(what: String) -> Result<T> {
    Err(Error::Data { what })
}

fn check_finite(name: &str, values: &[f64], width: usize) -> Result<()> {
    match values.iter().position(|value| !value.is_finite()) {
        None => Ok(()),
        Some(i) => refuse(format!(
            "{name}, row {}, column {}: {} is not a finite number (rows and columns count from 0)",
            i / width,
            i % width,
            decimal(values[i])
        )),
    }
}

fn check_classes(targets: &[f64], classes: usize) -> Result<()> {
    // Beyond 2²⁴ an f32 no longer tells neighboring class indices apart.
    if !(2..=1 << 24).contains(&classes) {
        return refuse(format!("classes is {classes}, expected 2…16777216"));
    }
    match targets.iter().position(|&class| class.fract() != 0.0 || class < 0.0 || class >= classes as f64) {
        None => Ok(()),
        Some(row) => refuse(format!(
            "targets, row {row}: class {} is not a whole number in 0…{} (rows count from 0)",
            decimal(targets[row]),
            classes - 1
        )),
    }
}
