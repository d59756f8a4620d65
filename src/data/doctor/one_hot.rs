//! Columns of zeros and ones that give the target away together: its classes spread over columns.

use super::leakage::known_before;
use super::view::{View, both};
use super::{Finding, FindingKind, label};
use crate::data::cell::Cell;
use crate::data::prepare::{Names, Reading};
use crate::data::said::{list, say};
use crate::data::table_spec::{CleaningStep, Kind};

/// Fewer rows agree by chance.
const LEAST_ROWS: usize = 20;

/// For each row the index of the target's class, and for each input of two values which rows have the greater one.
struct Spread {
    classes: Vec<Option<usize>>,
    names: Vec<String>,
    columns: Vec<(usize, Vec<Option<bool>>)>,
}

impl Spread {
    fn of(view: &View) -> Spread {
        let own = view.column(view.roles.target);
        let names = Names::of(own, view.rows);
        let read = Reading { column: own, kind: Kind::Category, names: &names };
        let class = |&row: &u32| read.number(own.cells()[row as usize]).map(|index| index as usize);
        let classes = view.rows.iter().map(class).collect();
        let is_binary = |&column: &usize| view.column(column).profile().distinct == 2;
        let bits = |column: usize| {
            let own = view.column(column);
            let names = Names::of(own, view.rows);
            let read = Reading { column: own, kind: Kind::Category, names: &names };
            let bit = |&row: &u32| read.number(own.cells()[row as usize]).map(|index| index == 1.0);
            (column, view.rows.iter().map(bit).collect())
        };
        let columns = view.roles.inputs().filter(is_binary).map(bits).collect();
        Spread { classes, names: names.texts(own), columns }
    }
}

pub(super) fn examine(view: &View) -> Vec<Finding> {
    if view.rows.len() < LEAST_ROWS || !view.roles.classes {
        return vec![];
    }
    let spread = Spread::of(view);
    match spread.names.len() {
        0 | 1 => vec![],
        2 => together(view, &spread).into_iter().collect(),
        _ => spread.columns.iter().filter_map(|own| alone(view, &spread, own)).collect(),
    }
}

/// One of several classes has a column of its own.
fn alone(view: &View, spread: &Spread, (column, bits): &(usize, Vec<Option<bool>>)) -> Option<Finding> {
    let mut pairs = bits.iter().zip(&spread.classes);
    let first = |wanted: bool| {
        let mut rows = bits.iter().zip(&spread.classes).filter(|(bit, _)| **bit == Some(wanted));
        rows.find_map(|(_, class)| *class)
    };
    // The class that goes with one of the two values alone.
    let tells = |wanted: bool| {
        let class = first(wanted)?;
        let fits = |(bit, own): (&Option<bool>, &Option<usize>)| match (bit, own) {
            (Some(bit), Some(own)) => (*bit == wanted) == (*own == class),
            _ => true,
        };
        bits.iter().zip(&spread.classes).all(fits).then_some(class)
    };
    pairs.find(|(bit, class)| bit.is_some() && class.is_some())?;
    let class = tells(true).or_else(|| tells(false))?;
    let (name, target) = (view.name(*column), view.name(view.roles.target));
    let sentence = say!(
        "leakClass",
        "\"{name}\" says in every row whether \"{target}\" is \"{class}\".",
        name = name,
        target = target,
        class = &spread.names[class]
    );
    let sentence = both(sentence, known_before());
    let finding = view.finding(FindingKind::Leakage, Some(*column), vec![], sentence);
    let drop = CleaningStep::DropColumn { column: name.to_owned() };
    Some(Finding { count: view.rows.len(), ..finding }.with_suggestion(label::leave_column_out(), drop))
}

/// Exactly one of the target and some columns is 1 in every row.
fn together(view: &View, spread: &Spread) -> Option<Finding> {
    let is_one: Vec<Option<bool>> =
        spread.classes.iter().map(|class| class.map(|class| class == 1)).collect();
    let mut taken: Vec<Option<bool>> = is_one.clone();
    let mut members = vec![];
    for (column, bits) in &spread.columns {
        let is_free = taken.iter().zip(bits).all(|(taken, bit)| *taken != Some(true) || *bit != Some(true));
        if is_free && is_flag(view, *column) {
            for (taken, bit) in taken.iter_mut().zip(bits) {
                *taken = taken.zip(*bit).map(|(a, b)| a || b);
            }
            members.push(*column);
        }
    }
    let known = taken.iter().flatten().count();
    if members.len() < 2 || known < LEAST_ROWS || !taken.iter().flatten().all(|&taken| taken) {
        return None;
    }
    let names: Vec<&str> = members.iter().map(|&column| view.name(column)).collect();
    let target = view.name(view.roles.target);
    let sentence = say!(
        "leakTogether",
        "Exactly one of \"{target}\", {names} is 1 in every row, so together they give \"{target}\" away. Leave them out, \
         or make one column of classes of them.",
        target = target,
        names = list(&names, 4)
    );
    let finding = view.finding(FindingKind::Leakage, Some(members[0]), vec![], sentence);
    let drop = |finding: Finding, name: &&str| {
        finding.with_suggestion(
            say!("leaveNameOut", "Leave \"{name}\" out", name = *name),
            CleaningStep::DropColumn { column: (*name).to_owned() },
        )
    };
    Some(names.iter().fold(Finding { count: view.rows.len(), ..finding }, drop))
}

/// Whether a column of two values has zeros and ones, or yes and no.
fn is_flag(view: &View, column: usize) -> bool {
    let own = view.column(column);
    let mut known: Vec<Cell> = vec![];
    view.cells(column).map(|(_, cell)| cell).all(|cell| {
        if known.contains(&cell) || own.is_missing(cell) {
            return true;
        }
        known.push(cell);
        let text = own.text(cell).trim().to_lowercase();
        matches!(text.as_str(), "0" | "1" | "0.0" | "1.0" | "no" | "yes" | "false" | "true")
    })
}
