//! `Baseline`: a simpler model, as JavaScript holds it.

use super::convert::{document, numbers, object, rows, throw, wide};
use crate::error::{Error, Result};
use crate::study::baselines::{self, Kind, OPTIONS, Options};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r##"
/**
 * `constant`: the mean, or the share of each class. `ridge` and `lasso` predict values, `logistic` classes; the others both.
 * Each means what scikit-learn's model does, with its defaults.
 */
export type BaselineKind = "constant" | "ridge" | "lasso" | "logistic" | "knn" | "tree" | "forest";

/** Hyperparameters; each kind goes by its own ones. What is absent or null takes its default. */
export interface BaselineOptions {
  /** Of ridge, lasso and logistic, 0…1e9, by default 1: scikit-learn's `alpha`, and 1/C for logistic. */
  penalty?: number | null;
  /** Of knn, 1…1e6, by default 5; all rows where there are fewer. */
  neighbors?: number | null;
  /** Of trees, 1…1e6: questions from the root to a leaf at most; by default there is no limit. */
  maxDepth?: number | null;
  /** Of trees, 1…1e6, by default 1: rows that a leaf holds at least. */
  minLeaf?: number | null;
  /** Of a forest, 1…10,000, by default 100. */
  trees?: number | null;
  /** Of a forest, 0…4,294,967,295, by default 0. */
  seed?: number | null;
}

/** A linear model: outputs are inputs · weights + intercepts; logits are, where there are classes. */
export interface Coefficients {
  /** outputs × features, row-major; one output for two classes. */
  weights: Float64Array;
  /** One an output; −∞ for a class that had no rows. */
  intercepts: Float64Array;
}

export interface BaselineFacts {
  kind: BaselineKind;
  /** All of them, defaults included. */
  options: { penalty: number; neighbors: number; maxDepth: number | null; minLeaf: number; trees: number; seed: number };
  /** Numbers in a row of inputs. */
  features: number;
  /** Columns of what it predicts. */
  outputs: number;
  /** Rows that it was fitted to. */
  rows: number;
  /** Numbers that it keeps: weights and intercepts; all rows of knn; a feature and a threshold a split and the values of each leaf. */
  parameterCount: number;
  /** Of all trees; null for other kinds. */
  leaves: number | null;
}
"##;

/// A simpler model, fitted to rows.
#[wasm_bindgen]
pub struct Baseline {
    baseline: baselines::Baseline,
}

#[wasm_bindgen]
impl Baseline {
    /// Fits a baseline to all rows, which are taken as they are: nothing is shuffled, split or scaled. Takes as long as it
    /// takes; a worker can be ended meanwhile. Throws a `TrainyardError` that names the field that doesn't fit.
    pub fn fit(
        #[wasm_bindgen(unchecked_param_type = "BaselineKind")] kind: JsValue,
        #[wasm_bindgen(unchecked_param_type = "BaselineOptions | null | undefined")] options: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Rows")] rows: JsValue,
    ) -> std::result::Result<Baseline, JsValue> {
        throw(fitted(&kind, options, &rows))
    }

    /// Predictions, rows × outputs, for rows in the shape of those it was fitted to: values in the targets' unit, or
    /// probabilities of classes. Two classes have one column, the second one's probability, as `Trainer.predict` has it.
    #[wasm_bindgen(unchecked_return_type = "Float64Array")]
    pub fn predict(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Float32Array | Float64Array")] inputs: &JsValue,
    ) -> std::result::Result<JsValue, JsValue> {
        let answers = numbers(inputs, "inputs").and_then(|inputs| self.baseline.predict(&inputs));
        throw(answers.map(|answers| wide(&answers)))
    }

    /// Weights and intercepts of ridge, lasso and logistic; `undefined` for the others.
    #[wasm_bindgen(unchecked_return_type = "Coefficients | undefined")]
    pub fn coefficients(&self) -> JsValue {
        let Some(found) = self.baseline.coefficients() else { return JsValue::UNDEFINED };
        object(&[("weights", wide(&found.weights)), ("intercepts", wide(&found.intercepts))])
    }

    /// What it is, and how large.
    #[wasm_bindgen(unchecked_return_type = "BaselineFacts")]
    pub fn describe(&self) -> JsValue {
        let own = &self.baseline;
        let or_null = |number: Option<f64>| number.map_or(JsValue::NULL, JsValue::from);
        let values = own.options().values().map(or_null);
        let options: Vec<_> = OPTIONS.iter().map(|range| range.name).zip(values).collect();
        object(&[
            ("kind", own.kind().name().into()),
            ("options", object(&options)),
            ("features", (own.features() as f64).into()),
            ("outputs", (own.outputs() as f64).into()),
            ("rows", (own.rows() as f64).into()),
            ("parameterCount", (own.parameters() as f64).into()),
            ("leaves", or_null(own.leaves().map(|leaves| leaves as f64))),
        ])
    }
}

fn fitted(kind: &JsValue, options: JsValue, given: &JsValue) -> Result<Baseline> {
    let Some(name) = kind.as_string() else {
        return Err(Error::Spec { path: "kind".into(), what: "is not a text".into() });
    };
    let kind = Kind::named(&name)?;
    let options = Options::from_json(&document(options)?)?;
    Ok(Baseline { baseline: baselines::Baseline::fit(kind, &options, &rows(given)?)? })
}
