//! Times of day as shares of it, with their offsets from UTC.

use super::date::whole;

/// `14:30`, `14:30:05.25Z`, `2:30PM`, `00:00:00+02:00` as a share of the day, and the offset, if there is one.
pub(super) fn read_time(word: &str) -> Option<(f64, Option<f64>)> {
    let end = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(word.len());
    let (digits, tail) = word.split_at(end);
    let time = day_fraction(digits)?;
    match tail {
        "" => Some((time, None)),
        _ => match meridiem(tail) {
            Some(half) => Some((of_half(time, half)?, None)),
            None => Some((time, Some(zone_of(tail)?))),
        },
    }
}

/// Hours, minutes and maybe seconds as a share of the day.
fn day_fraction(text: &str) -> Option<f64> {
    if !text.contains(':') {
        let is_whole = matches!(text.len(), 4 | 6) && text.bytes().all(|byte| byte.is_ascii_digit());
        let pair = |at: usize| text.get(at..at + 2).and_then(whole);
        let (hour, minute) = (pair(0)?, pair(2)?);
        let second = if text.len() == 6 { pair(4)? } else { 0 };
        let fits = is_whole && hour < 24 && minute < 60 && second <= 60;
        return fits.then(|| (hour * 3600 + minute * 60 + second) as f64 / 86400.0);
    }
    // The end of a day.
    if matches!(text, "24:00" | "24:00:00") {
        return Some(1.0);
    }
    // Minutes, and seconds with decimals, as laps have them.
    if let Some((minutes, seconds)) = text.split_once(':')
        && seconds.len() > 3
        && seconds.as_bytes()[2] == b'.'
    {
        let is_plain = seconds.bytes().enumerate().all(|(at, byte)| at == 2 || byte.is_ascii_digit());
        let minutes = whole(minutes).filter(|_| minutes.len() <= 2)?;
        let seconds = seconds.parse::<f64>().ok().filter(|seconds| is_plain && *seconds < 60.0)?;
        return (minutes < 60).then_some((minutes as f64 * 60.0 + seconds) / 86400.0);
    }
    let mut seconds = 0.0;
    let mut unit = 3600.0;
    for (index, part) in text.split(':').enumerate() {
        let plain = part.bytes().all(|b| b.is_ascii_digit() || (index == 2 && b == b'.'));
        let whole = part.split('.').next().unwrap_or("");
        let is_wide = if index == 0 { (1..=2).contains(&whole.len()) } else { whole.len() == 2 };
        let most = [24.0, 60.0, 61.0][index.min(2)]; // a minute may have a leap second
        let number = part.parse::<f64>().ok().filter(|n| plain && is_wide && *n < most)?;
        seconds += number * unit;
        unit /= 60.0;
        if index > 2 {
            return None;
        }
    }
    (unit < 2.0).then_some(seconds / 86400.0)
}

/// Whether a word says that a time is after noon, or before.
pub(super) fn meridiem(word: &str) -> Option<bool> {
    let word = word.trim_end_matches('.');
    let is = |known: [&str; 2]| known.iter().any(|known| word.eq_ignore_ascii_case(known));
    if is(["pm", "p.m"]) { Some(true) } else { is(["am", "a.m"]).then_some(false) }
}

/// A time of twelve hours as one of twenty-four.
pub(super) fn of_half(time: f64, is_after_noon: bool) -> Option<f64> {
    const HOUR: f64 = 1.0 / 24.0;
    if !(HOUR..13.0 * HOUR).contains(&time) {
        return None;
    }
    let since = if time >= 0.5 { time - 0.5 } else { time };
    Some(if is_after_noon { since + 0.5 } else { since })
}

/// Zones that have names, with their hours.
#[rustfmt::skip]
const ZONES: [(&str, i8); 20] = [
    ("Z", 0), ("UTC", 0), ("GMT", 0), ("WET", 0), ("WEST", 1), ("CET", 1), ("MEZ", 1), ("CEST", 2), ("MESZ", 2), ("EET", 2),
    ("EEST", 3), ("MSK", 3), ("JST", 9), ("EST", -5), ("EDT", -4), ("CDT", -5), ("MST", -7), ("MDT", -6), ("PST", -8), ("PDT", -7),
];

/// `Z`, `UTC`, `CET`, `GMT+0100`, `+02:00`, `-0530`, `+02` as a share of the day.
pub(super) fn zone_of(word: &str) -> Option<f64> {
    if let Some((_, hours)) = ZONES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)) {
        return Some(f64::from(*hours) / 24.0);
    }
    let word = word.strip_prefix("GMT").or_else(|| word.strip_prefix("UTC")).unwrap_or(word);
    let (sign, rest) = match word.chars().next()? {
        '+' => (1.0, &word[1..]),
        '-' => (-1.0, &word[1..]),
        '−' => (-1.0, &word['−'.len_utf8()..]),
        _ => return None,
    };
    let (hours, minutes) = match (rest.split_once(':'), rest.len()) {
        (Some(pair), _) => pair,
        (None, 4) => (rest.get(..2)?, rest.get(2..)?),
        (None, 2) => (rest, "00"),
        _ => return None,
    };
    let (hours, minutes) = (whole(hours)?, whole(minutes)?);
    (hours <= 14 && minutes < 60).then(|| sign * (hours * 60 + minutes) as f64 / 1440.0)
}
