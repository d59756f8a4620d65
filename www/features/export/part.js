// @ts-check
/** The Export step: the ways in which the experiment leaves the page, each with what it holds. */
import { html } from "lit";
import { defineAll } from "../../ui/defineAll.js";
import { linkOf } from "../../ui/link.js";
import { Panel } from "../../ui/panel.js";
import { t } from "../../base/text.js";

/** What each group is called, what it is for, and what can be done, as the menu knows it (menu/part.js). */
const GROUPS = [
  {
    name: t("share.link"),
    about: t("export.settingsAndSeed"),
    actions: [
      ["copy", t("share.copyLink")],
      ["share", t("export.share")],
    ],
  },
  {
    name: t("export.file"),
    about: t("export.settingsRowsWeights"),
    actions: [
      ["download", t("menu.downloadExperiment")],
      ["share", t("share.openExperiment2")],
    ],
  },
  { name: t("menu.spec"), about: t("export.everySettingJson"), actions: [["spec", t("menu.editSpec")]] },
  {
    name: t("share.report"),
    about: t("export.whatWasTrained"),
    actions: [
      ["report", t("menu.downloadReport")],
      ["print", t("export.print")],
    ],
  },
];

class Export extends Panel {
  /** @param {import("../../session/state.js").State} state */
  picks({ settings }) {
    return [settings];
  }

  render() {
    const act = (/** @type {string} */ action) =>
      this.dispatchEvent(new CustomEvent("ty-act", { detail: action, bubbles: true }));
    return html`
      <p class="export-link">${linkOf(this.state.settings)}</p>
      <div class="export-ways">
        ${GROUPS.map(
          ({ name, about, actions }) => html`
          <section aria-label=${name}>
            <h4>${name}</h4>
            <p class="note">${about}</p>
            <div class="export-actions">${actions.map(([action, words]) => html`<button type="button" class="small-button" @click=${() => act(action)}>${words}</button>`)}</div>
          </section>`,
        )}
      </div>
    `;
  }
}

export const define = (registry = customElements) => defineAll({ "ty-export": Export }, registry);
