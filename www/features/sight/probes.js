// @ts-check
/** How readable the answer is in each layer: a linear model's accuracy on what each gives, layer by layer. */
import { html, nothing, svg } from "lit";
import { guessOf, layerNames, probeWords } from "./model.js";
import { formatCount, formatShare } from "../../base/format.js";
import { Job } from "../../session/job.js";
import { Panel } from "../../ui/panel.js";
import { StoreController } from "../../ui/storeController.js";
import { jobControls } from "./controls.js";
import { t } from "../../base/text.js";

/** @typedef {import("./worker.js").Probed} Probed */
/** @typedef {import("../../session/job.js").JobState & {share: number, probed: Probed[], isWhole: boolean, step: number, epoch: number, of: unknown}} ProbeState */

/** Rows that a probe learns from, and is scored on, at most. */
const ROWS = 1500;
const SCORED = 1000;
const SEED = 7;

export class ProbePanel extends Panel {
  /** @type {Job<ProbeState>} set before it is drawn */
  job = /** @type {never} */ (undefined);
  follows = new StoreController(this, () => this.job.store);

  /** @param {import("../../session/playground.js").State} state */
  picks({ description, run, points }) {
    return [description, run?.step, points];
  }

  connectedCallback() {
    /** @type {ProbeState} */
    const none = { phase: "ready", problem: "", probed: [], isWhole: false, share: 0, step: 0, epoch: 0, of: null };
    this.job ??= new Job("probes", this.playground, none);
    super.connectedCallback();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.job.stop();
  }

  #start() {
    const { run, description } = this.state;
    const begun = { probed: [], isWhole: false, share: 0, step: run?.step ?? 0, epoch: run?.epoch ?? 0 };
    void this.job.run(
      { rows: ROWS, scored: SCORED, seed: SEED },
      { ...begun, of: description },
      (progress) => this.job.store.set(/** @type {Partial<ProbeState>} */ (progress)),
      (outcome) => outcome,
    );
  }

  render() {
    const { description, run } = this.state;
    if (!description?.image) return nothing;
    const { probed, phase, step, epoch, of } = this.job.store.get();
    const isOld = phase === "done" && (of !== description || run?.step !== step);
    return html`
      <p class="note">${t("sight.probesAbout")}</p>
      ${jobControls(this.job, { label: t("sight.fitProbes"), start: () => this.#start(), cannot: !run })}
      ${probed.length && of === description ? this.#outcome(description, probed, epoch, isOld) : nothing}
    `;
  }

  /** @param {import("../../session/protocol.js").Description} description @param {Probed[]} probed @param {number} epoch @param {boolean} isOld */
  #outcome(description, probed, epoch, isOld) {
    const names = [t("sight.pixels"), ...layerNames(description)];
    const { points } = this.state;
    const guess = points ? guessOf(points) : NaN;
    const [{ rows, scored, part }] = probed;
    const [learned, judged] = [formatCount(rows), formatCount(scored)];
    return html`
      <p class="sight-words" role="status">${probeWords(probed, names)}</p>
      <div class="study-scroll" tabindex="0" role="region" aria-label=${t("sight.probesTable")}>
        <table class="study-table sight-probes">
          <thead><tr><th scope="col">${t("sight.layer")}</th><th scope="col">${t("sight.accuracy")}</th><td></td><th scope="col">${t("sight.interval")}</th><th scope="col">${t("sight.numbers")}</th></tr></thead>
          <tbody>${probed.map(
            (one, i) => html`
            <tr data-layer=${one.layer}>
              <th scope="row">${names[i]}</th>
              <td>${formatShare(one.accuracy)}</td>
              <td class="sight-bar">${bar(one, guess)}</td>
              <td>${formatShare(one.low)} – ${formatShare(one.high)}</td>
              <td>${formatCount(one.features)}</td>
            </tr>`,
          )}</tbody>
        </table>
      </div>
      <p class="note">${part === "validation" ? t("sight.onValidation", { rows: learned, scored: judged }) : t("sight.onTraining", { rows: learned, scored: judged })} ${Number.isFinite(guess) ? t("sight.guessLine", { share: formatShare(guess) }) : nothing} ${t("sight.ofEpoch", { epoch: formatCount(epoch) })}${isOld ? html` ${t("sight.movedOn")}` : nothing}</p>
    `;
  }
}

/** The accuracy as a bar, its interval as a line over it, and what guessing gets as a mark. */
function bar(/** @type {Probed} */ { accuracy, low, high }, /** @type {number} */ guess) {
  const x = (/** @type {number} */ share) => (Number.isFinite(share) ? 100 * share : 0);
  return html`<svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<rect class="sight-whole" width="100" height="12" /><rect class="sight-part-bar" width=${x(accuracy)} y="1" height="10" /><line class="sight-interval" x1=${x(low)} x2=${x(high)} y1="6" y2="6" />${
      Number.isFinite(guess) ? svg`<line class="sight-guess" x1=${x(guess)} x2=${x(guess)} y1="0" y2="12" />` : nothing
    }`}
  </svg>`;
}
