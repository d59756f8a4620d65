//! Trains an experiment of the page in a terminal, with the same bits as the page, and writes its weights:
//!
//! ```sh
//! cargo run --release --features export --example train -- experiment.json --out weights.safetensors
//! ```
//!
//! `--help` lists what else it takes. What it needs beyond the library is the clock, files, and a place to print.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program says what it does")]

mod arguments;
mod base64;
mod edits;
mod experiment;
mod pictures;
mod rows;
mod told;

use arguments::{Arguments, Asked};
use experiment::Experiment;
use rows::Opened;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;
use trainyard::run::{Part, Run, Status};

/// Points of the loss curve, as many as the page keeps.
const CURVE_POINTS: usize = 1000;
/// Training pauses so often to tell how far it is.
const TELL_MS: f64 = 1000.0;

/// What went wrong, as a sentence.
type Sentence = String;

fn main() -> ExitCode {
    let asked = match arguments::read(std::env::args().skip(1)) {
        Ok(Asked::Train(arguments)) => arguments,
        Ok(Asked::Print(text)) => {
            println!("{text}");
            return ExitCode::SUCCESS;
        }
        Err(sentence) => return refused(&sentence),
    };
    match train(&asked) {
        Ok(code) => code,
        Err(sentence) => refused(&sentence),
    }
}

fn refused(sentence: &str) -> ExitCode {
    eprintln!("{sentence}");
    ExitCode::from(2)
}

fn train(asked: &Arguments) -> Result<ExitCode, Sentence> {
    let mut experiment = Experiment::read(&asked.file, &read(&asked.file)?)?;
    if let Some(epochs) = asked.epochs {
        experiment.stop_after(epochs);
    }
    if asked.fresh {
        experiment.checkpoint = None;
        experiment.engines.clear();
    }
    let Opened { mut run, is_locked, notes } = rows::open(&experiment, asked)?;
    notes.iter().for_each(|note| eprintln!("{note}"));
    begin(run.run_mut(), &experiment, asked)?;
    check_end(run.run_mut())?;
    eprintln!("{}", told::opening(run.run_mut(), &experiment));
    let taken = advance(run.run_mut());
    let is_seen = asked.test && run.run_mut().evaluate(Part::Test).is_some();
    if let Some(file) = &asked.out {
        write(file, &run.safetensors())?;
    }
    if let Some(file) = &asked.save {
        // Each time that somebody sees figures of locked test rows counts as a look at them.
        let looks = experiment.looks + u64::from(is_seen && is_locked);
        let checkpoint =
            if is_locked && !is_seen { run.run().checkpoint_without_test() } else { run.run().checkpoint() };
        write(file, experiment.with(run.run().progress().epoch, looks, &checkpoint).as_bytes())?;
    }
    let run = run.run_mut();
    match asked.json {
        true => println!("{}", told::document(run, &experiment, asked)),
        false => println!("{}", told::ending(run, asked, taken)),
    }
    Ok(match run.progress().status {
        Status::Diverged => ExitCode::from(1),
        _ => ExitCode::SUCCESS,
    })
}

/// Where the run begins: at its checkpoint, if it has one and nobody wants to begin anew.
fn begin(run: &mut Run, experiment: &Experiment, asked: &Arguments) -> Result<(), Sentence> {
    run.record(CURVE_POINTS);
    let Some(checkpoint) = experiment.checkpoint.as_ref() else { return Ok(()) };
    run.restore(checkpoint).map_err(|error| {
        format!("{}: {error}. Add --fresh to begin without its weights.", asked.file.display())
    })?;
    if asked.epochs.is_some() {
        run.set_max_epochs(asked.epochs); // one that had ended goes on
    }
    Ok(())
}

/// Refuses a run that nothing ends.
fn check_end(run: &Run) -> Result<(), Sentence> {
    let stop = &run.spec().training.stop;
    if stop.max_epochs.is_some() || stop.goal.is_some() || stop.patience.is_some() {
        return Ok(());
    }
    Err("This experiment never ends: training.stop has no maxEpochs, goal or patience. Add --epochs N."
        .into())
}

/// Trains to the end, and tells on the way. Gives the seconds that it took.
fn advance(run: &mut Run) -> f64 {
    let start = Instant::now();
    let now = || start.elapsed().as_secs_f64() * 1000.0;
    loop {
        let before = run.progress();
        if matches!(before.status, Status::Finished(_) | Status::Diverged) {
            return now() / 1000.0;
        }
        let began = now();
        run.advance_within(u64::MAX >> 1, TELL_MS, now);
        let progress = run.progress();
        let per_second = (progress.step - before.step) as f64 / ((now() - began) / 1000.0).max(1e-6);
        eprintln!("{}", told::progress(run, per_second));
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Sentence> {
    fs::read(file).map_err(|error| format!("{} could not be read: {error}.", file.display()))
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), Sentence> {
    fs::write(file, bytes).map_err(|error| format!("{} could not be written: {error}.", file.display()))
}
