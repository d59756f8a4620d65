// @ts-check
/** What the engine's card says once it is open: what several workers do, the tiles of a GPU, and the choice of the fast core. */
import { html, nothing } from "lit";
import { formatCount, formatNumber } from "../../base/format.js";
import { t } from "../../base/text.js";

import { inexactWords } from "../../session/computedBy.js";

export { fastCore } from "./fastCore.js";

/** What several workers do, where they compute. @param {import("../../session/state.js").EngineInfo | null} engine */
export const workers = (engine) =>
  /^CPU × /.test(engine?.reason ?? "") ? html`<p>${t("training.severalWorkers")}</p>` : nothing;

/** Who computed the run so far, where that wasn't the exact core alone. */
export function computedBy(/** @type {import("../../session/state.js").State} */ { computed }) {
  const words = inexactWords(computed?.by ?? []);
  return words && html`<p class="note">${words}</p>`;
}

/** Numbers of a product that a thread makes: its blocks are of four by four. */
const numbersOf = (/** @type {import("../../session/protocol.js").Tiles["size"]} */ [values, weights]) =>
  [values, weights].map((blocks) => formatCount(16 * blocks)).join(" / ");

/**
 * The size of tiles that was taken, and how long each that was timed took.
 *
 * @param {import("../../session/protocol.js").Tiles | null | undefined} tiles
 * @param {(label: string, value: string) => import("lit").TemplateResult} row
 */
export const tileRows = (tiles, row) =>
  tiles
    ? [
        row(t("training.tileSize"), t("training.tileTaken", { size: numbersOf(tiles.size) })),
        ...tiles.trials.map(({ size, ms }) =>
          row(t("training.tileTried", { size: numbersOf(size) }), t("training.tileMs", { ms: formatNumber(ms) })),
        ),
      ]
    : nothing;
