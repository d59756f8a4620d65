// Normalisation of each row over its features; a workgroup takes a vector of rows.

override GAIN = 0u;
override BIAS = 0u;
override FEATURE_GROUPS = 0u;

const EPSILON = 1e-5;

@compute @workgroup_size(64)
fn forward(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let r = number_of(group, groups);
    if r >= now.n {
        return;
    }
    var sum = vec4(0.0);
    for (var k = local; k < INPUTS; k += GROUP) {
        sum += x_at(k, r);
    }
    let mean = total(local, sum) / f32(INPUTS);
    sum = vec4(0.0);
    for (var k = local; k < INPUTS; k += GROUP) {
        let e = x_at(k, r) - mean;
        sum += e * e;
    }
    let scale = 1.0 / sqrt(total(local, sum) / f32(INPUTS) + EPSILON);
    for (var k = local; k < INPUTS; k += GROUP) {
        values[(Y + k) * now.n + r] = (x_at(k, r) - mean) * scale * parameters[GAIN + k] + parameters[BIAS + k];
    }
    if local == 0u {
        values[(Y + OUTPUTS) * now.n + r] = mean;
        values[(Y + OUTPUTS + 1u) * now.n + r] = scale;
    }
}

/// x̂ of feature k.
fn hat(k: u32, r: u32) -> vec4<f32> {
    return (x_at(k, r) - values[(Y + OUTPUTS) * now.n + r]) * values[(Y + OUTPUTS + 1u) * now.n + r];
}

fn parameter_gradients(k: u32) {
    if k >= INPUTS {
        return;
    }
    var gain = vec4(0.0);
    var bias = vec4(0.0);
    for (var r = 0u; r < now.n; r++) {
        gain += dy_at(k, r) * hat(k, r);
        bias += dy_at(k, r);
    }
    store_gradient(GAIN + k, sum_of(gain));
    store_gradient(BIAS + k, sum_of(bias));
}

fn input_gradient(local: u32, r: u32) {
    var sum = vec4(0.0);
    var sum_hat = vec4(0.0);
    for (var k = local; k < INPUTS; k += GROUP) {
        let d = dy_at(k, r) * parameters[GAIN + k];
        sum += d;
        sum_hat += d * hat(k, r);
    }
    let mean = total(local, sum) / f32(INPUTS);
    let mean_hat = total(local, sum_hat) / f32(INPUTS);
    let scale = values[(Y + OUTPUTS + 1u) * now.n + r];
    for (var k = local; k < INPUTS; k += GROUP) {
        let d = dy_at(k, r) * parameters[GAIN + k];
        hand_back_x(k, r, (d - mean - hat(k, r) * mean_hat) * scale);
    }
}

@compute @workgroup_size(64)
fn backward(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let number = number_of(group, groups);
    if number < FEATURE_GROUPS {
        parameter_gradients(number * GROUP + local);
    } else if HAND_BACK != SKIP && number - FEATURE_GROUPS < now.n {
        input_gradient(local, number - FEATURE_GROUPS);
    }
}
