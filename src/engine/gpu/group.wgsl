// A sum over the threads of a workgroup.

var<workgroup> parts: array<vec4<f32>, GROUP>;

/// The sum of all threads' parts, for all of them; to be called by all.
fn total(local: u32, part: vec4<f32>) -> vec4<f32> {
    parts[local] = part;
    workgroupBarrier();
    if local == 0u {
        var sum = part;
        for (var i = 1u; i < GROUP; i++) {
            sum += parts[i];
        }
        parts[0] = sum;
    }
    workgroupBarrier();
    let sum = parts[0];
    workgroupBarrier();
    return sum;
}
