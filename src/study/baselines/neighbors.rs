//! k nearest neighbors by Euclidean distance, each with the same say.

use crate::data::{Dataset, Task};

#[derive(Debug, Clone)]
pub(super) struct Neighbors {
    inputs: Vec<f64>,
    /// `[rows, targets]` values, or `[rows]` class indices.
    targets: Vec<f64>,
    task: Task,
    count: usize,
}

impl Neighbors {
    pub(super) fn fit(data: &Dataset, neighbors: usize) -> Neighbors {
        Neighbors {
            inputs: data.inputs.clone(),
            targets: data.targets.clone(),
            task: data.task,
            count: neighbors.min(data.rows()),
        }
    }

    /// `distances` is working space. Of rows equally near the first ones count.
    pub(super) fn predict(&self, row: &[f64], distances: &mut Vec<(f64, u32)>, outputs: &mut [f64]) {
        distances.clear();
        let squares = self.inputs.chunks_exact(row.len()).map(|known| squared_distance(known, row));
        distances.extend(squares.zip(0_u32..));
        let order = |a: &(f64, u32), b: &(f64, u32)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
        if self.count < distances.len() {
            distances.select_nth_unstable_by(self.count - 1, order);
        }
        let nearest = &mut distances[..self.count];
        nearest.sort_unstable_by(order);
        outputs.fill(0.0);
        for &(_, known) in nearest.iter() {
            match self.task {
                Task::Classification { .. } => outputs[self.targets[known as usize] as usize] += 1.0,
                Task::Regression { targets } => {
                    let values = &self.targets[known as usize * targets..][..targets];
                    outputs.iter_mut().zip(values).for_each(|(output, value)| *output += value);
                }
            }
        }
        outputs.iter_mut().for_each(|output| *output /= self.count as f64);
    }

    /// All rows are kept.
    pub(super) fn numbers(&self) -> usize {
        self.inputs.len() + self.targets.len()
    }
}

fn squared_distance(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (a_fours, b_fours) = (a.chunks_exact(4), b.chunks_exact(4));
    let square = |(x, y): (&f64, &f64)| (x - y) * (x - y);
    let rest: f64 = a_fours.remainder().iter().zip(b_fours.remainder()).map(square).sum();
    for (x, y) in a_fours.zip(b_fours) {
        for lane in 0..4 {
            sums[lane] += (x[lane] - y[lane]) * (x[lane] - y[lane]);
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}
