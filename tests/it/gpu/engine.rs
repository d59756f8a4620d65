//! What the engine promises beyond arithmetic.

use super::pair::{Case, Pair, device};
use pollster::block_on;
use serde_json::json;
use trainyard::data::Task;
use trainyard::engine::gpu::{GpuEngine, Memory, Outcome, SnapshotBuffer};
use trainyard::error::Error;
use trainyard::nn::{ClassWeighting, LossSpec, Plan};
use trainyard::run::Spec;

fn case() -> Case {
    let layers = json!([{"type": "dense", "units": 5, "activation": "tanh"}, {"type": "batchNorm"}]);
    let mut case = Case::new(layers, &[3], 20);
    case.training = json!({"loss": "mse", "optimizer": {"type": "sgd", "learningRate": 0.01}});
    case.batch = 5;
    case
}

fn losses(outcomes: &[Outcome]) -> Vec<f64> {
    let loss = |outcome: &Outcome| match outcome {
        Outcome::Step { loss } => *loss,
        Outcome::Sums(sums) => sums.loss,
    };
    outcomes.iter().map(loss).collect()
}

/// After a loss that isn't finite nothing moves, in the same submission and in later ones, until there are new
/// parameters.
#[test]
fn divergence_stops_updates() {
    let Some(gpu) = device() else { return };
    let mut pair = Pair::open(&gpu, &case());
    let start = pair.cpu.parameters().to_vec();
    let rows = pair.rows();
    let mut wild = pair.hyper;
    wild.learning_rate = 1e30;
    pair.gpu.step(&rows, &pair.hyper, 1);
    pair.gpu.keep(SnapshotBuffer::Fallback);
    (2..5).for_each(|step| pair.gpu.step(&rows, &wild, step));
    pair.gpu.keep(SnapshotBuffer::Fallback);
    (5..9).for_each(|step| pair.gpu.step(&rows, &pair.hyper, step));
    let seen = losses(&pair.outcomes());
    let first = seen.iter().position(|loss| !loss.is_finite()).expect("a loss that is not finite");
    assert!(first > 0 && first < 5, "{seen:?}");
    assert!(seen[first..].iter().all(|loss| !loss.is_finite()), "{seen:?}");
    let stopped = [Memory::Parameters, Memory::Buffers].map(|part| bits(&pair.read(part)));
    pair.gpu.step(&rows, &pair.hyper, 9);
    pair.outcomes();
    assert_eq!(stopped, [Memory::Parameters, Memory::Buffers].map(|part| bits(&pair.read(part))));
    let kept = pair.read(Memory::Fallback);
    assert!(kept.iter().all(|x| x.is_finite()));

    pair.gpu.restore(SnapshotBuffer::Fallback);
    pair.gpu.step(&rows, &pair.hyper, 10);
    assert!(losses(&pair.outcomes())[0].is_finite());
    assert_ne!(pair.read(Memory::Parameters), kept[..start.len()]);

    pair.gpu.write(Memory::Parameters, &vec![f32::NAN; start.len()]);
    pair.gpu.step(&rows, &pair.hyper, 11);
    assert!(losses(&pair.outcomes())[0].is_nan());
    let statistics = vec![1.0; pair.cpu.buffers().len()];
    pair.gpu.write(Memory::Buffers, &statistics);
    pair.gpu.write(Memory::Parameters, &start);
    pair.gpu.step(&rows, &pair.hyper, 12);
    assert!(losses(&pair.outcomes())[0].is_finite());
    assert_ne!(pair.read(Memory::Parameters), start);
}

fn bits(numbers: &[f32]) -> Vec<u32> {
    numbers.iter().map(|x| x.to_bits()).collect()
}

#[test]
fn snapshot_parity_gives_back_what_was_kept() {
    let Some(gpu) = device() else { return };
    let mut pair = Pair::open(&gpu, &case());
    let rows = pair.rows();
    pair.gpu.step(&rows, &pair.hyper, 1);
    pair.gpu.keep(SnapshotBuffer::Best);
    pair.outcomes();
    let kept = [pair.read(Memory::Parameters), pair.read(Memory::Buffers)];
    (2..5).for_each(|step| pair.gpu.step(&rows, &pair.hyper, step));
    pair.gpu.keep(SnapshotBuffer::Fallback);
    pair.outcomes();
    let later = [pair.read(Memory::Parameters), pair.read(Memory::Buffers)];
    assert_ne!(kept, later);
    assert_eq!(pair.read(Memory::Best), kept.concat());
    assert_eq!(pair.read(Memory::Fallback), later.concat());
    pair.gpu.restore(SnapshotBuffer::Best);
    assert_eq!(pair.outcomes(), []);
    assert_eq!([pair.read(Memory::Parameters), pair.read(Memory::Buffers)], kept);
    pair.gpu.write(Memory::Best, &later.concat());
    pair.gpu.restore(SnapshotBuffer::Best);
    pair.outcomes();
    assert_eq!([pair.read(Memory::Parameters), pair.read(Memory::Buffers)], later);
}

