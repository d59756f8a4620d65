//! As much of protocol buffers, and of ONNX's messages in them, as a graph takes. Field numbers are those of `onnx.proto`.

/// A message in the making: its fields, one after the other.
#[derive(Default)]
pub(super) struct Message(Vec<u8>);

impl Message {
    fn varint(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// A whole number; of negative ones the two's complement.
    pub(super) fn int(&mut self, field: u32, number: i64) {
        self.varint(u64::from(field) << 3);
        self.varint(number as u64);
    }

    fn float(&mut self, field: u32, number: f32) {
        self.varint(u64::from(field) << 3 | 5);
        self.0.extend(number.to_le_bytes());
    }

    fn bytes(&mut self, field: u32, bytes: &[u8]) {
        self.varint(u64::from(field) << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend(bytes);
    }

    /// A text.
    pub(super) fn text(&mut self, field: u32, text: &str) {
        self.bytes(field, text.as_bytes());
    }

    /// A message inside.
    pub(super) fn message(&mut self, field: u32, message: &Message) {
        self.bytes(field, &message.0);
    }

    /// What it comes to.
    pub(super) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Types of numbers.
#[derive(Clone, Copy)]
pub(super) enum Type {
    Float = 1,
    Int64 = 7,
    Text = 8,
    Double = 11,
}

/// The numbers of a tensor.
pub(super) enum Values<'a> {
    Floats(&'a [f32]),
    Doubles(&'a [f64]),
    Integers(&'a [i64]),
    Texts(&'a [String]),
}

/// `TensorProto`
pub(super) fn tensor(name: &str, shape: &[usize], values: &Values) -> Message {
    let mut tensor = Message::default();
    shape.iter().for_each(|&side| tensor.int(1, side as i64));
    let kind = match values {
        Values::Floats(_) => Type::Float,
        Values::Doubles(_) => Type::Double,
        Values::Integers(_) => Type::Int64,
        Values::Texts(_) => Type::Text,
    };
    tensor.int(2, kind as i64);
    if let Values::Texts(texts) = values {
        texts.iter().for_each(|text| tensor.text(6, text));
    }
    tensor.text(8, name);
    let raw: Vec<u8> = match values {
        Values::Floats(numbers) => numbers.iter().flat_map(|x| x.to_le_bytes()).collect(),
        Values::Doubles(numbers) => numbers.iter().flat_map(|x| x.to_le_bytes()).collect(),
        Values::Integers(numbers) => numbers.iter().flat_map(|x| x.to_le_bytes()).collect(),
        Values::Texts(_) => return tensor,
    };
    tensor.bytes(9, &raw);
    tensor
}

/// An attribute of a node.
pub(super) enum Attribute<'a> {
    Float(f32),
    Int(i64),
    Ints(Vec<i64>),
    Texts(&'a [String]),
}

/// `AttributeProto`
fn attribute(name: &str, value: &Attribute) -> Message {
    let mut message = Message::default();
    message.text(1, name);
    let kind = match value {
        Attribute::Float(number) => {
            message.float(2, *number);
            1
        }
        Attribute::Int(number) => {
            message.int(3, *number);
            2
        }
        Attribute::Ints(numbers) => {
            numbers.iter().for_each(|&number| message.int(8, number));
            7
        }
        Attribute::Texts(texts) => {
            texts.iter().for_each(|text| message.text(9, text));
            8
        }
    };
    message.int(20, kind);
    message
}

/// `NodeProto`
pub(super) fn node(
    op: &str,
    name: &str,
    inputs: &[&str],
    output: &str,
    attributes: &[(&str, Attribute)],
    domain: &str,
) -> Message {
    let mut node = Message::default();
    inputs.iter().for_each(|input| node.text(1, input));
    node.text(2, output);
    node.text(3, name);
    node.text(4, op);
    attributes.iter().for_each(|(name, value)| node.message(5, &attribute(name, value)));
    if !domain.is_empty() {
        node.text(7, domain);
    }
    node
}

/// `ValueInfoProto` of a tensor with a row in each of `N`, and sides behind it.
pub(super) fn value(name: &str, kind: Type, sides: &[usize], about: &str) -> Message {
    let mut shape = Message::default();
    let mut rows = Message::default();
    rows.text(2, "N");
    shape.message(1, &rows);
    for &side in sides {
        let mut dimension = Message::default();
        dimension.int(1, side as i64);
        shape.message(1, &dimension);
    }
    let mut tensor = Message::default();
    tensor.int(1, kind as i64);
    tensor.message(2, &shape);
    let mut is = Message::default();
    is.message(1, &tensor);
    let mut value = Message::default();
    value.text(1, name);
    value.message(2, &is);
    value.text(3, about);
    value
}

/// `StringStringEntryProto`, or `OperatorSetIdProto` with a number.
pub(super) fn entry(key: &str, value: &str) -> Message {
    let mut entry = Message::default();
    entry.text(1, key);
    entry.text(2, value);
    entry
}
