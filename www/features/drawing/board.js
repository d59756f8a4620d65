// @ts-check
/**
 * A drawing of points: what brush and eraser do to it, how it is undone, and how it reads as a setting.
 *
 * @typedef {{x: number, y: number, kind: number}} Point   `kind`: its class
 */
import { BRUSHES, MOST_POINTS, pointsOf } from "../../settings/sources.js";

/** The plane goes from −6 to 6, as the made sources have it. */
export const REACH = 6;
/** @type {[number, number][]} */
export const VIEW = [
  [-REACH, REACH],
  [-REACH, REACH],
];

/** How far the brush goes before it leaves the next point. */
const STRIDE = 0.35;

/** The eraser's least reach: a point is not hit exactly. */
const LEAST = 0.3;

/** Steps that can be undone. */
const PAST = 100;

const rounded = (/** @type {number} */ value) => Math.round(Math.min(Math.max(value, -REACH), REACH) * 100) / 100;

export class Board {
  /** @type {Point[]} */
  points = [];
  /** @type {Point[][]} */
  #past = [];
  /** Where the brush left its last point. @type {{x: number, y: number} | null} */
  #last = null;

  /** A drawing from elsewhere, such as a link; the one that is here already is left alone. */
  load(/** @type {string} */ text) {
    if (text === this.text) return;
    this.#past = [];
    this.points = (pointsOf(text) ?? []).flatMap((numbers, kind) =>
      Array.from({ length: numbers.length / 2 }, (_, i) => ({ x: numbers[2 * i], y: numbers[2 * i + 1], kind })),
    );
  }

  /** As the setting has it: class by class, x and y in turn. */
  get text() {
    const classes = Math.max(0, ...this.points.map(({ kind }) => kind + 1));
    const part = (/** @type {number} */ kind) =>
      this.points
        .filter((point) => point.kind === kind)
        .map(({ x, y }) => `${x},${y}`)
        .join(",");
    return Array.from({ length: classes }, (_, kind) => part(kind)).join("!");
  }

  /** Points of each class. */
  get counts() {
    const counts = new Array(BRUSHES).fill(0);
    for (const { kind } of this.points) counts[kind] += 1;
    return counts;
  }

  get isFull() {
    return this.points.length >= MOST_POINTS;
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  /** What follows is undone in one step. */
  begin() {
    this.#past = [...this.#past, this.points].slice(-PAST);
    this.#last = null;
  }

  /** Where nothing was changed, nothing is to be undone. */
  end() {
    if (this.#past.at(-1) === this.points) this.#past = this.#past.slice(0, -1);
  }

  /**
   * The brush is at a place: it leaves a point when it has gone far enough. A wide one strews points about its path, always alike.
   *
   * @param {number} kind
   * @param {number} x
   * @param {number} y
   * @param {number} [size]   how far about the path
   */
  paint(kind, x, y, size = 0) {
    if (this.#last && Math.hypot(x - this.#last.x, y - this.#last.y) < STRIDE) return;
    this.#last = { x, y };
    if (this.isFull) return;
    const turn = this.points.length * 2.399963;
    const far = size * Math.sqrt((this.points.length * 0.7548776662) % 1);
    this.points = [
      ...this.points,
      { kind, x: rounded(x + far * Math.cos(turn)), y: rounded(y + far * Math.sin(turn)) },
    ];
  }

  erase(/** @type {number} */ x, /** @type {number} */ y, size = 0) {
    const reach = Math.max(size, LEAST);
    const kept = this.points.filter((point) => Math.hypot(point.x - x, point.y - y) > reach);
    if (kept.length < this.points.length) this.points = kept;
  }

  clear() {
    this.begin();
    this.points = [];
  }

  undo() {
    this.points = this.#past.at(-1) ?? this.points;
    this.#past = this.#past.slice(0, -1);
  }
}
