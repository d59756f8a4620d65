// @ts-check
/** New rows, predicted by the run as it stands: what does it comes when it is wanted. */
import { html, nothing } from "lit";
import { t } from "../../../base/text.js";

const NAME = "ty-new-rows";

/** @type {import("./all.js").Way} */
export const rows = {
  id: "rows",
  about: t("export.rowsAbout"),
  lack: ({ description }) => (description && !description.columns.length ? t("export.rowsNoColumns") : ""),
  actions: [
    {
      id: "rows",
      name: t("export.rowsOpen"),
      async run({ playground, panel, load }) {
        (await load("features/export/newRows/part.js")).define();
        const place = /** @type {HTMLElement} */ (panel.querySelector(".export-rows"));
        /** @type {HTMLElement & {updateComplete?: Promise<unknown>}} */
        const view = place.querySelector(NAME) ?? Object.assign(document.createElement(NAME), { playground });
        if (!view.isConnected) place.append(view);
        await view.updateComplete;
        view.querySelector("button")?.focus();
      },
    },
  ],
  contents: () => html`<div class="export-rows">${nothing}</div>`,
};
