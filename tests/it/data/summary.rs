//! What views are told of a table: columns in numbers, histograms, rows over two columns, correlations.

use super::findings::rows;
use trainyard::data::dataset::Task;
use trainyard::data::seen::Seen;
use trainyard::data::table_spec::{CleaningStep, Kind, TaskChoice};
use trainyard::data::{Table, TableSpec};

fn seen(table: &Table) -> Seen {
    Seen::new(table, &TableSpec::default()).unwrap()
}

/// A column of numbers, one a row, with a class.
fn of(numbers: &[&str]) -> Seen {
    seen(&rows("x,z,class", numbers.len(), |i| {
        format!("{},{},{}", numbers[i], i * 7 % 31, ["a", "b"][i % 2])
    }))
}

#[test]
fn a_column_in_numbers() {
    let even = of(&["4", "1", "", "3", "2"]).column(0);
    assert_eq!((even.kind, even.inferred, even.missing, even.distinct), (Kind::Number, Kind::Number, 1, 4));
    assert_eq!(even.numbers, Some([1.0, 4.0, 2.5, 2.5]), "the median of an even count is between the two");
    assert_eq!(of(&["9", "1", "2"]).column(0).numbers, Some([1.0, 9.0, 4.0, 2.0]));
    assert_eq!(of(&["1", "1", "5", "1"]).column(0).numbers, Some([1.0, 5.0, 2.0, 1.0]));
    let names = seen(&rows("name,x", 6, |i| format!("{},{i}.5", ["b", "a", "a", "", "c", "a"][i])));
    let column = names.column(0);
    let told = [("a".to_owned(), 3), ("b".into(), 1), ("c".into(), 1)];
    assert_eq!((column.categories.as_slice(), column.missing, column.distinct), (&told[..], 1, 3));
    assert_eq!((column.numbers, names.column(1).categories.len()), (None, 0));
    // One that is left out is told as what it looks like.
    let spec = TableSpec {
        clean: vec![CleaningStep::DropColumn { column: "x".into() }],
        target: Some("name".into()),
        ..TableSpec::default()
    };
    let table = rows("name,x,z", 6, |i| format!("{},{}.5,{i}", ["a", "b"][i % 2], i % 3));
    let column = Seen::new(&table, &spec).unwrap().column(1);
    assert_eq!(
        (column.kind, column.inferred, column.numbers.map(|n| n[1])),
        (Kind::Ignore, Kind::Number, Some(2.5))
    );
}

#[test]
fn a_target_is_classes_or_a_number() {
    let table = rows("x,level", 50, |i| format!("{}.5,{}", i * 7 % 31, i % 10));
    assert_eq!((seen(&table).target(), seen(&table).task()), ("level", Task::Classification { classes: 10 }));
    let spec = TableSpec { task: TaskChoice::Regression, ..TableSpec::default() };
    assert_eq!(Seen::new(&table, &spec).unwrap().task(), Task::Regression { targets: 1 });
    // Eleven whole numbers, fewer than five rows a number, or a fraction among them: values.
    let task = |count: usize, classes: usize, odd: &str| {
        let table = rows("x,level", count, |i| {
            format!("{}.5,{}", i * 7 % 31, if i == 0 { odd.to_owned() } else { (i % classes).to_string() })
        });
        seen(&table).task()
    };
    assert_eq!(task(110, 11, "0"), Task::Regression { targets: 1 });
    assert_eq!(task(50, 10, "0"), Task::Classification { classes: 10 });
    assert_eq!(task(49, 10, "0"), Task::Regression { targets: 1 });
    assert_eq!(task(50, 2, "0.5"), Task::Regression { targets: 1 });
}

