//! Digits with zeros before them, all of one length: names, not numbers.

use super::view::View;
use super::{Finding, FindingKind};
use crate::data::number::is_padded;
use crate::data::said::say;
use crate::data::table_spec::{CleaningStep, Kind};

pub(super) fn examine(view: &View) -> Vec<Finding> {
    view.roles.used().filter_map(|column| of_column(view, column)).collect()
}

fn of_column(view: &View, column: usize) -> Option<Finding> {
    let own = view.column(column);
    if !own.profile().is_coded || view.kind(column) != Kind::Category {
        return None;
    }
    let mut texts = view.cells(column).map(|(_, cell)| own.text(cell));
    let example = texts.find(|text| is_padded(text))?;
    let name = view.name(column);
    let sentence = say!(
        "codes",
        "\"{name}\" holds codes such as \"{example}\": names, not numbers.",
        name = name,
        example = example.trim()
    );
    let finding = view.finding(FindingKind::Codes, Some(column), vec![], sentence);
    let fix = CleaningStep::Treat { column: name.to_owned(), to: Kind::Number };
    Some(
        Finding { count: own.profile().distinct, ..finding }
            .with_suggestion(say!("treatAsNumbers", "Treat as numbers"), fix),
    )
}
