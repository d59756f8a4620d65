// @ts-check
/** What was done, with its numbers. */
import { download } from "../../../ui/download.js";
import { linkOf } from "../../../ui/link.js";
import { t } from "../../../base/text.js";

/** @type {import("./all.js").Way} */
export const report = {
  id: "report",
  about: t("export.whatWasTrained"),
  actions: [
    {
      id: "page",
      name: t("export.reportPage"),
      async run({ playground, fileName, load }) {
        const { reportPage } = await load("features/report/part.js");
        const page = await reportPage(playground, linkOf(playground.store.get().settings));
        download(new Blob([page], { type: "text/html" }), fileName("html"));
        return t("export.savedAs", { name: fileName("html") });
      },
    },
    { id: "markdown", name: t("export.reportMarkdown"), act: "report" },
    { id: "print", name: t("export.print"), act: "print" },
  ],
};
