//! On both sides of what the doctor calls too few, too many, too far or too alike.

use super::findings::{cleaned, labels, of, rows};
use trainyard::data::doctor::{Finding, FindingKind, examine};
use trainyard::data::table_spec::{CleaningStep, Kind, TaskChoice};
use trainyard::data::{Table, TableSpec};

/// The first finding of a kind about a column.
fn found(table: &Table, kind: FindingKind, column: usize) -> Option<Finding> {
    of(&cleaned(table, vec![]), kind, column).first().map(|finding| (*finding).clone())
}

fn of_kind(table: &Table, kind: FindingKind) -> Option<Finding> {
    cleaned(table, vec![]).into_iter().find(|finding| finding.kind == kind)
}

#[test]
fn outliers_lie_beyond_three_widths_of_the_middle_half() {
    // 0…99 and one more: quartiles 25 and 75, so the fences stand at −125 and 225.
    let odd = |number: f64| {
        let table = rows("x,y", 101, |i| {
            let x = if i == 50 {
                number
            } else if i < 50 {
                i as f64
            } else {
                i as f64 - 1.0
            };
            format!("{x},{}", i * 31 % 97)
        });
        found(&table, FindingKind::Outliers, 0)
    };
    for (inside, outside) in [(224.5, 225.5), (225.0, 226.0), (-126.0, -126.5)] {
        assert_eq!(odd(inside).map(|f| f.rows), None, "{inside}");
        assert_eq!(odd(outside).map(|f| f.rows), Some(vec![50]), "{outside}");
    }
    let high = odd(300.0).unwrap();
    assert_eq!(high.remedies[0].fix, CleaningStep::Cap { column: "x".into(), low: 0.0, high: 99.0 });
    let sentence = "1 of 101 rows (1%) lie far from the rest of \"x\": up to 300, where half of all lie within 25 and 75.";
    assert_eq!(high.sentence, sentence);
    assert!(odd(-300.0).unwrap().sentence.contains("up to -300, where half of all lie within 24 and 74"));
    let both = rows("x,y", 102, |i| format!("{},{}", [-900, 900].get(i).copied().unwrap_or(i as i32), i % 7));
    assert!(found(&both, FindingKind::Outliers, 0).unwrap().sentence.contains("up to -900 and 900,"));
}

#[test]
fn a_tenth_far_from_the_rest_is_a_tail_and_few_values_have_no_far() {
    // 100 rows, of which some are far: ten are told, eleven are the shape of the column.
    let tail = |far: usize| {
        let table = rows("x,y", 100, |i| format!("{},{}", if i < far { 5000 + i } else { i }, i * 31 % 97));
        found(&table, FindingKind::Outliers, 0).map(|finding| finding.count)
    };
    assert_eq!((tail(10), tail(11)), (Some(10), None));
    // Twelve different numbers are the fewest that have a far one.
    let few = |different: usize| {
        let table =
            rows("x,y", 60, |i| format!("{},{}", if i == 0 { 900 } else { i % (different - 1) }, i * 7 % 53));
        found(&table, FindingKind::Outliers, 0).is_some()
    };
    assert_eq!((few(11), few(12)), (false, true));
    // Half of all the same: there is no width to be far from.
    let alike = rows("x,y", 80, |i| format!("{},{}", if i < 60 { 5 } else { i * 100 }, i * 7 % 53));
    assert!(found(&alike, FindingKind::Outliers, 0).is_none());
}

#[test]
fn classes_are_uneven_from_four_times_the_rows() {
    let uneven = |rare: usize, common: usize| {
        let table = rows("x,class", rare + common, |i| {
            format!("{},{}", i * 31 % 97, if i < rare { "b" } else { "a" })
        });
        of_kind(&table, FindingKind::Imbalance).map(|finding| finding.count)
    };
    assert_eq!((uneven(20, 79), uneven(20, 80), uneven(20, 81)), (None, Some(20), Some(20)));
    assert_eq!((uneven(1, 3), uneven(0, 40)), (None, None));
    // The smallest against the largest, whatever lies between.
    let three = rows("x,class", 70, |i| {
        format!(
            "{},{}",
            i * 31 % 97,
            if i < 10 {
                "a"
            } else if i < 30 {
                "b"
            } else {
                "c"
            }
        )
    });
    let finding = of_kind(&three, FindingKind::Imbalance).unwrap();
    assert!(finding.sentence.starts_with("\"c\" has 40 rows, \"a\" only 10."), "{}", finding.sentence);
    let values = rows("x,y", 100, |i| format!("{},{}.5", i * 31 % 97, if i < 5 { 1 } else { i }));
    assert!(of_kind(&values, FindingKind::Imbalance).is_none(), "values have no classes");
}

