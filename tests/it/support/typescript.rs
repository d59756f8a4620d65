//! A JSON Schema as TypeScript: as much of both as the Spec takes.

use serde_json::{Map, Value};

/// A type for each definition, under these names in place of the schema's own.
pub fn types(schema: &Value, names: &[(&str, &str, &str)]) -> String {
    let type_of = |(key, name, what): &(&str, &str, &str)| {
        let text = one(&schema["$defs"][*key], names, 0);
        format!("/** {what} */\nexport type {name} = {text};\n")
    };
    let all: Vec<String> = names.iter().map(type_of).collect();
    all.join("\n").replace(": \n", ":\n").replace("= \n", "=\n")
}

fn one(schema: &Value, names: &[(&str, &str, &str)], depth: usize) -> String {
    if let Some(path) = schema["$ref"].as_str() {
        let key = path.rsplit('/').next().unwrap();
        return names.iter().find(|(own, ..)| *own == key).unwrap().1.into();
    }
    if let Some(value) = schema.get("const") {
        return value.to_string();
    }
    if let Some(variants) = schema["oneOf"].as_array() {
        let indent = "  ".repeat(depth);
        let parts: Vec<String> = variants.iter().map(|variant| one(variant, names, depth)).collect();
        let is_long = parts.iter().map(String::len).sum::<usize>() > 80;
        let between = if is_long { format!("\n{indent}| ") } else { " | ".into() };
        return if is_long { format!("{between}{}", parts.join(&between)) } else { parts.join(&between) };
    }
    if let Some(choices) = schema["enum"].as_array() {
        return choices.iter().map(Value::to_string).collect::<Vec<_>>().join(" | ");
    }
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => Vec::from_iter(kind.as_str()),
    };
    let kind = |kind: &&str| match *kind {
        "integer" => "number".into(),
        "array" => {
            let entry = one(&schema["items"], names, depth);
            if entry.contains([' ', '|']) { format!("({entry})[]") } else { format!("{entry}[]") }
        }
        "object" => object(schema, names, depth),
        other => other.into(),
    };
    kinds.iter().map(kind).collect::<Vec<String>>().join(" | ")
}

fn object(schema: &Value, names: &[(&str, &str, &str)], depth: usize) -> String {
    let none = Map::new();
    let fields = schema["properties"].as_object().unwrap_or(&none);
    if fields.is_empty() {
        // Names of the user's own, or no field at all.
        let entry = &schema["additionalProperties"];
        return match entry.is_object() {
            true => format!("Record<string, {}>", one(entry, names, depth)),
            false => "Record<string, never>".into(),
        };
    }
    let is_required =
        |name: &String| schema["required"].as_array().is_some_and(|all| all.contains(&name[..].into()));
    let field = |(name, field): (&String, &Value)| {
        let mark = if is_required(name) { "" } else { "?" };
        format!("{name}{mark}: {}", one(field, names, depth + 1))
    };
    let fields: Vec<String> = fields.iter().map(field).collect();
    let line = fields.join("; ");
    let indent = "  ".repeat(depth + 1);
    match line.len() < 90 && !line.contains('\n') {
        true => format!("{{ {line} }}"),
        false => format!("{{\n{indent}{};\n{}}}", fields.join(&format!(";\n{indent}")), "  ".repeat(depth)),
    }
}
