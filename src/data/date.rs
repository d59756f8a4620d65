//! Dates as days since 1970-01-01.

/// In which order a column writes day, month and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// 2026-11-24
    YearMonthDay,
    /// 24.11.2026
    DayMonthYear,
    /// 11/24/2026
    MonthDayYear,
}

impl Order {
    /// All of them; the first that reads most of a column is its own, so a doubtful `1/2/2026` is the 1st of February
    /// only where other rows say that days come first.
    pub const ALL: [Order; 3] = [Order::YearMonthDay, Order::MonthDayYear, Order::DayMonthYear];

    /// Days since 1970-01-01, with the time of day as a fraction; `None` for a text that is no date in this order.
    pub fn days(self, text: &str) -> Option<f64> {
        let text = text.trim();
        let (date, time) = match text.split_once(['T', ' ']) {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let mark = date.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
        let mut parts = date.split(mark);
        let mut whole = || parts.next().and_then(whole);
        let numbers = [whole()?, whole()?, whole()?];
        if parts.next().is_some() {
            return None;
        }
        let (year, month, day) = match self {
            Order::YearMonthDay => (numbers[0], numbers[1], numbers[2]),
            Order::DayMonthYear => (numbers[2], numbers[1], numbers[0]),
            Order::MonthDayYear => (numbers[2], numbers[0], numbers[1]),
        };
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let longest = match month {
            2 => 28 + i64::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        if !(1000..=9999).contains(&year) || !(1..=longest).contains(&day) {
            return None;
        }
        let time = time.map_or(Some(0.0), day_fraction)?;
        Some(days_since_1970(year, month, day) as f64 + time)
    }
}

/// Digits alone, at most four of them.
fn whole(text: &str) -> Option<i64> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// `14:30`, `14:30:05`, `14:30:05.25Z` as a share of the day.
fn day_fraction(text: &str) -> Option<f64> {
    let text = text.trim_end_matches('Z');
    let mut seconds = 0.0;
    let mut unit = 3600.0;
    for (index, part) in text.split(':').enumerate() {
        let plain = part.bytes().all(|b| b.is_ascii_digit() || (index == 2 && b == b'.'));
        let number =
            part.parse::<f64>().ok().filter(|n| plain && *n < if index == 0 { 24.0 } else { 61.0 })?;
        seconds += number * unit;
        unit /= 60.0;
        if index > 2 {
            return None;
        }
    }
    (unit < 2.0).then_some(seconds / 86400.0)
}

/// The Gregorian calendar with March as the first month, so that leap days come last
/// (Hinnant, "chrono-compatible low-level date algorithms").
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}
