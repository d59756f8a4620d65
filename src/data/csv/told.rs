//! What was settled about a file, each with its evidence, as the page shows it.

use super::header::{brief, list};
use super::layout::{Under, text_of};
use super::place::{Placed, comment_of};
use super::sample::Sample;
use crate::data::reading::{Choice, Comment, Delimiter, Escape, Quote, ReadSpec, Settled, yes_or_no};
use crate::data::said::{Said, say};

/// The most lines that a list of choices has.
const MOST_LINES: u64 = 12;

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
fn cuts(sample: &Sample) -> Said {
    let (block, delimiter) = (sample.block, sample.layout.delimiter);
    let what = match delimiter {
        Delimiter::Byte(b';') => say!("semicolonsCut", "Semicolons cut"),
        Delimiter::Byte(b'\t') => say!("tabsCut", "Tabs cut"),
        Delimiter::Byte(b'|') => say!("verticalBarsCut", "Vertical bars cut"),
        Delimiter::Byte(b':') => say!("colonsCut", "Colons cut"),
        Delimiter::Byte(_) => say!("commasCut", "Commas cut"),
        Delimiter::Blanks => say!("blanksCut", "Blanks cut"),
        Delimiter::Fixed => say!("fixedPlacesCut", "Fixed places cut"),
    };
    say!(
        "cuts",
        "{what} {agree} of {all} lines into {width} cells",
        what = what,
        agree = block.agree,
        all = sample.records.len(),
        width = block.width
    )
}

fn delimiter(placed: &Placed, options: &ReadSpec) -> Settled {
    let (best, rival) = (&placed.guess.best, &placed.guess.rival);
    let cut = best.cut_date().map(|(_, example)| example);
    let sentence = match rival {
        _ if placed.guess.says_so => {
            say!("namesDelimiter", "The first line of the file names the delimiter.")
        }
        Some(rival) => say!(
            "cutsEither",
            "{cuts}. {others}. Which of the two stands between cells?",
            cuts = cuts(best),
            others = cuts(rival)
        ),
        None if placed.guess.has_decimals => say!(
            "commaOfDecimals",
            "Each line below the first is a number with a decimal comma. Or does the comma stand between cells?"
        ),
        None if cut.is_some() => say!(
            "cutsDates",
            "{cuts}, and dates such as \"{date}\" with them. Does something else stand between cells?",
            cuts = cuts(best),
            date = cut.as_deref().unwrap_or_default()
        ),
        None if best.block.width < 2 => {
            say!("noDelimiter", "No delimiter cuts the lines alike: there is one column.")
        }
        None => say!("cutsAlike", "{cuts}.", cuts = cuts(best)),
    };
    Settled {
        key: "delimiter",
        value: Choice::Name(best.layout.delimiter.name()),
        is_chosen: options.delimiter.is_some(),
        is_sure: options.delimiter.is_some()
            || placed.guess.says_so
            || (rival.is_none() && cut.is_none() && !placed.guess.has_decimals),
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
        choices: yes_or_no(say!("withHeader", "Header"), say!("noHeader", "No header")),
        sentence: placed.header.why.clone(),
    }
}

fn skip(placed: &Placed, options: &ReadSpec) -> Settled {
    let skip = placed.layout.skip;
    let label = |lines: u64| match lines {
        0 => say!("noLines", "None"),
        1 => say!("oneLine", "1 line"),
        _ => say!("lines", "{count} lines", count = lines),
    };
    let mut choices: Vec<_> = (0..=MOST_LINES).map(|lines| (Choice::Count(lines), label(lines))).collect();
    if skip > MOST_LINES {
        choices.push((Choice::Count(skip), say!("asUsed", "As used")));
    }
    let sentence = match skip {
        _ if placed.has_counts => {
            say!(
                "lineCounts",
                "Line {line} holds counts and the names of classes: it is neither header nor row.",
                line = skip
            )
        }
        _ if placed.guess.says_so && skip == 1 => say!("lineDelimiter", "Line 1 names the delimiter."),
        0 if placed.from > 1 => {
            say!("onlyComments", "Only comments and empty lines stand before the table.")
        }
        0 => say!("tableFirst", "The table begins with the first line."),
        _ => say!("tableLine", "The table begins on line {line}.", line = skip + 1),
    };
    let is_chosen = options.skip.is_some();
    Settled { key: "skip", value: Choice::Count(skip), is_chosen, is_sure: true, choices, sentence }
}

