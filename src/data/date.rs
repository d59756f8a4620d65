//! Dates as days since 1970-01-01.

use super::calendar::{BEFORE, BETWEEN, day_of, days_since_1970, is_weekday, month_of};
use super::time::{meridiem, of_half, read_time, zone_of};

/// How a column writes its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// What can be read in one way only: 2026-11-24, 24-Nov-26, Nov 24, 2026.
    YearMonthDay,
    /// 11/24/2026, besides those.
    MonthDayYear,
    /// 24.11.2026, besides those.
    DayMonthYear,
    /// 2026-11 and 11/2026: the first day of the month.
    YearMonth,
    /// 20261124
    Compact,
    /// 24112026
    CompactDay,
    /// 11242026
    CompactMonth,
    /// 14:30, 2:30 PM: no date, but hours of a day.
    Time,
    /// 11/24/2026, and 24/11/2026 where that fits alone: a column in which both are found.
    MonthElseDay,
    /// 24/11/2026, and 11/24/2026 where that fits alone.
    DayElseMonth,
    /// 2026-Q4, Q4 2026 and 2026-W48: the first day of the quarter or the week. Few of them are names.
    Part,
    /// 1.5.23, which may be a version elsewhere.
    ShortDotted,
}

/// A date taken apart: the parts of a day, as written, and the time.
#[derive(Default, Clone, Copy)]
struct Parts<'a> {
    parts: [&'a str; 3],
    count: usize,
    /// What stands between the first two.
    mark: char,
    /// Share of the day; less than 0 or beyond 1 by an offset.
    time: Option<f64>,
}

impl Order {
    /// Those that differ in which part is which; the first that reads most of a column is its own, so a doubtful
    /// `1/2/2026` is the 1st of February only where other rows say that days come first.
    pub const ALL: [Order; 6] = [
        Order::YearMonthDay,
        Order::MonthDayYear,
        Order::DayMonthYear,
        Order::YearMonth,
        Order::Compact,
        Order::Time,
    ];

    /// Days since 1970-01-01 in UTC, with the time of day as a fraction; `None` for a text that is no date in this
    /// order. Of a time alone, the fraction.
    pub fn days(self, text: &str) -> Option<f64> {
        let either = |first: Order, second: Order| first.days(text).or_else(|| second.days(text));
        match self {
            Order::MonthElseDay => return either(Order::MonthDayYear, Order::DayMonthYear),
            Order::DayElseMonth => return either(Order::DayMonthYear, Order::MonthDayYear),
            _ => {}
        }
        let text = text.trim();
        // Nothing shorter than 0:00 or longer than a date by its weekday, with time and offset, is one.
        if !(4..=60).contains(&text.len()) || !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        if self == Order::Part {
            return of_part(text);
        }
        let found = split(text)?;
        match (self, found.count) {
            (Order::Time, 0) => {
                found.time.filter(|time| (0.0..1.0).contains(time) || text.starts_with("24:"))
            }
            (Order::Compact, 1) => compact(found.parts[0]).map(|day| day + found.time.unwrap_or(0.0)),
            (Order::CompactDay | Order::CompactMonth, 1) => {
                reordered(found.parts[0], self).and_then(|text| compact(&text))
            }
            (Order::YearMonth, 2) if found.time.is_none() => year_month(&found),
            (Order::ShortDotted, 3) if found.mark == '.' => {
                let [day, month, short] = found.parts;
                let year = year(short).filter(|_| short.len() == 2)?;
                Some(day_of(year, whole(month)?, whole(day)?)? + found.time.unwrap_or(0.0))
            }
            (Order::YearMonthDay | Order::MonthDayYear | Order::DayMonthYear, 3) => {
                let [year, month, day] = self.assign(&found)?;
                Some(day_of(year, month, day)? + found.time.unwrap_or(0.0))
            }
            _ => None,
        }
    }

