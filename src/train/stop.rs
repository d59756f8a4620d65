//! The stop contract: when a run is over, agreed beforehand.

use super::metrics::Metrics;

/// What a goal looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoalMetric {
    /// Mean loss on training rows, to fall below the value.
    TrainingLoss,
    /// Mean loss on test rows, to fall below the value.
    TestLoss,
    /// Share of test rows classified right, to rise above the value.
    TestAccuracy,
}

/// "Good enough": a metric and the value to reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    /// What is looked at.
    pub metric: GoalMetric,
    /// What it has to pass.
    pub value: f64,
}

/// Clauses that end a run; whichever holds first, in the order they stand here.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stop {
    /// Good enough.
    pub goal: Option<Goal>,
    /// No longer improving: no better loss in this many epochs, on validation rows if there are any, else on
    /// test rows, else on training rows.
    pub patience: Option<u32>,
    /// After this many epochs; `None` goes on until paused.
    pub max_epochs: Option<u32>,
    /// At the end, take back parameters and running statistics of the epoch with the best such loss.
    pub restore_best: bool,
}

/// The clause that ended a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopReason {
    /// The goal was passed.
    Goal,
    /// No progress for `patience` epochs.
    Patience,
    /// `max_epochs` epochs are done.
    MaxEpochs,
}

/// What the contract needs to know at the end of an epoch; `None` where there are no such rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// Mean loss on training rows.
    pub training_loss: Option<f64>,
    /// Mean loss on validation rows.
    pub validation_loss: Option<f64>,
    /// Mean loss on test rows.
    pub test_loss: Option<f64>,
    /// Share of test rows classified right.
    pub test_accuracy: Option<f64>,
}

impl Measured {
    /// From the metrics of training, validation and test rows.
    pub fn of([training, validation, test]: [Option<Metrics>; 3]) -> Measured {
        let loss = |metrics: Option<Metrics>| metrics.map(|metrics| metrics.loss);
        Measured {
            training_loss: loss(training),
            validation_loss: loss(validation),
            test_loss: loss(test),
            test_accuracy: test.and_then(|metrics| metrics.accuracy),
        }
    }
}

/// The best epoch so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Best {
    /// Finished epochs at that time.
    pub epoch: u32,
    /// The watched loss.
    pub loss: f64,
}

impl Stop {
    /// Whether epochs have to be measured for the clauses.
    pub fn needs_measuring(&self) -> bool {
        self.goal.is_some() || self.patience.is_some() || self.restore_best
    }

    /// The loss that patience watches.
    pub fn watched(measured: &Measured) -> Option<f64> {
        measured.validation_loss.or(measured.test_loss).or(measured.training_loss)
    }

    /// The clause that holds after `epoch` finished epochs.
    pub fn check(&self, epoch: u32, measured: Option<&Measured>, best: Option<&Best>) -> Option<StopReason> {
        if let (Some(goal), Some(measured)) = (&self.goal, measured)
            && goal.is_passed(measured)
        {
            return Some(StopReason::Goal);
        }
        if let (Some(patience), Some(best)) = (self.patience, best)
            && epoch.saturating_sub(best.epoch) >= patience
        {
            return Some(StopReason::Patience);
        }
        self.max_epochs.filter(|&most| epoch >= most).map(|_| StopReason::MaxEpochs)
    }
}

impl Goal {
    fn is_passed(&self, measured: &Measured) -> bool {
        let (value, above) = match self.metric {
            GoalMetric::TrainingLoss => (measured.training_loss, false),
            GoalMetric::TestLoss => (measured.test_loss, false),
            GoalMetric::TestAccuracy => (measured.test_accuracy, true),
        };
        value.is_some_and(|value| if above { value > self.value } else { value < self.value })
    }
}
