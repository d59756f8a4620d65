//! Training on the GPU: steps are recorded, submitted together, and their losses taken in when their outcomes are back. Two
//! submissions are under way at most, so that the device computes one while the other is read, and nothing waits for them.

use super::device::Device;
use super::{Part, Point, Progress, Run, part_rows};
use crate::data::Split;
use crate::engine::gpu::{Outcome, SnapshotBuffer};
use crate::train::Metrics;
use crate::train::stop::Measured;
use futures_channel::oneshot::Sender;

/// What the steps of a submission should take, in milliseconds, over the trip to the device and back.
const AIM_MS: f64 = 10.0;

/// What a submission may take in all, so that the page stays responsive: two of them are waited for.
const MOST_MS: f64 = 20.0;

/// Submissions under way at a time.
pub const MOST_IN_FLIGHT: usize = 2;

/// The shortest trip is forgotten by this factor each time: a device may have become slower.
const FORGET: f64 = 1.05;

/// Steps of a first submission, and the most of any.
const FIRST_STEPS: u64 = 8;
const MOST_STEPS: u64 = 1024;

/// What a recorded command answers, and what that is for.
pub(super) enum Expected {
    /// The loss of a step over so many rows.
    Step { rows: usize },
    /// Sums over a part, for what follows.
    Sums(Part),
    /// A point of the curve, of the sums before.
    Point { epoch: u32 },
    /// The end of an epoch; `measured`: its sums are before it.
    EpochEnd { measured: bool },
    /// Sums that somebody waits for.
    Asked(Sender<Option<Metrics>>),
    /// A loss, or sums, that nobody wants any more.
    Nothing,
}

impl Expected {
    /// Takes its meaning away; `false` where no outcome comes of it either.
    pub(super) fn forget(&mut self) -> bool {
        match self {
            Expected::Step { .. } | Expected::Sums(_) => *self = Expected::Nothing,
            Expected::Point { .. } | Expected::EpochEnd { .. } => return false,
            Expected::Asked(_) | Expected::Nothing => {}
        }
        true
    }
}

/// A submission under way.
pub(super) struct Flight {
    expected: Vec<Expected>,
    /// Its steps, also of those that nobody wants any more,
    steps: u64,
    /// and when it was sent.
    sent: f64,
    is_forgotten: bool,
}

impl Flight {
    /// Of what is expected, with so many steps.
    pub(super) fn new(expected: Vec<Expected>, steps: u64) -> Flight {
        Flight { expected, steps, sent: f64::NAN, is_forgotten: false }
    }

    /// What it trained belongs to another past.
    pub(super) fn forget(&mut self) {
        self.expected.retain_mut(Expected::forget);
        self.is_forgotten = true;
    }

    /// Steps of the run that it takes.
    pub(super) fn steps(&self) -> u64 {
        if self.is_forgotten { 0 } else { self.steps }
    }
}

/// How many steps a submission takes, and where the time went so far.
#[derive(Debug, Clone)]
pub(super) struct Pace {
    chunk: u64,
    /// When the last submission came back.
    landed: f64,
    /// The shortest round trip of late: mostly the trip itself.
    trip: f64,
    spent: Spent,
}

impl Default for Pace {
    fn default() -> Self {
        Pace { chunk: FIRST_STEPS, landed: f64::NAN, trip: f64::INFINITY, spent: Spent::default() }
    }
}

/// Where the time of all submissions that came back went, in milliseconds; only what was done under a clock counts, and
/// nothing twice: what is done while the device computes costs no time.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Spent {
    /// Steps taken.
    pub steps: u64,
    /// Submissions.
    pub submissions: u64,
    /// Recording on the processor.
    pub recording: f64,
    /// Handing over: row numbers, hyperparameters and commands.
    pub upload: f64,
    /// From then, or when those before were back, until the outcomes were.
    pub in_flight: f64,
    /// Of that, the time between the first dispatch and the last; only where the device tells.
    pub compute: Option<f64>,
}