    /// Whether both orders are found in the column that has this one.
    pub(super) fn is_mixed(self) -> bool {
        matches!(self, Order::MonthElseDay | Order::DayElseMonth)
    }

    /// Whether its dates are eight digits.
    pub(super) fn is_compact(self) -> bool {
        matches!(self, Order::Compact | Order::CompactDay | Order::CompactMonth)
    }

    /// Year, month and day among three parts.
    fn assign(self, found: &Parts) -> Option<[i64; 3]> {
        let [a, b, c] = found.parts;
        let has_name = |part: &str| part.starts_with(|c: char| c.is_alphabetic());
        if has_name(a) {
            return Some([year(c)?, month_of(a)?, day(b)?]);
        }
        if has_name(b) {
            let month = month_of(b)?;
            return if a.len() == 4 && whole(a).is_some() {
                Some([year(a)?, month, day(c)?])
            } else {
                Some([year(c)?, month, day(a)?])
            };
        }
        if a.len() == 4 {
            return Some([whole(a)?, whole(b)?, whole(c)?]);
        }
        // Versions such as 1.2.13 are none.
        let is_short = c.len() == 2;
        if is_short && found.mark == '.' && (a.len() != 2 || b.len() != 2) {
            return None;
        }
        match self {
            Order::MonthDayYear => Some([year(c)?, whole(a)?, whole(b)?]),
            Order::DayMonthYear => Some([year(c)?, whole(b)?, whole(a)?]),
            _ => None,
        }
    }
}

/// Digits alone, at most four of them.
pub(super) fn whole(text: &str) -> Option<i64> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// A day of one or two digits, as `5th` too.
fn day(text: &str) -> Option<i64> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let is_ordinal = matches!(&text[end..], "" | "st" | "nd" | "rd" | "th" | ".");
    if is_ordinal && end <= 2 { whole(&text[..end]) } else { None }
}

/// Four digits, or two: those from 69 on lie in the last century, as POSIX has it.
fn year(text: &str) -> Option<i64> {
    let text = text.strip_prefix(['\'', '’']).unwrap_or(text);
    let number = whole(text)?;
    match text.len() {
        4 => Some(number),
        2 if number < 69 => Some(2000 + number),
        2 => Some(1900 + number),
        _ => None,
    }
}

fn compact(text: &str) -> Option<f64> {
    let is_whole = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let year = whole(text.get(..4)?).filter(|year| is_whole && (1900..2100).contains(year))?;
    day_of(year, whole(&text[4..6])?, whole(&text[6..])?)
}

/// Eight digits with the year first, as `order` has them last.
fn reordered(text: &str, order: Order) -> Option<String> {
    let (a, b, year) = (text.get(..2)?, text.get(2..4)?, text.get(4..)?);
    let (month, day) = if order == Order::CompactDay { (b, a) } else { (a, b) };
    Some([year, month, day].concat())
}

/// `2026-11`, `11/2026`, `Nov 2026`.
fn year_month(found: &Parts) -> Option<f64> {
    let [a, b, _] = found.parts;
    let name = |word: &str, other: &str| day_of(year(other)?, month_of(word)?, 1);
    if a.starts_with(|c: char| c.is_alphabetic()) {
        return name(a, b);
    }
    if b.starts_with(|c: char| c.is_alphabetic()) {
        return if a.len() == 4 { name(b, a) } else { None };
    }
    match (a.len(), b.len()) {
        (4, 2) => day_of(whole(a)?, whole(b)?, 1),
        (4, 1) if found.mark == '年' => day_of(whole(a)?, whole(b)?, 1),
        (1 | 2, 4) if found.mark == '/' => day_of(whole(b)?, whole(a)?, 1),
        _ => None,
    }
}

