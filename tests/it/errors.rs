//! What errors say.

use trainyard::error::decimal;
use trainyard::rng::{Purpose, Stream};

#[test]
fn numbers_in_messages_are_as_display_writes_them() {
    let edges = [0.0, 1.0, 1e9, 1e-9, 0.1, 1e15, 1e16, 1.5e16, 1e300, 5e-324, f64::MAX, 1.0 / 3.0, 123.456];
    let odd = [f64::NAN, f64::INFINITY];
    let usual = (0..2_000).map(|i| f64::from(i) / 64.0);
    for number in edges.into_iter().chain(odd).chain(usual) {
        assert_eq!(decimal(number), number.to_string());
        assert_eq!(decimal(-number), (-number).to_string());
    }
}

#[test]
fn any_number_is_written_exactly_and_shortly() {
    let mut stream = Stream::new(7, Purpose::Data, 0);
    for _ in 0..20_000 {
        let number = f64::from_bits(u64::from(stream.next_u32()) << 32 | u64::from(stream.next_u32()));
        let text = decimal(number);
        assert_eq!(text.len(), number.to_string().len(), "{text}");
        assert!(number.is_nan() || text.parse() == Ok(number), "{text}");
    }
}