impl Pace {
    /// Fits the next submission to what this one took: from when it was sent, or the one before it was back.
    fn landed(&mut self, &Flight { steps, sent, .. }: &Flight, now: f64, compute: Option<f64>) {
        let elapsed = now - sent.max(self.landed);
        self.landed = now;
        if !elapsed.is_finite() || steps == 0 {
            return;
        }
        self.spent.steps += steps;
        self.spent.submissions += 1;
        self.spent.in_flight += elapsed;
        self.spent.compute = compute.map(|ms| ms + self.spent.compute.unwrap_or(0.0));
        if elapsed <= 0.0 {
            return; // it was back as soon as the one before was taken in, which had all the time
        }
        self.trip = elapsed.min(self.trip * FORGET);
        // Where the trip is nearly all, more steps cost nearly nothing.
        let more = (AIM_MS / (elapsed - self.trip).max(1e-3)).min(MOST_MS / elapsed.max(1e-3));
        self.chunk = ((steps as f64 * more) as u64).clamp(1, self.chunk.max(2 * steps).min(MOST_STEPS));
    }
}

impl Run {
    /// Records what came back and, unless two submissions are under way, submits more, up to `steps` steps from here with
    /// those under way. `now` tells milliseconds, or NaN where there is no clock.
    pub(super) fn advance_on_device(&mut self, steps: u64, now: &mut dyn FnMut() -> f64) -> Progress {
        // Counted from what the caller knows of.
        let goal = self.progress.step.saturating_add(steps);
        self.take_in(now());
        self.send(goal.saturating_sub(self.progress.step), now);
        self.progress()
    }

    /// Whether the device has something of this run's under way.
    pub fn is_in_flight(&self) -> bool {
        self.device.as_ref().is_some_and(|device| !device.in_flight.is_empty())
    }

    /// Where the time went on the device; `None` on the CPU.
    pub fn spent(&self) -> Option<Spent> {
        self.device.as_ref().map(|device| device.pace.spent)
    }

    /// Records the outcomes of submissions that are back; finds out when the device is lost. `now`: milliseconds, or
    /// NaN where there is no clock.
    pub fn take_in(&mut self, now: f64) {
        while let Some(device) = &mut self.device {
            if let Some(why) = device.gpu.lost() {
                return self.lose_device(why);
            }
            let outcomes = match device.engine.collect() {
                None => return,
                Some(Err(error)) => return self.lose_device(error.words()),
                Some(Ok(outcomes)) => outcomes,
            };
            let expected = device.in_flight.pop_front().map_or_else(Vec::new, |flight| {
                device.pace.landed(&flight, now, device.engine.compute_ms());
                flight.expected
            });
            if self.record_outcomes(expected, outcomes).is_none() {
                return self.lose_device("its answers don't fit what was asked".into());
            }
            self.catch_up();
        }
    }

    /// Records outcomes in their order. `None` if one is missing or of another kind.
    fn record_outcomes(&mut self, expected: Vec<Expected>, outcomes: Vec<Outcome>) -> Option<()> {
        let mut outcomes = outcomes.into_iter();
        let mut sums = || match outcomes.next()? {
            Outcome::Sums(sums) => Some((0.0, Some(sums))),
            Outcome::Step { loss } => Some((loss, None)),
        };
        let unit = self.target_unit();
        let mut parts = [None; 3];
        for expected in expected {
            match expected {
                Expected::Step { rows } => {
                    let (loss, None) = sums()? else { return None };
                    // After a loss that isn't finite the device changes nothing any more.
                    if !self.progress.is_over() {
                        self.progress.record_step(loss, rows);
                    }
                }
                Expected::Sums(part) => parts[part as usize] = sums()?.1?.metrics(unit),
                Expected::Asked(sender) => drop(sender.send(sums()?.1?.metrics(unit))),
                Expected::Nothing => drop(sums()?),
                Expected::Point { epoch } => self.push_point(epoch, parts),
                Expected::EpochEnd { measured } => {
                    if !self.progress.is_over() {
                        let measured = measured.then(|| Measured::of(parts));
                        let is_best = self.progress.end_epoch(&self.spec.training, measured.as_ref());
                        self.snapshot_best(is_best);
                    }
                    parts = [None; 3];
                }
            }
        }
        Some(())
    }

