//! Which settings to try, and which model to take: rules without a run, as JavaScript asks for them.

use super::super::convert::{object, throw, wide};
use super::options::{Options, numbers, what_is};
use crate::error::{Error, Result};
use crate::study::search::{self, Axis, MOST_TRIALS};
use crate::study::verdict::{self as rule, Rule, Verdict};
use js_sys::{Array, Uint32Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

type Thrown<T> = std::result::Result<T, JsValue>;

/// Whether a larger model is worth it beside a simple one, by their scores in the same folds (more is better): a written
/// rule, with its numbers. Throws for lists of different lengths, fewer than two folds, and what isn't finite.
#[wasm_bindgen(unchecked_return_type = "VerdictReport")]
pub fn verdict(
    #[wasm_bindgen(unchecked_param_type = "ArrayLike<number>")] large: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "ArrayLike<number>")] simple: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "VerdictOptions")] options: &JsValue,
) -> Thrown<JsValue> {
    throw(judge(large, simple, options))
}

fn judge(large: &JsValue, simple: &JsValue, options: &JsValue) -> Result<JsValue> {
    let known = ["folds", "constant", "level", "least", "margin", "share"];
    let options = Options::new(options, &known)?;
    let (large, simple) = (numbers(large, "large")?, numbers(simple, "simple")?);
    let constant = options.numbers("constant")?;
    let folds = options.count("folds", 2..=1 << 24)?.unwrap_or((large.len() as u32).max(2));
    let base = Rule::of_folds(folds);
    let rule = Rule {
        ratio: base.ratio,
        level: options.number("level", 1e-9..=0.5)?.unwrap_or(base.level),
        least: options.number("least", 0.0..=1e9)?.unwrap_or(base.least),
        margin: options.number("margin", 0.0..=1e9)?.unwrap_or(base.margin),
        share: options.number("share", 0.0..=1.0)?.unwrap_or(base.share),
    };
    let Verdict { answer, comparison, has_learned } =
        rule::verdict(&large, &simple, constant.as_deref(), &rule)?;
    Ok(object(&[
        ("answer", answer.name().into()),
        ("difference", comparison.difference.into()),
        ("deviation", comparison.deviation.into()),
        ("low", comparison.low.into()),
        ("high", comparison.high.into()),
        ("t", comparison.t.into()),
        ("p", comparison.p.into()),
        ("wins", comparison.wins.into()),
        ("losses", comparison.losses.into()),
        ("folds", comparison.folds.into()),
        ("hasLearned", has_learned.map_or(JsValue::NULL, JsValue::from)),
    ]))
}

/// The one-standard-error rule: the place of the simplest candidate whose mean score is within one standard error of the best
/// one's; `undefined` without a finite mean. `errors`: standard errors, deviation / √folds. `costs`: more is less simple.
#[wasm_bindgen]
pub fn simplest(
    #[wasm_bindgen(unchecked_param_type = "ArrayLike<number>")] means: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "ArrayLike<number>")] errors: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "ArrayLike<number>")] costs: &JsValue,
) -> Thrown<Option<u32>> {
    throw((|| {
        let (means, errors) = (numbers(means, "means")?, numbers(errors, "errors")?);
        let costs = numbers(costs, "costs")?;
        for (name, list) in [("errors", &errors), ("costs", &costs)] {
            if list.len() != means.len() {
                let what = format!("{name} holds {} numbers for {} means", list.len(), means.len());
                return Err(Error::Data { what });
            }
        }
        Ok(rule::simplest(&means, &errors, &costs).map(|place| place as u32))
    })())
}

/// Settings to try: all combinations ("grid") or drawn ones ("random"). A list of numbers a trial, one an axis. Throws for
/// an axis without values, and beyond 10,000 trials.
#[wasm_bindgen(unchecked_return_type = "Float64Array[]")]
pub fn trials(
    #[wasm_bindgen(unchecked_param_type = "SearchAxis[]")] axes: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "SearchOptions")] options: &JsValue,
) -> Thrown<JsValue> {
    throw((|| {
        let options = Options::new(options, &["by", "points", "trials", "seed"])?;
        let axes = read_axes(axes)?;
        let planned = match options.word("by", "grid").as_str() {
            "grid" => search::grid(&axes, options.count("points", 1..=MOST_TRIALS)?.unwrap_or(5)),
            "random" => search::random(
                &axes,
                options.count("trials", 1..=MOST_TRIALS)?.unwrap_or(20),
                options.count("seed", 0..=u32::MAX)?.unwrap_or(7),
            ),
            other => {
                let what = format!("\"{other}\" is neither \"grid\" nor \"random\"");
                Err(Error::Spec { path: "by".into(), what })
            }
        };
        Ok(planned?.iter().map(|trial| wide(trial)).collect::<Array>().into())
    })())
}

fn read_axes(axes: &JsValue) -> Result<Vec<Axis>> {
    let refuse = |path: String, what: String| Err(Error::Spec { path, what });
    let Some(list) = axes.dyn_ref::<Array>() else {
        return refuse("axes".into(), format!("{} is not a list", what_is(axes)));
    };
    let read = |(place, value): (usize, JsValue)| {
        let at = |error: Error| match error {
            Error::Spec { path, what } => Error::Spec { path: format!("axes[{place}].{path}"), what },
            other => other,
        };
        let axis = || {
            let own = Options::new(&value, &["values", "low", "high", "log", "whole"])?;
            if let Some(values) = own.get("values") {
                return numbers(&values, "values").map(Axis::Values);
            }
            let end = |key: &str| {
                let missing =
                    Error::Spec { path: key.into(), what: "is missing: give both ends, or values".into() };
                own.number(key, f64::MIN..=f64::MAX)?.ok_or(missing)
            };
            Ok(Axis::Range {
                low: end("low")?,
                high: end("high")?,
                is_log: own.flag("log")?.unwrap_or(false),
                is_whole: own.flag("whole")?.unwrap_or(false),
            })
        };
        axis().map_err(at)
    };
    list.iter().enumerate().map(read).collect()
}

/// The rungs of successive halving: how many trials go on, each time the best of the rung before, and for how many epochs
/// in all. Throws for a number out of range.
#[wasm_bindgen(unchecked_return_type = "{ trials: number; epochs: number }[]")]
pub fn halving(
    #[wasm_bindgen(unchecked_param_type = "{ trials: number; epochs: number; factor?: number }")]
    options: &JsValue,
) -> Thrown<JsValue> {
    throw((|| {
        let options = Options::new(options, &["trials", "epochs", "factor"])?;
        let rungs = search::halving(
            options.count("trials", 1..=MOST_TRIALS)?.unwrap_or(27),
            options.count("epochs", 1..=1_000_000_000)?.unwrap_or(100),
            options.count("factor", 2..=10)?.unwrap_or(3),
        )?;
        let rung =
            |rung: &search::Rung| object(&[("trials", rung.trials.into()), ("epochs", rung.epochs.into())]);
        Ok(rungs.iter().map(rung).collect::<Array>().into())
    })())
}

/// Places of the `count` best scores, the best first, of equals the earlier; NaN comes last.
#[wasm_bindgen]
pub fn survivors(
    #[wasm_bindgen(unchecked_param_type = "ArrayLike<number>")] scores: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] count: &JsValue,
) -> Thrown<Uint32Array> {
    throw(numbers(scores, "scores").map(|scores| {
        let count = count.as_f64().unwrap_or(0.0).max(0.0) as usize;
        Uint32Array::from(search::survivors(&scores, count).as_slice())
    }))
}
