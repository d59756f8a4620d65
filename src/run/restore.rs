//! Saving a run and going on from what was saved.

use super::checkpoint::{hash_numbers, pack, unpack};
use super::{Book, Curve, Kept, Point, Run, Status};
use crate::error::{Error, Result};
use crate::run::document::object;
use crate::train::StopReason;
use crate::train::schedule::Plateau;
use crate::train::stop::Best;
use serde_json::Value;

/// Whose state of the optimiser a checkpoint holds.
#[derive(Clone, Copy, PartialEq)]
enum State {
    /// This run's: it has to fit.
    Own,
    /// An optimiser's of the same kind: taken where it fits, else it starts at 0.
    Kin,
    /// Another optimiser's: it starts at 0.
    Foreign,
}

impl Run {
    /// The run as bytes, from which [`restore`](Self::restore) goes on bit for bit.
    pub fn checkpoint(&self) -> Vec<u8> {
        let epoch = self.host_book().epoch;
        let points = |pick: fn(&Point) -> f64| -> Value {
            let known = self.curve().iter().filter(|point| point.epoch <= epoch);
            known.map(|point| bits(pick(point))).collect()
        };
        let mut header = self.standing();
        header["spec"] = self.spec.to_json();
        header["rows"] = self.fingerprint().into();
        header["curve"] = Value::from(self.curve.as_ref().map(|curve| {
            object!({
                "most": curve.most(),
                "epoch": points(|p| f64::from(p.epoch)),
                "training": points(|p| p.training),
                "test": points(|p| p.test),
            })
        }));
        pack(&header, &self.arrays())
    }

