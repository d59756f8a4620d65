//! How a file is read: what somebody chose by hand, and what the reader settled on, each with its evidence.

use super::said::{Said, say};

/// What stands between cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    /// One byte, each time.
    Byte(u8),
    /// Blanks and tabs, however many.
    Blanks,
    /// Nothing: each column begins at the same place in every line.
    Fixed,
}

impl Delimiter {
    /// Each with its name in a Spec.
    pub const ALL: [(&str, Delimiter); 7] = [
        (",", Delimiter::Byte(b',')),
        (";", Delimiter::Byte(b';')),
        ("\t", Delimiter::Byte(b'\t')),
        ("|", Delimiter::Byte(b'|')),
        (":", Delimiter::Byte(b':')),
        (" ", Delimiter::Blanks),
        ("fixed", Delimiter::Fixed),
    ];

    /// Its name in a Spec.
    pub fn name(self) -> &'static str {
        name_of(self, &Self::ALL)
    }

    /// What a list of choices calls it.
    pub fn label(self) -> Said {
        match self {
            Delimiter::Byte(b';') => say!("semicolon", "Semicolon"),
            Delimiter::Byte(b'\t') => say!("tab", "Tab"),
            Delimiter::Byte(b'|') => say!("verticalBar", "Vertical bar"),
            Delimiter::Byte(b':') => say!("colon", "Colon"),
            Delimiter::Byte(_) => say!("comma", "Comma"),
            Delimiter::Blanks => say!("blanks", "Blanks"),
            Delimiter::Fixed => say!("fixedWidth", "Fixed width"),
        }
    }
}

/// What encloses a cell whose text has delimiters of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quote {
    /// `"`
    Double,
    /// `'`
    Single,
    /// Nothing: quotes are letters like others.
    None,
}

impl Quote {
    /// Each with its name in a Spec.
    pub const ALL: [(&str, Quote); 3] = [("\"", Quote::Double), ("'", Quote::Single), ("none", Quote::None)];

    /// Its name in a Spec.
    pub fn name(self) -> &'static str {
        name_of(self, &Self::ALL)
    }
}

/// How a quote stands within quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// Twice.
    Double,
    /// After a backslash.
    Backslash,
}

impl Escape {
    /// Each with its name in a Spec.
    pub const ALL: [(&str, Escape); 2] = [("double", Escape::Double), ("backslash", Escape::Backslash)];

    /// Its name in a Spec.
    pub fn name(self) -> &'static str {
        name_of(self, &Self::ALL)
    }
}

/// What a comment line begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comment {
    /// There are none.
    None,
    /// This.
    Mark(&'static str),
}

impl Comment {
    /// Each with its name in a Spec.
    pub const ALL: [(&str, Comment); 8] = [
        ("none", Comment::None),
        ("#", Comment::Mark("#")),
        ("%", Comment::Mark("%")),
        ("//", Comment::Mark("//")),
        ("--", Comment::Mark("--")),
        (";", Comment::Mark(";")),
        ("!", Comment::Mark("!")),
        ("*", Comment::Mark("*")),
    ];

    /// Its name in a Spec.
    pub fn name(self) -> &'static str {
        name_of(self, &Self::ALL)
    }
}

/// What stands before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// `3.14`
    Point,
    /// `3,14`
    Comma,
}

impl Decimal {
    /// Each with its name in a Spec.
    pub const ALL: [(&str, Decimal); 2] = [(".", Decimal::Point), (",", Decimal::Comma)];

    /// Its name in a Spec.
    pub fn name(self) -> &'static str {
        name_of(self, &Self::ALL)
    }
}

/// Which of two numbers is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    /// 24/11/2026
    DayFirst,
    /// 11/24/2026
    MonthFirst,
}

impl DayOrder {
    /// Each with its name in a Spec.
    pub const ALL: [(&str, DayOrder); 2] =
        [("day-first", DayOrder::DayFirst), ("month-first", DayOrder::MonthFirst)];

    /// Its name in a Spec.
    pub fn name(self) -> &'static str {
        name_of(self, &Self::ALL)
    }
}

fn name_of<T: PartialEq>(item: T, all: &[(&'static str, T)]) -> &'static str {
    all.iter().find(|(_, known)| *known == item).map_or("", |(name, _)| name)
}

/// What was chosen by hand of how a file is read; what is `None` the reader settles by the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadSpec {
    /// Label of the encoding. The caller decodes: a [`Reader`](super::csv::Reader) takes UTF-8.
    pub encoding: Option<String>,
    /// What the file is; the caller's as well.
    pub format: Option<String>,
    /// Sheet of a workbook; the caller's as well.
    pub sheet: Option<String>,
    /// What stands between cells.
    pub delimiter: Option<Delimiter>,
    /// Whether the first line of the table names the columns.
    pub header: Option<bool>,
    /// Lines before the table.
    pub skip: Option<u32>,
    /// What comment lines begin with.
    pub comment: Option<Comment>,
    /// What encloses cells.
    pub quote: Option<Quote>,
    /// How a quote stands within quotes.
    pub escape: Option<Escape>,
    /// Whether the header has no name for the first column, which names rows.
    pub row_names: Option<bool>,
    /// Whether the line under the header holds units.
    pub units_row: Option<bool>,
    /// What stands before the decimals.
    pub decimal: Option<Decimal>,
    /// Which of two numbers is the day.
    pub dates: Option<DayOrder>,
}

/// A value of a [`ReadSpec`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// A name.
    Name(&'static str),
    /// Yes or no.
    Flag(bool),
    /// A number of lines.
    Count(u64),
}

/// One thing about the file that was settled, by hand or by its looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The field of the Spec's `data.read` that it answers to.
    pub key: &'static str,
    /// What was used.
    pub value: Choice,
    /// Whether it was chosen by hand.
    pub is_chosen: bool,
    /// Whether the file leaves no doubt; if it does, the reader of the page is asked.
    pub is_sure: bool,
    /// What else may be chosen, the value used included, each with a label.
    pub choices: Vec<(Choice, Said)>,
    /// The evidence, or the question: one short sentence.
    pub sentence: Said,
}

/// Yes and no as choices.
pub fn yes_or_no(yes: Said, no: Said) -> Vec<(Choice, Said)> {
    vec![(Choice::Flag(true), yes), (Choice::Flag(false), no)]
}
