// @ts-check
/**
 * The choice of the fast core: its multiply-adds round once where the machine can, so the last digits depend on the machine.
 * It belongs to the reader and this browser, never to a link: whoever opens the link chooses anew.
 */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { hasRelaxedMadd } from "../../base/relaxed.js";
import { t } from "../../base/text.js";

/** Workers are named by it (app/start.js). */
const NAME = "trainyard.core";

/** @typedef {import("../../session/playground.js").Playground} Playground */

/** Why it can't be chosen here; null where it can. */
export function whyNot(/** @type {Playground} */ { parts: { storage } }, has = hasRelaxedMadd) {
  if (!has()) return t("training.fastNoInstruction");
  try {
    storage?.getItem(NAME);
  } catch {
    storage = null;
  }
  return storage ? null : t("training.fastNotKept");
}

const isChosen = (/** @type {Playground} */ { parts }) => parts.storage?.getItem(NAME) === "fast";

/** Takes the run to the other core: from its start, so that it is all of one. */
export function choose(/** @type {Playground} */ playground, /** @type {boolean} */ isFast) {
  const { storage } = playground.parts;
  try {
    if (isFast) storage?.setItem(NAME, "fast");
    else storage?.removeItem(NAME);
  } catch {
    return; // a full storage keeps nothing: the box shows what holds
  }
  playground.pause();
  playground.client.close();
  playground.client.restart();
  playground.reset();
}

/** @param {Playground} playground @param {string} id @param {import("../../session/state.js").EngineInfo | null} engine */
export function fastCore(playground, id, engine) {
  const reason = whyNot(playground);
  if (reason) return html`<p class="note">${reason}</p>`;
  const isOn = isChosen(playground);
  const isMissing = isOn && engine?.engine === "cpu" && !engine.isFast;
  return html`
    <div class="fast-core">
      <input type="checkbox" id=${id} aria-describedby="${id}-about" .checked=${live(isOn)}
        @change=${(/** @type {EventOn<HTMLInputElement>} */ { currentTarget }) => choose(playground, currentTarget.checked)} />
      <label for=${id}>${t("training.fastCore")}</label>
    </div>
    <p class="note" id="${id}-about">${t("training.fastCoreAbout")}</p>
    ${isMissing ? html`<p class="note" role="status">${t("training.fastCoreMissing")}</p>` : nothing}
  `;
}
