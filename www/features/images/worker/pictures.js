// @ts-check
/**
 * A set of pictures in the worker, and trainers on it. The page names a picture by its number, and by -1 what was drawn
 * last: so a run on pictures has one column, and whatever asks a model about rows asks about these as about others.
 *
 * @typedef {import("../../../session/protocol.js").Spec} Spec
 * @typedef {import("../../../pkg-full/trainyard.js").Rows} Rows
 * @typedef {import("../../../worker/engines.js").FullTrainer} FullTrainer
 */
import { commandError } from "../../../worker/commandError.js";
import { t } from "../../../base/text.js";

/** Of the file: tests/data/images.mjs says what stands where. */
const HEADER = 12;
const MAGIC = "TYIM";
const VERSION = 1;

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
    const packed = new Blob(/** @type {BlobPart[]} */ (this.#pieces));
    // Hosts that know the format unpack it on the way.
    const [first, second] = new Uint8Array(await packed.slice(0, 2).arrayBuffer());
    const isPacked = first === 0x1f && second === 0x8b;
    const whole = isPacked ? new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))) : packed;
    const bytes = new Uint8Array(await whole.arrayBuffer().catch(() => new ArrayBuffer(0)));
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

/** Null for what is no such file, or not all of it. @param {string} name @param {Uint8Array} bytes */
export function readPictures(name, bytes) {
  if (bytes.length < HEADER || String.fromCharCode(...bytes.subarray(0, 4)) !== MAGIC) return null;
  const [version, height, width, classes] = bytes.subarray(4, 8);
  const count = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  if (version !== VERSION || bytes.length !== HEADER + count * (1 + height * width)) return null;
  const labels = bytes.subarray(HEADER, HEADER + count);
  if (labels.some((label) => label >= classes)) return null;
  return new Pictures(name, { height, width, classes, labels, pixels: bytes.subarray(HEADER + count) });
}

export class Pictures {
  #name;
  #is;
  /** What was drawn last; blank until something is. */
  #drawn;
  /** @type {Rows | null} */
  #rows = null;

  /**
   * @param {string} name
   * @param {{height: number, width: number, classes: number, labels: Uint8Array, pixels: Uint8Array}} is
   */
  constructor(name, is) {
    this.#name = name;
    this.#is = is;
    this.#drawn = new Uint8Array(is.height * is.width);
  }

  get count() {
    return this.#is.labels.length;
  }

  free() {}

  /** As a table describes itself: one column of pictures, one of what each is of. */
  describe() {
    const { classes } = this.#is;
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
    const names = Array.from({ length: classes }, (_, k) => String(k));
    return {
      rows,
      reading: [],
      notes: [],
      columns: [column(t("images.picture"), "number", []), column(t("images.digit"), "category", names)],
      target: t("images.digit"),
      task: /** @type {const} */ ("classification"),
    };
  }

  /** The pixels of these, and what each is of. */
  pictures(/** @type {number[]} */ rows) {
    const { labels } = this.#is;
    const size = this.#drawn.length;
    const pixels = new Uint8Array(rows.length * size);
    rows.forEach((row, i) => pixels.set(this.#pixelsOf(row), i * size));
    return { pixels, labels: Uint8Array.from(rows, (row) => labels[row] ?? 0) };
  }

  draw(/** @type {Uint8Array} */ pixels) {
    this.#drawn = Uint8Array.from({ length: this.#drawn.length }, (_, i) => pixels[i] ?? 0);
  }

  #pixelsOf(/** @type {number} */ row) {
    const size = this.#drawn.length;
    return row < 0 ? this.#drawn : this.#is.pixels.subarray(row * size, (row + 1) * size);
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
    const { scale, split, corrupt } = /** @type {NonNullable<Spec["data"]>} */ (spec.data);
    return { ...spec, data: { source: "rows", scale, split, ...(corrupt && { corrupt }) } };
  }

  /** A trainer that is asked about pictures by their numbers. @param {Spec} spec @param {(spec: Spec, rows: Rows) => Promise<FullTrainer>} create */
  async trainer(spec, create) {
    const { height, width, classes, labels } = this.#is;
    const trainer = await create(this.spec(spec), this.rows);
    const pixels = (/** @type {ArrayLike<number>} */ numbers) => {
      const size = height * width;
      const inputs = new Float64Array(numbers.length * size);
      for (let i = 0; i < numbers.length; i++)
        this.#pixelsOf(Math.round(numbers[i])).forEach((ink, at) => (inputs[i * size + at] = ink / 255));
      return inputs;
    };
    const { describe, classify, predict, activations, points } = trainer;
    const part = points.call(trainer).part;
    const target = t("images.digit");
    const column = t("images.picture");
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
          classNames: Array.from({ length: classes }, (_, k) => String(k)),
          image: { height, width },
          spec: { ...found.spec, data: { ...found.spec.data, source: this.#name } },
        };
      },
      points: () => ({
        inputs: Float64Array.from(labels.keys()),
        targets: Float64Array.from(labels),
        part: part.slice(),
        tableRows: Uint32Array.from(labels.keys()),
        isWhole: true,
      }),
      classify: (/** @type {ArrayLike<number>} */ numbers) => classify.call(trainer, pixels(numbers)),
      predict: (/** @type {ArrayLike<number>} */ numbers) => predict.call(trainer, pixels(numbers)),
      activations: (/** @type {ArrayLike<number>} */ numbers) => activations.call(trainer, pixels(numbers)),
    });
  }
}
