//! The buffers of an engine on the device, and how kernels see them.

use super::device::Gpu;
use super::kernel::Set;
use super::record::RECORD;
use super::{Memory, SnapshotBuffer};
use crate::error::{Error, Result};
use std::ops::Range;
use wgpu::BufferUsages as Usage;

/// Bytes before the ring's entries: its two flags.
pub const RING_HEAD: u64 = 16;
/// Bytes of an entry of the ring.
pub const RING_ENTRY: u64 = 16;
/// Bytes of the two timestamps behind a copy of the ring.
pub const STAMPS: u64 = 16;
/// Workgroups that share the sum of a gradient's squares.
pub const PARTS: usize = 256;

/// How kernels see buffers.
pub struct Layouts {
    common: wgpu::BindGroupLayout,
    set: wgpu::BindGroupLayout,
    /// For kernels that get by with what all see.
    pub alone: wgpu::PipelineLayout,
    /// For kernels that see three more.
    pub with_set: wgpu::PipelineLayout,
}

impl Layouts {
    /// The layouts on a device.
    pub fn new(gpu: &Gpu) -> Layouts {
        let device = gpu.device();
        let storage = |binding| entry(binding, wgpu::BufferBindingType::Storage { read_only: false }, false);
        let group = |entries: &[wgpu::BindGroupLayoutEntry]| {
            device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: None, entries })
        };
        let records = entry(0, wgpu::BufferBindingType::Uniform, true);
        let common = group(&[records, storage(1), storage(2), storage(3), storage(4), storage(5)]);
        let set = group(&[storage(0), storage(1), storage(2)]);
        let pipeline = |groups: &[Option<&wgpu::BindGroupLayout>]| {
            device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                label: None,
                bind_group_layouts: groups,
                immediate_size: 0,
            })
        };
        let (alone, with_set) = (pipeline(&[Some(&common)]), pipeline(&[Some(&common), Some(&set)]));
        Layouts { common, set, alone, with_set }
    }
}

fn entry(binding: u32, ty: wgpu::BufferBindingType, dynamic: bool) -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::COMPUTE,
        ty: wgpu::BindingType::Buffer { ty, has_dynamic_offset: dynamic, min_binding_size: None },
        count: None,
    }
}

/// How much of everything an engine needs.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Features of the arena, targets included.
    pub features: usize,
    /// Vectors of rows the arena has room for.
    pub vectors: usize,
    /// Learned numbers.
    pub parameters: usize,
    /// Running statistics, right behind the parameters.
    pub running: usize,
    /// Weights of classes, right behind those.
    pub class_weights: usize,
    /// Slots of the optimizer's state.
    pub slots: usize,
}

impl Sizes {
    /// Numbers of one slot of the state.
    pub fn padded(&self) -> usize {
        self.parameters.next_multiple_of(4)
    }

    /// Numbers that are put aside.
    pub fn kept(&self) -> usize {
        self.parameters + self.running
    }
}

/// The buffers of an engine.
pub struct Buffers {
    gpu: Gpu,
    layouts: Layouts,
    sizes: Sizes,
    /// Activations and targets of a batch.
    pub values: wgpu::Buffer,
    d_values: wgpu::Buffer,
    parameters: wgpu::Buffer,
    gradients: wgpu::Buffer,
    state: wgpu::Buffer,
    masks: wgpu::Buffer,
    squares: wgpu::Buffer,
    fallback: wgpu::Buffer,
    best: wgpu::Buffer,
    inputs: wgpu::Buffer,
    targets: wgpu::Buffer,
    records: wgpu::Buffer,
    order: wgpu::Buffer,
    /// Flags and outcomes.
    pub ring: wgpu::Buffer,
    /// What all kernels see, with the record's offset.
    pub common: wgpu::BindGroup,
    sets: [wgpu::BindGroup; 3],
}

