//! Numbers as people write them: decimal and grouping signs, currencies, percent, brackets, units.

/// A text that is a number, taken apart; which sign parts off the decimals is still open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Written<'a> {
    negative: bool,
    /// Digits and the signs between them.
    body: &'a str,
    exponent: &'a str,
    /// A currency, a percent sign or a unit; empty for none.
    pub unit: &'a str,
    /// Whether the unit is a capital right behind the digits, as in seats and parts: `12A`.
    pub is_coded: bool,
    /// The decimal sign that nothing but a dash follows: `1.299,–`.
    ends: Option<char>,
    /// The zeros that a word for thousands or millions adds: 6 for `$2M`.
    zeros: u8,
    /// `CR` or `DR` behind a currency; without one it is the unit.
    side: &'a str,
    /// What else stands around the number, and is no part of it.
    pub odd: Option<Odd>,
}

/// What may stand around a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// How far it may be off: `12 ± 1`.
    Error,
    /// That it is only about right: `~5`.
    About,
    /// A dash for 0 beside a currency: `$ -`.
    Dash,
}

/// Currencies before or behind a number. Longer ones come before those that they begin with.
#[rustfmt::skip]
const CURRENCIES: [&str; 49] = [
    "US$", "C$", "A$", "R$", "$", "€", "£", "¥", "₹", "₩", "₽", "₺", "₴", "₪", "฿", "₫", "₱", "₦", "¢", "元", "円",
    "USD", "EUR", "GBP", "JPY", "CHF", "SEK", "NOK", "DKK", "INR", "CNY", "RUB", "BRL", "AUD", "CAD", "NZD", "PLN",
    "CZK", "HUF", "MXN", "ZAR", "KRW", "Kč", "zł", "kr.", "kr", "Fr.", "Rs.", "Rs",
];

/// Units that may share a column only by mistake; other words behind a number count where one goes with them all.
#[rustfmt::skip]
const UNITS: [&str; 62] = [
    "%", "‰", "g", "kg", "mg", "µg", "t", "lb", "lbs", "oz", "st", "m", "cm", "mm", "km", "µm", "nm", "mi", "ft", "in",
    "yd", "s", "ms", "min", "h", "hr", "hrs", "d", "l", "L", "ml", "mL", "cl", "dl", "gal", "°C", "°F", "°", "K", "C",
    "F", "W", "kW", "MW", "Wh", "kWh", "V", "mV", "A", "mA", "Hz", "kHz", "MHz", "GHz", "Pa", "hPa", "kPa", "bar",
    "mbar", "psi", "km/h", "mph",
];

/// Words for thousands, millions and so on behind a number, with their zeros.
#[rustfmt::skip]
const MAGNITUDES: [(&str, u8); 27] = [
    ("k", 3), ("K", 3), ("Tsd", 3), ("Tsd.", 3), ("thousand", 3), ("lakh", 5), ("m", 6), ("M", 6), ("mn", 6), ("mln", 6),
    ("MM", 6), ("Mio", 6), ("Mio.", 6), ("mio", 6), ("mio.", 6), ("million", 6), ("crore", 7), ("b", 9), ("B", 9),
    ("bn", 9), ("Mrd", 9), ("Mrd.", 9), ("mrd", 9), ("billion", 9), ("T", 12), ("tn", 12), ("trillion", 12),
];

/// The zeros that a word behind a number stands for, where it may be thousands, millions or the like.
pub(super) fn zeros_of(unit: &str) -> Option<u8> {
    let word = unit.strip_suffix('s').filter(|word| word.ends_with("ion")).unwrap_or(unit);
    MAGNITUDES.iter().find(|(known, _)| *known == word).map(|&(_, zeros)| zeros)
}

/// Whether a unit is a known one: a currency, a share or a physical unit.
pub fn is_known_unit(unit: &str) -> bool {
    UNITS.contains(&unit) || CURRENCIES.contains(&unit)
}

