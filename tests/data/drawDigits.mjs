// Writes tests/data/drawnDigits.json: 100 digits as strokes of a pen, ten of each, in varied sizes, places, slants and
// thickness, as people write them. Run by hand: node tests/data/drawDigits.mjs
//
// A digit begins as one of a few ways to write it: strokes through some points, in a box from 0 to 1. Each point is moved
// a little, the curve through them is smoothed, slanted, turned, stretched, made smaller and put somewhere on the pad. A
// thick pen goes over a stroke several times, side by side. Chance comes from a fixed seed; no model had a say.
import fs from "node:fs";
import path from "node:path";

/** Ways to write each digit: [x, y] from the left and from the top; `true` in front: with corners, not smoothed. */
const WAYS = [
  [
    [
      [
        [0.5, 0],
        [0.18, 0.12],
        [0.05, 0.5],
        [0.2, 0.88],
        [0.5, 1],
        [0.8, 0.88],
        [0.95, 0.5],
        [0.8, 0.12],
        [0.5, 0],
      ],
    ],
    [
      [
        [0.65, 0.02],
        [0.3, 0.05],
        [0.1, 0.4],
        [0.15, 0.8],
        [0.45, 1],
        [0.75, 0.85],
        [0.85, 0.45],
        [0.7, 0.1],
        [0.5, 0.03],
      ],
    ],
  ],
  [
    [
      [
        [0.5, 0],
        [0.5, 0.5],
        [0.5, 1],
      ],
    ],
    [[true, [0.3, 0.25], [0.55, 0], [0.55, 1]]],
    [
      [
        [0.58, 0],
        [0.5, 0.5],
        [0.42, 1],
      ],
    ],
  ],
  [
    [
      [
        [0.1, 0.25],
        [0.3, 0.02],
        [0.65, 0.02],
        [0.82, 0.25],
        [0.65, 0.52],
        [0.35, 0.78],
        [0.1, 0.98],
      ],
      [true, [0.1, 0.98], [0.9, 0.98]],
    ],
    [
      [
        [0.12, 0.22],
        [0.35, 0],
        [0.75, 0.08],
        [0.75, 0.35],
        [0.45, 0.68],
        [0.15, 0.9],
        [0.12, 1],
        [0.3, 0.9],
        [0.6, 0.95],
        [0.92, 0.95],
      ],
    ],
  ],
  [
    [
      [
        [0.15, 0.12],
        [0.45, 0],
        [0.78, 0.12],
        [0.75, 0.35],
        [0.42, 0.48],
      ],
      [
        [0.42, 0.48],
        [0.8, 0.58],
        [0.88, 0.8],
        [0.6, 0.98],
        [0.3, 0.98],
        [0.1, 0.85],
      ],
    ],
    [
      [true, [0.15, 0.02], [0.8, 0.02], [0.42, 0.4]],
      [
        [0.42, 0.4],
        [0.8, 0.5],
        [0.85, 0.8],
        [0.55, 1],
        [0.12, 0.88],
      ],
    ],
  ],
  [
    [
      [true, [0.3, 0], [0.1, 0.58], [0.88, 0.58]],
      [true, [0.72, 0.2], [0.68, 1]],
    ],
    [
      [true, [0.68, 0], [0.08, 0.65], [0.92, 0.65]],
      [true, [0.68, 0.02], [0.68, 1]],
    ],
    [
      [true, [0.15, 0], [0.18, 0.5], [0.8, 0.48]],
      [true, [0.82, 0.02], [0.78, 1]],
    ],
  ],
  [
    [
      [true, [0.85, 0.03], [0.25, 0.03], [0.2, 0.42]],
      [
        [0.2, 0.42],
        [0.55, 0.35],
        [0.85, 0.55],
        [0.8, 0.85],
        [0.5, 1],
        [0.12, 0.9],
      ],
    ],
    [
      [
        [0.28, 0.05],
        [0.24, 0.4],
        [0.6, 0.38],
        [0.85, 0.62],
        [0.7, 0.92],
        [0.4, 1],
        [0.12, 0.92],
      ],
      [true, [0.28, 0.05], [0.88, 0.02]],
    ],
  ],
  [
    [
      [
        [0.7, 0],
        [0.35, 0.25],
        [0.12, 0.65],
        [0.3, 0.97],
        [0.65, 0.97],
        [0.82, 0.75],
        [0.6, 0.55],
        [0.3, 0.62],
        [0.16, 0.8],
      ],
    ],
    [
      [
        [0.5, 0],
        [0.25, 0.35],
        [0.15, 0.75],
        [0.4, 1],
        [0.75, 0.92],
        [0.8, 0.68],
        [0.5, 0.55],
        [0.2, 0.75],
      ],
    ],
  ],
  [
    [[true, [0.1, 0.05], [0.88, 0.05], [0.4, 1]]],
    [
      [
        [0.08, 0.1],
        [0.45, 0.04],
        [0.85, 0.06],
        [0.7, 0.4],
        [0.5, 0.7],
        [0.42, 1],
      ],
    ],
    [
      [true, [0.12, 0.05], [0.85, 0.05], [0.45, 1]],
      [true, [0.38, 0.5], [0.8, 0.5]],
    ],
  ],
  [
    [
      [
        [0.75, 0.15],
        [0.45, 0],
        [0.2, 0.2],
        [0.4, 0.42],
        [0.72, 0.62],
        [0.75, 0.88],
        [0.48, 1],
        [0.2, 0.85],
        [0.3, 0.6],
        [0.6, 0.4],
        [0.78, 0.2],
        [0.72, 0.1],
      ],
    ],
    [
      [
        [0.5, 0.46],
        [0.24, 0.3],
        [0.32, 0.04],
        [0.68, 0.04],
        [0.76, 0.3],
        [0.5, 0.46],
      ],
      [
        [0.5, 0.46],
        [0.18, 0.66],
        [0.28, 0.97],
        [0.72, 0.97],
        [0.82, 0.66],
        [0.5, 0.46],
      ],
    ],
  ],
  [
    [
      [
        [0.8, 0.2],
        [0.5, 0],
        [0.2, 0.18],
        [0.25, 0.42],
        [0.55, 0.46],
        [0.8, 0.22],
      ],
      [
        [0.8, 0.2],
        [0.78, 0.6],
        [0.68, 1],
      ],
    ],
    [
      [
        [0.78, 0.1],
        [0.4, 0.02],
        [0.18, 0.25],
        [0.4, 0.46],
        [0.75, 0.3],
        [0.8, 0.12],
        [0.76, 0.6],
        [0.55, 1],
      ],
    ],
  ],
];

