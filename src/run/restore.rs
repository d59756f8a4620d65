//! Saving a run and going on from what was saved.

use super::checkpoint::{hash_numbers, pack, unpack};
use super::{Curve, Point, Run, Status};
use crate::error::{Error, Result};
use crate::train::StopReason;
use serde_json::{Value, json};

impl Run {
    /// The run as bytes, from which [`restore`](Self::restore) goes on bit for bit.
    pub fn checkpoint(&self) -> Vec<u8> {
        let points = |pick: fn(&Point) -> f64| -> Value { self.curve().iter().map(pick).collect() };
        let header = json!({
            "spec": self.spec.to_json(),
            "rows": self.fingerprint(),
            "step": self.step,
            "epoch": self.batches.epoch(),
            "batch": self.batches.batch(),
            "learningRate": self.hyper.learning_rate,
            "epochLoss": self.epoch_loss,
            "epochRows": self.epoch_rows,
            "trainingLoss": self.training_loss,
            "status": status_word(self.status),
            "curve": self.curve.as_ref().map(|curve| json!({
                "most": curve.most(),
                "epoch": points(|p| f64::from(p.epoch)),
                "training": points(|p| p.training),
                "test": points(|p| p.test),
            })),
        });
        pack(
            &header,
            &[
                self.engine.parameters(),
                self.engine.state(),
                &self.fallback,
            ],
        )
    }

    /// Goes on from a checkpoint of the same experiment.
    ///
    /// # Errors
    /// Broken bytes, or a checkpoint of other data, another model or another optimiser; the run then stays as it was.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<()> {
        let (header, numbers) = unpack(bytes)?;
        self.check_same_experiment(&header)?;
        let (parameters, state) = (self.engine.parameters().len(), self.engine.state().len());
        if numbers.len() != 2 * parameters + state {
            let expected = 2 * parameters + state;
            return Err(Error::Length {
                what: "the checkpoint",
                expected,
                got: numbers.len(),
            });
        }
        let number = |key: &str| header[key].as_f64().unwrap_or(f64::NAN);
        let integer = |key: &str| {
            let what = format!("\"{key}\" is missing or no whole number");
            header[key].as_u64().ok_or(Error::Checkpoint { what })
        };
        let (step, epoch, batch) = (
            integer("step")?,
            integer("epoch")? as u32,
            integer("batch")? as usize,
        );
        let status = parse_status(header["status"].as_str()).ok_or_else(|| Error::Checkpoint {
            what: format!("the status {} is not known", header["status"]),
        })?;
        let epoch_rows = integer("epochRows")? as usize;
        self.engine
            .parameters_mut()
            .copy_from_slice(&numbers[..parameters]);
        self.engine
            .state_mut()
            .copy_from_slice(&numbers[parameters..parameters + state]);
        self.fallback
            .copy_from_slice(&numbers[parameters + state..]);
        self.batches.seek(epoch, batch);
        self.step = step;
        self.status = status;
        self.epoch_rows = epoch_rows;
        self.epoch_loss = number("epochLoss");
        self.training_loss = number("trainingLoss");
        self.hyper.learning_rate = number("learningRate");
        self.curve = read_curve(&header["curve"]);
        Ok(())
    }

    /// Hash of the rows, so that a checkpoint can't go on with others.
    fn fingerprint(&self) -> String {
        format!(
            "{:016x}",
            hash_numbers(&self.data.inputs) ^ hash_numbers(&self.data.targets).rotate_left(1)
        )
    }

    fn check_same_experiment(&self, header: &Value) -> Result<()> {
        let own = self.spec.to_json();
        let differs = |what: &str| Error::Checkpoint {
            what: format!("it belongs to an experiment with another {what}"),
        };
        for key in ["seed", "data", "model"] {
            if header["spec"][key] != own[key] {
                return Err(differs(key));
            }
        }
        for key in ["loss", "batchSize", "shuffle", "l1", "l2"] {
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
        if header["rows"] != json!(self.fingerprint()) {
            return Err(differs("set of rows"));
        }
        Ok(())
    }
}

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Ready => "ready",
        Status::Training => "training",
        Status::Finished(StopReason::MaxEpochs) => "finished",
        Status::Diverged => "diverged",
    }
}

fn parse_status(word: Option<&str>) -> Option<Status> {
    let all = [
        Status::Ready,
        Status::Training,
        Status::Finished(StopReason::MaxEpochs),
        Status::Diverged,
    ];
    all.into_iter()
        .find(|&status| Some(status_word(status)) == word)
}

fn read_curve(value: &Value) -> Option<Curve> {
    let column = |key: &str| -> Option<Vec<f64>> {
        let list = value[key].as_array()?;
        Some(
            list.iter()
                .map(|x| x.as_f64().unwrap_or(f64::NAN))
                .collect(),
        )
    };
    let mut curve = Curve::new(value["most"].as_u64()? as usize);
    let (epochs, training, test) = (column("epoch")?, column("training")?, column("test")?);
    let points = epochs.iter().zip(training).zip(test);
    curve.refill(
        points
            .map(|((&epoch, training), test)| Point {
                epoch: epoch as u32,
                training,
                test,
            })
            .collect(),
    );
    Some(curve)
}
