// y[o] = f(b[o] + Σ W[o] ⋆ x) as an implicit product of weights and patches; none is copied out. A thread makes a tile at
// one position: fours of channels by vectors of rows. A workgroup makes fours of filters by fours of taps' gradients.

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

const SUMS = 16u * TALL * ACROSS + 4u * TALL;

var<workgroup> parts: array<f32, SUMS * THREADS>;

fn taps() -> u32 {
    return CHANNELS * KERNEL * KERNEL;
}

/// One weight a filter and channel: which channel, and where in the kernel.
struct Tap {
    channel: u32,
    y: u32,
    x: u32,
}

fn next(tap: Tap) -> Tap {
    let x = tap.x + 1u;
    let is_row = x == KERNEL;
    let y = tap.y + u32(is_row);
    let is_square = y == KERNEL;
    return Tap(tap.channel + u32(is_square), select(y, 0u, is_square), select(x, 0u, is_row));
}

/// Where pixel (y, x) of a channel of x lies for row 0. Beyond its edges, where coordinates wrap to large numbers: `NONE`.
fn pixel(channel: u32, y: u32, x: u32) -> u32 {
    let at = (X + (channel * HEIGHT + y) * WIDTH + x) * now.n;
    // No `&&`: each would be a branch, and compilers that join branches take exponential time over many.
    return select(NONE, at, (channel < CHANNELS) & (y < HEIGHT) & (x < WIDTH));
}

fn in_strides(at: u32) -> u32 {
    // A division, even by one, takes adapters on a processor long.
    if STRIDE == 1u {
        return at;
    }
    return at / STRIDE;
}

/// The same of ∂L/∂y where the kernel's tap reached the pixel from, `y` and `x` steps of one from the corner.
fn reached(f: u32, y: u32, x: u32) -> u32 {
    let oy = in_strides(y);
    let ox = in_strides(x);
    let at = (Y + (f * TO_HEIGHT + oy) * TO_WIDTH + ox) * now.n;
    let inside = (f < FILTERS) & (oy < TO_HEIGHT) & (ox < TO_WIDTH) & (y == oy * STRIDE) & (x == ox * STRIDE);
    return select(NONE, at, inside);
}

const NONE = 0xffffffffu;

fn value_or_zero(at: u32, r: u32) -> vec4<f32> {
    return select(vec4(0.0), values[select(at + r, 0u, at == NONE)], at != NONE);
}

fn gradient_or_zero(at: u32, r: u32) -> vec4<f32> {
    return select(vec4(0.0), d_values[select(at + r, 0u, at == NONE)], at != NONE);
}

fn finish(o: u32, position: u32, r: u32, sum: vec4<f32>) {
    if o >= FILTERS || r >= now.n {
        return;
    }
    let z = sum + parameters[BIAS + o];
    let k = o * TO_HEIGHT * TO_WIDTH + position;
    if keeps_input(ACTIVATION) {
        values[(Y + OUTPUTS + k) * now.n + r] = z;
    }
    values[(Y + k) * now.n + r] = activate(ACTIVATION, z);
}

