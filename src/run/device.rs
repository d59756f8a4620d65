//! A run on the GPU. The CPU engine stays as the host copy: its numbers, and the progress that belongs to them, are as of
//! the last copy that was brought home, and from there the run goes on when the device is lost.

use super::async_read::HostCopy;
use super::submission::{Expected, Flight, MOST_IN_FLIGHT, Pace};
use super::{Run, TrainingProgress, WeightsSnapshot};
use crate::engine::cpu::CpuEngine;
use crate::engine::gpu::{Gpu, GpuEngine, Memory, ResultFuture, SnapshotBuffer};
#[cfg(feature = "layers")]
use crate::error::Error;
use crate::error::Result;
use crate::train::gradient::norm;
use futures_channel::oneshot::Sender;
use std::collections::VecDeque;

/// The device's side of a run.
pub(super) struct Device {
    pub(super) gpu: Gpu,
    pub(super) engine: GpuEngine,
    /// Where the run stood when the numbers of the host copy were its own.
    pub(super) host: TrainingProgress,
    /// Counts what was written over the device's numbers: a copy asked for before is of no use after.
    pub(super) writes: u64,
    /// What the commands recorded since the last submission will answer.
    pub(super) recorded: Vec<Expected>,
    /// Whether commands that answer nothing were recorded too.
    pub(super) is_unsent: bool,
    /// The submissions under way, oldest first.
    pub(super) in_flight: VecDeque<Flight>,
    /// Whether what follows the steps under way depends on how they went.
    pub(super) must_land: bool,
    /// Who waits for a copy of the numbers, to be made when no step is under way.
    pub(super) copies: Vec<Sender<ResultFuture<HostCopy>>>,
    /// A change of the agreed epochs, to count once the steps under way are recorded.
    pub(super) max_epochs: Option<Option<u32>>,
    /// Norm of the last step's gradient, as of the last copy; NaN where it wasn't there.
    pub(super) gradient_norm: f64,
    /// Whether a gradient that somebody asked for stands in the place of the last step's.
    pub(super) holds_other_gradient: bool,
    pub(super) pace: Pace,
}

impl Run {
    /// Goes on on the GPU: uploads examples, parameters and state as they stand.
    ///
    /// # Errors
    /// [`Error::Gpu`] when the device can't hold the run, or its images are varied; it then stays where it is.
    pub fn move_to_gpu(&mut self, gpu: &Gpu) -> Result<()> {
        #[cfg(feature = "layers")]
        if !self.spec.data.augment.is_none() {
            let what = "data.augment varies training images, which only the CPU does".into();
            return Err(Error::Gpu { what });
        }
        let training = &self.spec.training;
        let (inputs, targets) = self.engine.examples();
        let plan = self.engine.plan();
        let (batch, optimizer) = (self.batches.batch_size(), &training.optimizer);
        let engine = GpuEngine::new(gpu, plan, inputs, targets, batch, optimizer, self.spec.seed)?;
        self.device = Some(Device {
            gpu: gpu.clone(),
            engine,
            host: self.progress.clone(),
            writes: 0,
            recorded: vec![],
            is_unsent: false,
            in_flight: VecDeque::new(),
            must_land: false,
            copies: vec![],
            max_epochs: None,
            gradient_norm: self.gradient_norm(),
            holds_other_gradient: !self.has_gradient,
            pace: Pace::default(),
        });
        self.device_lost = None;
        self.upload();
        Ok(())
    }

    /// Goes on on the CPU from the host copy; what the GPU did since the last copy is done again.
    pub fn move_to_cpu(&mut self) {
        let Some(device) = self.device.take() else { return };
        self.progress = device.host;
        self.has_gradient = false;
        self.batches.seek(self.progress.epoch, self.progress.batch);
        self.hyper.learning_rate = self.learning_rate();
        if let Some(most) = device.max_epochs {
            self.set_max_epochs(most);
        }
    }

    /// The device, while the run is on one.
    pub fn gpu(&self) -> Option<&Gpu> {
        self.device.as_ref().map(|device| &device.gpu)
    }

    /// Why the run left the GPU on its own, if it did.
    pub fn device_lost(&self) -> Option<&str> {
        self.device_lost.as_deref()
    }

    /// Memory taken on the device, in bytes; 0 on the CPU.
    pub fn device_bytes(&self) -> u64 {
        self.device.as_ref().map_or(0, |device| device.engine.bytes())
    }

    /// Dispatches that one training step takes; 0 on the CPU.
    pub fn dispatches_per_step(&self) -> usize {
        self.device.as_ref().map_or(0, |device| device.engine.dispatches_per_step())
    }

    /// The device is gone: the run goes on on the CPU.
    pub(super) fn lose_device(&mut self, why: String) {
        if let Some(device) = &self.device {
            device.gpu.lose(&why); // nor does another run get it
            self.move_to_cpu();
            self.device_lost = Some(why);
        }
    }

    /// Brings the host's numbers to the device, over whatever it did since.
    pub(super) fn upload(&mut self) {
        let Some(device) = &mut self.device else { return };
        let engine = &self.engine;
        device.writes += 1;
        device.engine.write(Memory::Parameters, engine.parameters());
        let parts = [(Memory::State, engine.state()), (Memory::Buffers, engine.buffers())];
        for (part, numbers) in parts.into_iter().filter(|(_, numbers)| !numbers.is_empty()) {
            device.engine.write(part, numbers);
        }
        device.engine.write(Memory::Fallback, &self.fallback.arrays().concat());
        if let Some(best) = &self.best {
            device.engine.write(Memory::Best, &best.arrays().concat());
        }
        device.engine.freeze(&engine.frozen().collect::<Vec<_>>());
    }

