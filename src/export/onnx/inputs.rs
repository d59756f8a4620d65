//! From raw columns to what the net sees, as nodes: gaps filled, features derived, names as zeros and ones, all scaled.

use super::graph::Graph;
use super::proto::{Attribute, Type, Values};
use crate::data::encode::Statistic;
use crate::data::{Dataset, Feature};
use crate::export::Exporter;
use crate::json::Value;

/// A column as the features find it: its numbers, or the indices of its names.
struct Column {
    name: String,
    value: String,
}

impl Exporter {
    /// All of it, and the name of what the net sees.
    pub(super) fn inputs(&self, graph: &mut Graph) -> String {
        let data = self.run.data();
        if data.columns.is_empty() {
            return self.image(graph);
        }
        let columns: Vec<Column> =
            (0..data.columns.len()).map(|column| self.raw_column(graph, column)).collect();
        let (features, scales) = (self.run.encoder().features(), self.run.encoder().statistics());
        let mut parts: Vec<String> = vec![];
        let mut at = 0;
        while at < features.len() {
            // The names of one column stand side by side, and are told apart at once.
            let names = names_from(&features[at..]);
            if names.is_empty() {
                parts.push(feature(graph, &columns, &features[at], scales[at], data));
                at += 1;
            } else {
                let Feature::Is(column, _) = features[at] else { break };
                parts.push(one_hot(graph, &columns[column], &names));
                at += names.len();
            }
        }
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let all = graph.node("Concat", "features", &parts, &[("axis", Attribute::Int(1))]);
        scaled(graph, &all, &[features.len()], scales)
    }

    fn image(&self, graph: &mut Graph) -> String {
        let (data, scales) = (self.run.data(), self.run.encoder().statistics());
        let image =
            graph.input("image", Type::Float, &data.shape, "Pixels as the run was given them, channel by channel: of the page's pictures brightness from 0 to 1.");
        let wide = graph.cast("image in 64 bits", &image, Type::Double);
        let shape = if data.shape.len() == 3 { vec![data.shape[0], 1, 1] } else { data.shape.clone() };
        scaled(graph, &wide, &shape, scales)
    }

    fn raw_column(&self, graph: &mut Graph, column: usize) -> Column {
        let data = self.run.data();
        let (name, names) = (&data.columns[column], data.categories(column));
        let origin = self.origins.get(column);
        let unit = origin.and_then(|origin| origin.unit.as_deref());
        let fill = self.run.encoder().fills().get(column).copied().filter(|fill| !fill.is_nan());
        if names.is_empty() {
            let about = match unit {
                Some(unit) => format!("In {unit}; NaN for a gap."),
                None => "NaN for a gap.".into(),
            };
            let input = graph.input(name, Type::Double, &[1], &about);
            let Some(fill) = fill else { return Column { value: input, name: name.clone() } };
            let is_gap = graph.node("IsNaN", &format!("{name}: is a gap"), &[&input], &[]);
            let fill = graph.number(&format!("{name}: for a gap"), fill);
            let value = graph.node("Where", &format!("{name}: filled"), &[&is_gap, &fill, &input], &[]);
            return Column { value, name: name.clone() };
        }
        let input = graph.input(name, Type::Text, &[1], "A name; empty for a gap.");
        let mut keys = names.to_vec();
        let mut values: Vec<i64> = (0..names.len() as i64).collect();
        for (spelling, stands_for) in origin.iter().flat_map(|origin| &origin.aliases) {
            if let Some(index) = names.iter().position(|name| name == stands_for) {
                keys.push(spelling.clone());
                values.push(index as i64);
            }
        }
        if let Some(fill) = fill {
            keys.push(String::new());
            values.push(fill as i64);
        }
        let known = [
            ("keys_strings", Attribute::Texts(&keys)),
            ("values_int64s", Attribute::Ints(values)),
            ("default_int64", Attribute::Int(-1)),
        ];
        let value = graph.node("LabelEncoder", &format!("{name}: index of its name"), &[&input], &known);
        Column { value, name: name.clone() }
    }
}

/// The names that stand one after the other at the beginning, all of the first one's column.
fn names_from(features: &[Feature]) -> Vec<usize> {
    let Some(Feature::Is(column, _)) = features.first() else { return vec![] };
    let name = |feature: &Feature| match feature {
        Feature::Is(own, name) if own == column => Some(*name),
        _ => None,
    };
    features.iter().map_while(name).collect()
}

/// A column of names as zeros and ones, a column a name.
fn one_hot(graph: &mut Graph, column: &Column, names: &[usize]) -> String {
    let indices: Vec<i64> = names.iter().map(|&name| name as i64).collect();
    let known = format!("{}: names it learned from", column.name);
    let known = graph.constant(&known, &[1, names.len()], &Values::Integers(&indices));
    let is = graph.node("Equal", &format!("{}: which name", column.name), &[&column.value, &known], &[]);
    graph.cast(&format!("{}: zeros and ones", column.name), &is, Type::Double)
}

