//! A plan as kernels: in which order a batch runs through them.

use super::device::Gpu;
use super::kernel::{Compiler, Kernel, Recipe};
use super::memory::{Buffers, Layouts};
use super::record::{Command, RECORD, Recording};
use super::{Shelf, add, batch_norm, conv, dense, dropout, gather, layer_norm, loss, optimizer, pool, shelf};
use crate::nn::Activation;
use crate::nn::plan::{InputGradient, Kind, Op, Plan, Slot};

/// Kernels of a plan.
pub struct Program {
    gather: Kernel,
    forward: Vec<Kernel>,
    loss: Kernel,
    backward: Vec<Kernel>,
    norm: Kernel,
    update: Kernel,
    keep: [Kernel; 2],
    restore: [Kernel; 2],
}

/// The ops of a plan, and what a recipe needs to know beyond its own op.
pub struct Context<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Names what dropout drops.
    pub seed: u32,
}

impl Context<'_> {
    /// The activation that op number `index` carries the gradient of `slot` through, as a code: that of the op
    /// which made the slot, when this is the last to reach its gradient; else linear.
    pub fn before(&self, index: usize, slot: Slot) -> f64 {
        let reads = |op: &Op| op.input == slot || matches!(op.kind, Kind::Add(other, _) if other == slot);
        if self.plan.ops.iter().position(reads) != Some(index) {
            return code(Activation::Linear);
        }
        self.made_by(slot)
    }

    /// The activation of the op that made `slot`, as a code.
    pub fn made_by(&self, slot: Slot) -> f64 {
        let maker = self.plan.ops.iter().find(|op| op.output == slot);
        code(maker.map_or(Activation::Linear, |op| match &op.kind {
            Kind::Dense(dense) => dense.activation,
            Kind::Conv2d(conv) => conv.activation,
            _ => Activation::Linear,
        }))
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

    fn forward(&self, index: usize, op: &Op) -> Recipe {
        match &op.kind {
            Kind::Dense(dense) => dense::forward(self, index, op, dense),
            Kind::Conv2d(conv) => conv::forward(self, index, op, conv),
            Kind::Pool2d(pool) => pool::forward(self, index, op, pool),
            Kind::Dropout(dropout) => dropout::forward(self, index, op, dropout),
            Kind::LayerNorm(norm) => layer_norm::forward(self, index, op, norm),
            Kind::BatchNorm(norm) => batch_norm::forward(self, index, op, norm),
            Kind::Add(other, gradient) => add::forward(self, index, op, (*other, *gradient)),
        }
    }

    fn backward(&self, index: usize, op: &Op) -> Option<Recipe> {
        match &op.kind {
            Kind::Dense(dense) => Some(dense::backward(self, index, op, dense)),
            Kind::Conv2d(conv) => Some(conv::backward(self, index, op, conv)),
            Kind::Pool2d(pool) => pool::backward(self, index, op, pool),
            Kind::Dropout(dropout) => dropout::backward(self, index, op, dropout),
            Kind::LayerNorm(norm) => Some(layer_norm::backward(self, index, op, norm)),
            Kind::BatchNorm(norm) => Some(batch_norm::backward(self, index, op, norm)),
            Kind::Add(other, gradient) => add::backward(self, index, op, (*other, *gradient)),
        }
    }
}

/// The code of an activation in the shaders.
pub fn code(activation: Activation) -> f64 {
    Activation::ALL.iter().position(|(_, known)| *known == activation).unwrap_or(0) as f64
}

/// The code of an [`InputGradient`] in the shaders.
pub fn hand_back(gradient: InputGradient) -> f64 {
    match gradient {
        InputGradient::Skip => 0.0,
        InputGradient::Write => 1.0,
        InputGradient::Add => 2.0,
    }
}

