//! On both sides of what is a number, a date, a time, and of what makes a column one of them.

use super::findings::rows;
use trainyard::data::Table;
use trainyard::data::csv::Reader;
use trainyard::data::date::Order;
use trainyard::data::kind::Why;
use trainyard::data::number::{Written, is_known_unit, is_padded, is_same_unit};
use trainyard::data::table_spec::Kind;

/// Days of the first of January 2023.
const NEW_YEAR: f64 = 19358.0;

#[track_caller]
fn is(order: Order, text: &str, days: f64) {
    let got = order.days(text);
    assert!(got.is_some_and(|got| (got - days).abs() <= 1e-9), "{text}: {got:?} is not {days}");
}

#[track_caller]
fn none(order: Order, texts: &[&str]) {
    for text in texts {
        assert_eq!(order.days(text), None, "{text}");
    }
}

#[test]
fn the_calendar_has_its_leap_days_and_its_ends() {
    let ymd = Order::YearMonthDay;
    is(ymd, "1970-01-01", 0.0);
    is(ymd, "1969-12-31", -1.0);
    is(ymd, "2000-02-29", 11016.0);
    is(ymd, "2000-03-01", 11017.0);
    is(ymd, "1900-03-01", -25508.0);
    is(ymd, "2024-02-29", 19782.0);
    is(ymd, "2024-12-31", 20088.0);
    is(ymd, "1000-01-01", -354285.0);
    is(ymd, "9999-12-31", 2932896.0);
    none(
        ymd,
        &["1900-02-29", "2023-02-29", "2024-02-30", "2023-04-31", "2023-06-31", "2023-09-31", "2023-11-31"],
    );
    none(ymd, &["2023-01-32", "2023-00-10", "2023-13-10", "2023-01-00", "0999-01-01", "2023-1234-01"]);
    for (month, last) in
        [(1, 31), (3, 31), (4, 30), (5, 31), (6, 30), (7, 31), (8, 31), (9, 30), (10, 31), (11, 30)]
    {
        let end = ymd.days(&format!("2023-{month:02}-{last}")).unwrap();
        is(ymd, &format!("2023-{:02}-01", month + 1), end + 1.0);
    }
}

#[test]
fn times_have_hours_minutes_and_seconds_in_their_range() {
    is(Order::DayMonthYear, "01.01.2023 12:00 Uhr", NEW_YEAR + 0.5);
    none(Order::Time, &["Uhr 14:30", "14:30 Ohr"]);
    let time = Order::Time;
    let day = 86400.0;
    is(time, "0:00", 0.0);
    none(time, &["23:59:60"]);
    is(time, "23:59:59.5", 86399.5 / day);
    is(time, "00:00:30", 30.0 / day);
    is(time, "1:02", 3720.0 / day);
    // The end of a day; minutes with decimals behind their seconds.
    is(time, "24:00", 1.0);
    is(time, "1:02.5", 62.5 / day);
    none(time, &["1:60.5", "61:00.5", "1:2.50", "1:02.", "1:02.5x"]);
    none(
        time,
        &[
            "24:01",
            "24:00:01",
            "12:60",
            "12:00:61",
            "123:00",
            "1:2",
            "12:345",
            "12:30:15:10",
            "12.5:30",
            "12:",
            "12:-1",
        ],
    );
    for (text, hour) in [
        ("12:00 AM", 0.0),
        ("12:59 am", 59.0 / 60.0),
        ("1:00 PM", 13.0),
        ("12:00 p.m.", 12.0),
        ("11:59PM", 23.0 + 59.0 / 60.0),
    ] {
        is(time, text, hour / 24.0);
    }
    none(time, &["0:30 PM", "13:00 PM", "13:00 am", "1:00 xm"]);
}

