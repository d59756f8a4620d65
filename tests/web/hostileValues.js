// Values that a message may hold, and chance that is the same for a seed.

/** Small, quick and the same everywhere. */
export function chance(seed) {
  let state = seed;
  const next = () => ((state = (state * 1664525 + 1013904223) >>> 0), state / 2 ** 32);
  return { next, below: (count) => Math.floor(next() * count), of: (list) => list[Math.floor(next() * list.length)] };
}

export const VALUES = [
  undefined,
  null,
  true,
  false,
  NaN,
  Infinity,
  -Infinity,
  -1,
  0,
  1,
  2,
  7,
  0.5,
  1e9,
  2 ** 53,
  -0,
  "",
  "train",
  "batch",
  "max",
  "play",
  "\u0000",
  "x".repeat(500),
  [],
  [0],
  [-1, 1e9],
  {},
  { toString: 1 },
  { type: "open" },
  { length: 3 },
  [[[]]],
  new Float64Array(),
  new Float64Array([1]),
  new Float64Array([1, 2, 3]),
  new Float64Array([NaN, 1e300]),
  new Float32Array([0, 0]),
  new Float32Array([1, 2, 3, 4, 5]),
  new Uint8Array(),
  new Uint8Array(13).fill(255),
  new TextEncoder().encode("TRAINYARD"),
  new Uint32Array([0, 4294967295]),
  new Int8Array([1]),
  new Map(),
  10n,
];
