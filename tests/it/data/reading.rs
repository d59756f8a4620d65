//! The structure of a file is guessed, told with its evidence, and chosen by hand: delimiters, header, and lines that
//! are no rows.

use trainyard::data::csv::Reader;
use trainyard::data::doctor::{FindingKind, examine};
use trainyard::data::reading::{Choice, Comment, Delimiter, Quote, ReadSpec, Settled};
use trainyard::data::{CleaningStep, Table, TableSpec};

pub(super) fn read(text: &str) -> Table {
    Reader::read(text.as_bytes()).unwrap()
}

pub(super) fn read_with(text: &str, options: ReadSpec) -> Table {
    Reader::read_with(text.as_bytes(), options).unwrap()
}

pub(super) fn rows(table: &Table) -> Vec<Vec<String>> {
    let row = |row| (0..table.columns().len()).map(|column| table.text(row, column).into_owned()).collect();
    (0..table.rows()).map(row).collect()
}

pub(super) fn names(table: &Table) -> Vec<&str> {
    table.columns().map(|column| column.name.as_str()).collect()
}

pub(super) fn notes(table: &Table) -> Vec<(Option<u64>, &str)> {
    table.notes.iter().map(|note| (note.line, note.sentence.as_str())).collect()
}

pub(super) fn settled<'a>(table: &'a Table, key: &str) -> &'a Settled {
    table.reading.iter().find(|settled| settled.key == key).unwrap_or_else(|| panic!("nothing of {key}"))
}

fn value(table: &Table, key: &str) -> (Choice, bool) {
    let settled = settled(table, key);
    (settled.value.clone(), settled.is_sure)
}

/// Lines of a table of 12 rows, made of a template with `#` for a number.
fn many(template: &str) -> String {
    (1..=12).map(|row| template.replace('#', &(row * 7 % 10 + 1).to_string()) + "\n").collect()
}

#[test]
fn every_delimiter_is_found_told_and_can_be_chosen() {
    let cases = [
        ("count,size,color\n", "#,#.5,blue", ","),
        ("count;size;color\n", "#;#,5;blue", ";"),
        ("count\tsize\tcolor\n", "#\t#,5\tblue", "\t"),
        ("count|size|color\n", "#|#.5|blue", "|"),
        ("count | size | color\n", "# | #.5 | blue", "|"),
        ("count size color\n", "# #.5 blue", " "),
        ("count size color\n", "# #,5 blue", " "),
        ("count  size\tcolor\n", "  #   #.5 \t blue ", " "),
        ("\"count\" \"size\" \"color\"\n", "# #.5 \"blue\"", " "),
        ("sep=;\ncount;size;color\n", "#;#,5;blue", ";"),
        ("\"sep=,\"\ncount,size,color\n", "#,#.5,blue", ","),
        ("sep=\t\ncount\tsize\tcolor\n", "#\t#.5\tblue", "\t"),
    ];
    for (header, row, delimiter) in cases {
        let text = header.to_owned() + &many(row);
        let table = read(&text);
        assert_eq!(names(&table), ["count", "size", "color"], "{text}");
        assert_eq!((table.rows(), table.text(0, 2).as_ref()), (12, "blue"), "{text}");
        assert_eq!(value(&table, "delimiter"), (Choice::Name(delimiter), true), "{text}");
        assert_eq!(value(&table, "header"), (Choice::Flag(true), true), "{text}");
    }
    let text = "a;b\n".to_owned() + &many("#,1;#,2");
    let told = |table: &Table| settled(table, "delimiter").sentence.clone();
    assert_eq!(told(&read(&text)), "Semicolons cut 13 of 13 lines into 2 cells.");
    let chosen = read_with(&text, ReadSpec { delimiter: Some(Delimiter::Byte(b',')), ..ReadSpec::default() });
    assert_eq!((chosen.columns().len(), value(&chosen, "delimiter")), (3, (Choice::Name(","), true)));
    assert!(settled(&chosen, "delimiter").is_chosen && !settled(&chosen, "header").is_chosen);
    assert_eq!(told(&chosen), "Commas cut 12 of 13 lines into 3 cells.");
    // Without a header both cut every line: a question.
    let open = read(&many("#,1;#,2"));
    assert_eq!((open.columns().len(), value(&open, "delimiter")), (2, (Choice::Name(";"), false)));
    assert!(told(&open).ends_with("Which of the two stands between cells?"), "{}", told(&open));
    // One column, and texts whose commas are within quotes.
    assert_eq!(told(&read("word\nab\ncd\n")), "No delimiter cuts the lines alike: there is one column.");
    let quoted = read(&("id,text\n".to_owned() + &many("#,\"well, yes; no\"")));
    assert_eq!((names(&quoted), quoted.text(0, 1).as_ref()), (vec!["id", "text"], "well, yes; no"));
    let words = read(&("shop\n".to_owned() + &many("shop #")));
    assert_eq!((names(&words), words.rows(), words.text(0, 0).as_ref()), (vec!["shop"], 12, "shop 8"));
}

