// What the machine can do at most: f32x4 multiply and add in WebAssembly on one thread, and with both in one instruction.
// Two kinds of loop are tried, and the fastest of all counts: sums that stay in registers, and a matrix product's
// innermost loop over panels in the first-level cache. The module is assembled here, byte by byte.
import { median } from "./median.mjs";

const i32 = 0x7f;
const f32 = 0x7d;
const v128 = 0x7b;

/** LEB128, which serves signed and unsigned numbers below 64 alike; larger ones get a zero sign bit. */
function number(value) {
  const bytes = [];
  for (; value > 0x3f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value];
}
const sized = (bytes) => [...number(bytes.length), ...bytes];
const vector = (items) => [...number(items.length), ...items.flat()];
const section = (id, bytes) => [id, ...sized(bytes)];
const text = (string) => sized([...new TextEncoder().encode(string)]);
const float = (value) => [...new Uint8Array(new Float32Array([value]).buffer)];

const get = (local) => [0x20, ...number(local)];
const set = (local) => [0x21, ...number(local)];
const tee = (local) => [0x22, ...number(local)];
const constant = (value) => [0x41, ...number(value)];
const simd = (code) => [0xfd, ...(code < 0x80 ? [code] : [(code & 0x7f) | 0x80, code >> 7])];
const at = (offset) => [...number(0), ...number(offset)]; // no alignment promised
const load = (offset) => [...simd(0), ...at(offset)];
const loadSplat = (offset) => [...simd(9), ...at(offset)];
const store = (offset) => [...simd(11), ...at(offset)];
const splat = (value) => [0x43, ...float(value), ...simd(0x13)];
const firstLane = [...simd(0x1f), 0];
const add = simd(0xe4);
const multiply = simd(0xe6);
const madd = simd(0x105);
const plus = (local, amount) => [...get(local), ...constant(amount), 0x6a, ...set(local)];
/** Repeats the body, counting a local down to zero. */
const loop = (counter, body) => [
  0x03,
  0x40,
  ...body,
  ...get(counter),
  ...constant(1),
  0x6b,
  ...tee(counter),
  0x0d,
  0,
  0x0b,
];
const times = (count, body) => Array.from({ length: count }, (_, index) => body(index)).flat();

/** (times) → sum: `count` running sums, sum = sum·x + y, four rounds a turn. */
function registers(count, isFused) {
  const [x0, x1, y] = [1, 2, 3];
  const sum = (index) => 4 + index;
  const round = times(count, (k) => [
    ...get(sum(k)),
    ...get(k % 2 ? x1 : x0),
    ...(isFused ? [...get(y), ...madd] : [...multiply, ...get(y), ...add]),
    ...set(sum(k)),
  ]);
  return {
    name: `registers ${count}`,
    flops: count * 4 * 2 * 4,
    type: 0,
    locals: [[3 + count, v128]],
    body: [
      ...splat(0.999),
      ...set(x0),
      ...splat(0.998),
      ...set(x1),
      ...splat(0.5),
      ...set(y),
      ...loop(
        0,
        times(4, () => round),
      ),
      ...get(sum(0)),
      ...times(count - 1, (k) => [...get(sum(k + 1)), ...add]),
      ...firstLane,
    ],
  };
}

const depth = 256;
const rightPanel = 65536;
const result = 131072;

/** (times) → 0: a block of `rows` × 4·`vectors` sums over two packed panels, `depth` deep. */
function panels(rows, vectors, isFused) {
  const [left, right, k, a] = [1, 2, 3, 4];
  const b = (v) => 5 + v;
  const sum = (row, v) => 5 + vectors + row * vectors + v;
  const everySum = (body) => times(rows, (row) => times(vectors, (v) => body(row, v)));
  return {
    name: `panels ${rows}×${4 * vectors}`,
    flops: depth * rows * vectors * 4 * 2,
    type: 0,
    locals: [
      [3, i32],
      [1 + vectors + rows * vectors, v128],
    ],
    body: [
      ...loop(0, [
        ...constant(0),
        ...set(left),
        ...constant(rightPanel),
        ...set(right),
        ...constant(depth),
        ...set(k),
        ...everySum((row, v) => [...splat(0), ...set(sum(row, v))]),
        ...loop(k, [
          ...times(vectors, (v) => [...get(right), ...load(16 * v), ...set(b(v))]),
          ...times(rows, (row) => [
            ...get(left),
            ...loadSplat(4 * row),
            ...set(a),
            ...times(vectors, (v) => [
              ...(isFused
                ? [...get(a), ...get(b(v)), ...get(sum(row, v)), ...madd]
                : [...get(sum(row, v)), ...get(a), ...get(b(v)), ...multiply, ...add]),
              ...set(sum(row, v)),
            ]),
          ]),
          ...plus(left, 4 * rows),
          ...plus(right, 16 * vectors),
        ]),
        ...everySum((row, v) => [...constant(0), ...get(sum(row, v)), ...store(result + 16 * (row * vectors + v))]),
      ]),
      0x43,
      ...float(0),
    ],
  };
}

const kernelsOf = (isFused) => [
  ...[10, 12, 14].map((count) => registers(count, isFused)),
  ...[4, 5, 6].map((rows) => panels(rows, 2, isFused)),
  panels(4, 3, isFused),
];

function assemble(kernels) {
  const code = ({ locals, body }) =>
    sized([...vector(locals.map(([count, type]) => [...number(count), type])), ...body, 0x0b]);
  return new Uint8Array([
    0x00,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(1, vector([[0x60, 1, i32, 1, f32]])),
    ...section(3, vector(kernels.map(({ type }) => [type]))),
    ...section(5, vector([[0, 4]])),
    ...section(7, vector(kernels.map(({ name }, index) => [...text(name), 0, ...number(index)]))),
    ...section(10, vector(kernels.map(code))),
  ]);
}

/** GFLOP/s of each kernel (the median of some chunks), and the best of them; `fused` where there is such an instruction. */
export async function measurePeak({ runMs }) {
  const { rates, gflops } = await peakOf(kernelsOf(false), runMs);
  const fused = WebAssembly.validate(assemble(kernelsOf(true))) ? await peakOf(kernelsOf(true), runMs) : null;
  return { rates, gflops, fused };
}

async function peakOf(kernels, runMs) {
  const { instance } = await WebAssembly.instantiate(assemble(kernels));
  const rates = Object.fromEntries(
    kernels.map(({ name, flops }) => [name, rate(instance.exports[name], flops, runMs / kernels.length)]),
  );
  return { rates, gflops: Math.max(...Object.values(rates)) };
}

function rate(kernel, flops, ms) {
  const time = (count) => {
    const start = performance.now();
    kernel(count);
    return performance.now() - start;
  };
  let count = 1024;
  // The clock ticks in tenths of a millisecond. The shortest of some times: a pause of the machine must not pass for work.
  while (Math.min(time(count), time(count), time(count)) < 8) count *= 2;
  const rates = [];
  for (const start = performance.now(); performance.now() - start < ms || rates.length < 5;) {
    rates.push((flops * count) / time(count) / 1e6);
  }
  return median(rates);
}
