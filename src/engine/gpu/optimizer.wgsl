// Penalties, freezing, clipping and the update, over all parameters.

override PARAMETERS = 1u;
override PADDED = 4u;       // numbers of one slot of the state
override PARTS = 1u;        // workgroups that share the sum of squares
override RULE = 0u;
override PLAIN = 0u;        // nothing is penalised, frozen or clipped

const EACH = 8u;            // parameters of one thread of an update

const SGD = 0u;
const MOMENTUM = 1u;
const NESTEROV = 2u;
const ADAGRAD = 3u;
const RMSPROP = 4u;
const ADAM = 5u;

const CLIP_NORM = 1u;
const CLIP_VALUE = 2u;

@group(1) @binding(0) var<storage, read_write> state: array<f32>;
// A bit a parameter: first whether it is a weight, then whether it is frozen.
@group(1) @binding(1) var<storage, read_write> masks: array<u32>;
@group(1) @binding(2) var<storage, read_write> squares: array<f32>;

var<workgroup> sums: array<f32, GROUP>;

fn is_set(first: u32, i: u32) -> bool {
    return ((masks[first + i / 32u] >> (i % 32u)) & 1u) == 1u;
}

fn is_frozen(i: u32) -> bool {
    return now.frozen == 1u && is_set((PARAMETERS + 31u) / 32u, i);
}

/// The gradient with its penalties; 0 where frozen.
fn penalised(i: u32) -> f32 {
    var g = gradients[i];
    if (now.l1 != 0.0 || now.l2 != 0.0) && is_set(0u, i) {
        let w = parameters[i];
        g += now.l2 * w + now.l1 * sign(w);
    }
    return select(g, 0.0, is_frozen(i));
}

/// The part of this workgroup in the sum of the gradient's squares.
@compute @workgroup_size(64)
fn norm(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) local: u32) {
    var sum = 0.0;
    for (var i = group.x * GROUP + local; i < PARAMETERS; i += PARTS * GROUP) {
        let g = penalised(i);
        sum += g * g;
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

fn moved(i: u32, w: f32, g: f32) -> f32 {
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
            let v = state[PADDED + i] * now.old2 + g * g * now.new2;
            state[i] = m;
            state[PADDED + i] = v;
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
    var unsound = false;
    let first = number_of(group, groups) * GROUP * EACH + local;
    for (var i = first; i < min(first + EACH * GROUP, PARAMETERS); i += GROUP) {
        var g = gradients[i];
        if PLAIN == 0u {
            g = penalised(i) * factor;
            if now.clip == CLIP_VALUE {
                g = clamp(g, -now.bound, now.bound);
            }
            gradients[i] = g;
        }
        let w = parameters[i];
        let next = moved(i, w, g);
        // Momentum and weight decay would move it even without a gradient.
        let held = PLAIN == 0u && is_frozen(i);
        parameters[i] = select(next, w, held);
        unsound = unsound || !(held || is_finite(next));
    }
    if unsound {
        atomicStore(&ring.unsound, 1u);
    }
}