@compute @workgroup_size(THREADS)
fn forward(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let place = number_of(group, groups) * THREADS + local;
    let across = (now.n + WIDE - 1u) / WIDE;
    let r = place % across * WIDE;
    let position = place / across % (TO_HEIGHT * TO_WIDTH);
    let o = place / across / (TO_HEIGHT * TO_WIDTH) * FORWARD * 4u;
    if o >= FILTERS {
        return;
    }
    let y = position / TO_WIDTH * STRIDE - ABOVE;
    let x = position % TO_WIDTH * STRIDE - LEFT;
    var sums: array<array<mat4x4<f32>, WIDE>, FORWARD>;
    var tap = Tap(0u, 0u, 0u);
    for (var t = 0u; t < taps(); t += 4u) {
        let ts = four_of(t, taps());
        // Taps past the last lie in channels that aren't there.
        var at: vec4<u32>;
        for (var j = 0u; j < 4u; j++) { // unrolled
            at[j] = pixel(tap.channel, y + tap.y, x + tap.x);
            tap = next(tap);
        }
        var xs: array<mat4x4<f32>, WIDE>;
        for (var v = 0u; v < WIDE; v++) { // unrolled
            let row = min(r + v, now.n - 1u);
            xs[v] = mat4x4(
                value_or_zero(at.x, row), value_or_zero(at.y, row), value_or_zero(at.z, row), value_or_zero(at.w, row),
            );
        }
        for (var b = 0u; b < FORWARD; b++) { // unrolled
            let w = weight_matrix(WEIGHT + four_of(o + 4u * b, FILTERS) * taps(), ts);
            for (var v = 0u; v < WIDE; v++) { // unrolled
                sums[b][v] += xs[v] * w;
            }
        }
    }
    let made = sums;
    for (var b = 0u; b < FORWARD; b++) { // unrolled on hardware
        for (var v = 0u; v < WIDE; v++) { // unrolled on hardware
            for (var i = 0u; i < 4u; i++) { // unrolled on hardware
                finish(o + 4u * b + i, position, r + v, made[b][v][i]);
            }
        }
    }
}

/// ∂L/∂x: each pixel sums over the outputs it reached.
fn input_gradient(place: u32) {
    let across = (now.n + WIDE - 1u) / WIDE;
    let r = place % across * WIDE;
    let position = place / across % (HEIGHT * WIDTH);
    let c = place / across / (HEIGHT * WIDTH) * BACKWARD * 4u;
    if c >= CHANNELS {
        return;
    }
    let y = position / WIDTH + ABOVE;
    let x = position % WIDTH + LEFT;
    let reaches = FILTERS * KERNEL * KERNEL;
    var sums: array<array<mat4x4<f32>, WIDE>, BACKWARD>;
    var tap = Tap(0u, 0u, 0u);  // its channel is the filter
    for (var t = 0u; t < reaches; t += 4u) {
        var at: vec4<u32>;
        var weights: vec4<u32>;
        for (var j = 0u; j < 4u; j++) { // unrolled
            at[j] = reached(tap.channel, before_edge(y, tap.y), before_edge(x, tap.x));
            weights[j] = min(tap.channel, FILTERS - 1u) * taps() + tap.y * KERNEL + tap.x;
            tap = next(tap);
        }
        var ds: array<mat4x4<f32>, WIDE>;
        for (var v = 0u; v < WIDE; v++) { // unrolled
            let row = min(r + v, now.n - 1u);
            ds[v] = mat4x4(
                gradient_or_zero(at.x, row), gradient_or_zero(at.y, row),
                gradient_or_zero(at.z, row), gradient_or_zero(at.w, row),
            );
        }
        for (var b = 0u; b < BACKWARD; b++) { // unrolled
            let w = weight_matrix(WEIGHT + four_of(c + 4u * b, CHANNELS) * KERNEL * KERNEL, weights);
            for (var v = 0u; v < WIDE; v++) { // unrolled
                sums[b][v] += ds[v] * w;
            }
        }
    }
    let made = sums;
    for (var b = 0u; b < BACKWARD; b++) { // unrolled on hardware
        for (var v = 0u; v < WIDE; v++) { // unrolled on hardware
            for (var i = 0u; i < 4u; i++) { // unrolled on hardware
                let channel = c + 4u * b + i;
                if channel < CHANNELS && r + v < now.n {
                    hand_back_x(channel * HEIGHT * WIDTH + position, r + v, made[b][v][i]);
                }
            }
        }
    }
}

/// at − tap, or far beyond every edge where that is negative.
fn before_edge(at: u32, tap: u32) -> u32 {
    return select(0x40000000u, at - tap, tap <= at);
}

