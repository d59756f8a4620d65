// y = f(W·x + b). A thread makes eight outputs of two vectors of rows, or eight by four weights' gradients.

override WEIGHT = 0u;
override BIAS = 0u;
override ACTIVATION = 0u;
override WEIGHT_GROUPS = 0u;

const LANES = vec4<u32>(0u, 1u, 2u, 3u);

fn outer(x: vec4<f32>, w: vec4<f32>) -> mat4x4<f32> {
    return mat4x4(x * w.x, x * w.y, x * w.z, x * w.w);
}

fn four_weights(at: vec4<u32>) -> vec4<f32> {
    return vec4(parameters[at.x], parameters[at.y], parameters[at.z], parameters[at.w]);
}

fn finish(o: u32, r: u32, sum: vec4<f32>) {
    if o >= OUTPUTS || r >= now.n {
        return;
    }
    let z = sum + parameters[BIAS + o];
    if keeps_input(ACTIVATION) {
        values[(Y + OUTPUTS + o) * now.n + r] = z;
    }
    values[(Y + o) * now.n + r] = activate(ACTIVATION, z);
}

fn finish_four(o: u32, r: u32, sums: mat4x4<f32>) {
    finish(o, r, sums[0]);
    finish(o + 1u, r, sums[1]);
    finish(o + 2u, r, sums[2]);
    finish(o + 3u, r, sums[3]);
}

@compute @workgroup_size(64)
fn forward(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let place = number_of(group, groups) * GROUP + local;
    let across = (now.n + 1u) / 2u;
    let o = place / across * 8u;
    let r = place % across * 2u;
    if o >= OUTPUTS {
        return;
    }
    // Outputs and rows beyond the last repeat it and are not stored.
    let low = WEIGHT + min(vec4(o) + LANES, vec4(OUTPUTS - 1u)) * INPUTS;
    let high = WEIGHT + min(vec4(o + 4u) + LANES, vec4(OUTPUTS - 1u)) * INPUTS;
    let next = min(1u, now.n - 1u - r);
    var x = X * now.n + r;
    var low0 = mat4x4<f32>();
    var low1 = mat4x4<f32>();
    var high0 = mat4x4<f32>();
    var high1 = mat4x4<f32>();
    for (var k = 0u; k < INPUTS; k++) {
        let x0 = values[x];
        let x1 = values[x + next];
        let w_low = four_weights(low + k);
        let w_high = four_weights(high + k);
        low0 += outer(x0, w_low);
        low1 += outer(x1, w_low);
        high0 += outer(x0, w_high);
        high1 += outer(x1, w_high);
        x += now.n;
    }
    finish_four(o, r, low0);
    finish_four(o, r + 1u, low1);
    finish_four(o + 4u, r, high0);
    finish_four(o + 4u, r + 1u, high1);
}

fn back(k: u32, r: u32, sum: vec4<f32>) {
    if k < INPUTS && r < now.n {
        hand_back_x(k, r, sum);
    }
}

fn back_four(k: u32, r: u32, sums: mat4x4<f32>) {
    back(k, r, sums[0]);
    back(k + 1u, r, sums[1]);
    back(k + 2u, r, sums[2]);
    back(k + 3u, r, sums[3]);
}

/// ∂L/∂x = Wᵀ·∂L/∂y
fn input_gradient(place: u32) {
    let across = (now.n + 1u) / 2u;
    let k = place / across * 8u;
    let r = place % across * 2u;
    if k >= INPUTS {
        return;
    }
    var low = WEIGHT + min(vec4(k) + LANES, vec4(INPUTS - 1u));
    var high = WEIGHT + min(vec4(k + 4u) + LANES, vec4(INPUTS - 1u));
    let next = min(1u, now.n - 1u - r);
    var y = Y * now.n + r;
    var low0 = mat4x4<f32>();
    var low1 = mat4x4<f32>();
    var high0 = mat4x4<f32>();
    var high1 = mat4x4<f32>();
    for (var o = 0u; o < OUTPUTS; o++) {
        let d0 = d_values[y];
        let d1 = d_values[y + next];
        let w_low = four_weights(low);
        let w_high = four_weights(high);
        low0 += outer(d0, w_low);
        low1 += outer(d1, w_low);
        high0 += outer(d0, w_high);
        high1 += outer(d1, w_high);
        low += INPUTS;
        high += INPUTS;
        y += now.n;
    }
    back_four(k, r, low0);
    back_four(k, r + 1u, low1);
    back_four(k + 4u, r, high0);
    back_four(k + 4u, r + 1u, high1);
}

fn store_row(o: u32, k: u32, sums: vec4<f32>) {
    if OUTPUTS % 8u != 0u && o >= OUTPUTS {
        return;
    }
    let at = WEIGHT + o * INPUTS + k;
    // Told from constants alone where the inputs come in fours.
    let whole = INPUTS % 4u == 0u;
    store_gradient(at, sums.x);
    if whole || k + 1u < INPUTS { store_gradient(at + 1u, sums.y); }
    if whole || k + 2u < INPUTS { store_gradient(at + 2u, sums.z); }
    if whole || k + 3u < INPUTS { store_gradient(at + 3u, sums.w); }
}

fn store_four(o: u32, k: u32, sums: mat4x4<f32>) {
    store_row(o, k, sums[0]);
    store_row(o + 1u, k, sums[1]);
    store_row(o + 2u, k, sums[2]);
    store_row(o + 3u, k, sums[3]);
}

/// ∂L/∂W = ∂L/∂y·xᵀ, and ∂L/∂b with the first inputs.
fn weight_gradient(place: u32) {
    let across = (INPUTS + 3u) / 4u;
    let o = place / across * 8u;
    let k = place % across * 4u;
    if o >= OUTPUTS {
        return;
    }
    let x = (X + min(vec4(k) + LANES, vec4(INPUTS - 1u))) * now.n;
    let low = (Y + min(vec4(o) + LANES, vec4(OUTPUTS - 1u))) * now.n;
    let high = (Y + min(vec4(o + 4u) + LANES, vec4(OUTPUTS - 1u))) * now.n;
    var sums_low = mat4x4<f32>();
    var sums_high = mat4x4<f32>();
    for (var r = 0u; r < now.n; r++) {
        let xs = mat4x4(values[x.x + r], values[x.y + r], values[x.z + r], values[x.w + r]);
        sums_low += mat4x4(
            d_values[low.x + r] * xs, d_values[low.y + r] * xs, d_values[low.z + r] * xs, d_values[low.w + r] * xs,
        );
        sums_high += mat4x4(
            d_values[high.x + r] * xs, d_values[high.y + r] * xs, d_values[high.z + r] * xs, d_values[high.w + r] * xs,
        );
    }
    store_four(o, k, sums_low);
    store_four(o + 4u, k, sums_high);
    if k == 0u {
        for (var i = o; i < min(o + 8u, OUTPUTS); i++) {
            var sum = vec4(0.0);
            for (var r = 0u; r < now.n; r++) {
                sum += dy_at(i, r);
            }
            store_gradient(BIAS + i, sum_of(sum));
        }
    }
}

@compute @workgroup_size(64)
fn backward(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let number = number_of(group, groups);
    if number < WEIGHT_GROUPS {
        weight_gradient(number * GROUP + local);
    } else if HAND_BACK != SKIP {
        input_gradient((number - WEIGHT_GROUPS) * GROUP + local);
    }
}
