//! What is recorded until it is submitted: the numbers of each batch, its rows, and what will come of it.

use super::{Outcome, SnapshotBuffer, optimizer};
use crate::engine::Hyper;
use crate::train::Clip;
use crate::train::metrics::Sums;

/// Bytes from one record to the next: what offsets into uniform buffers must be multiples of.
pub const RECORD: u64 = 256;
const WORDS: usize = RECORD as usize / 4;

/// What a pass over a batch is for; the numbers stand in the shaders too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// A prediction or an evaluation.
    #[default]
    Evaluate = 0,
    /// A gradient to look at.
    Gradient = 1,
    /// A training step.
    Train = 2,
}

/// One batch.
#[derive(Debug, Clone, Copy, Default)]
pub struct Batch {
    /// Its rows.
    pub rows: usize,
    /// Where their numbers lie in the order, or the first of them.
    pub first: usize,
    /// The entry of the ring that takes its outcome.
    pub place: usize,
    /// What for.
    pub mode: Mode,
    /// Whether rows are `first`, `first + 1`, … instead of those in the order.
    pub consecutive: bool,
    /// What the rows of the mean weigh together.
    pub denominator: f32,
}

/// What happens to a gradient before the update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Treatment {
    /// Nothing.
    Plain,
    /// Penalties, freezing or a bound on each number.
    Each,
    /// The same, and a bound on its norm.
    Norm,
}

impl Treatment {
    fn of(hyper: &Hyper, frozen: bool) -> Treatment {
        match hyper.clip {
            Clip::Norm(_) => Treatment::Norm,
            Clip::Off if hyper.penalty.is_none() && !frozen => Treatment::Plain,
            Clip::Off | Clip::Value(_) => Treatment::Each,
        }
    }
}

/// A command that refers to the record of the same number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// A training step on `n` vectors.
    Step {
        /// Vectors of rows.
        n: usize,
        /// What is done to the gradient before the update.
        treatment: Treatment,
    },
    /// Forward and loss.
    Evaluate {
        /// Vectors of rows.
        n: usize,
    },
    /// Forward, loss and backward.
    Gradient {
        /// Vectors of rows.
        n: usize,
        /// Whether it adds to that of the chunk before.
        accumulate: bool,
    },
    /// Puts parameters aside.
    Keep(SnapshotBuffer),
    /// Takes them back.
    Restore(SnapshotBuffer),
}

impl Command {
    /// How often vectors go through the layers: a step takes three times what a forward pass does.
    pub fn passes(&self) -> usize {
        match *self {
            Command::Step { n, .. } | Command::Gradient { n, .. } => 3 * n,
            Command::Evaluate { n } => n,
            Command::Keep(_) | Command::Restore(_) => 0,
        }
    }
}

/// Which outcome entries of the ring make up.
#[derive(Debug, Clone, Copy)]
enum Expected {
    Step { entry: usize },
    Sums { first: usize, end: usize, rows: usize, weight: f64 },
}

/// Commands with all they need.
#[derive(Default)]
pub struct Recording {
    /// In order.
    pub commands: Vec<Command>,
    /// A record of [`WORDS`] words for each command.
    pub records: Vec<u32>,
    /// Row numbers of all batches.
    pub order: Vec<u32>,
    /// Entries of the ring that are filled.
    pub entries: usize,
    expected: Vec<Expected>,
}

impl Recording {
    /// Forgets everything, and keeps the memory.
    pub fn clear(&mut self) {
        self.commands.clear();
        self.records.clear();
        self.order.clear();
        self.expected.clear();
        self.entries = 0;
    }

    /// A training step on `rows` of weight `denominator`.
    pub fn step(&mut self, rows: &[u32], denominator: f64, hyper: &Hyper, step: u64, frozen: bool) {
        let entry = self.entries;
        let treatment = Treatment::of(hyper, frozen);
        let command = Command::Step { n: rows.len().div_ceil(4), treatment };
        let (rows_len, first, denominator) = (rows.len(), self.order.len(), denominator as f32);
        let batch =
            Batch { rows: rows_len, first, place: entry, mode: Mode::Train, denominator, ..Batch::default() };
        let mut words = batch.words();
        words[5] = step as u32;
        words[12] = frozen.into();
        write_hyper(&mut words, hyper, step);
        self.order.extend_from_slice(rows);
        self.push(command, words);
        self.entries += 1;
        self.expected.push(Expected::Step { entry });
    }

