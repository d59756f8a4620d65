//! On both sides of what a file's lines are taken for: names, headers, units, totals; and of what is too long or too many.

use super::findings::{cleaned, of, rows};
use super::reading::{names, notes, read, settled};
use trainyard::data::doctor::FindingKind;
use trainyard::data::reading::Choice;
use trainyard::data::{Formula, check_count};

fn many(template: &str) -> String {
    (1..=12).map(|row| template.replace('#', &(row * 7 % 10 + 1).to_string()) + "\n").collect()
}

#[test]
fn each_column_has_a_name_of_its_own() {
    let table = read(&("a,a,a,,\n".to_owned() + &many("#,#,#,#,#")));
    assert_eq!(names(&table), ["a", "a 2", "a 3", "column 4", "column 5"]);
    let long = read(&(format!("{},b\n", "n".repeat(201)) + &many("#,#")));
    assert_eq!(names(&long)[0].len(), 200);
    let fits = read(&(format!("{},b\n", "n".repeat(200)) + &many("#,#")));
    assert_eq!((names(&fits)[0].len(), fits.notes.len()), (200, 0));
}

/// Whether the first line of a text is its header, and whether that is sure.
fn header(text: &str) -> (bool, bool) {
    let table = read(text);
    let told = settled(&table, "header");
    (told.value == Choice::Flag(true), told.is_sure)
}

#[test]
fn words_and_numbers_of_the_first_line_are_weighed() {
    let cases = [
        // As many words as numbers over numbers name columns; fewer don't.
        ("a,b,1,2", "#,#,#,#", (true, true)),
        ("a,7,1,2.5", "#,#,#,#", (false, false)),
        // 0, 1, 2 and 1, 2, 3 count where the lines below don't go on so.
        ("0,1,2", "#.5,#.5,7", (true, false)),
        ("1,2,3", "#.5,#.5,7", (true, false)),
        ("2,3,4", "#.5,#.5,7", (false, true)),
        ("0,2,4", "#.5,#.5,7", (false, true)),
        ("0,1", "#.5,7", (false, true)),
        ("x,0,2,4", "w#,#.5,7,#", (true, true)),
        // Years that differ, over numbers that are none.
        ("x,1500,2200", "w#,#.5,7", (true, true)),
        ("x,1990,1990", "w#,#.5,7", (false, true)),
        // No line occurs again below, or half of what stands there is one value.
        ("kind,cap", "e,x", (true, true)),
    ];
    for (first, row, expected) in cases {
        let text = format!("{first}\n{}", many(row));
        assert_eq!(header(&text), expected, "{text}");
    }
    // Years over years, more or less than half of them: a header where most are no years.
    let years = |of: usize| {
        let below: String = (0..10)
            .map(|i| if i < of { format!("w{i},20{i:02},1\n") } else { format!("w{i},{i}.5,1\n") })
            .collect();
        header(&("x,2001,2002\n".to_owned() + &below)).0
    };
    assert_eq!((years(0), years(9), years(10)), (true, true, false));
}

#[test]
fn units_stand_over_half_of_the_numbers_or_more() {
    let units = |line: &str| {
        let table = read(&format!("a,b,c,d\n{line}\n{}", many("#,#,#,#")));
        let told = settled(&table, "unitsRow");
        (told.value == Choice::Flag(true), told.is_sure, table.rows())
    };
    assert_eq!(units("kg,m,s,V"), (true, true, 12));
    assert_eq!(units("kg,m,foo,bars"), (true, true, 12));
    assert!(units("kg,baz,foo,bars").0);
    assert_eq!(units("foo,baz,qux,bars"), (false, false, 13));
    assert_eq!(units("-,-,kg,-"), (true, true, 12));
    assert_eq!(units("(kg),[m],s,V"), (true, true, 12));
    assert_eq!(units(",,,foo"), (false, true, 13));
    assert_eq!(units("kg,m,s,5").2, 13, "a value is no unit");
    let wide = |letters: usize| units(&format!("kg,m,s,{}", "u".repeat(letters)));
    assert_eq!((wide(20).0, wide(21).0), (true, false));
}

