//! Saving a run and going on from what was saved.

use super::checkpoint::{fnv1a, pack, unpack};
use super::{Curve, Point, Run, Status, TrainingProgress, WeightsSnapshot};
use crate::error::{Error, Result};
use crate::json::Value;
use crate::run::document::object;
use crate::train::StopReason;
use crate::train::schedule::Plateau;
use crate::train::stop::Best;

/// Whose state of the optimizer a checkpoint holds.
#[derive(Clone, Copy, PartialEq)]
enum State {
    /// This run's: it has to fit.
    Own,
    /// An optimizer's of the same kind: taken where it fits, else it starts at 0.
    Kin,
    /// Another optimizer's: it starts at 0.
    Foreign,
}

impl Run {
    /// The run as bytes, from which [`restore`](Self::restore) goes on bit for bit.
    pub fn checkpoint(&self) -> Vec<u8> {
        pack(&self.header(), &self.arrays())
    }

    /// All of a checkpoint but its numbers.
    pub(super) fn header(&self) -> Value {
        let epoch = self.host_progress().epoch;
        let known = || self.curve().iter().filter(|point| point.epoch <= epoch);
        let points = known().flat_map(|p| [p.epoch.into(), p.training.to_bits(), p.test.to_bits()]);
        let mut header = self.standing();
        header["spec"] = self.spec.to_json();
        header["rows"] = self.fingerprint().into();
        header["curve"] = points.collect::<Vec<u64>>().into();
        // Apart, and only where there are any: as versions had it that kept none.
        if !self.split.validation.is_empty() {
            header["validation"] =
                known().map(|p| p.validation.unwrap_or(f64::NAN).to_bits()).collect::<Vec<_>>().into();
        }
        header["most"] = self.curve.as_ref().map(Curve::most).into();
        header
    }

