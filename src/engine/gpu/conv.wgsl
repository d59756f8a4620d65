// y[o] = f(b[o] + Σ W[o] ⋆ x) as an implicit product of weights and patches; none is copied out. Columns are positions
// times rows. A thread makes eight channels of two columns; a workgroup makes eight by four weights' gradients.

override WEIGHT = 0u;
override BIAS = 0u;
override ACTIVATION = 0u;
override CHANNELS = 1u;         // of x
override HEIGHT = 1u;
override WIDTH = 1u;
override FILTERS = 1u;          // channels of y
override TO_HEIGHT = 1u;
override TO_WIDTH = 1u;
override KERNEL = 1u;
override STRIDE = 1u;
override ABOVE = 0u;            // zeros above the image
override LEFT = 0u;             // and to its left
override WEIGHT_GROUPS = 0u;

const LANES = vec4<u32>(0u, 1u, 2u, 3u);
const SUMS = 40u;

var<workgroup> parts: array<f32, 2560>;     // SUMS · GROUP

fn taps() -> u32 {
    return CHANNELS * KERNEL * KERNEL;
}

fn to_positions() -> u32 {
    return TO_HEIGHT * TO_WIDTH;
}

fn outer(x: vec4<f32>, w: vec4<f32>) -> mat4x4<f32> {
    return mat4x4(x * w.x, x * w.y, x * w.z, x * w.w);
}

fn four_weights(at: vec4<u32>) -> vec4<f32> {
    return vec4(parameters[at.x], parameters[at.y], parameters[at.z], parameters[at.w]);
}

/// Pixel (y, x) of x in plane `plane` for vector r, or 0 beyond its edges: there, coordinates wrap to large numbers.
fn pixel(channel: u32, y: u32, x: u32, r: u32) -> vec4<f32> {
    let inside = y < HEIGHT && x < WIDTH;
    let at = (X + (channel * HEIGHT + y) * WIDTH + x) * now.n + r;
    return select(vec4(0.0), values[select(0u, at, inside)], inside);
}

fn finish(o: u32, column: u32, sum: vec4<f32>) {
    let columns = to_positions() * now.n;
    if o >= FILTERS || column >= columns {
        return;
    }
    let z = sum + parameters[BIAS + o];
    let at = o * columns + column;
    if keeps_input(ACTIVATION) {
        values[(Y + OUTPUTS) * now.n + at] = z;
    }
    values[Y * now.n + at] = activate(ACTIVATION, z);
}

fn finish_four(o: u32, column: u32, sums: mat4x4<f32>) {
    finish(o, column, sums[0]);
    finish(o + 1u, column, sums[1]);
    finish(o + 2u, column, sums[2]);
    finish(o + 3u, column, sums[3]);
}

@compute @workgroup_size(64)
fn forward(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let place = number_of(group, groups) * GROUP + local;
    let columns = to_positions() * now.n;
    let across = (columns + 1u) / 2u;
    let o = place / across * 8u;
    let first = place % across * 2u;
    if o >= FILTERS {
        return;
    }
    let second = min(first + 1u, columns - 1u);
    let positions = vec2(first, second) / now.n;
    let rows = vec2(first, second) % now.n;
    let ys = positions / TO_WIDTH * STRIDE - ABOVE;
    let xs = positions % TO_WIDTH * STRIDE - LEFT;
    var low = WEIGHT + min(vec4(o) + LANES, vec4(FILTERS - 1u)) * taps();
    var high = WEIGHT + min(vec4(o + 4u) + LANES, vec4(FILTERS - 1u)) * taps();
    var low0 = mat4x4<f32>();
    var low1 = mat4x4<f32>();
    var high0 = mat4x4<f32>();
    var high1 = mat4x4<f32>();
    for (var c = 0u; c < CHANNELS; c++) {
        for (var ky = 0u; ky < KERNEL; ky++) {
            for (var kx = 0u; kx < KERNEL; kx++) {
                let x0 = pixel(c, ys.x + ky, xs.x + kx, rows.x);
                let x1 = pixel(c, ys.y + ky, xs.y + kx, rows.y);
                let w_low = four_weights(low);
                let w_high = four_weights(high);
                low0 += outer(x0, w_low);
                low1 += outer(x1, w_low);
                high0 += outer(x0, w_high);
                high1 += outer(x1, w_high);
                low += 1u;
                high += 1u;
            }
        }
    }
    finish_four(o, first, low0);
    finish_four(o, first + 1u, low1);
    finish_four(o + 4u, first, high0);
    finish_four(o + 4u, first + 1u, high1);
}

fn back(c: u32, column: u32, sum: vec4<f32>) {
    if c < CHANNELS && column < HEIGHT * WIDTH * now.n {
        hand_back_x(c * HEIGHT * WIDTH + column / now.n, column % now.n, sum);
    }
}

fn back_four(c: u32, column: u32, sums: mat4x4<f32>) {
    back(c, column, sums[0]);
    back(c + 1u, column, sums[1]);
    back(c + 2u, column, sums[2]);
    back(c + 3u, column, sums[3]);
}

/// ∂L/∂y where the kernel's tap reached the pixel from, `y` and `x` steps of one from the corner; else 0.
fn reached(o: u32, y: u32, x: u32, r: u32) -> vec4<f32> {
    let oy = y / STRIDE;
    let ox = x / STRIDE;
    let inside = oy < TO_HEIGHT && ox < TO_WIDTH && y % STRIDE == 0u && x % STRIDE == 0u;
    let at = (Y + (o * TO_HEIGHT + oy) * TO_WIDTH + ox) * now.n + r;
    return select(vec4(0.0), d_values[select(0u, at, inside)], inside);
}

