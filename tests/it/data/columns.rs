//! What columns make of their cells: numbers as people write them, dates and times, gaps in words, codes.

use crate::support::draw::Draw;
use trainyard::data::Table;
use trainyard::data::csv::Reader;
use trainyard::data::date::Order;
use trainyard::data::kind::Why;
use trainyard::data::number::Written;
use trainyard::data::style::Hints;
use trainyard::data::table::Column;
use trainyard::data::table_spec::Kind;

/// A table of one column, and another that stands behind it.
fn of(texts: &[&str]) -> Table {
    hinted(texts, Hints::default())
}

fn hinted(texts: &[&str], hints: Hints) -> Table {
    let mut column = Column::new("x".into(), hints);
    texts.iter().for_each(|text| column.push(text));
    let mut other = Column::new("y".into(), Hints::default());
    (0..texts.len()).for_each(|row| other.push(["a", "b"][row % 2]));
    Table::new(vec![column, other], vec![]).unwrap()
}

/// The kind of a column and the number of each cell.
fn numbers(texts: &[&str]) -> (Kind, Vec<Option<f64>>, String) {
    let table = of(texts);
    let own = table.column(0);
    let numbers = own.cells().iter().map(|&cell| own.number(cell)).collect();
    (own.profile().base, numbers, own.unit().unwrap_or("").to_owned())
}

#[track_caller]
fn holds(texts: &[&str], expected: &[f64], unit: &str) {
    let (kind, got, own) = numbers(texts);
    let expected: Vec<Option<f64>> = expected.iter().map(|&number| Some(number)).collect();
    assert_eq!((kind, got, own.as_str()), (Kind::Number, expected, unit), "{texts:?}");
}

#[test]
fn decimal_signs_are_found_by_the_cells() {
    holds(&["12,95", "26,04", "1001,5", "-20,84"], &[12.95, 26.04, 1001.5, -20.84], "");
    holds(&["99.250,84", "267.475,42", "1.000"], &[99250.84, 267475.42, 1000.0], "");
    holds(&["98,695.60", "265,825.13", "1,000"], &[98695.6, 265825.13, 1000.0], "");
    holds(&["1'234.50", "12'345.00", "999.5"], &[1234.5, 12345.0, 999.5], "");
    holds(&["12,34,567.00", "1,00,000.50", "999.00"], &[1234567.0, 100000.5, 999.0], "");
    holds(
        &["1 234,56", "1\u{a0}234,56", "1\u{202f}234,5", "1\u{2009}234"],
        &[1234.56, 1234.56, 1234.5, 1234.0],
        "",
    );
    holds(&["1.234.567", "2.000.000"], &[1234567.0, 2000000.0], "");
    holds(&["0.123", "0.456"], &[0.123, 0.456], "");
    holds(&["1e5", "2.5E-3", "+3", ".5", "1908."], &[1e5, 2.5e-3, 3.0, 0.5, 1908.0], "");
}

