//! JSON (RFC 8259) as values.

use super::{Map, Number, Value};

/// Lists and objects inside each other; more of them could exhaust the stack.
const DEEPEST: usize = 127;

/// The bytes are no JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

/// Reads one value. Of fields of the same name the last one counts.
///
/// # Errors
/// Bytes that are no JSON, a number beyond f64, or more than 127 lists and objects inside each other.
pub fn from_slice(bytes: &[u8]) -> Result<Value, Malformed> {
    let text = std::str::from_utf8(bytes).map_err(|_| Malformed)?;
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(DEEPEST)?;
    if reader.next_token().is_some() { Err(Malformed) } else { Ok(value) }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that isn't blank; it stays to be read.
    fn next_token(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
        self.peek()
    }

    fn skip_if(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, byte: u8) -> Result<(), Malformed> {
        self.next_token();
        if self.skip_if(byte) { Ok(()) } else { Err(Malformed) }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Malformed> {
        let rest = self.text.get(self.at..).unwrap_or("");
        self.at += word.len();
        if rest.starts_with(word) { Ok(value) } else { Err(Malformed) }
    }

    fn value(&mut self, deeper: usize) -> Result<Value, Malformed> {
        match self.next_token().ok_or(Malformed)? {
            b'n' => self.word("null", Value::Null),
            b't' => self.word("true", true.into()),
            b'f' => self.word("false", false.into()),
            b'"' => self.string().map(Value::String),
            b'[' => {
                let deeper = deeper.checked_sub(1).ok_or(Malformed)?;
                self.at += 1;
                let mut list = vec![];
                while self.next_token() != Some(b']') {
                    if !list.is_empty() {
                        self.expect(b',')?;
                    }
                    list.push(self.value(deeper)?);
                }
                self.at += 1;
                Ok(Value::Array(list))
            }
            b'{' => {
                let deeper = deeper.checked_sub(1).ok_or(Malformed)?;
                self.at += 1;
                let mut object = Map::new();
                while self.next_token() != Some(b'}') {
                    if !object.is_empty() {
                        self.expect(b',')?;
                        self.next_token();
                    }
                    let key = self.string()?;
                    self.expect(b':')?;
                    object.insert(key, self.value(deeper)?);
                }
                self.at += 1;
                Ok(object.into())
            }
            _ => self.number(),
        }
    }

    fn string(&mut self) -> Result<String, Malformed> {
        if !self.skip_if(b'"') {
            return Err(Malformed);
        }
        let mut string = String::new();
        loop {
            let start = self.at;
            while self.peek().is_some_and(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
                self.at += 1;
            }
            string.push_str(self.text.get(start..self.at).unwrap_or(""));
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some(b'\\') => {
                    self.at += 1;
                    string.push(self.escape()?);
                }
                _ => return Err(Malformed),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Malformed> {
        let byte = self.peek().ok_or(Malformed)?;
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let mut code = self.hex()?;
                // Two halves of a letter beyond the first 65,536.
                if (0xd800..0xdc00).contains(&code) {
                    if !(self.skip_if(b'\\') && self.skip_if(b'u')) {
                        return Err(Malformed);
                    }
                    let low = self.hex()?.checked_sub(0xdc00).filter(|low| *low < 0x400).ok_or(Malformed)?;
                    code = 0x1_0000 + ((code - 0xd800) << 10) + low;
                }
                char::from_u32(code).ok_or(Malformed)?
            }
            _ => return Err(Malformed),
        })
    }

    fn hex(&mut self) -> Result<u32, Malformed> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16)).ok_or(Malformed)?;
            code = 16 * code + digit;
            self.at += 1;
        }
        Ok(code)
    }

    /// The number's digits with an exponent of ten, as a whole number where it is one.
    fn number(&mut self) -> Result<Value, Malformed> {
        let is_negative = self.skip_if(b'-');
        let (mut digits, mut exponent) = (0, 0);
        let first = self.at;
        self.digits(&mut digits, &mut exponent, false)?;
        if self.at > first + 1 && self.text.as_bytes()[first] == b'0' {
            return Err(Malformed);
        }
        let mut is_whole = exponent == 0;
        if self.skip_if(b'.') {
            is_whole = false;
            self.digits(&mut digits, &mut exponent, true)?;
        }
        if self.skip_if(b'e') || self.skip_if(b'E') {
            is_whole = false;
            let is_small = self.skip_if(b'-');
            if !is_small {
                self.skip_if(b'+');
            }
            let (mut power, mut more) = (0, 0);
            self.digits(&mut power, &mut more, false)?;
            let power = if more > 0 { i64::MAX / 2 } else { power.min(i64::MAX as u64 / 2) as i64 };
            exponent += if is_small { -power } else { power };
        }
        if is_whole {
            if !is_negative {
                return Ok(digits.into());
            }
            let number = 0_i64.checked_sub_unsigned(digits).filter(|number| *number < 0);
            if let Some(number) = number {
                return Ok(Value::Number(Number::Negative(number)));
            }
        }
        let size = scaled(digits as f64, exponent);
        if !size.is_finite() {
            return Err(Malformed);
        }
        Ok(Value::Number(Number::Real(if is_negative { -size } else { size })))
    }

    /// Takes at least one digit. Those that don't fit any more count as zeros.
    fn digits(&mut self, digits: &mut u64, exponent: &mut i64, is_fraction: bool) -> Result<(), Malformed> {
        let start = self.at;
        while let Some(byte @ b'0'..=b'9') = self.peek() {
            self.at += 1;
            let longer = digits.checked_mul(10).and_then(|ten| ten.checked_add(u64::from(byte - b'0')));
            match longer {
                Some(longer) => {
                    *digits = longer;
                    *exponent -= i64::from(is_fraction);
                }
                None => *exponent += i64::from(!is_fraction),
            }
        }
        if self.at == start { Err(Malformed) } else { Ok(()) }
    }
}

/// `number · 10^exponent`, rounded once where both are exact: up to 2⁵³ and 10²².
fn scaled(mut number: f64, exponent: i64) -> f64 {
    let mut left = exponent.unsigned_abs();
    while left > 0 && number != 0.0 && number.is_finite() {
        let now = left.min(22);
        left -= now;
        let power = (0..now).fold(1.0, |power, _| 10.0 * power);
        number = if exponent < 0 { number / power } else { number * power };
    }
    number
}
