use trainyard::data::{Dataset, Source, Split, SplitSpec, generate, split};
use trainyard::error::Error;

fn labeled(counts: &[usize]) -> Dataset {
    let targets: Vec<f32> = counts.iter().enumerate().flat_map(|(class, &n)| vec![class as f32; n]).collect();
    Dataset::from_rows(targets.clone(), targets, vec![1], Some(counts.len().max(2))).unwrap()
}

fn shares(train: f64, validation: f64, test: f64, stratify: bool) -> SplitSpec {
    SplitSpec { train, validation, test, stratify }
}

fn parts(s: &Split) -> [&Vec<u32>; 3] {
    [&s.train, &s.validation, &s.test]
}

#[test]
fn parts_are_a_partition_with_the_right_sizes() {
    for rows in [3, 4, 5, 9, 10, 11, 100, 257, 500] {
        for seed in 0..20 {
            for (a, b, c) in
                [(0.8, 0.0, 0.2), (0.7, 0.1, 0.2), (1.0, 0.0, 0.0), (0.333, 0.333, 0.334), (0.98, 0.01, 0.01)]
            {
                for stratify in [false, true] {
                    let data = labeled(&[rows / 3, rows - rows / 3]);
                    let spec = shares(a, b, c, stratify);
                    let result = split(&data, &spec, seed).unwrap();
                    assert_eq!(result, split(&data, &spec, seed).unwrap());
                    let mut all: Vec<u32> = parts(&result).map(Vec::as_slice).concat();
                    all.sort_unstable();
                    assert_eq!(all, (0..rows as u32).collect::<Vec<_>>());
                    for (part, share) in parts(&result).iter().zip([a, b, c]) {
                        let exact = rows as f64 * share;
                        assert_eq!(part.is_empty(), share == 0.0, "{spec:?} of {rows}");
                        // Giving a row to an empty part may take one more from another.
                        assert!(
                            (part.len() as f64 - exact).abs() < 2.01,
                            "{} of {rows} at {share}",
                            part.len()
                        );
                    }
                }
            }
        }
    }
    let sizes = |rows: usize, spec| parts(&split(&labeled(&[rows, 0]), &spec, 1).unwrap()).map(|p| p.len());
    assert_eq!(sizes(500, shares(0.8, 0.0, 0.2, true)), [400, 0, 100]);
    assert_eq!(sizes(10, shares(0.7, 0.1, 0.2, false)), [7, 1, 2]);
    assert_eq!(sizes(5, shares(0.5, 0.0, 0.5, false)), [3, 0, 2]);
    assert_eq!(sizes(6, shares(0.8, 0.0, 0.2, false)), [5, 0, 1]);
    assert_eq!(sizes(3, shares(0.98, 0.01, 0.01, false)), [1, 1, 1]);
}

#[test]
fn stratified_classes_are_within_a_row_of_their_share() {
    for counts in
        [vec![250, 250], vec![7, 193], vec![2; 10], vec![1, 5, 30, 64], vec![13, 13, 13], vec![0, 40, 3]]
    {
        for seed in 0..20 {
            let data = labeled(&counts);
            for (a, b, c) in [(0.8, 0.0, 0.2), (0.6, 0.2, 0.2)] {
                let result = split(&data, &shares(a, b, c, true), seed).unwrap();
                for (part, share) in parts(&result).iter().zip([a, b, c]) {
                    for (class, &count) in counts.iter().enumerate() {
                        let got =
                            part.iter().filter(|&&row| data.targets[row as usize] == class as f64).count();
                        let exact = count as f64 * share;
                        assert!(
                            (got as f64 - exact).abs() < 1.001,
                            "{got} of class {class}, share {exact}, {counts:?}"
                        );
                    }
                    let exact = data.rows() as f64 * share;
                    assert!(
                        (part.len() as f64 - exact).abs() <= 1.5,
                        "{} rows, share {exact}, {counts:?}",
                        part.len()
                    );
                }
            }
        }
    }
}

/// What is not in training can't be learned.
#[test]
fn every_class_has_a_row_in_training() {
    let spread = |a, b, c| shares(a, b, c, true);
    for counts in [vec![40, 1], vec![1; 5], vec![1, 1, 1, 60, 1, 1, 2], vec![2; 9], vec![0, 1, 30, 0, 1, 1]] {
        for shares in [spread(0.8, 0.0, 0.2), spread(0.5, 0.25, 0.25), spread(0.1, 0.5, 0.4)] {
            let data = labeled(&counts);
            let result = split(&data, &shares, 3).unwrap();
            let of = |part: &[u32], class: usize| {
                part.iter().filter(|&&row| data.targets[row as usize] == class as f64).count()
            };
            // A part may not be empty either: where each class has but one row, some have to give theirs.
            let wanted = parts(&result).iter().filter(|part| !part.is_empty()).count();
            let alone = counts.iter().filter(|&&count| count > 0).count();
            let spare = data.rows() - alone;
            let given = counts
                .iter()
                .enumerate()
                .filter(|&(class, &count)| count > 0 && of(&result.train, class) == 0);
            assert!(
                given.count() <= (wanted - 1).saturating_sub(spare),
                "{counts:?} by {shares:?}: {result:?}"
            );
            for (class, &count) in counts.iter().enumerate() {
                let exact = count as f64 * shares.test;
                assert!(
                    of(&result.test, class) as f64 >= exact.floor(),
                    "class {class} of {counts:?} by {shares:?}"
                );
            }
        }
    }
    // Larger classes make up for it.
    let sizes = |counts: &[usize]| {
        let result = split(&labeled(counts), &spread(0.8, 0.0, 0.2), 1).unwrap();
        parts(&result).map(Vec::len)
    };
    assert_eq!(sizes(&[1, 1, 1, 1, 33, 33]), [56, 0, 14]);
}

#[test]
fn parts_are_shuffled_and_follow_the_seed() {
    let data = generate(Source::Circle, 500, 0.0, 1);
    let spec = shares(0.8, 0.0, 0.2, true);
    let one = split(&data, &spec, 1).unwrap();
    assert_ne!(one, split(&data, &spec, 2).unwrap());
    // Classes alternate as in a fair order, about 200 times in 400 rows.
    let changes =
        one.train.windows(2).filter(|w| data.targets[w[0] as usize] != data.targets[w[1] as usize]).count();
    assert!(changes.abs_diff(200) < 40, "{changes} changes of class");
}

#[test]
fn impossible_splits_are_refused() {
    let refused = |rows, spec| match split(&labeled(&[rows, 0]), &spec, 1) {
        Err(Error::Split { what }) => what,
        other => panic!("expected a split error, got {other:?}"),
    };
    assert!(refused(1, shares(0.8, 0.0, 0.2, false)).contains("1 rows can't fill 2 parts"));
    assert!(refused(2, shares(0.6, 0.2, 0.2, true)).contains("2 rows can't fill 3 parts"));
    assert!(refused(9, shares(0.0, 0.5, 0.5, false)).contains("train is 0"));
    assert!(refused(9, shares(0.8, 0.3, 0.2, false)).contains("add up to 1.3"));
    assert!(refused(9, shares(1.2, -0.2, 0.0, false)).contains("train is 1.2"));
    assert!(refused(9, shares(f64::NAN, 0.5, 0.5, false)).contains("train is NaN"));
}
