//! How a column writes its numbers: its decimal sign and its unit, by what its cells say.

use super::cell::{Cell, parse_number};
use super::compound::Compound;
use super::number::{Odd, Written, is_debit, is_known_unit, is_same_unit, zeros_of};
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
    /// Whether `DR` stands behind what was paid, and is its sign.
    pub is_booked: bool,
    /// What several numbers in a cell make together.
    pub compound: Option<Compound>,
    /// What stands around numbers and is no part of them, how many cells have it, and the first of these.
    pub odd: Vec<(Odd, usize, String)>,
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
    odd: Vec<(Odd, usize, Cell)>,
}

impl<'a> Counts<'a> {
    fn unit(&mut self, unit: &'a str, rows: usize) {
        match self.units.iter().position(|(known, _)| is_same_unit(known, unit)) {
            Some(place) => self.units[place].1 += rows,
            None if self.units.len() < MOST_UNITS => self.units.push((unit, rows)),
            None => self.others += rows,
        }
    }

    /// Takes a cell; where debits are `booked`, that of the side it bears.
    fn cell(&mut self, column: &'a Column, cell: Cell, rows: usize, booked: bool) {
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
            let written = if booked { written.booked() } else { written };
            if let Some(odd) = written.odd {
                match self.odd.iter_mut().find(|own| own.0 == odd) {
                    Some(own) => own.1 += rows,
                    None => self.odd.push((odd, rows, cell)),
                }
            }
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
        if let Some(compound) = Compound::of(column, cells) {
            let unit = compound.unit().to_owned();
            let first = cells.iter().find(|&&(cell, _)| compound.read(column.text_of(cell)).is_some());
            let example = first.map(|&(cell, _)| column.text(cell).into_owned());
            return Style { unit, compound: Some(compound), example, ..Style::default() };
        }
        let is_debited = |&(cell, _): &(Cell, usize)| {
            let text = column.text_of(cell);
            let ends = text.trim_end_matches(['.', ' ']).ends_with(['r', 'R']);
            ends && Written::of(text).is_some_and(|own| is_debit(own.side()))
        };
        let is_booked = cells.iter().any(is_debited);
        let mut counts = Counts::default();
        cells.iter().for_each(|&(cell, rows)| counts.cell(column, cell, rows, is_booked));
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
        let odd = counts.odd.iter().map(|&(odd, rows, cell)| (odd, rows, column.text(cell).into_owned()));
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
            is_booked,
            compound: None,
            odd: odd.collect(),
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
        if let Some(compound) = self.compound {
            return compound.read(column.text_of(cell)).filter(|number| (*number as f32).is_finite());
        }
        let (number, is_bare) = match cell.decimal() {
            Some(number) => (self.of_decimal(number, cell.decimals())?, true),
            None => self.of_text(column.text_of(cell))?,
        };
        let counts = !is_bare || number == 0.0 || !matches!(self.unit.as_str(), "%" | "‰");
        Some(number).filter(|number| counts && (*number as f32).is_finite())
    }

    /// The number of one of its texts.
    pub(super) fn of_example(&self, text: &str) -> Option<f64> {
        self.of_text(text).map(|(number, _)| number)
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
        let written = if self.is_booked { written.booked() } else { written };
        let is_bare = written.unit.is_empty();
        let fits = is_bare || is_same_unit(written.unit, &self.unit);
        written.value(self.comma).filter(|_| fits).map(|number| (number, is_bare))
    }
}
