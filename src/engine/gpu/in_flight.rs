//! Submissions in flight: sent off, waited for, and their outcomes taken in, in order.

use super::device::Gpu;
use super::memory::{Buffers, RING_ENTRY, RING_HEAD, STAMPS, buffer};
use super::readback::{Readback, failure, mapped, staging_bytes};
use super::record::Recording;
use super::{Outcome, ResultFuture};
use crate::error::{Error, Result};
use futures_channel::oneshot;
use std::collections::VecDeque;
use std::sync::mpsc;

type Mapped = std::result::Result<(), wgpu::BufferAsyncError>;

/// A submission and what is to come of it.
struct Submission {
    recording: Recording,
    /// The ring's copy.
    staging: wgpu::Buffer,
    done: oneshot::Receiver<Mapped>,
    /// Who wants to know when it is done sends a messenger here; closed once it is.
    waiters: mpsc::Sender<oneshot::Sender<()>>,
}

/// Timestamps of the device.
struct Clock {
    queries: wgpu::QuerySet,
    resolved: wgpu::Buffer,
}

/// Submissions, oldest first.
pub struct InFlight {
    gpu: Gpu,
    submissions: VecDeque<Submission>,
    clock: Option<Clock>,
    compute_ms: Option<f64>,
    /// Recordings whose memory the next ones use,
    spare: Vec<Recording>,
    /// and buffers for their answers.
    stagings: Vec<wgpu::Buffer>,
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
        let (submissions, spare, stagings) = (VecDeque::new(), vec![], vec![]);
        InFlight { gpu: gpu.clone(), submissions, clock, compute_ms: None, spare, stagings }
    }

    /// Whether there is one.
    pub fn is_busy(&self) -> bool {
        !self.submissions.is_empty()
    }

    /// Bytes taken on the device.
    pub fn bytes(&self) -> u64 {
        self.all_stagings().map(wgpu::Buffer::size).sum()
    }

    fn all_stagings(&self) -> impl Iterator<Item = &wgpu::Buffer> {
        let in_flight = self.submissions.iter().map(|submission| &submission.staging);
        self.stagings.iter().chain(in_flight)
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
        let staging = self.staging(bytes + STAMPS);
        encoder.copy_buffer_to_buffer(&buffers.ring, 0, &staging, 0, bytes);
        if let Some(clock) = &self.clock {
            encoder.resolve_query_set(&clock.queries, 0..2, &clock.resolved, 0);
            encoder.copy_buffer_to_buffer(&clock.resolved, 0, &staging, bytes, STAMPS);
        }
        self.gpu.queue().submit([encoder.finish()]);
        let (send, done) = oneshot::channel();
        let (waiters, waiting) = mpsc::channel::<oneshot::Sender<()>>();
        staging.map_async(wgpu::MapMode::Read, 0..bytes + STAMPS, move |result| {
            drop(send.send(result));
            for waiter in waiting.try_iter() {
                let _ = waiter.send(());
            }
        });
        self.submissions.push_back(Submission { recording, staging, done, waiters });
        self.spare.pop().unwrap_or_default()
    }

    /// A buffer for so many bytes of answers that none is in flight with.
    fn staging(&mut self, bytes: u64) -> wgpu::Buffer {
        match self.stagings.pop() {
            Some(staging) if staging.size() >= bytes => staging,
            small => {
                small.inspect(wgpu::Buffer::destroy);
                staging_bytes(&self.gpu, bytes.next_power_of_two())
            }
        }
    }

    /// Outcomes of the oldest, once they are there.
    pub fn collect(&mut self) -> Option<Result<Vec<Outcome>>> {
        let oldest = self.submissions.front_mut()?;
        let mapped = match (self.gpu.lost(), oldest.done.try_recv()) {
            (None, Ok(None)) => return None,
            (None, Ok(Some(Ok(())))) => Ok(()),
            _ => Err(failure(&self.gpu)),
        };
        let Submission { mut recording, staging, .. } = self.submissions.pop_front()?;
        let outcomes = mapped.and_then(|()| self.take_in(&staging, &recording));
        self.stagings.push(staging);
        recording.clear();
        self.spare.push(recording);
        Some(outcomes)
    }

    fn take_in(&mut self, staging: &wgpu::Buffer, recording: &Recording) -> Result<Vec<Outcome>> {
        let bytes = ring_bytes(recording);
        let (outcomes, stamps) = mapped(&self.gpu, staging, bytes + STAMPS, |all| {
            let (ring, stamps) = all.split_at(bytes as usize);
            let entries: Vec<[f32; 4]> = bytemuck::pod_collect_to_vec(&ring[RING_HEAD as usize..]);
            let stamps: Vec<u64> = bytemuck::pod_collect_to_vec(stamps);
            (recording.outcomes(&entries), stamps)
        })?;
        staging.unmap();
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
        let waits = self.submissions.front().is_some_and(|oldest| oldest.waiters.send(send).is_ok());
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

impl Drop for InFlight {
    /// Else a browser frees them only when it collects garbage.
    fn drop(&mut self) {
        self.all_stagings().for_each(wgpu::Buffer::destroy);
    }
}

fn if_lost(gpu: &Gpu, error: Error) -> Result<()> {
    if gpu.lost().is_some() { Err(error) } else { Ok(()) }
}

/// Bytes of the ring that a recording fills.
fn ring_bytes(recording: &Recording) -> u64 {
    RING_HEAD + recording.entries as u64 * RING_ENTRY
}
