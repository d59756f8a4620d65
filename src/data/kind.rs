//! What a column seems to hold.

use super::cell::{Cell, Gap};
use super::date::Order;
use super::number::is_padded;
use super::table::Column;
use super::table_spec::Kind;
use std::cmp::Ordering;

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
    /// How its dates or times are written, if it has some.
    pub order: Option<Order>,
    /// Whether days come before months, where its dates have both as numbers.
    pub day_first: Option<bool>,
    /// Whether months and days could be told apart by nothing.
    pub is_order_open: bool,
    /// Whether its numbers are codes of one length with zeros before them, such as `007`: names.
    pub is_coded: bool,
    /// The kind of its cells: never [`Kind::Ignore`].
    pub base: Kind,
    /// Why it is to be left out, if it is.
    pub why: Option<Why>,
}

impl Default for Profile {
    fn default() -> Profile {
        Profile {
            missing: 0,
            distinct: 0,
            numbers: 0,
            whole: true,
            order: None,
            day_first: None,
            is_order_open: false,
            is_coded: false,
            base: Kind::Category,
            why: Some(Why::Empty),
        }
    }
}

/// A column is of numbers (or dates) if this share of what isn't missing is; the others are reported.
const MOST_SHARE: f64 = 0.8;

/// More different quarters or weeks than these tell when something was.
const MOST_PARTS: usize = 12;

/// More different texts than these are no names of groups, unless each stands in several rows, or the caller says so.
const MOST_CATEGORIES: usize = 100;
/// Rows that each of many names should have, on average.
const ROWS_A_NAME: usize = 5;
/// Inputs that many names may become, over all rows.
const MOST_INPUTS: usize = 8_000_000;

impl Profile {
    /// The kind that the column is inferred to be.
    pub fn kind(&self) -> Kind {
        if self.why.is_some() { Kind::Ignore } else { self.base }
    }

    /// Looks at the column that stands at place `index` of `columns`, by its different cells and their rows.
    pub(super) fn of(column: &Column, all: &[(Cell, usize)], index: usize, columns: usize) -> Profile {
        let rows = |cells: &[(Cell, usize)]| cells.iter().map(|(_, rows)| rows).sum::<usize>();
        let gap = |cell: Cell| column.gap(cell);
        let named: Vec<(Cell, usize)> =
            all.iter().copied().filter(|&(cell, _)| gap(cell) != Gap::Is).collect();
        let mut cells = named.clone();
        cells.retain(|&(cell, _)| gap(cell) == Gap::IsNot);
        let mut profile = Profile::default();
        profile.settle(column, &cells, rows(&cells));
        // Among names, words such as "unknown" are names too.
        if profile.base == Kind::Category {
            cells = named;
        }
        let present = rows(&cells);
        profile.missing = column.cells().len() - present;
        profile.distinct = cells.len();
        if present == 0 {
            return profile;
        }
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for (number, rows) in cells.iter().filter_map(|&(cell, rows)| Some((column.number(cell)?, rows))) {
            profile.numbers += rows;
            profile.whole &= number.fract() == 0.0;
            (least, most) = (least.min(number), most.max(number));
        }
        profile.why = profile.reason(column, present, most - least, index, columns);
        profile
    }

