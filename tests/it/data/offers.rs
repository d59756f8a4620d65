//! What a finding offers, in which order, and what its labels say of what a step would destroy.

use super::findings::{cleaned, labels, of, rows};
use trainyard::data::doctor::{Finding, FindingKind, examine};
use trainyard::data::prepare::prepare;
use trainyard::data::table_spec::{CleaningStep, ImputeWith, Kind, TaskChoice};
use trainyard::data::{Table, TableSpec};

fn one(table: &Table, kind: FindingKind, column: usize, spec: &TableSpec) -> Option<Finding> {
    of(&examine(table, spec, true).unwrap(), kind, column).first().map(|finding| (*finding).clone())
}

fn plain(table: &Table, kind: FindingKind, column: usize) -> Option<Finding> {
    one(table, kind, column, &TableSpec::default())
}

#[test]
fn a_column_that_is_mostly_gaps_is_left_out_first() {
    let offered = |gaps: usize| {
        let table = rows("x,z,class", 20, |i| {
            format!(
                "{},{},{}",
                if i < gaps { String::new() } else { i.to_string() },
                i * 7 % 31,
                ["a", "b"][i % 2]
            )
        });
        labels(&plain(&table, FindingKind::Missing, 0).unwrap()).join("; ")
    };
    let half = "Fill in the median; Fill in the mean; Leave these rows out; Leave the column out";
    assert_eq!(offered(10), half);
    let more = "Leave the column out; Fill in the median; Fill in the mean; Leave these rows out";
    assert_eq!(offered(11), more);
    // Of the target no answer is made up.
    let target = rows("x,y", 20, |i| format!("{i}.5,{}", if i < 12 { "" } else { "7.5" }));
    let finding = plain(&target, FindingKind::Missing, 1).unwrap();
    assert_eq!(finding.remedies[0].fix, CleaningStep::DropMissing { column: Some("y".into()) });
    assert_eq!(finding.remedies.len(), 1);
}

#[test]
fn a_word_for_a_gap_may_be_a_name_like_the_others() {
    // "NA" beside names of two capitals: nine of ten others look like it, or fewer.
    let first = |like: usize| {
        let table = rows("land,x", 40, |i| {
            let name = match i {
                0..4 => "NA",
                _ if i - 4 < like => ["DE", "FR", "IT"][i % 3],
                _ => ["Rome", "Oslo"][i % 2],
            };
            format!("{name},{}", i * 7 % 31)
        });
        labels(&plain(&table, FindingKind::Missing, 0).unwrap())[0].to_owned()
    };
    assert!(first(33).starts_with("\"NA\" is a name here"), "{}", first(33));
    assert_eq!(first(32), "Fill in the most frequent");
}

#[test]
fn a_target_of_one_value_has_no_remedy() {
    let table = rows("x,k,class", 20, |i| format!("{}.5,same,one", i * 7 % 31));
    let target = plain(&table, FindingKind::Constant, 2).unwrap();
    assert_eq!((target.remedies.len(), target.count), (0, 20));
    assert_eq!(
        target.sentence,
        "The target \"class\" is \"one\" in every row: there is nothing to tell apart."
    );
    let column = plain(&table, FindingKind::Constant, 1).unwrap();
    assert_eq!(labels(&column), ["Leave the column out"]);
    assert!(column.sentence.contains("nothing can be learned from it"), "{}", column.sentence);
    // One row has one value of everything, and that says nothing.
    let single = rows("x,k,class", 1, |_| "1.5,same,one".into());
    assert!(plain(&single, FindingKind::Constant, 1).is_none());
    let two = rows("x,k,class", 2, |i| format!("{i}.5,same,{}", ["a", "b"][i]));
    assert!(plain(&two, FindingKind::Constant, 1).is_some());
}

#[test]
fn one_total_is_a_row_and_two_are_rows() {
    let label = |last: &str| {
        let table = rows("item,n", 9, |i| if i < 8 { format!("thing {i},{i}") } else { last.into() });
        let all = cleaned(&table, vec![]);
        let total = all.into_iter().find(|finding| finding.kind == FindingKind::Total).unwrap();
        (total.count, total.remedies[0].label.to_string())
    };
    assert_eq!(label("Total,28"), (1, "Leave the row out".into()));
    assert_eq!(label("Mean,3.5\nTotal,28"), (2, "Leave these rows out".into()));
    // A sum of fewer numbers than three proves nothing.
    let sums = |first: &str| {
        let table = rows("w,a,b", 4, |i| [first, "y,1,2", "z,3,5", ",4,7"][i].into());
        cleaned(&table, vec![]).iter().filter(|finding| finding.kind == FindingKind::Total).count()
    };
    assert_eq!((sums("x,,"), sums("x,0,0")), (0, 1));
}

#[test]
fn far_values_of_a_target_are_told_where_it_is_a_number() {
    let table = rows("x,y", 60, |i| format!("{},{}", i * 7 % 31, if i == 9 { 900 } else { i % 20 }));
    let task = |task| TableSpec { task, ..TableSpec::default() };
    let values = one(&table, FindingKind::Outliers, 1, &task(TaskChoice::Regression));
    assert_eq!(values.map(|finding| finding.rows), Some(vec![9]));
    assert!(one(&table, FindingKind::Outliers, 1, &task(TaskChoice::Classification)).is_none(), "a class");
    assert!(one(&table, FindingKind::Outliers, 0, &task(TaskChoice::Classification)).is_none());
}

