//! Published vectors, independence of streams, and the distributions.

use trainyard::rng::{Purpose, Stream, threefry};
use wide::u32x4;

#[test]
fn known_answers_of_threefry2x32_20() {
    // Random123's kat_vectors: counter, key, result.
    let vectors = [
        ([0, 0], [0, 0], [0x6b20_0159, 0x99ba_4efe]),
        ([u32::MAX; 2], [u32::MAX; 2], [0x1cb9_96fc, 0xbb00_2be7]),
        ([0x243f_6a88, 0x85a3_08d3], [0x1319_8a2e, 0x0370_7344], [0xc492_3a9c, 0x483d_f7a0]),
    ];
    for (counter, key, want) in vectors {
        let got = threefry(key, counter.map(u32x4::splat)).map(|lanes| lanes.to_array());
        assert_eq!(got, want.map(|word| [word; 4]));
    }
}

#[test]
fn words_come_in_the_order_of_their_blocks() {
    let mut stream = Stream::new(7, Purpose::Init, 3);
    for block in 0..100 {
        let want = threefry([7, 2], [u32x4::splat(3), u32x4::splat(block)]).map(|lanes| lanes.to_array()[0]);
        assert_eq!([stream.next_u32(), stream.next_u32()], want, "block {block}");
    }
}

#[test]
fn streams_are_independent() {
    let first = |seed, purpose, index| {
        let mut stream = Stream::new(seed, purpose, index);
        (0..64).map(|_| stream.next_u32()).collect::<Vec<_>>()
    };
    let mut all = Vec::new();
    for seed in 0..8 {
        for purpose in [Purpose::Data, Purpose::Split, Purpose::Init, Purpose::Order, Purpose::Corrupt] {
            for index in 0..8 {
                assert_eq!(first(seed, purpose, index), first(seed, purpose, index));
                all.extend(first(seed, purpose, index));
            }
        }
    }
    // Bits of neighboring streams agree half of the time.
    let agreeing: u32 = all.iter().zip(&all[64..]).map(|(a, b)| (!(a ^ b)).count_ones()).sum();
    let share = f64::from(agreeing) / ((all.len() - 64) as f64 * 32.0);
    assert!((share - 0.5).abs() < 0.004, "{share}");
    let words = all.len();
    all.sort_unstable();
    all.dedup();
    assert!(words - all.len() < 4, "{} words appear twice", words - all.len());
}

#[test]
fn below_is_uniform() {
    for (n, seed) in [(1_u32, 1), (2, 2), (7, 3), (10, 4), (1000, 5)] {
        let mut stream = Stream::new(seed, Purpose::Order, 0);
        let mut counts = vec![0_u32; n as usize];
        let expected = 1000.0;
        for _ in 0..n * 1000 {
            counts[stream.below(n) as usize] += 1;
        }
        let chi: f64 = counts.iter().map(|&c| (f64::from(c) - expected).powi(2) / expected).sum();
        // Mean n − 1, variance 2 (n − 1): four deviations.
        let freedom = f64::from(n - 1);
        assert!((chi - freedom).abs() <= 4.0 * (2.0 * freedom).sqrt(), "n {n}: chi-square {chi}");
    }
}

#[test]
fn below_rejects_what_would_bias() {
    // With n = 3 · 2³⁰ a plain multiplication would give one third of the values twice as often.
    let n = 3 << 30;
    let mut stream = Stream::new(11, Purpose::Data, 0);
    let mut residues = [0_u32; 3];
    for _ in 0..30_000 {
        let value = stream.below(n);
        assert!(value < n);
        residues[(value % 3) as usize] += 1;
    }
    assert!(residues.iter().all(|&c| c.abs_diff(10_000) < 400), "{residues:?}");
    assert_eq!(stream.below(0), 0);
}

#[test]
fn shuffle_is_a_permutation_and_every_order_is_equally_likely() {
    let mut orders = std::collections::BTreeMap::new();
    for epoch in 0..24_000 {
        let mut items = [0, 1, 2, 3];
        Stream::new(9, Purpose::Order, epoch).shuffle(&mut items);
        *orders.entry(items).or_insert(0_u32) += 1;
    }
    assert_eq!(orders.len(), 24);
    for (order, count) in orders {
        let mut sorted = order;
        sorted.sort_unstable();
        assert_eq!(sorted, [0, 1, 2, 3]);
        assert!(count.abs_diff(1000) < 130, "{order:?} came {count} times");
    }
    Stream::new(9, Purpose::Order, 0).shuffle(&mut []);
}

/// Mean, variance, skewness and kurtosis of 200 000 draws.
fn moments(mut draw: impl FnMut() -> f32) -> [f64; 4] {
    let values: Vec<f64> = (0..200_000).map(|_| f64::from(draw())).collect();
    let mean_of = |f: &dyn Fn(f64) -> f64| values.iter().map(|&x| f(x)).sum::<f64>() / values.len() as f64;
    let mean = mean_of(&|x| x);
    let variance = mean_of(&|x| (x - mean).powi(2));
    let skewness = mean_of(&|x| (x - mean).powi(3)) / variance.powf(1.5);
    [mean, variance, skewness, mean_of(&|x| (x - mean).powi(4)) / variance.powi(2)]
}

#[test]
fn moments_of_uniform_and_normal() {
    let mut stream = Stream::new(1, Purpose::Init, 0);
    let [mean, variance, skewness, kurtosis] = moments(|| {
        let x = stream.uniform();
        assert!((0.0..1.0).contains(&x), "{x}");
        x
    });
    assert!((mean - 0.5).abs() < 0.003 && (variance - 1.0 / 12.0).abs() < 0.001, "{mean} {variance}");
    assert!(skewness.abs() < 0.02 && (kurtosis - 1.8).abs() < 0.02, "{skewness} {kurtosis}");

    let [mean, variance, skewness, kurtosis] = moments(|| stream.normal());
    assert!(mean.abs() < 0.01 && (variance - 1.0).abs() < 0.015, "{mean} {variance}");
    assert!(skewness.abs() < 0.025 && (kurtosis - 3.0).abs() < 0.05, "{skewness} {kurtosis}");

    let [mean, ..] = moments(|| stream.range(-2.0, 4.0));
    assert!((mean - 1.0).abs() < 0.02, "{mean}");
}
