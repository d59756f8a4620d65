//! Reads of a run that may have to wait for the device. Each is asked for at once and borrows nothing while it waits;
//! on the CPU it is ready at once.

use super::device::is_finite;
use super::submission::Expected;
use super::{Answers, Part, Run, TrainingProgress, outputs, part_rows};
use crate::engine::gpu::{Memory, ResultFuture};
use crate::error::{Error, Result};
use crate::train::Metrics;
use futures_channel::oneshot::{Canceled, channel};
use std::cell::RefCell;
use std::future::poll_fn;
use std::task::Poll;

/// A copy of all that a run has on the device, and the progress that belongs to it; [`Run::adopt`] takes it.
pub struct HostCopy {
    pub(super) writes: u64,
    pub(super) progress: TrainingProgress,
    pub(super) parameters: Vec<f32>,
    pub(super) state: Vec<f32>,
    pub(super) buffers: Vec<f32>,
    pub(super) gradient_norm: f64,
    pub(super) best: Option<Vec<f32>>,
    /// Of a run that is over: what it may have to fall back on.
    pub(super) fallback: Vec<f32>,
}

impl HostCopy {
    pub(super) fn is_finite(&self) -> bool {
        is_finite(&self.parameters) && is_finite(&self.buffers)
    }
}

impl Run {
    /// Destroys the device, as a driver may at any time; the run finds out by itself. For tests.
    pub fn destroy_device(&self) {
        if let Some(device) = &self.device {
            device.gpu.destroy();
        }
    }

    /// Records what came back, submits what was asked for meanwhile, and says what to wait for next; `None` when
    /// nothing is under way. `now`: milliseconds, or NaN where there is no clock.
    pub fn wait(&mut self, now: f64) -> Option<ResultFuture<()>> {
        self.take_in(now);
        let is_over = self.progress.is_over();
        let device = self.device.as_mut()?;
        // What an epoch's end asked for goes with the next steps, if there are any.
        if is_over || !device.recorded.is_empty() {
            device.submit();
        }
        device.in_flight.front().map(|_| device.engine.idle())
    }

    /// All that the run has on the device, as of the end of the steps under way. `None` on the CPU.
    pub fn host_copy_async(&mut self) -> Option<ResultFuture<HostCopy>> {
        self.take_in(f64::NAN);
        let device = self.device.as_mut()?;
        if device.in_flight.is_empty() {
            return Some(device.copy(&self.progress, &self.engine));
        }
        let (send, receive) = channel();
        device.copies.push(send);
        Some(Box::pin(async move { receive.await.map_err(gone)?.await }))
    }

    /// Metrics on a part; `None` when it has no rows. On the GPU it completes while the run is driven: by
    /// [`advance`](Self::advance), [`wait`](Self::wait) or [`drive`].
    pub fn evaluate_async(&mut self, part: Part) -> ResultFuture<Option<Metrics>> {
        let rows = part_rows(&self.split, part);
        let Some(device) = self.device.as_mut().filter(|_| !rows.is_empty()) else {
            let metrics = self.evaluate(part);
            return Box::pin(async move { Ok(metrics) });
        };
        let (send, receive) = channel();
        device.engine.evaluate(rows);
        device.recorded.push(Expected::Asked(send));
        device.submit();
        Box::pin(async move { receive.await.map_err(gone) })
    }

    /// Answers for new rows, as [`classify`](Self::classify) gives them.
    ///
    /// # Errors
    /// A length that is no multiple of the columns.
    pub fn classify_async(&mut self, inputs: &[f64]) -> Result<ResultFuture<Answers>> {
        outputs::check_room(self.data.count_rows(inputs)?, self.plan().output().len)?;
        let encoded = self.encoder.transform(inputs);
        self.classify_encoded_async(&encoded)
    }

