//! A table: named columns of cells whose text is kept, and what each column seems to hold.

use super::cell::{Cell, is_missing, parse_number};
use super::date::Order;
use super::kind::Profile;
use super::pool::Pool;
use super::reading::Settled;
use crate::error::{Error, Result};
use std::borrow::Cow;
use std::sync::Arc;

/// What the reader of a table met and how it dealt with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The line of the file, from 1; none where it concerns the file as a whole.
    pub line: Option<u64>,
    /// A sentence.
    pub sentence: String,
}

/// Whether a text stands for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Is,
    IsNot,
    /// A lone minus.
    Maybe,
}

/// A column of cells.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name; no two columns of a table share one.
    pub name: String,
    /// What its numbers count, such as `kg` or `%`, where the file says so.
    pub unit: Option<String>,
    cells: Vec<Cell>,
    pool: Pool,
    /// What each text of the pool says of itself.
    gaps: Vec<Gap>,
    /// Whether `3,14` is a number.
    comma: bool,
    /// Whether `-` is a sign, since `+` is there too, and not a gap.
    signs: bool,
    profile: Profile,
}

impl Column {
    /// A column without cells.
    pub fn new(name: String, comma: bool) -> Column {
        let (cells, pool, gaps) = (Vec::new(), Pool::default(), vec![Gap::Is]);
        Column { name, unit: None, cells, pool, gaps, comma, signs: false, profile: Profile::default() }
    }

    /// The cell of a text.
    fn pack(&mut self, text: &str) -> Cell {
        Cell::of_decimal(text.as_bytes()).unwrap_or_else(|| {
            let id = self.pool.intern(text);
            if id as usize == self.gaps.len() {
                let gap = match text.trim() {
                    "-" => Gap::Maybe,
                    _ if is_missing(text) => Gap::Is,
                    _ => Gap::IsNot,
                };
                self.gaps.push(gap);
                self.signs |= text.trim() == "+";
            }
            Cell::pooled(id)
        })
    }

    /// Adds a cell.
    pub fn push(&mut self, text: &str) {
        let cell = self.pack(text);
        self.cells.push(cell);
    }

    /// Replaces a cell; one that isn't there stays away. The profile is as before.
    pub fn set(&mut self, row: usize, text: &str) {
        let cell = self.pack(text);
        if let Some(place) = self.cells.get_mut(row) {
            *place = cell;
        }
    }

    /// All cells.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The text of a cell of this column.
    pub fn text(&self, cell: Cell) -> Cow<'_, str> {
        match cell.id() {
            Some(id) => Cow::Borrowed(self.pool.get(id)),
            None => Cow::Owned(cell.decimal_text().unwrap_or_default()),
        }
    }

    /// Whether a cell of this column holds nothing: no text, or a word for that such as `NA` or `?`.
    pub fn is_missing(&self, cell: Cell) -> bool {
        match cell.id().and_then(|id| self.gaps.get(id as usize)) {
            Some(Gap::Is) => true,
            Some(Gap::Maybe) => !self.signs,
            Some(Gap::IsNot) | None => false,
        }
    }

    /// The number that a cell of this column stands for.
    pub fn number(&self, cell: Cell) -> Option<f64> {
        match cell.id() {
            None => cell.decimal().filter(|number| (*number as f32).is_finite()),
            Some(id) => parse_number(self.pool.get(id), self.comma),
        }
    }

    /// The days that a cell stands for, in the order of this column's dates.
    pub fn days(&self, cell: Cell) -> Option<f64> {
        self.days_in(cell, self.profile.order?)
    }

    pub(super) fn days_in(&self, cell: Cell, order: Order) -> Option<f64> {
        cell.id().and_then(|id| order.days(self.pool.get(id)))
    }

    /// What it seems to hold.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Different texts in the pool, of which cells have the places.
    pub(super) fn pool_len(&self) -> usize {
        self.pool.len()
    }

    /// Bytes of text in the pool.
    pub(super) fn pool_bytes(&self) -> usize {
        self.pool.bytes()
    }

    /// Bytes that it takes, about.
    pub fn bytes(&self) -> usize {
        8 * self.cells.capacity() + self.pool.bytes() + 13 * self.pool.len()
    }
}

/// Columns of equal length. A copy shares its columns with the original until one of them changes.
#[derive(Debug, Clone)]
pub struct Table {
    columns: Vec<Arc<Column>>,
    rows: usize,
    /// What the reader met.
    pub notes: Vec<Note>,
    /// How the reader read it; empty for a table that was made otherwise.
    pub reading: Vec<Settled>,
}

impl Table {
    /// A table of columns, each as long as the first; looks at what they hold.
    ///
    /// # Errors
    /// [`Error::Data`] without columns, without rows, or where lengths differ.
    pub fn new(mut columns: Vec<Column>, notes: Vec<Note>) -> Result<Table> {
        let rows = columns.first().map_or(0, |column| column.cells.len());
        if rows == 0 {
            return Err(Error::Data { what: "the table has no rows under its header".into() });
        }
        if let Some(column) = columns.iter().find(|column| column.cells.len() != rows) {
            let what =
                format!("column \"{}\" has {} cells, expected {rows}", column.name, column.cells.len());
            return Err(Error::Data { what });
        }
        let count = columns.len();
        for (index, column) in columns.iter_mut().enumerate() {
            column.cells.shrink_to_fit();
            column.profile = Profile::of(column, index, count);
        }
        Ok(Table { columns: columns.into_iter().map(Arc::new).collect(), rows, notes, reading: vec![] })
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// All columns.
    pub fn columns(&self) -> impl ExactSizeIterator<Item = &Column> {
        self.columns.iter().map(Arc::as_ref)
    }

    /// The column at a place.
    pub fn column(&self, index: usize) -> &Column {
        &self.columns[index]
    }

    /// The place of the column called `name`.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The text of a cell; empty outside the table.
    pub fn text(&self, row: usize, column: usize) -> Cow<'_, str> {
        let column = self.columns.get(column);
        column.and_then(|column| column.cells.get(row).map(|&cell| column.text(cell))).unwrap_or_default()
    }

    /// Replaces a cell and looks at the column anew.
    ///
    /// # Errors
    /// [`Error::Data`] outside the table.
    pub fn set(&mut self, row: usize, column: usize, text: &str) -> Result<()> {
        let count = self.columns.len();
        if row >= self.rows || column >= count {
            let what = format!(
                "row {row}, column {column} is outside a table of {} rows and {count} columns",
                self.rows
            );
            return Err(Error::Data { what });
        }
        let own = self.column_mut(column);
        own.set(row, text);
        own.profile = Profile::of(own, column, count);
        Ok(())
    }

    /// A column to change; other copies of the table keep theirs.
    pub(super) fn column_mut(&mut self, index: usize) -> &mut Column {
        Arc::make_mut(&mut self.columns[index])
    }

    /// Bytes that the cells take, about.
    pub fn bytes(&self) -> usize {
        self.columns().map(Column::bytes).sum()
    }
}