    /// Settles the kind of the column's values, of which there are `present`.
    fn settle(&mut self, column: &Column, cells: &[(Cell, usize)], present: usize) {
        let enough = ((MOST_SHARE * present as f64).ceil() as usize).max(1);
        let read = |is: &dyn Fn(Cell) -> bool| {
            cells.iter().filter(|&&(cell, _)| is(cell)).map(|(_, rows)| rows).sum::<usize>()
        };
        let in_order = |order: Order| read(&|cell| column.days_in(cell, order).is_some());
        let numbers = read(&|cell| column.number(cell).is_some());
        if numbers > 0 && numbers + column.style().foreign >= enough {
            // Most columns end at their first number here, rather than have each one written as a text.
            let is_compact = |&(cell, _): &(Cell, usize)| column.days_in(cell, Order::Compact).is_some();
            if present > 1 && cells.iter().all(is_compact) {
                (self.base, self.order) = (Kind::Date, Some(Order::Compact));
                return;
            }
            if present > 1 && self.is_of_eight_digits(column, cells) {
                return;
            }
            self.is_coded = are_codes(column, cells);
            self.base = if self.is_coded { Kind::Category } else { Kind::Number };
            return;
        }
        // Most columns of text have no cell that is a date in any order; those don't pay for all the sweeps.
        let is_date = |cell: Cell| {
            let mut orders = Order::ALL.iter().chain([&Order::ShortDotted, &Order::Part]);
            orders.any(|&order| column.days_in(cell, order).is_some())
        };
        if !cells.iter().take(50).any(|&(cell, _)| is_date(cell)) {
            return;
        }
        if in_order(Order::Time) >= enough {
            (self.base, self.order) = (Kind::Number, Some(Order::Time));
            return;
        }
        if in_order(Order::YearMonth) == present && !are_seasons(column, cells) {
            (self.base, self.order) = (Kind::Date, Some(Order::YearMonth));
            return;
        }
        if in_order(Order::Compact) >= enough {
            (self.base, self.order) = (Kind::Date, Some(Order::Compact));
            return;
        }
        if cells.len() > MOST_PARTS && in_order(Order::Part) == present {
            (self.base, self.order) = (Kind::Date, Some(Order::Part));
            return;
        }
        let certain = in_order(Order::YearMonthDay);
        let (months, days) = (in_order(Order::MonthDayYear), in_order(Order::DayMonthYear));
        let hints = column.hints();
        let dotted = || {
            cells.iter().any(|&(cell, _)| column.text_of(cell).split(' ').next().unwrap_or("").contains('.'))
        };
        let day_first = hints.day_first.or_else(|| match days.cmp(&months) {
            Ordering::Greater => Some(true),
            Ordering::Less => Some(false),
            // Nobody writes months first and dots.
            Ordering::Equal => hints.others_day_first.or_else(|| dotted().then_some(true)),
        });
        let has_both = months.max(days) > certain;
        let by_number = if day_first == Some(true) { Order::DayMonthYear } else { Order::MonthDayYear };
        let count = if day_first == Some(true) { days } else { months };
        self.order = (count > 0).then_some(if has_both { by_number } else { Order::YearMonthDay });
        if self.order.is_some() && count >= enough {
            self.base = Kind::Date;
            self.day_first = if has_both { Some(day_first == Some(true)) } else { None };
            self.is_order_open =
                has_both && day_first.is_none() && cells.iter().any(|&(cell, _)| column.is_in_doubt(cell));
            return;
        }
        // Days beyond 12 before months show that it is no version.
        let is_late = |cell: Cell| {
            let first = column.text_of(cell).trim().split('.').next();
            first.and_then(|day| day.parse::<u8>().ok()).is_some_and(|day| day > 12)
        };
        if in_order(Order::ShortDotted) >= enough && cells.iter().any(|&(cell, _)| is_late(cell)) {
            (self.base, self.order, self.day_first) = (Kind::Date, Some(Order::ShortDotted), Some(true));
            return;
        }
        // Neither order reads enough, but both together do: each cell by the one that fits it.
        let either = in_order(Order::MonthElseDay);
        if either >= enough && months.min(days) > certain {
            let first = hints.day_first.or(hints.others_day_first).unwrap_or(days > months);
            self.base = Kind::Date;
            self.order = Some(if first { Order::DayElseMonth } else { Order::MonthElseDay });
            self.day_first = Some(first);
            self.is_order_open =
                hints.day_first.is_none() && cells.iter().any(|&(cell, _)| column.is_in_doubt(cell));
        }
    }