    /// The same for rows as the model sees them.
    ///
    /// # Errors
    /// More numbers of outputs than [`MOST_NUMBERS`](outputs::MOST_NUMBERS).
    pub fn classify_encoded_async(&mut self, encoded: &[f32]) -> Result<ResultFuture<Answers>> {
        let decoder = outputs::OutputDecoder::of(self);
        let (rows, each) = (encoded.len() / self.encoder.width(), self.plan().output().len);
        let Some(device) = &mut self.device else {
            let answers = self.classify_encoded(encoded)?;
            return Ok(Box::pin(async move { Ok(answers) }));
        };
        outputs::check_room(rows, each)?;
        let outputs = device.engine.predict(encoded);
        Ok(Box::pin(async move { Ok(decoder.decode(outputs.await?)) }))
    }

    /// Gradient of the mean loss on a part, without penalties, in the order of the parameters. Batch norm over more
    /// rows than the device takes in a pass is the CPU's, by a copy of its engine.
    pub fn gradient_async(&mut self, part: Part) -> ResultFuture<Vec<f32>> {
        let Some(device) = &mut self.device else {
            let gradient = self.gradient(part);
            return Box::pin(async move { Ok(gradient) });
        };
        let rows = part_rows(&self.split, part);
        if device.engine.can_differentiate(rows.len()) {
            device.holds_other_gradient |= !rows.is_empty();
            return device.engine.gradient(rows);
        }
        let (mut engine, rows) = (self.engine.clone(), rows.to_vec());
        let parameters = device.engine.read(Memory::Parameters);
        Box::pin(async move {
            engine.parameters_mut().copy_from_slice(&parameters.await?);
            Ok(engine.gradient(&rows))
        })
    }

    /// All parameters, flat, as in a PyTorch `state_dict`.
    pub fn parameters_async(&mut self) -> ResultFuture<Vec<f32>> {
        let Some(device) = &mut self.device else {
            let parameters = self.parameters().to_vec();
            return Box::pin(async move { Ok(parameters) });
        };
        device.engine.read(Memory::Parameters)
    }
}

/// Waits for `future` and keeps the run going meanwhile; the run is borrowed only between waits.
///
/// # Errors
/// Those of `future`; after one of the device, the run goes on on the CPU.
pub async fn drive<T>(run: &RefCell<Run>, now: impl Fn() -> f64, mut future: ResultFuture<T>) -> Result<T> {
    let mut idle: Option<ResultFuture<()>> = None;
    let result = poll_fn(move |context| {
        loop {
            if let Poll::Ready(result) = future.as_mut().poll(context) {
                return Poll::Ready(result);
            }
            match &mut idle {
                None => idle = run.borrow_mut().wait(now()),
                Some(under_way) => match under_way.as_mut().poll(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(landed) => {
                        let mut run = run.borrow_mut();
                        if let Err(error) = landed {
                            run.lose_device(error.words());
                        }
                        idle = run.wait(now());
                    }
                },
            }
            if idle.is_none() {
                // Nothing is under way: what was asked of the device wakes us by itself.
                return future.as_mut().poll(context);
            }
        }
    })
    .await;
    if let Err(error @ Error::Gpu { .. }) = &result {
        run.borrow_mut().lose_device(error.words());
    }
    result
}

/// Brings the host copy up to date with the device, also with what is set by hand meanwhile; on the CPU there is nothing
/// to do.
///
/// # Errors
/// [`Error::Gpu`] when the device is lost; the run then goes on on the CPU.
pub async fn sync(run: &RefCell<Run>, now: impl Fn() -> f64) -> Result<()> {
    loop {
        let Some(future) = run.borrow_mut().host_copy_async() else { return Ok(()) };
        let copy = drive(run, &now, future).await?;
        if run.borrow_mut().adopt(copy) {
            return Ok(());
        }
    }
}

/// Whoever was to answer is gone with the device.
fn gone(_: Canceled) -> Error {
    Error::Gpu { what: "the device was lost before it answered".into() }
}