    /// Goes on from a checkpoint of the same experiment.
    ///
    /// # Errors
    /// Broken bytes, or a checkpoint of other data, another model or another optimiser; the run then stays as it was.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<()> {
        let (header, numbers) = unpack(bytes)?;
        self.check_same_start(&header)?;
        self.check_same_training(&header)?;
        self.take(&header, &numbers, State::Own)?;
        self.curve = read_curve(&header["curve"]);
        Ok(())
    }

    /// Goes on from a checkpoint of an experiment that may differ in how it is trained (anything under `training`) and
    /// where: rows, seed and model have to be the same. Parameters, running statistics, the optimiser's state, the
    /// books and the curve are the checkpoint's; learning rate and stop contract are this run's. Where more than those
    /// is different, an epoch under way begins again, and the best epoch and what a plateau is measured by are
    /// forgotten: losses need not compare. The optimiser's state starts at 0 where the optimiser is another, or has
    /// another size of it.
    ///
    /// # Errors
    /// Broken bytes, or a checkpoint of other rows, another seed or model; the run then stays as it was.
    pub fn branch(&mut self, bytes: &[u8]) -> Result<()> {
        let (header, numbers) = unpack(bytes)?;
        self.check_same_start(&header)?;
        let is_other = self.check_same_training(&header).is_err();
        let saved = header["spec"]["training"]["optimizer"]["type"].as_str();
        let is_kin = saved == self.spec.to_json()["training"]["optimizer"]["type"].as_str();
        let rate = self.base_rate;
        self.take(&header, &numbers, if is_kin { State::Kin } else { State::Foreign })?;
        self.base_rate = rate;
        let book = &mut self.book;
        if is_other {
            *book =
                Book { step: book.step, epoch: book.epoch, training_loss: book.training_loss, ..Book::START };
            self.best = None;
        }
        book.status = match self.spec.training.stop.check(book.epoch, None, book.best.as_ref()) {
            Some(reason) => Status::Finished(reason),
            None if book.step == 0 => Status::Ready,
            None => Status::Training,
        };
        self.curve = read_curve(&header["curve"]);
        self.settle_in();
        Ok(())
    }

    /// The run as it stands, in few bytes: for [`seek`](Self::seek) of this very run.
    pub fn moment(&self) -> Vec<u8> {
        pack(&self.standing(), &self.arrays())
    }

    /// Goes to a moment of this run, earlier or later. Going on unchanged passes the same points of the curve again, so
    /// they may stay; not so where something is changed first.
    ///
    /// # Errors
    /// Broken bytes, or a moment of another model; the run then stays as it was.
    pub fn seek(&mut self, bytes: &[u8], forgets_later: bool) -> Result<()> {
        let (header, numbers) = unpack(bytes)?;
        self.take(&header, &numbers, State::Own)?;
        if let (true, Some(curve)) = (forgets_later, &mut self.curve) {
            curve.cut(self.book.epoch);
        }
        Ok(())
    }

    /// Where the run stands, as the header of its bytes.
    fn standing(&self) -> Value {
        let book = self.host_book();
        object!({
            "step": book.step,
            "epoch": book.epoch,
            "batch": book.batch,
            "learningRate": bits(self.base_rate),
            "plateau": vec![
                bits(book.plateau.best), bits(f64::from(book.plateau.bad_epochs)), bits(book.plateau.factor)
            ],
            "best": book.best.map(|best| object!({ "epoch": best.epoch, "loss": bits(best.loss) })),
            "frozen": self.engine.frozen().collect::<Vec<_>>(),
            "epochLoss": bits(book.epoch_loss),
            "epochRows": book.epoch_rows,
            "trainingLoss": bits(book.training_loss),
            "status": status_word(book.status),
        })
    }

    /// Its numbers: parameters, the optimiser's state, running statistics; then what it may fall back on, and its best.
    fn arrays(&self) -> Vec<&[f32]> {
        let engine = &self.engine;
        let mut arrays = vec![engine.parameters(), engine.state(), engine.buffers()];
        arrays.extend(self.fallback.arrays());
        arrays.extend(self.best.iter().flat_map(Kept::arrays));
        arrays
    }

    /// Takes over where a saved run stood, with its numbers.
    fn take(&mut self, header: &Value, numbers: &[f32], from: State) -> Result<()> {
        let engine = &self.engine;
        let [own, state, buffers] = [engine.parameters(), engine.state(), engine.buffers()].map(<[f32]>::len);
        let best = match &header["best"] {
            Value::Null => None,
            best => Some(read_best(best).ok_or_else(|| missing("best"))?),
        };
        let others = (2 + usize::from(best.is_some())) * (own + buffers);
        let saved = numbers.len().wrapping_sub(others);
        if numbers.len() < others || (saved != state && from == State::Own) {
            return Err(Error::Length {
                what: "the checkpoint",
                expected: others + state,
                got: numbers.len(),
            });
        }
        let book = read_book(header, best)?;
        let learning_rate = from_bits(&header["learningRate"]).ok_or_else(|| missing("learningRate"))?;
        let frozen = read_frozen(&header["frozen"]).ok_or_else(|| missing("frozen"))?;
        let (parameters, rest) = numbers.split_at(own);
        let (saved_state, rest) = rest.split_at(saved);
        let (saved_buffers, rest) = rest.split_at(buffers);
        let (fallback, best_state) = rest.split_at(own + buffers);
        self.freeze(&frozen)?;
        self.engine.parameters_mut().copy_from_slice(parameters);
        if saved == state && from != State::Foreign {
            self.engine.state_mut().copy_from_slice(saved_state);
        } else {
            self.engine.state_mut().fill(0.0);
        }
        self.engine.buffers_mut().copy_from_slice(saved_buffers);
        self.fallback = Kept::read(fallback, own);
        self.best = book.best.map(|_| Kept::read(best_state, own));
        self.book = book;
        self.base_rate = learning_rate;
        self.settle_in();
        Ok(())
    }

    /// What follows from where the run stands now.
    fn settle_in(&mut self) {
        self.batches.seek(self.book.epoch, self.book.batch);
        self.hyper.learning_rate = self.learning_rate();
        #[cfg(feature = "gpu")]
        self.upload_anew();
    }

    /// Hash of the rows, so that a checkpoint can't go on with others.
    fn fingerprint(&self) -> String {
        format!("{:016x}", hash_numbers(&self.data.inputs) ^ hash_numbers(&self.data.targets).rotate_left(1))
    }

    fn check_same_start(&self, header: &Value) -> Result<()> {
        // Both have been through the same reader of decimals, so that equal numbers stay equal.
        let own = reread(&self.spec.to_json());
        for key in ["seed", "data", "model"] {
            if header["spec"][key] != own[key] {
                return Err(differs(key));
            }
        }
        if header["rows"] != self.fingerprint() {
            return Err(differs("set of rows"));
        }
        Ok(())
    }

    fn check_same_training(&self, header: &Value) -> Result<()> {
        let own = reread(&self.spec.to_json());
        for key in
            ["loss", "labelSmoothing", "classWeights", "schedule", "batchSize", "shuffle", "l1", "l2", "clip"]
        {
            if header["spec"]["training"][key] != own["training"][key] {
                return Err(differs(&format!("training.{key}")));
            }
        }
        let optimizer = |spec: &Value| {
            let mut optimizer = spec["training"]["optimizer"].clone();
            optimizer["learningRate"] = Value::Null; // may change while a run lives
            optimizer
        };
        if optimizer(&header["spec"]) != optimizer(&own) {
            return Err(differs("training.optimizer"));
        }
        Ok(())
    }
}