#[test]
fn a_column_that_settles_the_class_has_twenty_rows_and_names_that_repeat() {
    // `names`: as many values as classes; `settles`: more.
    let leak = |count: usize, values: usize, of: usize| {
        let table = rows("code,x,class", count, |i| {
            let value = i % values;
            format!("c{value},{},{}", i * 31 % 97, ["a", "b", "c"][value % of])
        });
        found(&table, FindingKind::Leakage, 0)
            .map(|finding| finding.sentence.split('"').nth(2).unwrap().trim().to_owned())
    };
    assert_eq!((leak(19, 2, 2), leak(20, 2, 2)), (None, Some("names".into())));
    assert_eq!((leak(30, 6, 2), leak(29, 6, 2)), (Some("settles".into()), Some("settles".into())));
    // Names of two rows each agree by chance where they are few.
    assert_eq!((leak(40, 20, 2), leak(38, 19, 2)), (Some("settles".into()), None));
    assert_eq!(leak(60, 3, 3), Some("names".into()));
    // One row of another class, and it settles nothing.
    let impure = rows("code,x,class", 60, |i| {
        format!("c{},{},{}", i % 3, i * 31 % 97, if i == 7 { "a" } else { ["a", "b", "c"][i % 3] })
    });
    assert!(found(&impure, FindingKind::Leakage, 0).is_none());
    // Half of the rows must have both: of 40 rows twenty are enough.
    let gaps = |known: usize| {
        let table = rows("code,x,class", 40, |i| {
            let code = if i < known { ["p", "q"][i % 2] } else { "" };
            format!("{code},{},{}", i * 31 % 97, ["a", "b"][i % 2])
        });
        let spec = TableSpec {
            clean: vec![CleaningStep::Impute {
                column: "code".into(),
                by: trainyard::data::table_spec::ImputeWith::Mode,
            }],
            ..TableSpec::default()
        };
        of(&examine(&table, &spec, true).unwrap(), FindingKind::Leakage, 0).len()
    };
    assert_eq!((gaps(19), gaps(20)), (0, 1));
    // A table of one input has nothing else to learn from.
    let only = rows("code,class", 60, |i| format!("c{},{}", i % 2, ["a", "b"][i % 2]));
    assert!(found(&only, FindingKind::Leakage, 0).is_none());
}

#[test]
fn a_straight_line_is_a_correlation_beyond_four_nines() {
    // x against x plus a wobble of one size: r² = var(x) / (var(x) + wobble²).
    let line = |count: usize, wobble: f64| {
        let table = rows("a,b,y", count, |i| {
            let a = i * 37 % count;
            let sign = if a % 4 < 2 { 1.0 } else { -1.0 };
            format!("{a},{},{}", i * 31 % 97, 3.0 * (a as f64 + sign * wobble) + 0.25)
        });
        found(&table, FindingKind::Leakage, 0).map(|finding| finding.sentence)
    };
    // 100 rows: var(x) = 833.25, so r falls below 0.9999 at a wobble of about 0.408.
    assert!(line(100, 0.38).unwrap().starts_with("\"a\" lies on one straight line with \"y\""));
    assert_eq!(line(100, 0.44), None);
    assert!(line(20, 0.0).is_some());
    assert_eq!(line(19, 0.0), None);
    let falling = rows("a,b,y", 40, |i| format!("{},{},{}.5", i * 7 % 40, i * 31 % 97, 100 - i * 7 % 40));
    assert!(found(&falling, FindingKind::Leakage, 0).unwrap().sentence.contains("one straight line"));
    let equal = rows("a,b,y", 40, |i| format!("{}.5,{},{}.5", i * 7 % 41, i * 31 % 97, i * 7 % 41));
    assert!(found(&equal, FindingKind::Leakage, 0).unwrap().sentence.starts_with("\"a\" equals \"y\""));
    assert!(found(&equal, FindingKind::Leakage, 1).is_none());
    // Names stand on no line.
    let names = rows("a,b,y", 40, |i| format!("n{},{},{}.5", i % 4, i * 31 % 97, i % 4));
    assert!(found(&names, FindingKind::Leakage, 0).is_none());
}

