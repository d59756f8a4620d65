//! `Folding`: rows dealt into folds, each of which any worker can open by itself; and what a run is worth on a part.

use super::super::convert::{document, rows, throw};
use super::super::reads;
use super::super::trainer::{Trainer, parse_part};
use super::folds::fold_numbers;
use super::options::{Options, count, groups, what_is};
use super::scores::to_js;
use crate::error::{Error, Result};
use crate::run::Spec;
use crate::study::folds::MOST_REPEATS;
use crate::study::{self, By, FoldingOptions, score_part};
use js_sys::{Array, Promise, Uint32Array};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

type Thrown<T> = std::result::Result<T, JsValue>;

/// What says how rows are dealt.
pub(super) const FOLDING: [&str; 7] = ["folds", "repeats", "seed", "stratify", "groups", "blocked", "times"];

/// Rows dealt into folds. Any worker that makes one of the same values can open any of its runs.
#[wasm_bindgen]
pub struct Folding {
    folding: study::Folding,
}

#[wasm_bindgen]
impl Folding {
    /// Deals the rows of an experiment, without its test rows, which no run of a fold has. Takes what `Trainer.create`
    /// does. Throws for a Spec, rows or options that don't fit, and for one that says of no end.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "Spec")] spec: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Rows | TableHandle | null")] data: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "FoldingOptions")] options: &JsValue,
    ) -> Thrown<Folding> {
        let folding = Options::new(options, &FOLDING).and_then(|options| open(spec, data, &options));
        throw(folding.map(|folding| Folding { folding }))
    }

    /// How many runs there are: folds × repeats.
    #[wasm_bindgen(getter)]
    pub fn runs(&self) -> u32 {
        self.folding.runs()
    }

    /// The rows that are dealt, as `points()` of the whole experiment numbers them.
    pub fn rows(&self) -> Uint32Array {
        Uint32Array::from(self.folding.rows())
    }

    /// The fold of each of `rows()`, a list for each repeat; as `folds` gives them.
    #[wasm_bindgen(unchecked_return_type = "(Uint8Array | Uint32Array)[]")]
    pub fn dealt(&self) -> JsValue {
        let list = self.folding.dealt().iter().map(|repeat| fold_numbers(repeat, self.folding.folds()));
        list.collect::<Array>().into()
    }

    /// Opens run `index`, on the CPU: fold `index % folds` of repeat `index / folds` validates, all others train, and
    /// whatever is fitted is fitted to these. Its rows are those of `rows()`; `"validation"` are the fold's, and it has no
    /// `"test"`. Where it may stop by rows that it doesn't train on,
    /// some of the training rows are set aside for that. Throws for a run that isn't there.
    #[wasm_bindgen(unchecked_return_type = "Trainer")]
    pub fn open(&self, #[wasm_bindgen(unchecked_param_type = "number")] index: &JsValue) -> Thrown<Trainer> {
        let run = count(index, "index", 0..=self.folding.runs() - 1);
        throw(run.and_then(|index| self.folding.open(index)).map(|run| Trainer::new(run, None)))
    }
}

#[wasm_bindgen]
impl Trainer {
    /// What the model is worth on a part, as `scores` has it of its outputs; `undefined` when the part has no rows.
    #[wasm_bindgen(unchecked_return_type = "Promise<ClassScores | ValueScores | undefined>")]
    pub fn scores(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Part")] part: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "{ seed?: number; intervals?: boolean }")]
        options: &JsValue,
    ) -> Promise {
        let asked = Options::new(options, &["seed", "intervals"]).and_then(|options| {
            let part = parse_part(&part.as_string().unwrap_or_else(|| what_is(part)))?;
            let seed = options.count("seed", 0..=u32::MAX)?.unwrap_or(7);
            Ok((part, seed, options.flag("intervals")?.unwrap_or(true)))
        });
        reads::at_home(&self.run, move |run| {
            let (part, seed, with_intervals) = asked?;
            let found = score_part(run, part, seed, with_intervals)?;
            Ok(found.map_or(JsValue::UNDEFINED, |(scores, _)| to_js(&scores)))
        })
    }
}

/// Deals what JavaScript gives.
pub(super) fn open(spec: JsValue, data: &JsValue, options: &Options) -> Result<study::Folding> {
    let spec = Spec::from_json(&document(spec)?)?;
    let options = read(options, spec.seed)?;
    #[cfg(feature = "table")]
    if let Some(table) = super::super::table::as_table(data)? {
        crate::run::check_takes_table(&spec)?;
        let seen = table.seen(&spec.data)?;
        return study::Folding::of_seen(spec, &seen, &options);
    }
    let given = !data.is_undefined() && !data.is_null();
    let data = if given { Some(rows(data)?) } else { None };
    study::Folding::new(spec, data, &options)
}

fn read(options: &Options, seed: u32) -> Result<FoldingOptions> {
    const EACH_ROW: &str = "leave-one-out";
    let is_each =
        options.get("folds").and_then(|folds| folds.as_string()).is_some_and(|word| word == EACH_ROW);
    let folds = if is_each { None } else { Some(options.count("folds", 2..=1 << 24)?.unwrap_or(10)) };
    let named = |key: &str| options.get(key).and_then(|value| value.as_string());
    let by_groups = match (options.get("groups"), named("groups")) {
        (None, _) => None,
        (_, Some(column)) => Some(By::GroupColumn(column)),
        (Some(value), None) => Some(By::Groups(groups(&value, "groups")?)),
    };
    let times = match (options.get("times"), named("times")) {
        (None, _) => None,
        (_, Some(column)) => Some(By::TimeColumn(column)),
        (Some(_), None) => options.numbers("times")?.map(By::Times),
    };
    let blocked = options.flag("blocked")?.unwrap_or(false).then_some(By::Order);
    let refuse = |path: &str, what: &str| Err(Error::Spec { path: path.into(), what: what.into() });
    let by = match (by_groups, times, blocked) {
        (Some(_), Some(_), _) | (Some(_), _, Some(_)) => {
            return refuse(
                "groups",
                "can't be kept whole in blocks of rows that follow one another: choose one of them",
            );
        }
        (Some(groups), None, None) => groups,
        (None, Some(times), _) => times,
        (None, None, Some(order)) => order,
        (None, None, None) => By::Chance,
    };
    Ok(FoldingOptions {
        folds,
        repeats: options.count("repeats", 1..=MOST_REPEATS)?.unwrap_or(1),
        seed: options.count("seed", 0..=u32::MAX)?.unwrap_or(seed),
        stratify: options.flag("stratify")?.unwrap_or(true),
        by,
    })
}
