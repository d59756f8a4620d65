//! A large table fits and is read in seconds.

use crate::support::draw::Draw;
use trainyard::data::csv::Reader;

/// Rows of 20 columns: whole numbers, decimals, long decimals, names.
fn read(rows: usize) -> (trainyard::data::Table, usize) {
    let mut draw = Draw::new(4);
    let mut reader = Reader::new();
    let mut piece = (0..20).map(|i| format!("c{i}")).collect::<Vec<_>>().join(",") + "\n";
    let mut bytes = 0;
    for row in 0..rows {
        for column in 0..20 {
            let number = draw.within(1000.0);
            match column % 4 {
                0 => piece.push_str(&(number as i64).to_string()),
                1 => piece.push_str(&format!("{number:.3}")),
                2 => piece.push_str(&(number / 7.0).to_string()),
                _ => piece.push_str(["red", "green", "blue"][draw.index(3)]),
            }
            piece.push(if column == 19 { '\n' } else { ',' });
        }
        if piece.len() > 1 << 20 || row + 1 == rows {
            bytes += piece.len();
            assert!(reader.push(piece.as_bytes()) <= row + 1);
            piece.clear();
        }
    }
    (reader.finish().unwrap(), bytes)
}

#[test]
fn cells_take_few_bytes() {
    let (table, text) = read(5000);
    assert_eq!((table.rows(), table.columns().len()), (5000, 20));
    assert!(table.bytes() < 10 * 20 * 5000, "{} bytes for {text} bytes of text", table.bytes());
}

#[test]
#[ignore = "takes a minute: a million rows, by hand"]
fn a_million_rows_fit() {
    let start = std::time::Instant::now();
    let (table, text) = read(1_000_000);
    println!(
        "{} MB of text, {} MB of cells, made and read in {:?}",
        text >> 20,
        table.bytes() >> 20,
        start.elapsed()
    );
    assert!(table.bytes() < 200 << 20);
    let start = std::time::Instant::now();
    let findings = trainyard::data::doctor::examine(&table, &Default::default(), true).unwrap();
    println!("examined in {:?}: {} findings", start.elapsed(), findings.len());
    let start = std::time::Instant::now();
    let (data, report) = trainyard::data::prepare::prepare(&table, &Default::default()).unwrap();
    println!("prepared in {:?}: {} of {} rows", start.elapsed(), data.rows(), report.rows_in);
}
