//! On both sides of what decides where a table begins, which line names its columns, and what the last lines are.

use super::reading::{names, notes, read, read_with, rows, settled};
use trainyard::data::Table;
use trainyard::data::reading::{Choice, Comment, ReadSpec};

/// Twelve lines made of a template with `#` for a number.
fn many(template: &str) -> String {
    times(12, template)
}

fn times(count: usize, template: &str) -> String {
    (1..=count).map(|row| template.replace('#', &(row * 7 % 10 + 1).to_string()) + "\n").collect()
}

fn told(table: &Table, key: &str) -> (Choice, bool, String) {
    let own = settled(table, key);
    (own.value.clone(), own.is_sure, own.sentence.to_string())
}

/// Lines left out before the table, its columns and its rows.
fn place(text: &str) -> (Choice, usize, usize) {
    let table = read(text);
    (told(&table, "skip").0, table.columns().len(), table.rows())
}

#[test]
fn numbers_over_numbers_name_columns_where_they_count_on() {
    let cases = [
        // Row numbers of a frame begin at 0 or at 1, even where a line below counts on as well.
        (",0,1,2", "r,5,6,7", (true, true)),
        (",1,2,3", "r,5,6,7", (true, true)),
        (",2,3,4", "r,5,6,7", (false, true)),
        // Equal steps upwards, of 1 or of three numbers.
        ("x,0,2,4", "w#,#.5,7,#", (true, true)),
        ("x,0,2,5", "w#,#.5,7,#", (false, true)),
        ("x,4,2,0", "w#,#.5,7,#", (false, true)),
        ("x,3,3,3", "w#,#.5,7,#", (false, true)),
        ("x,0,2,y", "w#,#.5,7,v#", (false, true)),
        ("x,0,1,y", "w#,#.5,7,v#", (true, true)),
        // One year among other numbers makes no years of them.
        ("x,1990,5", "w#,#.5,7", (false, true)),
        // A line below that counts on in the same step.
        ("x,5,6,7", "w#,8,9,10", (false, true)),
        ("x,5,6,7", "w#,8,9,11", (true, true)),
        // Years over years are a question where each is one step from the last, and other columns have words.
        ("land,1990,1995,2000", "w#,199#,198#,200#", (false, false)),
        ("land,2000,1995,1990", "w#,199#,198#,200#", (false, false)),
        ("land,1990,1995,2001", "w#,199#,198#,200#", (false, true)),
        ("land,1990,1990,1990", "w#,199#,198#,200#", (false, true)),
        ("land,1990", "w#,199#", (false, true)),
        ("1990,1995,2000", "199#,198#,200#", (false, true)),
    ];
    for (first, row, expected) in cases {
        let text = format!("{first}\n{}", many(row));
        let (value, is_sure, sentence) = told(&read(&text), "header");
        assert_eq!((value == Choice::Flag(true), is_sure), expected, "{text}{sentence}");
    }
    let sentence = |text: &str| told(&read(text), "header").2;
    let asked = "Do the numbers of line 1 (\"0\", \"1\", \"2\") name the columns?";
    assert_eq!(sentence(&("0,1,2\n".to_owned() + &many("#.5,#.5,7"))), asked);
    let four = "Do the numbers of line 1 (\"0\", \"1\", \"2\", \"3\") name the columns?";
    assert_eq!(sentence(&("0,1,2,3\n".to_owned() + &many("#.5,#.5,7,7"))), four);
    let five = "Do the numbers of line 1 (\"0\", \"1\", \"2\", \"3\" and so on) name the columns?";
    assert_eq!(sentence(&("0,1,2,3,4\n".to_owned() + &many("#.5,#.5,7,7,7"))), five);
    let years = "Do the numbers of line 1 (\"1990\", \"1995\") name the columns?";
    assert_eq!(sentence(&("land,1990,1995\n".to_owned() + &many("w#,199#,198#"))), years);
    // A long name is cut.
    let long = format!("\"{}…\" in line 1 stands over numbers.", "n".repeat(40));
    assert_eq!(sentence(&("n".repeat(41) + ",b\n" + &many("#,#"))), long);
    assert!(!sentence(&("n".repeat(40) + ",b\n" + &many("#,#"))).contains('…'));
}

