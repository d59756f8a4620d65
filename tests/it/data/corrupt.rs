use serde_json::{Value, json};
use trainyard::data::corrupt::{corrupt, fill};
use trainyard::data::{Corruption, Damage, Dataset, Source, Split, SplitSpec, Task, generate, split};
use trainyard::run::{Part, Run, Spec};

const SHARES: SplitSpec = SplitSpec { train: 0.7, validation: 0.1, test: 0.2, stratify: true };
const ALL: Corruption =
    Corruption { labels: 0.1, missing: 0.05, outliers: 0.08, duplicates: 0.3, units: 0.15 };

fn toy(source: Source) -> (Dataset, Split) {
    let data = generate(source, 300, 0.1, 3);
    let parts = split(&data, &SHARES, 3).unwrap();
    (data, parts)
}

fn spoilt(source: Source, how: Corruption) -> (Dataset, Split, Damage) {
    let (mut data, mut parts) = toy(source);
    let numbers: Vec<usize> = (0..data.width()).collect();
    let damage = corrupt(&mut data, &mut parts, &numbers, &how, 11);
    (data, parts, damage)
}

/// Bits, so that NaN equals NaN.
fn row(data: &Dataset, row: u32) -> (Vec<u64>, u64) {
    let (width, row) = (data.width(), row as usize);
    let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect();
    (bits(&data.inputs[row * width..][..width]), data.targets[row].to_bits())
}

fn only(kind: usize, share: f64) -> Corruption {
    let mut shares = [0.0; 5];
    shares[kind] = share;
    let [labels, missing, outliers, duplicates, units] = shares;
    Corruption { labels, missing, outliers, duplicates, units }
}

/// What was spoilt, one list for all kinds alike.
fn list(damage: &Damage) -> Vec<(u32, u32)> {
    let labels: Vec<(u32, u32)> = damage.labels.iter().map(|&row| (row, u32::MAX)).collect();
    [labels, damage.missing.clone(), damage.outliers.clone(), damage.duplicates.clone(), damage.units.clone()]
        .concat()
}

#[test]
fn a_spec_asks_for_it_and_a_run_trains_on_it() {
    let open = |corrupt: Value| {
        let document = json!({"data": {"source": "moons", "noise": 0.1, "corrupt": corrupt}});
        let spec = Spec::from_json(&document)?;
        assert_eq!(Spec::from_json(&spec.to_json())?, spec);
        Run::new(spec, None)
    };
    let [mut clean, mut twin] =
        [json!({}), json!({"labels": 0.4, "missing": 0.1, "units": 0.2, "duplicates": 0.3})]
            .map(|corrupt| open(corrupt).unwrap());
    assert_eq!(clean.split().test, twin.split().test);
    assert_eq!((clean.split().train.len(), twin.split().train.len()), (400, 430));
    assert_eq!(clean.data().inputs[..], open(Value::Null).unwrap().data().inputs[..]);
    assert!(twin.data().inputs.iter().all(|value| value.is_finite()), "what is lost is filled");
    for run in [&mut clean, &mut twin] {
        run.advance(40 * 50);
    }
    let [well, badly] = [clean, twin].map(|mut run| run.evaluate(Part::Test).unwrap().accuracy.unwrap());
    assert!(well > badly + 0.02, "{well} on clean rows, {badly} on spoilt ones");

    for (corrupt, expected) in [
        (json!({"labels": 0.6}), "data.corrupt.labels: 0.6 is outside 0…0.5"),
        (json!({"noise": 0.1}), "data.corrupt.noise: unknown field"),
    ] {
        let message = open(corrupt).err().expect("refused").to_string();
        assert!(message.starts_with(expected), "{message}");
    }
}

#[test]
fn nothing_asked_is_nothing_spoilt() {
    assert!(Corruption::default().is_none() && !ALL.is_none());
    for how in [Corruption::default(), only(0, f64::NAN), only(1, -3.0)] {
        let (data, parts, damage) = spoilt(Source::Circle, how);
        assert_eq!((data, parts), toy(Source::Circle));
        assert_eq!(damage, Damage::default());
    }
}

