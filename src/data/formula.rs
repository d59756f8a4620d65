//! A feature written as arithmetic over columns: `bmi / age ^ 2 + sin(x)`.

/// Places that a formula's unfinished parts may take, and how deep brackets may nest.
const DEPTH: usize = 32;
const MOST_LETTERS: usize = 1000;

type Function = fn(f64) -> f64;

#[derive(Debug, Clone, Copy)]
enum Op {
    Number(f64),
    Column(usize),
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Negate,
    /// By its place in [`FUNCTIONS`].
    Function(usize),
}

/// libm's code is plain f64 arithmetic and takes angles of any size: the same bits everywhere, unlike the platform's.
#[cfg(feature = "table")]
const FUNCTIONS: [(&str, Function); 6] = [
    ("sin", libm::sin),
    ("cos", libm::cos),
    ("exp", libm::exp),
    ("ln", libm::log),
    ("sqrt", f64::sqrt),
    ("abs", f64::abs),
];
#[cfg(not(feature = "table"))]
const FUNCTIONS: [(&str, Function); 0] = [];

/// A parsed formula: operations in the order in which a stack takes them.
#[derive(Debug, Clone)]
pub struct Formula {
    text: String,
    ops: Vec<Op>,
}

impl PartialEq for Formula {
    /// By text: functions have no equality to rely on, and a text has one meaning for given columns.
    fn eq(&self, other: &Formula) -> bool {
        self.text == other.text
    }
}

impl Formula {
    /// Reads `+ - * / ^ ( )` (also `− × · ÷`), numbers, `sin cos exp ln sqrt abs`, and columns by their names, which
    /// stand in double quotes where they aren't plain words.
    ///
    /// # Errors
    /// A sentence that says where reading stopped.
    pub fn parse(text: &str, columns: &[String]) -> Result<Formula, String> {
        if !cfg!(feature = "table") {
            return Err("is a formula, which takes the package with tables".into());
        }
        if text.len() > MOST_LETTERS {
            return Err(format!("is longer than {MOST_LETTERS} letters"));
        }
        let mut parser = Parser { rest: text, columns, ops: Vec::new(), depth: 0 };
        parser.sum()?;
        parser.skip_blanks();
        if !parser.rest.is_empty() {
            return Err(format!("can't be read from \"{}\" on", brief(parser.rest)));
        }
        let formula = Formula { text: text.trim().to_owned(), ops: parser.ops };
        if formula.height() > DEPTH {
            return Err(format!("has more than {DEPTH} unfinished parts"));
        }
        Ok(formula)
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The columns it names.
    pub fn columns(&self) -> impl Iterator<Item = usize> {
        self.ops.iter().filter_map(|op| if let Op::Column(column) = op { Some(*column) } else { None })
    }

    /// What it works out, as operations inside each other: `["/", ["column", 3], ["number", 2]]`; signs are `+ - * / ^`,
    /// `negate`, and the functions by their names.
    #[cfg(feature = "export")]
    pub fn tree(&self) -> crate::json::Value {
        let mut stack: Vec<crate::json::Value> = vec![];
        for op in &self.ops {
            let (name, takes) = match *op {
                Op::Number(number) => {
                    stack.push(vec!["number".into(), crate::json::Value::from(number)].into());
                    continue;
                }
                Op::Column(column) => {
                    stack.push(vec!["column".into(), crate::json::Value::from(column)].into());
                    continue;
                }
                Op::Negate => ("negate", 1),
                Op::Function(function) => (FUNCTIONS[function].0, 1),
                Op::Add => ("+", 2),
                Op::Subtract => ("-", 2),
                Op::Multiply => ("*", 2),
                Op::Divide => ("/", 2),
                Op::Power => ("^", 2),
            };
            let mut term = vec![name.into()];
            term.extend(stack.split_off(stack.len() - takes));
            stack.push(term.into());
        }
        stack.pop().unwrap_or_default()
    }

    /// The most places that the stack takes.
    fn height(&self) -> usize {
        let (mut height, mut most) = (0_usize, 0);
        for op in &self.ops {
            match op {
                Op::Number(_) | Op::Column(_) => height += 1,
                Op::Negate | Op::Function(_) => {}
                _ => height -= 1,
            }
            most = most.max(height);
        }
        most
    }

    /// Its value for one raw row; not finite where a division by 0 or a logarithm of a negative number says so.
    pub fn value(&self, row: &[f64]) -> f64 {
        if !cfg!(feature = "table") {
            return f64::NAN; // there is none
        }
        let mut stack = [0.0_f64; DEPTH + 1];
        let mut top = 0;
        for op in &self.ops {
            match *op {
                Op::Number(number) => (stack[top], top) = (number, top + 1),
                Op::Column(column) => (stack[top], top) = (row[column], top + 1),
                Op::Negate => stack[top - 1] = -stack[top - 1],
                Op::Function(function) => stack[top - 1] = FUNCTIONS[function].1(stack[top - 1]),
                binary => {
                    top -= 1;
                    let (a, b) = (stack[top - 1], stack[top]);
                    stack[top - 1] = match binary {
                        Op::Add => a + b,
                        Op::Subtract => a - b,
                        Op::Multiply => a * b,
                        Op::Divide => a / b,
                        _ => power(a, b),
                    };
                }
            }
        }
        stack[0]
    }
}

#[cfg(feature = "table")]
fn power(a: f64, b: f64) -> f64 {
    libm::pow(a, b)
}
#[cfg(not(feature = "table"))]
fn power(_: f64, _: f64) -> f64 {
    f64::NAN
}

struct Parser<'a> {
    rest: &'a str,
    columns: &'a [String],
    ops: Vec<Op>,
    depth: usize,
}

