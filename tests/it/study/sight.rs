//! What a network of images sees: gradients beside the oracle's, what is covered, where filters look, what they would like to
//! see, and how well layers are read.

use crate::support::close::assert_close;
use crate::support::draw::Draw;
use crate::support::reference::{Net, Tensor};
use crate::support::runs::{narrow, of_rows};
use serde_json::{Value, json};
use trainyard::nn::layers::Kind;
use trainyard::run::{Part, Run};
use trainyard::study::sight::{
    Cover, Dream, DreamOptions, Favorites, Field, Lens, Probe, ProbeOptions, occlusion, saliency,
};

const SIDE: usize = 9;

fn conv(filters: usize, kernel: usize, padding: &str, activation: &str) -> Value {
    json!({"type": "conv2d", "filters": filters, "kernel": kernel, "stride": 1, "padding": padding, "activation": activation})
}

fn dense(units: usize, activation: &str) -> Value {
    json!({"type": "dense", "units": units, "activation": activation})
}

/// Images of one bar each, light or dark, with noise: across for class 0, down for class 1, and none for class 2. On average
/// over light and dark they are alike: no linear model of their pixels tells them apart.
fn images(rows: usize, classes: usize) -> (Vec<f32>, Vec<f32>) {
    let mut draw = Draw::new(11);
    let (mut inputs, mut targets) = (vec![], vec![]);
    for row in 0..rows {
        let class = row % classes;
        let mut image = narrow(&draw.values(SIDE * SIDE, 0.2));
        let at = 1 + row / classes % (SIDE - 2);
        for along in 0..SIDE {
            let place = if class == 0 { at * SIDE + along } else { along * SIDE + at };
            let ink = if (row / classes / (SIDE - 2)).is_multiple_of(2) { 1.0 } else { -1.0 };
            image[place] += if class < 2 { ink } else { 0.0 };
        }
        inputs.extend(image);
        targets.push(class as f32);
    }
    (inputs, targets)
}

fn spec(layers: &Value, scale: &str, split: &Value) -> Value {
    json!({
        "data": {"source": "rows", "scale": scale, "split": split},
        "model": {"layers": layers},
        "training": {"optimizer": {"type": "adam", "learningRate": 0.01}, "batchSize": 16}
    })
}

fn open(layers: &Value, scale: &str, rows: usize, classes: usize) -> Run {
    let (inputs, targets) = images(rows, classes);
    let split = json!({"train": 0.6, "validation": 0.2, "test": 0.2});
    of_rows(&spec(layers, scale, &split), inputs, targets, vec![1, SIDE, SIDE], Some(classes)).unwrap()
}

/// The usual: two convolutions with pooling between.
fn usual() -> Value {
    json!([conv(3, 3, "valid", "relu"), {"type": "maxPool2d", "size": 2}, conv(4, 2, "same", "relu"), {"type": "flatten"}, dense(6, "relu")])
}

#[test]
fn saliency_is_the_numeric_gradient() {
    let odd = json!([
        conv(4, 3, "same", "gelu"), {"type": "batchNorm"},
        {"type": "residual", "layers": [conv(4, 3, "same", "tanh"), {"type": "dropout", "rate": 0.5}]},
        {"type": "avgPool2d", "size": 3, "stride": 2}, {"type": "layerNorm"}, {"type": "flatten"}, dense(5, "silu")
    ]);
    let first =
        json!([{"type": "residual", "layers": [conv(1, 3, "same", "softplus")]}, {"type": "flatten"}]);
    let flat = json!([{"type": "flatten"}, dense(7, "sigmoid")]);
    for (layers, classes) in [(odd, 3), (first, 3), (flat, 2)] {
        for scale in ["none", "standard"] {
            let mut run = open(&layers, scale, 60, classes);
            let parameters = Draw::new(3).values(run.parameters().len(), 0.5);
            run.set_parameters(&narrow(&parameters)).unwrap();
            let net = Net::from_spec(
                &json!({"model": {"layers": layers}, "training": {}}),
                &[1, SIDE, SIDE],
                1,
                Some(classes),
            );
            let parameters: Vec<f64> = run.parameters().iter().map(|&p| f64::from(p)).collect();
            let pixels = run.data().inputs[..SIDE * SIDE].to_vec();
            let statistic = run.encoder().statistics()[0];
            for class in 0..classes {
                let (output, sign) = if classes == 2 { (0, [-1.0, 1.0][class]) } else { (class, 1.0) };
                let logit = |pixels: &[f64]| {
                    let encoded = pixels.iter().map(|x| (x - statistic.offset) / statistic.spread).collect();
                    let inputs = Tensor::new(&[1, 1, SIDE, SIDE], encoded);
                    sign * net.forward(&parameters, &inputs, &mut net.pass(false)).data[output]
                };
                let mut moved = pixels.clone();
                let numeric: Vec<f64> = (0..pixels.len())
                    .map(|at| {
                        let step = 1e-5;
                        moved[at] = pixels[at] + step;
                        let above = logit(&moved);
                        moved[at] = pixels[at] - step;
                        let below = logit(&moved);
                        moved[at] = pixels[at];
                        (above - below) / (2.0 * step)
                    })
                    .collect();
                let own = narrow(&saliency(&run, &pixels, class).unwrap());
                let most = numeric.iter().fold(0.0_f64, |most, g| most.max(g.abs()));
                assert!(most > 1e-3, "the case says something");
                for (at, (own, numeric)) in own.iter().zip(&numeric).enumerate() {
                    let apart = (f64::from(*own) - numeric).abs();
                    assert!(
                        apart <= 1e-3 * most,
                        "{layers} {scale}, class {class}, pixel {at}: {own}, {numeric}"
                    );
                }
            }
        }
    }
}