/// A number derived from columns.
fn feature(graph: &mut Graph, columns: &[Column], own: &Feature, scale: Statistic, data: &Dataset) -> String {
    let label = own.label(data);
    let used = own.columns();
    let place = used.first().copied().unwrap_or(0);
    // One value throughout the training rows says nothing of others: it counts as that one whatever comes, gaps too.
    if scale.spread == 0.0 {
        return repeated(graph, &label, &columns[place], scale.offset);
    }
    let value = &columns[place].value;
    match own {
        Feature::Column(_) | Feature::Is(..) => value.clone(),
        Feature::Square(_) => graph.node("Mul", &label, &[value, value], &[]),
        Feature::Product(_, other) => graph.node("Mul", &label, &[value, &columns[*other].value], &[]),
        Feature::Sine(_) => graph.node("Sin", &label, &[value], &[]),
        Feature::Cosine(_) => cosine(graph, &label, value),
        Feature::Formula(formula) if used.is_empty() => {
            repeated(graph, &label, &columns[place], formula.value(&[]))
        }
        Feature::Formula(formula) => term(graph, columns, &label, &formula.tree()),
    }
}

/// A number for as many rows as a column has.
fn repeated(graph: &mut Graph, label: &str, column: &Column, number: f64) -> String {
    let value = &column.value;
    let is = graph.node("Equal", &format!("{label}: of each row"), &[value, value], &[]);
    let is = graph.cast(&format!("{label}: 0 or 1 of each row"), &is, Type::Double);
    let zero = graph.number(&format!("{label}: 0"), 0.0);
    let zero = graph.node("Mul", &format!("{label}: 0 of each row"), &[&is, &zero], &[]);
    let number = graph.number(&format!("{label}: its only value"), number);
    graph.node("Add", label, &[&zero, &number], &[])
}

/// ONNX Runtime has the cosine in 32 bits alone: the sine a quarter of a turn on is the same.
fn cosine(graph: &mut Graph, label: &str, value: &str) -> String {
    let quarter = graph.number("a quarter of a turn", std::f64::consts::FRAC_PI_2);
    let on = graph.node("Add", &format!("{label}: a quarter on"), &[value, &quarter], &[]);
    graph.node("Sin", label, &[&on], &[])
}

/// A formula, operation by operation.
fn term(graph: &mut Graph, columns: &[Column], label: &str, tree: &Value) -> String {
    let parts = tree.as_array().map_or(&[][..], Vec::as_slice);
    let name = parts.first().and_then(Value::as_str).unwrap_or("");
    match name {
        "number" => return graph.number(label, parts[1].as_f64().unwrap_or(f64::NAN)),
        "column" => return columns[parts[1].as_u64().unwrap_or(0) as usize].value.clone(),
        _ => {}
    }
    let inner = |graph: &mut Graph, place: usize| term(graph, columns, label, &parts[place]);
    let first = inner(graph, 1);
    if parts.len() == 2 {
        let op = match name {
            "negate" => "Neg",
            "sin" => "Sin",
            "cos" => return cosine(graph, label, &first),
            "exp" => "Exp",
            "ln" => "Log",
            "sqrt" => "Sqrt",
            _ => "Abs",
        };
        return graph.node(op, label, &[&first], &[]);
    }
    let second = inner(graph, 2);
    let op = match name {
        "+" => "Add",
        "-" => "Sub",
        "*" => "Mul",
        "/" => "Div",
        _ => "Pow",
    };
    graph.node(op, label, &[&first, &second], &[])
}

/// Centered and scaled in 64 bits, then in 32.
fn scaled(graph: &mut Graph, from: &str, shape: &[usize], scales: &[Statistic]) -> String {
    let offsets: Vec<f64> = scales.iter().map(|scale| scale.offset).collect();
    let is_plain = scales.iter().all(|scale| scale.offset == 0.0 && scale.spread == 1.0);
    let mut all = from.to_owned();
    if !is_plain {
        // What has no spread is at its offset already, or an image's channel of one value: then times 0.
        let spreads: Vec<f64> = scales
            .iter()
            .map(|scale| if scale.spread == 0.0 { f64::INFINITY } else { scale.spread })
            .collect();
        let offsets = graph.constant("offsets", shape, &Values::Doubles(&offsets));
        let spreads = graph.constant("spreads", shape, &Values::Doubles(&spreads));
        all = graph.node("Sub", "centered", &[&all, &offsets], &[]);
        all = graph.node("Div", "scaled", &[&all, &spreads], &[]);
    }
    graph.cast("inputs of the net", &all, Type::Float)
}
