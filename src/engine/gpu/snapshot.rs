//! Parameters and running statistics, put aside and taken back on the GPU.

use super::SnapshotBuffer;
use super::kernel::{COMMON, GROUP, Grid, Recipe, Set};
use crate::nn::plan::Plan;

/// The kernel `entry` (`keep` or `restore`) for a buffer.
pub fn recipe(plan: &Plan, buffer: SnapshotBuffer, entry: &'static str) -> Recipe {
    let numbers = plan.parameters + plan.buffers;
    Recipe {
        tiles: vec![],
        shared: &[COMMON],
        source: include_str!("snapshot.wgsl"),
        entry,
        constants: vec![("NUMBERS", numbers as f64), ("TARGET", f64::from(buffer as u8))],
        grid: Grid::fixed(numbers.div_ceil(GROUP)),
        set: Some(Set::Snapshots),
    }
}