#[test]
fn columns_of_fixed_width_may_have_gaps_and_empty_cells() {
    let text = concat!(
        "name         size  color\n",
        "New York      8.2  blue\n",
        "Rome         12.5  red\n",
        "San Jose           light blue\n",
        "Zürich        3.1  red\n",
        "              4.1  green\n",
    );
    let table = read(text);
    assert_eq!(value(&table, "delimiter").0, Choice::Name("fixed"));
    assert_eq!(names(&table), ["name", "size", "color"]);
    let found = rows(&table);
    assert_eq!(found[0], ["New York", "8.2", "blue"]);
    assert_eq!(found[2], ["San Jose", "", "light blue"]);
    assert_eq!(found[3], ["Zürich", "3.1", "red"]);
    assert_eq!(found[4], ["", "4.1", "green"]);
    // The same by hand, and by hand where blanks would do.
    let fixed = ReadSpec { delimiter: Some(Delimiter::Fixed), ..ReadSpec::default() };
    assert_eq!(rows(&read_with(text, fixed.clone())), found);
    let even = read_with("ab 12\ncd  3\nef 45\n", fixed);
    assert_eq!(rows(&even), [["ab", "12"], ["cd", "3"], ["ef", "45"]]);
}

#[test]
fn a_header_is_told_from_a_row() {
    let years = "country,1990,1995,2000\n".to_owned() + &many("land #,4#,5#,6#");
    let cases = [
        // Text over numbers, though a number is among the names.
        ("a,2,c\n".to_owned() + &many("#,#,#"), Some(true), true),
        (years.clone(), Some(true), true),
        ("word,2015\n".to_owned() + &many("w#,#.5"), Some(true), true),
        (",0,1,2\n".to_owned() + &many("r#,#,#.5,3"), Some(true), true),
        // Numbers alone.
        ("1990,1995,2000\n".to_owned() + &many("4#,5#,6#"), Some(true), false),
        ("0,1,2,3\n".to_owned() + &many("#.5,#.1,#,4"), Some(true), false),
        // Rows.
        (many("#,#.5,blue"), Some(false), true),
        ("1990,1995,x\n".to_owned() + &many("199#,198#,x"), Some(false), true),
        ("1,2,3\n".to_owned() + &many("#,9,4"), Some(true), false),
        ("5,9,1\n".to_owned() + &many("#,9,4"), Some(false), true),
        // Names alone: the first line looks like the others, or it does not.
        ("p,x,s\n".to_owned() + &"e,x,y\np,b,s\ne,b,s\n".repeat(4), Some(false), false),
        ("kind,cap,gill\n".to_owned() + &"e,x,y\np,b,s\ne,b,s\n".repeat(4), Some(true), true),
        ("Ann,Lee\nBob,Ray\nCid,Dee\n".to_owned(), Some(true), false),
    ];
    for (text, header, is_sure) in cases {
        let table = read(&text);
        let told = settled(&table, "header");
        assert_eq!(
            (Some(told.value.clone()), told.is_sure),
            (header.map(Choice::Flag), is_sure),
            "{text}{told:?}"
        );
        let lines = text.lines().count();
        assert_eq!(table.rows(), if header == Some(true) { lines - 1 } else { lines }, "{text}");
    }
    assert_eq!(names(&read(&years)), ["country", "1990", "1995", "2000"]);
    let by_hand = |header| read_with(&years, ReadSpec { header: Some(header), ..ReadSpec::default() });
    assert_eq!((by_hand(true).rows(), by_hand(false).rows()), (12, 13));
    assert_eq!(names(&by_hand(false)), ["column 1", "column 2", "column 3", "column 4"]);
    assert!(settled(&by_hand(false), "header").is_chosen && settled(&by_hand(false), "header").is_sure);
}