impl Buffers {
    /// Takes the memory; examples are copied there.
    ///
    /// # Errors
    /// [`Error::Gpu`] when a buffer would exceed the adapter's limits.
    pub fn new(gpu: &Gpu, sizes: Sizes, inputs: &[f32], targets: &[f32]) -> Result<Buffers> {
        let arena = (sizes.features * sizes.vectors) as u64 * 16;
        let numbers = (sizes.kept() + sizes.class_weights).max(sizes.padded() * sizes.slots) as u64 * 4;
        let most = gpu.facts().max_buffer;
        for (what, bytes) in [
            ("the activations of a batch", arena),
            ("the parameters and the optimizer's state", numbers),
            ("the data set", inputs.len().max(targets.len()) as u64 * 4),
        ] {
            if bytes > most {
                let what = format!("{what} take {bytes} bytes, and the adapter allows {most}");
                return Err(Error::Gpu { what });
            }
        }
        let layouts = Layouts::new(gpu);
        let both = Usage::STORAGE | Usage::COPY_SRC | Usage::COPY_DST;
        let f32s = |count: usize| buffer(gpu, count as u64 * 4, both);
        let arena = || buffer(gpu, arena, Usage::STORAGE | Usage::COPY_SRC);
        let filled = |numbers: &[f32]| {
            let buffer = f32s(numbers.len());
            gpu.queue().write_buffer(&buffer, 0, bytemuck::cast_slice(numbers));
            buffer
        };
        let (values, d_values) = (arena(), arena());
        // The update takes them by fours.
        let parameters = f32s((sizes.kept() + sizes.class_weights).next_multiple_of(4));
        let gradients = f32s(sizes.padded());
        let (state, squares) = (f32s(sizes.padded() * sizes.slots), f32s(PARTS));
        let masks = f32s(2 * sizes.parameters.div_ceil(32));
        let (fallback, best) = (f32s(sizes.kept()), f32s(sizes.kept()));
        let (inputs, targets) = (filled(inputs), filled(targets));
        let (records, order) = (buffer(gpu, RECORD, Usage::UNIFORM | Usage::COPY_DST), f32s(1));
        let ring = new_ring(gpu, 1);
        let common = common(gpu, &layouts, [&records, &values, &d_values, &parameters, &gradients, &ring]);
        let sets = [
            three(gpu, &layouts, [&inputs, &targets, &order]),
            three(gpu, &layouts, [&state, &masks, &squares]),
            three(gpu, &layouts, [&fallback, &best, &masks]),
        ];
        Ok(Buffers {
            gpu: gpu.clone(),
            layouts,
            sizes,
            values,
            d_values,
            parameters,
            gradients,
            state,
            masks,
            squares,
            fallback,
            best,
            inputs,
            targets,
            records,
            order,
            ring,
            common,
            sets,
        })
    }

    /// How kernels see the buffers.
    pub fn layouts(&self) -> &Layouts {
        &self.layouts
    }

    /// Makes room for that many records, row numbers and entries of the ring; rarely more than was there.
    pub fn reserve(&mut self, records: usize, rows: usize, entries: usize) {
        let ring_bytes = RING_HEAD + entries as u64 * RING_ENTRY;
        let (record_bytes, row_bytes) = (records as u64 * RECORD, rows as u64 * 4);
        if record_bytes <= self.records.size()
            && row_bytes <= self.order.size()
            && ring_bytes <= self.ring.size()
        {
            return;
        }
        let gpu = &self.gpu;
        if record_bytes > self.records.size() {
            self.records = buffer(gpu, record_bytes.next_power_of_two(), Usage::UNIFORM | Usage::COPY_DST);
        }
        if row_bytes > self.order.size() {
            let both = Usage::STORAGE | Usage::COPY_DST;
            self.order = buffer(gpu, row_bytes.next_power_of_two(), both);
            self.sets[0] = three(gpu, &self.layouts, [&self.inputs, &self.targets, &self.order]);
        }
        if ring_bytes > self.ring.size() {
            let ring = new_ring(gpu, entries.next_power_of_two());
            let mut encoder = gpu.device().create_command_encoder(&Default::default());
            encoder.copy_buffer_to_buffer(&self.ring, 0, &ring, 0, RING_HEAD);
            gpu.queue().submit([encoder.finish()]);
            self.ring = ring;
        }
        let all =
            [&self.records, &self.values, &self.d_values, &self.parameters, &self.gradients, &self.ring];
        self.common = common(gpu, &self.layouts, all);
    }

    /// Sends records and row numbers.
    pub fn send(&self, records: &[u32], rows: &[u32]) {
        let queue = self.gpu.queue();
        queue.write_buffer(&self.records, 0, bytemuck::cast_slice(records));
        if !rows.is_empty() {
            queue.write_buffer(&self.order, 0, bytemuck::cast_slice(rows));
        }
    }

    /// The buffers of a set.
    pub fn set(&self, set: Set) -> &wgpu::BindGroup {
        &self.sets[set as usize]
    }

    /// The examples' set with other inputs, whose rows are taken in order.
    pub fn examples(&self, inputs: &wgpu::Buffer) -> wgpu::BindGroup {
        three(&self.gpu, &self.layouts, [inputs, &self.targets, &self.order])
    }

    /// A buffer and where in it a part of the memory lies, in numbers.
    pub fn part(&self, part: Memory) -> (&wgpu::Buffer, Range<usize>) {
        let Sizes { parameters, slots, .. } = self.sizes;
        let kept = self.sizes.kept();
        match part {
            Memory::Parameters => (&self.parameters, 0..parameters),
            Memory::Buffers => (&self.parameters, parameters..kept),
            Memory::State => (&self.state, 0..self.sizes.padded() * slots),
            Memory::Gradients => (&self.gradients, 0..parameters),
            Memory::Fallback => (&self.fallback, 0..kept),
            Memory::Best => (&self.best, 0..kept),
        }
    }

