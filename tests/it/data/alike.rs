//! What the doctor asks similar rows: which of them are similar, which labels they make doubtful, which values are far.
//!
//! Most tables here have groups of eleven rows at one place, so that the ten nearest rows of each are those of its group.

use super::findings::{of, rows};
use trainyard::data::doctor::{Finding, FindingKind, examine};
use trainyard::data::table_spec::{CleaningStep, Kind, TaskChoice};
use trainyard::data::{Table, TableSpec};

fn doubts(table: &Table, task: TaskChoice) -> Option<Finding> {
    let target = table.columns().len() - 1;
    let kinds = match task {
        TaskChoice::Classification => [(table.column(target).name.clone(), Kind::Category)].into(),
        _ => [].into(),
    };
    let spec = TableSpec { task, kinds, ..TableSpec::default() };
    of(&examine(table, &spec, true).unwrap(), FindingKind::Labels, target)
        .first()
        .map(|finding| (*finding).clone())
}

/// Groups of eleven rows; `label` gives the class of a row of a group. Row `i` is number `i / groups` of group `i % groups`.
fn grouped(groups: usize, label: impl Fn(usize, usize) -> &'static str) -> Option<Finding> {
    let row = |i: usize| format!("{},{}", 10 * (i % groups), label(i % groups, i / groups));
    doubts(&rows("x,class", 11 * groups, row), TaskChoice::Classification)
}

/// The labels of the first rows of the first group; the others there are "a", and all others as in two halves.
fn first_group(groups: usize, labels: &'static [&'static str]) -> Option<Finding> {
    grouped(groups, move |group, number| match group {
        0 => labels.get(number).copied().unwrap_or("a"),
        _ if 2 * group < groups => "a",
        _ => "b",
    })
}

#[test]
fn a_label_is_doubtful_when_three_of_ten_share_it_and_six_have_another() {
    let count = |labels| first_group(8, labels).map(|finding| finding.count);
    assert_eq!(count(&["b", "b", "b"]), Some(3), "two of ten share it");
    assert_eq!(count(&["b", "b", "b", "b"]), Some(4), "three of ten share it");
    assert_eq!(count(&["b", "b", "b", "b", "b"]), None, "four of ten share it");
    // Of three classes: six others of one kind, or five.
    assert_eq!(count(&["b", "b", "b", "b", "c"]), Some(5), "six others are alike, for the c too");
    assert_eq!(count(&["b", "b", "b", "b", "c", "c"]), None, "five others are alike");
}

#[test]
fn a_doubtful_label_is_to_be_the_one_that_most_similar_rows_have() {
    // The class of most rows of the group comes first, in the middle or last among the classes.
    for most in ["a", "b", "c"] {
        let others: Vec<&str> = ["a", "b", "c"].into_iter().filter(|&class| class != most).collect();
        let (odd, rare) = (others[0], others[1]);
        for (odd, rare) in [(odd, rare), (rare, odd)] {
            let finding = grouped(9, |group, number| match (group, number) {
                (0, 4) => odd,
                (0, 5) => rare,
                (0, _) => most,
                _ => ["a", "b", "c"][group % 3],
            });
            let fixes: Vec<CleaningStep> = finding.unwrap().remedies.into_iter().map(|one| one.fix).collect();
            for row in [36, 45] {
                assert!(
                    fixes.contains(&CleaningStep::Relabel { row, to: most.into() }),
                    "{most} {odd} {fixes:?}"
                );
            }
        }
    }
}

#[test]
fn the_clearest_doubts_come_first_and_five_are_offered() {
    // Group 0, beside one of the other class: three wrong ones, which two of ten share when they are left out themselves;
    // groups 3…6: one each, which nobody shares.
    let finding = grouped(20, |group, number| match (group, number) {
        (0, 0..3) | (1 | 10.., _) | (3..7, 7) => "b",
        _ => "a",
    });
    let finding = finding.unwrap();
    assert_eq!(finding.rows, [0, 20, 40, 143, 144, 145, 146]);
    let relabel =
        |fix: &CleaningStep| if let CleaningStep::Relabel { row, .. } = fix { Some(*row) } else { None };
    let order: Vec<u32> = finding.remedies.iter().filter_map(|one| relabel(&one.fix)).collect();
    assert_eq!(order, [143, 144, 145, 146, 0]);
    assert!(finding.remedies[1].label.starts_with("Relabel row 144 as \"a\""), "{:?}", finding.remedies[1]);
    assert_eq!(
        finding.sentence,
        "7 rows have a \"class\" that hardly any of the 10 most similar rows share."
    );
}

