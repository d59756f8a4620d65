//! The doctor: each finding where it is due, none where it isn't.

use trainyard::data::csv::Reader;
use trainyard::data::doctor::{Finding, FindingKind, examine};
use trainyard::data::prepare::prepare;
use trainyard::data::table_spec::{CleaningStep, ImputeWith};
use trainyard::data::{Table, TableSpec};

fn read(text: &str) -> Table {
    Reader::read(text.as_bytes()).unwrap()
}

fn findings(table: &Table, clean: Vec<CleaningStep>) -> Vec<Finding> {
    examine(table, &TableSpec { clean, ..TableSpec::default() }, true).unwrap()
}

fn of(findings: &[Finding], kind: FindingKind) -> Vec<&Finding> {
    findings.iter().filter(|finding| finding.kind == kind).collect()
}

/// Two clouds that a straight line divides, each row with a size, a width, a color and a side.
fn clouds(change: impl Fn(usize, &mut [String; 4])) -> Table {
    let row = |i: usize| {
        let left = i.is_multiple_of(2);
        let (a, b) = ((i * 37 % 101) as f64 / 50.0, (i * 53 % 97) as f64 / 50.0);
        let middle = if left { 1.0 } else { 6.0 };
        let color = ["red", "green", "blue"][i % 3];
        let mut cells = [
            format!("{:.2}", middle + a),
            format!("{:.2}", middle + b),
            color.into(),
            ["left", "right"][i % 2].into(),
        ];
        change(i, &mut cells);
        cells.join(",") + "\n"
    };
    read(&("size,width,color,side\n".to_owned() + &(0..200).map(row).collect::<String>()))
}

#[test]
fn a_healthy_table_has_no_findings() {
    assert_eq!(findings(&clouds(|_, _| {}), vec![]), []);
}

#[test]
fn gaps_are_found_until_something_stands_in() {
    let table = clouds(|i, cells| match i {
        3 => cells[0].clear(),
        7 => cells[0] = "N/A".into(),
        9 => cells[2] = "?".into(),
        11 => cells[3] = "null".into(),
        _ => {}
    });
    let all = findings(&table, vec![]);
    let gaps = of(&all, FindingKind::Missing);
    let told: Vec<(Option<usize>, &[u32])> = gaps.iter().map(|f| (f.column, f.rows.as_slice())).collect();
    assert_eq!(told, [(Some(0), &[3, 7][..]), (Some(2), &[9]), (Some(3), &[11])]);
    assert_eq!(
        gaps[0].sentence,
        "2 of 200 rows (1%) have no \"size\", some written as \"N/A\". They are left out unless something stands in."
    );
    assert_eq!(all.len(), 3, "{all:?}");
    let fixes: Vec<CleaningStep> = gaps.iter().map(|finding| finding.remedies[0].fix.clone()).collect();
    assert_eq!(fixes[0], CleaningStep::Impute { column: "size".into(), by: ImputeWith::Median });
    assert_eq!(findings(&table, fixes.clone()), []);
    let (data, report) = prepare(&table, &TableSpec { clean: fixes, ..TableSpec::default() }).unwrap();
    assert_eq!((data.rows(), report.rows_in), (199, 200));
}

#[test]
fn copies_types_and_spellings() {
    let table = clouds(|i, cells| match i {
        20 | 40 => *cells = ["1.00", "2.00", "red", "left"].map(Into::into),
        30 => cells[1] = "wide".into(),
        50 => cells[2] = "Red ".into(),
        52 => cells[2] = "greeen".into(),
        54 => cells[2] = "3".into(),
        61 => cells[3] = "RIGHT".into(),
        _ => {}
    });
    let all = findings(&table, vec![]);
    assert_eq!(of(&all, FindingKind::Duplicates)[0].rows, [40]);
    let mixed: Vec<_> =
        of(&all, FindingKind::MixedTypes).iter().map(|f| (f.column, f.rows.clone())).collect();
    assert_eq!(mixed, [(Some(1), vec![30]), (Some(2), vec![54])]);
    let spelled: Vec<_> =
        of(&all, FindingKind::Spellings).iter().map(|f| (f.column, f.rows.clone())).collect();
    assert_eq!(spelled.len(), 3, "{spelled:?}");
    for expected in [(Some(2), vec![50]), (Some(2), vec![52]), (Some(3), vec![61])] {
        assert!(spelled.contains(&expected), "{spelled:?}");
    }
    let fixes: Vec<CleaningStep> = all.iter().filter_map(|f| Some(f.remedies.first()?.fix.clone())).collect();
    assert_eq!(findings(&table, fixes), []);
}

#[test]
fn outliers_and_labels() {
    let table = clouds(|i, cells| match i {
        10 => cells[0] = "250".into(),
        15 => cells[3] = "left".into(),
        16 => cells[3] = "right".into(),
        _ => {}
    });
    let all = findings(&table, vec![]);
    let outliers = of(&all, FindingKind::Outliers);
    assert_eq!((outliers.len(), outliers[0].rows.as_slice()), (1, &[10][..]));
    assert!(matches!(outliers[0].remedies[0].fix, CleaningStep::Cap { high, .. } if high < 10.0));
    let labels = of(&all, FindingKind::Labels);
    assert_eq!(labels[0].rows, [15, 16]);
    assert_eq!(labels[0].remedies[1].fix, CleaningStep::Relabel { row: 15, to: "right".into() });
    let row = |i: usize| {
        format!("{},{},{}\n", i % 20, i / 20, if i == 77 { 900 } else { 3 * (i % 20) + 5 * (i / 20) + i % 2 })
    };
    let values = read(&("x,z,y\n".to_owned() + &(0..300).map(row).collect::<String>()));
    assert_eq!(of(&findings(&values, vec![]), FindingKind::Labels)[0].rows, [77]);
}