#[test]
fn a_thousand_names_can_be_told_apart() {
    let table = |names: usize| {
        rows("name,x,class", 2 * names, |i| {
            format!("n{},{}.5,{}", i % names, i * 7 % 31, ["a", "b"][i / 3 % 2])
        })
    };
    let label =
        |names: usize| labels(&plain(&table(names), FindingKind::Identifier, 0).unwrap())[0].to_owned();
    assert_eq!(label(1000), "Treat as a category of 1000 names");
    assert_eq!(label(1001), "Treat the 100 most frequent as a category");
    let prepared = |names: usize| {
        let spec = TableSpec { kinds: [("name".to_owned(), Kind::Category)].into(), ..TableSpec::default() };
        prepare(&table(names), &spec).map(|_| ()).map_err(|error| error.to_string())
    };
    assert_eq!(prepared(1000), Ok(()));
    let error = prepared(1001).unwrap_err();
    assert!(error.contains("\"name\" has 1001 different names, at most 1000 can be told apart"), "{error}");
}

#[test]
fn what_is_known_of_fewer_than_half_of_the_rows_gives_nothing_away() {
    // Sixty rows, of which so many have the code that names the class, or the very value.
    let impute = |by| TableSpec {
        clean: vec![CleaningStep::Impute { column: "a".into(), by }],
        ..TableSpec::default()
    };
    let classes = |known: usize| {
        let row = |i: usize| {
            format!(
                "{},{},{}",
                if i < known { ["p", "q"][i % 2] } else { "" },
                i * 31 % 97,
                ["u", "v"][i % 2]
            )
        };
        one(&rows("a,b,class", 60, row), FindingKind::Leakage, 0, &impute(ImputeWith::Mode)).is_some()
    };
    assert_eq!((classes(29), classes(30)), (false, true));
    let values = |known: usize| {
        let row = |i: usize| {
            let y = i * 7 % 61;
            format!("{},{},{y}.5", if i < known { format!("{y}.5") } else { String::new() }, i * 31 % 97)
        };
        one(&rows("a,b,y", 60, row), FindingKind::Leakage, 0, &impute(ImputeWith::Median)).is_some()
    };
    assert_eq!((values(29), values(30)), (false, true));
    // Half of forty is enough, and so is nineteen of thirty too few.
    let few = |known: usize, count: usize| {
        let row = |i: usize| {
            let y = i * 7 % 61;
            format!("{},{},{y}.5", if i < known { format!("{y}.5") } else { String::new() }, i * 31 % 97)
        };
        one(&rows("a,b,y", count, row), FindingKind::Leakage, 0, &impute(ImputeWith::Median)).is_some()
    };
    assert_eq!((few(19, 30), few(20, 30)), (false, true));
}

#[test]
fn labels_say_what_becomes_of_names() {
    // Two spellings of one name are the column's names, and not the classes.
    let table = rows("name,x,class", 60, |i| {
        format!("{},{},{}", ["red", "Red"][i % 2], i * 7 % 31, ["a", "b"][i / 2 % 2])
    });
    let finding = plain(&table, FindingKind::Spellings, 0).unwrap();
    assert_eq!(labels(&finding), ["Write \"Red\" throughout (2 names become 1)"]);
    assert!(finding.sentence.ends_with("Of 2 names, 1 would remain."), "{}", finding.sentence);
    // Of eleven names one may go without a word, of ten not.
    let label = |names: usize| {
        let name = |i: usize| match i {
            _ if i.is_multiple_of(names) => "Same".to_owned(),
            _ if i % names == 1 => "same".to_owned(),
            at => format!("other {}", (b'a' + (at % names) as u8) as char),
        };
        let table = rows("name,x,class", names * 6, |i| {
            format!("{},{},{}", name(i), i * 7 % 31, ["a", "b"][i / 2 % 2])
        });
        labels(&plain(&table, FindingKind::Spellings, 0).unwrap())[0].to_owned()
    };
    assert_eq!(label(9), "Write \"Same\" throughout (9 names become 8)");
    assert_eq!(label(10), "Write \"Same\" throughout");
    // Relabeling the only row of a class takes the class away; relabeling one of two does not.
    let relabel = |rare: usize| {
        let row = |i: usize| {
            let (group, number) = (i % 6, i / 6);
            let class = if group == 0 && number < rare { "c" } else { ["a", "b"][group / 3] };
            format!("{},{class}", 10 * group)
        };
        let finding = plain(&rows("x,class", 66, row), FindingKind::Labels, 1).unwrap();
        let all = labels(&finding);
        all.into_iter().find(|label| label.starts_with("Relabel")).unwrap().to_owned()
    };
    assert_eq!(relabel(1), "Relabel row 1 as \"a\" (3 classes become 2)");
    assert_eq!(relabel(2), "Relabel row 1 as \"a\"");
}

#[test]
fn what_is_predicted_or_left_out_is_no_identifier() {
    let table = rows("name,x,code", 40, |i| format!("n{i},{}.5,c{i}", i * 7 % 31));
    let told = |spec: &TableSpec| {
        let found = examine(&table, spec, true).unwrap();
        found
            .iter()
            .filter(|f| f.kind == FindingKind::Identifier)
            .filter_map(|f| f.column)
            .collect::<Vec<_>>()
    };
    let of = |target: &str| TableSpec { target: Some(target.into()), ..TableSpec::default() };
    assert_eq!((told(&of("x")), told(&of("code"))), (vec![0, 2], vec![0]));
    let dropped = vec![CleaningStep::DropColumn { column: "name".into() }];
    assert_eq!(told(&TableSpec { clean: dropped, ..of("x") }), [2]);
}
