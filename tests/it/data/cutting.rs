//! On both sides of what decides how lines are cut: quotes, dates among blanks, places, other marks.

use super::reading::{names, notes, read, read_with, rows, settled};
use trainyard::data::reading::{Choice, Comment, Delimiter, Escape, ReadSpec};

/// Lines of a text of places, each cell as wide as told, with two blanks behind it.
fn in_places(lines: &[Vec<&str>], widths: &[usize]) -> String {
    let line = |cells: &Vec<&str>| -> String {
        cells.iter().zip(widths).map(|(cell, &width)| format!("{cell:width$}  ")).collect()
    };
    lines.iter().map(|cells| line(cells).trim_end().to_owned() + "\n").collect()
}

#[test]
fn single_quotes_enclose_where_half_of_the_lines_have_them_and_most_close() {
    // Ten lines, of which so many begin with a quote, of which so many are closed; and cells in double quotes.
    let quote = |opened: usize, closed: usize, doubles: usize| {
        let line = |i: usize| match i {
            _ if i < closed => format!("'a{i}',1,x\n"),
            _ if i < opened => format!("'a{i},1,x\n"),
            _ if i < opened + doubles => format!("a{i},1,\"x\"\n"),
            _ => format!("a{i},1,x\n"),
        };
        let text = "name,n,m\n".to_owned() + &(0..9).map(line).collect::<String>();
        settled(&read(&text), "quote").value.clone()
    };
    let (single, double) = (Choice::Name("'"), Choice::Name("\""));
    assert_eq!((quote(5, 5, 0), quote(4, 4, 0)), (single.clone(), double.clone()), "half of the lines");
    assert_eq!((quote(5, 4, 0), quote(5, 3, 0)), (single.clone(), double.clone()), "four of five closed");
    assert_eq!(
        (quote(9, 8, 0), quote(9, 7, 0)),
        (single.clone(), double.clone()),
        "eight of nine, and seven"
    );
    assert_eq!((quote(8, 8, 0), quote(8, 8, 1)), (single, double), "one in double quotes");
}

#[test]
fn a_date_in_words_is_cut_by_blanks_with_all_its_parts() {
    let said = |dates: [&str; 4]| {
        let text: String = dates
            .iter()
            .zip(["5.5", "12.25", "3", "10.75"])
            .map(|(date, n)| format!("{date} {n} a\n"))
            .collect();
        let table = read_with(&text, ReadSpec { delimiter: Some(Delimiter::Blanks), ..ReadSpec::default() });
        settled(&table, "delimiter").sentence.clone()
    };
    let cut = |date: &str| {
        format!(", and dates such as \"{date}\" with them. Does something else stand between cells?")
    };
    for dates in [
        ["10 Apr 2023", "7 May 2023", "21 Jun 2023", "1 Jul 2023"],
        ["Mon, 10 Apr 2023", "Sun, 7 May 2023", "Wed, 21 Jun 2023", "Sat, 1 Jul 2023"],
        ["Mon, 10 Apr 2023 14:30", "Sun, 7 May 2023 9:05", "Wed, 21 Jun 2023 0:00", "Sat, 1 Jul 2023 1:01"],
        [
            "Mon, 10 Apr 2023 2:30 PM",
            "Sun, 7 May 2023 9:05 AM",
            "Wed, 21 Jun 2023 1:00 PM",
            "Sat, 1 Jul 2023 1:01 AM",
        ],
        [
            "Mon, 10 Apr 2023 2:30 PM +02:00",
            "Sun, 7 May 2023 9:05 AM +02:00",
            "Wed, 21 Jun 2023 1:00 PM +02:00",
            "Sat, 1 Jul 2023 1:01 AM +02:00",
        ],
    ] {
        assert!(said(dates).ends_with(&cut(dates[0])), "{}", said(dates));
    }
    // Nearly all rows have a date there, the first among them.
    let words = ["10 Apr 2023", "see note below", "see note below", "1 Jul 2023"];
    assert!(!said(words).contains("dates such as"), "{}", said(words));
    assert!(
        !said(["10 Apr 2023", "NA NA NA", "NA NA NA", "NA NA NA"]).contains("dates such as"),
        "one alone"
    );
    assert!(said(["10 Apr 2023", "7 May 2023", "NA NA NA", "NA NA NA"]).contains("dates such as"));
    assert!(!said(["see note below", "7 May 2023", "21 Jun 2023", "1 Jul 2023"]).contains("dates such as"));
}