fn comment(placed: &Placed, options: &ReadSpec) -> Settled {
    let own = comment_of(&placed.layout);
    let label = |name: &str, own: Comment| match own {
        Comment::None => say!("noComments", "None"),
        Comment::Mark(_) => Said::verbatim(name),
    };
    let marks = Comment::ALL.iter().map(|&(name, own)| (Choice::Name(name), label(name, own)));
    let (is_chosen, count) = (options.comment.is_some(), placed.comments);
    let lines = match count {
        1 => say!("lineBegins", "1 line begins"),
        _ => say!("linesBegin", "{count} lines begin", count = count),
    };
    let sentence = match own {
        Comment::Mark(mark) if is_chosen || placed.sure_comments => {
            say!("comments", "{lines} with {mark}.", lines = lines, mark = mark)
        }
        Comment::Mark(mark) => say!(
            "someComments",
            "{lines} with {mark}, some with as many cells as rows have. Are they comments?",
            lines = lines,
            mark = mark
        ),
        Comment::None if !is_chosen && count > 0 => say!(
            "maybeComments",
            "{lines} with a comment mark, with as many cells as rows have. Are they comments?",
            lines = lines
        ),
        Comment::None => say!("noComment", "No line seems to be a comment."),
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
        Quote::Single => say!("singleEnclose", "Single quotes enclose cells."),
        Quote::Double => say!("doubleEnclose", "Double quotes enclose cells that need them."),
        Quote::None => say!("quotesLetters", "Quotes are letters like others."),
    };
    let label = |own: Quote| match own {
        Quote::Double => say!("doubleQuotes", "Double quotes"),
        Quote::Single => say!("singleQuotes", "Single quotes"),
        Quote::None => say!("noQuotes", "No quotes"),
    };
    Settled {
        key: "quote",
        value: Choice::Name(own.name()),
        is_chosen: options.quote.is_some(),
        is_sure: true,
        choices: Quote::ALL.iter().map(|&(name, own)| (Choice::Name(name), label(own))).collect(),
        sentence,
    }
}

/// Of interest where a backslash stands before quotes, or where somebody chose.
fn escape(placed: &Placed, options: &ReadSpec) -> Option<Settled> {
    let is_chosen = options.escape.is_some();
    let own = if placed.layout.backslash { Escape::Backslash } else { Escape::Double };
    let sentence = match own {
        Escape::Backslash => say!("backslashBefore", "A backslash stands before quotes within cells."),
        Escape::Double => say!("quotesDoubled", "Quotes within quoted cells are doubled."),
    };
    let label = |own: Escape| match own {
        Escape::Double => say!("doubled", "Doubled"),
        Escape::Backslash => say!("backslash", "Backslash"),
    };
    (is_chosen || placed.layout.backslash).then(|| Settled {
        key: "escape",
        value: Choice::Name(own.name()),
        is_chosen,
        is_sure: true,
        choices: Escape::ALL.iter().map(|&(name, own)| (Choice::Name(name), label(own))).collect(),
        sentence,
    })
}

/// Of interest where the header is one cell short.
fn row_names(placed: &Placed, options: &ReadSpec) -> Option<Settled> {
    let is_chosen = options.row_names.is_some();
    let has = placed.layout.row_names;
    let sentence = match (placed.is_short, has) {
        (false, _) => say!("everyColumnNamed", "The header has a name for every column."),
        (true, true) if is_chosen || placed.sure_row_names => {
            say!("firstNamesRows", "The header is one cell short: the first column names the rows.")
        }
        (true, true) => {
            say!("firstNamesRowsMaybe", "The header is one cell short. Does the first column name the rows?")
        }
        (true, false) => say!("lastUnnamed", "The header is one cell short: the last column has no name."),
    };
    (is_chosen || placed.is_short).then(|| Settled {
        key: "rowNames",
        value: Choice::Flag(has),
        is_chosen,
        is_sure: is_chosen || !has || placed.sure_row_names,
        choices: yes_or_no(
            say!("withRowNames", "First column names rows"),
            say!("noRowNames", "No row names"),
        ),
        sentence,
    })
}

/// Of interest under a header.
fn units_row(placed: &Placed, options: &ReadSpec) -> Option<Settled> {
    let is_chosen = options.units_row.is_some();
    let cells: Vec<&str> =
        placed.first_row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    let is_sure = is_chosen || placed.sure_under;
    let sentence = match placed.layout.under {
        Under::Rule => say!("ruler", "The line below the header is only a ruler."),
        Under::Roles(_) => say!("rolesBelow", "The lines below the header say what each column is for."),
        Under::Units if is_sure => {
            say!("unitsBelow", "The line below the header holds units: {cells}.", cells = list(&cells))
        }
        Under::Units => {
            say!(
                "unitsBelowMaybe",
                "Does the line below the header hold units ({cells})?",
                cells = list(&cells)
            )
        }
        Under::Nothing if is_sure => say!("dataBelow", "The line below the header holds data."),
        Under::Nothing => say!(
            "wordsBelow",
            "The line below the header has words above numbers ({cells}). Are they units?",
            cells = list(&cells)
        ),
    };
    placed.layout.header.then(|| Settled {
        key: "unitsRow",
        value: Choice::Flag(placed.layout.under == Under::Units),
        is_chosen,
        is_sure,
        choices: yes_or_no(say!("units", "Units"), say!("data", "Data")),
        sentence,
    })
}

/// A line of the file as a note quotes it.
pub(super) fn quoted(line: &[u8]) -> String {
    brief(&text_of(line))
}
