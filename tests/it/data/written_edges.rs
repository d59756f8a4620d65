//! On both sides of what is a number, a date, a unit, a code or a formula.

use super::reading::read;
use trainyard::data::cell::parse_number;
use trainyard::data::date::Order;
use trainyard::data::impute::stand_in;
use trainyard::data::number::Written;
use trainyard::data::table_spec::{ImputeWith, Kind};
use trainyard::data::{Batches, Formula};

fn column(header: &str, cells: &[&str]) -> trainyard::data::Table {
    read(&format!("{header}\tb\n{}", cells.iter().map(|cell| format!("{cell}\tx\n")).collect::<String>()))
}

#[test]
fn a_number_has_four_hundred_letters_at_most() {
    let number = |letters: usize| parse_number(&format!("{}1", "0".repeat(letters - 1)), false);
    assert_eq!((number(400), number(401)), (Some(1.0), None));
    let written = |letters: usize| Written::of(&format!("{}1 kg", "0".repeat(letters - 4))).is_some();
    assert_eq!((written(400), written(401)), (true, false));
}

#[test]
fn groups_of_two_are_parted_by_commas_alone() {
    let value = |text: &str, comma: bool| Written::of(text).and_then(|written| written.value(comma));
    assert_eq!(value("1,23,456", false), Some(123_456.0));
    assert_eq!(value("12,34,56,789", false), Some(123_456_789.0));
    for text in ["1 23 456", "1'23'456", "123,45,678", "1,23,45", "0,12,345", "1,2,345"] {
        assert_eq!(value(text, false), None, "{text}");
    }
    assert_eq!(value("1.23.456", true), None);
    assert_eq!(
        (value("1 234 567", false), value("1'234'567", false)),
        (Some(1_234_567.0), Some(1_234_567.0))
    );
    assert_eq!(
        (value("1.234.567", true), value("1.234.567,5", true)),
        (Some(1_234_567.0), Some(1_234_567.5))
    );
}

#[test]
fn a_word_for_millions_is_a_unit_where_all_numbers_have_it() {
    let first = |cells: &[&str]| {
        let table = column("views", cells);
        let own = table.column(0);
        (own.number(own.cells()[0]), own.unit().map(str::to_owned))
    };
    assert_eq!(first(&["3.5 mn", "2 mn", "7 mn", "1 mn"]), (Some(3.5), Some("mn".into())));
    assert_eq!(first(&["3.5 mn", "2 mn", "7 mn", "950"]).0, Some(3.5e6));
}

#[test]
fn parts_of_a_date_are_digits_alone() {
    for text in ["+1/02/2023", "1/+2/2023", "01/02/+203", "-1/02/2023"] {
        for order in [Order::MonthDayYear, Order::DayMonthYear] {
            assert_eq!(order.days(text), None, "{text}");
        }
    }
    assert!(Order::MonthDayYear.days("1/02/2023").is_some());
}

#[test]
fn the_least_of_equally_frequent_values_stands_in() {
    let mode = |values: &[f64]| stand_in(values.iter().copied(), ImputeWith::Mode, false);
    assert_eq!(mode(&[3.0, 1.0, 3.0, 1.0, 2.0]), 1.0);
    assert_eq!(mode(&[3.0, 1.0, 3.0, 1.0, 3.0]), 3.0);
    assert_eq!((mode(&[]), mode(&[f64::NAN]), mode(&[5.0, f64::NAN])), (0.0, 0.0, 5.0));
    // Names have no middle: the most frequent stands in, whatever was asked for.
    assert_eq!(stand_in([0.0, 4.0, 4.0].into_iter(), ImputeWith::Mean, true), 4.0);
    assert_eq!(stand_in([0.0, 4.0, 5.0].into_iter(), ImputeWith::Mean, false), 3.0);
    assert_eq!(stand_in([9.0, 4.0, 5.0, 0.0].into_iter(), ImputeWith::Median, false), 4.5);
}

#[test]
fn rows_that_count_on_name_themselves_and_gaps_in_them_do_not() {
    let kind = |cell: fn(usize) -> String| {
        let body: String =
            (1..=20).map(|i| format!("{},{}.5,{}\n", cell(i), i * 7 % 31, i * 5 % 17)).collect();
        read(&("n,x,y\n".to_owned() + &body)).column(0).profile().kind()
    };
    assert_eq!(kind(|i| i.to_string()), Kind::Ignore);
    assert_eq!(kind(|i| if i == 7 { "x".into() } else { i.to_string() }), Kind::Number, "one is a word");
    assert_eq!(kind(|i| format!("{}.5", i)), Kind::Number, "not whole");
    assert_eq!(kind(|i| (i + usize::from(i > 9)).to_string()), Kind::Number, "one is left out");
    assert_eq!(kind(|i| (21 - i).to_string()), Kind::Number, "it falls");
}

