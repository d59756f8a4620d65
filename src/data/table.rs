//! A table: named columns of cells whose text is kept, and what each column seems to hold.

use super::cell::{Cell, Gap, parse_number};
use super::date::Order;
use super::kind::Profile;
use super::known::Known;
use super::marks;
use super::noted::noted;
use super::number::is_padded;
use super::pool::Pool;
use super::reading::Settled;
use super::said::Said;
use super::settled::settled;
use super::style::{Hints, Style};
use super::table_spec::Kind;
use crate::error::{Error, Result};
use std::borrow::Cow;
use std::sync::Arc;

/// What the reader of a table met and how it dealt with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The line of the file, from 1; none where it concerns the file as a whole.
    pub line: Option<u64>,
    /// A sentence.
    pub sentence: Said,
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
    hints: Hints,
    style: Style,
    /// Whether `-` is a sign, since `+` is there too, and not a gap.
    signs: bool,
    profile: Profile,
    /// The numbers and the days that texts of the pool stand for.
    numbers: Known,
    days: Known,
}

impl Column {
    /// A column without cells; `hints` say how its numbers and dates are to be read.
    pub fn new(name: String, hints: Hints) -> Column {
        let (cells, pool, gaps) = (Vec::new(), Pool::default(), vec![Gap::Is]);
        let (style, profile) = (Style::default(), Profile::default());
        let (numbers, days) = (Known::default(), Known::default());
        Column { name, unit: None, cells, pool, gaps, hints, style, signs: false, profile, numbers, days }
    }

