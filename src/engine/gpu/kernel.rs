//! Kernels: a shader with its numbers filled in, and how many workgroups it takes for a batch.

use super::device::Gpu;
use super::memory::Layouts;

/// Threads of a workgroup, in every shader.
pub const GROUP: usize = 64;
/// The most workgroups along one side of a grid, by the specification.
const SIDE: usize = 65_535;

/// What most shaders begin with.
pub const COMMON: &str = include_str!("common.wgsl");
/// Activations and their derivatives.
pub const ACTIVATION: &str = include_str!("activation.wgsl");
/// The slots of an op and how it hands a gradient back.
pub const SLOT: &str = include_str!("slot.wgsl");
/// Sums over the threads of a workgroup.
pub const GROUP_SUM: &str = include_str!("group.wgsl");

/// The buffers a kernel sees besides those that all see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// Examples and the order of rows.
    Examples,
    /// Optimiser state, masks and sums of squares.
    Update,
    /// What was put aside.
    Shelves,
}

/// How many workgroups a batch of `n` vectors takes: `fixed` and one for each `threads` of
/// `tiles · ⌈positions · n / width⌉` threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// Workgroups whatever the batch.
    pub fixed: usize,
    /// Threads for each `width` columns.
    pub tiles: usize,
    /// Vectors' worth of columns a vector of rows has.
    pub positions: usize,
    /// Columns a thread takes.
    pub width: usize,
    /// Threads a workgroup counts for.
    pub threads: usize,
}

impl Grid {
    /// The same for every batch.
    pub fn fixed(groups: usize) -> Grid {
        Grid { fixed: groups, tiles: 0, positions: 1, width: 1, threads: 1 }
    }

    /// A thread for each of `features` features of each vector of rows.
    pub fn each(features: usize) -> Grid {
        Grid { fixed: 0, tiles: 1, positions: features, width: 1, threads: GROUP }
    }

    fn groups(&self, n: usize) -> usize {
        self.fixed + (self.tiles * (self.positions * n).div_ceil(self.width)).div_ceil(self.threads)
    }

    /// The sides of the grid for `n` vectors.
    pub fn sides(&self, n: usize) -> [u32; 2] {
        let groups = self.groups(n);
        let rows = groups.div_ceil(SIDE).max(1);
        [groups.div_ceil(rows) as u32, rows as u32]
    }
}

/// A kernel before it is compiled.
pub struct Recipe {
    /// What stands before the shader itself.
    pub shared: &'static [&'static str],
    /// The shader.
    pub source: &'static str,
    /// The name of its function.
    pub entry: &'static str,
    /// Its numbers.
    pub constants: Vec<(&'static str, f64)>,
    /// Its size.
    pub grid: Grid,
    /// Further buffers.
    pub set: Option<Set>,
}

/// A compiled kernel.
pub struct Kernel {
    /// What the device runs.
    pub pipeline: wgpu::ComputePipeline,
    /// Its size.
    pub grid: Grid,
    /// Further buffers.
    pub set: Option<Set>,
}

/// Compiles recipes, each shader once.
pub struct Compiler<'a> {
    gpu: &'a Gpu,
    layouts: &'a Layouts,
    modules: Vec<(&'static str, wgpu::ShaderModule)>,
}

impl<'a> Compiler<'a> {
    /// A compiler for kernels that see buffers laid out as `layouts`.
    pub fn new(gpu: &'a Gpu, layouts: &'a Layouts) -> Self {
        Compiler { gpu, layouts, modules: vec![] }
    }

    /// A kernel that is ready to run.
    pub fn compile(&mut self, recipe: &Recipe) -> Kernel {
        let module = self.module(recipe);
        let pipeline = self.gpu.device().create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: Some(recipe.entry),
            layout: Some(if recipe.set.is_some() { &self.layouts.with_set } else { &self.layouts.alone }),
            module: &module,
            entry_point: Some(recipe.entry),
            compilation_options: wgpu::PipelineCompilationOptions {
                constants: &recipe.constants,
                zero_initialize_workgroup_memory: false,
            },
            cache: None,
        });
        Kernel { pipeline, grid: recipe.grid, set: recipe.set }
    }

    fn module(&mut self, recipe: &Recipe) -> wgpu::ShaderModule {
        if let Some((_, module)) = self.modules.iter().find(|(source, _)| *source == recipe.source) {
            return module.clone();
        }
        let source = [recipe.shared, &[recipe.source]].concat().concat();
        let module = self.gpu.device().create_shader_module(wgpu::ShaderModuleDescriptor {
            label: None,
            source: wgpu::ShaderSource::Wgsl(source.into()),
        });
        self.modules.push((recipe.source, module.clone()));
        module
    }
}