#[test]
fn a_header_one_cell_short_leaves_the_first_column_to_row_names() {
    let text = "\"len\",\"wid\",\"kind\"\n".to_owned()
        + &(1..9).map(|i| format!("\"{i}\",4.8,{i}.9,\"a\"\n")).collect::<String>();
    let table = read(&text);
    assert_eq!(names(&table), ["rownames", "len", "wid", "kind"]);
    assert_eq!(rows(&table)[0], ["1", "4.8", "1.9", "a"]);
    assert_eq!(value(&table, "rowNames"), (Choice::Flag(true), true));
    let blanks = read(&text.replace(',', " "));
    assert_eq!((names(&blanks), rows(&blanks)), (names(&table), rows(&table)));
    // By hand: no name shifts, none is lost.
    let none = read_with(&text, ReadSpec { row_names: Some(false), ..ReadSpec::default() });
    assert_eq!(names(&none), ["len", "wid", "kind", "column 4"]);
    // What repeats can hardly name rows: a question. A delimiter at the end of each line makes no column.
    let open = read(&("len,kind\n".to_owned() + &many("a,#,b")));
    assert_eq!((names(&open), value(&open, "rowNames").1), (vec!["rownames", "len", "kind"], false));
    let ended = read(&("a,b\n".to_owned() + &many("#,x,")));
    assert_eq!((names(&ended), rows(&ended)[0].clone()), (vec!["a", "b"], vec!["8".into(), "x".into()]));
    assert_eq!(names(&read(&("a,b,\n".to_owned() + &many("#,x,")))), ["a", "b", "column 3"]);
}

#[test]
fn the_table_begins_where_lines_agree() {
    let table = "name,size,kind\n".to_owned() + &many("n#,#.5,b");
    let plain = rows(&read(&table));
    let preambles = [
        ("Report of the year\n\n", 2, 1),
        ("Report, by me\n", 1, 1),
        ("station: 14\nheight: 30 m\n\n\n", 4, 2),
        ("key,value\nother,3\n", 2, 2),
        ("a title, with, many, commas, inside\nsecond line\n", 2, 2),
        ("one, two, three\n\n", 2, 1),
        ("|1x3 Cross validator\n", 1, 1),
        ("\n\n", 0, 0),
    ];
    for (preamble, skip, noted) in preambles {
        let found = read(&(preamble.to_owned() + &table));
        assert_eq!(
            (names(&found), rows(&found)),
            (vec!["name", "size", "kind"], plain.clone()),
            "{preamble}"
        );
        assert_eq!(value(&found, "skip").0, Choice::Count(skip), "{preamble}");
        let left = notes(&found).iter().filter(|note| note.1.starts_with("Left out")).count();
        assert_eq!(left, noted, "{preamble}");
    }
    let table = "Report, by me\n".to_owned() + &table;
    assert_eq!(
        notes(&read(&table))[0],
        (Some(1), "Left out, since it stands before the table: \"Report, by me\".")
    );
    let all = read_with(&table, ReadSpec { skip: Some(0), ..ReadSpec::default() });
    assert_eq!((all.rows(), names(&all)[0]), (13, "Report"));
    let fewer = read_with(&table, ReadSpec { skip: Some(3), ..ReadSpec::default() });
    assert_eq!((fewer.rows(), value(&fewer, "header").0), (11, Choice::Flag(false)));
}

#[test]
fn comment_lines_are_skipped_and_a_marked_header_is_one() {
    let body = many("#\t#.5\tb");
    let table = format!("# some data\n# station 14, height 30 m\nsize\tlen\tkind\n{body}# the end\n");
    for mark in ["#", "%", "//"] {
        let found = read(&table.replace('#', mark));
        assert_eq!((names(&found), found.rows()), (vec!["size", "len", "kind"], 12), "{mark}");
        assert_eq!(value(&found, "comment"), (Choice::Name(mark), true));
        assert!(
            notes(&found)[0].1.starts_with("Comment lines skipped: 3. The first: "),
            "{:?}",
            notes(&found)
        );
    }
    for (before, comment) in [("#", "none"), ("# ", "none"), ("## of 2020\n#", "#"), ("%% a\n%% b\n%", "%")] {
        let found = read(&format!("{before}size\tlen\tkind\n{body}"));
        assert_eq!((names(&found), found.rows()), (vec!["size", "len", "kind"], 12), "{before}");
        assert_eq!(value(&found, "comment").0, Choice::Name(comment), "{before}");
    }
    // Colors, tags and numbers that begin with the mark are cells.
    let found = read("color,size\n#ff0000,1\n#00ff00,2\nred,4\n#0000ff,3\n");
    assert_eq!((found.rows(), value(&found, "comment")), (4, (Choice::Name("none"), false)));
    let chosen = ReadSpec { comment: Some(Comment::Mark("#")), ..ReadSpec::default() };
    assert_eq!(read_with("color,size\n#ff0000,1\nred,4\n#0000ff,3\n", chosen).rows(), 1);
    let none = ReadSpec { comment: Some(Comment::None), ..ReadSpec::default() };
    assert_eq!(read_with(&table, none).rows(), 13);
}

