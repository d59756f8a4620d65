//! Saving a run and going on from what was saved.

use super::checkpoint::{hash_numbers, pack, unpack};
use super::{Book, Curve, Kept, Point, Run, Status};
use crate::error::{Error, Result};
use crate::run::document::object;
use crate::train::StopReason;
use crate::train::schedule::Plateau;
use crate::train::stop::Best;
use serde_json::Value;

impl Run {
    /// The run as bytes, from which [`restore`](Self::restore) goes on bit for bit.
    pub fn checkpoint(&self) -> Vec<u8> {
        let book = self.host_book();
        let points = |pick: fn(&Point) -> f64| -> Value {
            let known = self.curve().iter().filter(|point| point.epoch <= book.epoch);
            known.map(|point| bits(pick(point))).collect()
        };
        let header = object!({
            "spec": self.spec.to_json(),
            "rows": self.fingerprint(),
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
            "curve": self.curve.as_ref().map(|curve| object!({
                "most": curve.most(),
                "epoch": points(|p| f64::from(p.epoch)),
                "training": points(|p| p.training),
                "test": points(|p| p.test),
            })),
        });
        let engine = &self.engine;
        let mut arrays = vec![engine.parameters(), engine.state(), engine.buffers()];
        arrays.extend(self.fallback.arrays());
        arrays.extend(self.best.iter().flat_map(Kept::arrays));
        pack(&header, &arrays)
    }

    /// Goes on from a checkpoint of the same experiment.
    ///
    /// # Errors
    /// Broken bytes, or a checkpoint of other data, another model or another optimiser; the run then stays as it was.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<()> {
        let (header, numbers) = unpack(bytes)?;
        self.check_same_experiment(&header)?;
        let engine = &self.engine;
        let sizes = [engine.parameters().len(), engine.state().len(), engine.buffers().len()];
        let best = match &header["best"] {
            Value::Null => None,
            best => Some(read_best(best).ok_or_else(|| missing("best"))?),
        };
        let states = 2 + usize::from(best.is_some());
        let expected = states * (sizes[0] + sizes[2]) + sizes[1];
        if numbers.len() != expected {
            let got = numbers.len();
            return Err(Error::Length { what: "the checkpoint", expected, got });
        }
        let book = read_book(&header, best)?;
        let learning_rate = from_bits(&header["learningRate"]).ok_or_else(|| missing("learningRate"))?;
        let (parameters, rest) = numbers.split_at(sizes[0]);
        let (state, rest) = rest.split_at(sizes[1]);
        let (buffers, rest) = rest.split_at(sizes[2]);
        let (fallback, best_state) = rest.split_at(sizes[0] + sizes[2]);
        self.freeze(&read_frozen(&header["frozen"]).ok_or_else(|| missing("frozen"))?)?;
        self.engine.parameters_mut().copy_from_slice(parameters);
        self.engine.state_mut().copy_from_slice(state);
        self.engine.buffers_mut().copy_from_slice(buffers);
        self.fallback = Kept::read(fallback, sizes[0]);
        self.best = book.best.map(|_| Kept::read(best_state, sizes[0]));
        self.book = book;
        self.batches.seek(self.book.epoch, self.book.batch);
        self.base_rate = learning_rate;
        self.hyper.learning_rate = self.learning_rate();
        self.curve = read_curve(&header["curve"]);
        #[cfg(feature = "gpu")]
        self.upload_anew();
        Ok(())
    }

    /// Hash of the rows, so that a checkpoint can't go on with others.
    fn fingerprint(&self) -> String {
        format!("{:016x}", hash_numbers(&self.data.inputs) ^ hash_numbers(&self.data.targets).rotate_left(1))
    }

    fn check_same_experiment(&self, header: &Value) -> Result<()> {
        // Both have been through the same reader of decimals, so that equal numbers stay equal.
        let own = reread(&self.spec.to_json());
        let differs = |what: &str| Error::Checkpoint {
            what: format!("it belongs to an experiment with another {what}"),
        };
        for key in ["seed", "data", "model"] {
            if header["spec"][key] != own[key] {
                return Err(differs(key));
            }
        }
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
        if header["rows"] != self.fingerprint() {
            return Err(differs("set of rows"));
        }
        Ok(())
    }
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
