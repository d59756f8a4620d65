//! The same model on both engines.

use crate::support::close::{Tolerance, assert_close};
use crate::support::draw::Draw;
use crate::support::runs::narrow;
use crate::support::tolerances::{COURSE, PARITY};
use pollster::block_on;
use serde_json::{Value, json};
use trainyard::data::{Dataset, Task};
use trainyard::engine::Hyper;
use trainyard::engine::cpu::CpuEngine;
use trainyard::engine::gpu::{Gpu, GpuEngine, Memory, Outcome};
use trainyard::nn::plan::Role;
use trainyard::nn::{ClassWeighting, Plan};
use trainyard::run::{ClassWeights, Spec};
use trainyard::train::metrics::Sums;

/// An open device; `None`, with its reason told, where there is none and none is required.
pub fn device() -> Option<Gpu> {
    let reason = match block_on(Gpu::open()) {
        Ok(Some(gpu)) => return Some(gpu),
        Ok(None) => "no adapter".to_owned(),
        Err(error) => error.to_string(),
    };
    assert!(std::env::var("REQUIRE_GPU").is_err(), "a GPU is required: {reason}");
    println!("skipped: {reason}");
    None
}

/// A model and what it learns from.
#[derive(Debug, Clone)]
pub struct Case {
    pub layers: Value,
    /// Fields of the Spec's `training`.
    pub training: Value,
    pub shape: Vec<usize>,
    /// Classes, or values to regress.
    pub task: Task,
    pub rows: usize,
    pub batch: usize,
}

impl Case {
    /// Regression by mean squared error and plain gradient descent.
    pub fn new(layers: Value, shape: &[usize], rows: usize) -> Case {
        let training = json!({"loss": "mse", "optimizer": {"type": "sgd", "learningRate": 0.1}});
        let task = Task::Regression { targets: 2 };
        Case { layers, training, shape: shape.to_vec(), task, rows, batch: rows }
    }

    pub fn name(&self) -> String {
        let Case { layers, training, shape, task, rows, batch } = self;
        format!("{rows} rows of {shape:?}, {task:?}, batches of {batch}: {layers}, {training}")
    }
}

/// Both engines with the same parameters and examples.
pub struct Pair {
    name: String,
    pub cpu: CpuEngine,
    pub gpu: GpuEngine,
    pub hyper: Hyper,
    rows: u32,
    batch: u32,
    step: u64,
}

impl Pair {
    pub fn open(gpu: &Gpu, case: &Case) -> Pair {
        let name = case.name();
        let mut draw = Draw::new(name.bytes().map(u64::from).sum());
        let document = json!({"model": {"layers": case.layers}, "training": case.training});
        let spec = Spec::from_json(&document).expect(&name);
        let training = &spec.training;
        let class_weights = match &training.class_weights {
            ClassWeights::Given(weights) => narrow(weights),
            ClassWeights::Equal | ClassWeights::Balanced => vec![],
        };
        let weighting = ClassWeighting { smoothing: training.label_smoothing as f32, class_weights };
        let plan = Plan::lower(&spec.model, training.loss, weighting, &case.shape, case.task).expect(&name);
        let width: usize = case.shape.iter().product();
        let inputs = narrow(&draw.values(case.rows * width, 1.0));
        let (targets, classes) = match case.task {
            Task::Regression { targets } => (narrow(&draw.values(case.rows * targets, 2.0)), None),
            Task::Classification { classes } => {
                ((0..case.rows).map(|_| draw.index(classes) as f32).collect(), Some(classes))
            }
        };
        let data = Dataset::from_rows(inputs.clone(), targets, case.shape.clone(), classes).expect(&name);
        let targets = plan.loss.encode_targets(data.task, &data.targets);
        let mut parameters = vec![];
        for tensor in &plan.tensors {
            let (middle, range) = match tensor.role {
                Role::Weight => (0.0, 1.7 / (tensor.fan_in as f64).sqrt()),
                Role::Bias => (0.0, 0.5),
                Role::Gain => (1.0, 0.5),
            };
            let values = draw.values(tensor.range().len(), range);
            parameters.extend(values.into_iter().map(|value| (middle + value) as f32));
        }
        let (batch, optimizer) = (case.batch, training.optimizer);
        let mut on_gpu =
            GpuEngine::new(gpu, &plan, &inputs, &targets, batch, &optimizer, spec.seed).expect(&name);
        on_gpu.write(Memory::Parameters, &parameters);
        let mut on_cpu = CpuEngine::new(plan, inputs, targets, batch, &optimizer, spec.seed);
        on_cpu.prepare(training.penalty);
        on_cpu.parameters_mut().copy_from_slice(&parameters);
        let hyper = Hyper {
            optimizer,
            learning_rate: training.learning_rate,
            penalty: training.penalty,
            clip: training.clip,
        };
        let (rows, batch) = (case.rows as u32, case.batch as u32);
        Pair { name, cpu: on_cpu, gpu: on_gpu, hyper, rows, batch, step: 0 }
    }

