// Values dropped at random while training: the same words as the CPU draws, from seed, step, op and place alone.

override SEED = 0u;
override PURPOSE = 0u;      // what the stream is for, and of which op
override RATE = 0.0;
override SCALE = 1.0;       // of what is not dropped

fn turned(y: u32, by: u32) -> u32 {
    return (y << by) | (y >> (32u - by));
}

/// The first word of Threefry2x32-20 for a counter.
fn word(counter: vec2<u32>) -> u32 {
    var rotations = array(13u, 15u, 26u, 6u, 17u, 29u, 16u, 24u);
    var keys = array(SEED, PURPOSE, 0x1bd11bdau ^ SEED ^ PURPOSE);
    var x = counter.x + keys[0];
    var y = counter.y + keys[1];
    for (var round = 0u; round < 20u; round++) {
        x += y;
        y = turned(y, rotations[round % 8u]) ^ x;
        if round % 4u == 3u {
            let injection = round / 4u + 1u;
            x += keys[injection % 3u];
            y += keys[(injection + 1u) % 3u] + injection;
        }
    }
    return x;
}

fn factor(place: u32) -> f32 {
    let uniform_number = f32(word(vec2(now.number, place)) >> 8u) / 16777216.0;
    return select(SCALE, 0.0, uniform_number < RATE);
}

fn factors(i: u32) -> vec4<f32> {
    if now.mode != TRAIN {
        return vec4(1.0);
    }
    return vec4(factor(4u * i), factor(4u * i + 1u), factor(4u * i + 2u), factor(4u * i + 3u));
}

@compute @workgroup_size(64)
fn forward(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = number_of(group, groups) * GROUP + local;
    if i < OUTPUTS * now.n {
        values[Y * now.n + i] = values[X * now.n + i] * factors(i);
    }
}

@compute @workgroup_size(64)
fn backward(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = number_of(group, groups) * GROUP + local;
    if i < OUTPUTS * now.n {
        hand_back_x(i / now.n, i % now.n, d_values[Y * now.n + i] * factors(i));
    }
}
