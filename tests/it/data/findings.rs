//! What the doctor says of words, sentinels, units, codes and classes; what cleaning steps would destroy is said beforehand.

use trainyard::data::csv::Reader;
use trainyard::data::doctor::{Finding, FindingKind, examine};
use trainyard::data::prepare::prepare;
use trainyard::data::roles::Roles;
use trainyard::data::table_spec::{CleaningStep, Kind, TaskChoice};
use trainyard::data::{Table, TableSpec};

fn read(text: &str) -> Table {
    Reader::read(text.as_bytes()).unwrap()
}

/// A table of a header and rows made one by one.
pub(super) fn rows(header: &str, count: usize, row: impl Fn(usize) -> String) -> Table {
    read(&(format!("{header}\n") + &(0..count).map(|i| row(i) + "\n").collect::<String>()))
}

pub(super) fn cleaned(table: &Table, clean: Vec<CleaningStep>) -> Vec<Finding> {
    examine(table, &TableSpec { clean, ..TableSpec::default() }, true).unwrap()
}

pub(super) fn of(findings: &[Finding], kind: FindingKind, column: usize) -> Vec<&Finding> {
    findings.iter().filter(|finding| finding.kind == kind && finding.column == Some(column)).collect()
}

pub(super) fn labels(finding: &Finding) -> Vec<&str> {
    finding.remedies.iter().map(|one| one.label.as_str()).collect()
}

#[test]
fn signs_that_carry_meaning_keep_names_apart() {
    let spelled = |names: &[&str]| {
        let table = rows("name,y", 60, |i| format!("{},{}", names[i % names.len()], i * 7 % 31));
        let all = cleaned(&table, vec![]);
        of(&all, FindingKind::Spellings, 0).iter().map(|f| f.sentence.clone()).collect::<Vec<_>>()
    };
    let apart: [&[&str]; 9] = [
        &["<=50K", ">50K"],
        &["A+", "A-", "A"],
        &["C", "C++", "C#"],
        &["<18", "18-25", ">65", "1-8", "18+"],
        &["A−", "A+"],
        &["1.5 l", "15 l", "x"],
        &["+", "-"],
        &["1 8", "18", "a"],
        &["yes", "no"],
    ];
    for names in apart {
        assert_eq!(spelled(names), [] as [&str; 0], "{names:?}");
    }
    let together: [&[&str]; 7] = [
        &["<=50K", "<=50K.", ">50K"],
        &["New York", "new-york", "Rome"],
        &["U.S.A.", "USA", "Italy"],
        &["A−", "A-", "B"],
        &["ja", "JA", "Ja ", "nein"],
        &["yes", "y", "no"],
        &["true", "TRUE", "1", "false", "0"],
    ];
    for names in together {
        assert!(!spelled(names).is_empty(), "{names:?}");
    }
}

#[test]
fn a_word_may_be_a_name() {
    let table = rows("gdp,continent", 100, |i| {
        format!("{}.5,{}", i * 37 % 89, ["AS", "EU", "SA", "AF", "NA"][i % 5])
    });
    let all = cleaned(&table, vec![]);
    let gap = of(&all, FindingKind::Missing, 1)[0];
    assert_eq!((gap.count, labels(gap)[0]), (20, "\"NA\" is a name here"));
    let keep = CleaningStep::Keep { column: "continent".into(), word: "NA".into() };
    assert_eq!(gap.remedies[0].fix, keep);
    let spec = TableSpec { clean: vec![keep.clone()], ..TableSpec::default() };
    assert!(of(&cleaned(&table, vec![keep]), FindingKind::Missing, 1).is_empty());
    let (data, report) = prepare(&table, &spec).unwrap();
    assert_eq!((data.rows(), data.about.unwrap().classes.len(), report.reported[0].cells), (100, 5, 20));
    // Among words of other lengths it is a gap first.
    let table = rows("color,y", 60, |i| format!("{},{}", ["red", "green", "NA"][i % 3], i % 7));
    let all = cleaned(&table, vec![]);
    let gap = of(&all, FindingKind::Missing, 0)[0];
    assert_eq!(labels(gap)[0], "Fill in the most frequent");
    assert!(labels(gap).contains(&"\"NA\" is a name here"));
}

