//! Kernels: a shader with its numbers filled in, and how many workgroups it takes for a batch.

use super::device::Gpu;
use super::memory::Layouts;
use super::unrolled::unrolled;
use std::cell::{OnceCell, RefCell};

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
/// Tiles of products.
pub const TILE: &str = include_str!("tile.wgsl");
/// Sums over the threads of a workgroup.
pub const GROUP_SUM: &str = include_str!("group.wgsl");

/// The buffers a kernel sees besides those that all see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// Examples and the order of rows.
    Examples,
    /// Optimizer state, masks and sums of squares.
    Update,
    /// What was put aside.
    Snapshots,
}

/// How many workgroups a batch of `n` vectors takes: `fixed` and one for each `threads` of `tiles · ⌈n / width⌉` threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// Workgroups whatever the batch.
    pub fixed: usize,
    /// Threads for each `width` vectors.
    pub tiles: usize,
    /// Vectors a thread takes.
    pub width: usize,
    /// Threads a workgroup counts for.
    pub threads: usize,
}

impl Grid {
    /// The same for every batch.
    pub fn fixed(groups: usize) -> Grid {
        Grid { fixed: groups, tiles: 0, width: 1, threads: 1 }
    }

    /// A thread for each of `features` features of each vector of rows.
    pub fn each(features: usize) -> Grid {
        Grid { fixed: 0, tiles: features, width: 1, threads: GROUP }
    }

    fn groups(&self, n: usize) -> usize {
        self.fixed + (self.tiles * n.div_ceil(self.width)).div_ceil(self.threads)
    }

    /// The sides of the grid for `n` vectors.
    pub fn sides(&self, n: usize) -> [u32; 2] {
        let groups = self.groups(n);
        let rows = groups.div_ceil(SIDE).max(1);
        [groups.div_ceil(rows) as u32, rows as u32]
    }
}

/// A kernel before it is compiled.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    /// Sizes of tiles, which are part of its text.
    pub tiles: Vec<(&'static str, usize)>,
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

impl Recipe {
    /// The same with one more number.
    pub fn with(mut self, constant: (&'static str, f64)) -> Recipe {
        self.constants.push(constant);
        self
    }
}

/// A recipe, compiled when it is first needed.
#[derive(Clone)]
pub struct Kernel {
    recipe: Recipe,
    pipeline: OnceCell<wgpu::ComputePipeline>,
}

impl From<Recipe> for Kernel {
    fn from(recipe: Recipe) -> Kernel {
        Kernel { recipe, pipeline: OnceCell::new() }
    }
}

impl Kernel {
    /// What it was made of.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// Whether it was made of that.
    pub fn is_of(&self, recipe: &Recipe) -> bool {
        self.recipe == *recipe
    }

    /// Further buffers.
    pub fn set(&self) -> Option<Set> {
        self.recipe.set
    }

    /// Encodes the kernel for `n` vectors.
    pub fn dispatch(&self, pass: &mut wgpu::ComputePass, compiler: &Compiler, layouts: &Layouts, n: usize) {
        let [x, y] = self.recipe.grid.sides(n);
        pass.set_pipeline(self.pipeline.get_or_init(|| compiler.compile(&self.recipe, layouts)));
        pass.dispatch_workgroups(x, y, 1);
    }
}

/// What tells shaders apart: their source, and sizes of tiles.
type Text = (&'static str, Vec<(&'static str, usize)>);

/// Compiles recipes, each shader once.
pub struct Compiler {
    gpu: Gpu,
    modules: RefCell<Vec<(Text, wgpu::ShaderModule)>>,
}

impl Compiler {
    /// A compiler for a device.
    pub fn new(gpu: &Gpu) -> Self {
        Compiler { gpu: gpu.clone(), modules: RefCell::new(vec![]) }
    }

    fn compile(&self, recipe: &Recipe, layouts: &Layouts) -> wgpu::ComputePipeline {
        self.gpu.device().create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: Some(recipe.entry),
            layout: Some(if recipe.set.is_some() { &layouts.with_set } else { &layouts.alone }),
            module: &self.module(recipe),
            entry_point: Some(recipe.entry),
            compilation_options: wgpu::PipelineCompilationOptions {
                constants: &recipe.constants,
                zero_initialize_workgroup_memory: false,
            },
            cache: None,
        })
    }

    fn module(&self, recipe: &Recipe) -> wgpu::ShaderModule {
        let mut modules = self.modules.borrow_mut();
        let known =
            modules.iter().find(|((source, tiles), _)| *source == recipe.source && *tiles == recipe.tiles);
        if let Some((_, module)) = known {
            return module.clone();
        }
        let source = [recipe.shared, &[recipe.source]].concat().concat();
        let source = unrolled(&recipe.tiles, &source, self.gpu.is_software());
        let module = self.gpu.device().create_shader_module(wgpu::ShaderModuleDescriptor {
            label: None,
            source: wgpu::ShaderSource::Wgsl(source.into()),
        });
        modules.push(((recipe.source, recipe.tiles.clone()), module.clone()));
        module
    }
}
