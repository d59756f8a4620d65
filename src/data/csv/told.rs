//! What was settled about a file, each with its evidence, as the page shows it.

use super::header::{brief, list};
use super::layout::{Under, text_of};
use super::place::{Placed, comment_of};
use super::sample::Sample;
use crate::data::reading::{Choice, Comment, Delimiter, Escape, Quote, ReadSpec, Settled, yes_or_no};

/// Numbers of lines that a list of choices has.
const LINES: [&str; 13] = [
    "None", "1 line", "2 lines", "3 lines", "4 lines", "5 lines", "6 lines", "7 lines", "8 lines", "9 lines",
    "10 lines", "11 lines", "12 lines",
];

/// All that was settled.
pub(super) fn tell(placed: &Placed, options: &ReadSpec) -> Vec<Settled> {
    let mut told = vec![delimiter(placed, options), header(placed, options), skip(placed, options)];
    told.push(comment(placed, options));
    told.push(quote(placed, options));
    told.extend(escape(placed, options));
    told.extend(row_names(placed, options));
    told.extend(units_row(placed, options));
    told
}

/// How a delimiter cuts lines, in words.
fn cuts(sample: &Sample) -> String {
    let (block, delimiter) = (sample.block, sample.layout.delimiter);
    let what = match delimiter {
        Delimiter::Byte(b';') => "Semicolons cut",
        Delimiter::Byte(b'\t') => "Tabs cut",
        Delimiter::Byte(b'|') => "Vertical bars cut",
        Delimiter::Byte(_) => "Commas cut",
        Delimiter::Blanks => "Blanks cut",
        Delimiter::Fixed => "Fixed places cut",
    };
    format!("{what} {} of {} lines into {} cells", block.agree, sample.records.len(), block.width)
}

fn delimiter(placed: &Placed, options: &ReadSpec) -> Settled {
    let (best, rival) = (&placed.guess.best, &placed.guess.rival);
    let cut = best.cut_date().map(|(_, example)| example);
    let sentence = match rival {
        _ if placed.guess.says_so => "The first line of the file names the delimiter.".into(),
        Some(rival) => format!("{}. {}. Which of the two stands between cells?", cuts(best), cuts(rival)),
        None if cut.is_some() => format!(
            "{}, and dates such as \"{}\" with them. Does something else stand between cells?",
            cuts(best),
            cut.as_deref().unwrap_or_default()
        ),
        None if best.block.width < 2 => "No delimiter cuts the lines alike: there is one column.".into(),
        None => format!("{}.", cuts(best)),
    };
    Settled {
        key: "delimiter",
        value: Choice::Name(best.layout.delimiter.name()),
        is_chosen: options.delimiter.is_some(),
        is_sure: options.delimiter.is_some() || placed.guess.says_so || (rival.is_none() && cut.is_none()),
        choices: Delimiter::ALL.iter().map(|(name, own)| (Choice::Name(name), own.label())).collect(),
        sentence,
    }
}

fn header(placed: &Placed, options: &ReadSpec) -> Settled {
    Settled {
        key: "header",
        value: Choice::Flag(placed.layout.header),
        is_chosen: options.header.is_some(),
        is_sure: options.header.is_some() || placed.header.is_sure,
        choices: yes_or_no("Header", "No header"),
        sentence: placed.header.why.clone(),
    }
}

fn skip(placed: &Placed, options: &ReadSpec) -> Settled {
    let skip = placed.layout.skip;
    let mut choices: Vec<_> =
        LINES.iter().zip(0..).map(|(label, lines)| (Choice::Count(lines), *label)).collect();
    if skip >= choices.len() as u64 {
        choices.push((Choice::Count(skip), "As used"));
    }
    let sentence = match skip {
        _ if placed.has_counts => {
            format!("Line {skip} holds counts and the names of classes: it is neither header nor row.")
        }
        _ if placed.guess.says_so && skip == 1 => "Line 1 names the delimiter.".into(),
        0 if placed.from > 1 => "Only comments and empty lines stand before the table.".into(),
        0 => "The table begins with the first line.".into(),
        _ => format!("The table begins on line {}.", skip + 1),
    };
    let is_chosen = options.skip.is_some();
    Settled { key: "skip", value: Choice::Count(skip), is_chosen, is_sure: true, choices, sentence }
}