#[test]
fn shares_are_met_and_only_training_rows_touched() {
    for source in [Source::Circle, Source::ThreeSpiral, Source::Plane, Source::Sine] {
        let (clean, before) = toy(source);
        let (data, parts, damage) = spoilt(source, ALL);
        let rows = before.train.len() as f64;
        let share = |part: f64, of: f64| (part * of).round() as usize;
        assert_eq!(damage.labels.len(), share(0.1, rows));
        assert_eq!(damage.missing.len(), share(0.05, rows * clean.width() as f64));
        assert_eq!(damage.outliers.len(), share(0.08, rows));
        assert_eq!(damage.units.len(), share(0.15, rows));
        assert_eq!(damage.duplicates.len(), share(0.3, before.test.len() as f64));

        assert_eq!((&parts.test, &parts.validation), (&before.test, &before.validation));
        assert_eq!(parts.train[..before.train.len()], before.train);
        let copies: Vec<u32> = damage.duplicates.iter().map(|&(copy, _)| copy).collect();
        assert_eq!(parts.train[before.train.len()..], copies);
        assert_eq!(data.rows(), clean.rows() + copies.len());
        let touched: Vec<u32> = list(&damage).iter().map(|&(row, _)| row).collect();
        for i in 0..clean.rows() as u32 {
            if before.train.contains(&i) && touched.contains(&i) {
                assert_ne!(row(&data, i), row(&clean, i), "{source:?} row {i} was said to be spoilt");
            } else {
                assert_eq!(row(&data, i), row(&clean, i), "{source:?} row {i}");
            }
        }
        for &(copy, of) in &damage.duplicates {
            assert!(before.test.contains(&of));
            assert_eq!(row(&data, copy), row(&clean, of));
        }
    }
}

#[test]
fn each_kind_does_what_it_says() {
    let (clean, before) = toy(Source::ThreeSpiral);
    let (data, _, damage) = spoilt(Source::ThreeSpiral, only(0, 0.5));
    let mut to = [0; 3];
    for &row in &damage.labels {
        assert_ne!(data.targets[row as usize], clean.targets[row as usize]);
        to[data.targets[row as usize] as usize] += 1;
    }
    assert!(to.iter().all(|&count| count > 20), "every class is reached: {to:?}");
    assert_eq!(data.inputs, clean.inputs);

    let (data, _, damage) = spoilt(Source::Plane, only(0, 0.5));
    let targets: Vec<f64> = toy(Source::Plane).0.targets;
    assert!(damage.labels.iter().all(|&row| targets.contains(&data.targets[row as usize])));

    let (data, _, damage) = spoilt(Source::ThreeSpiral, only(1, 0.2));
    for (i, value) in data.inputs.iter().enumerate() {
        let is_lost = damage.missing.contains(&(i as u32 / 2, i as u32 % 2));
        assert!(if is_lost { value.is_nan() } else { *value == clean.inputs[i] });
    }

    let (data, _, damage) = spoilt(Source::ThreeSpiral, only(2, 0.2));
    let column = |at: u32| -> Vec<f64> {
        before.train.iter().map(|row| clean.inputs[(row * 2 + at) as usize]).collect()
    };
    for &(row, at) in &damage.outliers {
        let (values, count) = (column(at), before.train.len() as f64);
        let mean = values.iter().sum::<f64>() / count;
        let deviation = (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count).sqrt();
        let far = (data.inputs[(row * 2 + at) as usize] - mean).abs() / deviation;
        assert!((4.999..10.001).contains(&far), "{far} deviations");
    }

    let (data, _, damage) = spoilt(Source::ThreeSpiral, only(4, 0.2));
    let at = damage.units[0].1;
    for &(row, column) in &damage.units {
        assert_eq!(column, at, "one column alone");
        let i = (row * 2 + column) as usize;
        assert_eq!(data.inputs[i], clean.inputs[i] * 2.54);
    }
}

