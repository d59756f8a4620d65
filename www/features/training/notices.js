// @ts-check
/** What the page has to say besides the status: errors, replaced workers, links it could not read. */
import { html, nothing } from "lit";
import { closeIcon } from "../../ui/icons.js";
import { Panel } from "../../ui/panel.js";
import { iconButton } from "../../ui/roundButton.js";
import { t } from "../../base/text.js";

export class Notices extends Panel {
  /** @param {import("../../session/playground.js").State} state */
  picks({ notice, pending, ignored }) {
    return [notice, pending, ignored];
  }

  render() {
    const { notice, pending, ignored } = this.state;
    const all = notice ? [notice, ...pending] : pending;
    if (!all.length && !ignored.length) return nothing;
    return html`
      <div class="notice" data-tone=${all[0]?.tone ?? "warning"} role="alert">
        <div>
          ${all.map(({ text, action }) => html`<p>${text} ${action ? html`<button type="button" class="notice-action" @click=${action.run}>${action.label}</button>` : nothing}</p>`)}
          ${ignored.length ? html`<ty-ignored></ty-ignored>` : nothing /* what is wrong with it, later */}
        </div>
        ${iconButton(t("training.close"), closeIcon, () => this.playground.dismissNotice())}
      </div>
    `;
  }
}