    /// Losses and hits over `rows` of weight `weight`, `chunk` rows at a time.
    pub fn evaluate(&mut self, rows: &[u32], weight: f64, chunk: usize) {
        let first = self.entries;
        for rows in rows.chunks(chunk) {
            let command = Command::Evaluate { n: rows.len().div_ceil(4) };
            self.batch(rows, Mode::Evaluate, 1.0, command);
            self.entries += 1;
        }
        self.expected.push(Expected::Sums { first, end: self.entries, rows: rows.len(), weight });
    }

    /// The gradient of the mean over `rows` of weight `weight`, `chunk` rows at a time.
    pub fn gradient(&mut self, rows: &[u32], weight: f64, chunk: usize) {
        for (i, rows) in rows.chunks(chunk).enumerate() {
            let command = Command::Gradient { n: rows.len().div_ceil(4), accumulate: i > 0 };
            self.batch(rows, Mode::Gradient, weight as f32, command);
        }
        self.entries = 1;
    }

    fn batch(&mut self, rows: &[u32], mode: Mode, denominator: f32, command: Command) {
        let (first, place) = (self.order.len(), self.entries);
        let batch = Batch { rows: rows.len(), first, place, mode, consecutive: false, denominator };
        self.order.extend_from_slice(rows);
        self.push(command, batch.words());
    }

    /// A command with its record.
    pub fn push(&mut self, command: Command, words: [u32; WORDS]) {
        self.commands.push(command);
        self.records.extend_from_slice(&words);
    }

    /// A command that needs no numbers.
    pub fn push_plain(&mut self, command: Command) {
        self.push(command, [0; WORDS]);
    }

    /// What came of the recorded commands, from the ring's entries.
    pub fn outcomes(&self, entries: &[[f32; 4]]) -> Vec<Outcome> {
        let sum = |entries: &[[f32; 4]], i: usize| entries.iter().map(|entry| f64::from(entry[i])).sum();
        let outcome = |expected: &Expected| match *expected {
            Expected::Step { entry } => {
                Outcome::Step { loss: entries.get(entry).map_or(f64::NAN, |entry| f64::from(entry[0])) }
            }
            Expected::Sums { first, end, rows, weight } => {
                let entries = entries.get(first..end).unwrap_or_default();
                let correct: f64 = sum(entries, 1);
                Outcome::Sums(Sums {
                    rows,
                    weight,
                    loss: sum(entries, 0),
                    correct: correct as usize,
                    absolute_error: sum(entries, 2),
                })
            }
        };
        self.expected.iter().map(outcome).collect()
    }
}

impl Batch {
    /// The record as the shaders' `Step`, without hyperparameters.
    pub fn words(&self) -> [u32; WORDS] {
        let mut words = [0; WORDS];
        words[0] = self.rows as u32;
        words[1] = self.rows.div_ceil(4) as u32;
        words[2] = self.first as u32;
        words[3] = self.place as u32;
        words[4] = self.mode as u32;
        words[6] = self.consecutive.into();
        words[7] = self.denominator.to_bits();
        words
    }
}

/// The rest of the shaders' `Step`.
fn write_hyper(words: &mut [u32; WORDS], hyper: &Hyper, step: u64) {
    let (clip, bound) = match hyper.clip {
        Clip::Off => (0, 0.0),
        Clip::Norm(most) => (1, most),
        Clip::Value(most) => (2, most),
    };
    let numbers = optimizer::numbers(&hyper.optimizer, hyper.learning_rate, step);
    words[8] = clip;
    let (l1, shrink) = hyper.penalty.l1_split(hyper.learning_rate);
    words[21] = (shrink.unwrap_or(0.0) as f32).to_bits();
    words[22] = shrink.is_some().into();
    for (word, number) in words[9..12].iter_mut().zip([bound, l1, hyper.penalty.l2]) {
        *word = (number as f32).to_bits();
    }
    for (word, number) in words[13..].iter_mut().zip(numbers) {
        *word = (number as f32).to_bits();
    }
}