    /// All examples, last first.
    pub fn rows(&self) -> Vec<u32> {
        (0..self.rows).rev().collect()
    }

    /// Submits and waits.
    pub fn outcomes(&mut self) -> Vec<Outcome> {
        self.gpu.submit();
        block_on(self.gpu.idle()).expect(&self.name);
        self.gpu.collect().expect("outcomes").expect(&self.name)
    }

    pub fn read(&mut self, part: Memory) -> Vec<f32> {
        block_on(self.gpu.read(part)).expect(&self.name)
    }

    /// Takes `count` steps on both; gives the last losses, the CPU's and the GPU's.
    pub fn steps(&mut self, count: usize) -> [f64; 2] {
        let mut loss = f64::NAN;
        for _ in 0..count {
            let first = (self.step as u32).wrapping_mul(self.batch) % self.rows;
            let rows: Vec<u32> = (first..(first + self.batch).min(self.rows)).rev().collect();
            self.step += 1;
            loss = self.cpu.step(&rows, &self.hyper, self.step);
            self.gpu.step(&rows, &self.hyper, self.step);
        }
        match self.outcomes().last() {
            Some(Outcome::Step { loss: other }) => [loss, *other],
            other => panic!("{}: {other:?}", self.name),
        }
    }

    pub fn close(&self, what: &str, got: &[f32], want: &[f32], tolerance: Tolerance) {
        let want: Vec<f64> = want.iter().map(|&x| f64::from(x)).collect();
        assert_close(&format!("{}: {what}", self.name), got, &want, tolerance);
    }

    /// Predictions, sums and gradient agree.
    pub fn check_reads(&mut self) {
        let rows = self.rows();
        let width = self.cpu.plan().input.len;
        let inputs = narrow(&Draw::new(5).values(rows.len() * width, 1.0));
        let mut want = vec![0.0; rows.len() * self.cpu.plan().output().len];
        self.cpu.predict(&inputs, &mut want);
        let got = block_on(self.gpu.predict(&inputs)).expect(&self.name);
        self.close("predictions", &got, &want, PARITY);
        let got = block_on(self.gpu.gradient(&rows)).expect(&self.name);
        let want = self.cpu.gradient(&rows);
        self.close("gradient", &got, &want, PARITY);
        self.check_sums();
    }

    pub fn check_sums(&mut self) {
        let rows = self.rows();
        self.gpu.evaluate(&rows);
        let outcomes = self.outcomes();
        let [Outcome::Sums(got)] = outcomes[..] else { panic!("{}: {outcomes:?}", self.name) };
        let want = self.cpu.evaluate(&rows);
        assert_eq!((got.rows, got.weight), (want.rows, want.weight), "{}", self.name);
        assert_eq!(got.correct, want.correct, "{}", self.name);
        let numbers = |sums: Sums| [sums.loss, sums.absolute_error];
        assert_close(&self.name, &numbers(got), &numbers(want), PARITY);
    }

    /// One step leaves both with the same loss, parameters, gradient, state and statistics.
    pub fn check_step(&mut self) {
        let [want, got] = self.steps(1);
        assert_close(&format!("{}: loss", self.name), &[got], &[want], PARITY);
        self.check_memory(PARITY);
        self.check_gradient_norm(PARITY);
    }

    pub fn check_memory(&mut self, tolerance: Tolerance) {
        for part in [Memory::Parameters, Memory::State, Memory::Buffers] {
            let got = self.read(part);
            let want = match part {
                Memory::Parameters => self.cpu.parameters(),
                Memory::State => self.cpu.state(),
                _ => self.cpu.buffers(),
            };
            self.close(&format!("{part:?}"), &got, want, tolerance);
        }
    }

    /// The last step's gradient. On the device a read of another one takes its place; the host keeps it.
    pub fn check_gradient_norm(&mut self, tolerance: Tolerance) {
        let norm: f64 = self.read(Memory::Gradients).iter().map(|&g| f64::from(g) * f64::from(g)).sum();
        let name = format!("{}: norm of the gradient", self.name);
        assert_close(&name, &[norm.sqrt()], &[self.cpu.gradient_norm()], tolerance);
    }

    /// Everything about one step and the reads.
    pub fn check(&mut self) {
        self.check_reads();
        self.check_step();
    }

    /// The loss over all rows agrees after a hundred steps.
    pub fn check_course(&mut self) {
        self.steps(100);
        let rows = self.rows();
        self.gpu.evaluate(&rows);
        let [Outcome::Sums(got)] = self.outcomes()[..] else { panic!("{}", self.name) };
        let want = self.cpu.evaluate(&rows);
        let mean = |sums: Sums| [sums.loss / sums.weight];
        assert_close(&format!("{}: loss after 100 steps", self.name), &mean(got), &mean(want), COURSE);
    }
}
