//! The data doctor: what may be wrong with a table, each with a count, example rows, a sentence and cleaning steps to choose from.
//!
//! Nothing is changed here. A finding is a suspicion: the reader decides, and [`clean`](super::clean) acts.

mod codes;
mod constant;
mod duplicates;
mod harm;
mod identifier;
mod imbalance;
mod labels;
mod leakage;
mod missing;
mod mixed_types;
mod neighbors;
mod numbers;
mod one_hot;
mod outliers;
mod sentinels;
mod spellings;
mod totals;
mod unscaled;
mod view;

use super::said::Said;
use super::seen::Seen;
use super::table::Table;
use super::table_spec::{CleaningStep, TableSpec};
use crate::error::Result;
use std::rc::Rc;
use view::View;

/// What may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingKind {
    /// Cells without a value.
    Missing,
    /// Rows that equal an earlier one.
    Duplicates,
    /// A column with one value.
    Constant,
    /// A column that names rows.
    Identifier,
    /// Numbers far from all others.
    Outliers,
    /// Texts among numbers, or numbers among names.
    MixedTypes,
    /// One name spelled in several ways.
    Spellings,
    /// Labels that similar rows don't share.
    Labels,
    /// Classes of very different size.
    Imbalance,
    /// Features of very different size.
    Unscaled,
    /// A feature that gives the answer away.
    Leakage,
    /// Digits that are names.
    Codes,
    /// A row that sums up the others.
    Total,
}

impl FindingKind {
    /// Every kind with its word in documents.
    pub const ALL: [(&'static str, FindingKind); 13] = [
        ("missing", FindingKind::Missing),
        ("duplicates", FindingKind::Duplicates),
        ("constant", FindingKind::Constant),
        ("identifier", FindingKind::Identifier),
        ("outliers", FindingKind::Outliers),
        ("mixed-types", FindingKind::MixedTypes),
        ("spellings", FindingKind::Spellings),
        ("labels", FindingKind::Labels),
        ("imbalance", FindingKind::Imbalance),
        ("unscaled", FindingKind::Unscaled),
        ("leakage", FindingKind::Leakage),
        ("codes", FindingKind::Codes),
        ("total", FindingKind::Total),
    ];

    /// Its word in documents.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, known)| *known == self).map_or("", |(name, _)| name)
    }
}

/// A cleaning step and what a button for it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// What it does, in a few words.
    pub label: Said,
    /// The step.
    pub fix: CleaningStep,
}

/// One thing that may be wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// The column it concerns, if it is one.
    pub column: Option<usize>,
    /// How many cells, rows or values it concerns.
    pub count: usize,
    /// The rows, ascending, as numbered in the table; empty where it concerns the column as a whole.
    pub rows: Vec<u32>,
    /// What was found and why it matters.
    pub sentence: Said,
    /// What may be done, the likeliest first.
    pub remedies: Vec<Suggestion>,
}

impl Finding {
    /// Adds a cleaning step to choose from.
    fn with_suggestion(mut self, label: Said, fix: CleaningStep) -> Finding {
        self.remedies.push(Suggestion { label, fix });
        self
    }
}

/// What is offered in more than one place.
mod label {
    use crate::data::said::{Said, say};

    pub(super) fn leave_rows_out() -> Said {
        say!("leaveRowsOut", "Leave these rows out")
    }

    pub(super) fn leave_column_out() -> Said {
        say!("leaveColumnOut", "Leave the column out")
    }

    pub(super) fn fill_in_median() -> Said {
        say!("fillInMedian", "Fill in the median")
    }

    pub(super) fn treat_as_category() -> Said {
        say!("treatAsCategory", "Treat as a category")
    }
}

/// Looks at a table as `spec` leaves it after its cleaning steps. `scaled`: whether features will be brought to a common
/// scale.
///
/// # Errors
/// A [`TableSpec`] that doesn't fit the table.
pub fn examine(table: &Table, spec: &TableSpec, scaled: bool) -> Result<Vec<Finding>> {
    Ok(Seen::new(table, spec)?.examine(scaled))
}

impl Seen {
    /// What may be wrong with the rows left; see [`examine`].
    pub fn examine(&self, scaled: bool) -> Vec<Finding> {
        let mut found = Found::default();
        while found.step(self, scaled) {}
        found.findings
    }
}

/// An examination under way. It takes one look after the other, so that whoever waits can be told how far it is, and may
/// stop it.
pub struct Examination {
    seen: Rc<Seen>,
    scaled: bool,
    found: Found,
}

impl Examination {
    /// Of the rows left, before the first look. `scaled` as for [`examine`].
    pub fn new(seen: Rc<Seen>, scaled: bool) -> Examination {
        Examination { seen, scaled, found: Found::default() }
    }

    /// Takes the next look; returns whether there is another one.
    pub fn step(&mut self) -> bool {
        self.found.step(&self.seen, self.scaled)
    }

    /// The share of the looks that are done.
    pub fn share(&self) -> f64 {
        self.found.looks as f64 / LOOKS.len() as f64
    }

    /// What was found so far; in order, and with warnings, once all looks are done.
    pub fn findings(&self) -> &[Finding] {
        &self.found.findings
    }

    /// The name of a column that a finding is about.
    pub fn name(&self, column: usize) -> &str {
        &self.seen.cleaned.table.column(column).name
    }
}

/// What was found so far, and by how many looks.
#[derive(Default)]
struct Found {
    findings: Vec<Finding>,
    /// Found with the sentinels, told behind the spellings.
    outliers: Vec<Finding>,
    looks: usize,
}

impl Found {
    fn step(&mut self, seen: &Seen, scaled: bool) -> bool {
        let Seen { spec, roles, cleaned } = seen;
        let dropped = spec.clean.iter().filter_map(|step| match step {
            CleaningStep::DropColumn { column } => cleaned.table.find(column),
            _ => None,
        });
        let view = View {
            table: &cleaned.table,
            roles,
            rows: &cleaned.rows,
            imputes: &cleaned.imputes,
            dropped: &dropped.collect::<Vec<_>>(),
            chose_target: spec.target.is_some(),
            scaled,
        };
        if let Some(look) = LOOKS.get(self.looks) {
            look(&view, self);
            self.looks += 1;
        }
        self.looks < LOOKS.len()
    }
}

/// The looks, in the order in which findings are told.
const LOOKS: [fn(&View, &mut Found); 15] = [
    |view, found| found.findings.extend(missing::examine(view)),
    |view, found| {
        let (sentinels, outliers) = numbers::examine(view);
        found.findings.extend(sentinels);
        found.outliers = outliers;
    },
    |view, found| found.findings.extend(duplicates::examine(view)),
    |view, found| found.findings.extend(totals::examine(view)),
    |view, found| found.findings.extend(mixed_types::examine(view)),
    |view, found| {
        found.findings.extend(spellings::examine(view));
        found.findings.append(&mut found.outliers);
    },
    |view, found| found.findings.extend(labels::examine(view)),
    |view, found| found.findings.extend(leakage::examine(view)),
    |view, found| found.findings.extend(one_hot::examine(view)),
    |view, found| found.findings.extend(imbalance::examine(view)),
    |view, found| found.findings.extend(constant::examine(view)),
    |view, found| found.findings.extend(identifier::examine(view)),
    |view, found| found.findings.extend(codes::examine(view)),
    |view, found| {
        if !view.scaled {
            found.findings.extend(unscaled::examine(view));
        }
    },
    |view, found| harm::warn(view, &mut found.findings),
];
