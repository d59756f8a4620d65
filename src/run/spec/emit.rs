//! The tables of fields for others: as JSON Schema for editors of experiment files, and as the short list that the
//! page imports. A test writes both and refuses stale ones.

use super::SPEC;
use super::augment::AUGMENT;
use super::data::source_names;
use super::data::{DATA, FORMULA};
use super::kind::{Field, Kind, Object, Tagged};
use super::layers::{LAYER, MOST_LAYERS};
use super::model::{INIT, MODEL, UNIFORM};
use super::optimizer::{OPTIMIZER, SCHEDULE};
use super::reading::READ;
use super::table::CLEANING_STEP;
use super::training::MOST_WEIGHT;
use crate::data::doctor::FindingKind;
use crate::data::reading::{Comment, DayOrder, Decimal, Delimiter, Escape, Quote};
use crate::data::table_spec::Kind as ColumnKind;
use crate::data::{Source, Task};
use crate::nn::Init;
use serde_json::{Map, Value, json};

/// The document as JSON Schema 2020-12: a Spec, or an experiment file of the page that holds one.
pub fn json_schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "schema.json",
        "title": "Trainyard experiment",
        "description": "A Spec, or an experiment file of the page (it has \"trainyard\") that holds one. Rules that tie \
                        several fields together are checked when it is opened.",
        "if": { "type": "object", "required": ["trainyard"] },
        "then": {
            "properties": {
                "trainyard": { "const": 1 },
                "spec": { "$ref": "#/$defs/spec" },
                "link": { "type": "string" },
                "epoch": { "type": "number" },
                "checkpoint": { "type": ["string", "null"] },
                "table": {
                    "type": ["object", "null"],
                    "properties": { "title": { "type": "string" }, "csv": { "type": "string" } },
                    "required": ["title", "csv"]
                }
            }
        },
        "else": { "$ref": "#/$defs/spec" },
        "$defs": {
            "spec": object_schema("", &SPEC, None, &[("$schema", json!({ "type": "string" }))]),
            "layer": tagged_schema("model.layers[]", &LAYER),
            "cleaningStep": tagged_schema("data.clean[]", &CLEANING_STEP),
        },
    })
}

