//! One cell of a table in eight bytes, its text kept.

/// A plain decimal such as `-12.50` by its digits, any other text by its place in the column's pool. Within a column,
/// equal cells have equal texts and the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell(u64);

/// Bit 63: in the pool · 62: negative · 57…61: digits after the point · 0…56: all digits as one number.
const POOLED: u64 = 1 << 63;
const NEGATIVE: u64 = 1 << 62;
const DIGITS: u32 = 57;

/// Powers of ten; those up to 10²² are exact.
#[rustfmt::skip]
const POWERS: [f64; 32] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29, 1e30, 1e31,
];

impl Cell {
    /// The empty text, which every pool has first.
    pub const EMPTY: Cell = Cell(POOLED);

    /// The cell of a text that is a plain decimal: `0`, `-3`, `12.50`, but not `+3`, `.5`, `007` or `1e5`.
    pub fn of_decimal(text: &[u8]) -> Option<Cell> {
        let (sign, digits) = match text {
            [b'-', rest @ ..] => (NEGATIVE, rest),
            _ => (0, text),
        };
        if !matches!(digits, [b'0'] | [b'0', b'.', ..] | [b'1'..=b'9', ..]) {
            return None;
        }
        let mut number = 0_u64;
        let mut point = None;
        for (at, &byte) in digits.iter().enumerate() {
            match byte {
                b'0'..=b'9' => number = number.checked_mul(10)?.checked_add(u64::from(byte - b'0'))?,
                b'.' if point.is_none() => point = Some(at),
                _ => return None,
            }
        }
        let decimals = point.map_or(0, |at| digits.len() - at - 1);
        let fits = number < 1 << DIGITS && decimals < POWERS.len() && (point.is_none() || decimals > 0);
        fits.then_some(Cell(sign | (decimals as u64) << DIGITS | number))
    }

    /// The text at place `id` of the pool.
    pub fn pooled(id: u32) -> Cell {
        Cell(POOLED | u64::from(id))
    }

    /// The place in the pool, for a text that is no plain decimal.
    pub fn id(self) -> Option<u32> {
        (self.0 & POOLED != 0).then_some(self.0 as u32)
    }

    /// All of it as one number, for hashing.
    pub(super) fn bits(self) -> u64 {
        self.0
    }

    /// Digits after the point of a plain decimal.
    pub(super) fn decimals(self) -> usize {
        (self.0 >> DIGITS & 31) as usize
    }

    /// The number of a plain decimal.
    pub fn decimal(self) -> Option<f64> {
        if self.0 & POOLED != 0 {
            return None;
        }
        let size = (self.0 & ((1 << DIGITS) - 1)) as f64 / POWERS[self.decimals()];
        Some(if self.0 & NEGATIVE == 0 { size } else { -size })
    }

    /// The text of a plain decimal.
    pub fn decimal_text(self) -> Option<String> {
        if self.0 & POOLED != 0 {
            return None;
        }
        let (number, decimals) = (self.0 & ((1 << DIGITS) - 1), self.decimals());
        let mut text = format!("{number:0width$}", width = decimals + 1);
        if decimals > 0 {
            text.insert(text.len() - decimals, '.');
        }
        if self.0 & NEGATIVE != 0 {
            text.insert(0, '-');
        }
        Some(text)
    }
}

/// The number that a text of any form stands for: `+3`, `.5`, `1e5`, blanks around it; with `comma`, `3,14` too.
/// Numbers that an f32 can't hold are none.
pub fn parse_number(text: &str, comma: bool) -> Option<f64> {
    let text = text.trim();
    // Rust also reads words such as "inf".
    if text.len() > 400
        || !text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b',' | b'-' | b'+' | b'e' | b'E'))
    {
        return None;
    }
    let number = match text.contains(',') {
        false => text.parse::<f64>(),
        true if comma && !text.contains('.') => text.replacen(',', ".", 1).parse(),
        true => return None,
    };
    number.ok().filter(|number| (*number as f32).is_finite())
}

/// What spreadsheets write where a formula has no value.
pub const SHEET_ERRORS: [&str; 8] =
    ["#n/a", "#div/0!", "#ref!", "#value!", "#name?", "#num!", "#null!", "#spill!"];

/// Words that stand for nothing, in any column; a lone minus may too, see [`Gap::Maybe`].
pub const MISSING: [&str; 24] = [
    "na", "n/a", "n.a.", "n.a", "#n/a", "#na", "<na>", "nan", "-nan", "nat", "null", "<null>", "(null)",
    "nil", "?", "--", "---", "—", "–", "missing", ".", "..", "(blank)", "\\N",
];
/// Words that stand for nothing where numbers or dates are meant, and may be names among names.
pub const MISSING_AMONG_NUMBERS: [&str; 34] = [
    "none",
    "unknown",
    "unk",
    "undefined",
    "undef",
    "not available",
    "not applicable",
    "no data",
    "nodata",
    "n.d.",
    "nd",
    "n/d",
    "k.a.",
    "k. a.",
    "tbd",
    "unbekannt",
    "inconnu",
    "blank",
    "keine angabe",
    "keine angaben",
    "nicht verfügbar",
    "n. v.",
    "n.v.",
    "sin dato",
    "sin datos",
    "s/d",
    "non disponible",
    "non renseigné",
    "non disponibile",
    "нет данных",
    "н/д",
    "brak danych",
    "no answer",
    "not known",
];

/// No word for what is missing has more bytes.
const MOST_GAP: usize = 20;

/// What a text says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// It stands for a value that isn't there.
    Is,
    /// It is a value.
    IsNot,
    /// A lone minus: where there is a lone plus too, both are signs.
    Maybe,
    /// A word such as `unknown`: no number, but among names it may be one.
    Word,
}

impl Gap {
    /// Of a text, whatever its case and the blanks around it.
    pub fn of(text: &str) -> Gap {
        let text = text.trim();
        let is = |word: &str| text.eq_ignore_ascii_case(word);
        match text {
            "" => Gap::Is,
            "-" => Gap::Maybe,
            _ if text.len() > MOST_GAP => Gap::IsNot,
            _ if MISSING.iter().any(|word| is(word)) => Gap::Is,
            _ if MISSING_AMONG_NUMBERS.iter().any(|word| is(word)) => Gap::Word,
            _ => Gap::IsNot,
        }
    }
}
