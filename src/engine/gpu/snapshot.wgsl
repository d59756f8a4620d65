// Parameters and running statistics, put aside and taken back.

override NUMBERS = 1u;
override TARGET = 0u;

@group(1) @binding(0) var<storage, read_write> fallback: array<f32>;
@group(1) @binding(1) var<storage, read_write> best: array<f32>;

/// Unless they are no longer finite.
@compute @workgroup_size(64)
fn keep(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = number_of(group, groups) * GROUP + local;
    if i >= NUMBERS || atomicLoad(&ring.stopped) != 0u || atomicLoad(&ring.not_finite) != 0u {
        return;
    }
    if TARGET == 0u {
        fallback[i] = parameters[i];
    } else {
        best[i] = parameters[i];
    }
}

/// Training may go on from there.
@compute @workgroup_size(64)
fn restore(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = number_of(group, groups) * GROUP + local;
    if i >= NUMBERS {
        return;
    }
    if TARGET == 0u {
        parameters[i] = fallback[i];
    } else {
        parameters[i] = best[i];
    }
    if i == 0u {
        atomicStore(&ring.stopped, 0u);
        atomicStore(&ring.not_finite, 0u);
    }
}