/// Cuts a text at blanks, commas and marks; time, offset and weekday are read on the way.
fn split(text: &str) -> Option<Parts<'_>> {
    let mut found = Parts { mark: ' ', ..Parts::default() };
    let mut rest = text;
    let mut offset = None;
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(rest.len());
        let mut word = &rest[..end];
        let mut is_after_t = false;
        rest = rest[end..].trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if let Some((date, time)) = word.split_once('T').filter(|(date, _)| date.ends_with(is_digit)) {
            found.take(date)?;
            word = time;
            is_after_t = found.count == 1;
        }
        // Logs have no blank between date and time: `01/Mar/2023:10:00:00`.
        if let Some((date, time)) =
            word.split_once(':').filter(|(date, _)| found.count == 0 && date.contains('/'))
        {
            found.take(date)?;
            word = time;
        }
        // Behind a date of eight digits, times have no colons either.
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let is_plain = (digits == 6 && digits == word.len()) || (is_after_t && matches!(digits, 4 | 6));
        let is_clock =
            word.contains(':') || (is_plain && found.count == 1 && compact(found.parts[0]).is_some());
        // Behind a date that is complete: `24.11.2026 14.30`.
        if found.count == 3 && found.time.is_none() && is_dotted_clock(word) {
            found.time = Some(read_time(&word.replace('.', ":"))?.0);
            continue;
        }
        if is_clock && found.time.is_none() {
            let (time, zone) = read_time(word)?;
            (found.time, offset) = (Some(time), zone);
            continue;
        }
        let lower = word.trim_end_matches('.');
        // `14:30 Uhr`
        if found.time.is_some() && ["uhr", "uur"].iter().any(|clock| lower.eq_ignore_ascii_case(clock)) {
            continue;
        }
        if found.time.is_some() && offset.is_none() {
            if let Some(half) = meridiem(lower) {
                found.time = Some(of_half(found.time?, half)?);
                continue;
            }
            if let Some(zone) = zone_of(word) {
                offset = Some(zone);
                continue;
            }
        }
        let is_between = || BETWEEN.iter().any(|between| lower.eq_ignore_ascii_case(between));
        let is_before = || is_weekday(lower) || BEFORE.contains(&lower);
        if (found.count == 0 && is_before()) || (found.count > 0 && is_between()) {
            continue;
        }
        found.take(word)?;
    }
    if let Some(offset) = offset {
        found.time = found.time.map(|time| time - offset);
    }
    Some(found)
}

/// `14.30`, `14.30.05`
fn is_dotted_clock(word: &str) -> bool {
    let mut parts = word.split('.');
    let is_hour = parts.next().is_some_and(|hour| (1..=2).contains(&hour.len()) && whole(hour).is_some());
    let rest: Vec<&str> = parts.collect();
    is_hour && matches!(rest.len(), 1 | 2) && rest.iter().all(|part| part.len() == 2 && whole(part).is_some())
}

/// Whether a comma between two texts may stand within a date: `Apr 10, 2023`, `Mon, 10 Apr 2023`.
pub(super) fn is_comma_of_date(before: &str, after: &str) -> bool {
    let mut words = before.rsplit(|c: char| c.is_whitespace() || matches!(c, ';' | '|' | '"' | '\''));
    let last = words.next().unwrap_or("");
    let next = after.trim_start();
    let is_year = next.bytes().take_while(u8::is_ascii_digit).count() == 4;
    let mut is_month = || words.next().and_then(month_of).is_some();
    (is_year && day(last).is_some() && is_month())
        || (is_weekday(last.trim_end_matches('.')) && last.len() > 2 && after.starts_with(' '))
}

/// Whether a text is a date or a time in words or with a clock: one that blanks within may belong to, unlike `5 12 2023`.
pub(super) fn is_spelled(text: &str) -> bool {
    let has_name = || text.split(|c: char| !c.is_alphabetic()).any(|word| month_of(word).is_some());
    (text.contains(':') || has_name()) && is_date(text)
}