/// Whether two units are one: `day` and `days`.
pub fn is_same_unit(a: &str, b: &str) -> bool {
    let one = |unit: &str| unit.len() > 3 && unit.ends_with('s');
    let stem = |unit: &str| unit.len() - usize::from(one(unit));
    a == b || (a.len() > 2 && b.len() > 2 && a[..stem(a)] == b[..stem(b)])
}

const BLANKS: [char; 5] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\u{2007}'];

fn is_minus(sign: char) -> bool {
    matches!(sign, '-' | '−' | '–')
}

fn is_grouping(sign: char) -> bool {
    matches!(sign, '\'' | '’') || BLANKS.contains(&sign)
}

impl<'a> Written<'a> {
    /// Takes a text apart; `None` for one that is no number, whatever its decimal sign.
    pub fn of(text: &'a str) -> Option<Written<'a>> {
        let text = text.trim();
        if text.len() > 400 {
            return None;
        }
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return of_dash(text);
        }
        if let Some(rest) = ABOUT.iter().find_map(|mark| text.strip_prefix(mark)) {
            return Written::plain(rest.trim_start()).map(|own| Written { odd: Some(Odd::About), ..own });
        }
        let Some((before, error)) = ERRORS.iter().find_map(|mark| text.split_once(mark)) else {
            return Written::plain(text);
        };
        let (own, error) = (Written::plain(before.trim_end())?, Written::plain(error.trim_start())?);
        let is_one = own.unit.is_empty() || error.unit.is_empty() || own.unit == error.unit;
        let unit = if own.unit.is_empty() { error.unit } else { own.unit };
        is_one.then_some(Written { unit, odd: Some(Odd::Error), ..own })
    }

    /// Of a text with nothing around the number but sign, brackets and unit.
    fn plain(text: &'a str) -> Option<Written<'a>> {
        let mut rest = text;
        let (mut sign, mut brackets, mut unit) = (None, false, "");
        loop {
            let first = rest.chars().next()?;
            if first.is_ascii_digit() || matches!(first, '.' | ',') {
                break;
            } else if (is_minus(first) || first == '+') && sign.is_none() && !brackets {
                sign = Some(is_minus(first));
                rest = &rest[first.len_utf8()..];
            } else if first == '(' && !brackets && sign.is_none() {
                rest = rest.strip_prefix('(')?.strip_suffix(')')?.trim_end();
                brackets = true;
            } else {
                let currency = CURRENCIES.iter().find(|currency| rest.starts_with(**currency))?;
                if !unit.is_empty() {
                    return None;
                }
                unit = *currency;
                rest = rest[currency.len()..].trim_start();
            }
        }
        let is_body = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',') || is_grouping(c);
        let body = &rest[..rest.find(|c| !is_body(c)).unwrap_or(rest.len())];
        let mut body = body.trim_end_matches(is_grouping);
        let mut tail = &rest[body.len()..];
        let ends = body.chars().next_back().filter(|sign| matches!(sign, '.' | ','));
        let ends = ends.filter(|_| {
            let dashes = tail.trim_start_matches(|c| is_minus(c) || c == '—');
            dashes.len() < tail.len() && (dashes.trim().is_empty() || CURRENCIES.contains(&dashes.trim()))
        });
        if ends.is_some() {
            body = &body[..body.len() - 1];
            tail = tail.trim_start_matches(|c| is_minus(c) || c == '—');
        }
        let exponent = exponent_of(tail);
        tail = &tail[exponent.len()..];
        let is_coded = tail.len() == 1 && tail.starts_with(|c: char| c.is_ascii_uppercase());
        tail = tail.trim_start();
        let mut behind = false;
        let before = || tail.strip_prefix(is_minus).filter(|rest| CURRENCIES.contains(&rest.trim()));
        if let Some(rest) = tail.strip_suffix(is_minus).or_else(before) {
            if sign.is_some() || brackets {
                return None;
            }
            behind = true;
            tail = rest.trim();
        }
        let (mut zeros, mut side) = (0, "");
        if let Some((currency, own)) = of_money(unit, tail) {
            (unit, zeros) = (currency, own);
        } else if !unit.is_empty() && is_side(tail) {
            side = tail;
        } else if !tail.is_empty() {
            if !unit.is_empty() || !is_unit(tail) {
                return None;
            }
            unit = tail;
        }
        let is_coded = is_coded && zeros == 0;
        let negative = sign == Some(true) || brackets || behind;
        let written = Written { negative, body, exponent, unit, is_coded, ends, zeros, side, odd: None };
        (written.value(false).is_some() || written.value(true).is_some()).then_some(written)
    }