    /// The host's parameters were changed by hand: so are the device's.
    pub(super) fn upload_parameters(&mut self) {
        if let Some(device) = &mut self.device {
            device.writes += 1;
            device.engine.write(Memory::Parameters, self.engine.parameters());
        }
    }

    /// After a checkpoint was put back: what was recorded or under way belongs to another past.
    pub(super) fn upload_anew(&mut self) {
        let Some(device) = &mut self.device else { return };
        device.send(0); // it comes before what is written
        device.host = self.progress.clone();
        device.gradient_norm = f64::NAN;
        device.holds_other_gradient = true;
        device.max_epochs = None;
        device.must_land = false;
        device.in_flight.iter_mut().for_each(Flight::forget);
        self.upload();
    }

    /// Takes a copy of the device's numbers as the host's own. `false`: they were overwritten since it was asked for, so
    /// that it is of no use and another one is wanted.
    pub fn adopt(&mut self, copy: HostCopy) -> bool {
        let Some(device) = &mut self.device else { return true };
        if copy.writes != device.writes {
            return false;
        }
        if !copy.is_finite() && !copy.progress.is_over() {
            return true; // no later one will be better: the last finite copy stays
        }
        let is_sound = copy.is_finite();
        device.gradient_norm = copy.gradient_norm;
        self.engine.parameters_mut().copy_from_slice(&copy.parameters);
        self.engine.state_mut().copy_from_slice(&copy.state);
        self.engine.buffers_mut().copy_from_slice(&copy.buffers);
        device.host = copy.progress;
        if let Some(best) = &copy.best {
            self.best = Some(WeightsSnapshot::read(best, copy.parameters.len()));
        }
        if is_sound {
            self.fallback.copy_from(&self.engine);
        } else {
            // An update overflowed before the loss did.
            self.fall_back(&copy.fallback);
        }
        true
    }

    /// To the device's own fall-back, or to the last finite copy.
    fn fall_back(&mut self, fallback: &[f32]) {
        let parameters = self.engine.parameters().len();
        if !fallback.is_empty() && fallback.iter().all(|x| x.is_finite()) {
            self.fallback = WeightsSnapshot::read(fallback, parameters);
        }
        self.fallback.restore_into(&mut self.engine);
        self.upload();
    }

    /// What the best epoch so far, or its end, asks of the device.
    pub(super) fn snapshot_best(&mut self, is_best: bool) {
        let takes_back =
            self.progress.is_over() && self.spec.training.stop.restore_best && self.progress.best.is_some();
        let Some(device) = &mut self.device else { return };
        if is_best {
            device.engine.keep(SnapshotBuffer::Best);
        }
        if takes_back {
            device.engine.restore(SnapshotBuffer::Best);
        }
        device.is_unsent |= is_best || takes_back;
    }
}

/// Whether all numbers of a model are finite.
pub(super) fn is_finite(numbers: &[f32]) -> bool {
    numbers.iter().all(|x| x.is_finite())
}

impl Device {
    /// Submits what is recorded, unless as much as may be is under way.
    pub(super) fn submit(&mut self) {
        if self.in_flight.len() < MOST_IN_FLIGHT {
            self.send(0);
        }
    }

    /// Submits what is recorded, with so many steps; says whether there was any.
    pub(super) fn send(&mut self, steps: u64) -> bool {
        if !self.is_unsent && self.recorded.is_empty() {
            return false;
        }
        self.engine.submit();
        self.is_unsent = false;
        self.holds_other_gradient &= steps == 0;
        self.in_flight.push_back(Flight::new(std::mem::take(&mut self.recorded), steps));
        true
    }

    /// Steps of all that is under way.
    pub(super) fn steps_in_flight(&self) -> u64 {
        self.in_flight.iter().map(Flight::steps).sum()
    }

    /// Asks for all that the host copy consists of; no step may be under way.
    pub(super) fn copy(&mut self, progress: &TrainingProgress, host: &CpuEngine) -> ResultFuture<HostCopy> {
        self.submit(); // what the last epoch's end asked for belongs to it
        let mut read = |part, is_wanted: bool| is_wanted.then(|| self.engine.read(part));
        let parameters = read(Memory::Parameters, true);
        let state = read(Memory::State, !host.state().is_empty());
        let buffers = read(Memory::Buffers, !host.buffers().is_empty());
        let gradients = read(Memory::Gradients, progress.step > 0 && !self.holds_other_gradient);
        let best = read(Memory::Best, progress.best.is_some());
        let fallback = read(Memory::Fallback, progress.is_over());
        let (progress, writes) = (progress.clone(), self.writes);
        Box::pin(async move {
            Ok(HostCopy {
                writes,
                progress,
                parameters: numbers(parameters).await?,
                state: numbers(state).await?,
                buffers: numbers(buffers).await?,
                gradient_norm: match gradients {
                    None => f64::NAN,
                    Some(gradients) => norm(&gradients.await?),
                },
                best: match best {
                    None => None,
                    Some(best) => Some(best.await?),
                },
                fallback: numbers(fallback).await?,
            })
        })
    }
}

/// None where none were asked for.
async fn numbers(future: Option<ResultFuture<Vec<f32>>>) -> Result<Vec<f32>> {
    match future {
        None => Ok(vec![]),
        Some(future) => future.await,
    }
}