fn object_schema(
    path: &str,
    object: &Object,
    tag: Option<(&str, &str, bool)>,
    more: &[(&str, Value)],
) -> Value {
    let mut properties = Map::new();
    let mut required = vec![];
    if let Some((tag, name, is_needed)) = tag {
        properties.insert(tag.to_owned(), json!({ "const": name }));
        required.extend(is_needed.then(|| tag.to_owned()));
    }
    for (name, schema) in more {
        properties.insert((*name).to_owned(), schema.clone());
    }
    for field in object.0 {
        properties.insert(field.name.to_owned(), field_schema(&join(path, field.name), field));
        required.extend(field.is_required.then(|| field.name.to_owned()));
    }
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    schema
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// One branch for each variant; an absent tag means the default one.
fn tagged_schema(path: &str, tagged: &Tagged) -> Value {
    let branch = |&(name, object): &(&str, &'static Object)| {
        object_schema(path, object, Some((tagged.tag, name, tagged.default != Some(name))), &[])
    };
    json!({ "oneOf": tagged.variants.iter().map(branch).collect::<Vec<_>>() })
}

fn field_schema(path: &str, field: &Field) -> Value {
    let mut schema = match field.kind {
        Kind::Number { default, low, high } => {
            let mut schema = json!({ "type": "number", "minimum": low, "maximum": high });
            if let Some(default) = default {
                schema["default"] = default.into();
            }
            schema
        }
        Kind::Integer { default, low, high, .. } => {
            json!({ "type": "integer", "minimum": low, "maximum": high, "default": default })
        }
        Kind::Flag { default } => json!({ "type": "boolean", "default": default }),
        Kind::Choice { default, names } => json!({ "enum": names, "default": default }),
        Kind::Text => json!({ "type": "string" }),
        Kind::Object(object) => object_schema(path, object, None, &[]),
        Kind::Tagged(tagged) => tagged_schema(path, tagged),
        Kind::Layers => {
            json!({ "type": "array", "maxItems": MOST_LAYERS, "items": { "$ref": "#/$defs/layer" } })
        }
        Kind::Own => own_schema(path),
    };
    let mut words = vec![];
    if !field.unit.is_empty() {
        words.push(format!("Unit: {}.", field.unit));
    }
    if field.is_live {
        words.push("May change while a run trains.".to_owned());
    }
    if !words.is_empty() {
        schema["description"] = words.join(" ").into();
    }
    // Null counts as absent.
    if field.is_required { schema } else { or_null(schema) }
}

fn or_null(mut schema: Value) -> Value {
    if let Some(kind) = schema["type"].as_str().map(str::to_owned) {
        schema["type"] = json!([kind, "null"]);
    } else if let Some(names) = schema["enum"].as_array_mut() {
        names.push(Value::Null);
    } else if let Some(branches) = schema["oneOf"].as_array_mut() {
        branches.push(json!({ "type": "null" }));
    }
    schema
}

/// What the table leaves to a field's reader.
fn own_schema(path: &str) -> Value {
    let name = path.rsplit('.').next().unwrap_or(path);
    let numbers = json!({ "type": "array", "items": { "type": "number" } });
    match path {
        "data.source" => json!({ "type": "string", "default": "circle", "pattern": "^[a-z0-9-]{1,40}$",
            "examples": source_names().collect::<Vec<_>>() }),
        "data.points" => json!({ "type": "array", "items": numbers }),
        "data.features" => json!({ "type": "array", "minItems": 1, "maxItems": crate::data::MOST_FEATURES,
            "items": { "oneOf": [{ "type": "string" }, object_schema("data.features[]", &FORMULA, None, &[])] } }),
        "data.read" => object_schema(path, &READ, None, &[]),
        "data.augment" => object_schema(path, &AUGMENT, None, &[]),
        "data.kinds" => {
            json!({ "type": "object", "additionalProperties": { "enum": names(&ColumnKind::ALL) } })
        }
        "data.clean" => json!({ "oneOf": [{ "type": "array", "items": { "$ref": "#/$defs/cleaningStep" } },
            { "type": "object", "maxProperties": 0 }] }),
        "data.clean[].rows" => {
            json!({ "type": "array", "items": { "type": "integer", "minimum": 0, "maximum": u32::MAX - 1 } })
        }
        "data.clean[].from" => json!({ "type": "array", "items": { "type": "string" } }),
        "data.clean[].to" => json!({ "enum": names(&ColumnKind::ALL) }),
        "model.init" => {
            let named = names(&Init::NAMED).into_iter().chain([UNIFORM]).collect::<Vec<_>>();
            json!({ "default": named[0], "oneOf": [{ "enum": named }, tagged_schema(path, &INIT)] })
        }
        "training.classWeights" => json!({ "oneOf": [{ "const": "balanced" },
            { "type": "array", "items": { "type": "number", "minimum": 0, "maximum": MOST_WEIGHT } }] }),
        _ => {
            let mut choices = vec![json!("auto")];
            choices.extend(reading_choices(name));
            json!({ "enum": choices, "default": "auto" })
        }
    }
}

/// What may be chosen of how a file is read, besides "auto".
fn reading_choices(name: &str) -> Vec<Value> {
    let names = match name {
        "delimiter" => names(&Delimiter::ALL),
        "comment" => names(&Comment::ALL),
        "quote" => names(&Quote::ALL),
        "escape" => names(&Escape::ALL),
        "decimal" => names(&Decimal::ALL),
        "dates" => names(&DayOrder::ALL),
        _ => return vec![true.into(), false.into()],
    };
    names.into_iter().map(Value::from).collect()
}

fn names<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
    table.iter().map(|(name, _)| *name).collect()
}

