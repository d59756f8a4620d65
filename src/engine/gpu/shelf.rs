//! Parameters and running statistics, put aside and taken back on the GPU.

use super::Shelf;
use super::kernel::{COMMON, GROUP, Grid, Recipe, Set};
use crate::nn::plan::Plan;

/// The kernel `entry` (`keep` or `restore`) for a shelf.
pub fn recipe(plan: &Plan, shelf: Shelf, entry: &'static str) -> Recipe {
    let numbers = plan.parameters + plan.buffers;
    Recipe {
        tiles: vec![],
        shared: &[COMMON],
        source: include_str!("shelf.wgsl"),
        entry,
        constants: vec![("NUMBERS", numbers as f64), ("SHELF", f64::from(shelf as u8))],
        grid: Grid::fixed(numbers.div_ceil(GROUP)),
        set: Some(Set::Shelves),
    }
}
