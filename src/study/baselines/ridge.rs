//! Ridge regression: `‖y − Xw‖² + α‖w‖²` with an intercept that isn't penalized, solved exactly.

use super::linear::{Centered, Linear, centered_targets};
use super::solve::{add_scaled, dot, gram, solve};
use crate::data::Dataset;
use crate::error::{Error, Result};

/// Equations that are solved at once: half a minute's work.
const MOST_EQUATIONS: usize = 4096;

pub(super) fn fit(data: &Dataset, penalty: f64) -> Result<Linear> {
    let (rows, width) = (data.rows(), data.width());
    if rows.min(width) > MOST_EQUATIONS {
        let what = format!(
            "ridge: {rows} rows of {width} features are too many; either may be at most {MOST_EQUATIONS}: take fewer features"
        );
        return Err(Error::Data { what });
    }
    let centered = Centered::new(&data.inputs, width);
    let (targets, target_means) = centered_targets(data);
    let mut weights = Vec::with_capacity(target_means.len() * width);
    if width <= rows {
        let columns = centered.columns();
        for target in targets.chunks_exact(rows) {
            weights.extend(columns.chunks_exact(rows).map(|column| dot(column, target)));
        }
        solve(&gram(&columns, rows), penalty, &mut weights);
    } else {
        // Fewer rows than features: weights are combinations of rows, w = Xᵀ (XXᵀ + α)⁻¹ y.
        let mut shares = targets;
        solve(&gram(&centered.rows, width), penalty, &mut shares);
        for shares in shares.chunks_exact(rows) {
            let mut sum = vec![0.0; width];
            centered
                .rows
                .chunks_exact(width)
                .zip(shares)
                .for_each(|(row, &share)| add_scaled(&mut sum, share, row));
            weights.extend(sum);
        }
    }
    Ok(Linear::new(weights, &centered, &target_means))
}
