//! CSV: what is read, what is noted, and that no bytes break it.

use crate::support::draw::Draw;
use trainyard::data::Table;
use trainyard::data::csv::{Reader, write, write_guarded};
use trainyard::data::reading::{Comment, DayOrder, Decimal, Delimiter, Escape, Quote, ReadSpec};

fn read(bytes: &[u8]) -> Table {
    Reader::read(bytes).unwrap()
}

fn texts(table: &Table) -> Vec<Vec<String>> {
    let row = |row| (0..table.columns().len()).map(|column| table.text(row, column).into_owned()).collect();
    (0..table.rows()).map(row).collect()
}

fn names(table: &Table) -> Vec<&str> {
    table.columns().map(|column| column.name.as_str()).collect()
}

fn notes(table: &Table) -> Vec<(Option<u64>, &str)> {
    table.notes.iter().map(|note| (note.line, note.sentence.as_str())).collect()
}

#[test]
fn plain_files_in_every_dress() {
    let plain = texts(&read(b"name,size\nab,1\ncd,2\n"));
    assert_eq!(plain, [["ab", "1"], ["cd", "2"]]);
    let same: [&[u8]; 8] = [
        b"name;size\nab;1\ncd;2\n",
        b"name\tsize\nab\t1\ncd\t2",
        b"name,size\r\nab,1\r\ncd,2\r\n",
        b"name,size\rab,1\rcd,2\r",
        b"\xef\xbb\xbfname,size\nab,1\ncd,2\n",
        b"\"name\",\"size\"\n\"ab\",\"1\"\n\"cd\",2\n",
        b"name,size\n\n\nab,1\n\ncd,2\n\n",
        b"n\0ame,size\nab,\x001\ncd,2\n",
    ];
    for bytes in same {
        let table = read(bytes);
        assert_eq!(
            (names(&table), texts(&table)),
            (vec!["name", "size"], plain.clone()),
            "{:?}",
            String::from_utf8_lossy(bytes)
        );
    }
    let quoted = read(b"a,b\n\"x, \"\"y\"\"\",\"two\nlines\"\n=1+1,<b>bold</b>\n");
    assert_eq!(texts(&quoted), [["x, \"y\"", "two\nlines"], ["=1+1", "<b>bold</b>"]]);
    let decimal = read(b"a;b\n1,5;x\n2,5;y\n");
    let column = decimal.column(0);
    assert_eq!(column.number(column.cells()[0]), Some(1.5));
    let one = read(b"word\nab\ncd\n");
    assert_eq!((names(&one), one.rows()), (vec!["word"], 2));
}

#[test]
fn what_is_odd_is_noted_by_line() {
    let table = read(b"a,b,c\n1,2\n\n1,2,3,4\n1,2,3,,\n\"x\ny\",2\n");
    assert_eq!(texts(&table), [["1", "2", ""], ["1", "2", "3"], ["1", "2", "3"], ["x\ny", "2", ""]]);
    assert_eq!(
        notes(&table),
        [
            (None, "Empty lines skipped: 1."),
            (Some(2), "The row has 2 cells of 3; the others are empty."),
            (Some(6), "The row has 2 cells of 3; the others are empty."),
            (Some(4), "The row has 4 cells; those beyond 3 were left out."),
        ]
    );
    let windows = read(b"a,b\r\n1,2\r\n\r\n1\r\n");
    assert_eq!(notes(&windows)[1].0, Some(4));
    let table = read(b"a,,a\nx,y,z\nx,y,z\n");
    assert_eq!(names(&table), ["a", "column 2", "a 2"]);
    assert_eq!(table.notes.len(), 2);
    let bare = read(b"5.1,3.5,setosa\n4.9,3.0,setosa\n");
    assert_eq!((names(&bare), bare.rows()), (vec!["column 1", "column 2", "column 3"], 2));
    assert!(bare.notes[0].sentence.contains("no header"));
    let counted = read(b",0,1,2\na,5,6,7\n");
    assert_eq!(names(&counted), ["column 1", "0", "1", "2"]);
    let latin = read(b"a,b\ncaf\xe9,1\n");
    assert_eq!(latin.text(0, 0), "caf\u{e9}");
    assert!(latin.notes[0].sentence.contains("Latin-1"));
    let wide: Vec<u8> = "\u{feff}a,b\n1,2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(texts(&read(&wide)), [["1", "2"]]);
    let many = read(&[b"a,b\n".to_vec(), b"1\n".repeat(1000)].concat());
    assert_eq!((many.rows(), many.notes.len()), (1000, 21));
    assert_eq!(many.notes[20].sentence, "\u{2026} and 980 more rows are short.");
}

