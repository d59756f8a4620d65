// Penalties, freezing, clipping and the update, over all parameters.

override PARAMETERS = 1u;
override PADDED = 4u;       // numbers of one slot of the state
override PARTS = 1u;        // workgroups that share the sum of squares
override RULE = 0u;
override PLAIN = 0u;        // nothing is penalised, frozen or clipped

override EACH = 1u;         // fours of parameters of one thread of an update

const SGD = 0u;
const MOMENTUM = 1u;
const NESTEROV = 2u;
const ADAGRAD = 3u;
const RMSPROP = 4u;
const ADAM = 5u;

const CLIP_NORM = 1u;
const CLIP_VALUE = 2u;

// The same numbers as `parameters` and `gradients`, by fours: an index is reckoned once for four. Behind the last
// parameter others may follow.
@group(0) @binding(3) var<storage, read_write> four_parameters: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> four_gradients: array<vec4<f32>>;
@group(1) @binding(0) var<storage, read_write> state: array<vec4<f32>>;
// A bit a parameter: first whether it is a weight, then whether it is frozen.
@group(1) @binding(1) var<storage, read_write> masks: array<u32>;
@group(1) @binding(2) var<storage, read_write> squares: array<f32>;

var<workgroup> sums: array<f32, GROUP>;

/// Of the four parameters `4·i`, ….
fn are_set(first: u32, i: u32) -> vec4<bool> {
    let bits = masks[first + i / 8u] >> (i % 8u * 4u);
    return (vec4(bits) & vec4(1u, 2u, 4u, 8u)) != vec4(0u);
}

fn are_frozen(i: u32) -> vec4<bool> {
    return vec4(now.frozen == 1u) & are_set((PARAMETERS + 31u) / 32u, i);
}

/// Pruned weights are minus zero.
const PRUNED = 0x80000000u;

fn are_pruned(i: u32, w: vec4<f32>) -> vec4<bool> {
    return vec4(now.prunes == 1u) & are_set(0u, i) & (bitcast<vec4<u32>>(w) == vec4(PRUNED));
}

/// Weights shrunk by the sign that they had before the update; those that cross 0 are pruned.
fn shrunk(i: u32, before: vec4<f32>, updated: vec4<f32>) -> vec4<f32> {
    let next = updated - now.shrink * sign(before);
    let crosses = ((updated < vec4(0.0)) & (next > vec4(0.0))) | ((updated > vec4(0.0)) & (next < vec4(0.0)));
    return select(updated, select(next, bitcast<vec4<f32>>(vec4(PRUNED)), crosses), are_set(0u, i));
}

/// The gradient with its penalties; 0 where frozen or pruned.
fn penalised(i: u32, w: vec4<f32>) -> vec4<f32> {
    var g = four_gradients[i];
    if now.l1 != 0.0 || now.l2 != 0.0 {
        g = select(g, g + now.l2 * w + now.l1 * sign(w), are_set(0u, i));
    }
    return select(g, vec4(0.0), are_frozen(i) | are_pruned(i, w));
}

/// Which of the four numbers are parameters.
fn are_parameters(i: u32) -> vec4<bool> {
    return vec4(4u * i) + vec4(0u, 1u, 2u, 3u) < vec4(PARAMETERS);
}

/// The part of this workgroup in the sum of the gradient's squares.
@compute @workgroup_size(64)
fn norm(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) local: u32) {
    var sum = 0.0;
    for (var i = group.x * GROUP + local; i < PADDED / 4u; i += PARTS * GROUP) {
        let g = select(vec4(0.0), penalised(i, four_parameters[i]), are_parameters(i));
        sum += sum_of(g * g);
    }
    sums[local] = sum;
    workgroupBarrier();
    if local == 0u {
        for (var i = 1u; i < GROUP; i++) {
            sum += sums[i];
        }
        squares[group.x] = sum;
    }
}

/// What the gradient is scaled by to keep within its bound.
fn norm_factor(local: u32) -> f32 {
    var sum = 0.0;
    for (var i = local; i < PARTS; i += GROUP) {
        sum += squares[i];
    }
    sums[local] = sum;
    workgroupBarrier();
    var total = 0.0;
    for (var i = 0u; i < min(GROUP, PARTS); i++) {
        total += sums[i];
    }
    return min(1.0, now.bound / (sqrt(total) + 1e-6));
}

fn moved(i: u32, w: vec4<f32>, g: vec4<f32>) -> vec4<f32> {
    switch RULE {
        case MOMENTUM, NESTEROV: {
            let v = state[i] * now.old1 + g;
            state[i] = v;
            return w - select(v, g + v * now.old1, RULE == NESTEROV) * now.rate;
        }
        case ADAGRAD: {
            let s = state[i] + g * g;
            state[i] = s;
            return w - g * now.rate / (sqrt(s) + now.epsilon);
        }
        case RMSPROP: {
            let s = state[i] * now.old1 + g * g * now.new1;
            state[i] = s;
            return w - g * now.rate / (sqrt(s) + now.epsilon);
        }
        case ADAM: {
            let m = state[i] * now.old1 + g * now.new1;
            let v = state[PADDED / 4u + i] * now.old2 + g * g * now.new2;
            state[i] = m;
            state[PADDED / 4u + i] = v;
            return w * now.keep - m * now.rate / (sqrt(v) * now.unbias + now.epsilon);
        }
        default: { return w - g * now.rate; }
    }
}

@compute @workgroup_size(64)
fn update(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    var factor = 1.0;
    if PLAIN == 0u && now.clip == CLIP_NORM {
        factor = norm_factor(local);
    }
    if atomicLoad(&ring.stopped) != 0u {
        return;
    }
    var not_finite = vec4(false);
    let first = number_of(group, groups) * GROUP * EACH + local;
    for (var i = first; i < min(first + EACH * GROUP, PADDED / 4u); i += GROUP) {
        let w = four_parameters[i];
        var g = four_gradients[i];
        // Momentum and weight decay would move a frozen one even without a gradient.
        var held = !are_parameters(i);
        if PLAIN == 0u {
            g = penalised(i, w) * factor;
            if now.clip == CLIP_VALUE {
                g = clamp(g, vec4(-now.bound), vec4(now.bound));
            }
            four_gradients[i] = g;
            held = held | are_frozen(i) | are_pruned(i, w);
        }
        var next = moved(i, w, g);
        if PLAIN == 0u && now.prunes == 1u {
            next = shrunk(i, w, next);
        }
        four_parameters[i] = select(next, w, held);
        not_finite = not_finite | !(held | are_finite(next));
    }
    if any(not_finite) {
        atomicStore(&ring.not_finite, 1u);
    }
}
