//! What a table's cells settle of how the file is read: named with evidence, asked where two readings fit, chosen by hand.

use trainyard::data::Table;
use trainyard::data::csv::Reader;
use trainyard::data::reading::{Choice, DayOrder, Decimal, ReadSpec, Settled};

fn read(text: &str, options: ReadSpec) -> Table {
    let mut reader = Reader::with(options);
    reader.push(text.as_bytes());
    reader.finish().unwrap()
}

fn entry(table: &Table, key: &str) -> Option<Settled> {
    table.reading.iter().find(|entry| entry.key == key).cloned()
}

fn value(table: &Table, row: usize) -> Option<f64> {
    let own = table.column(0);
    own.number(own.cells()[row]).or_else(|| own.days(own.cells()[row]))
}

const AUTO: fn() -> ReadSpec = ReadSpec::default;

#[test]
fn the_decimal_sign_is_settled_asked_or_chosen() {
    let plain = read("a,b\n1.5,x\n2.25,y\n", AUTO());
    assert_eq!((entry(&plain, "decimal"), entry(&plain, "dates")), (None, None), "nothing is to be said");
    let commas = read("temp\tb\n12,95\tx\n1001,5\ty\n", AUTO());
    let said = entry(&commas, "decimal").unwrap();
    assert_eq!((said.value, said.is_chosen, said.is_sure), (Choice::Name(","), false, true));
    assert_eq!(said.sentence, "A comma stands before the decimals in \"temp\": \"12,95\".");
    let grouped = read("price,b\n\"98,695.60\",x\n\"1,200.00\",y\n", AUTO());
    assert_eq!(entry(&grouped, "decimal").unwrap().value, Choice::Name("."));
    let open = read("a,b\n1.000,x\n2.500,y\n", AUTO());
    let asked = entry(&open, "decimal").unwrap();
    assert_eq!((asked.value, asked.is_chosen, asked.is_sure), (Choice::Name("."), false, false));
    assert!(
        asked.sentence.contains("\"1.000\" (\"a\")") && asked.sentence.contains('?'),
        "{}",
        asked.sentence
    );
    let chosen =
        read("a,b\n1.000,x\n2.500,y\n", ReadSpec { decimal: Some(Decimal::Comma), ..ReadSpec::default() });
    let said = entry(&chosen, "decimal").unwrap();
    assert_eq!((said.value, said.is_chosen, said.is_sure), (Choice::Name(","), true, true));
    assert_eq!((value(&open, 1), value(&chosen, 1)), (Some(2.5), Some(2500.0)));
}

#[test]
fn day_or_month_is_settled_asked_or_chosen() {
    let text = "when,b\n04/05/2023,x\n06/07/2023,y\n";
    let open = read(text, AUTO());
    let asked = entry(&open, "dates").unwrap();
    assert_eq!((asked.value, asked.is_chosen, asked.is_sure), (Choice::Name("month-first"), false, false));
    assert_eq!(
        asked.sentence,
        "Are the dates in \"when\" day-first or month-first? 04/05/2023 may be May 4 or April 5."
    );
    let chosen = read(text, ReadSpec { dates: Some(DayOrder::DayFirst), ..ReadSpec::default() });
    let said = entry(&chosen, "dates").unwrap();
    assert_eq!((said.value, said.is_chosen, said.is_sure), (Choice::Name("day-first"), true, true));
    assert_eq!((value(&open, 0), value(&chosen, 0)), (Some(19452.0), Some(19481.0)));
    let sure = read("when,b\n24/05/2023,x\n06/07/2023,y\n", AUTO());
    assert_eq!(entry(&sure, "dates").unwrap().sentence, "Days come first in \"when\".");
    let both = read("a,b,c\n24/05/2023,5/24/2023,x\n06/07/2023,7/6/2023,y\n", AUTO());
    assert_eq!(entry(&both, "dates").unwrap().sentence, "Days come first in \"a\", months in \"b\".");
    assert_eq!(entry(&read("when,b\n2023-05-24,x\n2023-07-06,y\n", AUTO()), "dates"), None);
}

#[test]
fn what_is_not_written_plainly_is_noted() {
    let table =
        read("spend,share,margin,at,z\n\"$3,323.82\",0.4%,(49),10:15,5\n\"$9.00\",17%,41,11:00,6\n", AUTO());
    let notes: Vec<&str> = table.notes.iter().map(|note| note.sentence.as_str()).collect();
    assert_eq!(
        notes,
        [
            "\"spend\": \"$3,323.82\" is read as 3323.82, in $.",
            "\"share\": \"0.4%\" is read as 0.4, in %.",
            "\"margin\": \"(49)\" is read as -49.",
            "\"at\" holds times of day, read in hours.",
        ]
    );
    assert_eq!(read("a\tb\n1,5\tx\n2,25\ty\n", AUTO()).notes, []);
    let units: Vec<Option<&str>> = table.columns().map(|column| column.unit()).collect();
    assert_eq!(units, [Some("$"), Some("%"), None, Some("h"), None]);
}