fn comment(placed: &Placed, options: &ReadSpec) -> Settled {
    let own = comment_of(&placed.layout);
    let marks = Comment::ALL
        .iter()
        .map(|&(name, own)| (Choice::Name(name), if own == Comment::None { "None" } else { name }));
    let (is_chosen, count) = (options.comment.is_some(), placed.comments);
    let lines = if count == 1 { "1 line begins".into() } else { format!("{count} lines begin") };
    let question = "with as many cells as rows have. Are they comments?";
    let sentence = match own {
        Comment::Mark(mark) if is_chosen || placed.sure_comments => format!("{lines} with {mark}."),
        Comment::Mark(mark) => format!("{lines} with {mark}, some {question}"),
        Comment::None if !is_chosen && count > 0 => format!("{lines} with a comment mark, {question}"),
        Comment::None => "No line seems to be a comment.".into(),
    };
    let is_sure = is_chosen || placed.sure_comments && (own != Comment::None || count == 0);
    Settled {
        key: "comment",
        value: Choice::Name(own.name()),
        is_chosen,
        is_sure,
        choices: marks.collect(),
        sentence,
    }
}

fn quote(placed: &Placed, options: &ReadSpec) -> Settled {
    let own = match placed.layout.quote {
        Some(b'\'') => Quote::Single,
        Some(_) => Quote::Double,
        None => Quote::None,
    };
    let sentence = match own {
        Quote::Single => "Single quotes enclose cells.",
        Quote::Double => "Double quotes enclose cells that need them.",
        Quote::None => "Quotes are letters like others.",
    };
    let label = |own: Quote| match own {
        Quote::Double => "Double quotes",
        Quote::Single => "Single quotes",
        Quote::None => "No quotes",
    };
    Settled {
        key: "quote",
        value: Choice::Name(own.name()),
        is_chosen: options.quote.is_some(),
        is_sure: true,
        choices: Quote::ALL.iter().map(|&(name, own)| (Choice::Name(name), label(own))).collect(),
        sentence: sentence.into(),
    }
}

/// Of interest where a backslash stands before quotes, or where somebody chose.
fn escape(placed: &Placed, options: &ReadSpec) -> Option<Settled> {
    let is_chosen = options.escape.is_some();
    let own = if placed.layout.backslash { Escape::Backslash } else { Escape::Double };
    let sentence = match own {
        Escape::Backslash => "A backslash stands before quotes within cells.",
        Escape::Double => "Quotes within quoted cells are doubled.",
    };
    let label = |own: Escape| if own == Escape::Double { "Doubled" } else { "Backslash" };
    (is_chosen || placed.layout.backslash).then(|| Settled {
        key: "escape",
        value: Choice::Name(own.name()),
        is_chosen,
        is_sure: true,
        choices: Escape::ALL.iter().map(|&(name, own)| (Choice::Name(name), label(own))).collect(),
        sentence: sentence.into(),
    })
}

/// Of interest where the header is one cell short.
fn row_names(placed: &Placed, options: &ReadSpec) -> Option<Settled> {
    let is_chosen = options.row_names.is_some();
    let has = placed.layout.row_names;
    let sentence = match (placed.is_short, has) {
        (false, _) => "The header has a name for every column.",
        (true, true) if is_chosen || placed.sure_row_names => {
            "The header is one cell short: the first column names the rows."
        }
        (true, true) => "The header is one cell short. Does the first column name the rows?",
        (true, false) => "The header is one cell short: the last column has no name.",
    };
    (is_chosen || placed.is_short).then(|| Settled {
        key: "rowNames",
        value: Choice::Flag(has),
        is_chosen,
        is_sure: is_chosen || !has || placed.sure_row_names,
        choices: yes_or_no("First column names rows", "No row names"),
        sentence: sentence.into(),
    })
}

/// Of interest under a header.
fn units_row(placed: &Placed, options: &ReadSpec) -> Option<Settled> {
    let is_chosen = options.units_row.is_some();
    let cells: Vec<&str> =
        placed.first_row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    let is_sure = is_chosen || placed.sure_under;
    let sentence = match placed.layout.under {
        Under::Rule => "The line below the header is only a ruler.".into(),
        Under::Roles(_) => "The lines below the header say what each column is for.".into(),
        Under::Units if is_sure => format!("The line below the header holds units: {}.", list(&cells)),
        Under::Units => format!("Does the line below the header hold units ({})?", list(&cells)),
        Under::Nothing if is_sure => "The line below the header holds data.".into(),
        Under::Nothing => {
            format!("The line below the header has words above numbers ({}). Are they units?", list(&cells))
        }
    };
    placed.layout.header.then(|| Settled {
        key: "unitsRow",
        value: Choice::Flag(placed.layout.under == Under::Units),
        is_chosen,
        is_sure,
        choices: yes_or_no("Units", "Data"),
        sentence,
    })
}

/// A line of the file as a note quotes it.
pub(super) fn quoted(line: &[u8]) -> String {
    brief(&text_of(line))
}
