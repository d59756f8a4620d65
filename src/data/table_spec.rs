//! What the caller wants made of a table: roles of its columns, and cleaning steps for what is wrong with it.

#[cfg(feature = "table")]
use super::reading::ReadSpec;
use std::collections::BTreeMap;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Numbers.
    Number,
    /// One of a few names.
    Category,
    /// Days, counted from 1970-01-01.
    Date,
    /// Nothing to learn from: an identifier, one value throughout, free text.
    Ignore,
}

impl Kind {
    /// Each with its name in a Spec.
    pub const ALL: [(&str, Kind); 4] = [
        ("number", Kind::Number),
        ("category", Kind::Category),
        ("date", Kind::Date),
        ("ignore", Kind::Ignore),
    ];

    /// Its name in a Spec.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// Whether values or classes are to be predicted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TaskChoice {
    /// As the target column suggests.
    #[default]
    Auto,
    /// Classes.
    Classification,
    /// Values.
    Regression,
}

impl TaskChoice {
    /// Each with its name in a Spec.
    pub const ALL: [(&str, TaskChoice); 3] = [
        ("auto", TaskChoice::Auto),
        ("classification", TaskChoice::Classification),
        ("regression", TaskChoice::Regression),
    ];
}

/// Which value of the training rows stands in for a missing one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImputeWith {
    /// Their mean; of names, the most frequent.
    Mean,
    /// Their median; of names, the most frequent.
    Median,
    /// The most frequent value.
    Mode,
}

impl ImputeWith {
    /// Each with its name in a Spec.
    pub const ALL: [(&str, ImputeWith); 3] =
        [("mean", ImputeWith::Mean), ("median", ImputeWith::Median), ("mode", ImputeWith::Mode)];

    /// Its name in a Spec.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, by)| *by == self).map_or("", |(name, _)| name)
    }
}

/// A change to a table. Row numbers are those of the table as it was loaded, from 0, its header not counted; sentences
/// for people count them from 1.
#[derive(Debug, Clone, PartialEq)]
pub enum CleaningStep {
    /// Leaves rows out.
    DropRows {
        /// Which.
        rows: Vec<u32>,
    },
    /// Leaves out the rows that miss a value in a column, or in any used one.
    DropMissing {
        /// The column; none for all that are used.
        column: Option<String>,
    },
    /// Missing values are stood in for by one that the training rows suggest.
    Impute {
        /// The column.
        column: String,
        /// Which value.
        by: ImputeWith,
    },
    /// Leaves out every exact copy of an earlier row.
    DropDuplicates,
    /// Leaves a column out.
    DropColumn {
        /// The column.
        column: String,
    },
    /// Brings numbers outside a range to its nearer end.
    Cap {
        /// The column.
        column: String,
        /// The least.
        low: f64,
        /// The most.
        high: f64,
    },
    /// Gives several spellings one.
    Merge {
        /// The column.
        column: String,
        /// The spellings to replace.
        from: Vec<String>,
        /// The spelling to use.
        to: String,
    },
    /// Gives a row another label.
    Relabel {
        /// The row.
        row: u32,
        /// The label.
        to: String,
    },
    /// Gives a cell another text.
    Set {
        /// The row.
        row: u32,
        /// The column.
        column: String,
        /// The text.
        to: String,
    },
    /// Reads a column as another kind, unless the Spec's `kinds` say otherwise.
    Treat {
        /// The column.
        column: String,
        /// The kind.
        to: Kind,
    },
    /// Takes a word for a missing value, such as `NA`, as a name.
    Keep {
        /// The column.
        column: String,
        /// The word.
        word: String,
    },
    /// Keeps the most frequent names of a column, gives the others one name, and reads the column as a category.
    Group {
        /// The column.
        column: String,
        /// How many names stay.
        most: usize,
        /// The name of the others.
        to: String,
    },
}

impl CleaningStep {
    /// Its name in a Spec.
    pub fn name(&self) -> &'static str {
        match self {
            CleaningStep::DropRows { .. } => "drop-rows",
            CleaningStep::DropMissing { .. } => "drop-missing",
            CleaningStep::Impute { .. } => "impute",
            CleaningStep::DropDuplicates => "drop-duplicates",
            CleaningStep::DropColumn { .. } => "drop-column",
            CleaningStep::Cap { .. } => "cap",
            CleaningStep::Merge { .. } => "merge",
            CleaningStep::Relabel { .. } => "relabel",
            CleaningStep::Set { .. } => "set",
            CleaningStep::Treat { .. } => "kind",
            CleaningStep::Keep { .. } => "keep",
            CleaningStep::Group { .. } => "group",
        }
    }
}

/// How a table is to be read and cleaned.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableSpec {
    /// What was chosen by hand of how the file is read; whoever reads the file hands it to the reader.
    #[cfg(feature = "table")]
    pub read: ReadSpec,
    /// The column to predict; none for the last usable one.
    pub target: Option<String>,
    /// Values or classes.
    pub task: TaskChoice,
    /// Kinds given by hand, by the column's name.
    pub kinds: BTreeMap<String, Kind>,
    /// Cleaning steps in their order.
    pub clean: Vec<CleaningStep>,
}
