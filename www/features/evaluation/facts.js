// @ts-check
/** The Data panel of a table: what it is, what is to be told, and from which columns. */
import { html, nothing } from "lit";
import { imageSetOf } from "../../data/imageSets.js";
import { augmentWords } from "../../session/augmentation.js";
import { readLayers } from "../../settings/layers.js";
import { sourceOf } from "../../settings/sources.js";
import { formatShare } from "../../base/format.js";
import { splitWords } from "../../session/statusText.js";
import { field } from "../../ui/field.js";
import { Panel } from "../../ui/panel.js";
import { parts, t } from "../../base/text.js";

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
      ${description?.image ? html`${this.#aboutPictures(settings.source)}${this.#varied()}` : nothing}
      <details class="fold" ?hidden=${Boolean(description?.image)}>
        <summary>${t("evaluation.moreFeatures", { features: t("count.features", { count: used.length }) })}</summary>
        <div class="details">
          <ty-column-list .playground=${this.playground}></ty-column-list>
          ${field(this, "scale")}
        </div>
      </details>
    `;
  }

  /** What guessing gets is known of them all. */
  #aboutOwnPictures() {
    const { image, rows, columns } = this.state.table.description ?? {};
    if (!image || !rows || !columns) return nothing;
    const most = Math.max(...columns[1].categories.map(({ count }) => count));
    return html`<p class="note">${t("ownImages.facts", { side: image.width, without: formatShare(most / rows, 0) })}</p>`;
  }

  /** What the images look like that are learned from: a link may have asked for it. */
  #varied() {
    const words = augmentWords(this.state.settings.augment);
    return words ? html`<p class="note">${t("images.augmented", { words })}</p>` : nothing;
  }

  /** A model that takes longer and predicts better. @param {string} source @param {import("../../data/imageSets.js").Better} better */
  #offer(source, { settings: more, value, seeds, seconds }) {
    const { settings } = this.state;
    const { kinds: _kinds, clean: _clean, ...recommended } = sourceOf(source).recommended;
    const wanted = { ...recommended, ...more, layers: readLayers(more.layers) };
    const isThis = Object.entries(wanted).every(([key, one]) => JSON.stringify(one) === JSON.stringify(settings[key]));
    return html`
      <p class="note">${t("images.better", { value: formatShare(value), count: seeds.length, seconds })}</p>
      <p><button type="button" class="button" ?disabled=${isThis} @click=${() => this.playground.setAll(wanted)}>${isThis ? t("images.betterIs") : t("images.betterUse")}</button></p>
    `;
  }

  /** @param {string} source */
  #aboutPictures(source) {
    const set = imageSetOf(source);
    if (!set) return this.#aboutOwnPictures();
    const { look, score } = set;
    return html`
      <p class="note">${look}</p>
      ${"better" in set && set.better ? this.#offer(source, set.better) : nothing}
      <details class="note">
        <summary>${t("data.originLicense")}</summary>
        <p>${set.origin}</p>
        <p>${set.reference}</p>
        <p>${parts("data.license", { license: set.license })}</p>
        <p>${t("data.goodFirstModelTells", { value: formatShare(score.value, 0), without: formatShare(score.without, 0) })}</p>
      </details>
    `;
  }
}
