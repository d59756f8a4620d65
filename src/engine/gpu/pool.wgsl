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

@compute @workgroup_size(64)
fn backward(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let place = number_of(group, groups) * GROUP + local;
    let k = place / now.n;
    let r = place % now.n;
    if k >= INPUTS {
        return;
    }
    let channel = k / (HEIGHT * WIDTH);
    let py = k / WIDTH % HEIGHT;
    let px = k % WIDTH;
    let x = x_at(k, r);
    // Windows that the pixel lies in.
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
    hand_back_x(k, r, sum);
}
