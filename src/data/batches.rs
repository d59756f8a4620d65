//! The order in which training rows are visited.

use crate::error::{Error, Result};
use crate::rng::{Purpose, Stream};

/// Walks the training rows in mini-batches, every row once an epoch, in a new order each epoch.
///
/// The order of an epoch follows from the seed and the epoch's number alone, so a run can go on from any
/// place without its history. The last batch of an epoch may be short.
#[derive(Debug, Clone)]
pub struct Batches {
    train: Vec<u32>,
    order: Vec<u32>,
    size: usize,
    /// The seed of the orders; without one, rows keep the given order.
    seed: Option<u32>,
    epoch: u32,
    next_row: usize,
}

impl Batches {
    /// Batches of `batch_size` rows of `train`; all rows in one where `batch_size` is larger. Without a
    /// `seed` every epoch takes the rows in the order given.
    ///
    /// # Errors
    /// [`Error::Spec`] when `batch_size` is 0, [`Error::Split`] when there are no rows.
    pub fn new(train: Vec<u32>, batch_size: usize, seed: Option<u32>) -> Result<Batches> {
        if batch_size == 0 {
            let what = "0 is below the least, 1".to_string();
            return Err(Error::Spec { path: "training.batchSize".to_string(), what });
        }
        if train.is_empty() {
            return Err(Error::Split { what: "train has 0 rows, expected at least one".to_string() });
        }
        let size = batch_size.min(train.len());
        Ok(Batches { order: train.clone(), train, size, seed, epoch: 0, next_row: 0 })
    }

    /// The row numbers of the next batch. Doesn't allocate.
    #[allow(clippy::should_implement_trait)] // lends its own memory, which Iterator can't
    pub fn next(&mut self) -> &[u32] {
        if self.next_row == 0 {
            self.arrange();
        }
        let start = self.next_row;
        let end = (start + self.size).min(self.order.len());
        self.next_row = end;
        if end == self.order.len() {
            self.next_row = 0;
            self.epoch = self.epoch.wrapping_add(1);
        }
        &self.order[start..end]
    }

    /// The same, of which the next call is still to come.
    #[cfg(feature = "look")]
    pub fn upcoming(&mut self) -> &[u32] {
        if self.next_row == 0 {
            self.arrange();
        }
        &self.order[self.next_row..(self.next_row + self.size).min(self.order.len())]
    }

    /// Finished epochs.
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// Finished batches of the epoch under way: 0 at its start.
    pub fn batch(&self) -> usize {
        self.next_row / self.size
    }

    /// Batches in an epoch.
    pub fn per_epoch(&self) -> usize {
        self.order.len().div_ceil(self.size)
    }

    /// Rows in a full batch, at most the number of training rows.
    pub fn batch_size(&self) -> usize {
        self.size
    }

    /// Goes to where `epoch` epochs and `batch` more batches are finished.
    /// A `batch` past the end of the epoch counts as its last.
    pub fn seek(&mut self, epoch: u32, batch: usize) {
        self.epoch = epoch;
        self.next_row = batch.min(self.per_epoch() - 1) * self.size;
        if self.next_row > 0 {
            self.arrange();
        }
    }

    /// Starts from the given list each time, so that an epoch's order needs no history.
    fn arrange(&mut self) {
        self.order.copy_from_slice(&self.train);
        if let Some(seed) = self.seed {
            Stream::new(seed, Purpose::Order, self.epoch).shuffle(&mut self.order);
        }
    }
}