    /// The cell of a text.
    fn pack(&mut self, text: &str) -> Cell {
        Cell::of_decimal(text.as_bytes()).unwrap_or_else(|| {
            let id = self.pool.intern(text);
            if id as usize == self.gaps.len() {
                self.gaps.push(Gap::of(text));
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

    /// Leaves out all cells after the first `rows`.
    pub(super) fn truncate(&mut self, rows: usize) {
        self.cells.truncate(rows);
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

    /// The text of a cell that is no plain decimal; empty for one.
    pub(super) fn text_of(&self, cell: Cell) -> &str {
        cell.id().map_or("", |id| self.pool.get(id))
    }

    /// What a cell says of itself.
    pub(super) fn gap(&self, cell: Cell) -> Gap {
        match cell.id().and_then(|id| self.gaps.get(id as usize)) {
            Some(Gap::Maybe) => {
                if self.signs {
                    Gap::IsNot
                } else {
                    Gap::Is
                }
            }
            Some(gap) => *gap,
            None => Gap::IsNot,
        }
    }

    /// Whether a cell of this column holds nothing: no text, or a word for that such as `NA` or `?`; among numbers and
    /// dates `unknown` too.
    pub fn is_missing(&self, cell: Cell) -> bool {
        match self.gap(cell) {
            Gap::Is | Gap::Maybe => true,
            Gap::Word => self.profile.base != Kind::Category,
            Gap::IsNot => false,
        }
    }

    /// Takes a word for a gap, such as `NA`, as a name from now on.
    pub(super) fn keep(&mut self, word: &str) {
        let same = |text: &str| text.trim() == word.trim() && !text.trim().is_empty();
        for (text, gap) in self.pool.texts().zip(&mut self.gaps) {
            if same(text) {
                *gap = Gap::IsNot;
            }
        }
    }

    /// The number that a cell of this column stands for; of times of day the hours.
    pub fn number(&self, cell: Cell) -> Option<f64> {
        self.numbers.get(cell, |cell| self.read_number(cell))
    }

    fn read_number(&self, cell: Cell) -> Option<f64> {
        match self.profile.order {
            Some(Order::Time) => self.days_in(cell, Order::Time).map(|days| 24.0 * days),
            _ => self.style.number(self, cell),
        }
    }

    /// The number that a cell is called by, where it is a name: `1` and `1.0` are one name; `5` and `5%`, or `7` and
    /// `007`, are not.
    pub(super) fn name_number(&self, cell: Cell) -> Option<f64> {
        match cell.id() {
            None => cell.decimal().filter(|number| (*number as f32).is_finite()),
            Some(_) if self.profile.base == Kind::Number => self.number(cell),
            Some(_) => parse_number(self.text_of(cell), false).filter(|_| !is_padded(self.text_of(cell))),
        }
    }

    /// A number as this column writes it.
    pub(super) fn write(&self, number: f64) -> String {
        let text = if self.style.comma { number.to_string().replace('.', ",") } else { number.to_string() };
        if self.style.unit.is_empty() { text } else { format!("{text} {}", self.style.unit) }
    }

    /// What its numbers count, as the cells say: `kg`, `%`, `$`; hours for times of day.
    pub fn unit(&self) -> Option<&str> {
        match (self.profile.base, self.profile.order) {
            (Kind::Number, Some(Order::Time)) => Some("h"),
            (Kind::Number, _) if !self.style.unit.is_empty() => Some(&self.style.unit),
            (Kind::Number, _) => self.unit.as_deref(),
            _ => None,
        }
    }

    /// The days that a cell stands for, in the order of this column's dates.
    pub fn days(&self, cell: Cell) -> Option<f64> {
        let order = self.profile.order?;
        self.days.get(cell, |cell| self.days_in(cell, order))
    }

    pub(super) fn days_in(&self, cell: Cell, order: Order) -> Option<f64> {
        match cell.id() {
            Some(id) => order.days(self.pool.get(id)),
            None if order.is_compact() => order.days(&cell.decimal_text()?),
            None => None,
        }
    }

    /// Whether a cell is one date with the day first and another with the month first.
    pub(super) fn is_in_doubt(&self, cell: Cell) -> bool {
        let [by_day, by_month] =
            [Order::DayMonthYear, Order::MonthDayYear].map(|order| self.days_in(cell, order));
        by_day.is_some() && by_month.is_some() && by_day != by_month
    }

    pub(super) fn hints(&self) -> Hints {
        self.hints
    }

    /// How it writes its numbers.
    pub fn style(&self) -> &Style {
        &self.style
    }

    /// Looks at the cells of the column at place `index` of `columns`.
    fn look(&mut self, index: usize, columns: usize) {
        let cells = distinct(&self.cells);
        self.style = Style::of(self, &cells);
        // What it was before must not color what it is.
        self.profile = Profile::default();
        self.numbers = Known::of(&self.pool, |cell| self.style.number(self, cell));
        self.profile = Profile::of(self, &cells, index, columns);
        let order = self.profile.order;
        if order == Some(Order::Time) {
            self.numbers = Known::of(&self.pool, |cell| self.read_number(cell));
        }
        let days = |order| Known::of(&self.pool, |cell| self.days_in(cell, order));
        self.days = order.map_or_else(Known::default, days);
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
        8 * self.cells.capacity()
            + self.pool.bytes()
            + 13 * self.pool.len()
            + self.numbers.bytes()
            + self.days.bytes()
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
    pub fn new(mut columns: Vec<Column>, mut notes: Vec<Note>) -> Result<Table> {
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
            notes.extend(marks::fill(column).map(|sentence| Note { line: None, sentence }));
            column.look(index, count);
        }
        settle_open(&mut columns);
        let reading = settled(&columns);
        notes.extend(noted(&columns));
        Ok(Table { columns: columns.into_iter().map(Arc::new).collect(), rows, notes, reading })
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
                "row {row}, column {column} (both from 0) is outside a table of {} rows and {count} columns",
                self.rows
            );
            return Err(Error::Data { what });
        }
        let own = self.column_mut(column);
        own.set(row, text);
        own.look(column, count);
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

/// The different cells, each with the number of its rows.
fn distinct(cells: &[Cell]) -> Vec<(Cell, usize)> {
    let mut sorted = cells.to_vec();
    sorted.sort_unstable();
    sorted.chunk_by(|a, b| a == b).map(|same| (same[0], same.len())).collect()
}

/// Columns that may be read in two ways are read as the others of their table make sure.
fn settle_open(columns: &mut [Column]) {
    let count = columns.len();
    let agreed = |says: &dyn Fn(&Column) -> Option<bool>| {
        let mut all = columns.iter().filter_map(says);
        let first = all.next()?;
        all.all(|other| other == first).then_some(first)
    };
    let comma = agreed(&|c| (c.profile.base == Kind::Number && c.style.is_sure).then_some(c.style.comma));
    let day_first = agreed(&|c| c.profile.day_first.filter(|_| !c.profile.is_order_open));
    for (index, column) in columns.iter_mut().enumerate() {
        // Kept for when a cell is changed.
        column.hints.others_comma = comma;
        column.hints.others_day_first = day_first;
        let asks = comma.is_some() && column.style.asks;
        if asks || (day_first.is_some() && column.profile.is_order_open) {
            column.look(index, count);
        }
    }
}