#[test]
fn saliency_goes_by_running_statistics_and_moves_nothing() {
    let layers = json!([conv(3, 3, "same", "linear"), {"type": "batchNorm"}, {"type": "flatten"}]);
    let mut run = open(&layers, "none", 60, 3);
    run.advance(40);
    let before = run.checkpoint();
    let pixels = run.data().inputs[..SIDE * SIDE].to_vec();
    let gradient = saliency(&run, &pixels, 1).unwrap();
    assert_eq!(run.checkpoint(), before);
    // The network is linear in evaluation: a step of any size changes the logit by the gradient.
    let mut lens = Lens::new(&run, 1, false).unwrap();
    let own = lens.values(&narrow(&pixels))[1];
    let mut moved = pixels.clone();
    moved[40] += 0.5;
    let there = lens.values(&narrow(&moved))[1];
    assert_close("the step", &[there - own], &[0.5 * gradient[40]], crate::support::tolerances::FORWARD);
}

#[test]
fn a_cover_is_laid_over_every_pixel_in_turn() {
    let mut run = open(&usual(), "none", 60, 3);
    run.advance(30);
    let pixels = run.data().inputs[SIDE * SIDE..2 * SIDE * SIDE].to_vec();
    let cover = Cover { size: 3, ink: 0.5 };
    let all = occlusion(&mut run, &pixels, 1, cover, 0..SIDE).unwrap();
    assert_eq!(all.len(), SIDE * SIDE);
    for (y, x) in [(0, 0), (4, 5), (8, 8), (0, 8)] {
        let mut covered = pixels.clone();
        for dy in 0..SIDE {
            for dx in 0..SIDE {
                if dy.abs_diff(y) <= 1 && dx.abs_diff(x) <= 1 {
                    covered[dy * SIDE + dx] = 0.5;
                }
            }
        }
        assert_eq!(all[y * SIDE + x], run.predict(&covered).unwrap()[1], "{y}, {x}");
    }
    let some = occlusion(&mut run, &pixels, 1, cover, 3..5).unwrap();
    assert_eq!(some, all[3 * SIDE..5 * SIDE]);
    for (size, ink) in [(0, 0.5), (10, 0.5), (3, f64::NAN)] {
        assert!(occlusion(&mut run, &pixels, 1, Cover { size, ink }, 0..1).is_err());
    }
    assert!(occlusion(&mut run, &pixels[1..], 1, cover, 0..1).is_err());
    assert!(occlusion(&mut run, &pixels, 3, cover, 0..1).is_err());
    // Of two classes the first one's probability is what the second one's lacks.
    let mut two = open(&usual(), "none", 60, 2);
    let [first, second] = [0, 1].map(|class| occlusion(&mut two, &pixels, class, cover, 0..SIDE).unwrap());
    assert!(first.iter().zip(&second).all(|(a, b)| (a + b - 1.0).abs() < 1e-12));
}

