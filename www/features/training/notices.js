// @ts-check
/** What the page has to say besides the status: errors, replaced workers, links it could not read. */
import { html, nothing } from "lit";
import { formatCount } from "../../base/format.js";
import { MOST_PARTS, told } from "../../settings/url.js";
import { closeIcon } from "../../ui/icons.js";
import { Panel } from "../../ui/panel.js";
import { parts, t } from "../../base/text.js";

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
          ${ignored.length ? html`<p>${ignored.length === 1 ? t("training.part") : t("training.someParts")} ${parts("training.linkCouldNotRead", { value: ignored.length === 1 ? t("training.was") : t("training.were") })} ${told(ignored).map((part) => html`<code>${part}</code> `)}${ignored.length > MOST_PARTS ? t("training.more", { ignored: formatCount(ignored.length - MOST_PARTS) }) : ""}</p>` : nothing}
        </div>
        <button type="button" class="round small" aria-label="${t("training.close")}" @click=${() => this.playground.dismissNotice()}>${closeIcon}</button>
      </div>
    `;
  }
}