#[test]
fn more_damage_spoils_all_that_less_does_and_one_kind_leaves_the_others() {
    for kind in 0..5 {
        let [little, much, all] =
            [0.1, 0.3, 9.0].map(|share| list(&spoilt(Source::Moons, only(kind, share)).2));
        assert!(little.len() < much.len() && much.len() < all.len());
        assert_eq!(all, list(&spoilt(Source::Moons, only(kind, 0.5)).2), "0.5 is the most");
        if kind == 3 {
            let of = |pairs: &[(u32, u32)]| pairs.iter().map(|&(_, of)| of).collect::<Vec<_>>();
            assert!(of(&much).starts_with(&of(&little)));
        } else {
            assert!(much.starts_with(&little));
        }
    }
    // The same values too, not only the same places.
    let [little, much] = [0.1, 0.3].map(|share| spoilt(Source::Moons, only(2, share)));
    for &(row, at) in &little.2.outliers {
        let i = (row * 2 + at) as usize;
        assert_eq!(little.0.inputs[i], much.0.inputs[i]);
    }
    let (_, _, damage) = spoilt(Source::Moons, ALL);
    assert_eq!(damage.labels, spoilt(Source::Moons, only(0, 0.1)).2.labels);
    assert_eq!(damage.units, spoilt(Source::Moons, only(4, 0.15)).2.units);
}

#[test]
fn the_same_seed_spoils_the_same_however_rows_are_ordered() {
    let damage = spoilt(Source::Moons, ALL).2;
    assert_eq!(damage, spoilt(Source::Moons, ALL).2);
    let (mut data, mut parts) = toy(Source::Moons);
    parts.train.reverse();
    parts.test.reverse();
    assert_eq!(corrupt(&mut data, &mut parts, &[0, 1], &ALL, 11), damage);
    let (mut data, mut parts) = toy(Source::Moons);
    assert_ne!(corrupt(&mut data, &mut parts, &[0, 1], &ALL, 12), damage);
}

#[test]
fn what_is_lost_is_filled_by_mean_or_most_frequent() {
    let mut data = Dataset::from_rows(
        vec![1.0, 2.0, f64::MAX, 2.0, 3.0, 1.0, 5.0, 2.0, 9.0, 0.0],
        vec![0.0; 5],
        vec![2],
        None,
    )
    .unwrap();
    // Of the training rows 0 to 3: row 1 loses its number, row 3 its category; row 4 is tested on.
    data.inputs[2] = f64::NAN;
    data.inputs[7] = f64::NAN;
    fill(&mut data, &[0, 1, 2, 3], &[0], &[(3, 1), (1, 0)]);
    assert_eq!(data.inputs, [1.0, 2.0, 3.0, 2.0, 3.0, 1.0, 5.0, 2.0, 9.0, 0.0]);

    let mut alone = Dataset::from_rows(vec![1.0, 2.0], vec![0.0], vec![2], None).unwrap();
    alone.inputs = vec![f64::NAN; 2];
    fill(&mut alone, &[0], &[0], &[(0, 0), (0, 1)]);
    assert_eq!(alone.inputs, [0.0, 0.0]);
}

#[test]
fn categories_don_t_lie_far_out_and_edges_hold() {
    let (mut data, mut parts) = toy(Source::Moons);
    let damage = corrupt(&mut data, &mut parts, &[1], &ALL, 5);
    assert!(damage.outliers.iter().chain(&damage.units).all(|&(_, column)| column == 1));
    let (mut data, mut parts) = toy(Source::Moons);
    let damage = corrupt(&mut data, &mut parts, &[], &ALL, 5);
    assert!(damage.outliers.is_empty() && damage.units.is_empty() && !damage.missing.is_empty());

    // One row, a constant column with a gap, no test rows.
    for classes in [Some(2), None] {
        let mut data = Dataset::from_rows(vec![3.0, 3.0], vec![1.0, 0.0], vec![1], classes).unwrap();
        let mut parts = Split { train: vec![0, 1], ..Split::default() };
        data.inputs[1] = f64::NAN;
        let most = Corruption { labels: 0.5, missing: 0.5, outliers: 0.5, duplicates: 0.5, units: 0.5 };
        let damage = corrupt(&mut data, &mut parts, &[0], &most, 1);
        assert_eq!((damage.labels.len(), damage.outliers.len(), damage.duplicates.len()), (1, 1, 0));
        assert!(matches!(data.task, Task::Classification { .. }) == classes.is_some());
        let mut alone = Split { train: vec![0], ..Split::default() };
        corrupt(&mut data, &mut alone, &[0], &most, 1);
        corrupt(&mut data, &mut Split::default(), &[0], &most, 1);
    }
}
