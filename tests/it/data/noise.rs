//! Noise of generated sets: drawn from a stream of its own, in turn for each row and coordinate, whatever the source.

use trainyard::data::{Dataset, Source, generate};
use trainyard::rng::{Purpose, Stream};

const SEED: u32 = 8;
const AMOUNT: f32 = 0.5;

fn both(source: Source) -> [Dataset; 2] {
    [0.0, AMOUNT].map(|noise| generate(source, 240, noise, SEED))
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-5
}

#[test]
fn values_over_one_variable_are_raised_by_it() {
    for source in [Source::Line, Source::Sine, Source::Step, Source::Polynomial] {
        let [clean, noisy] = both(source);
        let mut stream = Stream::new(SEED, Purpose::Data, 1);
        for (clean, noisy) in clean.targets.iter().zip(&noisy.targets) {
            let noise = f64::from(stream.range(-1.0, 1.0) * AMOUNT);
            assert!(close(noisy - clean, noise), "{source:?}: {clean} {noisy} {noise}");
        }
    }
}

#[test]
fn points_of_a_shape_are_moved_by_it() {
    for source in [
        Source::Spiral,
        Source::Checkerboard,
        Source::Rings,
        Source::ThreeSpiral,
        Source::SwissRoll,
        Source::Moons,
    ] {
        let [clean, noisy] = both(source);
        let mut stream = Stream::new(SEED, Purpose::Data, 1);
        let moons = |stream: &mut Stream| stream.normal() * (10.0 / 3.0);
        let mut step = || match source {
            Source::Moons => f64::from(moons(&mut stream) * AMOUNT),
            _ => f64::from(stream.range(-1.0, 1.0) * AMOUNT),
        };
        for (clean, noisy) in clean.inputs.chunks(2).zip(noisy.inputs.chunks(2)) {
            let (dx, dy) = (step(), step());
            // The roll is turned: its first number is the height on the circle.
            let (dx, dy) = if source == Source::SwissRoll { (dy, dx) } else { (dx, dy) };
            let is_close = close(noisy[0] - clean[0], dx) && close(noisy[1] - clean[1], dy);
            assert!(is_close, "{source:?}: {clean:?} {noisy:?} {dx} {dy}");
        }
    }
}

#[test]
fn answers_of_places_are_those_of_places_nearby() {
    type Answer = fn(f64, f64) -> f64;
    let sources: [(Source, f32, Answer); 4] = [
        (Source::Plane, 6.0, |x, y| (x + y) / 10.0),
        (Source::Product, 6.0, |x, y| x * y / 36.0),
        (Source::Circle, 5.0, |x, y| f64::from(x.hypot(y) < 2.5)),
        (Source::Xor, 5.0, |x, y| f64::from(x * y >= 0.0)),
    ];
    for (source, span, answer) in sources {
        let [_, noisy] = both(source);
        let mut stream = Stream::new(SEED, Purpose::Data, 1);
        let mut step = || f64::from(stream.range(-span, span) * AMOUNT);
        for (place, told) in noisy.inputs.chunks(2).zip(&noisy.targets) {
            let (dx, dy) = (step(), step());
            let want = answer(place[0] + dx, place[1] + dy);
            assert!(close(*told, want), "{source:?} at {place:?}: {told}, not {want}");
        }
    }
}

#[test]
fn patterns_are_what_they_are_called() {
    let points = |source| {
        let data = generate(source, 240, 0.0, SEED);
        data.inputs.chunks(2).zip(data.targets).map(|(p, t)| (p[0], p[1], t)).collect::<Vec<_>>()
    };
    for (i, (x, y, class)) in points(Source::Checkerboard).into_iter().enumerate() {
        // Fields of side 3 from −6 on, in turn along a line, then line by line.
        let [column, line] = [x, y].map(|at| ((at + 6.0) / 3.0).floor());
        assert_eq!([column as usize, line as usize], [i % 4, i / 4 % 4]);
        let [left, low] = [x - (column * 3.0 - 6.0), y - (line * 3.0 - 6.0)];
        assert!([left, low].iter().all(|at| (0.149..=2.851).contains(at)), "{x} {y}");
        assert_eq!(class, f64::from((column + line) % 2.0 == 0.0));
    }
    for (i, (x, y, class)) in points(Source::Rings).into_iter().enumerate() {
        let (near, far) = [(0.0, 1.0), (1.7, 2.5), (3.2, 4.0), (4.7, 5.5)][i % 4];
        assert!((near - 1e-4..=far + 1e-4).contains(&x.hypot(y)), "{x} {y}");
        assert_eq!(class, f64::from(i % 2 == 0));
    }
    for (i, (x, y, class)) in points(Source::ThreeSpiral).into_iter().enumerate() {
        let along = (i / 3) as f64 / 80.0;
        let angle = (along + (i % 3) as f64 / 3.0) * std::f64::consts::TAU;
        assert!(close(x, 5.0 * along * angle.sin()) && close(y, 5.0 * along * angle.cos()), "{i} {x} {y}");
        assert_eq!(class, (i % 3) as f64);
    }
    for (x, y, value) in points(Source::SwissRoll) {
        // From radius 5/3 inside to 5 outside, one turn and a half on.
        let along = (value + 1.0) / 2.0;
        let (radius, angle) =
            (5.0 / 3.0 * (1.0 + 2.0 * along), 1.5 * std::f64::consts::PI * (1.0 + 2.0 * along));
        assert!(close(x, radius * angle.cos()) && close(y, radius * angle.sin()), "{x} {y} {value}");
    }
    for (x, y, value) in points(Source::Product) {
        assert!(close(value, x * y / 36.0));
    }
    let line = |source| {
        let data = generate(source, 25, 0.0, SEED);
        data.inputs.into_iter().zip(data.targets).collect::<Vec<_>>()
    };
    assert!(line(Source::Step).iter().all(|&(x, y)| y == if x < 0.0 { -1.0 } else { 1.0 }));
    assert!(line(Source::Polynomial).iter().all(|&(x, y)| close(y, x * x * x - 2.0 * x)));
}
