// The largest or the mean of each window.

override HEIGHT = 1u;
override WIDTH = 1u;
override TO_HEIGHT = 1u;
override TO_WIDTH = 1u;
override SIZE = 1u;
override STRIDE = 1u;
override MEAN = 0u;

@compute @workgroup_size(64)
fn forward(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let place = number_of(group, groups) * GROUP + local;
    let k = place / now.n;
    let r = place % now.n;
    if k >= OUTPUTS {
        return;
    }
    let corner = ((k / (TO_HEIGHT * TO_WIDTH) * HEIGHT) + k / TO_WIDTH % TO_HEIGHT * STRIDE) * WIDTH + k % TO_WIDTH * STRIDE;
    var y = x_at(corner, r);
    for (var i = 1u; i < SIZE * SIZE; i++) {
        let x = x_at(corner + i / SIZE * WIDTH + i % SIZE, r);
        if MEAN == 1u {
            y += x;
        } else {
            y = select(x, y, x <= y);
        }
    }
    if MEAN == 1u {
        y /= f32(SIZE * SIZE);
    }
    values[(Y + k) * now.n + r] = y;
}

/// Where a pixel with this value is the largest of a window, and the first of those: pixels before it are smaller.
fn is_first(corner: u32, inner: u32, r: u32, x: vec4<f32>, y: vec4<f32>) -> vec4<bool> {
    var first = x == y;
    for (var i = 0u; i < inner; i++) {
        first = first & (x_at(corner + i / SIZE * WIDTH + i % SIZE, r) != y);
    }
    return first;
}

/// Windows that overlap: each pixel gathers from those that it lies in.
fn gather_back(place: u32) {
    let k = place / now.n;
    let r = place % now.n;
    if k >= INPUTS {
        return;
    }
    let channel = k / (HEIGHT * WIDTH);
    let py = k / WIDTH % HEIGHT;
    let px = k % WIDTH;
    let x = x_at(k, r);
    let top = select(0u, (py - SIZE) / STRIDE + 1u, py >= SIZE);
    let left = select(0u, (px - SIZE) / STRIDE + 1u, px >= SIZE);
    var sum = vec4(0.0);
    for (var oy = top; oy < min(py / STRIDE + 1u, TO_HEIGHT); oy++) {
        for (var ox = left; ox < min(px / STRIDE + 1u, TO_WIDTH); ox++) {
            let o = (channel * TO_HEIGHT + oy) * TO_WIDTH + ox;
            let dy = dy_at(o, r);
            if MEAN == 1u {
                sum += dy / f32(SIZE * SIZE);
            } else {
                let corner = (channel * HEIGHT + oy * STRIDE) * WIDTH + ox * STRIDE;
                let inner = (py - oy * STRIDE) * SIZE + px - ox * STRIDE;
                let y = values[(Y + o) * now.n + r];
                sum += select(vec4(0.0), dy, is_first(corner, inner, r, x, y));
            }
        }
    }
    hand_back_with(HAND_BACK, BEFORE, X, INPUTS, k, r, sum, x);
}

/// Windows that don't: each hands back to its own pixels. Beyond the last whole windows pixels get nothing.
fn spread_back(place: u32) {
    let down = (HEIGHT + SIZE - 1u) / SIZE;
    let across = (WIDTH + SIZE - 1u) / SIZE;
    let window = place / now.n;
    let r = place % now.n;
    let channel = window / (down * across);
    if channel >= INPUTS / (HEIGHT * WIDTH) {
        return;
    }
    let oy = window / across % down;
    let ox = window % across;
    let whole = oy < TO_HEIGHT && ox < TO_WIDTH;
    let o = select(0u, (channel * TO_HEIGHT + oy) * TO_WIDTH + ox, whole);
    let y = values[(Y + o) * now.n + r];
    var d = select(vec4(0.0), dy_at(o, r), whole);
    if MEAN == 1u {
        d /= f32(SIZE * SIZE);
    }
    for (var i = 0u; i < SIZE * SIZE; i++) {
        let py = oy * SIZE + i / SIZE;
        let px = ox * SIZE + i % SIZE;
        if py < HEIGHT && px < WIDTH {
            let k = (channel * HEIGHT + py) * WIDTH + px;
            let x = x_at(k, r);
            if MEAN == 1u {
                hand_back_with(HAND_BACK, BEFORE, X, INPUTS, k, r, d, x);
            } else {
                // The first of the largest takes all.
                let is_largest = x == y;
                hand_back_with(HAND_BACK, BEFORE, X, INPUTS, k, r, select(vec4(0.0), d, is_largest), x);
                d = select(d, vec4(0.0), is_largest);
            }
        }
    }
}

@compute @workgroup_size(64)
fn backward(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let place = number_of(group, groups) * GROUP + local;
    if SIZE == STRIDE {
        spread_back(place);
    } else {
        gather_back(place);
    }
}
