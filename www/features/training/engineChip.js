// @ts-check
/** Who computes and why, in short; opened, in full, with the choice: that comes later. */
import { html } from "lit";
import { formatSpeed } from "../../base/format.js";
import { engineWords } from "../../session/statusText.js";
import { Panel } from "../../ui/panel.js";
import { t } from "../../base/text.js";

export class EngineChip extends Panel {
  /** @param {import("../../session/playground.js").State} state */
  picks({ engine, frame }) {
    return [engine, frame?.stepsPerSecond];
  }

  render() {
    const { engine, frame } = this.state;
    const [name] = /^[CG]PU( × \d+)?/.exec(engine?.reason ?? "") ?? ["CPU"];
    return html`
      <details class="engine">
        <summary class="chip" title=${engine?.reason ?? ""}>
          <span class="chip-line"><b class="chip-engine" data-engine=${engine?.engine ?? "cpu"}>${name}</b>
            <span class="chip-speed">${formatSpeed(frame?.stepsPerSecond ?? 0)} ${t("training.stepsS")}</span></span>
          <span class="chip-reason">${engine?.isFast ? t("training.notBitExact") : engine ? engineWords(engine.reason) : "\u00a0"}</span>
        </summary>
        <ty-engine-card class="engine-card"></ty-engine-card>
      </details>
    `;
  }
}
