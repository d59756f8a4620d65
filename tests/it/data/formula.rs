//! Formulas: what they mean, what is refused, and that nothing one can type breaks them.

use crate::support::draw::Draw;
use trainyard::data::Formula;

fn columns() -> Vec<String> {
    ["x", "y", "bill length", "sin"].map(str::to_owned).to_vec()
}

fn value(text: &str) -> f64 {
    Formula::parse(text, &columns()).unwrap().value(&[2.0, -3.0, 10.0, 0.5])
}

#[test]
fn arithmetic_means_what_it_says() {
    let cases = [
        ("1", 1.0),
        ("x + y * 2", -4.0),
        ("(x + y) × 2", -2.0),
        ("x − y ÷ 2", 3.5),
        ("x - 1 - 1", 0.0),
        ("8 / 2 / 2", 2.0),
        ("2 ^ 3 ^ 2", 512.0),
        ("-x ^ 2", -4.0),
        ("2 ^ -1", 0.5),
        ("x^0.5 * x^0.5", 2.0),
        ("--x", 2.0),
        ("\"bill length\" / x", 5.0),
        ("abs(y) + sqrt(4)", 5.0),
        ("sin", 0.5),
        ("sin(0) + cos(0) + exp(0) + ln(1)", 2.0),
        ("1.5e2 + .5", 150.5),
        ("y^3", -27.0),
    ];
    for (text, expected) in cases {
        let got = value(text);
        assert!((got - expected).abs() <= 1e-5 * expected.abs().max(1.0), "{text} is {got}, not {expected}");
    }
    assert!(value("1 / (x - 2)").is_infinite() && value("ln(y)").is_nan());
}

#[test]
fn refusals_say_where_reading_stopped() {
    let deep = "(".repeat(40);
    let long = "x+".repeat(600);
    let tall = "1+(".repeat(31) + "1";
    let cases = [
        ("", "ends too early"),
        ("x +", "ends too early"),
        ("x y", "can't be read from \"y\" on"),
        ("(x", "bracket that isn't closed"),
        ("z + 1", "\"z\" is not a column; there are x, y, bill length, sin"),
        ("tan(x)", "\"tan\" is not a column"),
        ("\"bill", "quote that isn't closed"),
        ("1.2.3", "\"1.2.3\" is not a number"),
        ("1e999", "is not a number"),
        ("alert('x')", "\"alert\" is not a column"),
        (&deep, "deeper than 32"),
        (&long, "longer than 1000"),
        (&tall, "bracket that isn't closed"),
    ];
    for (text, expected) in cases {
        let message = Formula::parse(text, &columns()).expect_err(text);
        assert!(message.contains(expected), "{text}: {message}");
    }
}

#[test]
fn nothing_one_can_type_breaks_it() {
    let pieces =
        ["x", "y", "+", "-", "*", "/", "^", "(", ")", "sin(", "ln(", "1", "0", ".", "e", " ", "\"", "é", "−"];
    let mut draw = Draw::new(11);
    let mut read = 0;
    for _ in 0..20_000 {
        let length = draw.index(30);
        let text: String = (0..length).map(|_| pieces[draw.index(pieces.len())]).collect();
        if let Ok(formula) = Formula::parse(&text, &columns()) {
            read += 1;
            formula.value(&[1.0, -1.0, 0.0, f64::NAN]);
        }
    }
    assert!(read > 150, "only {read} were formulas");
}