#[test]
fn what_fits_both_signs_is_an_open_question() {
    let table = of(&["1.000", "2.500", "12.345"]);
    assert_eq!(table.column(0).style().open.as_deref(), Some("1.000"));
    assert_eq!(table.column(0).number(table.column(0).cells()[0]), Some(1.0));
    let table = of(&["1,000", "2,500"]);
    assert_eq!(table.column(0).style().open.as_deref(), Some("1,000"));
    assert_eq!(table.column(0).number(table.column(0).cells()[0]), Some(1000.0));
    // A choice settles it, and so does another cell, or another column.
    let chosen = hinted(&["1.000", "2.500"], Hints { comma: Some(true), ..Hints::default() });
    assert_eq!(chosen.column(0).number(chosen.column(0).cells()[1]), Some(2500.0));
    assert_eq!(chosen.column(0).style().open, None);
    assert_eq!(of(&["1.000", "2.50"]).column(0).style().open, None);
    let read = |text: &str| Reader::read(text.as_bytes()).unwrap();
    // One cell of a hundred is no evidence against other columns; a tenth is.
    let commas = |odd: usize| {
        let row = |i: usize| format!("{}\t{}.5\tx\n", if i < odd { "1,5".into() } else { i.to_string() }, i);
        let table = read(&("a\tb\tc\n".to_owned() + &(0..100).map(row).collect::<String>()));
        table.column(0).style().comma
    };
    assert_eq!((commas(1), commas(9), commas(10)), (false, false, true));
    let few: Vec<String> = (0..100).map(|i| if i == 7 { "1,5".into() } else { i.to_string() }).collect();
    let few = of(&few.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!((few.column(0).style().comma, few.column(0).style().open.as_deref()), (false, Some("1,5")));
    let table = read("a\tb\tc\n1.000\t0,5\tx\n2.000\t1,5\ty\n");
    let own = table.column(0);
    assert_eq!((own.number(own.cells()[0]), own.style().open.clone()), (Some(1000.0), None));
}

#[test]
fn money_shares_brackets_and_units() {
    holds(
        &["$3,323.82", "$2,428.72", "-$7.00", "$-8", "($9.50)"],
        &[3323.82, 2428.72, -7.0, -8.0, -9.5],
        "$",
    );
    holds(&["0.4%", "17.0%", "-4.6%", "0"], &[0.4, 17.0, -4.6, 0.0], "%");
    holds(&["(49)", "41", "(80)"], &[-49.0, 41.0, -80.0], "");
    holds(&["€186.35", "€-7.63", "€ 5.00"], &[186.35, -7.63, 5.0], "€");
    holds(&["1.234,50 €", "7,63 €", "12 €"], &[1234.5, 7.63, 12.0], "€");
    holds(&["49-", "7", "3-"], &[-49.0, 7.0, -3.0], "");
    holds(&["−49", "12", "–3"], &[-49.0, 12.0, -3.0], "");
    holds(&["¥1200", "¥1,300"], &[1200.0, 1300.0], "¥");
    holds(&["kr 100", "kr 12.50"], &[100.0, 12.5], "kr");
    holds(&["CHF 1'000.00", "CHF 20.50"], &[1000.0, 20.5], "CHF");
    holds(&["100 USD", "2,000 USD"], &[100.0, 2000.0], "USD");
    holds(&["12 kg", "3.5kg", "7"], &[12.0, 3.5, 7.0], "kg");
    holds(&["3.5mm", "4.25mm"], &[3.5, 4.25], "mm");
    holds(&["1 day", "2 days", "10 days"], &[1.0, 2.0, 10.0], "day");
    holds(&["20 °C", "21.5 °C"], &[20.0, 21.5], "°C");
    holds(&["5 m²", "6.5 m²"], &[5.0, 6.5], "m²");
    holds(&["60 km/h", "90 km/h"], &[60.0, 90.0], "km/h");
}

#[test]
fn several_units_are_not_mixed() {
    let (kind, got, unit) = numbers(&["12 kg", "5 lb", "7 kg", "9 kg"]);
    assert_eq!((kind, unit.as_str()), (Kind::Number, "kg"));
    assert_eq!(got, [Some(12.0), None, Some(7.0), Some(9.0)]);
    let (kind, got, unit) = numbers(&["12%", "0.4", "7%", "9%", "1%"]);
    assert_eq!((kind, unit.as_str(), got[1]), (Kind::Number, "%", None));
    let (_, got, unit) = numbers(&["12", "5%", "7", "9", "11"]);
    assert_eq!((unit.as_str(), got[1]), ("", None));
    // Words that differ from cell to cell, and ordinals, are no units.
    assert_eq!(numbers(&["20 C", "68 F", "21 C", "22 C"]).1[..2], [Some(20.0), None]);
    for names in [
        ["12A", "12F", "13C", "14C"],
        ["12A", "12B", "13C", "14D"],
        ["1st", "2nd", "3rd", "3rd"],
        ["4th", "5th", "6th", "7th"],
    ] {
        assert_eq!(numbers(&names).0, Kind::Category, "{names:?}");
    }
}

#[test]
fn names_that_begin_with_digits_stay_names() {
    let names: [&[&str]; 8] = [
        &["<18", "18-25", ">65", "1-8", "18+"],
        &["2023-Q1", "2023-Q2", "2023-Q3"],
        &["2023-W05", "2023-W06"],
        &["2009-10", "2010-11", "2011-12"],
        &["1.2.3", "1.2.13", "2.0.11"],
        &["1x4", "2x6"],
        &["12:99", "12:75"],
        &["3/4", "5/8", "7/8"],
    ];
    for texts in names {
        assert_eq!(numbers(texts).0, Kind::Category, "{texts:?}");
    }
    for text in
        ["", "abc", "inf", "NaN", "1e99", "0x10", "1 2", "1,23,4", "--1", "(5", "5 kg 3", "3 4", "$", "1.2.3"]
    {
        assert_eq!(Written::of(text), None, "{text}");
    }
}

#[test]
fn codes_are_names() {
    let table = of(&["001", "007", "013", "007", "001", "013"]);
    let profile = table.column(0).profile();
    assert_eq!((profile.base, profile.is_coded, profile.distinct), (Kind::Category, true, 3));
    for numbers_ in
        [&["1", "7", "13"][..], &["0", "10", "0"], &["0.5", "007"], &["-01", "02"], &["007", "13"]]
    {
        assert!(!of(numbers_).column(0).profile().is_coded, "{numbers_:?}");
    }
    assert!(of(&["02139", "10001"]).column(0).profile().is_coded);
}

/// The kind of a column, and the days of its first cell.
fn date(texts: &[&str]) -> (Kind, Option<Order>, Option<f64>) {
    let table = of(texts);
    let own = table.column(0);
    (own.profile().base, own.profile().order, own.days(own.cells()[0]))
}

#[test]
fn dates_in_every_form() {
    let fifth = 19362.0; // 2023-01-05
    let columns: [(&[&str], f64); 18] = [
        (&["05-Jan-23", "08-Jan-23", "11-Feb-23"], fifth),
        (&["2023-01-05T00:00:00+02:00", "2023-01-08T01:00:00+02:00"], fifth - 2.0 / 24.0),
        (&["2023-01-05T12:00:00Z", "2023-01-08 01:00"], fifth + 0.5),
        (&["2023-01-05 12:00:00.250 UTC", "2023-01-08 01:00:00 UTC"], fifth + 0.5 + 0.25 / 86400.0),
        (&["20230105", "20230108", "20230111"], fifth),
        (&["Jan 05, 2023", "Feb 28, 2023"], fifth),
        (&["January 5, 2023", "May 1, 2024"], fifth),
        (&["5. Januar 2023", "1. März 2024"], fifth),
        (&["5 janv. 2023", "14 juillet 2023"], fifth),
        (&["5th Jan 2023", "22nd Feb 2023"], fifth),
        (&["Thu, 05 Jan 2023 00:00:00 GMT", "Fri, 06 Jan 2023 10:00:00 GMT"], fifth),
        (&["05/01/2023", "28/01/2023"], fifth),
        (&["01/05/2023", "01/28/2023"], fifth),
        (&["05.01.23", "28.01.23"], fifth),
        (&["1/5/23", "1/28/23"], fifth),
        (&["1/5/2023 2:30 PM", "1/28/2023 12:05 am"], fifth + 14.5 / 24.0),
        (&["2023/01/05", "2023/02/01"], fifth),
        (&["05-Jan-1999", "06-Jan-99"], 10596.0),
    ];
    for (texts, days) in columns {
        let (kind, order, got) = date(texts);
        assert_eq!(kind, Kind::Date, "{texts:?} {order:?}");
        assert!(got.is_some_and(|got| (got - days).abs() <= 1e-9), "{texts:?}: {got:?} is not {days}");
    }
    assert_eq!(
        date(&["2023-01", "2023-02", "2023-11"]),
        (Kind::Date, Some(Order::YearMonth), Some(fifth - 4.0))
    );
    assert_eq!(date(&["Jan 2023", "Mar 2023"]).2, Some(fifth - 4.0));
    assert_eq!(date(&["2023-01", "2023-13"]).0, Kind::Category);
    assert_eq!(date(&["20230105", "20231305"]).0, Kind::Number);
    // Serial numbers of spreadsheets and seconds since 1970 stay numbers.
    assert_eq!(date(&["44927", "44930"]).0, Kind::Number);
    assert_eq!(date(&["1700000000", "1700000010"]).0, Kind::Number);
}

#[test]
fn times_of_day_are_hours() {
    holds(&["00:00:00", "01:30:00", "23:00:00"], &[0.0, 1.5, 23.0], "h");
    holds(&["10:15", "9:45"], &[10.25, 9.75], "h");
    holds(&["10:15 AM", "2:30 PM", "12:00 am", "12:00pm"], &[10.25, 14.5, 0.0, 12.0], "h");
    assert_eq!(numbers(&["25:00", "10:61"]).0, Kind::Category);
}

#[test]
fn day_or_month_is_asked_where_both_fit() {
    let open = |texts: &[&str], hints| {
        let table = hinted(texts, hints);
        let own = table.column(0);
        (own.profile().is_order_open, own.profile().day_first, own.days(own.cells()[0]))
    };
    let auto = Hints::default();
    let fifth = Some(19362.0);
    assert_eq!(open(&["01/05/2023", "02/06/2023"], auto), (true, Some(false), fifth));
    assert!(!open(&["01/05/2023", "13/06/2023"], auto).0);
    assert_eq!(open(&["05.01.2023", "02.06.2023"], auto), (false, Some(true), fifth));
    let chosen = Hints { day_first: Some(true), ..auto };
    assert_eq!(open(&["05/01/2023", "02/06/2023"], chosen), (false, Some(true), fifth));
    assert_eq!(open(&["2023-01-05", "2023-01-06"], auto), (false, None, fifth));
    let table = Reader::read(
        b"a,b
01/02/2023,25/12/2022
03/04/2023,26/12/2022
",
    )
    .unwrap();
    assert_eq!(
        (table.column(0).profile().day_first, table.column(0).profile().is_order_open),
        (Some(true), false)
    );
}

#[test]
fn words_are_gaps_among_numbers_and_names_among_names() {
    let table = of(&["None", "3.8", "NaT", "unknown", "N.A.", "0.96", "<NA>", "nan"]);
    let own = table.column(0);
    assert_eq!((own.profile().base, own.profile().missing, own.profile().distinct), (Kind::Number, 6, 2));
    assert!(own.is_missing(own.cells()[0]));
    let table = of(&["none", "mild", "severe", "mild", "unknown", "NA"]);
    let own = table.column(0);
    assert_eq!((own.profile().base, own.profile().missing, own.profile().distinct), (Kind::Category, 1, 4));
    assert!(!own.is_missing(own.cells()[0]));
}

#[test]
fn many_names_that_repeat_are_a_category() {
    let shops = |names: usize, each: usize| {
        let rows = (0..names * each).map(|i| {
            format!(
                "shop{:03},{}
",
                i * 17 % names,
                i % 9
            )
        });
        Reader::read(
            ("shop,sales
"
            .to_owned()
                + &rows.collect::<String>())
                .as_bytes(),
        )
        .unwrap()
    };
    let why = |names, each| shops(names, each).column(0).profile().why;
    assert_eq!(why(501, 8), None);
    assert_eq!((why(101, 5), why(101, 4)), (None, Some(Why::FreeText)));
    assert_eq!((why(1000, 5), why(1001, 5)), (None, Some(Why::FreeText)));
    assert_eq!((why(1000, 8), why(999, 9)), (None, Some(Why::FreeText)), "beyond eight million inputs");
}

#[test]
fn any_text_is_read_or_not_but_never_fails() {
    const PIECES: [&str; 30] = [
        "0", "1", "7", "12", "2023", "05", ".", ",", "-", "−", "+", "(", ")", "$", "€", "CHF", "%", "kg",
        " ", "\u{202f}", "'", ":", "/", "T", "Z", "Jan", "é", "PM", "e", "²",
    ];
    let mut draw = Draw::new(11);
    let (mut numbers, mut dates) = (0, 0);
    for _ in 0..200_000 {
        let text: String = (0..draw.index(9)).map(|_| PIECES[draw.index(PIECES.len())]).collect();
        if let Some(written) = Written::of(&text) {
            let values = [written.value(false), written.value(true)];
            assert!(values.iter().flatten().all(|value| value.is_finite()), "{text}");
            numbers += 1;
        }
        let days = Order::ALL.iter().filter_map(|order| order.days(&text));
        dates += days.inspect(|days| assert!(days.is_finite(), "{text}")).count();
    }
    assert!(numbers > 1000 && dates > 30, "{numbers} numbers, {dates} dates");
}
