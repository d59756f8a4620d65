// @ts-check
/**
 * Where the names of the curves stand: each beside a point of its own curve, on no curve and on no other name, within the picture.
 *
 * @typedef {{x: number, y: number}} Place
 * @typedef {{left: number, right: number, top: number, bottom: number}} Box
 * @typedef {{text: string, curve: Place[], at: number[], isAbove?: boolean, isBeside?: boolean}} Wanted   `at`: points beside
 *   which it may stand, the best first; `isBeside`: at their height, where there is room
 * @typedef {{text: string, x: number, y: number, anchor: "start" | "middle" | "end"}} Name
 */

/** A letter's width and height, in pixels at unit 1; generously, for no font is asked. */
const [WIDE, HIGH] = [7.5, 14];

/** Where it may stand beside its point: which end of it is there, and by how much aside. The best first. */
const ENDS = /** @type {const} */ ([
  ["start", -4],
  ["end", 4],
  ["middle", 0],
  ["start", 10],
  ["end", -10],
]);

/** Baselines below the point and above it, the nearest first. */
const [BELOW, ABOVE] = [
  [21, 36, 52],
  [-12, -27, -43],
];

/** What a name covers: its baseline is at `y`. @param {Name} name @param {number} unit @returns {Box} */
export function boxOf({ text, x, y, anchor }, unit) {
  const width = WIDE * unit * text.length;
  const left = x - { start: 0, middle: width / 2, end: width }[anchor];
  return { left, right: left + width, top: y - (HIGH - 3) * unit, bottom: y + 3 * unit };
}

/** Whether a line runs through a box: what is left of the line within each side's bounds. @param {Place} a @param {Place} b @param {Box} box */
export function crosses(a, b, { left, right, top, bottom }) {
  let [from, to] = [0, 1];
  const bounds = [
    [a.x, b.x - a.x, left, right],
    [a.y, b.y - a.y, top, bottom],
  ];
  for (const [start, length, low, high] of bounds) {
    if (length === 0 && (start < low || start > high)) return false;
    const ends =
      length === 0 ? [0, 1] : [(low - start) / length, (high - start) / length].sort((one, two) => one - two);
    [from, to] = [Math.max(from, ends[0]), Math.min(to, ends[1])];
  }
  return from <= to;
}

/** From a place to a box. */
const distance = (/** @type {Place} */ { x, y }, /** @type {Box} */ { left, right, top, bottom }) =>
  Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));

const overlap = (/** @type {Box} */ one, /** @type {Box} */ two) =>
  one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom;

/** @param {Wanted[]} wanted @param {Box} within @param {number} unit @returns {Name[]} */
export function placeNames(wanted, within, unit) {
  const lines = wanted.flatMap(({ curve }) => curve.slice(1).map((place, i) => [curve[i], place]));
  const points = wanted.flatMap(({ curve }) => curve);
  /** @type {Box[]} */
  const taken = [];
  return wanted.map(({ text, curve, at, isAbove = false, isBeside = false }) => {
    const beside = (/** @type {number} */ i) => [
      { text, x: curve[i].x + 10 * unit, y: curve[i].y + 4 * unit, anchor: /** @type {const} */ ("start") },
      { text, x: curve[i].x - 10 * unit, y: curve[i].y + 4 * unit, anchor: /** @type {const} */ ("end") },
    ];
    const [first, second] = isAbove ? [ABOVE, BELOW] : [BELOW, ABOVE];
    /** @type {Name[]} */
    const around = first.flatMap((near, step) =>
      at.flatMap((i) =>
        [near, second[step]].flatMap((dy) =>
          ENDS.map(([anchor, dx]) => ({ text, x: curve[i].x + dx * unit, y: curve[i].y + dy * unit, anchor })),
        ),
      ),
    );
    const names = isBeside ? [...at.flatMap(beside), ...around] : around;
    const others = points.filter((place) => !curve.includes(place));
    /** How much is in its way; it also counts when another curve's point is nearer than one of its own. */
    const cost = (/** @type {Name} */ name) => {
      const box = boxOf(name, unit);
      const isOut =
        box.left < within.left || box.right > within.right || box.top < within.top || box.bottom > within.bottom;
      const covered = lines.filter(([a, b]) => crosses(a, b, box)).length;
      const marks = points.filter(({ x, y }) => crosses({ x, y }, { x, y }, box)).length;
      const nearest = (/** @type {Place[]} */ places) => Math.min(...places.map((place) => distance(place, box)));
      const isAnothers = nearest(others) <= nearest(curve);
      return (
        100 * Number(isOut) +
        0.5 * Number(isAnothers) +
        covered +
        marks +
        10 * taken.filter((one) => overlap(one, box)).length
      );
    };
    const costs = names.map(cost);
    const best = names[costs.indexOf(Math.min(...costs))];
    taken.push(boxOf(best, unit));
    return best;
  });
}
