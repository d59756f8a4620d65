//! Learning-rate schedules: how the rate changes from epoch to epoch, each as PyTorch's scheduler of that name.

use crate::math::{powu, scalar};

/// A rule for the rate of each epoch, relative to the rate the user chose: a warm-up, if any, and what comes after it.
///
/// As PyTorch's `SequentialLR` chains them: the decay counts its epochs from the end of the warm-up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Schedule {
    /// What comes first.
    pub warm_up: Option<WarmUp>,
    /// What follows.
    pub decay: Decay,
}

/// Rises in a straight line from `start_factor` times the rate to the whole in `total_epochs` epochs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WarmUp {
    /// Share of the rate at the start.
    pub start_factor: f64,
    /// Epochs until the whole rate.
    pub total_epochs: u32,
}

/// How the rate changes from epoch to epoch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Decay {
    /// The same all along.
    Constant,
    /// Times γ after every `step_size` epochs.
    Step {
        /// Epochs between two changes.
        step_size: u32,
        /// γ
        gamma: f64,
    },
    /// Times γ after every epoch.
    Exponential {
        /// γ
        gamma: f64,
    },
    /// Half a cosine wave down to `eta_min` in `t_max` epochs, and up again (Loshchilov & Hutter 2017).
    Cosine {
        /// Epochs from top to bottom.
        t_max: u32,
        /// The rate at the bottom.
        eta_min: f64,
    },
    /// Times `factor` when the epoch's training loss was no better than the best for more than `patience` epochs.
    ReduceOnPlateau {
        /// Applied at each plateau.
        factor: f64,
        /// Epochs without progress that are forgiven.
        patience: u32,
        /// Better means below `best · (1 − threshold)`.
        threshold: f64,
    },
}

/// What a plateau schedule remembers; of no use to the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plateau {
    /// The best epoch's loss.
    pub best: f64,
    /// Epochs since without progress.
    pub bad_epochs: u32,
    /// Product of all reductions.
    pub factor: f64,
}

impl Plateau {
    /// Nothing seen yet.
    pub const START: Plateau = Plateau { best: f64::INFINITY, bad_epochs: 0, factor: 1.0 };
}

impl Schedule {
    /// The same rate all along.
    pub const CONSTANT: Schedule = Schedule { warm_up: None, decay: Decay::Constant };

    /// Whether the rate depends on how the loss goes.
    pub fn follows_loss(&self) -> bool {
        matches!(self.decay, Decay::ReduceOnPlateau { .. })
    }

    /// Epochs before the decay begins.
    fn start(&self) -> u32 {
        self.warm_up.map_or(0, |warm_up| warm_up.total_epochs)
    }

    /// The rate in the epoch that follows `epoch` finished ones.
    pub fn rate(&self, base: f64, epoch: u32, plateau: &Plateau) -> f64 {
        if let Some(WarmUp { start_factor, total_epochs }) = self.warm_up.filter(|w| epoch < w.total_epochs) {
            let share = f64::from(epoch) / f64::from(total_epochs);
            return base * (start_factor + (1.0 - start_factor) * share);
        }
        let epoch = epoch - self.start();
        match self.decay {
            Decay::Constant => base,
            Decay::Step { step_size, gamma } => base * powu(gamma, u64::from(epoch / step_size)),
            Decay::Exponential { gamma } => base * powu(gamma, u64::from(epoch)),
            Decay::Cosine { t_max, eta_min } => {
                // The wave has a period of two t_max; the remainder keeps the angle small and exact.
                let angle = std::f64::consts::PI * f64::from(epoch % (2 * t_max)) / f64::from(t_max);
                eta_min + (base - eta_min) * (1.0 + f64::from(scalar::cos(angle as f32))) / 2.0
            }
            Decay::ReduceOnPlateau { .. } => base * plateau.factor,
        }
    }

    /// Tells a plateau schedule the mean training loss of the epoch that just ended, the `epoch`th. Those of the warm-up
    /// don't count.
    pub fn observe(&self, epoch: u32, loss: f64, plateau: &mut Plateau) {
        let Decay::ReduceOnPlateau { factor, patience, threshold } = self.decay else { return };
        if epoch <= self.start() {
            return;
        }
        if loss < plateau.best * (1.0 - threshold) || plateau.best.is_infinite() {
            plateau.best = loss;
            plateau.bad_epochs = 0;
        } else {
            plateau.bad_epochs = plateau.bad_epochs.saturating_add(1);
        }
        if plateau.bad_epochs > patience {
            plateau.factor *= factor;
            plateau.bad_epochs = 0;
        }
    }

    /// The rates of the first `epochs` epochs, for a preview; a plateau schedule can't know and stays level.
    pub fn preview(&self, base: f64, epochs: u32) -> impl Iterator<Item = f64> {
        (0..epochs).map(move |epoch| self.rate(base, epoch, &Plateau::START))
    }
}