#[test]
fn histograms_count_each_row_once_with_its_class() {
    let (edges, counts) = of(&["0", "1", "2", "3", "4", "10"]).histogram(0, 5);
    assert_eq!(edges, [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
    assert_eq!(counts, [("a".to_owned(), vec![1, 1, 1, 0, 0]), ("b".into(), vec![1, 1, 0, 0, 1])]);
    // One value is one bar around it, nothing known is one without rows.
    let constant = rows("x,z,class", 4, |i| format!("7,{},{}", i * 7 % 31, ["a", "b"][i % 2]));
    assert_eq!(
        seen(&constant).histogram(0, 9),
        (vec![6.5, 7.5], vec![("a".into(), vec![2]), ("b".into(), vec![2])])
    );
    let empty = rows("x,z,class", 4, |i| format!(",{},{}", i * 7 % 31, ["a", "b"][i % 2]));
    assert_eq!(seen(&empty).histogram(0, 9).0, [0.0, 1.0]);
    assert_eq!(of(&["-2", "-1", "0", "2"]).histogram(0, 2).0, [-2.0, 0.0, 2.0]);
    assert_eq!(of(&["-2", "-1", "0", "2"]).histogram(0, 0).0.len(), 2);
    assert_eq!(
        (of(&["0", "1"]).histogram(0, 200).0.len(), of(&["0", "1"]).histogram(0, 201).0.len()),
        (201, 201)
    );
    // Names have a bar each; values to predict have one class, called by the target.
    let named = seen(&rows("name,y", 30, |i| format!("{},{i}.5", ["u", "v", "w"][i % 3])));
    assert_eq!(named.histogram(0, 50), (vec![-0.5, 0.5, 1.5, 2.5], vec![("y".to_owned(), vec![10, 10, 10])]));
}

#[test]
fn rows_over_two_columns_are_taken_evenly() {
    let table = rows("x,name,class", 10, |i| {
        format!(
            "{},{},{}",
            if i == 3 { String::new() } else { i.to_string() },
            ["p", "q"][i % 2],
            ["a", "b"][i / 5]
        )
    });
    let spec = TableSpec { kinds: [("x".to_owned(), Kind::Number)].into(), ..TableSpec::default() };
    let seen = Seen::new(&table, &spec).unwrap();
    let all = seen.scatter([0, 1], 100);
    assert_eq!(
        (all.rows, all.kinds, all.classes.as_slice()),
        (9, [Kind::Number, Kind::Category], &["a".to_owned(), "b".into()][..])
    );
    assert_eq!(all.values[0], [0.0, 1.0, 2.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]);
    assert_eq!(all.values[1], [0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]);
    assert_eq!(all.values[2], [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
    assert_eq!(all.names, [vec![], vec!["p".to_owned(), "q".into()]]);
    let some = seen.scatter([0, 1], 3);
    assert_eq!((some.rows, some.values[0].as_slice()), (9, &[0.0, 4.0, 7.0][..]));
    let values =
        super::summary::seen(&rows("x,z,y", 30, |i| format!("{}.5,{},{i}.5", i * 7 % 31, i * 11 % 17)));
    assert!(values.scatter([0, 1], 5).classes.is_empty());
}

#[test]
fn correlations_are_between_minus_one_and_one() {
    let table = rows("a,b,c,k,word,y", 8, |i| {
        let x = [1.0, 2.0, 4.0, 3.0, 5.0, 8.0, 7.0, 6.0][i];
        let wave = [1.0, 0.0, -1.0, 0.0][i % 4];
        format!("{x}.5,{},{wave}.25,5.5,{},{x}.75", -3.0 * x, ["u", "v"][i % 2])
    });
    let spec = TableSpec { task: TaskChoice::Regression, ..TableSpec::default() };
    let (names, matrix) = Seen::new(&table, &spec).unwrap().correlations();
    assert_eq!(names, ["a", "b", "c", "y"]);
    assert_eq!(matrix.len(), 16);
    let at = |i: usize, j: usize| matrix[i * 4 + j];
    for i in 0..4 {
        assert!((0..4).all(|j| at(i, j) == at(j, i)) && at(i, i) == 1.0);
    }
    assert!((at(0, 1) + 1.0).abs() <= 1e-12 && (at(0, 3) - 1.0).abs() <= 1e-12);
    // Pairs with a gap don't count: the two left are on a line, and without any there is no correlation.
    let gaps = rows("a,b,y", 6, |i| {
        format!("{},{},{i}.5", ["1.5", "", "9", "", "2.5", ""][i], ["1.5", "7", "", "8", "3.5", "2"][i])
    });
    let (_, matrix) = Seen::new(&gaps, &spec).unwrap().correlations();
    assert!((matrix[1] - 1.0).abs() <= 1e-12, "{matrix:?}");
    // Sixty at most, and the target stands last.
    let wide = |columns: usize| {
        let header = (0..columns).map(|i| format!("c{i},")).collect::<String>() + "y";
        let row = |i: usize| {
            (0..columns).map(|c| format!("{}.5,", i * (c + 3) % 97)).collect::<String>() + &format!("{i}.25")
        };
        seen(&rows(&header, 40, row)).correlations().0
    };
    assert_eq!((wide(59).len(), wide(60).len()), (60, 60));
    assert_eq!(wide(60).first().map(String::as_str), Some("c1"));
    assert_eq!(wide(60).last().map(String::as_str), Some("y"));
}

#[test]
fn a_correlation_is_pearsons() {
    let table =
        rows("a,y", 5, |i| format!("{},{}", [1.5, 2.5, 3.5, 4.5, 6.5][i], [2.5, 1.5, 4.5, 3.5, 5.5][i]));
    let spec = TableSpec { task: TaskChoice::Regression, ..TableSpec::default() };
    let (_, matrix) = Seen::new(&table, &spec).unwrap().correlations();
    // Means 3.7 and 3.5: Σab = 10, Σaa = 14.8, Σbb = 10.
    assert!((matrix[1] - 10.0 / 148.0_f64.sqrt()).abs() <= 1e-12, "{matrix:?}");
}