#[test]
fn over_words_a_line_that_occurs_again_may_be_a_row() {
    let cases = [
        // As many cells that occur again as new ones: a question; fewer, and it is a header.
        ("p,cap", "p,x\ne,x\np,y\ne,y\n", (false, false)),
        ("p,cap,gill", "p,x,s\ne,x,b\np,y,s\ne,y,b\n", (true, false)),
        ("kind,cap", "p,x\ne,x\np,y\ne,y\n", (true, true)),
        // Names that never repeat say nothing.
        ("Ann,Lee", "Bob,Ray\nCid,Dee\nEve,Fox\n", (true, false)),
    ];
    for (first, body, expected) in cases {
        let (value, is_sure, sentence) = told(&read(&format!("{first}\n{body}")), "header");
        assert_eq!((value == Choice::Flag(true), is_sure), expected, "{first} {sentence}");
    }
}

#[test]
fn a_column_holds_values_from_four_of_five_on() {
    let said = |values: usize| {
        let row = |i: usize| if i < values { format!("{i},x\n") } else { format!("word {i},y\n") };
        told(&read(&("size,kind\n".to_owned() + &(0..10).map(row).collect::<String>())), "header").2
    };
    assert_eq!(said(8), "\"size\" in line 1 stands over numbers.");
    assert_eq!(said(7), "No cell of line 1 occurs again below it.");
    // Gaps are no values.
    let gaps = read("size,kind\n,x\n,y\n,x\n,y\n");
    assert_eq!(told(&gaps, "header").2, "No cell of line 1 occurs again below it.");
}

#[test]
fn a_line_of_counts_has_words_alone_behind_them() {
    let body = many("#.5,3.5,1.1,0.4,#");
    assert_eq!(place(&format!("12,4,setosa,versicolor,virginica\n{body}")), (Choice::Count(1), 5, 12));
    for first in [
        "12,4,setosa,7,virginica",
        "12,4,setosa,,virginica",
        "12,3,setosa,versicolor,virginica",
        "12,5,setosa,versicolor,virginica",
        "a,4,setosa,versicolor,virginica",
    ] {
        let (skip, ..) = place(&format!("{first}\n{body}"));
        assert_eq!(skip, Choice::Count(0), "{first}");
    }
    // Three cells are the fewest, and the lines below hold numbers.
    assert_eq!(place(&format!("12,2,one\n{}", many("#.5,3.5,#"))).0, Choice::Count(1));
    assert_eq!(place(&format!("12,1\n{}", many("#.5,3.5"))).0, Choice::Count(0));
    assert_eq!(place(&format!("12,2,one\n{}", many("w#,3.5,#"))).0, Choice::Count(0));
    let counts = read(&format!("12,2,one\n{}", many("#.5,3.5,#")));
    let sentence = "Line 1 holds counts and the names of classes: it is neither header nor row.";
    assert_eq!(told(&counts, "skip").2, sentence);
}

#[test]
fn units_are_sure_from_half_of_what_stands_there() {
    let units = |line: &str| {
        let width = line.split(',').count();
        let (header, row) = (vec!["n"; width].join(","), vec!["#"; width].join(","));
        let (value, is_sure, sentence) =
            told(&read(&format!("{header}\n{line}\n{}", many(&row))), "unitsRow");
        (value == Choice::Flag(true), is_sure, sentence)
    };
    let asked = "Does the line below the header hold units (\"kg\", \"foo\", \"bars\")?";
    assert_eq!(units("kg,foo,bars"), (true, false, asked.into()));
    let said = "The line below the header holds units: \"kg\", \"foo\".";
    assert_eq!(units("kg,foo,,"), (true, true, said.into()));
    assert!(units("kg,m,s,foo,bars,qux").1);
    assert!(!units("kg,m,foo,bars,qux,quux").1);
    let open = "The line below the header has words above numbers (\"foo\", \"bars\"). Are they units?";
    assert_eq!(units("foo,bars"), (false, false, open.into()));
    assert!(units("foo,").1, "one word alone is no question");
    // Above words alone stand no units.
    let words = read(&("a,b\nkg,m\n".to_owned() + &many("x#y,word")));
    assert_eq!((told(&words, "unitsRow").0, words.rows()), (Choice::Flag(false), 13));
    // Signs and letters of units, and what is too long for one.
    for unit in ["km/h", "m²", "W·h", "€", "1/min", "[anything at all]", "(of them)", "m^2"] {
        let told = units(&format!("{unit},foo"));
        assert!(told.0 || unit.starts_with('1'), "{unit} {told:?}");
    }
    for word in ["kilo gram", "(open", "closed)", "a/b/c/d/e/f/g", "x/y z"] {
        assert!(!units(&format!("{word},foo")).0, "{word}");
    }
    assert!(units("a/b/c/d/e/f,foo").0, "eleven letters");
}

