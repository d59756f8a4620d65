//! How a column writes its numbers: its decimal sign and its unit, by what its cells say.

use super::cell::{Cell, parse_number};
use super::number::{Written, is_known_unit, is_same_unit, zeros_of};
use super::table::Column;
use std::cmp::Ordering;

/// What is known of a column's numbers and dates before its cells are looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hints {
    /// Whether a comma stands before the decimals, chosen by hand.
    pub comma: Option<bool>,
    /// Whether days come before months, chosen by hand.
    pub day_first: Option<bool>,
    /// Whether cells that fit both are more likely to have a comma before the decimals.
    pub leans_to_comma: bool,
    /// What other columns of the table make sure.
    pub others_comma: Option<bool>,
    /// The same of days and months.
    pub others_day_first: Option<bool>,
}

/// How a column writes its numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Style {
    /// Whether a comma stands before the decimals, and points between thousands.
    pub comma: bool,
    /// What most of its numbers bear: a currency, `%`, a unit; empty for none.
    pub unit: String,
    /// Whether enough cells have decimals or groups that fit one decimal sign alone.
    pub is_sure: bool,
    /// Whether other columns may say better which sign it is.
    pub(super) asks: bool,
    /// A cell that fits both signs, or that few others agree with, where nothing settles which sign it is.
    pub open: Option<String>,
    /// Cells with another unit, which are no numbers here.
    pub foreign: usize,
    /// Cells without the unit.
    pub bare: usize,
    /// Whether signs stand between thousands somewhere.
    pub has_groups: bool,
    /// A cell that isn't written plainly: with groups, brackets, a unit or a comma.
    pub example: Option<String>,
    /// Whether letters such as `K` and `M` stand for thousands and millions.
    pub is_scaled: bool,
}

/// Fewer cells than one in so many say less of the decimal sign than other columns do.
const FEW: usize = 10;
/// Units that are told apart; a column of more has none.
const MOST_UNITS: usize = 20;

#[derive(Default)]
struct Counts<'a> {
    point: usize,
    comma: usize,
    with_comma: Option<Cell>,
    open: Option<Cell>,
    /// Numbers by their unit, with one that isn't plain.
    units: Vec<(&'a str, usize)>,
    /// Cells whose unit may be a letter of a code.
    coded: usize,
    others: usize,
}

impl<'a> Counts<'a> {
    fn unit(&mut self, unit: &'a str, rows: usize) {
        match self.units.iter().position(|(known, _)| is_same_unit(known, unit)) {
            Some(place) => self.units[place].1 += rows,
            None if self.units.len() < MOST_UNITS => self.units.push((unit, rows)),
            None => self.others += rows,
        }
    }

    fn cell(&mut self, column: &'a Column, cell: Cell, rows: usize) {
        if let Some(decimals) = cell.decimal().map(|_| cell.decimals()) {
            self.unit("", rows);
            match decimals {
                0 => {}
                3 if cell.decimal().is_some_and(|n| (1.0..1000.0).contains(&n.abs())) => {
                    self.open.get_or_insert(cell);
                }
                _ => self.point += rows,
            }
            return;
        }
        let text = column.text_of(cell);
        if let Some(written) = Written::of(text) {
            self.unit(written.unit, rows);
            self.coded += if written.is_coded { rows } else { 0 };
            match (written.value(false), written.value(true)) {
                (Some(_), None) => self.point += rows,
                (None, Some(_)) => {
                    self.comma += rows;
                    self.with_comma.get_or_insert(cell);
                }
                (a, b) if a != b => {
                    self.open.get_or_insert(cell);
                }
                _ => {}
            }
        }
    }
}

