// @ts-check
/** All that the first screen needs for a table: what brings it, and its views. Loaded with the first of them. */
import { once } from "../../base/once.js";
import { t } from "../../base/text.js";
import { TableRun as TableRunOfSession } from "../../session/tableRun.js";
import { isOfPictures, isOfSounds } from "../../settings/pictureNames.js";
import { defineAll } from "../../ui/defineAll.js";
import { withStyle } from "../../ui/withStyle.js";
import { ColumnList } from "./columnList.js";
import { TableFacts } from "./facts.js";
import { TableFigures } from "./tableFigures.js";
import { TableOutput } from "./tableOutput.js";
import { TableQuestion } from "./question.js";

/** What brings tables. The views of pictures are there before the first run on some: they are in the place of others. */
export class TableRun extends TableRunOfSession {
  /** @param {ConstructorParameters<typeof TableRunOfSession>} parts */
  constructor(...[store, client, fetchSet, storage, playground]) {
    const open = async () => {
      try {
        const { settings, table } = store.get();
        const { source } = settings;
        await Promise.all([
          (isOfPictures(source) || table.description?.image) && getPictures(),
          isOfSounds(source) && getSounds(),
        ]);
        playground.open();
      } catch (error) {
        const { message } = /** @type {Error} */ (error);
        this.tables.lost(); // so that Reset asks for all of it again
        playground.fail(`${t("images.part")} ${t("ui.couldNotLoaded")} ${message}`);
      }
    };
    super(store, client, fetchSet, storage, { ...playground, open });
  }
}

const getPictures = once(() =>
  withStyle(document.head, { script: "features/images/part.js", style: "features/images/style.css" }),
);

const getSounds = once(() =>
  withStyle(document.head, { script: "features/audio/part.js", style: "features/audio/style.css" }),
);

const VIEWS = {
  "ty-column-list": ColumnList,
  "ty-table-facts": TableFacts,
  "ty-table-figures": TableFigures,
  "ty-table-output": TableOutput,
  "ty-table-question": TableQuestion,
};

export const define = (registry = customElements) => defineAll(VIEWS, registry);
