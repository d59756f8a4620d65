//! The learning curve: losses at epoch ends, subsampled so that memory stays bounded however long a run lasts.

use super::Part;

/// One point of the curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Finished epochs; 0 is before the first step.
    pub epoch: u32,
    /// Mean loss on the training rows.
    pub training: f64,
    /// Mean loss on the validation rows; none without any.
    pub validation: Option<f64>,
    /// Mean loss on the test rows, NaN without any.
    pub test: f64,
}

impl Point {
    /// From the loss on each part.
    pub(super) fn of(epoch: u32, mut loss: impl FnMut(Part) -> Option<f64>) -> Self {
        let [training, test] = [Part::Train, Part::Test].map(|part| loss(part).unwrap_or(f64::NAN));
        Point { epoch, training, validation: loss(Part::Validation), test }
    }
}

/// Points that there is room for from the start.
const RESERVED: usize = 1 << 16;

/// Points at every `stride`-th epoch. When full, every other point goes and the stride doubles, so which
/// epochs are kept depends on how many there were and on nothing else.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    most: usize,
    stride: u32,
    points: Vec<Point>,
}

impl Curve {
    /// A curve of at most `most` points (at least 2).
    pub fn new(most: usize) -> Self {
        let most = most.max(2);
        Curve { most, stride: 1, points: Vec::with_capacity(most.min(RESERVED)) }
    }

    /// Whether the end of `epoch` is to be measured. Not one that it has: a run that went back a little passes its
    /// last epochs again.
    pub fn wants(&self, epoch: u32) -> bool {
        epoch.is_multiple_of(self.stride) && self.points.last().is_none_or(|last| epoch > last.epoch)
    }

    /// Adds a point that [`wants`](Self::wants) asked for, if it is still wanted.
    pub fn push(&mut self, point: Point) {
        if !self.wants(point.epoch) {
            return;
        }
        if self.points.len() == self.most {
            self.stride *= 2;
            self.points.retain(|p| p.epoch.is_multiple_of(self.stride));
        }
        if self.wants(point.epoch) {
            self.points.push(point);
        }
    }

    /// The most points it holds.
    pub fn most(&self) -> usize {
        self.most
    }

    /// Takes the points of a saved curve, epochs ascending; their spacing is the stride.
    pub fn refill(&mut self, points: Vec<Point>) {
        self.stride = match points[..] {
            [first, second, ..] => second.epoch - first.epoch,
            _ => 1,
        };
        self.points = points;
    }

    /// Drops the points after `epoch`.
    pub fn cut(&mut self, epoch: u32) {
        self.points.retain(|point| point.epoch <= epoch);
    }

    /// All points, epochs ascending.
    pub fn points(&self) -> &[Point] {
        &self.points
    }
}