#[test]
fn totals_stand_among_the_last_three_of_four_rows() {
    let told = |text: &str| notes(&read(text)).iter().filter(|note| note.1.contains("sum")).count();
    assert_eq!(told("w,n\na,1\nb,2\nTotal,3\n"), 0, "three rows");
    assert_eq!(told("w,n\na,1\nb,2\nc,3\nTotal,6\n"), 1);
    assert_eq!(told("w,n\na,1\nb,2\nc,3\nSum,6\nMean,2\nMedian:,2\nAll,12\n"), 3, "the last three");
    assert_eq!(told("w,n\na,1\nb,2\nc,3\nGrand total of it,6\n"), 1);
    assert_eq!(told("w,n\na,1\nb,2\nc,3\nTotals of it,6\n"), 0);
    for word in ["Gesamtergebnis", "Total general", "Razem"] {
        assert_eq!(told(&format!("w,n\na,1\nb,2\nc,3\n{word},6\n")), 1, "{word}");
    }
    assert_eq!(told("w,n,m\na,1,x\nb,2,y\nc,3,z\nTotal,none,u\n"), 0, "it has no number");
    // Sums without a word: of two columns, within a thousand-millionth of what is summed.
    let sums = |last: &str| told(&format!("w,a,b\nx,1000000,2\ny,3000000,4\nz,5000000,7\n,{last}\n"));
    assert_eq!((sums("9000000,13"), sums("9000000.008,13"), sums("9000000.01,13")), (1, 1, 0));
    assert_eq!((sums("9000000,14"), sums("9000001,13")), (0, 0));
    assert_eq!(told("w,a,b\nx,1,2\ny,3,4\n,4,6\n"), 0);
    assert_eq!(told("w,a,b\nx,0,0\ny,0,0\nz,0,0\n,0,0\n"), 0, "nothing is summed");
    assert_eq!(told("w,a,b\nx,-1,2\ny,-3,4\nz,5,-6\n,1,0\n"), 1);
}

#[test]
fn a_formula_has_its_depth_and_its_length() {
    let columns = ["x".to_owned(), "y".to_owned()];
    let nested = |depth: usize| {
        Formula::parse(&format!("{}x{}", "(".repeat(depth), ")".repeat(depth)), &columns).is_ok()
    };
    let deepest = (1..100).take_while(|&depth| nested(depth)).count();
    assert!((30..=32).contains(&deepest), "{deepest}");
    let long = |letters: usize| Formula::parse(&format!("x{}", " ".repeat(letters - 1)), &columns).is_ok();
    assert!(long(1000) && !long(1001));
}

#[test]
fn features_are_counted() {
    assert!(check_count(16_384).is_ok());
    let refused = check_count(16_385).expect_err("too many").to_string();
    assert!(refused.contains("16385 features are outside 1…16384"), "{refused}");
}

#[test]
fn shares_are_never_all_or_nothing_by_rounding() {
    let share = |gaps: usize, all: usize| {
        let table = rows("x,y", all, |i| {
            format!("{},{}", if i < gaps { String::new() } else { format!("{}.5", i % 90) }, i % 97)
        });
        let all = cleaned(&table, vec![]);
        let sentence = &of(&all, FindingKind::Missing, 0)[0].sentence;
        sentence.split(['(', ')']).nth(1).unwrap().to_owned()
    };
    let cases = [
        ((1, 2001), "under 0.1%"),
        ((1, 1999), "0.1%"),
        ((9, 1000), "0.9%"),
        ((19, 2000), "1%"),
        ((10, 1000), "1%"),
        ((15, 1000), "2%"),
        ((500, 1000), "50%"),
        ((994, 1000), "99%"),
        ((995, 1000), "99.5%"),
        ((998, 1000), "99.8%"),
        ((999, 1000), "99.9%"),
        ((1999, 2000), "99.9%"),
    ];
    for ((gaps, all), expected) in cases {
        assert_eq!(share(gaps, all), expected, "{gaps} of {all}");
    }
}

#[test]
fn numbers_for_people_have_about_four_digits() {
    // Quartiles of 0…99 times a factor, with one far out.
    let told = |factor: f64| {
        let table = rows("x,y", 101, |i| {
            let x = if i == 100 { 1000 } else { i };
            format!("{},{}", x as f64 * factor, i * 31 % 97)
        });
        let all = cleaned(&table, vec![]);
        let sentence = of(&all, FindingKind::Outliers, 0)[0].sentence.clone();
        sentence.split("within ").nth(1).unwrap().trim_end_matches('.').to_owned()
    };
    let cases = [
        (1.0, "25 and 75"),
        (0.01, "0.25 and 0.75"),
        (4e-5, "0.001 and 0.003"),
        (3.9e-5, "9.75e-4 and 0.003"),
        (100.0, "2500 and 7500"),
        (0.4, "10 and 30"),
        (0.399, "9.975 and 29.9"),
        (40.0, "1000 and 3000"),
        (39.98, "999.5 and 2998"),
        (1e6, "2.50e7 and 7.50e7"),
        (1.3e5, "3250000 and 9750000"),
        (-1.0, "-75 and -25"),
    ];
    for (factor, expected) in cases {
        assert_eq!(told(factor), expected, "{factor}");
    }
}
