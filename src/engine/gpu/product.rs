//! A dense layer's product on its own, for the bench alone: operands lie resident on the device, as those of its peers.

use super::{Gpu, GpuEngine, Memory, ResultFuture, readback, rows_of};
use crate::data::Task;
use crate::error::Result;
use crate::nn::{Activation, ClassWeighting, Init, LossSpec, ModelSpec, Plan};
use crate::train::Optimizer;

/// `product = left · rightᵀ`, square, by the layer's kernel.
pub struct Product {
    engine: GpuEngine,
    side: usize,
}

impl Product {
    /// Takes the operands to the device.
    ///
    /// # Shapes
    /// `left`, `right`: `[side, side]`
    ///
    /// # Errors
    /// [`Error::Gpu`](crate::error::Error::Gpu) when a buffer would exceed the adapter's limits.
    pub fn new(gpu: &Gpu, side: usize, left: &[f32], right: &[f32]) -> Result<Product> {
        let model = ModelSpec {
            layers: vec![],
            init: Init::Zeros,
            bias_init: 0.0,
            output_activation: Activation::Linear,
        };
        let task = Task::Regression { targets: side };
        let plan = Plan::lower(&model, LossSpec::Mse, ClassWeighting::default(), &[side], task)?;
        let rule = Optimizer::Sgd { momentum: 0.0, nesterov: false };
        let mut engine = GpuEngine::new(gpu, &plan, left, &vec![0.0; left.len()], side, &rule, 0)?;
        engine.write(Memory::Parameters, right); // the bias stays 0
        // A prediction leaves its rows in the arena, and their record in its place.
        drop(engine.predict(left));
        Ok(Product { engine, side })
    }

    /// Multiplies `count` times, each in a submission of its own, and completes when a number of the last is read back.
    pub fn multiply(&mut self, count: usize) -> ResultFuture<()> {
        let GpuEngine { gpu, program, buffers, .. } = &self.engine;
        for _ in 0..count {
            let mut encoder = gpu.device().create_command_encoder(&Default::default());
            program.forward(&mut encoder, buffers, self.side.div_ceil(4));
            gpu.queue().submit([encoder.finish()]);
        }
        let first = self.read(1);
        Box::pin(async move { first.await.map(drop) })
    }

    /// The product, `[side, side]`.
    pub fn result(&self) -> ResultFuture<Vec<f32>> {
        let side = self.side;
        let features = self.read(side * side.next_multiple_of(4));
        Box::pin(async move { Ok(rows_of(&features.await?, side, side, side)) })
    }

    /// The first numbers of the product in the arena.
    fn read(&self, count: usize) -> ResultFuture<Vec<f32>> {
        let GpuEngine { gpu, plan, buffers, .. } = &self.engine;
        let from = plan.output().start * self.side.next_multiple_of(4) * 4;
        let staging = readback::staging(gpu, count);
        let mut encoder = gpu.device().create_command_encoder(&Default::default());
        encoder.copy_buffer_to_buffer(&buffers.values, from as u64, &staging, 0, count as u64 * 4);
        gpu.queue().submit([encoder.finish()]);
        Box::pin(readback::numbers(gpu.clone(), staging, count))
    }
}
