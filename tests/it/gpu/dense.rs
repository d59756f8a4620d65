use super::pair::{Case, Pair, device};
use serde_json::json;
use trainyard::data::Task;
use trainyard::nn::Activation;

/// Sizes on both sides of every vector and tile edge.
const EDGES: [usize; 11] = [1, 2, 3, 7, 8, 9, 16, 63, 64, 65, 129];

#[test]
fn dense_parity_at_edges() {
    let Some(gpu) = device() else { return };
    for (i, &units) in EDGES.iter().enumerate() {
        for j in [2 * i, 3 * i + 4] {
            let edge = |k: usize| EDGES[k % EDGES.len()];
            let layers = json!([{"type": "dense", "units": units, "activation": "tanh"}]);
            let mut case = Case::new(layers, &[edge(i + j)], edge(2 * i + j));
            case.task = Task::Regression { targets: edge(3 * i + 2 * j) };
            Pair::open(&gpu, &case).check();
        }
    }
}

#[test]
fn activation_parity_in_every_place() {
    let Some(gpu) = device() else { return };
    for (name, _) in Activation::ALL {
        let dense = |units: usize| json!({"type": "dense", "units": units, "activation": name});
        Pair::open(&gpu, &Case::new(json!([dense(9), dense(5)]), &[4], 13)).check();
    }
}

/// Inputs far out, where exponentials overflow and angles turn often.
#[test]
fn activation_parity_far_out() {
    let Some(gpu) = device() else { return };
    for (name, _) in Activation::ALL {
        let layers = json!([{"type": "dense", "units": 40, "activation": name}]);
        let mut pair = Pair::open(&gpu, &Case::new(layers, &[1], 9));
        let mut parameters = pair.cpu.parameters().to_vec();
        let slopes = [200.0, -200.0, 30.0, -17.9, 1e-3, 12.0, 3.9, 9.0, -88.0, 100.0];
        (0..40).for_each(|i| parameters[i] = slopes[i % 10] * (1.0 + i as f32 / 100.0));
        // The output averages, so that what is large stays comparable.
        (80..160).for_each(|i| parameters[i] /= 1e3);
        pair.cpu.parameters_mut().copy_from_slice(&parameters);
        pair.gpu.write(trainyard::engine::gpu::Memory::Parameters, &parameters);
        pair.check_reads();
    }
}

/// What every kernel shares: batches of every remainder by four, chunks, and rows in any order.
#[test]
fn common_parity_for_any_number_of_rows() {
    let Some(gpu) = device() else { return };
    for rows in [1, 2, 3, 4, 5, 6, 7, 8, 255, 256, 257, 5000] {
        let layers = json!([{"type": "dense", "units": 3, "activation": "sigmoid"}]);
        let mut case = Case::new(layers, &[2], rows);
        case.batch = rows.min(9);
        Pair::open(&gpu, &case).check();
    }
}

#[test]
fn gather_parity_of_wide_rows() {
    let Some(gpu) = device() else { return };
    let mut case = Case::new(json!([]), &[300], 70);
    case.task = Task::Regression { targets: 70 };
    Pair::open(&gpu, &case).check();
}

/// Tiles as for a graphics card and as for software, with rests on every side of them.
#[test]
fn tile_parity_for_hardware_and_software() {
    let Some(gpu) = device() else { return };
    let conv = json!({"type": "conv2d", "filters": 5, "kernel": 2, "stride": 2, "padding": "same", "activation": "silu"});
    let dense = |units: usize| json!({"type": "dense", "units": units, "activation": "tanh"});
    for is_software in [false, true] {
        let gpu = gpu.with_kernels_for(is_software);
        for (units, rows) in [(1, 3), (4, 8), (9, 21)] {
            Pair::open(&gpu, &Case::new(json!([dense(units), dense(6)]), &[units + 2], rows)).check();
        }
        let layers = json!([conv, {"type": "maxPool2d", "size": 2}, conv, {"type": "flatten"}]);
        Pair::open(&gpu, &Case::new(layers, &[3, 9, 11], 10)).check();
    }
}
