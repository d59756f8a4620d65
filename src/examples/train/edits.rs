//! Labels that were changed by hand and pictures that were left out, as the page has it (www/features/images/worker/edits.js):
//! which pictures are tested doesn't change by that, and test pictures stay as they are. The core deals rows by their number
//! and class, so those that are left are put where it deals them as they were dealt before.

use super::Sentence;
use super::pictures::Pictures;
use super::rows::told;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use trainyard::data::{Dataset, SplitSpec, split};
use trainyard::run::Spec;

/// What was changed by hand.
pub struct Edits {
    labels: BTreeMap<usize, u8>,
    dropped: BTreeSet<usize>,
}

/// The pictures that are left.
pub struct Arranged {
    /// Shares of the parts, as a Spec has them.
    pub split: Value,
    /// Which picture each row is.
    pub order: Vec<usize>,
    /// The class of each.
    pub labels: Vec<u8>,
}

/// As `points().part` has it.
const TRAIN: usize = 0;
const VALIDATION: usize = 1;
const TEST: usize = 2;

/// Of the steps of `data.clean`.
pub fn read(steps: &Value, set: &Pictures) -> Result<Edits, Sentence> {
    let mut edits = Edits { labels: BTreeMap::new(), dropped: BTreeSet::new() };
    let count = set.labels.len();
    let names =
        set.names.clone().unwrap_or_else(|| (0..set.classes).map(|class| class.to_string()).collect());
    for (index, step) in steps.as_array().into_iter().flatten().enumerate() {
        let place = |row: &Value| {
            let known = row.as_u64().map(|row| row as usize).filter(|&row| row < count);
            known.ok_or_else(|| {
                format!("data.clean[{index}]: picture {} is outside 0…{}.", told(row), count - 1)
            })
        };
        match step["fix"].as_str() {
            Some("drop-rows") if step["rows"].is_array() => {
                for row in step["rows"].as_array().into_iter().flatten() {
                    edits.dropped.insert(place(row)?);
                }
            }
            Some("relabel") => {
                let label = names.iter().position(|name| step["to"] == name.as_str()).ok_or_else(|| {
                    let (to, known) = (told(&step["to"]), names.join(", "));
                    format!("data.clean[{index}].to: {to} is not one of {known}.")
                })?;
                edits.labels.insert(place(&step["row"])?, label as u8);
            }
            _ => {
                let fix = told(&step["fix"]);
                return Err(format!(
                    "data.clean[{index}].fix: {fix} is not one of drop-rows, relabel; others need a table."
                ));
            }
        }
    }
    Ok(edits)
}

impl Edits {
    /// Whether nothing was changed.
    pub fn is_none(&self) -> bool {
        self.labels.is_empty() && self.dropped.is_empty()
    }

    /// The pictures that are left, in the order in which the core is given them.
    pub fn arranged(&self, set: &Pictures, spec: &Spec) -> Result<Arranged, Sentence> {
        let before = dealt(&set.labels, set.classes, &spec.data.split, spec.seed)?;
        let mut parts: [Vec<usize>; 3] = Default::default();
        for (row, &part) in before.iter().enumerate() {
            if part == TEST || !self.dropped.contains(&row) {
                parts[part].push(row);
            }
        }
        if parts[TRAIN].is_empty() {
            return Err("data.clean: it leaves no picture to learn from.".into());
        }
        let rows: usize = parts.iter().map(Vec::len).sum();
        let [train, validation, test] =
            [TRAIN, VALIDATION, TEST].map(|part| parts[part].len() as f64 / rows as f64);
        let shares = SplitSpec { train, validation, test, stratify: false };
        let after = dealt(&vec![0; rows], set.classes, &shares, spec.seed)?;
        let mut left = parts.map(Vec::into_iter);
        let order: Vec<usize> = after.iter().filter_map(|&part| left[part].next()).collect();
        let label = |(&row, &part): (&usize, &usize)| match self.labels.get(&row) {
            Some(&other) if part != TEST => other,
            _ => set.labels[row],
        };
        let labels = order.iter().zip(&after).map(label).collect();
        let split = json!({ "train": train, "validation": validation, "test": test, "stratify": false });
        Ok(Arranged { split, order, labels })
    }
}

/// The part of each row, as the core deals them.
fn dealt(labels: &[u8], classes: usize, shares: &SplitSpec, seed: u32) -> Result<Vec<usize>, Sentence> {
    let targets: Vec<f32> = labels.iter().map(|&label| f32::from(label)).collect();
    let dealt = Dataset::from_rows(vec![0.0; labels.len()], targets, vec![1], Some(classes))
        .and_then(|rows| split(&rows, shares, seed))
        .map_err(|error| format!("{error}."))?;
    let mut parts = vec![TRAIN; labels.len()];
    for (rows, part) in [(&dealt.validation, VALIDATION), (&dealt.test, TEST)] {
        rows.iter().for_each(|&row| parts[row as usize] = part);
    }
    Ok(parts)
}
