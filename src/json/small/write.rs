//! Values as JSON, without blanks.

use super::{Number, Value};
use std::fmt;

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        write(self, &mut text);
        f.write_str(&text)
    }
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(Number::Whole(number)) => text.push_str(&number.to_string()),
        Value::Number(Number::Negative(number)) => text.push_str(&number.to_string()),
        // The shortest digits that stand for it.
        Value::Number(Number::Real(number)) => text.push_str(zmij::Buffer::new().format(*number)),
        Value::String(words) => quote(words, text),
        Value::Array(list) => {
            text.push('[');
            for (i, value) in list.iter().enumerate() {
                separate(i, text);
                write(value, text);
            }
            text.push(']');
        }
        Value::Object(object) => {
            text.push('{');
            for (i, (key, value)) in object.iter().enumerate() {
                separate(i, text);
                quote(key, text);
                text.push(':');
                write(value, text);
            }
            text.push('}');
        }
    }
}

fn separate(i: usize, text: &mut String) {
    if i > 0 {
        text.push(',');
    }
}

fn quote(words: &str, text: &mut String) {
    text.push('"');
    for letter in words.chars() {
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\0'..'\u{20}' => {
                text.push_str(if letter < '\u{10}' { "\\u000" } else { "\\u001" });
                text.push(char::from_digit(letter as u32 % 16, 16).unwrap_or('0'));
            }
            _ => text.push(letter),
        }
    }
    text.push('"');
}
