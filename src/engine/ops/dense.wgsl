// y = f(W·x + b). A thread makes a tile: fours of outputs by vectors of rows, or by fours of weights' gradients.

override WEIGHT = 0u;
override BIAS = 0u;
override ACTIVATION = 0u;
override WEIGHT_GROUPS = 0u;

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

@compute @workgroup_size(THREADS)
fn forward(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let place = number_of(group, groups) * THREADS + local;
    let across = (now.n + WIDE - 1u) / WIDE;
    let o = place / across * FORWARD * 4u;
    let r = place % across * WIDE;
    if o >= OUTPUTS {
        return;
    }
    // Outputs and rows beyond the last repeat it and are not stored.
    var sums: array<array<mat4x4<f32>, WIDE>, FORWARD>;
    for (var k = 0u; k < INPUTS; k += 4u) {
        let ks = four_of(k, INPUTS);
        var xs: array<mat4x4<f32>, WIDE>;
        for (var v = 0u; v < WIDE; v++) { // unrolled
            xs[v] = only_within(INPUTS, k, value_matrix((X + ks) * now.n + min(r + v, now.n - 1u)));
        }
        for (var b = 0u; b < FORWARD; b++) { // unrolled
            let w = weight_matrix(WEIGHT + four_of(o + 4u * b, OUTPUTS) * INPUTS, ks);
            for (var v = 0u; v < WIDE; v++) { // unrolled
                sums[b][v] += xs[v] * w;
            }
        }
    }
    let made = sums;
    for (var b = 0u; b < FORWARD; b++) { // unrolled on hardware
        for (var v = 0u; v < WIDE; v++) { // unrolled on hardware
            for (var i = 0u; i < 4u; i++) { // unrolled on hardware
                finish(o + 4u * b + i, r + v, made[b][v][i]);
            }
        }
    }
}

/// ∂L/∂x = Wᵀ·∂L/∂y
fn input_gradient(place: u32) {
    let across = (now.n + WIDE - 1u) / WIDE;
    let k = place / across * BACKWARD * 4u;
    let r = place % across * WIDE;
    if k >= INPUTS {
        return;
    }
    var sums: array<array<mat4x4<f32>, WIDE>, BACKWARD>;
    for (var o = 0u; o < OUTPUTS; o += 4u) {
        let os = four_of(o, OUTPUTS);
        var ds: array<mat4x4<f32>, WIDE>;
        for (var v = 0u; v < WIDE; v++) { // unrolled
            ds[v] = only_within(OUTPUTS, o, gradient_matrix((Y + os) * now.n + min(r + v, now.n - 1u)));
        }
        for (var b = 0u; b < BACKWARD; b++) { // unrolled
            let w = weight_matrix(WEIGHT + four_of(k + 4u * b, INPUTS), os * INPUTS);
            for (var v = 0u; v < WIDE; v++) { // unrolled
                sums[b][v] += ds[v] * w;
            }
        }
    }
    let made = sums;
    for (var b = 0u; b < BACKWARD; b++) { // unrolled on hardware
        for (var v = 0u; v < WIDE; v++) { // unrolled on hardware
            for (var i = 0u; i < 4u; i++) { // unrolled on hardware
                if k + 4u * b + i < INPUTS && r + v < now.n {
                    hand_back_x(k + 4u * b + i, r + v, made[b][v][i]);
                }
            }
        }
    }
}

/// ∂L/∂W = ∂L/∂y·xᵀ, and ∂L/∂b with the first inputs.
fn weight_gradient(place: u32) {
    let across = (INPUTS + 4u * ACROSS - 1u) / (4u * ACROSS);
    let o = place / across * TALL * 4u;
    let k = place % across * ACROSS * 4u;
    if o >= OUTPUTS {
        return;
    }
    // Four outputs' columns of four inputs.
    var sums: array<array<mat4x4<f32>, ACROSS>, TALL>;
    for (var r = 0u; r < now.n; r++) {
        var xs: array<mat4x4<f32>, ACROSS>;
        for (var b = 0u; b < ACROSS; b++) { // unrolled
            xs[b] = transpose(value_matrix((X + four_of(k + 4u * b, INPUTS)) * now.n + r));
        }
        for (var a = 0u; a < TALL; a++) { // unrolled
            let ds = gradient_matrix((Y + four_of(o + 4u * a, OUTPUTS)) * now.n + r);
            for (var b = 0u; b < ACROSS; b++) { // unrolled
                sums[a][b] += xs[b] * ds;
            }
        }
    }
    for (var a = 0u; a < TALL; a++) { // unrolled
        for (var b = 0u; b < ACROSS; b++) { // unrolled
            if k + 4u * b < INPUTS {
                for (var i = 0u; i < 4u; i++) { // unrolled
                    store_row(o + 4u * a + i, k + 4u * b, sums[a][b][i]);
                }
            }
        }
    }
    if k == 0u {
        for (var i = o; i < min(o + TALL * 4u, OUTPUTS); i++) {
            var sum = vec4(0.0);
            for (var r = 0u; r < now.n; r++) {
                sum += dy_at(i, r);
            }
            store_gradient(BIAS + i, sum_of(sum));
        }
    }
}

fn store_row(o: u32, k: u32, sums: vec4<f32>) {
    if OUTPUTS % (4u * TALL) != 0u && o >= OUTPUTS {
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

@compute @workgroup_size(THREADS)
fn backward(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let number = number_of(group, groups);
    if number < WEIGHT_GROUPS {
        weight_gradient(number * THREADS + local);
    } else if HAND_BACK != SKIP {
        input_gradient((number - WEIGHT_GROUPS) * THREADS + local);
    }
}