#[test]
fn where_more_than_a_tenth_is_doubtful_classes_overlap() {
    // 220 rows: two groups of three wrong labels, and some of one, which no similar row shares.
    let of = |alone: usize| {
        let finding = grouped(20, |group, number| match group {
            0 | 1 if number < 3 => "b",
            _ if (2..2 + alone).contains(&group) && number == 5 => ["b", "a"][usize::from(group >= 10)],
            _ => ["a", "b"][usize::from(group >= 10)],
        });
        let finding = finding.unwrap();
        (finding.count, finding.sentence.contains("Classes overlap here"))
    };
    assert_eq!(of(16), (22, false), "a tenth");
    assert_eq!(of(17), (17, true), "one more: only those that nobody shares");
}

#[test]
fn numbers_count_by_their_spread_and_far_ones_say_nothing() {
    // x is 0…100 and one more, the last; those above 80 are of another class. The middle half is 50.5 wide, a deviation
    // 37.4, and ten of them from the middle lie at 424.9.
    let last = |x: &str, class: &str| {
        let row = |i: usize| match i {
            101 => format!("{x},{class}"),
            _ => format!("{},{}", i * 37 % 101, ["a", "b"][usize::from(i * 37 % 101 > 80)]),
        };
        doubts(&rows("x,class", 102, row), TaskChoice::Classification).map(|finding| finding.rows)
    };
    let doubtful = Some(vec![101]);
    assert_eq!((last("424", "a"), last("424", "b")), (doubtful.clone(), None), "like the largest");
    assert_eq!((last("425", "a"), last("425", "b")), (None, doubtful.clone()), "like those in the middle");
    assert_eq!((last("-323", "a"), last("-323", "b")), (None, doubtful.clone()), "like the least");
    assert_eq!((last("", "a"), last("", "b")), (None, doubtful), "a gap lies in the middle");
    // One input may have numbers a million times as large: each counts by how it spreads.
    for (left, right) in [(1.0, 1e6), (1e6, 1.0), (1e-6, 1.0)] {
        let row = |i: usize| {
            let class = if i == 77 { i + 1 } else { i } % 2;
            let (x, z) = ((i % 2) as f64 * left, (i * 37 % 200) as f64 * right);
            format!("{x},{z},{}", ["a", "b"][class])
        };
        let found = doubts(&rows("x,z,class", 200, row), TaskChoice::Classification);
        assert_eq!(found.map(|finding| finding.rows), Some(vec![77]), "{left} {right}");
    }
}

#[test]
fn a_number_that_most_rows_share_counts_by_its_deviation() {
    // A tenth of x is 1, so its middle half has no width. Its deviation is 0.3: those rows lie apart.
    let row = |i: usize| {
        let is_one = i.is_multiple_of(10);
        format!("{},{i},{}", usize::from(is_one), ["a", "b"][usize::from(is_one)])
    };
    assert!(doubts(&rows("x,z,class", 100, row), TaskChoice::Classification).is_none());
}

#[test]
fn every_number_of_a_row_counts_however_many_there_are() {
    // Two clouds, left below and right above in all directions; one row bears the wrong label.
    for width in [1, 2, 3, 7, 8, 9, 16, 19] {
        let header: String = (0..width).map(|k| format!("x{k},")).collect();
        let row = |i: usize| {
            let side = if i.is_multiple_of(2) { -4.0 } else { 4.0 };
            let cell =
                |k: usize| format!("{:.2},", side + (((i + 3) * (7 * k + 11)) % 41) as f64 / 20.0 - 1.0);
            let class = ["a", "b"][(i + usize::from(i == 30)) % 2];
            (0..width).map(cell).collect::<String>() + class
        };
        let found = doubts(&rows(&(header + "class"), 60, row), TaskChoice::Classification);
        assert_eq!(found.map(|finding| finding.rows), Some(vec![30]), "{width}");
    }
    // A direction that parts the classes alone, wherever it stands among nine.
    for part in 0..9 {
        let header: String = (0..9).map(|k| format!("x{k},")).collect();
        let row = |i: usize| {
            let cell = |k: usize| match k == part {
                true => format!("{},", [0, 3][i % 2]),
                false => format!("{},", i / 2 % 2),
            };
            let class = ["a", "b"][(i + usize::from(i == 30)) % 2];
            (0..9).map(cell).collect::<String>() + class
        };
        let found = doubts(&rows(&(header + "class"), 80, row), TaskChoice::Classification);
        assert_eq!(found.map(|finding| finding.rows), Some(vec![30]), "{part}");
    }
}

