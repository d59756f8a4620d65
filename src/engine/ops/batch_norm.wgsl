// Normalisation of each channel over the batch; a workgroup takes a channel.

override GAIN = 0u;
override BIAS = 0u;
override PIXELS = 1u;
override MEANS = 0u;        // running means, and variances, behind the parameters
override VARIANCES = 0u;

const EPSILON = 1e-5;
const MOMENTUM = 0.1;

/// v of real rows; 0 of padding.
fn real_or_zero(r: u32, v: vec4<f32>) -> vec4<f32> {
    return select(vec4(0.0), v, real(r));
}

/// Mean and biased variance of a channel over pixels and real rows.
fn statistics(channel: u32, local: u32) -> vec2<f32> {
    let first = (X + channel * PIXELS) * now.n;
    let count = f32(PIXELS * now.rows);
    var sum = vec4(0.0);
    for (var i = local; i < PIXELS * now.n; i += GROUP) {
        sum += real_or_zero(i % now.n, values[first + i]);
    }
    let mean = sum_of(total(local, sum)) / count;
    sum = vec4(0.0);
    for (var i = local; i < PIXELS * now.n; i += GROUP) {
        let e = values[first + i] - mean;
        sum += real_or_zero(i % now.n, e * e);
    }
    return vec2(mean, sum_of(total(local, sum)) / count);
}

fn remember(channel: u32, seen: vec2<f32>) {
    let count = f32(PIXELS * now.rows);
    let unbiased = seen.y * count / max(count - 1.0, 1.0);
    let mean = parameters[MEANS + channel];
    let variance = parameters[VARIANCES + channel];
    let next = vec2(mean + MOMENTUM * (seen.x - mean), variance + MOMENTUM * (unbiased - variance));
    parameters[MEANS + channel] = next.x;
    parameters[VARIANCES + channel] = next.y;
    if !is_finite(next.x) || !is_finite(next.y) {
        atomicStore(&ring.not_finite, 1u);
    }
}

@compute @workgroup_size(64)
fn forward(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let channel = number_of(group, groups);
    if channel >= OUTPUTS / PIXELS {
        return;
    }
    var seen: vec2<f32>;
    if now.mode == EVALUATE {
        seen = vec2(parameters[MEANS + channel], parameters[VARIANCES + channel]);
    } else {
        seen = statistics(channel, local);
    }
    if local == 0u && now.mode == TRAIN && atomicLoad(&ring.stopped) == 0u {
        remember(channel, seen);
    }
    let scale = parameters[GAIN + channel] / sqrt(seen.y + EPSILON);
    let x_first = (X + channel * PIXELS) * now.n;
    let y_first = (Y + channel * PIXELS) * now.n;
    for (var i = local; i < PIXELS * now.n; i += GROUP) {
        values[y_first + i] = (values[x_first + i] - seen.x) * scale + parameters[BIAS + channel];
    }
}

@compute @workgroup_size(64)
fn backward(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let channel = number_of(group, groups);
    if channel >= OUTPUTS / PIXELS {
        return;
    }
    let seen = statistics(channel, local);
    let scale = 1.0 / sqrt(seen.y + EPSILON);
    let x_first = (X + channel * PIXELS) * now.n;
    let y_first = (Y + channel * PIXELS) * now.n;
    var gain = vec4(0.0);
    var bias = vec4(0.0);
    for (var i = local; i < PIXELS * now.n; i += GROUP) {
        let dy = d_values[y_first + i];
        gain += dy * ((values[x_first + i] - seen.x) * scale);
        bias += dy;
    }
    let d_gain = sum_of(total(local, gain));
    let d_bias = sum_of(total(local, bias));
    if local == 0u {
        store_gradient(GAIN + channel, d_gain);
        store_gradient(BIAS + channel, d_bias);
    }
    if HAND_BACK == SKIP {
        return;
    }
    let count = f32(PIXELS * now.rows);
    for (var i = local; i < PIXELS * now.n; i += GROUP) {
        let hat = (values[x_first + i] - seen.x) * scale;
        let d = (d_values[y_first + i] - d_bias / count - hat * (d_gain / count)) * (parameters[GAIN + channel] * scale);
        // Padding lanes depend on nothing and must stay silent.
        hand_back_x(channel * PIXELS + i / now.n, i % now.n, real_or_zero(i % now.n, d));
    }
}
