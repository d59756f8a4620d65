//! Losses: what "wrong" means. Means are over rows and outputs, as in PyTorch; classes enter as logits.

use crate::data::Task;
use crate::error::{Error, Result};

/// A loss as the user names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LossSpec {
    /// Cross-entropy for classes, mean squared error for values.
    Auto,
    /// `(o − t)²`
    Mse,
    /// `|o − t|`
    Mae,
    /// `½(o − t)²` within 1, `|o − t| − ½` beyond (Huber 1964)
    Huber,
    /// `max(0, 1 − t·o)` with classes as t = ±1
    Hinge,
    /// `−ln p(class)`: maximum likelihood for classes
    CrossEntropy,
    /// `½(o − t)²`
    HalfMse,
}

impl LossSpec {
    /// Every loss with its name in the Spec.
    pub const ALL: [(&'static str, LossSpec); 7] = [
        ("auto", LossSpec::Auto),
        ("cross-entropy", LossSpec::CrossEntropy),
        ("hinge", LossSpec::Hinge),
        ("mse", LossSpec::Mse),
        ("half-mse", LossSpec::HalfMse),
        ("mae", LossSpec::Mae),
        ("huber", LossSpec::Huber),
    ];

    /// The loss that `self` means for `task`.
    ///
    /// # Errors
    /// Cross-entropy and hinge need classes.
    pub fn resolve(self, task: Task) -> Result<Loss> {
        let classes = task.classes();
        let needs_classes = |name: &str| Error::Spec {
            path: "training.loss".into(),
            what: format!(
                "\"{name}\" needs classes, but the targets are values: use \"mse\", \"mae\", \"huber\" or \"half-mse\""
            ),
        };
        Ok(match (self, classes) {
            (LossSpec::Auto, None) | (LossSpec::Mse, _) => Loss::Mse,
            (LossSpec::Mae, _) => Loss::Mae,
            (LossSpec::Huber, _) => Loss::Huber,
            (LossSpec::HalfMse, _) => Loss::HalfMse,
            (LossSpec::Hinge, Some(_)) => Loss::Hinge,
            (LossSpec::Hinge, None) => return Err(needs_classes("hinge")),
            (LossSpec::Auto | LossSpec::CrossEntropy, Some(2)) => Loss::BinaryCrossEntropy,
            (LossSpec::Auto | LossSpec::CrossEntropy, Some(_)) => Loss::CategoricalCrossEntropy,
            (LossSpec::CrossEntropy, None) => return Err(needs_classes("cross-entropy")),
        })
    }
}

/// A loss whose form of targets is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// Mean squared error.
    Mse,
    /// Mean absolute error.
    Mae,
    /// Huber, δ = 1.
    Huber,
    /// Hinge on ±1.
    Hinge,
    /// Half the mean squared error.
    HalfMse,
    /// Two classes on one logit.
    BinaryCrossEntropy,
    /// Three classes or more, a logit each.
    CategoricalCrossEntropy,
}

