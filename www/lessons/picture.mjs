// The process as a picture: its stages in order, the training cycle as a loop, and each lesson as a link where it belongs.
import { escaped } from "../base/escaped.js";

const STAGES = [
  ["data", ["line", "clean", "split"]],
  ["model", ["layers", "hyper"]],
  ["training", ["cycle", "loss", "rate", "batch", "epochs", "backprop", "stopping", "surface"]],
  ["evaluation", ["generalize", "folds", "scores"]],
  ["selection", ["size", "simple", "gpu"]],
  ["fields", ["seven", "word"]],
];
export const PLACED = STAGES.flatMap(([, ids]) => ids);

const ROW = 44;
const HEAD = 40;
const GAP = 32;

/** @param {import("./pages.mjs").Site} site @param {number} columns   of lessons in a stage */
function drawing(site, columns) {
  const column = 300;
  const width = columns * column + 60;
  let y = 8;
  const parts = STAGES.map(([stage, ids], i) => {
    const rows = Math.ceil(ids.length / columns);
    const height = HEAD + rows * ROW + 8;
    const top = y;
    y += height + (i < STAGES.length - 1 ? GAP : 8);
    const links = ids.map((id, at) => {
      const [x, above] = [24 + (at % columns) * column, top + HEAD + Math.floor(at / columns) * ROW];
      const number = site.lessons.findIndex((lesson) => lesson.id === id) + 1;
      return `<a href="${id}.html"><rect class="place" x="${x}" y="${above}" width="${column - 12}" height="${ROW - 6}" rx="6"/><text x="${x + 12}" y="${above + 24}">${number}. ${escaped(site.titleOf(id))}</text></a>`;
    });
    const arrow =
      i < STAGES.length - 1
        ? `<path class="arrow" d="M${width / 2 - 16} ${top + height + 4}v${GAP - 12}m-6-7l6 7 6-7"/>`
        : "";
    const right = columns * column + 22;
    const loop =
      stage === "training"
        ? `<path class="arrow" d="M${right} ${top + height - 24}h8a14 14 0 0 0 14-14v${-(height - 76)}a14 14 0 0 0-14-14h-8m7-6l-7 6 7 6"/>`
        : "";
    return `<rect class="stage" x="8" y="${top}" width="${columns * column + 12}" height="${height}" rx="10"/><text class="head" x="24" y="${top + 26}">${escaped(site.words.stages[stage])}</text>${links.join("")}${arrow}${loop}`;
  });
  return `<svg class="map columns-${columns}" viewBox="0 0 ${width} ${y}" role="group" aria-label="${escaped(site.words.picture)}">${parts.join("")}</svg>`;
}

/** Wide and narrow; the style shows one of them. */
export const picture = (site) => drawing(site, 2) + drawing(site, 1);
