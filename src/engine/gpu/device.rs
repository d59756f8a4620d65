//! The adapter and its device: opening them, what is known of them, and how they fail.

use super::waits::Waits;
use crate::error::{Error, Result};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

/// What is known of an adapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// As the driver names it; browsers may tell little.
    pub name: String,
    /// Vulkan, browser WebGPU, …
    pub backend: String,
    /// Whether a processor plays the graphics card.
    pub is_fallback: bool,
    /// The most bytes of one buffer.
    pub max_buffer: u64,
    /// Whether the device tells how long it computes.
    pub timestamps: bool,
}

/// An open adapter and device, shared by engines (cheap to clone).
#[derive(Clone)]
pub struct Gpu {
    shared: Rc<Shared>,
    is_software: bool,
}

struct Shared {
    device: wgpu::Device,
    queue: wgpu::Queue,
    facts: Facts,
    /// Whatever goes wrong is sent here, from any thread.
    messages: Receiver<String>,
    lost: RefCell<Option<String>>,
    waits: Waits,
}

/// What an error says. Those of a browser come as `JsValue(NAME: WORDS`, with where it was below.
fn words(error: &wgpu::RequestDeviceError) -> String {
    let text = error.to_string();
    let inner = text.strip_prefix("JsValue(").and_then(|inner| inner.strip_suffix(')'));
    inner.map_or(text.as_str(), |inner| inner.lines().next().unwrap_or("no reason is given")).into()
}

impl Gpu {
    /// Opens the fastest adapter. `None` where there is no WebGPU, or no adapter.
    ///
    /// # Errors
    /// [`Error::Gpu`] when the driver fails to open its device.
    pub async fn open() -> Result<Option<Gpu>> {
        let mut descriptor = wgpu::InstanceDescriptor::new_without_display_handle();
        descriptor.backends = wgpu::Backends::BROWSER_WEBGPU | wgpu::Backends::VULKAN;
        let instance = wgpu::Instance::new(descriptor);
        let wish = wgpu::RequestAdapterOptions {
            power_preference: wgpu::PowerPreference::HighPerformance,
            ..Default::default()
        };
        let Ok(adapter) = instance.request_adapter(&wish).await else { return Ok(None) };
        let limits = adapter.limits();
        let timestamps = adapter.features() & wgpu::Features::TIMESTAMP_QUERY;
        let descriptor = wgpu::DeviceDescriptor {
            required_features: timestamps,
            required_limits: wgpu::Limits {
                max_buffer_size: limits.max_buffer_size,
                max_storage_buffer_binding_size: limits.max_storage_buffer_binding_size,
                ..wgpu::Limits::default()
            },
            ..Default::default()
        };
        let (device, queue) = adapter.request_device(&descriptor).await.map_err(|error| Error::Gpu {
            what: format!("the adapter opens no device ({})", words(&error)),
        })?;
        let (send, messages) = channel();
        let send_error = send.clone();
        device.on_uncaptured_error(Arc::new(move |error| drop(send_error.send(error.to_string()))));
        device.set_device_lost_callback(move |_, message| {
            let known = !message.is_empty();
            drop(send.send(if known { message } else { "the device was lost".into() }));
        });
        let info = adapter.get_info();
        let facts = Facts {
            name: if info.name.is_empty() { "unnamed adapter".into() } else { info.name },
            backend: format!("{:?}", info.backend),
            is_fallback: info.device_type == wgpu::DeviceType::Cpu,
            max_buffer: device.limits().max_buffer_size.min(device.limits().max_storage_buffer_binding_size),
            timestamps: !timestamps.is_empty(),
        };
        // Native ones made of software compile large tiles too slowly.
        let is_software = facts.is_fallback && cfg!(target_arch = "wasm32");
        let lost = RefCell::new(None);
        let shared = Shared { device, queue, facts, messages, lost, waits: Waits::default() };
        Ok(Some(Gpu { shared: Rc::new(shared), is_software }))
    }

    /// The same device, with kernels as for a graphics card or as for software, whatever it is: for tests of both.
    pub fn with_kernels_for(&self, is_software: bool) -> Gpu {
        Gpu { is_software, ..self.clone() }
    }

    /// For which of them kernels are made.
    pub(super) fn is_software(&self) -> bool {
        self.is_software
    }

    /// What is known of the adapter.
    pub fn facts(&self) -> &Facts {
        &self.shared.facts
    }

    /// Why the device is of no more use, once it is: it was lost, or it refused what was asked of it.
    pub fn lost(&self) -> Option<String> {
        self.poll();
        let mut lost = self.shared.lost.borrow_mut();
        if lost.is_none() {
            *lost = self.shared.messages.try_recv().ok();
        }
        lost.clone()
    }

    /// Destroys the device, as a driver that fails would; everything asked of it from then on is an error.
    pub fn destroy(&self) {
        self.lose("the device was destroyed");
        self.shared.device.destroy();
    }

    /// From now on it is lost, for that reason unless there was one before.
    pub fn lose(&self, why: &str) {
        self.shared.lost.borrow_mut().get_or_insert_with(|| why.into());
    }

    /// Who waits for it.
    pub(super) fn waits(&self) -> &Waits {
        &self.shared.waits
    }

    pub(super) fn device(&self) -> &wgpu::Device {
        &self.shared.device
    }

    pub(super) fn queue(&self) -> &wgpu::Queue {
        &self.shared.queue
    }

    /// Submits what is part of something long: when it is done, the device has said something.
    pub(super) fn submit_part(&self, encoder: wgpu::CommandEncoder) {
        self.queue().submit([encoder.finish()]);
        self.queue().on_submitted_work_done(self.waits().messenger());
    }

    /// Lets callbacks run that are due; in a browser they run by themselves.
    pub(super) fn poll(&self) {
        let _ = self.shared.device.poll(wgpu::PollType::Poll);
    }

    /// Waits a little for the device; in a browser, nothing can wait.
    pub(super) fn wait(&self) {
        let timeout = Some(std::time::Duration::from_millis(20));
        let _ = self.shared.device.poll(wgpu::PollType::Wait { submission_index: None, timeout });
    }
}
