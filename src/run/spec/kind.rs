//! What a field of the document may hold.

/// An object: its fields, in the order they are named in.
pub(super) struct Object(pub(super) &'static [Field]);

/// One of several objects, told apart by a field.
pub(super) struct Tagged {
    /// The field that tells.
    pub(super) tag: &'static str,
    /// Which it is where the tag is absent, or the whole object.
    pub(super) default: Option<&'static str>,
    /// Each with its name.
    pub(super) variants: &'static [(&'static str, &'static Object)],
}

/// A field of an object.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// What its numbers count; empty where they have no unit.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) unit: &'static str,
    /// Whether a run may be told another value while it trains.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) is_live: bool,
    /// Whether an object must have it.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) is_required: bool,
    /// Left out of a written document where its value is null: documents from before the field lack it too.
    pub(super) is_left_out: bool,
}

/// What a value may be; null counts as absent throughout, but for [`Kind::Integer`] that may be null on purpose.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(all(feature = "table", not(target_arch = "wasm32"))),
    expect(dead_code, reason = "emit.rs alone looks inside")
)]
pub(super) enum Kind {
    /// Within `low..=high`. Without a default it may be absent.
    Number {
        default: Option<f64>,
        low: f64,
        high: f64,
    },
    /// Within `low..=high`. `is_optional`: null means that there is none.
    Integer {
        default: Option<u32>,
        low: u32,
        high: u32,
        is_optional: bool,
    },
    Flag {
        default: bool,
    },
    Choice {
        default: &'static str,
        names: &'static [&'static str],
    },
    Text,
    Object(&'static Object),
    Tagged(&'static Tagged),
    /// A list of the layers that there are.
    Layers,
    /// What only its reader can say; `emit.rs` has its schema.
    Own,
}

const fn field(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        #[cfg(not(target_arch = "wasm32"))]
        unit: "",
        #[cfg(not(target_arch = "wasm32"))]
        is_live: false,
        #[cfg(not(target_arch = "wasm32"))]
        is_required: false,
        is_left_out: false,
    }
}

pub(super) const fn number(name: &'static str, default: f64, low: f64, high: f64) -> Field {
    field(name, Kind::Number { default: Some(default), low, high })
}

pub(super) const fn integer(name: &'static str, default: u32, low: u32, high: u32) -> Field {
    field(name, Kind::Integer { default: Some(default), low, high, is_optional: false })
}

/// Without a default: absent and null say that there is none.
pub(super) const fn optional(field: Field) -> Field {
    let kind = match field.kind {
        Kind::Number { low, high, .. } => Kind::Number { default: None, low, high },
        Kind::Integer { low, high, .. } => Kind::Integer { default: None, low, high, is_optional: true },
        other => other,
    };
    Field { kind, ..field }
}

pub(super) const fn flag(name: &'static str, default: bool) -> Field {
    field(name, Kind::Flag { default })
}

pub(super) const fn choice(
    name: &'static str,
    default: &'static str,
    names: &'static [&'static str],
) -> Field {
    field(name, Kind::Choice { default, names })
}

pub(super) const fn text(name: &'static str) -> Field {
    field(name, Kind::Text)
}

pub(super) const fn object(name: &'static str, object: &'static Object) -> Field {
    field(name, Kind::Object(object))
}

pub(super) const fn tagged(name: &'static str, tagged: &'static Tagged) -> Field {
    field(name, Kind::Tagged(tagged))
}

pub(super) const fn layers(name: &'static str) -> Field {
    field(name, Kind::Layers)
}

pub(super) const fn own(name: &'static str) -> Field {
    field(name, Kind::Own)
}

impl Field {
    /// Names what its numbers count.
    #[cfg_attr(
        target_arch = "wasm32",
        expect(unused_mut, unused_variables, reason = "only the schema says it")
    )]
    pub(super) const fn unit(mut self, unit: &'static str) -> Field {
        #[cfg(not(target_arch = "wasm32"))]
        {
            self.unit = unit;
        }
        self
    }

    /// A run may be told another value while it trains.
    #[cfg_attr(target_arch = "wasm32", expect(unused_mut, reason = "only the schema says it"))]
    pub(super) const fn live(mut self) -> Field {
        #[cfg(not(target_arch = "wasm32"))]
        {
            self.is_live = true;
        }
        self
    }

    /// An object must have it: its reader refuses null.
    #[cfg_attr(target_arch = "wasm32", expect(unused_mut, reason = "only the schema says it"))]
    pub(super) const fn required(mut self) -> Field {
        #[cfg(not(target_arch = "wasm32"))]
        {
            self.is_required = true;
        }
        self
    }

    /// An optional integer that isn't null where it is absent.
    pub(super) const fn or(self, absent: u32) -> Field {
        match self.kind {
            Kind::Integer { low, high, is_optional, .. } => {
                Field { kind: Kind::Integer { default: Some(absent), low, high, is_optional }, ..self }
            }
            _ => self,
        }
    }

    /// Left out of a written document where it is null.
    pub(super) const fn written_if_set(self) -> Field {
        Field { is_left_out: true, ..self }
    }
}

/// The names of a table of names and values.
pub(super) const fn names<T, const N: usize>(table: &[(&'static str, T); N]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut i = 0;
    while i < N {
        names[i] = table[i].0;
        i += 1;
    }
    names
}
