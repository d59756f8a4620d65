// @ts-check
/** What lies where in the drawn network: under a pointer, and the other way round. */
import { biasMark, linkCurve } from "./networkChart.js";

/**
 * @typedef {import("./networkChart.js").Column} Column
 * @typedef {import("./networkChart.js").Node} Node
 * @typedef {import("../../session/places.js").Place} Place
 */

/** Pieces that a curve is taken for. */
const PIECES = 20;

/** A point of a curve, 0 ≤ t ≤ 1. @param {[number, number][]} curve @param {number} t */
export function pointOf([a, b, c, d], t) {
  const s = 1 - t;
  const at = (/** @type {0 | 1} */ i) =>
    s * s * s * a[i] + 3 * s * s * t * b[i] + 3 * s * t * t * c[i] + t * t * t * d[i];
  return { x: at(0), y: at(1) };
}

/** How far a point is from a curve. */
export function distanceTo(/** @type {[number, number][]} */ curve, /** @type {number} */ x, /** @type {number} */ y) {
  let nearest = Infinity;
  let from = pointOf(curve, 0);
  for (let i = 1; i <= PIECES; i++) {
    const to = pointOf(curve, i / PIECES);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const along = Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1)));
    nearest = Math.min(nearest, Math.hypot(x - from.x - along * dx, y - from.y - along * dy));
    from = to;
  }
  return nearest;
}

/** The node of a place, if it is drawn. @param {Column[]} columns @param {number} layer @param {number} unit @returns {Node | undefined} */
const nodeOf = (columns, layer, unit) => columns[layer]?.nodes[columns[layer].shown.indexOf(unit)];

/** A link's curve, if it is drawn. @param {Column[]} columns @param {{layer: number, unit: number, input: number}} place */
export function curveOf(columns, { layer, unit, input }) {
  const [a, b] = [nodeOf(columns, layer - 1, input), nodeOf(columns, layer, unit)];
  return a && b ? linkCurve(a, b) : null;
}

/** Where a place stands, and how large it is; null where it isn't drawn. @param {Column[]} columns @param {Place} place */
export function spotOf(columns, place) {
  if (place.kind === "layer") {
    const box = columns[place.layer]?.box;
    return box && { x: box.x + box.width / 2, y: box.y + box.height / 2, radius: Math.min(box.width, box.height) / 2 };
  }
  if (place.kind === "weight") {
    const curve = curveOf(columns, place);
    return curve && { ...pointOf(curve, 0.78), radius: 8 }; // nearer its end: there fewer links cross
  }
  const node = nodeOf(columns, place.layer, place.unit);
  if (!node || place.kind === "neuron") return node ?? null;
  const { x, y, size } = biasMark(node);
  return { x, y, radius: size };
}

/**
 * What lies there. A bias's mark is small: it is hit from a little way off, and before its neuron.
 *
 * @param {Column[]} columns
 * @param {number} x
 * @param {number} y
 * @param {number} [reach]   how far off a link, or a mark, may be; more for fingers
 * @returns {Place | null}
 */
export function placeAt(columns, x, y, reach = 6) {
  for (let layer = 0; layer < columns.length; layer++) {
    const { box, nodes, shown } = columns[layer];
    if (box && x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height)
      return { kind: "layer", layer };
    for (let i = 0; i < nodes.length && layer; i++) {
      const mark = biasMark(nodes[i]);
      if (
        mark.size &&
        Math.max(Math.abs(x - mark.x), Math.abs(y - mark.y)) <= mark.size + Math.min(reach * 0.6, nodes[i].radius * 0.4)
      )
        return { kind: "bias", layer, unit: shown[i] };
    }
    const node = nodes.findIndex((at) => Math.max(Math.abs(x - at.x), Math.abs(y - at.y)) <= at.radius + reach * 0.25);
    if (node >= 0) return { kind: "neuron", layer, unit: shown[node] };
  }
  const right = columns.findIndex(({ nodes, box }) => x < (box ? box.x : (nodes[0]?.x ?? 0)));
  if (right < 1 || columns[right].box || columns[right - 1].box) return null;
  /** @type {Place | null} */
  let found = null;
  let nearest = reach;
  columns[right].nodes.forEach((b, j) => {
    columns[right - 1].nodes.forEach((a, i) => {
      const distance = distanceTo(linkCurve(a, b), x, y);
      if (distance >= nearest) return;
      nearest = distance;
      found = { kind: "weight", layer: right, unit: columns[right].shown[j], input: columns[right - 1].shown[i] };
    });
  });
  return found;
}