/// ∂L/∂x: each pixel sums over the outputs it reached.
fn input_gradient(place: u32) {
    let columns = HEIGHT * WIDTH * now.n;
    let across = (columns + 1u) / 2u;
    let c = place / across * 8u;
    let first = place % across * 2u;
    if c >= CHANNELS {
        return;
    }
    let second = min(first + 1u, columns - 1u);
    let positions = vec2(first, second) / now.n;
    let rows = vec2(first, second) % now.n;
    let ys = positions / WIDTH + ABOVE;
    let xs = positions % WIDTH + LEFT;
    let square = KERNEL * KERNEL;
    var low = WEIGHT + min(vec4(c) + LANES, vec4(CHANNELS - 1u)) * square;
    var high = WEIGHT + min(vec4(c + 4u) + LANES, vec4(CHANNELS - 1u)) * square;
    var low0 = mat4x4<f32>();
    var low1 = mat4x4<f32>();
    var high0 = mat4x4<f32>();
    var high1 = mat4x4<f32>();
    for (var o = 0u; o < FILTERS; o++) {
        for (var ky = 0u; ky < KERNEL; ky++) {
            for (var kx = 0u; kx < KERNEL; kx++) {
                let d0 = reached(o, before_edge(ys.x, ky), before_edge(xs.x, kx), rows.x);
                let d1 = reached(o, before_edge(ys.y, ky), before_edge(xs.y, kx), rows.y);
                let tap = ky * KERNEL + kx;
                let w_low = four_weights(low + tap);
                let w_high = four_weights(high + tap);
                low0 += outer(d0, w_low);
                low1 += outer(d1, w_low);
                high0 += outer(d0, w_high);
                high1 += outer(d1, w_high);
            }
        }
        low += taps();
        high += taps();
    }
    back_four(c, first, low0);
    back_four(c, first + 1u, low1);
    back_four(c + 4u, first, high0);
    back_four(c + 4u, first + 1u, high1);
}

/// at − tap, or far beyond every edge where that is negative.
fn before_edge(at: u32, tap: u32) -> u32 {
    return select(0x40000000u, at - tap, tap <= at);
}

fn put_part(first: u32, local: u32, sums: mat4x4<f32>) {
    for (var i = 0u; i < 4u; i++) {
        for (var j = 0u; j < 4u; j++) {
            parts[(first + 4u * i + j) * GROUP + local] = sums[i][j];
        }
    }
}

fn put_biases(first: u32, local: u32, sums: vec4<f32>) {
    for (var i = 0u; i < 4u; i++) {
        parts[(first + i) * GROUP + local] = sums[i];
    }
}

/// ∂L/∂W, summed over columns by all threads of the group, and ∂L/∂b with the first taps.
fn weight_gradient(tile: u32, local: u32) {
    let across = (taps() + 3u) / 4u;
    let o = tile / across * 8u;
    let tap = tile % across * 4u;
    let columns = to_positions() * now.n;
    let t = min(vec4(tap) + LANES, vec4(taps() - 1u));
    let c = t / (KERNEL * KERNEL);
    let ky = t / KERNEL % KERNEL;
    let kx = t % KERNEL;
    let low = Y * now.n + min(vec4(o) + LANES, vec4(FILTERS - 1u)) * columns;
    let high = Y * now.n + min(vec4(o + 4u) + LANES, vec4(FILTERS - 1u)) * columns;
    let ones = vec4(1.0);
    var sums_low = mat4x4<f32>();
    var sums_high = mat4x4<f32>();
    var bias_low = vec4(0.0);
    var bias_high = vec4(0.0);
    for (var column = local; column < columns; column += GROUP) {
        let position = column / now.n;
        let r = column % now.n;
        let y = position / TO_WIDTH * STRIDE - ABOVE;
        let x = position % TO_WIDTH * STRIDE - LEFT;
        let xs = mat4x4(
            pixel(c.x, y + ky.x, x + kx.x, r),
            pixel(c.y, y + ky.y, x + kx.y, r),
            pixel(c.z, y + ky.z, x + kx.z, r),
            pixel(c.w, y + ky.w, x + kx.w, r),
        );
        let d_low = mat4x4(
            d_values[low.x + column], d_values[low.y + column], d_values[low.z + column], d_values[low.w + column],
        );
        let d_high = mat4x4(
            d_values[high.x + column], d_values[high.y + column], d_values[high.z + column], d_values[high.w + column],
        );
        sums_low += mat4x4(d_low[0] * xs, d_low[1] * xs, d_low[2] * xs, d_low[3] * xs);
        sums_high += mat4x4(d_high[0] * xs, d_high[1] * xs, d_high[2] * xs, d_high[3] * xs);
        if tap == 0u {
            bias_low += ones * d_low;
            bias_high += ones * d_high;
        }
    }
    put_part(0u, local, sums_low);
    put_part(16u, local, sums_high);
    put_biases(32u, local, bias_low);
    put_biases(36u, local, bias_high);
    workgroupBarrier();
    if local >= SUMS {
        return;
    }
    var sum = 0.0;
    for (var i = 0u; i < min(GROUP, columns); i++) {
        sum += parts[local * GROUP + i];
    }
    if local >= 32u {
        if tap == 0u && o + local - 32u < FILTERS {
            store_gradient(BIAS + o + local - 32u, sum);
        }
    } else if o + local / 4u < FILTERS && tap + local % 4u < taps() {
        store_gradient(WEIGHT + (o + local / 4u) * taps() + tap + local % 4u, sum);
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
        weight_gradient(number, local);
    } else if HAND_BACK != SKIP {
        input_gradient((number - WEIGHT_GROUPS) * GROUP + local);
    }
}