#[test]
fn a_date_of_seven_parts_stays_whole_among_places() {
    let dates = [
        "Mon, 10 Apr 2023 02:30 PM +02:00",
        "Sun, 07 May 2023 09:05 AM +02:00",
        "Wed, 21 Jun 2023 01:00 PM +02:00",
        "Sat, 01 Jul 2023 01:01 AM +02:00",
    ];
    let cells: Vec<Vec<&str>> =
        dates.iter().zip(["5.5", "12.25", "3.1", "10.75"]).map(|(date, n)| vec![*date, n, "a b"]).collect();
    let table = read_with(
        &in_places(&cells, &[32, 5, 3]),
        ReadSpec { delimiter: Some(Delimiter::Fixed), ..ReadSpec::default() },
    );
    assert_eq!(rows(&table).iter().map(|row| &row[0][..]).collect::<Vec<_>>(), dates);
}

#[test]
fn a_column_of_places_is_one_that_half_of_the_lines_have_or_a_fifth_with_a_name() {
    // Twenty lines, the first of names; the last column is filled in so many others.
    let columns = |filled: usize, name: &str| {
        let line = |i: usize| match i {
            0 => vec!["name", "size", name],
            _ => vec![
                ["ab", "cd", "ef"][i % 3],
                ["1.5", "2.5", "3.25"][i % 3],
                if i <= filled { "xyz" } else { "" },
            ],
        };
        let text = in_places(&(0..20).map(line).collect::<Vec<_>>(), &[5, 5, 4]);
        read_with(&text, ReadSpec { delimiter: Some(Delimiter::Fixed), ..ReadSpec::default() })
            .columns()
            .len()
    };
    assert_eq!((columns(10, ""), columns(9, "")), (3, 2), "half of twenty");
    assert_eq!((columns(3, "kind"), columns(2, "kind")), (3, 2), "a fifth of twenty, the name among them");
    assert_eq!(columns(4, ""), 2, "a fifth without a name");
}

#[test]
fn a_gap_may_be_strayed_into_by_one_line_of_twenty() {
    let columns = |stray: usize, count: usize| {
        let line = |i: usize| {
            if i < stray { "a-total-of-it-all\n".to_owned() } else { format!("name{:02}   {:02}.25\n", i, i) }
        };
        let text: String = (0..count).rev().map(line).collect();
        read_with(&text, ReadSpec { delimiter: Some(Delimiter::Fixed), ..ReadSpec::default() })
            .columns()
            .len()
    };
    assert_eq!((columns(0, 20), columns(1, 20), columns(1, 19)), (2, 2, 1));
    assert_eq!((columns(2, 40), columns(2, 39)), (2, 1));
}

#[test]
fn another_mark_that_all_lines_have_alike_is_told() {
    let told = |text: &str| {
        notes(&read(text)).iter().find(|note| note.1.contains("in every line")).map(|note| note.1.to_owned())
    };
    let once = told("a::1\nb::2\nc::3\nd::4\n").unwrap();
    assert!(once.starts_with("\"::\" stands once in every line."), "{once}");
    assert!(told("a^1^x\nb^2^y\nc^3^z\nd^4^u\n").unwrap().starts_with("\"^\" stands 2 times"));
    // The last line may be cut off: three others are the fewest.
    assert!(told("a~1\nb~2\nc~3\nd\n").is_some());
    assert!(told("a~1\nb~2\nc\n").is_none());
    assert!(told("a~1\nb~2~3\nc~4\nd~5\n").is_none(), "one line has two");
    assert!(told("a~1\nb 2\nc~4\nd~5\n").is_none(), "one line has none");
    assert!(told("a~1\n\nb~2\nc~3\nd~4\n").is_some(), "empty lines have no say");
    let chosen = ReadSpec { delimiter: Some(Delimiter::Byte(b',')), ..ReadSpec::default() };
    assert!(read_with("a~1\nb~2\nc~3\nd~4\n", chosen).notes.is_empty());
}