#[test]
fn no_rows_have_no_gradient() {
    let Some(gpu) = device() else { return };
    let mut pair = Pair::open(&gpu, &case());
    pair.steps(1);
    let nothing = vec![0.0; pair.cpu.parameters().len()];
    assert_eq!(pair.cpu.gradient(&[]), nothing);
    assert_eq!(block_on(pair.gpu.gradient(&[])).unwrap(), nothing);
}

#[test]
fn reads_change_nothing_and_overlap() {
    let Some(gpu) = device() else { return };
    let (mut read, mut left) = (Pair::open(&gpu, &case()), Pair::open(&gpu, &case()));
    let rows = read.rows();
    for step in 1..4 {
        for pair in [&mut read, &mut left] {
            pair.gpu.step(&rows[..5], &pair.hyper, step);
            pair.gpu.submit();
            assert!(pair.gpu.is_busy());
        }
        let waiting = [
            read.gpu.predict(&[0.5; 9]),
            read.gpu.gradient(&rows),
            read.gpu.read(Memory::Parameters),
            read.gpu.predict(&[0.25; 3]),
        ];
        let lengths = waiting.map(|read| block_on(read).expect("numbers").len());
        assert_eq!(lengths, [6, left.cpu.parameters().len(), left.cpu.parameters().len(), 2]);
        let outcomes = [&mut read, &mut left].map(|pair| {
            block_on(pair.gpu.idle()).expect("idle");
            pair.gpu.collect().expect("outcomes").expect("numbers")
        });
        assert_eq!(outcomes[0], outcomes[1]);
    }
    for part in [Memory::Parameters, Memory::Buffers] {
        assert_eq!(read.read(part), left.read(part));
    }
}

#[test]
fn submissions_grow_and_shrink() {
    let Some(gpu) = device() else { return };
    let mut pair = Pair::open(&gpu, &case());
    assert!(pair.gpu.collect().is_none());
    pair.gpu.submit();
    assert!(!pair.gpu.is_busy());
    for count in [1, 3, 300, 2] {
        pair.steps(count);
    }
    pair.check_sums();
    let rows = pair.rows();
    pair.gpu.evaluate(&rows[..7]);
    pair.gpu.step(&rows, &pair.hyper, 400);
    pair.gpu.evaluate(&[]);
    let outcomes = pair.outcomes();
    assert!(matches!(outcomes[..], [Outcome::Sums(a), Outcome::Step { .. }, Outcome::Sums(b)]
        if a.rows == 7 && b.rows == 0));
    assert!(block_on(pair.gpu.predict(&[])).expect("no rows").is_empty());
    assert!(pair.gpu.bytes() > 0 && pair.gpu.dispatches_per_step() > 5);
}

/// One parameter by hand.
#[test]
fn one_parameter_is_written() {
    let Some(gpu) = device() else { return };
    let mut pair = Pair::open(&gpu, &case());
    let mut want = pair.cpu.parameters().to_vec();
    want[3] = 0.75;
    pair.gpu.write_parameter(3, 0.75);
    pair.gpu.write_parameter(want.len(), 9.0);
    assert_eq!(pair.read(Memory::Parameters), want);
}

#[test]
fn too_much_memory_is_refused() {
    let Some(gpu) = device() else { return };
    let document = json!({"model": {"layers": [{"type": "dense", "units": 4096, "activation": "relu"}]}});
    let spec = Spec::from_json(&document).expect("a spec");
    let task = Task::Regression { targets: 1 };
    let plan =
        Plan::lower(&spec.model, LossSpec::Mse, ClassWeighting::default(), &[4096], task).expect("a plan");
    let new = GpuEngine::new(&gpu, &plan, &[0.0; 4096], &[0.0], 1 << 24, &spec.training.optimizer, 7);
    let Err(Error::Gpu { what }) = new else { panic!("no error") };
    assert!(what.contains("the adapter allows"), "{what}");
}

/// Every wait ends in an error, whether it began before the loss or after.
#[test]
fn a_lost_device_is_an_error_everywhere() {
    let Some(gpu) = device() else { return };
    let mut pair = Pair::open(&gpu, &case());
    let rows = pair.rows();
    assert_eq!(gpu.lost(), None);
    pair.gpu.step(&rows, &pair.hyper, 1);
    pair.gpu.submit();
    let before = pair.gpu.read(Memory::Parameters);
    let idle = pair.gpu.idle();
    gpu.destroy();
    assert!(gpu.lost().is_some());
    assert!(matches!(block_on(before), Err(Error::Gpu { .. })));
    assert!(matches!(block_on(idle), Err(Error::Gpu { .. })));
    assert!(matches!(pair.gpu.collect(), Some(Err(Error::Gpu { .. }))));
    assert!(pair.gpu.collect().is_none());
    let after = [pair.gpu.predict(&[0.5; 3]), pair.gpu.gradient(&rows), pair.gpu.read(Memory::State)];
    for read in after {
        assert!(matches!(block_on(read), Err(Error::Gpu { .. })));
    }
    pair.gpu.write(Memory::Parameters, &[0.0]);
    pair.gpu.step(&rows, &pair.hyper, 2);
    pair.gpu.submit();
    assert!(block_on(pair.gpu.idle()).is_err());
    assert!(matches!(pair.gpu.collect(), Some(Err(Error::Gpu { .. }))));
}
