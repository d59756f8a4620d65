//! A plan as kernels: in which order a batch runs through them.

use super::device::Gpu;
use super::kernel::{Compiler, Kernel, Recipe};
use super::memory::Buffers;
use super::record::{Command, RECORD, Recording, Treatment};
use super::tiles::{Product, TileSize, Tiles};
use super::{SnapshotBuffer, gather, loss, optimizer, snapshot};
use crate::nn::Activation;
use crate::nn::layers::on_op;
use crate::nn::plan::{InputGradient, Op, Plan, Slot};
use crate::train::Optimizer;
use std::ops::Range;

/// Kernels of a plan.
pub struct Program {
    compiler: Compiler,
    gather: Kernel,
    forward: Vec<Kernel>,
    loss: Kernel,
    /// Writing gradients, and adding to them.
    backward: [Vec<Kernel>; 2],
    norm: Kernel,
    /// With a gradient as it is, and with one that is penalised, frozen or clipped first.
    update: [Kernel; 2],
    keep: [Kernel; 2],
    restore: [Kernel; 2],
    /// Of other sizes of tiles, as long as those are timed.
    tried: Vec<Kernel>,
}

/// The ops of a plan, and what a recipe needs to know beyond its own op.
pub struct Context<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Names what dropout drops.
    pub seed: u32,
    /// Vectors of rows of most batches.
    pub vectors: usize,
    /// Whether a processor plays the graphics card.
    pub is_software: bool,
    /// Of tiles of large products.
    pub size: TileSize,
}

impl Context<'_> {
    /// Tiles for a product of most batches.
    pub fn tiles(&self, product: Product) -> Tiles {
        Tiles::new(self.is_software, self.size, product, self.vectors)
    }

    /// The activation that op number `index` carries the gradient of `slot` through, as a code: that of the op
    /// which made the slot, when this is the last to reach its gradient; else linear.
    pub fn before(&self, index: usize, slot: Slot) -> f64 {
        if self.plan.ops.iter().position(|op| op.reads(slot)) != Some(index) {
            return code(Activation::Linear);
        }
        self.made_by(slot)
    }

    /// The activation of the op that made `slot`, as a code.
    pub fn made_by(&self, slot: Slot) -> f64 {
        let maker = self.plan.ops.iter().find(|op| op.output == slot);
        code(maker.and_then(Op::units).map_or(Activation::Linear, |units| units.activation))
    }

    /// The constants of `slot.wgsl` for op number `index`.
    pub fn slots(&self, index: usize, op: &Op) -> Vec<(&'static str, f64)> {
        vec![
            ("X", op.input.start as f64),
            ("INPUTS", op.input.len as f64),
            ("Y", op.output.start as f64),
            ("OUTPUTS", op.output.len as f64),
            ("HAND_BACK", hand_back(op.input_gradient)),
            ("BEFORE", self.before(index, op.input)),
        ]
    }
}

/// An op on this engine.
pub trait Drive {
    /// Computes the outputs.
    fn forward(&self, context: &Context, index: usize, op: &Op) -> Recipe;

    /// Writes the gradients of its parameters, and hands back that of its input where one is wanted; none where there is
    /// nothing to do.
    fn backward(&self, context: &Context, index: usize, op: &Op) -> Option<Recipe>;

    /// The product that it makes in tiles; none where it makes none.
    fn product(&self, _op: &Op) -> Option<Product> {
        None
    }
}

/// The code of an activation in the shaders: its place in the enum, as activation.wgsl has them.
pub fn code(activation: Activation) -> f64 {
    f64::from(activation as u8)
}

/// The code of an [`InputGradient`] in the shaders.
pub fn hand_back(gradient: InputGradient) -> f64 {
    match gradient {
        InputGradient::Skip => 0.0,
        InputGradient::Write => 1.0,
        InputGradient::Add => 2.0,
    }
}

/// What computes the outputs of op number `index`.
fn forward(context: &Context, index: usize) -> Recipe {
    let op = &context.plan.ops[index];
    on_op!(&op.kind, kind => kind.forward(context, index, op))
}

/// What hands its gradients back, written or added.
fn backward(context: &Context, index: usize, accumulate: bool) -> Option<Recipe> {
    let op = &context.plan.ops[index];
    let recipe = on_op!(&op.kind, kind => kind.backward(context, index, op))?;
    Some(recipe.with(("ACCUMULATE", f64::from(u8::from(accumulate)))))
}

impl Program {
    /// A plan's kernels; each is compiled when it is first needed.
    pub fn new(gpu: &Gpu, context: &Context, optimizer: &Optimizer) -> Program {
        let plan = context.plan;
        let ops = || 0..plan.ops.len();
        let backward = |accumulate| {
            ops().rev().filter_map(|i| backward(context, i, accumulate)).map(Kernel::from).collect()
        };
        let update = |plain| optimizer::update(context, optimizer).with(("PLAIN", plain)).into();
        let on_shelves = |entry| {
            [SnapshotBuffer::Fallback, SnapshotBuffer::Best]
                .map(|to| snapshot::recipe(plan, to, entry).into())
        };
        Program {
            compiler: Compiler::new(gpu),
            gather: gather::recipe(plan).into(),
            forward: ops().map(|i| forward(context, i).into()).collect(),
            loss: loss::recipe(context).into(),
            backward: [backward(false), backward(true)],
            norm: optimizer::norm(plan).into(),
            update: [update(1.0), update(0.0)],
            keep: on_shelves("keep"),
            restore: on_shelves("restore"),
            tried: vec![],
        }
    }

