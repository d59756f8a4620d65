//! Clips of four bits a sample (IMA ADPCM), as the built-in sets have them: each tells how far the next sample is from the
//! one before, in steps that grow and shrink with the sound.

/// How large a step is, from the smallest to the largest.
const STEPS: [i32; 89] = [
    7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88,
    97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658,
    724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660,
    4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818,
    18500, 20350, 22385, 24623, 27086, 29794, 32767,
];

/// What each size of a difference does to the step.
const TURNS: [i32; 8] = [-1, -1, -1, -1, 2, 4, 6, 8];

/// The samples of a clip, two a byte, the low half first; it begins at 0 with the smallest step.
pub fn unpack(bytes: &[u8]) -> Vec<f32> {
    let (mut value, mut at) = (0_i32, 0_i32);
    bytes
        .iter()
        .flat_map(|byte| [byte & 15, byte >> 4])
        .map(|code| {
            let step = STEPS[at as usize];
            let size = i32::from(code & 7);
            let mut difference = step >> 3;
            for (bit, part) in [(4, step), (2, step >> 1), (1, step >> 2)] {
                if size & bit != 0 {
                    difference += part;
                }
            }
            value += if code & 8 == 0 { difference } else { -difference };
            value = value.clamp(-32_768, 32_767);
            at = (at + TURNS[size as usize]).clamp(0, 88);
            value as f32 / 32_768.0
        })
        .collect()
}
