//! Cleaning: each step, and that every row is accounted for.

use crate::support::draw::Draw;
use trainyard::data::clean::{Cleaned, clean};
use trainyard::data::csv::Reader;
use trainyard::data::prepare::prepare;
use trainyard::data::roles::Roles;
use trainyard::data::table_spec::{CleaningStep, ImputeWith, TaskChoice};
use trainyard::data::{Kind, Table, TableSpec};

fn table() -> Table {
    let text = "id,size,color,label\n1,10,red,a\n2,NA,Red,b\n3,30,red,a\n4,9000,blue,b\n4,9000,blue,b\n5,oops,blue,\n6,20,?,b\n";
    Reader::read(text.as_bytes()).unwrap()
}

fn spec(clean: Vec<CleaningStep>) -> TableSpec {
    TableSpec { clean, ..TableSpec::default() }
}

fn cleaned(steps: Vec<CleaningStep>) -> Cleaned {
    let (table, spec) = (table(), spec(steps));
    let roles = Roles::resolve(&table, &spec).unwrap();
    clean(&table, &roles, &spec.clean).unwrap()
}

fn column(name: &str) -> String {
    name.into()
}

#[test]
fn each_remedy_does_what_it_says() {
    let drop = cleaned(vec![CleaningStep::DropRows { rows: vec![0, 6, 6] }]);
    assert_eq!((drop.rows.as_slice(), drop.report.reported[0].rows), (&[1, 2, 3, 4, 5][..], 2));
    assert_eq!(cleaned(vec![CleaningStep::DropDuplicates]).rows, [0, 1, 2, 3, 5, 6]);
    assert_eq!(
        cleaned(vec![CleaningStep::DropMissing { column: Some(column("size")) }]).rows,
        [0, 2, 3, 4, 6]
    );
    assert_eq!(cleaned(vec![CleaningStep::DropMissing { column: None }]).rows, [0, 2, 3, 4]);
    let capped = cleaned(vec![CleaningStep::Cap { column: column("size"), low: 15.0, high: 100.0 }]);
    let sizes: Vec<_> = (0..7).map(|row| capped.table.text(row, 1).into_owned()).collect();
    assert_eq!(sizes, ["15", "NA", "30", "100", "100", "oops", "20"]);
    assert_eq!(capped.report.reported[0].cells, 3);
    let merge = CleaningStep::Merge { column: column("color"), from: vec![column("Red")], to: column("red") };
    let merged = cleaned(vec![merge]);
    assert_eq!((merged.table.text(1, 2).into_owned(), merged.report.reported[0].cells), (column("red"), 1));
    let set = cleaned(vec![
        CleaningStep::Relabel { row: 5, to: column("a") },
        CleaningStep::Set { row: 5, column: column("size"), to: column("15") },
        CleaningStep::Set { row: 5, column: column("size"), to: column("15") },
    ]);
    assert_eq!(
        (set.table.text(5, 3).into_owned(), set.table.text(5, 1).into_owned()),
        (column("a"), column("15"))
    );
    assert_eq!(set.report.reported.iter().map(|entry| entry.cells).collect::<Vec<_>>(), [1, 1, 0]);
    assert_eq!(table().text(5, 3), "", "the table as loaded stays as it is");
    let imputed = cleaned(vec![CleaningStep::Impute { column: column("size"), by: ImputeWith::Median }]);
    assert_eq!((imputed.imputes[1], imputed.report.reported[0].cells), (Some(ImputeWith::Median), 2));
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
    let steps = [
        CleaningStep::DropRows { rows: vec![0] },
        CleaningStep::DropRows { rows: vec![3, 4, 5] },
        CleaningStep::DropMissing { column: None },
        CleaningStep::DropMissing { column: Some(column("color")) },
        CleaningStep::DropDuplicates,
        CleaningStep::Impute { column: column("size"), by: ImputeWith::Mean },
        CleaningStep::Impute { column: column("label"), by: ImputeWith::Mode },
        CleaningStep::DropColumn { column: column("color") },
        CleaningStep::Cap { column: column("size"), low: 0.0, high: 50.0 },
        CleaningStep::Relabel { row: 5, to: column("b") },
    ];
    let mut draw = Draw::new(8);
    let mut tried = 0;
    for _ in 0..3000 {
        let chosen = (0..draw.index(5)).map(|_| steps[draw.index(steps.len())].clone());
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
        (
            CleaningStep::DropRows { rows: vec![7] },
            "data.clean[0].row: 7 is outside 0…6: rows count from 0 here",
        ),
        (
            CleaningStep::Relabel { row: 9, to: column("a") },
            "data.clean[0].row: 9 is outside 0…6: rows count from 0 here",
        ),
        (CleaningStep::DropColumn { column: column("?") }, "data.clean[0].column: \"?\" is not a column"),
        (
            CleaningStep::DropRows { rows: (0..7).collect() },
            "none of 7 rows is left after cleaning. 7 rows left out by hand.",
        ),
        (CleaningStep::DropRows { rows: vec![1, 3, 4, 5, 6] }, "all rows have the same \"label\""),
    ];
    for (step, expected) in cases {
        let message = refused(&spec(vec![step]));
        assert!(message.starts_with(expected), "{message}\nshould start with\n{expected}");
    }
    let dropped = ["id", "size", "color"].map(|name| CleaningStep::DropColumn { column: column(name) });
    assert!(refused(&spec(dropped.to_vec())).contains("no column is left to learn \"label\" from"));
}
