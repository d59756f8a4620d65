//! Tiles as this adapter likes them: the largest product of a plan is made in tiles of each size, for whoever has a clock.

use super::program::Context;
use super::tiles::{Product, TileSize};
use super::{GpuEngine, ResultFuture, readback};
use crate::nn::layers::on_op;

impl GpuEngine {
    /// The op with the largest product, if that is large enough for the size of its tiles to count.
    fn largest(&self) -> Option<(usize, Product)> {
        let product = |op: &crate::nn::plan::Op| on_op!(&op.kind, kind => super::Drive::product(kind, op));
        let products = self.plan.ops.iter().enumerate().filter_map(|(i, op)| Some((i, product(op)?)));
        products
            .filter(|(_, product)| product.is_large(self.vectors))
            .max_by_key(|(_, product)| product.products(self.vectors))
    }

    /// Names the shapes whose best tiles are alike: those of the largest product, each up to the next power of two.
    /// `None` where no product is so large that it counts.
    pub fn tile_class(&self) -> Option<String> {
        let (_, Product { outputs, inputs, positions, .. }) = self.largest()?;
        let [outputs, inputs, positions, vectors] =
            [outputs, inputs, positions, self.vectors].map(usize::next_power_of_two);
        Some(format!("{outputs}x{inputs}x{positions}, {} rows", 4 * vectors))
    }

    /// Sizes of tiles that may be tried here, the rule first.
    pub fn tile_sizes(&self) -> &'static [TileSize] {
        TileSize::candidates(self.gpu.is_software())
    }

    /// The size of tiles of large products.
    pub fn tile_size(&self) -> TileSize {
        self.size
    }

    /// Makes the largest product and its gradients `times` times in tiles of that size, over the rows whose
    /// [`gradient`](Self::gradient) was asked for last, and completes when the device is done. It leaves nothing behind but
    /// a gradient that is no step's.
    pub fn time_tiles(&mut self, size: TileSize, times: usize) -> ResultFuture<()> {
        let mut encoder = self.encoder();
        if let Some((index, _)) = self.largest() {
            let GpuEngine { gpu, plan, seed, vectors, program, buffers, .. } = &mut *self;
            let (seed, vectors, is_software) = (*seed, *vectors, gpu.is_software());
            let context = Context { plan, seed, vectors, is_software, size };
            program.encode_op(&mut encoder, buffers, &context, index, (vectors, times));
        }
        let staging = readback::staging(&self.gpu, 1);
        encoder.copy_buffer_to_buffer(&self.buffers.values, 0, &staging, 0, 4);
        self.gpu.queue().submit([encoder.finish()]);
        let done = readback::numbers(self.gpu.clone(), staging, 1);
        Box::pin(async { done.await.map(drop) })
    }

    /// From now on large products are made in tiles of that size. Sums have the same order in all of them.
    pub fn take_tiles(&mut self, size: TileSize) {
        self.size = size;
        let GpuEngine { gpu, plan, seed, vectors, program, .. } = &mut *self;
        let (seed, vectors, is_software) = (*seed, *vectors, gpu.is_software());
        program.resize(&Context { plan, seed, vectors, is_software, size });
    }
}
