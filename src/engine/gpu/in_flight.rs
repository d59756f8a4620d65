//! The one submission in flight: sent off, waited for, and its outcomes taken in.

use super::device::Gpu;
use super::memory::{Buffers, RING_ENTRY, RING_HEAD, STAMPS, buffer};
use super::readback::{Readback, failure, mapped};
use super::record::Recording;
use super::{Outcome, ResultFuture};
use crate::error::{Error, Result};
use futures_channel::oneshot;
use std::sync::mpsc;

type Mapped = std::result::Result<(), wgpu::BufferAsyncError>;

/// A submission and what is to come of it.
struct Submission {
    recording: Recording,
    done: oneshot::Receiver<Mapped>,
    /// Who wants to know when it is done sends a messenger here; closed once it is.
    waiters: mpsc::Sender<oneshot::Sender<()>>,
}

/// Timestamps of the device.
struct Clock {
    queries: wgpu::QuerySet,
    resolved: wgpu::Buffer,
}

/// At most one submission.
pub struct InFlight {
    gpu: Gpu,
    submission: Option<Submission>,
    clock: Option<Clock>,
    compute_ms: Option<f64>,
    /// The last recording, whose memory the next one uses.
    spare: Recording,
}

impl InFlight {
    /// None yet.
    pub fn new(gpu: &Gpu) -> InFlight {
        let clock = gpu.facts().timestamps.then(|| Clock {
            queries: gpu.device().create_query_set(&wgpu::QuerySetDescriptor {
                label: None,
                ty: wgpu::QueryType::Timestamp,
                count: 2,
            }),
            resolved: buffer(gpu, STAMPS, wgpu::BufferUsages::QUERY_RESOLVE | wgpu::BufferUsages::COPY_SRC),
        });
        InFlight { gpu: gpu.clone(), submission: None, clock, compute_ms: None, spare: Recording::default() }
    }

    /// Whether there is one.
    pub fn is_busy(&self) -> bool {
        self.submission.is_some()
    }

    /// Takes the time before the first dispatch (0) or after the last (1), by an empty pass.
    pub fn mark(&self, encoder: &mut wgpu::CommandEncoder, which: u32) {
        let Some(clock) = &self.clock else { return };
        let stamp = |this| (which == this).then_some(this);
        encoder.begin_compute_pass(&wgpu::ComputePassDescriptor {
            label: None,
            timestamp_writes: Some(wgpu::ComputePassTimestampWrites {
                query_set: &clock.queries,
                beginning_of_pass_write_index: stamp(0),
                end_of_pass_write_index: stamp(1),
            }),
        });
    }

    /// Submits the commands, then the copy of what came of them. Gives an empty recording back.
    pub fn start(
        &mut self,
        mut encoder: wgpu::CommandEncoder,
        buffers: &Buffers,
        recording: Recording,
    ) -> Recording {
        let bytes = ring_bytes(&recording);
        encoder.copy_buffer_to_buffer(&buffers.ring, 0, &buffers.staging, 0, bytes);
        if let Some(clock) = &self.clock {
            encoder.resolve_query_set(&clock.queries, 0..2, &clock.resolved, 0);
            encoder.copy_buffer_to_buffer(&clock.resolved, 0, &buffers.staging, bytes, STAMPS);
        }
        self.gpu.queue().submit([encoder.finish()]);
        let (send, done) = oneshot::channel();
        let (waiters, waiting) = mpsc::channel::<oneshot::Sender<()>>();
        buffers.staging.map_async(wgpu::MapMode::Read, 0..bytes + STAMPS, move |result| {
            drop(send.send(result));
            for waiter in waiting.try_iter() {
                let _ = waiter.send(());
            }
        });
        self.submission = Some(Submission { recording, done, waiters });
        std::mem::take(&mut self.spare)
    }

    /// Outcomes, once they are there.
    pub fn collect(&mut self, buffers: &Buffers) -> Option<Result<Vec<Outcome>>> {
        let submission = self.submission.as_mut()?;
        let mapped = match (self.gpu.lost(), submission.done.try_recv()) {
            (None, Ok(None)) => return None,
            (None, Ok(Some(Ok(())))) => Ok(()),
            _ => Err(failure(&self.gpu)),
        };
        let mut recording = self.submission.take()?.recording;
        let outcomes = mapped.and_then(|()| self.take_in(buffers, &recording));
        recording.clear();
        self.spare = recording;
        Some(outcomes)
    }

    fn take_in(&mut self, buffers: &Buffers, recording: &Recording) -> Result<Vec<Outcome>> {
        let bytes = ring_bytes(recording);
        let (outcomes, stamps) = mapped(&self.gpu, &buffers.staging, bytes + STAMPS, |all| {
            let (ring, stamps) = all.split_at(bytes as usize);
            let entries: Vec<[f32; 4]> = bytemuck::pod_collect_to_vec(&ring[RING_HEAD as usize..]);
            let stamps: Vec<u64> = bytemuck::pod_collect_to_vec(stamps);
            (recording.outcomes(&entries), stamps)
        })?;
        buffers.staging.unmap();
        self.compute_ms = self.clock.as_ref().and_then(|_| match stamps[..] {
            [first, last] if last > first => {
                Some((last - first) as f64 * f64::from(self.gpu.queue().get_timestamp_period()) / 1e6)
            }
            _ => None,
        });
        Ok(outcomes)
    }

    /// Completes when there is something to collect, or nothing to wait for.
    pub fn idle(&self) -> ResultFuture<()> {
        let gpu = self.gpu.clone();
        let (send, receiver) = oneshot::channel();
        let waits = self.submission.as_ref().is_some_and(|submission| submission.waiters.send(send).is_ok());
        Box::pin(async move {
            if waits {
                // The messenger is dropped unused when the device answered just before.
                return Readback::new(&gpu, receiver).await.or_else(|error| if_lost(&gpu, error));
            }
            gpu.lost().map_or(Ok(()), |what| Err(Error::Gpu { what }))
        })
    }

    /// Milliseconds between the first and the last dispatch of the last submission, where the device tells.
    pub fn compute_ms(&self) -> Option<f64> {
        self.compute_ms
    }
}

fn if_lost(gpu: &Gpu, error: Error) -> Result<()> {
    if gpu.lost().is_some() { Err(error) } else { Ok(()) }
}

/// Bytes of the ring that a recording fills.
fn ring_bytes(recording: &Recording) -> u64 {
    RING_HEAD + recording.entries as u64 * RING_ENTRY
}