#[test]
fn columns_give_the_answer_away_together_from_twenty_rows_on() {
    let hot = |count: usize, flags: [&str; 2]| {
        let table = rows("x1,x2,is_a,is_b,is_c", count, |i| {
            let bit = |own: usize| flags[usize::from(own == i % 3)];
            format!("{},{},{},{},{}", i * 7 % 31, i * 11 % 17, bit(0), bit(1), bit(2))
        });
        found(&table, FindingKind::Leakage, 2).map(|finding| finding.count)
    };
    assert_eq!(
        (hot(19, ["0", "1"]), hot(20, ["0", "1"]), hot(60, ["no", "yes"])),
        (None, Some(20), Some(60))
    );
    assert_eq!(hot(60, ["cold", "hot"]), None, "words for no flags");
    // A row in which none of them is 1 parts them, and so does one in which two are.
    for odd in ["0,0,0", "1,0,1"] {
        let table = rows("x1,x2,is_a,is_b,is_c", 60, |i| {
            let bits = if i == 9 { odd } else { ["1,0,0", "0,1,0", "0,0,1"][i % 3] };
            format!("{},{},{bits}", i * 7 % 31, i * 11 % 17)
        });
        assert!(found(&table, FindingKind::Leakage, 2).is_none(), "{odd}");
    }
    // Two classes and one column: that is a leak of its own kind, not one of columns together.
    let pair = rows("x,is_a,is_b", 60, |i| format!("{},{},{}", i * 7 % 31, i % 2, 1 - i % 2));
    assert!(found(&pair, FindingKind::Leakage, 1).unwrap().sentence.contains("names"));
    // One class of several goes with 0, as well as with 1; with neither alone it tells nothing.
    let several = |bit: fn(usize) -> usize| {
        let table =
            rows("x,flag,species", 60, |i| format!("{},{},{}", i * 7 % 31, bit(i), ["a", "b", "c"][i % 3]));
        found(&table, FindingKind::Leakage, 1).map(|finding| finding.sentence)
    };
    assert!(several(|i| usize::from(i % 3 != 1)).unwrap().contains("whether \"species\" is \"b\""));
    assert_eq!(several(|i| usize::from(i % 3 == 1 || i == 0)), None);
}

#[test]
fn sizes_are_unequal_from_thirty_times_the_spread() {
    let spread = |factor: f64| {
        let table = rows("a,b,class", 60, |i| {
            let x = (i * 7 % 60) as f64;
            format!("{x},{},{}", x * factor, ["a", "b"][i % 2])
        });
        let all = examine(&table, &TableSpec::default(), false).unwrap();
        all.into_iter().find(|finding| finding.kind == FindingKind::Unscaled).map(|finding| finding.count)
    };
    assert_eq!(
        (spread(29.0), spread(31.0), spread(1.0 / 29.0), spread(1.0 / 31.0)),
        (None, Some(1), None, Some(1))
    );
    assert_eq!(spread(1.0), None);
    // Those that are so much narrower than the widest are counted; a constant is no feature.
    let three = rows("a,b,c,k,class", 60, |i| {
        let x = (i * 7 % 60) as f64;
        format!("{x},{},{},5,{}", x * 2.0, x * 100.0, ["a", "b"][i % 2])
    });
    let all = examine(&three, &TableSpec::default(), false).unwrap();
    let finding = all.iter().find(|finding| finding.kind == FindingKind::Unscaled).unwrap();
    assert_eq!(finding.count, 2);
    // The standard deviation of 0…59 is √(59·61/12) = 17.318.
    assert!(finding.sentence.starts_with("\"c\" spreads by 1732, \"a\" by 17.3:"), "{}", finding.sentence);
}

#[test]
fn a_few_numbers_among_names_are_odd_and_more_are_codes() {
    // 100 names: 20 numbers among them are told, 21 are codes.
    let odd = |numbers: usize| {
        let table = rows("x,y", 100, |i| {
            let name = if i < numbers { (i % 4).to_string() } else { ["red", "green", "blue"][i % 3].into() };
            format!("{name},{}", i * 31 % 97)
        });
        found(&table, FindingKind::MixedTypes, 0).map(|finding| (finding.count, labels(&finding).len()))
    };
    assert_eq!((odd(20), odd(21), odd(1)), (Some((20, 1)), None, Some((1, 1))));
    // A column of numbers with few values may be a category.
    let grades = |different: usize| {
        let table = rows("x,y", 100, |i| {
            format!(
                "{},{}",
                if i == 5 { "bad".into() } else { (i % (different - 1)).to_string() },
                i * 31 % 97
            )
        });
        let finding = found(&table, FindingKind::MixedTypes, 0).unwrap();
        labels(&finding).iter().map(|label| (*label).to_owned()).collect::<Vec<_>>()
    };
    let three = ["Fill in the median", "Leave these rows out", "Treat as a category"];
    assert_eq!(grades(20), three);
    assert_eq!(grades(21), three[..2]);
}

