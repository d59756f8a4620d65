// What every kernel sees: the numbers of the batch at hand, the arenas, the flags and the ring of losses.

struct Step {
    rows: u32,          // real rows of the batch
    n: u32,             // vectors of four rows a feature
    first: u32,         // where the batch's row numbers lie, or its first row
    place: u32,         // entry of the ring
    mode: u32,
    number: u32,        // of the update, from 1
    consecutive: u32,   // whether rows are first, first + 1, …
    denominator: f32,   // what the rows weigh together
    clip: u32,
    bound: f32,
    l1: f32,
    l2: f32,
    frozen: u32,        // whether any parameter is
    rate: f32,
    keep: f32,
    old1: f32,
    new1: f32,
    old2: f32,
    new2: f32,
    epsilon: f32,
    unbias: f32,
    shrink: f32,        // of weights towards 0, after the update
    prunes: u32,        // whether it does, and one that would cross 0 is pruned
}

struct Ring {
    stopped: atomic<u32>,   // a loss was not finite: nothing is updated from then on
    not_finite: atomic<u32>,   // an update was not finite
    entries: array<vec4<f32>>,
}

// Whether gradients add up over chunks. What never changes for a kernel is no branch: adapters on a processor run
// through all of them.
override ACCUMULATE = 0u;

const EVALUATE = 0u;
const TRAIN = 2u;
const GROUP = 64u;

@group(0) @binding(0) var<uniform> now: Step;
@group(0) @binding(1) var<storage, read_write> values: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> d_values: array<vec4<f32>>;
// Then running statistics, then the weights of classes.
@group(0) @binding(3) var<storage, read_write> parameters: array<f32>;
@group(0) @binding(4) var<storage, read_write> gradients: array<f32>;
@group(0) @binding(5) var<storage, read_write> ring: Ring;

/// Number of a workgroup in a grid of two dimensions.
fn number_of(group: vec3<u32>, groups: vec3<u32>) -> u32 {
    return group.y * groups.x + group.x;
}

/// Which lanes of vector `r` are real rows.
fn real(r: u32) -> vec4<bool> {
    return vec4(4u * r) + vec4(0u, 1u, 2u, 3u) < vec4(now.rows);
}

/// Told by bits: drivers may take comparisons with NaN for granted.
fn is_finite(x: f32) -> bool {
    return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

fn are_finite(v: vec4<f32>) -> vec4<bool> {
    return (bitcast<vec4<u32>>(v) & vec4(0x7f800000u)) != vec4(0x7f800000u);
}

fn sum_of(v: vec4<f32>) -> f32 {
    return (v.x + v.z) + (v.y + v.w);
}

fn store_gradient(at: u32, value: f32) {
    if ACCUMULATE == 1u {
        gradients[at] += value;
    } else {
        gradients[at] = value;
    }
}
