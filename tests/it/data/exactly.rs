//! Exactly at what decides, and one step beside it.

use super::findings::{cleaned, labels, of, rows};
use super::reading::{names, read, settled};
use trainyard::data::csv::Reader;
use trainyard::data::doctor::{Finding, FindingKind, examine};
use trainyard::data::{Dataset, Formula, Kind, SplitSpec, Table, TableSpec, split};

fn first(table: &Table, kind: FindingKind, column: usize) -> Option<Finding> {
    of(&cleaned(table, vec![]), kind, column).first().map(|finding| (*finding).clone())
}

#[test]
fn a_feature_is_narrow_from_exactly_a_thirtieth_of_the_widest_on() {
    // Half of the numbers are 0, half of them 2 or `wide`: they spread by 1 and by half of `wide`.
    let narrow = |wide: usize| {
        let table =
            rows("a,b,class", 60, |i| format!("{},{},{}", i % 2 * 2, i % 2 * wide, ["a", "b", "b"][i % 3]));
        let all = examine(&table, &TableSpec::default(), false).unwrap();
        all.iter().find(|finding| finding.kind == FindingKind::Unscaled).map(|finding| finding.count)
    };
    assert_eq!((narrow(59), narrow(60), narrow(61)), (None, Some(1), Some(1)));
}

#[test]
fn a_word_is_a_name_first_where_nine_of_ten_names_are_as_it_is() {
    // Ten gaps, and ninety names, of which some have two capitals.
    let remedy = |word: &str, alike: usize| {
        let table = rows("color,y", 100, |i| {
            let name = match i {
                0..10 => word,
                _ if i < 10 + alike => ["AS", "EU", "SA"][i % 3],
                _ => "red",
            };
            format!("{name},{}", i * 7 % 31)
        });
        labels(&first(&table, FindingKind::Missing, 0).unwrap())[0].to_owned()
    };
    assert_eq!(
        (remedy("NA", 81), remedy("NA", 82)),
        ("\"NA\" is a name here".into(), "\"NA\" is a name here".into())
    );
    assert_eq!(remedy("NA", 80), "Fill in the most frequent");
    assert_eq!(remedy("na", 90), "Fill in the most frequent", "small letters among capitals");
}

#[test]
fn a_number_is_a_sentinel_beyond_the_width_of_all_others() {
    // 99 is 49 away from 50, and the others lie within 49, 48 or 50 of each other.
    let found = |low: usize| {
        let table = rows("x,y", 63, |i| {
            let x = if i < 3 { 99 } else { low + (i - 3) % (51 - low) };
            format!("{x},{}", i * 7 % 31)
        });
        first(&table, FindingKind::Missing, 0).map(|finding| finding.count)
    };
    assert_eq!((found(0), found(1), found(2)), (None, None, Some(3)));
}

#[test]
fn one_row_that_equals_the_answer_gives_nothing_away() {
    let table = rows("a,b,y", 40, |i| {
        let y = if i == 3 { 21.0 } else { (i * 11 % 37) as f64 + 0.5 };
        format!("{},{},{y}", i * 7 % 40, i * 31 % 97)
    });
    assert_eq!(first(&table, FindingKind::Leakage, 0), None);
}

#[test]
fn a_label_is_doubtful_where_three_of_ten_share_it_and_six_agree_on_another() {
    // Far from two clouds lies a group: one "a", some "b". The nearest cloud gives the rest of its ten neighbors.
    let doubtful = |others: usize, cloud: &str| {
        let table = rows("x,z,class", 201 + others, |i| match i {
            0..100 => format!("{},{},{cloud}", i % 10, i / 10),
            100..200 => format!("{},{},b", 1000 + i % 10, i / 10),
            200 => "100,5,a".into(),
            _ => "100,5,b".into(),
        });
        first(&table, FindingKind::Labels, 2).map(|finding| finding.rows)
    };
    // Of ten neighbors three, and four, are "a" of the cloud.
    assert_eq!((doubtful(7, "a"), doubtful(6, "a")), (Some(vec![200]), None));
    // Six, and five, agree on "b".
    assert_eq!((doubtful(6, "c"), doubtful(5, "c")), (Some(vec![200]), None));
}

#[test]
fn a_hundred_names_are_categories_and_one_more_is_free_text() {
    let kind = |names: usize| {
        let table = rows("name,y", 300, |i| format!("n{}x,{}", i % names, i * 7 % 31));
        table.column(0).profile().kind()
    };
    assert_eq!((kind(99), kind(100), kind(101)), (Kind::Category, Kind::Category, Kind::Ignore));
}

