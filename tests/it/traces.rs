//! Ten steps of training, held against PyTorch's in float64.

use crate::support::close::{assert_close, assert_norm_close};
use crate::support::golden::{Case, cases};
use crate::support::reference::Tensor;
use crate::support::runs::{open, tensors};
use crate::support::tolerances::{FORWARD, TRACE};
use trainyard::run::{Part, Run};

/// A run over the first `rows` rows of a case, or why the crate refuses.
fn run(case: &Case, rows: usize) -> Result<Run, String> {
    let (inputs, targets) = (case.inputs.slice(0, rows), case.targets.slice(0, rows));
    open(&case.spec, &inputs, &targets, case.classes, &case.parameters).map_err(|error| error.to_string())
}

/// Compares tensor by tensor.
fn assert_tensors_close(case: &Case, what: &str, got: &[f32], want: &[f64]) {
    let shapes = case.net().parameter_shapes();
    let pairs = tensors(got, &shapes).into_iter().zip(tensors(want, &shapes));
    for (index, (got, want)) in pairs.enumerate() {
        assert_norm_close(&format!("{}: {what}, tensor {index}", case.name), got, want, TRACE);
    }
}

#[test]
fn the_crate_takes_every_case() {
    let refused: Vec<String> = cases()
        .iter()
        .filter_map(|case| run(case, case.rows()).err().map(|why| format!("{}: {why}", case.name)))
        .collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn gradients_of_the_first_batch_are_pytorchs() {
    for case in cases() {
        let mut run = run(&case, case.batch_size().min(case.rows())).expect(&case.name);
        assert_tensors_close(&case, "gradient", &run.gradient(Part::Train), &case.gradient);
    }
}

#[test]
fn every_steps_loss_is_pytorchs() {
    for case in cases() {
        let mut run = run(&case, case.rows()).expect(&case.name);
        let (mut seen, mut sum) = (0, 0.0);
        for (step, loss) in case.losses.iter().enumerate() {
            let rows = case.batch_size().min(case.rows() - seen);
            seen += rows;
            sum += loss * rows as f64;
            let progress = run.advance(1);
            let name = format!("{}: loss of step {}", case.name, step + 1);
            assert_close(&name, &[progress.training_loss], &[sum / seen as f64], TRACE);
            if seen == case.rows() {
                (seen, sum) = (0, 0.0);
            }
        }
    }
}

#[test]
fn parameters_after_ten_steps_are_pytorchs() {
    for case in cases() {
        let mut run = run(&case, case.rows()).expect(&case.name);
        run.advance(case.losses.len() as u64);
        assert_tensors_close(&case, "parameters", run.parameters(), &case.parameters_after);
    }
}

#[test]
fn ten_steps_end_with_pytorchs_loss_and_predictions() {
    for case in cases() {
        let mut run = run(&case, case.rows()).expect(&case.name);
        run.advance(case.losses.len() as u64);
        let loss = run.evaluate(Part::Train).expect("training rows").loss;
        assert_close(&format!("{}: loss", case.name), &[loss], &[case.loss_after], TRACE);
        let width = case.outputs_after.len() / case.rows();
        let outputs = Tensor::new(&[case.rows(), width], case.outputs_after.clone());
        let got = run.predict(&case.inputs.data).expect(&case.name);
        assert_close(
            &format!("{}: predictions", case.name),
            &got,
            &case.net().predictions(&outputs).data,
            FORWARD,
        );
    }
}
