// @ts-check
/** The Data panel of a table: what it is, what is to be told, and from which columns. */
import { html } from "lit";
import { splitWords } from "../../session/statusText.js";
import { field } from "../../ui/field.js";
import { Panel } from "../../ui/panel.js";
import { t } from "../../base/text.js";

export class TableFacts extends Panel {
  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, problems, description, table, run }) {
    return [settings, problems, description, run?.state === "failed", table.phase, table.title, table.description];
  }

  render() {
    const { settings, description, table, run } = this.state;
    const used = settings.features ?? this.playground.featureChoices;
    const { phase, title, description: about } = table;
    const rows = phase === "ready" && description?.target && run?.state !== "failed" ? description.rows : null;
    return html`
      <div class="table-facts">
        ${
          phase === "ready" && about
            ? html`<p><b>${title}</b></p><p class="note">${t("count.rows", { count: about.rows })}${t("evaluation.target")} <b>${about.target}</b>${about.task === "regression" ? t("evaluation.number") : t("evaluation.class")}.</p>`
            : html`<p class="note">${phase === "reading" ? t("evaluation.reading", { title }) : t("evaluation.noRowsHereYet")}</p>`
        }
      </div>
      ${field(this, "trainingShare")}
      <p class="note">${rows ? `${splitWords(rows)}.` : "\u00a0"}</p>
      <details class="fold">
        <summary>${t("evaluation.moreFeatures", { features: t("count.features", { count: used.length }) })}</summary>
        <div class="details">
          <ty-column-list .playground=${this.playground}></ty-column-list>
          ${field(this, "scale")}
        </div>
      </details>
    `;
  }
}
