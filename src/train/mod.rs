//! What training means, as formulas and data: optimizers, schedules, penalties and clipping, stopping, metrics.

pub mod gradient;
pub mod metrics;
pub mod optimizer;
pub mod schedule;
pub mod stop;

pub use gradient::{Clip, L1Rule, Penalty};
pub use metrics::{Metrics, Unit};
pub use optimizer::Optimizer;
pub use schedule::{Decay, Schedule, WarmUp};
pub use stop::{Stop, StopReason};