impl Style {
    /// By the different cells of a column, each with the number of its rows.
    pub(super) fn of(column: &Column, cells: &[(Cell, usize)]) -> Style {
        let hints = column.hints();
        let mut counts = Counts::default();
        cells.iter().for_each(|&(cell, rows)| counts.cell(column, cell, rows));
        let numbers: usize = counts.units.iter().map(|(_, rows)| rows).sum();
        let says = match counts.comma.cmp(&counts.point) {
            Ordering::Greater => Some(true),
            Ordering::Less => Some(false),
            Ordering::Equal => None,
        };
        let is_sure = says.is_some() && FEW * counts.point.max(counts.comma) >= numbers;
        // A few commas among whole numbers may be slips.
        let few_say = says.filter(|&comma| !comma || hints.leans_to_comma);
        let fits = if is_sure { says } else { hints.others_comma.or(few_say) };
        let comma = hints.comma.or(fits).unwrap_or(hints.leans_to_comma);
        let is_open = hints.comma.is_none() && fits.is_none();
        let doubtful = if says == Some(true) { counts.with_comma } else { counts.open };
        let open = doubtful.filter(|_| is_open).map(|cell| column.text(cell).into_owned());
        let rows_of = |unit: &str| counts.units.iter().find(|(own, _)| *own == unit).map_or(0, |own| own.1);
        let plain = rows_of("");
        let named = || counts.units.iter().filter(|(unit, _)| !unit.is_empty());
        let most = named().max_by_key(|(_, rows)| *rows).filter(|(_, rows)| *rows > plain);
        // `3.4K` beside `2M`: letters that differ from cell to cell say how large a number is. One alone is a unit, unless
        // only a part of the numbers has it, and it is neither the letter of a code nor another unit's.
        let sizes: Option<Vec<u8>> = named().map(|(own, _)| zeros_of(own)).collect();
        let is_scaled = counts.others == 0
            && sizes.is_some_and(|sizes| {
                let differ = sizes.windows(2).any(|pair| pair[0] != pair[1]);
                let partly = !sizes.is_empty() && plain > 0 && counts.coded == 0;
                differ || (partly && !named().any(|(own, _)| is_known_unit(own)))
            });
        let most = most.filter(|_| !is_scaled);
        let unit = most.map_or("", |(unit, _)| unit);
        // Words that only some numbers bear are no units, unless they are known ones.
        let others = || named().filter(|(own, _)| *own != unit);
        let is_known = |own: &str| own.is_empty() || is_known_unit(own);
        let are_known =
            counts.others + counts.coded == 0 && others().all(|(own, _)| is_known(own) && is_known(unit));
        let foreign = if are_known && !is_scaled { others().map(|(_, rows)| rows).sum() } else { 0 };
        let bare = if unit.is_empty() { 0 } else { plain };
        let unit = unit.to_owned();
        let mut style = Style {
            comma,
            unit,
            is_sure,
            asks: !is_sure && (open.is_some() || says.is_some()),
            open,
            foreign,
            bare,
            has_groups: false,
            example: None,
            is_scaled,
        };
        let is_odd = |cell: Cell| {
            cell.id().is_some()
                && parse_number(column.text_of(cell), false).is_none()
                && style.number(column, cell).is_some()
        };
        let is_grouped =
            |cell: Cell| Written::of(column.text_of(cell)).is_some_and(|own| own.is_grouped(comma));
        let odd = || cells.iter().map(|&(cell, _)| cell).filter(|&cell| is_odd(cell));
        let grouped = odd().find(|&cell| is_grouped(cell));
        let example = grouped.or_else(|| odd().next()).map(|cell| column.text(cell).into_owned());
        (style.has_groups, style.example) = (grouped.is_some(), example);
        style
    }

    /// The number of a cell of `column`.
    pub(super) fn number(&self, column: &Column, cell: Cell) -> Option<f64> {
        let (number, is_bare) = match cell.decimal() {
            Some(number) => (self.of_decimal(number, cell.decimals())?, true),
            None => self.of_text(column.text_of(cell))?,
        };
        let counts = !is_bare || number == 0.0 || !matches!(self.unit.as_str(), "%" | "‰");
        Some(number).filter(|number| counts && (*number as f32).is_finite())
    }

    fn of_decimal(&self, number: f64, decimals: usize) -> Option<f64> {
        match (self.comma, decimals) {
            (false, _) | (_, 0) => Some(number),
            // In `1.234` the point stands before hundreds.
            (true, 3) if (1.0..1000.0).contains(&number.abs()) => Some((number * 1000.0).round()),
            (true, _) => None,
        }
    }

    /// The number of a text and whether it has no unit.
    fn of_text(&self, text: &str) -> Option<(f64, bool)> {
        if let Some(number) = parse_number(text, false).filter(|_| !self.comma) {
            return Some((number, true));
        }
        let written = Written::of(text)?;
        let written = if self.is_scaled { written.scaled() } else { written };
        let is_bare = written.unit.is_empty();
        let fits = is_bare || is_same_unit(written.unit, &self.unit);
        written.value(self.comma).filter(|_| fits).map(|number| (number, is_bare))
    }
}
