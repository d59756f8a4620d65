// Puts the examples of a batch into the arena: inputs at its start, targets behind all features. Padding lanes repeat
// the last row.

override INPUTS = 1u;
override TARGETS = 1u;
override TARGET = 0u;   // first feature of the targets

@group(1) @binding(0) var<storage, read_write> inputs: array<f32>;
@group(1) @binding(1) var<storage, read_write> targets: array<f32>;
@group(1) @binding(2) var<storage, read_write> order: array<u32>;

@compute @workgroup_size(64)
fn gather(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let place = number_of(group, groups) * GROUP + local;
    let r = place / (INPUTS + TARGETS);
    let k = place % (INPUTS + TARGETS);
    if r >= now.n {
        return;
    }
    var row = now.first + min(vec4(4u * r) + vec4(0u, 1u, 2u, 3u), vec4(now.rows - 1u));
    if now.consecutive == 0u {
        row = vec4(order[row.x], order[row.y], order[row.z], order[row.w]);
    }
    if k < INPUTS {
        let at = row * INPUTS + k;
        values[k * now.n + r] = vec4(inputs[at.x], inputs[at.y], inputs[at.z], inputs[at.w]);
    } else if now.consecutive == 0u {
        let at = row * TARGETS + (k - INPUTS);
        values[(TARGET + k - INPUTS) * now.n + r] = vec4(targets[at.x], targets[at.y], targets[at.z], targets[at.w]);
    }
}
