// @ts-check
/** Which parts of the link the page could not read, and what may stand there. */
import { html } from "lit";
import { formatCount } from "../../base/format.js";
import { loadPart } from "../../base/loadPart.js";
import { ignoredReason } from "../../settings/ignoredReason.js";
import { MOST_PARTS, told } from "../../settings/url.js";
import { Within } from "../../ui/within.js";
import { t } from "../../base/text.js";

export class Ignored extends Within {
  constructor() {
    super();
    /** What links of TensorFlow Playground may say, by the part. @type {Map<string, string | undefined>} */
    this.refused = new Map();
    // It was loaded with such a link. Without it the reasons are those of our own links.
    loadPart("settings/tfPlayground.js").then(
      ({ refused }) => {
        this.refused = refused;
        this.requestUpdate();
      },
      () => {},
    );
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ ignored }) {
    return [ignored];
  }

  render() {
    const { ignored, settings } = this.state;
    const named = told(ignored).map((part, i) => {
      const reason = this.refused.get(ignored[i]) ?? ignoredReason(ignored[i], settings.source);
      return html`<code>${part}</code>${reason && ` (${reason})`} `;
    });
    return html`<p>${t("training.ignoredOfLink")} ${named}${ignored.length > MOST_PARTS ? t("training.more", { ignored: formatCount(ignored.length - MOST_PARTS) }) : ""}</p>`;
  }
}
