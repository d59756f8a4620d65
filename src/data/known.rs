//! What the texts of a column stand for, each read once.

use super::cell::Cell;
use super::pool::Pool;

/// A number for each of the first texts of a pool.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// NaN for a text that stands for none; empty where no text stands for one.
    numbers: Vec<f64>,
    /// How many texts were read.
    read: usize,
}

impl Known {
    /// All texts of a pool, as `read` takes their cells.
    pub(super) fn of(pool: &Pool, read: impl Fn(Cell) -> Option<f64>) -> Known {
        let all = (0..pool.len() as u32).map(|id| read(Cell::pooled(id)).unwrap_or(f64::NAN));
        let mut numbers: Vec<f64> = all.collect();
        if numbers.iter().all(|number| number.is_nan()) {
            numbers = Vec::new();
        }
        Known { numbers, read: pool.len() }
    }

    /// The number of a cell; one that isn't known is read now.
    pub(super) fn get(&self, cell: Cell, read: impl Fn(Cell) -> Option<f64>) -> Option<f64> {
        match cell.id().map(|id| id as usize).filter(|&id| id < self.read) {
            Some(id) => self.numbers.get(id).copied().filter(|number| !number.is_nan()),
            None => read(cell),
        }
    }

    /// Bytes that it takes.
    pub(super) fn bytes(&self) -> usize {
        8 * self.numbers.len()
    }
}