    /// Replaces a part of the memory; new parameters are finite until shown otherwise.
    pub fn write(&self, part: Memory, numbers: &[f32]) {
        let (buffer, range) = self.part(part);
        let numbers = &numbers[..numbers.len().min(range.len())];
        if !numbers.is_empty() {
            self.gpu.queue().write_buffer(buffer, range.start as u64 * 4, bytemuck::cast_slice(numbers));
        }
        if part == Memory::Parameters {
            self.gpu.queue().write_buffer(&self.ring, 0, &[0; 8]);
        }
    }

    /// Replaces one parameter.
    pub fn write_parameter(&self, index: usize, value: f32) {
        if index < self.sizes.parameters {
            self.gpu.queue().write_buffer(&self.parameters, index as u64 * 4, &value.to_ne_bytes());
        }
    }

    /// Writes the weights of classes.
    pub fn write_class_weights(&self, weights: &[f32]) {
        if !weights.is_empty() {
            let at = self.sizes.kept() as u64 * 4;
            self.gpu.queue().write_buffer(&self.parameters, at, bytemuck::cast_slice(weights));
        }
    }

    /// Writes which parameters are weights (`half` 0) or frozen (1).
    pub fn write_mask(&self, half: usize, indices: impl Iterator<Item = usize>) {
        let words = self.sizes.parameters.div_ceil(32);
        let mut mask = vec![0_u32; words];
        indices.filter(|&i| i < self.sizes.parameters).for_each(|i| mask[i / 32] |= 1 << (i % 32));
        let at = (half * words) as u64 * 4;
        self.gpu.queue().write_buffer(&self.masks, at, bytemuck::cast_slice(&mask));
    }

    /// Bytes taken on the device.
    pub fn bytes(&self) -> u64 {
        self.all().iter().map(|buffer| buffer.size()).sum()
    }

    fn all(&self) -> [&wgpu::Buffer; 14] {
        let Buffers { values, d_values, parameters, gradients, state, masks, squares, .. } = self;
        let Buffers { fallback, best, inputs, targets, records, order, ring, .. } = self;
        [
            values, d_values, parameters, gradients, state, masks, squares, fallback, best, inputs, targets,
            records, order, ring,
        ]
    }
}

impl Drop for Buffers {
    /// Else a browser frees them only when it collects garbage.
    fn drop(&mut self) {
        self.all().iter().for_each(|buffer| buffer.destroy());
    }
}

impl From<SnapshotBuffer> for Memory {
    fn from(buffer: SnapshotBuffer) -> Memory {
        match buffer {
            SnapshotBuffer::Fallback => Memory::Fallback,
            SnapshotBuffer::Best => Memory::Best,
        }
    }
}

/// A buffer of at least 16 bytes: none may be empty.
pub fn buffer(gpu: &Gpu, bytes: u64, usage: Usage) -> wgpu::Buffer {
    gpu.device().create_buffer(&wgpu::BufferDescriptor {
        label: None,
        size: bytes.max(16).next_multiple_of(4),
        usage,
        mapped_at_creation: false,
    })
}

fn new_ring(gpu: &Gpu, entries: usize) -> wgpu::Buffer {
    let bytes = RING_HEAD + entries as u64 * RING_ENTRY;
    buffer(gpu, bytes, Usage::STORAGE | Usage::COPY_SRC | Usage::COPY_DST)
}

fn common(gpu: &Gpu, layouts: &Layouts, buffers: [&wgpu::Buffer; 6]) -> wgpu::BindGroup {
    let records =
        wgpu::BufferBinding { buffer: buffers[0], offset: 0, size: std::num::NonZeroU64::new(RECORD) };
    let mut entries = bindings(&buffers);
    entries[0].resource = wgpu::BindingResource::Buffer(records);
    let layout = &layouts.common;
    gpu.device().create_bind_group(&wgpu::BindGroupDescriptor { label: None, layout, entries: &entries })
}

fn three(gpu: &Gpu, layouts: &Layouts, buffers: [&wgpu::Buffer; 3]) -> wgpu::BindGroup {
    let (layout, entries) = (&layouts.set, bindings(&buffers));
    gpu.device().create_bind_group(&wgpu::BindGroupDescriptor { label: None, layout, entries: &entries })
}

fn bindings<'a>(buffers: &[&'a wgpu::Buffer]) -> Vec<wgpu::BindGroupEntry<'a>> {
    let entry = |(i, buffer): (usize, &&'a wgpu::Buffer)| wgpu::BindGroupEntry {
        binding: i as u32,
        resource: buffer.as_entire_binding(),
    };
    buffers.iter().enumerate().map(entry).collect()
}
