// @ts-check
/** Three questions about what a network of images sees. */
import { html } from "lit";
import { Panel } from "../../ui/panel.js";
import { t } from "../../base/text.js";

export class SightPanel extends Panel {
  /** @param {import("../../session/playground.js").State} state */
  picks({ description }) {
    return [description?.image];
  }

  render() {
    const { playground } = this;
    if (!this.state.description?.image) return html`<p class="note">${t("sight.noRun")}</p>`;
    const part = (/** @type {string} */ id, /** @type {string} */ title, /** @type {unknown} */ content) => html`
      <section class="sight-part" aria-labelledby="${this.uid}-${id}"><h3 id="${this.uid}-${id}">${title}</h3>${content}</section>
    `;
    return html`
      <p class="study-about">${t("sight.about")}</p>
      ${part("gaze", t("sight.gaze"), html`<ty-sight-gaze .playground=${playground}></ty-sight-gaze>`)}
      ${part("probes", t("sight.probes"), html`<ty-sight-probes .playground=${playground}></ty-sight-probes>`)}
      ${part("filters", t("sight.filters"), html`<ty-sight-filters .playground=${playground}></ty-sight-filters>`)}
    `;
  }
}
