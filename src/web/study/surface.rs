//! The loss around where a run stands, as JavaScript has it.

use super::super::convert::{floats, object, wide};
use super::super::reads;
use super::super::trainer::{Trainer, parse_part};
use super::options::{Options, what_is};
use crate::error::{Error, Result};
use crate::study::surface::MOST_PLACES;
use crate::study::{Directions, Plane};
use js_sys::{Array, Float32Array, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
impl Trainer {
    /// Two directions through the parameters, for `surface`, and which share of a `path` (parameters at some steps) lies in
    /// their plane. On the GPU, of what `sync` brings home. Rejects where there is no such plane.
    #[wasm_bindgen(unchecked_return_type = "Promise<SurfacePlane>")]
    pub fn plane(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "PlaneOptions")] options: &JsValue,
    ) -> Promise {
        let asked = read_plane(options);
        reads::at_home(&self.run, move |run| {
            let (plane, path) = asked?;
            let found = Directions::new(run, plane, &path)?;
            let list = |numbers: &[f64]| numbers.iter().map(|&n| JsValue::from(n)).collect::<Array>().into();
            Ok(object(&[
                ("first", floats(&found.first)),
                ("second", floats(&found.second)),
                ("eigenvalues", found.eigenvalues.map_or(JsValue::NULL, |both| list(&both))),
                ("share", found.share.map_or(JsValue::NULL, JsValue::from)),
                ("path", wide(found.path.as_flattened())),
            ]))
        })
    }

    /// Mean losses over a plane, without penalties: what `evaluate` says at a = b = 0. `from` and `to` are rows of the grid,
    /// for a surface in slices. The run stays as it is. On the GPU, of what `sync` brings home. Rejects directions of another
    /// model.
    #[wasm_bindgen(unchecked_return_type = "Promise<Surface>")]
    pub fn surface(
        &self,
        #[wasm_bindgen(unchecked_param_type = "{ first: Float32Array; second: Float32Array }")]
        plane: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "SurfaceOptions")] options: &JsValue,
    ) -> Promise {
        let asked = read_grid(plane, options);
        reads::at_home(&self.run, move |run| {
            let Grid { first, second, a, b, part } = asked?;
            let losses = Directions::losses(run, [&first, &second], &a, &b, part)?;
            let center = run.evaluate(part).map_or(f64::NAN, |metrics| metrics.loss);
            Ok(object(&[
                ("a", wide(&a)),
                ("b", wide(&b)),
                ("losses", wide(&losses)),
                ("center", center.into()),
            ]))
        })
    }
}

fn read_plane(options: &JsValue) -> Result<(Plane, Vec<Vec<f32>>)> {
    let options = Options::new(options, &["kind", "seed", "path", "parameters"])?;
    let refuse = |path: &str, what: String| Err(Error::Spec { path: path.into(), what });
    let plane = match options.word("kind", "random").as_str() {
        "random" => Plane::Random { seed: options.count("seed", 0..=u32::MAX)?.unwrap_or(7) },
        "trajectory" => Plane::Trajectory,
        "hessian" => Plane::Hessian,
        "parameters" => {
            let list = options.get("parameters").and_then(|both| both.dyn_into::<Array>().ok());
            let index = |entry: JsValue| {
                entry
                    .as_f64()
                    .filter(|n| n.fract() == 0.0 && (0.0..4_294_967_296.0).contains(n))
                    .map(|n| n as u32)
            };
            let both: Option<Vec<u32>> = list.and_then(|list| list.iter().map(index).collect());
            match both.as_deref() {
                Some(&[first, second]) => Plane::Parameters { first, second },
                _ => return refuse("parameters", "is not a list of two parameters, by their numbers".into()),
            }
        }
        other => {
            let what = format!("\"{other}\" is not one of random, trajectory, hessian, parameters");
            return refuse("kind", what);
        }
    };
    let path = match options.get("path") {
        None => vec![],
        Some(path) => {
            let list = path.dyn_into::<Array>().map_err(|path| Error::Spec {
                path: "path".into(),
                what: format!("{} is not a list of Float32Arrays", what_is(&path)),
            })?;
            list.iter().map(|snapshot| parameters(&snapshot, "path")).collect::<Result<_>>()?
        }
    };
    Ok((plane, path))
}

fn parameters(value: &JsValue, name: &str) -> Result<Vec<f32>> {
    match value.dyn_ref::<Float32Array>() {
        Some(numbers) => Ok(numbers.to_vec()),
        None => {
            Err(Error::Spec { path: name.into(), what: format!("{} is not a Float32Array", what_is(value)) })
        }
    }
}

struct Grid {
    first: Vec<f32>,
    second: Vec<f32>,
    a: Vec<f64>,
    b: Vec<f64>,
    part: crate::run::Part,
}

fn read_grid(plane: &JsValue, options: &JsValue) -> Result<Grid> {
    let get = |key: &str| js_sys::Reflect::get(plane, &key.into()).unwrap_or(JsValue::UNDEFINED);
    let (first, second) = (parameters(&get("first"), "first")?, parameters(&get("second"), "second")?);
    let options = Options::new(options, &["low", "high", "size", "part", "from", "to"])?;
    let low = options.number("low", -1e9..=1e9)?.unwrap_or(-1.0);
    let high = options.number("high", -1e9..=1e9)?.unwrap_or(1.0);
    let size = options.count("size", 2..=MOST_PLACES)?.unwrap_or(41);
    let from = options.count("from", 0..=size)?.unwrap_or(0);
    let to = options.count("to", from..=size)?.unwrap_or(size);
    let place = |i: u32| {
        let share = f64::from(i) / f64::from(size - 1);
        low * (1.0 - share) + high * share
    };
    let b = (from..to).map(place).collect();
    let part = parse_part(&options.word("part", "train"))?;
    Ok(Grid { first, second, a: (0..size).map(place).collect(), b, part })
}
