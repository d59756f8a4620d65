//! What is said of a table: in English, and as a code with its values, so that a page may say it in another language.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::ops::Deref;

/// A text and how it came about. It reads as its English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    text: String,
    code: &'static str,
    values: Vec<(&'static str, Value)>,
}

/// What stands for a placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// The same in every language: a name, a number, what stands in a cell.
    Text(String),
    /// Words of their own.
    Said(Said),
    /// Several, with commas between.
    List(Vec<Said>),
}

/// `say!("code", "English with {placeholders}", placeholder = value, …)`: a [`Said`]. Each code has one English; the page's
/// texts have it as well.
macro_rules! say {
    ($code:literal, $english:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::data::said::Said::new(
            $code,
            $english,
            vec![$((stringify!($name), $crate::data::said::Value::from($value))),*],
        )
    };
}
pub(crate) use say;

impl Said {
    /// The English of a template, `{name}` in it replaced; see [`say`].
    pub(crate) fn new(code: &'static str, english: &str, values: Vec<(&'static str, Value)>) -> Said {
        let mut text = String::with_capacity(2 * english.len());
        let mut rest = english;
        while let Some((before, from)) = rest.split_once('{') {
            let (name, after) = from.split_once('}').unwrap_or((from, ""));
            let value = values.iter().find(|(own, _)| *own == name);
            debug_assert!(value.is_some(), "{code}: nothing stands for {name}");
            text.push_str(before);
            value.into_iter().for_each(|(_, value)| text.push_str(&value.english()));
            rest = after;
        }
        text.push_str(rest);
        Said { text, code, values }
    }

    /// What is the same in every language.
    pub fn verbatim(text: &str) -> Said {
        Said { text: text.to_owned(), code: "", values: vec![] }
    }

    /// The English.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What is said; empty for what is the same in every language.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What stands for each placeholder.
    pub fn values(&self) -> &[(&'static str, Value)] {
        &self.values
    }
}

impl Value {
    fn english(&self) -> Cow<'_, str> {
        match self {
            Value::Text(text) => text.into(),
            Value::Said(said) => said.as_str().into(),
            Value::List(all) => all.iter().map(Said::as_str).collect::<Vec<_>>().join(", ").into(),
        }
    }
}

impl Deref for Said {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq<str> for Said {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl PartialEq<&str> for Said {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

impl From<Said> for Value {
    fn from(said: Said) -> Value {
        Value::Said(said)
    }
}

macro_rules! texts {
    ($($kind:ty),*) => {
        $(impl From<$kind> for Value {
            fn from(text: $kind) -> Value {
                Value::Text(text.to_string())
            }
        })*
    };
}
texts!(&str, String, &String, Cow<'_, str>, char, usize, u64, f64);

/// A name or what stands in a cell, in quotes.
pub(crate) fn quoted(text: &str) -> Said {
    say!("quoted", "\"{text}\"", text = text)
}

/// Words as a list: the first few, then how many more.
pub(crate) fn list<S: AsRef<str>>(words: &[S], most: usize) -> Value {
    let told = Value::List(words.iter().take(most).map(|word| quoted(word.as_ref())).collect());
    match words.len().saturating_sub(most) {
        0 => told,
        more => say!("andMore", "{words} and {count} more", words = told, count = more).into(),
    }
}
