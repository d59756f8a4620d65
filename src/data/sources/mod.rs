//! Generated data sets: each a function from rng to rows, and a row of `RECIPES`.
//!
//! The shapes are those of TensorFlow Playground (`circle xor gaussians spiral plane multi-gaussian`) with
//! its label −1 as class 0 and +1 as class 1, scikit-learn's two moons and Swiss roll, and more of their kind.
//! Points and noise are drawn from separate streams, so another amount of noise disturbs the same underlying points.

mod imbalance;
mod patterns;
mod plane;
mod series;

pub use imbalance::generate_imbalanced;

use crate::data::{Dataset, Task};
use crate::rng::{Purpose, Stream};

/// A generated data set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// y = 2x − 1.
    Line,
    /// y = sin x.
    Sine,
    /// A disc inside a ring.
    Circle,
    /// The sign of x · y.
    Xor,
    /// Two normal clouds.
    Gaussians,
    /// Two arms of a spiral.
    Spiral,
    /// Two interleaved half circles.
    Moons,
    /// A tilted plane over x and y.
    Plane,
    /// Six bumps over x and y.
    MultiGaussian,
    /// Four by four fields.
    Checkerboard,
    /// A disc and three rings.
    Rings,
    /// Three arms of a spiral, a class each.
    ThreeSpiral,
    /// How far along a rolled-up sheet.
    SwissRoll,
    /// x · y.
    Product,
    /// −1, then 1.
    Step,
    /// y = x³ − 2x.
    Polynomial,
}

/// The streams a generator draws from. Each point takes the same number of draws whatever the noise is.
struct SampleRng {
    points: Stream,
    noise: Stream,
    /// 0…1.
    amount: f32,
}

impl SampleRng {
    /// Uniform noise in ±`span` times the amount. Called everywhere: in wasm one copy is enough.
    #[inline(never)]
    fn noise(&mut self, span: f32) -> f32 {
        self.noise.range(-span, span) * self.amount
    }
}

/// Rows as they are made: inputs row-major, and one target a row.
#[derive(Default)]
struct Rows {
    inputs: Vec<f32>,
    targets: Vec<f32>,
}

impl Rows {
    #[inline(never)]
    fn push(&mut self, inputs: &[f32], target: f32) {
        self.inputs.extend_from_slice(inputs);
        self.targets.push(target);
    }
}

struct Recipe {
    source: Source,
    name: &'static str,
    /// Rows unless the caller wants another number.
    samples: usize,
    columns: &'static [&'static str],
    /// The range to draw, a pair for each column.
    domain: &'static [[f32; 2]],
    task: Task,
    make: fn(usize, &mut SampleRng) -> Rows,
}

const VALUE: Task = Task::Regression { targets: 1 };
const TWO_CLASSES: Task = Task::Classification { classes: 2 };
const THREE_CLASSES: Task = Task::Classification { classes: 3 };
const X: &[&str] = &["x"];
const XY: &[&str] = &["x", "y"];
const SQUARE: &[[f32; 2]] = &[[-6.0, 6.0], [-6.0, 6.0]];