impl Loss {
    /// Every loss with what descriptions call it, and how that of an output `o` by its target `y` is worked out, line by
    /// line; of several outputs, ok is each and oy that of the row's class. Of two lines for one name the first holds
    /// where the error is within ±1.
    pub const FORMULAS: [(Loss, &'static str, &'static [&'static str]); 7] = [
        (Loss::Mse, "mse", &["L = (o − y)^2"]),
        (Loss::HalfMse, "half-mse", &["L = 1 / 2·(o − y)^2"]),
        (Loss::Mae, "mae", &["L = |o − y|"]),
        (Loss::Huber, "huber", &["L = 1 / 2·(o − y)^2", "L = |o − y| − 1 / 2"]),
        (Loss::Hinge, "hinge", &["L = max(0, 1 − y·o)"]),
        (Loss::BinaryCrossEntropy, "binary", &["p = 1 / (1 + exp(−o))", "L = −y·ln(p) − (1 − y)·ln(1 − p)"]),
        (Loss::CategoricalCrossEntropy, "categorical", &["p = exp(oy) / ∑exp(ok)", "L = −ln(p)"]),
    ];

    /// Whether the loss takes logits, so that nothing may follow the output layer.
    pub fn takes_logits(self) -> bool {
        matches!(self, Loss::BinaryCrossEntropy | Loss::CategoricalCrossEntropy)
    }

    /// Outputs of the model for `task`: one a target; one for two classes; else one a class.
    pub fn outputs(task: Task) -> usize {
        match task {
            Task::Regression { targets } => targets,
            Task::Classification { classes: 2 } => 1,
            Task::Classification { classes } => classes,
        }
    }

    /// Numbers a row of [`encode_targets`](Self::encode_targets) holds.
    pub fn target_width(self, task: Task) -> usize {
        if self == Loss::CategoricalCrossEntropy { 1 } else { Self::outputs(task) }
    }

    /// Targets of a task as the loss wants them, `[rows, target_width]`: values as they are; classes as 0/1 for
    /// binary and as an index for categorical cross-entropy, as ±1 for every other loss.
    pub fn encode_targets(self, task: Task, targets: &[f64]) -> Vec<f32> {
        let as_they_are = || targets.iter().map(|&t| t as f32).collect();
        let Task::Classification { classes } = task else {
            return as_they_are();
        };
        let sign = |yes: bool| if yes { 1.0 } else { -1.0 };
        match self {
            Loss::BinaryCrossEntropy | Loss::CategoricalCrossEntropy => as_they_are(),
            _ if classes == 2 => targets.iter().map(|&c| sign(c == 1.0)).collect(),
            _ => targets.iter().flat_map(|&c| (0..classes).map(move |k| sign(c as usize == k))).collect(),
        }
    }
}

/// The class that a row's raw outputs decide for, by any loss: the largest output's; of two classes on one output the
/// second where it is above 0. Ties go to the lower class. Whatever counts or shows classes asks here; `correct` in
/// `engine/gpu/loss.wgsl` is its mirror.
///
/// # Shapes
/// `at(k)` is output `k` of `outputs`
#[inline(always)]
pub fn decide<T: PartialOrd + Default>(outputs: usize, at: impl Fn(usize) -> T) -> usize {
    if outputs == 1 {
        return usize::from(at(0) > T::default());
    }
    (1..outputs).fold(0, |best, k| if at(k) > at(best) { k } else { best })
}

/// How much each class counts in cross-entropy, and how certain its labels are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ClassWeighting {
    /// ε: a row's target is `(1 − ε)` of its class and `ε / classes` of every class (Szegedy et al. 2016).
    pub smoothing: f32,
    /// A weight a class; empty when all count alike. Means then divide by the sum of the rows' weights.
    pub class_weights: Vec<f32>,
}

impl ClassWeighting {
    /// Whether it changes nothing.
    pub fn is_plain(&self) -> bool {
        self.smoothing == 0.0 && self.class_weights.is_empty()
    }

    /// The weight of a row of class `class`.
    pub fn weight(&self, class: usize) -> f32 {
        self.class_weights.get(class).copied().unwrap_or(1.0)
    }

    pub(super) fn check(&self, loss: Loss, task: Task) -> Result<()> {
        let refuse = |field: &str, what: String| Err(Error::Spec { path: format!("training.{field}"), what });
        if !self.is_plain() && !loss.takes_logits() {
            let field = if self.smoothing == 0.0 { "classWeights" } else { "labelSmoothing" };
            return refuse(field, "has a meaning for cross-entropy only".into());
        }
        match task {
            Task::Classification { classes } if !self.class_weights.is_empty() => {
                let given = self.class_weights.len();
                if given != classes {
                    return refuse("classWeights", format!("{given} weights for {classes} classes"));
                }
                if self.class_weights.iter().all(|&w| w == 0.0) {
                    return refuse("classWeights", "at least one weight must be above 0".into());
                }
            }
            _ => {}
        }
        Ok(())
    }
}