#[test]
fn a_ruler_is_drawn_of_three_signs_alone() {
    let under = |line: &str| {
        let table = read(&format!("a,b\n{line}\n{}", many("#,#")));
        (table.rows(), told(&table, "unitsRow").2)
    };
    for line in ["---,---", "===,====", "---,==="] {
        assert_eq!(under(line), (12, "The line below the header is only a ruler.".into()), "{line}");
    }
    for line in ["--,--", "-x-,---", "=-=,---"] {
        assert!(!under(line).1.contains("ruler"), "{line} {:?}", under(line));
    }
}

#[test]
fn roles_take_one_line_or_two() {
    let rows = |lines: &str| read(&format!("a\tb\tc\n{lines}{}", many("#.5\t#\tx"))).rows();
    assert_eq!(rows("continuous\tc\td\n\tclass\tmeta\n"), 12);
    assert_eq!(rows("continuous\tc\td\n"), 12);
    assert_eq!(rows("continuous\tvery\tother\n"), 13, "other words are none of them");
}

#[test]
fn comments_of_one_column_stand_on_top_or_are_rows() {
    let read_one = |text: &str| {
        let table = read(text);
        let (mark, is_sure, _) = told(&table, "comment");
        (mark, is_sure, table.rows())
    };
    assert_eq!(read_one("# of a list\nword\nab\ncd\nef\n"), (Choice::Name("#"), true, 3));
    assert_eq!(read_one("word\n#ab\ncd\n#ef\ngh\n"), (Choice::Name("none"), false, 4));
    // One word behind the mark may name the column, a sentence not.
    assert_eq!(names(&read("# size\n1\n2\n3\n4\n")), ["size"]);
    assert_eq!(names(&read("# of the year\n1\n2\n3\n4\n")), ["column 1"]);
}

#[test]
fn marked_lines_are_rows_where_more_than_half_have_as_many_cells() {
    let of = |lines: &str| {
        let table = read(&format!("name,size\n{}{lines}{}", times(8, "w#,#"), times(8, "w#,#")));
        let (mark, is_sure, _) = told(&table, "comment");
        (mark, is_sure, table.rows())
    };
    assert_eq!(of("#one\n#two\n#three\n"), (Choice::Name("#"), true, 16));
    assert_eq!(of("#one,1\n#two,2\n#three\n#four\n"), (Choice::Name("#"), false, 16));
    assert_eq!(of("#one,1\n#two,2\n#three,3\n#four\n#five\n"), (Choice::Name("none"), false, 21));
}

#[test]
fn a_header_behind_a_mark_stands_next_to_the_table_and_is_not_skipped() {
    let body = many("#\t#.5\tb");
    let named = |before: &str, options: ReadSpec| {
        let table = read_with(&(before.to_owned() + &body), options);
        (names(&table)[0].to_owned(), table.rows())
    };
    let plain = ReadSpec::default;
    let first = ("column 1".to_owned(), 12);
    // Names may have blanks within.
    assert_eq!(named("# size of it\tlen\tkind\n", plain()), ("size of it".into(), 12));
    assert_eq!(named("# size\tlen\n", plain()), first.clone(), "a name is missing");
    assert_eq!(named("# size\t\tkind\n", plain()), ("# size".into(), 12), "a name is empty");
    assert_eq!(named("# 4\t0.5\tb\n", plain()).0, "column 1", "a row like the others");
    let none = ReadSpec { header: Some(false), ..plain() };
    assert_eq!(named("# one\n# size\tlen\tkind\n", none), first.clone());
    let skip = |lines| ReadSpec { skip: Some(lines), comment: Some(Comment::Mark("#")), ..plain() };
    assert_eq!(named("# one\n# size\tlen\tkind\n", skip(2)), first);
    let mark = ReadSpec { skip: Some(1), ..plain() };
    assert_eq!(named("# one\n# size\tlen\tkind\n", mark), ("size".into(), 12));
}