let state = 20240607;
function chance() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}
const between = (low, high) => low + (high - low) * chance();

/** A curve through all points (Catmull and Rom's), or straight from one to the next, in small steps. */
function smoothed(points, hasCorners) {
  const curve = [points[0]];
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b, c, d] = [i - 1, i, i + 1, i + 2].map((at) => points[Math.min(Math.max(at, 0), points.length - 1)]);
    const steps = hasCorners ? 2 : 4;
    for (let step = 1; step <= steps; step++) {
      const t = step / steps;
      const along = (axis) =>
        hasCorners
          ? b[axis] + t * (c[axis] - b[axis])
          : 0.5 *
            (2 * b[axis] +
              (c[axis] - a[axis]) * t +
              (2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis]) * t * t +
              (3 * b[axis] - a[axis] - 3 * c[axis] + d[axis]) * t ** 3);
      curve.push([along(0), along(1)]);
    }
  }
  return curve;
}

function drawn(ways, i) {
  const way = ways[i % ways.length];
  const [slant, turn, width] = [between(-0.12, 0.25), between(-0.15, 0.15), between(0.55, 0.85)];
  const size = between(0.25, 0.85);
  const [left, top] = [between(0, 1 - size), between(0, 1 - size)];
  const passes = 1 + (i % 3);
  const strokes = way.flatMap((stroke) => {
    const hasCorners = stroke[0] === true;
    const moved = stroke
      .slice(hasCorners ? 1 : 0)
      .map(([x, y]) => [x + between(-0.03, 0.03), y + between(-0.03, 0.03)]);
    const curve = smoothed(moved, hasCorners).map(([x, y]) => {
      const [a, b] = [(x - 0.5) * width - slant * (y - 0.5), y - 0.5];
      const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
      return [0.5 + cos * a - sin * b, 0.5 + sin * a + cos * b];
    });
    return Array.from({ length: passes }, (_, pass) => curve.map(([x, y]) => [x + 0.025 * pass, y + 0.012 * pass]));
  });
  const held = (value) => Number(Math.min(Math.max(value, 0), 1).toFixed(3));
  return strokes.map((stroke) => stroke.map(([x, y]) => [held(left + size * x), held(top + size * y)]));
}

const digits = WAYS.flatMap((ways, digit) =>
  Array.from({ length: 10 }, (_, i) => ({ digit, strokes: drawn(ways, i) })),
);
const rows = digits.map((one) => JSON.stringify(one));
fs.writeFileSync(path.join(import.meta.dirname, "drawnDigits.json"), `[\n${rows.join(",\n")}\n]\n`);
