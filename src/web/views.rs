//! What is asked for to draw rows of many columns: two columns against each other, principal components, a formula tried out.

use super::convert::{object, plain, set, throw, wide};
use super::reads;
use super::table::{Table, Thrown, data_spec};
use super::trainer::Trainer;
use crate::data::summary::Scatter;
use crate::data::{Feature, FeatureSpec};
use crate::error::{Error, Result};
use crate::run::{Run, Spec};
use js_sys::{Promise, Uint8Array};
use serde_json::json;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
impl Trainer {
    /// The plane on which the training rows spread most, as the net sees them, and where all rows lie on it. Throws
    /// where the net is shown one number alone, or too many.
    #[wasm_bindgen(unchecked_return_type = "Components")]
    pub fn components(&self) -> Thrown<JsValue> {
        throw(components(&self.run.borrow()))
    }

    /// The same as `classify` for rows as the net sees them: encoded, one number an input.
    #[wasm_bindgen(js_name = classifyEncoded, unchecked_return_type = "Promise<Answers>")]
    pub fn classify_encoded(&self, encoded: Vec<f32>) -> Promise {
        reads::classify_encoded(&self.run, encoded)
    }
}

#[wasm_bindgen]
impl Table {
    /// The same of the rows that a run with this `data` and seed would have.
    #[wasm_bindgen(unchecked_return_type = "Components")]
    pub fn components(
        &self,
        #[wasm_bindgen(unchecked_param_type = "object")] data: JsValue,
        seed: u32,
    ) -> Thrown<JsValue> {
        throw(data_spec(data).and_then(|data| {
            let spec = Spec { data, seed, ..Spec::from_json(&json!({}))? };
            let seen = self.seen(&spec.data)?;
            components(&Run::of_seen(spec, &seen)?)
        }))
    }

    /// Two columns and the target of rows that have both, at most `most` of them. Throws for columns that aren't there.
    #[wasm_bindgen(unchecked_return_type = "Scatter")]
    pub fn scatter(
        &self,
        #[wasm_bindgen(unchecked_param_type = "object")] data: JsValue,
        x: &str,
        y: &str,
        most: u32,
    ) -> Thrown<JsValue> {
        throw(self.scattered(data, [x, y], most as usize).map(|scatter| {
            let names = &scatter.names;
            let kinds = scatter.kinds.map(|kind| kind.name());
            let result = plain(
                &json!({ "kinds": kinds, "names": names, "classes": scatter.classes, "rows": scatter.rows }),
            );
            for (key, values) in ["x", "y", "target"].iter().zip(&scatter.values) {
                set(&result, key, &wide(values));
            }
            result
        }))
    }

    /// What a formula over these columns gives: `problem` is a sentence where it can't be used.
    #[wasm_bindgen(js_name = tryFormula, unchecked_return_type = "FormulaTried")]
    pub fn try_formula(
        &self,
        #[wasm_bindgen(unchecked_param_type = "object")] data: JsValue,
        text: &str,
    ) -> Thrown<JsValue> {
        let tried = match self.tried(data, text) {
            Ok([low, high]) => Ok(json!({ "problem": null, "low": low, "high": high })),
            Err(Error::Spec { what, .. }) => Ok(json!({ "problem": what, "low": null, "high": null })),
            Err(other) => Err(other),
        };
        throw(tried.map(|tried| plain(&tried)))
    }
}

impl Table {
    fn scattered(&self, data: JsValue, names: [&str; 2], most: usize) -> Result<Scatter> {
        let place = |name: &str| {
            let unknown = || Error::Data { what: format!("\"{name}\" is not a column of the table") };
            self.rows().find(name).ok_or_else(unknown)
        };
        let places = [place(names[0])?, place(names[1])?];
        Ok(self.seen(&data_spec(data)?)?.scatter(places, most))
    }

    /// The least and the most that a formula gives; rows with gaps that something stands in for don't count.
    fn tried(&self, data: JsValue, text: &str) -> Result<[f64; 2]> {
        let (rows, _) = self.seen(&data_spec(data)?)?.prepare()?;
        let feature = Feature::of_spec(&FeatureSpec::Formula(text.to_owned()), 0, &rows)?;
        let used = feature.columns();
        let mut range = [f64::INFINITY, f64::NEG_INFINITY];
        for (index, row) in rows.inputs.chunks_exact(rows.width()).enumerate() {
            if used.iter().any(|&column| row[column].is_nan()) {
                continue;
            }
            let value = feature.value(row);
            if !value.is_finite() {
                let row =
                    rows.about().and_then(|about| about.rows.get(index)).map_or(index, |&row| row as usize);
                let what = format!("\"{text}\" is not a finite number in row {}", row + 1);
                return Err(Error::Spec { path: "data.features".into(), what });
            }
            range = [range[0].min(value), range[1].max(value)];
        }
        Ok(range)
    }
}

/// Components and the places of all rows on them.
fn components(run: &Run) -> Result<JsValue> {
    let found = run.components()?;
    let data = run.data();
    let places = found.project(&run.encoder().transform(&data.inputs));
    let mut parts = vec![0_u8; data.rows()];
    run.split().validation.iter().for_each(|&row| parts[row as usize] = 1);
    run.split().test.iter().for_each(|&row| parts[row as usize] = 2);
    let names: Vec<String> = run.features().iter().map(|feature| feature.label(data)).collect();
    let classes = data.about().map(|about| about.classes.as_slice()).unwrap_or_default();
    let result = plain(&json!({ "shares": found.shares, "names": names, "classes": classes }));
    set(&result, "mean", &wide(&found.mean));
    set(
        &result,
        "axes",
        &[wide(&found.axes[0]), wide(&found.axes[1])].into_iter().collect::<js_sys::Array>().into(),
    );
    let points = object(&[
        ("inputs", wide(&places.iter().map(|&place| place.into()).collect::<Vec<f64>>())),
        ("targets", wide(&data.targets)),
        ("part", Uint8Array::from(parts.as_slice()).into()),
    ]);
    set(&result, "points", &points);
    Ok(result)
}