#[test]
fn words_for_nothing_known_stay_names_and_are_said() {
    let table = rows("color,y", 60, |i| format!("{},{}", ["red", "green", "unknown"][i % 3], i % 7));
    let all = cleaned(&table, vec![]);
    let words = of(&all, FindingKind::Missing, 0)[0];
    assert_eq!(labels(words), ["Treat \"unknown\" as missing (3 names become 2)"]);
    let after = cleaned(&table, vec![words.remedies[0].fix.clone()]);
    assert_eq!(of(&after, FindingKind::Missing, 0)[0].count, 20);
    let numbers =
        rows("x,y", 60, |i| format!("{},{}", if i % 20 == 3 { "None".into() } else { i.to_string() }, i % 7));
    let all = cleaned(&numbers, vec![]);
    assert!(of(&all, FindingKind::Missing, 0)[0].sentence.contains("written as \"None\""));
}

#[test]
fn sentinels_are_far_and_repeated() {
    let found = |others: &dyn Fn(usize) -> i64, odd: &str, times: usize| {
        let cell = |i: usize| if i % 10 == 3 && i / 10 < times { odd.into() } else { others(i).to_string() };
        let table = rows("x,y,class", 100, |i| format!("{},{},{}", cell(i), i * 31 % 97, ["a", "b"][i % 2]));
        let all = cleaned(&table, vec![]);
        of(&all, FindingKind::Missing, 0).first().map(|f| (f.count, f.remedies[0].clone()))
    };
    let small = |i: usize| (i * 7 % 60) as i64;
    let (count, suggestion) = found(&small, "-999", 5).unwrap();
    assert_eq!((count, suggestion.label.as_str()), (5, "Treat −999 as missing"));
    let merge = CleaningStep::Merge { column: "x".into(), from: vec!["-999".into()], to: String::new() };
    assert_eq!(suggestion.fix, merge);
    assert!(found(&small, "-999.0", 2).is_some());
    assert!(found(&small, "-999", 1).is_none(), "one odd number is an outlier");
    assert!(found(&small, "9999", 3).is_some() && found(&small, "255", 3).is_some());
    assert!(found(&|i| (i * 7 % 200) as i64, "255", 3).is_none(), "255 is near 199");
    assert!(found(&|i| (i * 7 % 90) as i64, "99", 3).is_none());
    assert!(found(&|i| (i * 7 % 49) as i64, "99", 3).is_some());
    assert!(found(&|i| (i * 7 % 10) as i64, "-1", 3).is_none(), "a step from 0");
    assert!(found(&|i| 50 + (i * 7 % 10) as i64, "-1", 3).is_some());
    assert!(found(&|i| (i * 701 % 6000) as i64, "-999", 3).is_some(), "below all that is never negative");
    assert!(found(&|i| (i * 701 % 6000) as i64 - 3000, "-999", 3).is_none());
    assert!(found(&|_| 0, "255", 3).is_none(), "a mask of two values");
    let of_codes = |codes: [i64; 2], others: &dyn Fn(usize) -> i64| {
        let cell = |i: usize| if i % 10 == 3 { codes[i / 10 % 2] } else { others(i) };
        let table = rows("x,y,class", 100, |i| format!("{},{},{}", cell(i), i * 31 % 97, ["a", "b"][i % 2]));
        let all = cleaned(&table, vec![]);
        assert!(of(&all, FindingKind::Outliers, 0).is_empty(), "named once");
        let found = of(&all, FindingKind::Missing, 0);
        let within = |text: &str| text.contains("within 0 and") || text.contains("within 1 and");
        assert!(found.iter().all(|finding| within(&finding.sentence)), "codes are none of the others");
        found.iter().map(|finding| finding.remedies[0].label.to_string()).collect::<Vec<_>>().join(" ")
    };
    let answers = |i: usize| 1 + (i * 7 % 5) as i64;
    let label = |one: &str, other: &str| format!("Treat {one} as missing Treat {other} as missing");
    assert_eq!(of_codes([-999, -888], &answers), label("−999", "−888"));
    assert_eq!(of_codes([998, 999], &small), label("999", "998"));
    assert_eq!(of_codes([98, 99], &answers), label("99", "98"));
    assert_eq!(of_codes([8, 9], &answers), "", "on a scale up to 5 these are near");
    assert_eq!(of_codes([98, 99], &small), "", "as far from the others as these from each other");
    assert_eq!(of_codes([97, 98], &answers), "", "none of them is known by itself");
    let table = rows("x,y,class", 100, |i| {
        format!("{},{},{}", if i % 10 == 3 { -999 } else { i as i64 % 60 }, i * 31 % 97, ["a", "b"][i % 2])
    });
    let all = cleaned(&table, vec![]);
    assert!(of(&all, FindingKind::Outliers, 0).is_empty(), "named once");
    let after = cleaned(&table, vec![of(&all, FindingKind::Missing, 0)[0].remedies[0].fix.clone()]);
    assert_eq!(of(&after, FindingKind::Missing, 0)[0].count, 10);
}

