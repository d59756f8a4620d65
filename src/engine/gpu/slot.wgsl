// An op's input and output, and how a gradient is handed back.

override X = 0u;            // first feature of the input
override INPUTS = 1u;       // features of the input
override Y = 0u;            // first feature of the output
override OUTPUTS = 1u;      // features of the output
override HAND_BACK = 0u;    // SKIP, WRITE or ADD
override BEFORE = 0u;       // the activation of the op before, where this is the last to reach its gradient

const SKIP = 0u;
const ADD = 2u;

fn x_at(k: u32, r: u32) -> vec4<f32> {
    return values[(X + k) * now.n + r];
}

fn dy_at(k: u32, r: u32) -> vec4<f32> {
    return d_values[(Y + k) * now.n + r];
}

/// Writes or adds ∂L/∂x, and carries it through the activation that made x when it is complete.
fn hand_back(how: u32, before: u32, start: u32, len: u32, k: u32, r: u32, d: vec4<f32>) {
    hand_back_with(how, before, start, len, k, r, d, values[(start + k) * now.n + r]);
}

/// The same where x is at hand.
fn hand_back_with(how: u32, before: u32, start: u32, len: u32, k: u32, r: u32, d: vec4<f32>, x: vec4<f32>) {
    let at = (start + k) * now.n + r;
    var sum = d;
    if how == ADD {
        sum += d_values[at];
    }
    var kept = vec4(0.0);
    if keeps_input(before) {
        kept = values[(start + len + k) * now.n + r];
    }
    d_values[at] = slope(before, sum, x, kept);
}

fn hand_back_x(k: u32, r: u32, d: vec4<f32>) {
    hand_back(HAND_BACK, BEFORE, X, INPUTS, k, r, d);
}
