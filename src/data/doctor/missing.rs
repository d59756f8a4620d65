//! Cells without a value: empty, or a word for it such as `NA` or `?`.

use super::view::{View, both};
use super::{Finding, FindingKind, label};
use crate::data::cell::{Cell, Gap};
use crate::data::said::{Said, list, say};
use crate::data::table::Column;
use crate::data::table_spec::{CleaningStep, ImputeWith, Kind};

pub(super) fn examine(view: &View) -> Vec<Finding> {
    let both = |column| [of_column(view, column), of_words(view, column)];
    view.roles.used().flat_map(both).flatten().collect()
}

/// Words such as "unknown" among names: kept as names, which may be right.
fn of_words(view: &View, column: usize) -> Option<Finding> {
    let own = view.column(column);
    let is_word = |&(_, cell): &(u32, Cell)| own.gap(cell) == Gap::Word && !own.is_missing(cell);
    let (rows, cells): (Vec<u32>, Vec<Cell>) = view.cells(column).filter(is_word).unzip();
    let words = texts(own, cells, str::to_owned);
    let first = words.first()?.trim().to_owned();
    let name = view.name(column);
    let sentence = say!(
        "gapWords",
        "{share} have {words} in \"{name}\". It counts as a name here; if it means that nothing is known, treat it as \
         missing.",
        share = view.share(rows.len()),
        words = list(&words, 4),
        name = name
    );
    let label = match words.len() {
        1 => say!("treatWordAsMissing", "Treat \"{word}\" as missing", word = first),
        _ => say!("treatWordsAsMissing", "Treat these words as missing"),
    };
    let fix = CleaningStep::Merge { column: name.to_owned(), from: words, to: String::new() };
    Some(view.finding(FindingKind::Missing, Some(column), rows, sentence).with_suggestion(label, fix))
}

/// The different texts of some cells, in order.
fn texts(column: &Column, mut cells: Vec<Cell>, of: impl Fn(&str) -> String) -> Vec<String> {
    cells.sort_unstable();
    cells.dedup();
    let mut texts: Vec<String> = cells.into_iter().map(|cell| of(&column.text(cell))).collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// Words for a gap that may be names, such as `NA` for North America or Namibia.
fn kept(view: &View, column: usize, words: &[String]) -> Vec<(String, (Said, CleaningStep))> {
    let is_word = |word: &&String| word.len() > 1 && word.chars().all(char::is_alphabetic);
    let keep = |word: &String| {
        let fix = CleaningStep::Keep { column: view.name(column).to_owned(), word: word.clone() };
        (word.clone(), (say!("nameHere", "\"{word}\" is a name here", word = word), fix))
    };
    match view.kind(column) {
        Kind::Category => words.iter().filter(is_word).take(3).map(keep).collect(),
        _ => vec![],
    }
}

/// Whether a word looks like the names beside it: capitals, as many as most of them have.
fn looks_like_names(view: &View, column: usize, word: &str) -> bool {
    let alike = |text: &str| text.len() == word.len() && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let own = view.column(column);
    let present = view.cells(column).map(|(_, cell)| cell).filter(|&cell| !own.is_missing(cell));
    let (mut all, mut like) = (0, 0);
    present.for_each(|cell| (all, like) = (all + 1, like + usize::from(alike(own.text(cell).trim()))));
    alike(word) && all > 0 && 10 * like >= 9 * all
}

fn of_column(view: &View, column: usize) -> Option<Finding> {
    let own = view.column(column);
    let rows: Vec<u32> =
        view.cells(column).filter(|&(_, cell)| own.is_missing(cell)).map(|(row, _)| row).collect();
    if rows.is_empty() || view.imputes[column].is_some() {
        return None;
    }
    let cells = rows.iter().map(|&row| own.cells()[row as usize]).collect();
    let mut words = texts(own, cells, |text| text.trim().to_owned());
    words.retain(|word| !word.is_empty());
    let name = view.name(column);
    let share = view.share(rows.len());
    let mostly = 2 * rows.len() > view.rows.len();
    let what = match words.len() {
        0 => say!("missing", "{share} have no \"{name}\".", share = share, name = name),
        _ => say!(
            "missingWritten",
            "{share} have no \"{name}\", some written as {words}.",
            share = share,
            name = name,
            words = list(&words, 4)
        ),
    };
    let then = match column == view.roles.target {
        true => say!("noAnswer", "Without an answer there is nothing to learn from."),
        false => say!("leftOutUnless", "They are left out unless something stands in."),
    };
    let sentence = both(what, then);
    let finding = view.finding(FindingKind::Missing, Some(column), rows, sentence);
    let column_name = || name.to_owned();
    let drop = CleaningStep::DropMissing { column: Some(column_name()) };
    let (mut before, mut after) = (vec![], vec![]);
    for (word, keep) in kept(view, column, &words) {
        if looks_like_names(view, column, &word) { before.push(keep) } else { after.push(keep) }
    }
    let add = |finding: Finding, (label, fix): (Said, CleaningStep)| finding.with_suggestion(label, fix);
    let finding = before.into_iter().fold(finding, add);
    if column == view.roles.target {
        return Some(after.into_iter().fold(finding.with_suggestion(label::leave_rows_out(), drop), add));
    }
    let finding = if mostly {
        finding.with_suggestion(label::leave_column_out(), CleaningStep::DropColumn { column: column_name() })
    } else {
        finding
    };
    let impute = |by| CleaningStep::Impute { column: column_name(), by };
    let finding = match view.kind(column) {
        Kind::Category => {
            finding.with_suggestion(say!("fillInMode", "Fill in the most frequent"), impute(ImputeWith::Mode))
        }
        _ => finding
            .with_suggestion(label::fill_in_median(), impute(ImputeWith::Median))
            .with_suggestion(say!("fillInMean", "Fill in the mean"), impute(ImputeWith::Mean)),
    };
    let finding = finding.with_suggestion(label::leave_rows_out(), drop);
    let finding = if mostly {
        finding
    } else {
        finding.with_suggestion(label::leave_column_out(), CleaningStep::DropColumn { column: column_name() })
    };
    Some(after.into_iter().fold(finding, add))
}