    /// Encodes op number `index` alone so many times, forward and backward, by tiles of the context's size, for the `n`
    /// vectors of rows in the arena and the first record. What is compiled for it is kept.
    pub fn encode_op(
        &mut self,
        encoder: &mut wgpu::CommandEncoder,
        buffers: &Buffers,
        context: &Context,
        index: usize,
        (n, times): (usize, usize),
    ) {
        let recipes = [Some(forward(context, index)), backward(context, index, false)];
        let kernels: Vec<Kernel> = recipes.into_iter().flatten().map(|recipe| self.kernel(recipe)).collect();
        let pass = encoder.begin_compute_pass(&Default::default());
        let mut encoding = Encoding { program: self, buffers, pass, n };
        encoding.record(0);
        for _ in 0..times {
            encoding.run(&kernels);
        }
        drop(encoding);
        for kernel in kernels {
            if !self.tried.iter().any(|known| known.is_of(kernel.recipe())) {
                self.tried.push(kernel);
            }
        }
    }

    /// From now on large products are made in tiles of the context's size.
    pub fn resize(&mut self, context: &Context) {
        let ops = 0..context.plan.ops.len();
        self.forward = ops.clone().map(|i| self.kernel(forward(context, i))).collect();
        self.backward = [false, true].map(|accumulate| {
            let recipes = ops.clone().rev().filter_map(|i| backward(context, i, accumulate));
            recipes.map(|recipe| self.kernel(recipe)).collect()
        });
        self.tried.clear();
    }

    /// The kernel of a recipe, compiled already where one is.
    fn kernel(&self, recipe: Recipe) -> Kernel {
        let known = self.backward.iter().chain([&self.forward, &self.tried]).flatten();
        known.into_iter().find(|kernel| kernel.is_of(&recipe)).cloned().unwrap_or_else(|| recipe.into())
    }

    /// Dispatches of one training step whose gradient's norm isn't bounded.
    pub fn dispatches_per_step(&self) -> usize {
        3 + self.forward.len() + self.backward[0].len()
    }

    /// Encodes some commands of a recording.
    pub fn encode(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        buffers: &Buffers,
        recording: &Recording,
        some: Range<usize>,
    ) {
        let pass = encoder.begin_compute_pass(&Default::default());
        let mut encoding = Encoding { program: self, buffers, pass, n: 1 };
        for index in some {
            encoding.record(index);
            encoding.command(recording.commands[index]);
        }
    }

    /// Encodes a prediction on `n` vectors for the rows that the set `examples` and a record say.
    pub fn predict(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        buffers: &Buffers,
        examples: &wgpu::BindGroup,
        (record, n): (usize, usize),
    ) {
        let pass = encoder.begin_compute_pass(&Default::default());
        let mut encoding = Encoding { program: self, buffers, pass, n };
        encoding.record(record);
        encoding.pass.set_bind_group(1, examples, &[]);
        encoding.dispatch(&self.gather);
        encoding.run(&self.forward);
    }

    /// Encodes the layers alone, for the `n` vectors of rows that lie in the arena, by the first record.
    #[cfg(feature = "bench")]
    pub fn forward(&self, encoder: &mut wgpu::CommandEncoder, buffers: &Buffers, n: usize) {
        let pass = encoder.begin_compute_pass(&Default::default());
        let mut encoding = Encoding { program: self, buffers, pass, n };
        encoding.record(0);
        encoding.run(&self.forward);
    }
}

/// Kernels on their way into a pass.
struct Encoding<'a> {
    program: &'a Program,
    buffers: &'a Buffers,
    pass: wgpu::ComputePass<'a>,
    /// Vectors of rows of the batch.
    n: usize,
}

impl Encoding<'_> {
    /// From here on kernels see record number `index`.
    fn record(&mut self, index: usize) {
        self.pass.set_bind_group(0, &self.buffers.common, &[(index as u64 * RECORD) as u32]);
    }

    fn dispatch(&mut self, kernel: &Kernel) {
        kernel.dispatch(&mut self.pass, &self.program.compiler, self.buffers.layouts(), self.n);
    }

    fn run<'k>(&mut self, kernels: impl IntoIterator<Item = &'k Kernel>) {
        for kernel in kernels {
            if let Some(set) = kernel.set() {
                self.pass.set_bind_group(1, self.buffers.set(set), &[]);
            }
            self.dispatch(kernel);
        }
    }

    fn command(&mut self, command: Command) {
        let program = self.program;
        match command {
            Command::Step { n, treatment } => {
                self.gradient(n, false);
                if treatment == Treatment::Norm {
                    self.run([&program.norm]);
                }
                self.run([&program.update[usize::from(treatment != Treatment::Plain)]]);
            }
            Command::Gradient { n, accumulate } => self.gradient(n, accumulate),
            Command::Evaluate { n } => self.evaluate(n),
            Command::Keep(buffer) => self.run([&program.keep[buffer as usize]]),
            Command::Restore(buffer) => self.run([&program.restore[buffer as usize]]),
        }
    }

    fn evaluate(&mut self, n: usize) {
        let program = self.program;
        self.n = n;
        self.run([&program.gather]);
        self.run(&program.forward);
        self.run([&program.loss]);
    }

    fn gradient(&mut self, n: usize, accumulate: bool) {
        self.evaluate(n);
        self.run(&self.program.backward[usize::from(accumulate)]);
    }
}
