//! What is told: where the run is, and what came out.

use super::arguments::Arguments;
use super::experiment::Experiment;
use serde_json::{Map, Value, json};
use trainyard::run::checkpoint::hash_numbers;
use trainyard::run::{Part, Run, Status};
use trainyard::train::{Metrics, StopReason};

/// What begins.
pub fn opening(run: &Run, experiment: &Experiment) -> String {
    let (split, progress) = (run.split(), run.progress());
    let rows = [("training", &split.train), ("validation", &split.validation), ("test", &split.test)];
    let rows = rows.iter().filter(|(_, rows)| !rows.is_empty());
    let rows: Vec<String> = rows.map(|(name, rows)| format!("{} {name}", rows.len())).collect();
    let source = if experiment.source().is_empty() { "circle" } else { experiment.source() };
    let at = match progress.step {
        0 => "from its initial weights".into(),
        step => format!("from epoch {}, step {step}", progress.epoch),
    };
    let most = run
        .spec()
        .training
        .stop
        .max_epochs
        .map_or(String::new(), |most| format!(", to epoch {most} at most"));
    format!("{source}: {} rows; {} parameters; {at}{most}.", rows.join(" + "), run.plan().parameters)
}

/// How far it is.
pub fn progress(run: &mut Run, per_second: f64) -> String {
    let progress = run.progress();
    let held = run.evaluate(Part::Validation);
    let held = held.map_or(String::new(), |metrics| format!(", validation loss {}", digits(metrics.loss)));
    let (epoch, step, loss) = (progress.epoch, progress.step, digits(progress.training_loss));
    format!("epoch {epoch}, step {step}: training loss {loss}{held} ({per_second:.0} steps per second)")
}

/// What came out.
pub fn ending(run: &mut Run, asked: &Arguments, seconds: f64) -> String {
    let progress = run.progress();
    let why = run.reason();
    let mut lines = vec![format!(
        "{} at epoch {}, step {} after {seconds:.1} s: {why}.",
        if progress.status == Status::Diverged { "Diverged" } else { "Finished" },
        progress.epoch,
        progress.step
    )];
    for (name, part) in [("training", Part::Train), ("validation", Part::Validation), ("test", Part::Test)] {
        let rows = rows_of(run, part);
        if rows == 0 {
            continue;
        }
        if part == Part::Test && !asked.test {
            lines.push(format!("test: {rows} rows, not looked at; --test tells their scores"));
        } else if let Some(metrics) = run.evaluate(part) {
            lines.push(format!("{name}: {}", scores(&metrics)));
        }
    }
    lines.push(format!("weights: {} (FNV-1a)", hash(run)));
    for (what, file) in [("weights", &asked.out), ("experiment", &asked.save)] {
        lines.extend(file.as_ref().map(|file| format!("{what} written to {}", file.display())));
    }
    lines.join("\n")
}

/// The same for programs.
pub fn document(run: &mut Run, experiment: &Experiment, asked: &Arguments) -> Value {
    let progress = run.progress();
    let (status, reason) = match progress.status {
        Status::Ready => ("ready", None),
        Status::Training => ("training", None),
        Status::Diverged => ("diverged", None),
        Status::Finished(StopReason::Goal) => ("finished", Some("goal")),
        Status::Finished(StopReason::Patience) => ("finished", Some("patience")),
        Status::Finished(StopReason::MaxEpochs) => ("finished", Some("maxEpochs")),
    };
    let mut document = Map::new();
    let mut put = |name: &str, value: Value| document.insert(name.to_owned(), value);
    put("status", status.into());
    put("reason", reason.into());
    put("why", run.reason().into());
    put("epoch", progress.epoch.into());
    put("step", progress.step.into());
    put("parameters", run.plan().parameters.into());
    put("hash", hash(run).into());
    let mut spec = run.spec().to_json();
    if !experiment.source().is_empty() {
        spec["data"]["source"] = experiment.source().into(); // of pictures the core knows no name
    }
    put("spec", spec);
    for (name, part) in [("training", Part::Train), ("validation", Part::Validation), ("test", Part::Test)] {
        if part != Part::Test || asked.test {
            put(name, run.evaluate(part).map_or(Value::Null, |metrics| figures(&metrics)));
        }
    }
    Value::Object(document)
}

fn rows_of(run: &Run, part: Part) -> usize {
    let split = run.split();
    match part {
        Part::Train => split.train.len(),
        Part::Validation => split.validation.len(),
        Part::Test => split.test.len(),
    }
}

/// FNV-1a of all weights, as tests pin it.
fn hash(run: &Run) -> String {
    format!("{:016x}", hash_numbers(run.parameters()))
}

fn figures(metrics: &Metrics) -> Value {
    json!({
        "rows": metrics.rows,
        "loss": metrics.loss,
        "accuracy": metrics.accuracy,
        "mae": metrics.mae,
        "rmse": metrics.rmse,
    })
}

fn scores(metrics: &Metrics) -> String {
    let mut words = vec![format!("loss {}", digits(metrics.loss))];
    words.extend(metrics.accuracy.map(|share| format!("accuracy {:.1}%", 100.0 * share)));
    words.extend(metrics.mae.map(|error| format!("MAE {}", digits(error))));
    words.extend(metrics.rmse.map(|error| format!("RMSE {}", digits(error))));
    format!("{} ({} rows)", words.join(", "), metrics.rows)
}

/// Three digits that count.
fn digits(number: f64) -> String {
    if number == 0.0 || !number.is_finite() {
        return format!("{number}");
    }
    let size =
        format!("{number:e}").split('e').nth(1).and_then(|power| power.parse::<i32>().ok()).unwrap_or(0);
    match size {
        -4..=5 => format!("{number:.*}", (2 - size).max(0) as usize),
        _ => format!("{number:.2e}"),
    }
}