#[test]
fn units_that_differ_are_findings() {
    let table = rows("x,y", 50, |i| {
        format!(
            "{}{},{}",
            i + 1,
            if i == 7 {
                " lb"
            } else if i == 9 {
                ""
            } else {
                " kg"
            },
            i * 7 % 31
        )
    });
    let all = cleaned(&table, vec![]);
    let told: Vec<_> =
        of(&all, FindingKind::MixedTypes, 0).iter().map(|f| (f.rows.clone(), f.sentence.clone())).collect();
    assert_eq!(told.len(), 2);
    assert!(told[0].0 == [7] && told[0].1.contains("no number in kg in \"x\": \"8 lb\""), "{told:?}");
    assert!(told[1].0 == [9] && told[1].1.contains("have no kg"), "{told:?}");
    let capped = CleaningStep::Cap { column: "x".into(), low: 5.0, high: 20.0 };
    let spec = TableSpec { clean: vec![capped], ..TableSpec::default() };
    let (data, _) = prepare(&table, &spec).unwrap();
    assert_eq!((data.rows(), data.inputs[0], data.inputs[48]), (49, 5.0, 20.0));
}

#[test]
fn codes_and_what_is_left_out_have_a_way_back() {
    let table = rows("zip,y", 60, |i| format!("{:05},{}", i % 6 * 1111, i % 7));
    let all = cleaned(&table, vec![]);
    let codes = of(&all, FindingKind::Codes, 0)[0];
    assert_eq!(codes.remedies[0].fix, CleaningStep::Treat { column: "zip".into(), to: Kind::Number });
    assert!(of(&cleaned(&table, vec![codes.remedies[0].fix.clone()]), FindingKind::Codes, 0).is_empty());

    let texts = rows("said,y", 400, |i| format!("text {},{}", i % 250, i % 7));
    let all = cleaned(&texts, vec![]);
    let free = of(&all, FindingKind::Identifier, 0)[0];
    assert_eq!(labels(free), ["Treat as a category of 250 names"]);
    let spec = TableSpec { clean: vec![free.remedies[0].fix.clone()], ..TableSpec::default() };
    assert_eq!(Roles::resolve(&texts, &spec).unwrap().kinds[0], Kind::Category);
    assert_eq!(prepare(&texts, &spec).unwrap().0.rows(), 400);

    let texts = rows("said,z,y", 2500, |i| format!("text {},{i},{}", i % 1500, i % 7));
    let all = cleaned(&texts, vec![]);
    let free = of(&all, FindingKind::Identifier, 0)[0];
    let spec = TableSpec { clean: vec![free.remedies[0].fix.clone()], ..TableSpec::default() };
    let (data, _) = prepare(&texts, &spec).unwrap();
    assert_eq!(data.about.unwrap().categories[0].len(), 101);
    // What was chosen by hand stays.
    let kinds = [("said".to_owned(), Kind::Ignore)].into();
    let spec = TableSpec { kinds, ..spec };
    assert_eq!(Roles::resolve(&texts, &spec).unwrap().kinds[0], Kind::Ignore);
}