impl Program {
    /// Compiles a plan's kernels.
    pub fn new(gpu: &Gpu, layouts: &Layouts, plan: &Plan, seed: u32) -> Program {
        let mut compiler = Compiler::new(gpu, layouts);
        let context = Context { plan, seed };
        let ops = || plan.ops.iter().enumerate();
        let forward = ops().map(|(i, op)| compiler.compile(&context.forward(i, op))).collect();
        let backward = ops()
            .rev()
            .filter_map(|(i, op)| context.backward(i, op))
            .map(|recipe| compiler.compile(&recipe))
            .collect();
        let mut on_shelves = |entry| {
            [Shelf::Fallback, Shelf::Best].map(|to| compiler.compile(&shelf::recipe(plan, to, entry)))
        };
        let (keep, restore) = (on_shelves("keep"), on_shelves("restore"));
        Program {
            gather: compiler.compile(&gather::recipe(plan)),
            forward,
            loss: compiler.compile(&loss::recipe(&context)),
            backward,
            norm: compiler.compile(&optimizer::norm(plan)),
            update: compiler.compile(&optimizer::update(plan)),
            keep,
            restore,
        }
    }

    /// Dispatches of one training step whose gradient's norm isn't bounded.
    pub fn dispatches_per_step(&self) -> usize {
        3 + self.forward.len() + self.backward.len()
    }

    /// Encodes all of a recording.
    pub fn encode(&self, encoder: &mut wgpu::CommandEncoder, buffers: &Buffers, recording: &Recording) {
        let pass = &mut encoder.begin_compute_pass(&Default::default());
        for (index, command) in recording.commands.iter().enumerate() {
            pass.set_bind_group(0, &buffers.common, &[(index as u64 * RECORD) as u32]);
            self.command(pass, buffers, *command);
        }
    }

    fn command(&self, pass: &mut wgpu::ComputePass, buffers: &Buffers, command: Command) {
        match command {
            Command::Step { n, norm } => {
                self.gradient(pass, buffers, n);
                if norm {
                    run(pass, buffers, n, [&self.norm]);
                }
                run(pass, buffers, n, [&self.update]);
            }
            Command::Gradient { n } => self.gradient(pass, buffers, n),
            Command::Evaluate { n } => self.evaluate(pass, buffers, n),
            Command::Keep(shelf) => run(pass, buffers, 1, [&self.keep[shelf as usize]]),
            Command::Restore(shelf) => run(pass, buffers, 1, [&self.restore[shelf as usize]]),
        }
    }

    fn evaluate(&self, pass: &mut wgpu::ComputePass, buffers: &Buffers, n: usize) {
        run(pass, buffers, n, [&self.gather]);
        run(pass, buffers, n, &self.forward);
        run(pass, buffers, n, [&self.loss]);
    }

    fn gradient(&self, pass: &mut wgpu::ComputePass, buffers: &Buffers, n: usize) {
        self.evaluate(pass, buffers, n);
        run(pass, buffers, n, &self.backward);
    }

    /// Encodes a prediction for the rows that the examples' set `rows` and the record say.
    pub fn predict(
        &self,
        pass: &mut wgpu::ComputePass,
        buffers: &Buffers,
        examples: &wgpu::BindGroup,
        (record, n): (usize, usize),
    ) {
        pass.set_bind_group(0, &buffers.common, &[(record as u64 * RECORD) as u32]);
        pass.set_bind_group(1, examples, &[]);
        dispatch(pass, &self.gather, n);
        run(pass, buffers, n, &self.forward);
    }
}

fn run<'a>(
    pass: &mut wgpu::ComputePass,
    buffers: &Buffers,
    n: usize,
    kernels: impl IntoIterator<Item = &'a Kernel>,
) {
    for kernel in kernels {
        if let Some(set) = kernel.set {
            pass.set_bind_group(1, buffers.set(set), &[]);
        }
        dispatch(pass, kernel, n);
    }
}

fn dispatch(pass: &mut wgpu::ComputePass, kernel: &Kernel, n: usize) {
    let [x, y] = kernel.grid.sides(n);
    pass.set_pipeline(&kernel.pipeline);
    pass.dispatch_workgroups(x, y, 1);
}
