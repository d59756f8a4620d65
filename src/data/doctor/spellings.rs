//! One name spelled in several ways: by case, blanks and signs, or by one letter.

use super::view::View;
use super::{Finding, FindingKind};
use crate::data::cell::Cell;
use crate::data::said::{list, say};
use crate::data::table_spec::{CleaningStep, Kind};

/// A column with more names is compared by case and blanks only.
const MOST_COMPARED: usize = 300;

pub(super) fn examine(view: &View) -> Vec<Finding> {
    let columns = view.roles.used().filter(|&column| view.kind(column) == Kind::Category);
    columns.flat_map(|column| of_column(view, column)).collect()
}

/// A spelling, how many rows have it, and what remains of it without case, blanks and signs.
struct Spelling {
    cell: Cell,
    text: String,
    rows: usize,
    plain: String,
}

fn of_column(view: &View, column: usize) -> Vec<Finding> {
    let all = spellings(view, column);
    groups(&all).into_iter().map(|(to, from)| finding(view, column, to, from)).collect()
}

fn spellings(view: &View, column: usize) -> Vec<Spelling> {
    let own = view.column(column);
    let mut cells: Vec<Cell> =
        view.cells(column).map(|(_, cell)| cell).filter(|&cell| !own.is_missing(cell)).collect();
    cells.sort_unstable();
    let spelling = |same: &[Cell]| {
        let text = own.text(same[0]).into_owned();
        let plain = plain(&text);
        Spelling { cell: same[0], text, rows: same.len(), plain }
    };
    let mut all: Vec<Spelling> = cells.chunk_by(|a, b| a == b).map(spelling).collect();
    // Where all say yes or no, they do so in one way.
    let truths: Option<Vec<&str>> = all.iter().map(|spelling| truth(&spelling.plain)).collect();
    for (spelling, truth) in all.iter_mut().zip(truths.into_iter().flatten()) {
        spelling.plain = truth.to_owned();
    }
    // The most frequent first: others join it. Of equal ones the one without blanks around it.
    let is_padded = |spelling: &Spelling| spelling.text.trim().len() < spelling.text.len();
    all.sort_by(|a, b| {
        let order = b.rows.cmp(&a.rows).then_with(|| is_padded(a).cmp(&is_padded(b)));
        order.then_with(|| a.text.cmp(&b.text))
    });
    all
}

/// What remains of a name without case, blanks and the signs between its letters. Signs that carry meaning stay:
/// `<=50K` and `>50K`, `A+` and `A-`, `C` and `C#`, `1-8` and `18`.
fn plain(text: &str) -> String {
    let letters: Vec<char> =
        text.trim().chars().map(|c| if matches!(c, '−' | '–' | '‐') { '-' } else { c }).collect();
    let stays = |(place, &c): (usize, &char)| {
        let near = |at: Option<usize>| at.and_then(|at| letters.get(at)).copied();
        let (before, after) = (near(place.checked_sub(1)), near(Some(place + 1)));
        let is_digit = |c: Option<char>| c.is_some_and(char::is_numeric);
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match c {
            _ if c.is_alphanumeric() => true,
            // Between digits everything parts numbers.
            _ if is_digit(before) && is_digit(after) => true,
            '-' => !(is_word(before) && is_word(after)),
            '.' | ',' | ';' | ':' | '_' | '\'' | '’' | '"' | '`' => before.is_none() && c == '.',
            _ => !c.is_whitespace(),
        }
    };
    let kept: String =
        letters.iter().enumerate().filter(|&(place, c)| stays((place, c))).map(|(_, c)| *c).collect();
    if kept.is_empty() { text.trim().to_owned() } else { kept.to_lowercase() }
}

/// Words for yes and no, in some languages.
fn truth(plain: &str) -> Option<&'static str> {
    match plain {
        "true" | "t" | "yes" | "y" | "ja" | "j" | "oui" | "o" | "vrai" | "wahr" | "si" | "sí" | "sim"
        | "да" | "tak" | "verdadero" | "vero" | "waar" | "1" => Some("yes"),
        "false" | "f" | "no" | "n" | "nein" | "non" | "faux" | "falsch" | "não" | "нет" | "nie" | "nee"
        | "falso" | "onwaar" | "0" => Some("no"),
        _ => None,
    }
}

/// The spelling to use, and those that mean the same.
fn groups(all: &[Spelling]) -> Vec<(&Spelling, Vec<&Spelling>)> {
    let mut groups: Vec<(&Spelling, Vec<&Spelling>)> = Vec::new();
    // By what remains, so that equal ones lie together whatever their number.
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|&a, &b| all[a].plain.cmp(&all[b].plain).then(a.cmp(&b)));
    let mut joined = vec![false; all.len()];
    for same in order.chunk_by(|&a, &b| all[a].plain == all[b].plain) {
        let others: Vec<&Spelling> = same[1..].iter().map(|&index| &all[index]).collect();
        same[1..].iter().for_each(|&index| joined[index] = true);
        groups.push((&all[same[0]], others));
    }
    groups.sort_by(|a, b| b.0.rows.cmp(&a.0.rows).then_with(|| a.0.text.cmp(&b.0.text)));
    if groups.len() <= MOST_COMPARED {
        join_slips(&mut groups);
    }
    groups.retain(|(_, others)| !others.is_empty());
    groups
}

/// A rare name one letter away from a frequent one is likely a slip of it.
fn join_slips<'a>(groups: &mut Vec<(&'a Spelling, Vec<&'a Spelling>)>) {
    let mut index = groups.len();
    while index > 1 {
        index -= 1;
        let rare = groups[index].0;
        let is_slip = |(known, _): &(&Spelling, Vec<&Spelling>)| {
            known.rows >= 10 * rare.rows && is_one_letter_away(&known.plain, &rare.plain)
        };
        if let Some(home) = groups[..index].iter().position(is_slip) {
            let (slip, others) = groups.remove(index);
            groups[home].1.push(slip);
            groups[home].1.extend(others);
        }
    }
}

/// Whether one letter more, less or other makes `a` into `b`; digits tell names apart, and signs and short names too.
fn is_one_letter_away(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() < 4 || long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (rest, tail) = if short.len() == long.len() { (same + 1, same + 1) } else { (same, same + 1) };
    let changed = |at: usize, word: &[char]| word.get(at).is_some_and(|c| !c.is_alphabetic());
    !changed(same, short) && !changed(same, long) && short.get(rest..) == long.get(tail..)
}

fn finding(view: &View, column: usize, to: &Spelling, from: Vec<&Spelling>) -> Finding {
    let is_other = |cell: Cell| from.iter().any(|spelling| spelling.cell == cell);
    let rows: Vec<u32> = view.cells(column).filter(|&(_, cell)| is_other(cell)).map(|(row, _)| row).collect();
    let others: Vec<String> = from.iter().map(|spelling| spelling.text.clone()).collect();
    let name = view.name(column);
    let sentence = say!(
        "spellings",
        "In \"{name}\", {others} stand beside \"{to}\" in {share}: to a model they are different names.",
        name = name,
        others = list(&others, 4),
        to = &to.text,
        share = view.share(rows.len())
    );
    let merge = CleaningStep::Merge { column: name.to_owned(), from: others, to: to.text.clone() };
    view.finding(FindingKind::Spellings, Some(column), rows, sentence)
        .with_suggestion(say!("writeThroughout", "Write \"{to}\" throughout", to = &to.text), merge)
}
