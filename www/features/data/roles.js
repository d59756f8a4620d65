// @ts-check
/** What is to be told from what: the target, and whether it is a class or a number. */
import { html } from "lit";
import { settingOf } from "../../settings/config.js";
import { columnOptions } from "../../ui/columnOptions.js";
import { select } from "../../ui/select.js";
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
      ${select({
        id: `${this.uid}-target`,
        label: t("data.target2"),
        key: "target",
        choices: columnOptions(
          columns.map(({ name }) => name),
          target,
        ),
        enter: (name) => this.inspector.setTarget(name),
      })}
      ${select({ id: `${this.uid}-task`, label: t("data.task"), key: "task", choices: tasks, value: settings.task, enter: (chosen) => this.playground.set("task", chosen) })}
    `;
  }
}