    /// With a unit such as `K` or `M` as what it says of the size.
    pub(super) fn scaled(self) -> Written<'a> {
        match zeros_of(self.unit) {
            Some(zeros) if self.zeros == 0 => Written { unit: "", zeros, ..self },
            _ => self,
        }
    }

    /// The side of an account that it bears: `CR` or `DR`; empty for none.
    pub(super) fn side(&self) -> &'a str {
        if is_side(self.unit) { self.unit } else { self.side }
    }

    /// With what `CR` and `DR` say of its sign.
    pub(super) fn booked(self) -> Written<'a> {
        let is_debit = is_debit(self.side());
        let unit = if is_side(self.unit) { "" } else { self.unit };
        Written { negative: self.negative != is_debit, unit, side: "", ..self }
    }

    /// Whether signs stand between thousands, when decimals follow a point, or with `comma` a comma.
    pub fn is_grouped(&self, comma: bool) -> bool {
        let decimal = if comma { ',' } else { '.' };
        let whole = self.body.split(decimal).next().unwrap_or("");
        whole.contains(|c: char| !c.is_ascii_digit())
    }

    /// The number, when decimals follow a point, or with `comma` a comma. Numbers that an f32 can't hold are none.
    pub fn value(&self, comma: bool) -> Option<f64> {
        let decimal = if comma { ',' } else { '.' };
        if self.ends.is_some_and(|sign| sign != decimal || self.body.contains(sign)) {
            return None;
        }
        let (whole, fraction) = match self.body.split_once(decimal) {
            Some((whole, fraction)) => (whole, fraction),
            None => (self.body, ""),
        };
        let has_digits = !whole.is_empty() || !fraction.is_empty();
        let ends_bare = comma && self.body.ends_with(',');
        if !fraction.bytes().all(|byte| byte.is_ascii_digit()) || !has_digits || ends_bare {
            return None;
        }
        let group = whole.chars().find(|c| !c.is_ascii_digit());
        let is_fit = match group {
            None => true,
            Some(sign) if sign == ',' || sign == '.' || is_grouping(sign) => is_grouped(whole, sign, comma),
            Some(_) => false,
        };
        let is_scaled = self.zeros > 0;
        if !is_fit || ((group.is_some() || is_scaled) && !self.exponent.is_empty()) {
            return None;
        }
        let number = if group.is_none() && !comma && !is_scaled {
            plain(self.body, self.exponent)
        } else {
            let mut text = String::with_capacity(self.body.len() + self.exponent.len() + 2);
            text.extend(whole.chars().filter(char::is_ascii_digit));
            text.push('.');
            text.push_str(fraction);
            if !self.exponent.is_empty() {
                text.push_str(&format!("e{}", &self.exponent[1..]));
            }
            if is_scaled {
                text.push_str(&format!("e{}", self.zeros));
            }
            text.parse().ok()
        };
        let number = number.filter(|number| (*number as f32).is_finite())?;
        Some(if self.negative { -number } else { number })
    }
}

/// What says that a number is only about right, and what stands before its error.
const ABOUT: [&str; 6] = ["~", "≈", "ca.", "ca ", "circa ", "approx. "];
const ERRORS: [&str; 3] = ["±", "+/-", "+-"];

