// Tiles of a product that a thread keeps in registers, as matrices of four by four. How many is said by constants that
// the driver puts before the shader; loops over them are written out (unrolled.rs).

const LANES = vec4<u32>(0u, 1u, 2u, 3u);

fn four_weights(at: vec4<u32>) -> vec4<f32> {
    return vec4(parameters[at.x], parameters[at.y], parameters[at.z], parameters[at.w]);
}

/// A column for each of `columns`, a row for each of `rows`.
fn weight_matrix(columns: vec4<u32>, rows: vec4<u32>) -> mat4x4<f32> {
    return mat4x4(
        four_weights(columns.x + rows), four_weights(columns.y + rows),
        four_weights(columns.z + rows), four_weights(columns.w + rows),
    );
}

/// Columns of values, a row of the batch a lane.
fn value_matrix(at: vec4<u32>) -> mat4x4<f32> {
    return mat4x4(values[at.x], values[at.y], values[at.z], values[at.w]);
}

/// The same of gradients.
fn gradient_matrix(at: vec4<u32>) -> mat4x4<f32> {
    return mat4x4(d_values[at.x], d_values[at.y], d_values[at.z], d_values[at.w]);
}

/// `first`, and the three after it, none past the last of `len`.
fn four_of(first: u32, len: u32) -> vec4<u32> {
    return min(vec4(first) + LANES, vec4(len - 1u));
}

/// Of the columns `first`, … the ones before `len`; the others repeat the last one, and count as nothing.
fn only_within(len: u32, first: u32, m: mat4x4<f32>) -> mat4x4<f32> {
    if len % 4u == 0u {
        return m;
    }
    let none = vec4(0.0);
    let inside = vec4(first) + LANES < vec4(len);
    return mat4x4(m[0], select(none, m[1], inside.y), select(none, m[2], inside.z), select(none, m[3], inside.w));
}
