//! The gradient of a run on the GPU: whose it is.

use crate::gpu::pair::device;
use crate::gpu_run::{assert_alike, both, no_clock, train};
use pollster::block_on;
use serde_json::json;
use trainyard::run::{Part, drive, sync};

#[test]
fn the_gradient_norm_is_the_last_steps_or_none() {
    let Some(gpu) = device() else { return };
    let (ours, mut theirs) = both(&gpu, &json!({}), 57);
    let home = || block_on(sync(&ours, no_clock)).unwrap();
    let norm = || ours.borrow().gradient_norm();
    assert!(norm().is_nan(), "it was not brought home");
    home();
    let last = norm();
    assert_alike("gradient norm", last, theirs.gradient_norm());
    let moment = ours.borrow().moment();
    // A gradient that is asked for takes its place on the device.
    let future = ours.borrow_mut().gradient_async(Part::Test);
    block_on(drive(&ours, no_clock, future)).unwrap();
    assert_eq!(norm(), last);
    home();
    assert!(norm().is_nan(), "the gradient there is another");
    train(&ours, 1);
    theirs.advance(1);
    assert!(norm().is_nan(), "one step more than was brought home");
    home();
    assert_alike("gradient norm", norm(), theirs.gradient_norm());
    ours.borrow_mut().seek(&moment, false).unwrap();
    assert!(norm().is_nan(), "a moment has no gradient");
    home();
    assert!(norm().is_nan(), "nor has the device");
}
