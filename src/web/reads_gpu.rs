//! Reads of a run that may compute on the GPU. Each is asked for at once, then waited for; when the device is lost
//! meanwhile, the CPU is asked instead.

use super::convert::{floats, object, resolved, to_js_error};
use super::inspect;
#[cfg(feature = "table")]
use super::trainer::answers;
use super::trainer::{Trainer, metrics, now};
use crate::engine::gpu::{Gpu, ResultFuture, TileSize};
use crate::error::Result;
use crate::run::{Answers, EngineChoice, MOST_IN_FLIGHT, Part, Run, TileTrial, drive, tune};
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

thread_local! {
    /// All trainers of a module share one device, as long as it lives.
    static GPU: RefCell<Option<Gpu>> = const { RefCell::new(None) };
}

pub(super) fn create(run: Result<Run>) -> Promise {
    promise(async move {
        let mut run = run?;
        let gpu_error = match run.spec().engine {
            EngineChoice::Gpu => move_to_gpu(&mut run).await.err(),
            EngineChoice::Auto | EngineChoice::Cpu => None,
        };
        Ok(Trainer::new(run, gpu_error).into())
    })
}

/// Whether there is WebGPU at all: where there is not, wgpu would panic. By name, since web-sys has `navigator.gpu` only
/// among what it calls unstable.
fn has_web_gpu() -> bool {
    let global = js_sys::global();
    let of = |object: &JsValue, key: &str| Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED);
    let is_page_or_worker =
        ["Window", "DedicatedWorkerGlobalScope"].iter().any(|scope| !of(&global, scope).is_undefined());
    let navigator = of(&global, "navigator");
    is_page_or_worker && navigator.is_object() && of(&navigator, "gpu").is_object()
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(act: &Function, milliseconds: f64) -> JsValue;
}

/// Ticks for a device as long as anybody waits for it.
fn tick(gpu: Gpu) {
    spawn_local(async move {
        let mut last = now();
        let mut passed = 0.0;
        while let Some(pause) = gpu.tick(passed) {
            let pass = Promise::new(&mut |resolve, _| drop(set_timeout(&resolve, pause)));
            drop(JsFuture::from(pass).await);
            let time = now();
            passed = time - last;
            last = time;
        }
    });
}

/// Fails with a sentence that says why the run stays on the CPU.
async fn move_to_gpu(run: &mut Run) -> std::result::Result<(), String> {
    const NONE: &str = "this browser offers no GPU to web pages";
    if !has_web_gpu() {
        return Err(NONE.into());
    }
    let known = GPU.with_borrow(|gpu| gpu.clone().filter(|gpu| gpu.lost().is_none()));
    let gpu = match known {
        Some(gpu) => gpu,
        None => match Gpu::open().await {
            Ok(Some(gpu)) => gpu,
            Ok(None) => return Err(NONE.into()),
            Err(error) => return Err(error.words()),
        },
    };
    gpu.set_clock(tick);
    GPU.set(Some(gpu.clone()));
    run.move_to_gpu(&gpu).map_err(|error| error.words())
}

pub(super) fn classify(
    run: &Rc<RefCell<Run>>,
    inputs: Result<Vec<f64>>,
    to_js: fn(Answers) -> JsValue,
) -> Promise {
    read(run, move |run| run.classify_async(inputs.as_ref().map_err(Clone::clone)?), to_js)
}

#[cfg(feature = "table")]
pub(super) fn classify_encoded(run: &Rc<RefCell<Run>>, encoded: Vec<f32>) -> Promise {
    read(run, move |run| run.classify_encoded_async(&encoded), answers)
}

pub(super) fn evaluate(run: &Rc<RefCell<Run>>, part: Result<Part>) -> Promise {
    read(run, move |run| part.clone().map(|part| run.evaluate_async(part)), metrics)
}

pub(super) fn gradient(run: &Rc<RefCell<Run>>, part: Result<Part>) -> Promise {
    read(run, move |run| part.clone().map(|part| run.gradient_async(part)), |gradient| floats(&gradient))
}

pub(super) fn parameters(run: &Rc<RefCell<Run>>) -> Promise {
    read(run, |run| Ok(run.parameters_async()), |parameters| floats(&parameters))
}