#[test]
fn twenty_columns_have_a_note_of_how_their_numbers_are_written() {
    let told = |columns: usize| {
        let header: Vec<String> = (0..columns).map(|column| format!("price{column}")).collect();
        let table = rows(&header.join(","), 12, |i| vec![format!("${i}.50"); columns].join(","));
        table.notes.iter().filter(|note| note.sentence.contains("is read as")).count()
    };
    assert_eq!((told(19), told(20), told(23)), (19, 20, 20));
}

#[test]
fn a_comma_behind_a_day_parts_cells_where_no_year_follows() {
    for behind in ["", "50"] {
        let table = rows("day,count", 40, |i| format!("Apr {},{behind}{}", i % 28 + 1, i % 7));
        assert_eq!((names(&table), table.text(9, 0).as_ref()), (vec!["day", "count"], "Apr 10"));
    }
}

#[test]
fn remarks_are_found_among_the_last_twelve_rows() {
    let kept = |remarks: usize| {
        let table: String = (0..60).map(|i| format!("{i},{}.5,{}\n", i * 7 % 31, i * 11 % 13)).collect();
        let below: String =
            (0..remarks).map(|i| format!("word {}\n", ["one", "two", "ten"][i % 3])).collect();
        read(&format!("a,b,c\n{table}\n{below}")).rows()
    };
    assert_eq!((kept(11), kept(12), kept(13)), (60, 60, 73));
}

#[test]
fn a_decimal_comma_is_sure_from_a_tenth_of_the_numbers_on() {
    let is_sure = |count: usize| {
        let table = rows("a\tb", count, |i| match i {
            0..10 => format!("{i},25\tx"),
            _ => format!("{i}\ty"),
        });
        settled(&table, "decimal").is_sure
    };
    assert_eq!((is_sure(99), is_sure(100), is_sure(101)), (true, true, false));
}

#[test]
fn a_point_groups_beside_decimal_commas_also_behind_a_sign() {
    let table = rows("a\tb", 12, |i| if i == 5 { "+1.234\tx".into() } else { format!("{i},25\ty") });
    let own = table.column(0);
    assert_eq!((own.number(own.cells()[5]), own.number(own.cells()[6])), (Some(1234.0), Some(6.25)));
}

#[test]
fn a_line_that_names_no_delimiter_says_nothing() {
    let many: String = (0..12).map(|i| format!("{i},{i}.5,blue\n")).collect();
    assert_eq!(names(&read(&format!("sep=\ncount,size,color\n{many}"))).len(), 3);
}

#[test]
fn a_long_cell_keeps_its_first_ten_thousand_bytes() {
    for (letters, kept) in [(9999, 9999), (10_000, 10_000), (10_001, 10_000), (12_000, 10_000)] {
        let table =
            rows("a,b", 12, |i| format!("{},{i}", if i == 5 { "x".repeat(letters) } else { "y".into() }));
        assert_eq!(table.text(5, 0).len(), kept, "{letters}");
        assert_eq!(table.notes.len(), usize::from(letters > kept), "{letters}: {:?}", table.notes);
    }
}

#[test]
fn a_reader_tells_the_limit_that_was_passed_before_it_ends() {
    let mut reader = Reader::new();
    reader.push(b"a,b\n");
    assert_eq!(reader.refused(), None);
    let mut reader = Reader::new();
    reader.push(&[b"x,".repeat(40_000), b"\n".to_vec()].concat());
    assert_eq!(reader.refused(), Some("the table has 40001 columns, at most 10000 are taken"));
}

#[test]
fn formulas_are_equal_by_their_texts() {
    let columns = ["x".to_owned(), "y".to_owned()];
    let of = |text: &str| Formula::parse(text, &columns).unwrap();
    assert!(of("x + y") == of("x + y") && of("x + y") != of("y + x"));
}

#[test]
fn of_equal_classes_the_first_gives_an_empty_part_its_row() {
    let targets = vec![0.0, 0.0, 0.0, 1.0, 1.0, 1.0];
    let data = Dataset::from_rows(targets.clone(), targets, vec![1], Some(2)).unwrap();
    let spec = SplitSpec { train: 0.98, validation: 0.01, test: 0.01, stratify: true };
    let parts = split(&data, &spec, 1).unwrap();
    let classes = |rows: &[u32]| rows.iter().map(|&row| data.targets[row as usize]).collect::<Vec<_>>();
    assert_eq!((classes(&parts.validation), classes(&parts.test)), (vec![0.0], vec![1.0]));
}