#[test]
fn offsets_are_taken_off() {
    let at =
        |zone: &str| Order::YearMonthDay.days(&format!("2023-01-01T12:00{zone}")).map(|days| days - NEW_YEAR);
    for (zone, hours) in [
        ("Z", 0.0),
        ("+02:00", -2.0),
        ("-02:00", 2.0),
        ("−05:30", 5.5),
        ("+0530", -5.5),
        ("-03", 3.0),
        ("+14:00", -14.0),
        ("+13:59", -(13.0 + 59.0 / 60.0)),
        ("UTC", 0.0),
        ("gmt", 0.0),
    ] {
        let expected = 0.5 + hours / 24.0;
        assert!(at(zone).is_some_and(|got| (got - expected).abs() <= 1e-9), "{zone}: {:?}", at(zone));
    }
    for zone in ["+15:00", "+02:60", "+2", "+020", "+02000", "x", "+a0:00"] {
        assert_eq!(at(zone), None, "{zone}");
    }
    is(Order::YearMonthDay, "2023-01-01 12:00 -02:00", NEW_YEAR + 0.5 + 2.0 / 24.0);
    none(Order::YearMonthDay, &["2023-01-01 -02:00", "2023-01-01 10:00 11:00", "2023-01-01 10:00 PM PM"]);
    is(Order::Compact, "20230101T123000", NEW_YEAR + 12.5 / 24.0);
    is(Order::Compact, "20230101 235960", NEW_YEAR + 1.0);
    none(Order::Compact, &["20230101T240000", "20230101T126000", "20230101T120061", "20230101T12300"]);
    none(Order::Compact, &["18991231", "21000101", "2023010", "202301011", "20231301"]);
    is(Order::Compact, "19000101", -25567.0);
    is(Order::Compact, "20991231", 47481.0);
}

#[test]
fn parts_of_a_date_stand_in_their_order() {
    is(Order::MonthDayYear, "1/2/2023", NEW_YEAR + 1.0);
    is(Order::DayMonthYear, "1/2/2023", NEW_YEAR + 31.0);
    none(Order::YearMonthDay, &["1/2/2023"]);
    none(Order::MonthDayYear, &["13/1/2023"]);
    is(Order::MonthElseDay, "13/1/2023", NEW_YEAR + 12.0);
    is(Order::MonthElseDay, "2/1/2023", NEW_YEAR + 31.0);
    is(Order::DayElseMonth, "1/13/2023", NEW_YEAR + 12.0);
    is(Order::DayElseMonth, "2/1/2023", NEW_YEAR + 1.0);
    // Two digits of a year: 68 is to come, 69 has been.
    is(Order::MonthDayYear, "1/1/68", 35794.0);
    is(Order::MonthDayYear, "1/1/69", -365.0);
    none(Order::MonthDayYear, &["1/1/123", "1/1/1", "1/1/12345", "1/1"]);
    // A version is none; with two digits throughout it may be a date.
    none(Order::DayMonthYear, &["1.2.13", "01.2.13", "1.02.13"]);
    is(Order::DayMonthYear, "01.02.23", NEW_YEAR + 31.0);
    is(Order::DayMonthYear, "1.2.2023", NEW_YEAR + 31.0);
    for text in [
        "Jan 1, 2023",
        "1 Jan 2023",
        "1st January 2023",
        "2023 Jan 1",
        "Sunday, 1 Jan 2023",
        "Sun 1 Jan 23",
        "janv. 1 2023",
        "01-Jan-2023",
    ] {
        is(Order::YearMonthDay, text, NEW_YEAR);
    }
    is(Order::YearMonthDay, "1 Mai 2023", NEW_YEAR + 120.0);
    none(
        Order::YearMonthDay,
        &[
            "Ja 1, 2023",
            "Janu 32, 2023",
            "1xx Jan 2023",
            "123 Jan 2023",
            "Jan 1",
            "Foo 1, 2023",
            "Januarys 1, 2023",
            "1--2-2023",
        ],
    );
    for (text, days) in [
        ("2023-01", NEW_YEAR),
        ("1/2023", NEW_YEAR),
        ("Jan 2023", NEW_YEAR),
        ("2023 Jan", NEW_YEAR),
        ("Jan 23", NEW_YEAR),
        ("12/2022", NEW_YEAR - 31.0),
    ] {
        is(Order::YearMonth, text, days);
    }
    none(
        Order::YearMonth,
        &["1-2023", "1.2023", "23 Jan", "2023-1", "13/2023", "0/2023", "2023-01 10:00", "123/2023"],
    );
    none(Order::YearMonthDay, &["", "1", "123", &format!("2023-01-01{}", " ".repeat(60) + "x")]);
}