fn differs(what: &str) -> Error {
    Error::Checkpoint { what: format!("it belongs to an experiment with another {what}") }
}

const STATUSES: [(&str, Status); 6] = [
    ("ready", Status::Ready),
    ("training", Status::Training),
    ("finished", Status::Finished(StopReason::MaxEpochs)),
    ("goal", Status::Finished(StopReason::Goal)),
    ("patience", Status::Finished(StopReason::Patience)),
    ("diverged", Status::Diverged),
];

fn status_word(status: Status) -> &'static str {
    STATUSES.iter().find(|(_, known)| *known == status).map_or("", |(word, _)| word)
}

fn parse_status(word: Option<&str>) -> Option<Status> {
    STATUSES.iter().find(|(known, _)| Some(*known) == word).map(|(_, status)| *status)
}

/// Where the saved run stood.
fn read_book(header: &Value, best: Option<Best>) -> Result<Book> {
    let number = |key: &str| from_bits(&header[key]).ok_or_else(|| missing(key));
    let integer = |key: &str| header[key].as_u64().ok_or_else(|| missing(key));
    let status = parse_status(header["status"].as_str())
        .ok_or_else(|| Error::Checkpoint { what: format!("the status {} is not known", header["status"]) })?;
    Ok(Book {
        step: integer("step")?,
        epoch: integer("epoch")? as u32,
        batch: integer("batch")? as usize,
        status,
        epoch_loss: number("epochLoss")?,
        epoch_rows: integer("epochRows")? as usize,
        training_loss: number("trainingLoss")?,
        plateau: read_plateau(&header["plateau"]).ok_or_else(|| missing("plateau"))?,
        best,
    })
}

fn missing(key: &str) -> Error {
    Error::Checkpoint { what: format!("\"{key}\" is missing") }
}

fn read_plateau(value: &Value) -> Option<Plateau> {
    let number = |index: usize| from_bits(&value[index]);
    Some(Plateau { best: number(0)?, bad_epochs: number(1)? as u32, factor: number(2)? })
}

fn read_best(value: &Value) -> Option<Best> {
    Some(Best { epoch: value["epoch"].as_u64()? as u32, loss: from_bits(&value["loss"])? })
}

fn read_frozen(value: &Value) -> Option<Vec<u32>> {
    value.as_array()?.iter().map(|index| index.as_u64().and_then(|i| u32::try_from(i).ok())).collect()
}

fn read_curve(value: &Value) -> Option<Curve> {
    let column = |key: &str| -> Option<Vec<f64>> { value[key].as_array()?.iter().map(from_bits).collect() };
    let mut curve = Curve::new(value["most"].as_u64()? as usize);
    let (epochs, training, test) = (column("epoch")?, column("training")?, column("test")?);
    let points = epochs.iter().zip(training).zip(test);
    curve.refill(
        points.map(|((&epoch, training), test)| Point { epoch: epoch as u32, training, test }).collect(),
    );
    Some(curve)
}

/// A number as its bits: decimals would have to be printed and read exactly.
fn bits(number: f64) -> Value {
    number.to_bits().into()
}

fn from_bits(value: &Value) -> Option<f64> {
    value.as_u64().map(f64::from_bits)
}

/// Through the reader that [`unpack`] has, so that the package holds only one.
fn reread(document: &Value) -> Value {
    serde_json::from_slice(document.to_string().as_bytes()).unwrap_or(Value::Null)
}