    /// Goes on from a checkpoint of the same experiment.
    ///
    /// # Errors
    /// Broken bytes, or a checkpoint of other data, another model or another optimizer; the run then stays as it was.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<()> {
        let (header, numbers) = unpack(bytes)?;
        self.check_same_start(&header)?;
        self.check_same_training(&header)?;
        let curve = read_curve(&header)?;
        self.take(&header, &numbers, State::Own)?;
        self.curve = curve;
        Ok(())
    }

    /// Goes on from a checkpoint of an experiment that may differ in how it is trained (anything under `training`) and
    /// where: rows, seed and model have to be the same. Parameters, running statistics, the optimizer's state, the
    /// progress and the curve are the checkpoint's; learning rate and stop contract are this run's. Where more than those
    /// is different, an epoch under way begins again, and the best epoch and what a plateau is measured by are
    /// forgotten: losses need not compare. The optimizer's state starts at 0 where the optimizer is another, or has
    /// another size of it.
    ///
    /// # Errors
    /// Broken bytes, or a checkpoint of other rows, another seed or model; the run then stays as it was.
    pub fn branch(&mut self, bytes: &[u8]) -> Result<()> {
        let (header, numbers) = unpack(bytes)?;
        self.check_same_start(&header)?;
        let curve = read_curve(&header)?;
        let is_other = self.check_same_training(&header).is_err();
        let saved = header["spec"]["training"]["optimizer"]["type"].as_str();
        let is_kin = saved == self.spec.to_json()["training"]["optimizer"]["type"].as_str();
        let rate = self.base_rate;
        self.take(&header, &numbers, if is_kin { State::Kin } else { State::Foreign })?;
        self.base_rate = rate;
        let progress = &mut self.progress;
        if is_other {
            *progress = TrainingProgress {
                step: progress.step,
                epoch: progress.epoch,
                training_loss: progress.training_loss,
                ..TrainingProgress::START
            };
            self.best = None;
        }
        progress.status = match self.spec.training.stop.check(progress.epoch, None, progress.best.as_ref()) {
            Some(reason) => Status::Finished(reason),
            None if progress.step == 0 => Status::Ready,
            None => Status::Training,
        };
        self.curve = curve;
        self.sync_batches();
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
            curve.cut(self.progress.epoch);
        }
        Ok(())
    }

    /// Where the run stands, as the header of its bytes: the progress's numbers in one list, as [`read_progress`] has them.
    fn standing(&self) -> Value {
        let progress = self.host_progress();
        let mut numbers = vec![
            STATUSES.iter().position(|status| *status == progress.status).unwrap_or(0) as u64,
            progress.step,
            progress.epoch.into(),
            progress.batch as u64,
            progress.epoch_rows as u64,
            progress.plateau.bad_epochs.into(),
            self.base_rate.to_bits(),
            progress.plateau.best.to_bits(),
            progress.plateau.factor.to_bits(),
            progress.epoch_loss.to_bits(),
            progress.training_loss.to_bits(),
        ];
        numbers.extend(progress.best.iter().flat_map(|best| [best.epoch.into(), best.loss.to_bits()]));
        object!({
            "book": numbers,
            "frozen": self.engine.frozen().collect::<Vec<_>>(),
        })
    }

    /// Its numbers: parameters, the optimizer's state, running statistics; then what it may fall back on, and its best.
    pub(super) fn arrays(&self) -> Vec<&[f32]> {
        let engine = &self.engine;
        let mut arrays = vec![engine.parameters(), engine.state(), engine.buffers()];
        arrays.extend(self.fallback.arrays());
        arrays.extend(self.best.iter().flat_map(WeightsSnapshot::arrays));
        arrays
    }

    /// Takes over where a saved run stood, with its numbers.
    fn take(&mut self, header: &Value, numbers: &[f32], from: State) -> Result<()> {
        let engine = &self.engine;
        let [own, state, buffers] = [engine.parameters(), engine.state(), engine.buffers()].map(<[f32]>::len);
        let (progress, learning_rate) = read_progress(header).ok_or_else(|| missing("book"))?;
        let frozen = read_integers(&header["frozen"]).ok_or_else(|| missing("frozen"))?;
        let others = (2 + usize::from(progress.best.is_some())) * (own + buffers);
        let saved = numbers.len().wrapping_sub(others);
        if numbers.len() < others || (saved != state && from == State::Own) {
            return Err(Error::Length {
                what: "the checkpoint",
                expected: others + state,
                got: numbers.len(),
            });
        }
        let (parameters, rest) = numbers.split_at(own);
        let (saved_state, rest) = rest.split_at(saved);
        let (saved_buffers, rest) = rest.split_at(buffers);
        let (fallback, best_state) = rest.split_at(own + buffers);
        self.freeze(&frozen.into_iter().map(narrow).collect::<Vec<_>>())?;
        self.engine.parameters_mut().copy_from_slice(parameters);
        if saved == state && from != State::Foreign {
            self.engine.state_mut().copy_from_slice(saved_state);
        } else {
            self.engine.state_mut().fill(0.0);
        }
        self.engine.buffers_mut().copy_from_slice(saved_buffers);
        self.fallback = WeightsSnapshot::read(fallback, own);
        self.best = progress.best.map(|_| WeightsSnapshot::read(best_state, own));
        self.progress = progress;
        self.has_gradient = false;
        self.base_rate = learning_rate;
        #[cfg(feature = "table")]
        self.find_withheld();
        self.sync_batches();
        Ok(())
    }

    /// What follows from where the run stands now.
    fn sync_batches(&mut self) {
        self.batches.seek(self.progress.epoch, self.progress.batch);
        self.hyper.learning_rate = self.learning_rate();
        #[cfg(feature = "gpu")]
        self.upload_anew();
    }

    /// Hash of the rows, so that a checkpoint can't go on with others.
    fn fingerprint(&self) -> String {
        // As f32, as all versions have hashed them.
        let hash = |numbers: &[f64]| fnv1a(numbers.iter().flat_map(|&x| (x as f32).to_le_bytes()));
        format!("{:016x}", hash(&self.data.inputs) ^ hash(&self.data.targets).rotate_left(1))
    }

    fn check_same_start(&self, header: &Value) -> Result<()> {
        // Both have been through the same reader of decimals, so that equal numbers stay equal.
        let own = reread(&self.spec.to_json());
        // How a file was read shows in its rows, which are compared below: those of one that was written anew are the same.
        let start = |spec: &Value, key: &str| {
            let mut part = spec[key].clone();
            part.as_object_mut().map(|part| part.remove("read"));
            part
        };
        for key in ["seed", "data", "model"] {
            if start(&header["spec"], key) != start(&own, key) {
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
        // The optimizer is compared below; the others may differ.
        let differs_by_right = ["optimizer", "stop", "l1Rule"];
        let Value::Object(fields) = &own["training"] else { return Ok(()) };
        for key in fields.keys().map(String::as_str).filter(|key| !differs_by_right.contains(key)) {
            if header["spec"]["training"][key] != own["training"][key] {
                return Err(differs(&format!("training.{key}")));
            }
        }
        let optimizer = |spec: &Value| {
            let mut optimizer = spec["training"]["optimizer"].clone();
            // It may change while a run lives. A checkpoint of somebody else's making may hold anything here.
            optimizer.as_object_mut().map(|fields| fields.remove("learningRate"));
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

/// By their number in a checkpoint.
const STATUSES: [Status; 6] = [
    Status::Ready,
    Status::Training,
    Status::Finished(StopReason::MaxEpochs),
    Status::Finished(StopReason::Goal),
    Status::Finished(StopReason::Patience),
    Status::Diverged,
];

/// More than a run can count to: up to there nothing overflows.
const MOST_COUNT: u64 = 1 << 53;

fn narrow(number: u64) -> u32 {
    number.min(u32::MAX.into()) as u32
}

/// Where the saved run stood, and its learning rate. None where a run can't have stood there.
fn read_progress(header: &Value) -> Option<(TrainingProgress, f64)> {
    let numbers = read_integers(&header["book"])?;
    let &[status, step, epoch, batch, rows, bad_epochs, rate, best, factor, sum, loss, ref more @ ..] =
        &numbers[..]
    else {
        return None;
    };
    let (rate, factor) = (f64::from_bits(rate), f64::from_bits(factor));
    let is_sane = (0.0..=1000.0).contains(&rate) && (0.0..=1.0).contains(&factor);
    if !is_sane || step.max(batch).max(rows) > MOST_COUNT {
        return None;
    }
    let progress = TrainingProgress {
        step,
        epoch: narrow(epoch),
        batch: batch as usize,
        status: *STATUSES.get(status as usize)?,
        epoch_loss: f64::from_bits(sum),
        epoch_rows: rows as usize,
        training_loss: f64::from_bits(loss),
        plateau: Plateau { best: f64::from_bits(best), bad_epochs: narrow(bad_epochs), factor },
        best: match more {
            [epoch, loss] => Some(Best { epoch: narrow(*epoch), loss: f64::from_bits(*loss) }),
            _ => None,
        },
    };
    Some((progress, rate))
}

fn missing(key: &str) -> Error {
    Error::Checkpoint { what: format!("\"{key}\" is missing or not readable") }
}

fn read_integers(value: &Value) -> Option<Vec<u64>> {
    value.as_array()?.iter().map(Value::as_u64).collect()
}

/// None where none was kept.
fn read_curve(header: &Value) -> Result<Option<Curve>> {
    let Some(most) = header["most"].as_u64() else { return Ok(None) };
    let numbers = read_integers(&header["curve"]).ok_or_else(|| missing("curve"))?;
    let mut curve = Curve::new(narrow(most) as usize);
    let validation = read_integers(&header["validation"]).unwrap_or_default();
    let points: Vec<Point> = numbers
        .chunks_exact(3)
        .enumerate()
        .map(|(i, p)| Point {
            epoch: narrow(p[0]),
            training: f64::from_bits(p[1]),
            validation: validation.get(i).map(|&bits| f64::from_bits(bits)),
            test: f64::from_bits(p[2]),
        })
        .collect();
    if points.windows(2).any(|pair| pair[0].epoch >= pair[1].epoch) {
        return Err(missing("curve"));
    }
    curve.refill(points);
    Ok(Some(curve))
}

/// Through the reader that [`unpack`] has, so that the package holds only one.
fn reread(document: &Value) -> Value {
    crate::json::from_slice(document.to_string().as_bytes()).unwrap_or(Value::Null)
}