/// In the order of [`Source`].
#[rustfmt::skip]
static RECIPES: [Recipe; 16] = [
    // Far enough to the right to see what is predicted for x = 6.
    Recipe { source: Source::Line, name: "line", samples: 6, columns: X, domain: &[[-2.0, 7.0]], task: VALUE, make: series::line },
    // Wider than the rows (−π…π), to see what a net makes of the unknown.
    Recipe { source: Source::Sine, name: "sine", samples: 200, columns: X, domain: &[[-5.0, 5.0]], task: VALUE, make: series::sine },
    Recipe { source: Source::Circle, name: "circle", samples: 500, columns: XY, domain: SQUARE, task: TWO_CLASSES, make: plane::circle },
    Recipe { source: Source::Xor, name: "xor", samples: 500, columns: XY, domain: SQUARE, task: TWO_CLASSES, make: plane::xor },
    Recipe { source: Source::Gaussians, name: "gaussians", samples: 500, columns: XY, domain: SQUARE, task: TWO_CLASSES, make: plane::gaussians },
    Recipe { source: Source::Spiral, name: "spiral", samples: 500, columns: XY, domain: SQUARE, task: TWO_CLASSES, make: plane::spiral },
    Recipe { source: Source::Moons, name: "moons", samples: 500, columns: XY, domain: SQUARE, task: TWO_CLASSES, make: plane::moons },
    Recipe { source: Source::Plane, name: "plane", samples: 1200, columns: XY, domain: SQUARE, task: VALUE, make: plane::plane },
    Recipe { source: Source::MultiGaussian, name: "multi-gaussian", samples: 1200, columns: XY, domain: SQUARE, task: VALUE, make: plane::multi_gaussian },
    Recipe { source: Source::Checkerboard, name: "checkerboard", samples: 800, columns: XY, domain: SQUARE, task: TWO_CLASSES, make: patterns::checkerboard },
    Recipe { source: Source::Rings, name: "rings", samples: 600, columns: XY, domain: SQUARE, task: TWO_CLASSES, make: patterns::rings },
    Recipe { source: Source::ThreeSpiral, name: "three-spiral", samples: 600, columns: XY, domain: SQUARE, task: THREE_CLASSES, make: patterns::three_spiral },
    Recipe { source: Source::SwissRoll, name: "swiss-roll", samples: 800, columns: XY, domain: SQUARE, task: VALUE, make: patterns::swiss_roll },
    Recipe { source: Source::Product, name: "product", samples: 1200, columns: XY, domain: SQUARE, task: VALUE, make: plane::product },
    Recipe { source: Source::Step, name: "step", samples: 200, columns: X, domain: &[[-5.0, 5.0]], task: VALUE, make: series::step },
    // No wider than a third beyond the rows (−2…2): a cubic soon leaves the picture.
    Recipe { source: Source::Polynomial, name: "polynomial", samples: 200, columns: X, domain: &[[-2.6, 2.6]], task: VALUE, make: series::polynomial },
];

impl Source {
    /// All sources, in the order they are offered.
    pub fn all() -> impl Iterator<Item = Source> {
        RECIPES.iter().map(|recipe| recipe.source)
    }

    /// The source called `name`, if there is one.
    pub fn parse(name: &str) -> Option<Source> {
        RECIPES.iter().find(|recipe| recipe.name == name).map(|recipe| recipe.source)
    }

    fn recipe(self) -> &'static Recipe {
        &RECIPES[self as usize]
    }

    /// Its name in a Spec.
    pub fn name(self) -> &'static str {
        self.recipe().name
    }

    /// How many rows it has unless asked otherwise.
    pub fn samples(self) -> usize {
        self.recipe().samples
    }

    /// The names of its columns.
    pub fn columns(self) -> &'static [&'static str] {
        self.recipe().columns
    }

    /// The range to draw, `[low, high]` for each column. Noise may carry a point outside.
    pub fn domain(self) -> &'static [[f32; 2]] {
        self.recipe().domain
    }

    /// What is predicted: one value, or one of two or three classes.
    pub fn task(self) -> Task {
        self.recipe().task
    }
}

/// Generates `samples` rows (0 counts as 1) with `noise` from 0 to 1 (values outside are clamped, NaN is 0).
///
/// Rows come as they are made, some sources class after class; the split shuffles.
pub fn generate(source: Source, samples: usize, noise: f32, seed: u32) -> Dataset {
    let recipe = source.recipe();
    let mut rng = SampleRng {
        points: Stream::new(seed, Purpose::Data, 0),
        noise: Stream::new(seed, Purpose::Data, 1),
        amount: if noise.is_nan() { 0.0 } else { noise.clamp(0.0, 1.0) },
    };
    let rows = (recipe.make)(samples.max(1), &mut rng);
    Dataset {
        inputs: rows.inputs.into_iter().map(f64::from).collect(),
        shape: vec![recipe.columns.len()],
        targets: rows.targets.into_iter().map(f64::from).collect(),
        task: recipe.task,
        columns: recipe.columns.iter().map(|name| name.to_string()).collect(),
        about: None,
    }
}

/// `count` numbers from `lo` to `hi` with equal steps, both ends included; one alone is `lo`.
fn evenly(count: usize, lo: f32, hi: f32) -> impl Iterator<Item = f32> {
    let steps = count.max(2) - 1;
    (0..count).map(move |i| lo + (hi - lo) * (i as f32 / steps as f32))
}