/// ∂L/∂W, summed over columns (positions times vectors of rows) by all threads of the group, and ∂L/∂b with the first taps.
fn weight_gradient(tile: u32, local: u32) {
    let across = (taps() + 4u * ACROSS - 1u) / (4u * ACROSS);
    let o = tile / across * TALL * 4u;
    let tap = tile % across * ACROSS * 4u;
    let columns = TO_HEIGHT * TO_WIDTH * now.n;
    var channels: array<vec4<u32>, ACROSS>;
    var ys: array<vec4<u32>, ACROSS>;
    var xs: array<vec4<u32>, ACROSS>;
    for (var b = 0u; b < ACROSS; b++) { // unrolled
        let t = four_of(tap + 4u * b, taps());
        channels[b] = t / (KERNEL * KERNEL);
        ys[b] = t / KERNEL % KERNEL;
        xs[b] = t % KERNEL;
    }
    var sums: array<array<mat4x4<f32>, ACROSS>, TALL>;  // four filters' columns of four taps
    var biases: array<vec4<f32>, TALL>;
    for (var column = local; column < columns; column += THREADS) {
        let position = column / now.n;
        let r = column - position * now.n;
        let row = position / TO_WIDTH;
        let y = row * STRIDE - ABOVE;
        let x = (position - row * TO_WIDTH) * STRIDE - LEFT;
        var pixels: array<mat4x4<f32>, ACROSS>;
        for (var b = 0u; b < ACROSS; b++) { // unrolled
            pixels[b] = transpose(mat4x4(
                value_or_zero(pixel(channels[b].x, y + ys[b].x, x + xs[b].x), r),
                value_or_zero(pixel(channels[b].y, y + ys[b].y, x + xs[b].y), r),
                value_or_zero(pixel(channels[b].z, y + ys[b].z, x + xs[b].z), r),
                value_or_zero(pixel(channels[b].w, y + ys[b].w, x + xs[b].w), r),
            ));
        }
        for (var a = 0u; a < TALL; a++) { // unrolled
            let ds = gradient_matrix(Y * now.n + four_of(o + 4u * a, FILTERS) * columns + column);
            biases[a] += vec4(1.0) * ds;
            for (var b = 0u; b < ACROSS; b++) { // unrolled
                sums[a][b] += pixels[b] * ds;
            }
        }
    }
    let made = sums;
    for (var a = 0u; a < TALL; a++) { // unrolled on hardware
        for (var i = 0u; i < 4u; i++) { // unrolled on hardware
            let f = 4u * a + i;
            for (var b = 0u; b < ACROSS; b++) { // unrolled on hardware
                for (var j = 0u; j < 4u; j++) { // unrolled on hardware
                    parts[((f * ACROSS + b) * 4u + j) * THREADS + local] = made[a][b][i][j];
                }
            }
            parts[(16u * TALL * ACROSS + f) * THREADS + local] = biases[a][i];
        }
    }
    workgroupBarrier();
    for (var s = local; s < SUMS; s += THREADS) {
        var sum = 0.0;
        for (var i = 0u; i < min(THREADS, columns); i++) {
            sum += parts[s * THREADS + i];
        }
        let f = o + s / (4u * ACROSS);
        let t = tap + s % (4u * ACROSS);
        if s >= 16u * TALL * ACROSS {
            let biased = o + s - 16u * TALL * ACROSS;
            if tap == 0u && biased < FILTERS {
                store_gradient(BIAS + biased, sum);
            }
        } else if f < FILTERS && t < taps() {
            store_gradient(WEIGHT + f * taps() + t, sum);
        }
    }
}

@compute @workgroup_size(THREADS)
fn backward(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let number = number_of(group, groups);
    if number < WEIGHT_GROUPS {
        weight_gradient(number, local);
    } else if HAND_BACK != SKIP {
        input_gradient((number - WEIGHT_GROUPS) * THREADS + local);
    }
}
