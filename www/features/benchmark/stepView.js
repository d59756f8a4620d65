// @ts-check
/** Where the time of a GPU's step goes, as a table; the bar above it has the same patterns. */
import { html } from "lit";
import { PARTS, swatch } from "./bars.js";
import { formatShare } from "../../base/format.js";
import { formatMs } from "../../base/formatMs.js";
import { t } from "../../base/text.js";

/** @param {string} uid @param {import("./model.js").BenchmarkPoint["gpu"]} gpu */
export const stepParts = (uid, gpu) => html`
  <table class="race-parts">
    <caption>${t("benchmark.gpusStep")} ${gpu.isTimestamped ? t("benchmark.measuredTimestamps") : t("benchmark.measuredWallClock")}</caption>
    <tbody>
      ${PARTS.map(
        ({ key, label }) => html`
        <tr>
          <th scope="row"><svg class="swatch" aria-hidden="true">${swatch(uid, key)}</svg>${label}</th>
          <td>${formatMs(gpu[key])}</td>
          <td>${formatShare(gpu[key] / gpu.msPerStep, 0)}</td>
        </tr>
      `,
      )}
    </tbody>
  </table>
`;
