//! What stands in for a missing value.

use super::table_spec::ImputeWith;

/// The value that stands in for the missing ones (NaN) among `values`; names, given by their indices, have neither
/// mean nor median, so the most frequent one stands in. Of equally frequent values it is the least. 0 when all are
/// missing.
pub fn stand_in(values: impl Iterator<Item = f64>, by: ImputeWith, is_name: bool) -> f64 {
    let mut known: Vec<f64> = values.filter(|value| !value.is_nan()).collect();
    known.sort_unstable_by(f64::total_cmp);
    let count = known.len();
    if count == 0 {
        return 0.0;
    }
    let by = if is_name { ImputeWith::Mode } else { by };
    match by {
        ImputeWith::Mean => known.iter().sum::<f64>() / count as f64,
        ImputeWith::Median => (known[(count - 1) / 2] + known[count / 2]) / 2.0,
        ImputeWith::Mode => {
            let mut best = (0, 0.0);
            for group in known.chunk_by(|a, b| a == b) {
                if group.len() > best.0 {
                    best = (group.len(), group[0]);
                }
            }
            best.1
        }
    }
}