#[test]
fn dates_among_names_are_told_from_two_and_from_a_fifth_on() {
    let dated = |dates: usize, count: usize| {
        let table = rows("d,y", count, |i| {
            let text =
                if i < dates { format!("2023-01-{:02}", i % 28 + 1) } else { ["soon", "late"][i % 2].into() };
            format!("{text},{}", i * 31 % 97)
        });
        found(&table, FindingKind::MixedTypes, 0).map(|finding| finding.count)
    };
    assert_eq!((dated(10, 50), dated(9, 50)), (Some(40), None));
    assert_eq!((dated(2, 8), dated(1, 4)), (Some(6), None));
}

#[test]
fn slips_are_ten_times_as_rare_and_one_letter_away() {
    let spelled = |common: &str, rare: &str, times: usize| {
        let table = rows("name,y", 60, |i| {
            let name = if i < times {
                rare
            } else if i < times * 11 {
                common
            } else {
                "another"
            };
            format!("{name},{}", i * 7 % 31)
        });
        found(&table, FindingKind::Spellings, 0).map(|finding| finding.count)
    };
    for (common, rare) in
        [("green", "greeen"), ("green", "gren"), ("green", "greex"), ("gree", "grey"), ("green", "Xreen")]
    {
        assert_eq!(spelled(common, rare, 2), Some(2), "{common} {rare}");
    }
    for (common, rare) in [
        ("red", "rid"),
        ("green", "grexx"),
        ("green", "greenish"),
        ("room1", "room2"),
        ("green", "ngreex"),
        ("abcdef", "abcxyf"),
    ] {
        assert_eq!(spelled(common, rare, 2), None, "{common} {rare}");
    }
    let nine = rows("name,y", 20, |i| {
        format!(
            "{},{}",
            if i < 2 {
                "greex"
            } else if i < 20 {
                "green"
            } else {
                "x"
            },
            i
        )
    });
    assert!(found(&nine, FindingKind::Spellings, 0).is_none(), "nine times as many");
    // Beyond 300 names they are compared without case and blanks alone.
    let many = |names: usize| {
        let table = rows("name,y", names * 11, |i| {
            let name = if i == 0 {
                "wordx".into()
            } else if i < 12 {
                "worde".into()
            } else {
                format!("{}", i % (names - 2) + 1000)
            };
            format!("name{}{},{}", ["", "z"][usize::from(i > 11)], name, i * 7 % 31)
        });
        let spec = TableSpec { kinds: [("name".to_owned(), Kind::Category)].into(), ..TableSpec::default() };
        of(&examine(&table, &spec, true).unwrap(), FindingKind::Spellings, 0).len()
    };
    assert_eq!((many(300), many(301)), (1, 0));
}

#[test]
fn labels_are_asked_for_from_thirty_rows_on() {
    let cloud = |count: usize| {
        let table = rows("x,z,class", count, |i| {
            let class = if i == 4 { 1 } else { i % 2 };
            format!("{},{},{}", 10 * (i % 2) + i % 5, 10 * (i % 2) + i % 3, ["a", "b"][class])
        });
        found(&table, FindingKind::Labels, 2).map(|finding| finding.rows)
    };
    assert_eq!((cloud(29), cloud(30)), (None, Some(vec![4])));
    let jump = |count: usize, far: usize| {
        let spec = TableSpec { task: TaskChoice::Regression, ..TableSpec::default() };
        let table = rows("x,z,y", count, |i| {
            format!(
                "{},{},{}",
                i % 20,
                i / 20,
                if i % 17 == 3 && i / 17 < far { 900 } else { 3 * (i % 20) + 5 * (i / 20) + i % 2 }
            )
        });
        of(&examine(&table, &spec, true).unwrap(), FindingKind::Labels, 2)
            .first()
            .map(|finding| finding.count)
    };
    assert_eq!((jump(300, 1), jump(300, 8)), (Some(1), Some(8)));
    assert_eq!((jump(30, 1), jump(29, 1)), (Some(1), None));
}
