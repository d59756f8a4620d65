// The loss of the batch: its gradient by the outputs, and its mean into the ring; or sums, for an evaluation.

override LOSS = 0u;
override TARGET = 0u;           // first feature of the targets
override SMOOTHING = 0.0;
override CLASS_WEIGHTS = 0u;    // where they lie in the parameters; 0: all classes count alike
override CLASSES = 1u;
override PLAIN = 1u;            // no smoothing and no weights
override REGRESSION = 0u;

const MSE = 0u;
const MAE = 1u;
const HUBER = 2u;
const HINGE = 3u;
const HALF_MSE = 4u;
const BINARY = 5u;
const CATEGORICAL = 6u;

var<workgroup> parts: array<vec4<f32>, GROUP>;

fn output_at(k: u32, r: u32) -> vec4<f32> {
    return values[(Y + k) * now.n + r];
}

fn target_at(k: u32, r: u32) -> vec4<f32> {
    return values[(TARGET + k) * now.n + r];
}

/// Writes ∂L/∂z of the op that made the outputs; padding rows get 0.
fn put(k: u32, r: u32, d: vec4<f32>) {
    var kept = vec4(0.0);
    if keeps_input(BEFORE) {
        kept = values[(Y + OUTPUTS + k) * now.n + r];
    }
    let through = slope(BEFORE, d, output_at(k, r), kept);
    d_values[(Y + k) * now.n + r] = select(vec4(0.0), through, real(r));
}

fn class_weight(c: u32) -> f32 {
    if CLASS_WEIGHTS == 0u {
        return 1.0;
    }
    return parameters[CLASS_WEIGHTS + min(c, CLASSES - 1u)];
}

/// Each row's weight, less what smoothing takes.
fn own_weights(classes: vec4<f32>) -> vec4<f32> {
    let c = vec4<u32>(classes);
    return (1.0 - SMOOTHING) * vec4(class_weight(c.x), class_weight(c.y), class_weight(c.z), class_weight(c.w));
}

fn share(c: u32) -> f32 {
    return SMOOTHING / f32(CLASSES) * class_weight(c);
}

fn hit(classes: vec4<f32>, k: u32) -> vec4<f32> {
    return select(vec4(0.0), vec4(1.0), classes == vec4(f32(k)));
}

fn categorical(r: u32) -> vec4<f32> {
    let wanted_class = target_at(0u, r);
    var largest = output_at(0u, r);
    for (var k = 1u; k < OUTPUTS; k++) {
        let z = output_at(k, r);
        largest = select(largest, z, z >= largest);
    }
    var total = vec4(0.0);
    for (var k = 0u; k < OUTPUTS; k++) {
        total += exponential(output_at(k, r) - largest);
    }
    let log_total = logarithm(total) + largest;
    var own = vec4(1.0);
    var mass = vec4(1.0);
    if PLAIN == 0u {
        own = own_weights(wanted_class);
        mass = own;
        for (var k = 0u; k < OUTPUTS; k++) {
            mass += share(k);
        }
    }
    var value = vec4(0.0);
    for (var k = 0u; k < OUTPUTS; k++) {
        let z = output_at(k, r);
        var wanted = hit(wanted_class, k);
        if PLAIN == 0u {
            wanted = own * wanted + share(k);
        }
        value += wanted * (log_total - z);
        if now.mode != EVALUATE {
            put(k, r, (exponential(z - largest) / total * mass - wanted) / now.denominator);
        }
    }
    return value;
}

fn signs(e: vec4<f32>) -> vec4<f32> {
    return select(select(e, vec4(-1.0), e < vec4(0.0)), vec4(1.0), e > vec4(0.0));
}

/// The loss of one output against one target.
fn element(o: vec4<f32>, t: vec4<f32>) -> vec4<f32> {
    let e = o - t;
    switch LOSS {
        case MAE: { return abs(e); }
        case HUBER: { return select(abs(e) - 0.5, 0.5 * e * e, abs(e) < vec4(1.0)); }
        case HINGE: {
            let margin = 1.0 - o * t;
            return select(0.0 * margin, margin, margin > vec4(0.0));
        }
        case HALF_MSE: { return 0.5 * e * e; }
        case BINARY: {
            if PLAIN == 1u {
                return softplus(o) - t * o;
            }
            let own = own_weights(t);
            return (own * t + share(1u)) * softplus(-o) + (own * (1.0 - t) + share(0u)) * softplus(o);
        }
        default: { return e * e; }
    }
}