/// A dash beside a currency, as accounts write 0.
fn of_dash(text: &str) -> Option<Written<'_>> {
    let is_dash = |text: &str| text.trim_start_matches(|c| is_minus(c) || c == '—').is_empty();
    let unit = CURRENCIES.into_iter().find(|currency| {
        let rest = text.strip_prefix(*currency).or_else(|| text.strip_suffix(*currency));
        rest.is_some_and(|rest| !rest.trim().is_empty() && is_dash(rest.trim()))
    })?;
    let odd = Some(Odd::Dash);
    let (body, exponent, side) = ("0", "", "");
    Some(Written { negative: false, body, exponent, unit, is_coded: false, ends: None, zeros: 0, side, odd })
}

/// Whether a word says on which side of an account an amount stands.
fn is_side(word: &str) -> bool {
    is_debit(word) || word.trim_end_matches('.').eq_ignore_ascii_case("cr")
}

/// Whether that is the side of what was paid.
pub(super) fn is_debit(word: &str) -> bool {
    word.trim_end_matches('.').eq_ignore_ascii_case("dr")
}

/// The currency and the zeros of an amount in thousands or millions: `$2M`, `1.2 Mio. €`. `unit`: the currency before it.
fn of_money<'a>(unit: &'a str, tail: &'a str) -> Option<(&'a str, u8)> {
    if !unit.is_empty() {
        return zeros_of(tail).map(|zeros| (unit, zeros));
    }
    let end = tail.find(|c: char| !c.is_alphabetic() && c != '.').unwrap_or(tail.len());
    let currency = tail[end..].trim_start();
    let zeros = zeros_of(&tail[..end])?;
    CURRENCIES.contains(&currency).then_some((currency, zeros))
}

fn plain(body: &str, exponent: &str) -> Option<f64> {
    match exponent {
        "" => body.parse().ok(),
        _ => format!("{body}e{}", &exponent[1..]).parse().ok(),
    }
}

/// `e5`, `E-3`, `D+02` at the start of what follows the digits.
fn exponent_of(tail: &str) -> &str {
    let Some(rest) = tail.strip_prefix(['e', 'E', 'd', 'D']) else { return "" };
    let signed = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    // That of Fortran has a sign, unlike the letter of a code.
    if signed.len() == rest.len() && tail.starts_with(['d', 'D']) {
        return "";
    }
    let digits = signed.bytes().take_while(u8::is_ascii_digit).count();
    let end = tail.len() - signed.len() + digits;
    let ends = !tail[end..].starts_with(|c: char| c.is_alphanumeric());
    if digits > 0 && ends { &tail[..end] } else { "" }
}

/// Groups of three digits, or as in India of two and a last one of three; nothing begins with a zero.
fn is_grouped(whole: &str, sign: char, comma: bool) -> bool {
    let groups = || whole.split(sign);
    let count = groups().count();
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups().next().unwrap_or("");
    let middle = |size: usize| groups().skip(1).take(count - 2).all(|group| group.len() == size);
    let is_indian = sign == ',' && !comma && count > 2 && first.len() <= 2 && middle(2);
    groups().all(digits)
        && (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && groups().next_back().is_some_and(|last| last.len() == 3)
        && (middle(3) || is_indian)
}

/// Whether what follows a number may be its unit: a share, a currency, or a short word such as `kg`, `km/h` or `m²`.
fn is_unit(tail: &str) -> bool {
    const NEVER: [&str; 8] = ["st", "nd", "rd", "th", "am", "pm", "a.m.", "p.m."];
    if is_known_unit(tail) && tail != "st" {
        return true;
    }
    let word = tail.strip_suffix(['2', '3']).unwrap_or(tail);
    let first = word.chars().next().is_some_and(|c| c.is_alphabetic() || matches!(c, '°' | 'µ'));
    let all = word.chars().all(|c| c.is_alphabetic() || "/²³°µ^·. ".contains(c));
    let is_word =
        first && all && !word.ends_with(' ') && tail.chars().count() <= 12 && word.split(' ').count() <= 2;
    is_word && !NEVER.iter().any(|never| tail.eq_ignore_ascii_case(never))
}

/// Whether a text is whole digits with a zero before them, as codes have it: `007`.
pub fn is_padded(text: &str) -> bool {
    let text = text.trim();
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}