#[test]
fn columns_that_teach_nothing_or_too_much() {
    let row = |i: usize| {
        let class = ["a", "b"][usize::from(i % 7 < 1)];
        format!("{i},same,{},{},name {i},{class}\n", usize::from(class == "a"), i * 31 % 97)
    };
    let table = read(&("id,unit,code,size,who,class\n".to_owned() + &(0..140).map(row).collect::<String>()));
    let all = findings(&table, vec![]);
    let told = |kind| of(&all, kind).iter().map(|f| f.column.unwrap()).collect::<Vec<_>>();
    assert_eq!(told(FindingKind::Constant), [1]);
    assert_eq!(told(FindingKind::Identifier), [0, 4]);
    assert_eq!(told(FindingKind::Leakage), [2]);
    assert!(of(&all, FindingKind::Leakage)[0].sentence.starts_with("\"code\" names \"class\" in every row"));
    let imbalance = of(&all, FindingKind::Imbalance);
    assert_eq!(imbalance[0].count, 20);
    assert!(imbalance[0].sentence.contains("right in 86%"), "{}", imbalance[0].sentence);
    for (rare, share) in [(1, "99.9%"), (2, "99.8%"), (8, "99%"), (20, "98%")] {
        let row = |i: usize| format!("{i},{}\n", if i < rare { "b" } else { "a" });
        let table = read(&("n,class\n".to_owned() + &(0..1000).map(row).collect::<String>()));
        let sentence = &of(&findings(&table, vec![]), FindingKind::Imbalance)[0].sentence.clone();
        assert!(sentence.contains(&format!("right in {share}")), "{sentence}");
    }
    let equal = |i: usize| format!("{},{},{}\n", i * 17 % 90, i * 17 % 90 * 3 + 2, i * 17 % 90);
    let table = read(&("a,b,y\n".to_owned() + &(0..80).map(equal).collect::<String>()));
    let leaks: Vec<String> =
        of(&findings(&table, vec![]), FindingKind::Leakage).iter().map(|f| f.sentence.to_string()).collect();
    assert!(
        leaks[0].starts_with("\"a\" equals \"y\"") && leaks[1].starts_with("\"b\" lies on one straight line"),
        "{leaks:?}"
    );
}

#[test]
fn unequal_sizes_matter_only_without_scaling() {
    let row =
        |i: usize| format!("{},{},{}\n", i * 31 % 97, i * 1000 * 29 % 89_000, ["a", "b"][i * 7 % 5 % 2]);
    let table = read(&("small,large,class\n".to_owned() + &(0..100).map(row).collect::<String>()));
    let unscaled = |scaled| {
        let all = examine(&table, &TableSpec::default(), scaled).unwrap();
        of(&all, FindingKind::Unscaled).len()
    };
    assert_eq!((unscaled(true), unscaled(false)), (0, 1));
}

/// Look by look the same is found, in the same order, and the share that is done rises to 1.
#[test]
fn an_examination_goes_look_by_look() {
    use std::rc::Rc;
    use trainyard::data::doctor::Examination;
    use trainyard::data::seen::Seen;
    let odd = |i: usize, cells: &mut [String; 4]| match i {
        3 => cells[0] = String::new(),
        7 => cells[1] = "-999".into(),
        11 => cells[0] = "5000".into(),
        13 => cells[2] = "Red ".into(),
        17 => cells[1] = "about 3".into(),
        _ => {}
    };
    let table = clouds(odd);
    for scaled in [false, true] {
        let spec = TableSpec::default();
        let mut examination = Examination::new(Rc::new(Seen::new(&table, &spec).unwrap()), scaled);
        let mut shares = vec![examination.share()];
        while examination.step() {
            shares.push(examination.share());
        }
        assert!(shares[0] == 0.0 && shares.is_sorted() && shares.len() > 10, "{shares:?}");
        assert_eq!(examination.share(), 1.0);
        assert!(examination.findings().len() >= 4);
        assert_eq!(examination.findings(), examine(&table, &spec, scaled).unwrap());
        assert!(!examination.step(), "it is over");
        assert_eq!(examination.findings(), examine(&table, &spec, scaled).unwrap());
    }
}

/// Texts that stand for numbers, days or hours are read once: another text in a cell is read anew.
#[test]
fn what_texts_stand_for_follows_the_cells() {
    let row = |i: usize| format!("${}.50,{:02}.03.2024,{:02}:30,{}\n", i % 90, i % 28 + 1, i % 24, i % 2);
    let mut table = read(&("price,day,time,class\n".to_owned() + &(0..120).map(row).collect::<String>()));
    let number = |table: &Table, column: usize| {
        let own = table.column(column);
        let cell = own.cells()[5];
        own.days(cell).filter(|_| column == 1).or_else(|| own.number(cell))
    };
    let before: Vec<_> = (0..3).map(|column| number(&table, column)).collect();
    assert_eq!((before[0], before[2]), (Some(5.5), Some(5.5)));
    for (column, text) in ["$77.25", "09.03.2024", "18:45"].into_iter().enumerate() {
        table.set(5, column, text).unwrap();
    }
    assert_eq!((number(&table, 0), number(&table, 2)), (Some(77.25), Some(18.75)));
    assert_eq!(number(&table, 1).zip(before[1]).map(|(after, before)| after - before), Some(3.0));
    table.set(5, 0, "free").unwrap();
    assert_eq!(number(&table, 0), None);
}