    fn push_point(&mut self, epoch: u32, parts: [Option<Metrics>; 3]) {
        let point = Point::of(epoch, |part| parts[part as usize].map(|metrics| metrics.loss));
        if let (false, Some(curve)) = (self.progress.is_over(), &mut self.curve) {
            curve.push(point);
        }
    }

    /// What had to wait until no step was under way.
    fn catch_up(&mut self) {
        let Some(device) = self.device.as_mut().filter(|device| device.in_flight.is_empty()) else { return };
        self.batches.seek(self.progress.epoch, self.progress.batch);
        device.must_land = false;
        for waiting in std::mem::take(&mut device.copies) {
            // Nobody waiting any more is no fault.
            drop(waiting.send(device.copy(&self.progress, &self.engine)));
        }
        if let Some(most) = device.max_epochs.take() {
            self.set_max_epochs(most);
        }
    }

    /// Submits what is recorded and up to `steps` steps, those under way among them, in as many submissions as may be under
    /// way.
    fn send(&mut self, steps: u64, now: &mut dyn FnMut() -> f64) {
        while self.device.as_ref().is_some_and(|device| device.in_flight.len() < MOST_IN_FLIGHT) {
            let start = now();
            let taken = self.record_steps(steps);
            let Some(device) = &mut self.device else { return };
            let recorded = now();
            let is_sent = device.send(taken);
            let sent = now();
            if let (true, Some(flight)) = (is_sent, device.in_flight.back_mut()) {
                flight.sent = sent;
            }
            if taken == 0 {
                return;
            }
            if sent.is_finite() && device.in_flight.len() == 1 {
                device.pace.spent.recording += recorded - start;
                device.pace.spent.upload += sent - recorded;
            }
        }
    }

    /// Records the next of `most` steps, to the end of an epoch at most where what follows depends on how that went. Whoever
    /// waits until no step is under way comes first.
    fn record_steps(&mut self, most: u64) -> u64 {
        let Some(device) = &mut self.device else { return 0 };
        let under_way = device.steps_in_flight();
        let waits = device.must_land || !device.copies.is_empty() || device.max_epochs.is_some();
        if self.progress.is_over() || (waits && !device.in_flight.is_empty()) {
            return 0;
        }
        let training = &self.spec.training;
        let measures = training.stop.needs_measuring();
        let decides = measures || training.schedule.follows_loss();
        let steps = most.saturating_sub(under_way).min(device.pace.chunk);
        for taken in 0..steps {
            if self.batches.batch() == 0 {
                device.engine.keep(SnapshotBuffer::Fallback);
                let epoch = self.batches.epoch();
                self.hyper.learning_rate =
                    training.schedule.rate(self.base_rate, epoch, &self.progress.plateau);
            }
            let rows = self.batches.next();
            device.engine.step(rows, &self.hyper, self.progress.step + under_way + taken + 1);
            device.recorded.push(Expected::Step { rows: rows.len() });
            if self.batches.batch() == 0 {
                let epoch = self.batches.epoch();
                let curves = self.curve.as_ref().is_some_and(|curve| curve.wants(epoch));
                if measures || curves {
                    device.evaluate(&self.split);
                }
                if curves {
                    device.recorded.push(Expected::Point { epoch });
                }
                device.recorded.push(Expected::EpochEnd { measured: measures });
                if decides || training.stop.max_epochs.is_some_and(|most| epoch >= most) {
                    device.must_land = true;
                    return taken + 1;
                }
            }
        }
        steps
    }

    /// Measures a point of the curve where the device stands now, if that is the end of an epoch.
    pub(super) fn record_point_on_device(&mut self) {
        let Some(device) = &mut self.device else { return };
        if self.batches.batch() > 0 {
            return;
        }
        device.evaluate(&self.split);
        device.recorded.push(Expected::Point { epoch: self.batches.epoch() });
        device.submit();
    }
}

impl Device {
    /// Records an evaluation of each part for what follows; a part without rows has none.
    fn evaluate(&mut self, split: &Split) {
        for part in Part::ALL {
            let rows = part_rows(split, part);
            if !rows.is_empty() {
                self.engine.evaluate(rows);
                self.recorded.push(Expected::Sums(part));
            }
        }
    }
}