#[test]
fn lines_of_counts_units_and_roles_are_no_rows() {
    let counts = read(&("12,4,setosa,versicolor,virginica\n".to_owned() + &many("#.5,3.5,1.1,0.4,#")));
    assert_eq!((counts.rows(), value(&counts, "skip").0), (12, Choice::Count(1)));
    assert_eq!(notes(&counts)[0].0, Some(1));
    let text = "time;pressure;temp\ns;bar;°C\n".to_owned() + &many("#;1,#;22,#");
    let units = read(&text);
    assert_eq!((units.rows(), value(&units, "unitsRow")), (12, (Choice::Flag(true), true)));
    assert_eq!(units.column(2).unit.as_deref(), Some("°C"));
    assert!(notes(&units)[0].1.contains("s | bar | °C"), "{:?}", notes(&units));
    let row = read_with(&text, ReadSpec { units_row: Some(false), ..ReadSpec::default() });
    assert_eq!((row.rows(), row.column(2).unit.as_deref()), (13, None));
    let brackets = read(&("a,b,who\n[m],(m/s),\n".to_owned() + &many("#,#,x")));
    assert_eq!((brackets.rows(), brackets.column(0).unit.as_deref()), (12, Some("m")));
    // Words over numbers that aren't units: a question, and no row is lost.
    let open = read(&("a,b\nfirst,second\n".to_owned() + &many("#,#")));
    assert_eq!((open.rows(), value(&open, "unitsRow")), (13, (Choice::Flag(false), false)));
    let chosen = ReadSpec { units_row: Some(true), ..ReadSpec::default() };
    assert_eq!(read_with("a,b\nfirst,second\n1,2\n3,4\n", chosen).rows(), 2);
    let orange = read(
        &("sepal\tpetal\tiris\ncontinuous\tcontinuous\tdiscrete\n\t\tclass\n".to_owned()
            + &many("#.1\t#\ta")),
    );
    assert_eq!((names(&orange), orange.rows()), (vec!["sepal", "petal", "iris"], 12));
    assert_eq!(notes(&orange).len(), 2);
}

#[test]
fn remarks_below_are_left_out_and_totals_named() {
    let body = "item,qty,sold\n".to_owned() + &many("thing #,#,#");
    let found = read(&(body.clone() + "Total,72,72\n\nSource: own count; rounded\nFigures, too\n"));
    assert_eq!(found.rows(), 13);
    let told: Vec<_> = notes(&found).into_iter().filter(|note| note.0.is_some()).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(
        told.contains(&(Some(14), "The row begins with \"Total\" and seems to sum up the others.")),
        "{told:?}"
    );
    assert!(
        told.contains(&(
            Some(16),
            "Left out, since it stands below the table: \"Source: own count; rounded\"."
        ))
    );
    let findings = examine(&found, &TableSpec::default(), true).unwrap();
    let total = findings.iter().find(|finding| finding.kind == FindingKind::Total).unwrap();
    let fix = CleaningStep::DropRows { rows: vec![12] };
    assert_eq!((total.rows.clone(), &total.remedies[0].fix), (vec![12], &fix));
    let without = TableSpec { clean: vec![fix], ..TableSpec::default() };
    let findings = examine(&found, &without, true).unwrap();
    assert!(findings.iter().all(|finding| finding.kind != FindingKind::Total));
    // A row cut short at the end of the file stays and is noted; a word that other rows have is no total.
    let short = read(&(body.clone() + "thing 9,4\n"));
    assert_eq!((short.rows(), notes(&short).len()), (13, 1));
    let usual = read("part,n\ntotal,1\nhalf,2\ntotal,3\nhalf,4\ntotal,5\n");
    assert!(usual.notes.is_empty(), "{:?}", usual.notes);
    let sums = read("who,a,b\nx,1,2\ny,3,4\nz,5,7\n,9,13\n");
    assert_eq!(notes(&sums), [(Some(5), "The row holds the sums of 2 columns.")]);
    assert!(read("who,a,b\nx,1,2\ny,3,4\nz,5,7\n,9,14\n").notes.is_empty());
    let quote = ReadSpec { quote: Some(Quote::None), ..ReadSpec::default() };
    assert_eq!(read_with("a,b\n\"x\",1\n", quote).text(0, 0), "\"x\"");
}