#[test]
fn a_text_is_a_number_within_its_signs() {
    let value = |text: &str, comma: bool| Written::of(text).and_then(|written| written.value(comma));
    let numbers = [
        ("1,234", false, 1234.0),
        ("1,234.5", false, 1234.5),
        ("1.234,5", true, 1234.5),
        ("12,34,567", false, 1234567.0),
        ("1'234", false, 1234.0),
        ("1 234", false, 1234.0),
        ("(5)", false, -5.0),
        ("5-", false, -5.0),
        ("+5", false, 5.0),
        ("$5", false, 5.0),
        ("-$5", false, -5.0),
        ("$-5", false, -5.0),
        ("1e3", false, 1e3),
        ("1E+3", false, 1e3),
        ("1e-3", false, 1e-3),
        ("$2M", false, 2e6),
        ("$1.5K", false, 1500.0),
        ("1.2 Mio. €", false, 1.2e6),
        ("3 bn $", false, 3e9),
        ("2 millions $", false, 2e6),
        (".5", false, 0.5),
        ("5.", false, 5.0),
        (",5", true, 0.5),
        ("3e38", false, 3e38),
        ("-0", false, 0.0),
        ("100 km/h", false, 100.0),
    ];
    for (text, comma, number) in numbers {
        let got = value(text, comma);
        assert!(got.is_some_and(|got| (got - number).abs() <= 1e-12 * number.abs()), "{text}: {got:?}");
    }
    for (text, comma) in [
        ("1,23", false),
        ("1,2345", false),
        ("0,123", false),
        ("1234,567", false),
        ("1,234,56", false),
        ("1,23,456,789", false),
        ("12,34,567", true),
        ("4e38", false),
        ("5,", true),
        ("1.5", true),
        ("1,234e3", false),
        ("1,234.5.6", false),
    ] {
        assert_eq!(value(text, comma), None, "{text}");
    }
    for text in [
        "(-5)",
        "-(5)",
        "-5-",
        "$5 $",
        "$5 kg",
        "5 a b c",
        "5st",
        "7TH",
        "5 pm",
        "--5",
        "+-5",
        "(5) kg",
        "5 abcdefghijklm",
        "1e5x",
        "$€5",
        "5)",
        "x5",
    ] {
        assert_eq!(Written::of(text), None, "{text}");
    }
    let unit = |text: &str| Written::of(text).map(|written| (written.unit.to_owned(), written.is_coded));
    assert_eq!(unit("12A"), Some(("A".into(), true)));
    assert_eq!(unit("12 A"), Some(("A".into(), false)));
    assert_eq!(unit("12a"), Some(("a".into(), false)));
    assert_eq!(unit("5 abcdefghijkl"), Some(("abcdefghijkl".into(), false)), "twelve letters are a unit");
    assert_eq!(unit("5 m²"), Some(("m²".into(), false)));
    assert_eq!(unit("5m3"), Some(("m3".into(), false)));
    assert_eq!(
        (unit("5 1"), unit("5 per day"), unit("5 per each day")),
        (None, Some(("per day".into(), false)), None)
    );
    let wide = "1".repeat(400);
    assert_eq!(Written::of(&wide), None, "beyond f32");
    let zeros = format!("0.{}", "0".repeat(398));
    assert!(Written::of(&zeros).is_some() && Written::of(&(zeros + "0")).is_none(), "400 letters");
    assert!(
        Written::of("1,234").unwrap().is_grouped(false) && !Written::of("1,234").unwrap().is_grouped(true)
    );
    assert!(!Written::of("1234.5").unwrap().is_grouped(false));
    assert!(is_same_unit("day", "days") && is_same_unit("days", "day") && is_same_unit("kg", "kg"));
    assert!(
        !is_same_unit("ms", "m")
            && !is_same_unit("gas", "ga")
            && !is_same_unit("day", "dart")
            && !is_same_unit("hrs", "hr")
    );
    assert!(is_known_unit("€") && is_known_unit("kg") && !is_known_unit("fooz"));
    assert!(
        is_padded("007") && is_padded(" 00 ") && !is_padded("0") && !is_padded("70") && !is_padded("0.7")
    );
}

/// The first column of a table.
fn profile(table: &Table) -> (Kind, Option<Why>) {
    let profile = table.column(0).profile();
    (profile.base, profile.why)
}

#[test]
fn four_fifths_of_numbers_or_dates_make_a_column_of_them() {
    let kind = |count: usize, good: usize, text: &dyn Fn(usize) -> String| {
        profile(&rows("x,y", count, |i| {
            format!("{},{}", if i < good { text(i) } else { "no such".into() }, i % 7)
        }))
        .0
    };
    let number = |i: usize| format!("{}.5", i % 6);
    assert_eq!((kind(10, 8, &number), kind(10, 7, &number)), (Kind::Number, Kind::Category));
    assert_eq!((kind(6, 5, &number), kind(6, 4, &number)), (Kind::Number, Kind::Category), "rounded up");
    let date = |i: usize| format!("2023-01-{:02}", i % 28 + 1);
    assert_eq!((kind(10, 8, &date), kind(10, 7, &date)), (Kind::Date, Kind::Category));
    let time = |i: usize| format!("10:{:02}", i % 60);
    assert_eq!((kind(10, 8, &time), kind(10, 7, &time)), (Kind::Number, Kind::Category));
    let month = |i: usize| format!("2023-{:02}", i % 12 + 1);
    assert_eq!(
        (kind(10, 10, &month), kind(10, 9, &month)),
        (Kind::Date, Kind::Category),
        "months, all or none"
    );
    let day = |i: usize| format!("202301{:02}", i % 28 + 1);
    assert_eq!((kind(10, 10, &day), kind(1, 1, &day)), (Kind::Date, Kind::Number), "one may be any number");
}

