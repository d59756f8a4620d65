// @ts-check
/** The keys, and what they do. */
import { html } from "lit";
import { Dialog } from "../../ui/dialog.js";
import { t } from "../../base/text.js";

/** @type {[string, [string, string][]][]} */
export const KEYS = [
  [
    t("menu.training"),
    [
      [t("menu.space"), t("menu.playPause")],
      ["→", t("menu.trainOneBatch")],
      [t("menu.shift"), t("menu.trainOneEpoch")],
      ["R", t("menu.resetSameFirstWeights")],
      ["[  ]", t("menu.smallerLargerLearningRate")],
    ],
  ],
  [
    t("menu.page2"),
    [
      [t("menu.ctrlK"), t("menu.allCommandsName")],
      [t("menu.ctrlZ"), t("menu.undoChangeSettings")],
      [t("menu.ctrlShiftZ"), t("menu.redo")],
      ["S", t("menu.shareSaveOpen2")],
      ["1 … 9", t("menu.experimentsWorthSeeing")],
      ["?", t("menu.sheet")],
      [t("menu.esc"), t("menu.closeWhatOpen")],
    ],
  ],
];

export class KeysDialog extends Dialog {
  get heading() {
    return t("menu.keys");
  }

  contents() {
    return html`
      <div class="keys">
        ${KEYS.map(
          ([group, keys]) => html`
          <section>
            <h3>${group}</h3>
            <dl>${keys.map(([key, does]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${does}</dd></div>`)}</dl>
          </section>
        `,
        )}
      </div>
      <p class="note">${t("menu.lettersDoNothingWhile")}</p>
    `;
  }
}