#[test]
fn only_limits_are_refused() {
    let refused = |bytes: &[u8]| Reader::read(bytes).expect_err("refused").to_string();
    assert!(refused(b"").contains("no rows"));
    assert!(refused(b"a,b,c\n").contains("no rows"));
    assert!(refused(&b"x,".repeat(20_000)).contains("20001 columns, at most 10000"));
    let open = [b"a,b\n1,\"".to_vec(), b"x".repeat(17 << 20)].concat();
    assert!(refused(&open).contains("line 2 is longer than 16 MB"));
    let wide = [b"1".to_vec(), vec![b','; 9999], b"\n".to_vec()].concat();
    let mut reader = Reader::new();
    (0..2502).for_each(|_| _ = reader.push(&wide));
    let message = reader.finish().expect_err("too many cells").to_string();
    assert!(message.contains("larger than 25000000 cells: 2500 rows of 10000 columns fit"), "{message}");
}

#[test]
fn pieces_make_no_difference() {
    let mut text = b"a,b,c\r\n".to_vec();
    let mut draw = Draw::new(5);
    while text.len() < 150_000 {
        let odd: [&[u8]; 12] =
            [b",", b"\n", b"\r\n", b"\"", b"\"\"", b"x", b"1.5", b"\0", b"NA", b"\xc3\xa9", b"\n\n", b"yz,"];
        text.extend_from_slice(odd[draw.index(odd.len())]);
    }
    let whole = read(&text);
    for size in [1, 2, 7, 1000, 65_536, 65_537] {
        let mut reader = Reader::new();
        text.chunks(size).for_each(|piece| _ = reader.push(piece));
        let table = reader.finish().unwrap();
        assert_eq!(texts(&table), texts(&whole), "pieces of {size}");
        assert_eq!(table.notes, whole.notes, "pieces of {size}");
    }
}

#[test]
fn no_cell_is_a_formula_to_a_spreadsheet() {
    let guarded = |cell: &str| {
        let table = read(format!("a,b\n1,\"{}\"\n2,x\n", cell.replace('"', "\"\"")).as_bytes());
        assert_eq!(table.text(0, 1), cell);
        let exact = write(&table);
        assert_eq!(texts(&read(exact.as_bytes())), texts(&table), "{cell:?}");
        read(write_guarded(&table).as_bytes()).text(0, 1).into_owned()
    };
    for bad in
        ["=1+1", "+A1", "-A1", "@SUM(A1)", "-1-2", "=", "-", "-inf", "+nan", "\t=1", "-2 kg", "=\"a\",b"]
    {
        assert_eq!(guarded(bad), format!("'{bad}"));
    }
    for good in ["-3.5", "+2", "-1e-9", "-.5", "-3,5", "-1,234.5", "a=b", "x", "1-2", "'=1"] {
        assert_eq!(guarded(good), good);
    }
    let named = read(b"=cmd,b\n1,2\n");
    assert!(
        write_guarded(&named).starts_with("'=cmd,b\n") || write_guarded(&named).starts_with("\"'=cmd\",b\n")
    );
}

#[test]
fn writing_and_reading_again_changes_nothing() {
    let table = read(b"a,b\n\"x, \"\"y\"\"\",\"two\nlines\"\n1.50,<i>\n;,\n007,\"\t\"\n");
    let again = read(write(&table).as_bytes());
    assert_eq!((names(&again), texts(&again)), (names(&table), texts(&table)));
    let odd = "a,b\n\"#1\",\"x|y\"\n\"% of\",\" z \"\n\"// c\",\" 'q'\"\n\"  \",\" u\"\n";
    let odd =
        Reader::read_with(odd.as_bytes(), ReadSpec { header: Some(true), ..ReadSpec::default() }).unwrap();
    assert_eq!(odd.rows(), 4);
    let again = read(write(&odd).as_bytes());
    assert_eq!((names(&again), texts(&again)), (names(&odd), texts(&odd)));
    let one = read(b"a\n\"\"\nx\n");
    assert_eq!(texts(&read(write(&one).as_bytes())), [[""], ["x"]]);
}

