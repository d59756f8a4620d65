//! Reads of a run that computes on the CPU: promises that hold their values already.

use super::convert::{floats, resolved};
#[cfg(feature = "table")]
use super::trainer::answers;
use super::trainer::{Trainer, metrics};
use crate::error::Result;
use crate::run::{Answers, Part, Run};
use js_sys::{Promise, Uint8Array};
use std::cell::RefCell;
use wasm_bindgen::JsValue;

pub(super) fn create(run: Result<Run>) -> Promise {
    resolved(run.map(|run| Trainer::new(run, None).into()))
}

pub(super) fn classify(
    run: &RefCell<Run>,
    inputs: Result<Vec<f64>>,
    to_js: fn(Answers) -> JsValue,
) -> Promise {
    resolved(inputs.and_then(|inputs| run.borrow_mut().classify(&inputs)).map(to_js))
}

#[cfg(feature = "table")]
pub(super) fn classify_encoded(run: &RefCell<Run>, encoded: Vec<f32>) -> Promise {
    resolved(run.borrow_mut().classify_encoded(&encoded).map(answers))
}

pub(super) fn evaluate(run: &RefCell<Run>, part: Result<Part>) -> Promise {
    resolved(part.map(|part| metrics(run.borrow_mut().evaluate(part))))
}

pub(super) fn gradient(run: &RefCell<Run>, part: Result<Part>) -> Promise {
    resolved(part.map(|part| floats(&run.borrow_mut().gradient(part))))
}

pub(super) fn activations(run: &RefCell<Run>, inputs: Result<Vec<f64>>) -> Promise {
    resolved(inputs.and_then(|inputs| run.borrow_mut().activations(&inputs)).map(|units| floats(&units)))
}

#[cfg(feature = "look")]
pub(super) fn look(run: &RefCell<Run>) -> Promise {
    resolved(Ok(super::inspect::look(&mut run.borrow_mut())))
}

pub(super) fn parameters(run: &RefCell<Run>) -> Promise {
    resolved(Ok(floats(run.borrow().parameters())))
}

pub(super) fn checkpoint(run: &RefCell<Run>, save: fn(&Run) -> Vec<u8>) -> Promise {
    resolved(Ok(Uint8Array::from(save(&run.borrow()).as_slice()).into()))
}

/// Asks the run itself.
#[cfg(feature = "study")]
pub(super) fn at_home(run: &RefCell<Run>, ask: impl FnOnce(&mut Run) -> Result<JsValue>) -> Promise {
    resolved(ask(&mut run.borrow_mut()))
}

#[cfg(feature = "look")]
pub(super) fn curvature(run: &RefCell<Run>) -> Promise {
    resolved(Ok(run.borrow().curvature().into()))
}

pub(super) fn idle(_: &RefCell<Run>) -> Promise {
    resolved(Ok(JsValue::UNDEFINED))
}

pub(super) fn sync(_: &RefCell<Run>) -> Promise {
    resolved(Ok(JsValue::UNDEFINED))
}
