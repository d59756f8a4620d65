//! The stop contract: when a run is over, agreed beforehand.

/// Clauses that end a run; whichever holds first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stop {
    /// After this many epochs; `None` goes on until paused.
    pub max_epochs: Option<u32>,
}

/// The clause that ended a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopReason {
    /// `max_epochs` epochs are done.
    MaxEpochs,
}

impl Stop {
    /// The clause that holds after `epochs` finished epochs.
    pub fn check(&self, epochs: u32) -> Option<StopReason> {
        self.max_epochs.filter(|&max| epochs >= max).map(|_| StopReason::MaxEpochs)
    }
}
