//! What a network of images sees, as JavaScript asks for it. What takes long is an object that goes on by some of it at a time.

use super::super::convert::{floats, numbers, object, throw, wide};
use super::super::reads;
use super::super::trainer::Trainer;
use super::options::Options;
use crate::error::Result;
use crate::run::{Part, Run};
use crate::study::sight::{self, Cover, DreamOptions, Field, ProbeOptions};
use js_sys::{Array, Int32Array, Promise, Uint32Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
impl Trainer {
    /// The gradient of a class's raw output (its logit, with cross-entropy) in each pixel of one image, as `predict` takes it:
    /// by how much the output changes per unit of ink. Rejects for rows that are no images, and targets that are no classes.
    #[wasm_bindgen(unchecked_return_type = "Promise<Float64Array>")]
    pub fn saliency(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Float32Array | Float64Array")] image: &JsValue,
        class: u32,
    ) -> Promise {
        let image = numbers(image, "image");
        reads::at_home(&self.run, move |run| Ok(wide(&sight::saliency(run, &image?, class as usize)?)))
    }

    /// The output of a class (its probability, with cross-entropy) with a square laid over one image, its middle on each pixel
    /// of some rows of pixels in turn. Rejects as `saliency` does.
    #[wasm_bindgen(unchecked_return_type = "Promise<Float64Array>")]
    pub fn occlusion(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Float32Array | Float64Array")] image: &JsValue,
        class: u32,
        #[wasm_bindgen(unchecked_optional_param_type = "OcclusionOptions")] options: &JsValue,
    ) -> Promise {
        let asked = numbers(image, "image").and_then(|image| {
            let options = Options::new(options, &["size", "ink", "from", "to"])?;
            let from = options.count("from", 0..=1 << 14)?.unwrap_or(0);
            let to = options.count("to", from..=1 << 14)?.unwrap_or(1 << 14);
            let cover = Cover {
                size: options.count("size", 1..=1 << 14)?.unwrap_or(5) as usize,
                ink: options.number("ink", -1e9..=1e9)?.unwrap_or(0.5),
            };
            Ok((image, cover, from as usize..to as usize))
        });
        reads::at_home(&self.run, move |run| {
            let (image, cover, rows) = asked?;
            Ok(wide(&sight::occlusion(run, &image, class as usize, cover, rows)?))
        })
    }

    /// Begins to look for what excites each filter of a layer most, by its number in `describe().layers`: one place a training
    /// row, on the parameters as they stand. Rejects for rows that are no images, and a layer that isn't there.
    #[wasm_bindgen(unchecked_return_type = "Promise<Favorites>")]
    pub fn favorites(&self, layer: u32, count: u32) -> Promise {
        let shared = Rc::clone(&self.run);
        reads::at_home(&self.run, move |run| {
            let favorites = sight::Favorites::new(run, layer as usize, count as usize)?;
            Ok(Favorites { run: shared, favorites }.into())
        })
    }

    /// Begins an image that a filter, unit or class would like to see, on the parameters as they stand. Rejects for rows that
    /// are no images, and what isn't there.
    #[wasm_bindgen(unchecked_return_type = "Promise<Dream>")]
    pub fn dream(&self, layer: u32, unit: u32, seed: u32) -> Promise {
        let options = DreamOptions { layer: layer as usize, unit: unit as usize, seed };
        reads::at_home(&self.run, move |run| Ok(Dream { dream: sight::Dream::new(run, options)? }.into()))
    }

    /// Begins a linear probe of a layer, by its number in `describe().layers`, or of the pixels, for −1; on the parameters as
    /// they stand. It is scored on validation rows or, where there are none, on training rows that it doesn't learn from.
    /// Rejects for rows that are no images, targets that are no classes, and a layer that isn't there.
    #[wasm_bindgen(unchecked_return_type = "Promise<Probe>")]
    pub fn probe(
        &self,
        layer: i32,
        #[wasm_bindgen(unchecked_optional_param_type = "ProbeOptions")] options: &JsValue,
    ) -> Promise {
        let asked = Options::new(options, &["rows", "scored", "seed"]).and_then(|options| {
            Ok(ProbeOptions {
                rows: options.count("rows", 2..=1 << 20)?.unwrap_or(1500) as usize,
                scored: options.count("scored", 1..=1 << 20)?.unwrap_or(1000) as usize,
                seed: options.count("seed", 0..=u32::MAX)?.unwrap_or(7),
            })
        });
        reads::at_home(&self.run, move |run| {
            let probe = sight::Probe::new(run, usize::try_from(layer).ok(), asked?)?;
            Ok(Probe { probe }.into())
        })
    }
}

/// What excites the filters of a layer, while it is looked for.
#[wasm_bindgen]
pub struct Favorites {
    run: Rc<RefCell<Run>>,
    favorites: sight::Favorites,
}

#[wasm_bindgen]
impl Favorites {
    /// Goes on with as many training rows; the share of them that were seen, 1 when it is over.
    pub fn proceed(&mut self, count: u32) -> f64 {
        self.favorites.advance(&self.run.borrow(), count as usize)
    }

    /// What was found so far.
    #[wasm_bindgen(unchecked_return_type = "FavoritePlaces")]
    pub fn found(&self) -> JsValue {
        let lens = self.favorites.lens();
        let all = || self.favorites.best().iter().flatten();
        let list = |numbers: Vec<u32>| JsValue::from(Uint32Array::from(numbers.as_slice()));
        let fields: Vec<i32> =
            all().flat_map(|found| corners(lens.field(found.y as usize, found.x as usize))).collect();
        object(&[
            ("shape", list(lens.shape().map(|side| side as u32).to_vec())),
            ("counts", list(self.favorites.best().iter().map(|best| best.len() as u32).collect())),
            ("rows", list(all().map(|found| found.row).collect())),
            ("values", floats(&all().map(|found| found.value).collect::<Vec<_>>())),
            ("places", list(all().flat_map(|found| [found.y, found.x]).collect())),
            ("fields", Int32Array::from(fields.as_slice()).into()),
            ("means", wide(&self.favorites.means())),
        ])
    }
}

fn corners(field: Field) -> [i32; 4] {
    [field.top, field.left, field.height, field.width].map(|side| side as i32)
}

/// An image that something would like to see, while it becomes one.
#[wasm_bindgen]
pub struct Dream {
    dream: sight::Dream,
}

#[wasm_bindgen]
impl Dream {
    /// Goes on with as many steps; the share of all that were taken, 1 when it is over.
    pub fn proceed(&mut self, count: u32) -> f64 {
        self.dream.advance(count as usize)
    }

    /// As it is now.
    #[wasm_bindgen(unchecked_return_type = "Dreamt")]
    pub fn image(&mut self) -> JsValue {
        let field = corners(self.dream.field()).map(JsValue::from).into_iter().collect::<Array>();
        object(&[
            ("pixels", wide(&self.dream.pixels())),
            ("value", self.dream.value().into()),
            ("field", field.into()),
        ])
    }
}

/// A linear model of what a layer gives, while it learns.
#[wasm_bindgen]
pub struct Probe {
    probe: sight::Probe,
}

#[wasm_bindgen]
impl Probe {
    /// Goes on by an epoch; the share of all that were trained, 1 when it is over.
    pub fn proceed(&mut self) -> f64 {
        self.probe.advance()
    }

    /// How well it reads the layer.
    #[wasm_bindgen(unchecked_return_type = "Probed")]
    pub fn score(&mut self) -> std::result::Result<JsValue, JsValue> {
        throw(probed(&mut self.probe))
    }
}

fn probed(probe: &mut sight::Probe) -> Result<JsValue> {
    let found = probe.score();
    let part = if found.part == Part::Validation { "validation" } else { "train" };
    Ok(object(&[
        ("accuracy", found.accuracy.into()),
        ("low", found.interval.low.into()),
        ("high", found.interval.high.into()),
        ("rows", (found.rows as f64).into()),
        ("scored", (found.scored as f64).into()),
        ("part", part.into()),
        ("features", (found.features as f64).into()),
    ]))
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r##"
export interface OcclusionOptions {
  /** The square's side in pixels, 5 unless given, and its ink, 0.5 unless given. */
  size?: number;
  ink?: number;
  /** Rows of pixels, from 0: which of them are wanted. */
  from?: number;
  to?: number;
}

/** The strongest places of each channel of a layer among the training rows, one a row, channel after channel. */
export interface FavoritePlaces {
  /** Of the layer: channels, height, width; a unit of a dense layer is a channel of one place. */
  shape: Uint32Array;
  /** How many there are of each channel. */
  counts: Uint32Array;
  rows: Uint32Array;
  /** What the channel gives there, after its activation. */
  values: Float32Array;
  /** y and x in the channel's map, in turn. */
  places: Uint32Array;
  /** What each place looks at, in turn: top, left, height, width; with padding it may reach over the edges. */
  fields: Int32Array;
  /** Of each channel the mean over the rows of its largest value in a row. */
  means: Float64Array;
}

export interface Dreamt {
  /** In the data's units; outside the field it is blank. */
  pixels: Float64Array;
  /** What the unit gives for it, after its activation. */
  value: number;
  /** The part of the image that counts: top, left, height, width. */
  field: [number, number, number, number];
}

export interface ProbeOptions {
  /** Training rows that it learns from, at most: 1500 unless given. */
  rows?: number;
  /** Rows that it is scored on, at most: 1000 unless given. */
  scored?: number;
  seed?: number;
}

export interface Probed {
  /** Share of the scored rows that are classified right, and where it lies at 95% (Wilson). */
  accuracy: number;
  low: number;
  high: number;
  /** Rows that it learned from, and was scored on. */
  rows: number;
  scored: number;
  /** Whose rows it was scored on: validation rows or, where there are none, training rows that it didn't learn from. */
  part: "validation" | "train";
  /** Numbers that it reads. */
  features: number;
}
"##;
