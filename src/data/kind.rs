//! What a column seems to hold.

use super::date::Order;
use super::remedy::Kind;
use super::table::Column;

/// Why a column is left out unless the caller wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Every cell is missing.
    Empty,
    /// All rows have one value.
    Constant,
    /// It numbers or names the rows.
    Identifier,
    /// Too many different texts to be names of groups.
    FreeText,
}

/// Counts over a column and what follows from them.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Cells that hold nothing.
    pub missing: usize,
    /// Different texts among the others.
    pub distinct: usize,
    /// Cells that stand for numbers.
    pub numbers: usize,
    /// Whether all those are whole.
    pub whole: bool,
    /// The order of its dates, if it holds dates.
    pub order: Option<Order>,
    /// The kind of its cells: never [`Kind::Ignore`].
    pub base: Kind,
    /// Why it is to be left out, if it is.
    pub why: Option<Why>,
}

impl Default for Profile {
    fn default() -> Profile {
        let (base, why) = (Kind::Category, Some(Why::Empty));
        Profile { missing: 0, distinct: 0, numbers: 0, whole: true, order: None, base, why }
    }
}

/// A column is of numbers (or dates) if this share of what isn't missing is; the others are reported.
const MOST: f64 = 0.8;

/// More different texts than these are no names of groups, unless the caller says so.
const MOST_CATEGORIES: usize = 100;

impl Profile {
    /// The kind that the column is inferred to be.
    pub fn kind(&self) -> Kind {
        if self.why.is_some() { Kind::Ignore } else { self.base }
    }

    /// Looks at the column that stands at place `index` of `columns`.
    pub(super) fn of(column: &Column, index: usize, columns: usize) -> Profile {
        let mut cells: Vec<_> =
            column.cells().iter().copied().filter(|&cell| !column.is_missing(cell)).collect();
        let present = cells.len();
        let mut profile = Profile { missing: column.cells().len() - present, ..Profile::default() };
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for number in cells.iter().filter_map(|&cell| column.number(cell)) {
            profile.numbers += 1;
            profile.whole &= number.fract() == 0.0;
            (least, most) = (least.min(number), most.max(number));
        }
        cells.sort_unstable();
        cells.dedup();
        profile.distinct = cells.len();
        let enough = (MOST * present as f64).ceil() as usize;
        if present == 0 {
            return profile;
        }
        if profile.numbers >= enough {
            profile.base = Kind::Number;
        } else {
            let dates = |order: &Order| {
                let read = column.cells().iter().filter(|&&cell| column.days_in(cell, *order).is_some());
                read.count() >= enough
            };
            // Most columns of text have no cell that is a date in any order; those don't pay for three sweeps.
            let hopeful = cells
                .iter()
                .take(50)
                .any(|&cell| Order::ALL.iter().any(|&o| column.days_in(cell, o).is_some()));
            profile.order = if hopeful { best_order(column, &cells, dates) } else { None };
            if profile.order.is_some() {
                profile.base = Kind::Date;
            }
        }
        profile.why = profile.reason(column, present, most - least, index, columns);
        profile
    }

    fn reason(
        &self,
        column: &Column,
        present: usize,
        range: f64,
        index: usize,
        columns: usize,
    ) -> Option<Why> {
        let distinct = self.distinct;
        if distinct == 1 && present > 1 {
            return Some(Why::Constant);
        }
        // Copied rows may repeat a few numbers.
        let nearly_all = present >= 10 && distinct * 10 >= present * 9;
        match self.base {
            Kind::Number => {
                let counts = self.whole
                    && self.numbers == present
                    && range + 1.0 == distinct as f64
                    && ascends(column);
                let first = index == 0 && columns >= 3 && counts;
                let is = nearly_all && self.whole && (first || is_identifier_name(&column.name));
                is.then_some(Why::Identifier)
            }
            Kind::Category if nearly_all => Some(Why::Identifier),
            Kind::Category if distinct > MOST_CATEGORIES || (distinct > 20 && 2 * distinct > present) => {
                Some(Why::FreeText)
            }
            _ => None,
        }
    }
}

/// The order that reads the most cells, if it reads enough of them.
fn best_order(
    column: &Column,
    cells: &[super::cell::Cell],
    enough: impl Fn(&Order) -> bool,
) -> Option<Order> {
    let read = |order: Order| cells.iter().filter(|&&cell| column.days_in(cell, order).is_some()).count();
    let mut best = (0, None);
    for order in Order::ALL {
        let count = read(order);
        if count > best.0 {
            best = (count, Some(order));
        }
    }
    best.1.filter(enough)
}

/// Whether nearly every number is larger than the one before.
fn ascends(column: &Column) -> bool {
    let cells = column.cells();
    let rises = cells.windows(2).filter(|pair| column.number(pair[0]) < column.number(pair[1])).count();
    rises * 10 >= cells.len() * 9
}

/// Whether a name says that a column names rows: `id`, `passengerId`, `row_id`, `index`, `Unnamed: 0`.
fn is_identifier_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let ends = ["_id", " id", "-id", ".id"].iter().any(|end| lower.ends_with(end));
    let camel = name.ends_with("Id") || (name.ends_with("ID") && name.len() > 2);
    ends || camel
        || matches!(
            lower.as_str(),
            "id" | "index" | "row" | "rownames" | "key" | "uuid" | "no" | "nr" | "#" | "unnamed: 0"
        )
}