#[test]
fn names_are_alike_or_not_and_no_name_is_like_a_gap() {
    // Two colors at each of four places: the color settles the class, wherever its column stands.
    for header in ["x,color,class", "color,x,class"] {
        let row = |i: usize| {
            let (x, color) = ((i % 4).to_string(), ["blue", "red"][i / 4 % 2]);
            let (first, second) = if header.starts_with('x') { (&x[..], color) } else { (color, &x[..]) };
            format!("{first},{second},{}", ["a", "b"][(i / 4 + usize::from(i == 50)) % 2])
        };
        let found = doubts(&rows(header, 200, row), TaskChoice::Classification);
        assert_eq!(found.map(|finding| finding.rows), Some(vec![50]), "{header}");
    }
    // Rows without a color are like each other, not like those of one: forty are blue, a hundred red, twenty have none.
    let row = |i: usize| {
        let (color, class) = match i {
            0..40 => ("blue", "a"),
            40..140 => ("red", "a"),
            _ => ("", "b"),
        };
        format!("{},{color},{class}", i % 2)
    };
    assert!(doubts(&rows("x,color,class", 160, row), TaskChoice::Classification).is_none());
}

#[test]
fn of_many_rows_a_sample_is_asked_and_that_is_said() {
    let of = |count: usize, width: usize| {
        let header: String = (0..width).map(|k| format!("x{k},")).collect();
        let row = |i: usize| {
            let side = 10 * (i % 2);
            let cells: String = (0..width).map(|k| format!("{},", side + (i / 2 + k) % 5)).collect();
            cells + ["a", "b"][usize::from(i % 2 == 1) ^ usize::from(i.is_multiple_of(500))]
        };
        let finding = doubts(&rows(&(header + "class"), count, row), TaskChoice::Classification).unwrap();
        (finding.count, finding.sentence.contains("of a sample"))
    };
    assert_eq!(of(3000, 1), (6, false));
    assert!(of(3001, 1).1);
    // Of a hundred inputs two thousand rows are affordable.
    assert_eq!(of(2000, 100), (4, false));
    assert!(of(2001, 100).1);
}

/// Groups of eleven rows with the values −5…5, in the first of them `scale` times as large, but for its last and first.
fn values(scale: f64, largest: f64, least: f64) -> Option<Finding> {
    let row = |i: usize| {
        let (group, number) = (i % 11, i / 11);
        let value = match (group, number) {
            (0, 10) => largest,
            (0, 0) => least,
            (0, _) => (number as f64 - 5.0) * scale,
            _ => number as f64 - 5.0,
        };
        format!("{},{value:.3}", 10 * group)
    };
    doubts(&rows("x,y", 121, row), TaskChoice::Regression)
}

#[test]
fn a_value_is_far_from_five_deviations_of_what_similar_rows_differ_by() {
    // Rows usually differ by 3.5 from the middle of their ten neighbors: a deviation is 5.19, and five lie 25.9 from −0.5.
    assert_eq!(values(1.0, 25.0, -5.0), None);
    let far = values(1.0, 26.0, -5.0).unwrap();
    assert_eq!(far.rows, [110]);
    assert_eq!(
        far.sentence,
        "1 row has a \"y\" far from that of the 10 most similar rows, which usually differ by 3.5."
    );
    assert_eq!(values(1.0, 5.0, -25.0), None);
    assert_eq!(values(1.0, 5.0, -26.0).map(|finding| finding.rows), Some(vec![0]));
}

#[test]
fn a_value_is_far_from_three_widths_of_its_neighbors_middle_half() {
    // The neighbors of the largest are −50…40: their middle half is 45 wide and ends at 17.5.
    assert_eq!(values(10.0, 152.0, -50.0), None);
    assert_eq!(values(10.0, 153.0, -50.0).map(|finding| finding.rows), Some(vec![110]));
    assert_eq!(values(10.0, 50.0, -152.0), None);
    assert_eq!(values(10.0, 50.0, -153.0).map(|finding| finding.rows), Some(vec![0]));
}

#[test]
fn where_more_than_a_tenth_is_far_the_target_jumps() {
    let of = |far: usize| {
        let row = |i: usize| {
            let (group, number) = (i % 11, i / 11);
            let is_far = i < far;
            format!("{},{}", 10 * group, if is_far { 1000 } else { number as i64 - 5 })
        };
        doubts(&rows("x,y", 121, row), TaskChoice::Regression).map(|finding| finding.count)
    };
    assert_eq!((of(12), of(13)), (Some(12), None));
    // Where most rows have the very value of their neighbors nothing is usual to differ by.
    let flat = rows("x,y", 121, |i| format!("{},{}", i % 11, if i == 60 { 900 } else { 5 }));
    assert!(doubts(&flat, TaskChoice::Regression).is_none());
}