#[test]
fn favorites_are_the_strongest_places_of_training_rows() {
    let mut run = open(&usual(), "none", 90, 3);
    run.advance(30);
    for (layer, maps) in [(0, [3, 7, 7]), (1, [4, 3, 3]), (2, [6, 1, 1])] {
        let mut favorites = Favorites::new(&run, layer, 5).unwrap();
        let mut share = 0.0;
        while share < 1.0 {
            share = favorites.advance(&run, 7);
        }
        assert_eq!(favorites.lens().shape(), maps);
        let training = run.split().train.clone();
        let sizes: Vec<usize> = run.plan().layers().map(|op| op.output.len).collect();
        let at = SIDE * SIDE + sizes[..layer].iter().sum::<usize>();
        let place = maps[1] * maps[2];
        for channel in 0..maps[0] {
            let mut all: Vec<(f32, u32, usize)> = vec![];
            for &row in &training {
                let pixels = run.data().inputs[row as usize * SIDE * SIDE..][..SIDE * SIDE].to_vec();
                let units = run.activations(&pixels).unwrap();
                let map = &units[at + channel * place..][..place];
                let most = map.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                all.push((most, row, map.iter().position(|&v| v == most).unwrap()));
            }
            let mean = all.iter().map(|&(value, ..)| f64::from(value)).sum::<f64>() / all.len() as f64;
            assert!((favorites.means()[channel] - mean).abs() <= 1e-6 * (1.0 + mean.abs()));
            all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let best = &favorites.best()[channel];
            assert_eq!(best.len(), 5);
            for (own, (value, row, place)) in best.iter().zip(all) {
                let found = (own.row, own.y as usize * maps[2] + own.x as usize);
                assert_eq!(found, (row, place), "layer {layer}, channel {channel}");
                assert_eq!(own.value.to_bits(), value.to_bits(), "the engine's own number");
            }
        }
    }
    assert!(Favorites::new(&run, 4, 5).is_err() && Favorites::new(&run, 0, 0).is_err());
}

#[test]
fn a_field_is_all_that_moves_a_place_and_no_more() {
    let deep = json!([
        conv(2, 3, "valid", "linear"), {"type": "batchNorm"}, {"type": "avgPool2d", "size": 2},
        {"type": "residual", "layers": [conv(2, 3, "same", "linear")]}, conv(1, 2, "same", "linear"), {"type": "flatten"}
    ]);
    let mut run = open(&deep, "none", 40, 3);
    run.set_parameters(&vec![0.5; run.parameters().len()]).unwrap();
    for (layer, y, x, want) in [(0, 2, 5, (2, 5, 3, 3)), (1, 0, 1, (-2, 0, 8, 8)), (2, 1, 1, (0, 0, 10, 10))]
    {
        let mut lens = Lens::new(&run, layer, false).unwrap();
        let field = lens.field(y, x);
        assert_eq!((field.top, field.left, field.height, field.width), want, "layer {layer}");
        let [_, height, width] = lens.shape();
        let place = y * width + x;
        assert!(height > y);
        let blank = vec![0.0; SIDE * SIDE];
        let still = lens.values(&blank)[place];
        for pixel in 0..SIDE * SIDE {
            let mut touched = blank.clone();
            touched[pixel] = 1.0;
            let Field { top, left, height, width } = field;
            let inside = (top..top + height).contains(&((pixel / SIDE) as i64))
                && (left..left + width).contains(&((pixel % SIDE) as i64));
            // Pooling leaves the odd last row and column out.
            let is_read = layer == 0 || (pixel / SIDE < 8 && pixel % SIDE < 8) || run.plan().ops.len() < 2;
            let moves = lens.values(&touched)[place] != still;
            assert!(!moves || inside, "layer {layer}: pixel {pixel} is outside");
            assert!(moves || !inside || !is_read || layer > 0, "layer {layer}: pixel {pixel} is inside");
        }
    }
    let output = Lens::new(&run, 3, false).unwrap().field(0, 0);
    assert_eq!((output.top, output.left, output.height, output.width), (0, 0, 9, 9));
    assert!(matches!(run.plan().ops[0].kind, Kind::Conv2d(_)));
}

#[test]
fn a_dream_climbs_is_the_same_in_slices_and_blank_outside_its_field() {
    let mut run = open(&usual(), "none", 90, 3);
    run.advance(150);
    for (layer, unit) in [(0, 1), (1, 2), (2, 3), (3, 0), (3, 1)] {
        let options = DreamOptions { layer, unit, seed: 7 };
        let mut dream = Dream::new(&run, options).unwrap();
        let start = dream.value();
        assert_eq!(dream.advance(1000), 1.0);
        let mut sliced = Dream::new(&run, options).unwrap();
        while sliced.advance(7) < 1.0 {}
        assert_eq!(sliced.pixels(), dream.pixels());
        let other = Dream::new(&run, DreamOptions { seed: 8, ..options }).unwrap();
        assert_ne!(
            Dream::new(&run, options).unwrap().pixels(),
            other.pixels(),
            "the seed says where it begins"
        );
        assert!(dream.value() > start, "layer {layer}: {} is not above {start}", dream.value());
        // The image that was made for a class speaks more strongly for it than those of the class do on average.
        if layer == 3 {
            let own =
                run.split().train.iter().filter(|&&row| run.data().targets[row as usize] == unit as f64);
            let inputs = &run.data().inputs;
            let rows: Vec<f64> =
                own.flat_map(|&row| inputs[row as usize * SIDE * SIDE..][..SIDE * SIDE].to_vec()).collect();
            let given = Lens::new(&run, 3, false).unwrap().values(&narrow(&rows));
            let mean = given.chunks(3).map(|row| row[unit]).sum::<f32>() / (given.len() / 3) as f32;
            assert!(dream.value() > mean, "class {unit}: {} is not above {mean}", dream.value());
        }
        let inputs = &run.data().inputs;
        let [low, high] =
            [inputs.iter().copied().fold(0.0, f64::min), inputs.iter().copied().fold(0.0, f64::max)];
        let Field { top, left, height, width } = dream.field();
        for (pixel, ink) in dream.pixels().into_iter().enumerate() {
            let inside = (top..top + height).contains(&((pixel / SIDE) as i64))
                && (left..left + width).contains(&((pixel % SIDE) as i64));
            assert!(
                (low..=high).contains(&ink) && (inside || ink == low),
                "layer {layer}, pixel {pixel}: {ink}"
            );
        }
    }
    for (layer, unit) in [(0, 3), (3, 3), (4, 0)] {
        assert!(Dream::new(&run, DreamOptions { layer, unit, seed: 7 }).is_err());
    }
}