/// Whether a text is a date in some order.
pub(super) fn is_date(text: &str) -> bool {
    Order::ALL.iter().any(|order| order.days(text).is_some())
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

impl<'a> Parts<'a> {
    /// Takes the parts of a word such as `2023年1月5日`.
    fn take_counted(&mut self, word: &'a str) -> Option<()> {
        for part in word.split(is_counter).filter(|part| !part.is_empty()) {
            *self.parts.get_mut(self.count)? = part;
            self.count += 1;
        }
        Some(())
    }

    /// Takes the parts of a word such as `24.11.2026`, `05-Jan-23` or `Jan`.
    fn take(&mut self, word: &'a str) -> Option<()> {
        let inner = word.strip_suffix('.').unwrap_or(word);
        if inner.starts_with(is_digit) && inner.contains(is_counter) {
            self.mark = '年';
            return self.take_counted(inner);
        }
        let mark = inner.chars().find(|c| matches!(c, '-' | '/' | '.'));
        if let Some(parts) = joined(inner).filter(|_| self.count == 0) {
            (self.parts, self.count) = (parts, 3);
            return Some(());
        }
        if let Some(mark) = mark.filter(|_| self.count == 0) {
            self.mark = mark;
        }
        for part in inner.split(|c| Some(c) == mark) {
            if part.is_empty() {
                return None;
            }
            *self.parts.get_mut(self.count)? = part;
            self.count += 1;
        }
        Some(())
    }
}

/// The parts of a date without marks, as SAS writes it: `01MAR2023`.
fn joined(word: &str) -> Option<[&str; 3]> {
    let from = word.find(|c: char| c.is_ascii_alphabetic()).filter(|&at| (1..=2).contains(&at))?;
    let to = from + word[from..].find(is_digit)?;
    let (day, name, year) = (&word[..from], &word[from..to], &word[to..]);
    let is_date = whole(day).is_some() && month_of(name).is_some() && matches!(year.len(), 2 | 4);
    (is_date && whole(year).is_some()).then_some([day, name, year])
}

/// What stands behind year, month and day in Chinese, Japanese and Korean.
fn is_counter(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '号' | '년' | '월' | '일')
}

/// Days since 1970-01-01 of the first day of a quarter, `Q1 2023`, `2023-Q1`, or of a week by ISO 8601, `2023-W05`, or of a
/// day in it, `2023-W05-1`.
fn of_part(text: &str) -> Option<f64> {
    let upper = |c: char| c.to_ascii_uppercase();
    let at = text.find(|c: char| matches!(upper(c), 'Q' | 'W'))?;
    let (before, behind) = (&text[..at], &text[at + 1..]);
    let is_week = text[at..].starts_with(['W', 'w']);
    let bare = |part: &'_ str| part.trim_matches(|c: char| matches!(c, ' ' | '-' | '/' | '.')).to_owned();
    let four = |part: &str| whole(part).filter(|year| part.len() == 4 && (1000..=9999).contains(year));
    if is_week {
        let year = four(&bare(before))?;
        let (week, day) = behind.split_once('-').unwrap_or((behind, "1"));
        let (week, day) = (whole(week).filter(|_| week.len() == 2)?, whole(day).filter(|_| day.len() == 1)?);
        let fourth = days_since_1970(year, 1, 4);
        // The first week is that of January 4; 1970 began on a Thursday.
        let monday = fourth - (fourth + 3).rem_euclid(7);
        let is_there = (1..=53).contains(&week) && (1..=7).contains(&day);
        return is_there.then_some((monday + 7 * (week - 1) + day - 1) as f64);
    }
    let (year, quarter) = match before.trim().is_empty() {
        true => {
            let (quarter, year) = behind.split_at_checked(1)?;
            (bare(year), quarter.to_owned())
        }
        false => (bare(before), bare(behind)),
    };
    let quarter = whole(&quarter).filter(|number| quarter.len() == 1 && (1..=4).contains(number))?;
    day_of(four(&year)?, 3 * quarter - 2, 1)
}
