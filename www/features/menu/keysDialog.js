// @ts-check
/** The keys, and what they do. */
import { html } from "lit";
import { Dialog } from "../../ui/dialog.js";

/** @type {[string, [string, string][]][]} */
export const KEYS = [
  [
    "Training",
    [
      ["Space", "Play, pause"],
      ["→", "Train one batch"],
      ["Shift + →", "Train one epoch"],
      ["R", "Reset to the same first weights"],
      ["[  ]", "Smaller, larger learning rate"],
    ],
  ],
  [
    "The page",
    [
      ["Ctrl + K", "All commands by name"],
      ["Ctrl + Z", "Undo a change of the settings"],
      ["Ctrl + Shift + Z", "Do it again"],
      ["S", "Share, save, open"],
      ["1 … 9", "Experiments worth seeing"],
      ["?", "This sheet"],
      ["Esc", "Close what is open"],
    ],
  ],
];

export class KeysDialog extends Dialog {
  get heading() {
    return "Keys";
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
      <p class="note">Letters do nothing while a field has the focus. On a Mac, ⌘ is as good as Ctrl.</p>
    `;
  }
}
