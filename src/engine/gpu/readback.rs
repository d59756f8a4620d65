//! Waiting for the device: buffers that become readable, and what becomes of the wait when the device is lost.

use super::device::Gpu;
use super::memory::buffer;
use super::waits::Wait;
use crate::error::{Error, Result};
use futures_channel::oneshot::{Receiver, channel};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Completes when a message is there, and fails once the device is lost, or has been silent for too long. Natively it
/// polls the device itself.
pub struct Readback<T> {
    gpu: Gpu,
    receiver: Receiver<T>,
    wait: Option<Wait>,
}

impl<T> Readback<T> {
    /// Waits for what `receiver` will get.
    pub fn new(gpu: &Gpu, receiver: Receiver<T>) -> Self {
        Readback { gpu: gpu.clone(), receiver, wait: None }
    }
}

impl<T> Future for Readback<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<Result<T>> {
        if self.gpu.lost().is_some() {
            return Poll::Ready(Err(failure(&self.gpu)));
        }
        match Pin::new(&mut self.receiver).poll(context) {
            Poll::Ready(Ok(message)) => {
                self.gpu.waits().hear();
                return Poll::Ready(Ok(message));
            }
            Poll::Ready(Err(_)) => return Poll::Ready(Err(failure(&self.gpu))),
            Poll::Pending => {}
        }
        let Readback { gpu, wait, .. } = &mut *self;
        wait.get_or_insert_with(|| Wait::new(gpu)).wakes(context.waker());
        if cfg!(not(target_arch = "wasm32")) {
            gpu.wait();
            context.waker().wake_by_ref();
        }
        Poll::Pending
    }
}

/// Why the device doesn't answer.
pub fn failure(gpu: &Gpu) -> Error {
    Error::Gpu { what: gpu.lost().unwrap_or_else(|| "the device gave no answer".into()) }
}

/// The numbers of a buffer that was made to be mapped, once all that was submitted is done.
pub async fn numbers(gpu: Gpu, buffer: wgpu::Buffer, count: usize) -> Result<Vec<f32>> {
    if count == 0 {
        return gpu.lost().map_or(Ok(vec![]), |what| Err(Error::Gpu { what }));
    }
    let (send, receiver) = channel();
    buffer.map_async(wgpu::MapMode::Read, .., move |result| drop(send.send(result)));
    Readback::new(&gpu, receiver).await?.map_err(|_| failure(&gpu))?;
    let numbers = mapped(&gpu, &buffer, count as u64 * 4, bytemuck::pod_collect_to_vec);
    // Else a browser frees it only when it collects garbage.
    buffer.destroy();
    numbers
}

/// A buffer for `count` numbers to be copied to and read from.
pub fn staging(gpu: &Gpu, count: usize) -> wgpu::Buffer {
    staging_bytes(gpu, count as u64 * 4)
}

/// The same for so many bytes.
pub fn staging_bytes(gpu: &Gpu, bytes: u64) -> wgpu::Buffer {
    buffer(gpu, bytes, wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST)
}

/// What `read` makes of the first bytes of a mapped buffer.
pub fn mapped<T>(gpu: &Gpu, buffer: &wgpu::Buffer, bytes: u64, read: impl FnOnce(&[u8]) -> T) -> Result<T> {
    let view = buffer.get_mapped_range(0..bytes).map_err(|_| failure(gpu))?;
    Ok(read(&view))
}