#[test]
fn the_table_is_what_fills_most_of_the_file() {
    let lines = |count: usize, line: &str| line.repeat(count);
    // Wide rows count by their width squared: four of three cells against nine or ten of two.
    let of = |narrow: usize| place(&(lines(narrow, "word,5\n") + &times(4, "#,#.5,7")));
    assert_eq!(of(9), (Choice::Count(9), 3, 4));
    assert_eq!(of(10).1, 2);
    // Lines before the table are no more than its rows.
    let of = |before: usize| place(&(lines(before, "one,one,two\n") + &times(3, "#,#.5,7,8")));
    assert_eq!(of(3), (Choice::Count(3), 4, 3));
    assert_eq!(of(4).1, 3);
    // Where fewer than half of the rows agree the first line settles the columns.
    let of = |last: &str| place(&format!("a,b\n1,2,3,4,5\n6,7,8,9,1\n1,2,3\n4,5,6,7\n{last}"));
    assert_eq!(of("").1, 5);
    assert_eq!(of("1,2\n3\n4,5,6\n").1, 2);
}

#[test]
fn short_rows_before_the_widest_are_rows_unless_they_count() {
    let of = |first: &str| place(&(first.to_owned() + "\n" + &many("#,#.5,7")));
    // One cell short, and most of it values.
    assert_eq!(of("4,4.5"), (Choice::Count(0), 3, 13));
    assert_eq!(of("4"), (Choice::Count(1), 3, 12), "two cells short");
    assert_eq!(of("a,4.5"), (Choice::Count(1), 3, 12), "half of it values");
    assert_eq!(of("word,word"), (Choice::Count(1), 3, 12));
    // Rows and columns counted, with the answer's or without.
    assert_eq!(of("12,3"), (Choice::Count(1), 3, 12));
    assert_eq!(of("12,2"), (Choice::Count(1), 3, 12));
    assert_eq!(of("12,4"), (Choice::Count(0), 3, 13));
    // Several, down to the first that is none.
    assert_eq!(of("title,here\n4,4.5\n5,5.5"), (Choice::Count(1), 3, 14));
}

#[test]
fn a_title_that_is_as_wide_has_an_empty_line_below() {
    let table = "name,size,kind\n".to_owned() + &many("n#,#.5,b");
    assert_eq!(place(&format!("one, two, three\n\n{table}")), (Choice::Count(2), 3, 12));
    assert_eq!(place(&format!("one, two, three\n{table}")).0, Choice::Count(0));
}

