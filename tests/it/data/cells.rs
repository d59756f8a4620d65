//! Cells keep their text, and columns know what they hold.

use crate::support::draw::Draw;
use trainyard::data::cell::{Cell, Gap, parse_number};
use trainyard::data::date::Order;
use trainyard::data::kind::Why;
use trainyard::data::pool::Pool;
use trainyard::data::style::Hints;
use trainyard::data::table::Column;
use trainyard::data::table_spec::Kind;

#[test]
fn a_cell_keeps_its_text() {
    let plain = [
        "0",
        "-0",
        "5",
        "12.50",
        "-0.05",
        "0.0",
        "1234567890.123456",
        "144115188075855871",
        "0.00000000000000000000001",
    ];
    for text in plain {
        let cell = Cell::of_decimal(text.as_bytes()).expect(text);
        assert_eq!(cell.decimal_text().unwrap(), text);
        let exact: f64 = text.parse().unwrap();
        assert!((cell.decimal().unwrap() - exact).abs() <= exact.abs() * 2.3e-16, "{text}");
    }
    let odd = [
        "",
        "-",
        "+1",
        ".5",
        "5.",
        "007",
        "1e5",
        "144115188075855872",
        "1.2.3",
        " 1",
        "1,5",
        "--1",
        "99999999999999999999999",
        "0x1",
    ];
    for text in odd {
        assert_eq!(Cell::of_decimal(text.as_bytes()), None, "{text}");
    }
    let mut column = Column::new("x".into(), Hints::default());
    let mut draw = Draw::new(3);
    let texts: Vec<String> = (0..5000)
        .map(|_| {
            (0..draw.index(9)).map(|_| ['0', '1', '7', '.', '-', 'e', ' ', 'é', '+'][draw.index(9)]).collect()
        })
        .collect();
    texts.iter().for_each(|text| column.push(text));
    for (text, &cell) in texts.iter().zip(column.cells()) {
        assert_eq!(column.text(cell), text.as_str());
    }
    for (a, &x) in texts.iter().zip(column.cells()).take(300) {
        for (b, &y) in texts.iter().zip(column.cells()).take(300) {
            assert_eq!(a == b, x == y, "{a} {b}");
        }
    }
}

#[test]
fn a_pool_has_each_text_once() {
    let mut pool = Pool::default();
    let ids: Vec<u32> = (0..1000).map(|i| pool.intern(&format!("text {}", i % 400))).collect();
    assert_eq!(pool.len(), 401);
    for (i, &id) in ids.iter().enumerate() {
        assert_eq!(pool.get(id), format!("text {}", i % 400));
    }
    assert_eq!((pool.intern(""), pool.get(9999)), (0, ""));
}

#[test]
fn numbers_in_every_form() {
    let numbers = [
        ("1", 1.0),
        (" 2.5 ", 2.5),
        ("+3", 3.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("-1E-2", -0.01),
        ("007", 7.0),
    ];
    for (text, number) in numbers {
        assert_eq!(parse_number(text, false), Some(number), "{text}");
    }
    for text in ["", "abc", "inf", "NaN", "1e99", "5 kg", "1,5", "1,234.5", "0x10", "12%", "1 2"] {
        assert_eq!(parse_number(text, false), None, "{text}");
    }
    assert_eq!(
        (parse_number("1,5", true), parse_number("1,234.5", true), parse_number("1,2,3", true)),
        (Some(1.5), None, None)
    );
    for text in ["", "  ", "NA", "n/a", "?", "-", "null", "NaN", "—"] {
        assert_ne!(Gap::of(text), Gap::IsNot, "{text}");
    }
    for text in ["None", "unknown", "Not available", "k. A."] {
        assert_eq!(Gap::of(text), Gap::Word, "{text}");
    }
    for text in ["0", "no", "nap", "noneother"] {
        assert_eq!(Gap::of(text), Gap::IsNot, "{text}");
    }
}

#[test]
fn dates_are_days() {
    let days = |order: Order, text| order.days(text);
    assert_eq!(days(Order::YearMonthDay, "1970-01-01"), Some(0.0));
    assert_eq!(days(Order::YearMonthDay, "2000-02-29T12:00"), Some(11016.5));
    assert_eq!(days(Order::DayMonthYear, "24.11.2026"), Some(20781.0));
    assert_eq!(days(Order::MonthDayYear, "11/24/2026"), Some(20781.0));
    assert_eq!(days(Order::YearMonthDay, "1600-03-01"), Some(-135080.0));
    for text in [
        "2026-02-29",
        "2026-13-01",
        "26-01-01",
        "2026-01",
        "2026-01-01-01",
        "2026-1-a",
        "2026-01-01 25:00",
        "hello",
    ] {
        assert_eq!(days(Order::YearMonthDay, text), None, "{text}");
    }
}

fn table(columns: &[(&str, Vec<String>)]) -> trainyard::data::Table {
    let columns = columns.iter().map(|(name, texts)| {
        let mut column = Column::new((*name).into(), Hints::default());
        texts.iter().for_each(|text| column.push(text));
        column
    });
    trainyard::data::Table::new(columns.collect(), vec![]).unwrap()
}

#[test]
fn kinds_follow_from_cells() {
    let of = |make: &dyn Fn(usize) -> String| (0..200).map(make).collect::<Vec<String>>();
    let table = table(&[
        ("row", of(&|i| (i + 1).to_string())),
        ("size", of(&|i| if i % 20 == 3 { "NA".into() } else { format!("{}.5", i * 7 % 50) })),
        ("kind", of(&|i| ["a", "b", "c"][i % 3].into())),
        ("day", of(&|i| format!("{}/{}/2024", i % 12 + 1, i % 28 + 1))),
        ("same", of(&|_| "x".into())),
        ("who", of(&|i| format!("person {i}"))),
        ("said", of(&|i| format!("text {}", i % 150))),
        ("empty", of(&|_| "?".into())),
        ("dirty", of(&|i| if i % 10 == 0 { "oops".into() } else { (i * i % 71).to_string() })),
        ("customer_id", of(&|i| (i * 37 % 1009).to_string())),
        ("sign", of(&|i| ["+", "-"][i % 2].into())),
    ]);
    let kinds: Vec<_> = table.columns().map(|c| (c.profile().kind(), c.profile().why)).collect();
    use Kind::*;
    let expected = [
        (Ignore, Some(Why::Identifier)),
        (Number, None),
        (Category, None),
        (Date, None),
        (Ignore, Some(Why::Constant)),
        (Ignore, Some(Why::Identifier)),
        (Ignore, Some(Why::FreeText)),
        (Ignore, Some(Why::Empty)),
        (Number, None),
        (Ignore, Some(Why::Identifier)),
        (Category, None),
    ];
    assert_eq!(kinds, expected);
    assert_eq!(table.column(1).profile().missing, 10);
    assert_eq!(table.column(10).profile().missing, 0, "a minus beside a plus is a sign");
}
