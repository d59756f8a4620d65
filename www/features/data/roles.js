// @ts-check
/** What is to be told from what: the target, and whether it is a class or a number. */
import { html } from "lit";
import { settingOf } from "../../settings/config.js";
import { columnOptions } from "../../ui/columnOptions.js";
import { options } from "../../ui/field.js";
import { InspectorPart } from "./inspectorPart.js";
import { t } from "../../base/text.js";

export class Roles extends InspectorPart {
  /** @param {import("../../session/playground.js").State} state */
  picks({ table, settings }) {
    return [table.description, settings.task, settings.target];
  }

  render() {
    const { settings, table } = this.state;
    if (!table.description) return;
    const { columns, target, task } = table.description;
    const found = task === "classification" ? t("data.wordClasses") : t("data.number");
    const tasks = (settingOf("task").choices ?? []).map(({ value, label }) => ({
      value,
      label: value === "auto" && settings.task === "auto" ? t("data.found", { found }) : label,
    }));
    return html`
      <div class="field">
        <label for="${this.uid}-target">${t("data.target2")}</label>
        <select id="${this.uid}-target" data-setting="target" @change=${(/** @type {EventOn<HTMLSelectElement>} */ event) => this.inspector.setTarget(event.currentTarget.value)}>
          ${columnOptions(
            columns.map(({ name }) => name),
            target,
          )}
        </select>
      </div>
      <div class="field">
        <label for="${this.uid}-task">${t("data.task")}</label>
        <select id="${this.uid}-task" data-setting="task" @change=${(/** @type {EventOn<HTMLSelectElement>} */ event) => this.playground.set("task", event.currentTarget.value)}>
          ${options(tasks, settings.task)}
        </select>
      </div>
    `;
  }
}
