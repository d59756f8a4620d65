// The sum that ends a residual block: y = x + x₂.

override OTHER = 0u;                // first feature of x₂
override OTHER_HAND_BACK = 0u;
override OTHER_BEFORE = 0u;

@compute @workgroup_size(64)
fn forward(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = number_of(group, groups) * GROUP + local;
    if i < OUTPUTS * now.n {
        values[Y * now.n + i] = values[X * now.n + i] + values[OTHER * now.n + i];
    }
}

@compute @workgroup_size(64)
fn backward(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = number_of(group, groups) * GROUP + local;
    if i >= OUTPUTS * now.n {
        return;
    }
    let k = i / now.n;
    let r = i % now.n;
    let d = dy_at(k, r);
    if HAND_BACK != SKIP {
        hand_back_x(k, r, d);
    }
    if OTHER_HAND_BACK != SKIP {
        hand_back(OTHER_HAND_BACK, OTHER_BEFORE, OTHER, INPUTS, k, r, d);
    }
}