fn derivative(o: vec4<f32>, t: vec4<f32>) -> vec4<f32> {
    let e = o - t;
    switch LOSS {
        case MAE: { return signs(e); }
        case HUBER: { return select(signs(e), e, abs(e) < vec4(1.0)); }
        case HINGE: { return select(vec4(0.0), -t, 1.0 - o * t > vec4(0.0)); }
        case HALF_MSE: { return e; }
        case BINARY: {
            if PLAIN == 1u {
                return sigmoid(o) - t;
            }
            let own = own_weights(t);
            let yes = own * t + share(1u);
            return sigmoid(o) * (yes + own * (1.0 - t) + share(0u)) - yes;
        }
        default: { return e + e; }
    }
}

fn elements(r: u32) -> vec4<f32> {
    var value = vec4(0.0);
    for (var k = 0u; k < OUTPUTS; k++) {
        let o = output_at(k, r);
        let t = target_at(k, r);
        value += element(o, t);
        if now.mode != EVALUATE {
            put(k, r, derivative(o, t) / (now.denominator * f32(OUTPUTS)));
        }
    }
    return value / f32(OUTPUTS);
}

/// 1 where the class is the target's, by the rule of `decide` in `nn/loss.rs`: ties go to the lower class.
fn correct(r: u32) -> vec4<f32> {
    if OUTPUTS == 1u {
        let same = (output_at(0u, r) > vec4(0.0)) == (target_at(0u, r) > vec4(0.0));
        return select(vec4(0.0), vec4(1.0), same);
    }
    var most = output_at(0u, r);
    var best = vec4(0.0);
    var most_wanted = target_at(0u, r);
    var wanted = vec4(0.0);
    for (var k = 1u; k < OUTPUTS; k++) {
        let o = output_at(k, r);
        best = select(best, vec4(f32(k)), o > most);
        most = select(most, o, o > most);
        if LOSS != CATEGORICAL {
            let t = target_at(k, r);
            wanted = select(wanted, vec4(f32(k)), t > most_wanted);
            most_wanted = select(most_wanted, t, t > most_wanted);
        }
    }
    if LOSS == CATEGORICAL {
        wanted = target_at(0u, r);
    }
    return select(vec4(0.0), vec4(1.0), best == wanted);
}

fn absolute_error(r: u32) -> vec4<f32> {
    var error = vec4(0.0);
    for (var k = 0u; k < OUTPUTS; k++) {
        error += abs(output_at(k, r) - target_at(k, r));
    }
    return error / f32(OUTPUTS);
}

fn of_real_rows(r: u32, v: vec4<f32>) -> f32 {
    return sum_of(select(vec4(0.0), v, real(r)));
}

@compute @workgroup_size(64)
fn loss(@builtin(local_invocation_index) local: u32) {
    var part = vec4(0.0);
    for (var r = local; r < now.n; r += GROUP) {
        if LOSS == CATEGORICAL {
            part.x += of_real_rows(r, categorical(r));
        } else {
            part.x += of_real_rows(r, elements(r));
        }
        if now.mode == EVALUATE {
            if REGRESSION == 1u {
                part.z += of_real_rows(r, absolute_error(r));
            } else {
                part.y += of_real_rows(r, correct(r));
            }
        }
    }
    parts[local] = part;
    workgroupBarrier();
    if local > 0u {
        return;
    }
    for (var i = 1u; i < min(GROUP, now.n); i++) {
        part += parts[i];
    }
    if now.mode != EVALUATE {
        part.x /= now.denominator;
        // Parameters that overflowed may hide behind a ReLU.
        if atomicLoad(&ring.not_finite) != 0u {
            part.x = bitcast<f32>(nan_bits);
        }
        if now.mode == TRAIN && !is_finite(part.x) {
            atomicStore(&ring.stopped, 1u);
        }
    }
    ring.entries[now.place] = part;
}
