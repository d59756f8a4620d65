//! `folds`: rows dealt into groups, as JavaScript asks for them.

use super::super::convert::throw;
use super::folding::FOLDING;
use super::options::{self, Options};
use crate::error::Result;
use crate::study::folds::MOST_REPEATS;
use crate::study::{self, FoldOptions};
use js_sys::{Array, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Deals `count` rows into folds: the fold of each row, a list for each repeat. Folds differ by one row at most, with
/// `stratify` by one row of each class; `groups` are never cut; `blocked` folds are rows that follow one another.
/// A `Uint32Array` each where there are more than 256 folds, in leave-one-out of as many rows.
#[wasm_bindgen(unchecked_return_type = "(Uint8Array | Uint32Array)[]")]
pub fn folds(
    #[wasm_bindgen(unchecked_param_type = "number")] count: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "FoldOptions")] options: JsValue,
) -> std::result::Result<JsValue, JsValue> {
    throw(dealt(&count, &options))
}

fn dealt(count: &JsValue, options: &JsValue) -> Result<JsValue> {
    const MOST_ROWS: u32 = 1 << 24;
    // Nothing at all is refused as too few rows are.
    let is_absent = count.is_undefined() || count.is_null();
    let rows = if is_absent { 0 } else { options::count(count, "count", 2..=MOST_ROWS)? };
    let options = Options::new(options, &FOLDING)?;
    let (strata, groups) = (options.indices("stratify")?, options.groups("groups")?);
    let times = options.numbers("times")?;
    let folds = options.count("folds", 2..=MOST_ROWS)?.unwrap_or(10);
    let dealt = study::folds(
        rows as usize,
        &FoldOptions {
            folds,
            repeats: options.count("repeats", 1..=MOST_REPEATS)?.unwrap_or(1),
            seed: options.count("seed", 0..=u32::MAX)?.unwrap_or(7),
            strata: strata.as_deref(),
            groups: groups.as_deref(),
            blocked: options.flag("blocked")?.unwrap_or(false),
            times: times.as_deref(),
        },
    )?;
    let list = dealt.iter().map(|repeat| fold_numbers(repeat, folds));
    Ok(list.collect::<Array>().into())
}

/// A byte a row as long as it holds every fold.
pub(super) fn fold_numbers(of_rows: &[u32], folds: u32) -> JsValue {
    if folds > 256 {
        return Uint32Array::from(of_rows).into();
    }
    let bytes: Vec<u8> = of_rows.iter().map(|&fold| fold as u8).collect();
    Uint8Array::from(bytes.as_slice()).into()
}