/// What the page imports. `fields`, by path: of a number `[default, least, most]`, of an integer a fourth entry 1, of a
/// flag its default, of a choice `[default, [names]]`. Where variants of an object disagree on a default, it is an
/// object by variant; where they disagree on more, the path ends in `@variant`. `variants` has, of the optimizer and the
/// schedule, the fields of each that not all have; `layers` the fields of each type by name and in order; `live` the paths
/// that may change while a run trains; `findings` what the data doctor may find; `sources` the task (0 for values, else
/// the classes), the columns and the samples of each.
pub fn page_schema() -> Value {
    let (mut fields, mut live) = (Map::new(), vec![]);
    walk("", &SPEC, &mut fields, &mut live);
    fields.insert("model.init.range".into(), limits(&INIT.variants[0].1.0[0]));
    let init = names(&Init::NAMED).into_iter().chain([UNIFORM]).collect::<Vec<_>>();
    fields.insert("model.init".into(), json!([init[0], init]));
    debug_assert!(MODEL.0.iter().chain(DATA.0).all(|field| SPEC.0.iter().all(|own| own.name != field.name)));
    let layers = LAYER.variants.iter().map(|&(name, object)| {
        let own = object.0.iter().map(|field| json!([field.name, limits(field)]));
        (name.to_owned(), own.collect::<Value>())
    });
    let sources = Source::all().map(|source| {
        let classes = match source.task() {
            Task::Regression { .. } => 0,
            Task::Classification { classes } => classes,
        };
        (source.name().to_owned(), json!([classes, source.columns(), source.samples()]))
    });
    json!({
        "fields": fields,
        "live": live,
        "variants": {
            "training.optimizer": own_fields(&OPTIMIZER),
            "training.schedule": own_fields(&SCHEDULE),
        },
        "layers": layers.collect::<Map<_, _>>(),
        "mostLayers": MOST_LAYERS,
        "kinds": names(&ColumnKind::ALL),
        "findings": names(&FindingKind::ALL),
        "sources": sources.collect::<Map<_, _>>(),
    })
}

/// By variant, the names of the fields that some variant lacks.
fn own_fields(tagged: &Tagged) -> Value {
    let has = |object: &Object, name: &str| object.0.iter().any(|field| field.name == name);
    let own = tagged.variants.iter().map(|&(variant, object)| {
        let names = object.0.iter().map(|field| field.name);
        let own = names.filter(|name| !tagged.variants.iter().all(|(_, other)| has(other, name)));
        (variant.to_owned(), own.collect::<Value>())
    });
    own.collect::<Map<_, _>>().into()
}

fn walk(path: &str, object: &Object, fields: &mut Map<String, Value>, live: &mut Vec<String>) {
    for field in object.0 {
        let path = join(path, field.name);
        match field.kind {
            Kind::Object(inner) => walk(&path, inner, fields, live),
            Kind::Tagged(tagged) => walk_tagged(&path, tagged, fields, live),
            Kind::Text | Kind::Own | Kind::Layers => {}
            _ => {
                live.extend(field.is_live.then(|| path.clone()));
                fields.insert(path, limits(field));
            }
        }
    }
}

fn walk_tagged(path: &str, tagged: &Tagged, fields: &mut Map<String, Value>, live: &mut Vec<String>) {
    let all: Vec<_> = tagged.variants.iter().map(|(name, _)| *name).collect();
    fields.insert(join(path, tagged.tag), json!([tagged.default, all]));
    let mut seen: Vec<String> = vec![];
    for (_, object) in tagged.variants {
        for field in object.0 {
            let own = join(path, field.name);
            if seen.contains(&own) {
                continue;
            }
            seen.push(own.clone());
            if let Kind::Object(inner) = field.kind {
                walk(&own, inner, fields, live);
                continue;
            }
            live.extend(field.is_live.then(|| own.clone()));
            let of = |object: &Object| object.0.iter().find(|other| other.name == field.name).map(limits);
            let each: Vec<_> =
                tagged.variants.iter().filter_map(|(name, object)| Some((*name, of(object)?))).collect();
            let ranges_agree =
                each.iter().all(|(_, limits)| limits[1] == each[0].1[1] && limits[2] == each[0].1[2]);
            if each.iter().all(|(_, limits)| *limits == each[0].1) {
                fields.insert(own, each[0].1.clone());
            } else if ranges_agree {
                let mut merged = each[0].1.clone();
                merged[0] = each
                    .iter()
                    .map(|(name, limits)| ((*name).to_owned(), limits[0].clone()))
                    .collect::<Map<_, _>>()
                    .into();
                fields.insert(own, merged);
            } else {
                for (name, limits) in each {
                    fields.insert(format!("{own}@{name}"), limits);
                }
            }
        }
    }
}

fn limits(field: &Field) -> Value {
    match field.kind {
        Kind::Number { default, low, high } => json!([default, low, high]),
        Kind::Integer { default, low, high, .. } => json!([default, low, high, 1]),
        Kind::Flag { default } => default.into(),
        Kind::Choice { default, names } => json!([default, names]),
        Kind::Text | Kind::Object(_) | Kind::Tagged(_) | Kind::Layers | Kind::Own => Value::Null,
    }
}