fn probed(run: &Run, layer: Option<usize>) -> trainyard::study::sight::Probed {
    let mut probe = Probe::new(run, layer, ProbeOptions { rows: 400, scored: 400, seed: 7 }).unwrap();
    while probe.advance() < 1.0 {}
    probe.score()
}

#[test]
fn probes_read_more_in_deeper_layers_and_never_a_test_row() {
    let mut run = open(&usual(), "none", 600, 3);
    run.advance(600);
    let scores: Vec<_> =
        [None, Some(0), Some(1), Some(2), Some(3)].into_iter().map(|layer| probed(&run, layer)).collect();
    assert_eq!(scores.iter().map(|s| s.features).collect::<Vec<_>>(), [81, 147, 36, 6, 3]);
    for pair in scores.windows(2) {
        assert!(pair[1].interval.high >= pair[0].interval.low, "{:?}", scores);
    }
    assert!(scores[4].accuracy > 0.9 && scores[0].interval.high < scores[4].interval.low, "{scores:?}");
    assert!(scores.iter().all(|s| (s.part, s.rows, s.scored) == (Part::Validation, 360, 120)));
    // Other test rows, the same scores, bit for bit.
    let split = json!({"train": 0.6, "validation": 0.2, "test": 0.2, "stratify": false});
    let open = |inputs: Vec<f32>, targets: Vec<f32>| {
        let mut run =
            of_rows(&spec(&usual(), "none", &split), inputs, targets, vec![1, SIDE, SIDE], Some(3)).unwrap();
        run.advance(50);
        probed(&run, Some(1))
    };
    let (clean, clean_targets) = images(600, 3);
    let rows = of_rows(
        &spec(&usual(), "none", &split),
        clean.clone(),
        clean_targets.clone(),
        vec![1, SIDE, SIDE],
        Some(3),
    )
    .unwrap();
    let (mut spoilt, mut spoilt_targets) = images(600, 3);
    for &row in &rows.split().test {
        spoilt[row as usize * SIDE * SIDE..][..SIDE * SIDE].fill(9.0);
        spoilt_targets[row as usize] = 2.0;
    }
    assert_eq!(open(clean, clean_targets), open(spoilt, spoilt_targets));
}

#[test]
fn without_validation_rows_a_probe_is_scored_on_training_rows_that_it_did_not_see() {
    let (inputs, targets) = images(100, 2);
    let split = json!({"train": 0.8, "validation": 0, "test": 0.2});
    let run =
        of_rows(&spec(&usual(), "none", &split), inputs, targets, vec![1, SIDE, SIDE], Some(2)).unwrap();
    let found = probed(&run, None);
    assert_eq!((found.part, found.rows, found.scored), (Part::Train, 64, 16));
    assert!(found.interval.low < found.accuracy + 1e-12 && found.interval.high >= found.accuracy);
}

#[test]
fn rows_that_are_no_images_and_values_are_refused() {
    let run = Run::new(trainyard::run::Spec::from_json(&json!({})).unwrap(), None).unwrap();
    assert!(saliency(&run, &[0.0, 0.0], 0).unwrap_err().to_string().contains("no images"));
    let (inputs, targets) = images(20, 2);
    let split = json!({"train": 1});
    let values =
        of_rows(&spec(&usual(), "none", &split), inputs, targets, vec![1, SIDE, SIDE], None).unwrap();
    let pixels = vec![0.0; SIDE * SIDE];
    assert!(saliency(&values, &pixels, 0).unwrap_err().to_string().contains("not classes"));
    assert!(Probe::new(&values, None, ProbeOptions { rows: 10, scored: 10, seed: 7 }).is_err());
    let few =
        of_rows(&spec(&usual(), "none", &split), vec![0.5; 81], vec![1.0], vec![1, SIDE, SIDE], Some(2))
            .unwrap();
    assert!(Probe::new(&few, None, ProbeOptions { rows: 10, scored: 10, seed: 7 }).is_err());
}
