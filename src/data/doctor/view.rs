//! What the doctor looks at: the rows and columns that cleaning steps have left.

use super::{Finding, FindingKind};
use crate::data::cell::Cell;
use crate::data::roles::Roles;
use crate::data::said::{Said, say};
use crate::data::table::{Column, Table};
use crate::data::table_spec::{ImputeWith, Kind};

pub(super) struct View<'a> {
    pub(super) table: &'a Table,
    pub(super) roles: &'a Roles,
    /// The rows left, ascending.
    pub(super) rows: &'a [u32],
    pub(super) imputes: &'a [Option<ImputeWith>],
    /// Columns left out by a cleaning step: nothing more to say of them.
    pub(super) dropped: &'a [usize],
    /// Whether the target was chosen by hand.
    pub(super) chose_target: bool,
    /// Whether features will be brought to a common scale.
    pub(super) scaled: bool,
}

impl View<'_> {
    pub(super) fn column(&self, column: usize) -> &Column {
        self.table.column(column)
    }

    pub(super) fn name(&self, column: usize) -> &str {
        &self.table.column(column).name
    }

    pub(super) fn kind(&self, column: usize) -> Kind {
        self.roles.kinds[column]
    }

    /// With that another column is the target, where `column` stands behind it and nobody chose.
    pub(super) fn with_target(&self, column: usize, sentence: Said) -> Said {
        let target = self.roles.target;
        if self.chose_target || column < target || self.kind(column) != Kind::Ignore {
            return sentence;
        }
        let name = self.name(target);
        both(
            sentence,
            say!("targetIs", "The target is \"{name}\", the last column that can be one.", name = name),
        )
    }

    /// Row numbers and cells of a column.
    pub(super) fn cells(&self, column: usize) -> impl Iterator<Item = (u32, Cell)> {
        let cells = self.table.column(column).cells();
        self.rows.iter().map(move |&row| (row, cells[row as usize]))
    }

    /// Row numbers and numbers of a column: of dates their days, of names none.
    pub(super) fn numbers(&self, column: usize) -> impl Iterator<Item = (u32, f64)> {
        let (own, kind) = (self.column(column), self.kind(column));
        self.cells(column).filter_map(move |(row, cell)| {
            let number = if kind == Kind::Date { own.days(cell) } else { own.number(cell) };
            number.filter(|_| !own.is_missing(cell)).map(|number| (row, number))
        })
    }

    /// Inputs that hold numbers.
    pub(super) fn number_inputs(&self) -> impl Iterator<Item = usize> {
        self.roles.inputs().filter(|&column| self.kind(column) == Kind::Number)
    }

    /// A finding about a column, or about rows as a whole.
    pub(super) fn finding(
        &self,
        kind: FindingKind,
        column: Option<usize>,
        mut rows: Vec<u32>,
        sentence: Said,
    ) -> Finding {
        rows.sort_unstable();
        Finding { kind, column, count: rows.len(), rows, sentence, remedies: vec![] }
    }

    /// `n of m rows` or `1 of m rows`, with a share where that helps.
    pub(super) fn share(&self, count: usize) -> Said {
        let all = self.rows.len();
        let percent = percent(count, all);
        say!("share", "{count} of {all} rows ({percent})", count = count, all = all, percent = percent)
    }
}

/// A share in percent. Only all of it is 100%, only none of it 0%: near either a tenth more is told.
pub(super) fn percent(count: usize, all: usize) -> Said {
    let of = |number: String| say!("percent", "{number}%", number = number);
    match 100.0 * count as f64 / all.max(1) as f64 {
        part if count == 0 || count >= all => of(format!("{part:.0}")),
        part if part < 0.05 => say!("underTenth", "under 0.1%"),
        part if part >= 99.99 => say!("overNearlyAll", "over 99.9%"),
        part if part >= 99.9 => of("99.9".into()),
        part if !(0.95..99.5).contains(&part) => of(format!("{part:.1}")),
        part => of(format!("{part:.0}")),
    }
}

/// Two sentences.
pub(super) fn both(first: Said, second: Said) -> Said {
    say!("both", "{first} {second}", first = first, second = second)
}

/// A number for people: about four digits, without a tail of zeros.
pub(super) fn brief(number: f64) -> String {
    let size = number.abs();
    let text = match size {
        _ if number == 0.0 => return "0".into(),
        _ if !(1e-3..1e7).contains(&size) => return format!("{number:.2e}"),
        _ if size >= 1000.0 => format!("{number:.0}"),
        _ if size >= 10.0 => format!("{number:.1}"),
        _ => format!("{number:.3}"),
    };
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