/// Random bytes, most of them such as CSV is made of.
fn bytes(draw: &mut Draw) -> Vec<u8> {
    let length = draw.index(120);
    let common = b",;\t\"\n\r019.-exNA ?|'#%\\\n,\n,";
    (0..length)
        .map(|_| if draw.index(8) == 0 { draw.bits() as u8 } else { common[draw.index(common.len())] })
        .collect()
}

/// Random choices, most of them open.
fn options(draw: &mut Draw) -> ReadSpec {
    fn pick<T: Copy>(draw: &mut Draw, all: &[(&str, T)]) -> Option<T> {
        all.get(draw.index(4 * all.len())).map(|(_, own)| *own)
    }
    let mut flag = || [None, None, Some(true), Some(false)][draw.index(4)];
    let (header, row_names, units_row) = (flag(), flag(), flag());
    ReadSpec {
        delimiter: pick(draw, &Delimiter::ALL),
        header,
        skip: [None, None, None, Some(draw.index(4) as u32)][draw.index(4)],
        comment: pick(draw, &Comment::ALL),
        quote: pick(draw, &Quote::ALL),
        escape: pick(draw, &Escape::ALL),
        row_names,
        units_row,
        decimal: pick(draw, &Decimal::ALL),
        dates: pick(draw, &DayOrder::ALL),
        ..ReadSpec::default()
    }
}

/// Any bytes parse, are examined, cleaned and prepared without a panic; and no row is lost or doubled.
fn try_any_bytes(seed: u64, cases: usize) {
    use trainyard::data::table_spec::{CleaningStep, ImputeWith};
    use trainyard::data::{TableSpec, doctor::examine, prepare::prepare};
    let mut draw = Draw::new(seed);
    let mut prepared = 0;
    for case in 0..cases {
        let bytes = bytes(&mut draw);
        let mut reader = Reader::with(options(&mut draw));
        let cut = draw.index(bytes.len() + 1);
        reader.push(&bytes[..cut]);
        reader.push(&bytes[cut..]);
        let Ok(table) = reader.finish() else { continue };
        assert!(table.reading.iter().all(|own| own.choices.iter().any(|(value, _)| *value == own.value)));
        let column = || table.column(0).name.clone();
        let steps = [
            CleaningStep::DropDuplicates,
            CleaningStep::DropMissing { column: None },
            CleaningStep::Impute { column: column(), by: ImputeWith::Median },
            CleaningStep::DropRows { rows: vec![0] },
            CleaningStep::Cap { column: column(), low: 0.0, high: 1.0 },
            CleaningStep::Relabel { row: 0, to: "1".into() },
        ];
        let wanted = (0..draw.index(4)).map(|_| steps[draw.index(steps.len())].clone());
        let spec = TableSpec { clean: wanted.collect(), ..TableSpec::default() };
        let findings = examine(&table, &spec, false).unwrap();
        assert!(findings.iter().all(|finding| finding.rows.iter().all(|&row| (row as usize) < table.rows())));
        if let Ok((data, report)) = prepare(&table, &spec) {
            let reported: usize = report.reported.iter().map(|entry| entry.rows).sum();
            assert_eq!(report.rows_in, report.rows_out + reported, "case {case}");
            let rows = &data.about.as_ref().unwrap().rows;
            assert_eq!(rows.len(), report.rows_out);
            assert!(rows.windows(2).all(|pair| pair[0] < pair[1]), "a row is doubled");
            prepared += 1;
        }
    }
    assert!(prepared > cases / 50, "only {prepared} of {cases} had rows to learn from");
}

#[test]
fn any_bytes_are_a_table() {
    try_any_bytes(1, 20_000);
}

#[test]
#[ignore = "takes minutes: the million cases, by hand"]
fn a_million_files_of_any_bytes_are_tables() {
    try_any_bytes(2, 1_000_000);
}
