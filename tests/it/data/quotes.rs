//! Quotes: those that enclose, those that are letters, and those that are never closed.

use super::reading::{names, notes, read, read_with, rows, settled};
use trainyard::data::csv::Reader;
use trainyard::data::reading::{Choice, Escape, Quote, ReadSpec};

fn lines(from: usize, to: usize) -> String {
    (from..to).map(|row| format!("n{row},{},a\n", row % 7)).collect()
}

#[test]
fn an_unclosed_quote_is_located_and_no_row_is_lost() {
    let head = "name,size,kind\n".to_owned() + &lines(0, 20);
    let cases = [
        // (the line with the quote, what follows, lines that would be one cell)
        ("\"n20,5,a\n", lines(21, 60), 39),
        ("n20,5,\"a\n", lines(21, 60), 39),
        ("\"n20,5,a\n", lines(21, 30) + "n30,\"4\",b\n" + &lines(31, 40), 10),
        ("\"n20,5,a\n", lines(21, 30) + "\"n30\",4,b\n" + &lines(31, 40), 10),
        ("\"n20,5,a\n", lines(21, 30) + "n30,4,\"b\"\n" + &lines(31, 40), 10),
        ("n20,\"5,a\n", lines(21, 22), 1),
    ];
    for (line, rest, swallowed) in cases {
        let text = head.clone() + line + &rest;
        let table = read(&text);
        assert_eq!(table.rows(), text.lines().count() - 1, "{line}{rest}");
        assert!(rows(&table).iter().all(|row| row[2].trim_matches('"').len() == 1), "{line}{rest}");
        let lines = if swallowed == 1 { "1 line".into() } else { format!("{swallowed} lines") };
        let sentence = format!(
            "A quote opened on line 22 is never closed: {lines} below it would be part of one cell. The quote \
             was read as a letter like others."
        );
        assert_eq!(notes(&table), [(Some(22), sentence.as_str())], "{line}{rest}");
    }
    // Every quote that is never closed, and rows of one column.
    let table = read(&(head + "\"n20,5,a\n" + &lines(21, 30) + "\"n30,5,a\n" + &lines(31, 40)));
    assert_eq!((table.rows(), table.notes.len()), (40, 2));
    let one = read("word\nab\n\"cd\nef\n\"gh\" ij\n");
    assert_eq!(one.rows(), 4);
}

#[test]
fn a_hundred_open_quotes_in_a_long_file_are_bounded_and_no_row_is_lost() {
    let mut reader = Reader::new();
    reader.push(b"name,size\n");
    let (mut rows, filler) = (0, "x,1\n".repeat(1000));
    for _ in 0..200 {
        reader.push(b"\"open,5\n");
        reader.push(filler.as_bytes());
        rows += 1001;
    }
    let table = reader.finish().unwrap();
    assert_eq!(table.rows(), rows);
    assert_eq!((table.text(0, 0).as_ref(), table.text(rows - 1, 1).as_ref()), ("\"open", "1"));
}

#[test]
fn line_ends_within_quotes_are_text() {
    for line_end in ["\n", "\r\n"] {
        let text = "id,text,n\n1,\"two\nlines\",3\n2,\"a, b\nc, \"\"d\"\"\ne\",4\n3,\"\n\",5\n"
            .replace('\n', line_end);
        let table = read(&text);
        assert_eq!((table.rows(), table.notes.len()), (3, 0), "{:?}", table.notes);
        assert_eq!(rows(&table)[1], ["2", &format!("a, b{line_end}c, \"d\"{line_end}e"), "4"]);
    }
    // Legal, though rows are short or each of its lines has as many cells as a row.
    let table = read("a,b,c\n\"x\ny\",5\n1,2,3\n1,\"2\n1,2\",3\n");
    assert_eq!(rows(&table), [["x\ny", "5", ""], ["1", "2", "3"], ["1", "2\n1,2", "3"]]);
    let long = format!("id,text\n1,\"{}\"\n2,b\n", "word\n".repeat(300_000));
    let table = read(&long);
    assert_eq!((table.rows(), table.notes.len()), (2, 1), "{:?}", table.notes);
}

#[test]
fn single_quotes_blanks_before_quotes_and_backslashes() {
    let single = read("'name','size'\n'Smith, 0',1\n'it''s',2\n'O''Neil, B',3\n");
    assert_eq!(names(&single), ["name", "size"]);
    assert_eq!(rows(&single), [["Smith, 0", "1"], ["it's", "2"], ["O'Neil, B", "3"]]);
    assert_eq!(settled(&single, "quote").value, Choice::Name("'"));
    let apostrophes = read("word,n\n'tis,1\n'twas,2\nrock 'n' roll,3\n");
    assert_eq!(rows(&apostrophes)[0], ["'tis", "1"]);
    assert_eq!(settled(&apostrophes, "quote").value, Choice::Name("\""));
    let blank = read("name, size, kind\n\"Lee, 0\", 8, \"big, old\"\n\"Lee, 1\", 4, \"new\"\n");
    assert_eq!(names(&blank), ["name", "size", "kind"]);
    assert_eq!(rows(&blank), [["Lee, 0", "8", "big, old"], ["Lee, 1", "4", "new"]]);
    assert_eq!(notes(&blank), [(None, "A blank follows each delimiter. It is not part of the cells.")]);
    // Not everywhere: then blanks are text.
    let some = read("name,size\n Lee, 8\nRay,4\n");
    assert_eq!(rows(&some), [[" Lee", " 8"], ["Ray", "4"]]);
    let escaped = read("text,n\n\"He said \\\"hi, you\\\"\",3\n\"back\\\\slash\",4\n");
    assert_eq!(rows(&escaped), [["He said \"hi, you\"", "3"], ["back\\slash", "4"]]);
    assert_eq!(settled(&escaped, "escape").value, Choice::Name("backslash"));
    // A path that ends in a backslash is no escape.
    let path = "path,n\n\"C:\\dir\\\",1\n\"D:\\x\\\",2\n";
    assert_eq!(rows(&read(path)), [["C:\\dir\\", "1"], ["D:\\x\\", "2"]]);
    let chosen = ReadSpec { escape: Some(Escape::Double), ..ReadSpec::default() };
    assert_eq!(read_with("a,b\n\"x \\\"y\\\" z\",1\n", chosen).text(0, 0), "x \\\"y\\\" z");
    let chosen = ReadSpec { quote: Some(Quote::Single), ..ReadSpec::default() };
    assert_eq!(rows(&read_with("a,b\n'x, y',1\nz,2\n", chosen)), [["x, y", "1"], ["z", "2"]]);
}

#[test]
fn quotes_within_cells_are_letters() {
    let table =
        read("what,n\n5\" nails,1\n\"5\" nails\",2\n\"Best\" film,3\n\"Smith, J\" Jr,4\nsay \"hi\",5\n");
    let texts: Vec<String> = rows(&table).into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(texts, ["5\" nails", "5\" nails", "\"Best\" film", "\"Smith, J\" Jr", "say \"hi\""]);
    assert_eq!(table.column(1).cells().len(), 5);
    assert!(rows(&table).iter().enumerate().all(|(row, cells)| cells[1] == (row + 1).to_string()));
}
