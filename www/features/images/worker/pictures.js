// @ts-check
/**
 * A set of pictures in the worker, and trainers on it. The page names a picture by its number, and by -1 what was drawn
 * last: so a run on pictures has one column, and whatever asks a model about rows asks about these as about others.
 *
 * @typedef {import("../../../session/protocol.js").Spec} Spec
 * @typedef {import("../../../pkg-full/trainyard.js").Rows} Rows
 * @typedef {import("../../../worker/engines.js").FullTrainer} FullTrainer
 */
import { asText, readPictureFile, unpacked, writePictureFile } from "../../../base/pictureFile.js";
import { imageSetOf } from "../../../data/imageSets.js";
import { commandError } from "../../../worker/commandError.js";
import { arranged, editsOf } from "./edits.js";
import { t } from "../../../base/text.js";

/** Takes the bytes of a set's file. */
export class PictureIntake {
  rows = 0;
  #name;
  #title;
  /** @type {Uint8Array[]} */
  #pieces = [];

  /** @param {string} name @param {string} title */
  constructor(name, title) {
    this.#name = name;
    this.#title = title;
  }

  take(/** @type {Uint8Array} */ bytes) {
    this.#pieces.push(bytes.slice());
  }

  async finish() {
    // Hosts that know the format unpack it on the way.
    const whole = await new Blob(/** @type {BlobPart[]} */ (this.#pieces)).arrayBuffer();
    const bytes = await unpacked(new Uint8Array(whole));
    const table = readPictures(this.#name, bytes);
    if (!table) throw commandError("table", t("images.fileBroken", { title: this.#title }));
    /** @type {import("../../data/worker/formats/intake.js").Teller} */
    const tell = (description) => ({ ...description, declared: {} });
    return { table, tell };
  }

  free() {
    this.#pieces = [];
  }
}

/** What to begin with on pictures of one's own: few of them are gone through more often. @param {PictureSet} set */
const modelFor = ({ height, width, labels }) => ({
  layers:
    Math.min(height, width) >= 16
      ? "conv2d:8:5:::relu,maxPool2d,conv2d:16:3:::relu,maxPool2d,flatten,32"
      : "conv2d:8:3:::relu,flatten,16",
  scale: "none",
  schedule: "cosine",
  learningRate: 0.003,
  epochs: Math.min(200, Math.max(8, Math.round(UPDATES / (labels.length / 16)))),
});

/** So many steps a first model is trained for. */
const UPDATES = 2000;

/** Null for what is no such file, or not all of it. @param {string} name @param {Uint8Array} bytes */
export function readPictures(name, bytes) {
  const is = readPictureFile(bytes);
  const set = imageSetOf(name);
  if (!is) return null;
  const names = set?.classes ?? is.names ?? Array.from({ length: is.classes }, (_, k) => String(k));
  return new Pictures(name, { ...is, names, target: set?.target ?? t("images.kind") });
}

/** @typedef {import("../../../base/pictureFile.js").PictureFile & {names: string[], target: string, column?: string, more?: {labels: Uint8Array, pixels: Uint8Array}}} PictureSet   `column`:
 *   what a picture is called; `more`: others, that no run is given, and that are asked about by the numbers from there on */

const cleanOf = (/** @type {Spec["data"]} */ data) => JSON.stringify(data?.clean ?? []);

export class Pictures {
  /** Whether they are of sounds (features/audio). */
  isOfSounds = false;
  #name;
  #is;
  /** What was drawn last; blank until something is. */
  #drawn;
  /** @type {Rows | null} */
  #rows = null;
  /** What the changes made last come to. @type {(Awaited<ReturnType<typeof arranged>> & {key: string, clean: string, rows: Rows}) | null} */
  #arranged = null;

  /** @param {string} name @param {PictureSet} is */
  constructor(name, is) {
    this.#name = name;
    this.#is = is;
    this.#drawn = new Uint8Array(is.height * is.width);
  }

  get count() {
    return this.#is.labels.length;
  }

  get #column() {
    return this.#is.column ?? t("images.picture");
  }

  free() {}

  /** As a table describes itself: one column of pictures, one of what each is of. Throws a sentence about steps that no picture can take. */
  describe(/** @type {Spec["data"]} */ data = undefined) {
    const { names: all, target } = this.#is;
    this.#editsOf(data);
    const rows = this.count;
    const none = { unit: null, missing: 0, min: null, max: null, mean: null, median: null };
    /** @param {string} name @param {"number" | "category"} kind @param {string[]} names */
    const column = (name, kind, names) => ({
      ...none,
      name,
      kind,
      inferred: kind,
      distinct: names.length || rows,
      categories: names.map((one, k) => ({ name: one, count: this.#is.labels.filter((label) => label === k).length })),
    });
    return {
      rows,
      reading: [],
      notes: [],
      columns: [column(this.#column, "number", []), column(target, "category", all)],
      target,
      task: /** @type {const} */ ("classification"),
      image: { height: this.#is.height, width: this.#is.width },
      model: modelFor(this.#is),
    };
  }

  /** The pixels of these, and what each is of. */
  pictures(/** @type {number[]} */ rows) {
    const { labels, more } = this.#is;
    const size = this.#drawn.length;
    const pixels = new Uint8Array(rows.length * size);
    rows.forEach((row, i) => pixels.set(this.#pixelsOf(row), i * size));
    return { pixels, labels: Uint8Array.from(rows, (row) => labels[row] ?? more?.labels[row - this.count] ?? 0) };
  }

  /** All of it as text, to be kept and opened again. */
  text() {
    return asText(writePictureFile(this.#is));
  }

  draw(/** @type {Uint8Array} */ pixels) {
    this.#drawn = Uint8Array.from({ length: this.#drawn.length }, (_, i) => pixels[i] ?? 0);
  }

  #editsOf(/** @type {Spec["data"]} */ data) {
    return editsOf(data?.clean, this.count, this.#is.names);
  }

  /** What was changed of them by hand. Test pictures take no change, so it is known once the run is open. */
  report(/** @type {Spec["data"]} */ data) {
    const { labels, dropped } = this.#editsOf(data);
    const known = this.#arranged?.clean === cleanOf(data) ? this.#arranged : null;
    const [relabeled, left] = [known?.relabeled ?? labels.size, known?.dropped ?? dropped.size];
    const reported = [
      ...(relabeled ? [{ sentence: t("images.labelsChanged", { count: relabeled }) }] : []),
      ...(left ? [{ sentence: t("images.imagesDropped", { count: left }) }] : []),
    ];
    return { rowsIn: this.count, rowsOut: this.count - left, reported };
  }

  #pixelsOf(/** @type {number} */ row) {
    const size = this.#drawn.length;
    if (row < 0) return this.#drawn;
    const { pixels, more } = this.#is;
    const at = (row < this.count ? row : row - this.count) * size;
    return (row < this.count || !more ? pixels : more.pixels).subarray(at, at + size);
  }

  /** All of them as the core takes rows: ink from 0 to 1. @returns {Rows} */
  get rows() {
    const { height, width, classes, labels, pixels } = this.#is;
    return (this.#rows ??= {
      inputs: Float32Array.from(pixels, (ink) => ink / 255),
      targets: Float32Array.from(labels),
      shape: [1, height, width],
      classes,
    });
  }

  /** The core knows rows by no name, and they have no columns to be cleaned. @returns {Spec} */
  spec(/** @type {Spec} */ spec) {
    const { scale, split, corrupt, augment } = /** @type {NonNullable<Spec["data"]>} */ (spec.data);
    if (augment && this.isOfSounds)
      throw Object.assign(commandError("data", t("audio.notAugmented")), { where: "data.augment" });
    return {
      ...spec,
      data: { source: "rows", scale, split, ...(corrupt && { corrupt }), ...(augment && { augment }) },
    };
  }

  /** A Spec and its rows, as the core takes both; and which picture each row is. @param {Spec} spec @param {import("./edits.js").Create} create @returns {Promise<{spec: Spec, rows: Rows, order: ArrayLike<number>, labels: Uint8Array, called: {target: string, classes: string[]}, groups?: Uint32Array}>} `called`: what the core knows by no name; `groups`: which rows belong together */
  async given(spec, create) {
    const { height, width, classes, labels, pixels } = this.#is;
    const edits = this.#editsOf(spec.data);
    const own = this.spec(spec);
    const called = { target: this.#is.target, classes: this.#is.names };
    if (!edits.labels.size && !edits.dropped.size)
      return { spec: own, rows: this.rows, order: Uint32Array.from(labels.keys()), labels, called };
    const key = JSON.stringify([spec.seed, spec.data]);
    if (this.#arranged?.key !== key) {
      const found = await arranged(edits, labels, classes, own, create);
      const size = height * width;
      const inputs = new Float32Array(found.order.length * size);
      found.order.forEach((row, i) => {
        for (let at = 0; at < size; at++) inputs[i * size + at] = pixels[row * size + at] / 255;
      });
      const rows = { inputs, targets: Float32Array.from(found.labels), shape: [1, height, width], classes };
      this.#arranged = { ...found, key, clean: cleanOf(spec.data), rows };
    }
    const { split, order, labels: others, rows } = this.#arranged;
    return { spec: { ...own, data: { ...own.data, split } }, rows, order, labels: others, called };
  }

  /** A trainer that is asked about pictures by their numbers. @param {Spec} spec @param {import("./edits.js").Create} create */
  async trainer(spec, create) {
    const { height, width, names, target } = this.#is;
    const { spec: own, rows, order, labels } = await this.given(spec, create);
    if (own.engine === "gpu" && own.data?.augment) throw commandError("no-gpu", t("images.augmentOnCpu"));
    const trainer = await create(own, rows);
    const pixels = (/** @type {ArrayLike<number>} */ numbers) => {
      const size = height * width;
      const inputs = new Float64Array(numbers.length * size);
      for (let i = 0; i < numbers.length; i++)
        this.#pixelsOf(Math.round(numbers[i])).forEach((ink, at) => (inputs[i * size + at] = ink / 255));
      return inputs;
    };
    const { describe, classify, predict, activations, points } = trainer;
    const part = points.call(trainer).part;
    const column = this.#column;
    return Object.assign(trainer, {
      describe: () => {
        const found = describe.call(trainer);
        return {
          ...found,
          columns: [column],
          columnKinds: ["number"],
          categories: [null],
          features: [column],
          inputNames: [column],
          domain: [],
          target,
          classNames: names,
          image: { height, width, isOfSounds: this.isOfSounds },
          spec: {
            ...found.spec,
            data: { ...found.spec.data, split: spec.data?.split, source: this.#name },
          },
        };
      },
      points: () => ({
        inputs: Float64Array.from(order),
        targets: Float64Array.from(labels),
        part: part.slice(),
        tableRows: Uint32Array.from(order),
        isWhole: true,
      }),
      classify: (/** @type {ArrayLike<number>} */ numbers) => classify.call(trainer, pixels(numbers)),
      predict: (/** @type {ArrayLike<number>} */ numbers) => predict.call(trainer, pixels(numbers)),
      activations: (/** @type {ArrayLike<number>} */ numbers) => activations.call(trainer, pixels(numbers)),
    });
  }
}