impl Parser<'_> {
    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Takes one of `signs` if it comes next.
    fn take(&mut self, signs: &[char]) -> Option<char> {
        self.skip_blanks();
        let sign = self.rest.chars().next().filter(|sign| signs.contains(sign))?;
        self.rest = &self.rest[sign.len_utf8()..];
        Some(sign)
    }

    fn sum(&mut self) -> Result<(), String> {
        self.product()?;
        while let Some(sign) = self.take(&['+', '-', '−']) {
            self.product()?;
            self.ops.push(if sign == '+' { Op::Add } else { Op::Subtract });
        }
        Ok(())
    }

    fn product(&mut self) -> Result<(), String> {
        self.signed()?;
        while let Some(sign) = self.take(&['*', '×', '·', '/', '÷']) {
            self.signed()?;
            self.ops.push(if matches!(sign, '/' | '÷') { Op::Divide } else { Op::Multiply });
        }
        Ok(())
    }

    /// A sign binds weaker than a power: `-x ^ 2` is `-(x ^ 2)`.
    fn signed(&mut self) -> Result<(), String> {
        let mut is_negative = false;
        while let Some(sign) = self.take(&['+', '-', '−']) {
            is_negative ^= sign != '+';
        }
        self.atom()?;
        if self.take(&['^']).is_some() {
            self.nested(Self::signed)?; // from the right: 2 ^ 3 ^ 2 is 2 ^ 9
            self.ops.push(Op::Power);
        }
        if is_negative {
            self.ops.push(Op::Negate);
        }
        Ok(())
    }

    fn nested(&mut self, inner: fn(&mut Self) -> Result<(), String>) -> Result<(), String> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(format!("nests deeper than {DEPTH} brackets"));
        }
        inner(self)?;
        self.depth -= 1;
        Ok(())
    }

    fn atom(&mut self) -> Result<(), String> {
        if self.take(&['(']).is_some() {
            return self.bracketed();
        }
        self.skip_blanks();
        match self.rest.chars().next() {
            Some('"') => {
                let (name, rest) = self.rest[1..].split_once('"').ok_or("has a quote that isn't closed")?;
                self.rest = rest;
                self.column(name)
            }
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(),
            Some(c) if c.is_alphabetic() || c == '_' => {
                let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '.');
                let (name, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
                self.rest = rest;
                let function = FUNCTIONS.iter().position(|(known, _)| *known == name);
                match function {
                    Some(function) if self.take(&['(']).is_some() => {
                        self.bracketed()?;
                        self.ops.push(Op::Function(function));
                        Ok(())
                    }
                    _ => self.column(name),
                }
            }
            Some(_) => Err(format!("can't be read from \"{}\" on", brief(self.rest))),
            None => Err("ends too early".into()),
        }
    }

    fn bracketed(&mut self) -> Result<(), String> {
        self.nested(Self::sum)?;
        self.take(&[')']).map(|_| ()).ok_or_else(|| "has a bracket that isn't closed".into())
    }

    fn number(&mut self) -> Result<(), String> {
        let bytes = self.rest.as_bytes();
        let mut end = bytes.iter().take_while(|b| b.is_ascii_digit() || **b == b'.').count();
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'-' | b'+')));
            let digits = bytes[end + 1 + sign..].iter().take_while(|b| b.is_ascii_digit()).count();
            end += if digits > 0 { 1 + sign + digits } else { 0 };
        }
        let (text, rest) = self.rest.split_at(end);
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        self.ops.push(Op::Number(number.ok_or_else(|| format!("\"{text}\" is not a number"))?));
        self.rest = rest;
        Ok(())
    }

    fn column(&mut self, name: &str) -> Result<(), String> {
        let place = self.columns.iter().position(|column| column == name);
        let place = place.ok_or_else(|| {
            let names: Vec<&str> = self.columns.iter().take(30).map(String::as_str).collect();
            format!("\"{}\" is not a column; there are {}", brief(name), names.join(", "))
        })?;
        self.ops.push(Op::Column(place));
        Ok(())
    }
}

fn brief(text: &str) -> String {
    text.chars().take(30).collect()
}
