//! Cleaning: each remedy, and that every row is accounted for.

use crate::support::draw::Draw;
use trainyard::data::clean::{Cleaned, clean};
use trainyard::data::csv::Reader;
use trainyard::data::prepare::prepare;
use trainyard::data::remedy::{By, Remedy, TaskChoice};
use trainyard::data::roles::Roles;
use trainyard::data::{Kind, Table, TableSpec};

fn table() -> Table {
    let text = "id,size,color,label\n1,10,red,a\n2,NA,Red,b\n3,30,red,a\n4,9000,blue,b\n4,9000,blue,b\n5,oops,blue,\n6,20,?,b\n";
    Reader::read(text.as_bytes()).unwrap()
}

fn spec(clean: Vec<Remedy>) -> TableSpec {
    TableSpec { clean, ..TableSpec::default() }
}

fn cleaned(remedies: Vec<Remedy>) -> Cleaned {
    let (table, spec) = (table(), spec(remedies));
    let roles = Roles::settle(&table, &spec).unwrap();
    clean(&table, &roles, &spec.clean).unwrap()
}

fn column(name: &str) -> String {
    name.into()
}

#[test]
fn each_remedy_does_what_it_says() {
    let drop = cleaned(vec![Remedy::DropRows { rows: vec![0, 6, 6] }]);
    assert_eq!((drop.rows.as_slice(), drop.report.reported[0].rows), (&[1, 2, 3, 4, 5][..], 2));
    assert_eq!(cleaned(vec![Remedy::DropDuplicates]).rows, [0, 1, 2, 3, 5, 6]);
    assert_eq!(cleaned(vec![Remedy::DropMissing { column: Some(column("size")) }]).rows, [0, 2, 3, 4, 6]);
    assert_eq!(cleaned(vec![Remedy::DropMissing { column: None }]).rows, [0, 2, 3, 4]);
    let capped = cleaned(vec![Remedy::Cap { column: column("size"), low: 15.0, high: 100.0 }]);
    let sizes: Vec<_> = (0..7).map(|row| capped.table.text(row, 1).into_owned()).collect();
    assert_eq!(sizes, ["15", "NA", "30", "100", "100", "oops", "20"]);
    assert_eq!(capped.report.reported[0].cells, 3);
    let merge = Remedy::Merge { column: column("color"), from: vec![column("Red")], to: column("red") };
    let merged = cleaned(vec![merge]);
    assert_eq!((merged.table.text(1, 2).into_owned(), merged.report.reported[0].cells), (column("red"), 1));
    let set = cleaned(vec![
        Remedy::Relabel { row: 5, to: column("a") },
        Remedy::Set { row: 5, column: column("size"), to: column("15") },
        Remedy::Set { row: 5, column: column("size"), to: column("15") },
    ]);
    assert_eq!(
        (set.table.text(5, 3).into_owned(), set.table.text(5, 1).into_owned()),
        (column("a"), column("15"))
    );
    assert_eq!(set.report.reported.iter().map(|entry| entry.cells).collect::<Vec<_>>(), [1, 1, 0]);
    assert_eq!(table().text(5, 3), "", "the table as loaded stays as it is");
    let imputed = cleaned(vec![Remedy::Impute { column: column("size"), by: By::Median }]);
    assert_eq!((imputed.imputes[1], imputed.report.reported[0].cells), (Some(By::Median), 2));
}

#[test]
fn the_report_counts_every_row() {
    let (data, report) = prepare(&table(), &spec(vec![])).unwrap();
    assert_eq!((report.rows_in, report.rows_out), (7, 4));
    assert_eq!(
        report.reported[0].sentence,
        "Left out: 1 row has no \"label\", 2 rows have a gap in a used column."
    );
    let about = data.about.unwrap();
    assert_eq!(about.rows, [0, 2, 3, 4]);
    assert_eq!((about.classes, about.target), (vec![column("a"), column("b")], column("label")));
    let remedies = [
        Remedy::DropRows { rows: vec![0] },
        Remedy::DropRows { rows: vec![3, 4, 5] },
        Remedy::DropMissing { column: None },
        Remedy::DropMissing { column: Some(column("color")) },
        Remedy::DropDuplicates,
        Remedy::Impute { column: column("size"), by: By::Mean },
        Remedy::Impute { column: column("label"), by: By::Mode },
        Remedy::DropColumn { column: column("color") },
        Remedy::Cap { column: column("size"), low: 0.0, high: 50.0 },
        Remedy::Relabel { row: 5, to: column("b") },
    ];
    let mut draw = Draw::new(8);
    let mut tried = 0;
    for _ in 0..3000 {
        let chosen = (0..draw.index(5)).map(|_| remedies[draw.index(remedies.len())].clone());
        let spec = spec(chosen.collect());
        if let Ok((data, report)) = prepare(&table(), &spec) {
            let reported: usize = report.reported.iter().map(|entry| entry.rows).sum();
            assert_eq!(7, report.rows_out + reported, "{spec:?}");
            assert_eq!(data.rows(), report.rows_out);
            assert!(data.about.unwrap().rows.windows(2).all(|pair| pair[0] < pair[1]));
            tried += 1;
        }
    }
    assert!(tried > 1000, "{tried}");
}

#[test]
fn what_is_not_there_is_refused_by_its_path() {
    let refused = |spec: &TableSpec| prepare(&table(), spec).expect_err("refused").to_string();
    let target = TableSpec { target: Some(column("lable")), ..TableSpec::default() };
    assert_eq!(refused(&target), "data.target: \"lable\" is not a column; there are id, size, color, label");
    let task = TableSpec { task: TaskChoice::Regression, ..TableSpec::default() };
    assert!(refused(&task).starts_with("data.task: \"regression\" needs numbers"));
    let kinds = TableSpec { kinds: [(column("x"), Kind::Number)].into(), ..TableSpec::default() };
    assert!(refused(&kinds).starts_with("data.kinds.x: \"x\" is not a column"));
    let cases = [
        (Remedy::DropRows { rows: vec![7] }, "data.clean[0].row: 7 is outside 0…6: rows count from 0 here"),
        (
            Remedy::Relabel { row: 9, to: column("a") },
            "data.clean[0].row: 9 is outside 0…6: rows count from 0 here",
        ),
        (Remedy::DropColumn { column: column("?") }, "data.clean[0].column: \"?\" is not a column"),
        (
            Remedy::DropRows { rows: (0..7).collect() },
            "none of 7 rows is left after cleaning. 7 rows left out by hand.",
        ),
        (Remedy::DropRows { rows: vec![1, 3, 4, 5, 6] }, "all rows have the same \"label\""),
    ];
    for (remedy, expected) in cases {
        let message = refused(&spec(vec![remedy]));
        assert!(message.starts_with(expected), "{message}\nshould start with\n{expected}");
    }
    let dropped = ["id", "size", "color"].map(|name| Remedy::DropColumn { column: column(name) });
    assert!(refused(&spec(dropped.to_vec())).contains("no column is left to learn \"label\" from"));
}