pub(super) fn activations(run: &Rc<RefCell<Run>>, inputs: Result<Vec<f64>>) -> Promise {
    at_home(run, move |run| run.activations(&inputs?).map(|units| floats(&units)))
}

pub(super) fn look(run: &Rc<RefCell<Run>>) -> Promise {
    at_home(run, |run| Ok(inspect::look(run)))
}

pub(super) fn checkpoint(run: &Rc<RefCell<Run>>, save: fn(&Run) -> Vec<u8>) -> Promise {
    at_home(run, move |run| Ok(Uint8Array::from(save(run).as_slice()).into()))
}

/// Asks the host copy, once it is up to date.
pub(super) fn at_home(
    run: &Rc<RefCell<Run>>,
    ask: impl FnOnce(&mut Run) -> Result<JsValue> + 'static,
) -> Promise {
    let run = Rc::clone(run);
    promise(async move {
        bring_home(&run).await;
        ask(&mut run.borrow_mut())
    })
}

pub(super) fn curvature(run: &Rc<RefCell<Run>>) -> Promise {
    at_home(run, |run| Ok(run.curvature().into()))
}

/// Waits for the submission that is back next.
pub(super) fn landed(run: &Rc<RefCell<Run>>) -> Promise {
    land(run, 1)
}

/// Waits for as many as may be under way: whoever goes on training meanwhile would have us wait for ever.
pub(super) fn idle(run: &Rc<RefCell<Run>>) -> Promise {
    land(run, MOST_IN_FLIGHT)
}

fn land(run: &Rc<RefCell<Run>>, most: usize) -> Promise {
    let run = Rc::clone(run);
    promise(async move {
        for _ in 0..most {
            let Some(under_way) = run.borrow_mut().wait(now()) else { break };
            // A device that is lost is found so by whoever asks next.
            drop(under_way.await);
            run.borrow_mut().take_in(now());
        }
        Ok(JsValue::UNDEFINED)
    })
}

pub(super) fn sync(run: &Rc<RefCell<Run>>) -> Promise {
    let run = Rc::clone(run);
    promise(async move {
        bring_home(&run).await;
        Ok(JsValue::UNDEFINED)
    })
}

/// Takes the size of tiles that is known already, or else the one that does best within `budget` milliseconds.
pub(super) fn tune_tiles(run: &Rc<RefCell<Run>>, known: Option<TileSize>, budget: f64) -> Promise {
    let run = Rc::clone(run);
    promise(async move {
        let is_taken = known.is_some_and(|size| run.borrow_mut().take_tiles(size));
        // A device that is lost meanwhile is found so by whoever asks next.
        let trials = if is_taken { vec![] } else { tune(&run, now, budget).await.unwrap_or_default() };
        let Some(size) = run.borrow().tile_size() else { return Ok(JsValue::UNDEFINED) };
        let of =
            |size: TileSize| [size.values, size.weights].map(JsValue::from).into_iter().collect::<Array>();
        let trial = |trial: &TileTrial| object(&[("size", of(trial.size).into()), ("ms", trial.ms.into())]);
        let trials = trials.iter().map(trial).collect::<Array>();
        Ok(object(&[("size", of(size).into()), ("trials", trials.into())]))
    })
}

/// The host copy is up to date afterwards; if the device is lost, as up to date as it can be.
async fn bring_home(run: &RefCell<Run>) {
    drop(crate::run::sync(run, now).await);
}

/// Asks now, and gives what was asked for when it is there.
fn read<T: 'static>(
    run: &Rc<RefCell<Run>>,
    ask: impl Fn(&mut Run) -> Result<ResultFuture<T>> + 'static,
    to_js: fn(T) -> JsValue,
) -> Promise {
    let future = match ask(&mut run.borrow_mut()) {
        Ok(future) => future,
        Err(error) => return resolved(Err(error)),
    };
    let run = Rc::clone(run);
    promise(async move {
        let first = drive(&run, now, future).await;
        if first.is_ok() || run.borrow().gpu().is_some() {
            return first.map(to_js);
        }
        let future = ask(&mut run.borrow_mut())?;
        future.await.map(to_js)
    })
}

fn promise(future: impl Future<Output = Result<JsValue>> + 'static) -> Promise {
    future_to_promise(async move { future.await.map_err(|error| to_js_error(&error)) })
}