#[test]
fn the_target_never_changes_in_silence() {
    let one_class = rows("x,y,label", 30, |i| format!("{i},{},yes", i * i));
    let roles = Roles::resolve(&one_class, &TableSpec::default()).unwrap();
    assert_eq!(roles.target, 2);
    let refused = prepare(&one_class, &TableSpec::default()).expect_err("one class").to_string();
    assert!(refused.starts_with("all rows have the same \"label\", \"yes\""), "{refused}");
    let text = rows("x,y,said", 40, |i| format!("{},{},words {i}", i % 9, i * i));
    let all = cleaned(&text, vec![]);
    let sentence = &of(&all, FindingKind::Identifier, 2)[0].sentence;
    assert!(sentence.contains("The target is \"y\""), "{sentence}");
    // A column that holds nothing is no target; its finding says which one is.
    let empty = rows("x,y,", 40, |i| format!("{},{},", i % 9, i * i));
    let all = cleaned(&empty, vec![]);
    assert!(of(&all, FindingKind::Constant, 2)[0].sentence.contains("The target is \"y\""));
    // A step by which a class goes says that of the rows left out.
    let gap = rows("x,label", 40, |i| format!("{},{}", i * 7 % 31, ["EU", "NA"][i % 2]));
    let refused = prepare(&gap, &TableSpec::default()).expect_err("one class").to_string();
    assert!(refused.contains("20 rows have no \"label\""), "{refused}");
    let spec = TableSpec { task: TaskChoice::Classification, ..TableSpec::default() };
    assert!(prepare(&read("x,y,label\n1,2,a\n3,4,b\n5,6,a\n"), &spec).is_ok());
}

#[test]
fn harm_is_said_and_comes_last() {
    // Both spellings are all the classes that there are.
    let table = rows("x,label", 60, |i| format!("{},{}", i * 7 % 31, ["yes", "Yes"][i % 2]));
    let all = cleaned(&table, vec![]);
    let last = all.last().unwrap();
    assert_eq!(
        (last.kind, labels(last)),
        (FindingKind::Spellings, vec!["Write \"Yes\" throughout (leaves one class)"])
    );
    assert!(last.sentence.contains("That would leave one class"), "{}", last.sentence);
    // Ten names of which one goes are a tenth; of nine it is more.
    let label = |names: usize| {
        let name = |i: usize| {
            if i == 0 { "Name a".into() } else { format!("name {}", (b'a' + (i % names) as u8) as char) }
        };
        let table = rows("name,y", 120, |i| format!("{},{}", name(i), i * 7 % 31));
        let all = cleaned(&table, vec![]);
        of(&all, FindingKind::Spellings, 0)[0].remedies[0].label.clone()
    };
    assert_eq!(label(9), "Write \"name a\" throughout");
    assert_eq!(label(8), "Write \"name a\" throughout (9 names become 8)");
}

#[test]
fn columns_may_give_the_answer_away_together() {
    let hot = |noise: bool| {
        rows("x1,x2,is_a,is_b,is_c", 60, |i| {
            let class = if noise && i == 5 { 0 } else { i % 3 };
            let bit = |own: usize| usize::from(own == class);
            let c = if noise && i == 5 { 1 } else { bit(2) };
            format!("{},{},{},{},{}", i * 7 % 31, i * 11 % 17, bit(0), bit(1), c)
        })
    };
    let all = cleaned(&hot(false), vec![]);
    let leak = of(&all, FindingKind::Leakage, 2)[0];
    assert!(leak.sentence.contains("\"is_c\", \"is_a\", \"is_b\""), "{}", leak.sentence);
    assert_eq!(leak.remedies.len(), 2);
    assert!(
        of(&cleaned(&hot(false), vec![leak.remedies[0].fix.clone()]), FindingKind::Leakage, 3).is_empty()
    );
    assert!(cleaned(&hot(true), vec![]).iter().all(|finding| finding.kind != FindingKind::Leakage));
    let several = rows("x,is_a,species", 60, |i| {
        format!("{},{},{}", i * 7 % 31, usize::from(i % 3 == 0), ["a", "b", "c"][i % 3])
    });
    let all = cleaned(&several, vec![]);
    assert!(of(&all, FindingKind::Leakage, 1)[0].sentence.contains("whether \"species\" is \"a\""));
}