#[test]
fn what_numbers_rows_is_an_identifier() {
    let why = |header: &str, count: usize, first: &dyn Fn(usize) -> String| {
        profile(&rows(header, count, |i| format!("{},{},{}", first(i), i * 31 % 97, ["a", "b"][i % 2]))).1
    };
    let counted = |i: usize| (i + 1).to_string();
    assert_eq!((why("n,x,y", 10, &counted), why("n,x,y", 9, &counted)), (Some(Why::Identifier), None));
    // Nine of ten differ; with fewer it is a number.
    let some = |repeated: usize| move |i: usize| if i < repeated { "1".into() } else { i.to_string() };
    assert_eq!((why("id,x,y", 10, &some(2)), why("id,x,y", 10, &some(3))), (Some(Why::Identifier), None));
    // Counting needs whole numbers one apart, rising in nine of ten rows.
    assert_eq!(why("n,x,y", 20, &|i| (2 * i).to_string()), None);
    assert_eq!(why("n,x,y", 20, &|i| format!("{i}.5")), None);
    let falls = |falls: usize| move |i: usize| (if i < 2 * falls { i ^ 1 } else { i }).to_string();
    assert_eq!((why("n,x,y", 20, &falls(1)), why("n,x,y", 20, &falls(2))), (Some(Why::Identifier), None));
    // By its name alone, wherever it stands.
    let shuffled = |i: usize| (i * 7 % 20 * 3).to_string();
    for name in
        ["id", "row_id", "passengerId", "orderID", "index", "my key id", "x.id", "x-id", "uuid", "nr", "#"]
    {
        assert_eq!(why(&format!("{name},x,y"), 20, &shuffled), Some(Why::Identifier), "{name}");
    }
    for name in ["paid", "ID2", "kid", "idea", "grid"] {
        assert_eq!(why(&format!("{name},x,y"), 20, &shuffled), None, "{name}");
    }
    // In a table of two columns the first is an input.
    let two = rows("n,y", 20, |i| format!("{i},{}", i * 31 % 97));
    assert_eq!(profile(&two).1, None);
    // Of names nearly all differ, or more than half of more than twenty do.
    let names =
        |different: usize, count: usize| why("s,x,y", count, &|i| format!("w{}", i.min(different - 1)));
    assert_eq!((names(18, 20), names(17, 20)), (Some(Why::Identifier), None));
    assert_eq!((names(21, 41), names(21, 42), names(20, 39)), (Some(Why::FreeText), None, None));
    let one = |count: usize| profile(&rows("c,y", count, |i| format!("5,{i}"))).1;
    assert_eq!(one(12), Some(Why::Constant));
}

#[test]
fn a_unit_is_what_most_numbers_bear() {
    let unit = |bare: usize, with: usize| {
        let table = rows("x,y", bare + with, |i| {
            format!("{}{},{}", i % 9 + 1, if i < bare { "" } else { " kg" }, i % 7)
        });
        let own = table.column(0);
        (own.style().unit.clone(), own.style().bare)
    };
    assert_eq!((unit(5, 6), unit(5, 5)), (("kg".into(), 5), (String::new(), 0)));
    // A tenth of the cells says which sign stands before decimals, and others need ask no other column.
    let sure = |commas: usize| {
        let table = rows("x;y", 100, |i| {
            format!("{};{}", if i < commas { format!("{i},5") } else { i.to_string() }, i % 7)
        });
        table.column(0).style().is_sure
    };
    assert_eq!((sure(10), sure(9)), (true, false));

    let open = |text: &str| Reader::read(text.as_bytes()).unwrap().column(0).style().open.clone();
    assert_eq!(open("a\tb\n1.234\tx\n5.678\ty\n"), Some("1.234".into()));
    assert_eq!(open("a\tb\n0.234\tx\n0.678\ty\n"), None, "no number begins with a zero group");
    assert_eq!(open("a\tb\n1000.234\tx\n2000.678\ty\n"), None);
}
