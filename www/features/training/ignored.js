// @ts-check
/** Which parts of the link the page could not read. */
import { html } from "lit";
import { formatCount } from "../../base/format.js";
import { MOST_PARTS, told } from "../../settings/url.js";
import { Within } from "../../ui/within.js";
import { parts, t } from "../../base/text.js";

export class Ignored extends Within {
  /** @param {import("../../session/playground.js").State} state */
  picks({ ignored }) {
    return [ignored];
  }

  render() {
    const { ignored } = this.state;
    return html`<p>${ignored.length === 1 ? t("training.part") : t("training.someParts")} ${parts("training.linkCouldNotRead", { value: ignored.length === 1 ? t("training.was") : t("training.were") })} ${told(ignored).map((part) => html`<code>${part}</code> `)}${ignored.length > MOST_PARTS ? t("training.more", { ignored: formatCount(ignored.length - MOST_PARTS) }) : ""}</p>`;
  }
}
