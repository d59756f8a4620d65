// @ts-check
/** The experiment as an address. */
import { html } from "lit";
import { linkOf } from "../../../ui/link.js";
import { t } from "../../../base/text.js";

/** @type {import("./all.js").Way} */
export const link = {
  id: "link",
  about: t("export.settingsAndSeed"),
  actions: [
    { id: "copy", name: t("share.copyLink"), act: "copy" },
    { id: "share", name: t("export.share"), act: "share" },
  ],
  contents: ({ state }) => html`<p class="export-link">${linkOf(state.settings)}</p>`,
};
