// @ts-check
/** The program of the experiment as it stands: it changes line by line as settings do, and what changed is marked. */
import { html, nothing } from "lit";
import { changesOf } from "./diff.js";
import { tokensOf } from "./highlight.js";
import { programsOf } from "./programs.js";
import { factsOf } from "./python/facts.js";
import { download } from "../../../ui/download.js";
import { segments } from "../../../ui/segments.js";
import { StoreController } from "../../../ui/storeController.js";
import { Within } from "../../../ui/within.js";
import { specFrom } from "../../../settings/spec.js";
import { variedOf } from "../../../session/varied.js";
import { t } from "../../../base/text.js";

/** @typedef {import("../../../session/state.js").State} State */
/** @typedef {import("./programs.js").Program} Program */

/** What a run is told while it trains: its description has what it began with. @param {State} state */
export function specOf({ settings, description }) {
  const { training, ...spec } = /** @type {any} any: a whole document */ (description?.spec);
  const now = /** @type {any} any: a whole document */ (specFrom(settings)).training;
  const learningRate = now.optimizer?.learningRate ?? training.optimizer.learningRate;
  const stop = { ...training.stop, maxEpochs: now.stop.maxEpochs };
  return { ...spec, training: { ...training, optimizer: { ...training.optimizer, learningRate }, stop } };
}

export class ProgramPane extends Within {
  static properties = { ...Within.properties, name: { state: true }, said: { state: true } };

  /** What is varied in a search makes another program of it. */
  varied = new StoreController(this, () => variedOf(this.playground));
  /** As they were shown last, by name. @type {Map<string, {code: string, lines: string[], changes: ReturnType<typeof changesOf> | null}>} */
  #shown = new Map();
  /** @type {Program[]} */
  #programs = [];
  #isMoved = false;

  constructor() {
    super();
    this.name = "train.py";
    this.said = "";
  }

  /** @param {State} state */
  picks({ settings, description, run }) {
    return [settings, description, run?.state === "failed"];
  }

  /** Writes them anew where the run says what it is; until then those of before stay. */
  #write() {
    const { state } = this;
    if (!state.description || state.run?.state === "failed") return;
    this.#programs = programsOf(factsOf(state.description, specOf(state)), {
      settings: state.settings,
      choices: variedOf(this.playground).get(),
    });
    for (const { name, code } of this.#programs) {
      const before = this.#shown.get(name);
      if (before?.code === code) continue;
      const lines = code.split("\n");
      const changes = before ? changesOf(before.lines, lines) : null;
      this.#shown.set(name, { code, lines, changes });
      if (name === this.name) this.#isMoved = changes !== null;
    }
    if (!this.#programs.some(({ name }) => name === this.name)) this.name = "train.py";
  }

  render() {
    this.#write();
    const program = this.#programs.find(({ name }) => name === this.name);
    const shown = this.#shown.get(this.name);
    if (!program || !shown) return html`<p class="note" role="status">${t("program.waits")}</p>`;
    const { changes } = shown;
    const count = changes ? changes.isNew.filter(Boolean).length : 0;
    const removed = changes ? changes.removed.reduce((sum, one) => sum + one, 0) : 0;
    return html`
      <div class="program-top">
        ${segments({
          name: `${this.uid}-file`,
          label: t("program.file"),
          choices: this.#programs.map(({ name, about }) => ({ value: name, label: name, title: about })),
          value: this.name,
          choose: (name) => {
            this.name = name;
            this.said = "";
          },
        })}
        <span class="program-actions">
          <button type="button" class="small-button" @click=${() => this.#copy(program)}>${t("program.copy")}</button>
          <button type="button" class="small-button" @click=${() => this.#save(program)}>${t("program.download")}</button>
        </span>
      </div>
      <p class="note">${program.about}</p>
      <p class="program-said" role="status">${this.said || (count || removed ? t("program.changed", { added: count, removed }) : t("program.unchanged"))}</p>
      ${this.state.run?.state === "failed" ? html`<p class="note">${t("program.ofBefore")}</p>` : nothing}
      <div class="program-code" tabindex="0" role="region" aria-label=${t("program.codeOf", { name: this.name })}>
        <pre>${tokensOf(shown.code).map((tokens, i) => line(tokens, changes?.isNew[i] ?? false, changes?.removed[i] ?? 0))}</pre>
      </div>
    `;
  }

  updated() {
    super.updated();
    if (!this.#isMoved) return;
    this.#isMoved = false;
    const first = /** @type {HTMLElement | null} */ (this.querySelector("[data-change]"));
    const code = /** @type {HTMLElement | null} */ (this.querySelector(".program-code"));
    if (!first || !code) return;
    // The first line that changed comes into sight, within the program alone.
    const [top, room] = [first.offsetTop - code.offsetTop, code.clientHeight];
    if (top < code.scrollTop || top > code.scrollTop + room - 40) code.scrollTop = Math.max(top - room / 3, 0);
  }

  async #copy(/** @type {Program} */ { name, code }) {
    try {
      await navigator.clipboard.writeText(code);
      this.said = t("share.copied", { what: name });
    } catch {
      this.said = t("share.browserDoesNotLet4");
    }
  }

  #save(/** @type {Program} */ { name, code }) {
    download(new Blob([code], { type: "text/x-python" }), name);
    this.said = t("program.saved", { name });
  }
}

/** A line, marked where it is new, or where lines before it are gone. @param {import("./highlight.js").Token[]} tokens @param {boolean} isNew @param {number} removed */
function line(tokens, isNew, removed) {
  const words = tokens.map(({ kind, text }) => (kind ? html`<span class="program-${kind}">${text}</span>` : text));
  const change = isNew ? "new" : removed ? "removed" : nothing;
  return isNew
    ? html`<ins class="program-line" data-change=${change}>${words}
</ins>`
    : html`<span class="program-line" data-change=${change}>${words}
</span>`;
}
