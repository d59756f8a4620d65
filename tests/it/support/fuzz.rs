//! How often a fuzz test tries: `TRAINYARD_FUZZ` says so, for long runs by hand.

/// The tries of a fuzz test: so many unless the environment names another number.
pub fn rounds(usual: usize) -> usize {
    std::env::var("TRAINYARD_FUZZ")
        .map_or(usual, |tries| tries.parse().expect("TRAINYARD_FUZZ is a number of tries"))
}