#[test]
fn errors_of_a_sheet_begin_no_comment() {
    let table = read("# of a sheet\na,b\n#N/A,1\n#DIV/0!,2\n3,4\n#ref!,5\n");
    assert_eq!((names(&table), table.rows()), (vec!["a", "b"], 4));
    assert_eq!(rows(&table)[0], ["#N/A", "1"]);
    let others = read("# of a sheet\na,b\n#NA is one\n#DIVIDED\n3,4\n3,5\n4,6\n5,7\n");
    assert_eq!((others.rows(), settled(&others, "comment").value.clone()), (4, Choice::Name("#")));
}

#[test]
fn a_quote_that_closes_before_text_runs_on_to_the_delimiter() {
    let first = |line: &str| rows(&read(&format!("what,n\n{line}\nother,2\nmore,3\n")))[0].clone();
    assert_eq!(first("\"a, b\" c,1"), ["\"a, b\" c", "1"]);
    assert_eq!(first("\"\" c,1"), ["\"\" c", "1"]);
    assert_eq!(first("\"a\"b,1"), ["\"a\"b", "1"]);
    assert_eq!(first("\"a \"b\" c\",1"), ["a \"b\" c", "1"], "the last one closes");
    assert_eq!(first("\"a,\"b\",1").len(), 2);
    assert_eq!(first("\"a\" ,1"), ["a", "1"], "blanks behind it");
}

#[test]
fn commas_of_dates_stand_in_nearly_all_lines() {
    // Of twenty lines with a comma one may have another.
    let columns = |dates: usize, others: usize| {
        let date = |i: usize| format!("Apr {}, 2023\n", i % 28 + 1);
        let text =
            "when\n".to_owned() + &(0..dates).map(date).collect::<String>() + &"Rome, 2023\n".repeat(others);
        read(&text).columns().len()
    };
    assert_eq!((columns(20, 0), columns(19, 1), columns(18, 1)), (1, 1, 2));
}

#[test]
fn a_backslash_stands_for_itself_before_letters() {
    let chosen = ReadSpec { escape: Some(Escape::Backslash), ..ReadSpec::default() };
    let first = |text: &str| read_with(&format!("a,b\n{text},1\n"), chosen.clone()).text(0, 0).into_owned();
    assert_eq!(first("\"x\\ty\""), "x\\ty");
    assert_eq!(first("\"x\\\"y\""), "x\"y");
    assert_eq!(first("\"x\\\\y\""), "x\\y");
    assert_eq!(first("\"x\\\\\""), "x\\");
}

#[test]
fn marked_lines_that_are_rows_are_a_question_until_somebody_chooses() {
    let text = "color,size\n#ff0000,1\n#00ff00,2\nred,4\n#0000ff,3\n";
    let said = |comment| {
        let table = read_with(text, ReadSpec { comment, ..ReadSpec::default() });
        (settled(&table, "comment").sentence.to_string(), settled(&table, "comment").is_sure, table.rows())
    };
    let open = "3 lines begin with a comment mark, with as many cells as rows have. Are they comments?";
    assert_eq!(said(None), (open.into(), false, 4));
    assert_eq!(said(Some(Comment::None)), ("No line seems to be a comment.".into(), true, 4));
    assert_eq!(said(Some(Comment::Mark("#"))), ("3 lines begin with #.".into(), true, 1));
}