#[test]
fn a_header_one_cell_short_names_what_differs() {
    let of = |header: &str, row: &str| {
        let table = read(&format!("{header}\n{}", many(row)));
        (names(&table).len(), names(&table)[0].to_owned(), table.rows())
    };
    assert_eq!(of("len,kind", "w#,#.5,b"), (3, "rownames".into(), 12));
    assert_eq!(of("len,len", "w#,#.5,b").1, "column 1", "a name twice");
    assert_eq!(of("len,5", "w#,#.5,b").1, "column 1", "a value");
    assert_eq!(of("len,NA", "w#,#.5,b").1, "column 1", "a gap");
    // With lines before it.
    let text = format!("a title\n\nlen,kind\n{}", many("w#,#.5,b"));
    assert_eq!((names(&read(&text)), read(&text).rows()), (vec!["rownames", "len", "kind"], 12));
    let sentence = "Line 3 has one cell less than the lines below.";
    assert_eq!(told(&read(&text), "header").2, sentence);
    let names_rows = told(
        &read(&("len,kind\n".to_owned() + &(0..9).map(|i| format!("r{i},1,b\n")).collect::<String>())),
        "rowNames",
    );
    let sentence = "The header is one cell short: the first column names the rows.";
    assert_eq!(names_rows, (Choice::Flag(true), true, sentence.into()));
    let again = told(&read("len,kind\nr,1,b\nr,2,b\ns,3,c\n"), "rowNames");
    let sentence = "The header is one cell short. Does the first column name the rows?";
    assert_eq!(again, (Choice::Flag(true), false, sentence.into()));
    // What is chosen is sure, and so is that a column without cells has no name.
    let chosen = ReadSpec { row_names: Some(true), ..ReadSpec::default() };
    assert!(told(&read_with("len,kind\nr,1,b\nr,2,b\ns,3,c\n", chosen), "rowNames").1);
    let ended = told(&read(&("a,b\n".to_owned() + &many("#,x,"))), "rowNames");
    let sentence = "The header is one cell short: the last column has no name.";
    assert_eq!(ended, (Choice::Flag(false), true, sentence.into()));
}

#[test]
fn a_remark_leaves_two_rows_and_says_what_it_is() {
    let left = |text: &str| {
        let table = read(text);
        let out = notes(&table).iter().filter(|note| note.1.contains("below the table")).count();
        (table.rows(), out)
    };
    assert_eq!(left("item,n\na,1\nb,2\n\nthe end of it\n"), (2, 1));
    assert_eq!(left("item,n\na,1\n\nthe end of it\n"), (2, 0), "one row besides");
    let body = "item,n,kind\n".to_owned() + &many("thing,#,x");
    // Right below the last row a word must say so.
    for remark in [
        "Source: own count",
        "Note that it is old",
        "*estimated",
        "† of it",
        "Quelle: selbst",
        "SOURCES: two",
    ] {
        assert_eq!(left(&format!("{body}{remark}\n")), (12, 1), "{remark}");
    }
    for row in ["Sourced by me", "a source: mine", "note", "thing"] {
        assert_eq!(left(&format!("{body}{row}\n")), (13, 0), "{row}");
    }
    // Values are no remark, nor what is as wide as the table; and empty lines between rows say nothing.
    assert_eq!(left(&format!("{body}\n12,x\n")), (13, 0));
    assert_eq!(left(&format!("{body}\nthing,#,x\n")), (13, 0));
    let spaced = body.replace('\n', "\n\n");
    assert_eq!(left(&format!("{spaced}the end of it\n")), (13, 0));
    // Several, from the first that is one.
    assert_eq!(left(&format!("{body}\nOne more,\nNote: mine\nand others\n")), (12, 3));
}

#[test]
fn what_stands_before_the_table_is_told() {
    let said = |text: &str| told(&read(text), "skip").2;
    let table = "name,size,kind\n".to_owned() + &many("n#,#.5,b");
    assert_eq!(said(&table), "The table begins with the first line.");
    assert_eq!(said(&format!("\n# a\n\n{table}")), "Only comments and empty lines stand before the table.");
    assert_eq!(said(&format!("a title\n{table}")), "The table begins on line 2.");
    assert_eq!(said(&format!("sep=,\n{table}")), "Line 1 names the delimiter.");
    // A number of lines beyond those that are listed is one of the choices.
    let choices = |lines: usize| {
        let table = read(&("a title\n".repeat(lines) + &table));
        let own = settled(&table, "skip");
        let (last, label) = own.choices.last().unwrap().clone();
        (own.value.clone(), (last, label.to_string()))
    };
    assert_eq!(choices(12), (Choice::Count(12), (Choice::Count(12), "12 lines".to_owned())));
    assert_eq!(choices(13), (Choice::Count(13), (Choice::Count(13), "As used".to_owned())));
}

#[test]
fn rows_read_alike_whatever_their_line_ends() {
    let table = "name,size,kind\n".to_owned() + &many("n#,#.5,b");
    for line_end in ["\r\n", "\r"] {
        assert_eq!(rows(&read(&table.replace('\n', line_end))), rows(&read(&table)), "{line_end:?}");
    }
}
