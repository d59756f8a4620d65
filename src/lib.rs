//! Trainyard's training core: neural networks trained step by step, in a web page or natively.
//!
//! # The layers
//!
//! ```text
//! error · json · math · rng  ←  data  ←  nn  ←  train  ←  engine  ←  run  ←  study  ←  export  ←  web
//! ```
//!
//! Each may import only what stands to its left; a test enforces it.
//!
//! * [`error`]: one enum; every message names what was wrong, where, and what is allowed.
//!   [`json`]: documents. [`math`]: the only transcendental functions, in plain vector arithmetic. [`rng`]: named, counter-based random streams.
//! * [`data`]: rows become batches: source → split → encode → batches. With the feature `table` a file of one's own is a
//!   source: bytes → table → doctor → cleaning → rows.
//! * [`nn`]: what a model is, one file a layer; [`nn::plan::Plan::lower`] turns it into a static list of ops over flat
//!   arenas.
//! * [`train`]: what training means, as formulas and data: optimizers, stopping, metrics.
//! * [`engine`]: who computes. `engine/ops` has one file an op, with what each engine makes of it: [`engine::cpu`],
//!   `engine::gpu` (feature `gpu`; the shader lies beside), and [`engine::exact`] (feature `look`), which has them in f64
//!   with second derivatives.
//! * [`run`]: one experiment, alive: [`run::Spec`] is its document, [`run::Run`] advances it.
//! * `study` (feature `study`): many runs and simpler models, and what is to be made of them: scores, folds, search, surface,
//!   baselines, verdict.
//! * `export` (feature `export`): a run in formats of other engines: described to the last number, its weights as
//!   safetensors, its whole predictor as ONNX.
//! * `web`: the names JavaScript sees; compiled for wasm32 only.
//!
//! Start at [`run::Run::new`]: it calls each layer once, in order. Then read [`run::Run::advance`], and from
//! there [`engine::cpu::CpuEngine::step`].
//!
//! # The path of a number
//!
//! A cell of a file keeps its text in a table until cleaning is done; then a number is a number, a name its index, and a
//! gap NaN. A row of the data set is encoded once ([`data::Encoder`], fitted on training rows only: gaps filled, features
//! derived, names spread into zeros and ones, all scaled, in f64; f32 from here on), gathered into a batch
//! (`[feature][row]`, rows in vectors of four), carried through the plan's ops, compared by the loss, and its
//! gradient carried back through the same ops in reverse; the optimizer then walks over one flat arena of
//! parameters. That is a step. Nothing in it allocates.
//!
//! # A run on the GPU
//!
//! `Run::move_to_gpu` uploads all that the CPU engine holds; that engine stays, as the host copy. `run/submission.rs`
//! records steps, submits some ten milliseconds' worth of them at once, and records their outcomes when they are back:
//! in the same progress (`run/training_progress.rs`) as the CPU's, so that epochs, curve and stop contract mean the same. Two
//! submissions are under way at most and nothing waits for them. What depends on how an epoch went ends a submission.
//! Reads are futures that borrow nothing (`run/async_read.rs`). `sync` brings all numbers home; when the device is
//! lost, or refuses anything, the run goes on on the CPU from the last copy, and the curve keeps its points.
//!
//! The package for JavaScript is built twice: `www/pkg`, the first load, with no feature, and `www/pkg-full` with all of
//! them. The worker loads the second when a GPU is wanted and there is one, or a table, image and norm layers (feature
//! `layers`, which all other builds have), a look inside an update or the curvature (feature `look`), or what chooses among
//! models (feature `study`).
//!
//! A third package, `www/pkg-workbook`, turns sheets of workbooks into CSV and does nothing else (feature `workbook`
//! without `trainer`); it is loaded when somebody opens one. A fourth, `www/pkg-baselines`, fits simpler models (feature
//! `baselines` without `trainer`). A fifth, `www/pkg-audio`, hears (feature `audio` without `trainer`). A sixth,
//! `www/pkg-export`, opens a run once more and writes it for other engines (feature `export` without `trainer`). A seventh,
//! `www/pkg-fast`, is `www/pkg-full` once more, with relaxed SIMD: its multiply-adds ([`engine::cpu`]'s `madd`) round once
//! where the machine can. It has the same names, so that the same JavaScript runs it, and is loaded where the reader chose
//! it.
//!
//! # Back and on again
//!
//! A checkpoint (`run/restore.rs`) is a run in bytes, with its experiment: `restore` wants the same one, `branch` one that
//! may differ in how it is trained. A moment is a checkpoint without experiment and curve, some hundred bytes and the
//! weights, for `seek` of the very same run: the page's worker keeps eight megabytes of them, evenly subsampled.
//!
//! While the padlock on the test rows of a table is shut, the page's worker says nothing of them (`www/session/protocol.js`,
//! `lock`), and hands out checkpoints without their figures (`run/withheld.rs`).
//!
//! # Invariants
//!
//! * The same Spec gives the same bits on every machine, natively and in wasm, however time is sliced. So: no fused
//!   multiply-add, no platform's `exp`, no hash map is iterated, every sum has a fixed order. The one exception is
//!   `www/pkg-fast`: opt-in, named as not bit-exact wherever it computes, and never chosen by a link.
//! * No clock, global or print below `web`. A budget of time comes in as a closure.
//! * The GPU agrees with the CPU to about four digits a step; its own numbers don't depend on how time is sliced.
//! * Only `web` names wasm-bindgen, only `engine/gpu` names wgpu. No `unsafe` anywhere.
//! * The four random streams (data, split, initialization, order) are independent: changing the batch size or the
//!   layers leaves the data as they were.
//! * Padding lanes of a batch repeat its last row, and the loss gives them gradient 0: they stay finite and silent.
//! * A gradient over many rows is that of one pass over all of them, batch norm's statistics included, however few rows a
//!   pass takes.
//! * Bad input is an [`error::Error`]; divergence is a [`run::Status`]. Bad data are neither: what a file holds never
//!   fails, it is noted, suspected and reported; only a limit or the absence of rows is an error.
//! * A row's class is decided in one place, [`nn::loss::decide`], from raw outputs: what counts and what shows never disagree.
//! * What becomes of a varied image follows from seed, epoch and row alone, and only a training step asks for one.
//! * Rows in = rows out + rows reported, whatever is cleaned.
//! * Test rows can't change what an encoder knows: it is given the numbers of training rows and no others. The run of a
//!   fold doesn't even have them, and stops by none of the rows that judge it.
//!
//! # Where the time goes
//!
//! Activations lie with rows innermost, so SIMD lanes are rows and all three products of a layer read the weights as
//! PyTorch stores them, by splat. Few rows (the rule on toy data): `engine/cpu/narrow.rs`, with every loop over rows
//! unrolled. Wide layers: `packed.rs`, panels and quads in the order the kernel reads them. Between: `product.rs`.
//! Convolution copies what a window sees, for all of its outputs, `engine/ops/conv2d`. Outputs and input gradients sum in
//! the same order in all of them; weight gradients of wide layers sum row by row, the others lane by lane. The shapes alone
//! say which one runs.
//!
//! # The GPU engine
//!
//! `engine::gpu` runs the same plan through WebGPU, natively through Vulkan. Examples, parameters, state and
//! activations stay on the device, laid out as on the CPU. Each op is a kernel or two whose sizes are constants of its
//! pipeline, compiled when first needed; what changes from batch to batch lies in records of 256 bytes, so that bind
//! groups are made once. A layer takes two dispatches (outputs with bias and activation; all of its gradients, with the
//! activation of the layer before), a step three more: gather, loss, update. Products are made in tiles of four by four
//! blocks, of as many as the adapter and the shape bear (`engine/gpu/tiles.rs`): by rule, or, where a product is large and
//! there is a clock, in the size that does best of a few (`run/tuning.rs`), which the page remembers by adapter and shapes.
//! Sums have the same order in every size. Many steps go into one submission, whose losses come back together; two are in
//! flight at most. A loss that isn't finite sets a flag on the device, and nothing
//! moves from then on. Results agree with the CPU's within 1e-5 + 1e-4 of each number, not in bits.
//!
//! # Where to add
//!
//! * An activation: a variant, a name and two formulas in [`nn::activation`]; three in `engine/exact/activation.rs`; two
//!   in `engine/gpu/activation.wgsl`.
//! * A toy source: a generator and a table row in `data/sources/`.
//! * A setting, or any field of the document: its row in the table of its part in `run/spec` (range, default, choices,
//!   unit, whether it may change while a run trains), its reader and writer in the same file, and whatever does what it
//!   says; a row in `www/settings` where the page has it. `UPDATE_SCHEMA=1 cargo test --features gpu,table schema` writes
//!   what the page, editors and TypeScript have of it. Checkpoints compare it by themselves.
//! * A finding of the data doctor: a file in `data/doctor`, its line in `data/doctor/mod.rs`. A cleaning step: a variant in
//!   [`data::table_spec`], what it does in `data/clean.rs`, its line and its reader in `run/spec/table.rs`.
//! * An optimizer: a variant and its formula in [`train::optimizer`], its rule and its numbers in `engine/gpu/optimizer.wgsl`
//!   and `.rs`, its line and its reader in `run/spec/optimizer.rs`.
//! * A score: its sum in `study/scores`, its name in `study/summary.rs` and, of classes, `web/study/scores.rs`, its case in
//!   `tests/golden/scores.py`.
//! * A layer: its file in `nn/layers` (fields, shape rule, op) and its lines in the lists of [`nn::layers`]; its op in
//!   `engine/ops` (one file, three traits, one line in `mod.rs`) and its shader beside it; its line, reader and writer in
//!   `run/spec/layers.rs`. Schema, types, link and card on the page follow from that line. Tests: the layer in the oracle
//!   (`tests/it/support/reference`) and a case for each engine.
//!
//! Each needs its case in the table tests of `tests/it` and its golden trace before it stands in the page.
//!
//! # Considered and skipped, and why
//!
//! * An autograd tape: it allocates, hides what a teaching tool should show, and the ops are few and known.
//! * Threads inside a run: a widget on someone's page can't rely on cross-origin isolation.
//! * Fused multiply-add and relaxed SIMD for everybody: other bits on other machines. Who chooses `www/pkg-fast` has it. How
//!   much it gains is the machine's: where multiplying and adding have pipes of their own (Zen 4), half the instructions
//!   raise the limit from 46 to 59 GFLOP/s, 1.3 times, and the kernels gain a tenth to a quarter; where they share
//!   pipes, the limit doubles.
//! * A dot product with horizontal sums for the forward pass, and row-wise `axpy`: 4 and 3 times slower than tiles of
//!   4 outputs by 8 rows in registers. Larger tiles, such as 4 by 12, spill in browsers.
//! * One large function with every kernel inlined, as link-time optimization would have it: browsers give it poor
//!   registers; kernels of their own made wide layers a third faster.
//! * `opt-level = "s"`: half the bytes of some functions, and the kernels fifteen times slower.
//! * Two or four terms of a packed product a turn, six outputs or twelve columns in registers: 0.91 to 1.0 of the speed of
//!   one term of 4 × 8, since V8 loads all that a turn needs before it multiplies, and sums spill.
//! * A call for each tile of a packed product: where its sum has 64 terms, what is done around them took a tenth.
//! * A convolution's taps written out five at a time, its channels one after the other through a line of sums in the
//!   first-level cache: together a tenth to a sixth slower than one loop over all taps, since sums spill.
//! * A convolution's taps read where they lie, without that copy: each costs six instructions more for its place and its
//!   bounds, and a kernel runs at 70 instead of 94 % of the peak, for what it computes and what it doesn't share one limit
//!   of instructions a cycle.
//! * Offsets of splatted loads moved into the access, and loop strength reduction switched off: 0.95 to 1.0 of the speed.
//! * The constants of `exp` from memory, as those of `tanh`: softmax is under 1 % of a step of the digits network. Of that
//!   step packed products are 77 %, at 96 % of what their innermost loop has alone (46.8 GFLOP/s; by hand in assembly that
//!   loop has 48); Adam is a tenth, and takes a square root and a quotient of four numbers in the ten cycles that their
//!   unit needs for them; gather is 3 %, packing 6 %.
//! * Adam's update within the weight gradient, where a tile of it is in registers, so that it is neither written nor read
//!   back: 0.70 of the speed of the digits network between a tile's terms (sums spill, and the loads of weight and moments
//!   wait), 0.92 after each tile, 1.00 after four, sixteen or 32 outputs. What a profile shows waiting are those loads,
//!   roots and quotients: too few instructions are in flight for the tile to go on meanwhile.
//! * Numbers of a quad written four times, so that no load has to spread them: 0.96 of the pace of that loop. Quads of the
//!   input gradient in another order or in larger blocks: 0.98 to 1.01 on 1024 × 1024, since a row begins a page.
//! * A Fourier transform in `f32` (microfft 0.6) for sounds: the logarithm of a quiet band beside a loud one is off by 0.01
//!   to 0.02; ours in `f64` is 50 lines, and agrees with librosa to 1e-6.
//! * smartcore 0.7 for baselines: its forests have no probabilities and its trees don't say how many leaves they have; its
//!   ridge regression differs from scikit-learn's by up to 58 in a weight where columns aren't centered, and the zeros
//!   of its lasso aren't 0; its logistic regression goes by the platform's `exp`. So all are our own: 53 KB instead of 72,
//!   and a forest of 100 trees on 1,500 × 10 takes 0.3 s instead of 2.9.
//! * Cells as strings, or as numbers alone: the one takes five times the memory, the other loses `1.50`, `NA` and every
//!   slip that a table editor should show. A plain decimal is its digits in eight bytes; other texts are kept once each.
//! * The `csv` crate and its state machine, `csv-core`: neither can read a quote that is never closed as a letter once
//!   its file has ended, nor a quote behind a blank, runs of blanks, or columns of fixed width.
//! * `prost` for ONNX, `safetensors` for weights: of the one's 25 messages and of the other's whole format we need 100 lines
//!   each, and what is refused is told tensor by tensor. Both together take 26 KB of `www/pkg-export`.
//! * On the GPU, threads that take single rows, with neighboring threads on neighboring rows: a tenth to a half slower
//!   than vectors of four rows, on both software adapters at hand.
//! * On SwiftShader (processor time of a layer of 784 × 128 on 64 rows): a load costs some five products, whatever it
//!   loads, so tiles in registers are what counts: 6.6 ms with eight outputs of two vectors a thread, 3.9 with sixteen of
//!   four. Weights of a tile shared through workgroup memory: 5.8 to 12 ms, the barriers cost more than the loads. Outer
//!   products instead of products of matrices: 6.2 ms, since every sum is fetched and put back for each term. Natively,
//!   lavapipe had not compiled the parity tests' kernels of that size after ten minutes (when they still had the `&&`
//!   below): it gets the hardware's tiles.
//! * There too, of a product of 512³ (83 ms of processor time, half of it loads): weights as vectors, fused
//!   multiply-adds, neighboring threads on neighboring rows and atomic loads are as fast or slower. Tiles of 4 × 8 to
//!   8 × 8 blocks take 74 to 67 ms, and two to six times as long to compile. Subgroups, four threads loading weights for
//!   each other, take 72, but only where a batch has four tiles of rows side by side, and they want kernels of their own.
//! * More steps a submission there: of the time until outcomes are back 99.8 % lie between the first dispatch and the last
//!   (6.92 ms of 6.94 a step of the digits MLP, 38.1 of 38.2 of the CNN), so recording, submitting and reading have nothing
//!   left to give. Of the sizes of tiles that are tried, eight blocks take 0.97 to 1.18 of the time of sixteen, four blocks
//!   1.19 to 1.43.
//! * Pipelines that are compiled without a stall: wgpu keeps `createComputePipelineAsync` to itself. The page's worker
//!   has a first step taken on the GPU while the run goes on on the CPU.
//! * The ends of tiles written out as well, activation and all: as fast, and two to four times as long to compile. A
//!   short-circuit `&&` for each edge of an image: 11 s and more of compilation where `&` takes one.
//! * Drivers' own `exp`, `sin` and `tanh` in shaders: they may be off by 2⁻¹¹; the CPU's polynomials cost little more.
//! * A dispatch of its own for each activation's derivative: whoever completes a gradient carries it through.
//! * Views of wasm memory handed to JavaScript: they die when memory grows; a copy of a frame costs microseconds.
#![forbid(unsafe_code)]

#[cfg(all(target_arch = "wasm32", feature = "audio", not(feature = "trainer")))]
#[path = "web/audio.rs"]
pub mod audio;
pub mod data;
pub mod engine;
pub mod error;
#[cfg(feature = "export")]
pub mod export;
pub mod json;
pub mod math;
pub mod nn;
pub mod rng;
pub mod run;
#[cfg(feature = "study")]
pub mod study;
pub mod train;
#[cfg(all(target_arch = "wasm32", any(feature = "trainer", feature = "baselines", feature = "export")))]
pub mod web;
#[cfg(all(target_arch = "wasm32", feature = "workbook"))]
#[path = "web/workbook.rs"]
pub mod workbook;
