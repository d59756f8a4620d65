//! Who waits for the device: nudged, so that a browser which looks after it only now and then looks sooner, and given up
//! when it keeps silent.

use super::device::Gpu;
use std::cell::{Cell, RefCell};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::Waker;

/// A device that says nothing for so long while somebody waits is lost, in milliseconds.
const PATIENCE_MS: f64 = 20_000.0;
/// What the sentence says of that.
const SILENT: &str = "it has not answered for 20 seconds";

/// The most that the time between two ticks counts for: what is more, the machine slept or had other things to do.
const MOST_TICK_MS: f64 = 500.0;

/// The next tick comes after so many milliseconds, doubled with each that brings nothing, up to so many.
const TICK_MS: [f64; 2] = [2.0, 16.0];

/// Starts what ticks for a device, until [`Gpu::tick`] says that nobody waits any more.
pub type Clock = fn(Gpu);

/// Waits under way.
pub(super) struct Waits {
    /// Signs of life from any thread, as they come.
    signs: (Sender<()>, Receiver<()>),
    /// Whether there was one since the last tick.
    is_heard: Cell<bool>,
    waiting: RefCell<Vec<(usize, Waker)>>,
    next: Cell<usize>,
    silent_ms: Cell<f64>,
    pause_ms: Cell<f64>,
    clock: Cell<Option<Clock>>,
    is_ticking: Cell<bool>,
}

/// One of them; it ends when it is dropped.
pub(super) struct Wait {
    gpu: Gpu,
    key: usize,
}

impl Wait {
    /// Begins to wait.
    pub fn new(gpu: &Gpu) -> Wait {
        let waits = gpu.waits();
        let key = waits.next.replace(waits.next.get().wrapping_add(1));
        if waits.waiting.borrow().is_empty() {
            waits.start_anew();
        }
        Wait { gpu: gpu.clone(), key }
    }

    /// Who is to be woken when the device is lost.
    pub fn wakes(&self, waker: &Waker) {
        let waits = self.gpu.waits();
        let mut waiting = waits.waiting.borrow_mut();
        match waiting.iter_mut().find(|(key, _)| *key == self.key) {
            Some((_, known)) => known.clone_from(waker),
            None => waiting.push((self.key, waker.clone())),
        }
        drop(waiting);
        if let (false, Some(clock)) = (waits.is_ticking.get(), waits.clock.get()) {
            waits.is_ticking.set(true);
            clock(self.gpu.clone());
        }
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        self.gpu.waits().waiting.borrow_mut().retain(|(key, _)| *key != self.key);
    }
}

impl Default for Waits {
    fn default() -> Waits {
        Waits {
            signs: channel(),
            is_heard: Cell::default(),
            waiting: RefCell::default(),
            next: Cell::default(),
            silent_ms: Cell::default(),
            pause_ms: Cell::default(),
            clock: Cell::default(),
            is_ticking: Cell::default(),
        }
    }
}

impl Waits {
    /// The device said something.
    pub fn hear(&self) {
        self.is_heard.set(true);
    }

    /// Tells the same, from any thread.
    pub fn messenger(&self) -> impl FnOnce() + Send + 'static {
        self.listen(); // where nobody ticks they are taken in here
        let sign = self.signs.0.clone();
        move || {
            let _ = sign.send(()); // nobody hears it any more where the device is gone
        }
    }

    fn listen(&self) {
        if self.signs.1.try_iter().count() > 0 {
            self.hear();
        }
    }

    fn start_anew(&self) {
        self.silent_ms.set(0.0);
        self.pause_ms.set(TICK_MS[0]);
    }

    fn wake_all(&self) {
        self.waiting.borrow().iter().for_each(|(_, waker)| waker.wake_by_ref());
    }
}

impl Gpu {
    /// From now on `clock` is started whenever somebody begins to wait.
    pub fn set_clock(&self, clock: Clock) {
        self.waits().clock.set(Some(clock));
    }

    /// `ms` milliseconds have passed since the last tick. Says after how many the next one is due; `None` when nobody waits.
    pub fn tick(&self, ms: f64) -> Option<f64> {
        let waits = self.waits();
        if waits.waiting.borrow().is_empty() {
            waits.is_ticking.set(false);
            return None;
        }
        waits.listen();
        if waits.is_heard.take() {
            waits.start_anew();
        } else {
            waits.silent_ms.set(waits.silent_ms.get() + ms.clamp(0.0, MOST_TICK_MS));
        }
        if waits.silent_ms.get() >= PATIENCE_MS {
            self.lose(SILENT);
        }
        if self.lost().is_some() {
            waits.wake_all();
        } else {
            // Firefox looks whether something is done ten times a second, and with each submission.
            self.queue().submit([]);
        }
        let pause = waits.pause_ms.get();
        waits.pause_ms.set((2.0 * pause).min(TICK_MS[1]));
        Some(pause)
    }
}