    /// Settles dates of eight digits with the year last. Numbers and codes look alike: all must be dates, of several
    /// years, and in one order alone unless other dates say which.
    fn is_of_eight_digits(&mut self, column: &Column, cells: &[(Cell, usize)]) -> bool {
        const LEAST: usize = 5;
        const YEAR: f64 = 366.0;
        let fits = |order: Order| {
            let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
            let all = cells.iter().all(|&(cell, _)| {
                let days = column.days_in(cell, order);
                days.is_some_and(|days| {
                    (least, most) = (least.min(days), most.max(days));
                    true
                })
            });
            all && most - least > YEAR
        };
        if cells.len() < LEAST {
            return false;
        }
        let hints = column.hints();
        let by_day = match (fits(Order::CompactDay), fits(Order::CompactMonth)) {
            (true, true) => hints.day_first.or(hints.others_day_first),
            (false, false) => None,
            (by_day, _) => Some(by_day).filter(|by_day| hints.day_first.is_none_or(|own| own == *by_day)),
        };
        let Some(by_day) = by_day else { return false };
        self.base = Kind::Date;
        self.order = Some(if by_day { Order::CompactDay } else { Order::CompactMonth });
        self.day_first = Some(by_day);
        true
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
                let counts = self.numbers == present && range + 1.0 == distinct as f64 && ascends(column);
                // What a unit stands over was measured.
                let first = index == 0
                    && columns >= 3
                    && counts
                    && column.unit.is_none()
                    && column.style().unit.is_empty();
                let is = nearly_all && self.whole && (first || is_identifier_name(&column.name));
                is.then_some(Why::Identifier)
            }
            Kind::Category if nearly_all => Some(Why::Identifier),
            Kind::Category if distinct > 20 && 2 * distinct > present => Some(Why::FreeText),
            Kind::Category if distinct > MOST_CATEGORIES && !is_worth_its_inputs(distinct, present) => {
                Some(Why::FreeText)
            }
            _ => None,
        }
    }
}

/// Whether many names still repeat, and an input for each is affordable.
fn is_worth_its_inputs(names: usize, rows: usize) -> bool {
    names <= super::prepare::MOST_NAMES && names * ROWS_A_NAME <= rows && names * rows <= MOST_INPUTS
}

/// Digits alone, all of one length, some with a zero before them.
fn are_codes(column: &Column, cells: &[(Cell, usize)]) -> bool {
    let is_code = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut padded = false;
    let mut length = None;
    cells.iter().all(|&(cell, _)| {
        let text = column.text(cell);
        let text = text.trim();
        padded |= is_padded(text);
        is_code(text) && *length.get_or_insert(text.len()) == text.len()
    }) && padded
}

/// `2009-10`, `2010-11`: from one year to the next.
fn are_seasons(column: &Column, cells: &[(Cell, usize)]) -> bool {
    cells.iter().all(|&(cell, _)| {
        let years = column.text_of(cell).trim().split_once(['-', '/']);
        let pair = years.and_then(|(from, to)| Some((from.parse::<u32>().ok()?, to.parse::<u32>().ok()?)));
        pair.is_some_and(|(from, to)| (from + 1) % 100 == to)
    })
}

/// Whether nearly every number is larger than the one before.
fn ascends(column: &Column) -> bool {
    let cells = column.cells();
    let rises = cells.windows(2).filter(|pair| column.number(pair[0]) < column.number(pair[1])).count();
    rises * 10 >= cells.len() * 9
}

/// Whether a name says that a column names rows: `id`, `passengerId`, `row_id`, `index`, `Unnamed: 0`.
pub(super) fn is_identifier_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let ends = ["_id", " id", "-id", ".id"].iter().any(|end| lower.ends_with(end));
    let camel = name.ends_with("Id") || (name.ends_with("ID") && name.len() > 2);
    ends || camel
        || matches!(
            lower.as_str(),
            "id" | "index" | "row" | "rownames" | "key" | "uuid" | "no" | "nr" | "#" | "unnamed: 0"
        )
}