#[test]
fn a_formula_nests_thirty_two_brackets() {
    let columns = ["x_1".to_owned(), "_y".to_owned()];
    let nested =
        |depth: usize| Formula::parse(&format!("{}x_1{}", "(".repeat(depth), ")".repeat(depth)), &columns);
    assert!(nested(32).is_ok());
    assert!(nested(33).unwrap_err().contains("32"), "{:?}", nested(33));
    let long = |letters: usize| Formula::parse(&format!("{}x_1", " ".repeat(letters - 3)), &columns);
    assert_eq!((long(1000).is_ok(), long(1001).is_err()), (true, true));
    // Parts that wait for others: one before each bracket, and the innermost.
    let waiting = |parts: usize| {
        let (open, close) = ("1+(".repeat(parts - 1), ")".repeat(parts - 1));
        Formula::parse(&format!("{open}1{close}"), &columns).map(|formula| formula.value(&[]))
    };
    assert_eq!(waiting(32), Ok(32.0));
    assert!(waiting(33).unwrap_err().contains("more than 32 unfinished parts"), "{:?}", waiting(33));
    // A line below is part of a name, at its start as within it.
    let value = |text: &str| Formula::parse(text, &columns).unwrap().value(&[2.0, 3.0]);
    assert_eq!((value("x_1 + 1"), value("_y * 2"), value("_y^x_1")), (3.0, 6.0, 9.0));
    for (text, number) in [("1e2", 100.0), ("1e-2", 0.01), ("1E+2", 100.0), (".5e1", 5.0), ("2e-1+1", 1.2)] {
        assert_eq!(value(text), number, "{text}");
    }
    for text in ["1e", "1e-", "1e+x_1", "1.2.3", "."] {
        assert!(Formula::parse(text, &columns).is_err(), "{text}");
    }
    for text in ["?", "#", "$x_1", "x_1 ?", "&"] {
        assert!(Formula::parse(text, &columns).is_err(), "{text}");
    }
}

#[test]
fn a_batch_has_as_many_rows_as_asked_for_or_all() {
    let size = |rows: u32, size: usize| Batches::new((0..rows).collect(), size, None).unwrap().batch_size();
    assert_eq!((size(10, 4), size(10, 10), size(10, 11), size(1, 1)), (4, 10, 10, 1));
}

#[test]
fn a_cell_is_set_where_the_table_has_one() {
    let mut table = column("n", &["1", "2"]);
    assert!(table.set(1, 1, "y").is_ok() && table.text(1, 1) == "y");
    for (row, column) in [(2, 0), (0, 2), (2, 2)] {
        let error = table.set(row, column, "5").unwrap_err().to_string();
        assert!(error.contains(&format!("row {row}, column {column}")), "{error}");
        assert_eq!(table.text(row, column), "");
    }
}

#[test]
fn months_weekdays_and_words_between_are_of_many_languages() {
    let day = |text: &str| Order::YearMonthDay.days(text);
    for text in [
        "05MAY2023",
        "5 de mayo de 2023",
        "5 maggio 2023",
        "5 maio 2023",
        "5 mei 2023",
        "5 maja 2023",
        "5 мая 2023 г.",
        "5th of May 2023",
        "Fr 5. Mai 2023",
        "vendredi 5 mai 2023",
        "2023年5月5日",
        "2023년 5월 5일",
    ] {
        assert_eq!(day(text), Some(19482.0), "{text}");
    }
    for text in ["5 de 2023", "de 5 mayo 2023", "2023年13月5日", "2023年5月", "Xy 5. Mai 2023"] {
        assert_eq!(day(text), None, "{text}");
    }
    let part = |text: &str| Order::Part.days(text);
    for (text, days) in [
        ("2023-Q2", 19448.0),
        ("Q2 2023", 19448.0),
        ("2023Q2", 19448.0),
        ("Q2/2023", 19448.0),
        ("2023-W01", 19359.0),
        ("2023-W01-7", 19365.0),
        ("2021-W01", 18631.0),
        ("2020W53", 18624.0),
    ] {
        assert_eq!(part(text), Some(days), "{text}");
    }
    for text in [
        "2023-Q5",
        "2023-Q0",
        "Q2",
        "Q",
        "Qé 2023",
        "2023-W00",
        "2023-W54",
        "2023-W1",
        "2023-W01-8",
        "W05 2023",
    ] {
        assert_eq!(part(text), None, "{text}");
    }
    assert_eq!(Order::ShortDotted.days("1.5.23"), Some(19478.0));
    for text in ["1.13.23", "1.5.2023", "1/5/23", "1.5.3", "0.5.23"] {
        assert_eq!(Order::ShortDotted.days(text), None, "{text}");
    }
    assert_eq!(Order::Compact.days("20230505T1200Z"), Some(19482.5));
    assert_eq!(Order::Compact.days("20230505T120000+0200"), Some(19482.0 + 10.0 / 24.0));
    assert_eq!(Order::Compact.days("20230505T2500Z"), None);
    for (text, hours) in [
        ("2023-05-05 10:00 CET", 9.0),
        ("2023-05-05 10:00:00 EST", 15.0),
        ("Fri May 05 2023 10:00:00 GMT+0100", 9.0),
        ("05/May/2023:10:00:00 +0200", 8.0),
    ] {
        let days = day(text).unwrap_or_else(|| panic!("{text}"));
        assert!((days - 19482.0 - hours / 24.0).abs() < 1e-9, "{text}: {days}");
    }
    for text in ["05XYZ2023", "123MAY2023", "05MAY202", "2023-05-05 10:00 XYZ"] {
        assert_eq!(day(text), None, "{text}");
    }
}
